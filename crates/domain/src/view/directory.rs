//! The register's parties as a directory, for finding out what a name means.

use super::{Valid, View};
use crate::{
    directory::{Directory, Entry, EntryName},
    image::{Party, PartyRef},
};

impl View {
    /// Every party that this view knows with all its names, and its handle at the same index.
    pub fn directory(&self) -> (Directory, Vec<PartyRef>) {
        let mut directory = Directory::default();
        let mut parties = vec![];
        for (party, image) in self.known::<Party>() {
            let names = self
                .party_names(party, Valid::Any)
                .into_iter()
                .map(|name| self.thing(name));
            directory.push(Entry {
                names: names
                    .map(|name| EntryName {
                        text: self.text(name.text).to_owned(),
                        kind: name.kind,
                        validity: name.validity,
                    })
                    .collect(),
                kind: image.kind,
                level: image.place.map(|place| self.thing(place).level),
                division_code: None,
                place: image
                    .place
                    .map(|place| self.text(self.thing(place).name).to_owned()),
                parent: None,
                validity: image.validity,
            });
            parties.push(party);
        }
        (directory, parties)
    }
}
