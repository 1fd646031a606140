//! What would settle a question, worked out from what an account lacks.
//!
//! Each rule looks at one member of the record; none knows any case.

use crate::record::{Form, Record, Stance};

use super::account::{Account, Translation};
use super::reading::{Settlement, Settles};
use super::who::{Who, list};

/// What an account lacks that would settle whether it stands.
pub fn of_account(account: &Account, stance: Option<&Stance>) -> Vec<Settlement> {
    let (label, speaker) = (&account.statement, &account.speaker);
    let nested = stance.is_some_and(|stance| !stance.according_to.is_empty());
    let relay = account.relay;
    let held = match account.form {
        Form::Verbatim => "holds the words only as they were passed on",
        Form::Translation => "holds a translation",
        Form::Paraphrase => "holds a paraphrase",
        Form::Summary => "holds a summary",
        Form::ReportedAct => "holds a report of an act",
        Form::Silence => "holds a silence",
    };
    let mut found = Vec::new();
    let mut settle = |what, words| found.push(Settlement { what, words });
    if nested || relay.mediators >= 2 {
        settle(
            Settles::OriginalOfReport,
            format!("The original of what is ascribed to {speaker}: {label} {held}."),
        );
    } else if relay.mediators == 1 {
        settle(
            Settles::Utterance,
            format!("A recording, the paper or a signed transcript of what is ascribed to {speaker}: {label} {held}."),
        );
    }
    if account.alleged {
        settle(
            Settles::Speaker,
            format!("Whether {label} is by {speaker}: that is alleged."),
        );
    } else if matches!(speaker, Who::Unidentified { .. }) {
        settle(Settles::Speaker, format!("Who the speaker of {label} is: {speaker}."));
    }
    match relay.unidentified {
        0 => {}
        1 => settle(
            Settles::Relayer,
            format!("Who passed {label} on: one of its hops goes to somebody unidentified."),
        ),
        hops => settle(
            Settles::Relayer,
            format!("Who passed {label} on: {hops} of its hops go to people unidentified."),
        ),
    }
    if account.said.edtf.is_none() {
        settle(
            Settles::TimeOfUtterance,
            format!("When {label} was said: {}.", account.said.words),
        );
    }
    if relay.translation == Translation::Unrecorded {
        settle(
            Settles::Translation,
            format!("The words of {label} in the language in which they were said, and who translated them."),
        );
    }
    match account.withheld {
        0 => {}
        1 => settle(
            Settles::Withheld,
            format!(
                "The value that is not shown of {label}; ask {}.",
                list(&account.signed_by)
            ),
        ),
        values => settle(
            Settles::Withheld,
            format!(
                "The {values} values that are not shown of {label}; ask {}.",
                list(&account.signed_by)
            ),
        ),
    }
    found
}

/// How many positions of a record are not shown.
pub fn withheld_positions(record: &Record) -> usize {
    let mut withheld = 0;
    // The walk can fill positions and so wants a record that it may change.
    record.clone().positions(&mut |_, slot| {
        if !slot.is_revealed() {
            withheld += 1;
        }
    });
    withheld
}
