//! Who depends on whom: origins, bottlenecks, the independence matrix, and circles.

use affiant::compare::{
    CaseProvenance, Circle, Circular, Independence, Network, Origin, OriginKind, Origins, PairIndependence, Question,
    RecordTag, Verdict,
};

use affiant::record::PropositionType;

use super::{count, more};
use crate::page::Page;

/// The accounts of a question in its network.
const TAKING_A_SIDE: &str = "account that takes a side";
/// The most origins that are printed for one position.
const MAX_ORIGINS_PRINTED: usize = 30;
/// The most labels that are printed in one list.
const MAX_LABELS_PRINTED: usize = 20;

/// Prints who depends on whom among the accounts on one question.
pub fn of_question(page: &mut Page, question: &Question) {
    let provenance = &question.provenance;
    if provenance.origins_affirming.is_none() && provenance.origins_denying.is_none() {
        return;
    }
    page.blank();
    page.heading("  ", "Origins (counted, not mentions)");
    let giving = match question.asks {
        Some(PropositionType::Quantity) => "giving a number, whichever",
        Some(PropositionType::Time) => "giving a time, whichever",
        _ => "affirming",
    };
    for (says, side) in [
        (giving, &provenance.origins_affirming),
        ("denying", &provenance.origins_denying),
    ] {
        if let Some(side) = side {
            origins(page, says, side);
        }
    }
    if let Some(shown) = &provenance.bottlenecks {
        network(page, TAKING_A_SIDE, shown);
    }
    if let Some(shown) = &provenance.independence {
        page.blank();
        matrix(page, shown);
    }
}

/// Prints the origins and bottlenecks of all statements, and what of the reporting is circular.
pub fn of_case(page: &mut Page, case: &CaseProvenance) {
    if let Some(shown) = case.origins.as_ref().filter(|origins| origins.statements > 0) {
        page.heading("", "Where all statements begin, and through whom they came");
        origins(page, "in all", shown);
        if let Some(shown) = &case.bottlenecks {
            network(page, "statement", shown);
        }
        circular(page, &case.circular);
        page.blank();
    } else if !case.circular.circles.is_empty() {
        circular(page, &case.circular);
        page.blank();
    }
}

fn origins(page: &mut Page, says: &str, origins: &Origins) {
    let accounts = count(origins.statements, "account");
    let noun = if origins.origins.most == 1 { "origin" } else { "origins" };
    page.line(
        "  ",
        "    ",
        &format!("{says}: {accounts}, {} {noun}.", origins.origins),
    );
    for origin in origins.shown.iter().take(MAX_ORIGINS_PRINTED) {
        let who = match (&origin.kind, &origin.who) {
            (OriginKind::Alleged, Some(who)) => format!("{who}, as is alleged"),
            (OriginKind::Circle, _) => "none that is recorded: they cite each other".to_owned(),
            (_, Some(who)) => who.to_string(),
            (_, None) => "nobody who is shown".to_owned(),
        };
        page.line("     - ", "       ", &format!("{who}: {}", statements(origin)));
    }
    more(
        page,
        "     - ",
        origins.shown.len() + origins.left_out,
        origins.shown.len().min(MAX_ORIGINS_PRINTED),
        "origin",
    );
    if !origins.outer_layers.is_empty() {
        let text = format!(
            "Outer layers of these, and no second source: {}.",
            labels(&origins.outer_layers, origins.outer_layers.len())
        );
        page.line("    ", "      ", &text);
    }
    let relayers: Vec<String> = origins.first_relayers_shown.iter().map(ToString::to_string).collect();
    let mut text = match origins.first_relayers.most {
        0 => "Nobody passed them on.".to_owned(),
        1 => "First passed on by 1 person or body".to_owned(),
        _ => format!("First passed on by {} people or bodies", origins.first_relayers),
    };
    if origins.first_relayers.most > 0 {
        if !relayers.is_empty() {
            text.push_str(&format!("; identified: {}", relayers.join(", ")));
        }
        text.push('.');
        if origins.without_relay > 0 {
            text.push_str(&format!(
                " {} nobody passed on.",
                count(origins.without_relay, "account")
            ));
        }
    }
    page.line("    ", "      ", &text);
}

