//! The register's parties as a directory, for finding out what a name means.

use super::{Valid, View};
use crate::{
    directory::{Directory, Entry, EntryName},
    image::{Party, PartyRef},
    time::Validity,
    vocabulary::NameKind,
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
            // Whoever writes the name of a body that is over means those who came after it.
            let inherited = self.party_inherited_names(party).into_iter();
            let inherited = inherited.map(|(name, day)| EntryName {
                text: self.text(self.thing(name).text).to_owned(),
                kind: NameKind::Former,
                validity: Validity::since(day),
            });
            directory.push(Entry {
                names: names
                    .map(|name| EntryName {
                        text: self.text(name.text).to_owned(),
                        kind: name.kind,
                        validity: name.validity,
                    })
                    .chain(inherited)
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
