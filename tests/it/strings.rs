//! Any text that a person may write goes through a record unchanged.

use affiant::disclose::{Disclosure, Sealer};
use affiant::envelope::{Envelope, seal};
use affiant::record::*;
use affiant::time::Extent;

use crate::archive_in_memory::{Builder, KEEPER, SPEAKER, salts, test_key};
use crate::vectors::{own, public};

#[test]
fn our_own_strings() {
    every_member(&own("strings.json"));
}

#[test]
fn the_big_list() {
    let Some(path) = public("strings/blns.json") else {
        return;
    };
    every_member(&serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap());
}

fn every_member(strings: &serde_json::Value) {
    let builder = Builder::begin();
    let strings = strings.as_array().unwrap();
    let mut records = 0;
    for text in strings {
        for record in [
            statement,
            proposition,
            relation,
            attestation,
            party,
            authority,
            endorsement,
            revocation,
        ] {
            let mut builder = builder.clone();
            let (record, disclosures) = record(&mut builder, text.as_str().unwrap());
            round_trip(&record, &disclosures);
            records += 1;
        }
        archive(&builder, text.as_str().unwrap());
    }
    println!("{} strings in {records} records", strings.len());
}

/// Seals, opens, reveals; what comes out is what went in.
fn round_trip(record: &Record, disclosures: &[Disclosure]) {
    let envelope = seal(record, &[&test_key(1)]).unwrap();
    let mut opened = Envelope::parse(&envelope).unwrap().open().unwrap();
    let line = affiant::disclose::to_line(disclosures);
    assert!(!line.contains('\n') && !envelope.contains(&b'\n'));
    let revelation = opened.reveal(&affiant::disclose::from_line(line.as_bytes()).unwrap());
    assert!(
        revelation.faults.is_empty() && revelation.withheld.is_empty(),
        "{revelation:?}"
    );
    assert_eq!(opened.value(), record);
}

