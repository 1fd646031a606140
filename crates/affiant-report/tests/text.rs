//! Reports over small cases built in memory.
#![allow(clippy::unwrap_used)]

#[path = "../../../src/compare/tests/build.rs"]
#[allow(dead_code)]
mod build;

use affiant::compare::{Ask, compare, ladder};
use affiant_report::{Established, Holds, KeyFact, Style, compare_json, compare_text, ladder_text};
use build::{Fixture, build, id};
use unicode_width::UnicodeWidthStr;

const CASE: &str = r#"{
  "questions": [{"label": "P01", "words": "Is Мария at home?", "varies": true, "about": ["Мария"]}],
  "statements": [
    {"label": "S01", "speaker": "Ann", "form": "verbatim", "words": ["She is at home, and I saw her there myself."],
     "hops": [{"from": "Ann", "to": "Bob", "medium": "telephone"}, {"from": "Bob", "to": "Gazette", "medium": "press"}],
     "stances": [{"on": "P01", "says": "affirms", "over": "XXXX-01-10"}]},
    {"label": "S02", "speaker": "Office", "words": ["There is nobody at home."],
     "hops": [{"from": "Office", "to": "?"}, {"from": "?", "to": "Gazette"}],
     "stances": [{"on": "P01", "says": "denies", "scope": ["Мария", {"words": "anybody"}], "certainty": "unstated"}]},
    {"label": "S03", "speaker": "Visitors", "stances": [{"on": "P01", "says": "uncommitted"}]},
    {"label": "S04", "speaker": "Gazette", "stances": []}
  ],
  "relations": [
    {"label": "R01", "kind": "in-tension", "from": "S03", "to": ["S01"], "asserted_by": "Gazette", "asserted_in": "S04"},
    {"label": "R02", "kind": "disowns", "from": "S01", "to": ["S02", "S03"], "is": "unresolved", "asserted_by": "Bob"},
    {"label": "R03", "kind": "carries", "from": "S04", "to": ["S01"]}
  ]
}"#;

fn fixture(json: &str) -> Fixture {
    serde_json::from_str(json).unwrap()
}

fn text(json: &str, width: usize) -> String {
    let built = build(&fixture(json));
    compare_text(&compare(&built.case(), &Ask::everything()), width, Style::Plain)
}

#[test]
fn a_comparison_reads_as_this_page_says() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/comparison.txt");
    let text = text(CASE, 100);
    if std::env::var_os("AFFIANT_BLESS").is_some() {
        std::fs::write(path, &text).unwrap();
    }
    assert_eq!(text, std::fs::read_to_string(path).unwrap());
}

#[test]
fn no_line_is_wider_than_the_page() {
    for width in [30, 40, 76, 80, 100, 132] {
        for line in text(CASE, width).lines() {
            assert!(line.width() <= width, "{width}: {line}");
        }
    }
}

#[test]
fn the_columns_are_aligned() {
    let text = text(CASE, 100);
    let separators: Vec<usize> = text
        .lines()
        .filter_map(|line| Some(line[..line.find(" │ ")?].width()))
        .collect();
    assert!(separators.len() > 5);
    assert!(separators.iter().all(|column| *column == separators[0]), "{text}");
}

#[test]
fn letters_from_right_to_left_stand_in_no_column() {
    let text = text(&CASE.replace("Office", "משרד"), 100);
    assert!(!text.contains(" │ "), "{text}");
    assert!(text.contains("משרד"));
}

#[test]
fn nothing_of_a_record_reaches_the_terminal_raw() {
    let hostile = CASE
        .replace("She is at home", r"\u001b[2J\u202eShe is\nat home")
        .replace("Is Мария at home?", r"Is \u2066Мария\u0007 at home?");
    let built = build(&fixture(&hostile));
    let comparison = compare(&built.case(), &Ask::everything());
    let text = compare_text(&comparison, 100, Style::Plain);
    assert!(!text.contains(|c: char| c != '\n' && c.is_control()));
    assert!(!text.contains(['\u{202e}', '\u{2066}']));
    assert!(
        text.contains("⟨U+001B⟩") && text.contains("⟨U+202E⟩") && text.contains("⟨U+2066⟩"),
        "{text}"
    );
    let json = compare_json(&comparison);
    assert!(!json.contains(['\u{202e}', '\u{2066}', '\u{1b}', '\u{7}']));
    let read: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(read["questions"][0]["words"]["text"], "Is \u{2066}Мария\u{7} at home?");
}

#[test]
fn colour_changes_no_word() {
    let built = build(&fixture(CASE));
    let comparison = compare(&built.case(), &Ask::everything());
    let coloured = compare_text(&comparison, 100, Style::Coloured);
    assert!(coloured.contains("\u{1b}[1m"));
    let bare = coloured.replace("\u{1b}[1m", "").replace("\u{1b}[0m", "");
    assert_eq!(bare, compare_text(&comparison, 100, Style::Plain));
}