fn statements(origin: &Origin) -> String {
    labels(&origin.statements, origin.statement_count)
}

/// Labels in a list, with how many there are more.
pub fn labels(tags: &[RecordTag], all: usize) -> String {
    let shown: Vec<String> = tags.iter().take(MAX_LABELS_PRINTED).map(ToString::to_string).collect();
    match all - shown.len() {
        0 => shown.join(", "),
        left => format!("{} and {left} more", shown.join(", ")),
    }
}

/// Through whom all accounts pass, where there is more than one account.
fn all_pass_through(of_what: &str, network: &Network) -> Option<String> {
    let (noun, qualifier) = of_what.split_once(' ').unwrap_or((of_what, ""));
    let all = format!("All {} {noun}s {qualifier}", network.accounts);
    let all = all.trim_end().replace("that takes", "that take");
    let names: Vec<String> = network
        .bottlenecks
        .iter()
        .map(|bottleneck| bottleneck.who.to_string())
        .collect();
    Some(match names.as_slice() {
        _ if network.accounts < 2 => return None,
        [] => format!("Nobody identified is on the way of all {} {noun}s.", network.accounts),
        [one] => format!("{all} pass through {one}: the one bottleneck."),
        several => format!("{all} pass through each of {}: bottlenecks.", several.join(", ")),
    })
}

/// What all accounts that take a side on a question pass through, where that is somebody.
pub fn bottleneck_words(network: &Network) -> Option<String> {
    let any = !network.bottlenecks.is_empty();
    any.then(|| all_pass_through(TAKING_A_SIDE, network)).flatten()
}

fn network(page: &mut Page, of_what: &str, network: &Network) {
    let (first, rest) = ("  ", "    ");
    let Some(text) = all_pass_through(of_what, network) else {
        return;
    };
    page.line(first, rest, &text);
    if let Some(ways) = network.disjoint_ways {
        let text = match ways.most {
            1 => "No two ways lead here that have nobody in common.".to_owned(),
            _ => format!("Ways that have nobody in common: {ways}."),
        };
        page.line(first, rest, &text);
    }
    if network.open > 0 {
        let text = format!(
            "On the way of {} of them somebody is not identified or a step is not recorded; who that is may be one of \
             those named.",
            network.open
        );
        page.line(first, rest, &text);
    }
}

/// The matrix, with what stands in it in words.
pub fn matrix(page: &mut Page, independence: &Independence) {
    page.heading("  ", "Independence, two by two");
    let labels: Vec<String> = independence.accounts.iter().map(ToString::to_string).collect();
    let of = |a: &RecordTag, b: &RecordTag| -> Option<&PairIndependence> {
        let found = |pair: &&PairIndependence| (&pair.a == a && &pair.b == b) || (&pair.a == b && &pair.b == a);
        independence.pairs.iter().find(found)
    };
    let header = std::iter::once(String::new()).chain(labels.iter().cloned()).collect();
    let mut rows: Vec<Vec<String>> = vec![header];
    for (label, a) in labels.iter().zip(&independence.accounts) {
        let cells = independence
            .accounts
            .iter()
            .map(|b| of(a, b).map_or("·", short).to_owned());
        rows.push(std::iter::once(label.clone()).chain(cells).collect());
    }
    if page.grid(&rows) {
        page.line("    ", "    ", LEGEND);
    }
    between(page, independence);
    let left_out = independence.accounts_left_out;
    if left_out > 0 {
        page.line(
            "    ",
            "    ",
            &format!("{} not in this matrix.", count(left_out, "account")),
        );
    }
}

const LEGEND: &str = "dep: dependent, something is shared. unk: unknown, nothing shared was found, which is not \
                      independence. ind: somebody asserts that they are independent. d/i: somebody asserts it, and \
                      something is shared.";

