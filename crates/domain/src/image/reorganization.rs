//! The compact form of the facts of [`crate::reorganization`].

use super::{Image, PartyRef, Wording};
use crate::{
    id::PartyId,
    register::{Graph, Inapplicable, Packer, Ref, Register, Table},
    reorganization,
    time::Day,
    vocabulary::ReorganizationKind,
};
use std::sync::Arc;

/// Image of [`crate::reorganization::Reorganization`].
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "as in the fact of the same name")]
pub struct Reorganization {
    pub kind: ReorganizationKind,
    pub effective: Day,
    pub from: Arc<[PartyRef]>,
    pub to: Arc<[PartyRef]>,
    pub wording: Option<Wording>,
}

impl Image for Reorganization {
    type Fact = reorganization::Reorganization;
    const ENTITY: &'static str = "reorganization";
    type Rows = Vec<Self>;

    fn table(graph: &Graph) -> &Table<Self> {
        &graph.reorganizations
    }

    fn pack(fact: &Self::Fact, packer: &mut Packer<'_>) -> Result<Self, Inapplicable> {
        Ok(Self {
            kind: fact.kind,
            effective: fact.effective,
            from: pack(&fact.from, packer)?,
            to: pack(&fact.to, packer)?,
            wording: fact
                .wording
                .as_ref()
                .map(|wording| Wording::pack(wording, packer))
                .transpose()?,
        })
    }

    fn unpack(&self, register: &Register) -> Self::Fact {
        reorganization::Reorganization {
            kind: self.kind,
            effective: self.effective,
            from: unpack(&self.from, register),
            to: unpack(&self.to, register),
            wording: self.wording.map(|wording| wording.unpack(register)),
        }
    }

    fn link(&self, this: Ref<Self>, _: Option<&Self>, register: &Register) {
        // A body may be named twice, and a version that comes later may name others.
        for party in &*self.from {
            let graph = &register.graph;
            graph.reorganizations_from.link(Some(*party), this, false);
        }
        for party in &*self.to {
            let graph = &register.graph;
            graph.reorganizations_to.link(Some(*party), this, false);
        }
    }
}

fn pack(parties: &[PartyId], packer: &Packer<'_>) -> Result<Arc<[PartyRef]>, Inapplicable> {
    parties.iter().map(|party| packer.refer(*party)).collect()
}

fn unpack(parties: &[PartyRef], register: &Register) -> Vec<PartyId> {
    let ids = parties.iter().map(|party| register.id_of(*party));
    ids.collect()
}
