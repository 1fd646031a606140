//! The roster, leaf by leaf: who may say what, and what of it holds.

use affiant::check::{Code, Outcome};
use affiant::disclose::Sealer;
use affiant::key::{Signer, SigningKey};
use affiant::record::{RosterEntry, *};
use serde_json::{Map, Value, json};

use crate::archive_in_memory::{Builder, KEEPER, SPEAKER, salts, test_key};
use crate::ed25519::weak_blob;
use crate::faults::*;

/// A party that vouches for others.
const FRIEND: PartyId = PartyId([0xf5; 16]);

/// Makes a key a keeper's, for the speaker.
fn keep(builder: &mut Builder, key: &SigningKey, signers: &[(&SigningKey, PartyId)]) -> RecordId {
    let entry = RosterEntry::Keeper {
        party: SPEAKER,
        key: key.verifying_key().into(),
    };
    roster(builder, entry, signers)
}

/// The test key 4 becomes a keeper's.
fn second_keeper(builder: &mut Builder) -> RecordId {
    let key = test_key(4);
    keep(builder, &key, &[(&key, SPEAKER), (&keeper(), KEEPER)])
}

/// Revokes a keeper whom leaf 0 names.
fn dismiss(builder: &mut Builder, key: &SigningKey, reason: RevocationReason, by: (&SigningKey, PartyId)) -> RecordId {
    let entry = RosterEntry::Revocation {
        of: builder.archive.as_ref().unwrap().0,
        key: Some(key.verifying_key().into()),
        reason,
        since: None,
        note: None,
    };
    roster(builder, entry, &[by])
}

/// An entry that only a keeper may make, by the keeper or for the speaker.
fn party(builder: &mut Builder, key: &SigningKey) {
    let first = key.verifying_key() == keeper().verifying_key();
    party_by(builder, (key, if first { KEEPER } else { SPEAKER }));
}

fn party_by(builder: &mut Builder, by: (&SigningKey, PartyId)) -> RecordId {
    let entry = RosterEntry::Party {
        party: PartyId([9; 16]),
        party_kind: PartyKind::Person,
        names: Vec::new(),
        roles: Vec::new(),
    };
    roster(builder, entry, &[by])
}

/// A party with the test key 5; gives the enrolment.
fn friend(builder: &mut Builder) -> RecordId {
    builder.party(FRIEND, "A friend");
    let key = test_key(5);
    enrol(builder, &key, FRIEND, &[(&key, FRIEND), (&keeper(), KEEPER)])
}

/// Enrols the speaker's key once more, by the keeper.
fn enrol_again(builder: &mut Builder, party: PartyId) {
    let key = test_key(3);
    enrol(builder, &key, party, &[(&key, party), (&keeper(), KEEPER)]);
}

/// Somebody vouches for the speaker's key.
fn endorse(builder: &mut Builder, by: (&SigningKey, PartyId)) -> RecordId {
    let mut salts = salts();
    let mut sealer = Sealer::new(&mut salts);
    let entry = RosterEntry::Endorsement {
        party: SPEAKER,
        key: test_key(3).verifying_key().into(),
        words: sealer.seal(Wording {
            text: "I know his voice.".to_owned(),
            language: None,
        }),
    };
    let record = Record {
        common: builder.common("E", &[by]),
        subject: builder.subject(),
        body: Body::Roster(entry),
    };
    builder.log(&record, &[by.0], &sealer.into_disclosures())
}

/// Changes what the keeper said last.
fn edit_last(builder: &mut Builder, edit: impl FnOnce(&mut Map<String, Value>)) {
    let last = builder.leaves.len() - 1;
    builder.edit_payload(last, &[&keeper()], |payload| {
        edit(payload["predicate"].as_object_mut().unwrap());
    });
}

fn revoke_key(builder: &mut Builder, reason: RevocationReason) {
    let of = id_of(builder, ENROLMENT);
    revoke(builder, of, reason, (&keeper(), KEEPER));
}

/// The keeper is dismissed by the second keeper.
fn succeed(builder: &mut Builder, reason: RevocationReason) {
    second_keeper(builder);
    dismiss(builder, &keeper(), reason, (&test_key(4), SPEAKER));
}

