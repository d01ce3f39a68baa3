//! What writes itself straight from a scope, without an object or memory of its own for each thing. The engine gets objects
//! and plain lists.

use super::scope::{Keep, Scope, Within};
use crate::render::{Render, rendered, sequence};
use async_graphql::{
    ContextSelectionSet, OutputType, Positioned, ServerResult, Value, parser::types::Field,
    registry::Registry,
};
use domain::vocabulary::{Word, WordSet};
use std::{borrow::Cow, marker::PhantomData, sync::Arc};

/// Objects for many things, of one scope.
#[derive(Debug)]
pub(crate) struct All<T: Within> {
    scope: Arc<Scope>,
    things: Vec<T::Kept>,
}

/// Objects for many handles. They count against the budget of the answer.
pub(crate) fn all<T: Within, H: Keep<T::Kept>>(
    scope: &Arc<Scope>,
    handles: impl IntoIterator<Item = H>,
) -> All<T> {
    let things: Vec<_> = handles.into_iter().map(|it| it.keep(scope)).collect();
    scope.budget.items(things.len());
    All {
        scope: Arc::clone(scope),
        things,
    }
}

impl<T: Within<Kept: Clone>> All<T> {
    /// The objects.
    pub(crate) fn to_vec(&self) -> Vec<T> {
        let things = self.things.iter().cloned();
        things.map(|it| T::within(&self.scope, it)).collect()
    }
}

rendered! {
    [T: Within] All<T>: T::SHAPES, |list, place, selection, out| {
        sequence(&list.things, place, out, |it, place, out| {
            T::write(&list.scope, it, place, selection, out)
        })
    }
}

/// Objects for the parts of something, told by their numbers.
#[derive(Debug)]
pub(crate) struct Numbered<T, W> {
    scope: Arc<Scope>,
    whole: Arc<W>,
    count: usize,
    objects: PhantomData<fn() -> T>,
}

/// Objects for so many parts, the first of which is number 0. They count against the budget of the answer.
pub(crate) fn numbered<T, W>(scope: &Arc<Scope>, whole: &Arc<W>, count: usize) -> Numbered<T, W> {
    scope.budget.items(count);
    Numbered {
        scope: Arc::clone(scope),
        whole: Arc::clone(whole),
        count,
        objects: PhantomData,
    }
}

impl<T: Within<Kept = (Arc<W>, usize)>, W> Numbered<T, W> {
    fn to_vec(&self) -> Vec<T> {
        let part = |number| T::within(&self.scope, (Arc::clone(&self.whole), number));
        (0..self.count).map(part).collect()
    }
}

rendered! {
    [T: Within<Kept = (Arc<W>, usize)>, W] Numbered<T, W>: T::SHAPES, |list, place, selection, out| {
        let mut part = (Arc::clone(&list.whole), 0);
        sequence(0..list.count, place, out, |number, place, out| {
            part.1 = number;
            T::write(&list.scope, &part, place, selection, out)
        })
    }
}

/// An object for one thing.
#[derive(Debug)]
pub(crate) struct One<'s, T: Within> {
    scope: &'s Arc<Scope>,
    thing: T::Kept,
}

/// An object for a handle.
pub(crate) fn one<T: Within>(scope: &Arc<Scope>, handle: impl Keep<T::Kept>) -> One<'_, T> {
    One {
        scope,
        thing: handle.keep(scope),
    }
}

rendered! {
    [T: Within] One<'_, T>: T::SHAPES, |one, place, selection, out| {
        T::write(one.scope, &one.thing, place, selection, out)
    }
}

impl<T: OutputType + Within<Kept: Clone + Send + Sync>> OutputType for One<'_, T> {
    fn type_name() -> Cow<'static, str> {
        T::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        T::create_type_info(registry)
    }

    async fn resolve(
        &self,
        ctx: &ContextSelectionSet<'_>,
        field: &Positioned<Field>,
    ) -> ServerResult<Value> {
        let object = T::within(self.scope, self.thing.clone());
        object.resolve(ctx, field).await
    }
}

/// A word of the schema that is one of the domain's.
pub(crate) trait WordOf: From<Self::Domain> {
    /// What it is there.
    type Domain: Word;
}

/// Words of a vocabulary, each once.
#[derive(Debug)]
pub(crate) struct EachOnce<W: WordOf>(pub(crate) WordSet<W::Domain>);

impl<W: WordOf> EachOnce<W> {
    fn to_vec(&self) -> Vec<W> {
        self.0.iter().map(W::from).collect()
    }
}

rendered! {
    [W: WordOf + Render] EachOnce<W>: W::SHAPES, |words, place, selection, out| {
        sequence(words.0.iter(), place, out, |word, place, out| {
            W::from(word).render(place, selection, out)
        })
    }
}

/// How the engine answers lists.
macro_rules! plain_lists {
    ($([$($generics:tt)*] $list:ty: $item:ty;)*) => {$(
        impl<$($generics)*> OutputType for $list {
            fn type_name() -> Cow<'static, str> {
                Vec::<$item>::type_name()
            }

            fn qualified_type_name() -> String {
                Vec::<$item>::qualified_type_name()
            }

            fn create_type_info(registry: &mut Registry) -> String {
                Vec::<$item>::create_type_info(registry)
            }

            async fn resolve(
                &self,
                ctx: &ContextSelectionSet<'_>,
                field: &Positioned<Field>,
            ) -> ServerResult<Value> {
                self.to_vec().resolve(ctx, field).await
            }
        }
    )*};
}

plain_lists! {
    [T: OutputType + Within<Kept: Clone + Send + Sync>] All<T>: T;
    [T: OutputType + Within<Kept = (Arc<W>, usize)>, W: Send + Sync] Numbered<T, W>: T;
    [W: OutputType + WordOf<Domain: Send + Sync>] EachOnce<W>: W;
}
