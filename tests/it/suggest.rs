//! Suggestions: the figures that are printed with them, measured again; and what they propose on the case.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use affiant::compare::{Case, Standing};
use affiant::digest::Digest;
use affiant::disclose::{self, Sealer};
use affiant::envelope::Envelope;
use affiant::record::{
    Body, Name as NameRecord, PartyId, Passage, Position, PropositionType, Quotation, Record, RecordId, RelationKind,
    RosterEntry,
};
use affiant::suggest::content::Language;
use affiant::suggest::names::{Likeness, Name};
use affiant::suggest::slots::{Sentence, Slot, may_differ};
use affiant::suggest::{Ask, Measured, Method, Proposed, Suggestions, suggest};
use affiant::text::Casing;

use crate::archive_in_memory::salts;
use crate::vectors::{own, public};

fn fixture(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(path)).unwrap()
}

/// The one pack of the case's archive, which is named for how many records it has.
fn only_pack(of: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/cases/huseynov/archive");
    let mut packs = fs::read_dir(folder.join(of).join("000.p")).unwrap();
    let pack = packs.next().unwrap().unwrap().path();
    assert!(packs.next().is_none());
    fs::read_to_string(pack).unwrap()
}

/// The records of the case's archive, as whoever holds all disclosures reads them.
fn case_records() -> Vec<(RecordId, Record)> {
    let envelopes = only_pack("records");
    let disclosures = only_pack("disclosures");
    let read = |(envelope, disclosures): (&str, &str)| {
        let envelope = Envelope::parse(envelope.as_bytes()).unwrap();
        let mut opened = envelope.open().unwrap();
        opened.reveal(&disclose::from_line(disclosures.as_bytes()).unwrap());
        (envelope.record_id(), opened.into_value())
    };
    envelopes.lines().zip(disclosures.lines()).map(read).collect()
}

fn of_records(records: &[(RecordId, Record)], ask: &Ask) -> Suggestions {
    let records = records
        .iter()
        .map(|(id, record)| (*id, record, Standing::Verified))
        .collect();
    suggest(&Case { records }, ask)
}

fn all_of(method: Method) -> Ask {
    Ask {
        limit: usize::MAX,
        ..Ask::one(method)
    }
}

fn lines(path: &str) -> Vec<Vec<String>> {
    let text = fixture(path);
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| line.split('\t').map(str::to_owned).collect())
        .collect()
}

/// Holds what was measured now against what the method prints.
fn assert_printed(method: Method, set: &str, recall: (usize, usize), precision: (usize, usize)) {
    println!(
        "{}: recall {recall:?}, precision {precision:?} on {set}",
        method.as_str()
    );
    let printed: &Measured = method.measured().iter().find(|measured| measured.set == set).unwrap();
    let now = (recall, precision);
    let is = (
        (printed.recall.is, printed.recall.of),
        (printed.precision.is, printed.precision.of),
    );
    assert_eq!(now, is, "what {} prints is no longer true", method.as_str());
}

#[test]
fn the_figures_of_names_are_true() {
    let people = lines("suggestion/names.tsv");
    let names: Vec<(usize, &String, Name)> = people
        .iter()
        .enumerate()
        .flat_map(|(person, names)| names.iter().map(move |name| (person, name)))
        .map(|(person, name)| (person, name, Name::of(name, Casing::Root).unwrap()))
        .collect();
    let (mut right, mut wrong, mut missed) = (0, 0, 0);
    for (place, (person, written, name)) in names.iter().enumerate() {
        for (other_person, other_written, other) in &names[place + 1..] {
            match (name.likeness(other), person == other_person) {
                (Some(_), true) => right += 1,
                (Some(likeness), false) => {
                    println!("wrong: {written} | {other_written} ({likeness:?})");
                    wrong += 1;
                }
                (None, true) => {
                    println!("missed: {written} | {other_written}");
                    missed += 1;
                }
                (None, false) => {}
            }
        }
    }
    assert_printed(
        Method::Names,
        "spellings",
        (right, right + missed),
        (right, right + wrong),
    );
}

#[test]
fn the_figures_of_slots_are_true() {
    let (mut found, mut conflicts, mut proposed) = (0, 0, 0);
    for line in lines("suggestion/slots.tsv") {
        let [slot, first, second] = line.as_slice() else {
            panic!("{line:?}")
        };
        let sentence = |text: &str| Sentence::of(text, Language::of_tag("en"));
        let pair = may_differ(&sentence(first), &sentence(second));
        let slots: Vec<Slot> = pair
            .iter()
            .flat_map(|pair| &pair.slots)
            .map(|filled| filled.slot)
            .collect();
        let is_right = match slot.as_str() {
            "negation" => slots.contains(&Slot::Negation),
            "number" => slots.contains(&Slot::Number),
            "date" => slots.contains(&Slot::Date),
            "opposite" => slots.contains(&Slot::Opposite),
            "other-words" => !slots.is_empty(),
            "none" => false,
            other => panic!("{other} is no slot"),
        };
        conflicts += usize::from(slot != "none");
        found += usize::from(is_right);
        proposed += usize::from(!slots.is_empty());
        if is_right == (slot == "none") || is_right == slots.is_empty() {
            println!("{slot}: {slots:?} | {first} | {second}");
        }
    }
    assert_printed(Method::Slots, "sentence-pairs", (found, conflicts), (found, proposed));
}

