//! One fixture that raises a rule's flag and one that does not, for each rule.
#![allow(clippy::unwrap_used)]

use crate::compare::{Ask, Standing, compare};
use crate::digest::Digest;
use crate::record::{
    Act, Authority, AuthorityClaim, ExhibitId, Form, Known, Medium, Polarity, Position, Quotation, Reference,
    RelationKind, Scope, StatedTime, Statement,
};

use super::made::{Made, anchored, granted, hops, id, party, passage, record, shown, stance, time, who, withheld};
use super::*;

mod positions;

/// What is flagged of one statement, by itself.
fn alone(change: impl FnOnce(&mut Statement)) -> Vec<(Rule, String)> {
    Made::default().statement("S01", change).of("S01")
}

fn at(rule: Rule, place: &str) -> Vec<(Rule, String)> {
    vec![(rule, place.to_owned())]
}

#[test]
fn a_record_without_faults_raises_nothing() {
    assert_eq!(alone(|_| {}), []);
    assert_eq!(alone(|statement| statement.relay = hops(&[("ANN", "BOB")])), []);
}

#[test]
fn quotation_marks() {
    let words = |text: &str, quotation| alone(|statement| statement.words = vec![passage(text, quotation)]);
    assert_eq!(
        words("home", Quotation::Unbalanced),
        at(Rule::QuotationUnbalanced, "words[0]")
    );
    assert_eq!(
        words("“home", Quotation::Marked),
        at(Rule::QuotationUnbalanced, "words[0]")
    );
    assert_eq!(words("he said “home”", Quotation::None), []);
    assert_eq!(alone(|statement| statement.words = vec![withheld()]), []);
}

#[test]
fn words_that_are_not_held() {
    for form in [Form::Paraphrase, Form::Summary, Form::ReportedAct] {
        assert_eq!(
            alone(|statement| statement.form = form),
            at(Rule::NoVerbatimWords, "form")
        );
    }
    assert_eq!(
        alone(|statement| statement.words.clear()),
        at(Rule::NoVerbatimWords, "form")
    );
    assert_eq!(
        alone(|statement| {
            statement.form = Form::Silence;
            statement.words.clear();
        }),
        []
    );
    for (kind, expected) in [
        (RelationKind::Quotes, vec![]),
        (RelationKind::SameUtterance, vec![]),
        (RelationKind::CommentsOn, at(Rule::NoVerbatimWords, "form")),
    ] {
        let mut made = Made::default();
        made.statement("S01", |statement| statement.form = Form::Summary);
        made.statement("S02", |_| {});
        made.link("R01", kind, record("S01"), record("S02"));
        assert_eq!(made.of("S01"), expected, "{kind:?}");
    }
    let excerpt = |made: &mut Made| {
        made.statement("S01", |statement| {
            statement.relay = hops(&[("ANN", "BOB")]);
            statement.relay[0].did = Act::Excerpt;
        });
    };
    let mut made = Made::default();
    excerpt(&mut made);
    assert_eq!(made.of("S01"), at(Rule::ExcerptOnly, "relay[0].did"));
    made.statement("S02", |_| {});
    made.link("R01", RelationKind::Quotes, record("S01"), record("S02"));
    assert_eq!(made.of("S01"), []);
}

#[test]
fn languages() {
    assert_eq!(
        alone(|statement| statement.language = "und".to_owned()),
        at(Rule::LanguageNotStated, "language")
    );
    assert_eq!(alone(|statement| statement.language = "az".to_owned()), []);
}

#[test]
fn translations() {
    let translated = |statement: &mut Statement| statement.form = Form::Translation;
    let missing: Vec<String> = alone(translated)
        .into_iter()
        .map(|(rule, place)| format!("{rule} {place}"))
        .collect();
    assert_eq!(
        missing,
        [
            "translation-incomplete translator",
            "translation-incomplete relay",
            "translation-incomplete signers"
        ]
    );
    let mut made = Made::default();
    made.statement("S01", |statement| {
        translated(statement);
        statement.translator = Some(who("TOM"));
    });
    made.attestation("T01", Scope::Translated, record("S01"));
    assert_eq!(made.of("S01"), []);
    // A translator who is withheld is not missing.
    let hidden = alone(|statement| {
        translated(statement);
        statement.translator = Some(withheld());
    });
    assert_eq!(hidden.len(), 2, "{hidden:?}");
}

