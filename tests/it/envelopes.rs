use affiant::envelope::{Envelope, EnvelopeFault, PAYLOAD_TYPE, pae};

use crate::archive_in_memory::{Builder, KEEPER, test_key};

#[test]
fn pae_agrees_with_another_implementation() {
    for payload in [&b""[..], b"hello world", &[0xff; 300]] {
        assert_eq!(pae(PAYLOAD_TYPE, payload), dsse_pae(payload));
    }
}

fn dsse_pae(payload: &[u8]) -> Vec<u8> {
    dsse::pae(PAYLOAD_TYPE, payload)
}

#[test]
fn a_statement_seals_opens_and_reveals() {
    let mut builder = Builder::begin();
    let key = test_key(1);
    let (record, disclosures) = builder.statement_record("I will not stop", &[(&key, KEEPER)]);
    builder.log(&record, &[&key], &disclosures);
    let bytes = &builder.leaves.last().unwrap().envelope;
    let mut opened = Envelope::parse(bytes).unwrap().open().unwrap();
    assert_ne!(
        opened.value(),
        &record,
        "every position is withheld until it is revealed"
    );
    let revelation = opened.reveal(&disclosures);
    assert!(
        revelation.faults.is_empty() && revelation.withheld.is_empty(),
        "{revelation:?}"
    );
    assert_eq!(opened.value(), &record);
    assert_eq!(opened.signers().len(), 1);
    assert_eq!(
        record.to_payload().unwrap(),
        Envelope::parse(bytes).unwrap().unverified_payload()
    );
}

#[test]
fn an_envelope_is_one_line() {
    let builder = Builder::begin();
    let text = String::from_utf8(builder.leaves[0].envelope.clone()).unwrap();
    let spaced = text.replacen(':', ": ", 1);
    assert!(Envelope::parse(spaced.as_bytes()).unwrap().open().is_ok());
    for lines in [
        text.replacen(':', ":\n", 1),
        text.replacen(':', ":\r", 1),
        format!("{text}\n"),
        format!("{text}\r"),
    ] {
        let fault = Envelope::parse(lines.as_bytes()).unwrap_err();
        assert!(matches!(fault, EnvelopeFault::Lines), "{fault}");
    }
}
