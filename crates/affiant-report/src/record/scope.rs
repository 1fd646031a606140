//! What each scope says and does not say, in the words of spec/record.md.

use affiant::record::Scope;

/// What a signer says by signing in this capacity, and what that does not say.
pub fn scope_words(scope: Scope) -> (&'static str, &'static str) {
    match scope {
        Scope::Recorded => (
            "I made this record, as the matter reached me",
            "that I heard the words, or that they are complete or true",
        ),
        Scope::Received => (
            "I received the bytes of these exhibits",
            "who made them, or that what they show is genuine",
        ),
        Scope::Captured => (
            "I made these bytes from something before me: photographed, scanned, recorded, saved",
            "that what was before me was genuine",
        ),
        Scope::Transcribed => (
            "I wrote the words down from speech or a recording, as exactly as I could",
            "that anybody compared them with it afterwards",
        ),
        Scope::HeardFrom => (
            "I heard the words from the one who passed them to me",
            "that these were who they said they were",
        ),
        Scope::ReadOverTo => (
            "I read the words over to the one they are ascribed to",
            "that they agreed: what they answered stands in the declaration",
        ),
        Scope::Translated => (
            "I made the translation, and hold it to be faithful",
            "that the original is genuine or true",
        ),
        Scope::WitnessedSigning => (
            "I saw it signed by the one named",
            "that they had read it, took an oath or signed freely",
        ),
        Scope::ConveysOnBehalfOf => (
            "I pass this on for another, who asked me to",
            "that a record of theirs grants it",
        ),
        Scope::Spoke => ("these are my words", "that they are true, or that I spoke freely"),
        Scope::BelievesTrue => ("I believe what the words say", "that I know it at first hand"),
        Scope::Publishes => ("I publish this, or answer for its publication", "that I believe it"),
        Scope::VerifiedDigest => (
            "I computed the digests of the bytes, and they are those recorded",
            "anything about what the bytes mean",
        ),
        Scope::Withholds => ("I keep values of this back, or kept them back", "why"),
        Scope::Disowns => (
            "what is ascribed to me here is not mine, or does not speak for me",
            "who made it, or that it is untrue",
        ),
        Scope::Comments => ("I remark on this", "that I affirm or deny it"),
    }
}
