//! Reading a case file: TOML with the place of every value.
//!
//! Deserialisation by serde stops at its first error; a person who typed a whole case wants them all.
//! So the tables are read member by member, and serde only knows the closed lists.

mod table;

use std::cell::RefCell;

use affiant::record::{
    Act, Amount, Answer, Authority, AuthorityClaim, Basis, Certainty, Form, Known, Medium, Modality, Name, NotesMade,
    Over, PartyKind, PlacedBy, Polarity, PropositionType, Quotation, ReadingCode, RelationKind, Role, Scope, TargetIs,
    Value,
};
use affiant::time::Extent;
use toml::de::DeTable;

use crate::check::check_into;
use crate::draft::*;
use crate::fault::{CaseError, CaseFault};
use crate::spot::{Findings, Places, Spot};
use crate::{FORMAT, MAX_CASE_FILE};
use table::{TableReader, ValueReader};

/// A case that was read from a file: its drafts, and where in the file they stand.
#[derive(Debug, Clone, Default)]
pub struct CaseFile {
    /// The drafts.
    pub case: Case,
    pub(crate) places: Option<Places>,
}

impl From<Case> for CaseFile {
    /// A case that was filled in memory: its errors name no place.
    fn from(case: Case) -> CaseFile {
        CaseFile { case, places: None }
    }
}

/// Reads a case file. `file_name` is only for messages.
///
/// # Errors
/// All that is wrong with it in itself, in the order of the file, at most
/// [`MAX_FAULTS`](crate::MAX_FAULTS). Labels of records in the archive and the bytes of exhibits are
/// looked at by [`build`](crate::build()).
pub fn parse(text: &str, file_name: &str) -> Result<CaseFile, Vec<CaseError>> {
    let whole = Spot::whole();
    if text.len() > MAX_CASE_FILE {
        let mut findings = Findings::new(None);
        findings.add(&whole, "", CaseFault::TooLong(text.len()));
        return Err(findings.into_errors());
    }
    let mut findings = Findings::new(Some(Places::new(file_name, text)));
    let (root, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        let offset = error.span().map(|span| span.start);
        findings.add_at(&whole, offset, CaseFault::Syntax(error.message().to_owned()));
    }
    if !findings.is_empty() {
        return Err(findings.into_errors());
    }
    let format = root.get_ref().get("format");
    let found = format.and_then(|format| format.get_ref().as_str());
    if found != Some(FORMAT) {
        let offset = format.map_or(0, |format| format.span().start);
        let fault = CaseFault::Format(found.map(str::to_owned));
        findings.add_at(&whole, Some(offset), fault);
        return Err(findings.into_errors());
    }
    let findings = RefCell::new(findings);
    let case = case(&TableReader::new(&findings, root.get_ref(), whole, &FILE));
    let mut findings = findings.into_inner();
    check_into(&case, &mut findings);
    if findings.is_empty() {
        let places = findings.places;
        Ok(CaseFile { case, places })
    } else {
        Err(findings.into_errors())
    }
}

