#![allow(clippy::unwrap_used)]

use std::fs;

use super::*;
use crate::NewRecord;
use crate::tests::specimen::{KEEPER, Place, Specimen};

fn open(specimen: &Specimen, place: &Place) -> Index {
    Index::open(&place.dir(), specimen.id, &place.cache(), &mut |_, _| {}).unwrap()
}

/// How many leaves an opening has to look at.
fn work(specimen: &Specimen, place: &Place) -> Option<u64> {
    let mut last = None;
    Index::open(&place.dir(), specimen.id, &place.cache(), &mut |done, _| {
        last = Some(done)
    })
    .unwrap();
    last
}

fn labels(rows: Vec<Row>) -> Vec<String> {
    rows.into_iter().map(|row| row.label.to_string()).collect()
}

fn found(index: &Index, text: &str) -> Vec<String> {
    labels(index.search(text).unwrap())
}

const SPEAKER: PartyId = PartyId([0xb2; 16]);

fn filled() -> (Specimen, Place) {
    let specimen = Specimen::new();
    let place = Place::of(&specimen);
    let mut writer = place.writer(&specimen).unwrap();
    let exhibit = specimen.with_exhibit("X01", "letter to Vüqar.txt", &mut &b"Dear all"[..], &mut writer);
    let records = vec![
        specimen.party("N01", SPEAKER, &["Mehman Hüseynov", "Мехман Гусейнов"]),
        specimen.question("P01", "Does he intend to stay in prison?"),
        specimen.question("P02", "Ölkədən getmək istəyirmi? İsmayıllı"),
        specimen.question("P03", "Хочет ли он \"остаться\" в тюрьме?"),
        specimen.question("P04", "هل يريد البقاء؟"),
        specimen.question("P05", "他想留在监狱吗"),
        specimen.question("P06", "क्या वह रहना चाहता है"),
        exhibit,
        specimen.question("P10", "100% sure_of it; O'Brien's C:\\path"),
        specimen.question("P11", "two\nlines\u{1b}[31m and   spaces"),
    ];
    writer.append(records, &mut specimen.sign(&place.signed)).unwrap();
    drop(writer);
    (specimen, place)
}

#[test]
fn words_of_every_script_are_found() {
    let (specimen, place) = filled();
    let index = open(&specimen, &place);
    for (text, expected) in [
        ("prison", vec!["P01"]),
        ("PRISON stay", vec!["P01"]),
        ("prison nowhere", vec![]),
        ("huseynov", vec!["N01"]),
        ("HÜSEYNOV mehman", vec!["N01"]),
        ("гусейнов", vec!["N01"]),
        ("остаться тюрьме", vec!["P03"]),
        ("istəyirmi", vec!["P02"]),
        ("ismayıllı", vec!["P02"]),
        ("البقاء", vec!["P04"]),
        ("留在监狱", vec!["P05"]),
        ("चाहता", vec!["P06"]),
        ("vuqar", vec!["X01"]),
        // Parts of words, where no whole word is found.
        ("pris", vec!["P01"]),
        ("юрьм", vec!["P03"]),
        ("%", vec!["P10"]),
        ("sure_", vec!["P10"]),
        ("o'brien's", vec!["P10"]),
        ("c:\\path", vec!["P10"]),
        ("?", vec!["P01", "P02", "P03"]),
        ("specimen", vec!["A01"]),
        // Closed lists and ids are not words that anybody said.
        ("text/plain", vec![]),
        ("party:", vec![]),
    ] {
        assert_eq!(found(&index, text), expected, "{text:?}");
    }
}

