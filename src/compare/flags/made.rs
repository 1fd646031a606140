//! Small cases made in code, for the tests of flags and of the timeline.
#![allow(clippy::unwrap_used)]

use crate::compare::{Case, Standing};
use crate::digest::Digest;
use crate::record::{
    Act, Attestation, Authority, AuthorityClaim, Basis, Body, Certainty, Circumstances, Common, Disclosed, ExhibitId,
    Form, Hop, Known, Medium, Modality, Nonce, Over, PartyId, PartyRef, Passage, Polarity, Position, Proposition,
    PropositionType, PublicKeyText, Quotation, Record, RecordId, Reference, Relation, RelationKind, RevocationReason,
    RosterEntry, Scope, SignerDeclaration, Stance, StatedTime, Statement, Subject, Target, TargetIs, TimeBasis,
    TimeClaim, Wording,
};
use crate::time::{Extent, Timestamp};

use super::{Rule, flags_of};

pub fn id(label: &str) -> RecordId {
    RecordId(Digest::of(label.as_bytes()))
}

pub fn party(handle: &str) -> PartyId {
    let mut bytes = [0; 16];
    bytes[..handle.len()].copy_from_slice(handle.as_bytes());
    PartyId(bytes)
}

/// `?` is somebody unidentified.
pub fn who(handle: &str) -> Position<PartyRef> {
    shown(match handle.strip_prefix('?') {
        Some(description) => PartyRef::Unidentified(description.to_owned()),
        None => PartyRef::Party(party(handle)),
    })
}

pub fn shown<T>(value: T) -> Position<T> {
    Position::revealed(Digest::of(b"salted"), value)
}

pub fn withheld<T: Disclosed>() -> Position<T> {
    serde_json::from_value(serde_json::to_value(shown(())).unwrap()).unwrap()
}

pub fn time(edtf: &str) -> StatedTime {
    let edtf = (!edtf.is_empty()).then(|| edtf.parse().unwrap());
    StatedTime {
        exact: shown(TimeClaim {
            basis: if edtf.is_some() {
                TimeBasis::Stated
            } else {
                TimeBasis::NotStated
            },
            edtf,
            anchor: None,
            note: None,
        }),
        within: None,
    }
}

pub fn anchored(edtf: &str, anchor: &str) -> StatedTime {
    let mut claim = time(edtf).exact.value().unwrap().clone();
    claim.anchor = Some(anchor.to_owned());
    StatedTime {
        exact: shown(claim),
        within: None,
    }
}

pub fn passage(text: &str, quotation: Quotation) -> Position<Passage> {
    shown(Passage {
        text: text.to_owned(),
        quotation,
        language: None,
        cue: None,
        label: None,
        cited_as: None,
        span: None,
    })
}

/// A hop that its receiver attests, by means that need no basis.
pub fn hop(from: &str, to: &str) -> Hop {
    Hop {
        from: who(from),
        to: who(to),
        medium: Medium::InPerson,
        did: Act::Verbatim,
        basis: Basis::Heard,
        when: time("2019-01-10"),
        attested_by: Some(who(to)),
        authority: None,
        identified_by: None,
        call: None,
    }
}

pub fn hops(ends: &[(&str, &str)]) -> Vec<Hop> {
    ends.iter().map(|(from, to)| hop(from, to)).collect()
}

pub fn granted(claim: AuthorityClaim, record: Option<&str>) -> Option<Position<Authority>> {
    Some(shown(Authority {
        claim,
        record: record.map(id),
        note: None,
    }))
}

/// A statement of Ann's that raises no flag.
pub fn clean() -> Statement {
    Statement {
        speaker: who("ANN"),
        alleged: false,
        form: Form::Verbatim,
        language: "en".to_owned(),
        translator: None,
        words: vec![passage("I am at home", Quotation::Marked)],
        said: time("2019-01-10"),
        conveyed: time(""),
        published: time(""),
        relay: Vec::new(),
        circumstances: shown(Circumstances {
            detained: Known::No,
            voluntariness_recorded: Known::NotStated,
            present: Vec::new(),
            channel_controlled_by: None,
            note: None,
        }),
        stances: Vec::new(),
        observed: Vec::new(),
        note: None,
    }
}

pub fn stance(on: &str, polarity: Polarity, over: Option<&str>) -> Position<Stance> {
    shown(Stance {
        proposition: id(on),
        polarity,
        certainty: Certainty::Certain,
        modality: Modality::Asserts,
        value: None,
        over: over.map(|edtf| Over {
            edtf: edtf.parse().unwrap(),
            extent: Extent::Throughout,
        }),
        scope: Vec::new(),
        according_to: Vec::new(),
        note: None,
    })
}

