//! The layers of an account and its hearsay path, as text.
//!
//! ```text
//! Layers, each to be tested by itself (FRE 805)
//!   1. Ann says it. Detained; no record that it was said freely.
//!   2. Bob says that it reached them (telephone). How they knew it is not stated.
//! ```

use affiant::compare::{Layer, LayerRole, Layers};
use affiant::record::{Act, AuthorityClaim, Basis, Medium};

use crate::page::Page;

/// What stands before the first layers.
const NUMBERS: [&str; 9] = [
    "  1. ", "  2. ", "  3. ", "  4. ", "  5. ", "  6. ", "  7. ", "  8. ", "  9. ",
];

/// Prints the layers and the hearsay path.
pub fn layers(page: &mut Page, layers: &Layers) {
    page.heading("", "Layers, each to be tested by itself (FRE 805)");
    for (place, shown) in layers.layers.iter().enumerate() {
        let first = NUMBERS.get(place).unwrap_or(&"  -  ");
        page.line(first, "     ", &layer(shown));
    }
    page.blank();
    page.heading("", "Hearsay path: steps by people that left nothing that is held");
    if layers.hearsay_path.is_empty() {
        page.line("  - ", "    ", "none: what the only step brought is held.");
    }
    for step in &layers.hearsay_path {
        page.line("  - ", "    ", &format!("{} to {}: {}", step.from, step.to, step.means));
    }
    page.blank();
}

fn layer(layer: &Layer) -> String {
    let who = &layer.who;
    let mut text = match (layer.role, layer.had_by) {
        (LayerRole::Declarant, _) => format!("{who} says it"),
        (LayerRole::Translator, _) => format!("{who} says that this is what it means"),
        (_, Some(medium)) => format!("{who} says that it reached them ({})", means(medium)),
        (_, None) => format!("{who} says that it reached them (step not recorded)"),
    };
    if let Some(did) = layer.did.filter(|did| *did != Act::NotStated) {
        text.push_str(&format!("; passed on {}", act(did)));
    }
    if let Some(basis) = layer.basis.filter(|basis| *basis != Basis::NotStated) {
        text.push_str(&format!("; basis: {}", basis_words(basis)));
    }
    if let Some(claim) = layer.authority.filter(|_| layer.role != LayerRole::Declarant) {
        text.push_str(&format!("; authority: {}", authority(claim)));
    }
    if let Some(who) = &layer.attested_by {
        text.push_str(&format!("; attested by {who}"));
    }
    text.push_str(if layer.preserved {
        "; held"
    } else {
        "; nothing of this layer is held"
    });
    text.push('.');
    for open in &layer.open {
        text.push(' ');
        text.push_str(open);
    }
    text
}

fn means(medium: Medium) -> &'static str {
    match medium {
        Medium::InPerson => "in person",
        Medium::Telephone => "telephone",
        Medium::Letter => "letter",
        Medium::Photograph => "photograph",
        Medium::Message => "message",
        Medium::SocialPost => "social post",
        Medium::Broadcast => "broadcast",
        Medium::Press => "press",
        Medium::CourtRecord => "court record",
        Medium::NotStated => "means not stated",
    }
}

fn act(act: Act) -> &'static str {
    match act {
        Act::Verbatim => "word for word",
        Act::Summary => "as a summary",
        Act::Translation => "in translation",
        Act::Excerpt => "as an excerpt",
        Act::Photograph => "as a photograph",
        Act::Transcription => "as a transcript",
        Act::NotStated => "in a way not stated",
    }
}

fn basis_words(basis: Basis) -> &'static str {
    match basis {
        Basis::Heard => "heard",
        Basis::Read => "read",
        Basis::Inferred => "inferred",
        Basis::NotStated => "not stated",
    }
}

fn authority(claim: AuthorityClaim) -> &'static str {
    match claim {
        AuthorityClaim::Granted => "said to be granted",
        AuthorityClaim::Claimed => "claimed",
        AuthorityClaim::Denied => "denied",
        AuthorityClaim::NotStated => "not stated",
    }
}
