//! The parties and places of a register, and those that a command adds to them.

use crate::{
    change::Change,
    directory::{Directory, Entry, EntryName, Resolution},
    fold::fold,
    id::{IdSequence, PartyId, PlaceId},
    image,
    party::{Party, PartyName},
    place::Place,
    time::{Day, Validity},
    view::View,
    vocabulary::NameKind,
};
use rustc_hash::FxHashMap;

/// What a command knows of parties: the register's directory, grown by what the command itself records.
pub(super) struct KnownParties {
    directory: Directory,
    /// The party of each entry of the directory.
    parties: Vec<PartyId>,
    places: FxHashMap<String, PlaceId>,
    next_position: u32,
    new_places: Vec<Change>,
    new_parties: Vec<Change>,
    new_names: Vec<Change>,
}

/// A party that the register does not hold yet.
pub(super) struct NewParty<'a> {
    pub(super) names: Vec<(&'a str, NameKind, Validity)>,
    /// The name of its place, by which its relative names are understood.
    pub(super) place_name: Option<&'a str>,
    pub(super) fact: Party,
}

impl KnownParties {
    pub(super) fn of(view: &View) -> Self {
        let (directory, parties) = view.directory();
        let positions = parties.iter().map(|&party| view.thing(party).position);
        let mut places = FxHashMap::default();
        for (place, image) in view.known::<image::Place>() {
            let id = view.id(place);
            places.insert(fold(view.text(image.name)), id);
            places.extend(image.code.map(|code| (view.text(code).to_owned(), id)));
        }
        Self {
            directory,
            next_position: positions.max().map_or(0, |last| last + 1),
            parties: parties.into_iter().map(|party| view.id(party)).collect(),
            places,
            new_places: vec![],
            new_parties: vec![],
            new_names: vec![],
        }
    }

    /// Which party a name means in a jurisdiction on a day, or else on any day; nothing if there is none or several.
    pub(super) fn resolve(
        &self,
        name: &str,
        jurisdiction: Option<&str>,
        on: Day,
    ) -> Option<PartyId> {
        let known = |on| match self.directory.resolve(name, jurisdiction, on) {
            Resolution::Known(entry) => Some(self.parties[entry]),
            Resolution::Ambiguous(_) | Resolution::Unknown => None,
        };
        known(Some(on)).or_else(|| known(None))
    }

    /// The place with this division code or name.
    pub(super) fn place(&self, code_or_name: &str) -> Option<PlaceId> {
        self.places.get(&fold(code_or_name)).copied()
    }

    /// The directory position behind all parties.
    pub(super) fn next_position(&self) -> u32 {
        self.next_position
    }

    /// Records a place.
    pub(super) fn add_place(&mut self, place: Place, ids: &mut IdSequence) -> PlaceId {
        let id = ids.next_id();
        self.places.insert(fold(&place.name), id);
        if let Some(code) = &place.code {
            self.places.insert(code.clone(), id);
        }
        self.new_places.push(Change::record(id, place));
        id
    }

    /// Records a party with its names.
    pub(super) fn add_party(&mut self, party: NewParty<'_>, ids: &mut IdSequence) -> PartyId {
        let NewParty {
            names,
            place_name,
            fact,
        } = party;
        let id: PartyId = ids.next_id();
        self.next_position = self.next_position.max(fact.position + 1);
        let entry_name = |&(text, kind, validity): &(&str, _, _)| EntryName {
            text: text.to_owned(),
            kind,
            validity,
        };
        self.directory.push(Entry {
            names: names.iter().map(entry_name).collect(),
            kind: fact.kind,
            level: None,
            division_code: None,
            place: place_name.map(str::to_owned),
            parent: None,
            validity: fact.validity,
        });
        self.parties.push(id);
        self.new_parties.push(Change::record(id, fact));
        for (text, kind, validity) in names {
            self.add_name(
                PartyName {
                    party: id,
                    text: text.to_owned(),
                    kind,
                    validity,
                },
                ids,
            );
        }
        id
    }

    /// Records a name of a party.
    pub(super) fn add_name(&mut self, name: PartyName, ids: &mut IdSequence) {
        self.new_names.push(Change::record(ids.next_id(), name));
    }

    /// Everything recorded, in the order in which a register can take it.
    pub(super) fn into_changes(self) -> Vec<Change> {
        [self.new_places, self.new_parties, self.new_names].concat()
    }
}
