//! One fault, one fixture, one expected set of codes.

use std::collections::{BTreeMap, BTreeSet};

use affiant::check::{Code, Outcome};
use affiant::digest::Digest;
use affiant::disclose::Disclosure;
use affiant::encode::base64;
use affiant::envelope::{PAYLOAD_TYPE, pae};
use affiant::key::{Signer, SigningKey, encode_sshsig, signed_bytes};
use affiant::record::RosterEntry;
use affiant::record::*;
use affiant::verify::{Options, PinnedKey, Trust, Verification, archive};
use affiant_tlog::checkpoint::Checkpoint;
use affiant_tlog::note::Note;
use serde_json::{Value, json};

use crate::archive_in_memory::{Builder, Files, KEEPER, ORIGIN, SPEAKER, signed_head, test_key};
use crate::forge::{envelope_of, payload_of, signature};

/// An archive, and what its reader knows.
pub struct Fixture {
    builder: Builder,
    files: BTreeMap<String, Vec<u8>>,
    trust: Trust,
    seen: Option<Checkpoint>,
}

/// The sound archive that every fixture begins with: leaf 0, two parties, and as leaves 3
/// to 5 three statements, the last by two signers.
pub fn sound() -> Builder {
    let mut builder = Builder::begin();
    builder.statement("I will not stop");
    builder.statement("I never said that");
    let (keeper, second) = (test_key(1), test_key(3));
    enrol(&mut builder, &second, SPEAKER, &[(&second, SPEAKER), (&keeper, KEEPER)]);
    let signers = [(&keeper, KEEPER), (&second, SPEAKER)];
    let (record, disclosures) = builder.statement_record("Nobody asked", &signers);
    builder.log(&record, &[&keeper, &second], &disclosures);
    builder
}

/// A leaf of [`sound`].
pub const FIRST: usize = 3;
pub const SECOND: usize = 4;
pub const ENROLMENT: usize = 5;
pub const BOTH: usize = 6;
/// Where the disclosure of the words stands in the line of a statement.
const PASSAGE: usize = 8;
const PACK: &str = "records/000.p/7.jsonl";
const DISCLOSURES: &str = "disclosures/000.p/7.jsonl";

/// A fault in what was logged: the tree and the checkpoint are made anew.
pub fn logged(fault: impl FnOnce(&mut Builder)) -> Fixture {
    let mut builder = sound();
    fault(&mut builder);
    let (files, trust) = (builder.files(), builder.trust());
    Fixture {
        builder,
        files,
        trust,
        seen: None,
    }
}

/// A fault in the files.
fn stored(fault: impl FnOnce(&mut BTreeMap<String, Vec<u8>>)) -> Fixture {
    let mut fixture = logged(|_| {});
    fault(&mut fixture.files);
    fixture
}

/// A reader who has seen the sound archive, and finds this one.
fn seen_before(fault: impl FnOnce(&mut Builder)) -> Fixture {
    let seen = Note::parse(&sound().files()["checkpoint"]).unwrap();
    Fixture {
        seen: Some(Checkpoint::parse_unverified(seen.unverified_text()).unwrap()),
        ..logged(fault)
    }
}

fn trusting(trust: impl FnOnce(&Builder) -> Trust) -> Fixture {
    let fixture = logged(|_| {});
    Fixture {
        trust: trust(&fixture.builder),
        ..fixture
    }
}

pub fn pin(key: &SigningKey, name: &str) -> PinnedKey {
    PinnedKey {
        key: key.verifying_key().to_openssh_line(name),
        name: name.to_owned(),
        how: "in person".to_owned(),
    }
}

pub fn verify(fixture: &Fixture) -> Verification {
    let options = Options {
        trust: &fixture.trust,
        seen: fixture.seen.as_ref(),
        threads: 1,
    };
    archive(&mut Files(&fixture.files), &options).unwrap()
}

pub fn keeper() -> SigningKey {
    test_key(1)
}

pub fn enrol(builder: &mut Builder, key: &SigningKey, party: PartyId, signers: &[(&SigningKey, PartyId)]) -> RecordId {
    let entry = RosterEntry::Key {
        party,
        key: key.verifying_key().into(),
    };
    roster(builder, entry, signers)
}

pub fn revoke(builder: &mut Builder, of: RecordId, reason: RevocationReason, by: (&SigningKey, PartyId)) -> RecordId {
    let entry = RosterEntry::Revocation {
        of,
        key: None,
        reason,
        since: None,
        note: None,
    };
    roster(builder, entry, &[by])
}

pub fn roster(builder: &mut Builder, entry: RosterEntry, signers: &[(&SigningKey, PartyId)]) -> RecordId {
    let record = Record {
        common: builder.common("K", signers),
        subject: builder.subject(),
        body: Body::Roster(entry),
    };
    let keys: Vec<&SigningKey> = signers.iter().map(|(key, _)| *key).collect();
    builder.log(&record, &keys, &[])
}

pub fn state(builder: &mut Builder, signers: &[(&SigningKey, PartyId)]) {
    let (record, disclosures) = builder.statement_record("Once more", signers);
    let keys: Vec<&SigningKey> = signers.iter().map(|(key, _)| *key).collect();
    builder.log(&record, &keys, &disclosures);
}

pub fn id_of(builder: &Builder, leaf: usize) -> RecordId {
    RecordId::of_payload(&payload_of(&builder.leaves[leaf]))
}

fn lines(bytes: &[u8]) -> Vec<Vec<u8>> {
    bytes
        .split_inclusive(|byte| *byte == b'\n')
        .map(<[u8]>::to_vec)
        .collect()
}

