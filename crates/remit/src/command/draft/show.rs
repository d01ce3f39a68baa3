//! One draft, for a person or a program.

use super::Format;
use crate::{
    review::{self, DOUBTFUL},
    terminal::{self, plain},
};
use anyhow::Context as _;
use api::{
    Served,
    draft::{DraftError, namings, open_draft, preview},
};
use domain::{
    change::Change,
    clause::Confidence,
    command::{DifferenceKind, differences as all_differences},
    id::DraftId,
    review::{Naming, Understood},
    view::View,
};
use store::DraftState;

pub(super) async fn show(
    served: &Served,
    key: DraftId,
    (format, below): (Format, Option<Confidence>),
) -> anyhow::Result<()> {
    let store = &served.stores[0];
    let opened = open_draft(store, key).await?;
    let (draft, text) = (&opened.draft, &opened.text);
    if let Format::Json = format {
        let json = ingest::json::review_json(&draft.review, text);
        let json = serde_json::to_string_pretty(&json).context("cannot print the draft")?;
        terminal::result(json)?;
        return Ok(());
    }
    let view = store.view(served.today(store));
    let state = match &draft.state {
        DraftState::Open => "open".to_owned(),
        DraftState::Accepted => "accepted".to_owned(),
        DraftState::Dismissed { reason } => format!("dismissed: {}", plain(reason)),
    };
    terminal::result(format!(
        "{}\ndraft {key}, version {}, {state}",
        review::head(&opened),
        draft.version
    ))?;
    let namings = namings(&view, &opened).await;
    let new: Vec<_> = namings.iter().filter(|naming| is_new(naming)).collect();
    if !new.is_empty() {
        let names: Vec<_> = new.iter().map(|naming| plain(&naming.name)).collect();
        terminal::result(format!("\nnew parties: {}", names.join("、")))?;
    }
    let doubts = review::doubts(&view, &opened, &namings, below.unwrap_or(DOUBTFUL));
    section("doubtful", doubts)?;
    let log = draft.review.log.iter().map(|entry| {
        let words = draft
            .review
            .words(&entry.correction, text)
            .unwrap_or_default();
        let correction = serde_json::to_value(&entry.correction).unwrap_or_default();
        let what = correction
            .as_object()
            .and_then(|object| object.keys().next());
        format!(
            "version {}, {} {}: {} {}",
            entry.version,
            entry.at,
            plain(&entry.by),
            what.map_or("", String::as_str),
            plain(&words)
        )
    });
    section("corrections", log.collect())?;
    if draft.state == DraftState::Open {
        match preview(store, &view, &opened).await {
            Ok(changes) if draft.said.supersedes.is_some() => {
                section("would change", differences(&view, text, &changes))?;
            }
            Ok(_) => {}
            Err(DraftError::Refused(refused)) => {
                terminal::result(format!("\ncannot be accepted as it is: {refused}"))?;
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

fn is_new(naming: &Naming) -> bool {
    naming.understood == Understood::New && naming.said.is_none()
}

fn section(title: &str, lines: Vec<String>) -> anyhow::Result<()> {
    if !lines.is_empty() {
        terminal::result(format!("\n{title}:"))?;
    }
    for line in lines {
        terminal::result(format!("  {line}"))?;
    }
    Ok(())
}

/// What changes would make otherwise, a line each.
pub(super) fn differences(view: &View, text: &str, changes: &[Change]) -> Vec<String> {
    let line = |difference: domain::command::Difference| {
        let mark = match difference.kind {
            DifferenceKind::Added => "+",
            DifferenceKind::Changed => "~",
            DifferenceKind::Ended => "-",
            DifferenceKind::Withdrawn => "x",
        };
        format!("{mark} {} {}", difference.entity, plain(&difference.words))
    };
    all_differences(view, text, changes)
        .into_iter()
        .map(line)
        .collect()
}
