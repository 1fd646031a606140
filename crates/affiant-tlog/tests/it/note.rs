use affiant_tlog::note::{
    MAX_NOTE_BYTES, MAX_SIGNATURES, MAX_TEXT_BYTES, Note, NoteText, NoteTextError, ParseNoteError,
    SignNoteError, VerifierKey, VerifierKeyError, VerifyNoteError, is_key_name,
};
use base64::prelude::{BASE64_STANDARD, Engine as _};
use ed25519_dalek::{Signer as _, SigningKey};
use proptest::prelude::*;

use crate::support::{key_named, log_key, sign};

const PAGE_KEY: &str = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
const PAGE_NOTE: &str = "This is an example message.\n\n\
    — example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";
const PAGE_POEM: &str = "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera.\n\n\
    — quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=\n";

fn signed(text: &str) -> Note {
    Note::sign(NoteText::new(text).unwrap(), &log_key(), sign).unwrap()
}

/// The bytes after the signature lines' start, as a line of a key that nobody knows.
fn unknown_line(name: &str) -> String {
    format!("— {name} {}\n", BASE64_STANDARD.encode([5; 40]))
}

#[test]
fn the_example_of_the_specification_verifies() {
    let key: VerifierKey = PAGE_KEY.parse().unwrap();
    assert_eq!(key.to_string(), PAGE_KEY);
    assert_eq!(key.name(), "example.com/foo");
    assert_eq!(key.id().to_string(), "530d903a");
    let note = Note::parse(PAGE_NOTE.as_bytes()).unwrap();
    assert_eq!(note.to_string(), PAGE_NOTE);
    let verified = note.verify(std::slice::from_ref(&key)).unwrap();
    assert_eq!(verified.text().as_str(), "This is an example message.\n");
    assert_eq!(verified.signers(), [key]);
}

#[test]
fn the_last_empty_line_ends_the_text() {
    let note = Note::parse(PAGE_POEM.as_bytes()).unwrap();
    assert!(
        note.unverified_text()
            .as_str()
            .ends_with("sole:\n\ned è subito sera.\n")
    );
    assert_eq!(note.unverified_signatures().len(), 1);
    assert_eq!(note.to_string(), PAGE_POEM);
    for text in ["\n", "\n\n", "a\n\n", "a\n\n\nb\n\n\n"] {
        let note = signed(text);
        let again = Note::parse(note.to_string().as_bytes()).unwrap();
        assert_eq!(again, note);
        assert_eq!(again.verify(&[log_key()]).unwrap().text().as_str(), text);
    }
}

#[test]
fn no_flipped_bit_of_a_note_goes_unnoticed() {
    let key: VerifierKey = PAGE_KEY.parse().unwrap();
    for byte in 0..PAGE_NOTE.len() {
        for bit in 0..8 {
            let mut changed = PAGE_NOTE.as_bytes().to_vec();
            changed[byte] ^= 1 << bit;
            let verified = Note::parse(&changed)
                .ok()
                .and_then(|note| note.verify(std::slice::from_ref(&key)).ok());
            assert_eq!(verified, None, "byte {byte}, bit {bit}");
        }
    }
}

#[test]
fn malformed_notes_are_refused() {
    let good = signed("text\n").to_string();
    let line = &good[6..];
    let base64 = line.trim_end().rsplit(' ').next().unwrap();
    let short = BASE64_STANDARD.encode([1; 4]);
    let many = "text\n\n".to_owned() + &line.repeat(MAX_SIGNATURES + 1);
    let sig = ParseNoteError::SignatureLine(1);
    for (note, error) in [
        (String::new(), ParseNoteError::NoSignatures),
        ("text\n".into(), ParseNoteError::NoSignatures),
        ("text\n\n".into(), ParseNoteError::NoSignatures),
        (format!("text\n{line}"), ParseNoteError::NoSignatures),
        (format!("\n{line}"), ParseNoteError::NoSignatures),
        (good.trim_end().into(), ParseNoteError::NoSignatures),
        (format!("{good}\n"), ParseNoteError::NoSignatures),
        (format!("{good}x\n"), ParseNoteError::SignatureLine(2)),
        (
            format!("text\r\n\n{line}"),
            NoteTextError::ControlCharacter.into(),
        ),
        (
            format!("te\txt\n\n{line}"),
            NoteTextError::ControlCharacter.into(),
        ),
        (
            format!("te\0xt\n\n{line}"),
            NoteTextError::ControlCharacter.into(),
        ),
        (good.replace('—', "-"), sig),
        (good.replace("— ", "—\u{a0}"), sig),
        (good.replace("— ", "—  "), sig),
        (good.replace("archive.example", "archive+example"), sig),
        (
            good.replace("archive.example", "archive\u{2003}example"),
            sig,
        ),
        (good.replace("archive.example", "archive\u{85}example"), sig),
        (good.replace(base64, &short), sig),
        (good.replace(base64, ""), sig),
        (good.replace(base64, &base64.replace('=', "")), sig),
        (good.replace(base64, &format!("{base64} ")), sig),
        (many, ParseNoteError::TooManySignatures),
        (
            "x".repeat(MAX_TEXT_BYTES) + "\n\n" + line,
            NoteTextError::TooLong.into(),
        ),
        (
            "x".repeat(MAX_NOTE_BYTES) + "\n\n" + line,
            ParseNoteError::TooLong,
        ),
    ] {
        assert_eq!(Note::parse(note.as_bytes()), Err(error), "{note:.120}");
    }
    let mut not_utf8 = good.clone().into_bytes();
    not_utf8[0] = 0xff;
    assert_eq!(Note::parse(&not_utf8), Err(ParseNoteError::NotUtf8));
    assert_eq!(
        NoteText::new("no newline"),
        Err(NoteTextError::NoFinalNewline)
    );
    assert_eq!(NoteText::new(""), Err(NoteTextError::NoFinalNewline));
}

