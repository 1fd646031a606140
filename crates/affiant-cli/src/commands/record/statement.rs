//! What the recording of every statement may say, and how it becomes a draft.

use affiant::record::{Authority, AuthorityClaim, Form, Known, Label, Scope};
use affiant_case::{CircumstancesDraft, HopDraft, StatementDraft, WhoDraft, WordsDraft};
use clap::Args;

use super::RecordError;
use super::answer::AnswerArg;
use super::asking::{TimeArg, may_say_when};
use super::closed::one_of;
use super::hop::{self, HopArg};
use super::people::{HOW, People};
use super::source::EXHIBIT;
use crate::commands::Context;
use crate::error::CliError;
use crate::ledger::Ledger;

/// What gives the speaker on the command line.
const SPEAKER: &str = "--speaker NAME";

/// Options of every `affiant record`.
///
/// NAME is the name of a party of the archive or of a new one, `me`, or `?` and a description.
#[derive(Debug, Args)]
pub struct StatementArgs {
    /// Whose words they are: a name, "me", or "?" and a description of somebody not identified
    #[arg(long, value_name = "NAME")]
    pub speaker: Option<String>,

    /// Authorship is disputed or unproven
    #[arg(long)]
    alleged: bool,

    /// How the words stand to what was uttered
    #[arg(long, value_parser = one_of::<Form>())]
    pub form: Option<Form>,

    /// The language of the words that are held, as "az"
    #[arg(long, value_name = "TAG")]
    language: Option<String>,

    /// When it was said: a date as 2019-01-10, XXXX-12-26 or 2019-01; or "not-stated"
    #[arg(long, value_name = "EDTF")]
    said: Option<TimeArg>,

    /// When it was said, in the words of the source, as "a few days ago"
    #[arg(long, value_name = "TEXT")]
    said_anchor: Option<String>,

    /// When it was conveyed
    #[arg(long, value_name = "EDTF")]
    conveyed: Option<TimeArg>,

    /// When it was published
    #[arg(long, value_name = "EDTF")]
    published: Option<TimeArg>,

    /// A step of the words, the first from the speaker: to whom, by which medium, what it did to the words, how they
    /// were known; once for each step
    #[arg(long = "hop", value_name = "TO; MEDIUM; DID; BASIS")]
    pub hops: Vec<HopArg>,

    /// How the voice or hand was known, in the last step
    #[arg(long, value_name = "TEXT")]
    identified_by: Option<String>,

    /// By what authority whoever passed the words on speaks for the speaker
    #[arg(long, value_parser = one_of::<AuthorityClaim>())]
    authority: Option<AuthorityClaim>,

    /// More on the authority
    #[arg(long, value_name = "TEXT", requires = "authority")]
    authority_note: Option<String>,

    /// Whether the speaker was detained
    #[arg(long, value_parser = one_of::<Known>())]
    detained: Option<Known>,

    /// Whether it is recorded that the speaker spoke freely
    #[arg(long, value_parser = one_of::<Known>())]
    voluntary_recorded: Option<Known>,

    /// Who was present; once for each
    #[arg(long, value_name = "NAME")]
    present: Vec<String>,

    /// Who controlled the channel
    #[arg(long, value_name = "NAME")]
    channel_controlled_by: Option<String>,

    /// In what capacity you sign, as `affiant attest --help` lists them; once for each
    #[arg(long = "as", value_name = "SCOPE", value_parser = one_of::<Scope>(), hide_possible_values = true)]
    scopes: Vec<Scope>,

    /// The statement's label; the next free of S01, S02, … where it is not given
    #[arg(long)]
    label: Option<Label>,

    /// A note of your own
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,

    /// What it says of a question: P01=yes|no|uncommitted, then certain, probable or possible, over=EDTF and
    /// throughout, set off by commas
    #[arg(long = "answer", value_name = "QUESTION=…")]
    answers: Vec<AnswerArg>,

    /// Sign with this key of yours instead of the default one
    #[arg(long, value_name = "NAME")]
    pub key: Option<String>,
}

