#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::lexicon::{EditWord, classes};
use super::*;

fn cut(text: &str) -> Vec<&str> {
    tokens(text).unwrap().iter().map(|token| token.of(text)).collect()
}

fn forms(text: &str, level: Level) -> Vec<String> {
    forms_in(text, level, Casing::Root)
}

fn forms_in(text: &str, level: Level, casing: Casing) -> Vec<String> {
    let tokens = tokens(text).unwrap();
    fold(text, &tokens, level, casing).forms().map(str::to_owned).collect()
}

fn spoken(text: &str) -> String {
    forms(text, Level::Spoken).join(" ")
}

#[test]
fn words_numbers_and_marks() {
    let cases: [(&str, &[&str]); 16] = [
        (
            "well-known [laughter] it’s--",
            &["well-known", "[", "laughter", "]", "it’s", "--"],
        ),
        ("I didn't... no", &["I", "didn't", "...", "no"]),
        ("so . . . then", &["so", ". . .", "then"]),
        ("end. Then", &["end", ".", "Then"]),
        ("wait…", &["wait", "…"]),
        ("5-6 years", &["5", "-", "6", "years"]),
        ("an F-16, 20-year-old", &["an", "F-16", ",", "20-year-old"]),
        ("at 10:30 on 1,000.50", &["at", "10:30", "on", "1,000.50"]),
        ("MR. OGDEN:Yes", &["MR", ".", "OGDEN", ":", "Yes"]),
        ("A:", &["A", ":"]),
        ("wa- wanted", &["wa", "-", "wanted"]),
        ("wo\u{200b}rd", &["wo\u{200b}rd"]),
        ("\u{202a}name\u{202c} ", &["name"]),
        ("$5 & 20%", &["$", "5", "&", "20", "%"]),
        ("İşçi ığdır сәлəм سلام، ٣", &["İşçi", "ığdır", "сәлəм", "سلام", "،", "٣"]),
        ("", &[]),
    ];
    for (text, expected) in cases {
        assert_eq!(cut(text), expected, "{text}");
    }
}

#[test]
fn the_four_levels_of_one_text() {
    let text = "I did\u{a0}n’t—uh, co\u{ad}op twenty-five";
    assert_eq!(forms(text, Level::Bytes)[2..4], ["n’t", "—"]);
    assert_eq!(
        forms(text, Level::Form),
        ["I", "did", "n't", "-", "uh", ",", "coop", "twenty-five"]
    );
    assert_eq!(
        forms(text, Level::Case),
        ["i", "did", "n't", "uh", "coop", "twenty", "five"]
    );
    assert_eq!(spoken(text), "i did n't coop 25");
}

#[test]
fn spoken_forms() {
    for (text, expected) in [
        ("He can’t, uh, he can't pay $5", "he can not pay 5 dollars"),
        ("I do not. I don't.", "i do not i do not"),
        ("two thousand nineteen", "2019"),
        ("nineteen ninety-nine, nineteen", "1999 19"),
        ("twenty twenty", "2020"),
        ("two hundred and five and six", "205 and 6"),
        ("one hundred thousand and one", "100001"),
        ("the twenty-first of May", "the 21st of may"),
        ("a hundred; a dozen; a day", "100 12 a day"),
        ("2.5 million, 1,000 and three point one four", "2500000 1000 and 3.14"),
        (
            "fifty percent or 50 % to 50 per cent",
            "50 percent or 50 percent to 50 percent",
        ),
        ("we, you know, left", "we left"),
        ("you know that", "you know that"),
        ("I -- I was -- I was there", "i was there"),
        ("He left. He left.", "he left he left"),
        ("not not five five", "not not 5 5"),
        ("John's hat is John's", "john's hat is john's"),
        ("ten to twelve", "10 to 12"),
        ("٣ ۴", "3 4"),
        ("18446744073709551615 trillion", "18446744073709551615 trillion"),
    ] {
        assert_eq!(spoken(text), expected, "{text}");
    }
}

#[test]
fn a_contraction_keeps_both_readings() {
    let fold_spoken = |text: &str| fold(text, &tokens(text).unwrap(), Level::Spoken, Casing::Root);
    let short = fold_spoken("it's she'd");
    let full = fold_spoken("it has she would is");
    assert!(short.matches(1, &full, 1) && full.matches(1, &short, 1));
    assert!(short.matches(3, &full, 3));
    assert!(!short.matches(3, &full, 1));
    assert_eq!(short.readings(1), ["is", "has"]);
}

#[test]
fn what_the_spoken_form_leaves_out_is_told() {
    let text = "Uh, I I did, you know, go";
    let tokens = tokens(text).unwrap();
    let folded = fold(text, &tokens, Level::Spoken, Casing::Root);
    let dropped: Vec<_> = folded
        .dropped
        .iter()
        .map(|dropped| (dropped.why, tokens[dropped.tokens.start].of(text)))
        .collect();
    assert_eq!(dropped, [(Why::Filler, "Uh"), (Why::Repeat, "I"), (Why::Filler, "you")]);
}