fn edit_lines(files: &mut BTreeMap<String, Vec<u8>>, path: &str, edit: impl FnOnce(&mut Vec<Vec<u8>>)) {
    let mut all = lines(&files[path]);
    edit(&mut all);
    files.insert(path.to_owned(), all.concat());
}

fn swap_files(files: &mut BTreeMap<String, Vec<u8>>, one: &str, other: &str) {
    let (a, b) = (files[one].clone(), files[other].clone());
    assert_ne!(a, b);
    files.insert(one.to_owned(), b);
    files.insert(other.to_owned(), a);
}

fn exhibits(files: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let paths = files.keys().filter(|path| path.starts_with("exhibits/"));
    paths.cloned().collect()
}

/// An SSHSIG as it would be in another namespace or of another hash.
fn other_sshsig(payload: &[u8], key: &SigningKey, namespace: &str, hash: &str, digest: &[u8]) -> String {
    let string = |out: &mut Vec<u8>, bytes: &[u8]| {
        out.extend((bytes.len() as u32).to_be_bytes());
        out.extend(bytes);
    };
    assert!(!payload.is_empty());
    let mut signed = b"SSHSIG".to_vec();
    for part in [namespace.as_bytes(), b"", hash.as_bytes(), digest] {
        string(&mut signed, part);
    }
    let mut inner = Vec::new();
    string(&mut inner, b"ssh-ed25519");
    string(&mut inner, &key.sign(&signed).unwrap());
    let mut blob = b"SSHSIG\0\0\0\x01".to_vec();
    for part in [
        key.verifying_key().blob().as_slice(),
        namespace.as_bytes(),
        b"",
        hash.as_bytes(),
        &inner,
    ] {
        string(&mut blob, part);
    }
    base64::encode(blob)
}

fn set_sshsig(builder: &mut Builder, make: impl FnOnce(&[u8]) -> String) {
    let payload = payload_of(&builder.leaves[FIRST]);
    builder.edit_envelope(FIRST, |envelope| {
        envelope["signatures"][0]["sshsig"] = json!(make(&payload));
    });
}

/// Changes the type of the predicate: the body is then of a kind or version not known.
fn retype(builder: &mut Builder, predicate_type: &str) {
    builder.edit_payload(FIRST, &[&keeper()], |payload| {
        payload["predicateType"] = json!(predicate_type);
    });
}

/// Another disclosure for a position of [`FIRST`], and the record signed anew for it.
fn replace_disclosure(builder: &mut Builder, index: usize, with: impl FnOnce(Value) -> Value) {
    let texts: Vec<String> = serde_json::from_str(&builder.leaves[FIRST].disclosures).unwrap();
    let old = &texts[index];
    let value: Value = serde_json::from_slice(&base64::decode_url(old).unwrap()).unwrap();
    let new = base64::encode_url(serde_json::to_vec(&with(value)).unwrap());
    let name = |text: &str| base64::encode_url(Digest::of(text.as_bytes()).as_bytes());
    let (from, to) = (name(old), name(&new));
    builder.edit_text(FIRST, &[&keeper()], |text| text.replace(&from, &to));
    builder.edit_disclosures(FIRST, |texts| texts[index] = new);
}

pub type Case = (&'static str, fn() -> Fixture, Outcome, &'static [Code]);
use Code::*;
use Outcome::{Failed, Indeterminate, Passed};