#[test]
fn sixty_four_signatures_are_read_and_unknown_ones_ignored() {
    let mut text = signed("text\n").to_string();
    for number in 1..MAX_SIGNATURES {
        text += &unknown_line(&format!("witness.example/{number}"));
    }
    let note = Note::parse(text.as_bytes()).unwrap();
    assert_eq!(note.unverified_signatures().len(), MAX_SIGNATURES);
    let verified = note.verify(&[log_key()]).unwrap();
    assert_eq!(verified.signers(), [log_key()]);
    assert_eq!(verified.note().to_string(), text);
}

/// "Verifiers MUST ignore signatures from unknown keys, even if they share a name or ID (but not both)."
#[test]
fn a_shared_name_or_a_shared_id_makes_no_known_key() {
    let other = SigningKey::from_bytes(&[3; 32]);
    let same_name = VerifierKey::new(log_key().name(), other.verifying_key().as_bytes()).unwrap();
    let note = signed("text\n");
    assert_eq!(
        note.clone()
            .verify(&[same_name.clone(), key_named("other.example")]),
        Err(VerifyNoteError::NoKnownSignature)
    );
    assert_eq!(
        note.clone().verify(&[]),
        Err(VerifyNoteError::NoKnownSignature)
    );

    let renamed = note
        .to_string()
        .replace("archive.example", "copycat.example");
    let note = Note::parse(renamed.as_bytes()).unwrap();
    assert_eq!(
        note.verify(&[log_key()]),
        Err(VerifyNoteError::NoKnownSignature)
    );
}

#[test]
fn a_wrong_signature_by_a_known_key_rejects_the_note() {
    let good = signed("text\n").to_string();
    let other_line = &signed("other text\n").to_string()["other text\n\n".len()..];
    let wrong = VerifyNoteError::WrongSignature {
        name: log_key().name().into(),
        id: log_key().id(),
    };
    for note in [
        format!("text\n\n{other_line}"),
        format!("{good}{other_line}"),
    ] {
        let note = Note::parse(note.as_bytes()).unwrap();
        assert_eq!(note.verify(&[log_key()]), Err(wrong.clone()));
    }
    let decoded = [&log_key().id().0[..], &[1; 63]].concat();
    let short = format!(
        "text\n\n— {} {}\n",
        log_key().name(),
        BASE64_STANDARD.encode(decoded)
    );
    let note = Note::parse(short.as_bytes()).unwrap();
    assert_eq!(note.verify(&[log_key()]), Err(wrong));
}

#[test]
fn a_right_signature_twice_counts_once() {
    let good = signed("text\n").to_string();
    let twice = format!("{good}{}", &good["text\n\n".len()..]);
    let verified = Note::parse(twice.as_bytes())
        .unwrap()
        .verify(&[log_key(), log_key()])
        .unwrap();
    assert_eq!(verified.signers(), [log_key()]);
    assert_eq!(verified.note().unverified_signatures().len(), 2);
}

#[test]
fn a_signer_with_another_key_or_none_makes_no_note() {
    let text = NoteText::new("text\n").unwrap();
    let other = SigningKey::from_bytes(&[3; 32]);
    let by_other = |message: &[u8]| Ok::<_, ()>(other.sign(message).to_bytes());
    assert_eq!(
        Note::sign(text.clone(), &log_key(), by_other),
        Err(SignNoteError::OtherKey)
    );
    assert_eq!(
        Note::sign(text, &log_key(), |_| Err("the agent is gone")),
        Err(SignNoteError::Signer("the agent is gone"))
    );
}

