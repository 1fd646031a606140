//! The closed lists of a record, as they are typed and as they are asked for.
//!
//! ```text
//! --form verbatim|translation|paraphrase|summary|reported-act|silence
//! ```
//!
//! The words are those of `spec/record.md`, but for an answer, which is `yes`, `no` or
//! `does-not-say` on the screen, and for who placed a call.

use affiant::record::{
    Act, Answer, AuthorityClaim, Basis, Certainty, Form, Known, Medium, Modality, NotesMade, PlacedBy, Polarity,
    Quotation, ReadingCode, RelationKind, Scope,
};
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use crate::error::CliError;
use crate::ui::Ui;

/// One of a closed list.
pub struct Choice<T> {
    /// What is meant.
    pub value: T,
    /// The word that is typed.
    pub word: &'static str,
    /// What it means.
    pub meaning: &'static str,
}

/// A closed list.
pub trait Closed: Copy + PartialEq + Send + Sync + 'static {
    /// All of it.
    const CHOICES: &'static [Choice<Self>];

    /// What a word of the list means.
    fn of_word(word: &str) -> Option<Self> {
        let choice = Self::CHOICES.iter().find(|choice| choice.word == word);
        choice.map(|choice| choice.value)
    }

    /// The choice that a value is.
    fn choice(self) -> &'static Choice<Self> {
        let mut choices = Self::CHOICES.iter();
        let choice = choices.find(|choice| choice.value == self);
        choice.expect("a closed list has every value")
    }

    /// The words, for a message.
    fn words() -> String {
        let words: Vec<&str> = Self::CHOICES.iter().map(|choice| choice.word).collect();
        words.join(", ")
    }

    /// Asks which of them.
    ///
    /// # Errors
    /// As [`Ui::choose`].
    fn ask(ui: &Ui, question: &str, option: &'static str) -> Result<Self, CliError> {
        let choices: Vec<(&str, &str)> = Self::CHOICES
            .iter()
            .map(|choice| (choice.word, choice.meaning))
            .collect();
        let index = ui.choose(question, &choices, option)?;
        Ok(Self::CHOICES[index].value)
    }
}

/// Reads one of a closed list from the command line; a word that is not in it is answered with the list.
pub fn one_of<T: Closed>() -> impl TypedValueParser<Value = T> {
    let values = T::CHOICES
        .iter()
        .map(|choice| PossibleValue::new(choice.word).help(choice.meaning));
    PossibleValuesParser::new(values).map(|word| T::of_word(&word).expect("the parser admits no other words"))
}

macro_rules! closed {
    ($type:ty: $($value:ident $word:literal $meaning:literal)+) => {
        impl Closed for $type {
            const CHOICES: &'static [Choice<$type>] = &[
                $(Choice { value: <$type>::$value, word: $word, meaning: $meaning },)+
            ];
        }
    };
}

closed! { Form:
    Verbatim "verbatim" "the speaker's own words"
    Translation "translation" "the words in another language"
    Paraphrase "paraphrase" "the sense in other words"
    Summary "summary" "a shorter account of the words"
    ReportedAct "reported-act" "an act that was reported, as \"declared\""
    Silence "silence" "somebody who had occasion to speak of it said nothing"
}

closed! { Medium:
    InPerson "in-person" "in each other's presence"
    Telephone "telephone" "a call, with or without picture"
    Letter "letter" "writing on paper"
    Photograph "photograph" "a picture of something, as of a letter"
    Message "message" "an electronic message to those named"
    SocialPost "social-post" "an electronic message to whoever reads it"
    Broadcast "broadcast" "radio, television or a stream"
    Press "press" "a newspaper, magazine or news site"
    CourtRecord "court-record" "the record of a court"
    NotStated "not-stated" "not known"
}

