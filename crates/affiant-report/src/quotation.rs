//! Quotations as they were checked: text for people, JSON for programs (spec/quotation.md).

mod json;

use affiant::quotation::{Checked, Excerpt, Governs, Outcome, Place, Position, Quoted, level_code};
use affiant::text::Level;

use crate::Style;
use crate::page::Page;

pub use json::quotations_json;

/// The longest excerpt that is printed whole, in characters.
const LONGEST: usize = 400;

/// How many places are printed.
const MOST_PLACES: usize = 5;

/// A quotation, and what its check came to.
#[derive(Debug, Clone)]
pub struct QuotationShown<'a> {
    /// The quotation, without the marks around it.
    pub text: &'a str,
    /// Where it stands in an article.
    pub quoted: Option<&'a Quoted>,
    /// The result, or why there is none.
    pub checked: Result<Checked, String>,
}

/// An article whose quotations were checked.
#[derive(Debug, Clone, Copy)]
pub struct ArticleShown<'a> {
    /// Its file.
    pub name: &'a str,
    /// The lines on which a mark closes a quotation that none opened.
    pub stray_lines: &'a [usize],
    /// Whether it has more quotations than are checked.
    pub cut_short: bool,
}

/// The results as text, wrapped to `width` columns.
pub fn quotations_text(
    article: Option<ArticleShown<'_>>,
    quotations: &[QuotationShown<'_>],
    width: usize,
    style: Style,
) -> String {
    let mut page = Page::new(width, style);
    if let Some(article) = article {
        let count = quotations.len();
        let what = if count == 1 {
            "1 passage in quotation marks"
        } else {
            &format!("{count} passages in quotation marks")
        };
        page.heading("  ", &format!("{}: {what}", article.name));
        for line in article.stray_lines {
            page.line(
                "  ! ",
                "    ",
                &format!("On line {line} a quotation mark closes what none opened."),
            );
        }
        if article.cut_short {
            page.line("  ! ", "    ", "There are more, which were not checked.");
        }
        page.blank();
    }
    for (number, shown) in quotations.iter().enumerate() {
        if number > 0 {
            page.blank();
        }
        one(&mut page, shown);
    }
    page.into_text()
}

fn one(page: &mut Page, shown: &QuotationShown<'_>) {
    page.heading("  ", &format!("“{}”", short(shown.text)));
    if let Some(quoted) = shown.quoted {
        let marks = if quoted.marked.is_balanced() {
            ""
        } else {
            ", and no mark closes it: where it ends is unknown"
        };
        page.line("  ", "    ", &format!("On line {} of the article{marks}.", quoted.line));
    }
    let checked = match &shown.checked {
        Ok(checked) => checked,
        Err(why) => {
            page.line("  ", "    ", &format!("Not checked: {why}."));
            return;
        }
    };
    page.line("  ", "    ", &headline(checked));
    differences(page, checked);
    places(page, checked);
    around(page, checked);
    for pointed in &checked.hidden {
        let text = if pointed.in_quotation {
            "the quotation"
        } else {
            "the source"
        };
        page.line(
            "  ! ",
            "    ",
            &format!("Byte {} of {text} is {}.", pointed.span.start, pointed.name),
        );
    }
    if let Some(attribution) = shown.quoted.and_then(|quoted| quoted.attribution.as_ref()) {
        let beside = if attribution.position == Position::Before {
            "before"
        } else {
            "after"
        };
        let name = match &attribution.name {
            Some(name) => format!("may give it to {name}"),
            None => "may give it to somebody named elsewhere".to_owned(),
        };
        let words = format!(
            "Suggestion: the article {name}, from “{}” {beside} it (a rule; its error is not measured).",
            attribution.words.text
        );
        page.line("  ", "    ", &words);
    }
}

/// The outcome in words, and its code.
fn headline(checked: &Checked) -> String {
    let searched = absence(checked);
    let words = match checked.outcome {
        Outcome::Verbatim => format!("Verbatim, {}", level_words(checked.level)),
        Outcome::Cleaned => "Cleaned: only fillers, immediate repeats or a transcriber's notes are left out".to_owned(),
        Outcome::Elided => "Words are left out, and marked".to_owned(),
        Outcome::Bracketed => "As in the source but for what stands in brackets".to_owned(),
        Outcome::Altered => "Altered without a mark".to_owned(),
        Outcome::Spliced => "Spliced: distant passages are joined without a mark".to_owned(),
        Outcome::TwoSpeakers => "Words of two speakers, quoted as one passage".to_owned(),
        Outcome::AnotherSpeaker => "Another speaker's words".to_owned(),
        Outcome::QuotingAnother => "The speaker says this within quotation marks, as another's words".to_owned(),
        Outcome::Ambiguous => format!("Ambiguous: {} places have these words alike", checked.place_count),
        Outcome::Nearest => format!("{searched} The nearest wording is below; it may be of another occasion"),
        Outcome::NotFound => searched,
    };
    let stop = if words.ends_with('.') { "" } else { "." };
    format!("{words}{stop} [{}]", checked.outcome.code())
}

/// How absence is worded everywhere.
pub(crate) fn absence(checked: &Checked) -> String {
    let (texts, segments) = (checked.searched.sources, checked.searched.segments);
    let of = |count: usize, one: &str| format!("{count} {one}{}", if count == 1 { "" } else { "s" });
    format!(
        "Not found in the {} ({}) searched. This does not show that it was not said.",
        of(texts, "text"),
        of(segments, "passage")
    )
}

fn level_words(level: Option<Level>) -> &'static str {
    match level {
        Some(Level::Bytes) => "to the byte",
        Some(Level::Form) => "but for the form of marks, spaces and letters",
        Some(Level::Case) => "but for case, punctuation or hyphens",
        Some(Level::Spoken) | None => "as spoken: contractions or numbers are written in another way",
    }
}