#[test]
fn speakers() {
    assert_eq!(
        alone(|statement| statement.speaker = who("?an official")),
        at(Rule::SpeakerUnidentified, "speaker")
    );
    assert_eq!(alone(|statement| statement.speaker = withheld()), []);
    assert_eq!(
        alone(|statement| statement.alleged = true),
        at(Rule::AuthorshipAlleged, "alleged")
    );
    let detained = |detained, recorded| {
        alone(|statement| {
            let mut circumstances = statement.circumstances.value().unwrap().clone();
            circumstances.detained = detained;
            circumstances.voluntariness_recorded = recorded;
            statement.circumstances = shown(circumstances);
        })
    };
    let flagged = at(Rule::VoluntarinessNotRecorded, "circumstances");
    assert_eq!(detained(Known::Yes, Known::No), flagged);
    assert_eq!(detained(Known::Yes, Known::NotStated), flagged);
    assert_eq!(detained(Known::Yes, Known::Yes), []);
    assert_eq!(detained(Known::NotStated, Known::No), []);
    assert_eq!(alone(|statement| statement.circumstances = withheld()), []);
}

/// Two layers, each attested by its receiver, with an authority in the roster.
fn two_layers(change: impl FnOnce(&mut Statement)) -> Vec<(Rule, String)> {
    let mut made = Made::default();
    made.statement("S01", |statement| {
        statement.relay = hops(&[("ANN", "BOB"), ("BOB", "GAZETTE")]);
        change(statement);
    });
    made.grant("N01", "ANN", "BOB");
    made.of("S01")
}

#[test]
fn layers_of_a_relayed_account() {
    assert_eq!(two_layers(|_| {}), []);
    let first = at(Rule::LayerNotSupported, "relay[0].attested_by");
    assert_eq!(two_layers(|statement| statement.relay[0].attested_by = None), first);
    assert_eq!(
        two_layers(|statement| statement.relay[0].attested_by = Some(who("GAZETTE"))),
        first
    );
    assert_eq!(
        two_layers(|statement| statement.relay[0].attested_by = Some(who("?"))),
        first
    );
    assert_eq!(
        two_layers(|statement| statement.relay[0].attested_by = Some(withheld())),
        []
    );
    assert_eq!(
        two_layers(|statement| statement.relay[0].attested_by = Some(who("ANN"))),
        []
    );
    let gap = two_layers(|statement| statement.relay = hops(&[("ANN", "CLEO"), ("BOB", "GAZETTE")]));
    assert_eq!(gap, at(Rule::LayerNotSupported, "before relay[1]"));
    // One layer is no layered account.
    assert_eq!(
        alone(|statement| {
            statement.relay = hops(&[("ANN", "BOB")]);
            statement.relay[0].attested_by = None;
        }),
        []
    );
}

#[test]
fn relayers_who_are_not_identified() {
    let flagged = two_layers(|statement| {
        statement.relay = hops(&[("ANN", "?a carrier"), ("?", "GAZETTE")]);
        statement.relay[0].attested_by = Some(who("ANN"));
    });
    assert_eq!(flagged, at(Rule::RelayerUnidentified, "relay[0].to"));
    let unknown_origin = alone(|statement| statement.relay = hops(&[("?a neighbour", "BOB")]));
    let expected = [
        (Rule::LayerNotSupported, "before relay[0]"),
        (Rule::RelayerUnidentified, "relay[0].from"),
    ];
    assert_eq!(unknown_origin, expected.map(|(rule, place)| (rule, place.to_owned())));
}