/// The name, how it is made, the whole outcome, and the codes of every demanded check that
/// did not pass.
#[rustfmt::skip]
const CASES: &[Case] = &[
    ("sound", || logged(|_| {}), Passed, &[]),
    // Records.
    ("record-dropped-last-new-tiles", || stored(|files| {
        let mut builder = sound();
        builder.leaves.pop();
        let old = files.remove("checkpoint").unwrap();
        *files = builder.files();
        files.insert("checkpoint".to_owned(), old);
    }), Failed, &[LayoutKnown, TreeRoot, PackLines, IdentityLog]),
    ("record-dropped-middle-new-tiles", || stored(|files| {
        let mut builder = sound();
        builder.leaves.remove(FIRST);
        let old = files.remove("checkpoint").unwrap();
        *files = builder.files();
        files.insert("checkpoint".to_owned(), old);
    }), Failed, &[LayoutKnown, TreeRoot, PackLines, IdentityLog]),
    ("record-dropped-and-all-signed-anew", || logged(|builder| { builder.leaves.remove(FIRST); }), Failed, &[LayoutKnown]),
    ("line-dropped", || stored(|files| edit_lines(files, PACK, |lines| { lines.remove(FIRST); })), Failed, &[LayoutKnown, PackLines, LeafEnvelope, EnvelopeSyntax, DisclosureUnreferenced, ExhibitDescriptor]),
    ("lines-swapped", || stored(|files| edit_lines(files, PACK, |lines| lines.swap(FIRST, SECOND))), Failed, &[LeafEnvelope, DisclosureUnreferenced, ExhibitDescriptor]),
    ("line-duplicated", || stored(|files| edit_lines(files, PACK, |lines| { let line = lines[FIRST].clone(); lines.insert(FIRST, line); })), Failed, &[LayoutKnown, PackLines, LeafEnvelope, RecordUnique, LabelUnique, DisclosureUnreferenced, ExhibitDescriptor]),
    ("line-feed-missing-at-the-end", || stored(|files| { files.get_mut(PACK).unwrap().pop(); }), Failed, &[PackLines]),
    ("line-blanked", || stored(|files| edit_lines(files, PACK, |lines| lines[FIRST] = b"\n".to_vec())), Failed, &[LayoutKnown, LeafEnvelope, EnvelopeSyntax]),
    ("pack-dropped", || stored(|files| { files.remove(PACK); }), Failed, &[LayoutKnown, ArchiveLeaf0, TreeRoot, IdentityLog]),
    ("record-twice-in-the-log", || logged(|builder| { let leaf = builder.leaves[FIRST].clone(); builder.leaves.push(leaf); }), Failed, &[RecordUnique, LabelUnique]),
    ("records-reordered-and-signed-anew", || logged(|builder| builder.leaves.swap(ENROLMENT, BOTH)), Indeterminate, &[RosterKey]),
    ("party-after-its-use-and-signed-anew", || logged(|builder| builder.leaves.swap(2, FIRST)), Failed, &[ReferenceResolves]),
    ("second-archive-record", || logged(|builder| { let leaf = Builder::of_log_key(9).leaves[0].clone(); builder.leaves.push(leaf); }), Failed, &[ArchiveLeaf0, LabelUnique]),
    ("leaf-0-replaced", || logged(|builder| builder.leaves[0] = Builder::of_log_key(9).leaves[0].clone()), Failed, &[ArchiveToml, CheckpointSignature, IdentityLog, IdentitySigner]),
    ("leaf-0-is-no-archive", || logged(|builder| { builder.leaves.remove(0); }), Failed, &[ArchiveLeaf0, IdentityLog, IdentitySigner]),
    ("label-twice", || logged(|builder| { builder.edit_payload(SECOND, &[&keeper()], |payload| payload["predicate"]["label"] = json!("S4")); }), Failed, &[LabelUnique]),
    // Signatures.
    ("signature-stripped", || logged(|builder| builder.edit_envelope(BOTH, |envelope| { envelope["signatures"].as_array_mut().unwrap().pop(); })), Failed, &[SignersDeclared]),
    ("signatures-none", || logged(|builder| builder.edit_envelope(FIRST, |envelope| envelope["signatures"] = json!([]))), Failed, &[SignersDeclared]),
    ("signature-added", || logged(|builder| {
        let payload = payload_of(&builder.leaves[FIRST]);
        builder.edit_envelope(FIRST, |envelope| envelope["signatures"].as_array_mut().unwrap().push(signature(&payload, &test_key(3))));
    }), Failed, &[SignersDeclared]),
    ("signatures-swapped", || logged(|builder| builder.edit_envelope(BOTH, |envelope| envelope["signatures"].as_array_mut().unwrap().swap(0, 1))), Failed, &[EnvelopeKeyId, SignatureDsse, SignatureSshsig]),
    ("sig-of-another-record", || logged(|builder| {
        let other: Value = serde_json::from_slice(&builder.leaves[SECOND].envelope).unwrap();
        builder.edit_envelope(FIRST, |envelope| envelope["signatures"][0]["sig"] = other["signatures"][0]["sig"].clone());
    }), Failed, &[SignatureDsse]),
    ("sshsig-of-another-record", || logged(|builder| {
        let other: Value = serde_json::from_slice(&builder.leaves[SECOND].envelope).unwrap();
        builder.edit_envelope(FIRST, |envelope| envelope["signatures"][0]["sshsig"] = other["signatures"][0]["sshsig"].clone());
    }), Failed, &[SignatureSshsig]),
    ("sig-over-the-payload-without-pae", || logged(|builder| {
        let payload = payload_of(&builder.leaves[FIRST]);
        builder.edit_envelope(FIRST, |envelope| envelope["signatures"][0]["sig"] = json!(base64::encode(keeper().sign(&payload).unwrap())));
    }), Failed, &[SignatureDsse]),
    ("sig-over-another-type", || logged(|builder| {
        let payload = payload_of(&builder.leaves[FIRST]);
        builder.edit_envelope(FIRST, |envelope| envelope["signatures"][0]["sig"] = json!(base64::encode(keeper().sign(&pae("application/json", &payload)).unwrap())));
    }), Failed, &[SignatureDsse]),
    ("sshsig-in-the-place-of-sig", || logged(|builder| {
        let payload = payload_of(&builder.leaves[FIRST]);
        builder.edit_envelope(FIRST, |envelope| envelope["signatures"][0]["sig"] = json!(base64::encode(keeper().sign(&signed_bytes(&payload)).unwrap())));
    }), Failed, &[SignatureDsse]),
    ("sshsig-of-another-namespace", || logged(|builder| set_sshsig(builder, |payload| {
        use sha2::Digest as _;
        other_sshsig(payload, &keeper(), "file", "sha512", &sha2::Sha512::digest(payload))
    })), Failed, &[SignatureSshsig]),
    ("sshsig-of-another-hash", || logged(|builder| set_sshsig(builder, |payload| other_sshsig(payload, &keeper(), "affiant", "sha256", Digest::of(payload).as_bytes()))), Failed, &[SignatureSshsig]),
    ("sshsig-made-here-fits", || logged(|builder| set_sshsig(builder, |payload| {
        use sha2::Digest as _;
        other_sshsig(payload, &keeper(), "affiant", "sha512", &sha2::Sha512::digest(payload))
    })), Passed, &[]),
    ("sshsig-of-another-key", || logged(|builder| set_sshsig(builder, |payload| {
        let other = test_key(3);
        base64::encode(encode_sshsig(other.verifying_key(), &other.sign(&signed_bytes(payload)).unwrap()))
    })), Failed, &[SignatureSshsig]),
    ("sshsig-with-a-byte-more", || logged(|builder| builder.edit_envelope(FIRST, |envelope| {
        let mut blob = base64::decode(envelope["signatures"][0]["sshsig"].as_str().unwrap()).unwrap();
        blob.push(0);
        envelope["signatures"][0]["sshsig"] = json!(base64::encode(blob));
    })), Failed, &[SignatureSshsig]),
    ("keyid-of-another-key", || logged(|builder| builder.edit_envelope(FIRST, |envelope| envelope["signatures"][0]["keyid"] = json!(test_key(3).verifying_key().fingerprint()))), Failed, &[EnvelopeKeyId]),
    ("signed-by-another-key", || logged(|builder| { builder.edit_payload(FIRST, &[&test_key(3)], |_| {}); }), Failed, &[EnvelopeKeyId, SignatureDsse, SignatureSshsig]),
    // Envelopes and payloads.
    ("payload-type", || logged(|builder| builder.edit_envelope(FIRST, |envelope| envelope["payloadType"] = json!("application/json"))), Failed, &[LayoutKnown, EnvelopePayloadType]),
    ("payload-re-encoded", || logged(|builder| {
        let spaced = String::from_utf8(payload_of(&builder.leaves[FIRST])).unwrap().replacen(':', ": ", 1);
        builder.edit_envelope(FIRST, |envelope| envelope["payload"] = json!(base64::encode(spaced)));
    }), Failed, &[SignatureDsse, SignatureSshsig]),
    ("payload-spaced-and-signed", || logged(|builder| builder.edit_text(FIRST, &[&keeper()], |text| text.replacen(':', ": ", 1))), Passed, &[]),
    ("envelope-spaced", || logged(|builder| {
        let text = String::from_utf8(builder.leaves[FIRST].envelope.clone()).unwrap();
        builder.leaves[FIRST].envelope = text.replacen(':', ": ", 1).into_bytes();
    }), Passed, &[]),
    ("envelope-with-a-carriage-return", || logged(|builder| builder.leaves[FIRST].envelope.push(b'\r')), Failed, &[LayoutKnown, EnvelopeSyntax]),
    ("base64-unpadded", || logged(|builder| builder.edit_envelope(FIRST, |envelope| envelope["signatures"][0]["sig"] = json!(envelope["signatures"][0]["sig"].as_str().unwrap().trim_end_matches('=')))), Failed, &[LayoutKnown, EnvelopeSyntax]),
    ("base64-trailing-bits", || logged(|builder| builder.edit_envelope(FIRST, |envelope| {
        let sig = envelope["signatures"][0]["sig"].as_str().unwrap().trim_end_matches('=').to_owned();
        let (body, last) = sig.split_at(sig.len() - 1);
        let next = char::from(last.as_bytes()[0] + 1);
        envelope["signatures"][0]["sig"] = json!(format!("{body}{next}=="));
    })), Failed, &[LayoutKnown, EnvelopeSyntax]),
    ("base64-of-the-url-alphabet", || logged(|builder| builder.edit_envelope(FIRST, |envelope| envelope["signatures"][0]["sig"] = json!(envelope["signatures"][0]["sig"].as_str().unwrap().replace('+', "-").replace('/', "_")))), Failed, &[LayoutKnown, EnvelopeSyntax]),
    ("sig-too-short", || logged(|builder| builder.edit_envelope(FIRST, |envelope| envelope["signatures"][0]["sig"] = json!(base64::encode([0; 63])))), Failed, &[LayoutKnown, EnvelopeSyntax]),
    ("envelope-unknown-member", || logged(|builder| builder.edit_envelope(FIRST, |envelope| envelope["note"] = json!("x"))), Failed, &[LayoutKnown, EnvelopeSyntax]),
    ("envelope-without-sshsig", || logged(|builder| builder.edit_envelope(FIRST, |envelope| { envelope["signatures"][0].as_object_mut().unwrap().remove("sshsig"); })), Failed, &[LayoutKnown, EnvelopeSyntax]),
    ("envelope-as-a-list", || logged(|builder| builder.edit_envelope(FIRST, |envelope| *envelope = json!([envelope["payload"], envelope["payloadType"], envelope["signatures"]]))), Failed, &[LayoutKnown, EnvelopeSyntax]),
    ("envelope-duplicate-member", || logged(|builder| {
        let text = String::from_utf8(builder.leaves[FIRST].envelope.clone()).unwrap();
        builder.leaves[FIRST].envelope = text.replacen('{', "{\"payloadType\":\"x\",", 1).into_bytes();
    }), Failed, &[LayoutKnown, EnvelopeSyntax]),
    ("payload-duplicate-member", || logged(|builder| builder.edit_text(FIRST, &[&keeper()], |text| text.replacen("\"alleged\":false", "\"alleged\":false,\"alleged\":true", 1))), Failed, &[LayoutKnown, RecordSchema]),
    ("payload-unknown-member", || logged(|builder| { builder.edit_payload(FIRST, &[&keeper()], |payload| payload["predicate"]["mood"] = json!("grim")); }), Failed, &[LayoutKnown, RecordSchema]),
    ("payload-unknown-member-outside", || logged(|builder| { builder.edit_payload(FIRST, &[&keeper()], |payload| { payload.insert("x".to_owned(), json!(1)); }); }), Failed, &[LayoutKnown, RecordSchema]),
    ("payload-null-member", || logged(|builder| { builder.edit_payload(FIRST, &[&keeper()], |payload| payload["predicate"]["note"] = Value::Null); }), Failed, &[LayoutKnown, RecordSchema]),
    ("payload-member-missing", || logged(|builder| { builder.edit_payload(FIRST, &[&keeper()], |payload| { payload["predicate"].as_object_mut().unwrap().remove("alleged"); }); }), Failed, &[LayoutKnown, RecordSchema]),
    ("payload-float", || logged(|builder| builder.edit_text(FIRST, &[&keeper()], |text| text.replacen("\"alleged\":false", "\"alleged\":1.5", 1))), Failed, &[LayoutKnown, RecordSchema]),
    ("payload-2-to-the-53", || logged(|builder| builder.edit_text(FIRST, &[&keeper()], |text| text.replacen("\"alleged\":false", "\"alleged\":9007199254740992", 1))), Failed, &[LayoutKnown, RecordSchema]),
    ("payload-deep", || logged(|builder| builder.edit_text(FIRST, &[&keeper()], |text| text.replacen("\"alleged\":false", &format!("\"alleged\":{}{}", "[".repeat(100), "]".repeat(100)), 1))), Failed, &[LayoutKnown, RecordSchema]),
    ("payload-surrogate", || logged(|builder| builder.edit_text(FIRST, &[&keeper()], |text| text.replacen("\"language\":\"en\"", "\"language\":\"\\ud800\"", 1))), Failed, &[LayoutKnown, RecordSchema]),
    ("payload-position-as-a-list", || logged(|builder| { builder.edit_payload(FIRST, &[&keeper()], |payload| payload["predicate"]["speaker"] = json!([payload["predicate"]["speaker"]["..."]])); }), Failed, &[LayoutKnown, RecordSchema]),
    ("payload-name-in-the-open", || logged(|builder| { builder.edit_payload(FIRST, &[&keeper()], |payload| payload["predicate"]["speaker"] = json!({"party": SPEAKER.to_string()})); }), Failed, &[LayoutKnown, RecordSchema]),
    ("payload-language-none", || logged(|builder| { builder.edit_payload(FIRST, &[&keeper()], |payload| payload["predicate"]["language"] = json!("en_GB")); }), Failed, &[LayoutKnown, RecordSchema]),
    ("payload-signer-twice", || logged(|builder| { builder.edit_payload(FIRST, &[&keeper(), &keeper()], |payload| { let signers = payload["predicate"]["signers"].as_array_mut().unwrap(); let first = signers[0].clone(); signers.push(first); }); }), Failed, &[LayoutKnown, RecordSchema]),
    ("payload-no-signer", || logged(|builder| { builder.edit_payload(FIRST, &[], |payload| payload["predicate"]["signers"] = json!([])); }), Failed, &[LayoutKnown, RecordSchema]),
    ("payload-scope-unknown", || logged(|builder| { builder.edit_payload(FIRST, &[&keeper()], |payload| payload["predicate"]["signers"][0]["asserts"] = json!(["swears"])); }), Failed, &[LayoutKnown, RecordSchema]),
    ("payload-key-malformed", || logged(|builder| { builder.edit_payload(FIRST, &[&keeper()], |payload| payload["predicate"]["signers"][0]["key"] = json!("AAAA")); }), Failed, &[KeyMalformed]),
    ("payload-subject-digest-differs", || logged(|builder| { builder.edit_payload(FIRST, &[&keeper()], |payload| payload["subject"][0]["digest"]["sha256"] = json!(Digest::of(b"x").to_hex())); }), Failed, &[LayoutKnown, RecordSchema]),
    ("payload-not-in-toto", || logged(|builder| { builder.edit_payload(FIRST, &[&keeper()], |payload| payload["_type"] = json!("https://in-toto.io/Statement/v0.1")); }), Failed, &[LayoutKnown, RecordSchema]),
    ("payload-not-ours", || logged(|builder| retype(builder, "https://slsa.dev/provenance/v1")), Failed, &[LayoutKnown, RecordSchema]),
    ("payload-version-0", || logged(|builder| retype(builder, "urn:affiant:statement:0")), Failed, &[LayoutKnown, RecordSchema]),
    ("payload-version-01", || logged(|builder| retype(builder, "urn:affiant:statement:01")), Failed, &[LayoutKnown, RecordSchema]),
    // Kinds.
    ("kind-custody", || logged(|builder| retype(builder, "urn:affiant:custody:1")), Indeterminate, &[RecordKind, ExhibitDescriptor]),
    ("kind-of-other-members", || logged(|builder| retype(builder, "urn:affiant:assessment:1")), Failed, &[LayoutKnown, RecordSchema]),
    ("kind-hold", || logged(|builder| retype(builder, "urn:affiant:hold:1")), Indeterminate, &[RecordKind, ExhibitDescriptor]),
    ("kind-erasure", || logged(|builder| retype(builder, "urn:affiant:erasure:1")), Indeterminate, &[RecordKind, ExhibitDescriptor]),
    ("kind-newer-version", || logged(|builder| retype(builder, "urn:affiant:statement:2")), Indeterminate, &[RecordKind, ExhibitDescriptor]),
    ("kind-unknown-bad-signature", || logged(|builder| {
        retype(builder, "urn:affiant:custody:1");
        builder.edit_envelope(FIRST, |envelope| envelope["signatures"][0]["sig"] = json!(base64::encode([0; 64])));
    }), Failed, &[SignatureDsse]),
    ("kind-unknown-signer-stripped", || logged(|builder| {
        retype(builder, "urn:affiant:custody:1");
        builder.edit_envelope(FIRST, |envelope| envelope["signatures"] = json!([]));
    }), Failed, &[SignersDeclared]),
    // Records of another archive.
    ("imported-by-a-stranger", || logged(|builder| {
        let stranger = test_key(8);
        let (mut record, disclosures) = builder.statement_record("Elsewhere", &[(&stranger, PartyId([8; 16]))]);
        record.common.archive = Some(RecordId(Digest::of(b"elsewhere")));
        builder.log(&record, &[&stranger], &disclosures);
    }), Indeterminate, &[IdentitySigner]),
    ("imported-roster-entry-enrols-nobody", || logged(|builder| {
        let stranger = test_key(8);
        let entry = RosterEntry::Key { party: SPEAKER, key: stranger.verifying_key().into() };
        let mut common = builder.common("K", &[(&stranger, SPEAKER), (&keeper(), KEEPER)]);
        let elsewhere = RecordId(Digest::of(b"elsewhere"));
        common.archive = Some(elsewhere);
        let record = Record { common, subject: Subject::Archive(elsewhere), body: Body::Roster(entry) };
        builder.log(&record, &[&stranger, &keeper()], &[]);
        state(builder, &[(&stranger, SPEAKER)]);
    }), Indeterminate, &[RosterKey, IdentitySigner]),
    ("imported-revocation-revokes-nothing", || logged(|builder| {
        let of = id_of(builder, ENROLMENT);
        let entry = RosterEntry::Revocation { of, key: None, reason: RevocationReason::Withdrawn, since: None, note: None };
        let mut common = builder.common("K", &[(&keeper(), KEEPER)]);
        let elsewhere = RecordId(Digest::of(b"elsewhere"));
        common.archive = Some(elsewhere);
        let record = Record { common, subject: Subject::Archive(elsewhere), body: Body::Roster(entry) };
        builder.log(&record, &[&keeper()], &[]);
        state(builder, &[(&test_key(3), SPEAKER)]);
    }), Passed, &[]),
    // Disclosures.
    ("disclosure-lines-swapped", || stored(|files| edit_lines(files, DISCLOSURES, |lines| lines.swap(FIRST, SECOND))), Failed, &[DisclosureUnreferenced, ExhibitDescriptor]),
    ("disclosure-line-dropped", || stored(|files| edit_lines(files, DISCLOSURES, |lines| { lines.remove(FIRST); })), Failed, &[PackLines, DisclosureSyntax, DisclosureUnreferenced, ExhibitDescriptor]),
    ("disclosure-line-blank", || stored(|files| edit_lines(files, DISCLOSURES, |lines| lines[FIRST] = b"\n".to_vec())), Failed, &[DisclosureSyntax, ExhibitDescriptor]),
    ("disclosure-line-spaced", || stored(|files| edit_lines(files, DISCLOSURES, |lines| lines[FIRST].insert(1, b' '))), Failed, &[DisclosureSyntax, ExhibitDescriptor]),
    ("disclosure-line-turned-around", || logged(|builder| builder.edit_disclosures(FIRST, |texts| texts.reverse())), Passed, &[]),
    ("disclosure-pack-dropped", || stored(|files| { files.remove(DISCLOSURES); }), Failed, &[PackLines, DisclosureSyntax, ExhibitDescriptor]),
    ("disclosure-of-another-record", || logged(|builder| {
        let other: Vec<String> = serde_json::from_str(&builder.leaves[SECOND].disclosures).unwrap();
        builder.edit_disclosures(FIRST, |texts| texts[1] = other[1].clone());
    }), Failed, &[DisclosureUnreferenced]),
    ("disclosure-twice", || logged(|builder| builder.edit_disclosures(FIRST, |texts| texts.push(texts[1].clone()))), Failed, &[DisclosureDuplicate]),
    ("disclosure-salt-twice", || logged(|builder| {
        let other: Vec<String> = serde_json::from_str(&builder.leaves[FIRST].disclosures).unwrap();
        let salt: Value = serde_json::from_slice(&base64::decode_url(&other[4]).unwrap()).unwrap();
        replace_disclosure(builder, 1, |value| json!([salt[0], value[1]]));
    }), Failed, &[DisclosureDuplicate]),
    ("disclosure-digest-in-two-places", || logged(|builder| { builder.edit_payload(FIRST, &[&keeper()], |payload| payload["predicate"]["relay"][0]["to"] = payload["predicate"]["relay"][0]["from"].clone()); }), Failed, &[DisclosureDuplicate, DisclosureUnreferenced]),
    ("disclosure-added", || logged(|builder| builder.edit_disclosures(FIRST, |texts| texts.push(Disclosure::new([0xee; 16], &"put there").as_str().to_owned()))), Failed, &[DisclosureUnreferenced]),
    ("disclosure-changed", || logged(|builder| builder.edit_disclosures(FIRST, |texts| texts[1] = Disclosure::new([0xee; 16], &"changed").as_str().to_owned())), Failed, &[DisclosureUnreferenced]),
    ("disclosure-of-a-wrong-type", || logged(|builder| replace_disclosure(builder, 1, |value| json!([value[0], 5]))), Failed, &[DisclosureType]),
    ("disclosure-with-an-unknown-member", || logged(|builder| replace_disclosure(builder, 1, |mut value| { value[1]["x"] = json!(1); value })), Failed, &[DisclosureType]),
    ("disclosure-short-salt", || logged(|builder| replace_disclosure(builder, 1, |value| json!(["c2hvcnQ", value[1]]))), Failed, &[DisclosureSyntax, ExhibitDescriptor]),
    ("disclosure-of-a-passage-without-words", || logged(|builder| replace_disclosure(builder, PASSAGE, |mut value| { value[1]["text"] = json!(""); value })), Failed, &[DisclosureType]),
    ("disclosure-of-no-language", || logged(|builder| replace_disclosure(builder, PASSAGE, |mut value| { value[1]["language"] = json!("English!"); value })), Failed, &[DisclosureType]),
    ("disclosure-of-a-language", || logged(|builder| replace_disclosure(builder, PASSAGE, |mut value| { value[1]["language"] = json!("az-Latn"); value })), Passed, &[]),
    ("disclosure-of-a-time-that-is-not-stated", || logged(|builder| replace_disclosure(builder, 1, |mut value| { value[1]["edtf"] = json!("2026-01-10"); value })), Failed, &[DisclosureType]),
    ("disclosure-of-a-time-that-is-stated", || logged(|builder| replace_disclosure(builder, 1, |value| json!([value[0], {"basis": "stated", "edtf": "2026-01-10"}]))), Passed, &[]),
    ("disclosure-removed-is-withheld", || logged(|builder| builder.edit_disclosures(FIRST, |texts| { texts.pop(); })), Passed, &[]),
    ("descriptor-removed", || logged(|builder| builder.edit_disclosures(FIRST, |texts| { texts.remove(0); })), Indeterminate, &[ExhibitDescriptor]),
    // Exhibits.
    ("exhibit-byte-changed", || stored(|files| { let path = exhibits(files)[0].clone(); files.get_mut(&path).unwrap()[0] ^= 1; }), Failed, &[ExhibitDigest]),
    ("exhibit-truncated", || stored(|files| { let path = exhibits(files)[0].clone(); files.get_mut(&path).unwrap().pop(); }), Failed, &[ExhibitDigest]),
    ("exhibit-removed", || stored(|files| { let path = exhibits(files)[0].clone(); files.remove(&path); }), Failed, &[ExhibitPresent]),
    ("exhibits-swapped", || stored(|files| { let paths = exhibits(files); swap_files(files, &paths[0], &paths[1]); }), Failed, &[PassageSpan, ExhibitDigest]),
    ("exhibit-too-many", || stored(|files| { files.insert(format!("exhibits/00/{}", "0".repeat(62)), b"x".to_vec()); }), Failed, &[LayoutKnown]),
    ("span-elsewhere", || logged(|builder| replace_disclosure(builder, PASSAGE, |mut value| {
        let span = &mut value[1]["span"];
        span["start"] = json!(span["start"].as_u64().unwrap() - 1);
        span["end"] = json!(span["end"].as_u64().unwrap() - 1);
        value
    })), Failed, &[PassageSpan]),
    ("span-of-another-length", || logged(|builder| replace_disclosure(builder, PASSAGE, |mut value| { value[1]["span"]["end"] = json!(MAX); value })), Failed, &[PassageSpan]),
    ("span-beyond-the-end", || logged(|builder| replace_disclosure(builder, PASSAGE, |mut value| { value[1]["span"]["start"] = json!(1000); value[1]["span"]["end"] = json!(1015); value })), Failed, &[PassageSpan]),
    ("span-backwards", || logged(|builder| replace_disclosure(builder, PASSAGE, |mut value| { value[1]["span"]["start"] = json!(MAX); value })), Failed, &[DisclosureType]),
    ("span-of-nothing", || logged(|builder| replace_disclosure(builder, PASSAGE, |mut value| { value[1]["span"]["end"] = value[1]["span"]["start"].clone(); value })), Failed, &[PassageSpan]),
    ("span-of-an-exhibit-of-another-record", || logged(|builder| {
        let other = Record::from_payload(&payload_of(&builder.leaves[SECOND])).unwrap().exhibits()[0];
        replace_disclosure(builder, PASSAGE, |mut value| { value[1]["span"]["exhibit"] = json!(other.to_string()); value });
    }), Failed, &[PassageSpan, ReferenceResolves]),
    // Tiles.
    ("tile-dropped", || stored(|files| { files.remove("tile/0/000.p/7"); }), Failed, &[TileContent]),
    ("tile-with-a-byte-more", || stored(|files| files.get_mut("tile/0/000.p/7").unwrap().push(0)), Failed, &[TileContent]),
    ("tile-hashes-swapped", || stored(|files| files.get_mut("tile/0/000.p/7").unwrap().rotate_left(32)), Failed, &[TileContent]),
    ("tile-and-bundle-swapped", || stored(|files| swap_files(files, "tile/0/000.p/7", "tile/entries/000.p/7")), Failed, &[TileContent, EntriesContent]),
    ("bundle-dropped", || stored(|files| { files.remove("tile/entries/000.p/7"); }), Failed, &[EntriesContent]),
    ("bundle-of-another-width", || stored(|files| { let mut bytes = files.remove("tile/entries/000.p/7").unwrap(); bytes.truncate(6 * 34); files.insert("tile/entries/000.p/6".to_owned(), bytes); }), Failed, &[LayoutKnown, EntriesContent]),
    ("bundle-with-a-byte-more", || stored(|files| files.get_mut("tile/entries/000.p/7").unwrap().push(0)), Failed, &[EntriesContent]),
    ("line-tile-and-bundle-replaced", || stored(|files| {
        let mut builder = sound();
        builder.edit_text(FIRST, &[&keeper()], |text| text.replacen(':', ": ", 1));
        let old = files.remove("checkpoint").unwrap();
        *files = builder.files();
        files.insert("checkpoint".to_owned(), old);
    }), Failed, &[TreeRoot]),
    // Files.
    ("file-unknown", || stored(|files| { files.insert("letter.docx".to_owned(), Vec::new()); }), Failed, &[LayoutKnown]),
    ("file-with-a-dot", || stored(|files| { files.insert(".DS_Store".to_owned(), Vec::new()); }), Failed, &[LayoutKnown]),
    ("file-of-another-case", || stored(|files| { files.insert("Checkpoint".to_owned(), Vec::new()); }), Failed, &[LayoutKnown]),
    ("file-of-a-wider-pack", || stored(|files| { let pack = files[PACK].clone(); files.insert("records/000.p/8.jsonl".to_owned(), pack); }), Failed, &[LayoutKnown]),
    ("pending-names-its-files", || stored(|files| {
        files.insert("records/000.p/8.jsonl".to_owned(), b"half a li".to_vec());
        files.insert("pending".to_owned(), b"path records/000.p/8.jsonl\n".to_vec());
        files.insert("checkpoint.new".to_owned(), Vec::new());
    }), Passed, &[]),
    ("pending-does-not-name-its-files", || stored(|files| {
        files.insert("records/000.p/8.jsonl".to_owned(), b"half a li".to_vec());
        files.insert("pending".to_owned(), b"path records/000.p/9.jsonl\n".to_vec());
    }), Failed, &[LayoutKnown]),
    ("checkpoint-new-without-pending", || stored(|files| { files.insert("checkpoint.new".to_owned(), Vec::new()); }), Failed, &[LayoutKnown]),
    ("archive-toml-edited", || stored(|files| files.get_mut("archive.toml").unwrap().extend(b"# mine\n")), Failed, &[ArchiveToml]),
    ("archive-toml-removed", || stored(|files| { files.remove("archive.toml"); }), Failed, &[ArchiveToml]),
    // Checkpoints.
    ("checkpoint-removed", || stored(|files| { files.remove("checkpoint"); }), Failed, &[CheckpointSyntax]),
    ("checkpoint-of-another-key", || stored(|files| { files.insert("checkpoint".to_owned(), sound().files_signed_by(9)["checkpoint"].clone()); }), Failed, &[CheckpointSignature]),
    ("checkpoint-by-a-keeper", || stored(|files| { files.insert("checkpoint".to_owned(), sound().files_signed_by(1)["checkpoint"].clone()); }), Failed, &[CheckpointSignature]),
    ("checkpoint-of-another-origin", || stored(|files| {
        let head = Checkpoint::parse_unverified(Note::parse(&files["checkpoint"]).unwrap().unverified_text()).unwrap();
        files.insert("checkpoint".to_owned(), signed_head("affiant.local/other", 2, head.size(), head.root()));
    }), Failed, &[CheckpointSignature]),
    ("checkpoint-with-a-foreign-signature", || stored(|files| {
        let foreign = signed_head("witness.example", 9, 7, affiant_tlog::merkle::Hash([7; 32]));
        let line = lines(&foreign).pop().unwrap();
        files.get_mut("checkpoint").unwrap().extend(line);
    }), Failed, &[CheckpointSyntax]),
    ("checkpoint-signed-twice", || stored(|files| {
        let line = lines(&files["checkpoint"]).pop().unwrap();
        files.get_mut("checkpoint").unwrap().extend(line);
    }), Failed, &[CheckpointSyntax]),
    ("checkpoint-of-a-larger-log", || stored(|files| {
        let mut builder = sound();
        builder.statement("More");
        files.insert("checkpoint".to_owned(), builder.files()["checkpoint"].clone());
    }), Failed, &[LayoutKnown, TreeRoot, PackLines, IdentityLog]),
    ("checkpoint-of-no-records", || stored(|files| { files.insert("checkpoint".to_owned(), signed_head(ORIGIN, 2, 0, affiant_tlog::merkle::empty_root())); }), Failed, &[LayoutKnown, IdentityLog]),
    // What the reader saw before.
    ("seen-the-same", || seen_before(|_| {}), Passed, &[]),
    ("seen-shorter", || seen_before(|builder| { builder.statement("More"); }), Passed, &[]),
    ("seen-longer", || seen_before(|builder| { builder.leaves.pop(); }), Failed, &[LayoutKnown, CheckpointSeen]),
    ("seen-another-of-the-same-size", || seen_before(|builder| { builder.edit_text(BOTH, &[&keeper(), &test_key(3)], |text| text.replacen(':', ": ", 1)); }), Failed, &[CheckpointSeen]),
    ("seen-rewritten-and-longer", || seen_before(|builder| { builder.edit_text(FIRST, &[&keeper()], |text| text.replacen(':', ": ", 1)); builder.statement("More"); }), Failed, &[CheckpointSeen]),
    // What the reader pinned.
    ("pins-none", || trusting(|_| Trust::default()), Indeterminate, &[IdentityLog, IdentitySigner]),
    ("pins-another-log", || trusting(|_| Builder::of_log_key(9).trust()), Indeterminate, &[IdentityLog, IdentitySigner]),
    ("pins-one-of-two-signers", || trusting(|_| Trust { archives: Vec::new(), keys: vec![pin(&keeper(), "Keeper")] }), Indeterminate, &[IdentityLog, IdentitySigner]),
    ("pins-each-signer", || trusting(|_| Trust { archives: Vec::new(), keys: vec![pin(&keeper(), "Keeper"), pin(&test_key(3), "Speaker")] }), Passed, &[]),
];

