//! `affiant question`: what is at issue, and what a statement says of it.
//!
//! ```text
//! P01  yes 2  no 1  does not say 1  Is Mehman Huseynov on hunger strike?
//! ```
//!
//! A question is a proposition in `spec/`. That a statement answers it is a relation, asserted by whoever signs.

use affiant::compare::{Ask, Limits, QuestionWords, compare};
use affiant::record::{
    Amount, Body, Certainty, Label, Modality, Over, Polarity, Position, Proposition, PropositionType, RecordId,
    RelationKind, Value,
};
use affiant::time::{Edtf, Extent};
use affiant_case::{Case, QuestionDraft, RelationDraft, StanceDraft};
use clap::{Args, Subcommand};
use serde::Serialize;

use super::record::amount::NumberArg;
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
    Answer(Box<AnswerArgs>),
    /// List the questions, and how many statements say yes, no or neither
    List,
}

#[derive(Debug, Args)]
struct AddArgs {
    /// The question, as one that can be answered by yes or no, or by a number or a time
    text: Option<String>,

    /// It lays down what a word is taken to mean
    #[arg(long)]
    definition: bool,

    /// It asks how many or how much: statements answer with a number
    #[arg(long, conflicts_with_all = ["definition", "time"])]
    quantity: bool,

    /// It asks when: statements answer with a time
    #[arg(long, conflicts_with = "definition")]
    time: bool,

    /// A quantity whose sum with the others this one is; once for each
    #[arg(long, value_name = "QUESTION", requires = "quantity")]
    total_of: Vec<String>,

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

    /// Whether it says so, or promises, believes, demands, asks, supposes or presupposes it
    #[arg(long, value_parser = one_of::<Modality>())]
    modality: Option<Modality>,

    /// The number that it gives, as "7 years" or "5..6 years"
    #[arg(long, value_name = "NUMBER UNIT", conflicts_with = "time")]
    number: Option<NumberArg>,

    /// The words of the number as printed, as "several more years"; with --unit where they bound nothing
    #[arg(long, value_name = "TEXT", conflicts_with = "time")]
    printed: Option<String>,

    /// Of what the printed words are a number, where no --number is given
    #[arg(long, value_name = "UNIT", requires = "printed", conflicts_with = "number")]
    unit: Option<String>,

    /// The words mark the number as approximate
    #[arg(long, requires = "number")]
    approximate: bool,

    /// The time that it gives, where the question asks when
    #[arg(long, value_name = "EDTF")]
    time: Option<Edtf>,

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
        QuestionCommand::Answer(args) => answer(context, *args),
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
    let part = |typed: &String| -> Result<String, CliError> {
        let held = recorder.ledger.find_kind(typed, "proposition")?;
        Ok(label_of(&recorder.ledger, held)?)
    };
    let total_of: Result<Vec<String>, CliError> = args.total_of.iter().map(part).collect();
    let label = args.label.unwrap_or_else(|| recorder.ledger.free_label("P"));
    let question = QuestionDraft {
        label: label.to_string(),
        proposition_type: match (args.definition, args.quantity, args.time) {
            (true, ..) => PropositionType::Definition,
            (_, true, _) => PropositionType::Quantity,
            (.., true) => PropositionType::Time,
            _ => PropositionType::Question,
        },
        text,
        language: args.language,
        excludes: args.excludes,
        about: about?,
        varies,
        total_of: total_of?,
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
    stance.modality = args.modality.unwrap_or_default();
    stance.value = match (args.number, args.printed, args.unit, args.time) {
        (Some(NumberArg(amount)), printed, ..) => Some(Value::Number(Amount {
            printed,
            approximate: args.approximate,
            ..amount
        })),
        (None, Some(printed), unit, _) => Some(Value::Number(Amount {
            least: None,
            most: None,
            unit: unit.map_or_else(|| context.ui.prompt("Of what is it a number?", "--unit UNIT"), Ok)?,
            printed: Some(printed),
            approximate: false,
        })),
        (None, None, _, time) => time.map(Value::Time),
    };
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
    let mut relation = RelationDraft::new(label.as_str(), RelationKind::Answers, &statement, &[&question]);
    relation.stance = Some(stance);
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
            PropositionType::Question | PropositionType::Quantity | PropositionType::Time => "",
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