#[test]
fn hands_and_voices() {
    let by = |medium, identified: bool| {
        alone(|statement| {
            statement.relay = hops(&[("ANN", "BOB")]);
            statement.relay[0].medium = medium;
            statement.relay[0].identified_by = identified.then(|| shown("her hand, known for years".to_owned()));
        })
    };
    let place = "relay[0].identified_by";
    assert_eq!(by(Medium::Letter, false), at(Rule::HandwritingWithoutBasis, place));
    assert_eq!(by(Medium::Photograph, false), at(Rule::HandwritingWithoutBasis, place));
    assert_eq!(by(Medium::Telephone, false), at(Rule::TelephoneWithoutBasis, place));
    for medium in [Medium::Letter, Medium::Photograph, Medium::Telephone] {
        assert_eq!(by(medium, true), []);
    }
    assert_eq!(by(Medium::Message, false), []);
    let numbered = alone(|statement| {
        statement.relay = hops(&[("ANN", "BOB")]);
        statement.relay[0].medium = Medium::Telephone;
        statement.relay[0].call = Some(crate::record::Call {
            placed_by: crate::record::PlacedBy::NotStated,
            notes: crate::record::NotesMade::NotStated,
            lasted_seconds: None,
            number: Some(withheld()),
            listeners: None,
            line_controlled_by: None,
        });
    });
    assert_eq!(numbered, []);
}

#[test]
fn authority_of_a_relayer() {
    let relayed = |made: &mut Made, authority: Option<Position<Authority>>| {
        made.statement("S01", |statement| {
            statement.relay = hops(&[("ANN", "BOB"), ("BOB", "GAZETTE")]);
            statement.relay[1].authority = authority;
        });
    };
    let place = "relay[1].authority";
    for (claim, rule) in [
        (AuthorityClaim::Claimed, Rule::AuthorityNotRecorded),
        (AuthorityClaim::NotStated, Rule::AuthorityNotRecorded),
        (AuthorityClaim::Granted, Rule::AuthorityNotRecorded),
        (AuthorityClaim::Denied, Rule::AuthorityDenied),
    ] {
        let mut made = Made::default();
        relayed(&mut made, granted(claim, None));
        assert_eq!(made.of("S01"), at(rule, place), "{claim:?}");
    }
    let mut made = Made::default();
    relayed(&mut made, None);
    assert_eq!(made.of("S01"), at(Rule::AuthorityNotRecorded, place));
    made.grant("N01", "ANN", "BOB");
    assert_eq!(made.of("S01"), []);
    made.revoke("N02", "N01");
    assert_eq!(made.of("S01"), at(Rule::AuthorityRevoked, place));
    made.grant("N03", "ANN", "BOB");
    assert_eq!(made.of("S01"), [], "a second grant stands");
    // A grant between others grants nothing here.
    let mut made = Made::default();
    relayed(&mut made, granted(AuthorityClaim::Granted, Some("N01")));
    made.grant("N01", "CLEO", "BOB");
    assert_eq!(made.of("S01"), at(Rule::AuthorityNotRecorded, place));
    let mut made = Made::default();
    relayed(&mut made, Some(withheld()));
    assert_eq!(made.of("S01"), []);
    made.link(
        "R01",
        RelationKind::UnderminesAuthority,
        record("S02"),
        Reference::Party(party("BOB")),
    );
    assert_eq!(made.of("S01"), at(Rule::AuthorityDisputed, "relay[1].from"));
}

/// Ann's words through Bob to the Gazette, who stand on P01 as they do.
fn through_bob(of_ann: Polarity, of_bob: Option<Polarity>) -> Made {
    let mut made = Made::default();
    made.question("P01");
    made.statement("S01", |statement| {
        statement.relay = hops(&[("ANN", "BOB"), ("BOB", "GAZETTE")]);
        statement.stances = vec![stance("P01", of_ann, None)];
    });
    made.grant("N01", "ANN", "BOB");
    made.statement("S02", |statement| {
        statement.speaker = who("BOB");
        statement.stances = of_bob
            .map(|polarity| stance("P01", polarity, None))
            .into_iter()
            .collect();
    });
    made
}