#[test]
fn markdown_reads_as_this_page_says() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/comparison.md");
    let built = build(&fixture(CASE));
    let text = compare_text(&compare(&built.case(), &Ask::everything()), 100, Style::Markdown);
    if std::env::var_os("AFFIANT_BLESS").is_some() {
        std::fs::write(path, &text).unwrap();
    }
    assert_eq!(text, std::fs::read_to_string(path).unwrap());
}

/// What another program reads in our Markdown: its text, and what in it is more than text.
fn read_as_markdown(text: &str) -> (String, Vec<String>) {
    use pulldown_cmark::{Event, Options, Parser, Tag};
    let (mut plain, mut marked) = (String::new(), Vec::new());
    for event in Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Text(text) => plain.push_str(&text),
            Event::SoftBreak | Event::HardBreak => plain.push(' '),
            Event::InlineHtml(html) if &*html == "<br>" => plain.push(' '),
            Event::InlineHtml(html) | Event::Html(html) | Event::Code(html) => marked.push(html.to_string()),
            Event::Start(
                tag @ (Tag::Link { .. }
                | Tag::Image { .. }
                | Tag::CodeBlock(_)
                | Tag::BlockQuote(_)
                | Tag::HtmlBlock
                | Tag::Emphasis
                | Tag::Strikethrough),
            ) => marked.push(format!("{tag:?}")),
            _ => {}
        }
    }
    (plain, marked)
}

#[test]
fn nothing_of_a_record_is_markup_in_markdown() {
    let hostile = "1. # *a* _b_ `c` ~~d~~ [e](https://f) ![g](h) <script>i</script> &lt; | j \\\\ > k <https://l>";
    let case = CASE
        .replace("She is at home, and I saw her there myself.", hostile)
        .replace("Is Мария at home?", hostile);
    let built = build(&fixture(&case));
    let text = compare_text(&compare(&built.case(), &Ask::everything()), 100, Style::Markdown);
    let (plain, marked) = read_as_markdown(&text);
    assert_eq!(marked, Vec::<String>::new());
    assert!(plain.contains(&hostile.replace("\\\\", "\\")), "{plain}");
}

#[test]
fn no_shared_question() {
    let text = text("{}", 80);
    assert!(text.starts_with("These accounts share no question yet; type `affiant question add`.\n"));
    assert!(text.ends_with("who is right.\n"));
}

#[test]
fn a_ladder_reads_as_this_page_says() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/ladder.txt");
    let built = build(&fixture(CASE));
    let ladder = ladder(&built.case(), id("S02")).unwrap();
    let established = Established {
        bytes_unchanged: Holds::Yes,
        not_later_than: Some("head 9, recorded 2026-11-24".to_owned()),
        keys: vec![
            KeyFact {
                key: "SHA256:one".to_owned(),
                signed: Holds::Yes,
                belongs_to: Some(("Ann".to_owned(), "your own pin".to_owned())),
            },
            KeyFact {
                key: "SHA256:two".to_owned(),
                signed: Holds::NotChecked,
                belongs_to: None,
            },
        ],
    };
    let text = ladder_text(&ladder, &established, 80, Style::Plain);
    if std::env::var_os("AFFIANT_BLESS").is_some() {
        std::fs::write(path, &text).unwrap();
    }
    assert_eq!(text, std::fs::read_to_string(path).unwrap());
    assert!(affiant_report::ladder_json(&ladder, &established).contains("\"whole\": false"));
}

const TWO_QUESTIONS: &str = r#"{
  "questions": [
    {"label": "P01", "words": "Is Ann at home?", "varies": true, "about": ["Ann"]},
    {"label": "P02", "words": "Has Ann a dog?", "varies": true}
  ],
  "statements": [
    {"label": "S01", "speaker": "Bob", "stances": [{"on": "P01", "says": "affirms"}, {"on": "P02", "says": "affirms"}]},
    {"label": "S02", "speaker": "Cleo", "stances": [{"on": "P01", "says": "denies"}, {"on": "P02", "says": "affirms"}]},
    {"label": "S03", "speaker": "Dan", "stances": [{"on": "P01", "says": "denies"}, {"on": "P01", "says": "uncommitted"}]}
  ]
}"#;

#[test]
fn several_questions_begin_with_those_where_accounts_part() {
    let text = text(TWO_QUESTIONS, 80);
    let overview = "Where accounts part: 1 of 2 questions\n\nP01  Is Ann at home?\n     1 affirms, 2 deny, 1 does not say: \
                    contradiction-if-simultaneous (2 pairs).\n\nWho is right is not shown";
    assert!(text.starts_with(overview), "{text}");
    let brief =
        "P02  Has Ann a dog?\n     affirms: S01  Bob (relay degree 0)\n     affirms: S02  Cleo (relay degree 0)\n";
    assert!(text.contains(brief), "{text}");
    assert!(text.contains("was not found in the"), "{text}");
}

#[test]
fn what_bears_on_several_pairs_is_said_once() {
    let text = text(TWO_QUESTIONS, 80);
    assert_eq!(
        text.matches("How sure S02").count(),
        text.matches("How sure S03").count()
    );
    assert_eq!(text.matches("When S01 was said").count(), 1, "{text}");
    assert!(text.contains("On all 2 pairs"), "{text}");
}
