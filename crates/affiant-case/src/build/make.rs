//! Each sort of draft, made into its kind of record. Members are sealed in the order of the schema.

use affiant::disclose::{Salt, Sealer};
use affiant::record::{
    Asking, Assessment, Attestation, Body, Call, Circumstances, Hop, Label, Nonce, Observation, Passage, Proposition,
    Reference, Relation, RosterEntry, Scope, Span, Stance, StatedTime, Statement, Subject, Target, TargetIs, TimeBasis,
    TimeClaim, Wording,
};

use super::{About, Builder, Parts};
use crate::draft::*;
use crate::fault::{CaseFault, Sort};
use crate::spot::Spot;

type Random<'r> = &'r mut dyn FnMut() -> Salt;

impl Builder<'_, '_> {
    pub(super) fn make_all(&mut self, random: Random<'_>) {
        let case = self.case;
        for (index, draft) in case.parties.iter().enumerate() {
            self.make_party(&Spot::of_party(index, draft), draft, random);
        }
        for (index, draft) in case.questions.iter().enumerate() {
            self.make_question(&Spot::of_question(index, draft), draft, random);
        }
        for (index, draft) in case.statements.iter().enumerate() {
            self.make_statement(&Spot::of_statement(index, draft), draft, random);
        }
        for (index, draft) in case.relations.iter().enumerate() {
            self.make_relation(&Spot::of_relation(index, draft), draft, random);
        }
        for (index, draft) in case.assessments.iter().enumerate() {
            self.make_assessment(&Spot::of_assessment(index, draft), draft, random);
        }
        for (index, draft) in case.attestations.iter().enumerate() {
            self.make_attestation(&Spot::of_attestation(index, draft), draft, random);
        }
    }

    fn make_party(&mut self, spot: &Spot, draft: &PartyDraft, random: Random<'_>) {
        let (kind, names, roles) = match &draft.source {
            PartySource::Existing(id) => {
                if !self.archived.has_party(*id) {
                    let id = id.to_string();
                    self.findings.add(spot, "existing", CaseFault::NotInArchive { id });
                }
                return self.parties.push(*id);
            }
            PartySource::New { kind, names, roles } => (*kind, names, roles),
        };
        let party = affiant::record::PartyId(random());
        self.parties.push(party);
        let Some(label) = self.free_party_label() else {
            return self.findings.add(spot, "", CaseFault::NoFreeLabel);
        };
        let mut sealer = Sealer::new(&mut *random);
        let body = RosterEntry::Party {
            party,
            party_kind: kind,
            names: sealer.seal_each(names.iter().cloned()),
            roles: sealer.seal_each(roles.iter().cloned()),
        };
        let parts = Parts {
            label,
            asserts: vec![Scope::Recorded],
            subject: Subject::Archive(self.archive),
            body: Body::Roster(body),
            disclosures: sealer.into_disclosures(),
            exhibits: Vec::new(),
            nonce: Nonce(random()),
        };
        self.put(spot, parts);
    }

    /// `N1`, `N2`, …: the next that neither the archive nor the case has.
    fn free_party_label(&mut self) -> Option<Label> {
        loop {
            let text = format!("N{}", self.next_party_label);
            // A label ends at six digits.
            let label: Label = text.parse().ok()?;
            self.next_party_label += 1;
            if self.names.get(&text).is_none() && self.archived.labelled(&label).is_none() {
                return Some(label);
            }
        }
    }