#[test]
fn no_text_breaks_a_query() {
    let (specimen, place) = filled();
    let index = open(&specimen, &place);
    for text in [
        "", " ", "\"", "\"\"", "a\"b", "\"a AND", "OR", "NOT", "NEAR(", "body:x", "x*", "^x", "-x", "(", "\0", "a\0b",
        "'", ";", "--", "?1", "\u{301}", "{x}", "+",
    ] {
        index.search(text).unwrap_or_else(|error| panic!("{text:?}: {error}"));
    }
    assert_eq!(found(&index, "\"остаться\""), ["P03"]);
    let long = "prison ".repeat(100_000);
    assert_eq!(found(&index, &long), ["P01"]);
}

#[test]
fn records_parties_and_exhibits_are_looked_up() {
    let (specimen, place) = filled();
    let index = open(&specimen, &place);
    assert_eq!(index.size().unwrap(), 11);
    let row = index.by_label(&"P01".parse().unwrap()).unwrap().unwrap();
    assert_eq!((row.leaf, row.kind.as_str()), (2, "proposition"));
    assert_eq!(row.title, "Does he intend to stay in prison?");
    assert_eq!(index.by_label(&"P99".parse().unwrap()).unwrap(), None);
    assert_eq!(index.by_id(row.id).unwrap(), Some(row.clone()));
    assert_eq!(index.at(2).unwrap(), Some(row.clone()));
    let hex = row.id.0.to_hex();
    assert_eq!(labels(index.by_id_prefix(&hex[..8]).unwrap()), ["P01"]);
    assert_eq!(labels(index.by_id_prefix(&row.id.to_string()).unwrap()), ["P01"]);
    for not in ["", &hex[..3], "%%%%", "ABCD", "zzzz"] {
        assert!(index.by_id_prefix(not).unwrap().is_empty(), "{not}");
    }
    assert_eq!(labels(index.all(2, 1).unwrap()), ["N01", "P01"]);
    assert_eq!(index.all(u64::MAX, 0).unwrap().len(), 11);
    let controls = index.by_label(&"P11".parse().unwrap()).unwrap().unwrap();
    assert_eq!(controls.title, "two lines [31m and spaces");

    assert!(index.has_party(SPEAKER).unwrap() && index.has_party(KEEPER).unwrap());
    assert!(!index.has_party(PartyId([0; 16])).unwrap());
    for name in [
        "Mehman Hüseynov",
        "Мехман Гусейнов",
        "мехман гусейнов",
        "party:b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2",
    ] {
        assert_eq!(index.party_named(name).unwrap(), [SPEAKER], "{name}");
    }
    assert!(index.party_named("Mehman").unwrap().is_empty());
    assert_eq!(index.names(SPEAKER).unwrap(), ["Mehman Hüseynov", "Мехман Гусейнов"]);
    assert_eq!(index.parties().unwrap().len(), 2);

    let digest = Digest::of(b"Dear all");
    let exhibits = index.exhibits_of(digest).unwrap();
    assert_eq!(
        (exhibits[0].size, exhibits[0].name.as_str()),
        (8, "letter to Vüqar.txt")
    );
    assert_eq!(index.exhibit(exhibits[0].id).unwrap().as_ref(), Some(&exhibits[0]));
}

#[test]
fn labels_are_handed_out_once() {
    let (specimen, place) = filled();
    let free = |letters: &str| open(&specimen, &place).next_free_label(letters).unwrap().to_string();
    assert_eq!(
        (free("P"), free("S"), free("ABCD")),
        ("P12".to_owned(), "S01".to_owned(), "ABCD01".to_owned())
    );
    let index = open(&specimen, &place);
    for bad in ["", "s", "ABCDE", "S1", "Ş", "%"] {
        assert!(
            matches!(index.next_free_label(bad), Err(IndexError::Letters(_))),
            "{bad}"
        );
    }
    place
        .append(
            &specimen,
            vec![specimen.question("P999999", "x"), specimen.question("P123", "x")],
        )
        .unwrap();
    assert_eq!((free("P"), free("S")), ("P07".to_owned(), "S01".to_owned()));
}

