use affiant_tlog::merkle::{Hash, MAX_PROOF_HASHES, ProofError, inclusion_proof, leaf_hash};
use affiant_tlog::note::{ParseNoteError, VerifyNoteError};
use affiant_tlog::proof::{
    InclusionProof, MAX_EXTRA_BYTES, MAX_PROOF_BYTES, ParseProofError, VerifyProofError,
};
use affiant_tlog::tile::TileHashReader;
use proptest::prelude::*;

use crate::support::{Files, entry, key_named, leaves, log_key, signed_head};

const SIZE: u64 = 300;

/// The head of the specification's example; its checkpoint is abridged there and cannot be read.
const PAGE_HEAD: &str = "c2sp.org/tlog-proof@v1
extra YWdlLXYxLjIuMS1kYXJ3aW4tYXJtNjQudGFyLmd6kYXJ3aW4tYXJ
index 73894
gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=
B95lDa8R83lS8n0eG+o0buTxRKQTYFi//1U8anccXmA=
EKNzoDWG8LGC0Yp9o+sv3qllpMP9uHQ9B20KNL+Q1zs=
RoopEkOdqkYqMB4MJXrbt/hMjOxsVn0IrWjpz1ZMMes=
AHCioX9nLjsrse6YhjRRmk1WUEirVOLLRoOQ6vfO5vk=
";

fn proof_of(index: u64, size: u64, extra: Option<Vec<u8>>) -> InclusionProof {
    let files = Files::of_size(size);
    let hashes = inclusion_proof(index, size, &TileHashReader::new(size, &files)).unwrap();
    InclusionProof::new(index, hashes, signed_head(size), extra).unwrap()
}

#[test]
fn a_proof_verifies_for_its_entry_and_its_log_only() {
    for (index, extra) in [(0, None), (256, Some(b"extra".to_vec())), (SIZE - 1, None)] {
        let text = proof_of(index, SIZE, extra.clone()).to_string();
        let proof = InclusionProof::parse(text.as_bytes()).unwrap();
        assert_eq!(proof.to_string(), text);
        assert_eq!(proof.unverified_extra(), extra.as_deref());
        assert_eq!(proof.unverified_index(), index);

        let leaf = leaf_hash(&entry(index));
        let included = proof.verify(&log_key(), &leaf).unwrap();
        assert_eq!(included.index(), index);
        assert_eq!(included.leaf(), leaf);
        assert_eq!(included.checkpoint().checkpoint().size(), SIZE);

        assert_eq!(
            proof.verify(&log_key(), &leaf_hash(&entry(index + 1))),
            Err(ProofError::RootMismatch.into())
        );
        assert_eq!(
            proof.verify(&key_named("other.example"), &leaf),
            Err(VerifyProofError::Checkpoint(
                VerifyNoteError::NoKnownSignature.into()
            ))
        );
    }
}

#[test]
fn the_only_entry_of_a_log_needs_no_hashes() {
    let text = proof_of(0, 1, None).to_string();
    assert!(text.starts_with("c2sp.org/tlog-proof@v1\nindex 0\n\narchive.example/"));
    let proof = InclusionProof::parse(text.as_bytes()).unwrap();
    assert!(proof.verify(&log_key(), &leaf_hash(&entry(0))).is_ok());
}

#[test]
fn the_head_of_the_specification_s_example_is_read() {
    let text = format!("{PAGE_HEAD}\n{}", signed_head(SIZE));
    let proof = InclusionProof::parse(text.as_bytes()).unwrap();
    assert_eq!(proof.unverified_index(), 73_894);
    assert!(
        proof
            .unverified_extra()
            .is_some_and(|extra| extra.starts_with(b"age-v1.2.1-darwin-arm64.tar.gz"))
    );
    assert_eq!(proof.to_string(), text);
}

#[test]
fn no_flipped_bit_of_a_proof_goes_unnoticed() {
    let text = proof_of(5, 7, None).to_string();
    let leaf = leaf_hash(&entry(5));
    for byte in 0..text.len() {
        for bit in 0..8 {
            let mut changed = text.clone().into_bytes();
            changed[byte] ^= 1 << bit;
            let verified = InclusionProof::parse(&changed)
                .ok()
                .and_then(|proof| proof.verify(&log_key(), &leaf).ok());
            assert_eq!(verified, None, "byte {byte}, bit {bit}");
        }
    }
}

/// It makes another checkpoint text, with an empty origin, which nobody has signed.
#[test]
fn an_additional_empty_line_before_the_checkpoint_does_not_verify() {
    let good = proof_of(5, 7, None).to_string();
    let changed = good.replace("\n\narchive", "\n\n\narchive");
    let proof = InclusionProof::parse(changed.as_bytes()).unwrap();
    assert!(matches!(
        proof.verify(&log_key(), &leaf_hash(&entry(5))),
        Err(VerifyProofError::Checkpoint(_))
    ));
    assert_eq!(proof.to_string(), changed);
}

