//! The JSON of spec/quotation.md.

use affiant::quotation::{Checked, Context, Excerpt, Outcome, Place, Position, Quoted, level_code};
use affiant::text::HiddenKind;
use serde_json::{Value, json};

use super::{ArticleShown, QuotationShown, absence};
use crate::visible::escape_in_json;

/// The results as JSON.
pub fn quotations_json(article: Option<ArticleShown<'_>>, quotations: &[QuotationShown<'_>]) -> String {
    let article = article.map(|article| {
        json!({
            "name": article.name,
            "stray_marks_on_lines": article.stray_lines,
            "cut_short": article.cut_short,
        })
    });
    let value = json!({
        "article": article,
        "quotations": quotations.iter().map(one).collect::<Vec<_>>(),
    });
    escape_in_json(&serde_json::to_string_pretty(&value).expect("a JSON value has text for keys"))
}

fn one(shown: &QuotationShown<'_>) -> Value {
    let (checked, failed) = match &shown.checked {
        Ok(checked) => (Some(result(checked)), None),
        Err(why) => (None, Some(why)),
    };
    json!({
        "text": shown.text,
        "in_article": shown.quoted.map(quoted),
        "checked": checked,
        "not_checked": failed,
    })
}

fn quoted(quoted: &Quoted) -> Value {
    let attribution = quoted.attribution.as_ref().map(|attribution| {
        json!({
            "class": {
                "is": "suggestion",
                "method": "a name beside a verb of saying, next to the quotation marks",
                "measured_error": "not measured",
            },
            "name": attribution.name,
            "words": excerpt(&attribution.words),
            "position": if attribution.position == Position::Before { "before" } else { "after" },
        })
    });
    json!({
        "start": quoted.marked.inner.start,
        "end": quoted.marked.inner.end,
        "line": quoted.line,
        "open": quoted.marked.open,
        "close": quoted.marked.close,
        "balanced": quoted.marked.is_balanced(),
        "attribution": attribution,
    })
}

fn result(checked: &Checked) -> Value {
    let absent = matches!(checked.outcome, Outcome::NotFound | Outcome::Nearest);
    json!({
        "class": { "is": "fact" },
        "outcome": checked.outcome.code(),
        "wording": checked.wording.code(),
        "level": checked.level.map(level_code),
        "words": absent.then(|| absence(checked)),
        "place_count": checked.place_count,
        "places": checked.places.iter().map(place).collect::<Vec<_>>(),
        "speakers": checked.speakers,
        "claimed": checked.claimed.as_ref().map(|claimed| json!({ "name": claimed.name, "read_as": claimed.read_as })),
        "edits": checked.edits.iter().map(|edit| json!({
            "old": edit.old.as_ref().map(excerpt),
            "new": edit.new.as_ref().map(excerpt),
            "classes": edit.classes.iter().map(|class| class.as_str()).collect::<Vec<_>>(),
            "look_alike": edit.look_alike,
        })).collect::<Vec<_>>(),
        "splices": checked.splices.iter().map(|splice| json!({
            "words_between": splice.between,
            "reversed": splice.reversed,
        })).collect::<Vec<_>>(),
        "omissions": checked.omissions.iter().map(|omission| json!({
            "words": omission.words.as_ref().map(excerpt),
            "count": omission.count,
            "negations": omission.negations,
            "other_speaker": omission.other_speaker,
            "out_of_order": omission.out_of_order,
        })).collect::<Vec<_>>(),
        "brackets": checked.brackets.iter().map(|bracket| json!({
            "new": excerpt(&bracket.new),
            "old": bracket.old.as_ref().map(excerpt),
            "kind": bracket.kind.code(),
            "negation": bracket.negation,
        })).collect::<Vec<_>>(),
        "left_out": checked.left_out.iter().map(|out| json!({
            "words": excerpt(&out.words),
            "why": out.why.code(),
        })).collect::<Vec<_>>(),
        "notes": checked.notes.iter().map(excerpt).collect::<Vec<_>>(),
        "context": checked.context.as_ref().map(context),
        "characters": checked.hidden.iter().map(|pointed| json!({
            "in": if pointed.in_quotation { "quotation" } else { "source" },
            "start": pointed.span.start,
            "kind": match pointed.kind {
                HiddenKind::Direction => "direction",
                HiddenKind::Invisible => "invisible",
                HiddenKind::Control => "control",
                HiddenKind::Confusable => "confusable",
            },
            "name": pointed.name,
        })).collect::<Vec<_>>(),
        "searched": { "texts": checked.searched.sources, "passages": checked.searched.segments },
    })
}

fn excerpt(excerpt: &Excerpt) -> Value {
    json!({ "text": excerpt.text, "start": excerpt.span.start, "end": excerpt.span.end })
}

fn place(place: &Place) -> Value {
    json!({
        "source": place.source,
        "words": excerpt(&place.words),
        "speaker": place.speaker,
        "cited_as": place.cited_as,
        "line": place.line,
        "level": place.level.map(level_code),
        "cut_after": place.cut_after.as_ref().map(excerpt),
    })
}

fn context(context: &Context) -> Value {
    json!({
        "sentence": context.sentence.as_ref().map(excerpt),
        "before": context.before.as_ref().map(excerpt),
        "after": context.after.as_ref().map(excerpt),
        "answered": context.answered.as_ref().map(|answered| json!({
            "speaker": answered.speaker,
            "words": excerpt(&answered.words),
            "is_question": answered.is_question,
        })),
        "governing": context.governing.iter().map(|governing| json!({
            "kind": governing.kind.code(),
            "words": excerpt(&governing.words),
            "words_between": governing.words_between,
            "before": governing.before,
        })).collect::<Vec<_>>(),
        "quoted_within": context.quoted_within.as_ref().map(excerpt),
    })
}
