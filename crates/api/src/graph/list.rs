//! What writes itself straight from a scope, without an object or memory of its own for each thing. The engine gets objects
//! and plain lists.

use super::scope::{Keep, Scope, Within};
use crate::render::{Failed, Out, Place, Render, Selection, Shape, sequence};
use async_graphql::{
    ContextSelectionSet, OutputType, Positioned, ServerResult, Value, parser::types::Field,
    registry::Registry,
};
use domain::vocabulary::{Word, WordSet};
use std::{borrow::Cow, sync::Arc};

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

impl<T: Within> Render for All<T> {
    const SHAPES: &'static [&'static Shape] = T::SHAPES;

    fn render(
        &self,
        place: &Place<'_>,
        selection: &Selection,
        out: &mut Out,
    ) -> Result<(), Failed> {
        sequence(&self.things, place, out, |it, place, out| {
            T::write(&self.scope, it, place, selection, out)
        })
    }
}

/// One of many things that are kept together, told by its number.
pub(crate) trait OneOfMany: Clone {
    /// Makes it the one with this number.
    fn turn_to(&mut self, number: usize);
}

impl<M> OneOfMany for (Arc<M>, usize) {
    fn turn_to(&mut self, number: usize) {
        self.1 = number;
    }
}

/// Objects for things that are kept together.
#[derive(Debug)]
pub(crate) struct Numbered<T: Within> {
    scope: Arc<Scope>,
    first: T::Kept,
    count: usize,
}

/// Objects for as many things, the first of which is number 0. They count against the budget of the answer.
pub(crate) fn numbered<T: Within<Kept = (Arc<M>, usize)>, M>(
    scope: &Arc<Scope>,
    of: &Arc<M>,
    count: usize,
) -> Numbered<T> {
    scope.budget.items(count);
    Numbered {
        scope: Arc::clone(scope),
        first: (Arc::clone(of), 0),
        count,
    }
}

impl<T: Within<Kept: OneOfMany>> Numbered<T> {
    fn to_vec(&self) -> Vec<T> {
        let one = |number| {
            let mut it = self.first.clone();
            it.turn_to(number);
            T::within(&self.scope, it)
        };
        (0..self.count).map(one).collect()
    }
}

impl<T: Within<Kept: OneOfMany>> Render for Numbered<T> {
    const SHAPES: &'static [&'static Shape] = T::SHAPES;

    fn render(
        &self,
        place: &Place<'_>,
        selection: &Selection,
        out: &mut Out,
    ) -> Result<(), Failed> {
        let mut it = self.first.clone();
        sequence(0..self.count, place, out, |number, place, out| {
            it.turn_to(number);
            T::write(&self.scope, &it, place, selection, out)
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

impl<T: Within> Render for One<'_, T> {
    const SHAPES: &'static [&'static Shape] = T::SHAPES;

    fn render(
        &self,
        place: &Place<'_>,
        selection: &Selection,
        out: &mut Out,
    ) -> Result<(), Failed> {
        T::write(self.scope, &self.thing, place, selection, out)
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

impl<W: WordOf + Render> Render for EachOnce<W> {
    fn render(
        &self,
        place: &Place<'_>,
        selection: &Selection,
        out: &mut Out,
    ) -> Result<(), Failed> {
        sequence(self.0.iter(), place, out, |word, place, out| {
            W::from(word).render(place, selection, out)
        })
    }
}

/// How the engine answers lists.
macro_rules! plain_lists {
    ($($list:ident<$item:ident: $($bound:path),+>;)*) => {$(
        impl<$item: $($bound +)+> OutputType for $list<$item> {
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
    All<T: OutputType, Within<Kept: Clone + Send + Sync>>;
    Numbered<T: OutputType, Within<Kept: OneOfMany + Send + Sync>>;
    EachOnce<W: OutputType, WordOf<Domain: Send + Sync>>;
}