#[test]
fn malformed_verifier_keys_are_refused() {
    let (name, rest) = PAGE_KEY.split_once('+').unwrap();
    let (id, base64) = rest.split_once('+').unwrap();
    let raw = BASE64_STANDARD.decode(base64).unwrap();
    let typed = |t: u8| BASE64_STANDARD.encode([&[t], &raw[1..]].concat());
    let long_name = "n".repeat(256);
    for (text, error) in [
        (String::new(), VerifierKeyError::Malformed),
        (name.to_owned(), VerifierKeyError::Malformed),
        (format!("{name}+{id}"), VerifierKeyError::Malformed),
        (format!("{name}+{id}+"), VerifierKeyError::Malformed),
        (format!("{PAGE_KEY}\n"), VerifierKeyError::Malformed),
        (
            format!("{name}+{id}+{}", &base64[..43]),
            VerifierKeyError::Malformed,
        ),
        (
            format!("{name}+{}+{base64}", id.to_uppercase()),
            VerifierKeyError::Malformed,
        ),
        (
            format!("{name}+{}+{base64}", &id[1..]),
            VerifierKeyError::Malformed,
        ),
        (
            format!("{name}++30d903a+{base64}"),
            VerifierKeyError::Malformed,
        ),
        (
            format!("{name}+530d903b+{base64}"),
            VerifierKeyError::IdMismatch,
        ),
        (
            format!("other.example+{id}+{base64}"),
            VerifierKeyError::IdMismatch,
        ),
        (format!("+{id}+{base64}"), VerifierKeyError::Name),
        (format!("two words+{id}+{base64}"), VerifierKeyError::Name),
        (format!("{long_name}+{id}+{base64}"), VerifierKeyError::Name),
        (
            format!("{name}+{id}+{}", typed(2)),
            VerifierKeyError::UnsupportedType(2),
        ),
        (
            format!("{name}+{id}+{}", typed(4)),
            VerifierKeyError::UnsupportedType(4),
        ),
        (
            format!("{name}+{id}+{}", BASE64_STANDARD.encode(&raw[..32])),
            VerifierKeyError::NotAPoint,
        ),
    ] {
        assert_eq!(text.parse::<VerifierKey>(), Err(error), "{text}");
    }
}

#[test]
fn weak_and_non_canonical_keys_are_refused() {
    let hex = |text: &str| -> [u8; 32] {
        std::array::from_fn(|i| u8::from_str_radix(&text[2 * i..2 * i + 2], 16).unwrap())
    };
    // The eight points of small order, in their canonical encodings.
    for weak in [
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
    ] {
        assert_eq!(
            VerifierKey::new("a", &hex(weak)),
            Err(VerifierKeyError::Weak),
            "{weak}"
        );
    }
    for low in 0xed..=0xff_u8 {
        for high in [0x7f, 0xff] {
            let mut key = [0xff; 32];
            key[0] = low;
            key[31] = high;
            assert_eq!(
                VerifierKey::new("a", &key),
                Err(VerifierKeyError::NotAPoint)
            );
        }
    }
    let mut no_point = [0; 32];
    no_point[0] = 2;
    assert_eq!(
        VerifierKey::new("a", &no_point),
        Err(VerifierKeyError::NotAPoint)
    );
}

#[test]
fn key_names() {
    for good in ["a", "example.com/foo", "é", "PeterNeumann", "a\u{200b}b"] {
        assert!(is_key_name(good), "{good:?}");
    }
    for bad in [
        "",
        " ",
        "a b",
        "a+b",
        "a\u{a0}b",
        "a\u{3000}b",
        "a\u{1680}",
        "\u{2028}",
        "a\tb",
        "a\u{1}",
    ] {
        assert!(!is_key_name(bad), "{bad:?}");
    }
}

proptest! {
    #[test]
    fn what_is_signed_reads_back(text in "[^\\p{Cc}]{0,20}(\n[^\\p{Cc}]{0,9}){0,4}\n") {
        let note = signed(&text);
        let again = Note::parse(note.to_string().as_bytes()).unwrap();
        prop_assert_eq!(&again, &note);
        let verified = again.verify(&[log_key()]).unwrap();
        prop_assert_eq!(verified.text().as_str(), text);
    }

    #[test]
    fn what_is_accepted_prints_the_same(
        position in 0..PAGE_POEM.len(), replacement in "[ \n+=—A-Za-z0-9/]{0,4}", cut in 0usize..6,
    ) {
        let start = PAGE_POEM.floor_char_boundary(position);
        let end = PAGE_POEM.floor_char_boundary((position + cut).min(PAGE_POEM.len()));
        let changed = format!("{}{replacement}{}", &PAGE_POEM[..start], &PAGE_POEM[end..]);
        if let Ok(note) = Note::parse(changed.as_bytes()) {
            prop_assert_eq!(note.to_string(), changed);
        }
    }

    #[test]
    fn a_verifier_key_reads_back(name in "[^\\p{Cc}\\p{Z}+]{1,40}", seed in any::<[u8; 32]>()) {
        let public = SigningKey::from_bytes(&seed).verifying_key();
        let key = VerifierKey::new(&name, public.as_bytes()).unwrap();
        prop_assert_eq!(key.to_string().parse(), Ok(key));
    }

    #[test]
    fn an_accepted_verifier_key_prints_the_same(
        position in 0..PAGE_KEY.len(), replacement in "[ +=A-Za-z0-9/]{0,2}", cut in 0usize..3,
    ) {
        let end = (position + cut).min(PAGE_KEY.len());
        let changed = format!("{}{replacement}{}", &PAGE_KEY[..position], &PAGE_KEY[end..]);
        if let Ok(key) = changed.parse::<VerifierKey>() {
            prop_assert_eq!(key.to_string(), changed);
        }
    }
}
