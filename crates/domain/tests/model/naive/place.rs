//! Places.

use super::{Moment, has_words, plan::id, sorted};
use domain::{
    id::{PartyId, PlaceId},
    party::Party,
    place::Place,
    register::Register,
    view::{PlaceFilter, Valid},
};

impl Moment<'_> {
    /// By division code, those without one last.
    pub(super) fn by_code(&self, places: impl Iterator<Item = PlaceId>) -> Vec<PlaceId> {
        sorted(places, |place| {
            let code = self.lists.thing::<Place>(place).code.clone();
            // A shorter code is that of the whole: the digits that it lacks are zeros.
            let digits = code.map(|mut code| {
                while code.len() < 12 {
                    code.push('0');
                }
                code
            });
            (digits.is_none(), digits)
        })
    }

    pub(crate) fn places(
        &self,
        register: &Register,
        filter: &PlaceFilter,
        words: Option<&str>,
    ) -> Vec<PlaceId> {
        let parent = id(register, filter.parent);
        let listed = |place: &Place| {
            has_words(&place.name, words)
                && filter.level.is_none_or(|level| place.level == level)
                && (parent.is_none() || place.parent == parent)
        };
        let places = self
            .lists
            .known::<Place>()
            .filter(|(_, place)| listed(place));
        self.by_code(places.map(|(id, _)| id))
    }

    /// Of two places with one code, which the rules do not allow, the first recorded.
    pub(crate) fn place_by_code(&self, code: &str) -> Option<PlaceId> {
        let mut places = self.lists.known::<Place>();
        let found = places.find(|(_, place)| place.code.as_deref() == Some(code));
        found.map(|(id, _)| id)
    }

    pub(crate) fn place_children(&self, place: PlaceId) -> Vec<PlaceId> {
        let places = self.lists.known::<Place>();
        let within = places.filter(|(_, child)| child.parent == Some(place));
        self.by_code(within.map(|(id, _)| id))
    }

    pub(crate) fn place_parties(&self, place: PlaceId) -> Vec<PartyId> {
        let parties = self.lists.known::<Party>();
        let of_it = parties.filter(|(_, party)| {
            party.place == Some(place) && self.lists(party.validity, Valid::OnDay)
        });
        self.in_directory_order(of_it.map(|(id, _)| id))
    }

    pub(crate) fn place_lies_in(&self, place: PlaceId, within: PlaceId) -> bool {
        let parent = self.lists.thing::<Place>(place).parent;
        place == within || parent.is_some_and(|parent| self.place_lies_in(parent, within))
    }
}
