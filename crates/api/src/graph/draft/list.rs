//! Lists of drafts, page by page.

use super::{
    super::{
        connection::PageInfo,
        define::graph_types,
        list::{All, all},
        scope::Scope,
        vocabulary::DraftState,
    },
    Draft, Sheet,
};
use crate::{
    draft,
    error::{Code, Fault},
};
use domain::{
    id::DraftId,
    page::{BadPage, PageRequest},
};
use std::sync::Arc;
use store::{Direction, DraftFilter};

/// A page of drafts.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    filter: DraftFilter,
    sheets: Vec<Arc<Sheet>>,
    has_previous: bool,
    has_next: bool,
}

graph_types! {
    /// Drafts, page by page, in the order in which they were made.
    type DraftConnection(view, page: Page) {
        /// The drafts on the page with their cursors.
        edges -> All<DraftEdge> = all(view, page.sheets.iter().cloned());
        /// The drafts on the page.
        nodes -> All<Draft> = all(view, page.sheets.iter().cloned());
        /// Whether there is more on either side, and where to go on.
        page_info -> PageInfo = {
            let cursor = |sheet: Option<&Arc<Sheet>>| sheet.map(|sheet| sheet.opened.draft.id.to_string());
            PageInfo {
                has_next_page: page.has_next,
                has_previous_page: page.has_previous,
                start_cursor: cursor(page.sheets.first()),
                end_cursor: cursor(page.sheets.last()),
            }
        };
    } stored {
        /// How many drafts the whole list has. They are counted only when asked for.
        total_count -> u64 = view.store.draft_count(page.filter).await.map_err(|error| Fault::from(error).into());
    }

    /// A draft and its cursor.
    type DraftEdge(view, sheet: Arc<Sheet>) {
        /// Where it stands in the list: give it as `after` or `before`.
        cursor -> String = sheet.opened.draft.id.to_string();
        /// The draft.
        node -> Draft = Draft::new(view, Arc::clone(sheet));
    }
}

/// The most drafts that a page has: each comes with its document.
const MOST: u32 = 100;

/// Cuts a page out of the drafts.
pub(crate) async fn drafts(
    scope: &Arc<Scope>,
    state: Option<DraftState>,
    (first, after): (Option<i32>, Option<String>),
    (last, before): (Option<i32>, Option<String>),
) -> async_graphql::Result<DraftConnection> {
    let filter = match state {
        None => DraftFilter::Any,
        Some(DraftState::Open) => DraftFilter::Open,
        Some(DraftState::Accepted) => DraftFilter::Accepted,
        Some(DraftState::Dismissed) => DraftFilter::Dismissed,
    };
    let request = PageRequest::new(first, None, last, None).map_err(Fault::from)?;
    let key = |cursor: Option<String>, argument| {
        let bad = || Fault::from(BadPage::Cursor { argument });
        cursor
            .map(|cursor| cursor.parse::<DraftId>().map_err(|_| bad()))
            .transpose()
    };
    let range = (key(after, "after")?, key(before, "before")?);
    let direction = if request.is_backward() {
        Direction::Backward
    } else {
        Direction::Forward
    };
    let size = request.size().min(MOST);
    // One more tells whether there is more.
    let found = scope
        .store
        .draft_page(filter, range, size + 1, direction)
        .await;
    let mut found = found.map_err(Fault::from)?;
    let is_more = found.len() > size as usize;
    match direction {
        Direction::Forward => found.truncate(size as usize),
        Direction::Backward => _ = found.drain(..found.len().saturating_sub(size as usize)),
    }
    let (has_previous, has_next) = match direction {
        Direction::Forward => (range.0.is_some(), is_more),
        Direction::Backward => (is_more, range.1.is_some()),
    };
    let digests: Vec<_> = found.iter().map(|draft| draft.text).collect();
    let texts = scope.store.texts(&digests).await.map_err(Fault::from)?;
    let sheets = found.into_iter().map(|draft| {
        let text = texts.get(&draft.text).cloned();
        let missing = || Fault::internal(format!("the text {} is not kept", draft.text));
        let text = text.ok_or_else(missing)?;
        Ok(Sheet::new(draft::Opened { draft, text }))
    });
    let page = Page {
        filter,
        sheets: sheets.collect::<Result<_, Fault>>()?,
        has_previous,
        has_next,
    };
    Ok(DraftConnection::new(scope, page))
}

/// The draft with this key.
pub(crate) async fn draft(scope: &Arc<Scope>, key: &str) -> async_graphql::Result<Option<Draft>> {
    let id: DraftId = key
        .parse()
        .map_err(|_| Fault::new(Code::BadUserInput, "key is no key of a draft"))?;
    match draft::open_draft(&scope.store, id).await {
        Ok(opened) => Ok(Some(Draft::new(scope, Sheet::new(opened)))),
        Err(draft::DraftError::NoSuchDraft { .. }) => Ok(None),
        Err(error) => Err(super::mutation::fault(error).into()),
    }
}
