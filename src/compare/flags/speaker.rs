//! Rules on the speaker: identified, alleged, detained.

use crate::record::{Known, PartyRef};

use super::super::who::Who;
use super::{Found, Note, Rule, Seen};

pub fn flag(seen: &Seen<'_, '_>, found: &mut Found) {
    let statement = seen.statement;
    let tag = &seen.entry().tag;
    let who = || seen.index.names.at(&statement.speaker, seen.entry().standing);
    if matches!(statement.speaker.value(), Some(PartyRef::Unidentified(_))) {
        found.flag(Rule::SpeakerUnidentified, tag, || {
            let described = match who() {
                Who::Unidentified { description } if !description.is_empty() => {
                    format!(" The source describes the speaker as “{description}”.")
                }
                _ => String::new(),
            };
            Note::at("speaker", format!("No party is recorded as the speaker.{described}"))
        });
    }
    if statement.alleged {
        found.flag(Rule::AuthorshipAlleged, tag, || {
            Note::at(
                "alleged",
                format!("That the words are by {} is disputed or unproven.", who()),
            )
        });
    }
    let Some(circumstances) = statement.circumstances.value() else {
        return;
    };
    if circumstances.detained == Known::Yes && circumstances.voluntariness_recorded != Known::Yes {
        found.flag(Rule::VoluntarinessNotRecorded, tag, || {
            let words = match circumstances.voluntariness_recorded {
                Known::No => "The speaker was detained; it is not recorded that the words were free.",
                _ => "The speaker was detained; whether there is a record that the words were free is not stated.",
            };
            Note::at("circumstances", words)
        });
    }
}