/// What the sort of source decides of a statement.
pub struct Source {
    /// Whose words they are.
    pub speaker: WhoDraft,
    /// The form, where none is given.
    pub form: Form,
    /// The capacity in which one signs, where none is given.
    pub scope: Scope,
    /// The words.
    pub words: Vec<WordsDraft>,
    /// Their way.
    pub hops: Vec<HopDraft>,
}

impl StatementArgs {
    /// Whose words they are, asked where it is not given.
    ///
    /// # Errors
    /// In a pipe where it is not given, and where a name stands for nobody.
    pub fn speaker(&self, context: &Context, people: &mut People<'_>, question: &str) -> Result<WhoDraft, CliError> {
        let typed = match &self.speaker {
            Some(typed) => typed.clone(),
            None => context.ui.prompt(&format!("{question} ({HOW})"), SPEAKER)?,
        };
        Ok(people.who(&typed)?)
    }

    /// The way of the words: what was typed, or else what is asked for.
    ///
    /// # Errors
    /// In a pipe where it is not given, and where a name stands for nobody.
    pub fn hops_asked(
        &self,
        context: &Context,
        people: &mut People<'_>,
        speaker: &WhoDraft,
    ) -> Result<Vec<HopDraft>, CliError> {
        // One's own words have gone nowhere.
        let own = *speaker == people.me();
        if self.hops.is_empty() && !own {
            return hop::ask(context, people, speaker);
        }
        Ok(hop::typed(people, speaker, &self.hops)?)
    }

    /// The statement, with all that was typed.
    ///
    /// # Errors
    /// Where a name stands for nobody, or a question is not there.
    pub fn into_draft(
        self,
        context: &Context,
        ledger: &Ledger,
        people: &mut People<'_>,
        source: Source,
    ) -> Result<StatementDraft, CliError> {
        let label = self.label.unwrap_or_else(|| ledger.free_label("S"));
        let form = self.form.unwrap_or(source.form);
        let mut draft = StatementDraft::new(label.as_str(), source.speaker, form, &[EXHIBIT]);
        let no_time = self.said_anchor.is_none() && self.conveyed.is_none() && self.published.is_none();
        let said = match self.said {
            None if no_time => may_say_when(&context.ui, "When was it said?", "--said EDTF")?,
            said => said.unwrap_or(TimeArg::NotStated),
        };
        draft.said = said.claim(self.said_anchor);
        draft.conveyed = self.conveyed.and_then(|time| time.claim(None));
        draft.published = self.published.and_then(|time| time.claim(None));
        draft.alleged = self.alleged;
        if let Some(language) = self.language {
            draft.language = language;
        }
        draft.asserts = match self.scopes.is_empty() {
            true => vec![source.scope],
            false => self.scopes,
        };
        draft.note = self.note;
        draft.words = source.words;
        draft.hops = source.hops;
        if let Some(how) = self.identified_by {
            let last = draft.hops.last_mut().ok_or(RecordError::IdentifiedInNoHop)?;
            last.identified_by = Some(how);
        }
        if let Some(claim) = self.authority {
            let speaker = draft.speaker.clone();
            let relayed = draft.hops.iter_mut().rfind(|hop| hop.from != speaker);
            relayed.ok_or(RecordError::AuthorityOfNobody)?.authority = Some(Authority {
                claim,
                record: None,
                note: self.authority_note,
            });
        }
        draft.circumstances = CircumstancesDraft {
            detained: self.detained.unwrap_or(Known::NotStated),
            voluntariness_recorded: self.voluntary_recorded.unwrap_or(Known::NotStated),
            present: people.whos(&self.present)?,
            channel_controlled_by: match &self.channel_controlled_by {
                Some(typed) => Some(people.who(typed)?),
                None => None,
            },
            note: None,
        };
        for answer in self.answers {
            draft.stances.push(answer.into_draft(ledger)?);
        }
        Ok(draft)
    }
}
