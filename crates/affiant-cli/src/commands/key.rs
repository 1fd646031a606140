//! `affiant key`: the user's signing keys.
//!
//! ```text
//! $ affiant key list
//! default  SHA256:uG0…  in a file, under a passphrase
//! ```
//!
//! Whose key a key is, and whether it was revoked, is said in an archive and not here.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use serde::Serialize;

use super::Context;
use crate::error::{CliError, Outcome};
use crate::keys::{ExportFormat, Held, KeyEntry, KeyName, export};
use crate::ui::visible;

/// Arguments of `affiant key`.
#[derive(Debug, Args)]
pub struct KeyArgs {
    #[command(subcommand)]
    command: KeyCommand,
}

#[derive(Debug, Subcommand)]
enum KeyCommand {
    /// Make a key
    New {
        /// What you call it
        #[arg(default_value_t)]
        name: KeyName,
    },
    /// List your keys
    List,
    /// Print a public key, for others to know you by
    Export {
        /// The key's name, or the beginning of its fingerprint
        #[arg(default_value = KeyName::DEFAULT)]
        name: String,
        /// The form to print it in
        #[arg(long, value_enum, default_value_t = ExportFormat::Openssh)]
        format: ExportFormat,
        /// Who is named beside the key, as name@example.org [default: the key's name]
        #[arg(long = "as", value_name = "WHO")]
        who: Option<String>,
    },
    /// Copy a key of ssh-keygen: a private key, or the .pub of one that your ssh-agent holds
    Import {
        /// The key's file
        file: PathBuf,
        /// What you call it
        #[arg(default_value_t)]
        name: KeyName,
    },
}

/// A key as `--json` prints it.
#[derive(Serialize)]
struct KeyJson<'a> {
    name: &'a str,
    fingerprint: String,
    /// The OpenSSH blob in base64, as a record carries it.
    key: String,
    held: &'static str,
    file: std::borrow::Cow<'a, str>,
}

impl<'a> KeyJson<'a> {
    fn of(entry: &'a KeyEntry) -> KeyJson<'a> {
        KeyJson {
            name: entry.name.as_str(),
            fingerprint: entry.key.fingerprint(),
            key: entry.key.to_base64(),
            held: match entry.held {
                Held::Encrypted => "encrypted-file",
                Held::Clear => "clear-file",
                Held::Elsewhere => "elsewhere",
            },
            file: entry.path.to_string_lossy(),
        }
    }
}

/// A public key in one form, as `--json` prints it.
#[derive(Serialize)]
struct ExportJson<'a> {
    name: &'a str,
    fingerprint: String,
    text: &'a str,
}

/// Runs `affiant key`.
///
/// # Errors
/// What the keyring says.
pub fn run(context: &Context, args: KeyArgs) -> Result<Outcome, CliError> {
    let keyring = context.keyring()?;
    match args.command {
        KeyCommand::New { name } => {
            let entry = keyring.create(&name, &context.env, &context.passphrases)?;
            announce(context, &entry, "Your new key")?;
        }
        KeyCommand::Import { file, name } => {
            let entry = keyring.import(&file, &name, &context.env, &context.passphrases)?;
            announce(context, &entry, "The key")?;
        }
        KeyCommand::List => {
            let listing = keyring.list()?;
            for error in &listing.unreadable {
                context.ui.warn(visible(&error.to_string()));
            }
            if context.ui.json {
                context
                    .ui
                    .print_json(&listing.keys.iter().map(KeyJson::of).collect::<Vec<_>>())?;
            } else if listing.keys.is_empty() {
                context.ui.say("You have no keys yet; type: affiant key new");
            }
            let width = listing
                .keys
                .iter()
                .map(|entry| entry.name.as_str().len())
                .max()
                .unwrap_or(0);
            for entry in listing.keys.iter().filter(|_| !context.ui.json) {
                let (name, fingerprint, place) = (entry.name.as_str(), entry.key.fingerprint(), place(entry.held));
                context
                    .ui
                    .print(format_args!("{name:width$}  {fingerprint}  {place}"))?;
            }
        }
        KeyCommand::Export { name, format, who } => {
            let entry = keyring.find(&name)?;
            let text = export(&entry.key, format, who.as_deref().unwrap_or(entry.name.as_str()))?;
            if context.ui.json {
                let (name, fingerprint) = (entry.name.as_str(), entry.key.fingerprint());
                context.ui.print_json(&ExportJson {
                    name,
                    fingerprint,
                    text: &text,
                })?;
            } else {
                context.ui.print(text)?;
            }
        }
    }
    Ok(Outcome::Passed)
}

fn announce(context: &Context, entry: &KeyEntry, what: &str) -> Result<(), CliError> {
    let ui = &context.ui;
    let path = entry.path.to_string_lossy();
    ui.say(format_args!(
        "{what} \"{}\" is in {}. Its fingerprint:",
        entry.name,
        visible(&path)
    ));
    if ui.json {
        ui.print_json(&KeyJson::of(entry))?;
    } else {
        ui.print(entry.key.fingerprint())?;
    }
    match entry.held {
        Held::Encrypted => ui.say("Keep a copy of the file and of the passphrase: nobody can restore either."),
        Held::Clear => ui.warn("this key has no passphrase: whoever reads its file can sign as you"),
        Held::Elsewhere => ui.say("It signs while your ssh-agent holds its private key."),
    }
    Ok(())
}

fn place(held: Held) -> &'static str {
    match held {
        Held::Encrypted => "in a file, under a passphrase",
        Held::Clear => "in a file, without a passphrase",
        Held::Elsewhere => "not in a file: an ssh-agent must hold it",
    }
}
