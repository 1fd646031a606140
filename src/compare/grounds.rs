//! Why a reading joins a pair that time, scope and value do not give: rules U, M, D, A and I of
//! spec/comparison.md in sentences.
//!
//! What rests on a link names the link, who asserts it and who signed it. The reading is computed
//! from there being such a link; that the link is right is the finding of whoever asserts it.

use crate::record::{Polarity, RelationKind};

use super::commitment::{Commitment, does, source};
use super::joined::{self, First};
use super::link::{asserter, link_words};
use super::opposed::{Both, Party};
use super::reading::{Alternative, Code, Reading, Settlement, Settles, Under};
use super::ties::Agreement;
use super::who;
use super::{MAX_ALTERNATIVES_SHOWN, RecordTag};

fn codes_in_words(codes: &[Code]) -> String {
    codes.first().map_or("", |code| code.meaning()).to_owned()
}

/// A link in a sentence with who asserts it: "S02 translates S01, asserted by …".
fn says(both: &Both<'_, '_, '_>, relation: usize) -> String {
    let index = both.rules.index;
    let (place, body) = index.relations[relation];
    format!(
        "{}: {}, asserted by {}.",
        index.entries[place].tag,
        link_words(index, body),
        asserter(index, place, body)
    )
}

/// The records of relations, for the reading that rests on them.
fn tags(both: &Both<'_, '_, '_>, relations: &[usize]) -> Vec<RecordTag> {
    let index = both.rules.index;
    let tag = |relation: &usize| index.entries[index.relations[*relation].0].tag.clone();
    relations.iter().map(tag).collect()
}

/// Rule U1: texts of one utterance that part.
pub fn one_utterance(both: &Both<'_, '_, '_>, first: &First, codes: &[Code]) -> Reading {
    let mut reading = Reading::of(first.code(), both.records());
    let (a, b) = (both.a.tag(), both.b.tag());
    reading
        .reasons
        .push(format!("{a} and {b} are texts of one utterance, and one account:"));
    reading
        .reasons
        .extend(first.relations.iter().map(|relation| says(both, *relation)));
    reading.records.extend(tags(both, &first.relations));
    let faithful = Alternative {
        condition: "both texts are true to the utterance".to_owned(),
        under: Under::Readings(codes.to_vec()),
        words: format!("One utterance then says both. {}", codes_in_words(codes)),
    };
    let unfaithful = Alternative {
        condition: "one of the texts is not true to it".to_owned(),
        under: Under::None,
        words: "The two texts part, and no two accounts do.".to_owned(),
    };
    reading.alternatives = vec![faithful, unfaithful];
    let (what, words) = match first.code() {
        Code::TranslationVariance => (
            Settles::Translation,
            format!("The words of {a} and {b} as they were uttered, and another translation of them."),
        ),
        _ => (
            Settles::Utterance,
            format!("A recording or the paper of what {a} and {b} both report."),
        ),
    };
    reading.settled_by.push(Settlement { what, words });
    reading
}

/// Rule U2: a statement that carries the other's utterance and says this as its own speaker's.
pub fn carried(both: &Both<'_, '_, '_>, relations: &[usize]) -> Reading {
    let mut reading = Reading::of(Code::WordingVariance, both.records());
    let (a, b) = (both.a.tag(), both.b.tag());
    reading
        .reasons
        .extend(relations.iter().map(|relation| says(both, *relation)));
    reading.reasons.push(format!(
        "{a} and {b} speak for different people here. Where the one that carries means to give the other's words, they \
         are texts of one utterance."
    ));
    reading.records.extend(tags(both, relations));
    reading.settled_by.push(Settlement {
        what: Settles::Utterance,
        words: format!("A recording or the paper of what {a} and {b} both report."),
    });
    reading
}

/// Rule U4: what one of the two denies or affirms may be one text of the other's utterance only. A
/// reading for each sort of link that joins those texts.
pub fn other_texts(both: &Both<'_, '_, '_>) -> Vec<Reading> {
    let index = both.rules.index;
    let mut found: Vec<Reading> = Vec::new();
    let of_the_two = [both.a.held.statement, both.b.held.statement];
    for party in [both.a, both.b] {
        let others = joined::other_texts(both.rules, party.held).into_iter();
        for other in others.filter(|other| !of_the_two.contains(&other.statement)) {
            let (translations, others) = index.ties.one_utterance(index, party.held.statement, other.statement);
            let sorts = [
                (Code::TranslationVariance, translations),
                (Code::WordingVariance, others),
            ];
            for (code, relations) in sorts.into_iter().filter(|(_, relations)| !relations.is_empty()) {
                let at = found.iter().position(|reading| reading.code == code);
                let at = at.unwrap_or_else(|| {
                    found.push(Reading::of(code, both.records()));
                    found.len() - 1
                });
                let tag = index.entries[other.statement].tag.clone();
                let reading = &mut found[at];
                reading.reasons.push(format!(
                    "{tag} is another text of the utterance of {}, and {}:",
                    party.tag(),
                    super::stand::says(other.stance)
                ));
                reading
                    .reasons
                    .extend(relations.iter().map(|relation| says(both, *relation)));
                reading.records.extend(tags(both, &relations));
                reading.records.push(tag);
                reading.settled_by.push(Settlement {
                    what: Settles::Utterance,
                    words: format!(
                        "What was uttered, of which {} is a text: a recording or the paper.",
                        party.tag()
                    ),
                });
            }
        }
    }
    found.sort_by_key(|reading| reading.code);
    found
}

