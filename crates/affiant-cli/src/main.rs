//! The `affiant` program.
//!
//! ```text
//! affiant key new
//! affiant key export default --format allowed-signers
//! ```
//!
//! [`args`] says what may be typed, [`commands`] does it, [`ui`] talks, and [`error`] decides the exit code.
//! The environment, the clock and randomness are read in `env` alone and passed down. No statement is judged
//! here: that is the library's work.

mod args;
mod caveat;
mod commands;
mod env;
mod error;
mod established;
mod keys;
mod ledger;
mod pins;
mod seen;
mod session;
mod ui;

use std::process::ExitCode;

use clap::Parser as _;

use crate::commands::Context;
use crate::env::Env;

fn main() -> ExitCode {
    let arguments = match args::Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(usage) => {
            // Where even standard error is closed, the exit code still says it.
            let _ = usage.print();
            return if usage.use_stderr() {
                error::USAGE.into()
            } else {
                ExitCode::SUCCESS
            };
        }
    };
    let env = Env::of_process();
    let (context, command) = Context::new(env, arguments);
    let result = commands::run(&context, command);
    if let Err(error) = &result {
        context.ui.error(error);
    }
    error::exit_code(&result).into()
}