#[test]
fn dotted_and_dotless_i_are_not_folded_by_english_rules() {
    let one = |text: &str, casing| forms_in(text, Level::Case, casing).concat();
    assert_ne!(one("İ", Casing::Root), one("i", Casing::Root));
    assert_ne!(one("ı", Casing::Root), one("I", Casing::Root));
    assert_eq!(one("İ", Casing::Turkic), "i");
    assert_eq!(one("I\u{307}", Casing::Turkic), "i");
    assert_eq!(one("I", Casing::Turkic), "ı");
    assert_eq!(Casing::of_language("az-Latn"), Casing::Turkic);
    assert_eq!(Casing::of_language("en"), Casing::Root);
    assert_eq!(one("ΣΟΦΟΣ", Casing::Root), one("σοφος", Casing::Root));
    assert_eq!(one("STRASSE", Casing::Root), one("straße", Casing::Root));
}

#[test]
fn composed_and_decomposed_letters_are_one_form_and_confusable_ones_are_not() {
    assert_eq!(forms("cafe\u{301}", Level::Form), forms("café", Level::Form));
    assert_ne!(forms("cafe\u{301}", Level::Bytes), forms("café", Level::Bytes));
    assert_ne!(forms("раypal", Level::Case), forms("paypal", Level::Case));
    assert_ne!(forms("pay\u{202e}pal", Level::Case), forms("paypal", Level::Case));
}

#[test]
fn sentences_do_not_end_at_abbreviations() {
    for (text, expected) in [
        (
            "Mr. Ogden left. He came back.",
            vec!["Mr. Ogden left.", "He came back."],
        ),
        (
            "Roe v. Wade is cited. J. R. Smith wrote it.",
            vec!["Roe v. Wade is cited.", "J. R. Smith wrote it."],
        ),
        ("in the U.S. The court sat.", vec!["in the U.S.", "The court sat."]),
        ("the U.S. Court sat.", vec!["the U.S. Court sat."]),
        (
            "a line that\ngoes on here.\nAnother.",
            vec!["a line that\ngoes on here.", "Another."],
        ),
        ("A heading\n\nthen text", vec!["A heading", "then text"]),
        ("Is it? Yes! So.", vec!["Is it?", "Yes!", "So."]),
        ("", vec![]),
    ] {
        let spans = sentences(text).unwrap();
        let found: Vec<_> = spans.into_iter().map(|span| &text[span]).collect();
        assert_eq!(found, expected);
    }
}

#[test]
fn hidden_characters_are_named_with_their_place() {
    let text = "the раypal \u{202e}name and so\u{ad}ft";
    let found = hidden(text);
    let names: Vec<_> = found.iter().map(|hidden| (hidden.span.start, hidden.name())).collect();
    let named = |at: usize, name: &str| (at, name.to_owned());
    assert_eq!(
        names,
        [
            named(4, "U+0440, a Cyrillic letter that looks like \"p\""),
            named(6, "U+0430, a Cyrillic letter that looks like \"a\""),
            named(13, "U+202E right-to-left override"),
            named(27, "U+00AD soft hyphen"),
        ]
    );
}

#[test]
fn ordinary_text_of_many_scripts_hides_nothing() {
    for text in [
        "Он не подписал письмо 1 мая.",
        "İşçilər bəyanatı imzalamadı, ığdır.",
        "م لم يوقّع الرسالة في 1 مايو.",
        "می‌خواهم",
        "👩‍⚖️ ❤️ 日本語とカタカナ",
        "The Москва hotel",
        "ΣΟΦΟΣ café naïve",
    ] {
        assert_eq!(hidden(text), [], "{text}");
    }
    assert_eq!(hidden("the word сосо is Cyrillic").len(), 4);
}

#[test]
fn edits_are_classed_by_their_gravest_word() {
    let class = |old: &str, new: &str| {
        let words = |text: &str| {
            let words: Vec<(String, String)> = text
                .split(' ')
                .filter(|word| !word.is_empty())
                .map(|word| (word.to_owned(), fold::fold_word(word, Casing::Root)))
                .collect();
            words
        };
        let (old, new) = (words(old), words(new));
        let edit = |words: &[(String, String)]| -> Vec<EditWord<'static>> {
            let leak = |text: &str| -> &'static str { Box::leak(text.to_owned().into_boxed_str()) };
            words
                .iter()
                .map(|(written, folded)| EditWord {
                    written: leak(written),
                    folded: leak(folded),
                    begins_sentence: false,
                })
                .collect()
        };
        classes(&edit(&old), &edit(&new))
    };
    use EditClass::*;
    for (old, new, expected) in [
        ("is not", "is", vec![Negation]),
        ("can", "can't", vec![Negation, Modal]),
        ("twelve", "20", vec![Number]),
        ("1 May", "2 May", vec![Number, Date]),
        ("Monday", "Friday", vec![Date]),
        ("Smith", "Jones", vec![Name]),
        ("may", "must", vec![Modal]),
        ("he", "they", vec![Pronoun]),
        ("letter", "note", vec![Content]),
        ("the", "a", vec![Function]),
        ("uh", "", vec![Function]),
        ("a b", "b a", vec![]),
    ] {
        assert_eq!(class(old, new), expected, "{old} / {new}");
    }
}

