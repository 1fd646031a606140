//! `affiant quote`: is this passage in the source as quoted?

mod texts;

use std::path::{Path, PathBuf};

use affiant::quotation::{Ask, Index, IndexError, Quotation, QuotationError, check, quotations};
use affiant::text::{Casing, MAX_TEXT};
use affiant_report::{ArticleShown, QuotationShown, quotations_json, quotations_text};
use clap::Args;

use super::collate::source::looks_like_a_path;
use crate::commands::Context;
use crate::error::{CliError, Outcome};
use crate::session::Session;
use texts::Text;

/// Where archive texts were searched, the exit code is that of the archive, as with `show`.
const QUOTE_EXIT_CODES: &str = "Exit code: 0 where the check ran, whatever it found; where texts of an archive were \
                                searched, that of the archive's verification (1: a check failed, 3: it could not be \
                                decided); 2: nothing could be checked.";

/// Arguments of `affiant quote`.
#[derive(Debug, Args)]
#[command(after_help = QUOTE_EXIT_CODES)]
pub struct QuoteArgs {
    /// The quotation; or a file: an article whose quotations are found, or, if it has no quotation marks, the quotation
    #[arg(value_name = "TEXT|FILE")]
    what: String,

    /// A text to look in, again for another: a file, a record or an exhibit. All of the archive where it is not given
    #[arg(long = "in", value_name = "EXHIBIT|FILE")]
    within: Vec<String>,

    /// To whom the quotation is attributed, by a name or label
    #[arg(long, value_name = "NAME")]
    speaker: Option<String>,

    /// Take a file as one quotation, though it has quotation marks
    #[arg(long)]
    whole: bool,

    /// The language of the texts, where its letters have cases of their own: az, tr
    #[arg(long, value_name = "TAG")]
    language: Option<String>,
}

/// Why no quotation was checked.
#[derive(Debug, thiserror::Error)]
pub enum QuoteError {
    /// A file is too long.
    #[error("{} is longer than {MAX_TEXT} bytes, which is the most that is read as words", .0.display())]
    TooLong(PathBuf),
    /// A file is no text.
    #[error("{} is not UTF-8 text: the byte at offset {offset} does not fit", path.display())]
    NotText {
        /// The file.
        path: PathBuf,
        /// The offset of the first byte that is not text.
        offset: usize,
    },
    /// What was named to look in is nothing that can be read as text.
    #[error("{0} has no text that can be searched")]
    NoText(String),
    /// The texts.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// The quotation.
    #[error(transparent)]
    Quotation(#[from] QuotationError),
}

impl QuoteError {
    /// What the user can do about it.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            QuoteError::TooLong(_) | QuoteError::Index(_) => Some("divide it, for instance by day of hearing"),
            QuoteError::NotText { .. } => Some("save it as UTF-8 in a text editor, and keep the original"),
            QuoteError::NoText(_) => Some("name a text file, or a record or an exhibit of the archive that holds text"),
            QuoteError::Quotation(QuotationError::Empty) => {
                Some("put the quoted words in quotation marks of the shell")
            }
            QuoteError::Quotation(_) => Some("quote a part of it"),
        }
    }
}

