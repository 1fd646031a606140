//! The names of a case: handles of parties and exhibits, labels of everything else. They share one
//! namespace, so that a reference needs no word of what sort it is.

use std::collections::HashMap;

use affiant::record::Label;

use crate::MAX_ENTRIES;
use crate::draft::*;
use crate::fault::{CaseFault, Sort, closest};
use crate::spot::{Findings, Spot};

fn named(name: &str) -> Option<&str> {
    Some(name).filter(|name| !name.is_empty())
}

impl Spot {
    pub(crate) fn of_party(index: usize, draft: &PartyDraft) -> Spot {
        Spot::entry("party", index, named(&draft.id))
    }

    pub(crate) fn of_exhibit(index: usize, draft: &ExhibitDraft) -> Spot {
        Spot::entry("exhibit", index, named(&draft.id))
    }

    pub(crate) fn of_question(index: usize, draft: &QuestionDraft) -> Spot {
        Spot::entry("question", index, named(&draft.label))
    }

    pub(crate) fn of_statement(index: usize, draft: &StatementDraft) -> Spot {
        Spot::entry("statement", index, named(&draft.label))
    }

    pub(crate) fn of_relation(index: usize, draft: &RelationDraft) -> Spot {
        Spot::entry("relation", index, named(&draft.label))
    }

    pub(crate) fn of_assessment(index: usize, draft: &AssessmentDraft) -> Spot {
        Spot::entry("assessment", index, named(&draft.label))
    }

    pub(crate) fn of_attestation(index: usize, draft: &AttestationDraft) -> Spot {
        Spot::entry("attestation", index, named(&draft.label))
    }
}

/// An entry of the case, by its sort and its index among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Entry {
    Party(usize),
    Exhibit(usize),
    Question(usize),
    Statement(usize),
    Relation(usize),
    Assessment(usize),
    Attestation(usize),
}

impl Sort {
    pub(crate) fn admits(self, entry: Entry) -> bool {
        match self {
            Sort::Party => matches!(entry, Entry::Party(_)),
            Sort::Exhibit => matches!(entry, Entry::Exhibit(_)),
            Sort::Question => matches!(entry, Entry::Question(_)),
            Sort::Statement => matches!(entry, Entry::Statement(_)),
            Sort::Assessable => matches!(entry, Entry::Statement(_) | Entry::Relation(_)),
            Sort::Assessment => matches!(entry, Entry::Assessment(_)),
            Sort::Anything => true,
            Sort::Attestable => !matches!(entry, Entry::Party(_)),
        }
    }
}

/// The handles and labels of a case, which share one namespace.
pub(crate) struct Names<'c>(HashMap<&'c str, Entry>);

