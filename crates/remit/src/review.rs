//! Drafts under review, for a person to look over.

use crate::{
    matrix::{shortened, words},
    terminal::plain,
};
use api::draft::Opened;
use domain::{
    clause::Confidence,
    directory::Evidence,
    draft::Problem,
    image::PartyRef,
    review::{Naming, Understood},
    text::Span,
    view::View,
};

/// What is less sure than this is shown to a person who did not say what they take for sure.
pub(crate) const DOUBTFUL: Confidence = Confidence::percent(90);

/// How much of the words of a fact is shown.
const EXCERPT: usize = 40;

/// The title and what was found.
pub(crate) fn head(opened: &Opened) -> String {
    let review = &opened.draft.review;
    let title = if review.document.title.is_empty() {
        "(no title found)"
    } else {
        &review.document.title
    };
    format!(
        "{}\n{} tasks, {} clauses, {} parties named, {} targets, {} deadlines",
        plain(title),
        review.tasks.len(),
        review.clauses.len(),
        review.parties.iter().filter(|named| !named.removed).count(),
        review.targets.len(),
        review.deadlines.len(),
    )
}

/// What a person should look at, a line each with its place in the text: facts that are not sure, names that are open or
/// that come near a known one, and what could not be read.
pub(crate) fn doubts(
    view: &View,
    opened: &Opened,
    namings: &[Naming],
    least: Confidence,
) -> Vec<String> {
    let Opened { draft, text } = opened;
    let review = &draft.review;
    let mut lines: Vec<(Option<Span>, String)> = vec![];
    for doubt in review.doubts(least, text, namings) {
        if doubt.is_ambiguous {
            continue;
        }
        let sure = doubt.confidence.fraction();
        let line = format!(
            "{}{} (key {}) is read with a confidence of {sure:.2}",
            place(doubt.span, text),
            doubt.what,
            doubt.key
        );
        lines.push((Some(doubt.span), line));
    }
    let (directory, parties) = view.directory();
    let called = |entry: usize| {
        let party: PartyRef = parties[entry];
        let name = directory.entries()[entry].official_name();
        let place = view.thing(party).place;
        let place = place.map(|place| view.text(view.thing(place).name));
        place.map_or_else(|| name.to_owned(), |place| format!("{name} ({place})"))
    };
    for naming in namings.iter().filter(|naming| naming.said.is_none()) {
        let what = match &naming.understood {
            Understood::Ambiguous(entries) => {
                let entries: Vec<_> = entries.iter().map(|&entry| called(entry)).collect();
                format!("may mean {}: say which", entries.join(" or "))
            }
            Understood::New if !naming.near.is_empty() => {
                let near = naming.near.iter();
                let near = near
                    .map(|near| format!("{} ({})", called(near.entry), evidence(near.evidence)));
                let near: Vec<_> = near.collect();
                format!("is not known; near it comes {}", near.join(", "))
            }
            Understood::Known(_) | Understood::New => continue,
        };
        lines.push((
            Some(naming.span),
            format!("{}{what}", place(naming.span, text)),
        ));
    }
    for problem in &review.problems {
        // That a name is not known is said with what comes near it.
        if problem.code != "ambiguous_party" && problem.code != "unknown_party" {
            lines.push((problem.span, problem_line(problem, text)));
        }
    }
    lines.sort_by_key(|(span, _)| *span);
    lines.into_iter().map(|(_, line)| line).collect()
}

fn problem_line(problem: &Problem, text: &str) -> String {
    let at = problem.span.map(|span| place(span, text));
    let remedy = problem.remedy.as_ref();
    let remedy = remedy.map(|remedy| format!(" ({remedy})"));
    format!(
        "{}{}{}",
        at.unwrap_or_default(),
        problem.message,
        remedy.unwrap_or_default()
    )
}

/// The line of a span, counted from 1, and its words.
fn place(span: Span, text: &str) -> String {
    let before = text.get(..span.start as usize).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    format!("line {line} {:?}: ", shortened(&words(span, text), EXCERPT))
}

/// What speaks for a name that comes near.
pub(crate) fn evidence(evidence: Evidence) -> &'static str {
    match evidence {
        Evidence::LevelWord => "the same but for its level or place",
        Evidence::OtherDays => "so called on other days",
        Evidence::OneCharacter => "one character off",
        Evidence::Suffix => "another word for the kind of body",
        Evidence::Elsewhere => "so called in another place",
    }
}
