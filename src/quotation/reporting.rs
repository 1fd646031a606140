//! Verbs that report what somebody says, English only.

/// Verbs that report speech, as they stand beside a quotation.
const VERBS: [&str; 58] = [
    "said",
    "says",
    "say",
    "saying",
    "told",
    "tells",
    "tell",
    "telling",
    "added",
    "adds",
    "asked",
    "asks",
    "stated",
    "states",
    "claimed",
    "claims",
    "claiming",
    "wrote",
    "writes",
    "writing",
    "insisted",
    "insists",
    "argued",
    "argues",
    "arguing",
    "replied",
    "replies",
    "answered",
    "answers",
    "explained",
    "explains",
    "noted",
    "notes",
    "warned",
    "warns",
    "declared",
    "declares",
    "admitted",
    "admits",
    "testified",
    "testifies",
    "maintained",
    "maintains",
    "continued",
    "recalled",
    "announced",
    "commented",
    "remarked",
    "responded",
    "alleged",
    "alleges",
    "contended",
    "contends",
    "suggested",
    "confirmed",
    "stressed",
    "emphasised",
    "emphasized",
];

/// Whether a folded word is a verb that reports speech.
pub(super) fn reports(word: &str) -> bool {
    VERBS.contains(&word)
}

/// Words that make what follows a condition, or a supposition.
const CONDITIONS: [&str; 9] = [
    "if",
    "unless",
    "suppose",
    "supposing",
    "assume",
    "assuming",
    "provided",
    "whether",
    "imagine",
];

/// Whether a folded word makes what it governs a condition.
pub(super) fn conditions(word: &str) -> bool {
    CONDITIONS.contains(&word)
}
