//! What may be typed after `affiant`.
//!
//! ```text
//! affiant [-C DIR] [--json] [--color WHEN] [--quiet] COMMAND …
//! ```
//!
//! The arguments of a command stand beside the command, in `commands/`. A new command is one line in [`Command`]
//! and one in [`crate::commands::run`].

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::commands;

/// Keep signed records of who said what, how the words reached us and who has held the evidence.
#[derive(Debug, Parser)]
#[command(name = "affiant", version, max_term_width = 100)]
pub struct Arguments {
    #[command(flatten)]
    pub global: GlobalArgs,

    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Begin an archive: makes its log key and, if you have none, yours; enrols you; pins it
    Init(commands::init::InitArgs),
    /// Make the case that the project was born from afresh, verify it and compare its accounts
    Demo(commands::demo::DemoArgs),
    /// Record a statement: a transcript, a letter, a call, or somebody's words
    Record(Box<commands::record::RecordArgs>),
    /// What is at issue, and what a statement says of it
    Question(commands::question::QuestionArgs),
    /// Record a link from one record to others
    Relate(commands::relate::RelateArgs),
    /// Sign your reading of how two accounts stand to each other
    Assess(commands::assess::AssessArgs),
    /// Sign a record or exhibit in one capacity
    Attest(commands::attest::AttestArgs),
    /// Make, list, export and import your signing keys
    Key(commands::key::KeyArgs),
    /// Write a file to send, with just what you let out
    Bundle(commands::bundle::BundleArgs),
    /// Check an archive, a bundle or one envelope from nothing but its bytes
    Verify(commands::verify::VerifyArgs),
    /// Record every record of a case file, all or none
    Import(commands::import::ImportArgs),
    /// What is in the archive, searched
    List(commands::list::ListArgs),
    /// One record in full, or the way of its words
    Show(commands::show::ShowArgs),
    /// Where everyone stands, and where accounts part
    Compare(commands::compare::CompareArgs),
    /// Where versions of one text, or transcripts of one recording, differ, word by word
    Collate(commands::collate::CollateArgs),
    /// Whether a passage stands in a text as quoted, and what governs its words there
    Quote(commands::quote::QuoteArgs),
    /// What rules propose that a person look at: near-copies, names, questions, sentences that may differ
    Suggest(commands::suggest::SuggestArgs),
    /// Whose keys and archives you have reason to believe, and how you learnt them
    Trust(commands::trust::TrustArgs),
}

/// Options that every command takes.
#[derive(Debug, Args)]
#[command(next_help_heading = "Options of every command")]
pub struct GlobalArgs {
    /// The archive to work in; else $AFFIANT_ARCHIVE, else this folder or a parent that is one
    #[arg(short = 'C', long = "archive", value_name = "DIR", global = true)]
    pub archive: Option<PathBuf>,

    /// Print JSON
    #[arg(long, global = true)]
    pub json: bool,

    /// When to use colours; NO_COLOR is honoured
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = ColorWhen::Auto, global = true)]
    pub color: ColorWhen,

    /// Say nothing on standard error but warnings and errors
    #[arg(short, long, global = true)]
    pub quiet: bool,

    /// Read the passphrase of your keys from the first line of this file descriptor
    #[arg(long, value_name = "N", global = true)]
    pub passphrase_fd: Option<u32>,

    /// Keep new keys without a passphrase: whoever reads the file can sign as you
    #[arg(long, conflicts_with = "passphrase_fd", global = true)]
    pub insecure_no_passphrase: bool,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ColorWhen {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_arguments_are_consistent() {
        Arguments::command().debug_assert();
    }
}
