//! The commands of `spec/verification.md`, "Without this program", run by the real
//! programs: they accept what is genuine, and stop at the block that is to find what was
//! changed.

use affiant::bundle::Bundle;
use affiant::check::Code;
use affiant::digest::Digest;
use affiant::encode::{base64, json};
use affiant::envelope::Envelope;
use serde_json::{Value, json};

use crate::archive_in_memory::Builder;
use crate::example;
use crate::shell_blocks::*;

/// Another character of the same alphabet in place of the one at `at`.
fn another_character(text: &str, at: usize) -> String {
    let with = if text.as_bytes()[at] == b'A' { "B" } else { "A" };
    format!("{}{with}{}", &text[..at], &text[at + 1..])
}

fn flip_base64(value: &mut Value, at: usize) {
    let mut bytes = base64::decode(value.as_str().unwrap()).unwrap();
    bytes[at] ^= 1;
    *value = json!(base64::encode(bytes));
}

#[test]
fn every_block_of_the_page_is_run() {
    let run: Vec<&str> = OF_ARCHIVE.iter().chain(&OF_BUNDLE).chain(&["tree"]).copied().collect();
    let untested: Vec<_> = blocks()
        .into_iter()
        .filter(|(name, _)| !run.contains(&name.as_str()))
        .collect();
    assert!(untested.is_empty(), "{untested:?}");
}

#[test]
fn stock_programs_accept_every_record_of_an_archive() {
    let Some(disk) = OnDisk::new() else { return };
    let mut names = OF_ARCHIVE.to_vec();
    names.push("tree");
    let blocks = of_page(&names);
    for leaf in 0..disk.builder.leaves.len() {
        let ended = disk.run_archive(&disk.files, &disk.proof(leaf), leaf, &blocks);
        assert_eq!(ended.stopped, None, "leaf {leaf}: {}", ended.stderr);
        let place = format!("leaf {leaf} of {}\n", disk.builder.leaves.len());
        assert_eq!(ended.stdout.matches(&place).count(), 2, "{}", ended.stdout);
    }
}

#[test]
fn stock_programs_accept_every_record_of_a_bundle() {
    let Some(disk) = OnDisk::new() else { return };
    let bundle = example::bundle(&disk.builder);
    for record in 0..bundle.records.len() {
        let ended = disk.run_bundle(&bundle.to_bytes(), record, &of_page(&OF_BUNDLE));
        assert_eq!(ended.stopped, None, "record {record}: {}", ended.stderr);
    }
}

#[test]
fn stock_programs_read_an_archive_of_more_than_one_pack() {
    let Some(disk) = OnDisk::new() else { return };
    let mut builder = disk.builder.clone();
    for _ in builder.leaves.len()..300 {
        builder.statement("I will not stop");
    }
    let files = builder.files();
    for leaf in [255, 256, 299] {
        let proof = example::proof(&files, leaf, 300);
        let ended = disk.run_archive(&files, &proof, leaf, &of_page(&OF_ARCHIVE));
        assert_eq!(ended.stopped, None, "leaf {leaf}: {}", ended.stderr);
    }
}

