//! The list of drafts.

use super::State;
use crate::terminal::{self, Terminal, plain};
use anyhow::Context as _;
use store::{Direction, Draft, DraftFilter, DraftState, Store};

/// How many drafts are asked for at once.
const PAGE: u32 = 100;

pub(super) async fn list(store: &Store, state: State, terminal: Terminal) -> anyhow::Result<()> {
    let filter = match state {
        State::Open => DraftFilter::Open,
        State::Accepted => DraftFilter::Accepted,
        State::Dismissed => DraftFilter::Dismissed,
        State::Any => DraftFilter::Any,
    };
    // A line a draft, however wide: scripts read it.
    let mut table = terminal::bare_table();
    table.set_header(["key", "state", "version", "tasks", "parties", "title"]);
    let mut last = None;
    loop {
        let page = store
            .draft_page(filter, (last, None), PAGE, Direction::Forward)
            .await;
        let page = page.context("cannot list drafts")?;
        for draft in &page {
            table.add_row(row(draft));
        }
        match page.last() {
            Some(draft) => last = Some(draft.id),
            None => break,
        }
    }
    if last.is_none() {
        terminal.remark("there is no such draft: `remit import --review` leaves one of a document");
        return Ok(());
    }
    terminal::result(terminal::text(table, 2))?;
    Ok(())
}

fn row(draft: &Draft) -> [String; 6] {
    let state = match (&draft.state, draft.accepted_as) {
        (DraftState::Open, None) => "open".to_owned(),
        (DraftState::Open, Some(seq)) => format!("open, in part {seq}"),
        (DraftState::Accepted, seq) => {
            format!(
                "accepted {}",
                seq.map(|seq| seq.to_string()).unwrap_or_default()
            )
        }
        (DraftState::Dismissed { .. }, _) => "dismissed".to_owned(),
    };
    let review = &draft.review;
    [
        draft.id.to_string(),
        state.trim_end().to_owned(),
        draft.version.to_string(),
        review.tasks.len().to_string(),
        review
            .parties
            .iter()
            .filter(|named| !named.removed)
            .count()
            .to_string(),
        plain(&review.document.title),
    ]
}
