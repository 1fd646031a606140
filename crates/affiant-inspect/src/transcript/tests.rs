#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::*;

fn turns(text: &str) -> Vec<(String, String, usize)> {
    let transcript = parse(text.as_bytes()).unwrap();
    check(text, &transcript);
    transcript
        .turns
        .into_iter()
        .map(|turn| (turn.speaker, turn.words, turn.line))
        .collect()
}

fn unparsed(text: &str) -> Vec<String> {
    let transcript = parse(text.as_bytes()).unwrap();
    check(text, &transcript);
    transcript.unparsed.into_iter().map(|line| line.text).collect()
}

fn turn(speaker: &str, words: &str, line: usize) -> (String, String, usize) {
    (speaker.to_owned(), words.to_owned(), line)
}

/// What holds for every transcript: spans slice exactly, nothing overlaps, and the only characters
/// outside turns, labels and unparsed lines are blanks, line ends, byte order mark and the sign
/// after a label.
fn check(text: &str, transcript: &Transcript) {
    let mut covered = vec![false; text.len()];
    let mut cover = |span: Range<usize>| {
        for byte in &mut covered[span] {
            assert!(!*byte, "covered twice");
            *byte = true;
        }
    };
    for turn in &transcript.turns {
        assert_eq!(turn.words, text[turn.span.clone()]);
        assert!(!turn.words.is_empty());
        cover(turn.span.clone());
        let label = text[..turn.span.start].rfind(&turn.speaker).unwrap();
        let label = label..label + turn.speaker.len();
        let sign = text[label.end..turn.span.start].trim();
        assert!([":", "：", "."].contains(&sign), "{sign:?} after {:?}", turn.speaker);
        cover(label.start..turn.span.start);
    }
    for line in &transcript.unparsed {
        assert_eq!(line.text, text[line.span.clone()]);
        assert!(!line.text.is_empty());
        cover(line.span.clone());
    }
    for (at, c) in text.char_indices() {
        let outside = is_blank(c) || c == '\n' || c == '\r' || (at == 0 && c == '\u{feff}');
        assert!(covered[at] || outside, "{c:?} at {at} is lost");
    }
}

#[test]
fn turns_continue_until_a_label_or_a_blank_line() {
    let text = "Heading\n\nLAWYER: One\nplain\n    indented\nCLIENT:\n  on the next line\n\nA remark.\n";
    assert_eq!(
        turns(text),
        [
            turn("LAWYER", "One\nplain\n    indented", 3),
            turn("CLIENT", "on the next line", 6),
        ]
    );
    assert_eq!(unparsed(text), ["Heading", "A remark."]);
}

#[test]
fn a_label_without_words_is_kept_unparsed() {
    assert_eq!(
        unparsed("APPEARANCES:\n\nBY MR. LEE:\nQ. Yes?\n"),
        ["APPEARANCES:", "BY MR. LEE:"]
    );
}

#[test]
fn questions_and_answers_of_a_deposition() {
    let text = "     Q.   Did he say this: no?\n     A.   Yes: he\n  did.\nTHE WITNESS: May I?\nQ.\n";
    assert_eq!(
        turns(text),
        [
            turn("Q", "Did he say this: no?", 1),
            turn("A", "Yes: he\n  did.", 2),
            turn("THE WITNESS", "May I?", 4),
        ]
    );
    assert_eq!(unparsed(text), ["Q."]);
}

#[test]
fn without_questions_a_is_an_initial() {
    assert_eq!(
        turns("A. Smith: hello\nA. Jones was there\n"),
        [turn("A. Smith", "hello\nA. Jones was there", 1)]
    );
}

#[test]
fn labels_of_any_script() {
    for (line, label) in [
        ("LAWYER: x", "LAWYER"),
        ("Mr. J. Q. Smith-Jones: x", "Mr. J. Q. Smith-Jones"),
        ("J.Q. O'Neill : x", "J.Q. O'Neill"),
        ("SPEAKER 1:\tx", "SPEAKER 1"),
        ("Counsel (by telephone): x", "Counsel (by telephone)"),
        ("[Interpreter]: x", "[Interpreter]"),
        ("Ludwig van Beethoven: x", "Ludwig van Beethoven"),
        ("Adil Rza oğlu Əliyev: x", "Adil Rza oğlu Əliyev"),
        ("İNTERVYU ALAN: x", "İNTERVYU ALAN"),
        ("АДВОКАТ: x", "АДВОКАТ"),
        ("ადვოკატი: x", "ადვოკატი"),
        ("المحامي:نعم", "المحامي"),
        ("律师：你好", "律师"),
        ("律师:你好", "律师"),
        ("\u{202e}CLIENT\u{202c}: x", "\u{202e}CLIENT\u{202c}"),
    ] {
        assert_eq!(label_before_colon(line).map(|(label, _)| label), Some(label), "{line}");
    }
}