#[test]
fn each_block_stops_at_what_it_is_to_find() {
    let Some(disk) = OnDisk::new() else { return };
    let blocks = of_page(&OF_ARCHIVE);
    let stops = |at: &str, change: &dyn Fn(&mut Changed)| {
        let ended = disk.after(&blocks, change);
        assert_eq!(ended.stopped.as_deref(), Some(at), "{}{}", ended.stdout, ended.stderr);
    };
    // A member of the envelope that stands twice: jq would take the last.
    stops("payload", &|changed| {
        changed.line("records/", example::STATEMENT, |line| {
            let text = String::from_utf8(line.clone()).unwrap();
            *line = text.replacen('{', "{\"payload\":\"e30=\",", 1).into_bytes();
        });
    });
    // The words of the payload, in JSON that is as well formed as before.
    stops("signatures", &|changed| {
        changed.envelope(|envelope| {
            let payload = base64::decode(envelope["payload"].as_str().unwrap()).unwrap();
            let payload = String::from_utf8(payload).unwrap();
            let forged = payload.replace("\"alleged\":false", "\"alleged\":true");
            assert_ne!(forged, payload);
            envelope["payload"] = json!(base64::encode(forged));
        });
    });
    for at in [0, 63] {
        stops("signatures", &|changed| {
            changed.envelope(|envelope| flip_base64(&mut envelope["signatures"][0]["sig"], at));
        });
    }
    stops("signatures", &|changed| {
        changed.envelope(|envelope| envelope["signatures"] = json!([]));
    });
    stops("signatures", &|changed| {
        changed.envelope(|envelope| {
            let twice = envelope["signatures"][0].clone();
            envelope["signatures"].as_array_mut().unwrap().push(twice);
        });
    });
    stops("signatures", &|changed| {
        changed.envelope(|envelope| envelope["signatures"][0]["keyid"] = json!("SHA256:another"));
    });
    for at in [0, 70, 140] {
        stops("ssh-signatures", &|changed| {
            changed.envelope(|envelope| flip_base64(&mut envelope["signatures"][0]["sshsig"], at));
        });
    }
    // Leaf 0 of another archive: the record was not made for it.
    stops("identity", &|changed| {
        changed.line("records/", 0, |line| {
            let mut envelope: Value = serde_json::from_slice(line).unwrap();
            let payload = base64::decode(envelope["payload"].as_str().unwrap()).unwrap();
            let renamed = String::from_utf8(payload).unwrap().replace("A test", "A best");
            envelope["payload"] = json!(base64::encode(renamed));
            *line = json::canonical(&envelope);
        });
    });
    for at in [2, 60] {
        stops("disclosures", &|changed| {
            changed.line("disclosures/", example::STATEMENT, |line| {
                let text = String::from_utf8(line.clone()).unwrap();
                *line = another_character(&text, at).into_bytes();
            });
        });
    }
    stops("disclosures", &|changed| {
        changed.line("disclosures/", example::STATEMENT, |line| {
            let mut texts: Vec<String> = serde_json::from_slice(line).unwrap();
            texts.push(texts[0].clone());
            *line = json::canonical(&texts);
        });
    });
    stops("exhibits-of-archive", &|changed| {
        changed.file("exhibits/")[3] ^= 1;
    });
    stops("exhibits-of-archive", &|changed| changed.file("exhibits/").push(b'\n'));
    let checkpoint = String::from_utf8(disk.files["checkpoint"].clone()).unwrap();
    for line in 0..5 {
        let start: usize = checkpoint.split_inclusive('\n').take(line).map(str::len).sum();
        if line == 1 || line == 3 {
            continue;
        }
        stops("checkpoint", &|changed| changed.file("checkpoint")[start + 12] ^= 1);
    }
    stops("from-archive", &|changed| {
        let more = checkpoint.replacen("\n11\n", "\n12\n", 1);
        assert_ne!(more, checkpoint);
        *changed.file("checkpoint") = more.into_bytes();
    });
    for line in 1..=disk
        .proof(example::STATEMENT)
        .split("\n\n")
        .next()
        .unwrap()
        .lines()
        .count()
        - 1
    {
        stops("inclusion", &|changed| {
            let start: usize = changed.proof.split_inclusive('\n').take(line).map(str::len).sum();
            changed.proof = if line == 1 {
                changed.proof.replacen("index 3", "index 2", 1)
            } else {
                another_character(&changed.proof, start + 5)
            };
        });
    }
    stops("inclusion", &|changed| {
        let lines: Vec<&str> = changed.proof.split_inclusive('\n').collect();
        changed.proof = [&lines[..2], &lines[3..]].concat().concat();
    });
    stops("inclusion", &|changed| {
        let lines: Vec<&str> = changed.proof.split_inclusive('\n').collect();
        changed.proof = [&lines[..3], &lines[2..]].concat().concat();
    });
}