/// Runs `affiant quote`.
///
/// # Errors
/// Where the quotation or a text cannot be read.
pub fn run(context: &Context, args: &QuoteArgs) -> Result<Outcome, CliError> {
    let casing = args.language.as_deref().map_or(Casing::Root, Casing::of_language);
    let file = as_file(&args.what);
    let quoted = match file {
        Some(path) => texts::read(path)?,
        None => args.what.clone(),
    };
    let (texts, session) = gathered(context, args)?;
    let sources = texts.iter().map(Text::source).collect();
    let mut progress = context.ui.progress("Reading texts", 1);
    let index = Index::with_casing(sources, casing).map_err(QuoteError::from)?;
    progress.advance(1);
    drop(progress);
    let ask = Ask {
        speaker: args.speaker.as_deref().map(|name| known_as(session.as_ref(), name)),
        within: None,
        casing,
    };
    let (found, passages) = quotations(&quoted)
        .map_err(QuotationError::from)
        .map_err(QuoteError::from)?;
    let article = file.filter(|_| !(args.whole || found.is_empty() && passages.strays.is_empty()));
    let Some(path) = article else {
        let quotation = Quotation::parse(&quoted, casing).map_err(QuoteError::from)?;
        let shown = QuotationShown {
            text: quotation.text,
            quoted: None,
            checked: Ok(check(&index, &quotation, &ask)),
        };
        return print(context, session.as_ref(), None, &[shown]);
    };
    let mut progress = context.ui.progress("Checking quotations", found.len() as u64);
    let mut shown = Vec::with_capacity(found.len());
    for one in &found {
        let text = &quoted[one.marked.inner.clone()];
        let checked = Quotation::parse(text, casing).map(|quotation| check(&index, &quotation, &ask));
        shown.push(QuotationShown {
            text,
            quoted: Some(one),
            checked: checked.map_err(|error| error.to_string()),
        });
        progress.advance(1);
    }
    drop(progress);
    let line_of = |at: usize| quoted[..at].matches('\n').count() + 1;
    let strays: Vec<usize> = passages.strays.iter().map(|stray| line_of(stray.start)).collect();
    let name = path.display().to_string();
    let article = ArticleShown {
        name: &name,
        stray_lines: &strays,
        cut_short: passages.cut_short,
    };
    print(context, session.as_ref(), Some(article), &shown)
}

fn print(
    context: &Context,
    session: Option<&Session>,
    article: Option<ArticleShown<'_>>,
    shown: &[QuotationShown<'_>],
) -> Result<Outcome, CliError> {
    let ui = &context.ui;
    if ui.json {
        if let Some(caveat) = session.and_then(Session::caveat) {
            ui.warn(caveat);
        }
        ui.print_json_text(&quotations_json(article, shown))?;
    } else {
        if let Some(session) = session {
            ui.caveat(session)?;
        }
        ui.print(quotations_text(article, shown, ui.width(), ui.style()).trim_end())?;
    }
    Ok(session.map_or(Outcome::Passed, |session| session.verification.outcome.into()))
}

/// The argument as a file, where there is one of that name.
fn as_file(what: &str) -> Option<&Path> {
    let path = Path::new(what);
    path.is_file().then_some(path)
}

/// The texts to look in, and the archive, where it has any of them.
fn gathered(context: &Context, args: &QuoteArgs) -> Result<(Vec<Text>, Option<Session>), CliError> {
    let (files, held): (Vec<&String>, Vec<&String>) = args
        .within
        .iter()
        .partition(|name| as_file(name).is_some() || looks_like_a_path(name));
    let mut texts = Vec::new();
    for file in files {
        texts.push(texts::of_file(Path::new(file))?);
    }
    if !args.within.is_empty() && held.is_empty() {
        return Ok((texts, None));
    }
    let session = match (context.session(), held.first()) {
        // What was meant as a file is named as one, and not as an archive that nobody asked for.
        (Err(_), Some(name)) if context.archive.is_none() => {
            return Err(CliError::Read {
                path: name.into(),
                source: std::io::ErrorKind::NotFound.into(),
            });
        }
        (session, _) => session?,
    };
    texts.extend(texts::of_archive(context, &session, &held)?);
    Ok((texts, Some(session)))
}

/// A speaker as the archive names the party, where the name is one of the party's.
fn known_as(session: Option<&Session>, name: &str) -> String {
    let parties = session.map(|session| (session, session.ledger.party_named(name)));
    match parties {
        Some((session, parties)) if parties.len() == 1 => {
            let names = session.ledger.roster.names(parties[0]);
            names.first().cloned().unwrap_or_else(|| name.to_owned())
        }
        _ => name.to_owned(),
    }
}
