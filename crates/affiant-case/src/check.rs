//! What can be wrong with a case in itself: names, references within it, and empty texts.
//!
//! A label that the case does not have may be one of the archive's; that, and what the exhibits
//! hold, is looked at by [`build`](crate::build()).

use std::collections::HashSet;

use affiant::record::{
    Label, MAX_HOPS, MAX_SUBJECTS, PartyKind, RelationKind, Scope, TargetIs, TimeBasis, TimeClaim, Value,
};

use crate::draft::*;
use crate::fault::{CaseError, CaseFault, Sort};
use crate::names::{Entry, Names};
use crate::spot::{Findings, Spot};

/// All that is wrong with a case in itself; for one that was filled in memory, so that a person can be
/// asked again. [`parse`](crate::parse()) and [`build`](crate::build()) do the same.
pub fn check(case: &Case) -> Vec<CaseError> {
    let mut findings = Findings::new(None);
    check_into(case, &mut findings);
    findings.into_errors()
}

pub(crate) fn check_into(case: &Case, findings: &mut Findings) {
    let names = Names::of(case, findings);
    let mut checker = Checker { names, findings };
    for (index, party) in case.parties.iter().enumerate() {
        checker.party(&Spot::of_party(index, party), party);
    }
    for (index, exhibit) in case.exhibits.iter().enumerate() {
        checker.exhibit(&Spot::of_exhibit(index, exhibit), exhibit);
    }
    for (index, question) in case.questions.iter().enumerate() {
        checker.question(&Spot::of_question(index, question), question, index);
    }
    for (index, statement) in case.statements.iter().enumerate() {
        checker.statement(&Spot::of_statement(index, statement), statement);
    }
    for (index, relation) in case.relations.iter().enumerate() {
        checker.relation(&Spot::of_relation(index, relation), relation, index);
    }
    for (index, assessment) in case.assessments.iter().enumerate() {
        checker.assessment(&Spot::of_assessment(index, assessment), assessment, index);
    }
    for (index, attestation) in case.attestations.iter().enumerate() {
        checker.attestation(&Spot::of_attestation(index, attestation), attestation, index);
    }
    // A reference that could not be read may have named any of them.
    if checker.findings.is_empty() {
        checker.unused_exhibits(case);
    }
}

struct Checker<'c, 'f> {
    names: Names<'c>,
    findings: &'f mut Findings,
}

impl Checker<'_, '_> {
    fn party(&mut self, spot: &Spot, draft: &PartyDraft) {
        let PartySource::New { kind, names, roles } = &draft.source else {
            return;
        };
        if self.findings.is_faulty(spot, "existing") {
            return;
        }
        if names.is_empty() && *kind != PartyKind::NotStated {
            let expected = "at least one name, as [\"Mehman Huseynov\"]";
            self.findings.add(
                spot,
                "names",
                CaseFault::Empty {
                    member: "names",
                    expected,
                },
            );
        }
        for (index, name) in names.iter().enumerate() {
            let spot = spot.value("names", index);
            self.text_at(&spot, "", "names", &name.text, "a name");
            self.language(&spot, name.language.as_deref());
        }
        for (index, role) in roles.iter().enumerate() {
            let spot = spot.value("roles", index);
            self.text_at(&spot, "", "roles", &role.text, "a capacity in words, as \"lawyer\"");
            self.time(&spot, "since", role.since.as_ref());
            self.time(&spot, "until", role.until.as_ref());
        }
    }

    fn exhibit(&mut self, spot: &Spot, draft: &ExhibitDraft) {
        let ExhibitSource::File { path, name } = &draft.source else {
            return;
        };
        if !self.findings.is_faulty(spot, "existing") {
            self.text(spot, "file", path, "the path of a file");
            if !self.findings.is_faulty(spot, "file") {
                self.text(spot, "name", name, "the name of the file");
            }
        }
    }

