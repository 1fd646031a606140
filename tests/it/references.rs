//! Whatever a record points at, in a disclosed position too, has to be there.

use std::collections::BTreeSet;

use affiant::check::Code;
use affiant::disclose::{Disclosure, Sealer};
use affiant::record::*;
use affiant::time::Extent;
use affiant::verify::Verification;

use crate::archive_in_memory::{Builder, KEEPER, SPEAKER, salts, test_key, verify};

/// A party that no roster names, of its own for each place that points at it.
fn nobody(place: u8) -> PartyId {
    PartyId([place; 16])
}

fn who(place: u8) -> PartyRef {
    PartyRef::Party(nobody(place))
}

fn nothing(place: u8) -> RecordId {
    RecordId::of_payload(&[place])
}

fn unstated(sealer: &mut Sealer<'_>) -> StatedTime {
    StatedTime {
        exact: sealer.seal(TimeClaim {
            edtf: None,
            basis: TimeBasis::NotStated,
            anchor: None,
            note: None,
        }),
        within: None,
    }
}

fn stance(place: u8) -> Stance {
    Stance {
        proposition: nothing(place),
        polarity: Polarity::Affirms,
        certainty: Certainty::Certain,
        modality: Modality::Promises,
        value: None,
        over: Some(Over {
            edtf: "2026".parse().unwrap(),
            extent: Extent::Sometime,
        }),
        scope: vec![ScopeItem::Words("all".to_owned()), ScopeItem::Party(nobody(place + 1))],
        according_to: vec![who(place + 2), PartyRef::Unidentified(String::new())],
        note: None,
    }
}

/// A statement that points at something unknown wherever a statement can.
fn statement(builder: &mut Builder) -> (Record, Vec<Disclosure>) {
    let key = test_key(1);
    let (mut record, mut disclosures) = builder.statement_record("Words", &[(&key, KEEPER)]);
    let exhibit = record.exhibits()[0];
    let mut next = salts();
    let mut salts = || next().map(|byte| byte ^ 0xff);
    let mut sealer = Sealer::new(&mut salts);
    let Body::Statement(statement) = &mut record.body else {
        panic!("a statement");
    };
    statement.speaker = sealer.seal(who(1));
    statement.translator = Some(sealer.seal(who(2)));
    let hop = &mut statement.relay[0];
    hop.from = sealer.seal(who(3));
    hop.to = sealer.seal(who(4));
    hop.attested_by = Some(sealer.seal(who(5)));
    hop.authority = Some(sealer.seal(Authority {
        claim: AuthorityClaim::Granted,
        record: Some(nothing(6)),
        note: None,
    }));
    hop.call = Some(Call {
        placed_by: PlacedBy::To,
        notes: NotesMade::During,
        lasted_seconds: None,
        number: None,
        listeners: Some(sealer.seal(vec![who(7), PartyRef::Party(KEEPER)])),
        line_controlled_by: Some(sealer.seal(who(8))),
    });
    statement.circumstances = sealer.seal(Circumstances {
        detained: Known::Yes,
        voluntariness_recorded: Known::No,
        present: vec![who(9), PartyRef::Party(SPEAKER)],
        channel_controlled_by: Some(who(10)),
        note: None,
    });
    statement.stances = vec![sealer.seal(stance(11))];
    statement.observed = vec![sealer.seal(Observation {
        exhibit: ExhibitId(affiant::digest::Digest::of(b"another")),
        format: "text/plain".to_owned(),
        width: None,
        height: None,
    })];
    let made = sealer.into_disclosures();
    let mut kept = BTreeSet::from([exhibit.0]);
    record.positions(&mut |_, slot| {
        kept.insert(*slot.digest());
    });
    disclosures.extend(made);
    disclosures.retain(|disclosure| kept.contains(&disclosure.digest()));
    (record, disclosures)
}

const OF_STATEMENT: [&str; 14] = [
    "speaker",
    "translator",
    "relay[0].from",
    "relay[0].to",
    "relay[0].attested_by",
    "relay[0].authority",
    "relay[0].call.listeners",
    "relay[0].call.line_controlled_by",
    "circumstances.present",
    "circumstances.channel_controlled_by",
    "stances[0].proposition",
    "stances[0].scope",
    "stances[0].according_to",
    "observed[0]",
];

