//! Envelopes that [`seal`](affiant::envelope::seal) would never make.

use affiant::encode::{base64, json};
use affiant::envelope::{PAYLOAD_TYPE, pae};
use affiant::key::{Signer, SigningKey, encode_sshsig, signed_bytes};
use affiant::record::RecordId;
use serde_json::{Value, json};

use crate::archive_in_memory::{Builder, Logged};

/// Signs any bytes as a payload, by both signatures of each key.
pub fn envelope_of(payload: &[u8], keys: &[&SigningKey]) -> Vec<u8> {
    let signatures: Vec<Value> = keys.iter().map(|key| signature(payload, key)).collect();
    json::canonical(&json!({
        "payload": base64::encode(payload), "payloadType": PAYLOAD_TYPE, "signatures": signatures,
    }))
}

pub fn signature(payload: &[u8], key: &SigningKey) -> Value {
    let public = key.verifying_key();
    let sshsig = encode_sshsig(public, &key.sign(&signed_bytes(payload)).unwrap());
    json!({
        "keyid": public.fingerprint(),
        "sig": base64::encode(key.sign(&pae(PAYLOAD_TYPE, payload)).unwrap()),
        "sshsig": base64::encode(sshsig),
    })
}

/// The payload of a logged record.
pub fn payload_of(leaf: &Logged) -> Vec<u8> {
    let envelope: Value = serde_json::from_slice(&leaf.envelope).unwrap();
    base64::decode(envelope["payload"].as_str().unwrap()).unwrap()
}

impl Builder {
    /// Changes the envelope of a leaf, not its payload's signatures.
    pub fn edit_envelope(&mut self, leaf: usize, edit: impl FnOnce(&mut Value)) {
        let leaf = &mut self.leaves[leaf];
        let mut envelope = serde_json::from_slice(&leaf.envelope).unwrap();
        edit(&mut envelope);
        leaf.envelope = json::canonical(&envelope);
    }

    /// Changes the payload of a leaf as text, and signs it again by `keys`.
    pub fn edit_text(&mut self, leaf: usize, keys: &[&SigningKey], edit: impl FnOnce(&str) -> String) {
        let before = String::from_utf8(payload_of(&self.leaves[leaf])).unwrap();
        let after = edit(&before);
        assert_ne!(before, after, "the edit changes something");
        self.leaves[leaf].envelope = envelope_of(after.as_bytes(), keys);
    }

    /// Changes the payload of a leaf, and signs it again by `keys`.
    pub fn edit_payload(
        &mut self,
        leaf: usize,
        keys: &[&SigningKey],
        edit: impl FnOnce(&mut serde_json::Map<String, Value>),
    ) -> RecordId {
        let mut payload: Value = serde_json::from_slice(&payload_of(&self.leaves[leaf])).unwrap();
        edit(payload.as_object_mut().unwrap());
        let payload = json::canonical(&payload);
        self.leaves[leaf].envelope = envelope_of(&payload, keys);
        RecordId::of_payload(&payload)
    }

    /// Changes the disclosures of a leaf.
    pub fn edit_disclosures(&mut self, leaf: usize, edit: impl FnOnce(&mut Vec<String>)) {
        let leaf = &mut self.leaves[leaf];
        let mut texts = serde_json::from_str(&leaf.disclosures).unwrap();
        edit(&mut texts);
        leaf.disclosures = serde_json::to_string(&texts).unwrap();
    }
}
