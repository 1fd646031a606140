//! What people see and are asked: data on standard output, talk on standard error.
//!
//! ```text
//! warning: this key has no passphrase
//! Who spoke?
//! ```
//!
//! Colours carry no meaning of their own. Questions are asked where standard input and standard error are both
//! terminals; elsewhere a missing answer is an error that names the option. Text from outside goes through
//! [`visible`] before it is printed. Passphrases are not asked here, for which see [`crate::keys`].

mod progress;

use std::fmt::Display;
use std::io::{self, BufRead as _, IsTerminal as _, Read as _, Write as _};

use anstream::{AutoStream, ColorChoice};
use owo_colors::OwoColorize as _;
use serde::Serialize;

use crate::args::ColorWhen;
use crate::error::CliError;

pub use affiant_report::visible;
use affiant_report::{Style, escape_in_json};
pub use progress::Progress;

/// The longest answer to a question, in bytes. A terminal itself gives no longer line than 4096.
const MAX_ANSWER_BYTES: u64 = 16 * 1024;

/// How often a question is asked again where the answer is empty or none of the choices.
const MAX_TRIES: usize = 3;

/// How to talk to the person, or the pipe, at the other end.
#[derive(Debug, Clone)]
pub struct Ui {
    /// Whether `--json` was given: standard output is JSON and nothing else.
    pub json: bool,
    quiet: bool,
    interactive: bool,
    stdout_is_terminal: bool,
    stderr_is_terminal: bool,
    stdout_color: ColorChoice,
    stderr_color: ColorChoice,
}

impl Ui {
    /// Talks on the streams of this process.
    pub fn new(json: bool, quiet: bool, color: ColorWhen, no_color: bool) -> Ui {
        let choose = |is_terminal: bool| match color {
            ColorWhen::Always => ColorChoice::Always,
            ColorWhen::Auto if is_terminal && !no_color => ColorChoice::Always,
            ColorWhen::Auto | ColorWhen::Never => ColorChoice::Never,
        };
        let stderr_is_terminal = io::stderr().is_terminal();
        let stdout_is_terminal = io::stdout().is_terminal();
        Ui {
            json,
            quiet,
            interactive: io::stdin().is_terminal() && stderr_is_terminal,
            stdout_is_terminal,
            stderr_is_terminal,
            stdout_color: choose(stdout_is_terminal),
            stderr_color: choose(stderr_is_terminal),
        }
    }

    /// How many columns text is wrapped to: the terminal's, within reason; 80 in a pipe.
    pub fn width(&self) -> usize {
        const PIPE: usize = 80;
        const WIDEST: usize = 100;
        if self.stdout_is_terminal {
            textwrap::termwidth().min(WIDEST)
        } else {
            PIPE
        }
    }

    /// Whether what is printed may have colours.
    pub fn style(&self) -> Style {
        match self.stdout_color {
            ColorChoice::Never => Style::Plain,
            _ => Style::Coloured,
        }
    }

    /// Whether standard output is a terminal, where a line that is too long is cut.
    pub fn stdout_is_terminal(&self) -> bool {
        self.stdout_is_terminal
    }

    /// Whether somebody is there to be asked.
    pub fn is_interactive(&self) -> bool {
        self.interactive
    }

    /// Prints one line, or several, of data.
    ///
    /// # Errors
    /// [`CliError::Output`].
    pub fn print(&self, data: impl Display) -> Result<(), CliError> {
        let mut stdout = AutoStream::new(io::stdout(), self.stdout_color);
        writeln!(stdout, "{data}")
            .and_then(|()| stdout.flush())
            .map_err(CliError::Output)
    }

    /// Prints a value as indented JSON.
    ///
    /// # Errors
    /// [`CliError::Output`].
    pub fn print_json(&self, value: &impl Serialize) -> Result<(), CliError> {
        let text = serde_json::to_string_pretty(value).expect("what we print has text for keys and no failing member");
        self.print_json_text(&escape_in_json(&text))
    }

    /// Prints JSON that is text already.
    ///
    /// # Errors
    /// [`CliError::Output`].
    pub fn print_json_text(&self, text: &str) -> Result<(), CliError> {
        // Past the colour filter: it would drop a control character that a JSON reader should see.
        let mut stdout = io::stdout().lock();
        writeln!(stdout, "{}", text.trim_end())
            .and_then(|()| stdout.flush())
            .map_err(CliError::Output)
    }

