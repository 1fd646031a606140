//! The expectation sheets of the cases, and what of them the comparison does not meet.
//!
//! ```toml
//! [[pair]]
//! on = "P01"
//! of = ["S01", "S02"]
//! readings = ["wording-variance"]
//! ```
//!
//! fixtures/cases/README.md says what each table means. The comparison is looked at as JSON, as
//! anybody outside sees it; a sheet knows nothing of how it is computed.

mod items;
mod sheet;
mod shown;

use std::collections::BTreeMap;
use std::fs;

use super::{NAMES, Recorded};
use crate::recorded::cases;
use sheet::Sheet;
use shown::Shown;

/// Reads a sheet and says in what the comparison differs from it, a line each, and how many
/// items it has.
fn differences(name: &str) -> (Vec<String>, usize) {
    let text = fs::read_to_string(cases().join(name).join("expected.toml")).expect("a sheet");
    let sheet: Sheet = toml::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_eq!(
        (sheet.format.as_str(), sheet.case.as_str()),
        ("affiant expectation 1", name)
    );
    let mut made = BTreeMap::new();
    let items = sheet.items();
    let count = items.len();
    let mut found = Vec::new();
    for item in items {
        let as_asked = (item.without.clone(), item.withdrawn.clone());
        let shown = made.entry(as_asked).or_insert_with(|| {
            let recorded = Recorded::new(name, &item.without).unwrap_or_else(|error| panic!("{name}: {error}"));
            Shown::new(&recorded, item.withdrawn.as_deref())
        });
        if let Err(difference) = (item.met)(shown) {
            found.push(format!("{name}: {}: {difference}", item.what));
        }
    }
    (found, count)
}

#[test]
fn each_case_is_compared_as_its_sheet_expects() {
    let (mut found, mut items) = (Vec::new(), 0);
    for name in NAMES {
        let (differing, checked) = differences(name);
        println!("{name}: {checked} expectations, {} not met", differing.len());
        found.extend(differing);
        items += checked;
    }
    println!("{items} expectations");
    assert!(found.is_empty(), "{}", found.join("\n"));
}
