//! Where passphrases come from: a terminal, or a file descriptor, or nowhere.
//!
//! ```text
//! affiant key new                                       asks twice, and shows nothing
//! affiant key new --passphrase-fd 3 3< passphrase.txt   reads the first line
//! affiant key new --insecure-no-passphrase              has none, and says so
//! ```
//!
//! A [`PassphraseSource`] lives for one command and asks once: the person's key and the log's key, under one
//! passphrase, need one answer. A passphrase is never an argument nor an environment variable, which other programs
//! can read. It is wiped when dropped.

use std::cell::RefCell;
use std::fs::File;
use std::io::{self, Read};

use zeroize::Zeroizing;

use super::KeyFileError;

/// The longest passphrase, in bytes: one less than the buffer of OpenSSH's `readpass`.
pub const MAX_PASSPHRASE_BYTES: usize = 1023;

/// The shortest new passphrase, in characters, as `ssh-keygen` has it.
pub const MIN_NEW_PASSPHRASE_CHARS: usize = 5;

/// How often a passphrase is asked on a terminal before we give up.
const MAX_TRIES: usize = 3;

/// A passphrase, wiped when dropped.
pub type Passphrase = Zeroizing<Vec<u8>>;

/// Why there is no passphrase.
#[derive(Debug, thiserror::Error)]
pub enum PassphraseError {
    /// A passphrase is needed and there is nobody to ask.
    #[error("{what} needs a passphrase, and this is not a terminal on which to ask for it")]
    NotATerminal {
        /// What it is for.
        what: String,
        /// Whether the passphrase would have been a new one.
        new: bool,
    },
    /// The terminal cannot be asked.
    #[error("the passphrase cannot be asked for: {0}")]
    Terminal(#[source] io::Error),
    /// The file descriptor cannot be read.
    #[error("the passphrase cannot be read from file descriptor {fd}: {source}")]
    Descriptor {
        /// Its number.
        fd: u32,
        /// What the system says.
        source: io::Error,
    },
    /// Longer than [`MAX_PASSPHRASE_BYTES`].
    #[error("a passphrase has at most {MAX_PASSPHRASE_BYTES} bytes")]
    TooLong,
    /// A new passphrase is shorter than [`MIN_NEW_PASSPHRASE_CHARS`], or empty.
    #[error("a new passphrase has at least {MIN_NEW_PASSPHRASE_CHARS} characters")]
    TooShort,
    /// A new passphrase has a zero byte, at which OpenSSH would stop reading it.
    #[error("a passphrase cannot have a zero byte in it")]
    ZeroByte,
    /// The two answers were different, every time.
    #[error("the two passphrases are not the same")]
    Different,
    /// The key does not open.
    #[error(transparent)]
    Open(#[from] KeyFileError),
}

impl PassphraseError {
    /// What the user can do about it.
    pub fn hint(&self) -> Option<String> {
        match self {
            PassphraseError::NotATerminal { new: true, .. } => {
                Some("give it by --passphrase-fd N, or have none by --insecure-no-passphrase".to_owned())
            }
            PassphraseError::NotATerminal { new: false, .. } => {
                Some("give it by --passphrase-fd N, or hold the key in an ssh-agent".to_owned())
            }
            PassphraseError::Descriptor { fd, .. } => Some(format!(
                "open it in the shell, as in: affiant … --passphrase-fd {fd} {fd}< FILE"
            )),
            PassphraseError::TooShort => Some("four or more unrelated words are easy to keep in mind".to_owned()),
            PassphraseError::Open(error) => error.hint(),
            PassphraseError::Terminal(_)
            | PassphraseError::TooLong
            | PassphraseError::ZeroByte
            | PassphraseError::Different => None,
        }
    }
}

/// Somebody who can be asked for a passphrase.
pub trait Asker {
    /// Shows the prompt and reads a passphrase without showing it.
    ///
    /// # Errors
    /// What the terminal says.
    fn ask(&self, prompt: &str) -> io::Result<Passphrase>;

    /// Says why the answer is not taken.
    fn object(&self, objection: &str);
}

/// The terminal of this process.
pub struct TerminalAsker;

impl Asker for TerminalAsker {
    fn ask(&self, prompt: &str) -> io::Result<Passphrase> {
        rpassword::prompt_password(prompt).map(|text| Zeroizing::new(text.into_bytes()))
    }

    fn object(&self, objection: &str) {
        eprintln!("{objection}");
    }
}

/// The passphrases of one command.
pub struct PassphraseSource {
    fd: Option<u32>,
    none_for_new: bool,
    asker: Option<Box<dyn Asker>>,
    /// The one that was read or asked and has served, or is about to.
    known: RefCell<Option<Passphrase>>,
}

impl PassphraseSource {
    /// Passphrases from `fd` where given, else from `asker` where there is one. `none_for_new` says that new keys
    /// shall have none.
    pub fn new(fd: Option<u32>, none_for_new: bool, asker: Option<Box<dyn Asker>>) -> PassphraseSource {
        PassphraseSource {
            fd,
            none_for_new,
            asker,
            known: RefCell::new(None),
        }
    }

    /// A passphrase for a new key, called `what`, or `None` where it shall have none. A passphrase that this command
    /// has used already serves again.
    ///
    /// # Errors
    /// [`PassphraseError`].
    pub fn for_new(&self, what: &str) -> Result<Option<Passphrase>, PassphraseError> {
        if self.none_for_new {
            return Ok(None);
        }
        if let Some(known) = self.known()? {
            fit_for_new(&known)?;
            return Ok(Some(known));
        }
        let asker = self.asker(what, true)?;
        let mut refusal = PassphraseError::Different;
        for _ in 0..MAX_TRIES {
            let first = ask(asker, &format!("New passphrase for {what}: "))?;
            if let Err(unfit) = fit_for_new(&first) {
                asker.object(&unfit.to_string());
                refusal = unfit;
                continue;
            }
            let second = ask(asker, "The same again: ")?;
            if first == second {
                self.known.replace(Some(first.clone()));
                return Ok(Some(first));
            }
            refusal = PassphraseError::Different;
            asker.object(&refusal.to_string());
        }
        Err(refusal)
    }

    /// Opens what is called `what`, by `open`, with a passphrase: the one known, or up to three that are asked for.
    ///
    /// # Errors
    /// [`PassphraseError`]; a wrong passphrase is [`PassphraseError::Open`].
    pub fn open<T>(&self, what: &str, open: impl Fn(&[u8]) -> Result<T, KeyFileError>) -> Result<T, PassphraseError> {
        if let Some(known) = self.known()? {
            match open(&known) {
                // Another key of the same command may have another passphrase.
                Err(KeyFileError::WrongPassphrase(_)) if self.asker.is_some() && self.fd.is_none() => {}
                result => return Ok(result?),
            }
        }
        let asker = self.asker(what, false)?;
        let mut tries = 1;
        loop {
            let passphrase = ask(asker, &format!("Passphrase of {what}: "))?;
            match open(&passphrase) {
                Err(wrong @ KeyFileError::WrongPassphrase(_)) if tries < MAX_TRIES => asker.object(&wrong.to_string()),
                Ok(opened) => {
                    self.known.replace(Some(passphrase));
                    return Ok(opened);
                }
                Err(error) => return Err(error.into()),
            }
            tries += 1;
        }
    }

    fn known(&self) -> Result<Option<Passphrase>, PassphraseError> {
        if let Some(known) = self.known.borrow().as_ref() {
            return Ok(Some(known.clone()));
        }
        let read = self.fd.map(read_descriptor).transpose()?;
        self.known.replace(read.clone());
        Ok(read)
    }

    fn asker(&self, what: &str, new: bool) -> Result<&dyn Asker, PassphraseError> {
        self.asker.as_deref().ok_or_else(|| PassphraseError::NotATerminal {
            what: what.to_owned(),
            new,
        })
    }
}

fn ask(asker: &dyn Asker, prompt: &str) -> Result<Passphrase, PassphraseError> {
    let passphrase = asker
        .ask(&crate::ui::visible(prompt))
        .map_err(PassphraseError::Terminal)?;
    if passphrase.len() > MAX_PASSPHRASE_BYTES {
        return Err(PassphraseError::TooLong);
    }
    Ok(passphrase)
}

fn fit_for_new(passphrase: &[u8]) -> Result<(), PassphraseError> {
    if passphrase.contains(&0) {
        return Err(PassphraseError::ZeroByte);
    }
    if String::from_utf8_lossy(passphrase).chars().count() < MIN_NEW_PASSPHRASE_CHARS {
        return Err(PassphraseError::TooShort);
    }
    Ok(())
}

/// Reads the first line of a descriptor that the shell has opened for us. Opening it anew by its name in `/dev/fd`
/// needs no unsafe code; standard input is read as it is, as it may be a socket, which cannot be opened so.
fn read_descriptor(fd: u32) -> Result<Passphrase, PassphraseError> {
    let failed = |source| PassphraseError::Descriptor { fd, source };
    if fd == 0 {
        return first_line(io::stdin().lock()).map_err(failed)?;
    }
    let named = |folder: &str| File::open(format!("{folder}/{fd}"));
    let file = named("/dev/fd").or_else(|_| named("/proc/self/fd")).map_err(failed)?;
    first_line(file).map_err(failed)?
}

/// The first line without its line break. Read byte by byte: what follows the line is left for others, and no buffer
/// keeps a copy of the passphrase.
#[allow(clippy::unbuffered_bytes, reason = "a buffer would keep a copy, and read too far")]
fn first_line(reader: impl Read) -> io::Result<Result<Passphrase, PassphraseError>> {
    let longest = MAX_PASSPHRASE_BYTES + "\r".len();
    let mut line = Zeroizing::new(Vec::with_capacity(longest));
    let mut ended = false;
    for byte in reader.bytes() {
        match byte? {
            b'\n' => {
                ended = true;
                break;
            }
            _ if line.len() == longest => return Ok(Err(PassphraseError::TooLong)),
            byte => line.push(byte),
        }
    }
    if line.is_empty() && !ended {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    if line.last() == Some(&b'\r') {
        line.pop();
    }
    Ok(if line.len() > MAX_PASSPHRASE_BYTES {
        Err(PassphraseError::TooLong)
    } else {
        Ok(line)
    })
}

#[cfg(test)]
mod tests;