#[test]
fn the_figures_of_questions_are_true() {
    let mut records = case_records();
    let mut recorded = BTreeSet::new();
    for (id, record) in &mut records {
        match &mut record.body {
            Body::Statement(statement) => {
                let stances = statement.stances.iter().filter_map(Position::value);
                recorded.extend(stances.map(|stance| (*id, stance.proposition)));
                statement.stances.clear();
            }
            Body::Relation(relation) if relation.relation == RelationKind::Answers => {
                panic!("the case has no answers of its own");
            }
            _ => {}
        }
    }
    let is_question = |id: &RecordId| {
        let record = records
            .iter()
            .find(|(other, _)| other == id)
            .map(|(_, record)| &record.body);
        matches!(record, Some(Body::Proposition(asked)) if asked.proposition_type == PropositionType::Question)
    };
    recorded.retain(|(_, question)| is_question(question));
    let found = of_records(&records, &all_of(Method::Questions));
    let proposed: BTreeSet<(RecordId, RecordId)> = found.methods[0]
        .suggestions
        .iter()
        .map(|suggestion| match suggestion.proposed() {
            Proposed::SpeaksTo {
                statement, question, ..
            } => (statement.record.id, question.id),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(proposed.len(), found.methods[0].count);
    let right = proposed.intersection(&recorded).count();
    assert_printed(
        Method::Questions,
        "huseynov-stances",
        (right, recorded.len()),
        (right, proposed.len()),
    );
}

#[test]
fn two_spellings_of_one_politician_are_proposed_and_not_merged() {
    let records = case_records();
    let found = of_records(&records, &all_of(Method::Names));
    let proposed: Vec<&Proposed> = found.methods[0]
        .suggestions
        .iter()
        .map(|found| found.proposed())
        .collect();
    let [Proposed::OneParty { one, other, likeness }] = proposed.as_slice() else {
        panic!("{proposed:#?}")
    };
    assert_eq!(
        (one.name.as_str(), other.name.as_str()),
        ("Tofig Yagublu", "Tofik Yaqublu")
    );
    assert_eq!(*likeness, Likeness::SoundsTheSame);
    assert_eq!(one.roles, ["member of the board of the Musavat party"]);
    assert_eq!(other.roles, ["Musavat deputy chairman"]);
    assert_ne!(one.party, other.party);
    let suggestion = &found.methods[0].suggestions[0];
    assert_eq!(
        suggestion.to_sign(),
        [format!("affiant relate {} same-as {}", one.party, other.party)]
    );
    let json = serde_json::to_value(suggestion).unwrap();
    assert_eq!(
        (json["class"].as_str(), json["status"].as_str()),
        (Some("suggestion"), Some("unreviewed"))
    );
    // In the comparison they go on as two.
    let case = Case {
        records: records
            .iter()
            .map(|(id, record)| (*id, record, Standing::Verified))
            .collect(),
    };
    let names = affiant::compare::Names::of_case(&case);
    assert_eq!(names.party(one.party).same(&names.party(other.party)), Some(false));
}

#[test]
fn on_the_case_the_order_of_the_records_does_not_matter() {
    let mut records = case_records();
    let before = of_records(
        &records,
        &Ask {
            limit: usize::MAX,
            ..Ask::everything()
        },
    );
    records.reverse();
    records.rotate_left(31);
    assert_eq!(
        of_records(
            &records,
            &Ask {
                limit: usize::MAX,
                ..Ask::everything()
            }
        ),
        before
    );
}

#[test]
fn every_string_in_names_and_texts_has_a_result() {
    let mut strings: Vec<String> = serde_json::from_value(own("strings.json")).unwrap();
    if let Some(path) = public("strings/blns.json") {
        strings.extend(serde_json::from_slice::<Vec<String>>(&fs::read(path).unwrap()).unwrap());
    }
    assert!(!strings.is_empty());
    for text in &strings {
        for casing in [Casing::Root, Casing::Turkic] {
            if let Some(name) = Name::of(text, casing) {
                assert_eq!(name.likeness(&name), Some(Likeness::SameName), "{text:?}");
            }
        }
    }
    let records = with_strings(&strings);
    let found = of_records(&records, &Ask::everything());
    println!(
        "{} strings, {} suggestions",
        strings.len(),
        found.methods.iter().map(|by| by.count).sum::<usize>()
    );
    let mut turned = records;
    turned.reverse();
    assert_eq!(of_records(&turned, &Ask::everything()), found);
}

/// A statement with each string as its words, one with the string twelve times, and a party of that name.
fn with_strings(strings: &[String]) -> Vec<(RecordId, Record)> {
    let case = case_records();
    let first = |is: fn(&Body) -> bool| case.iter().find(|(_, record)| is(&record.body)).unwrap().1.clone();
    let statement = first(|body| matches!(body, Body::Statement(_)));
    let party = first(|body| matches!(body, Body::Roster(RosterEntry::Party { .. })));
    let mut salts = salts();
    let mut sealer = Sealer::new(&mut salts);
    let mut records = Vec::new();
    let mut add = |label: String, mut record: Record| {
        record.common.label = label.parse().unwrap();
        records.push((RecordId(Digest::of(label.as_bytes())), record));
    };
    for (place, text) in strings.iter().enumerate() {
        // Near-copies need twelve words.
        let again = [text.as_str(); 12].join(" ");
        for (letter, words) in [("S", text.clone()), ("T", again)] {
            let mut record = statement.clone();
            let Body::Statement(body) = &mut record.body else {
                panic!("a statement")
            };
            body.stances.clear();
            body.words = sealer.seal_each([Passage {
                text: words,
                quotation: Quotation::None,
                language: None,
                cue: None,
                label: None,
                cited_as: None,
                span: None,
            }]);
            add(format!("{letter}{place}"), record);
        }
        let mut record = party.clone();
        let Body::Roster(RosterEntry::Party { party: id, names, .. }) = &mut record.body else {
            panic!("a party")
        };
        *id = PartyId(Digest::of(text.as_bytes()).as_bytes()[..16].try_into().unwrap());
        *names = sealer.seal_each([NameRecord {
            text: text.clone(),
            language: None,
        }]);
        add(format!("N{place}"), record);
    }
    records
}

#[test]
fn an_unrelated_record_changes_nothing_about_the_others() {
    let mut records = case_records();
    let ask = Ask {
        limit: usize::MAX,
        ..Ask::everything()
    };
    let before = of_records(&records, &ask);
    let unrelated = "Zwölf Boxkämpfer jagten Viktor quer über den großen Sylter Deich bei Nebel";
    records.extend(
        with_strings(&[unrelated.to_owned()])
            .into_iter()
            .filter(|(_, record)| record.common.label.as_str().starts_with(['S', 'N'])),
    );
    let after = of_records(&records, &ask);
    assert_eq!(after.searched, before.searched + 2);
    let proposed = |found: &Suggestions| {
        found
            .methods
            .iter()
            .map(|by| by.suggestions.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(proposed(&after), proposed(&before));
}

#[test]
fn where_nothing_is_found_it_is_said_in_these_words() {
    let found = suggest(&Case::default(), &Ask::everything());
    assert_eq!(
        found.none,
        Some("the rules found none; they miss most paraphrased conflicts")
    );
    assert_eq!(found.methods.len(), 4);
    assert!(found.methods.iter().all(|by| by.none == found.none));
}

#[test]
fn what_is_withheld_or_failed_is_not_looked_at() {
    let records = case_records();
    let records = records
        .iter()
        .map(|(id, record)| (*id, record, Standing::Failed))
        .collect();
    let found = suggest(&Case { records }, &Ask::everything());
    assert!(found.methods.iter().all(|by| by.count == 0));
}

#[test]
fn a_pair_that_somebody_said_is_one_is_not_proposed_again() {
    let mut records = case_records();
    let found = of_records(&records, &all_of(Method::Names));
    let Proposed::OneParty { one, other, .. } = found.methods[0].suggestions[0].proposed() else {
        panic!("names")
    };
    let is_relation = |(_, record): &&(RecordId, Record)| matches!(record.body, Body::Relation(_));
    let mut record = records.iter().find(is_relation).unwrap().1.clone();
    let Body::Relation(relation) = &mut record.body else {
        panic!("a relation")
    };
    relation.relation = RelationKind::SameAs;
    relation.from = affiant::record::Reference::Party(other.party);
    relation.target.among = vec![affiant::record::Reference::Party(one.party)];
    records.push((RecordId(Digest::of(b"same")), record));
    let found = of_records(&records, &all_of(Method::Names));
    assert_eq!(found.methods[0].count, 0);
    assert_eq!(
        found.methods[0].left_out,
        ["1 pair of which a record says already that they are one."]
    );
}

#[test]
fn the_page_has_the_figures_that_are_printed() {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("spec/suggestion.md")).unwrap();
    let page = page.split_whitespace().collect::<Vec<_>>().join(" ");
    for method in Method::ALL {
        for Measured { set, recall, precision } in method.measured() {
            let printed = format!(
                "Printed: recall {} of {}, precision {} of {}.",
                recall.is, recall.of, precision.is, precision.of
            );
            assert!(page.contains(&format!("Set `{set}`")), "{set}");
            assert!(page.contains(&printed), "{printed}");
        }
    }
}
