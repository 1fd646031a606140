//! The other kinds: questions, links, declarations, entries of the roster, archives.

use affiant::compare::{TimeShown, verb};
use affiant::record::{
    Answer, Archive, Assessment, Attestation, Body, Position, Proposition, RecordId, Relation, Role, RosterEntry,
    TargetIs, TimeClaim, Wording,
};

use super::statement::{stance, time};
use super::{RecordShown, key_words, word};
use crate::comparison::stands;
use crate::page::Page;

/// Prints what a record of another kind than a statement says.
pub fn body(page: &mut Page, shown: &RecordShown<'_>, body: &Body) {
    match body {
        // Printed by its own module.
        Body::Statement(_) => {}
        Body::Archive(body) => archive(page, shown, body),
        Body::Proposition(body) => proposition(page, shown, body),
        Body::Relation(body) => relation(page, shown, body),
        Body::Attestation(body) => attestation(page, shown, body),
        Body::Assessment(body) => assessment(page, shown, body),
        Body::Roster(body) => roster(page, shown, body),
        Body::Unknown(body) => {
            let text = format!(
                "Kind {:?}, version {}: not known to this program. What it says is not read.",
                body.kind, body.version
            );
            page.line("", "  ", &text);
        }
    }
    page.blank();
}

/// A question by its label and words.
pub fn question_words(shown: &RecordShown<'_>, id: RecordId) -> String {
    match (shown.other)(id).map(|record| (&record.common.label, &record.body)) {
        Some((label, Body::Proposition(proposition))) => {
            let words = proposition.words.value().map_or("[withheld]", |words| &words.text);
            format!("{label}  {words}")
        }
        _ => shown.record(id),
    }
}

fn wording(shown: &RecordShown<'_>, position: &Position<Wording>) -> String {
    match position.value() {
        Some(Wording { text, language: None }) => format!("“{text}”"),
        Some(Wording {
            text,
            language: Some(language),
        }) => format!("“{text}” (language {language})"),
        None => shown.missing().to_owned(),
    }
}

fn archive(page: &mut Page, shown: &RecordShown<'_>, archive: &Archive) {
    page.heading("", "The archive");
    let mut line = |text: String| page.line("  ", "    ", &text);
    line(format!("name: {}", archive.name));
    line(format!("format: {}", archive.format));
    line(format!("origin of the log: {}", archive.origin));
    line(format!("key of the log: {}", archive.log_key));
    for keeper in &archive.keepers {
        let party = shown.names.party(keeper.party);
        line(format!("keeper: {party}, with key {}", key_words(&keeper.key)));
    }
}

fn proposition(page: &mut Page, shown: &RecordShown<'_>, proposition: &Proposition) {
    page.heading("", "In words");
    page.line("  ", "    ", &wording(shown, &proposition.words));
    if let Some(excludes) = &proposition.excludes {
        page.line("  ", "    ", &format!("does not include: {}", wording(shown, excludes)));
    }
    if !proposition.total_of.is_empty() {
        let parts: Vec<String> = proposition.total_of.iter().map(|part| shown.record(*part)).collect();
        page.line("  ", "    ", &format!("the sum of: {}", parts.join(", ")));
    }
    if let Some(about) = &proposition.about {
        let items = match about.value() {
            Some(items) => {
                let items: Vec<String> = items.iter().map(|item| shown.names.scope_item(item)).collect();
                items.join("; ")
            }
            None => shown.missing().to_owned(),
        };
        page.line("  ", "    ", &format!("about: {items}"));
    }
    let varies = if proposition.varies {
        "The answer can change over time."
    } else {
        "The answer does not change over time."
    };
    page.line("  ", "    ", varies);
    if let Some(question) = shown.question {
        page.blank();
        page.heading("", "Who stands where");
        page.line("  ", "  ", &question.headline);
        stands(page, ("  ", "    "), question);
        page.line(
            "  ",
            "  ",
            &format!("In full: `affiant compare {}`", question.proposition),
        );
    }
}

fn relation(page: &mut Page, shown: &RecordShown<'_>, relation: &Relation) {
    page.heading("", "The link");
    let targets: Vec<String> = relation
        .target
        .among
        .iter()
        .map(|target| shown.reference(target))
        .collect();
    let target = match (relation.target.is, targets.as_slice()) {
        (_, []) => "something; no candidate is named".to_owned(),
        (TargetIs::All, targets) => targets.join(", "),
        (TargetIs::OneOf, targets) => format!("one of these, not known which: {}", targets.join(", ")),
        (TargetIs::Unresolved, targets) => format!("something unresolved; candidates: {}", targets.join(", ")),
    };
    let from = shown.reference(&relation.from);
    page.line("  ", "    ", &format!("{from} {} {target}", verb(relation.relation)));
    let by = match &relation.asserted_by {
        Some(who) => shown.names.at(who, shown.standing).to_string(),
        None => "the signers".to_owned(),
    };
    page.line("  ", "    ", &format!("asserted by: {by}"));
    if let Some(statement) = relation.asserted_in {
        page.line("  ", "    ", &format!("asserted in: {}", shown.record(statement)));
    }
    match relation.stance.as_ref().map(Position::value) {
        None => {}
        Some(Some(value)) => stance(page, shown, value),
        Some(None) => page.line("  ", "    ", &format!("[a stance is {}]", shown.missing())),
    }
    if let Some(within) = &relation.within {
        let within = within.value().map_or(shown.missing().to_owned(), |claim| {
            claim
                .edtf
                .as_ref()
                .map_or("not stated".to_owned(), |edtf| edtf.describe())
        });
        page.line("  ", "    ", &format!("their times lie within: {within}"));
    }
    if let Some(asking) = &relation.asked {
        let answer = match asking.answer {
            Answer::Answered => "they answered",
            Answer::Declined => "they declined to answer",
            Answer::None => "no answer has come",
            Answer::NotStated => "what came of it is not stated",
        };
        let when = TimeShown::new(&asking.when, shown.standing).words;
        page.line("  ", "    ", &format!("asked: {when}; {answer}"));
        if let Some(statement) = asking.answered_in {
            page.line("  ", "    ", &format!("answered in: {}", shown.record(statement)));
        }
    }
    if let Some(note) = &relation.note {
        page.line("  ", "    ", &format!("note: {}", shown.text(note)));
    }
}

