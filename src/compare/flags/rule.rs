//! The closed list of rules, with the authority of each.

use std::fmt;

use serde::{Serialize, Serializer};

/// Which rule a flag is of. Each keeps its code and its meaning for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// A quotation mark without its partner.
    QuotationUnbalanced,
    /// Only a summary, a paraphrase or a report of an act is held, and no fuller text is linked.
    NoVerbatimWords,
    /// The words are an excerpt, and no fuller text is linked.
    ExcerptOnly,
    /// The language in which it was uttered is not known.
    LanguageNotStated,
    /// A translation lacks its translator, date or certificate.
    TranslationIncomplete,
    /// Nobody identified speaks.
    SpeakerUnidentified,
    /// Authorship is disputed or unproven.
    AuthorshipAlleged,
    /// A detained speaker, and no record that the words were free.
    VoluntarinessNotRecorded,
    /// A layer of a relayed account is attested by nobody who stood at it.
    LayerNotSupported,
    /// A hop comes from or goes to nobody identified.
    RelayerUnidentified,
    /// Writing is ascribed without a basis.
    HandwritingWithoutBasis,
    /// A voice on the telephone is ascribed without a basis.
    TelephoneWithoutBasis,
    /// Somebody passes on another's words, and no record grants it.
    AuthorityNotRecorded,
    /// Somebody says that the relayer has no authority.
    AuthorityDenied,
    /// The authority was revoked.
    AuthorityRevoked,
    /// A link says that the relayer's authority is undermined.
    AuthorityDisputed,
    /// The words reach us through somebody who takes the other side.
    AdverseRelayer,
    /// As that, and a record of the words themselves can be had.
    PrimaryRecordObtainable,
    /// It is not stated when it was said.
    DateMissing,
    /// A time states no year, and nobody asserts one.
    YearNotStated,
    /// A time is given relative to another.
    AnchorRelative,
    /// It is conveyed or published before it was said.
    TimesOutOfOrder,
    /// A time does not lie where a record asserts that it lies.
    AssertedTimeDoesNotFit,
    /// A transcript that nobody certifies.
    TranscriptNotCertified,
    /// A transcript that was not read over.
    TranscriptNotReadOver,
    /// A position rests on one source.
    SourceSingle,
    /// A position rests on nobody identified.
    SourceAnonymous,
    /// Every account of a position passes through one party.
    SourceUncorroborated,
}

/// What spec/flags.md says of a rule.
struct Entry {
    code: &'static str,
    authority: &'static str,
    meaning: &'static str,
    mend: &'static str,
    not: &'static str,
}

impl Rule {
    /// Every rule, in the order of spec/flags.md.
    pub const ALL: [Rule; 28] = [
        Rule::QuotationUnbalanced,
        Rule::NoVerbatimWords,
        Rule::ExcerptOnly,
        Rule::LanguageNotStated,
        Rule::TranslationIncomplete,
        Rule::SpeakerUnidentified,
        Rule::AuthorshipAlleged,
        Rule::VoluntarinessNotRecorded,
        Rule::LayerNotSupported,
        Rule::RelayerUnidentified,
        Rule::HandwritingWithoutBasis,
        Rule::TelephoneWithoutBasis,
        Rule::AuthorityNotRecorded,
        Rule::AuthorityDenied,
        Rule::AuthorityRevoked,
        Rule::AuthorityDisputed,
        Rule::AdverseRelayer,
        Rule::PrimaryRecordObtainable,
        Rule::DateMissing,
        Rule::YearNotStated,
        Rule::AnchorRelative,
        Rule::TimesOutOfOrder,
        Rule::AssertedTimeDoesNotFit,
        Rule::TranscriptNotCertified,
        Rule::TranscriptNotReadOver,
        Rule::SourceSingle,
        Rule::SourceAnonymous,
        Rule::SourceUncorroborated,
    ];