fn other(builder: &mut Builder, prefix: &str, body: impl FnOnce(&mut Sealer<'_>) -> Body) -> (Record, Vec<Disclosure>) {
    let mut salts = salts();
    let mut sealer = Sealer::new(&mut salts);
    let body = body(&mut sealer);
    let disclosures = sealer.into_disclosures();
    let common = builder.common(prefix, &[(&test_key(1), KEEPER)]);
    let subject = builder.subject();
    (Record { common, subject, body }, disclosures)
}

/// The places that were found to point at nothing, in the record that was logged last.
fn unresolved(report: &Verification) -> Vec<String> {
    let findings = report
        .findings
        .iter()
        .filter(|check| check.code == Code::ReferenceResolves);
    let place = |sentence: &str| sentence.split_once(" points at ").unwrap().0.to_owned();
    findings.map(|check| place(&check.sentence)).collect()
}

#[test]
fn every_place_that_points_at_something_is_looked_at() {
    let builder = Builder::begin();
    let key = test_key(1);
    let mut cases: Vec<(Builder, Record, Vec<Disclosure>, Vec<&str>)> = Vec::new();
    let mut case = |make: &dyn Fn(&mut Builder) -> (Record, Vec<Disclosure>), places: &[&'static str]| {
        let mut builder = builder.clone();
        let (record, disclosures) = make(&mut builder);
        cases.push((builder, record, disclosures, places.to_vec()));
    };
    case(&statement, &OF_STATEMENT);
    case(
        &|builder| {
            other(builder, "P", |sealer| {
                Body::Proposition(Proposition {
                    proposition_type: PropositionType::Question,
                    varies: true,
                    words: sealer.seal(Wording {
                        text: "Is it so?".to_owned(),
                        language: None,
                    }),
                    excludes: None,
                    about: Some(sealer.seal(vec![ScopeItem::Party(nobody(1)), ScopeItem::Party(SPEAKER)])),
                    total_of: Vec::new(),
                })
            })
        },
        &["about"],
    );
    case(
        &|builder| {
            other(builder, "L", |sealer| {
                Body::Relation(Box::new(Relation {
                    relation: RelationKind::Answers,
                    from: Reference::Record(nothing(1)),
                    target: Target {
                        is: TargetIs::All,
                        among: vec![Reference::Record(nothing(2))],
                    },
                    asserted_by: Some(sealer.seal(who(3))),
                    asserted_in: Some(nothing(4)),
                    stance: Some(sealer.seal(stance(2))),
                    within: None,
                    asked: None,
                    note: None,
                }))
            })
        },
        &[
            "from",
            "target.among[0]",
            "asserted_in",
            "asserted_by",
            "stance.proposition",
            "stance.according_to",
            "stance.scope",
        ],
    );
    case(
        &|builder| {
            other(builder, "T", |sealer| {
                Body::Attestation(Attestation {
                    about: Reference::Party(nobody(1)),
                    declaration: sealer.seal(Wording {
                        text: "I know nobody of that name.".to_owned(),
                        language: None,
                    }),
                })
            })
        },
        &["about"],
    );
    case(
        &|builder| {
            other(builder, "G", |sealer| {
                Body::Roster(RosterEntry::Authority {
                    granted_by: nobody(1),
                    granted_to: nobody(2),
                    words: sealer.seal(Wording {
                        text: "speaks for".to_owned(),
                        language: None,
                    }),
                    during: unstated(sealer),
                })
            })
        },
        &["granted_by", "granted_to"],
    );
    for entry in [
        RosterEntry::Key {
            party: nobody(1),
            key: affiant::key::Signer::verifying_key(&key).into(),
        },
        RosterEntry::Keeper {
            party: nobody(1),
            key: affiant::key::Signer::verifying_key(&key).into(),
        },
    ] {
        case(
            &|builder| other(builder, "K", |_| Body::Roster(entry.clone())),
            &["party"],
        );
    }
    for (mut builder, record, disclosures, mut places) in cases {
        let kind = record.body.kind().to_owned();
        builder.log(&record, &[&key], &disclosures);
        let report = verify(&builder.files(), &builder.trust());
        assert_eq!(
            report.failed(),
            [Code::ReferenceResolves].into(),
            "{kind}: {:#?}",
            report.findings
        );
        let mut found = unresolved(&report);
        found.sort();
        places.sort();
        assert_eq!(found, places, "{kind}");
        // What is withheld is not seen, and what stands in the open is.
        builder.leaves.last_mut().unwrap().disclosures = "[]".to_owned();
        let report = verify(&builder.files(), &builder.trust());
        let open = [
            "from",
            "target.among[0]",
            "asserted_in",
            "granted_by",
            "granted_to",
            "party",
        ];
        let attested = kind == "attestation";
        places.retain(|place| open.contains(place) || attested);
        found = unresolved(&report);
        found.sort();
        assert_eq!(found, places, "{kind}");
    }
}