#[test]
fn a_genuine_record_that_was_not_logged_is_not_in_the_log() {
    let Some(disk) = OnDisk::new() else { return };
    let mut other = Builder::begin();
    other.statement("I will stop");
    let unlogged = &other.leaves[example::STATEMENT];
    for last in ["inclusion", "tree"] {
        let mut names = OF_ARCHIVE.to_vec();
        *names.last_mut().unwrap() = last;
        names.retain(|name| *name != "exhibits-of-archive");
        let ended = disk.after(&of_page(&names), |changed| {
            changed.line("records/", example::STATEMENT, |line| {
                line.clone_from(&unlogged.envelope)
            });
            changed.line("disclosures/", example::STATEMENT, |line| *line = b"[]".to_vec());
        });
        assert_eq!(ended.stopped.as_deref(), Some(last), "{}", ended.stderr);
    }
}

#[test]
fn every_sampled_flip_stops_some_block() {
    let Some(disk) = OnDisk::new() else { return };
    let blocks = of_page(&OF_ARCHIVE);
    let mut flips = 0;
    for (prefix, step) in [
        ("records/", 307),
        ("disclosures/", 509),
        ("exhibits/", 17),
        ("checkpoint", 41),
    ] {
        let original = disk.files.iter().find(|(path, _)| path.starts_with(prefix)).unwrap().1;
        let range = match prefix {
            "records/" | "disclosures/" => {
                let start = original.split_inclusive(|byte| *byte == b'\n').take(example::STATEMENT);
                let start: usize = start.map(<[u8]>::len).sum();
                let length = original[start..].iter().position(|byte| *byte == b'\n').unwrap();
                start..start + length
            }
            _ => 0..original.len(),
        };
        for at in range.step_by(step) {
            let ended = disk.after(&blocks, |changed| changed.file(prefix)[at] ^= 1);
            assert!(ended.stopped.is_some(), "{prefix} byte {at}: {}", ended.stdout);
            flips += 1;
        }
    }
    println!("{flips} flips, each stopped");
}

#[test]
fn what_was_changed_in_a_bundle_stops_its_block() {
    let Some(disk) = OnDisk::new() else { return };
    let bundle = example::bundle(&disk.builder);
    let stops = |at: &str, change: &dyn Fn(&mut Bundle)| {
        let mut changed = bundle.clone();
        change(&mut changed);
        let ended = disk.run_bundle(&changed.to_bytes(), 2, &of_page(&OF_BUNDLE));
        assert_eq!(ended.stopped.as_deref(), Some(at), "{}{}", ended.stdout, ended.stderr);
    };
    stops("disclosures", &|bundle| {
        bundle.records[2].disclosures[0] = another_character(&bundle.records[2].disclosures[0], 40);
    });
    stops("exhibits-of-bundle", &|bundle| {
        bundle.exhibits[0].content = Some(base64::encode("Note. He said: I will stop\n"));
    });
    stops("exhibits-of-bundle", &|bundle| {
        bundle.exhibits[0].descriptor = another_character(&bundle.exhibits[0].descriptor, 40);
    });
    stops("exhibits-of-bundle", &|bundle| bundle.exhibits.clear());
    stops("checkpoint", &|bundle| {
        let proof = &mut bundle.records[2].proof;
        let root = proof.find("\n11\n").unwrap() + 8;
        *proof = another_character(proof, root);
    });
    stops("inclusion", &|bundle| {
        bundle.records[2].proof = bundle.records[1].proof.clone()
    });
}

/// The statement as a key of small order "signs" it: R is the key and S is 0, which fits
/// every payload.
fn weakly_signed(envelope: &[u8], weak: [u8; 32]) -> Vec<u8> {
    let string = |bytes: &[u8]| [&(bytes.len() as u32).to_be_bytes(), bytes].concat();
    let blob = [string(b"ssh-ed25519"), string(&weak)].concat();
    let mut payload: Value = serde_json::from_slice(&example::payload(envelope)).unwrap();
    payload["predicate"]["signers"][0]["key"] = json!(base64::encode(&blob));
    let mut identity = [0; 64];
    identity[0] = 1;
    let inner = [string(b"ssh-ed25519"), string(&identity)].concat();
    let sshsig = [
        b"SSHSIG\0\0\0\x01".to_vec(),
        string(&blob),
        string(b"affiant"),
        string(b""),
        string(b"sha512"),
        string(&inner),
    ]
    .concat();
    let fingerprint = base64::encode(Digest::of(&blob).as_bytes());
    json::canonical(&json!({
        "payload": base64::encode(json::canonical(&payload)),
        "payloadType": "application/vnd.in-toto+json",
        "signatures": [{
            "keyid": format!("SHA256:{}", fingerprint.trim_end_matches('=')),
            "sig": base64::encode(identity),
            "sshsig": base64::encode(sshsig),
        }],
    }))
}

