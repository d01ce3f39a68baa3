//! Importing a directory: parties with their names, kinds and places, as an office keeps them.

use super::known_parties::{KnownParties, NewParty};
use crate::{
    change::Change,
    directory::{Directory, Entry, EntryName, Resolution},
    id::{IdSequence, PartyId, PlaceId},
    image::{self, Party as PartyImage},
    party::{Party, PartyName},
    place::{Place, level_of},
    time::Day,
    view::{Valid, View},
    vocabulary::NameKind,
};
use rustc_hash::FxHashMap;
use uuid::Uuid;

/// Bring the register's parties and places in line with a directory. What the directory does not list stays.
#[derive(Clone, Debug)]
pub struct ImportDirectory<'d> {
    /// The directory.
    pub directory: &'d Directory,
    /// The day on which its names are compared with the register's.
    pub today: Day,
    /// The edge's seed for ids (UUID version 7).
    pub ids: Uuid,
}

/// Why a directory is not imported.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DirectoryRefused {
    /// A body is said to be under one that nobody knows.
    #[error(
        "{name:?} is listed under {parent:?}, which is neither in the directory nor in the register"
    )]
    ParentUnknown {
        /// The body.
        name: String,
        /// The one above it.
        parent: String,
    },
    /// A body is above itself.
    #[error("{name:?} is listed under itself, directly or through others")]
    ParentCycle {
        /// The body.
        name: String,
    },
}

impl ImportDirectory<'_> {
    /// What importing changes: nothing where the register says the same already.
    pub fn decide(&self, view: &View) -> Result<Vec<Change>, DirectoryRefused> {
        let known = KnownParties::of(view);
        let mut import = Import {
            command: self,
            view,
            first_position: known.next_position(),
            known,
            ids: IdSequence::new(self.ids),
            progress: vec![Progress::Waiting; self.directory.entries().len()],
            above: FxHashMap::default(),
            revised: vec![],
        };
        import.places();
        for row in 0..self.directory.entries().len() {
            import.party(row)?;
        }
        let mut changes = import.known.into_changes();
        changes.extend(import.revised);
        Ok(changes)
    }
}

struct Import<'v> {
    command: &'v ImportDirectory<'v>,
    view: &'v View,
    known: KnownParties,
    ids: IdSequence,
    /// Where the directory's first row comes among all parties.
    first_position: u32,
    progress: Vec<Progress>,
    /// The party above each one that this command revises.
    above: FxHashMap<PartyId, Option<PartyId>>,
    revised: Vec<Change>,
}

/// How far a row has come: the party above it is brought in first.
#[derive(Clone, Copy)]
enum Progress {
    Waiting,
    Begun,
    Done(PartyId),
}