fn differences(page: &mut Page, checked: &Checked) {
    for edit in &checked.edits {
        let classes: Vec<&str> = edit.classes.iter().map(|class| class.as_str()).collect();
        let words = match (&edit.old, &edit.new) {
            (Some(old), Some(new)) => format!("“{}” became “{}”", short(&old.text), short(&new.text)),
            (Some(old), None) => format!("“{}” is left out", short(&old.text)),
            (None, Some(new)) => format!("“{}” is added", short(&new.text)),
            (None, None) => continue,
        };
        let look = if edit.look_alike {
            "; they look alike, and are other characters"
        } else {
            ""
        };
        page.line("    - ", "      ", &format!("{}: {words}{look}", classes.join(", ")));
    }
    for splice in &checked.splices {
        let words = match (splice.between, splice.reversed) {
            (None, _) => "the join is of two texts".to_owned(),
            (Some(_), true) => "the join is in reverse: what is quoted first comes later".to_owned(),
            (Some(between), false) => format!("{between} words stand between the two passages"),
        };
        page.line("    - ", "      ", &format!("join: {words}"));
    }
    for omission in &checked.omissions {
        let mut words = match &omission.words {
            Some(out) => format!("under the ellipsis, {} words: “{}”", omission.count, short(&out.text)),
            None => "after the ellipsis the quotation goes on before the place where it left off, or in another text"
                .to_owned(),
        };
        if !omission.negations.is_empty() {
            words.push_str(&format!(
                "; the omission holds a negation: {}",
                omission.negations.join(", ")
            ));
        }
        if omission.other_speaker {
            words.push_str("; it holds words of somebody else");
        }
        page.line("    - ", "      ", &words);
    }
    for bracket in &checked.brackets {
        let old = bracket
            .old
            .as_ref()
            .map_or("nothing".to_owned(), |old| format!("“{}”", short(&old.text)));
        let deny = if bracket.negation {
            "; the source's words deny"
        } else {
            ""
        };
        page.line(
            "    - ",
            "      ",
            &format!("brackets: “{}” for {old}{deny}", bracket.new.text),
        );
    }
    for out in &checked.left_out {
        page.line(
            "    - ",
            "      ",
            &format!("{} left out: “{}”", out.why.code(), short(&out.words.text)),
        );
    }
    for note in &checked.notes {
        page.line(
            "    - ",
            "      ",
            &format!("note of the quoting writer: {}", note.text),
        );
    }
}