fn assessment(page: &mut Page, shown: &RecordShown<'_>, assessment: &Assessment) {
    page.heading("", "The reading, a person's finding");
    let about: Vec<String> = assessment.about.iter().map(|about| shown.reference(about)).collect();
    let on = assessment
        .on
        .map_or_else(String::new, |question| format!(", on {}", shown.record(question)));
    page.line(
        "  ",
        "    ",
        &format!("{}{on}: {}", about.join(" and "), assessment.reading),
    );
    page.line("  ", "    ", assessment.reading.meaning());
    page.line(
        "  ",
        "    ",
        &format!("because: {}", wording(shown, &assessment.reasons)),
    );
    let by = match &assessment.asserted_by {
        Some(who) => shown.names.at(who, shown.standing).to_string(),
        None => "the signers".to_owned(),
    };
    page.line("  ", "    ", &format!("asserted by: {by}"));
    if let Some(earlier) = assessment.supersedes {
        page.line(
            "  ",
            "    ",
            &format!("to be read instead of {}", shown.record(earlier)),
        );
    }
}

fn attestation(page: &mut Page, shown: &RecordShown<'_>, attestation: &Attestation) {
    page.heading("", "The declaration");
    page.line("  ", "    ", &format!("about: {}", shown.reference(&attestation.about)));
    page.line("  ", "    ", &wording(shown, &attestation.declaration));
}

fn roster(page: &mut Page, shown: &RecordShown<'_>, entry: &RosterEntry) {
    page.heading("", "The entry of the roster");
    let mut line = |text: String| page.line("  ", "    ", &text);
    match entry {
        RosterEntry::Party {
            party,
            party_kind,
            names,
            roles,
        } => {
            line(party.to_string());
            line(format!("kind: {}", word(party_kind)));
            for name in names {
                line(match name.value() {
                    Some(name) => match &name.language {
                        Some(language) => format!("name: {} (language {language})", name.text),
                        None => format!("name: {}", name.text),
                    },
                    None => format!("name: {}", shown.missing()),
                });
            }
            for role in roles {
                line(match role.value() {
                    Some(role) => format!("capacity: {}", role_words(role)),
                    None => format!("capacity: {}", shown.missing()),
                });
            }
        }
        RosterEntry::Key { party, key } | RosterEntry::Keeper { party, key } => {
            line(format!("party: {}", shown.names.party(*party)));
            line(format!("key: {}", key_words(key)));
        }
        RosterEntry::Endorsement { party, key, words } => {
            line(format!("party: {}", shown.names.party(*party)));
            line(format!("key: {}", key_words(key)));
            line(format!("in the words: {}", wording(shown, words)));
        }
        RosterEntry::Authority {
            granted_by,
            granted_to,
            words,
            during,
        } => {
            line(format!("granted by: {}", shown.names.party(*granted_by)));
            line(format!("granted to: {}", shown.names.party(*granted_to)));
            line(format!("in the words: {}", wording(shown, words)));
            line(format!("during: {}", time(shown, during)));
        }
        RosterEntry::Revocation {
            of,
            key,
            reason,
            since,
            note,
        } => {
            line(format!("of: {}", shown.record(*of)));
            if let Some(key) = key {
                line(format!("which named as a keeper's the key: {}", key_words(key)));
            }
            line(format!("why: {}", word(reason)));
            if let Some(since) = since {
                let since = since.value().map_or(shown.missing().to_owned(), claim_words);
                line(format!("since: {since}"));
            }
            if let Some(note) = note {
                line(format!("note: {}", shown.text(note)));
            }
        }
    }
}

/// A capacity with its dates, as far as they are stated.
pub fn role_words(role: &Role) -> String {
    let mut words = role.text.clone();
    for (name, claim) in [("since", &role.since), ("until", &role.until)] {
        if let Some(claim) = claim {
            words.push_str(&format!(", {name} {}", claim_words(claim)));
        }
    }
    words
}

fn claim_words(claim: &TimeClaim) -> String {
    TimeShown::of_claim(claim).in_full()
}