    fn make_question(&mut self, spot: &Spot, draft: &QuestionDraft, random: Random<'_>) {
        let mut sealer = Sealer::new(&mut *random);
        let wording = |text: &String| Wording {
            text: text.clone(),
            language: draft.language.clone(),
        };
        let about = (!draft.about.is_empty()).then(|| self.scope(&draft.about));
        let body = Proposition {
            proposition_type: draft.proposition_type,
            varies: draft.varies,
            words: sealer.seal(wording(&draft.text)),
            excludes: sealer.seal_some(draft.excludes.as_ref().map(wording)),
            about: sealer.seal_some(about),
            total_of: self.parts(spot, &draft.total_of),
        };
        let parts = Parts {
            label: label(&draft.label),
            asserts: vec![Scope::Recorded],
            subject: Subject::Archive(self.archive),
            body: Body::Proposition(body),
            disclosures: sealer.into_disclosures(),
            exhibits: Vec::new(),
            nonce: Nonce(random()),
        };
        let id = self.put(spot, parts);
        self.made.questions.push(id);
    }

    fn parts(&mut self, spot: &Spot, labels: &[String]) -> Vec<affiant::record::RecordId> {
        let part = |(index, label): (usize, &String)| {
            let spot = spot.value("total_of", index);
            self.record(&spot, "", label, Sort::Question)
        };
        labels.iter().enumerate().map(part).collect()
    }

    fn make_statement(&mut self, spot: &Spot, draft: &StatementDraft, random: Random<'_>) {
        let mut sealer = Sealer::new(&mut *random);
        let mut new = Vec::new();
        let mut exhibits = Vec::with_capacity(draft.exhibits.len());
        let mut observed = Vec::new();
        for handle in &draft.exhibits {
            let exhibit = self.exhibit(handle, &mut sealer, &mut new);
            exhibits.push(exhibit);
            if let Some(facts) = self.staged.facts.get(handle)
                && let Some((width, height)) = facts.pixels
            {
                observed.push(Observation {
                    exhibit,
                    format: facts.media_type.clone(),
                    width: Some(width),
                    height: Some(height),
                });
            }
        }
        let body = Statement {
            speaker: sealer.seal(self.who(&draft.speaker)),
            alleged: draft.alleged,
            form: draft.form,
            language: draft.language.clone(),
            translator: sealer.seal_some(draft.translator.as_ref().map(|who| self.who(who))),
            words: self.words(spot, draft, &exhibits, &mut sealer),
            said: stated(&mut sealer, draft.said.as_ref()),
            conveyed: stated(&mut sealer, draft.conveyed.as_ref()),
            published: stated(&mut sealer, draft.published.as_ref()),
            relay: draft.hops.iter().map(|hop| self.hop(hop, &mut sealer)).collect(),
            circumstances: sealer.seal(self.circumstances(&draft.circumstances)),
            stances: self.stances(spot, &draft.stances, &mut sealer),
            observed: sealer.seal_each(observed),
            note: sealer.seal_some(draft.note.clone()),
        };
        let parts = Parts {
            label: label(&draft.label),
            asserts: draft.asserts.clone(),
            subject: Subject::Exhibits(exhibits),
            body: Body::Statement(Box::new(body)),
            disclosures: sealer.into_disclosures(),
            exhibits: new,
            nonce: Nonce(random()),
        };
        let id = self.put(spot, parts);
        self.made.statements.push(id);
    }

    fn words(
        &mut self,
        spot: &Spot,
        draft: &StatementDraft,
        exhibits: &[affiant::record::ExhibitId],
        sealer: &mut Sealer<'_>,
    ) -> Vec<affiant::record::Position<Passage>> {
        let mut passages = Vec::with_capacity(draft.words.len());
        for (index, words) in draft.words.iter().enumerate() {
            let spot = spot.part("words", index);
            let span = words.held.as_ref().and_then(|held| {
                let own = draft.exhibits.iter().position(|handle| *handle == held.exhibit);
                let exhibit = exhibits[own.expect("check refuses words in an exhibit of another statement")];
                let range = self.held(&spot, &words.text, held)?;
                Some(Span {
                    exhibit,
                    start: range.start,
                    end: range.end,
                })
            });
            passages.push(sealer.seal(Passage {
                text: words.text.clone(),
                quotation: words.quotation,
                language: words.language.clone(),
                cue: words.cue.clone(),
                label: words.speaker_label.clone(),
                cited_as: words.cited_as.clone(),
                span,
            }));
        }
        passages
    }

