//! `affiant compare`: where everyone stands, and where accounts part.

use affiant::compare::{Ask, Comparison, Limits, between, compare};
use affiant::record::Label;
use affiant_report::{Style, between_json, between_text, compare_json, compare_text, flags_text, timeline_text};
use clap::Args;

use crate::commands::{Context, EXIT_CODES};
use crate::error::{CliError, Outcome};
use crate::session::Session;

/// Arguments of `affiant compare`.
#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub struct CompareArgs {
    /// One question, by its label or id; all of them where it is not given. Before a second
    /// argument: a statement
    #[arg(value_name = "QUESTION|STATEMENT")]
    what: Option<String>,
    /// Another statement: the two side by side, on every question that they share
    #[arg(value_name = "STATEMENT")]
    other: Option<String>,

    /// Only the flags, each in full: what the records lack, by which rule, and what would mend it
    #[arg(long, conflicts_with = "other")]
    flags: bool,

    /// Only the timeline: when words are recorded as said, conveyed, published and recorded
    #[arg(long, conflicts_with = "other")]
    timeline: bool,

    /// Print Markdown, for a brief
    #[arg(long, conflicts_with = "json")]
    md: bool,
}

/// Why two records cannot be put side by side.
#[derive(Debug, thiserror::Error)]
pub enum CompareError {
    /// One statement twice.
    #[error("{0} is one statement, and two are compared")]
    Once(Label),
    /// One of them takes no part.
    #[error("{0} or {1} failed verification and takes no part")]
    TakesNoPart(Label, Label),
}

impl CompareError {
    /// The command that would help.
    pub fn hint(&self) -> Option<String> {
        match self {
            CompareError::Once(label) => Some(format!(
                "name another statement after it, or see this one with: affiant show {label}"
            )),
            CompareError::TakesNoPart(..) => Some("see why with: affiant verify".to_owned()),
        }
    }
}

/// Runs `affiant compare`.
///
/// # Errors
/// Where there is no archive, or no such question or statement in it.
pub fn run(context: &Context, args: &CompareArgs) -> Result<Outcome, CliError> {
    let session = context.session()?;
    let ui = &context.ui;
    let style = if args.md { Style::Markdown } else { ui.style() };
    let (json, text) = match (&args.what, &args.other) {
        (Some(one), Some(other)) => two(context, &session, (one, other), style)?,
        (what, _) => {
            let ask = match what {
                Some(question) => Ask::one(session.ledger.find_kind(question, "proposition")?.id),
                None => Ask::everything(),
            };
            let comparison = compare(&session.ledger.case(), &ask);
            match ui.json {
                true => (compare_json(&comparison), String::new()),
                false => (String::new(), shown(args, &comparison, ui.width(), style)),
            }
        }
    };
    if ui.json {
        // The JSON has the standing of each record; it is that of spec/comparison.md and nothing else.
        if let Some(caveat) = session.caveat() {
            ui.warn(caveat);
        }
        ui.print_json_text(&json)?;
    } else {
        ui.caveat(&session)?;
        ui.print(text.trim_end())?;
    }
    Ok(session.verification.outcome.into())
}

/// The whole comparison as text, or the parts that are asked for.
fn shown(args: &CompareArgs, comparison: &Comparison, width: usize, style: Style) -> String {
    let mut parts = Vec::new();
    if args.timeline {
        parts.push(timeline_text(&comparison.timeline, width, style));
    }
    if args.flags {
        parts.push(flags_text(&comparison.flags, width, style));
    }
    match parts.is_empty() {
        true => compare_text(comparison, width, style),
        false => parts.join("\n"),
    }
}

/// Two statements side by side, as JSON or as text.
fn two(
    context: &Context,
    session: &Session,
    (one, other): (&str, &str),
    style: Style,
) -> Result<(String, String), CliError> {
    let ledger = &session.ledger;
    let (a, b) = (
        ledger.find_kind(one, "statement")?,
        ledger.find_kind(other, "statement")?,
    );
    let label = |held: &crate::ledger::Held| held.record.common.label.clone();
    if a.id == b.id {
        return Err(CompareError::Once(label(a)).into());
    }
    let between = between(&ledger.case(), a.id, b.id, &Limits::default())
        .ok_or_else(|| CompareError::TakesNoPart(label(a), label(b)))?;
    let ui = &context.ui;
    Ok(match ui.json {
        true => (between_json(&between), String::new()),
        false => (String::new(), between_text(&between, ui.width(), style)),
    })
}