#[test]
fn lists_are_in_order_where_they_are_searched() {
    assert!(lexicon::FUNCTION_WORDS.is_sorted() && lexicon::UNITS.is_sorted());
    assert!(lexicon::are_opposites("increase", "decrease") && !lexicon::are_opposites("increase", "increase"));
}

#[test]
fn a_text_over_the_limit_is_refused_and_one_of_a_single_character_is_not() {
    let long = "a ".repeat(MAX_TEXT / 2 + 1);
    assert_eq!(tokens(&long), Err(TooLong { size: long.len() }));
    assert_eq!(sentences(&long), Err(TooLong { size: long.len() }));
    assert_eq!(cut("a"), ["a"]);
    assert_eq!(cut("\u{200b}").len(), 0);
}

/// Text as transcripts have it, and text as nobody should.
fn texts() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-cA-C]{1,4}",
        Just("it’s".to_owned()),
        Just("twenty".to_owned()),
        Just("hundred".to_owned()),
        Just("and".to_owned()),
        Just("you know".to_owned()),
        Just("Mr.".to_owned()),
        Just("not".to_owned()),
        "[-.…:,' \n\u{a0}\u{200b}\u{ad}\u{202e}\u{300}]{1,3}",
        "[0-9٣½]{1,3}",
        any::<char>().prop_map(String::from),
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn spans_are_ordered_and_gaps_hold_no_words(text in texts()) {
        let tokens = tokens(&text).unwrap();
        let mut whole = String::new();
        let mut at = 0;
        for token in &tokens {
            let span = token.span();
            prop_assert!(at <= span.start && span.start < span.end);
            let gap = &text[at..span.start];
            prop_assert!(gap.chars().all(|c| c.is_whitespace() || hidden::is_invisible(c)), "{gap:?}");
            whole.push_str(gap);
            whole.push_str(token.of(&text));
            at = span.end;
        }
        whole.push_str(&text[at..]);
        prop_assert_eq!(whole, text);
    }

    #[test]
    fn every_unit_has_tokens_in_order_and_what_is_left_out_is_told(text in texts()) {
        let tokens = tokens(&text).unwrap();
        for level in [Level::Bytes, Level::Form, Level::Case, Level::Spoken] {
            let folded = fold(&text, &tokens, level, Casing::Root);
            let mut seen = vec![false; tokens.len()];
            let mut at = 0;
            for unit in 0..folded.len() {
                let range = folded.tokens(unit);
                prop_assert!(at <= range.start && range.start < range.end && range.end <= tokens.len());
                at = range.start;
                seen[range].fill(true);
            }
            for dropped in &folded.dropped {
                seen[dropped.tokens.clone()].fill(true);
            }
            let unseen = tokens.iter().zip(&seen).filter(|(token, seen)| !**seen && token.is_word());
            prop_assert_eq!(unseen.count(), 0);
        }
    }

    #[test]
    fn what_agrees_at_a_level_agrees_at_the_next(text in texts()) {
        let other = text.replace('’', "'").to_uppercase().to_lowercase();
        let mut agreed = false;
        for level in [Level::Bytes, Level::Form, Level::Case, Level::Spoken] {
            let same = forms(&text, level) == forms(&other, level);
            prop_assert!(same || !agreed, "{level:?}");
            agreed = same;
        }
    }

    #[test]
    fn sentences_cover_every_word(text in texts()) {
        let spans = sentences(&text).unwrap();
        prop_assert!(spans.windows(2).all(|pair| pair[0].end <= pair[1].start));
        for token in tokens(&text).unwrap().into_iter().filter(Token::is_word) {
            let within = |span: &std::ops::Range<usize>| span.start <= token.span().start && token.span().end <= span.end;
            prop_assert!(spans.iter().any(within));
        }
    }

    #[test]
    fn hidden_characters_are_ones_of_the_text(text in texts()) {
        for found in hidden(&text) {
            prop_assert_eq!(text[found.span.clone()].chars().collect::<String>(), found.character.to_string());
        }
    }
}
