//! Accounts that attack each other's standing, and what is left where they do.
//!
//! ```text
//! S03 undermines the authority of Bob, who passed S06 on;  S06 disowns S03
//! an even circle of attacks: unresolved by the record
//! ```
//!
//! The attack graph is made of two links only, `disowns` and `undermines-authority`, and is
//! evaluated by Dung's grounded semantics (1995). Normative page: spec/provenance.md,
//! "Dispute". What is evaluated is whether an attack that stands is recorded, and not
//! whether anything is true, genuine or authorised. Where a link's target is open there is
//! one graph for each thing that may be meant, and none is preferred.

mod breakers;
mod grounded;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::record::{PartyId, RecordId, Reference, RelationKind, TargetIs};

use super::authority::relays;
use super::index::Index;
use super::lack::{Lack, Seeking, Sought};
use super::link::{self, Thing};
use super::network::independence::{Independence, matrix};
use super::network::path::Way;
use super::network::ties::Ties;
use super::said::Said;
use super::second_order::targets;
use super::who;

pub use breakers::Breaker;
pub use grounded::Standing as AttackStanding;

use super::network::ways::{circles, shortest_circle};
use grounded::grounded;

/// The most attacks that are looked at. Past it the dispute is marked as not complete.
pub const MAX_ATTACKS: usize = 20_000;
/// The most attacks that are written out.
pub const MAX_ATTACKS_SHOWN: usize = 200;
/// The most graphs, one for each thing that open targets may mean, that are evaluated.
pub const MAX_DISPUTE_READINGS: usize = 64;
/// The most statements whose standing is written out under one reading.
pub const MAX_STANDINGS_SHOWN: usize = 200;
/// The most circles that are written out.
pub const MAX_CYCLES_SHOWN: usize = 50;

/// One attack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Attack {
    /// What attacks: a statement, or whatever the link begins with.
    pub from: Thing,
    /// The statement that is attacked.
    pub to: Thing,
    /// Whose word it is that there is such a link.
    pub said: Said,
    /// Which link.
    pub kind: RelationKind,
    /// In a sentence.
    pub words: String,
    /// Whether it is open that this statement is meant.
    pub if_meant: bool,
}

/// How one statement stands under a reading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stands {
    /// What attacks or is attacked.
    pub what: Thing,
    /// How it stands.
    pub standing: AttackStanding,
}

/// What one graph comes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DisputeReading {
    /// What is meant by each open link, to be read after "if "; empty where none is open.
    pub conditions: Vec<String>,
    /// How everything that attacks or is attacked stands, by label, up to a limit.
    pub standings: Vec<Stands>,
    /// How many there are more.
    pub standings_left_out: usize,
    /// The circles of this graph, by their place in `cycles` of the dispute.
    pub cycles: Vec<usize>,
}

/// A circle of attacks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cycle {
    /// Who stands on it.
    pub members: Vec<Thing>,
    /// The attacks of the shortest circle through its first member.
    pub attacks: Vec<Attack>,
    /// Whether some way round is odd: then something attacks itself in the end.
    pub odd: bool,
    /// Whether the record leaves a member open: no attack from outside decides it.
    pub unresolved: bool,
    /// The readings under which it comes about, by their place.
    pub under: Vec<usize>,
    /// Records outside the circle that bear on it.
    pub breakers: Vec<Breaker>,
    /// How many more there are.
    pub breakers_left_out: usize,
    /// What is not held and would bear on it, by what sort of source its members are.
    pub lacks: Vec<Lack>,
    /// What persons seek for it.
    pub sought: Vec<Sought>,
}

/// The attack graph of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Dispute {
    /// How many attacks there are, those that are only possible among them.
    pub attack_count: usize,
    /// The attacks, up to a limit.
    pub attacks: Vec<Attack>,
    /// Whether every attack was looked at.
    pub complete: bool,
    /// One for each thing that open targets may mean.
    pub readings: Vec<DisputeReading>,
    /// How many more readings there are.
    pub readings_left_out: usize,
    /// Circles of attacks, over all readings.
    pub cycles: Vec<Cycle>,
    /// How many more circles there are.
    pub cycles_left_out: usize,
    /// The independence of those on a circle and of those that an open link of it may mean.
    pub independence: Option<Independence>,
}

