//! Anything with an id.

use super::{
    assignment::Assignment,
    clause::Clause,
    define::interface,
    document::Document,
    party::{
        Agency, Collective, District, Enterprise, FunctionalZone, Government, Institution,
        OtherParty, Party, PartyName,
    },
    place::Place,
    plan::{Plan, Section},
    progress::ProgressReport,
    progress_rule::ProgressRule,
    reorganization::Reorganization,
    scope::{Keep, Scope, Within, make},
    standing::Standing,
    supervision::SupervisionCase,
    target::{Deadline, Target},
    task::Task,
};
use domain::{
    change::Fact,
    id::Id,
    image::{self, Image},
};
use std::sync::Arc;
use uuid::Uuid;

interface! {
    /// Anything that has a global id and can be refetched by it (Relay's Global Object Identification).
    interface Node:
        Plan | Section | Task | Clause | Assignment | Target | Deadline | Document | Place | Reorganization | Standing
        | ProgressReport | SupervisionCase | ProgressRule | Agency | District | Government | FunctionalZone | Enterprise | Institution | Collective | OtherParty
        | PartyName
}

impl From<Party> for Node {
    fn from(party: Party) -> Self {
        match party {
            Party::Agency(party) => party.into(),
            Party::District(party) => party.into(),
            Party::Government(party) => party.into(),
            Party::FunctionalZone(party) => party.into(),
            Party::Enterprise(party) => party.into(),
            Party::Institution(party) => party.into(),
            Party::Collective(party) => party.into(),
            Party::OtherParty(party) => party.into(),
        }
    }
}

/// The thing of this kind and key, if the view knows it; nothing for kinds that there are not.
pub(crate) fn find(scope: &Arc<Scope>, kind: &str, key: Uuid) -> Option<Node> {
    fn object<I: Image, T: Within + Into<Node>>(
        scope: &Arc<Scope>,
        kind: &str,
        key: Uuid,
    ) -> Option<Node>
    where
        domain::register::Ref<I>: Keep<T::Kept>,
    {
        let of_kind = kind == <I::Fact as Fact>::Id::KIND;
        let found = of_kind.then(|| scope.view.find::<I>(key.into())).flatten();
        found.map(|thing| make::<T>(scope, thing).into())
    }
    let kinds = [
        object::<image::Plan, Plan>,
        object::<image::Section, Section>,
        object::<image::Task, Task>,
        object::<image::Clause, Clause>,
        object::<image::Assignment, Assignment>,
        object::<image::Target, Target>,
        object::<image::Deadline, Deadline>,
        object::<image::Document, Document>,
        object::<image::Place, Place>,
        object::<image::Reorganization, Reorganization>,
        object::<image::Standing, Standing>,
        object::<image::ProgressReport, ProgressReport>,
        object::<image::SupervisionCase, SupervisionCase>,
        object::<image::ProgressRule, ProgressRule>,
        object::<image::Party, Party>,
        object::<image::PartyName, PartyName>,
    ];
    kinds
        .into_iter()
        .find_map(|object| object(scope, kind, key))
}
