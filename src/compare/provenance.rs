//! What the declared links say of a question and of a case: independence, origins,
//! bottlenecks, silences, right of reply, dispute, and what would settle it.
//!
//! This module gathers; each part is worked out in a module of its own. Normative page:
//! spec/provenance.md.

use serde::Serialize;

use crate::record::{Polarity, RecordId};

use super::authority::{self, Authorities};
use super::dispute::{self, Dispute};
use super::index::{Held, Index};
use super::lack::Seeking;
use super::network::bottleneck::{self, Network};
use super::network::circular::{self, Circular};
use super::network::independence::{self, Independence};
use super::network::origins::{self, Origins};
use super::network::path::Way;
use super::network::ties::Ties;
use super::open::{self, Settling, Weighed};
use super::reply::{self, Requests, RightOfReply};
use super::second_order::{self, SecondOrder};
use super::silence::{self, Access, Silences, SilentOn};
use super::taint::{self, Taint};
use super::{Ask, Question};

/// What the declared links say of one question.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct QuestionProvenance {
    /// The independence of its accounts, two by two; absent where there are fewer than two.
    pub independence: Option<Independence>,
    /// The origins of those who affirm it; absent where nobody does.
    pub origins_affirming: Option<Origins>,
    /// The origins of those who deny it; absent where nobody does.
    pub origins_denying: Option<Origins>,
    /// The network of those who take a side; absent where nobody does.
    pub bottlenecks: Option<Network>,
    /// Who took no side, or is recorded as silent on it.
    pub silences: Option<Silences>,
    /// Who was asked, and who was not.
    pub right_of_reply: RightOfReply,
    /// What would settle it, ranked.
    pub open: Settling,
}

/// What the declared links say of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CaseProvenance {
    /// The origins of all its statements; absent where one question was asked for.
    pub origins: Option<Origins>,
    /// The network of all its statements; absent where one question was asked for.
    pub bottlenecks: Option<Network>,
    /// What of the reporting is circular.
    pub circular: Circular,
    /// Who comments on, confirms, disowns, is surprised by or undermines whom.
    pub second_order: SecondOrder,
    /// Accounts that attack each other's standing.
    pub dispute: Option<Dispute>,
    /// By what authority people pass on the words of others; absent where one question was
    /// asked for.
    pub authority: Option<Authorities>,
    /// What leaned on what was taken back; absent where one question was asked for.
    pub taint: Option<Taint>,
    /// Silences that stand with no question.
    pub silences: Silences,
    /// Every request to anybody.
    pub right_of_reply: RightOfReply,
    /// What would settle the questions that are written out and the open links, ranked.
    pub open: Settling,
}

/// What links declare, indexed once for all questions.
pub struct Declared {
    ties: Ties,
    access: Access,
    silent: SilentOn,
    requests: Requests,
    seeking: Seeking,
}

impl Declared {
    pub fn new(index: &Index<'_>) -> Declared {
        Declared {
            ties: Ties::new(index),
            access: Access::new(index),
            silent: SilentOn::new(index),
            requests: Requests::new(index),
            seeking: Seeking::new(index),
        }
    }

    /// What is declared of one question, and what it weighs for the case.
    pub fn of_question(&self, index: &Index<'_>, shown: &Question) -> (QuestionProvenance, Weighed) {
        let question = &shown.proposition.id;
        let stances = index.stances_on(question);
        let of =
            |polarity| -> Vec<&Held<'_>> { stances.iter().filter(|held| held.stance.polarity == polarity).collect() };
        let (affirms, denies) = (of(Polarity::Affirms), of(Polarity::Denies));
        let sides: Vec<&Held<'_>> = stances
            .iter()
            .filter(|held| held.stance.polarity != Polarity::Uncommitted)
            .collect();
        let all: Vec<&Held<'_>> = stances.iter().collect();
        let weighed = open::of_question(index, &self.seeking, shown);
        let origins =
            |stances: &[&Held<'_>]| (!stances.is_empty()).then(|| origins::of_position(index, &self.ties, stances));
        let independence = independence::independence(index, &self.ties, &all);
        let silences = silence::of_question(index, &self.access, &self.silent, question);
        let provenance = QuestionProvenance {
            independence: Some(independence).filter(|independence| independence.accounts.len() > 1),
            origins_affirming: origins(&affirms),
            origins_denying: origins(&denies),
            bottlenecks: (!sides.is_empty()).then(|| bottleneck::network(index, &self.ties, &ways(index, &sides))),
            silences: Some(silences).filter(|silences| silences.count > 0),
            right_of_reply: reply::of_question(index, &self.requests, question),
            open: Settling::default(),
        };
        (provenance, weighed)
    }

    /// What is declared of the case. `questions` are those that are written out, with what
    /// each weighs; the ranked list of each is put in its place.
    pub fn of_case(
        &self,
        index: &Index<'_>,
        ask: &Ask,
        questions: &mut [Question],
        weighed: Vec<Weighed>,
    ) -> CaseProvenance {
        let ids: Vec<RecordId> = questions.iter().map(|question| question.proposition.id).collect();
        let whole = ask.question.is_none();
        let statements: Vec<Way<'_>> = (0..index.entries.len())
            .filter(|_| whole)
            .filter_map(|place| Some(Way::of_statement(place, index.statement(place)?)))
            .collect();
        let dispute = dispute::dispute(index, &self.ties, &self.seeking);
        let concerned = |dispute: &Dispute| whole || dispute.touches(index, &ids);
        let open = match whole {
            true => open::of_case(index, &self.seeking, &weighed),
            false => Settling::default(),
        };
        for (question, weighed) in questions.iter_mut().zip(weighed) {
            question.provenance.open = weighed.settling(index, open::MAX_OPEN_SHOWN);
        }
        CaseProvenance {
            origins: whole.then(|| origins::origins(index, &self.ties, &statements)),
            bottlenecks: whole.then(|| bottleneck::network(index, &self.ties, &statements)),
            circular: circular::circular(index, &self.ties, &ids),
            second_order: second_order::second_order(index, ask),
            dispute: Some(dispute).filter(|dispute| dispute.attack_count > 0 && concerned(dispute)),
            authority: whole.then(|| authority::authorities(index)),
            taint: whole.then(|| taint::taint(index)),
            silences: silence::of_case(index, &self.access, &self.silent),
            right_of_reply: reply::of_case(index, &self.requests),
            open,
        }
    }
}

/// The ways of some stances, one of each statement.
fn ways<'a>(index: &Index<'a>, stances: &[&Held<'a>]) -> Vec<Way<'a>> {
    let firsts = stances
        .iter()
        .enumerate()
        .filter(|(place, held)| *place == 0 || stances[place - 1].statement != held.statement);
    firsts.filter_map(|(_, held)| Way::of_stance(index, held)).collect()
}