impl Dispute {
    /// Whether an attack concerns a statement that is on one of some questions.
    pub(super) fn touches(&self, index: &Index<'_>, questions: &[RecordId]) -> bool {
        let on = |thing: &Thing| {
            let place = thing.record().and_then(|record| index.place(&record.id));
            let mut stances = place.into_iter().flat_map(|place| index.stances_of(place));
            stances.any(|(question, _)| questions.contains(question))
        };
        self.attacks.iter().any(|attack| on(&attack.from) || on(&attack.to))
    }
}

/// A node of the graph: an entry's place. A link that begins in no statement stands for
/// itself.
type Place = usize;

/// One attack among places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Edge {
    from: Place,
    to: Place,
    /// The place of the relation among the relations.
    relation: usize,
    /// Whom the link undermines, where that is how it attacks.
    through: Option<PartyId>,
}

/// A link whose target is open, with one list of attacks for each thing that may be meant.
struct Open {
    relation: usize,
    options: Vec<(String, Vec<Edge>)>,
}

/// The attacks of a case.
struct Graph {
    certain: Vec<Edge>,
    open: Vec<Open>,
    complete: bool,
}

/// Evaluates the attacks of a case.
pub fn dispute(index: &Index<'_>, ties: &Ties, seeking: &Seeking) -> Dispute {
    let graph = Graph::new(index);
    let mut all: BTreeSet<Edge> = graph.certain.iter().copied().collect();
    let certain = all.clone();
    for open in &graph.open {
        all.extend(open.options.iter().flat_map(|(_, edges)| edges));
    }
    let mut found = Dispute {
        attack_count: all.len(),
        attacks: all
            .iter()
            .take(MAX_ATTACKS_SHOWN)
            .map(|edge| attack(index, edge, !certain.contains(edge)))
            .collect(),
        complete: graph.complete,
        readings: Vec::new(),
        readings_left_out: 0,
        cycles: Vec::new(),
        cycles_left_out: 0,
        independence: None,
    };
    if all.is_empty() {
        return found;
    }
    let combinations = graph
        .open
        .iter()
        .fold(1usize, |count, open| count.saturating_mul(open.options.len()));
    found.readings_left_out = combinations.saturating_sub(MAX_DISPUTE_READINGS);
    let mut cycles: BTreeMap<Vec<Edge>, (Found, Vec<usize>)> = BTreeMap::new();
    for number in 0..combinations.min(MAX_DISPUTE_READINGS) {
        let (conditions, edges) = graph.reading(number);
        let nodes = Nodes::of(&edges);
        let standings = grounded(nodes.places.len(), &nodes.steps);
        for circle in circles(nodes.places.len(), &nodes.steps) {
            let one = Found::new(&nodes, &circle, &standings, &edges);
            let at = cycles.entry(one.edges.clone()).or_insert_with(|| (one, Vec::new()));
            at.1.push(number);
        }
        let stand = |(place, standing): (&Place, &AttackStanding)| Stands {
            what: thing(index, *place),
            standing: *standing,
        };
        let shown = nodes.places.iter().zip(&standings).take(MAX_STANDINGS_SHOWN).map(stand);
        found.readings.push(DisputeReading {
            conditions,
            standings: shown.collect(),
            standings_left_out: nodes.places.len().saturating_sub(MAX_STANDINGS_SHOWN),
            cycles: Vec::new(),
        });
    }
    let mut field = BTreeSet::new();
    found.cycles_left_out = cycles.len().saturating_sub(MAX_CYCLES_SHOWN);
    for (place, (_, (one, under))) in cycles.into_iter().take(MAX_CYCLES_SHOWN).enumerate() {
        for reading in &under {
            found.readings[*reading].cycles.push(place);
        }
        let around = breakers::around(index, &graph, &one.members, &one.all_edges);
        field.extend(one.members.iter().chain(&around.candidates).copied());
        found.cycles.push(one.shown(index, seeking, &around, under, &certain));
    }
    let ways: Vec<Way<'_>> = field
        .iter()
        .filter_map(|place| Some(Way::of_statement(*place, index.statement(*place)?)))
        .collect();
    if ways.len() > 1 {
        let accounts = ways.len();
        found.independence = Some(matrix(index, ties, ways, accounts));
    }
    found
}

/// A statement, or another record that attacks.
fn thing(index: &Index<'_>, place: Place) -> Thing {
    Thing::of(index, &Reference::Record(index.entries[place].tag.id))
}