    fn question(&mut self, spot: &Spot, draft: &QuestionDraft, index: usize) {
        let member = match draft.proposition_type {
            affiant::record::PropositionType::Question => "question",
            affiant::record::PropositionType::Definition => "definition",
            affiant::record::PropositionType::Quantity => "quantity",
            affiant::record::PropositionType::Time => "time",
        };
        self.text(spot, member, &draft.text, "words");
        self.language(spot, draft.language.as_deref());
        self.some_text(spot, "excludes", draft.excludes.as_deref());
        self.scope(spot, "about", &draft.about);
        if !draft.total_of.is_empty() && draft.proposition_type != affiant::record::PropositionType::Quantity {
            let fault = CaseFault::Members("only a \"quantity\" is a total of others");
            self.findings.add(spot, "total_of", fault);
        }
        for (at, label) in draft.total_of.iter().enumerate() {
            let part = spot.value("total_of", at);
            self.earlier(&part, "", label, Sort::Question, Entry::Question(index));
        }
        self.repeated(spot, "total_of", &draft.total_of);
    }

    fn statement(&mut self, spot: &Spot, draft: &StatementDraft) {
        self.who(spot, "speaker", Some(&draft.speaker));
        self.who(spot, "translator", draft.translator.as_ref());
        self.language(spot, Some(&draft.language));
        if draft.exhibits.is_empty() {
            self.findings.add(spot, "exhibits", CaseFault::NoExhibits);
        }
        self.within(spot, "exhibits", draft.exhibits.len(), MAX_SUBJECTS);
        for (index, handle) in draft.exhibits.iter().enumerate() {
            self.name(&spot.value("exhibits", index), "", handle, Sort::Exhibit);
        }
        self.repeated(spot, "exhibits", &draft.exhibits);
        self.time(spot, "said", draft.said.as_ref());
        self.time(spot, "conveyed", draft.conveyed.as_ref());
        self.time(spot, "published", draft.published.as_ref());
        self.asserts(spot, "asserts", &draft.asserts);
        self.some_text(spot, "note", draft.note.as_deref());
        for (index, words) in draft.words.iter().enumerate() {
            self.words(&spot.part("words", index), words, &draft.exhibits);
        }
        self.within(spot, "hops", draft.hops.len(), MAX_HOPS);
        for (index, hop) in draft.hops.iter().enumerate() {
            self.hop(&spot.part("hop", index), hop);
        }
        self.circumstances(&spot.only("circumstances"), &draft.circumstances);
        for (index, stance) in draft.stances.iter().enumerate() {
            self.stance(&spot.part("stance", index), stance);
        }
    }

    fn words(&mut self, spot: &Spot, draft: &WordsDraft, exhibits: &[String]) {
        self.text(spot, "text", &draft.text, "the words, exactly as held");
        self.language(spot, draft.language.as_deref());
        self.some_text(spot, "cue", draft.cue.as_deref());
        self.some_text(spot, "label", draft.speaker_label.as_deref());
        self.some_text(spot, "cited_as", draft.cited_as.as_deref());
        if let Some(held) = &draft.held {
            self.name(spot, "in", &held.exhibit, Sort::Exhibit);
            if !exhibits.contains(&held.exhibit) {
                let exhibit = held.exhibit.clone();
                self.findings.add(spot, "in", CaseFault::NotItsExhibit { exhibit });
            }
        }
    }

    fn hop(&mut self, spot: &Spot, draft: &HopDraft) {
        self.who(spot, "from", Some(&draft.from));
        self.who(spot, "to", Some(&draft.to));
        self.time(spot, "when", draft.when.as_ref());
        self.who(spot, "attested_by", draft.attested_by.as_ref());
        let note = draft.authority.as_ref().and_then(|authority| authority.note.as_deref());
        self.some_text(&spot.only("authority"), "note", note);
        self.some_text(spot, "identified_by", draft.identified_by.as_deref());
        if let Some(call) = &draft.call {
            let spot = spot.only("call");
            self.some_text(&spot, "number", call.number.as_deref());
            self.whos(&spot, "listeners", call.listeners.as_deref().unwrap_or_default());
            self.who(&spot, "line_controlled_by", call.line_controlled_by.as_ref());
        }
    }

    fn circumstances(&mut self, spot: &Spot, draft: &CircumstancesDraft) {
        self.whos(spot, "present", &draft.present);
        self.who(spot, "channel_controlled_by", draft.channel_controlled_by.as_ref());
        self.some_text(spot, "note", draft.note.as_deref());
    }

