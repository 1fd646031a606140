use affiant_tlog::checkpoint::{
    Checkpoint, CheckpointError, OpenCheckpointError, SignCheckpointError, VerifiedCheckpoint,
};
use affiant_tlog::merkle::{Hash, MAX_TREE_SIZE, empty_root};
use affiant_tlog::note::{Note, NoteText, VerifyNoteError};
use proptest::prelude::*;

use crate::support::{ORIGIN, frontier, key_named, log_key, sign, signed_head};

const PAGE: &str = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n\
    — example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n";

fn parse(text: &str) -> Result<Checkpoint, CheckpointError> {
    Checkpoint::parse_unverified(&NoteText::new(text).unwrap())
}

#[test]
fn the_example_of_the_specification_is_read() {
    let note = Note::parse(PAGE.as_bytes()).unwrap();
    let checkpoint = Checkpoint::parse_unverified(note.unverified_text()).unwrap();
    assert_eq!(checkpoint.origin(), "example.com/behind-the-sofa");
    assert_eq!(checkpoint.size(), 20_852_163);
    assert_eq!(
        checkpoint.root().to_string(),
        "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="
    );
    assert_eq!(checkpoint.text(), *note.unverified_text());
}

#[test]
fn a_signed_checkpoint_opens_under_its_log_key_only() {
    let signed = signed_head(5).to_string();
    let opened = VerifiedCheckpoint::open(signed.as_bytes(), &log_key()).unwrap();
    assert_eq!(opened.checkpoint().origin(), ORIGIN);
    assert_eq!(opened.checkpoint().size(), 5);
    assert_eq!(opened.checkpoint().root(), frontier(5).root());
    assert_eq!(opened.note().note().to_string(), signed);
    assert_eq!(
        VerifiedCheckpoint::open(signed.as_bytes(), &key_named("other.example")),
        Err(VerifyNoteError::NoKnownSignature.into())
    );
    assert!(VerifiedCheckpoint::open(&signed.as_bytes()[1..], &log_key()).is_err());
}

#[test]
fn a_log_key_cannot_sign_for_another_origin() {
    let checkpoint = Checkpoint::new("other.example", 5, frontier(5).root()).unwrap();
    assert_eq!(
        checkpoint.sign(&log_key(), sign),
        Err(SignCheckpointError::OtherOrigin {
            origin: "other.example".into(),
            key: ORIGIN.into()
        })
    );
    let forced = Note::sign(checkpoint.text(), &log_key(), sign)
        .unwrap()
        .to_string();
    assert_eq!(
        VerifiedCheckpoint::open(forced.as_bytes(), &log_key()),
        Err(OpenCheckpointError::OtherOrigin {
            found: "other.example".into(),
            expected: ORIGIN.into()
        })
    );
}

#[test]
fn malformed_checkpoints_are_refused() {
    let root = frontier(5).root();
    let unpadded = root.to_string().replace('=', "");
    for (text, error) in [
        ("\n".to_owned(), CheckpointError::TooFewLines),
        ("o\n5\n".to_owned(), CheckpointError::TooFewLines),
        (format!("\n5\n{root}\n"), CheckpointError::Origin),
        (
            format!("{}\n5\n{root}\n", "o".repeat(256)),
            CheckpointError::Origin,
        ),
        (format!("o\n05\n{root}\n"), CheckpointError::Size),
        (format!("o\n+5\n{root}\n"), CheckpointError::Size),
        (format!("o\n-5\n{root}\n"), CheckpointError::Size),
        (format!("o\n 5\n{root}\n"), CheckpointError::Size),
        (format!("o\n\n{root}\n"), CheckpointError::Size),
        (format!("o\n5.0\n{root}\n"), CheckpointError::Size),
        (format!("o\n٥\n{root}\n"), CheckpointError::Size),
        (format!("o\n00\n{root}\n"), CheckpointError::Size),
        (
            format!("o\n18446744073709551616\n{root}\n"),
            CheckpointError::Size,
        ),
        (
            format!("o\n{}\n{root}\n", MAX_TREE_SIZE + 1),
            CheckpointError::TreeTooLarge,
        ),
        (format!("o\n5\n{unpadded}\n"), CheckpointError::Root),
        (format!("o\n5\n{root}=\n"), CheckpointError::Root),
        ("o\n5\n\n".to_owned(), CheckpointError::Root),
        ("o\n5\nAAAA\n".to_owned(), CheckpointError::Root),
        (format!("o\n0\n{root}\n"), CheckpointError::EmptyTreeRoot),
        (
            format!("o\n5\n{root}\nextension\n"),
            CheckpointError::ExtensionLines,
        ),
        (format!("o\n5\n{root}\n\n"), CheckpointError::ExtensionLines),
    ] {
        assert_eq!(parse(&text), Err(error), "{text}");
    }
    assert!(parse(&format!("o\n0\n{}\n", empty_root())).is_ok());
    assert!(parse(&format!("o\n{MAX_TREE_SIZE}\n{root}\n")).is_ok());
    for origin in ["", "a\nb", "a\tb"] {
        assert_eq!(
            Checkpoint::new(origin, 5, root),
            Err(CheckpointError::Origin)
        );
    }
}

#[test]
fn no_flipped_bit_of_a_checkpoint_goes_unnoticed() {
    let signed = signed_head(5).to_string();
    for byte in 0..signed.len() {
        for bit in 0..8 {
            let mut changed = signed.clone().into_bytes();
            changed[byte] ^= 1 << bit;
            assert!(
                VerifiedCheckpoint::open(&changed, &log_key()).is_err(),
                "byte {byte}, bit {bit}"
            );
        }
    }
}

proptest! {
    #[test]
    fn a_checkpoint_reads_back(origin in "[^\\p{Cc}]{1,50}", size in 1..=MAX_TREE_SIZE, root in any::<[u8; 32]>()) {
        let checkpoint = Checkpoint::new(&origin, size, Hash(root)).unwrap();
        prop_assert_eq!(Checkpoint::parse_unverified(&checkpoint.text()), Ok(checkpoint));
    }

    #[test]
    fn an_accepted_checkpoint_prints_the_same(
        origin in "[a+ é]{0,2}", size in "[0-9+]{0,3}", root in "[A-Za-z0-9+/]{42,43}[=AEIMgkQ]{1,2}", more in "\n{0,2}",
    ) {
        let text = format!("{origin}\n{size}\n{root}\n{more}");
        if let Ok(checkpoint) = parse(&text) {
            let printed = checkpoint.text();
            prop_assert_eq!(printed.as_str(), text);
        }
    }
}