    fn hop(&self, draft: &HopDraft, sealer: &mut Sealer<'_>) -> Hop {
        Hop {
            from: sealer.seal(self.who(&draft.from)),
            to: sealer.seal(self.who(&draft.to)),
            medium: draft.medium,
            did: draft.did,
            basis: draft.basis,
            when: stated(sealer, draft.when.as_ref()),
            attested_by: sealer.seal_some(draft.attested_by.as_ref().map(|who| self.who(who))),
            authority: sealer.seal_some(draft.authority.clone()),
            identified_by: sealer.seal_some(draft.identified_by.clone()),
            call: draft.call.as_ref().map(|call| Call {
                placed_by: call.placed_by,
                notes: call.notes,
                lasted_seconds: call.lasted_seconds,
                number: sealer.seal_some(call.number.clone()),
                listeners: sealer.seal_some(call.listeners.as_ref().map(|whos| self.whos(whos))),
                line_controlled_by: sealer.seal_some(call.line_controlled_by.as_ref().map(|who| self.who(who))),
            }),
        }
    }

    fn circumstances(&self, draft: &CircumstancesDraft) -> Circumstances {
        Circumstances {
            detained: draft.detained,
            voluntariness_recorded: draft.voluntariness_recorded,
            present: self.whos(&draft.present),
            channel_controlled_by: draft.channel_controlled_by.as_ref().map(|who| self.who(who)),
            note: draft.note.clone(),
        }
    }

    fn stances(
        &mut self,
        spot: &Spot,
        drafts: &[StanceDraft],
        sealer: &mut Sealer<'_>,
    ) -> Vec<affiant::record::Position<Stance>> {
        let mut stances = Vec::with_capacity(drafts.len());
        for (index, draft) in drafts.iter().enumerate() {
            let spot = spot.part("stance", index);
            stances.push(sealer.seal(self.stance(&spot, "on", draft)));
        }
        stances
    }

    fn stance(&mut self, spot: &Spot, member: &str, draft: &StanceDraft) -> Stance {
        Stance {
            proposition: self.record(spot, member, &draft.on, Sort::Question),
            polarity: draft.says,
            certainty: draft.certainty,
            modality: draft.modality,
            value: draft.value.clone(),
            over: draft.over.clone(),
            scope: self.scope(&draft.scope),
            according_to: self.whos(&draft.according_to),
            note: draft.note.clone(),
        }
    }

    fn make_relation(&mut self, spot: &Spot, draft: &RelationDraft, random: Random<'_>) {
        let mut sealer = Sealer::new(&mut *random);
        let mut about = About::default();
        let answers = draft.stance.is_some();
        let (from_sort, to_sort) = match answers {
            true => (Sort::Statement, Sort::Question),
            false => (Sort::Anything, Sort::Anything),
        };
        let from = self.reference((spot, "from"), &draft.from, from_sort, &mut sealer, &mut about);
        let (list, member) = match draft.target {
            TargetIs::All => (spot.clone(), "to"),
            TargetIs::OneOf => (spot.inside("to"), "one-of"),
            TargetIs::Unresolved => (spot.inside("to"), "unresolved"),
        };
        let mut among = Vec::with_capacity(draft.to.len());
        for (index, name) in draft.to.iter().enumerate() {
            let spot = list.value(member, index);
            among.push(self.reference((&spot, ""), name, to_sort, &mut sealer, &mut about));
        }
        let asserted_by = draft.asserted_by.as_ref().map(|who| self.who(who));
        let asserted_in = draft.asserted_in.as_ref();
        let asserted_in = asserted_in.map(|label| self.record(spot, "asserted_in", label, Sort::Statement));
        let first = list.value(member, 0);
        let stance = draft.stance.as_ref().map(|stance| self.stance(&first, "", stance));
        let asked = draft.asked.as_ref().map(|asking| {
            let answered_in = asking.answered_in.as_ref();
            Asking {
                when: stated(&mut sealer, asking.when.as_ref()),
                answer: asking.answer,
                answered_in: answered_in.map(|label| self.record(spot, "answered_in", label, Sort::Statement)),
            }
        });
        let body = Relation {
            relation: draft.kind,
            from,
            target: Target {
                is: draft.target,
                among,
            },
            asserted_by: sealer.seal_some(asserted_by),
            asserted_in,
            stance: sealer.seal_some(stance),
            within: sealer.seal_some(draft.within.clone()),
            asked,
            note: sealer.seal_some(draft.note.clone()),
        };
        let parts = Parts {
            label: label(&draft.label),
            asserts: vec![Scope::Recorded],
            subject: about.subject(self.archive),
            body: Body::Relation(Box::new(body)),
            disclosures: sealer.into_disclosures(),
            exhibits: about.new,
            nonce: Nonce(random()),
        };
        let id = self.put(spot, parts);
        self.made.relations.push(id);
    }