    fn stance(&mut self, spot: &Spot, draft: &StanceDraft) {
        self.name(spot, "on", &draft.on, Sort::Question);
        self.scope(spot, "scope", &draft.scope);
        self.whos(spot, "according_to", &draft.according_to);
        self.some_text(spot, "note", draft.note.as_deref());
        self.amount(spot, draft.value.as_ref());
    }

    fn amount(&mut self, spot: &Spot, value: Option<&Value>) {
        let Some(Value::Number(amount)) = value else { return };
        let spot = spot.inside("value");
        self.text(&spot, "unit", &amount.unit, "of what, as \"years\"");
        self.some_text(&spot, "printed", amount.printed.as_deref());
        let faulty = |member| self.findings.is_faulty(&spot, member);
        let read = !["exactly", "least", "most"].into_iter().any(faulty);
        if read && amount.least.is_none() && amount.most.is_none() && amount.printed.is_none() {
            let fault = CaseFault::Members("a number has \"exactly\", \"least\", \"most\" or the words as \"printed\"");
            self.findings.add(&spot, "", fault);
        }
        if matches!((&amount.least, &amount.most), (Some(least), Some(most)) if least > most) {
            let fault = CaseFault::Members("\"least\" is more than \"most\"");
            self.findings.add(&spot, "least", fault);
        }
    }

    fn relation(&mut self, spot: &Spot, draft: &RelationDraft, index: usize) {
        self.earlier(spot, "from", &draft.from, Sort::Anything, Entry::Relation(index));
        if draft.to.is_empty() && draft.target != TargetIs::Unresolved {
            let expected = "at least one label or handle, or { unresolved = [] }";
            self.findings
                .add(spot, "to", CaseFault::Empty { member: "to", expected });
        }
        let list = match draft.target {
            TargetIs::All => spot.inside(""),
            TargetIs::OneOf | TargetIs::Unresolved => spot.inside("to"),
        };
        let member = match draft.target {
            TargetIs::All => "to",
            TargetIs::OneOf => "one-of",
            TargetIs::Unresolved => "unresolved",
        };
        for (at, name) in draft.to.iter().enumerate() {
            self.earlier(
                &list.value(member, at),
                "",
                name,
                Sort::Anything,
                Entry::Relation(index),
            );
        }
        self.repeated(&list, member, &draft.to);
        self.who(spot, "asserted_by", draft.asserted_by.as_ref());
        if let Some(statement) = &draft.asserted_in {
            self.name(spot, "asserted_in", statement, Sort::Statement);
        }
        self.some_text(spot, "note", draft.note.as_deref());
        if !self.findings.is_faulty(spot, "kind") {
            self.answers(spot, draft);
            self.dates(spot, draft);
            self.asked(spot, draft);
        }
    }

    /// Only `dates` has a time within which its target lies.
    fn dates(&mut self, spot: &Spot, draft: &RelationDraft) {
        let member = "within";
        match (draft.kind == RelationKind::Dates, &draft.within) {
            (false, None) => {}
            (false, Some(_)) => {
                let fault = CaseFault::Members("only the kind \"dates\" has a \"within\"");
                self.findings.add(spot, member, fault);
            }
            (true, None) => {
                let expected = "the time within which those of the target lie, as \"2018-12/2019-03\"";
                self.findings.add(spot, member, CaseFault::Missing { member, expected });
            }
            (true, within) => self.time(spot, member, within.as_ref()),
        }
    }

    /// Only `asked` says when somebody was asked, and what came of it.
    fn asked(&mut self, spot: &Spot, draft: &RelationDraft) {
        let member = "answer";
        match (draft.kind == RelationKind::Asked, &draft.asked) {
            (false, None) => {}
            (false, Some(_)) => {
                let fault = CaseFault::Members("only the kind \"asked\" has \"when\", \"answer\" and \"answered_in\"");
                self.findings.add(spot, member, fault);
            }
            (true, None) => {
                let expected = "what came of it: answered, declined, none or not-stated";
                self.findings.add(spot, member, CaseFault::Missing { member, expected });
            }
            (true, Some(asked)) => {
                self.time(spot, "when", asked.when.as_ref());
                if let Some(statement) = &asked.answered_in {
                    self.name(spot, "answered_in", statement, Sort::Statement);
                }
            }
        }
    }