fn make(builder: &mut Builder, body: impl FnOnce(&mut Sealer<'_>) -> Body) -> (Record, Vec<Disclosure>) {
    let mut salts = salts();
    let mut sealer = Sealer::new(&mut salts);
    let body = body(&mut sealer);
    let disclosures = sealer.into_disclosures();
    let common = builder.common("T", &[(&test_key(1), KEEPER)]);
    let subject = builder.subject();
    (Record { common, subject, body }, disclosures)
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn wording(text: &str) -> Wording {
    Wording {
        text: text.to_owned(),
        language: some("az-Latn"),
    }
}

fn claim(text: &str) -> TimeClaim {
    TimeClaim {
        edtf: None,
        basis: TimeBasis::Inferred,
        anchor: some(text),
        note: some(text),
    }
}

fn unidentified(text: &str) -> PartyRef {
    PartyRef::Unidentified(text.to_owned())
}

fn stance(builder: &Builder, text: &str) -> Stance {
    Stance {
        proposition: builder.archive.as_ref().unwrap().0,
        polarity: Polarity::Denies,
        certainty: Certainty::Probable,
        modality: Modality::Believes,
        value: Some(Value::Number(Amount {
            least: None,
            most: None,
            unit: format!("u{text}"),
            printed: Some(text.to_owned()),
            approximate: true,
        })),
        over: Some(Over {
            edtf: "XXXX-01-10".parse().unwrap(),
            extent: Extent::Sometime,
        }),
        scope: vec![ScopeItem::Words(text.to_owned()), ScopeItem::Party(SPEAKER)],
        according_to: vec![unidentified(text)],
        note: some(text),
    }
}

fn statement(builder: &mut Builder, text: &str) -> (Record, Vec<Disclosure>) {
    let seen = stance(builder, text);
    let common = builder.common("S", &[(&test_key(1), KEEPER)]);
    let mut salts = salts();
    let mut sealer = Sealer::new(&mut salts);
    let exhibit = sealer.describe(&Descriptor {
        media_type: text.to_owned(),
        name: text.to_owned(),
        sha256: affiant::digest::Digest::of(text.as_bytes()),
        size: text.len() as u64,
    });
    let time = |sealer: &mut Sealer<'_>| StatedTime {
        exact: sealer.seal(claim(text)),
        within: sealer.seal_some(Some(claim(text))),
    };
    let (said, conveyed, published, when) = (
        time(&mut sealer),
        time(&mut sealer),
        time(&mut sealer),
        time(&mut sealer),
    );
    let hop = Hop {
        from: sealer.seal(unidentified(text)),
        to: sealer.seal(unidentified(text)),
        medium: Medium::Telephone,
        did: Act::Summary,
        basis: Basis::Heard,
        when,
        attested_by: sealer.seal_some(Some(unidentified(text))),
        authority: sealer.seal_some(Some(Authority {
            claim: AuthorityClaim::Claimed,
            record: None,
            note: some(text),
        })),
        identified_by: sealer.seal_some(some(text)),
        call: Some(Call {
            placed_by: PlacedBy::From,
            notes: NotesMade::After,
            lasted_seconds: Some(u32::MAX),
            number: sealer.seal_some(some(text)),
            listeners: sealer.seal_some(Some(vec![unidentified(text)])),
            line_controlled_by: sealer.seal_some(Some(unidentified(text))),
        }),
    };
    let body = Statement {
        speaker: sealer.seal(unidentified(text)),
        alleged: true,
        form: Form::Translation,
        language: "und".to_owned(),
        translator: sealer.seal_some(Some(unidentified(text))),
        words: sealer.seal_each([Passage {
            // A passage has words.
            text: format!("{text}."),
            quotation: Quotation::Unbalanced,
            language: some("az"),
            cue: some(text),
            label: some(text),
            cited_as: some(text),
            span: None,
        }]),
        said,
        conveyed,
        published,
        relay: vec![hop],
        circumstances: sealer.seal(Circumstances {
            detained: Known::Yes,
            voluntariness_recorded: Known::No,
            present: vec![unidentified(text)],
            channel_controlled_by: Some(unidentified(text)),
            note: some(text),
        }),
        stances: sealer.seal_each([seen]),
        observed: sealer.seal_each([Observation {
            exhibit,
            format: text.to_owned(),
            width: Some(1),
            height: Some(2),
        }]),
        note: sealer.seal_some(some(text)),
    };
    let disclosures = sealer.into_disclosures();
    let record = Record {
        common,
        subject: Subject::Exhibits(vec![exhibit]),
        body: Body::Statement(Box::new(body)),
    };
    (record, disclosures)
}

fn proposition(builder: &mut Builder, text: &str) -> (Record, Vec<Disclosure>) {
    make(builder, |sealer| {
        Body::Proposition(Proposition {
            proposition_type: PropositionType::Definition,
            varies: true,
            words: sealer.seal(wording(text)),
            excludes: sealer.seal_some(Some(wording(text))),
            about: sealer.seal_some(Some(vec![ScopeItem::Words(text.to_owned())])),
            total_of: Vec::new(),
        })
    })
}

fn relation(builder: &mut Builder, text: &str) -> (Record, Vec<Disclosure>) {
    let seen = stance(builder, text);
    let here = Reference::Record(builder.archive.as_ref().unwrap().0);
    make(builder, |sealer| {
        Body::Relation(Box::new(Relation {
            relation: RelationKind::Answers,
            from: here,
            target: Target {
                is: TargetIs::All,
                among: vec![here],
            },
            asserted_by: sealer.seal_some(Some(unidentified(text))),
            asserted_in: None,
            stance: sealer.seal_some(Some(seen)),
            within: None,
            asked: None,
            note: sealer.seal_some(some(text)),
        }))
    })
}

fn attestation(builder: &mut Builder, text: &str) -> (Record, Vec<Disclosure>) {
    make(builder, |sealer| {
        Body::Attestation(Attestation {
            about: Reference::Party(SPEAKER),
            declaration: sealer.seal(wording(text)),
        })
    })
}

fn party(builder: &mut Builder, text: &str) -> (Record, Vec<Disclosure>) {
    make(builder, |sealer| {
        Body::Roster(RosterEntry::Party {
            party: PartyId([7; 16]),
            party_kind: PartyKind::Office,
            names: sealer.seal_each([Name {
                text: text.to_owned(),
                language: some("ru"),
            }]),
            roles: sealer.seal_each([Role {
                text: text.to_owned(),
                since: Some(claim(text)),
                until: None,
            }]),
        })
    })
}

fn authority(builder: &mut Builder, text: &str) -> (Record, Vec<Disclosure>) {
    make(builder, |sealer| {
        Body::Roster(RosterEntry::Authority {
            granted_by: SPEAKER,
            granted_to: KEEPER,
            words: sealer.seal(wording(text)),
            during: StatedTime {
                exact: sealer.seal(claim(text)),
                within: None,
            },
        })
    })
}

fn endorsement(builder: &mut Builder, text: &str) -> (Record, Vec<Disclosure>) {
    use affiant::key::Signer as _;
    make(builder, |sealer| {
        Body::Roster(RosterEntry::Endorsement {
            party: SPEAKER,
            key: test_key(5).verifying_key().into(),
            words: sealer.seal(wording(text)),
        })
    })
}

fn revocation(builder: &mut Builder, text: &str) -> (Record, Vec<Disclosure>) {
    let of = builder.archive.as_ref().unwrap().0;
    make(builder, |sealer| {
        Body::Roster(RosterEntry::Revocation {
            of,
            key: Some(affiant::key::Signer::verifying_key(&test_key(1)).into()),
            reason: RevocationReason::Withdrawn,
            since: sealer.seal_some(Some(claim(text))),
            note: sealer.seal_some(some(text)),
        })
    })
}

/// The name of an archive stands in the open, and in archive.toml.
fn archive(builder: &Builder, text: &str) {
    let (id, mut body) = builder.archive.clone().unwrap();
    body.name = text.to_owned();
    let toml = affiant::archive::archive_toml(&body, id);
    let line = toml.lines().find_map(|line| line.strip_prefix("name = ")).unwrap();
    assert_eq!(serde_json::from_str::<String>(line).unwrap(), text);
    let mut record = Envelope::parse(&builder.leaves[0].envelope)
        .unwrap()
        .unverified_record()
        .unwrap();
    let count = text.chars().count();
    let accepted = (1..=MAX_ARCHIVE_NAME).contains(&count) && !text.chars().any(char::is_control);
    record.body = Body::Archive(body);
    if accepted {
        round_trip(&record, &[]);
    } else {
        assert!(record.to_payload().is_err(), "{text:?}");
    }
}
