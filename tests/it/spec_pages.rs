//! What the pages of `spec/` show is what the code makes: each example, each limit, each
//! closed list and each table of members.

use std::collections::{BTreeMap, BTreeSet};

use affiant::archive::{MAX_DISCLOSURES_PACK, MAX_RECORDS_PACK};
use affiant::check::Code;
use affiant::disclose::{self, Disclosure};
use affiant::encode::{base64, json};
use affiant::envelope::{self, Envelope};
use affiant::record::*;
use affiant::time::Extent;
use affiant::verify::{self, LogSeen, PinnedArchive, PinnedKey, SignerSeen, Tally, Trust};
use affiant::{bundle, check};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::example;

const RECORD: &str = include_str!("../../spec/record.md");
const ENVELOPE: &str = include_str!("../../spec/envelope.md");
const DISCLOSURE: &str = include_str!("../../spec/disclosure.md");
const ROSTER: &str = include_str!("../../spec/roster.md");
const BUNDLE: &str = include_str!("../../spec/bundle.md");
const VERIFICATION: &str = include_str!("../../spec/verification.md");

/// The fenced blocks of a page that have a name behind the language, shell blocks apart.
fn blocks(page: &str) -> BTreeMap<String, String> {
    let mut blocks = BTreeMap::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        let Some(fence) = line.strip_prefix("```").filter(|fence| !fence.is_empty()) else {
            continue;
        };
        let body: String = lines
            .by_ref()
            .take_while(|line| *line != "```")
            .flat_map(|line| [line, "\n"])
            .collect();
        if let Some((language, name)) = fence.split_once(' ')
            && language != "sh"
        {
            let before = blocks.insert(name.to_owned(), body);
            assert_eq!(before, None, "two blocks are named {name}");
        }
    }
    blocks
}

fn compare(file: &str, page: &str, made: &[(&str, String)]) {
    let blocks = blocks(page);
    let stale: Vec<String> = made
        .iter()
        .filter(|(name, text)| blocks.get(*name) != Some(text))
        .map(|(name, text)| format!("``` {name}\n{text}```\n"))
        .collect();
    assert!(
        stale.is_empty(),
        "these blocks of {file} are to be:\n\n{}",
        stale.join("\n")
    );
    let names: BTreeSet<&str> = made.iter().map(|(name, _)| *name).collect();
    assert_eq!(blocks.keys().map(String::as_str).collect::<BTreeSet<_>>(), names);
}

/// JSON for reading: members in order of their names, and on one line what is short.
fn readable(value: &impl Serialize) -> String {
    let mut text = String::new();
    lay_out(&serde_json::to_value(value).unwrap(), 0, &mut text);
    text + "\n"
}

fn lay_out(value: &Value, indent: usize, text: &mut String) {
    const WIDTH: usize = 110;
    let short = value.to_string();
    let (open, close, parts): (char, char, Vec<(String, &Value)>) = match value {
        Value::Object(members) if short.len() + indent > WIDTH => {
            let part = |(name, value)| (format!("{}: ", json!(name)), value);
            ('{', '}', members.iter().map(part).collect())
        }
        Value::Array(items) if short.len() + indent > WIDTH => {
            ('[', ']', items.iter().map(|item| (String::new(), item)).collect())
        }
        _ => return text.push_str(&short),
    };
    text.push(open);
    for (index, (name, value)) in parts.iter().enumerate() {
        text.push_str(if index == 0 { "\n" } else { ",\n" });
        text.push_str(&" ".repeat(indent + 2));
        text.push_str(name);
        lay_out(value, indent + 2, text);
    }
    text.push('\n');
    text.push_str(&" ".repeat(indent));
    text.push(close);
}

fn payload_of(leaf: usize) -> Value {
    serde_json::from_slice(&example::payload(&example::archive().leaves[leaf].envelope)).unwrap()
}

/// What stands in a payload apart from the common members.
fn body_of(leaf: usize) -> Value {
    let mut predicate = payload_of(leaf)["predicate"].take();
    let members = predicate.as_object_mut().unwrap();
    for name in ["archive", "label", "nonce", "recorded_at", "signers"] {
        members.remove(name);
    }
    predicate
}

