//! The way of the words from the speaker to the bytes held, as it is typed or asked for.
//!
//! ```text
//! --hop 'Shahla Gumbatova; in-person; not-stated; heard' --hop 'me; telephone; summary; heard'
//! ```
//!
//! Each hop begins where the one before it ended, the first with the speaker. A hop that ends with whoever signs is
//! attested by them; of another nobody is said to attest it.

use std::str::FromStr;

use affiant::record::{Act, Basis, Medium};
use affiant_case::{HopDraft, WhoDraft};

use super::closed::Closed;
use super::people::{HOW, People, PeopleError};
use crate::commands::Context;
use crate::error::CliError;
use crate::ui::visible;

/// What gives a hop on the command line.
pub const OPTION: &str = "--hop 'TO; MEDIUM; DID; BASIS'";

/// What ends the questions about hops before the words have reached whoever signs.
const END: &str = "end";

/// One hop as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HopArg {
    to: String,
    medium: Medium,
    did: Act,
    basis: Basis,
}

/// What is wrong with a hop.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HopError {
    /// One part, or none, or more than four.
    #[error("expected 'TO; MEDIUM; DID; BASIS', of which DID and BASIS may be left out")]
    Parts,
    /// A word that a list does not have.
    #[error("{word:?} is no {part}; expected one of {expected}")]
    Word {
        /// Which part.
        part: &'static str,
        /// What stands there.
        word: String,
        /// What may.
        expected: String,
    },
}

impl FromStr for HopArg {
    type Err = HopError;

    fn from_str(text: &str) -> Result<HopArg, HopError> {
        let parts: Vec<&str> = text.split(';').map(str::trim).collect();
        let (to, medium, rest) = match parts.as_slice() {
            [to, medium, rest @ ..] if !to.is_empty() && rest.len() <= 2 => (*to, *medium, rest),
            _ => return Err(HopError::Parts),
        };
        let did = rest.first().map(|did| word("DID", did));
        let basis = rest.get(1).map(|basis| word("BASIS", basis));
        Ok(HopArg {
            to: to.to_owned(),
            medium: word("MEDIUM", medium)?,
            did: did.unwrap_or(Ok(Act::NotStated))?,
            basis: basis.unwrap_or(Ok(Basis::NotStated))?,
        })
    }
}

fn word<T: Closed>(part: &'static str, word: &str) -> Result<T, HopError> {
    T::of_word(word).ok_or_else(|| HopError::Word {
        part,
        word: word.to_owned(),
        expected: T::words(),
    })
}

/// A hop, attested by whoever signs if it ends with them.
pub fn hop(people: &mut People<'_>, from: WhoDraft, to: WhoDraft, how: (Medium, Act, Basis)) -> HopDraft {
    let me = people.me();
    let mut hop = HopDraft::new(from, to);
    (hop.medium, hop.did, hop.basis) = how;
    hop.attested_by = (hop.to == me).then_some(me);
    hop
}

/// The hops that were typed, beginning with `from`.
///
/// # Errors
/// Where a name stands for nobody.
pub fn typed(people: &mut People<'_>, from: &WhoDraft, typed: &[HopArg]) -> Result<Vec<HopDraft>, PeopleError> {
    let mut hops: Vec<HopDraft> = Vec::with_capacity(typed.len());
    for arg in typed {
        let from = hops.last().map_or(from, |hop| &hop.to).clone();
        let to = people.who(&arg.to)?;
        hops.push(hop(people, from, to, (arg.medium, arg.did, arg.basis)));
    }
    Ok(hops)
}

/// Asks for the hops, beginning with `from`.
///
/// # Errors
/// In a pipe, and where no answer can be used.
pub fn ask(context: &Context, people: &mut People<'_>, from: &WhoDraft) -> Result<Vec<HopDraft>, CliError> {
    let ui = &context.ui;
    let me = people.me();
    let mut hops: Vec<HopDraft> = Vec::new();
    while hops.last().is_none_or(|hop| hop.to != me) {
        let from = hops.last().map_or(from, |hop| &hop.to).clone();
        let name = people.name(&from);
        let name = visible(&name);
        let question = match hops.is_empty() {
            true => format!("How did it reach you? From {name}, to whom first? ({HOW})"),
            false => format!("And from {name}, to whom? ({HOW}; or: {END})"),
        };
        let to = ui.prompt(&question, OPTION)?;
        if to == END && !hops.is_empty() {
            break;
        }
        let to = people.who(&to)?;
        let medium = Medium::ask(ui, "By what means?", OPTION)?;
        let did = Act::ask(ui, "What did this step do to the words?", OPTION)?;
        let basis = Basis::ask(ui, &format!("How did {name} know them?"), OPTION)?;
        hops.push(hop(people, from, to, (medium, did, basis)));
    }
    Ok(hops)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_hop_has_an_end_and_a_medium_at_the_least() {
        let hop: HopArg = "?a cell mate ; letter".parse().unwrap();
        let (to, how) = (hop.to.as_str(), (hop.medium, hop.did, hop.basis));
        assert_eq!(to, "?a cell mate");
        assert_eq!(how, (Medium::Letter, Act::NotStated, Basis::NotStated));
        let hop: HopArg = "me; telephone; summary; heard".parse().unwrap();
        assert_eq!(
            (hop.medium, hop.did, hop.basis),
            (Medium::Telephone, Act::Summary, Basis::Heard)
        );
        for parts in ["", "me", ";letter", "me; letter; excerpt; read; twice"] {
            assert_eq!(parts.parse::<HopArg>(), Err(HopError::Parts), "{parts}");
        }
        let error = "me; fax".parse::<HopArg>().unwrap_err().to_string();
        assert!(
            error.starts_with("\"fax\" is no MEDIUM; expected one of in-person, "),
            "{error}"
        );
    }
}
