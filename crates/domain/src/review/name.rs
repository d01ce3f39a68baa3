//! What the names in a draft mean: bodies that the register knows, new ones, and those that come near.

use super::{Meaning, Named, Noted, Review};
use crate::{
    directory::{Directory, Near, Resolution},
    draft::DraftParty,
    fold::fold,
    text::Span,
    time::Day,
    vocabulary::{PartyKind, Reference},
};
use rustc_hash::FxHashMap;

/// A name that a draft writes, once for however often it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Naming {
    /// The name as it is written first.
    pub name: String,
    /// Where it stands first.
    pub span: Span,
    /// How many clauses name it.
    pub count: usize,
    /// How the text refers to the body.
    pub reference: Reference,
    /// The kind of body, from the name or the directory.
    pub kind: PartyKind,
    /// The name made whole in the document's place, where that is another.
    pub full_name: Option<String>,
    /// What the directory says.
    pub understood: Understood,
    /// What a person said that it means, which counts before the directory.
    pub said: Option<Meaning>,
    /// Bodies whose names come near, where the directory does not know it for certain.
    pub near: Vec<Near>,
}

/// What a directory says of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Understood {
    /// The entry that it means.
    Known(usize),
    /// It may mean any of these.
    Ambiguous(Vec<usize>),
    /// It means none that is known: a new party is proposed.
    New,
}

impl Naming {
    /// Whether a person has yet to say which body is meant.
    pub fn is_open(&self) -> bool {
        matches!(self.understood, Understood::Ambiguous(_)) && self.said.is_none()
    }
}

impl Review {
    /// Every name that the clauses write, in the order of the text, and what it means by `directory`.
    pub fn namings(&self, text: &str, directory: &Directory) -> Vec<Naming> {
        let mut by_name: FxHashMap<String, usize> = FxHashMap::default();
        let mut namings: Vec<Naming> = vec![];
        for Noted {
            removed,
            fact: Named { party, .. },
            ..
        } in &self.parties
        {
            let Some(name) = party.name(text).filter(|_| !removed) else {
                continue;
            };
            if let Some(&known) = by_name.get(&fold(&name)) {
                namings[known].count += 1;
                continue;
            }
            by_name.insert(fold(&name), namings.len());
            namings.push(self.naming(name, party, directory));
        }
        namings
    }

    fn naming(&self, name: String, party: &DraftParty, directory: &Directory) -> Naming {
        let (jurisdiction, on) = (self.document.jurisdiction.as_deref(), self.day());
        let understood = understood(
            directory,
            &name,
            party.full_name.as_deref(),
            jurisdiction,
            on,
        );
        let near = match understood {
            Understood::New if party.reference == Reference::Named => {
                directory.near(&name, jurisdiction, on)
            }
            _ => vec![],
        };
        let folded = fold(&name);
        let said = self.meanings.iter().find(|said| fold(&said.name) == folded);
        Naming {
            name,
            span: party.span,
            count: 1,
            reference: party.reference,
            kind: party.kind,
            full_name: party.full_name.clone(),
            understood,
            said: said.map(|said| said.means.clone()),
            near,
        }
    }

    fn day(&self) -> Option<Day> {
        self.document.issued_on.or(self.document.posted_on)
    }
}

/// What a name means on the document's day, or else on any.
fn understood(
    directory: &Directory,
    name: &str,
    full_name: Option<&str>,
    jurisdiction: Option<&str>,
    on: Option<Day>,
) -> Understood {
    let mut several = None;
    for name in [Some(name), full_name].into_iter().flatten() {
        for on in [on, None] {
            match directory.resolve(name, jurisdiction, on) {
                Resolution::Known(entry) => return Understood::Known(entry),
                Resolution::Ambiguous(entries) => _ = several.get_or_insert(entries),
                Resolution::Unknown => {}
            }
        }
    }
    several.map_or(Understood::New, Understood::Ambiguous)
}
