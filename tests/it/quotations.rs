//! Quotations against texts: the cases of `fixtures/quotations`, properties, and text of every kind.

use affiant::quotation::{
    Ask, Checked, Index, IndexError, Outcome, Quotation, QuotationError, Segment, Source, Wording, check, level_code,
};
use affiant::text::{Casing, Level, MAX_TEXT, tokens};
use proptest::prelude::*;
use serde_json::Value;

use crate::vectors::{own, public};

#[path = "../../xtask/src/bench_quotes/set.rs"]
mod set;

fn fixture(name: &str) -> String {
    let path = format!("{}/fixtures/quotations/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).unwrap()
}

/// A transcript of which every line is `NAME: words`.
fn transcript<'t>(name: &str, text: &'t str) -> Source<'t> {
    let mut at = 0;
    let mut segments = Vec::new();
    for line in text.split_inclusive('\n') {
        let words = line.trim_end();
        if let Some((label, said)) = words.split_once(": ")
            && label.chars().all(|c| c.is_uppercase() || matches!(c, '.' | ' '))
        {
            segments.push(Segment {
                span: at + words.len() - said.len()..at + words.len(),
                speaker: Some(label.to_owned()),
                cited_as: None,
            });
        }
        at += line.len();
    }
    Source {
        name: name.to_owned(),
        text,
        segments,
    }
}

fn checked(index: &Index<'_>, text: &str, speaker: Option<&str>) -> Checked {
    let quotation = Quotation::parse(text, Casing::Root).unwrap();
    let ask = Ask {
        speaker: speaker.map(str::to_owned),
        ..Ask::default()
    };
    check(index, &quotation, &ask)
}

#[test]
fn every_case_has_the_outcome_that_is_written_beside_it() {
    let (hearing, note) = (fixture("hearing.txt"), fixture("note.txt"));
    let index = Index::new(vec![
        transcript("hearing.txt", &hearing),
        Source::plain("note.txt", &note),
    ])
    .unwrap();
    let mut seen = std::collections::BTreeSet::new();
    let mut wrong = Vec::new();
    for line in fixture("cases.jsonl").lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        let checked = checked(&index, case["text"].as_str().unwrap(), case["speaker"].as_str());
        seen.insert(checked.outcome);
        let mut expect = |what: &str, is: Value| {
            if !case[what].is_null() && case[what] != is {
                wrong.push(format!("{what} is {is} in {line}\n{checked:?}"));
            }
        };
        expect("outcome", checked.outcome.code().into());
        expect("wording", checked.wording.code().into());
        expect(
            "level",
            checked.level.map_or(Value::Null, |level| level_code(level).into()),
        );
        expect("places", checked.place_count.into());
        expect("notes", checked.notes.len().into());
        expect(
            "edit",
            checked
                .edits
                .first()
                .map_or(Value::Null, |edit| edit.classes[0].as_str().into()),
        );
        expect(
            "look_alike",
            checked.edits.first().is_some_and(|edit| edit.look_alike).into(),
        );
        let omitted = checked
            .omissions
            .first()
            .and_then(|omission| omission.negations.first());
        expect(
            "omitted_negation",
            omitted.map_or(Value::Null, |word| word.as_str().into()),
        );
        let cut_after = checked.places.first().and_then(|place| place.cut_after.as_ref());
        expect(
            "cut_after",
            cut_after.map_or(Value::Null, |cut| cut.text.as_str().into()),
        );
        let governing = checked.context.as_ref().and_then(|context| {
            let kinds = context.governing.iter().map(|governing| governing.kind.code());
            kinds.into_iter().find(|kind| case["governed"] == *kind)
        });
        expect("governed", governing.map_or(Value::Null, Into::into));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), Outcome::ALL);
}

#[test]
fn what_is_not_found_was_searched_for_and_counted() {
    let hearing = fixture("hearing.txt");
    let index = Index::new(vec![transcript("hearing.txt", &hearing)]).unwrap();
    let checked = checked(&index, "The mayor was seen in the cellar with two lanterns", None);
    assert_eq!(checked.outcome, Outcome::NotFound);
    assert_eq!(
        (checked.searched.sources, checked.searched.segments),
        (1, index.segments())
    );
    assert!(checked.places.is_empty() && checked.edits.is_empty());
}

#[test]
fn the_question_answered_and_the_sentences_around_are_shown() {
    let hearing = fixture("hearing.txt");
    let index = Index::new(vec![transcript("hearing.txt", &hearing)]).unwrap();
    let context = checked(&index, "nobody was asked to leave", None).context.unwrap();
    let answered = context.answered.unwrap();
    assert_eq!(answered.speaker.as_deref(), Some("CHAIR"));
    assert!(answered.is_question && answered.words.text.ends_with("How many people were in the room?"));
    assert!(
        context
            .sentence
            .unwrap()
            .text
            .starts_with("There were about twenty-five people")
    );
    assert!(context.after.unwrap().text.starts_with("I think"));
}