#[test]
fn the_weak_key_that_stock_programs_accept_stops_the_check_for_weak_keys() {
    let Some(disk) = OnDisk::new() else { return };
    let mut identity = [0; 32];
    identity[0] = 1;
    let forged = weakly_signed(&disk.builder.leaves[example::STATEMENT].envelope, identity);
    let faults = Envelope::parse(&forged).unwrap().open().unwrap_err();
    assert!(faults.iter().any(|fault| fault.code() == Code::KeyWeak), "{faults:?}");

    let names = &OF_ARCHIVE[..6];
    let forge = |changed: &mut Changed| {
        changed.line("records/", example::STATEMENT, |line| line.clone_from(&forged));
    };
    let ended = disk.after(&of_page(names), forge);
    assert_eq!(ended.stopped.as_deref(), Some("weak-keys"), "{}", ended.stderr);

    // Without the check, both programs say that the signature is good.
    let mut unchecked = of_page(names);
    let check = &mut unchecked[3].1;
    let without = check.replace("  strong \"$raw\"\n", "");
    assert_ne!(*check, without);
    *check = without;
    let ended = disk.after(&unchecked, forge);
    assert_eq!(ended.stopped, None, "{}", ended.stderr);
    assert!(
        ended.stdout.contains("Signature Verified Successfully"),
        "{}",
        ended.stdout
    );
    assert!(ended.stdout.contains("Good \"affiant\" signature"), "{}", ended.stdout);
}

/// The points of small order in every spelling: y is 0, 1, -1 or one of two of order 8,
/// with or without p added where there is room, under either sign of x.
fn small_order_encodings() -> Vec<[u8; 32]> {
    let list = block("weak-keys");
    let lines = list
        .lines()
        .skip_while(|line| !line.starts_with("cat > small-order"))
        .skip(1);
    let mut encodings = Vec::new();
    for line in lines.take_while(|line| *line != "END") {
        let mut key = affiant::encode::hex::decode::<32>(line).unwrap();
        encodings.push(key);
        key[31] |= 0x80;
        encodings.push(key);
    }
    encodings
}

#[test]
fn the_page_s_list_of_weak_keys_is_whole() {
    let encodings = small_order_encodings();
    assert_eq!(encodings.len(), 14);
    for key in &encodings {
        assert!(
            ed25519_dalek::VerifyingKey::from_bytes(key).unwrap().is_weak(),
            "{key:x?}"
        );
        assert!(affiant::key::VerifyingKey::from_bytes(key).is_err(), "{key:x?}");
    }
    // Spellings of small y with p added are all that RFC 8032 would refuse.
    for low in 0xed..=0xff {
        for high in [0x7f, 0xff] {
            let mut key = [0xff; 32];
            (key[0], key[31]) = (low, high);
            let weak = ed25519_dalek::VerifyingKey::from_bytes(&key).is_ok_and(|key| key.is_weak());
            assert_eq!(weak, encodings.contains(&key), "{key:x?}");
        }
    }
    let Some(disk) = OnDisk::new() else { return };
    for key in encodings {
        let forged = weakly_signed(&disk.builder.leaves[example::STATEMENT].envelope, key);
        let ended = disk.after(&of_page(&OF_ARCHIVE[..6]), |changed| {
            changed.line("records/", example::STATEMENT, |line| *line = forged);
        });
        assert_eq!(ended.stopped.as_deref(), Some("weak-keys"), "{key:x?}");
    }
}