closed! { Act:
    Verbatim "verbatim" "passed the words on as they were"
    Summary "summary" "passed on the sense, shorter"
    Translation "translation" "put them into another language"
    Excerpt "excerpt" "passed on a part of them"
    Photograph "photograph" "passed on a picture of them"
    Transcription "transcription" "put spoken words in writing"
    NotStated "not-stated" "not known"
}

closed! { Basis:
    Heard "heard" "by hearing them"
    Read "read" "by reading them"
    Inferred "inferred" "by concluding them from something"
    NotStated "not-stated" "not known"
}

closed! { AuthorityClaim:
    Granted "granted" "a roster record grants it"
    Claimed "claimed" "somebody says so; no record of the speaker's does"
    Denied "denied" "somebody says that there is none"
    NotStated "not-stated" "nothing is said of it"
}

closed! { Known:
    Yes "yes" "it is so"
    No "no" "it is not so"
    NotStated "not-stated" "not known"
}

closed! { PlacedBy:
    From "caller" "whoever the words came from"
    To "called" "whoever the words went to"
    NotStated "not-stated" "not known"
}

closed! { NotesMade:
    During "during" "while the call went on"
    After "after" "after it, from memory"
    None "none" "there are none"
    NotStated "not-stated" "not known"
}

closed! { Quotation:
    Marked "marked" "the source sets them in quotation marks"
    None "none" "without quotation marks"
    Unbalanced "unbalanced" "a mark opens or closes and its partner is missing"
}

closed! { Polarity:
    Affirms "yes" "the statement affirms it"
    Denies "no" "the statement denies it"
    Uncommitted "does-not-say" "the statement speaks of it and takes no side"
}

closed! { Certainty:
    Certain "certain" "the statement is sure of it"
    Probable "probable" "the statement holds it to be probable"
    Possible "possible" "the statement holds it to be possible"
    Unstated "unstated" "the statement does not say how sure it is"
}

closed! { Scope:
    Recorded "recorded" "I made this record, as the matter reached me."
    Received "received" "I received the bytes of these exhibits."
    Captured "captured" "I made these bytes from something before me: photographed, scanned, recorded, saved."
    Transcribed "transcribed" "I wrote the words down from speech or a recording, as exactly as I could."
    HeardFrom "heard-from" "I heard the words from the one who passed them to me."
    ReadOverTo "read-over-to" "I read the words over to the one they are ascribed to."
    Translated "translated" "I made the translation, and hold it to be faithful."
    WitnessedSigning "witnessed-signing" "I saw it signed by the one named."
    ConveysOnBehalfOf "conveys-on-behalf-of" "I pass this on for another, who asked me to."
    Spoke "spoke" "These are my words."
    BelievesTrue "believes-true" "I believe what the words say."
    Publishes "publishes" "I publish this, or answer for its publication."
    VerifiedDigest "verified-digest" "I computed the digests of the bytes, and they are those recorded."
    Withholds "withholds" "I keep values of this back, or kept them back."
    Disowns "disowns" "What is ascribed to me here is not mine, or does not speak for me."
    Comments "comments" "I remark on this."
}

closed! { RelationKind:
    Contradicts "contradicts" "says what cannot be so together with what the other says"
    InTension "in-tension" "is hard to reconcile with it, which is less than contradicting it"
    Disowns "disowns" "says that it is not by, or does not speak for, the one it is ascribed to"
    Confirms "confirms" "says that what it says is so"
    UnderminesAuthority "undermines-authority" "gives reason to doubt that its relayer may speak for its speaker"
    WeakensAuthenticity "weakens-authenticity" "gives reason to doubt that it is genuine; says nothing of whether it is true"
    CommentsOn "comments-on" "speaks of it"
    Carries "carries" "passes its words on"
    Quotes "quotes" "repeats words of it as a quotation"
    Translates "translates" "renders it in another language"
    SameUtterance "same-utterance" "is another account of the same utterance"
    Corrects "corrects" "puts an error in it right; the other stays"
    Supersedes "supersedes" "is to be read in its stead; the other stays"
    SameAs "same-as" "means the same person or thing"
    SilentOn "silent-on" "had occasion to speak of it, and did not"
    Answers "answers" "takes a stance on a question; for this type: affiant question answer"
    ReliesOn "relies-on" "rests on that definition, or is answered by it"
    SurprisedBy "surprised-by" "says that it comes as a surprise, which is no denial"
    IndependentOf "independent-of" "does not depend on it, as whoever asserts this says"
    TiedTo "tied-to" "is kin to them, employed by them or otherwise bound to them; the note says how"
    Dates "dates" "shows that the times of the other lie within a stated time; needs --within"
    Asked "asked" "was put to them, for their side of it; needs --answer"
    SoughtFrom "sought-from" "would be settled by an exhibit that they would hold; the note says what exhibit"
}