    fn assessment(&mut self, spot: &Spot, draft: &AssessmentDraft, index: usize) {
        let own = Entry::Assessment(index);
        for (at, label) in draft.about.iter().enumerate() {
            self.earlier(&spot.value("about", at), "", label, Sort::Assessable, own);
        }
        self.repeated(spot, "about", &draft.about);
        if !(1..=2).contains(&draft.about.len()) {
            let fault = CaseFault::Members("an assessment is about two statements, or about one relation");
            self.findings.add(spot, "about", fault);
        }
        if let Some(question) = &draft.on {
            self.name(spot, "on", question, Sort::Question);
        }
        if let Some(earlier) = &draft.supersedes {
            self.earlier(spot, "supersedes", earlier, Sort::Assessment, own);
        }
        self.text(spot, "reasons", &draft.reasons, "why it is read so");
        self.language(spot, draft.language.as_deref());
        self.who(spot, "asserted_by", draft.asserted_by.as_ref());
    }

    /// Only `answers` has a stance, and it is on the one question that the relation points at.
    fn answers(&mut self, spot: &Spot, draft: &RelationDraft) {
        match (draft.kind == RelationKind::Answers, &draft.stance) {
            (false, None) => {}
            (false, Some(_)) => {
                let fault = CaseFault::Members("only the kind \"answers\" has a \"stance\"");
                self.findings.add(spot, "stance", fault);
            }
            (true, None) => {
                let expected = "what the statement is read as saying of the question, as { says = \"affirms\" }";
                let member = "stance";
                self.findings.add(spot, member, CaseFault::Missing { member, expected });
            }
            (true, Some(stance)) => {
                if draft.target != TargetIs::All || draft.to != [stance.on.as_str()] {
                    let fault = CaseFault::Members("the kind \"answers\" points at exactly one question");
                    self.findings.add(spot, "to", fault);
                } else {
                    self.name(&spot.value("to", 0), "", &stance.on, Sort::Question);
                }
                self.name(spot, "from", &draft.from, Sort::Statement);
                let spot = spot.only("stance");
                self.scope(&spot, "scope", &stance.scope);
                self.whos(&spot, "according_to", &stance.according_to);
                self.some_text(&spot, "note", stance.note.as_deref());
                self.amount(&spot, stance.value.as_ref());
            }
        }
    }

    fn attestation(&mut self, spot: &Spot, draft: &AttestationDraft, index: usize) {
        self.earlier(spot, "about", &draft.about, Sort::Attestable, Entry::Attestation(index));
        self.asserts(spot, "as", &draft.asserts);
        self.text(spot, "words", &draft.words, "what is declared, in words");
        self.language(spot, draft.language.as_deref());
    }

    fn unused_exhibits(&mut self, case: &Case) {
        let mut used: HashSet<&str> = HashSet::new();
        for statement in &case.statements {
            used.extend(statement.exhibits.iter().map(String::as_str));
        }
        for relation in &case.relations {
            used.extend(relation.to.iter().chain([&relation.from]).map(String::as_str));
        }
        used.extend(case.attestations.iter().map(|attestation| attestation.about.as_str()));
        for (index, exhibit) in case.exhibits.iter().enumerate() {
            let new = matches!(exhibit.source, ExhibitSource::File { .. });
            if new && !used.contains(exhibit.id.as_str()) {
                let spot = Spot::of_exhibit(index, exhibit);
                self.findings.add(&spot, "", CaseFault::UnusedExhibit);
            }
        }
    }

    fn name(&mut self, spot: &Spot, member: &str, name: &str, sort: Sort) {
        let known = match self.names.get(name) {
            Some(entry) => sort.admits(entry),
            // The archive may have it.
            None => sort.is_label() && name.parse::<Label>().is_ok(),
        };
        if !known {
            self.names.unknown(self.findings, (spot, member), name, sort, false);
        }
    }

    /// As [`Checker::name`], for a reference that `from` may only make to what stands before it.
    fn earlier(&mut self, spot: &Spot, member: &str, name: &str, sort: Sort, from: Entry) {
        let later = match (from, self.names.get(name)) {
            (Entry::Relation(own), Some(Entry::Relation(other))) => other >= own,
            (Entry::Question(own), Some(Entry::Question(other))) => other >= own,
            (Entry::Relation(_), Some(Entry::Attestation(_) | Entry::Assessment(_))) => true,
            (Entry::Assessment(own), Some(Entry::Assessment(other))) => other >= own,
            (Entry::Assessment(_), Some(Entry::Attestation(_))) => true,
            (Entry::Attestation(own), Some(Entry::Attestation(other))) => other >= own,
            _ => false,
        };
        if later {
            let name = name.to_owned();
            self.findings.add(spot, member, CaseFault::Later { name });
        }
        self.name(spot, member, name, sort);
    }

