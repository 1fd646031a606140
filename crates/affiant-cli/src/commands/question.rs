//! `affiant question`: what is at issue, and what a statement says of it.
//!
//! ```text
//! P01  yes 2  no 1  does not say 1  Is Mehman Huseynov on hunger strike?
//! ```
//!
//! A question is a proposition in `spec/`. That a statement answers it is a relation, asserted by whoever signs.

use affiant::compare::{Ask, Limits, QuestionWords, compare};
use affiant::record::{
    Body, Certainty, Label, Over, Polarity, Position, Proposition, PropositionType, RecordId, RelationKind, TargetIs,
};
use affiant::time::{Edtf, Extent};
use affiant_case::{Case, QuestionDraft, RelationDraft, StanceDraft};
use clap::{Args, Subcommand};
use serde::Serialize;

use super::record::closed::one_of;
use super::record::people::People;
use super::record::record;
use super::relate::label_of;
use crate::commands::Context;
use crate::error::{CliError, Outcome};
use crate::session::Recorder;
use crate::ui::visible;

/// Arguments of `affiant question`.
#[derive(Debug, Args)]
pub struct QuestionArgs {
    #[command(subcommand)]
    command: QuestionCommand,
}

#[derive(Debug, Subcommand)]
enum QuestionCommand {
    /// Put a question that statements may answer, or lay down what a word is taken to mean
    Add(AddArgs),
    /// Record what a statement says of a question, as you read it
    Answer(AnswerArgs),
    /// List the questions, and how many statements say yes, no or neither
    List,
}

#[derive(Debug, Args)]
struct AddArgs {
    /// The question, as one that can be answered by yes or no
    text: Option<String>,

    /// It lays down what a word is taken to mean
    #[arg(long)]
    definition: bool,

    /// Whom or what it is about: a name, "me", or "?" and words; once for each
    #[arg(long, value_name = "NAME")]
    about: Vec<String>,

    /// What it does not include
    #[arg(long, value_name = "TEXT")]
    excludes: Option<String>,

    /// Whether the answer can change over time
    #[arg(long, value_enum)]
    varies: Option<Varies>,

    /// The language of the words, as "az"
    #[arg(long, value_name = "TAG")]
    language: Option<String>,

    /// Its label; the next free of P01, P02, … where it is not given
    #[arg(long)]
    label: Option<Label>,

    /// Sign with this key of yours instead of the default one
    #[arg(long, value_name = "NAME")]
    key: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Varies {
    /// It can, as that of "Is he in prison?"
    Yes,
    /// It cannot, as that of "Did he write the letter?"
    No,
}

#[derive(Debug, Args)]
struct AnswerArgs {
    /// The statement: its label or id
    statement: String,

    /// The question: its label or id
    question: String,

    /// What the statement says of it
    #[arg(value_parser = one_of::<Polarity>())]
    says: Polarity,

    /// How sure the statement is
    #[arg(long, value_parser = one_of::<Certainty>())]
    certainty: Option<Certainty>,

    /// Over what time: a date as 2019-01-10 or XXXX-12-26/..; it is not taken from the statement
    #[arg(long, value_name = "EDTF")]
    over: Option<Edtf>,

    /// During all of that time, and not only at some moment in it
    #[arg(long, requires = "over")]
    throughout: bool,

    /// Of whom or what, where that is not what the question is about; again for an alternative
    #[arg(long, value_name = "NAME")]
    scope: Vec<String>,

    /// Whose view the statement gives, where it is not the speaker's; once for each, outermost first
    #[arg(long, value_name = "NAME")]
    according_to: Vec<String>,

    /// Why you read it so
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,

    /// The relation's label; the next free of R01, R02, … where it is not given
    #[arg(long)]
    label: Option<Label>,