impl Import<'_> {
    /// Records the places that have codes, provinces before what lies in them, whichever way the rows stand.
    fn places(&mut self) {
        let entries = self.command.directory.entries().iter();
        let mut with_codes: Vec<_> = entries
            .filter(|entry| entry.division_code.is_some())
            .collect();
        with_codes.sort_by_key(|entry| entry.division_code.as_deref());
        for entry in with_codes {
            self.place(entry);
        }
    }

    /// The place of an entry, recorded if the register does not know it.
    fn place(&mut self, entry: &Entry) -> Option<PlaceId> {
        let code = entry.division_code.as_deref();
        let known = |name: &str| self.known.place(name);
        if let Some(place) = code
            .and_then(known)
            .or_else(|| entry.place.as_deref().and_then(known))
        {
            return Some(place);
        }
        let place = Place {
            code: code.map(str::to_owned),
            name: entry.place.clone()?,
            level: entry
                .level
                .unwrap_or_else(|| level_of(entry.place.as_deref().unwrap_or_default())),
            parent: code.and_then(|code| self.place_around(code)),
        };
        Some(self.known.add_place(place, &mut self.ids))
    }

    /// The nearest known place in which a division code lies: 120116 lies in 120100, and that in 120000 (GB/T 2260).
    fn place_around(&self, code: &str) -> Option<PlaceId> {
        let wider = |digits: usize| {
            Some(format!(
                "{:0<width$}",
                code.get(..digits)?,
                width = code.len()
            ))
        };
        let narrower_first = (1..code.len().div_ceil(2))
            .rev()
            .filter_map(|pairs| wider(pairs * 2));
        narrower_first
            .filter(|around| around != code)
            .find_map(|around| self.known.place(&around))
    }

    /// The party of a row: the one of that official name, brought in line, or a new one.
    fn party(&mut self, row: usize) -> Result<PartyId, DirectoryRefused> {
        let entry = &self.command.directory.entries()[row];
        match self.progress[row] {
            Progress::Done(party) => return Ok(party),
            Progress::Begun => {
                return Err(DirectoryRefused::ParentCycle {
                    name: entry.official_name().to_owned(),
                });
            }
            Progress::Waiting => self.progress[row] = Progress::Begun,
        }
        let parent = self.parent(entry)?;
        let place = self.place(entry);
        let known = self.known_as(entry);
        let party = match known {
            Some(party) if self.lies_under(parent, party) => {
                return Err(DirectoryRefused::ParentCycle {
                    name: entry.official_name().to_owned(),
                });
            }
            Some(party) => {
                self.bring_in_line(party, entry, parent, place);
                party
            }
            None => self.record(row, entry, parent, place),
        };
        self.progress[row] = Progress::Done(party);
        Ok(party)
    }

    /// The party of the register that an entry describes: the one of its official name, or one that a document named
    /// by another of its names and that has no official name yet.
    fn known_as(&self, entry: &Entry) -> Option<PartyId> {
        let resolve = |name: &str| {
            self.known
                .resolve(name, entry.place.as_deref(), self.command.today)
        };
        let lacks_official = |party: &PartyId| {
            self.view.find::<PartyImage>(*party).is_some_and(|party| {
                let names = self.view.party_names(party, Valid::Any);
                names
                    .into_iter()
                    .all(|name| self.view.thing(name).kind != NameKind::Official)
            })
        };
        resolve(entry.official_name()).or_else(|| {
            entry
                .names
                .iter()
                .filter_map(|name| resolve(&name.text))
                .find(lacks_official)
        })
    }

    /// The party above an entry: of the directory itself, or one that the register knows.
    fn parent(&mut self, entry: &Entry) -> Result<Option<PartyId>, DirectoryRefused> {
        let Some(parent) = entry.parent.as_deref() else {
            return Ok(None);
        };
        let place = entry.place.as_deref();
        if let Resolution::Known(row) = self.command.directory.resolve(parent, place, None) {
            return self.party(row).map(Some);
        }
        let known = self.known.resolve(parent, place, self.command.today);
        known
            .map(Some)
            .ok_or_else(|| DirectoryRefused::ParentUnknown {
                name: entry.official_name().to_owned(),
                parent: parent.to_owned(),
            })
    }

    fn record(
        &mut self,
        row: usize,
        entry: &Entry,
        parent: Option<PartyId>,
        place: Option<PlaceId>,
    ) -> PartyId {
        let new = NewParty {
            names: entry
                .names
                .iter()
                .map(|name| (name.text.as_str(), name.kind, name.validity))
                .collect(),
            place_name: entry.place.as_deref(),
            fact: Party {
                kind: entry.kind,
                parent,
                place,
                code: None,
                position: self.first_position + row as u32,
                validity: entry.validity,
            },
        };
        self.known.add_party(new, &mut self.ids)
    }

    /// Whether `party` is `above` or lies under it, as the register will be.
    fn lies_under(&self, party: Option<PartyId>, above: PartyId) -> bool {
        let parent = |party: &PartyId| match self.above.get(party) {
            Some(parent) => *parent,
            None => self
                .view
                .thing(self.view.find::<PartyImage>(*party)?)
                .parent
                .map(|parent| self.view.id(parent)),
        };
        std::iter::successors(party, parent).any(|party| party == above)
    }

    fn bring_in_line(
        &mut self,
        party: PartyId,
        entry: &Entry,
        parent: Option<PartyId>,
        place: Option<PlaceId>,
    ) {
        let Some(held) = self.view.find::<PartyImage>(party) else {
            return;
        };
        let names = self.view.party_names(held, Valid::Any);
        for name in &entry.names {
            let same = |known: &image::PartyName| {
                known.kind == name.kind && self.view.text(known.text) == name.text
            };
            if !names.iter().any(|known| same(&self.view.thing(*known))) {
                let EntryName {
                    text,
                    kind,
                    validity,
                } = name.clone();
                self.known.add_name(
                    PartyName {
                        party,
                        text,
                        kind,
                        validity,
                    },
                    &mut self.ids,
                );
            }
        }
        let Some(before) = self.view.fact(held) else {
            return;
        };
        let after = Party {
            kind: entry.kind,
            parent: parent.or(before.parent),
            place: place.or(before.place),
            validity: entry.validity,
            ..before.clone()
        };
        if after != before {
            self.above.insert(party, after.parent);
            self.revised.push(Change::revise(party, before, after));
        }
    }
}