    fn who(&mut self, spot: &Spot, member: &str, who: Option<&WhoDraft>) {
        if let Some(WhoDraft::Party(handle)) = who {
            self.name(spot, member, handle, Sort::Party);
        }
    }

    fn whos(&mut self, spot: &Spot, member: &str, whos: &[WhoDraft]) {
        for (index, who) in whos.iter().enumerate() {
            self.who(&spot.value(member, index), "", Some(who));
        }
    }

    fn scope(&mut self, spot: &Spot, member: &'static str, items: &[ScopeDraft]) {
        for (index, item) in items.iter().enumerate() {
            let spot = spot.value(member, index);
            match item {
                ScopeDraft::Party(handle) => self.name(&spot, "", handle, Sort::Party),
                ScopeDraft::Words(words) => self.text(&spot, "words", words, "whom or what"),
            }
        }
    }

    fn time(&mut self, spot: &Spot, member: &str, time: Option<&TimeClaim>) {
        let Some(time) = time else { return };
        let spot = spot.inside(member);
        if time.edtf.is_some() && time.basis == TimeBasis::NotStated {
            self.findings.add(&spot, "basis", CaseFault::TimeNotStated);
        }
        self.some_text(&spot, "anchor", time.anchor.as_deref());
        self.some_text(&spot, "note", time.note.as_deref());
    }

    fn asserts(&mut self, spot: &Spot, member: &'static str, asserts: &[Scope]) {
        if asserts.is_empty() {
            let expected = "at least one capacity, as [\"recorded\"]";
            self.findings.add(spot, member, CaseFault::Empty { member, expected });
        }
        let twice = (0..asserts.len()).find(|&at| asserts[..at].contains(&asserts[at]));
        if let Some(at) = twice {
            let name = spelt(asserts[at]);
            self.findings
                .add(&spot.value(member, at), "", CaseFault::Repeated { member, name });
        }
    }

    fn repeated(&mut self, spot: &Spot, member: &'static str, names: &[String]) {
        let mut seen = HashSet::new();
        for (index, name) in names.iter().enumerate() {
            if !seen.insert(name) {
                let name = name.clone();
                let fault = CaseFault::Repeated { member, name };
                self.findings.add(&spot.value(member, index), "", fault);
            }
        }
    }

    fn within(&mut self, spot: &Spot, what: &'static str, count: usize, limit: usize) {
        if count > limit {
            let member = if what == "hops" { "hop" } else { what };
            self.findings
                .add(spot, member, CaseFault::TooMany { what, count, limit });
        }
    }

    fn language(&mut self, spot: &Spot, language: Option<&str>) {
        const MAX_TAG: usize = 35; // RFC 5646, section 4.4.1
        const MAX_SUBTAG: usize = 8; // RFC 5646, section 2.1
        let Some(tag) = language else { return };
        let subtag =
            |part: &str| (1..=MAX_SUBTAG).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
        if tag.len() > MAX_TAG || !tag.split('-').all(subtag) {
            let fault = CaseFault::Language(crate::fault::shortened(tag));
            self.findings.add(spot, "language", fault);
        }
    }

    fn some_text(&mut self, spot: &Spot, member: &'static str, text: Option<&str>) {
        if let Some(text) = text {
            self.text(spot, member, text, "some text, or no such member");
        }
    }

    fn text(&mut self, spot: &Spot, member: &'static str, text: &str, expected: &'static str) {
        self.text_at(spot, member, member, text, expected);
    }

    fn text_at(&mut self, spot: &Spot, at: &str, member: &'static str, text: &str, expected: &'static str) {
        if text.trim().is_empty() {
            self.findings.add(spot, at, CaseFault::Empty { member, expected });
        }
    }
}

/// A scope as a case file spells it.
fn spelt(scope: Scope) -> String {
    let value = toml::Value::try_from(scope).expect("a scope is a word");
    value.as_str().unwrap_or_default().to_owned()
}
