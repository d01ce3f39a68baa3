//! Loading parties, with their names and the places that they govern.

use super::{
    Absent, LoadContext, LoadRefused, Loading, PartyRow,
    territory::{Territory, territory},
};
use crate::{
    change::Change,
    id::{PartyId, PlaceId},
    image,
    party::{Party, PartyName},
    place::Place,
    time::Validity,
    view::{Valid, View},
    vocabulary::NameKind,
};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;

/// Bring the register's parties in line with a source's.
#[derive(Clone, Debug)]
pub struct LoadParties {
    /// What the source says.
    pub rows: Arc<[PartyRow]>,
    /// How the load goes on.
    pub context: LoadContext,
}

impl LoadParties {
    /// What loading changes: nothing where the register says the same already.
    pub fn decide(&self, view: &View) -> Result<Vec<Change>, LoadRefused> {
        let rows = parents_first(&self.rows);
        let positions = view
            .known::<image::Party>()
            .map(|(_, party)| party.position);
        let mut work = Work {
            loading: Loading::new(&self.context, view)?,
            next_position: positions.max().map_or(0, |last| last + 1),
            parties: FxHashMap::default(),
            places: vec![],
            new_parties: vec![],
            names: vec![],
        };
        for row in &rows {
            work.party(row);
        }
        work.refuse_cycles(&rows)?;
        let ended = match self.context.absent {
            Absent::Stay => vec![],
            Absent::End => work.absent(),
        };
        Ok([work.places, work.new_parties, work.names, ended].concat())
    }
}

/// The rows in an order in which each comes behind the one above it. (Of a cycle, in any order.)
fn parents_first(rows: &[PartyRow]) -> Vec<&PartyRow> {
    let by_key: FxHashMap<&str, &PartyRow> =
        rows.iter().map(|row| (row.key.as_str(), row)).collect();
    let mut placed = FxHashSet::default();
    let mut order = Vec::with_capacity(rows.len());
    for row in rows {
        let above = |row: &&PartyRow| by_key.get(row.parent.as_deref()?).copied();
        let mut chain = vec![];
        for row in std::iter::successors(Some(row), above) {
            if !placed.insert(row.key.as_str()) {
                break;
            }
            chain.push(row);
        }
        order.extend(chain.into_iter().rev());
    }
    order
}

struct Work<'a> {
    loading: Loading<'a>,
    /// The directory position behind all parties.
    next_position: u32,
    /// The party of each key of this load, the one above it and its place.
    parties: FxHashMap<&'a str, (PartyId, Option<PartyId>, Option<PlaceId>)>,
    places: Vec<Change>,
    new_parties: Vec<Change>,
    names: Vec<Change>,
}

impl<'a> Work<'a> {
    fn party(&mut self, row: &'a PartyRow) {
        let parent = row.parent.as_deref().and_then(|key| self.id(key));
        let place = self.place(row);
        let held = self.loading.held::<image::Party>(&row.key);
        let position = held.map_or(self.next_position, |held| {
            self.loading.view.thing(held).position
        });
        self.next_position = self.next_position.max(position + 1);
        let view = self.loading.view;
        let reorganized = held.filter(|held| view.party_is_reorganized(*held));
        let party = Party {
            kind: row.kind,
            parent,
            place,
            code: row.code.clone(),
            position,
            // What was decided here of a body, a source that has not heard of it does not undo.
            validity: reorganized.map_or(Validity::ALWAYS, |held| view.thing(held).validity),
        };
        let id = self
            .loading
            .put(&row.key, held, party, &mut self.new_parties);
        self.parties.insert(&row.key, (id, parent, place));
        let of_key = self.loading.held::<image::PartyName>(&row.key);
        if held.is_some_and(|held| self.is_called_otherwise_here(held, of_key, &row.name)) {
            return;
        }
        let name = PartyName {
            party: id,
            text: row.name.clone(),
            kind: NameKind::Official,
            validity: Validity::ALWAYS,
        };
        self.loading.put(&row.key, of_key, name, &mut self.names);
    }

    /// Whether a source calls a body as the register knows that it is or was called, and the body has another name, or
    /// none any more, by what was decided here.
    fn is_called_otherwise_here(
        &self,
        party: image::PartyRef,
        of_key: Option<image::PartyNameRef>,
        name: &str,
    ) -> bool {
        let view = self.loading.view;
        let names = view.party_names(party, Valid::Any);
        let is_other = |it: &image::PartyNameRef| {
            Some(*it) != of_key && view.thing(*it).kind == NameKind::Official
        };
        let is_known = names
            .iter()
            .any(|it| view.text(view.thing(*it).text) == name);
        is_known && (names.iter().any(is_other) || view.party_is_reorganized(party))
    }

    /// The party of a key, of this load or an earlier one.
    fn id(&self, key: &str) -> Option<PartyId> {
        let loaded = self.parties.get(key).map(|(id, ..)| *id);
        loaded.or_else(|| self.loading.origins.find::<image::Party>(key))
    }

    /// The place that a government governs: the one with its division code, or one that comes with the row.
    fn place(&mut self, row: &PartyRow) -> Option<PlaceId> {
        let Territory { code, name, level } = territory(row)?;
        let held = self.loading.held::<image::Place>(&row.key);
        let official = code.and_then(|code| self.loading.view.place_find_by_code(code));
        if let Some(official) = official
            && held.is_none()
        {
            return Some(self.loading.view.id(official));
        }
        let place = Place {
            code: code.map(str::to_owned),
            name: name.to_owned(),
            level,
            parent: row.parent.as_deref().and_then(|key| self.place_of(key)),
        };
        Some(self.loading.put(&row.key, held, place, &mut self.places))
    }

    /// The place of the party with this key.
    fn place_of(&self, key: &str) -> Option<PlaceId> {
        if let Some((_, _, place)) = self.parties.get(key) {
            return *place;
        }
        let view = self.loading.view;
        let place = view.thing(self.loading.held::<image::Party>(key)?).place?;
        Some(view.id(place))
    }

    /// Walks up from each party, by what this load says and where it says nothing by what the register says.
    fn refuse_cycles(&self, rows: &[&PartyRow]) -> Result<(), LoadRefused> {
        let view = self.loading.view;
        let parents: FxHashMap<PartyId, Option<PartyId>> = self
            .parties
            .values()
            .map(|(id, parent, _)| (*id, *parent))
            .collect();
        let above = |party: &PartyId| {
            if let Some(parent) = parents.get(party) {
                return *parent;
            }
            let held = view.find::<image::Party>(*party)?;
            Some(view.id(view.thing(held).parent?))
        };
        let longest = rows.len() + view.known::<image::Party>().count();
        for row in rows {
            let chain = std::iter::successors(self.id(&row.key), above);
            if chain.take(longest + 1).count() > longest {
                return Err(LoadRefused::ParentCycle {
                    key: row.key.clone(),
                });
            }
        }
        Ok(())
    }

    /// Ends what the source loaded before and does not list any more.
    fn absent(&self) -> Vec<Change> {
        let Loading { view, origins, .. } = self.loading;
        let mut absent: Vec<_> = origins
            .keys::<image::Party>()
            .filter(|(key, _)| !self.parties.contains_key(&**key))
            .filter_map(|(_, id)| view.find::<image::Party>(id.into()))
            .collect();
        absent.sort_unstable();
        let mut changes = vec![];
        for party in absent {
            changes.extend(self.loading.end(party));
            let names = view.party_names(party, Valid::Any).into_iter();
            let own = names.filter(|name| origins.brought(view.id(*name)));
            changes.extend(own.filter_map(|name| self.loading.end(name)));
        }
        changes
    }
}
