//! Pages: cut out of a list in a total order, entered at a key from either side.

use crate::{
    collation,
    id::PlanId,
    image::{Image, PlanRef},
    register::Ref,
    view::View,
};
use base64::{Engine as _, display::Base64Display, prelude::BASE64_URL_SAFE_NO_PAD};
use std::{borrow::Cow, cmp::Ordering, fmt, str::FromStr};
use uuid::Uuid;

/// The page size when none is asked for.
pub const DEFAULT_SIZE: u32 = 50;
/// The greatest page size; a larger one is cut to it.
pub const MAX_SIZE: u32 = 1000;

/// Which page of a list: Relay's arguments, checked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageRequest {
    /// Whether the page is filled from the end of the range.
    backward: bool,
    size: Option<u32>,
    after: Option<Cursor>,
    before: Option<Cursor>,
}

/// Page arguments that make no page.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadPage {
    /// Both ends are asked for.
    #[error("first and last exclude each other: give one of them")]
    FirstAndLast,
    /// A negative size.
    #[error("{argument} is {size}; a page holds 0 to {MAX_SIZE}")]
    Negative {
        /// Which argument.
        argument: &'static str,
        /// Its value.
        size: i32,
    },
    /// A cursor of another list or order, or none at all.
    #[error(
        "{argument} is not a cursor of this list in this order: take one from pageInfo or an edge of it"
    )]
    Cursor {
        /// Which argument.
        argument: &'static str,
    },
}

impl PageRequest {
    /// The page that Relay's four arguments ask for.
    pub fn new(
        first: Option<i32>,
        after: Option<&str>,
        last: Option<i32>,
        before: Option<&str>,
    ) -> Result<Self, BadPage> {
        let (backward, size) = match (first, last) {
            (Some(_), Some(_)) => return Err(BadPage::FirstAndLast),
            (first, None) => (false, first),
            (None, last) => (true, last),
        };
        let argument = if backward { "last" } else { "first" };
        let size = size
            .map(|size| u32::try_from(size).map_err(|_| BadPage::Negative { argument, size }))
            .transpose()?;
        let cursor = |given: Option<&str>, argument| {
            given
                .map(|text| {
                    text.parse()
                        .map_err(|NotACursor| BadPage::Cursor { argument })
                })
                .transpose()
        };
        Ok(Self {
            backward,
            size: size.map(|size| size.min(MAX_SIZE)),
            after: cursor(after, "after")?,
            before: cursor(before, "before")?,
        })
    }

    /// Whether the page is filled from the end of the list.
    pub fn is_backward(&self) -> bool {
        self.backward
    }

    /// How many items it may hold.
    pub fn size(&self) -> u32 {
        self.size.unwrap_or(DEFAULT_SIZE)
    }

    /// The first `size` of a list.
    pub fn first(size: u32) -> Self {
        Self {
            size: Some(size),
            ..Self::default()
        }
    }
}

/// A page of a list of things.
pub type Page<R> = Piece<Ref<R>>;

/// A page of a list, in the order of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece<T> {
    /// What is on it.
    pub items: Vec<T>,
    /// Whether the list has something before it.
    pub has_previous: bool,
    /// Whether the list has something after it.
    pub has_next: bool,
}

/// Where an item stands in a list: what the list is ordered by, and the item's id to tell equals apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor(Lead, Uuid);

/// What a list is ordered by, as a cursor keeps it: no handle, so that it is good on every node and after a restart.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Lead {
    Recorded,
    Place(PlanId, u32),
    Number(i64),
    Text(String),
}

/// Words that are no cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is not a cursor")]
pub struct NotACursor;

impl FromStr for Cursor {
    type Err = NotACursor;
    fn from_str(s: &str) -> Result<Self, NotACursor> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(s).map_err(|_| NotACursor)?;
        let (item, bytes) = bytes.split_first_chunk().ok_or(NotACursor)?;
        let (kind, lead) = bytes.split_first().ok_or(NotACursor)?;
        let lead = match *kind {
            Lead::RECORDED if lead.is_empty() => Lead::Recorded,
            Lead::PLACE => {
                let (plan, position) = lead.split_first_chunk().ok_or(NotACursor)?;
                let position = position.try_into().map_err(|_| NotACursor)?;
                Lead::Place(Uuid::from_bytes(*plan).into(), u32::from_be_bytes(position))
            }
            Lead::NUMBER => {
                Lead::Number(i64::from_be_bytes(lead.try_into().map_err(|_| NotACursor)?))
            }
            Lead::TEXT => Lead::Text(String::from_utf8(lead.to_vec()).map_err(|_| NotACursor)?),
            _ => return Err(NotACursor),
        };
        Ok(Self(lead, Uuid::from_bytes(*item)))
    }
}