    /// The code as it is written in reports and in spec/flags.md.
    pub fn as_str(self) -> &'static str {
        self.entry().code
    }

    /// Whose rule it is; "ours" where it is this project's own.
    pub fn authority(self) -> &'static str {
        self.entry().authority
    }

    /// What is seen where it is flagged, in a sentence.
    pub fn meaning(self) -> &'static str {
        self.entry().meaning
    }

    /// What would mend it, in a sentence.
    pub fn mend(self) -> &'static str {
        self.entry().mend
    }

    /// What a flag of it does not say, in a sentence.
    pub fn does_not_say(self) -> &'static str {
        self.entry().not
    }

    fn entry(self) -> Entry {
        let (code, authority, meaning, mend, not) = match self {
            Rule::QuotationUnbalanced => (
                "quotation-unbalanced",
                "ours",
                "A quotation mark has no partner, so that how far the quotation goes is not known.",
                "The source's own text around the words, to see where the quotation ends.",
                "Which words are quoted: the mark is shown as printed and not repaired.",
            ),
            Rule::NoVerbatimWords => (
                "no-verbatim-words",
                "FRE 106",
                "No words of the speaker are held, and no fuller text is linked.",
                "The text or recording itself, as a statement of its own, linked with quotes or same-utterance.",
                "That the words were other than reported.",
            ),
            Rule::ExcerptOnly => (
                "excerpt-only",
                "FRE 106",
                "The words were excerpted on their way, and no fuller text is linked.",
                "The whole text, as a statement of its own, linked with quotes or same-utterance.",
                "That what was left out changes anything.",
            ),
            Rule::LanguageNotStated => (
                "language-not-stated",
                "ours",
                "In which language it was uttered is not recorded.",
                "The language, and if it is not that of the words held, the translator.",
                "That the words were translated.",
            ),
            Rule::TranslationIncomplete => (
                "translation-incomplete",
                "CPR PD 32",
                "Of a translation, the translator, the date or the certificate is not recorded.",
                "Who translated it and when, and an attestation of the translator with the scope translated.",
                "That the translation is wrong.",
            ),
            Rule::SpeakerUnidentified => (
                "speaker-unidentified",
                "ours",
                "The record identifies nobody as the speaker.",
                "Who spoke, and how that is known.",
                "That nobody knows who spoke: only that the record does not say.",
            ),
            Rule::AuthorshipAlleged => (
                "authorship-alleged",
                "FRE 901(a)",
                "That these are the speaker's words is disputed or unproven.",
                "Evidence of authorship: an exemplar, a witness of the writing, the speaker asked.",
                "That the words are forged, or that they are not.",
            ),
            Rule::VoluntarinessNotRecorded => (
                "voluntariness-not-recorded",
                "by analogy with the WMA Declaration of Malta",
                "The speaker was detained, and no record shows that the words were free.",
                "A record of who was present, who controlled the channel and whether the speaker spoke freely.",
                "That the words were forced.",
            ),
            Rule::LayerNotSupported => (
                "layer-not-supported",
                "FRE 805",
                "A step of a relayed account is attested by nobody who is recorded to have stood at it.",
                "A declaration of the one who heard or read it at that step, or of the one who passed it on.",
                "That the step did not take place.",
            ),
            Rule::RelayerUnidentified => (
                "relayer-unidentified",
                "ours",
                "The words came from or went to somebody whom the record does not identify.",
                "Who passed the words on, and how that is known.",
                "That nobody knows who it was: only that the record does not say.",
            ),
            Rule::HandwritingWithoutBasis => (
                "handwriting-without-basis",
                "FRE 901(b)(2), (3), (4)",
                "Writing is ascribed to somebody, and how the hand was recognised is not recorded.",
                "Who recognised the hand and how, an exemplar that was compared, or what in it only the writer knew.",
                "That another wrote it.",
            ),
            Rule::TelephoneWithoutBasis => (
                "telephone-without-basis",
                "FRE 901(b)(5), (6)",
                "Words by telephone are ascribed to somebody, and how the voice was recognised or which number was \
                 called is not recorded.",
                "Who recognised the voice and how, the number that was called, or a record of the call.",
                "That another spoke.",
            ),
            Rule::AuthorityNotRecorded => (
                "authority-not-recorded",
                "FRE 801(d)(2)(C), (D)",
                "Somebody passes on the speaker's words, and no record of the speaker's grants that.",
                "An authority in the roster, granted by the speaker.",
                "That the speaker did not ask for it, or that the words are misreported.",
            ),
            Rule::AuthorityDenied => (
                "authority-denied",
                "FRE 801(d)(2)(C), (D)",
                "It is recorded that the one who passes the words on has no authority to.",
                "The speaker asked.",
                "That the words are misreported.",
            ),
            Rule::AuthorityRevoked => (
                "authority-revoked",
                "FRE 801(d)(2)(C), (D)",
                "The authority of the one who passes the words on was revoked.",
                "When it was revoked and when the words were passed on.",
                "That the words are misreported, or that they were passed on after the revocation.",
            ),
            Rule::AuthorityDisputed => (
                "authority-disputed",
                "FRE 801(d)(2)(C), (D)",
                "Somebody asserts a link that undermines the authority of the one who passes the words on.",
                "The speaker asked, and a record of authority or of its absence.",
                "That there is no authority, or that the words are misreported.",
            ),
            Rule::AdverseRelayer => (
                "adverse-relayer",
                "ours",
                "The words reach us through somebody who takes the other side, or comments on or contests them.",
                "The words by another way, and the speaker asked.",
                "That the words are misreported.",
            ),
            Rule::PrimaryRecordObtainable => (
                "primary-record-obtainable",
                "FRE 106",
                "The words reach us through an adverse party, though a record of them can be had from another hand.",
                "That record: get it before this account is used.",
                "That the words are misreported, or that the record will differ.",
            ),
            Rule::DateMissing => (
                "date-missing",
                "ours",
                "When it was said is not stated.",
                "When it was said, from the source or from somebody who was there.",
                "That it is not known: only that the record does not say.",
            ),
            Rule::YearNotStated => (
                "year-not-stated",
                "ours",
                "A time is stated without its year, and no record asserts one.",
                "A relation of the kind dates, signed by whoever can show the year.",
                "Which year is likely: none is guessed.",
            ),
            Rule::AnchorRelative => (
                "anchor-relative",
                "ours",
                "A time is given in words that are relative to another day.",
                "The day that the words are relative to.",
                "Which day is meant.",
            ),
            Rule::TimesOutOfOrder => (
                "times-out-of-order",
                "ours",
                "As stated, it was conveyed or published before it was said, or published before it was conveyed.",
                "The source of each of the two times.",
                "Which of the two times is wrong.",
            ),
            Rule::AssertedTimeDoesNotFit => (
                "asserted-time-does-not-fit",
                "ours",
                "A record asserts that a time lies within another, and no day is common to both.",
                "The exhibit that the assertion rests on, and the source of the stated time.",
                "Which of the two is wrong.",
            ),
            Rule::TranscriptNotCertified => (
                "transcript-not-certified",
                "FRCP 30(f)",
                "A transcript, and no attestation of the one who transcribed it is recorded.",
                "An attestation with the scope transcribed, bound to the transcript's digest.",
                "That the transcript is wrong.",
            ),
            Rule::TranscriptNotReadOver => (
                "transcript-not-read-over",
                "FRCP 30(e)",
                "A transcript, and it is not recorded that the speaker reviewed it.",
                "An attestation with the scope read-over-to or spoke, and corrections as records of their own.",
                "That the speaker was refused a review.",
            ),
            Rule::SourceSingle => (
                "source-single",
                "BBC editorial guidelines",
                "A position on a question rests on one speaker.",
                "An account of another speaker, by another way.",
                "That the position is wrong.",
            ),
            Rule::SourceAnonymous => (
                "source-anonymous",
                "BBC editorial guidelines",
                "A position on a question rests on nobody who is identified.",
                "Who they are, or an account of somebody identified.",
                "That the position is wrong.",
            ),
            Rule::SourceUncorroborated => (
                "source-uncorroborated",
                "BBC editorial guidelines",
                "Every account of a position on a question passes through one party.",
                "An account that does not pass through that party.",
                "That the accounts are not independent, or that the party altered them.",
            ),
        };
        Entry {
            code,
            authority,
            meaning,
            mend,
            not,
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Rule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