impl<'c> Names<'c> {
    /// Every name, the first of those that stand twice.
    pub(crate) fn of(case: &'c Case, findings: &mut Findings) -> Names<'c> {
        let mut names = Names(HashMap::new());
        for (spot, member, name, entry) in entries(case) {
            let counted = match entry {
                Entry::Party(index)
                | Entry::Exhibit(index)
                | Entry::Question(index)
                | Entry::Statement(index)
                | Entry::Relation(index)
                | Entry::Assessment(index)
                | Entry::Attestation(index) => index + 1,
            };
            if counted == MAX_ENTRIES + 1 {
                let (what, limit) = ("entries of one sort", MAX_ENTRIES);
                let fault = CaseFault::TooMany {
                    what,
                    count: counted,
                    limit,
                };
                findings.add(&spot, "", fault);
            }
            if let Some(fault) = malformed(name, entry) {
                findings.add(&spot, member, fault);
                continue;
            }
            let Some(first) = names.0.get(name) else {
                names.0.insert(name, entry);
                continue;
            };
            let (first, member_of_first) = spot_of(case, *first);
            let fault = CaseFault::Duplicate {
                name: name.to_owned(),
                first_place: findings.place_of(&first, member_of_first),
                first: first.subject,
            };
            findings.add(&spot, member, fault);
        }
        names
    }

    pub(crate) fn known(case: &'c Case) -> Names<'c> {
        Names(entries(case).map(|(_, _, name, entry)| (name, entry)).collect())
    }

    pub(crate) fn get(&self, name: &str) -> Option<Entry> {
        self.0.get(name).copied()
    }

    /// Notes that a name stands for nothing of the sort that it should.
    pub(crate) fn unknown(
        &self,
        findings: &mut Findings,
        (spot, member): (&Spot, &str),
        name: &str,
        sort: Sort,
        searched: bool,
    ) {
        if findings.is_full() {
            return findings.count_only();
        }
        let admitted = self.0.iter().filter(|(_, entry)| sort.admits(**entry));
        let mut known: Vec<&str> = admitted.map(|(name, _)| *name).collect();
        known.sort_unstable();
        let fault = CaseFault::Unknown {
            what: sort,
            name: crate::fault::shortened(name),
            // One label is as near to another as any; only a handle can be misspelt.
            closest: closest(name, known.iter().copied()).filter(|_| !sort.is_label()),
            known: known.into_iter().map(str::to_owned).collect(),
            searched,
        };
        findings.add(spot, member, fault);
    }
}

/// Every entry: where it stands, the member that names it, and the name.
pub(crate) fn entries(case: &Case) -> impl Iterator<Item = (Spot, &'static str, &str, Entry)> {
    fn each<'c, T>(
        list: &'c [T],
        member: &'static str,
        spot: fn(usize, &T) -> Spot,
        name: fn(&T) -> &str,
        entry: fn(usize) -> Entry,
    ) -> impl Iterator<Item = (Spot, &'static str, &'c str, Entry)> {
        let one = move |(index, draft)| (spot(index, draft), member, name(draft), entry(index));
        list.iter().enumerate().map(one)
    }
    let parties = each(&case.parties, "id", Spot::of_party, |it| &it.id, Entry::Party);
    let exhibits = each(&case.exhibits, "id", Spot::of_exhibit, |it| &it.id, Entry::Exhibit);
    let questions = each(
        &case.questions,
        "label",
        Spot::of_question,
        |it| &it.label,
        Entry::Question,
    );
    let statements = each(
        &case.statements,
        "label",
        Spot::of_statement,
        |it| &it.label,
        Entry::Statement,
    );
    let relations = each(
        &case.relations,
        "label",
        Spot::of_relation,
        |it| &it.label,
        Entry::Relation,
    );
    let assessments = each(
        &case.assessments,
        "label",
        Spot::of_assessment,
        |it| &it.label,
        Entry::Assessment,
    );
    let attestations = each(
        &case.attestations,
        "label",
        Spot::of_attestation,
        |it| &it.label,
        Entry::Attestation,
    );
    let handles = parties.chain(exhibits);
    handles
        .chain(questions)
        .chain(statements)
        .chain(relations)
        .chain(assessments)
        .chain(attestations)
}

fn spot_of(case: &Case, entry: Entry) -> (Spot, &'static str) {
    match entry {
        Entry::Party(index) => (Spot::of_party(index, &case.parties[index]), "id"),
        Entry::Exhibit(index) => (Spot::of_exhibit(index, &case.exhibits[index]), "id"),
        Entry::Question(index) => (Spot::of_question(index, &case.questions[index]), "label"),
        Entry::Statement(index) => (Spot::of_statement(index, &case.statements[index]), "label"),
        Entry::Relation(index) => (Spot::of_relation(index, &case.relations[index]), "label"),
        Entry::Assessment(index) => (Spot::of_assessment(index, &case.assessments[index]), "label"),
        Entry::Attestation(index) => (Spot::of_attestation(index, &case.attestations[index]), "label"),
    }
}

fn malformed(name: &str, entry: Entry) -> Option<CaseFault> {
    const MAX_HANDLE: usize = 8;
    if !matches!(entry, Entry::Party(_) | Entry::Exhibit(_)) {
        return name.parse::<Label>().err().map(CaseFault::Id);
    }
    let letter_first = name.starts_with(|first: char| first.is_ascii_uppercase());
    let rest = name
        .bytes()
        .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    let handle = letter_first && rest && name.len() <= MAX_HANDLE;
    (!handle).then(|| CaseFault::Handle(crate::fault::shortened(name)))
}
