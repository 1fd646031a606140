//! Rules on the words held: quotation marks, missing and excerpted words, language, translation.

use crate::record::{Act, Form, PartyRef, Passage, Position, Quotation, Reference, RelationKind, Scope, Statement};

use super::{Found, Note, Rule, Seen};

/// The links by which a fuller text stands beside a statement.
const FULLER: [RelationKind; 4] = [
    RelationKind::Quotes,
    RelationKind::SameUtterance,
    RelationKind::Translates,
    RelationKind::Carries,
];

pub fn flag(seen: &Seen<'_, '_>, found: &mut Found) {
    quotation(seen, found);
    words_missing(seen, found);
    excerpt(seen, found);
    language(seen, found);
    translation(seen, found);
}

fn quotation(seen: &Seen<'_, '_>, found: &mut Found) {
    let tag = &seen.entry().tag;
    for (place, passage) in shown(&seen.statement.words) {
        let fault = match (passage.quotation, unpaired(&passage.text)) {
            (Quotation::Unbalanced, _) => "A quotation mark opens or closes here and its partner is missing".to_owned(),
            (_, Some(mark)) => format!("The words held have the mark {mark} without its partner"),
            (_, None) => continue,
        };
        let words = format!("{fault}: how far the quotation goes is not known.");
        found.flag(Rule::QuotationUnbalanced, tag, || {
            Note::at(format!("words[{place}]"), words)
        });
    }
}

fn shown(words: &[Position<Passage>]) -> impl Iterator<Item = (usize, &Passage)> {
    let words = words.iter().enumerate();
    words.filter_map(|(place, passage)| Some((place, passage.value()?)))
}

/// A quotation mark that has no partner in a text. Apostrophes are no quotation marks, and single marks
/// are not told from them, so that only double ones count.
fn unpaired(text: &str) -> Option<char> {
    let mut open: Vec<char> = Vec::new();
    let mut straight = false;
    for character in text.chars() {
        match character {
            '„' | '«' | '»' | '“' | '”' | '‟' if closes(open.last().copied(), character) => {
                open.pop();
            }
            '„' | '“' | '«' | '‟' => open.push(character),
            '”' | '»' => return Some(character),
            '"' => straight = !straight,
            _ => {}
        }
    }
    open.first().copied().or(straight.then_some('"'))
}

/// Whether a mark closes another: English “ ”, German „ “, Polish „ ”, French « » and Danish » «.
fn closes(open: Option<char>, mark: char) -> bool {
    matches!(
        (open, mark),
        (Some('“' | '‟'), '”') | (Some('„'), '“' | '”' | '‟') | (Some('«'), '»')
    )
}

/// Whether a statement holds words of its speaker.
fn holds_words(statement: &Statement) -> bool {
    statement.form == Form::Verbatim && !statement.words.is_empty()
}

fn words_missing(seen: &Seen<'_, '_>, found: &mut Found) {
    let statement = seen.statement;
    let held = match statement.form {
        Form::Silence => return,
        Form::Verbatim if statement.words.is_empty() => "The words are called verbatim and none are held",
        Form::Verbatim | Form::Translation => return,
        Form::Paraphrase => "Only a paraphrase is held",
        Form::Summary => "Only a summary is held",
        Form::ReportedAct => "Only a report of an act is held",
    };
    if seen.around.is_joined(seen.index, seen.id(), &FULLER[..3], holds_words) {
        return;
    }
    found.flag(Rule::NoVerbatimWords, &seen.entry().tag, || {
        Note::at("form", format!("{held}, and no fuller text is linked."))
    });
}

fn excerpt(seen: &Seen<'_, '_>, found: &mut Found) {
    let statement = seen.statement;
    if statement.form != Form::Verbatim || seen.around.is_joined(seen.index, seen.id(), &FULLER[..3], holds_words) {
        return;
    }
    for (place, _) in statement
        .relay
        .iter()
        .enumerate()
        .filter(|(_, hop)| hop.did == Act::Excerpt)
    {
        found.flag(Rule::ExcerptOnly, &seen.entry().tag, || {
            Note::at(
                format!("relay[{place}].did"),
                "The words held are an excerpt, and no fuller text is linked.",
            )
        });
    }
}