#[test]
fn an_index_grows_with_its_archive() {
    let specimen = Specimen::new();
    let place = Place::of(&specimen);
    let questions = |from: u64, to: u64| -> Vec<NewRecord> {
        (from..to)
            .map(|n| specimen.question(&format!("P{n}"), &format!("word{n}")))
            .collect()
    };
    assert_eq!(work(&specimen, &place), Some(1));
    assert_eq!(work(&specimen, &place), None);
    for (from, to) in [(1, 2), (2, 255), (255, 256), (256, 257), (257, 600)] {
        place.append(&specimen, questions(from, to)).unwrap();
        let index = open(&specimen, &place);
        assert_eq!(index.size().unwrap(), to);
        assert_eq!(index.all(MAX_ROWS, 0).unwrap().len() as u64, to);
        assert_eq!(found(&index, &format!("word{}", to - 1)), [format!("P{}", to - 1)]);
        assert_eq!(work(&specimen, &place), None, "{to}");
    }
}

#[test]
fn an_index_that_does_not_fit_is_made_again() {
    let (specimen, place) = filled();
    drop(open(&specimen, &place));
    let file = place.cache().join(file_name(specimen.id));
    let spoil: [&dyn Fn(); 5] = [
        &|| fs::remove_file(&file).unwrap(),
        &|| fs::write(&file, "not a database, and long enough to be looked at as one").unwrap(),
        &|| fs::write(&file, &fs::read(&file).unwrap()[..9000]).unwrap(),
        &|| {
            Connection::open(&file)
                .unwrap()
                .pragma_update(None, "user_version", 99)
                .unwrap()
        },
        &|| {
            let other = Connection::open(&file).unwrap();
            other.execute("UPDATE head SET root = x'00'", []).unwrap();
        },
    ];
    for (number, spoil) in spoil.iter().enumerate() {
        spoil();
        assert_eq!(work(&specimen, &place), Some(11), "{number}");
        assert_eq!(found(&open(&specimen, &place), "prison"), ["P01"]);
        assert_eq!(work(&specimen, &place), None, "{number}");
    }
}

#[test]
fn what_was_taken_from_the_disclosures_is_not_found() {
    let (specimen, place) = filled();
    assert_eq!(found(&open(&specimen, &place), "prison"), ["P01"]);
    let pack = place.root().join("disclosures/000.p/11.jsonl");
    let blanked: Vec<String> = fs::read_to_string(&pack)
        .unwrap()
        .lines()
        .enumerate()
        .map(|(leaf, line)| {
            if leaf == 2 {
                "[]\n".to_owned()
            } else {
                format!("{line}\n")
            }
        })
        .collect();
    fs::write(&pack, blanked.concat()).unwrap();
    let index = open(&specimen, &place);
    assert!(found(&index, "prison").is_empty());
    assert_eq!(
        index.by_label(&"P01".parse().unwrap()).unwrap().unwrap().title,
        "(withheld)"
    );
    let bytes = fs::read(index.path().unwrap()).unwrap();
    let holds = |word: &str| bytes.windows(word.len()).any(|part| part == word.as_bytes());
    assert!(!holds("in prison") && holds("Mehman"));
}

#[test]
fn without_a_cache_the_index_is_in_memory() {
    let (specimen, place) = filled();
    fs::write(place.cache(), "a file where the folder should be").unwrap();
    let index = open(&specimen, &place);
    assert_eq!(index.path(), None);
    assert_eq!(found(&index, "prison"), ["P01"]);
}

#[cfg(unix)]
#[test]
fn an_index_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let (specimen, place) = filled();
    let index = open(&specimen, &place);
    let mode = fs::metadata(index.path().unwrap()).unwrap().permissions().mode();
    assert_eq!(mode & 0o077, 0);
    forget(&place.cache(), specimen.id).unwrap();
    forget(&place.cache(), specimen.id).unwrap();
    assert!(fs::read_dir(place.cache()).unwrap().next().is_none());
}
