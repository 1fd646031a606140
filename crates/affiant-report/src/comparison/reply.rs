//! Silences, and who was asked and who was not.

use affiant::compare::{CaseProvenance, NotAsked, Question, Request, RightOfReply, Silence, SilenceKind, Silences};
use affiant::record::Answer;

use super::independence::labels;
use super::more;
use crate::page::Page;

/// The most silences, requests and people not asked that are printed in one list.
const MAX_PRINTED: usize = 20;

/// Prints the silences on a question, and the right of reply.
pub fn of_question(page: &mut Page, question: &Question) {
    if let Some(shown) = &question.provenance.silences {
        page.blank();
        page.heading("  ", "Silences (counted for neither side, and no corroboration)");
        silences(page, shown);
    }
    let reply = &question.provenance.right_of_reply;
    if reply.requests.is_empty() && reply.not_asked.is_empty() {
        return;
    }
    page.blank();
    page.heading("  ", "Right of reply (FRE 613(b))");
    requests(page, reply);
    for not_asked in reply.not_asked.iter().take(MAX_PRINTED) {
        page.line("     - ", "       ", &not_asked_words(not_asked));
    }
    more(
        page,
        "     - ",
        reply.not_asked_count,
        reply.not_asked.len().min(MAX_PRINTED),
        "such party",
    );
}

/// Prints the silences that stand with no question, and every request.
pub fn of_case(page: &mut Page, case: &CaseProvenance) {
    if case.silences.count > 0 {
        page.heading("", "Other silences (counted for neither side)");
        silences(page, &case.silences);
        page.blank();
    }
    if case.right_of_reply.request_count > 0 {
        page.heading("", "Who was asked");
        requests(page, &case.right_of_reply);
        page.blank();
    }
}

fn silences(page: &mut Page, silences: &Silences) {
    for silence in silences.shown.iter().take(MAX_PRINTED) {
        page.line("     - ", "       ", &silence_words(silence));
    }
    more(
        page,
        "     - ",
        silences.count,
        silences.shown.len().min(MAX_PRINTED),
        "silence",
    );
}

fn silence_words(silence: &Silence) -> String {
    let on: Vec<String> = silence.on.iter().map(ToString::to_string).collect();
    let how = match silence.how {
        SilenceKind::SilentOn => format!("is recorded as silent on {}", on.join(", ")),
        SilenceKind::Silence => "is recorded as having said nothing".to_owned(),
        SilenceKind::TakesNoSide => "takes no side".to_owned(),
    };
    let access = match silence.access.as_slice() {
        [] => "No access to whom the question is about is recorded.".to_owned(),
        access => format!("Access: {}", access.join(" ")),
    };
    format!("{} {how} ({}). {access}", silence.who, silence.record)
}

fn requests(page: &mut Page, reply: &RightOfReply) {
    for request in reply.requests.iter().take(MAX_PRINTED) {
        page.line("     - ", "       ", &request_words(request));
    }
    more(
        page,
        "     - ",
        reply.request_count,
        reply.requests.len().min(MAX_PRINTED),
        "request",
    );
}

fn request_words(request: &Request) -> String {
    let names = |people: &[affiant::compare::Who]| -> String {
        let names: Vec<String> = people.iter().map(ToString::to_string).collect();
        names.join(" and ")
    };
    let answer = match request.answer {
        Answer::Answered => "answered",
        Answer::Declined => "declined to answer",
        Answer::None => "no answer has come",
        Answer::NotStated => "what came of it is not stated",
    };
    let answered_in = request
        .answered_in
        .as_ref()
        .map(|tag| format!(" in {tag}"))
        .unwrap_or_default();
    let note = request
        .note
        .as_ref()
        .map(|note| format!(" Asked: “{note}”"))
        .unwrap_or_default();
    format!(
        "{} asked {} of {}, when: {}; {answer}{answered_in} ({}).{note}",
        names(&request.asked_by),
        names(&request.asked),
        request.about,
        request.when.words,
        request.relation
    )
}

fn not_asked_words(not_asked: &NotAsked) -> String {
    let mut why = Vec::new();
    if not_asked.spoken_of {
        why.push("the question is about them".to_owned());
    }
    if !not_asked.opposed_in.is_empty() {
        let opposed = labels(&not_asked.opposed_in, not_asked.opposed_in.len());
        why.push(format!("opposed by others in {opposed}"));
    }
    format!(
        "No request to {} was found in the records searched ({}).",
        not_asked.who,
        why.join("; ")
    )
}