#[test]
fn words_through_an_adverse_party() {
    let flagged = at(Rule::AdverseRelayer, "relay[0].to");
    let opposite = || through_bob(Polarity::Denies, Some(Polarity::Affirms));
    assert_eq!(opposite().of("S01"), flagged);
    assert_eq!(
        through_bob(Polarity::Affirms, Some(Polarity::Denies)).of("S01"),
        flagged
    );
    for (of_ann, of_bob) in [
        (Polarity::Affirms, Some(Polarity::Affirms)),
        (Polarity::Uncommitted, Some(Polarity::Affirms)),
        (Polarity::Affirms, Some(Polarity::Uncommitted)),
        (Polarity::Affirms, None),
    ] {
        assert_eq!(through_bob(of_ann, of_bob).of("S01"), [], "{of_ann:?} {of_bob:?}");
    }
    for kind in [
        RelationKind::Contradicts,
        RelationKind::InTension,
        RelationKind::Disowns,
        RelationKind::CommentsOn,
        RelationKind::WeakensAuthenticity,
        RelationKind::UnderminesAuthority,
    ] {
        let mut made = through_bob(Polarity::Denies, None);
        made.link("R01", kind, record("S02"), record("S01"));
        assert_eq!(made.of("S01"), flagged, "{kind:?}");
    }
    // That somebody compares two accounts of others makes nobody adverse.
    let mut made = through_bob(Polarity::Denies, None);
    made.statement("S03", |statement| statement.speaker = who("CLEO"));
    made.link("R01", RelationKind::InTension, record("S03"), record("S01"));
    made.link("R02", RelationKind::Confirms, record("S02"), record("S01"));
    assert_eq!(made.of("S01"), []);
    // The relayer is tied to one who takes the other side.
    let (bob, dan) = (Reference::Party(party("BOB")), Reference::Party(party("DAN")));
    for (from, to) in [(&bob, &dan), (&dan, &bob)] {
        let mut made = through_bob(Polarity::Denies, None);
        made.statement("S03", |statement| {
            statement.speaker = who("DAN");
            statement.stances = vec![stance("P01", Polarity::Affirms, None)];
        });
        assert_eq!(made.of("S01"), []);
        made.link("R01", RelationKind::TiedTo, *from, *to);
        assert_eq!(made.of("S01"), flagged);
    }
}

#[test]
fn a_record_of_the_words_that_can_be_had() {
    let flagged = at(Rule::PrimaryRecordObtainable, "relay[0].to");
    for (place, holder, rule) in [
        ("S01", "PARLIAMENT", Rule::PrimaryRecordObtainable),
        // From the adverse party's own hand it is no other record.
        ("S01", "BOB", Rule::AdverseRelayer),
        // What would settle the question is no record of the words.
        ("P01", "PARLIAMENT", Rule::AdverseRelayer),
    ] {
        let mut made = through_bob(Polarity::Denies, Some(Polarity::Affirms));
        made.link(
            "R01",
            RelationKind::SoughtFrom,
            record(place),
            Reference::Party(party(holder)),
        );
        assert_eq!(made.of("S01"), at(rule, "relay[0].to"), "{place} {holder}");
    }
    for medium in [
        Medium::Broadcast,
        Medium::Press,
        Medium::SocialPost,
        Medium::CourtRecord,
    ] {
        let mut made = Made::default();
        made.statement("S01", |statement| {
            statement.relay = hops(&[("ANN", "BOB")]);
            statement.relay[0].medium = medium;
            statement.stances = vec![stance("P01", Polarity::Denies, None)];
        });
        made.statement("S02", |statement| {
            statement.speaker = who("BOB");
            statement.stances = vec![stance("P01", Polarity::Affirms, None)];
        });
        assert_eq!(made.of("S01"), flagged, "{medium:?}");
    }
    // Where nobody is adverse, that a record can be had is no flag.
    let mut made = through_bob(Polarity::Affirms, Some(Polarity::Affirms));
    made.link(
        "R01",
        RelationKind::SoughtFrom,
        record("S01"),
        Reference::Party(party("ANN")),
    );
    assert_eq!(made.of("S01"), []);
}