/// A number that every reader agrees on, far beyond any exhibit.
const MAX: u64 = (1 << 53) - 1;

#[test]
fn each_fault_has_its_codes() {
    check_cases(CASES);
}

/// Verifies each fixture, and compares what was found with what was expected.
pub fn check_cases(cases: &[Case]) {
    let names: BTreeSet<_> = cases.iter().map(|(name, ..)| name).collect();
    assert_eq!(names.len(), cases.len(), "names are distinct");
    let mut wrong = Vec::new();
    for (name, make, outcome, codes) in cases {
        let fixture = make();
        let report = verify(&fixture);
        let demanded = report.findings.iter().filter(|check| check.demanded);
        let found: BTreeSet<Code> = demanded.clone().map(|check| check.code).collect();
        let expected: BTreeSet<Code> = codes.iter().copied().collect();
        if report.outcome != *outcome || found != expected {
            wrong.push(format!("{name}: {} {found:?}", report.outcome));
        }
        // Identity is about the whole; anything else is about a file.
        for check in demanded.filter(|check| !matches!(check.code, IdentityLog | IdentitySigner)) {
            assert!(check.place.file.is_some(), "{name}: {check:?}");
        }
    }
    println!("{} fixtures", cases.len());
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn what_is_forged_is_an_envelope() {
    assert_eq!(
        envelope_of(b"{}", &[]),
        br#"{"payload":"e30=","payloadType":"application/vnd.in-toto+json","signatures":[]}"#
    );
    assert_eq!(PAYLOAD_TYPE, "application/vnd.in-toto+json");
}