#[test]
fn malformed_proofs_are_refused() {
    let good = proof_of(5, 7, Some(b"extra".to_vec())).to_string();
    let hash = leaves(1)[0].to_string();
    let checkpoint = signed_head(7);
    let no_note = ParseProofError::Checkpoint(ParseNoteError::NoSignatures);
    for (text, error) in [
        (String::new(), ParseProofError::FirstLine),
        (good.replace("@v1", "@v2"), ParseProofError::FirstLine),
        (format!("\n{good}"), ParseProofError::FirstLine),
        (good.replace("@v1\n", "@v1\r\n"), ParseProofError::FirstLine),
        (
            good.replace("extra ZXh0cmE=", "extra "),
            ParseProofError::Extra,
        ),
        (
            good.replace("extra ZXh0cmE=", "extra ZXh0cmE"),
            ParseProofError::Extra,
        ),
        (
            good.replace("extra ZXh0cmE=", "extra ZXh0cmF="),
            ParseProofError::Extra,
        ),
        (
            good.replace("extra ZXh0cmE=", "extra  ZXh0cmE="),
            ParseProofError::Extra,
        ),
        (
            good.replace("extra ZXh0cmE=", "extra"),
            ParseProofError::Index,
        ),
        (
            good.replace("extra ZXh0cmE=", "extra ZXh0cmE=\nextra ZXh0cmE="),
            ParseProofError::Index,
        ),
        (good.replace("index 5", "index 05"), ParseProofError::Index),
        (good.replace("index 5", "index +5"), ParseProofError::Index),
        (good.replace("index 5", "index  5"), ParseProofError::Index),
        (good.replace("index 5", "index 5 "), ParseProofError::Index),
        (good.replace("index 5\n", ""), ParseProofError::Index),
        (
            good.replace("index 5", "index 5\nindex 5"),
            ParseProofError::Hash(1),
        ),
        (
            good.replace("index 5", "index 5\nextra ZXh0cmE="),
            ParseProofError::Hash(1),
        ),
        (
            good.replace("index 5", "index 5\nAAAA"),
            ParseProofError::Hash(1),
        ),
        (
            good.replace("index 5", &format!("index 5\n{hash} ")),
            ParseProofError::Hash(1),
        ),
        (
            good.replace(
                "index 5",
                &format!("index 5{}", format!("\n{hash}").repeat(MAX_PROOF_HASHES)),
            ),
            ParseProofError::TooManyHashes,
        ),
        (
            good.split_once("\n\n").unwrap().0.to_owned(),
            ParseProofError::NoCheckpoint,
        ),
        (
            good.split_once("\n\n").unwrap().0.to_owned() + "\n",
            ParseProofError::Hash(4),
        ),
        (
            good.split_once("\n\n").unwrap().0.to_owned() + "\n\n",
            ParseProofError::NoCheckpoint,
        ),
        (
            good.rsplit_once("\n\n").unwrap().0.to_owned() + "\n",
            no_note,
        ),
        ("x".repeat(MAX_PROOF_BYTES + 1), ParseProofError::TooLong),
    ] {
        assert_eq!(
            InclusionProof::parse(text.as_bytes()),
            Err(error),
            "{text:.200}"
        );
    }
    let mut not_utf8 = good.into_bytes();
    not_utf8[0] = 0xff;
    assert_eq!(
        InclusionProof::parse(&not_utf8),
        Err(ParseProofError::NotUtf8)
    );

    let parts = |hashes: usize, extra: Option<Vec<u8>>| {
        InclusionProof::new(0, vec![Hash([1; 32]); hashes], checkpoint.clone(), extra)
    };
    assert_eq!(
        parts(MAX_PROOF_HASHES + 1, None),
        Err(ParseProofError::TooManyHashes)
    );
    assert_eq!(parts(0, Some(Vec::new())), Err(ParseProofError::Extra));
    assert_eq!(
        parts(0, Some(vec![1; MAX_EXTRA_BYTES + 1])),
        Err(ParseProofError::Extra)
    );
    let largest = parts(MAX_PROOF_HASHES, Some(vec![1; MAX_EXTRA_BYTES])).unwrap();
    assert_eq!(
        InclusionProof::parse(largest.to_string().as_bytes()),
        Ok(largest)
    );
}

proptest! {
    #[test]
    fn a_proof_reads_back(
        index in any::<u64>(), hashes in proptest::collection::vec(any::<[u8; 32]>(), 0..MAX_PROOF_HASHES),
        extra in proptest::option::of(proptest::collection::vec(any::<u8>(), 1..50)),
    ) {
        let hashes = hashes.into_iter().map(Hash).collect();
        let proof = InclusionProof::new(index, hashes, signed_head(3), extra).unwrap();
        prop_assert_eq!(InclusionProof::parse(proof.to_string().as_bytes()), Ok(proof));
    }

    #[test]
    fn an_accepted_proof_prints_the_same(position in 0usize..330, replacement in "[ \n=a-z0-9]{0,2}", cut in 0usize..3) {
        let text = proof_of(5, 7, Some(b"extra".to_vec())).to_string();
        let start = text.floor_char_boundary(position);
        let end = text.floor_char_boundary(position + cut);
        let changed = format!("{}{replacement}{}", &text[..start], &text[end..]);
        if let Ok(proof) = InclusionProof::parse(changed.as_bytes()) {
            prop_assert_eq!(proof.to_string(), changed);
        }
    }
}
