//! The compact form of the facts of [`crate::place`].

use super::{Image, PlaceRef};
use crate::{
    place,
    register::{Graph, Inapplicable, Packer, Ref, Register, Table, TextRef},
    vocabulary::PlaceLevel,
};

/// Image of [`crate::place::Place`].
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "as in the fact of the same name")]
pub struct Place {
    pub code: Option<TextRef>,
    pub name: TextRef,
    pub level: PlaceLevel,
    pub parent: Option<PlaceRef>,
}

impl Image for Place {
    type Fact = place::Place;
    const ENTITY: &'static str = "place";
    type Rows = Vec<Self>;

    fn table(graph: &Graph) -> &Table<Self> {
        &graph.places
    }

    fn pack(fact: &Self::Fact, packer: &mut Packer<'_>) -> Result<Self, Inapplicable> {
        Ok(Self {
            code: packer.optional_text(fact.code.as_deref()),
            name: packer.name(&fact.name),
            level: fact.level,
            parent: packer.optional(fact.parent)?,
        })
    }

    fn unpack(&self, register: &Register) -> Self::Fact {
        place::Place {
            code: register.optional_string(self.code),
            name: register.string(self.name),
            level: self.level,
            parent: self.parent.map(|parent| register.id_of(parent)),
        }
    }

    fn link(&self, this: Ref<Self>, earlier: Option<&Self>, register: &Register) {
        register
            .graph
            .place_children
            .link(self.parent, this, earlier.is_none());
        if let Some(code) = self.code {
            register.graph.by_place_code.add(register.text(code), this);
        }
    }
}
