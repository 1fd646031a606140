//! Accounts of accounts, attacks on standing, authority, and what leaned on what was taken back.

use affiant::compare::{
    Authorities, AuthorityShown, Cause, Cycle, Dispute, DisputeReading, Lack, SecondOrder, Sought, Taint, Withdrawn,
    caution, verb,
};

use super::independence::{labels, matrix};
use super::more;
use crate::page::Page;

/// The most readings of a dispute that are printed.
const MAX_READINGS_PRINTED: usize = 16;
/// The most records that are printed that leaned on one source.
const MAX_LEANING_PRINTED: usize = 20;
/// The most authorities that are printed.
const MAX_AUTHORITIES_PRINTED: usize = 20;

/// Prints the strip: who says what of whose account.
pub fn second_order(page: &mut Page, second_order: &SecondOrder) {
    if second_order.remarks.is_empty() {
        return;
    }
    page.heading("", "Who says what of whose account");
    let mut cautions: Vec<&str> = Vec::new();
    for remark in &second_order.remarks {
        let by: Vec<String> = remark.said.asserted_by.iter().map(ToString::to_string).collect();
        let place = remark
            .asserted_in
            .as_ref()
            .map(|tag| format!(" in {tag}"))
            .unwrap_or_default();
        let (relation, words) = (&remark.said.relation, &remark.words);
        let text = format!("{relation}  {words}; asserted by {}{place}.", by.join(" and "));
        page.line("  ", "       ", &text);
        cautions.extend(caution(remark.kind).filter(|caution| !cautions.contains(caution)));
    }
    more(page, "  ", second_order.count, second_order.remarks.len(), "link");
    if !cautions.is_empty() {
        page.line("  ", "  ", &cautions.join(" "));
    }
    page.blank();
}

/// Prints the attacks, what is unresolved, and what each thing that may be meant comes to.
pub fn dispute(page: &mut Page, dispute: &Dispute) {
    let unresolved = dispute.cycles.iter().filter(|cycle| cycle.unresolved).count();
    page.heading("", "Accounts that attack each other’s standing");
    page.line(
        "",
        "",
        "What is looked at is whether an attack that stands is recorded. It is not whether anything is true, genuine or \
         authorised.",
    );
    for attack in &dispute.attacks {
        page.line("  - ", "    ", &format!("{}.", attack.words));
    }
    more(page, "  - ", dispute.attack_count, dispute.attacks.len(), "attack");
    for shown in dispute.cycles.iter().filter(|cycle| cycle.unresolved) {
        page.blank();
        cycle(page, dispute, shown);
    }
    more(
        page,
        "",
        dispute.cycles.len() + dispute.cycles_left_out,
        dispute.cycles.len(),
        "circle of attacks",
    );
    page.blank();
    if let [only] = dispute.readings.as_slice() {
        page.line("  ", "    ", &format!("It comes to this: {}", standings(only)));
    } else {
        page.line("  ", "    ", "What is meant is open. None of these is preferred:");
        for reading in dispute.readings.iter().take(MAX_READINGS_PRINTED) {
            let text = format!("If {}: {}", reading.conditions.join(", and "), standings(reading));
            page.line("     · ", "       ", &text);
        }
        let all = dispute.readings.len() + dispute.readings_left_out;
        more(
            page,
            "     · ",
            all,
            dispute.readings.len().min(MAX_READINGS_PRINTED),
            "reading",
        );
    }
    if unresolved == 0 {
        page.line("  ", "    ", "No circle of attacks is left unresolved.");
    }
    if let Some(independence) = &dispute.independence {
        page.blank();
        matrix(page, independence);
    }
    page.blank();
}

fn standings(reading: &DisputeReading) -> String {
    let each = |standing: affiant::compare::AttackStanding| -> Option<String> {
        let of = reading.standings.iter().filter(|stands| stands.standing == standing);
        let names: Vec<String> = of.map(|stands| label(&stands.what)).collect();
        (!names.is_empty()).then(|| format!("{}: {}", standing.words(), names.join(", ")))
    };
    use affiant::compare::AttackStanding::{Falls, Stands, Unresolved};
    let parts: Vec<String> = [Unresolved, Stands, Falls].into_iter().filter_map(each).collect();
    let more = match reading.standings_left_out {
        0 => String::new(),
        left => format!("; and {left} more"),
    };
    format!("{}{more}.", parts.join("; "))
}

fn label(thing: &affiant::compare::Thing) -> String {
    thing.record().map_or_else(|| thing.to_string(), ToString::to_string)
}

fn cycle(page: &mut Page, dispute: &Dispute, cycle: &Cycle) {
    let members: Vec<String> = cycle.members.iter().map(ToString::to_string).collect();
    page.heading(
        "  ",
        &format!("Unresolved by the record: {}", members.join(" against ")),
    );
    for (place, attack) in cycle.attacks.iter().enumerate() {
        let then = if place == 0 { "" } else { "and " };
        page.line("    ", "      ", &format!("{then}{}", attack.words));
    }
    let parity = if cycle.odd {
        "A way round it is odd: in the end an account attacks itself."
    } else {
        "Each attack travels on what the other attacks; neither can be preferred from inside."
    };
    page.line("    ", "      ", parity);
    if cycle.under.len() < dispute.readings.len() {
        let text = format!(
            "It comes about under {} of the {} readings of what is meant.",
            cycle.under.len(),
            dispute.readings.len()
        );
        page.line("    ", "      ", &text);
    }
    page.line("    ", "    ", "Records outside it that bear on it:");
    if cycle.breakers.is_empty() {
        page.line("      - ", "        ", "none was found in the records searched.");
    }
    for breaker in &cycle.breakers {
        let mut text = format!("{}. {}", breaker.statement, breaker.how.join(" "));
        text.push_str(&match breaker.access.as_slice() {
            [] => " No access is recorded.".to_owned(),
            access => format!(" Access: {}", access.join(" ")),
        });
        page.line("      - ", "        ", &text);
    }
    more(
        page,
        "      - ",
        cycle.breakers.len() + cycle.breakers_left_out,
        cycle.breakers.len(),
        "record that bears on it",
    );
    page.line("    ", "    ", "Not held, and would bear on it:");
    for lack in &cycle.lacks {
        page.line("      - ", "        ", &lack_words(lack));
    }
    for sought in &cycle.sought {
        page.line("      - ", "        ", &sought_words(sought));
    }
}