/// Rules M1 to M4: what is not asserted.
pub fn modality(both: &Both<'_, '_, '_>) -> Reading {
    let mut reading = Reading::of(Code::Modality, both.records());
    let mut labels = Vec::new();
    for (party, shape) in [(both.a, &both.shapes.0), (both.b, &both.shapes.1)] {
        let (label, speaker) = (party.tag(), &party.account.speaker);
        let reason = match shape.commitment {
            Commitment::Asserts => continue,
            Commitment::Does(modality) => format!("{label} {}.", does(modality)),
            Commitment::PassesOn => {
                let source = source(party.held.stance).map(|who| both.rules.index.names.of(who).to_string());
                format!(
                    "{label} gives it according to {}, and {speaker} does not thereby say so.",
                    source.unwrap_or_default()
                )
            }
            Commitment::NotShown => format!("Whether it is the speaker of {label} who says so is not shown."),
        };
        labels.push(label.to_string());
        reading.reasons.push(reason);
        reading.settled_by.push(Settlement {
            what: Settles::Commitment,
            words: format!("Whether {speaker} says so: the full text of {label}, or {speaker} asked."),
        });
    }
    if both.shapes.0.commits() && both.shapes.1.commits() {
        let committed = "Whoever takes something for granted is committed to it, so that what follows from it stands.";
        reading.reasons.push(committed.to_owned());
        return reading;
    }
    let codes = if both.shapes.0.scope.certainly_same(&both.shapes.1.scope) {
        both.rules.if_asserted(&both.shapes.0, &both.shapes.1)
    } else {
        vec![Code::DifferentScopePossible]
    };
    let condition = match labels.as_slice() {
        [one] => format!("{one} asserted it"),
        _ => "both asserted it".to_owned(),
    };
    reading.alternatives.push(Alternative {
        condition,
        words: codes_in_words(&codes),
        under: Under::Readings(codes),
    });
    reading
}

/// Rules D1 to D3: definitions that are contested, left open or not the same.
pub fn definitional(both: &Both<'_, '_, '_>) -> Reading {
    let (rules, index) = (both.rules, both.rules.index);
    let mut reading = Reading::of(Code::Definitional, both.records());
    let different = rules.rely_on_different(&both.shapes.0, &both.shapes.1);
    let of = |party: &Party<'_, '_>| index.ties.relies_on(party.held.statement);
    let own = rules.reliances.iter().map(|reliance| (reliance, false));
    let theirs = [both.a, both.b]
        .into_iter()
        .flat_map(of)
        .map(|reliance| (reliance, true));
    let mut named = Vec::new();
    for (reliance, by_a_statement) in own.chain(theirs) {
        let agreement = index.ties.agreement(&reliance.definition);
        if agreement == Agreement::NotContested && !(by_a_statement && different) {
            continue;
        }
        reading.reasons.push(says(both, reliance.relation));
        reading.records.extend(tags(both, &[reliance.relation]));
        if !named.contains(&reliance.definition) {
            named.push(reliance.definition);
            reading.reasons.push(stands(both, &reliance.definition, agreement));
        }
    }
    reading
        .records
        .extend(named.iter().map(|definition| index.tag(definition)));
    if different {
        reading.reasons.push(format!(
            "{} and {} rely on different definitions.",
            both.a.tag(),
            both.b.tag()
        ));
    }
    let speakers: Vec<String> = match both.a.account.speaker.same(&both.b.account.speaker) {
        Some(true) => vec![both.a.account.speaker.to_string()],
        _ => [both.a, both.b].map(|party| party.account.speaker.to_string()).to_vec(),
    };
    reading.settled_by.push(Settlement {
        what: Settles::Definition,
        words: format!(
            "What {} and {} take the word to mean: their full texts, or {} asked.",
            both.a.tag(),
            both.b.tag(),
            who::and(&speakers)
        ),
    });
    reading
}