/// Records that are being made.
#[derive(Default)]
pub struct Made {
    pub records: Vec<(RecordId, Record, Standing)>,
}

impl Made {
    pub fn push(&mut self, label: &str, scope: Scope, body: Body) -> &mut Made {
        let key: PublicKeyText = serde_json::from_value("a key".into()).unwrap();
        let common = Common {
            archive: Some(id("A0")),
            label: label.parse().unwrap(),
            nonce: Nonce([0; 16]),
            recorded_at: Timestamp::from_unix(0).unwrap(),
            signers: vec![SignerDeclaration {
                asserts: vec![scope],
                key,
                party: party("RECORDER"),
            }],
        };
        let subject = match &body {
            Body::Statement(_) => Subject::Exhibits(vec![ExhibitId(Digest::of(label.as_bytes()))]),
            _ => Subject::Archive(id("A0")),
        };
        self.records
            .push((id(label), Record { common, subject, body }, Standing::Verified));
        self
    }

    pub fn statement(&mut self, label: &str, change: impl FnOnce(&mut Statement)) -> &mut Made {
        let mut statement = clean();
        change(&mut statement);
        self.push(label, Scope::Recorded, Body::Statement(Box::new(statement)))
    }

    pub fn question(&mut self, label: &str) -> &mut Made {
        let body = Body::Proposition(Proposition {
            proposition_type: PropositionType::Question,
            varies: true,
            words: shown(Wording {
                text: "Is Ann at home?".to_owned(),
                language: None,
            }),
            excludes: None,
            about: None,
            total_of: Vec::new(),
        });
        self.push(label, Scope::Recorded, body)
    }

    pub fn link(&mut self, label: &str, kind: RelationKind, from: Reference, to: Reference) -> &mut Made {
        self.relation(label, kind, from, to, |_| {})
    }

    pub fn relation(
        &mut self,
        label: &str,
        kind: RelationKind,
        from: Reference,
        to: Reference,
        change: impl FnOnce(&mut Relation),
    ) -> &mut Made {
        let mut relation = Relation {
            relation: kind,
            from,
            target: Target {
                is: TargetIs::All,
                among: vec![to],
            },
            asserted_by: None,
            asserted_in: None,
            stance: None,
            within: None,
            asked: None,
            note: None,
        };
        change(&mut relation);
        self.push(label, Scope::Recorded, Body::Relation(Box::new(relation)))
    }

    pub fn dates(&mut self, label: &str, statement: &str, within: &str) -> &mut Made {
        self.dated(label, &[statement], within)
    }

    /// That the times of several statements lie within one, which the signer asserts.
    pub fn dated(&mut self, label: &str, statements: &[&str], within: &str) -> &mut Made {
        let within = time(within).exact;
        self.relation(label, RelationKind::Dates, record("S99"), record("S99"), |relation| {
            relation.within = Some(within);
            relation.target.among = statements.iter().map(|label| record(label)).collect();
        })
    }

    pub fn attestation(&mut self, label: &str, scope: Scope, about: Reference) -> &mut Made {
        let declaration = shown(Wording {
            text: "I declare it".to_owned(),
            language: None,
        });
        self.push(label, scope, Body::Attestation(Attestation { about, declaration }))
    }

    pub fn grant(&mut self, label: &str, by: &str, to: &str) -> &mut Made {
        let entry = RosterEntry::Authority {
            granted_by: party(by),
            granted_to: party(to),
            words: shown(Wording {
                text: "for everything".to_owned(),
                language: None,
            }),
            during: time(""),
        };
        self.push(label, Scope::Recorded, Body::Roster(entry))
    }

    pub fn revoke(&mut self, label: &str, of: &str) -> &mut Made {
        let entry = RosterEntry::Revocation {
            of: id(of),
            key: None,
            reason: RevocationReason::Withdrawn,
            since: None,
            note: None,
        };
        self.push(label, Scope::Recorded, Body::Roster(entry))
    }

    pub fn case(&self) -> Case<'_> {
        let records = self.records.iter();
        Case {
            records: records.map(|(id, record, standing)| (*id, record, *standing)).collect(),
        }
    }

    /// The rules and places that are flagged of one record.
    pub fn of(&self, label: &str) -> Vec<(Rule, String)> {
        let flags = flags_of(&self.case(), id(label)).flags;
        flags.into_iter().map(|flag| (flag.rule, flag.place)).collect()
    }
}

pub fn record(label: &str) -> Reference {
    Reference::Record(id(label))
}
