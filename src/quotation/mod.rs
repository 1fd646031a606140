//! Is this passage in the source as quoted?
//!
//! ```
//! use affiant::quotation::{Ask, Index, Outcome, Quotation, Source, check};
//! use affiant::text::Casing;
//!
//! let index = Index::new(vec![Source::plain("note.txt", "I did not sign it. Ask them.")]).unwrap();
//! let quotation = Quotation::parse("“I did sign it.”", Casing::Root).unwrap();
//! let checked = check(&index, &quotation, &Ask::default());
//! assert_eq!(checked.outcome, Outcome::Altered);
//! assert_eq!(checked.edits[0].classes[0].as_str(), "negation");
//! ```
//!
//! Normative page: spec/quotation.md. Texts are cut into segments with speakers (`source`), a
//! quotation is read with its ellipses and brackets (`parse`), shared runs of words lead to the
//! places it may come from (`seed`), the cheapest explanation by them is found (`align`) and
//! judged (`judge`), and what governs the words is set beside them (`context`). Of an article, the
//! passages in quotation marks are found first (`article`).
//!
//! This module knows texts and no records. It does not say whether a quotation is fair, whether
//! an article means the same, or that words which are not found were not said.

mod align;
mod article;
mod check;
mod context;
mod equals;
mod events;
mod judge;
mod level;
mod marks;
mod outcome;
mod parse;
mod plain_search;
mod reporting;
mod seed;
mod source;
mod speaker;
mod unit;

#[cfg(test)]
mod tests;

pub use article::{Attribution, Position, Quoted, quotations};
pub use check::{Ask, MAX_PLACES_SHOWN, check};
pub use marks::{MAX_PASSAGES, Marked, Passages, passages};
pub use outcome::{
    Answered, BracketKind, Bracketed, Checked, Claimed, Context, Edit, Excerpt, Governing, Governs, LeftOut, Omission,
    Outcome, Place, Pointed, Searched, Splice, WhyLeftOut, Wording, level_code,
};
pub use parse::{MAX_WORDS, Quotation, QuotationError};
pub use source::{Index, IndexError, MAX_INDEXED, Segment, Source};
