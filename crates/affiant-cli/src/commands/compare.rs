//! `affiant compare`: where everyone stands, and where accounts part.

use affiant::compare::{Ask, compare};
use affiant_report::{Style, compare_json, compare_text, flags_text, timeline_text};
use clap::Args;

use crate::commands::{Context, EXIT_CODES};
use crate::error::{CliError, Outcome};

/// Arguments of `affiant compare`.
#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub struct CompareArgs {
    /// One question, by its label or id; all of them where it is not given
    question: Option<String>,

    /// Only the flags, each in full: what the records lack, by which rule, and what would mend it
    #[arg(long)]
    flags: bool,

    /// Only the timeline: when words are recorded as said, conveyed, published and recorded
    #[arg(long)]
    timeline: bool,

    /// Print Markdown, for a brief
    #[arg(long, conflicts_with = "json")]
    md: bool,
}

/// Runs `affiant compare`.
///
/// # Errors
/// Where there is no archive, or no such question in it.
pub fn run(context: &Context, args: &CompareArgs) -> Result<Outcome, CliError> {
    let session = context.session()?;
    let ask = match &args.question {
        Some(question) => Ask::one(session.ledger.find_kind(question, "proposition")?.id),
        None => Ask::everything(),
    };
    let comparison = compare(&session.ledger.case(), &ask);
    let ui = &context.ui;
    if ui.json {
        // The JSON has the standing of each record; it is that of spec/comparison.md and nothing else.
        if let Some(caveat) = session.caveat() {
            ui.warn(caveat);
        }
        ui.print_json_text(&compare_json(&comparison))?;
    } else {
        ui.caveat(&session)?;
        let style = if args.md { Style::Markdown } else { ui.style() };
        let mut parts = Vec::new();
        if args.timeline {
            parts.push(timeline_text(&comparison.timeline, ui.width(), style));
        }
        if args.flags {
            parts.push(flags_text(&comparison.flags, ui.width(), style));
        }
        if parts.is_empty() {
            parts.push(compare_text(&comparison, ui.width(), style));
        }
        ui.print(parts.join("\n").trim_end())?;
    }
    Ok(session.verification.outcome.into())
}
