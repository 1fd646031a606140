//! What a relation may point at, and that an answer is about what it points at.

use affiant::check::{Code, Outcome};
use affiant::disclose::Sealer;
use affiant::record::*;

use crate::archive_in_memory::{Builder, KEEPER, SPEAKER, salts, test_key, verify};

fn stance(proposition: RecordId) -> Stance {
    Stance {
        proposition,
        polarity: Polarity::Affirms,
        certainty: Certainty::Certain,
        modality: Modality::Asserts,
        value: None,
        over: None,
        scope: Vec::new(),
        according_to: Vec::new(),
        note: None,
    }
}

/// Where a relation begins, and what it points at.
type Ends<'a> = (Reference, TargetIs, &'a [Reference]);

/// A relation; of an answer, with this stance.
fn relation(
    builder: &mut Builder,
    kind: RelationKind,
    (from, is, among): Ends<'_>,
    on: Option<RecordId>,
) -> Result<Outcome, RecordError> {
    let mut salts = salts();
    let mut sealer = Sealer::new(&mut salts);
    let body = Relation {
        relation: kind,
        from,
        target: Target {
            is,
            among: among.to_vec(),
        },
        asserted_by: None,
        asserted_in: None,
        stance: on.map(|id| sealer.seal(stance(id))),
        within: None,
        asked: None,
        note: None,
    };
    let disclosures = sealer.into_disclosures();
    let key = test_key(1);
    let record = Record {
        common: builder.common("L", &[(&key, KEEPER)]),
        subject: builder.subject(),
        body: Body::Relation(Box::new(body)),
    };
    record.to_payload()?;
    let mut builder = builder.clone();
    builder.log(&record, &[&key], &disclosures);
    let report = verify(&builder.files(), &builder.trust());
    let wrong = report.failed().into_iter().find(|code| *code != Code::DisclosureType);
    assert_eq!(wrong, None, "{:#?}", report.findings);
    Ok(report.outcome)
}

#[test]
fn targets_are_plain() {
    use RelationKind::{Answers, Contradicts};
    use TargetIs::{All, OneOf, Unresolved};
    let mut builder = Builder::begin();
    let (one, other) = (
        builder.statement("I will not stop"),
        builder.statement("I never said that"),
    );
    let builder = &mut builder;
    let [a, b, party] = [
        Reference::Record(one),
        Reference::Record(other),
        Reference::Party(SPEAKER),
    ];
    let mut passes = |kind: RelationKind, target: Ends<'_>, on: Option<RecordId>| {
        let outcome =
            relation(builder, kind, target, on).unwrap_or_else(|error| panic!("{kind:?} {target:?}: {error}"));
        assert_eq!(outcome, Outcome::Passed, "{kind:?} {target:?}");
    };
    passes(Contradicts, (a, All, &[b]), None);
    passes(Contradicts, (party, All, &[a, b]), None);
    passes(Contradicts, (a, OneOf, &[b, party]), None);
    passes(Contradicts, (a, Unresolved, &[]), None);
    passes(Contradicts, (a, Unresolved, &[b]), None);
    passes(Answers, (a, All, &[b]), Some(other));
    let mut refused = |kind: RelationKind, target: Ends<'_>, on: Option<RecordId>| {
        let made = relation(builder, kind, target, on);
        assert!(
            matches!(made, Err(RecordError::Rule(_))),
            "{kind:?} {target:?}: {made:?}"
        );
    };
    refused(Contradicts, (a, All, &[]), None);
    refused(Contradicts, (a, OneOf, &[b]), None);
    refused(Contradicts, (a, OneOf, &[]), None);
    refused(Contradicts, (a, All, &[b, b]), None);
    refused(Contradicts, (a, OneOf, &[b, party, b]), None);
    refused(Contradicts, (a, Unresolved, &[b, b]), None);
    refused(Contradicts, (a, All, &[b]), Some(other));
    refused(Answers, (a, All, &[b]), None);
    refused(Answers, (a, All, &[a, b]), Some(one));
    refused(Answers, (a, Unresolved, &[]), Some(one));
    refused(Answers, (a, All, &[party]), Some(one));
    refused(Answers, (party, All, &[b]), Some(other));
}

#[test]
fn an_answer_is_about_its_target() {
    let mut builder = Builder::begin();
    let (one, other) = (
        builder.statement("I will not stop"),
        builder.statement("I never said that"),
    );
    let target = (Reference::Record(one), TargetIs::All, [Reference::Record(other)]);
    let target = (target.0, target.1, target.2.as_slice());
    let outcome = relation(&mut builder, RelationKind::Answers, target, Some(one));
    assert_eq!(outcome.unwrap(), Outcome::Failed);
}