/// Who stands where on a definition.
fn stands(both: &Both<'_, '_, '_>, definition: &crate::record::RecordId, agreement: Agreement) -> String {
    let index = both.rules.index;
    let stances = index.stances_on(definition);
    let on_a_side = |polarity, says: &str| {
        let taking = stances.iter().filter(|held| held.stance.polarity == polarity);
        let mut who: Vec<String> = taking
            .map(|held| {
                let entry = &index.entries[held.statement];
                let speaker = index.statement(held.statement).map(|statement| &statement.speaker);
                let speaker = speaker.map(|speaker| index.names.at(speaker, entry.standing).to_string());
                format!("{} ({})", entry.tag, speaker.unwrap_or_default())
            })
            .collect();
        who.dedup();
        let left_out = who.len().saturating_sub(MAX_ALTERNATIVES_SHOWN);
        who.truncate(MAX_ALTERNATIVES_SHOWN);
        if left_out > 0 {
            who.push(format!("{left_out} more"));
        }
        (!who.is_empty()).then(|| format!("{says}: {}", who::and(&who)))
    };
    let sides = [
        on_a_side(Polarity::Affirms, "affirmed by"),
        on_a_side(Polarity::Denies, "denied by"),
        on_a_side(Polarity::Uncommitted, "left open by"),
    ];
    let sides: Vec<String> = sides.into_iter().flatten().collect();
    let how = match agreement {
        Agreement::Contested => "is contested",
        Agreement::LeftOpen => "is not agreed",
        Agreement::NotContested if sides.is_empty() => "is one on which nobody here takes a stance",
        Agreement::NotContested => "is not contested here",
    };
    let tag = index.tag(definition);
    let words = index.proposition(definition).and_then(|(_, body)| body.words.value());
    let words = words.map(|words| format!(", “{}”,", words.text)).unwrap_or_default();
    match sides.as_slice() {
        [] => format!("The definition {tag}{words} {how}."),
        sides => format!("The definition {tag}{words} {how}; {}.", sides.join("; ")),
    }
}

/// Rule A1: a speaker who is alleged, or an account that somebody disowns.
pub fn attribution(both: &Both<'_, '_, '_>) -> Reading {
    let mut reading = Reading::of(Code::AttributionDisputed, both.records());
    for (party, shape) in [(both.a, &both.shapes.0), (both.b, &both.shapes.1)] {
        if !shape.attribution_disputed {
            continue;
        }
        let (label, speaker) = (party.tag(), &party.account.speaker);
        if party.account.alleged {
            reading
                .reasons
                .push(format!("That {label} is by {speaker} is alleged, not established."));
        }
        let disowned: Vec<usize> = doubts(both, party, RelationKind::Disowns);
        reading
            .reasons
            .extend(disowned.iter().map(|relation| says(both, *relation)));
        reading.records.extend(tags(both, &disowned));
        reading.settled_by.push(Settlement {
            what: Settles::Speaker,
            words: format!("Whether {label} is by {speaker}, and speaks for {speaker}."),
        });
    }
    reading
}

/// Rule A2: an account, or what carries it, whose authenticity somebody doubts.
pub fn authenticity(both: &Both<'_, '_, '_>) -> Reading {
    let mut reading = Reading::of(Code::AuthenticityDisputed, both.records());
    for (party, shape) in [(both.a, &both.shapes.0), (both.b, &both.shapes.1)] {
        if !shape.authenticity_disputed {
            continue;
        }
        let doubted = doubts(both, party, RelationKind::WeakensAuthenticity);
        reading
            .reasons
            .extend(doubted.iter().map(|relation| says(both, *relation)));
        reading.records.extend(tags(both, &doubted));
        reading.settled_by.push(Settlement {
            what: Settles::Authenticity,
            words: format!("Whether {} is genuine: its original, examined.", party.tag()),
        });
    }
    reading
}

fn doubts(both: &Both<'_, '_, '_>, party: &Party<'_, '_>, kind: RelationKind) -> Vec<usize> {
    let index = both.rules.index;
    let place = party.held.statement;
    let mut found: Vec<usize> = index
        .ties
        .doubts(place, index.entries[place].record.exhibits(), index, kind)
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Rule I1: two parties that somebody says are one.
pub fn identity(both: &Both<'_, '_, '_>) -> Reading {
    let index = both.rules.index;
    let mut reading = Reading::of(Code::IdentityVariance, both.records());
    let codes = match both.rules.if_asserted(&both.shapes.0, &both.shapes.1).as_slice() {
        [] => vec![Code::NoConflict],
        _ => both.rules.of_the_same(&both.shapes.0, &both.shapes.1),
    };
    for (one, other, links) in both.rules.identities(&both.shapes.0, &both.shapes.1) {
        reading
            .reasons
            .extend(links.iter().map(|relation| says(both, *relation)));
        reading.records.extend(tags(both, &links));
        let (one, other) = (index.names.party(one), index.names.party(other));
        reading.alternatives.push(Alternative {
            condition: format!("{one} and {other} are one"),
            under: Under::Readings(codes.clone()),
            words: format!("They speak of the same. {}", codes_in_words(&codes)),
        });
        reading.alternatives.push(Alternative {
            condition: format!("{one} and {other} are two"),
            under: Under::None,
            words: "The two are then not opposed on this question.".to_owned(),
        });
        reading.settled_by.push(Settlement {
            what: Settles::Identity,
            words: format!("Whether {one} and {other} are one."),
        });
    }
    reading.alternatives_left_out = reading.alternatives.len().saturating_sub(MAX_ALTERNATIVES_SHOWN);
    reading.alternatives.truncate(MAX_ALTERNATIVES_SHOWN);
    reading
}