const FILE: [&str; 8] = [
    "format",
    "party",
    "exhibit",
    "question",
    "statement",
    "relation",
    "assessment",
    "attestation",
];
const PARTY: [&str; 5] = ["id", "kind", "names", "roles", "existing"];
const EXHIBIT: [&str; 4] = ["id", "file", "name", "existing"];
const QUESTION: [&str; 10] = [
    "label",
    "question",
    "definition",
    "quantity",
    "time",
    "language",
    "excludes",
    "about",
    "varies",
    "total_of",
];
const STATEMENT: [&str; 16] = [
    "label",
    "speaker",
    "alleged",
    "form",
    "language",
    "translator",
    "exhibits",
    "said",
    "conveyed",
    "published",
    "asserts",
    "note",
    "words",
    "hop",
    "circumstances",
    "stance",
];
const WORDS: [&str; 8] = ["text", "quotation", "cue", "in", "at", "language", "label", "cited_as"];
const HOP: [&str; 10] = [
    "from",
    "to",
    "medium",
    "did",
    "basis",
    "when",
    "attested_by",
    "authority",
    "identified_by",
    "call",
];
const CALL: [&str; 6] = [
    "placed_by",
    "notes",
    "lasted_seconds",
    "number",
    "listeners",
    "line_controlled_by",
];
const CIRCUMSTANCES: [&str; 5] = [
    "detained",
    "voluntariness_recorded",
    "present",
    "channel_controlled_by",
    "note",
];
const STANCE: [&str; 10] = [
    "on",
    "says",
    "certainty",
    "modality",
    "value",
    "over",
    "extent",
    "scope",
    "according_to",
    "note",
];
const RELATION: [&str; 12] = [
    "label",
    "kind",
    "from",
    "to",
    "asserted_by",
    "asserted_in",
    "stance",
    "within",
    "when",
    "answer",
    "answered_in",
    "note",
];
const ASSESSMENT: [&str; 8] = [
    "label",
    "about",
    "on",
    "reading",
    "reasons",
    "language",
    "asserted_by",
    "supersedes",
];
const VALUE: [&str; 7] = ["exactly", "least", "most", "unit", "printed", "approximate", "time"];
const ATTESTATION: [&str; 5] = ["label", "about", "as", "words", "language"];

const A_LABEL: &str = "a label, as S02";
const A_HANDLE: &str = "a handle, as MH";
const TARGET: &str = "a list of labels, { one-of = […] } or { unresolved = […] }";

