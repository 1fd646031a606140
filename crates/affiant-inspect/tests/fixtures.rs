//! The project's own synthetic exhibits are read as what they are.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;

use affiant_inspect::picture::{Colour, Format};
use affiant_inspect::{media_type, picture, transcript};

fn medium(name: &str) -> Vec<u8> {
    fs::read(
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../fixtures/media")
            .join(name),
    )
    .unwrap()
}

#[test]
fn the_letter_is_a_photograph() {
    let bytes = medium("letter.jpg");
    let letter = picture::inspect(&bytes).unwrap();
    assert_eq!((letter.format, letter.width, letter.height), (Format::Jpeg, 900, 1200));
    assert_eq!((letter.colour, letter.bits_per_channel), (Colour::Rgb, 8));
    assert_eq!(media_type(&bytes, "no name"), letter.media_type);
}

#[test]
fn the_transcript_is_turns_of_two_roles() {
    let bytes = medium("transcript.txt");
    assert_eq!(media_type(&bytes, "transcript.txt"), "text/plain; charset=utf-8");
    let transcript = transcript::parse(&bytes).unwrap();
    assert!(transcript.unparsed[0].text.starts_with("SYNTHETIC"));
    assert!(transcript.possible_labels.is_empty());
    let (asked, answered): (Vec<_>, Vec<_>) = transcript.turns.iter().partition(|turn| turn.speaker == "LAWYER");
    assert_eq!((asked.len(), answered.len()), (8, 8));
    assert!(answered.iter().all(|turn| turn.speaker == "CLIENT"));
    assert_eq!(answered[0].words, "I will not stop the hunger strike");
}

#[test]
fn the_notes_of_a_call_are_no_transcript() {
    let notes = transcript::parse(&medium("call-notes.txt")).unwrap();
    assert!(notes.turns.is_empty());
    assert!(notes.unparsed[0].text.starts_with("SYNTHETIC"));
}