fn disclosures_of(leaf: usize) -> Vec<Disclosure> {
    disclose::from_line(example::archive().leaves[leaf].disclosures.as_bytes()).unwrap()
}

#[test]
fn the_examples_of_the_record_page() {
    let id = RecordId::of_payload(&example::payload(
        &example::archive().leaves[example::STATEMENT].envelope,
    ));
    compare(
        "spec/record.md",
        RECORD,
        &[
            ("payload", readable(&payload_of(example::STATEMENT))),
            ("id", format!("{id}\n")),
            ("leaf0", readable(&payload_of(0))),
            ("proposition", readable(&body_of(example::PROPOSITION))),
            ("relation", readable(&body_of(example::RELATION))),
            ("attestation", readable(&payload_of(example::ATTESTATION)["predicate"])),
        ],
    );
}

#[test]
fn the_examples_of_the_envelope_page() {
    let sealed = example::archive().leaves[example::PROPOSITION].envelope.clone();
    let opened = Envelope::parse(&sealed).unwrap();
    let payload = opened.unverified_payload();
    let pae = envelope::pae(envelope::PAYLOAD_TYPE, payload);
    let prefix = String::from_utf8(pae[..pae.len() - payload.len()].to_vec()).unwrap();
    compare(
        "spec/envelope.md",
        ENVELOPE,
        &[
            ("envelope", format!("{}\n", String::from_utf8(sealed).unwrap())),
            ("digest", format!("{}\n", opened.digest())),
            ("payload", readable(&payload_of(example::PROPOSITION))),
            ("id", format!("{}\n", opened.record_id())),
            (
                "pae",
                format!("{prefix}{{\"_type\":\"https://in-toto.io/Statement/v1\",…\n"),
            ),
        ],
    );
}

#[test]
fn the_examples_of_the_disclosure_page() {
    let disclosures = disclosures_of(example::PROPOSITION);
    let words = &disclosures[0];
    let array = |one: &Disclosure| String::from_utf8(base64::decode_url(one.as_str()).unwrap()).unwrap();
    let statement = disclosures_of(example::STATEMENT);
    let descriptor = statement
        .iter()
        .find(|one| one.value().get("media_type").is_some())
        .unwrap();
    compare(
        "spec/disclosure.md",
        DISCLOSURE,
        &[
            (
                "position",
                readable(&json!({"words": body_of(example::PROPOSITION)["words"]})),
            ),
            ("array", array(words) + "\n"),
            ("disclosure", format!("{}\n", words.as_str())),
            ("line", disclose::to_line(&disclosures) + "\n"),
            ("descriptor", array(descriptor) + "\n"),
            ("descriptor-disclosure", format!("{}\n", descriptor.as_str())),
            ("exhibit", format!("{}\n", ExhibitId(descriptor.digest()))),
        ],
    );
}

#[test]
fn the_examples_of_the_roster_page() {
    compare(
        "spec/roster.md",
        ROSTER,
        &[
            ("key", readable(&payload_of(example::KEY)["predicate"])),
            ("party", readable(&body_of(example::SPEAKERS_NAME))),
            ("endorsement", readable(&body_of(example::ENDORSEMENT))),
            ("authority", readable(&body_of(example::AUTHORITY))),
            ("revocation", readable(&body_of(example::REVOCATION))),
        ],
    );
}

#[test]
fn the_example_of_the_bundle_page() {
    let bundle = example::bundle(&example::archive());
    compare("spec/bundle.md", BUNDLE, &[("bundle", readable(&bundle))]);
    assert_eq!(bundle::Bundle::parse(&bundle.to_bytes()).unwrap(), bundle);
}

