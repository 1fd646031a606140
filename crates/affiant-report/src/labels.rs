//! Labels of records in a list: `S01 to S12, S14`.

use affiant::compare::RecordTag;

/// The most entries of one list; a run counts as one.
const MAX_ENTRIES: usize = 24;
/// The fewest labels in a row that are written as a run.
const SHORTEST_RUN: usize = 3;

/// The labels, runs of three and more as "S01 to S03". `all` is how many there are, if more than given.
pub fn labels(tags: &[RecordTag], all: usize) -> String {
    let names: Vec<String> = tags.iter().map(ToString::to_string).collect();
    let mut entries: Vec<(String, usize)> = Vec::new();
    let mut rest = names.as_slice();
    while let Some(first) = rest.first() {
        let run = 1 + rest.windows(2).take_while(|pair| follows(&pair[0], &pair[1])).count();
        if run >= SHORTEST_RUN {
            entries.push((format!("{first} to {}", rest[run - 1]), run));
            rest = &rest[run..];
        } else {
            entries.push((first.clone(), 1));
            rest = &rest[1..];
        }
    }
    let left_out: usize = entries.iter().skip(MAX_ENTRIES).map(|(_, labels)| labels).sum();
    entries.truncate(MAX_ENTRIES);
    let shown: Vec<String> = entries.into_iter().map(|(text, _)| text).collect();
    let more = left_out + all.saturating_sub(tags.len());
    match more {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

/// Whether the second label is the first with its number one higher, written as wide.
fn follows(first: &str, second: &str) -> bool {
    let split = |label: &str| -> Option<(String, usize, u64)> {
        let letters = label.trim_end_matches(|character: char| character.is_ascii_digit());
        let digits = &label[letters.len()..];
        Some((letters.to_owned(), digits.len(), digits.parse().ok()?))
    };
    match (split(first), split(second)) {
        (Some((a, a_width, a_number)), Some((b, b_width, b_number))) => {
            a == b && a_width == b_width && a_number.checked_add(1) == Some(b_number)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(labels: &[&str]) -> Vec<RecordTag> {
        let id = affiant::digest::Digest::of(b"");
        labels
            .iter()
            .map(|label| RecordTag {
                label: Some(label.parse().expect("a label")),
                id: affiant::record::RecordId(id),
            })
            .collect()
    }

    #[test]
    fn runs_are_written_short() {
        let words = |list: &[&str]| labels(&tags(list), list.len());
        assert_eq!(words(&[]), "");
        assert_eq!(words(&["S01"]), "S01");
        assert_eq!(words(&["S01", "S02"]), "S01, S02");
        assert_eq!(words(&["S08", "S09", "S10", "S12", "R13"]), "S08 to S10, S12, R13");
        assert_eq!(words(&["S9", "S10", "S11"]), "S9, S10, S11");
        assert_eq!(labels(&tags(&["S01"]), 5), "S01 and 4 more");
    }

    #[test]
    fn long_lists_end() {
        let list: Vec<String> = (0..60).map(|number| format!("S{}", number * 2 + 100)).collect();
        let list: Vec<&str> = list.iter().map(String::as_str).collect();
        assert!(labels(&tags(&list), 60).ends_with("S146 and 36 more"));
    }
}
