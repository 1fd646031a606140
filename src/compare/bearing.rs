//! What bears on a pair whatever its reading: who speaks, what people say of the two, how surely
//! each says it.

use crate::record::{Certainty, Polarity, RelationKind};

use super::Standing;
use super::index::Index;
use super::link::{asserter, is_tension, link_words};
use super::opposed::{Both, Party};
use super::reading::Speakers;
use super::ties::Ties;
use super::who::Who;

/// The most links between two statements that are written out with one pair.
const MAX_LINKS_OF_A_PAIR: usize = 20;

/// Whether two accounts are of one speaker, as far as that is undisputed.
pub fn speakers(both: &Both<'_, '_, '_>) -> Speakers {
    let (one, other) = (&both.a.account.speaker, &both.b.account.speaker);
    let disputed = both.shapes.0.attribution_disputed || both.shapes.1.attribution_disputed;
    match one.same(other) {
        Some(true) if !disputed => Speakers::Same,
        Some(false) if same_as(both.rules.index, one, other).is_empty() => Speakers::Different,
        _ => Speakers::Unknown,
    }
}

/// The relations by which somebody says that two speakers are one.
fn same_as(index: &Index<'_>, one: &Who, other: &Who) -> Vec<usize> {
    match (one, other) {
        (Who::Party { id: a, .. }, Who::Party { id: b, .. }) if a != b => index.ties.same_as(*a, *b).collect(),
        _ => Vec::new(),
    }
}

/// Everything that bears on a pair, in sentences.
pub fn bearing(both: &Both<'_, '_, '_>) -> Vec<String> {
    let (a, b) = (both.a, both.b);
    let index = both.rules.index;
    let (one, other) = (&a.account.speaker, &b.account.speaker);
    let mut reasons = vec![match (speakers(both), one.same(other)) {
        (Speakers::Same, _) if a.tag() == b.tag() => format!("One statement takes both stances, {}.", a.tag()),
        (Speakers::Same, _) => format!("The same speaker in both, {one}: a self-contradiction, if they contradict."),
        (Speakers::Different, _) => format!("Different speakers: {one}; {other}."),
        (Speakers::Unknown, Some(true)) => {
            format!("Both are ascribed to {one}, and that both are by {one} is disputed or alleged.")
        }
        (Speakers::Unknown, Some(false)) => format!("Two speakers, whom somebody says to be one: {one}; {other}."),
        (Speakers::Unknown, None) => format!("Whether both have one speaker is not known: {one}; {other}."),
    }];
    for relation in same_as(index, one, other) {
        reasons.push(said_of_both(index, relation));
    }
    let between = Ties::between(&index.ties, a.held.statement, b.held.statement).iter();
    let told = between.filter(|relation| is_told(index.relations[**relation].1.relation));
    for relation in told.take(MAX_LINKS_OF_A_PAIR) {
        reasons.push(said_of_both(index, *relation));
    }
    for party in [a, b] {
        reasons.extend(reservations(index, party));
    }
    reasons
}

fn said_of_both(index: &Index<'_>, relation: usize) -> String {
    let (place, body) = index.relations[relation];
    let after = match body.relation {
        RelationKind::SurprisedBy => " A surprise is no denial.",
        RelationKind::Corrects | RelationKind::Supersedes => " Both stay on record.",
        _ => "",
    };
    format!(
        "{}: {}, asserted by {}.{after}",
        index.entries[place].tag,
        link_words(index, body),
        asserter(index, place, body)
    )
}

/// Whether a link between the two is told with their pair and not as a reading of it.
fn is_told(kind: RelationKind) -> bool {
    !is_tension(kind)
        && !matches!(
            kind,
            RelationKind::Translates
                | RelationKind::SameUtterance
                | RelationKind::Disowns
                | RelationKind::WeakensAuthenticity
        )
}

/// What weakens one stance, in sentences.
pub fn reservations(index: &Index<'_>, party: &Party<'_, '_>) -> Vec<String> {
    let (label, stance) = (party.tag(), party.held.stance);
    let mut reasons = Vec::new();
    if party.account.alleged {
        reasons.push(format!(
            "That {label} is by {} is alleged, not established.",
            party.account.speaker
        ));
    }
    // How sure an account is of nothing, and according to whom, says nothing.
    let committed = stance.polarity != Polarity::Uncommitted;
    match stance.certainty {
        Certainty::Certain => {}
        _ if !committed => {}
        Certainty::Probable => reasons.push(format!("{label} gives it as probable.")),
        Certainty::Possible => reasons.push(format!("{label} gives it as possible.")),
        Certainty::Unstated => reasons.push(format!("How sure {label} is of it is not stated.")),
    }
    if committed && !stance.according_to.is_empty() {
        let sources: Vec<String> = stance
            .according_to
            .iter()
            .map(|source| index.names.of(source).to_string())
            .collect();
        reasons.push(format!(
            "{label} gives it according to {}: whoever reports that another said so does not thereby say so.",
            sources.join(", according to ")
        ));
    }
    if party.account.standing < Standing::Erased {
        reasons.push(format!("The record {label} {}.", party.account.standing.words()));
    }
    reasons
}