#[test]
fn the_example_of_the_verification_page() {
    let builder = example::archive();
    let bundle = example::bundle(&builder);
    let found = verify::bundle(&bundle.to_bytes(), &builder.trust());
    assert_eq!(found.outcome, check::Outcome::Passed, "{:#?}", found.findings);
    let trust = Trust {
        keys: vec![PinnedKey {
            key: found.signers[0].key.clone(),
            name: "Test Keeper".to_owned(),
            how: "fingerprint read over the telephone".to_owned(),
        }],
        ..builder.trust()
    };
    let trust = format!(
        "[[archive]]\nvkey = {}\nhow = {}\n\n[[key]]\nkey = {}\nname = {}\nhow = {}\n",
        json!(trust.archives[0].vkey),
        json!(trust.archives[0].how),
        json!(trust.keys[0].key),
        json!(trust.keys[0].name),
        json!(trust.keys[0].how),
    );
    compare(
        "spec/verification.md",
        VERIFICATION,
        &[("verification", readable(&found)), ("trust", trust)],
    );
}

#[test]
fn the_example_s_archive_verifies() {
    let builder = example::archive();
    let report = crate::archive_in_memory::verify(&builder.files(), &builder.trust());
    assert_eq!(report.outcome, check::Outcome::Passed, "{:#?}", report.findings);
}

/// The rows of the first table after a heading, each as its cells.
fn table<'p>(page: &'p str, heading: &str) -> Vec<Vec<&'p str>> {
    let mut lines = page.lines().skip_while(|line| *line != heading).skip(1);
    let mut rows = Vec::new();
    for line in lines.by_ref() {
        assert!(!line.starts_with('#'), "no table below {heading:?}");
        if line.starts_with('|') {
            rows.push(line);
            break;
        }
    }
    rows.extend(lines.take_while(|line| line.starts_with('|')));
    assert!(rows.len() > 2, "no table below {heading:?}");
    let cells = |row: &&'p str| row.trim_matches('|').split(" | ").map(str::trim).collect();
    rows[2..].iter().map(cells).collect()
}

/// The words in backticks of the first column.
fn first_column(page: &str, heading: &str) -> Vec<String> {
    let word = |row: &Vec<&str>| row[0].trim_matches('`').to_owned();
    table(page, heading).iter().map(word).collect()
}

