//! Flags as a person reads them (spec/flags.md says what each means).

use affiant::compare::{Flag, Flags, RuleCount};

use crate::Style;
use crate::labels::labels;
use crate::page::Page;

/// The most flags of one rule that are printed.
const MAX_FLAGS_PRINTED: usize = 200;

const NO_FLAGS: &str = "The rules of spec/flags.md find nothing to flag. This does not show that anything is true.";
const WHAT_THEY_ARE: &str =
    "Each is what a record lacks or shows, and no more: none says that anything is false, and nothing is added up.";

/// Every flag in full, rule by rule, wrapped to `width` columns.
pub fn flags_text(flags: &Flags, width: usize, style: Style) -> String {
    let mut page = Page::new(width, style);
    page.heading("", &heading(flags));
    page.line(
        "",
        "",
        if flags.rules.is_empty() {
            NO_FLAGS
        } else {
            WHAT_THEY_ARE
        },
    );
    for rule in &flags.rules {
        page.blank();
        page.heading("  ", &format!("{} ({})  {}", rule.rule, rule.authority, rule.flags));
        page.line("  ", "  ", rule.meaning);
        page.line("  ", "    ", &format!("What would mend it: {}", rule.rule.mend()));
        page.line(
            "  ",
            "    ",
            &format!("What it does not say: {}", rule.rule.does_not_say()),
        );
        let of_rule = || flags.flags.iter().filter(|flag| flag.rule == rule.rule);
        for flag in of_rule().take(MAX_FLAGS_PRINTED) {
            page.line(
                "  - ",
                "    ",
                &format!("{}  {}: {}", flag.record, flag.place, flag.words),
            );
        }
        let printed = of_rule().count().min(MAX_FLAGS_PRINTED);
        if rule.flags > printed {
            page.line("  - ", "    ", &format!("and {} more", rule.flags - printed));
        }
    }
    page.into_text()
}

/// How many flags each rule raises and on which records, for the end of a comparison.
pub fn in_brief(page: &mut Page, flags: &Flags) {
    if flags.rules.is_empty() {
        return;
    }
    page.heading("", &heading(flags));
    page.line("", "", &format!("{WHAT_THEY_ARE} In full: `affiant compare --flags`."));
    for rule in &flags.rules {
        page.line("  ", "      ", &brief(rule));
    }
    page.blank();
}

fn brief(rule: &RuleCount) -> String {
    format!(
        "{} ({}): {} in {}",
        rule.rule,
        rule.authority,
        rule.flags,
        labels(&rule.records, rule.record_count)
    )
}

fn heading(flags: &Flags) -> String {
    let number = |count: usize, of_what: &str| match count {
        1 => format!("1 {of_what}"),
        count => format!("{count} {of_what}s"),
    };
    format!(
        "What a lawyer or an editor would ask about: {} in {} and {}",
        number(flags.flag_count, "flag"),
        number(flags.statements, "statement"),
        number(flags.questions, "question")
    )
}

/// The flags of one record, for the page of that record.
pub fn of_record(page: &mut Page, flags: &Flags) {
    page.heading("", "Flags");
    if flags.flags.is_empty() {
        page.line("  ", "    ", NO_FLAGS);
    }
    for Flag {
        rule,
        place,
        words,
        authority,
        mend,
        ..
    } in &flags.flags
    {
        page.line(
            "  - ",
            "    ",
            &format!("{rule} ({authority}), {place}: {words} What would mend it: {mend}"),
        );
    }
    page.blank();
}
