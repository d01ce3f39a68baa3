//! Places.

use super::{View, Words};
use crate::{
    image::{PartyRef, Place, PlaceRef},
    page::{self, BadPage, Cursor, Key, Page, PageRequest, Sorted},
    vocabulary::PlaceLevel,
};

/// Which places.
#[derive(Clone, Debug, Default)]
pub struct PlaceFilter {
    /// Of this level.
    pub level: Option<PlaceLevel>,
    /// Directly within this place.
    pub parent: Option<PlaceRef>,
    /// With these words in the name.
    pub words: Option<Words>,
}

impl View {
    /// A page of places, by division code; those without one last.
    pub fn place_page(
        &self,
        filter: &PlaceFilter,
        request: &PageRequest,
    ) -> Result<Page<Place>, BadPage> {
        page::page(
            self,
            &Sorted::new(self.places(filter), |place| self.place_key(place)),
            request,
        )
    }

    /// Where a place stands in the list of places.
    pub fn place_cursor(&self, place: PlaceRef) -> Cursor {
        page::cursor(
            self,
            &Sorted::new(std::iter::empty(), |place| self.place_key(place)),
            place,
        )
    }

    /// How many places.
    pub fn place_count(&self, filter: &PlaceFilter) -> usize {
        self.places(filter).count()
    }

    /// The place with this division code.
    pub fn place_find_by_code(&self, code: &str) -> Option<PlaceRef> {
        let has_code = |&place: &PlaceRef| {
            self.get(place)
                .and_then(|image| image.code)
                .is_some_and(|known| self.text(known) == code)
        };
        self.register()
            .graph
            .by_place_code
            .find(code)
            .into_iter()
            .filter(has_code)
            .min()
    }

    /// The places directly within a place.
    pub fn place_children(&self, place: PlaceRef) -> Vec<PlaceRef> {
        let within = |child: &PlaceRef| {
            self.get(*child)
                .is_some_and(|image| image.parent == Some(place))
        };
        let mut children: Vec<_> = self
            .register()
            .graph
            .place_children
            .of(place)
            .filter(within)
            .collect();
        children.sort_unstable_by_key(|&child| (self.place_key(child), child));
        children
    }

    /// The parties of a place, in directory order.
    pub fn place_parties(&self, place: PlaceRef) -> Vec<PartyRef> {
        let of_place = |party: &PartyRef| {
            self.get(*party).is_some_and(|image| {
                image.place == Some(place) && image.validity.contains(self.valid_on())
            })
        };
        let mut parties: Vec<_> = self
            .register()
            .graph
            .place_parties
            .of(place)
            .filter(of_place)
            .collect();
        parties.sort_unstable_by_key(|&party| (self.thing(party).position, party));
        parties
    }

    /// Whether `place` is `within` or lies in it.
    pub fn place_lies_in(&self, place: PlaceRef, within: PlaceRef) -> bool {
        let above = |place: &PlaceRef| self.thing(*place).parent;
        std::iter::successors(Some(place), above).any(|place| place == within)
    }

    fn places(&self, filter: &PlaceFilter) -> impl Iterator<Item = PlaceRef> {
        let matches = |place: &Place| {
            filter.level.is_none_or(|level| place.level == level)
                && filter
                    .parent
                    .is_none_or(|parent| place.parent == Some(parent))
                && filter
                    .words
                    .as_ref()
                    .is_none_or(|words| words.are_in(self.text(place.name)))
        };
        self.known::<Place>()
            .filter(move |(_, image)| matches(image))
            .map(|(place, _)| place)
    }

    fn place_key(&self, place: PlaceRef) -> Key<'_> {
        Key::Number(self.place_number(place))
    }

    /// Division codes have six to twelve digits; as numbers of twelve they stand in the order of their digits.
    pub(crate) fn place_number(&self, place: PlaceRef) -> i64 {
        let code = self.thing(place).code.map(|code| self.text(code));
        let padded = |code: &str| format!("{code:0<12}").parse::<i64>().ok();
        code.and_then(padded).unwrap_or(i64::MAX)
    }
}