#[test]
fn sentences_times_and_addresses_are_no_labels() {
    for line in [
        "I told him this: do not go",
        "He said: no",
        "at 10:30 we stopped",
        "10:30 we stopped",
        "10: 30",
        "https://example.org/a",
        "CLIENT:words",
        "So, Then: no",
        "Stopped. Then: no",
        "Why? Because: no",
        "One Two Three Four Five Six: no",
        "An-Exceedingly-Long-Label-That-Goes-On-And-On: no",
        "He … Then: no",
        ": no",
        "no colon",
        "",
    ] {
        assert_eq!(label_before_colon(line), None, "{line}");
    }
    let forty = "Ə".repeat(MAX_LABEL_CHARS);
    assert!(label_before_colon(&format!("{forty}: x")).is_some());
    assert!(label_before_colon(&format!("{forty}Ə: x")).is_none());
}

#[test]
fn doubtful_labels_are_listed() {
    let text = "client: hello\n\nLAWYER: Well.\nPrison officer: time is up.\nat 10:30 he left\n";
    let transcript = parse(text.as_bytes()).unwrap();
    let doubtful: Vec<_> = transcript.possible_labels.iter().map(|line| line.line).collect();
    assert_eq!(doubtful, [1, 4]);
    assert_eq!(transcript.turns.len(), 1);
    assert_eq!(transcript.unparsed[0].text, "client: hello");
}

#[test]
fn bytes_are_kept_as_they_are() {
    let text = "\u{feff}LAWYER: \u{202e}abc\u{202c}\u{2028}d\r\n\te\u{301} \r\nCLIENT:\u{a0}f\rX: g";
    assert_eq!(
        turns(text),
        [
            turn("LAWYER", "\u{202e}abc\u{202c}\u{2028}d\r\n\te\u{301}", 1),
            turn("CLIENT", "f", 3),
            turn("X", "g", 4),
        ]
    );
    assert_eq!(unparsed("\u{feff}heading"), ["heading"]);
}

#[test]
fn what_cannot_be_read_says_why() {
    assert_eq!(parse(b""), Err(TranscriptError::Empty));
    assert_eq!(parse("\u{feff} \r\n\t\n".as_bytes()), Err(TranscriptError::Empty));
    let error = parse(b"A: b\nC: caf\xe9\n").unwrap_err();
    assert_eq!(error, TranscriptError::NotUtf8 { offset: 11, line: 2 });
    assert!(error.to_string().contains("Save it as UTF-8"));
    assert_eq!(
        parse(b"\xff\xfeL\0"),
        Err(TranscriptError::NotUtf8 { offset: 0, line: 1 })
    );
    assert_eq!(
        parse(b"A: b\n\xff"),
        Err(TranscriptError::NotUtf8 { offset: 5, line: 2 })
    );
}

#[test]
fn limits_hold() {
    let bytes = MAX_TRANSCRIPT_BYTES + 1;
    assert_eq!(parse(&vec![b'a'; bytes]), Err(TranscriptError::TooLarge { bytes }));
    assert_eq!(parse(&vec![b'\n'; MAX_LINES + 1]), Err(TranscriptError::TooManyLines));
    let most = "A: b\n".repeat(MAX_TURNS);
    assert_eq!(parse(most.as_bytes()).unwrap().turns.len(), MAX_TURNS);
    assert_eq!(
        parse(format!("{most}A: b").as_bytes()),
        Err(TranscriptError::TooManyTurns)
    );
}

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        proptest::sample::select(vec![
            "LAWYER: ",
            "CLIENT:",
            "Q. ",
            "A. ",
            "律师：",
            "He said: ",
            "\n",
            "\r\n",
            "\r",
            "\n\n",
            " ",
            "\t",
            "\u{a0}",
            "\u{2028}",
            "\u{85}",
            "\u{202e}",
            "\u{feff}",
            ":",
            ".",
            "words",
            "10:30",
        ])
        .prop_map(str::to_owned),
        "\\PC{0,12}",
    ]
}

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = parse(&bytes);
    }

    #[test]
    fn spans_slice_exactly_and_no_line_is_lost(pieces in proptest::collection::vec(piece(), 0..40)) {
        let text = pieces.concat();
        match parse(text.as_bytes()) {
            Ok(transcript) => check(&text, &transcript),
            Err(error) => prop_assert_eq!(error, TranscriptError::Empty),
        }
    }
}
