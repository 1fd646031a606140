//! Builds the records of a comparison fixture (fixtures/comparison/README.md), unsigned.
//!
//! Record ids are digests of labels and party ids are padded handles, so that a fixture
//! reads the same wherever it is built.

use affiant::compare::{Case, Standing};
use affiant::digest::Digest;
use affiant::disclose::Sealer;
use affiant::record::{
    Act, Amount, Answer, Asking, Assessment, Authority, AuthorityClaim, Basis, Body, Certainty, Circumstances, Common,
    ExhibitId, Form, Hop, Known, Medium, Modality, Name, Nonce, Over, PartyId, PartyKind, PartyRef, Passage, Polarity,
    Proposition, PropositionType, PublicKeyText, Quotation, ReadingCode, Record, RecordId, Reference, Relation,
    RelationKind, RosterEntry, Scope, ScopeItem, SignerDeclaration, Stance, StatedTime, Statement, Subject, Target,
    TargetIs, TimeBasis, TimeClaim, Value, Wording,
};
use affiant::time::{Extent, Timestamp};
use serde::Deserialize;

/// The one who signs where a fixture names nobody.
const RECORDER: &str = "RECORDER";

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Fixture {
    pub row: usize,
    pub questions: Vec<QuestionSpec>,
    pub statements: Vec<StatementSpec>,
    pub relations: Vec<RelationSpec>,
    pub assessments: Vec<AssessmentSpec>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AssessmentSpec {
    pub label: String,
    pub about: Vec<String>,
    pub reading: ReadingCode,
    #[serde(default)]
    pub on: Option<String>,
    #[serde(default)]
    pub reasons: String,
    #[serde(default)]
    pub asserted_by: Option<String>,
    #[serde(default)]
    pub supersedes: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuestionSpec {
    pub label: String,
    pub words: String,
    pub varies: bool,
    #[serde(default)]
    pub about: Vec<ItemSpec>,
    /// What it asks for; a question where it is absent.
    #[serde(default, rename = "type")]
    pub asks: Option<PropositionType>,
    #[serde(default)]
    pub total_of: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum ItemSpec {
    Party(String),
    Words { words: String },
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct StatementSpec {
    pub label: String,
    pub speaker: String,
    pub alleged: bool,
    pub form: Option<Form>,
    pub words: Vec<String>,
    /// What the statement rests on; an exhibit of its own where it is absent.
    pub exhibit: Option<String>,
    pub detained: bool,
    /// Who was present.
    pub present: Vec<String>,
    pub said: Option<String>,
    pub hops: Vec<HopSpec>,
    pub stances: Vec<StanceSpec>,
    pub standing: Option<String>,
    /// Paths of positions whose values are not shown.
    pub withheld: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HopSpec {
    pub from: String,
    pub to: String,
    #[serde(default)]
    pub medium: Option<Medium>,
    #[serde(default)]
    pub did: Option<Act>,
    #[serde(default)]
    pub authority: Option<AuthorityClaim>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StanceSpec {
    pub on: String,
    pub says: Polarity,
    #[serde(default)]
    pub certainty: Option<Certainty>,
    #[serde(default)]
    pub over: Option<String>,
    #[serde(default)]
    pub extent: Option<Extent>,
    #[serde(default)]
    pub scope: Vec<ItemSpec>,
    #[serde(default)]
    pub according_to: Vec<String>,
    #[serde(default)]
    pub modality: Modality,
    #[serde(default)]
    pub value: Option<ValueSpec>,
}

/// A number as `[least, most]`, a number in words, or a time.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum ValueSpec {
    Range(u32, u32),
    Words { words: String },
    Time { time: String },
    Of { number: u32, unit: String },
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RelationSpec {
    pub label: String,
    pub kind: RelationKind,
    pub from: String,
    #[serde(default)]
    pub to: Vec<String>,
    #[serde(default)]
    pub is: Option<TargetIs>,
    #[serde(default)]
    pub asserted_by: Option<String>,
    #[serde(default)]
    pub asserted_in: Option<String>,
    #[serde(default)]
    pub signer: Option<String>,
    #[serde(default)]
    pub stance: Option<StanceSpec>,
}

/// The records of a fixture with what the reader may rely on of each.
pub struct Built {
    pub records: Vec<(RecordId, Record, Standing)>,
}

impl Built {
    pub fn case(&self) -> Case<'_> {
        let records = self.records.iter();
        Case {
            records: records.map(|(id, record, standing)| (*id, record, *standing)).collect(),
        }
    }
}

pub fn id(label: &str) -> RecordId {
    RecordId(Digest::of(label.as_bytes()))
}

/// The party of a handle, which is up to sixteen bytes long.
pub fn party(handle: &str) -> PartyId {
    let mut bytes = [0; 16];
    bytes[..handle.len()].copy_from_slice(handle.as_bytes());
    PartyId(bytes)
}

/// `?` and what follows it is somebody unidentified.
fn who(handle: &str) -> PartyRef {
    match handle.strip_prefix('?') {
        Some(description) => PartyRef::Unidentified(description.to_owned()),
        None => PartyRef::Party(party(handle)),
    }
}

pub fn build(fixture: &Fixture) -> Built {
    let mut builder = Builder {
        salt: 0,
        parties: Vec::new(),
        records: Vec::new(),
    };
    for question in &fixture.questions {
        builder.question(question);
    }
    for statement in &fixture.statements {
        builder.statement(statement);
    }
    for relation in &fixture.relations {
        builder.relation(relation);
    }
    for assessment in &fixture.assessments {
        builder.assessment(assessment);
    }
    builder.roster();
    Built {
        records: builder.records,
    }
}

struct Builder {
    salt: u128,
    parties: Vec<String>,
    records: Vec<(RecordId, Record, Standing)>,
}

impl Builder {
    fn sealed<T>(&mut self, make: impl FnOnce(&mut Sealer<'_>) -> T) -> T {
        let salt = &mut self.salt;
        let mut salts = || {
            *salt += 1;
            salt.to_be_bytes()
        };
        make(&mut Sealer::new(&mut salts))
    }

    fn note(&mut self, handle: &str) {
        if !handle.starts_with('?') && !self.parties.iter().any(|known| known == handle) {
            self.parties.push(handle.to_owned());
        }
    }

    fn push(&mut self, label: &str, signer: &str, subject: Subject, body: Body, standing: Standing) {
        self.note(signer);
        let key: PublicKeyText = serde_json::from_value(format!("key of {signer}").into()).expect("a string");
        let signer = SignerDeclaration {
            asserts: vec![Scope::Recorded],
            key,
            party: party(signer),
        };
        let common = Common {
            archive: Some(id("A0")),
            label: label.parse().expect("a label"),
            nonce: Nonce([0; 16]),
            recorded_at: Timestamp::from_unix(0).expect("a time"),
            signers: vec![signer],
        };
        self.records
            .push((id(label), Record { common, subject, body }, standing));
    }

    fn question(&mut self, spec: &QuestionSpec) {
        let about = (!spec.about.is_empty()).then(|| self.items(&spec.about));
        let body = self.sealed(|sealer| Proposition {
            proposition_type: spec.asks.unwrap_or(PropositionType::Question),
            varies: spec.varies,
            words: sealer.seal(Wording {
                text: spec.words.clone(),
                language: None,
            }),
            excludes: None,
            about: sealer.seal_some(about),
            total_of: spec.total_of.iter().map(|label| id(label)).collect(),
        });
        self.push(
            &spec.label,
            RECORDER,
            Subject::Archive(id("A0")),
            Body::Proposition(body),
            Standing::Verified,
        );
    }

    fn items(&mut self, items: &[ItemSpec]) -> Vec<ScopeItem> {
        let mut made = Vec::new();
        for item in items {
            made.push(match item {
                ItemSpec::Party(handle) => {
                    self.note(handle);
                    ScopeItem::Party(party(handle))
                }
                ItemSpec::Words { words } => ScopeItem::Words(words.clone()),
            });
        }
        made
    }

    fn stance(&mut self, spec: &StanceSpec) -> Stance {
        let scope = self.items(&spec.scope);
        for handle in &spec.according_to {
            self.note(handle);
        }
        Stance {
            proposition: id(&spec.on),
            polarity: spec.says,
            certainty: spec.certainty.unwrap_or(Certainty::Certain),
            modality: spec.modality,
            value: spec.value.as_ref().map(value),
            over: spec.over.as_ref().map(|edtf| Over {
                edtf: edtf.parse().expect("a time"),
                extent: spec.extent.unwrap_or(Extent::Throughout),
            }),
            scope,
            according_to: spec.according_to.iter().map(|handle| who(handle)).collect(),
            note: None,
        }
    }

    fn statement(&mut self, spec: &StatementSpec) {
        self.note(&spec.speaker);
        for hop in &spec.hops {
            self.note(&hop.from);
            self.note(&hop.to);
        }
        spec.present.iter().for_each(|handle| self.note(handle));
        let stances: Vec<Stance> = spec.stances.iter().map(|stance| self.stance(stance)).collect();
        let body = self.sealed(|sealer| {
            let hops = spec.hops.iter().map(|hop| Hop {
                from: sealer.seal(who(&hop.from)),
                to: sealer.seal(who(&hop.to)),
                medium: hop.medium.unwrap_or(Medium::NotStated),
                did: hop.did.unwrap_or(Act::NotStated),
                basis: Basis::NotStated,
                when: time(sealer, None),
                attested_by: None,
                authority: sealer.seal_some(hop.authority.map(|claim| Authority {
                    claim,
                    record: None,
                    note: None,
                })),
                identified_by: None,
                call: None,
            });
            let relay = hops.collect();
            Statement {
                speaker: sealer.seal(who(&spec.speaker)),
                alleged: spec.alleged,
                form: spec.form.unwrap_or(Form::Summary),
                language: "en".to_owned(),
                translator: None,
                words: sealer.seal_each(spec.words.iter().map(|text| passage(text))),
                said: time(sealer, spec.said.as_deref()),
                conveyed: time(sealer, None),
                published: time(sealer, None),
                relay,
                circumstances: sealer.seal(Circumstances {
                    detained: if spec.detained { Known::Yes } else { Known::NotStated },
                    voluntariness_recorded: Known::NotStated,
                    present: spec.present.iter().map(|handle| who(handle)).collect(),
                    channel_controlled_by: None,
                    note: None,
                }),
                stances: sealer.seal_each(stances),
                observed: Vec::new(),
                note: None,
            }
        });
        let body = withhold(body, &spec.withheld);
        let standing = match spec.standing.as_deref() {
            None | Some("verified") => Standing::Verified,
            Some("failed") => Standing::Failed,
            Some("revoked") => Standing::Revoked,
            Some("erased") => Standing::Erased,
            Some("withheld") => Standing::Withheld,
            Some("indeterminate") => Standing::Indeterminate,
            Some(_) => Standing::NotVerified,
        };
        let exhibit = spec.exhibit.as_ref().unwrap_or(&spec.label);
        let subject = Subject::Exhibits(vec![ExhibitId(Digest::of(exhibit.as_bytes()))]);
        self.push(
            &spec.label,
            RECORDER,
            subject,
            Body::Statement(Box::new(body)),
            standing,
        );
    }

    fn relation(&mut self, spec: &RelationSpec) {
        if let Some(handle) = &spec.asserted_by {
            self.note(handle);
        }
        for label in spec.to.iter().chain([&spec.from]) {
            if let Some(handle) = label.strip_prefix('@') {
                self.note(handle);
            }
        }
        let stance = spec.stance.as_ref().map(|stance| self.stance(stance));
        let body = self.sealed(|sealer| Relation {
            relation: spec.kind,
            from: reference(&spec.from),
            target: Target {
                is: spec.is.unwrap_or(TargetIs::All),
                among: spec.to.iter().map(|label| reference(label)).collect(),
            },
            asserted_by: sealer.seal_some(spec.asserted_by.as_deref().map(who)),
            asserted_in: spec.asserted_in.as_deref().map(id),
            stance: sealer.seal_some(stance),
            within: None,
            asked: (spec.kind == RelationKind::Asked).then(|| Asking {
                when: time(sealer, None),
                answer: Answer::Declined,
                answered_in: None,
            }),
            note: None,
        });
        let signer = spec.signer.as_deref().unwrap_or(RECORDER);
        let subject = Subject::Archive(id("A0"));
        self.push(
            &spec.label,
            signer,
            subject,
            Body::Relation(Box::new(body)),
            Standing::Verified,
        );
    }

    fn assessment(&mut self, spec: &AssessmentSpec) {
        if let Some(handle) = &spec.asserted_by {
            self.note(handle);
        }
        let body = self.sealed(|sealer| Assessment {
            about: spec.about.iter().map(|label| reference(label)).collect(),
            on: spec.on.as_deref().map(id),
            reading: spec.reading,
            reasons: sealer.seal(Wording {
                text: spec.reasons.clone(),
                language: None,
            }),
            asserted_by: sealer.seal_some(spec.asserted_by.as_deref().map(who)),
            supersedes: spec.supersedes.as_deref().map(id),
        });
        let subject = Subject::Archive(id("A0"));
        self.push(
            &spec.label,
            RECORDER,
            subject,
            Body::Assessment(body),
            Standing::Verified,
        );
    }

    /// Every party is called by its handle.
    fn roster(&mut self) {
        for (index, handle) in self.parties.clone().into_iter().enumerate() {
            let body = self.sealed(|sealer| RosterEntry::Party {
                party: party(&handle),
                party_kind: PartyKind::Person,
                names: sealer.seal_each([Name {
                    text: handle.clone(),
                    language: None,
                }]),
                roles: Vec::new(),
            });
            let label = format!("N{}", index + 1);
            let subject = Subject::Archive(id("A0"));
            self.push(&label, RECORDER, subject, Body::Roster(body), Standing::Verified);
        }
    }
}

/// A record by its label, a party as `@HANDLE`, the exhibit of a statement as `#S01`.
fn reference(text: &str) -> Reference {
    match (text.strip_prefix('@'), text.strip_prefix('#')) {
        (Some(handle), _) => Reference::Party(party(handle)),
        (_, Some(label)) => Reference::Exhibit(ExhibitId(Digest::of(label.as_bytes()))),
        (None, None) => Reference::Record(id(text)),
    }
}

fn value(spec: &ValueSpec) -> Value {
    let amount = |least: Option<u32>, most: Option<u32>, unit: &str, printed: Option<&str>| {
        Value::Number(Amount {
            least: least.map(Into::into),
            most: most.map(Into::into),
            unit: unit.to_owned(),
            printed: printed.map(str::to_owned),
            approximate: false,
        })
    };
    match spec {
        ValueSpec::Range(least, most) => amount(Some(*least), Some(*most), "years", None),
        ValueSpec::Of { number, unit } => amount(Some(*number), Some(*number), unit, None),
        ValueSpec::Words { words } => amount(None, None, "years", Some(words)),
        ValueSpec::Time { time } => Value::Time(time.parse().expect("a time")),
    }
}

fn time(sealer: &mut Sealer<'_>, edtf: Option<&str>) -> StatedTime {
    StatedTime {
        exact: sealer.seal(TimeClaim {
            edtf: edtf.map(|text| text.parse().expect("a time")),
            basis: if edtf.is_some() {
                TimeBasis::Stated
            } else {
                TimeBasis::NotStated
            },
            anchor: None,
            note: None,
        }),
        within: None,
    }
}

fn passage(text: &str) -> Passage {
    Passage {
        text: text.to_owned(),
        quotation: Quotation::Marked,
        language: None,
        cue: None,
        label: None,
        cited_as: None,
        span: None,
    }
}

/// Takes the values away as a reader meets them who was not given their disclosures: the
/// payload holds none.
fn withhold(statement: Statement, withheld: &[String]) -> Statement {
    if withheld.is_empty() {
        return statement;
    }
    let bare: Statement = serde_json::from_value(serde_json::to_value(&statement).expect("a statement")).expect("same");
    let mut kept = statement;
    for path in withheld {
        let index = |prefix: &str| -> Option<usize> { path.strip_prefix(prefix)?.strip_suffix(']')?.parse().ok() };
        if path == "speaker" {
            kept.speaker = bare.speaker.clone();
        } else if path == "said" {
            kept.said = bare.said.clone();
        } else if let Some(place) = index("words[") {
            kept.words[place] = bare.words[place].clone();
        } else if let Some(place) = index("stances[") {
            kept.stances[place] = bare.stances[place].clone();
        } else if let Some(place) = index("relay.to[") {
            kept.relay[place].to = bare.relay[place].to.clone();
        } else {
            panic!("no such position: {path}");
        }
    }
    kept
}
