//! What the library found, as people read it and as programs do: text and JSON.
//!
//! ```
//! assert_eq!(affiant_report::visible("pay\u{202e}fdp"), "pay⟨U+202E⟩fdp");
//! ```
//!
//! Text is wrapped to a width in columns of a terminal, and its meaning survives without
//! colour, which is put in only where [`Style::Coloured`] asks for it; [`Style::Markdown`] is for
//! a brief. Text of records
//! passes through [`visible`] and never reaches a terminal with its control characters.
//!
//! This crate reads no file, asks no terminal for its width and works nothing out: what
//! it is given is what it says.

mod collation;
mod comparison;
mod flags;
mod labels;
mod ladder;
mod layers;
mod markdown;
mod page;
mod quotation;
mod record;
mod suggestions;
mod text;
mod timeline;
mod verification;
mod visible;

pub use collation::{CollationShown, collation_json, collation_text};
pub use comparison::{between_json, between_text, compare_json, compare_text, standing_word};
pub use flags::flags_text;
pub use ladder::{Established, Holds, KeyFact, ladder_json, ladder_text};
pub use quotation::{ArticleShown, QuotationShown, quotations_json, quotations_text};
pub use record::{RecordShown, kind_words, record_text, scope_words};
pub use suggestions::{suggestions_json, suggestions_text};
pub use timeline::timeline_text;
pub use verification::verification_text;
pub use visible::{escape_in_json, visible};

/// Whether text carries colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Style {
    /// None at all.
    #[default]
    Plain,
    /// ANSI escape codes (ECMA-48), for a terminal that wants them.
    Coloured,
    /// Markdown (CommonMark, with the tables of GFM), for a brief: not wrapped, and nothing in
    /// the text of a record is read as a mark.
    Markdown,
}