    /// Sign with this key of yours instead of the default one
    #[arg(long, value_name = "NAME")]
    key: Option<String>,
}

/// Runs `affiant question`.
///
/// # Errors
/// Where something is missing or cannot be recorded; nothing was recorded then.
pub fn run(context: &Context, args: QuestionArgs) -> Result<Outcome, CliError> {
    match args.command {
        QuestionCommand::Add(args) => add(context, args),
        QuestionCommand::Answer(args) => answer(context, args),
        QuestionCommand::List => list(context),
    }
}

fn add(context: &Context, args: AddArgs) -> Result<Outcome, CliError> {
    let mut recorder = Recorder::open(context, args.key.as_deref())?;
    let mut people = People::new(&recorder.ledger, recorder.party());
    let ui = &context.ui;
    let text = args.text.map_or_else(
        || ui.prompt("What is the question, to be answered by yes or no?", "TEXT"),
        Ok,
    )?;
    let varies = match args.varies {
        Some(varies) => varies == Varies::Yes,
        None => {
            let choices = [
                ("yes", "as that of \"Is he in prison?\""),
                ("no", "as that of \"Did he write the letter?\""),
            ];
            ui.choose("Can the answer change over time?", &choices, "--varies yes|no")? == 0
        }
    };
    let about: Result<Vec<_>, _> = args.about.iter().map(|typed| people.about(typed)).collect();
    let label = args.label.unwrap_or_else(|| recorder.ledger.free_label("P"));
    let question = QuestionDraft {
        label: label.to_string(),
        proposition_type: match args.definition {
            true => PropositionType::Definition,
            false => PropositionType::Question,
        },
        text,
        language: args.language,
        excludes: args.excludes,
        about: about?,
        varies,
    };
    let case = Case {
        parties: people.into_drafts(),
        questions: vec![question],
        ..Case::default()
    };
    record(context, &mut recorder, case)?;
    ui.say(format_args!(
        "Next: affiant question answer STATEMENT {label} yes|no|does-not-say"
    ));
    Ok(Outcome::Passed)
}

fn answer(context: &Context, args: AnswerArgs) -> Result<Outcome, CliError> {
    let mut recorder = Recorder::open(context, args.key.as_deref())?;
    let mut people = People::new(&recorder.ledger, recorder.party());
    let statement = recorder.ledger.find_kind(&args.statement, "statement")?;
    let question = recorder.ledger.find_kind(&args.question, "proposition")?;
    let statement = label_of(&recorder.ledger, statement)?;
    let question = label_of(&recorder.ledger, question)?;
    let mut stance = StanceDraft::new(&question, args.says);
    stance.certainty = args.certainty.unwrap_or(Certainty::Unstated);
    stance.over = args.over.map(|edtf| Over {
        edtf,
        extent: match args.throughout {
            true => Extent::Throughout,
            false => Extent::Sometime,
        },
    });
    for typed in &args.scope {
        stance.scope.push(people.scope(typed)?);
    }
    stance.according_to = people.whos(&args.according_to)?;
    stance.note = args.note;
    let label = args.label.unwrap_or_else(|| recorder.ledger.free_label("R"));
    let relation = RelationDraft {
        label: label.to_string(),
        kind: RelationKind::Answers,
        from: statement,
        target: TargetIs::All,
        to: vec![question.clone()],
        asserted_by: None,
        asserted_in: None,
        stance: Some(stance),
        note: None,
    };
    let case = Case {
        parties: people.into_drafts(),
        relations: vec![relation],
        ..Case::default()
    };
    record(context, &mut recorder, case)?;
    context.ui.say(format_args!("Next: affiant compare {question}"));
    Ok(Outcome::Passed)
}

/// A question as `--json` prints it.
#[derive(Debug, Serialize)]
struct Listed {
    label: Label,
    id: RecordId,
    #[serde(rename = "type")]
    proposition_type: PropositionType,
    varies: bool,
    /// Absent where they are not shown to this reader.
    words: Option<String>,
    affirms: usize,
    denies: usize,
    uncommitted: usize,
}

fn list(context: &Context) -> Result<Outcome, CliError> {
    let session = context.session()?;
    let limits = Limits {
        questions: usize::MAX,
        stances: 0,
        pairs: 0,
        links: 0,
    };
    let comparison = compare(&session.ledger.case(), &Ask { question: None, limits });
    let mut listed = Vec::new();
    for held in &session.ledger.held {
        let Body::Proposition(proposition) = &held.record.body else {
            continue;
        };
        let compared = comparison
            .questions
            .iter()
            .find(|question| question.proposition.id == held.id);
        let sides = compared.map(|question| (&question.affirms, &question.denies, &question.uncommitted));
        let (affirms, denies, uncommitted) = sides.map_or((0, 0, 0), |(affirms, denies, uncommitted)| {
            (affirms.accounts, denies.accounts, uncommitted.accounts)
        });
        listed.push(Listed {
            label: held.record.common.label.clone(),
            id: held.id,
            proposition_type: proposition.proposition_type,
            varies: proposition.varies,
            words: words(proposition, compared.map(|question| &question.words)),
            affirms,
            denies,
            uncommitted,
        });
    }
    let ui = &context.ui;
    if ui.json {
        ui.print_json(&listed)?;
        return Ok(Outcome::Passed);
    }
    if listed.is_empty() {
        ui.say("There are no questions yet; type: affiant question add TEXT");
    }
    for question in &listed {
        let words = question.words.as_deref().unwrap_or("(the words are withheld)");
        let definition = match question.proposition_type {
            PropositionType::Definition => "(definition) ",
            PropositionType::Question => "",
        };
        ui.print(format_args!(
            "{}  yes {}  no {}  does not say {}  {definition}{}",
            question.label,
            question.affirms,
            question.denies,
            question.uncommitted,
            visible(words)
        ))?;
    }
    Ok(Outcome::Passed)
}

/// The words of a question, if they are shown.
fn words(proposition: &Proposition, compared: Option<&QuestionWords>) -> Option<String> {
    match compared {
        Some(QuestionWords::Held { text }) => Some(text.clone()),
        Some(_) => None,
        None => Position::value(&proposition.words).map(|words| words.text.clone()),
    }
}