    /// Says something to the person, on standard error, unless told to be quiet.
    pub fn say(&self, talk: impl Display) {
        if !self.quiet {
            self.talk(&talk);
        }
    }

    /// Says what the person must know before it is done. `--quiet` does not silence it.
    pub fn announce(&self, talk: impl Display) {
        self.talk(&talk);
    }

    /// Warns of something that is done all the same. `--quiet` does not silence it.
    pub fn warn(&self, warning: impl Display) {
        self.talk(&format_args!("{} {warning}", "warning:".yellow().bold()));
    }

    /// Says why the command could not do its work, and what to do about it.
    pub fn error(&self, error: &CliError) {
        if error.is_silent() {
            return;
        }
        for line in error.lines() {
            self.talk(&format_args!("{} {}", "error:".red().bold(), visible(&line)));
        }
        if let Some(hint) = error.hint() {
            self.talk(&format_args!("{} {}", "hint:".cyan().bold(), visible(&hint)));
        }
    }

    /// Asks a question and gives the answer, trimmed and not empty. `option` is what answers it on the command
    /// line, as `--name NAME`.
    ///
    /// # Errors
    /// [`CliError::NotATerminal`] in a pipe, [`CliError::NoAnswer`] where the input ends.
    pub fn prompt(&self, question: &str, option: &'static str) -> Result<String, CliError> {
        self.ask(question, option, "", |answer| Some(answer.to_owned()))
    }

    /// Asks which of the choices, each a name and what it means, and gives its index. The answer is its number,
    /// counted from 1, or its name.
    ///
    /// # Errors
    /// As [`Ui::prompt`].
    pub fn choose(&self, question: &str, choices: &[(&str, &str)], option: &'static str) -> Result<usize, CliError> {
        let mut list = String::new();
        for (number, (name, meaning)) in (1..).zip(choices) {
            list.push_str(&format!("  {number}. {name}: {meaning}\n"));
        }
        self.ask(question, option, &list, |answer| chosen(answer, choices))
    }

    /// A progress bar over `total` steps. It is shown on a terminal only, and only after a second.
    pub fn progress(&self, doing: &str, total: u64) -> Progress {
        Progress::new(doing, total, self.stderr_is_terminal && !self.quiet)
    }

    fn ask<T>(
        &self,
        question: &str,
        option: &'static str,
        list: &str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<T, CliError> {
        if !self.interactive {
            return Err(CliError::NotATerminal {
                question: question.to_owned(),
                option,
            });
        }
        let no_answer = || CliError::NoAnswer {
            question: question.to_owned(),
            option,
        };
        for _ in 0..MAX_TRIES {
            let mut stderr = AutoStream::new(io::stderr(), self.stderr_color);
            write!(stderr, "{}\n{list}> ", question.bold())
                .and_then(|()| stderr.flush())
                .map_err(|_| no_answer())?;
            let mut line = String::new();
            let read_bytes = io::stdin().lock().take(MAX_ANSWER_BYTES).read_line(&mut line);
            if !matches!(read_bytes, Ok(1..)) {
                return Err(no_answer());
            }
            let answer = line.trim();
            if !answer.is_empty()
                && let Some(answer) = read(answer)
            {
                return Ok(answer);
            }
        }
        Err(no_answer())
    }

    fn talk(&self, talk: &dyn Display) {
        let mut stderr = AutoStream::new(io::stderr(), self.stderr_color);
        // Where standard error is closed there is nobody left to tell.
        let _ = writeln!(stderr, "{talk}");
    }
}

fn chosen(answer: &str, choices: &[(&str, &str)]) -> Option<usize> {
    if let Some(index) = choices.iter().position(|(name, _)| *name == answer) {
        return Some(index);
    }
    let number: usize = answer.parse().ok()?;
    number.checked_sub(1).filter(|index| *index < choices.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_is_made_by_number_or_by_name() {
        let choices = [
            ("received", "I received these bytes"),
            ("transcribed", "I wrote down what I heard"),
        ];
        assert_eq!(chosen("1", &choices), Some(0));
        assert_eq!(chosen("transcribed", &choices), Some(1));
        for none in ["0", "3", "-1", "trans", "99999999999999999999999"] {
            assert_eq!(chosen(none, &choices), None, "{none}");
        }
    }
}