/// What serde says that it expected instead of something unknown: the closed list itself.
fn expected<T: DeserializeOwned>(unknown: Value) -> BTreeSet<String> {
    let Err(error) = serde_json::from_value::<T>(unknown) else {
        panic!("a question mark is in no list");
    };
    let text = error.to_string();
    let (_, list) = text.split_once("expected ").unwrap_or_else(|| panic!("{text}"));
    list.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

fn list<T: DeserializeOwned>(page: &str, heading: &str) {
    assert_table(page, heading, expected::<T>(json!("?")));
}

fn members<T: DeserializeOwned>(page: &str, heading: &str) {
    assert_table(page, heading, expected::<T>(json!({"?": 0})));
}

fn assert_table(page: &str, heading: &str, expected: BTreeSet<String>) {
    let shown = first_column(page, heading);
    assert_eq!(shown.iter().cloned().collect::<BTreeSet<_>>(), expected, "{heading}");
    assert_eq!(shown.len(), expected.len(), "{heading}: a word stands twice");
}

#[test]
fn closed_lists_are_whole() {
    list::<Scope>(RECORD, "### Scopes");
    assert_eq!(
        first_column(RECORD, "### Scopes"),
        Scope::ALL.map(|scope| serde_json::to_value(scope).unwrap().as_str().unwrap().to_owned())
    );
    list::<Form>(RECORD, "### `form`");
    list::<Quotation>(RECORD, "### `quotation`");
    list::<TimeBasis>(RECORD, "### The basis of a time");
    list::<Medium>(RECORD, "### `medium`");
    list::<Act>(RECORD, "### `did`");
    list::<Basis>(RECORD, "### The basis of a hop");
    list::<AuthorityClaim>(RECORD, "### `claim`");
    list::<PlacedBy>(RECORD, "### `placed_by`");
    list::<NotesMade>(RECORD, "### `notes`");
    list::<Known>(RECORD, "### Known or not");
    list::<Polarity>(RECORD, "### `polarity`");
    list::<Modality>(RECORD, "### `modality`");
    list::<affiant::record::Value>(RECORD, "### Values");
    list::<Answer>(RECORD, "### `answer`");
    list::<ReadingCode>(RECORD, "### `reading`");
    list::<Certainty>(RECORD, "### `certainty`");
    list::<Extent>(RECORD, "### `extent`");
    list::<PartyRef>(RECORD, "### Whoever");
    list::<ScopeItem>(RECORD, "### Whom or what");
    list::<PropositionType>(RECORD, "### `type`");
    list::<RelationKind>(RECORD, "### `relation`");
    list::<TargetIs>(RECORD, "### `is`");
    list::<PartyKind>(ROSTER, "### `party_kind`");
    list::<RevocationReason>(ROSTER, "### `reason`");
}

#[test]
fn tables_of_members_are_whole() {
    members::<SignerDeclaration>(RECORD, "### Signers");
    members::<Descriptor>(DISCLOSURE, "## Exhibits");
    members::<Archive>(RECORD, "## `archive`");
    members::<Keeper>(RECORD, "### Keepers");
    members::<Statement>(RECORD, "## `statement`");
    members::<Passage>(RECORD, "### Passages");
    members::<Span>(RECORD, "### Spans");
    members::<StatedTime>(RECORD, "### Times");
    members::<TimeClaim>(RECORD, "### Time claims");
    members::<Hop>(RECORD, "### Hops");
    members::<Authority>(RECORD, "### Authority");
    members::<Call>(RECORD, "### Calls");
    members::<Circumstances>(RECORD, "### Circumstances");
    members::<Stance>(RECORD, "### Stances");
    members::<Over>(RECORD, "### Over what time");
    members::<Observation>(RECORD, "### Observations");
    members::<Proposition>(RECORD, "## `proposition`");
    members::<Wording>(RECORD, "### Wordings");
    members::<Relation>(RECORD, "## `relation`");
    members::<Target>(RECORD, "### Targets");
    members::<Amount>(RECORD, "### Amounts");
    members::<Asking>(RECORD, "### Asking");
    members::<Assessment>(RECORD, "## `assessment`");
    members::<Attestation>(RECORD, "## `attestation`");
    members::<Name>(ROSTER, "### Names");
    members::<Role>(ROSTER, "### Roles");
    for entry in ["party", "key", "keeper", "endorsement", "authority", "revocation"] {
        let mut members = expected::<RosterEntry>(json!({"entry": entry, "?": 0}));
        members.insert("entry".to_owned());
        assert_table(ROSTER, &format!("### `{entry}`"), members);
    }
    assert_eq!(
        first_column(ROSTER, "## Entries").into_iter().collect::<BTreeSet<_>>(),
        expected::<RosterEntry>(json!({"entry": "?"}))
    );
    members::<bundle::Bundle>(BUNDLE, "## Members");
    members::<bundle::BundledRecord>(BUNDLE, "### Records");
    members::<bundle::BundledExhibit>(BUNDLE, "### Exhibits");
    members::<PinnedArchive>(VERIFICATION, "### Pinned logs");
    members::<PinnedKey>(VERIFICATION, "### Pinned keys");
}

#[test]
fn the_members_of_a_verification_are_those_of_the_page() {
    let builder = example::archive();
    let found = verify::bundle(&example::bundle(&builder).to_bytes(), &builder.trust());
    let names = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<BTreeSet<_>>();
    let whole = serde_json::to_value(&found).unwrap();
    assert_table(VERIFICATION, "## The `--json` form", names(&whole));
    let log: &LogSeen = found.log.as_ref().unwrap();
    assert_table(VERIFICATION, "### `log`", names(&serde_json::to_value(log).unwrap()));
    let signer: &SignerSeen = &found.signers[0];
    assert_table(
        VERIFICATION,
        "### `signers`",
        names(&serde_json::to_value(signer).unwrap()),
    );
    let tally = serde_json::to_value(Tally::default()).unwrap();
    assert_table(VERIFICATION, "### `checks`", names(&tally));
    let found = check::Check {
        code: Code::RecordKind,
        outcome: check::Outcome::Indeterminate,
        demanded: true,
        sentence: String::new(),
        place: check::Place {
            file: Some(String::new()),
            leaf: Some(0),
            record: Some(RecordId::of_payload(b"")),
            label: Some("S02".parse().unwrap()),
        },
    };
    assert_table(
        VERIFICATION,
        "### `findings`",
        names(&serde_json::to_value(found).unwrap()),
    );
}

#[test]
fn the_table_of_codes_is_that_of_the_code() {
    let rows = table(VERIFICATION, "## Codes");
    let shown: Vec<(&str, &str)> = rows.iter().map(|row| (row[0].trim_matches('`'), row[1])).collect();
    let codes: Vec<(&str, &str)> = Code::ALL.iter().map(|code| (code.as_str(), code.meaning())).collect();
    assert_eq!(shown, codes);
    assert!(rows.iter().all(|row| row.len() == 4));
}

/// Digests that are distinct, as positions write them.
fn positions() -> impl FnMut() -> Value {
    let mut count = 0_u8;
    move || {
        count += 1;
        json!({"...": base64::encode_url([count; 32])})
    }
}

/// A predicate of a kind with every optional member, so that every position is there.
fn full(kind: &str) -> Vec<Value> {
    let mut next = positions();
    let mut p = || next();
    let id = format!("record:sha256:{}", "ab".repeat(32));
    let party = format!("party:{}", "cd".repeat(16));
    let key = PublicKeyText::from(affiant::key::Signer::verifying_key(
        &crate::archive_in_memory::test_key(9),
    ));
    let mut time = || json!({"exact": p(), "within": p()});
    match kind {
        "statement" => {
            let (said, conveyed, published, when) = (time(), time(), time(), time());
            let call = json!({"placed_by": "to", "notes": "during", "number": p(), "listeners": p(), "line_controlled_by": p()});
            let hop = json!({
                "from": p(), "to": p(), "medium": "telephone", "did": "verbatim", "basis": "heard", "when": when,
                "attested_by": p(), "authority": p(), "identified_by": p(), "call": call,
            });
            vec![json!({
                "speaker": p(), "alleged": false, "form": "verbatim", "language": "und", "translator": p(),
                "words": [p()], "said": said, "conveyed": conveyed, "published": published, "relay": [hop],
                "circumstances": p(), "stances": [p()], "observed": [p()], "note": p(),
            })]
        }
        "proposition" => {
            vec![json!({"type": "question", "varies": true, "words": p(), "excludes": p(), "about": p()})]
        }
        "relation" => {
            let asked = time();
            vec![
                json!({
                    "relation": "answers", "from": id, "target": {"is": "all", "among": [id]},
                    "asserted_by": p(), "stance": p(), "note": p(),
                }),
                json!({
                    "relation": "dates", "from": id, "target": {"is": "all", "among": [id]}, "within": p(),
                }),
                json!({
                    "relation": "asked", "from": id, "target": {"is": "all", "among": [id]},
                    "asked": {"when": asked, "answer": "none"},
                }),
            ]
        }
        "assessment" => vec![json!({"about": [id], "reading": "modality", "reasons": p(), "asserted_by": p()})],
        "attestation" => vec![json!({"about": id, "declaration": p()})],
        "roster" => {
            let during = time();
            vec![
                json!({"entry": "party", "party": party, "party_kind": "person", "names": [p()], "roles": [p()]}),
                json!({"entry": "endorsement", "party": party, "key": key, "words": p()}),
                json!({"entry": "authority", "granted_by": party, "granted_to": party, "words": p(), "during": during}),
                json!({"entry": "revocation", "of": id, "reason": "withdrawn", "since": p(), "note": p()}),
            ]
        }
        _ => Vec::new(),
    }
}

#[test]
fn the_table_of_positions_is_whole() {
    let mut walked = BTreeSet::new();
    for kind in [
        "archive",
        "statement",
        "proposition",
        "relation",
        "assessment",
        "attestation",
        "roster",
    ] {
        for body in full(kind) {
            let mut payload = payload_of(example::STATEMENT);
            let common = payload["predicate"].as_object().unwrap().clone();
            let mut predicate = body.as_object().unwrap().clone();
            for name in ["archive", "label", "nonce", "recorded_at", "signers"] {
                predicate.insert(name.to_owned(), common[name].clone());
            }
            payload["predicate"] = Value::Object(predicate);
            payload["predicateType"] = json!(format!("urn:affiant:{kind}:1"));
            let mut record = Record::from_payload(&json::canonical(&payload)).unwrap();
            record.positions(&mut |path, _| {
                walked.insert((kind.to_owned(), path.as_str().replace("[0]", "[i]")));
            });
        }
    }
    let mut shown = BTreeSet::new();
    for row in table(RECORD, "## Withheld positions") {
        for path in row[1].split(", ") {
            let new = shown.insert((row[0].trim_matches('`').to_owned(), path.trim_matches('`').to_owned()));
            assert!(new, "{path} stands twice");
        }
    }
    assert_eq!(shown, walked);
}

#[test]
fn limits_are_those_of_the_code() {
    let limits: [(&str, &str, u64); 23] = [
        (RECORD, "MAX_PAYLOAD", MAX_PAYLOAD as u64),
        (RECORD, "MAX_DEPTH", json::MAX_DEPTH as u64),
        (RECORD, "MAX_INTEGER", json::MAX_INTEGER),
        (RECORD, "MAX_SIGNERS", MAX_SIGNERS as u64),
        (RECORD, "MAX_SUBJECTS", MAX_SUBJECTS as u64),
        (RECORD, "MAX_POSITIONS", MAX_POSITIONS as u64),
        (RECORD, "MAX_HOPS", MAX_HOPS as u64),
        (RECORD, "MAX_LANGUAGE", MAX_LANGUAGE as u64),
        (RECORD, "MAX_KEEPERS", MAX_KEEPERS as u64),
        (RECORD, "MAX_ARCHIVE_NAME", MAX_ARCHIVE_NAME as u64),
        (ENVELOPE, "MAX_ENVELOPE", envelope::MAX_ENVELOPE as u64),
        (ENVELOPE, "MAX_PAYLOAD", MAX_PAYLOAD as u64),
        (ENVELOPE, "MAX_SIGNERS", MAX_SIGNERS as u64),
        (DISCLOSURE, "MAX_DISCLOSURE", disclose::MAX_DISCLOSURE as u64),
        (DISCLOSURE, "MAX_DISCLOSURES", disclose::MAX_DISCLOSURES as u64),
        (DISCLOSURE, "MAX_DISCLOSURE_LINE", disclose::MAX_DISCLOSURE_LINE as u64),
        (DISCLOSURE, "MAX_DISCLOSURES_PACK", MAX_DISCLOSURES_PACK as u64),
        (ENVELOPE, "MAX_RECORDS_PACK", MAX_RECORDS_PACK as u64),
        (BUNDLE, "MAX_BUNDLE", bundle::MAX_BUNDLE as u64),
        (BUNDLE, "MAX_RECORDS", bundle::MAX_RECORDS as u64),
        (BUNDLE, "MAX_EXHIBITS", bundle::MAX_EXHIBITS as u64),
        (BUNDLE, "MAX_CONTENT", bundle::MAX_CONTENT),
        (VERIFICATION, "MAX_FINDINGS", verify::MAX_FINDINGS as u64),
    ];
    for (page, name, value) in limits {
        let rows = table(page, "## Limits");
        let row = rows.iter().find(|row| row[2] == format!("`{name}`"));
        let row = row.unwrap_or_else(|| panic!("no row for {name}"));
        assert_eq!(row[1].replace(',', ""), value.to_string(), "{name}");
    }
    let rows: usize = [RECORD, ENVELOPE, DISCLOSURE, BUNDLE, VERIFICATION]
        .iter()
        .map(|page| table(page, "## Limits").len())
        .sum();
    assert_eq!(rows, limits.len(), "a limit of the pages is not compared");
}