impl fmt::Display for Cursor {
    /// The item's id, the kind of key and the key, in URL-safe base64.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(lead, item) = self;
        let mut bytes = Vec::with_capacity(64);
        bytes.extend_from_slice(item.as_bytes());
        match lead {
            Lead::Recorded => bytes.push(Lead::RECORDED),
            Lead::Place(plan, position) => {
                bytes.push(Lead::PLACE);
                bytes.extend_from_slice(Uuid::from(*plan).as_bytes());
                bytes.extend_from_slice(&position.to_be_bytes());
            }
            Lead::Number(number) => {
                bytes.push(Lead::NUMBER);
                bytes.extend_from_slice(&number.to_be_bytes());
            }
            Lead::Text(text) => {
                bytes.push(Lead::TEXT);
                bytes.extend_from_slice(text.as_bytes());
            }
        }
        Base64Display::new(&bytes, &BASE64_URL_SAFE_NO_PAD).fmt(f)
    }
}

impl Lead {
    const RECORDED: u8 = 0;
    const PLACE: u8 = 1;
    const NUMBER: u8 = 2;
    const TEXT: u8 = 3;
}

/// What an item is ordered by, within one register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Key<'v> {
    /// By the order of recording alone.
    Recorded,
    /// By plan, then by position in it.
    Place(PlanRef, u32),
    /// By a number.
    Number(i64),
    /// By a name or title, in pinyin order.
    Text(Cow<'v, str>),
}

impl Ord for Key<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Place(a, x), Self::Place(b, y)) => (a, x).cmp(&(b, y)),
            (Self::Number(a), Self::Number(b)) => a.cmp(b),
            (Self::Text(a), Self::Text(b)) => collation::compare(a, b),
            // One list has keys of one kind.
            _ => Ordering::Equal,
        }
    }
}

impl PartialOrd for Key<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// What a list holds. Equals stand in its own order.
pub(crate) trait Item: Copy + Ord {
    /// The item with an id.
    fn find(id: Uuid, view: &View) -> Option<Self>;

    /// Its id.
    fn id(self, view: &View) -> Uuid;
}

impl<I: Image> Item for Ref<I> {
    fn find(id: Uuid, view: &View) -> Option<Self> {
        view.register().find::<I>(id.into())
    }

    fn id(self, view: &View) -> Uuid {
        view.id(self).into()
    }
}

/// A list in a total order: by key, equals in the order of recording.
pub(crate) trait List<'v, T> {
    /// What an item is ordered by.
    fn key(&self, item: T) -> Key<'v>;

    /// The items behind a place, in order; all of them if none is given.
    fn after<'l>(&'l self, place: Option<&(Key<'v>, T)>) -> Box<dyn Iterator<Item = T> + 'l>;

    /// The items before a place, nearest first; all of them from the end if none is given.
    fn before<'l>(&'l self, place: Option<&(Key<'v>, T)>) -> Box<dyn Iterator<Item = T> + 'l>;
}

/// Cuts a page out of a list.
pub(crate) fn page<'v, T: Item>(
    view: &'v View,
    list: &impl List<'v, T>,
    request: &PageRequest,
) -> Result<Piece<T>, BadPage> {
    let place = |cursor: &Option<Cursor>, argument| {
        let resolve =
            |cursor: &Cursor| place_of(view, list, cursor).ok_or(BadPage::Cursor { argument });
        cursor.as_ref().map(resolve).transpose()
    };
    let (after, before) = (
        place(&request.after, "after")?,
        place(&request.before, "before")?,
    );
    let size = request.size() as usize;
    let at = |item: T| (list.key(item), item);
    let mut items: Vec<T>;
    if request.backward {
        let behind = |item: &T| after.as_ref().is_none_or(|place| at(*item) > *place);
        items = list
            .before(before.as_ref())
            .take_while(behind)
            .take(size + 1)
            .collect();
    } else {
        let in_front = |item: &T| before.as_ref().is_none_or(|place| at(*item) < *place);
        items = list
            .after(after.as_ref())
            .take_while(in_front)
            .take(size + 1)
            .collect();
    }
    // What the page has no room for tells that the list goes on, so that it need not be walked again.
    let more = items.len() > size;
    items.truncate(size);
    if request.backward {
        items.reverse();
    }
    let stands_before = |place| list.before(Some(place)).next().is_some();
    let stands_behind = |place| list.after(Some(place)).next().is_some();
    let (has_previous, has_next) = match (items.first(), items.last()) {
        (Some(&begin), Some(&end)) => (
            (request.backward && more) || (after.is_some() && stands_before(&at(begin))),
            (!request.backward && more) || (before.is_some() && stands_behind(&at(end))),
        ),
        // An empty page lies at the end of the range at which it would have begun to be filled.
        _ if request.backward => {
            let end = list.before(None).next().map(at);
            match &before {
                Some(place) => (stands_before(place), end.is_some_and(|end| end >= *place)),
                None => (end.is_some(), false),
            }
        }
        _ => {
            let begin = list.after(None).next().map(at);
            match &after {
                Some(place) => (
                    begin.is_some_and(|begin| begin <= *place),
                    stands_behind(place),
                ),
                None => (false, begin.is_some()),
            }
        }
    };
    Ok(Piece {
        items,
        has_previous,
        has_next,
    })
}

