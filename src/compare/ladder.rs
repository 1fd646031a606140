//! The provenance ladder of one statement: one rung a hop, from the speaker to the bytes.
//!
//! A rung to or from somebody unidentified is not whole, nor is one that the records
//! leave out; a translation is a rung of its own. What a rung says is what the record
//! says of it, and no more is established by its standing here.

use serde::Serialize;

use crate::record::{
    Act, AuthorityClaim, Basis, Call, Circumstances, Form, Known, Medium, NotesMade, PlacedBy, Position, RecordId,
    Scope, Statement,
};

use super::account::{self, Account, Step, TimeShown, Translation};
use super::index::{Entry, Index};
use super::layers::{self, Layers};
use super::settle::withheld_positions;
use super::who::{Who, list, missing};
use super::{Case, Standing};

/// A statement's way to the bytes held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ladder {
    /// The statement.
    pub account: Account,
    /// The rungs, from the speaker on.
    pub rungs: Vec<Rung>,
    /// Who says what of whom, layer by layer, and the steps that left nothing that is held.
    #[serde(flatten)]
    pub layers: Layers,
    /// On how many exhibits the statement rests.
    pub exhibits: usize,
    /// Who signed the record, and in which capacities.
    pub recorders: Vec<Recorder>,
    /// Under what circumstances the words were uttered, in sentences.
    pub circumstances: Vec<String>,
    /// Whether it is recorded that the speaker spoke freely; absent where that is not
    /// shown.
    pub voluntariness_recorded: Option<Known>,
    /// How many values of the record are not shown.
    pub values_not_shown: usize,
}

/// One step of the words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rung {
    /// Whoever the words came from.
    pub from: Who,
    /// Whoever they went to.
    pub to: Who,
    /// By what means; absent where the step is not recorded, and for a translation.
    pub medium: Option<Medium>,
    /// The means in words, or what the step is.
    pub means: String,
    /// Whether both its ends are identified and the step is recorded.
    pub whole: bool,
    /// Everything else that is recorded of it, each with its name, as ("basis", "heard").
    pub details: Vec<(&'static str, String)>,
    /// More, where it is a telephone call.
    pub call: Option<CallShown>,
}

/// What is recorded of a telephone call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CallShown {
    /// In words, one fact each.
    pub words: Vec<String>,
}

/// One who signed the record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Recorder {
    /// Who, according to the roster.
    pub who: Who,
    /// In which capacities.
    pub asserts: Vec<Scope>,
}

/// The ladder of a statement among the records of a case; `None` where there is no such
/// statement or it failed verification.
pub fn ladder(case: &Case<'_>, statement: RecordId) -> Option<Ladder> {
    let index = Index::new(case);
    let place = index.place(&statement)?;
    let statement = index.statement(place)?;
    let entry = &index.entries[place];
    let steps = account::steps(&index, entry, statement);
    let mut rungs: Vec<Rung> = steps.iter().map(|step| rung(&index, entry, step)).collect();
    rungs.extend(translation_rung(&index, entry, statement, &steps));
    let recorders = entry.record.common.signers.iter();
    let circumstances = statement.circumstances.value();
    Some(Ladder {
        account: Account::new(&index, place, statement),
        rungs,
        layers: layers::layers(&index, entry, statement, &steps),
        exhibits: entry.record.exhibits().len(),
        recorders: recorders
            .map(|signer| Recorder {
                who: index.names.party(signer.party),
                asserts: signer.asserts.clone(),
            })
            .collect(),
        circumstances: circumstances_words(&index, circumstances, entry.standing),
        voluntariness_recorded: circumstances.map(|circumstances| circumstances.voluntariness_recorded),
        values_not_shown: withheld_positions(entry.record),
    })
}

fn rung(index: &Index<'_>, entry: &Entry<'_>, step: &Step<'_>) -> Rung {
    let identified = step.from.is_identified() && step.to.is_identified();
    let mut rung = Rung {
        from: step.from.clone(),
        to: step.to.clone(),
        medium: None,
        means: "step not recorded".to_owned(),
        whole: false,
        details: Vec::new(),
        call: None,
    };
    let Some(hop) = step.hop else {
        return rung;
    };
    rung.medium = Some(hop.medium);
    rung.means = account::medium_words(hop.medium).to_owned();
    rung.whole = identified;
    let mut detail = |name, words: String| rung.details.push((name, words));
    detail("did", act_words(hop.did).to_owned());
    detail("basis", basis_words(hop.basis).to_owned());
    detail("when", TimeShown::new(&hop.when, entry.standing).in_full());
    detail(
        "attested by",
        match &hop.attested_by {
            Some(who) => index.names.at(who, entry.standing).to_string(),
            None => "nobody".to_owned(),
        },
    );
    detail(
        "authority",
        match &hop.authority {
            None => "not stated".to_owned(),
            Some(authority) => match authority.value() {
                None => missing(entry.standing).to_owned(),
                Some(authority) => {
                    let mut words = match authority.claim {
                        AuthorityClaim::Granted => "said to be granted by a roster record",
                        AuthorityClaim::Claimed => "claimed",
                        AuthorityClaim::Denied => "denied",
                        AuthorityClaim::NotStated => "not stated",
                    }
                    .to_owned();
                    if let Some(record) = &authority.record {
                        words.push_str(&format!(" ({})", index.tag(record)));
                    }
                    if let Some(note) = &authority.note {
                        words.push_str(&format!(": {note}"));
                    }
                    words
                }
            },
        },
    );
    if let Some(identified_by) = &hop.identified_by {
        detail("known by", shown(identified_by, entry.standing).to_owned());
    } else if hop.medium == Medium::Telephone {
        detail("known by", "not stated".to_owned());
    }
    rung.call = hop.call.as_ref().map(|call| call_shown(index, entry, call));
    rung
}

