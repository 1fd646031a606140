//! Quotations without words, as `?!` or `…`: looked for by their bytes.

use super::check::MAX_PLACES_SHOWN;
use super::outcome::{Checked, Excerpt, Outcome, Place, Searched, Wording};
use super::parse::Quotation;
use super::source::Index;
use crate::text::Level;

/// The most places that are counted.
const MAX_COUNTED: usize = 1_000_000;

/// Looks for the bytes of a quotation in the segments of some texts.
pub(super) fn checked(index: &Index<'_>, quotation: &Quotation<'_>, sources: &[usize]) -> Checked {
    let mut places = Vec::new();
    let mut count = 0;
    for number in sources {
        let source = &index.sources[*number];
        for segment in &source.segments {
            let text = &source.text[segment.span.clone()];
            for (at, found) in text.match_indices(quotation.text).take(MAX_COUNTED - count) {
                count += 1;
                if places.len() == MAX_PLACES_SHOWN {
                    continue;
                }
                let start = segment.span.start + at;
                places.push(Place {
                    source: source.name.clone(),
                    words: Excerpt {
                        text: found.to_owned(),
                        span: start..start + found.len(),
                    },
                    speaker: segment.speaker.clone(),
                    cited_as: segment.cited_as.clone(),
                    line: source.text[..start].matches('\n').count() + 1,
                    level: Some(Level::Bytes),
                    cut_after: None,
                });
            }
        }
    }
    let mut checked = Checked::nothing();
    checked.speakers = places
        .first()
        .and_then(|place| place.speaker.clone())
        .into_iter()
        .collect();
    (checked.place_count, checked.places) = (count, places);
    if count > 0 {
        checked.outcome = if count == 1 {
            Outcome::Verbatim
        } else {
            Outcome::Ambiguous
        };
        checked.wording = Wording::Verbatim;
        checked.level = Some(Level::Bytes);
    }
    checked
}

impl Checked {
    /// Nothing found.
    pub(super) fn nothing() -> Checked {
        Checked {
            outcome: Outcome::NotFound,
            wording: Wording::Different,
            level: None,
            place_count: 0,
            places: Vec::new(),
            left_out: Vec::new(),
            omissions: Vec::new(),
            brackets: Vec::new(),
            edits: Vec::new(),
            splices: Vec::new(),
            notes: Vec::new(),
            speakers: Vec::new(),
            claimed: None,
            context: None,
            hidden: Vec::new(),
            searched: Searched {
                sources: 0,
                segments: 0,
            },
        }
    }
}