#[test]
fn times() {
    assert_eq!(
        alone(|statement| statement.said = time("")),
        at(Rule::DateMissing, "said")
    );
    assert_eq!(
        alone(|statement| {
            statement.said = StatedTime {
                exact: withheld(),
                within: None,
            }
        }),
        []
    );
    assert_eq!(alone(|statement| statement.said = time("2019")), []);
    assert_eq!(
        alone(|statement| statement.conveyed = anchored("2019-01-11", "the next morning")),
        at(Rule::AnchorRelative, "conveyed.anchor")
    );
    let both = alone(|statement| statement.said = anchored("", "a few days ago"));
    assert_eq!(both.len(), 2);
    assert_eq!(
        alone(|statement| {
            statement.said = time("2019-01-12");
            statement.published = time("2019-01-11");
        }),
        at(Rule::TimesOutOfOrder, "said, published")
    );
    assert_eq!(
        alone(|statement| {
            statement.conveyed = time("2019-01-10");
            statement.published = time("2019-01");
        }),
        []
    );
}

#[test]
fn years_that_are_asserted_and_not() {
    let yearless = |made: &mut Made| {
        made.statement("S01", |statement| {
            statement.said = time("XXXX-01-10");
            statement.published = time("XXXX-01-13/");
            statement.stances = vec![stance("P01", Polarity::Affirms, Some("XXXX-12-26/XXXX-01-10"))];
        });
    };
    let mut made = Made::default();
    yearless(&mut made);
    assert_eq!(made.of("S01"), at(Rule::YearNotStated, "said, published"));
    made.dates("R01", "S01", "2018-12/2019-03");
    assert_eq!(made.of("S01"), []);
    made.dates("R02", "S01", "2019-05");
    let does_not_fit: Vec<String> = made
        .of("S01")
        .into_iter()
        .map(|(rule, place)| format!("{rule} {place}"))
        .collect();
    assert_eq!(
        does_not_fit,
        [
            "asserted-time-does-not-fit said",
            "asserted-time-does-not-fit published",
            "asserted-time-does-not-fit stances[0].over"
        ]
    );
    // What is stated to have been so in another, stated year is no time of the statement.
    let mut made = Made::default();
    made.statement("S01", |statement| {
        statement.said = time("XXXX-01-10");
        statement.stances = vec![stance("P01", Polarity::Affirms, Some("2016"))];
    });
    made.dates("R01", "S01", "2018-12/2019-03");
    assert_eq!(made.of("S01"), []);
}

#[test]
fn transcripts() {
    let transcript = |made: &mut Made| {
        made.statement("S01", |statement| {
            statement.relay = hops(&[("ANN", "BOB")]);
            statement.relay[0].did = Act::Transcription;
        });
    };
    let mut made = Made::default();
    transcript(&mut made);
    let both =
        [Rule::TranscriptNotCertified, Rule::TranscriptNotReadOver].map(|rule| (rule, "relay[0].did".to_owned()));
    assert_eq!(made.of("S01"), both);
    made.attestation("T01", Scope::Transcribed, record("S01"));
    assert_eq!(made.of("S01"), both[1..]);
    let exhibit = Reference::Exhibit(ExhibitId(Digest::of(b"S01")));
    made.attestation("T02", Scope::ReadOverTo, exhibit);
    assert_eq!(made.of("S01"), []);
    let labelled = alone(|statement| {
        let mut passage = statement.words[0].value().unwrap().clone();
        passage.label = Some("THE WITNESS".to_owned());
        statement.words = vec![shown(passage)];
    });
    assert_eq!(labelled.len(), 2);
    assert_eq!(labelled[0].1, "words[0].label");
}