closed! { Answer:
    Answered "answered" "they answered"
    Declined "declined" "they said that they would not answer"
    None "none" "no answer has come"
    NotStated "not-stated" "what came of it is not known"
}

closed! { Modality:
    Asserts "asserts" "it says so"
    Believes "believes" "it gives it as what the speaker believes"
    Promises "promises" "it promises it, or says that the speaker intends it"
    Demands "demands" "it demands it"
    Asks "asks" "it asks whether it is so"
    Supposes "supposes" "it supposes it, or makes it a condition"
    Presupposes "presupposes" "it takes it for granted without saying it"
}

closed! { ReadingCode:
    Contradiction "contradiction" "they cannot both be so"
    ContradictionIfSimultaneous "contradiction-if-simultaneous" "they cannot both be so, if they speak of the same time"
    ChangedOverTime "changed-over-time" "both can be so, one after the other"
    DifferentScopePossible "different-scope-possible" "they may speak of different people or things"
    Definitional "definitional" "they may take a word in different senses"
    Modality "modality" "not both assert it"
    TranslationVariance "translation-variance" "they render one utterance, in two languages or by two translators"
    WordingVariance "wording-variance" "they are accounts of one utterance"
    AttributionDisputed "attribution-disputed" "whose words one of them is, is disputed"
    AuthenticityDisputed "authenticity-disputed" "whether what carries one of them is genuine, is disputed"
    TensionAsserted "tension-asserted" "they do not fit together"
    TargetUnresolved "target-unresolved" "what it points at is not settled"
    NumericVariance "numeric-variance" "they give different numbers or times"
    PrecisionVariance "precision-variance" "the one is less precise than the other, and they fit"
    IdentityVariance "identity-variance" "they speak of names that may be of one"
    NoCommitment "no-commitment" "one of them takes no side"
    NoSharedProposition "no-shared-proposition" "they take no opposed stances on any question"
    NoConflict "no-conflict" "they agree"
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use serde::Serialize;

    fn spelt_as_in_records<T: Closed + Serialize>(count: usize) {
        assert_eq!(T::CHOICES.len(), count, "{}", T::words());
        for choice in T::CHOICES {
            assert_eq!(serde_json::to_value(choice.value).unwrap(), choice.word);
            assert!(T::of_word(choice.word) == Some(choice.value) && choice.value.choice().word == choice.word);
        }
    }

    #[test]
    fn the_words_are_those_of_the_records() {
        spelt_as_in_records::<Form>(6);
        spelt_as_in_records::<Medium>(10);
        spelt_as_in_records::<Act>(7);
        spelt_as_in_records::<Basis>(4);
        spelt_as_in_records::<AuthorityClaim>(4);
        spelt_as_in_records::<Known>(3);
        spelt_as_in_records::<NotesMade>(4);
        spelt_as_in_records::<Quotation>(3);
        spelt_as_in_records::<Certainty>(4);
        spelt_as_in_records::<Scope>(Scope::ALL.len());
        spelt_as_in_records::<RelationKind>(23);
        spelt_as_in_records::<Answer>(4);
        spelt_as_in_records::<Modality>(7);
        spelt_as_in_records::<ReadingCode>(ReadingCode::ALL.len());
    }
}
