//! The commands, one file each.
//!
//! A command is a struct of arguments and a function `run(&Context, Args) -> Result<Outcome, CliError>`. It asks for
//! what is missing, calls the library and the store, and prints; what could be tested without a command line does not
//! belong here.

pub mod assess;
pub mod attest;
pub mod bundle;
pub mod collate;
pub mod compare;
pub mod demo;
pub mod import;
pub mod init;
pub mod key;
pub mod list;
pub mod question;
pub mod quote;
pub mod record;
pub mod relate;
pub mod show;
pub mod suggest;
pub mod trust;
pub mod verify;

use std::path::PathBuf;

use crate::args::{Arguments, Command};
use crate::env::Env;
use crate::error::{CliError, Outcome};
use crate::keys::{Keyring, PassphraseSource, TerminalAsker};
use crate::ui::Ui;

/// The exit codes of commands that show records, which is the outcome of verifying the
/// archive, whatever its records say.
const EXIT_CODES: &str = "Exit code: that of the archive's verification. 0: it passed; 1: a check failed, and records that \
                          failed are named and set aside; 3: it could not be decided, as where you have not pinned \
                          whose archive it is; 2: nothing could be shown.";

/// What every command is given.
pub struct Context {
    /// The environment, the clock and randomness.
    pub env: Env,
    /// Output and questions.
    pub ui: Ui,
    /// The archive that was named, by `-C` or by `$AFFIANT_ARCHIVE`; where `None`, it is looked for from
    /// [`Env::current_dir`] upwards.
    pub archive: Option<PathBuf>,
    /// Where passphrases come from; it asks at most once in one command.
    pub passphrases: PassphraseSource,
}

impl Context {
    /// The context of one run, and the command to run in it.
    pub fn new(env: Env, arguments: Arguments) -> (Context, Command) {
        let global = arguments.global;
        let ui = Ui::new(global.json, global.quiet, global.color, env.no_color);
        let asker = ui.is_interactive().then(|| Box::new(TerminalAsker) as Box<_>);
        let passphrases = PassphraseSource::new(global.passphrase_fd, global.insecure_no_passphrase, asker);
        let archive = global.archive.or_else(|| env.archive.clone());
        (
            Context {
                env,
                ui,
                archive,
                passphrases,
            },
            arguments.command,
        )
    }

    /// The user's keys.
    ///
    /// # Errors
    /// Where the user has no home directory.
    pub fn keyring(&self) -> Result<Keyring, CliError> {
        Ok(Keyring::new(&self.env.dirs()?.config, self.env.agent_socket.as_deref()))
    }
}

/// Runs a command.
///
/// # Errors
/// What kept it from its work.
pub fn run(context: &Context, command: Command) -> Result<Outcome, CliError> {
    match command {
        Command::Init(args) => init::run(context, args),
        Command::Demo(args) => demo::run(context, args),
        Command::Record(args) => record::run(context, *args),
        Command::Question(args) => question::run(context, args),
        Command::Relate(args) => relate::run(context, args),
        Command::Assess(args) => assess::run(context, args),
        Command::Attest(args) => attest::run(context, args),
        Command::Key(args) => key::run(context, args),
        Command::Bundle(args) => bundle::run(context, &args),
        Command::Verify(args) => verify::run(context, &args),
        Command::Import(args) => import::run(context, &args),
        Command::List(args) => list::run(context, &args),
        Command::Show(args) => show::run(context, &args),
        Command::Compare(args) => compare::run(context, &args),
        Command::Collate(args) => collate::run(context, &args),
        Command::Quote(args) => quote::run(context, &args),
        Command::Suggest(args) => suggest::run(context, &args),
        Command::Trust(args) => trust::run(context, args),
    }
}