/// A translation that is no hop: a rung of its own before the bytes held.
fn translation_rung(index: &Index<'_>, entry: &Entry<'_>, statement: &Statement, steps: &[Step<'_>]) -> Option<Rung> {
    let by_a_hop = statement.relay.iter().any(|hop| hop.did == Act::Translation);
    if by_a_hop || account::translation(index, entry, statement) == Translation::NotStated {
        return None;
    }
    let translator = account::translator(index, entry, statement).unwrap_or(Who::Unidentified {
        description: "translator not recorded".to_owned(),
    });
    let before = steps.last().map(|step| step.to.clone());
    Some(Rung {
        from: before.unwrap_or_else(|| index.names.at(&statement.speaker, entry.standing)),
        whole: translator.is_identified(),
        to: translator,
        medium: None,
        means: "translation".to_owned(),
        details: vec![("did", "translation".to_owned())],
        call: None,
    })
}

fn shown(text: &Position<String>, standing: Standing) -> &str {
    text.value().map_or(missing(standing), String::as_str)
}

fn act_words(act: Act) -> &'static str {
    match act {
        Act::Verbatim => "passed on word for word",
        Act::Summary => "summarised",
        Act::Translation => "translated",
        Act::Excerpt => "excerpted",
        Act::Photograph => "photographed",
        Act::Transcription => "transcribed",
        Act::NotStated => "not stated",
    }
}

fn basis_words(basis: Basis) -> &'static str {
    match basis {
        Basis::Heard => "heard",
        Basis::Read => "read",
        Basis::Inferred => "inferred",
        Basis::NotStated => "not stated",
    }
}

fn call_shown(index: &Index<'_>, entry: &Entry<'_>, call: &Call) -> CallShown {
    let mut words = vec![
        match call.placed_by {
            PlacedBy::From => "placed by whoever the words came from",
            PlacedBy::To => "placed by whoever the words went to",
            PlacedBy::NotStated => "who placed it is not stated",
        }
        .to_owned(),
        match call.notes {
            NotesMade::During => "notes made during it",
            NotesMade::After => "notes made after it, from memory",
            NotesMade::None => "no notes",
            NotesMade::NotStated => "whether notes were made is not stated",
        }
        .to_owned(),
    ];
    if let Some(seconds) = call.lasted_seconds {
        words.push(format!("lasted {} min {} s", seconds / 60, seconds % 60));
    }
    if let Some(number) = &call.number {
        words.push(format!("number: {}", shown(number, entry.standing)));
    }
    if let Some(listeners) = &call.listeners {
        words.push(match listeners.value() {
            Some(people) => {
                let people: Vec<Who> = people.iter().map(|who| index.names.of(who)).collect();
                format!("listeners: {}", list(&people))
            }
            None => format!("listeners: {}", missing(entry.standing)),
        });
    }
    if let Some(line) = &call.line_controlled_by {
        let who = index.names.at(line, entry.standing);
        words.push(format!("line controlled by: {who}"));
    }
    CallShown { words }
}

fn circumstances_words(index: &Index<'_>, circumstances: Option<&Circumstances>, standing: Standing) -> Vec<String> {
    let Some(circumstances) = circumstances else {
        return vec![format!("Circumstances: {}.", missing(standing))];
    };
    let mut words = vec![
        match circumstances.detained {
            Known::Yes => "The speaker was detained.",
            Known::No => "The speaker was not detained.",
            Known::NotStated => "Whether the speaker was detained is not stated.",
        }
        .to_owned(),
    ];
    if !circumstances.present.is_empty() {
        let present: Vec<Who> = circumstances.present.iter().map(|who| index.names.of(who)).collect();
        words.push(format!("Present: {}.", list(&present)));
    }
    if let Some(who) = &circumstances.channel_controlled_by {
        words.push(format!("The channel was controlled by {}.", index.names.of(who)));
    }
    if let Some(note) = &circumstances.note {
        words.push(format!("Noted: “{note}”"));
    }
    words
}

/// The form in words.
impl Account {
    /// How the words that are held stand to what was uttered, in a few words.
    pub fn form_words(&self) -> &'static str {
        match self.form {
            Form::Verbatim => "verbatim",
            Form::Translation => "translation",
            Form::Paraphrase => "paraphrase",
            Form::Summary => "summary",
            Form::ReportedAct => "reported act",
            Form::Silence => "silence",
        }
    }
}