fn language(seen: &Seen<'_, '_>, found: &mut Found) {
    const UNKNOWN: &str = "und";
    let statement = seen.statement;
    if statement.language != UNKNOWN || statement.form == Form::Silence {
        return;
    }
    found.flag(Rule::LanguageNotStated, &seen.entry().tag, || {
        let mut languages: Vec<&str> = shown(&statement.words)
            .filter_map(|(_, passage)| passage.language.as_deref())
            .collect();
        languages.sort_unstable();
        languages.dedup();
        let held = match languages.as_slice() {
            [] => String::new(),
            languages => format!(" The words held are marked {}.", languages.join(", ")),
        };
        Note::at(
            "language",
            format!("In which language it was uttered is not recorded.{held}"),
        )
    });
}

fn translation(seen: &Seen<'_, '_>, found: &mut Found) {
    let statement = seen.statement;
    let hops = || {
        statement
            .relay
            .iter()
            .enumerate()
            .filter(|(_, hop)| hop.did == Act::Translation)
    };
    let id = Reference::Record(seen.id());
    let translates = seen
        .around
        .from(&id)
        .any(|(_, link)| link.relation == RelationKind::Translates);
    if statement.form != Form::Translation && statement.translator.is_none() && hops().next().is_none() && !translates {
        return;
    }
    let tag = &seen.entry().tag;
    let translator = statement.translator.as_ref();
    let by_hop = hops().any(|(_, hop)| !matches!(hop.from.value(), Some(PartyRef::Unidentified(_))));
    let translator_known = match translator.map(Position::value) {
        None => by_hop,
        Some(Some(PartyRef::Unidentified(_))) => false,
        Some(_) => true,
    };
    if !translator_known {
        found.flag(Rule::TranslationIncomplete, tag, || {
            Note::at("translator", "Who translated it is not recorded.")
        });
    }
    let about = std::iter::once(id).chain(
        seen.entry()
            .record
            .exhibits()
            .iter()
            .map(|exhibit| Reference::Exhibit(*exhibit)),
    );
    let signed = seen
        .entry()
        .record
        .common
        .signers
        .iter()
        .any(|signer| signer.asserts.contains(&Scope::Translated));
    let certified = signed
        || about
            .into_iter()
            .any(|about| seen.around.is_attested(&about, Scope::Translated));
    // What is withheld is not missing.
    let dated = hops().any(|(_, hop)| hop.when.exact.value().is_none_or(|claim| claim.edtf.is_some()));
    if !dated && !certified {
        found.flag(Rule::TranslationIncomplete, tag, || {
            let place = hops()
                .next()
                .map_or("relay".to_owned(), |(place, _)| format!("relay[{place}].when"));
            Note::at(place, "When it was translated is not recorded.")
        });
    }
    if !certified {
        found.flag(Rule::TranslationIncomplete, tag, || {
            Note::at("signers", "No certificate of the translator is recorded.")
        });
    }
}

#[cfg(test)]
mod tests {
    use super::unpaired;

    #[test]
    fn marks_and_their_partners() {
        for paired in [
            "",
            "He said “yes”.",
            "“a «b» c”",
            "„ja“ und „nein“",
            "„tak”",
            "«oui»",
            "say \"yes\" and \"no\"",
            "I’m afraid",
            "‘Western organizations’",
            "the 5' and 6\" is no quotation, but \" is its partner",
        ] {
            assert_eq!(unpaired(paired), None, "{paired}");
        }
        for (text, mark) in [
            ("“urges EU officials", '“'),
            ("urges EU officials”", '”'),
            ("“a “b” c", '“'),
            ("«oui", '«'),
            ("oui»", '»'),
            ("one \" alone", '"'),
        ] {
            assert_eq!(unpaired(text), Some(mark), "{text}");
        }
    }
}