fn attack(index: &Index<'_>, edge: &Edge, if_meant: bool) -> Attack {
    let (_, relation) = index.relations[edge.relation];
    let (from, to) = (thing(index, edge.from), thing(index, edge.to));
    let said = Said::of(index, edge.relation);
    let (tag, by) = (&said.relation, who::list(&said.asserted_by));
    let how = match edge.through {
        Some(party) => format!(
            "{} {}, who passed {to} on",
            link::verb(relation.relation),
            index.names.party(party)
        ),
        None => format!("{} {to}", link::verb(relation.relation)),
    };
    let open = if if_meant {
        "; whether that is meant is open"
    } else {
        ""
    };
    Attack {
        words: format!("{from} {how} ({tag}, asserted by {by}{open})"),
        from,
        to,
        said,
        kind: relation.relation,
        if_meant,
    }
}

impl Graph {
    fn new(index: &Index<'_>) -> Graph {
        let mut graph = Graph {
            certain: Vec::new(),
            open: Vec::new(),
            complete: true,
        };
        let attacks = |kind| matches!(kind, RelationKind::Disowns | RelationKind::UnderminesAuthority);
        let links: Vec<usize> = (0..index.relations.len())
            .filter(|place| attacks(index.relations[*place].1.relation))
            .collect();
        let named = |place: &usize| {
            let (_, relation) = index.relations[*place];
            relation.target.among.iter().filter_map(|target| match target {
                Reference::Party(party) => Some(*party),
                Reference::Record(_) | Reference::Exhibit(_) => None,
            })
        };
        let undermined: BTreeSet<PartyId> = links.iter().flat_map(named).collect();
        let relayed = relayed(index, &undermined);
        let mut left = MAX_ATTACKS;
        for place in links {
            let (_, relation) = index.relations[place];
            let among = targets(index, relation);
            let mut attacked = |target: &Reference| {
                let edges = edges(index, &relayed, place, target);
                graph.complete &= edges.len() <= left;
                let edges: Vec<Edge> = edges.into_iter().take(left).collect();
                left -= edges.len();
                edges
            };
            if !link::is_open(relation) {
                let certain: Vec<Edge> = among.iter().flat_map(&mut attacked).collect();
                graph.certain.extend(certain);
                continue;
            }
            let single: Vec<(Reference, Vec<Edge>)> = among.iter().map(|target| (*target, attacked(target))).collect();
            if single.iter().any(|(_, edges)| !edges.is_empty()) {
                graph.open.push(Open::new(index, place, single));
            }
        }
        graph
    }

    /// The conditions and attacks of one combination of what open links may mean.
    fn reading(&self, number: usize) -> (Vec<String>, Vec<Edge>) {
        let mut edges = self.certain.clone();
        let mut conditions = Vec::new();
        let mut rest = number;
        for open in &self.open {
            let (condition, more) = &open.options[rest % open.options.len()];
            rest /= open.options.len();
            conditions.push(condition.clone());
            edges.extend(more);
        }
        edges.sort();
        edges.dedup();
        (conditions, edges)
    }
}

/// The statements whose words some parties passed on, other than as their own.
fn relayed(index: &Index<'_>, parties: &BTreeSet<PartyId>) -> BTreeMap<PartyId, Vec<Place>> {
    let mut relayed: BTreeMap<PartyId, Vec<Place>> = BTreeMap::new();
    if parties.is_empty() {
        return relayed;
    }
    for place in 0..index.entries.len() {
        let Some(statement) = index.statement(place) else {
            continue;
        };
        let way = Way::of_statement(place, statement);
        let on_it: BTreeSet<PartyId> = way.parties().filter(|party| parties.contains(party)).collect();
        for party in on_it {
            if relays(&way, party) {
                relayed.entry(party).or_default().push(place);
            }
        }
    }
    relayed
}

/// The attacks of a link, if this is what it points at.
fn edges(index: &Index<'_>, relayed: &BTreeMap<PartyId, Vec<Place>>, place: usize, target: &Reference) -> Vec<Edge> {
    let (entry, relation) = index.relations[place];
    let statement = |reference: &Reference| {
        index
            .reference(reference)
            .filter(|place| index.statement(*place).is_some())
    };
    let asserted_in = relation.asserted_in.map(Reference::Record);
    let from = statement(&relation.from)
        .or_else(|| statement(&asserted_in?))
        .unwrap_or(entry);
    let edge = |to, through| Edge {
        from,
        to,
        relation: place,
        through,
    };
    match (relation.relation, target) {
        (_, Reference::Record(_)) => statement(target).map(|to| edge(to, None)).into_iter().collect(),
        (RelationKind::UnderminesAuthority, Reference::Party(party)) => {
            let statements = relayed.get(party).into_iter().flatten();
            statements.map(|to| edge(*to, Some(*party))).collect()
        }
        (_, Reference::Party(_) | Reference::Exhibit(_)) => Vec::new(),
    }
}

