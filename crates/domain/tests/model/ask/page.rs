//! A list cut into pages, in every way that Relay's arguments allow.

use super::{handle, ids};
use crate::dice::Dice;
use domain::{
    change::Fact,
    image::Image,
    page::{BadPage, Cursor, Page, PageRequest},
    register::Ref,
    view::View,
};
use std::fmt::Debug;

/// A list as the model has it, and how the view pages it.
pub(super) struct Listing<'a, I: Image, P, C>
where
    P: Fn(&PageRequest) -> Result<Page<I>, BadPage>,
    C: Fn(Ref<I>) -> Cursor,
{
    pub(super) view: &'a View,
    /// What is listed.
    pub(super) listed: Vec<<I::Fact as Fact>::Id>,
    /// What would be listed without a filter, in the same order: a cursor may stand at any of it.
    pub(super) all: Vec<<I::Fact as Fact>::Id>,
    pub(super) page: P,
    pub(super) cursor: C,
}

/// Relay's `first` or `last`.
#[derive(Clone, Copy, Debug)]
pub(super) enum Size {
    First(u8),
    Last(u8),
}

impl Size {
    pub(super) fn arguments(self) -> (Option<i32>, Option<i32>) {
        match self {
            Self::First(size) => (Some(size.into()), None),
            Self::Last(size) => (None, Some(size.into())),
        }
    }
}

/// A page by what is on it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Cut<T> {
    pub(super) items: Vec<T>,
    pub(super) has_previous: bool,
    pub(super) has_next: bool,
}

impl<I: Image, P, C> Listing<'_, I, P, C>
where
    P: Fn(&PageRequest) -> Result<Page<I>, BadPage>,
    C: Fn(Ref<I>) -> Cursor,
{
    /// Walks the list both ways with one size, and cuts a few pages anywhere.
    pub(super) fn walk(&self, dice: &mut Dice) {
        let size = 1 + dice.below(self.listed.len() + 1) as u8;
        let mut forward = vec![];
        let mut after = None;
        loop {
            let page = self.check(Size::First(size), after, None);
            after = page.items.last().copied();
            forward.extend(page.items);
            if !page.has_next {
                break;
            }
        }
        assert_eq!(
            forward, self.listed,
            "pages of {size}, one after the other, are the list"
        );

        let mut backward = vec![];
        let mut before = None;
        loop {
            let page = self.check(Size::Last(size), None, before);
            before = page.items.first().copied();
            backward.extend(page.items.into_iter().rev());
            if !page.has_previous {
                break;
            }
        }
        backward.reverse();
        assert_eq!(
            backward, self.listed,
            "pages of {size}, from the end, are the list"
        );

        for _ in 0..2 {
            let (after, before) = (dice.maybe(&self.all), dice.maybe(&self.all));
            let size = dice.below(4) as u8;
            self.check(
                dice.one_of(&[Size::First(size), Size::Last(size)]),
                after,
                before,
            );
        }
    }

    fn check(
        &self,
        size: Size,
        after: Option<<I::Fact as Fact>::Id>,
        before: Option<<I::Fact as Fact>::Id>,
    ) -> Cut<<I::Fact as Fact>::Id> {
        // As it comes from a client: words.
        let cursor = |id: Option<_>| {
            id.map(|id| (self.cursor)(handle(self.view.register(), id)).to_string())
        };
        let (first, last) = size.arguments();
        let request = PageRequest::new(
            first,
            cursor(after).as_deref(),
            last,
            cursor(before).as_deref(),
        );
        let page = (self.page)(&request.expect("these are page arguments"))
            .expect("these are cursors of the list");
        let page = Cut {
            items: ids(self.view, page.items),
            has_previous: page.has_previous,
            has_next: page.has_next,
        };
        let model = cut(
            &self.listed,
            &self.all,
            size,
            after.as_ref(),
            before.as_ref(),
        );
        assert_eq!(
            page, model,
            "{size:?} after {after:?} before {before:?} of {:?}",
            self.listed
        );
        page
    }
}

/// The page of `listed` that lies between two of `all`. An empty one lies where it would have begun to be filled.
pub(super) fn cut<T: Copy + PartialEq + Debug>(
    listed: &[T],
    all: &[T],
    size: Size,
    after: Option<&T>,
    before: Option<&T>,
) -> Cut<T> {
    // Twice the place of each item, so that there is a place between any two.
    let place = |item: &T| {
        2 * all
            .iter()
            .position(|other| other == item)
            .expect("a cursor stands at something")
            + 2
    };
    let (begin, end) = (after.map_or(1, place), before.map_or(usize::MAX, place));
    let mut items: Vec<T> = listed.to_vec();
    items.retain(|item| begin < place(item) && place(item) < end);
    let edge = match size {
        Size::First(size) => {
            items.truncate(size.into());
            begin + 1
        }
        Size::Last(size) => {
            items.drain(..items.len().saturating_sub(size.into()));
            end - 1
        }
    };
    let from = items.first().map_or(edge, place);
    let to = items.last().map_or(edge, place);
    let outside =
        |is_outside: &dyn Fn(usize) -> bool| listed.iter().any(|item| is_outside(place(item)));
    let is_empty = items.is_empty();
    Cut {
        has_previous: outside(&|at| at < from),
        has_next: outside(&|at| if is_empty { at >= to } else { at > to }),
        items,
    }
}