fn places(page: &mut Page, checked: &Checked) {
    for place in checked.places.iter().take(MOST_PLACES) {
        page.line("  ", "    ", &format!("{}:", place_words(place)));
        page.line("    ", "    ", &format!("“{}”", short(&place.words.text)));
        if let Some(negation) = &place.cut_after {
            page.line(
                "  ! ",
                "    ",
                &format!(
                    "A negation right before these words is not quoted: “{}”.",
                    negation.text
                ),
            );
        }
    }
    let left = checked
        .place_count
        .max(checked.places.len())
        .saturating_sub(MOST_PLACES);
    if left > 0 {
        page.line("  ", "    ", &format!("{left} more places are not shown."));
    }
    if let Some(claimed) = &checked.claimed {
        let read = match claimed.read_as.as_slice() {
            [] => "none of the speakers named in the texts".to_owned(),
            names => names.join(", "),
        };
        page.line(
            "  ",
            "    ",
            &format!("Attributed to {}, read as: {read}.", claimed.name),
        );
    }
}

fn place_words(place: &Place) -> String {
    let cited = place
        .cited_as
        .as_ref()
        .map_or(String::new(), |cited| format!(", {cited}"));
    let speaker = place
        .speaker
        .as_ref()
        .map_or("speaker not stated".to_owned(), Clone::clone);
    let level = place
        .level
        .map_or(String::new(), |level| format!(", level {}", level_code(level)));
    format!("{}, line {}{cited}, {speaker}{level}", place.source, place.line)
}

fn around(page: &mut Page, checked: &Checked) {
    let Some(context) = &checked.context else { return };
    for governing in &context.governing {
        let kind = match governing.kind {
            Governs::Negation => "a negation",
            Governs::Condition => "a condition",
            Governs::Question => "a question",
            Governs::Report => "a report of another's words",
            Governs::Number => "a number that goes on",
        };
        let side = if governing.before { "before" } else { "after" };
        let between = match governing.words_between {
            0 => format!("right {side}"),
            1 => format!("1 word {side}"),
            count => format!("{count} words {side}"),
        };
        let words = format!(
            "Not quoted, in the same sentence, {between}: {kind}, “{}”.",
            governing.words.text
        );
        page.line("  ! ", "    ", &words);
    }
    let mut said = |name: &str, excerpt: &Option<Excerpt>| {
        if let Some(excerpt) = excerpt {
            page.line("  ", "    ", &format!("{name}: “{}”", short(&excerpt.text)));
        }
    };
    said("Within quotation marks of the source", &context.quoted_within);
    said("Sentence before", &context.before);
    said("In full", &context.sentence);
    said("Sentence after", &context.after);
    if let Some(answered) = &context.answered {
        let name = if answered.is_question { "Answers" } else { "Follows" };
        let speaker = answered.speaker.as_deref().unwrap_or("speaker not stated");
        page.line(
            "  ",
            "    ",
            &format!("{name} {speaker}: “{}”", short(&answered.words.text)),
        );
    }
}

/// Text in one line, its middle left out where it is long.
fn short(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let count = line.chars().count();
    if count <= LONGEST {
        return line;
    }
    let head: String = line.chars().take(LONGEST / 2).collect();
    let tail: String = line.chars().skip(count - LONGEST / 2).collect();
    format!("{head} ⟨{} characters⟩ {tail}", count - LONGEST)
}