impl Open {
    /// Each candidate alone; and where the target is not settled at all, each of them
    /// together and none of them.
    fn new(index: &Index<'_>, place: usize, single: Vec<(Reference, Vec<Edge>)>) -> Open {
        let (entry, relation) = index.relations[place];
        let (tag, from) = (&index.entries[entry].tag, Thing::of(index, &relation.from));
        let verb = link::verb(relation.relation);
        let mut options: Vec<(String, Vec<Edge>)> = Vec::new();
        let unsettled = relation.target.is == TargetIs::Unresolved;
        for (target, edges) in &single {
            let only = if unsettled && single.len() > 1 {
                " and nothing else"
            } else {
                ""
            };
            let words = format!("{from} {verb} {}{only} ({tag})", Thing::of(index, target));
            options.push((words, edges.clone()));
        }
        if unsettled && single.len() > 1 {
            let all = single.iter().flat_map(|(_, edges)| edges.iter().copied()).collect();
            options.push((format!("{from} {verb} all {} of them ({tag})", single.len()), all));
        }
        if unsettled {
            options.push((format!("{from} {verb} none of them ({tag})"), Vec::new()));
        }
        Open {
            relation: place,
            options,
        }
    }
}

/// The places of a graph by number.
struct Nodes {
    places: Vec<Place>,
    steps: BTreeSet<(usize, usize)>,
}

impl Nodes {
    fn of(edges: &[Edge]) -> Nodes {
        let places: BTreeSet<Place> = edges.iter().flat_map(|edge| [edge.from, edge.to]).collect();
        let places: Vec<Place> = places.into_iter().collect();
        let number = |place| places.binary_search(&place).expect("each end is among them");
        let steps = edges.iter().map(|edge| (number(edge.from), number(edge.to))).collect();
        Nodes { steps, places }
    }
}

/// A circle as it was found.
struct Found {
    members: Vec<Place>,
    /// The attacks of its shortest way round.
    edges: Vec<Edge>,
    /// Every attack among its members.
    all_edges: Vec<Edge>,
    odd: bool,
    unresolved: bool,
}

impl Found {
    fn new(nodes: &Nodes, circle: &[usize], standings: &[AttackStanding], edges: &[Edge]) -> Found {
        let members: Vec<Place> = circle.iter().map(|node| nodes.places[*node]).collect();
        let inside: BTreeSet<Place> = members.iter().copied().collect();
        let all_edges: Vec<Edge> = edges
            .iter()
            .copied()
            .filter(|edge| inside.contains(&edge.from) && inside.contains(&edge.to))
            .collect();
        let round = shortest_circle(circle, &nodes.steps);
        let step = |place: usize| {
            let (from, to) = (round[place], round[(place + 1) % round.len()]);
            let (from, to) = (nodes.places[from], nodes.places[to]);
            all_edges
                .iter()
                .copied()
                .find(|edge| edge.from == from && edge.to == to)
        };
        Found {
            edges: (0..round.len()).filter_map(step).collect(),
            odd: grounded::has_odd_way_round(circle, &nodes.steps),
            unresolved: circle.iter().any(|node| standings[*node] == AttackStanding::Unresolved),
            all_edges,
            members,
        }
    }

    fn shown(
        &self,
        index: &Index<'_>,
        seeking: &Seeking,
        around: &breakers::Around,
        under: Vec<usize>,
        certain: &BTreeSet<Edge>,
    ) -> Cycle {
        let (breakers, breakers_left_out) = breakers::breakers(index, around);
        Cycle {
            members: self.members.iter().map(|place| thing(index, *place)).collect(),
            attacks: self
                .edges
                .iter()
                .map(|edge| attack(index, edge, !certain.contains(edge)))
                .collect(),
            odd: self.odd,
            unresolved: self.unresolved,
            under,
            breakers,
            breakers_left_out,
            lacks: breakers::lacks(index, around),
            sought: breakers::sought(index, seeking, around),
        }
    }
}
