//! Rules on the sources of a position: single, anonymous, uncorroborated.
//!
//! These are counts over the declared relay, and no measure of independence: two accounts that share
//! nobody here may share somebody whom no record names.

use std::collections::{BTreeMap, BTreeSet};

use crate::record::{PartyId, PartyRef, Polarity, PropositionType, RecordId, Statement};

use super::super::RecordTag;
use super::super::index::Index;
use super::super::who;
use super::around::{Around, speaker};
use super::{Found, Note, Rule};

/// The most parties that are named as standing on every account.
const MAX_SHARED_NAMED: usize = 8;

pub fn question(index: &Index<'_>, around: &Around<'_>, tag: &RecordTag, found: &mut Found) {
    // Who affirm a number affirm this number or that one: they are no one position. Nor is a definition a
    // matter of sources.
    let is_answered_by_yes_or_no = index
        .proposition(&tag.id)
        .is_none_or(|(_, proposition)| proposition.proposition_type == PropositionType::Question);
    if !is_answered_by_yes_or_no {
        return;
    }
    for (polarity, side) in [(Polarity::Affirms, "affirms"), (Polarity::Denies, "denies")] {
        position(index, around, tag, (polarity, side), found);
    }
}

fn statements<'a>(index: &Index<'a>, question: &RecordId, polarity: Polarity) -> Vec<(usize, &'a Statement)> {
    let held = index.stances_on(question).iter();
    let places: BTreeSet<usize> = held
        .filter(|held| held.stance.polarity == polarity)
        .map(|held| held.statement)
        .collect();
    places
        .into_iter()
        .filter_map(|place| Some((place, index.statement(place)?)))
        .collect()
}

fn position(
    index: &Index<'_>,
    around: &Around<'_>,
    tag: &RecordTag,
    (polarity, side): (Polarity, &str),
    found: &mut Found,
) {
    let statements = statements(index, &tag.id, polarity);
    let Some((first, first_statement)) = statements.first() else {
        return;
    };
    let records = || {
        statements
            .iter()
            .take(MAX_SHARED_NAMED)
            .map(|(place, _)| index.entries[*place].tag.clone())
    };
    let accounts = match statements.len() {
        1 => index.entries[*first].tag.to_string(),
        several => format!("all {several} accounts"),
    };
    let speakers: BTreeSet<Option<PartyId>> = statements.iter().map(|(_, statement)| speaker(statement)).collect();
    let anonymous = statements
        .iter()
        .all(|(_, statement)| matches!(statement.speaker.value(), Some(PartyRef::Unidentified(_))));
    let at = || format!("who {side} it");
    if anonymous {
        found.flag(Rule::SourceAnonymous, tag, || {
            let words = format!("Whoever {side} it is not identified: {accounts}.");
            Note::at(at(), words).resting_on(records())
        });
    }
    let one_speaker = speakers.len() == 1 && !speakers.contains(&None);
    if one_speaker || statements.len() == 1 {
        found.flag(Rule::SourceSingle, tag, || {
            let who = index.names.at(&first_statement.speaker, index.entries[*first].standing);
            let words = format!("It rests on one speaker, {who}: {accounts}.");
            Note::at(at(), words).resting_on(records())
        });
        return;
    }
    let shared = shared(&statements);
    if shared.is_empty() || around.asserted_independent(index, &statements) {
        return;
    }
    found.flag(Rule::SourceUncorroborated, tag, || {
        let parties: Vec<who::Who> = shared
            .iter()
            .take(MAX_SHARED_NAMED)
            .map(|party| index.names.party(*party))
            .collect();
        let words = format!("Whoever {side} it, {accounts} pass through {}.", who::list(&parties));
        Note::at(at(), words).resting_on(records())
    });
}

/// The parties that stand on every account, as speaker or on its way.
fn shared(statements: &[(usize, &Statement)]) -> Vec<PartyId> {
    let mut counts: BTreeMap<PartyId, usize> = BTreeMap::new();
    for (_, statement) in statements {
        let hops = statement
            .relay
            .iter()
            .flat_map(|hop| [hop.from.value(), hop.to.value()]);
        let parties: BTreeSet<PartyId> = hops
            .chain([statement.speaker.value()])
            .flatten()
            .filter_map(PartyRef::party)
            .collect();
        for party in parties {
            *counts.entry(party).or_default() += 1;
        }
    }
    let everywhere = counts.into_iter().filter(|(_, count)| *count == statements.len());
    everywhere.map(|(party, _)| party).collect()
}