#[test]
fn letters_that_look_alike_and_controls_are_pointed_out_in_both_texts() {
    let note = fixture("note.txt");
    let index = Index::new(vec![Source::plain("note.txt", &note)]).unwrap();
    let seen = checked(&index, "the p\u{430}per copies\u{202e}", None);
    let names: Vec<_> = seen
        .hidden
        .iter()
        .map(|one| (one.in_quotation, one.name.clone()))
        .collect();
    assert!(
        names.iter().any(|(quoted, name)| *quoted && name.contains("Cyrillic")),
        "{names:?}"
    );
    assert!(
        names
            .iter()
            .any(|(quoted, name)| *quoted && name.contains("right-to-left override")),
        "{names:?}"
    );
    assert!(
        names.iter().any(|(quoted, name)| !*quoted && name.contains("Cyrillic")),
        "{names:?}"
    );
}

#[test]
fn dotted_and_dotless_i_are_folded_only_for_languages_that_have_them() {
    let text = "QIZIL KITAB";
    let case = |casing: Casing, quoted: &str| {
        let index = Index::with_casing(vec![Source::plain("a", text)], casing).unwrap();
        let ask = Ask {
            casing,
            ..Ask::default()
        };
        check(&index, &Quotation::parse(quoted, casing).unwrap(), &ask).wording
    };
    assert_eq!(case(Casing::Turkic, "qızıl kıtab"), Wording::Verbatim);
    assert_ne!(case(Casing::Root, "qızıl kıtab"), Wording::Verbatim);
    assert_ne!(case(Casing::Turkic, "qizil kitab"), Wording::Verbatim);
}

#[test]
fn texts_at_the_limits_have_a_result_or_a_message() {
    let long = "a ".repeat(50_000_000);
    assert!(matches!(
        Index::new(vec![Source {
            name: "long".to_owned(),
            segments: vec![Segment {
                span: 0..long.len(),
                speaker: None,
                cited_as: None
            }],
            text: &long,
        }]),
        Err(IndexError::TooLong { .. })
    ));
    assert!(long.len() > MAX_TEXT);
    assert!(matches!(
        Quotation::parse(&long, Casing::Root),
        Err(QuotationError::TooLong(_))
    ));
    assert_eq!(
        Quotation::parse(&long[..20_000], Casing::Root),
        Err(QuotationError::TooManyWords)
    );
    for empty in ["", "  ", "“”", "\u{a0}\n"] {
        assert_eq!(
            Quotation::parse(empty, Casing::Root),
            Err(QuotationError::Empty),
            "{empty:?}"
        );
    }
    let index = Index::new(vec![Source::plain("one", "a"), Source::plain("none", "")]).unwrap();
    assert_eq!(checked(&index, "a", None).outcome, Outcome::Verbatim);
    assert_eq!(checked(&index, "b", None).outcome, Outcome::NotFound);
    assert_eq!(checked(&index, "?", None).outcome, Outcome::NotFound);
    let nothing = Index::new(Vec::new()).unwrap();
    assert_eq!(checked(&nothing, "a", None).outcome, Outcome::NotFound);
    let outside = Source {
        segments: vec![Segment {
            span: 0..9,
            speaker: None,
            cited_as: None,
        }],
        ..Source::plain("s", "short")
    };
    assert!(matches!(Index::new(vec![outside]), Err(IndexError::Segment { .. })));
}

#[test]
fn our_own_strings_are_quotations_and_sources() {
    every_string(&own("strings.json"));
}

#[test]
fn the_big_list_are_quotations_and_sources() {
    if let Some(path) = public("strings/blns.json") {
        every_string(&serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap());
    }
}

fn every_string(strings: &Value) {
    let hearing = fixture("hearing.txt");
    let hearing = Index::new(vec![transcript("hearing.txt", &hearing)]).unwrap();
    for text in strings.as_array().unwrap() {
        let text = text.as_str().unwrap();
        let index = Index::new(vec![Source::plain("string", text)]).unwrap();
        assert_eq!(checked(&index, "nobody was asked to leave", None).searched.sources, 1);
        let Ok(quotation) = Quotation::parse(text, Casing::Root) else {
            continue;
        };
        check(&hearing, &quotation, &Ask::default());
        let itself = check(&index, &quotation, &Ask::default());
        // Brackets and covered letters stand for something else than themselves.
        if !text.contains(['[', '(', '{', '*', '•', '█', '■']) {
            assert!(itself.wording <= Wording::Elided, "{text:?} {itself:?}");
        }
    }
}

/// A stretch of words of the hearing: its text, and where its words begin and end within it.
fn stretch() -> impl Strategy<Value = (String, Vec<std::ops::Range<usize>>)> {
    (any::<prop::sample::Index>(), any::<prop::sample::Index>(), 2_usize..20).prop_map(|(segment, start, length)| {
        let hearing = fixture("hearing.txt");
        let source = transcript("hearing.txt", &hearing);
        let span = source.segments[segment.index(source.segments.len())].span.clone();
        let text = &hearing[span];
        let words: Vec<_> = tokens(text)
            .unwrap()
            .into_iter()
            .filter(|token| token.is_word())
            .map(|token| token.span())
            .collect();
        let first = start.index(words.len());
        let last = (first + length).min(words.len()) - 1;
        let from = words[first].start;
        let moved = words[first..=last]
            .iter()
            .map(|word| word.start - from..word.end - from);
        (text[from..words[last].end].to_owned(), moved.collect())
    })
}