/// A thing that is not held, and whom to ask for it.
pub fn lack_words(lack: &Lack) -> String {
    let rule = lack.rule.map(|rule| format!(" ({rule})")).unwrap_or_default();
    format!("{}{rule}; {}.", lack.exhibit, ask(&lack.ask))
}

/// A thing that a person seeks, and from whom.
pub fn sought_words(sought: &Sought) -> String {
    let by: Vec<String> = sought.said.asserted_by.iter().map(ToString::to_string).collect();
    format!(
        "sought by {} in {}: {}; {}.",
        by.join(" and "),
        sought.said.relation,
        sought.exhibit,
        ask(&sought.ask)
    )
}

fn ask(people: &[affiant::compare::Who]) -> String {
    let people: Vec<String> = people.iter().map(ToString::to_string).collect();
    match people.as_slice() {
        [] => "nobody to ask is identified".to_owned(),
        people => format!("ask {}", people.join(" or ")),
    }
}

/// Prints by what authority people pass on the words of others.
pub fn authorities(page: &mut Page, authorities: &Authorities) {
    if authorities.count == 0 {
        return;
    }
    page.heading("", "By what authority words were passed on (FRE 801(d)(2)(C), (D))");
    for shown in authorities.shown.iter().take(MAX_AUTHORITIES_PRINTED) {
        authority(page, shown);
    }
    more(
        page,
        "  ",
        authorities.count,
        authorities.shown.len().min(MAX_AUTHORITIES_PRINTED),
        "authority",
    );
    if authorities.unstated > 0 {
        let text = format!(
            "Of {} more who passed on words of another, no authority is claimed, granted or denied.",
            authorities.unstated
        );
        page.line("  ", "    ", &text);
    }
    page.blank();
}

fn authority(page: &mut Page, authority: &AuthorityShown) {
    let statements: Vec<_> = authority
        .statements
        .iter()
        .map(|relied| relied.statement.clone())
        .collect();
    let mut text = format!(
        "{} for {}: {}",
        authority.relayer,
        authority.speaker,
        authority.standing.words()
    );
    if !statements.is_empty() {
        text.push_str(&format!(
            "; passed on: {}",
            labels(&statements, authority.statement_count)
        ));
    }
    if !authority.doubted_in.is_empty() {
        let doubted = labels(&authority.doubted_in, authority.doubted_in.len());
        text.push_str(&format!("; doubted in {doubted}"));
    }
    page.line("  ", "    ", &format!("{text}."));
    for grant in &authority.grants {
        let mut text = format!("granted in {}, during: {}", grant.record, grant.during.words);
        if let Some(revoked) = &grant.revoked {
            let since = revoked
                .since
                .as_ref()
                .map_or("its place in the log", |since| since.words.as_str());
            text.push_str(&format!("; revoked in {}, since {since}", revoked.by));
        }
        page.line("    ", "      ", &format!("{text}."));
    }
    for relied in authority.statements.iter().filter(|relied| relied.time.is_some()) {
        let time = relied.time.as_deref().unwrap_or_default();
        page.line("    ", "      ", &format!("{}: {time}.", relied.statement));
    }
}

/// Prints what leaned on what was taken back.
pub fn taint(page: &mut Page, taint: &Taint) {
    if taint.sources.is_empty() {
        return;
    }
    page.heading("", "What leaned on what was taken back (ICD 206)");
    for source in &taint.sources {
        withdrawn(page, source);
    }
    if taint.without_leaning > 0 {
        let text = format!("On {} more that were taken back nothing leaned.", taint.without_leaning);
        page.line("  ", "    ", &text);
    }
    page.line(
        "  ",
        "  ",
        "That a record leaned on such a source does not make it wrong: its grounds have to be looked at again.",
    );
    page.blank();
}

fn withdrawn(page: &mut Page, withdrawn: &Withdrawn) {
    let causes: Vec<String> = withdrawn.causes.iter().map(cause).collect();
    page.line("  ", "    ", &format!("{}: {}.", withdrawn.source, causes.join("; ")));
    for leaning in withdrawn.leaning.iter().take(MAX_LEANING_PRINTED) {
        let cut = if leaning.way_cut { ", …" } else { "" };
        page.line("     - ", "       ", &format!("{}{cut}.", leaning.way.join(", and ")));
    }
    more(
        page,
        "     - ",
        withdrawn.leaning_count,
        withdrawn.leaning.len().min(MAX_LEANING_PRINTED),
        "record that leaned on it",
    );
}

fn cause(cause: &Cause) -> String {
    match cause {
        Cause::Failed => "it failed verification".to_owned(),
        Cause::KeyRevoked => "its key was revoked later".to_owned(),
        Cause::Erased => "it was erased in part or whole".to_owned(),
        Cause::Revoked { by } => format!("revoked in {by}"),
        Cause::Link {
            relation,
            kind,
            from,
            if_meant,
        } => {
            let open = if *if_meant { ", if this is what is meant" } else { "" };
            format!("{from} {} it{open} ({relation})", verb(*kind))
        }
    }
}