fn case(file: &TableReader<'_>) -> Case {
    let _ = file.value("format");
    let each = |name, named_by, members: &[&'static str]| file.tables(name, Some(named_by), members);
    Case {
        parties: each("party", "id", &PARTY).iter().map(party).collect(),
        exhibits: each("exhibit", "id", &EXHIBIT).iter().map(exhibit).collect(),
        questions: each("question", "label", &QUESTION).iter().map(question).collect(),
        statements: each("statement", "label", &STATEMENT).iter().map(statement).collect(),
        relations: each("relation", "label", &RELATION).iter().map(relation).collect(),
        assessments: each("assessment", "label", &ASSESSMENT)
            .iter()
            .map(assessment)
            .collect(),
        attestations: each("attestation", "label", &ATTESTATION)
            .iter()
            .map(attestation)
            .collect(),
    }
}

/// Notes that two members exclude each other, at the second.
fn excluded(table: &TableReader<'_>, member: &'static str, reason: &'static str) {
    if let Some(value) = table.value(member) {
        value.fault(CaseFault::Members(reason));
    }
}

fn party(table: &TableReader<'_>) -> PartyDraft {
    let id = table.required_text("id", A_HANDLE);
    if let Some(existing) = table.value("existing") {
        for member in ["kind", "names", "roles"] {
            excluded(
                table,
                member,
                "a party that is \"existing\" has its kind, names and roles in the archive",
            );
        }
        // Where the id cannot be read, a fault is noted and the draft never let out.
        let source = existing.id().map_or_else(no_party, PartySource::Existing);
        return PartyDraft { id, source };
    }
    let kind = table.required_word("kind", "person, organisation, group, office or not-stated");
    let names = table.required("names", "the party's names, as [\"Mehman Huseynov\"]");
    let source = PartySource::New {
        kind: kind.unwrap_or(PartyKind::NotStated),
        names: names.map_or_else(Vec::new, |names| names.list(name)),
        roles: table.list("roles", role),
    };
    PartyDraft { id, source }
}

fn no_party() -> PartySource {
    PartySource::New {
        kind: PartyKind::NotStated,
        names: Vec::new(),
        roles: Vec::new(),
    }
}

fn name(value: &ValueReader<'_>) -> Option<Name> {
    let (text, table) = value.text_or_table(&["text", "language"])?;
    Some(Name {
        text,
        language: table.and_then(|table| table.text("language")),
    })
}

fn role(value: &ValueReader<'_>) -> Option<Role> {
    let (text, table) = value.text_or_table(&["text", "since", "until"])?;
    let time = |member| table.as_ref().and_then(|table| table.time(member));
    Some(Role {
        text,
        since: time("since"),
        until: time("until"),
    })
}

fn exhibit(table: &TableReader<'_>) -> ExhibitDraft {
    let id = table.required_text("id", A_HANDLE);
    if let Some(existing) = table.value("existing") {
        for member in ["file", "name"] {
            excluded(
                table,
                member,
                "an exhibit that is \"existing\" has its bytes and its name in the archive",
            );
        }
        let nothing = || ExhibitSource::File {
            path: String::new(),
            name: String::new(),
        };
        let source = existing.id().map_or_else(nothing, ExhibitSource::Existing);
        return ExhibitDraft { id, source };
    }
    let path = table.required_text("file", "the path of a file");
    let last = path.rsplit(['/', '\\']).next().unwrap_or_default();
    let name = table.text("name").unwrap_or_else(|| last.to_owned());
    ExhibitDraft {
        id,
        source: ExhibitSource::File { path, name },
    }
}

fn question(table: &TableReader<'_>) -> QuestionDraft {
    const OTHER_THAN_YES_OR_NO: [(&str, PropositionType); 3] = [
        ("definition", PropositionType::Definition),
        ("quantity", PropositionType::Quantity),
        ("time", PropositionType::Time),
    ];
    let other = OTHER_THAN_YES_OR_NO.iter().find(|(member, _)| table.has(member));
    let (proposition_type, text) = match other {
        None => (
            PropositionType::Question,
            table.required_text(
                "question",
                "the question in words (or a \"definition\", a \"quantity\" or a \"time\")",
            ),
        ),
        Some((found, proposition_type)) => {
            for member in ["question", "quantity", "time"] {
                if member != *found {
                    excluded(
                        table,
                        member,
                        "an entry is a \"question\", a \"definition\", a \"quantity\" or a \"time\", and only one of them",
                    );
                }
            }
            (*proposition_type, table.text(found).unwrap_or_default())
        }
    };
    let varies = table.required("varies", "true or false: can the answer change over time?");
    QuestionDraft {
        label: table.required_text("label", A_LABEL),
        proposition_type,
        text,
        language: table.text("language"),
        excludes: table.text("excludes"),
        about: table.list("about", ValueReader::scope),
        varies: varies.and_then(|value| value.boolean()).unwrap_or_default(),
        total_of: table.list("total_of", |item| item.text("the label of a quantity")),
    }
}

fn statement(table: &TableReader<'_>) -> StatementDraft {
    let form = table.required_word(
        "form",
        "verbatim, translation, paraphrase, summary, reported-act or silence",
    );
    let exhibits = table.required("exhibits", "the handles of one exhibit or more, as [\"X01\"]");
    StatementDraft {
        label: table.required_text("label", A_LABEL),
        speaker: table.required_who("speaker"),
        alleged: table.boolean("alleged").unwrap_or_default(),
        form: form.unwrap_or(Form::Verbatim),
        language: table.text("language").unwrap_or_else(|| "und".to_owned()),
        translator: table.who("translator"),
        exhibits: exhibits.map_or_else(Vec::new, |list| list.list(|item| item.text("the handle of an exhibit"))),
        said: table.time("said"),
        conveyed: table.time("conveyed"),
        published: table.time("published"),
        asserts: scopes(table.value("asserts")),
        note: table.text("note"),
        words: table.tables("words", None, &WORDS).iter().map(words).collect(),
        hops: table.tables("hop", None, &HOP).iter().map(hop).collect(),
        circumstances: table
            .table("circumstances", &CIRCUMSTANCES)
            .map_or_else(CircumstancesDraft::default, |table| circumstances(&table)),
        stances: table
            .tables("stance", None, &STANCE)
            .iter()
            .map(|table| stance(table, None))
            .collect(),
    }
}

fn scopes(value: Option<ValueReader<'_>>) -> Vec<Scope> {
    value.map_or_else(|| vec![Scope::Recorded], |value| value.list(ValueReader::word))
}

fn words(table: &TableReader<'_>) -> WordsDraft {
    let quotation = table.required_word("quotation", "marked, none or unbalanced");
    let at = table.integer("at", "the offset of the first byte, from 0");
    let held = table.text("in").map(|exhibit| HeldIn { exhibit, at });
    if !table.has("in") {
        excluded(table, "at", "\"at\" needs \"in\", the exhibit that it counts in");
    }
    WordsDraft {
        text: table.required_text("text", "the words, exactly as held"),
        quotation: quotation.unwrap_or(Quotation::None),
        language: table.text("language"),
        cue: table.text("cue"),
        speaker_label: table.text("label"),
        cited_as: table.text("cited_as"),
        held,
    }
}

fn hop(table: &TableReader<'_>) -> HopDraft {
    HopDraft {
        from: table.required_who("from"),
        to: table.required_who("to"),
        medium: table.word("medium").unwrap_or(Medium::NotStated),
        did: table.word("did").unwrap_or(Act::NotStated),
        basis: table.word("basis").unwrap_or(Basis::NotStated),
        when: table.time("when"),
        attested_by: table.who("attested_by"),
        authority: table
            .table("authority", &["claim", "note"])
            .map(|table| authority(&table)),
        identified_by: table.text("identified_by"),
        call: table.table("call", &CALL).map(|table| call(&table)),
    }
}

fn authority(table: &TableReader<'_>) -> Authority {
    let claim = table.required_word("claim", "granted, claimed, denied or not-stated");
    Authority {
        claim: claim.unwrap_or(AuthorityClaim::NotStated),
        record: None,
        note: table.text("note"),
    }
}

fn call(table: &TableReader<'_>) -> CallDraft {
    CallDraft {
        placed_by: table.word("placed_by").unwrap_or(PlacedBy::NotStated),
        notes: table.word("notes").unwrap_or(NotesMade::NotStated),
        lasted_seconds: table.integer("lasted_seconds", "a number of seconds"),
        number: table.text("number"),
        listeners: table.value("listeners").map(|list| list.list(ValueReader::who)),
        line_controlled_by: table.who("line_controlled_by"),
    }
}

fn circumstances(table: &TableReader<'_>) -> CircumstancesDraft {
    let known = |member| table.word(member).unwrap_or(Known::NotStated);
    CircumstancesDraft {
        detained: known("detained"),
        voluntariness_recorded: known("voluntariness_recorded"),
        present: table.list("present", ValueReader::who),
        channel_controlled_by: table.who("channel_controlled_by"),
        note: table.text("note"),
    }
}

/// A stance, on the question that it names itself or on the one that the relation answers.
fn stance(table: &TableReader<'_>, answers: Option<&str>) -> StanceDraft {
    let on = match answers {
        None => table.required_text("on", "the label of a question"),
        Some(question) => question.to_owned(),
    };
    let extent = table.word("extent");
    let over = table.value("over").and_then(|value| value.edtf());
    if !table.has("over") {
        excluded(
            table,
            "extent",
            "\"extent\" needs \"over\", the time that it is an extent of",
        );
    }
    let says = table.required_word("says", "affirms, denies or uncommitted");
    StanceDraft {
        on,
        says: says.unwrap_or(Polarity::Uncommitted),
        certainty: table.word("certainty").unwrap_or(Certainty::Unstated),
        modality: table.word("modality").unwrap_or(Modality::Asserts),
        value: table.value("value").and_then(|value| stated_value(&value)),
        over: over.map(|edtf| Over {
            edtf,
            // The weaker of the two, so that nothing is claimed that was not said.
            extent: extent.unwrap_or(Extent::Sometime),
        }),
        scope: table.list("scope", ValueReader::scope),
        according_to: table.list("according_to", ValueReader::who),
        note: table.text("note"),
    }
}

/// The number or time that a stance gives.
fn stated_value(value: &ValueReader<'_>) -> Option<Value> {
    const EXPECTED: &str = "a table, as { exactly = 7, unit = \"years\" } or { time = \"XXXX-03-02\" }";
    let Some(table) = value.inside(&VALUE) else {
        value.wrong(EXPECTED);
        return None;
    };
    if let Some(time) = table.value("time") {
        for member in ["exactly", "least", "most", "unit", "printed", "approximate"] {
            excluded(&table, member, "a \"value\" is a number or a \"time\", not both");
        }
        return time.edtf().map(Value::Time);
    }
    let number = |member| table.value(member).and_then(|value: ValueReader<'_>| value.decimal());
    let exactly = number("exactly");
    if table.has("exactly") {
        for member in ["least", "most"] {
            excluded(&table, member, "\"exactly\" is both \"least\" and \"most\"");
        }
    }
    Some(Value::Number(Amount {
        least: exactly.clone().or_else(|| number("least")),
        most: exactly.or_else(|| number("most")),
        unit: table.required_text("unit", "of what, as \"years\""),
        printed: table.text("printed"),
        approximate: table.boolean("approximate").unwrap_or_default(),
    }))
}

fn assessment(table: &TableReader<'_>) -> AssessmentDraft {
    let about = table.required("about", "the labels of two statements, or of one relation");
    let reading = table.required_word("reading", "the code of a reading, as definitional");
    AssessmentDraft {
        label: table.required_text("label", A_LABEL),
        about: about.map_or_else(Vec::new, |list| list.list(|item| item.text("a label"))),
        on: table.text("on"),
        reading: reading.unwrap_or(ReadingCode::NoConflict),
        reasons: table.required_text("reasons", "why it is read so"),
        language: table.text("language"),
        asserted_by: table.who("asserted_by"),
        supersedes: table.text("supersedes"),
    }
}

fn asking(table: &TableReader<'_>) -> Option<AskingDraft> {
    if !["when", "answer", "answered_in"].iter().any(|member| table.has(member)) {
        return None;
    }
    Some(AskingDraft {
        when: table.time("when"),
        answer: table.word("answer").unwrap_or(Answer::NotStated),
        answered_in: table.text("answered_in"),
    })
}

fn relation(table: &TableReader<'_>) -> RelationDraft {
    let kind = table.required_word("kind", "the kind of link, as in-tension");
    let to = table.required("to", TARGET);
    let (target, to) = to.map_or((TargetIs::All, Vec::new()), |value| targets(&value));
    let members: Vec<&str> = STANCE.into_iter().filter(|member| *member != "on").collect();
    let answers = to.first().map_or("", String::as_str);
    RelationDraft {
        label: table.required_text("label", A_LABEL),
        kind: kind.unwrap_or(RelationKind::CommentsOn),
        from: table.required_text("from", "a label, or the handle of a party or exhibit"),
        target,
        asserted_by: table.who("asserted_by"),
        asserted_in: table.text("asserted_in"),
        stance: table
            .table("stance", &members)
            .map(|table| stance(&table, Some(answers))),
        within: table.time("within"),
        asked: asking(table),
        note: table.text("note"),
        to,
    }
}

fn targets(value: &ValueReader<'_>) -> (TargetIs, Vec<String>) {
    let labels = |list: &ValueReader<'_>| list.list(|item| item.text("a label or handle"));
    if value.is_list() {
        return (TargetIs::All, labels(value));
    }
    let Some(table) = value.inside(&["one-of", "unresolved"]) else {
        value.wrong(TARGET);
        return (TargetIs::Unresolved, Vec::new());
    };
    match (table.value("one-of"), table.value("unresolved")) {
        (Some(list), None) => (TargetIs::OneOf, labels(&list)),
        (None, Some(list)) => (TargetIs::Unresolved, labels(&list)),
        _ => {
            // A member that is neither has been noted as unknown.
            if table.has_only_known() {
                value.wrong(TARGET);
            }
            (TargetIs::Unresolved, Vec::new())
        }
    }
}

fn attestation(table: &TableReader<'_>) -> AttestationDraft {
    let asserts = table.required("as", "the capacities in which the signer signs, as [\"recorded\"]");
    AttestationDraft {
        label: table.required_text("label", A_LABEL),
        about: table.required_text("about", "a label, or the handle of an exhibit"),
        asserts: scopes(asserts),
        words: table.required_text("words", "what is declared, in words"),
        language: table.text("language"),
    }
}