fn hearing_wording(text: &str) -> Checked {
    let hearing = fixture("hearing.txt");
    let index = Index::new(vec![transcript("hearing.txt", &hearing)]).unwrap();
    checked(&index, text, None)
}

proptest! {
    #[test]
    fn a_passage_cut_out_of_a_source_is_verbatim_to_the_byte((text, _) in stretch()) {
        let checked = hearing_wording(&text);
        prop_assert_eq!(checked.wording, Wording::Verbatim, "{} {:?}", text, checked);
        prop_assert_eq!(checked.level, Some(Level::Bytes), "{} {:?}", text, checked);
    }

    #[test]
    fn a_passage_with_one_word_changed_is_never_verbatim((text, words) in stretch(), at in any::<prop::sample::Index>()) {
        // What stands in brackets is the writer's own.
        prop_assume!(!text.contains('['));
        let word = words[at.index(words.len())].clone();
        let changed = format!("{}zebra{}", &text[..word.start], &text[word.end..]);
        let checked = hearing_wording(&changed);
        prop_assert!(checked.wording >= Wording::Altered, "{} {:?}", changed, checked);
    }

    #[test]
    fn a_negation_that_is_put_in_is_never_passed_over((text, words) in stretch(), at in any::<prop::sample::Index>()) {
        prop_assume!(words.len() > 1 && !text.contains('['));
        let place = words[at.index(words.len() - 1)].end;
        // A second `not` beside one would be a repeat of the quotation's own, which is no less an addition.
        let changed = format!("{} not{}", &text[..place], &text[place..]);
        let checked = hearing_wording(&changed);
        prop_assert!(checked.wording >= Wording::Altered, "{} {:?}", changed, checked);
    }

    #[test]
    fn a_negation_that_is_taken_out_is_never_passed_over((text, words) in stretch()) {
        let denies = |word: &str| matches!(word, "not" | "never" | "nobody");
        let inner = words.iter().skip(1).take(words.len().saturating_sub(2));
        for word in inner.filter(|word| denies(&text[(*word).clone()])) {
            let changed = format!("{}{}", &text[..word.start], text[word.end..].trim_start());
            // Without the word it may be what somebody says elsewhere.
            if fixture("hearing.txt").contains(&changed) {
                continue;
            }
            let checked = hearing_wording(&changed);
            prop_assert!(checked.wording >= Wording::Altered, "{} {:?}", changed, checked);
        }
    }

    #[test]
    fn the_order_of_sources_changes_nothing((text, words) in stretch(), at in any::<prop::sample::Index>(), turn in 0_usize..3) {
        let (hearing, note, article) = (fixture("hearing.txt"), fixture("note.txt"), fixture("article.txt"));
        let word = words[at.index(words.len())].clone();
        let changed = format!("{}[…]{}", &text[..word.start], &text[word.end..]);
        let mut sources = vec![transcript("hearing", &hearing), Source::plain("note", &note), Source::plain("article", &article)];
        let first = checked(&Index::new(sources.clone()).unwrap(), &changed, None);
        sources.rotate_left(turn);
        sources.swap(0, 1);
        prop_assert_eq!(first, checked(&Index::new(sources).unwrap(), &changed, None));
    }
}

/// Every eighth quotation of the held-out half, which is quick enough for a build without
/// optimisation; `cargo run --release -p xtask -- bench-quotes FOLDER` checks them all.
#[test]
fn the_labelled_transcripts_come_out_as_labelled() {
    const EVERY: usize = 8;
    let Some(quotes) = public("transcripts/quotes.jsonl") else {
        return;
    };
    let (documents, quotations) = set::read(quotes.parent().unwrap()).unwrap();
    let index = Index::new(documents.iter().map(set::source).collect()).unwrap();
    let held_out = quotations
        .iter()
        .filter(|quotation| !set::is_for_tuning(&quotation.document));
    let (mut total, mut right) = (0_usize, 0_usize);
    for quotation in held_out.step_by(EVERY) {
        let ask = Ask {
            speaker: Some(quotation.speaker.clone()),
            within: Some(vec![index.source_named(&quotation.document).unwrap()]),
            ..Ask::default()
        };
        let checked = check(&index, &Quotation::parse(&quotation.text, Casing::Root).unwrap(), &ask);
        let came = set::label(&checked);
        total += 1;
        right += usize::from(came == quotation.label);
        let acquitted = set::is_grave(&quotation.label) && came.starts_with("VERBATIM") && came != "VERBATIM_CLEANED";
        let (id, kind, label) = (&quotation.id, &quotation.kind, &quotation.label);
        assert!(!acquitted, "{id} ({kind}) is {label} and came out as {came}");
    }
    println!("{right} of {total} labels; {} in the table's order", set::LABELS.len());
    assert!(right * 100 >= total * 99, "{right} of {total}");
}
