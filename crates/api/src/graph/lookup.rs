//! From a client's ids to handles.

use super::{id::GlobalId, scope::Scope};
use crate::error::{Code, Fault};
use domain::{change::Fact, id::Id, image::Image, register::Ref};

/// The thing that an argument names.
pub(crate) fn one<I: Image>(
    scope: &Scope,
    argument: &'static str,
    id: Option<GlobalId>,
) -> async_graphql::Result<Option<Ref<I>>> {
    id.map(|id| find(scope, argument, &id)).transpose()
}

/// The things that an argument names; nothing given is none.
pub(crate) fn each<I: Image>(
    scope: &Scope,
    argument: &'static str,
    ids: Option<Vec<GlobalId>>,
) -> async_graphql::Result<Vec<Ref<I>>> {
    ids.into_iter()
        .flatten()
        .map(|id| find(scope, argument, &id))
        .collect()
}

/// The thing with this id; an error if it is of another kind or this view does not know it.
pub(crate) fn find<I: Image>(
    scope: &Scope,
    argument: &'static str,
    id: &GlobalId,
) -> async_graphql::Result<Ref<I>> {
    let kind = <I::Fact as Fact>::Id::KIND;
    let fault = |message| Fault::new(Code::BadUserInput, message);
    if id.kind != kind {
        return Err(fault(format!(
            "{argument} takes the id of a {kind}; this one is of a {}",
            id.kind
        ))
        .into());
    }
    let unknown = || {
        fault(format!(
            "{argument}: the register knows no {kind} with this id at the time asked for"
        ))
    };
    Ok(scope.view.find::<I>(id.key.into()).ok_or_else(unknown)?)
}
