//! `affiant suggest`: what rules propose that a person look at.
//!
//! ```text
//! SUGGESTION, unreviewed: “Tofig Yagublu” (party 1f0c93aa, N11) and “Tofik Yaqublu” (party 9a3e01d2, N12) may be one party.
//! ```
//!
//! Nothing is recorded. A person who agrees signs a record of their own, by the commands that are printed.

use std::collections::BTreeSet;

use affiant::suggest::{Ask, Method, USUAL_LIMIT, suggest_watched};
use affiant_report::{suggestions_json, suggestions_text};
use clap::{Args, ValueEnum};

use crate::commands::{Context, EXIT_CODES};
use crate::error::{CliError, Outcome};

/// Arguments of `affiant suggest`.
#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub struct SuggestArgs {
    /// What to look for; everything where it is not given
    #[arg(value_enum)]
    methods: Vec<What>,

    /// The most suggestions of each kind that are written out; all are counted
    #[arg(long, value_name = "N", default_value_t = USUAL_LIMIT)]
    limit: usize,
}

/// A method as it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum What {
    /// Statements that share words in a row
    NearCopies,
    /// Parties whose names may be one party's
    Names,
    /// Statements that may speak to a question
    Questions,
    /// Near-parallel sentences that may differ in a negation, a number, a date or an opposite
    Slots,
}

impl What {
    fn method(self) -> Method {
        match self {
            What::NearCopies => Method::NearCopies,
            What::Names => Method::Names,
            What::Questions => Method::Questions,
            What::Slots => Method::Slots,
        }
    }
}

/// Runs `affiant suggest`.
///
/// # Errors
/// Where there is no archive.
pub fn run(context: &Context, args: &SuggestArgs) -> Result<Outcome, CliError> {
    let session = context.session()?;
    let asked: BTreeSet<Method> = args.methods.iter().map(|what| what.method()).collect();
    let methods = if asked.is_empty() {
        Ask::everything().methods
    } else {
        asked
    };
    let ask = Ask {
        methods,
        limit: args.limit,
    };
    let ui = &context.ui;
    let mut bar = ui.progress("Looking for what may be alike", ask.methods.len() as u64);
    let suggestions = suggest_watched(&session.ledger.case(), &ask, |_| bar.advance(1));
    drop(bar);
    if ui.json {
        // The JSON is that of spec/suggestion.md and nothing else.
        if let Some(caveat) = session.caveat() {
            ui.warn(caveat);
        }
        ui.print_json_text(&suggestions_json(&suggestions))?;
    } else {
        ui.caveat(&session)?;
        ui.print(suggestions_text(&suggestions, ui.width(), ui.style()).trim_end())?;
    }
    Ok(session.verification.outcome.into())
}
