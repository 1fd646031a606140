//! Flags of positions on a question, and of a case as a whole.

use super::*;

/// A question on which these speakers affirm, each through the Gazette if `shared`.
fn position(speakers: &[&str], shared: bool) -> Made {
    let mut made = Made::default();
    made.question("P01");
    for (number, speaker) in speakers.iter().enumerate() {
        made.statement(&format!("S{number}"), |statement| {
            statement.speaker = who(speaker);
            let to = if shared {
                "GAZETTE".to_owned()
            } else {
                format!("PAPER{number}")
            };
            statement.relay = hops(&[(speaker, &to)]);
            statement.stances = vec![stance("P01", Polarity::Affirms, None)];
        });
    }
    made
}

#[test]
fn sources_of_a_position() {
    let place = "who affirms it";
    assert_eq!(position(&["ANN"], false).of("P01"), at(Rule::SourceSingle, place));
    assert_eq!(
        position(&["ANN", "ANN"], false).of("P01"),
        at(Rule::SourceSingle, place)
    );
    assert_eq!(position(&["ANN", "BOB"], false).of("P01"), []);
    assert_eq!(
        position(&["ANN", "BOB"], true).of("P01"),
        at(Rule::SourceUncorroborated, place)
    );
    assert_eq!(
        position(&["?one", "?another"], false).of("P01"),
        at(Rule::SourceAnonymous, place)
    );
    assert_eq!(position(&["?one", "ANN"], false).of("P01"), []);
    let mut made = position(&["ANN", "BOB"], true);
    made.link("R01", RelationKind::IndependentOf, record("S1"), record("S0"));
    assert_eq!(made.of("P01"), []);
    let both: Vec<Rule> = position(&["?one"], false)
        .of("P01")
        .into_iter()
        .map(|(rule, _)| rule)
        .collect();
    assert_eq!(both, [Rule::SourceSingle, Rule::SourceAnonymous]);
}

#[test]
fn what_failed_raises_nothing_and_the_order_of_records_does_not_matter() {
    let mut made = through_bob(Polarity::Denies, Some(Polarity::Affirms));
    let forwards = flags(&made.case());
    made.records.reverse();
    assert_eq!(flags(&made.case()), forwards);
    for (_, _, standing) in &mut made.records {
        *standing = Standing::Failed;
    }
    assert_eq!(flags(&made.case()), Flags::default());
}

#[test]
fn all_flags_are_counted_and_few_are_written() {
    let mut made = Made::default();
    for number in 0..MAX_FLAGS_SHOWN + 500 {
        made.statement(&format!("S{number}"), |statement| statement.alleged = true);
    }
    let flags = flags(&made.case());
    assert_eq!(flags.flag_count, MAX_FLAGS_SHOWN + 500);
    assert_eq!(flags.rules[0].record_count, MAX_FLAGS_SHOWN + 500);
    assert_eq!(
        (flags.flags.len(), flags.rules[0].records.len()),
        (MAX_FLAGS_SHOWN, MAX_RECORDS_NAMED)
    );
}

#[test]
fn a_comparison_carries_the_flags_of_its_question() {
    let mut made = through_bob(Polarity::Denies, Some(Polarity::Affirms));
    made.statement("S03", |statement| statement.alleged = true);
    let all = compare(&made.case(), &Ask::everything()).flags;
    let one = compare(&made.case(), &Ask::one(id("P01"))).flags;
    let raised = |flags: &Flags| -> Vec<Rule> { flags.rules.iter().map(|rule| rule.rule).collect() };
    assert_eq!(
        raised(&all),
        [Rule::AuthorshipAlleged, Rule::AdverseRelayer, Rule::SourceSingle]
    );
    assert_eq!(raised(&one), [Rule::AdverseRelayer, Rule::SourceSingle]);
}

/// spec/flags.md has a section for each rule, in the order of the list, with its authority and words.
#[test]
fn the_page_has_every_rule() {
    let page = include_str!("../../../../spec/flags.md").replace("\n  ", " ");
    let sections: Vec<&str> = page.split("\n### ").skip(1).collect();
    assert_eq!(sections.len(), Rule::ALL.len());
    for (rule, section) in Rule::ALL.into_iter().zip(sections) {
        let section = section.replace('\n', " ");
        for words in [
            format!("`{rule}`"),
            rule.meaning().to_owned(),
            format!("- Authority: {}.", rule.authority()),
            format!("- What would mend it: {}", rule.mend()),
            format!("- What it does not say: {}", rule.does_not_say()),
        ] {
            assert!(section.contains(&words), "{rule}: {words:?} is not in {section:?}");
        }
        for heading in ["- Raised where: ", "- Example: "] {
            assert!(section.contains(heading), "{rule}: no {heading:?}");
        }
    }
    let mut ordered = Rule::ALL.to_vec();
    ordered.sort();
    assert_eq!(ordered, Rule::ALL);
}