/// Where an item of a list stands.
pub(crate) fn cursor<'v, T: Item>(view: &View, list: &impl List<'v, T>, item: T) -> Cursor {
    let lead = match list.key(item) {
        Key::Recorded => Lead::Recorded,
        Key::Place(plan, position) => Lead::Place(view.id(plan), position),
        Key::Number(number) => Lead::Number(number),
        Key::Text(text) => Lead::Text(text.into_owned()),
    };
    Cursor(lead, item.id(view))
}

fn place_of<'v, T: Item>(
    view: &'v View,
    list: &impl List<'v, T>,
    cursor: &Cursor,
) -> Option<(Key<'v>, T)> {
    let Cursor(lead, id) = cursor;
    let item = T::find(*id, view)?;
    let key = match lead {
        Lead::Recorded => Key::Recorded,
        Lead::Place(plan, position) => Key::Place(view.register().find(*plan)?, *position),
        Lead::Number(number) => Key::Number(*number),
        Lead::Text(text) => Key::Text(text.clone().into()),
    };
    let same_order = std::mem::discriminant(&key) == std::mem::discriminant(&list.key(item));
    same_order.then_some((key, item))
}

/// A list that was sorted as a whole.
pub(crate) struct Sorted<'v, T> {
    items: Vec<(Key<'v>, T)>,
    key: Box<dyn Fn(T) -> Key<'v> + 'v>,
}

impl<'v, T: Item> Sorted<'v, T> {
    pub(crate) fn new(items: impl Iterator<Item = T>, key: impl Fn(T) -> Key<'v> + 'v) -> Self {
        let mut items: Vec<_> = items.map(|item| (key(item), item)).collect();
        items.sort_unstable();
        Self {
            items,
            key: Box::new(key),
        }
    }

    /// All of the list.
    pub(crate) fn into_items(self) -> Vec<T> {
        self.items.into_iter().map(|(_, item)| item).collect()
    }
}

impl<'v, T: Item> List<'v, T> for Sorted<'v, T> {
    fn key(&self, item: T) -> Key<'v> {
        (self.key)(item)
    }

    fn after<'l>(&'l self, place: Option<&(Key<'v>, T)>) -> Box<dyn Iterator<Item = T> + 'l> {
        let from = place.map_or(0, |place| self.items.partition_point(|item| item <= place));
        Box::new(self.items[from..].iter().map(|(_, item)| *item))
    }

    fn before<'l>(&'l self, place: Option<&(Key<'v>, T)>) -> Box<dyn Iterator<Item = T> + 'l> {
        let to = place.map_or(self.items.len(), |place| {
            self.items.partition_point(|item| item < place)
        });
        Box::new(self.items[..to].iter().rev().map(|(_, item)| *item))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn lead() -> impl Strategy<Value = Lead> {
        prop_oneof![
            Just(Lead::Recorded),
            (any::<u128>(), any::<u32>())
                .prop_map(|(plan, position)| Lead::Place(Uuid::from_u128(plan).into(), position)),
            any::<i64>().prop_map(Lead::Number),
            any::<String>().prop_map(Lead::Text),
        ]
    }

    proptest! {
        #[test]
        fn a_cursor_reads_back(lead in lead(), item in any::<u128>()) {
            let cursor = Cursor(lead, Uuid::from_u128(item));
            prop_assert_eq!(cursor.to_string().parse(), Ok(cursor));
        }

        #[test]
        fn words_that_are_no_cursor_are_refused_or_are_the_cursor_of_themselves(words in "[A-Za-z0-9_-]{0,80}") {
            if let Ok(cursor) = words.parse::<Cursor>() {
                prop_assert_eq!(cursor.to_string(), words);
            }
        }
    }
}
