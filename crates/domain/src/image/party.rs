//! The compact form of the facts of [`crate::party`].

use super::{Image, PartyRef, PlaceRef};
use crate::{
    fold::fold,
    party,
    register::{Graph, Inapplicable, Packer, Ref, Register, Table, TextRef},
    time::Validity,
    vocabulary::{NameKind, PartyKind},
};

/// Image of [`crate::party::Party`].
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "as in the fact of the same name")]
pub struct Party {
    pub kind: PartyKind,
    pub parent: Option<PartyRef>,
    pub place: Option<PlaceRef>,
    pub code: Option<TextRef>,
    pub position: u32,
    pub validity: Validity,
}

impl Image for Party {
    type Fact = party::Party;
    const ENTITY: &'static str = "party";
    type Rows = Vec<Self>;

    fn table(graph: &Graph) -> &Table<Self> {
        &graph.parties
    }

    fn pack(fact: &Self::Fact, packer: &mut Packer<'_>) -> Result<Self, Inapplicable> {
        Ok(Self {
            kind: fact.kind,
            parent: packer.optional(fact.parent)?,
            place: packer.optional(fact.place)?,
            code: packer.optional_text(fact.code.as_deref()),
            position: fact.position,
            validity: fact.validity,
        })
    }

    fn unpack(&self, register: &Register) -> Self::Fact {
        party::Party {
            kind: self.kind,
            parent: self.parent.map(|parent| register.id_of(parent)),
            place: self.place.map(|place| register.id_of(place)),
            code: register.optional_string(self.code),
            position: self.position,
            validity: self.validity,
        }
    }

    fn link(&self, this: Ref<Self>, earlier: Option<&Self>, register: &Register) {
        register
            .graph
            .party_children
            .link(self.parent, this, earlier.is_none());
        register
            .graph
            .place_parties
            .link(self.place, this, earlier.is_none());
    }
}

/// Image of [`crate::party::PartyName`].
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "as in the fact of the same name")]
pub struct PartyName {
    pub party: PartyRef,
    pub text: TextRef,
    pub kind: NameKind,
    pub validity: Validity,
}

impl Image for PartyName {
    type Fact = party::PartyName;
    const ENTITY: &'static str = "party_name";
    type Rows = Vec<Self>;

    fn table(graph: &Graph) -> &Table<Self> {
        &graph.party_names
    }

    fn pack(fact: &Self::Fact, packer: &mut Packer<'_>) -> Result<Self, Inapplicable> {
        Ok(Self {
            party: packer.refer(fact.party)?,
            text: packer.name(&fact.text),
            kind: fact.kind,
            validity: fact.validity,
        })
    }

    fn unpack(&self, register: &Register) -> Self::Fact {
        party::PartyName {
            party: register.id_of(self.party),
            text: register.string(self.text),
            kind: self.kind,
            validity: self.validity,
        }
    }

    fn stays(&self, earlier: &Self) -> bool {
        self.party == earlier.party
    }

    fn link(&self, this: Ref<Self>, earlier: Option<&Self>, register: &Register) {
        if earlier.is_none() {
            register.graph.names_of.add(self.party, this);
        }
        register
            .graph
            .by_name
            .add(&fold(register.text(self.text)), this);
    }
}
