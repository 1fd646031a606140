//! Rules on transcripts: certified by the one who transcribed, reviewed by the one who spoke.

use crate::record::{Act, Reference, Scope};

use super::{Found, Note, Rule, Seen};

pub fn flag(seen: &Seen<'_, '_>, found: &mut Found) {
    let statement = seen.statement;
    let hop = statement.relay.iter().position(|hop| hop.did == Act::Transcription);
    let labelled = statement
        .words
        .iter()
        .position(|passage| passage.value().is_some_and(|passage| passage.label.is_some()));
    let place = match (hop, labelled) {
        (Some(hop), _) => format!("relay[{hop}].did"),
        (None, Some(passage)) => format!("words[{passage}].label"),
        (None, None) => return,
    };
    let record = seen.entry().record;
    let attested = |scope: Scope| {
        let signed = record
            .common
            .signers
            .iter()
            .any(|signer| signer.asserts.contains(&scope));
        let about = std::iter::once(Reference::Record(seen.id()));
        let about = about.chain(record.exhibits().iter().map(|exhibit| Reference::Exhibit(*exhibit)));
        signed || about.into_iter().any(|about| seen.around.is_attested(&about, scope))
    };
    let tag = &seen.entry().tag;
    if !attested(Scope::Transcribed) {
        found.flag(Rule::TranscriptNotCertified, tag, || {
            Note::at(
                place.clone(),
                "It is a transcript; no attestation of the one who transcribed it is recorded.",
            )
        });
    }
    if !attested(Scope::ReadOverTo) && !attested(Scope::Spoke) {
        found.flag(Rule::TranscriptNotReadOver, tag, || {
            Note::at(
                place.clone(),
                "It is a transcript; that it was read over to the speaker, or that the speaker signed it, is not \
                 recorded.",
            )
        });
    }
}