    fn make_assessment(&mut self, spot: &Spot, draft: &AssessmentDraft, random: Random<'_>) {
        let mut sealer = Sealer::new(&mut *random);
        let mut about = Vec::with_capacity(draft.about.len());
        for (index, label) in draft.about.iter().enumerate() {
            let spot = spot.value("about", index);
            about.push(Reference::Record(self.record(&spot, "", label, Sort::Assessable)));
        }
        let on = draft.on.as_ref();
        let supersedes = draft.supersedes.as_ref();
        let body = Assessment {
            about,
            on: on.map(|label| self.record(spot, "on", label, Sort::Question)),
            reading: draft.reading,
            reasons: sealer.seal(Wording {
                text: draft.reasons.clone(),
                language: draft.language.clone(),
            }),
            asserted_by: sealer.seal_some(draft.asserted_by.as_ref().map(|who| self.who(who))),
            supersedes: supersedes.map(|label| self.record(spot, "supersedes", label, Sort::Assessment)),
        };
        let parts = Parts {
            label: label(&draft.label),
            asserts: vec![Scope::Recorded],
            subject: Subject::Archive(self.archive),
            body: Body::Assessment(body),
            disclosures: sealer.into_disclosures(),
            exhibits: Vec::new(),
            nonce: Nonce(random()),
        };
        let id = self.put(spot, parts);
        self.made.assessments.push(id);
    }

    fn make_attestation(&mut self, spot: &Spot, draft: &AttestationDraft, random: Random<'_>) {
        let mut sealer = Sealer::new(&mut *random);
        let mut about = About::default();
        let reference = self.reference((spot, "about"), &draft.about, Sort::Attestable, &mut sealer, &mut about);
        let body = Attestation {
            about: reference,
            declaration: sealer.seal(Wording {
                text: draft.words.clone(),
                language: draft.language.clone(),
            }),
        };
        let parts = Parts {
            label: label(&draft.label),
            asserts: draft.asserts.clone(),
            subject: about.subject(self.archive),
            body: Body::Attestation(body),
            disclosures: sealer.into_disclosures(),
            exhibits: about.new,
            nonce: Nonce(random()),
        };
        let id = self.put(spot, parts);
        self.made.attestations.push(id);
    }
}

fn label(text: &str) -> Label {
    text.parse().expect("check refuses what is no label")
}

fn stated(sealer: &mut Sealer<'_>, time: Option<&TimeClaim>) -> StatedTime {
    let not_stated = || TimeClaim {
        edtf: None,
        basis: TimeBasis::NotStated,
        anchor: None,
        note: None,
    };
    StatedTime {
        exact: sealer.seal(time.cloned().unwrap_or_else(not_stated)),
        within: None,
    }
}