use Code::*;
use Outcome::{Failed, Indeterminate, Passed};
use RevocationReason::{Compromised, Superseded, Withdrawn};

/// What fails where one who may not makes an entry by a key that does not stand.
const NOT_STANDING: &[Code] = &[RosterEntry, RosterKey, IdentitySigner];

/// As the table of faults: the name, how it is made, the whole outcome, and the codes of
/// every demanded check that did not pass.
#[rustfmt::skip]
const CASES: &[Case] = &[
    ("roster-key-without-proof-of-control", || logged(|builder| { enrol(builder, &test_key(4), SPEAKER, &[(&keeper(), KEEPER)]); }), Failed, &[RosterEntry]),
    ("roster-key-by-itself-alone", || logged(|builder| { let key = test_key(4); enrol(builder, &key, SPEAKER, &[(&key, SPEAKER)]); }), Failed, &[RosterEntry, RosterKey, IdentitySigner]),
    ("roster-key-by-a-key-of-the-party", || logged(|builder| { let key = test_key(4); enrol(builder, &key, SPEAKER, &[(&key, SPEAKER), (&test_key(3), SPEAKER)]); state(builder, &[(&key, SPEAKER)]); }), Passed, &[]),
    ("roster-key-by-a-key-of-another-party", || logged(|builder| { let key = test_key(4); enrol(builder, &key, KEEPER, &[(&key, KEEPER), (&test_key(3), SPEAKER)]); }), Failed, &[RosterEntry, RosterKey, IdentitySigner]),
    ("roster-party-by-no-keeper", || logged(|builder| {
        let entry = RosterEntry::Party { party: PartyId([9; 16]), party_kind: PartyKind::Person, names: Vec::new(), roles: Vec::new() };
        roster(builder, entry, &[(&test_key(3), SPEAKER)]);
    }), Failed, &[RosterEntry]),
    ("roster-key-of-an-unknown-party", || logged(|builder| { let key = test_key(4); let party = PartyId([9; 16]); enrol(builder, &key, party, &[(&key, party), (&keeper(), KEEPER)]); }), Failed, &[ReferenceResolves]),
    ("roster-authority-by-another-party", || logged(|builder| {
        let mut salts = salts();
        let mut sealer = Sealer::new(&mut salts);
        let words = sealer.seal(Wording { text: "speaks for".to_owned(), language: None });
        let during = StatedTime { exact: sealer.seal(TimeClaim { edtf: None, basis: TimeBasis::NotStated, anchor: None, note: None }), within: None };
        let entry = RosterEntry::Authority { granted_by: KEEPER, granted_to: SPEAKER, words, during };
        let second = test_key(3);
        let record = Record { common: builder.common("K", &[(&second, SPEAKER)]), subject: builder.subject(), body: Body::Roster(entry) };
        builder.log(&record, &[&second], &sealer.into_disclosures());
    }), Failed, &[RosterEntry]),
    ("roster-revocation-by-another", || logged(|builder| { let other = test_key(4); enrol(builder, &other, KEEPER, &[(&other, KEEPER), (&keeper(), KEEPER)]); let of = id_of(builder, ENROLMENT); revoke(builder, of, RevocationReason::Withdrawn, (&other, KEEPER)); state(builder, &[(&test_key(3), SPEAKER)]); }), Failed, &[RosterEntry]),
    ("roster-revocation-of-nothing", || logged(|builder| { let of = id_of(builder, FIRST); revoke(builder, of, RevocationReason::Withdrawn, (&keeper(), KEEPER)); }), Failed, &[RosterEntry]),
    ("roster-revoked-key-signed-before", || logged(|builder| { let of = id_of(builder, ENROLMENT); revoke(builder, of, RevocationReason::Superseded, (&keeper(), KEEPER)); }), Passed, &[]),
    ("roster-revoked-key-signs-later", || logged(|builder| { let of = id_of(builder, ENROLMENT); revoke(builder, of, RevocationReason::Superseded, (&keeper(), KEEPER)); state(builder, &[(&test_key(3), SPEAKER)]); }), Failed, &[RosterKey, IdentitySigner]),
    ("roster-revoked-by-itself", || logged(|builder| { let of = id_of(builder, ENROLMENT); revoke(builder, of, RevocationReason::Withdrawn, (&test_key(3), SPEAKER)); state(builder, &[(&test_key(3), SPEAKER)]); }), Failed, &[RosterKey, IdentitySigner]),
    ("roster-revoked-key-enrols-another", || logged(|builder| { let of = id_of(builder, ENROLMENT); revoke(builder, of, RevocationReason::Superseded, (&keeper(), KEEPER)); let key = test_key(4); enrol(builder, &key, SPEAKER, &[(&key, SPEAKER), (&test_key(3), SPEAKER)]); }), Failed, &[RosterEntry, RosterKey, IdentitySigner]),
    ("roster-compromised", || logged(|builder| { let of = id_of(builder, ENROLMENT); revoke(builder, of, RevocationReason::Compromised, (&keeper(), KEEPER)); }), Indeterminate, &[RosterKey]),
    ("roster-signer-not-enrolled", || logged(|builder| state(builder, &[(&test_key(4), SPEAKER)])), Indeterminate, &[RosterKey, IdentitySigner]),
    ("roster-signer-of-another-party", || logged(|builder| state(builder, &[(&test_key(3), KEEPER)])), Failed, &[RosterKey, IdentitySigner]),
    // Keepers.
    ("keeper-added", || logged(|b| { second_keeper(b); party(b, &test_key(4)); }), Passed, &[]),
    ("keeper-added-without-proof-of-control", || logged(|b| { keep(b, &test_key(4), &[(&keeper(), KEEPER)]); }), Failed, &[RosterEntry]),
    ("keeper-added-by-itself", || logged(|b| { keep(b, &test_key(4), &[(&test_key(4), SPEAKER)]); }), Failed, NOT_STANDING),
    ("keeper-added-by-a-key-of-the-party", || logged(|b| { keep(b, &test_key(4), &[(&test_key(4), SPEAKER), (&test_key(3), SPEAKER)]); }), Failed, NOT_STANDING),
    ("keeper-made-of-an-enrolled-key", || logged(|b| { keep(b, &test_key(3), &[(&test_key(3), SPEAKER), (&keeper(), KEEPER)]); party(b, &test_key(3)); }), Passed, &[]),
    ("keeper-of-an-unknown-party", || logged(|b| {
        let key = test_key(4);
        let entry = RosterEntry::Keeper { party: PartyId([9; 16]), key: key.verifying_key().into() };
        roster(b, entry, &[(&key, PartyId([9; 16])), (&keeper(), KEEPER)]);
    }), Failed, &[ReferenceResolves]),
    ("keeper-added-and-revoked", || logged(|b| { let of = second_keeper(b); revoke(b, of, Withdrawn, (&keeper(), KEEPER)); }), Passed, &[]),
    ("keeper-added-and-revoked-makes-entries", || logged(|b| { let of = second_keeper(b); revoke(b, of, Withdrawn, (&keeper(), KEEPER)); party(b, &test_key(4)); }), Failed, NOT_STANDING),
    ("keeper-added-revokes-itself", || logged(|b| { let of = second_keeper(b); revoke(b, of, Withdrawn, (&test_key(4), SPEAKER)); }), Passed, &[]),
    ("keeper-added-revoked-by-a-key-of-its-party", || logged(|b| { let of = second_keeper(b); revoke(b, of, Withdrawn, (&test_key(3), SPEAKER)); party(b, &test_key(4)); }), Failed, &[RosterEntry]),
    ("keeper-of-leaf-0-revoked-by-another", || logged(|b| { succeed(b, Superseded); party(b, &test_key(4)); }), Passed, &[]),
    ("keeper-of-leaf-0-revoked-signs", || logged(|b| { succeed(b, Superseded); state(b, &[(&keeper(), KEEPER)]); }), Failed, &[RosterKey, IdentitySigner]),
    ("keeper-of-leaf-0-revoked-makes-entries", || logged(|b| { succeed(b, Superseded); party(b, &keeper()); }), Failed, NOT_STANDING),
    ("keeper-of-leaf-0-revokes-itself", || logged(|b| { dismiss(b, &keeper(), Withdrawn, (&keeper(), KEEPER)); }), Passed, &[]),
    ("keeper-of-leaf-0-revokes-itself-and-signs", || logged(|b| { dismiss(b, &keeper(), Withdrawn, (&keeper(), KEEPER)); state(b, &[(&keeper(), KEEPER)]); }), Failed, &[RosterKey, IdentitySigner]),
    ("keeper-of-leaf-0-revoked-by-a-key-of-its-party", || logged(|b| {
        let key = test_key(4);
        enrol(b, &key, KEEPER, &[(&key, KEEPER), (&keeper(), KEEPER)]);
        dismiss(b, &keeper(), Withdrawn, (&key, KEEPER));
        party(b, &keeper());
    }), Failed, &[RosterEntry]),
    ("keeper-that-leaf-0-does-not-name-revoked", || logged(|b| { second_keeper(b); dismiss(b, &test_key(4), Withdrawn, (&keeper(), KEEPER)); }), Failed, &[RosterEntry]),
    ("keeper-of-leaf-0-compromised", || logged(|b| succeed(b, Compromised)), Indeterminate, &[RosterKey]),
    ("keeper-of-leaf-0-compromised-and-enrolled-again", || logged(|b| { succeed(b, Compromised); enrol(b, &keeper(), KEEPER, &[(&keeper(), KEEPER), (&test_key(4), SPEAKER)]); }), Failed, NOT_STANDING),
    ("keeper-of-leaf-0-compromised-and-a-keeper-again", || logged(|b| { succeed(b, Compromised); keep(b, &keeper(), &[(&keeper(), SPEAKER), (&test_key(4), SPEAKER)]); }), Failed, NOT_STANDING),
    ("keeper-of-leaf-0-superseded-and-a-keeper-again", || logged(|b| { succeed(b, Superseded); keep(b, &keeper(), &[(&keeper(), SPEAKER), (&test_key(4), SPEAKER)]); party_by(b, (&keeper(), SPEAKER)); }), Passed, &[]),
    ("revocation-of-leaf-0-without-a-key", || logged(|b| { dismiss(b, &keeper(), Withdrawn, (&keeper(), KEEPER)); edit_last(b, |entry| { entry.remove("key"); }); }), Failed, &[RecordSchema]),
    ("revocation-of-an-entry-with-a-key", || logged(|b| {
        let of = id_of(b, ENROLMENT);
        dismiss(b, &keeper(), Withdrawn, (&keeper(), KEEPER));
        edit_last(b, |entry| { entry.insert("of".to_owned(), json!(of.to_string())); });
    }), Failed, &[RecordSchema]),
    ("revocation-of-a-weak-key", || logged(|b| { dismiss(b, &keeper(), Withdrawn, (&keeper(), KEEPER)); edit_last(b, |entry| { entry.insert("key".to_owned(), json!(weak_blob())); }); }), Failed, &[KeyWeak]),
    // Endorsements.
    ("endorsement-by-a-keeper", || logged(|b| { endorse(b, (&keeper(), KEEPER)); }), Passed, &[]),
    ("endorsement-by-an-enrolled-key", || logged(|b| { friend(b); endorse(b, (&test_key(5), FRIEND)); }), Passed, &[]),
    ("endorsement-by-a-stranger", || logged(|b| { endorse(b, (&test_key(8), FRIEND)); }), Failed, NOT_STANDING),
    ("endorsement-by-a-revoked-key", || logged(|b| { let of = friend(b); revoke(b, of, Superseded, (&keeper(), KEEPER)); endorse(b, (&test_key(5), FRIEND)); }), Failed, NOT_STANDING),
    ("endorsement-withdrawn-by-the-endorser", || logged(|b| { friend(b); let of = endorse(b, (&test_key(5), FRIEND)); revoke(b, of, Withdrawn, (&test_key(5), FRIEND)); }), Passed, &[]),
    ("endorsement-withdrawn-by-a-keeper", || logged(|b| { friend(b); let of = endorse(b, (&test_key(5), FRIEND)); revoke(b, of, Withdrawn, (&keeper(), KEEPER)); }), Passed, &[]),
    ("endorsement-withdrawn-by-the-endorsed", || logged(|b| { friend(b); let of = endorse(b, (&test_key(5), FRIEND)); revoke(b, of, Withdrawn, (&test_key(3), SPEAKER)); }), Failed, &[RosterEntry]),
    ("endorsement-withdrawn-by-another", || logged(|b| { friend(b); let of = endorse(b, (&keeper(), KEEPER)); revoke(b, of, Withdrawn, (&test_key(5), FRIEND)); }), Failed, &[RosterEntry]),
    ("endorsement-withdrawn-by-a-revoked-key", || logged(|b| {
        let enrolment = friend(b);
        let of = endorse(b, (&test_key(5), FRIEND));
        revoke(b, enrolment, Superseded, (&keeper(), KEEPER));
        revoke(b, of, Withdrawn, (&test_key(5), FRIEND));
    }), Failed, NOT_STANDING),
    ("endorsement-compromised-revokes-no-key", || logged(|b| { let of = endorse(b, (&keeper(), KEEPER)); revoke(b, of, Compromised, (&keeper(), KEEPER)); state(b, &[(&test_key(3), SPEAKER)]); }), Passed, &[]),
    // Keys that are enrolled more than once.
    ("key-enrolled-twice-and-revoked-once", || logged(|b| { enrol_again(b, SPEAKER); revoke_key(b, Superseded); state(b, &[(&test_key(3), SPEAKER)]); }), Failed, &[RosterKey, IdentitySigner]),
    ("key-enrolled-again-after-its-revocation", || logged(|b| { revoke_key(b, Superseded); enrol_again(b, SPEAKER); state(b, &[(&test_key(3), SPEAKER)]); }), Passed, &[]),
    ("key-superseded-stays-for-another-party", || logged(|b| { enrol_again(b, KEEPER); revoke_key(b, Superseded); state(b, &[(&test_key(3), KEEPER)]); }), Passed, &[]),
    ("key-compromised-stays-for-nobody", || logged(|b| { enrol_again(b, KEEPER); revoke_key(b, Compromised); state(b, &[(&test_key(3), KEEPER)]); }), Failed, &[RosterKey, IdentitySigner]),
    ("key-compromised-and-enrolled-again", || logged(|b| { revoke_key(b, Compromised); enrol_again(b, SPEAKER); }), Failed, NOT_STANDING),
    ("key-compromised-and-enrolled-for-another", || logged(|b| { revoke_key(b, Compromised); enrol_again(b, KEEPER); }), Failed, NOT_STANDING),
    ("key-superseded-and-later-compromised", || logged(|b| { revoke_key(b, Superseded); revoke_key(b, Compromised); enrol_again(b, SPEAKER); }), Failed, NOT_STANDING),
    ("key-compromised-endorses", || logged(|b| { revoke_key(b, Compromised); endorse(b, (&test_key(3), SPEAKER)); }), Failed, NOT_STANDING),
    ("key-of-a-keeper-revoked-by-the-party-it-is-enrolled-for", || logged(|b| {
        let of = enrol(b, &keeper(), SPEAKER, &[(&keeper(), SPEAKER)]);
        revoke(b, of, Compromised, (&test_key(3), SPEAKER));
        state(b, &[(&keeper(), KEEPER)]);
    }), Failed, &[RosterEntry]),
];

#[test]
fn each_entry_has_its_effect() {
    check_cases(CASES);
}

#[test]
fn the_names_of_an_entry_that_was_revoked_are_not_given() {
    for (reason, by) in [(Withdrawn, (keeper(), KEEPER)), (Superseded, (test_key(3), SPEAKER))] {
        let fixture = logged(|builder| {
            let of = builder.party(SPEAKER, "Somebody Else");
            builder.party(SPEAKER, "Test Speaker, Esq.");
            revoke(builder, of, reason, (&by.0, by.1));
        });
        let report = verify(&fixture);
        assert_eq!(report.outcome, Passed, "{:#?}", report.findings);
        let speaker = report.signers.iter().find(|signer| signer.party == SPEAKER).unwrap();
        assert_eq!(speaker.names, ["Test Speaker", "Test Speaker, Esq."]);
    }
}