fn short(pair: &PairIndependence) -> &'static str {
    match (pair.verdict, pair.asserted.is_empty()) {
        (Verdict::Dependent, true) => "dep",
        (Verdict::Dependent, false) => "d/i",
        (Verdict::Unknown, _) => "unk",
        (Verdict::Independent, _) => "ind",
    }
}

/// What each two share; what all share is printed once.
fn between(page: &mut Page, independence: &Independence) {
    let pairs = &independence.pairs;
    let in_all = |words: &String| {
        pairs
            .iter()
            .all(|pair| pair.shared.iter().any(|shared| &shared.words == words))
    };
    let first = pairs.first().into_iter().flat_map(|pair| &pair.shared);
    let common: Vec<&String> = first
        .map(|shared| &shared.words)
        .filter(|words| in_all(words))
        .collect();
    let common = if pairs.len() > 1 { common } else { Vec::new() };
    for words in &common {
        page.line("    ", "      ", &format!("Every pair: {words}"));
    }
    let mut recorders: Vec<String> = Vec::new();
    for pair in pairs {
        for who in &pair.recorded_by {
            if !recorders.contains(&who.to_string()) {
                recorders.push(who.to_string());
            }
        }
        let own: Vec<&str> = pair
            .shared
            .iter()
            .filter(|shared| !common.contains(&&shared.words))
            .map(|shared| shared.words.as_str())
            .chain(pair.tied.iter().map(|tied| tied.words.as_str()))
            .chain(pair.asserted.iter().map(|asserted| asserted.words.as_str()))
            .collect();
        if pair.verdict == Verdict::Unknown {
            let text = format!("{} and {}: unknown. {}", pair.a, pair.b, pair.unknown_because.join(" "));
            page.line("    ", "      ", &text);
        } else if !own.is_empty() {
            let text = format!(
                "{} and {}: {}. {}",
                pair.a,
                pair.b,
                pair.verdict.as_str(),
                own.join(" ")
            );
            page.line("    ", "      ", &text);
        }
    }
    if !recorders.is_empty() {
        let text = format!(
            "Told apart from all this: the records of some pairs have one recorder ({}), which ties the records and \
             not the accounts.",
            recorders.join(", ")
        );
        page.line("    ", "      ", &text);
    }
}

fn circular(page: &mut Page, circular: &Circular) {
    for circle in &circular.circles {
        page.line("  ", "    ", &circle_words(circle));
    }
    more(page, "  ", circular.circle_count, circular.circles.len(), "circle");
    for text in &circular.one_text {
        let accounts: Vec<String> = text.accounts.iter().map(ToString::to_string).collect();
        let words = format!(
            "On one text, {}, rest {}: {}.",
            text.text,
            count(text.account_count, "account"),
            accounts.join(", ")
        );
        page.line("  ", "    ", &words);
    }
    more(
        page,
        "  ",
        circular.one_text_count,
        circular.one_text.len(),
        "shared text",
    );
    if circular.circle_count == 0 {
        let found = if circular.complete {
            "No account was found that cites itself in a circle, in what is declared."
        } else {
            "No circle was found among the citations that were looked at; there are more."
        };
        page.line("  ", "    ", found);
    }
}

fn circle_words(circle: &Circle) -> String {
    let on = circle
        .question
        .as_ref()
        .map(|question| format!(" on {question}"))
        .unwrap_or_default();
    let steps: Vec<String> = circle
        .steps
        .iter()
        .map(|step| format!("{} {} {} ({})", step.from, step.verb, step.to, step.by))
        .collect();
    let more = match circle.steps_left_out {
        0 => String::new(),
        left => format!("; and {} more", count(left, "step")),
    };
    let out = if circle.leads_out {
        "It also cites somebody outside the circle."
    } else {
        "Nobody outside the circle is cited."
    };
    format!("Circular{on}: {}{more}. {out}", steps.join("; "))
}
