//! Answers written as bytes straight from a view, without a tree of values in between.
//!
//! A [`Selection`] is compiled once from the document, against the [`Shape`]s that `graph::define` makes of each type; then
//! every value writes itself, from the root of the query down. The same fields answer the engine, so an answer is the same
//! either way: what the writer does not do (a field that waits for the store, the schema itself) it leaves to the engine
//! for the whole operation.
//!
//! An error makes the nearest nullable value above it null, as GraphQL has it, and is told with its whole path.

mod leaf;
mod piece;
mod place;
mod selection;
mod written;

pub(crate) use leaf::{ascii, display, leaves, number, plain, word};
pub(crate) use place::Place;
pub(crate) use selection::{Compiler, Given, Kept, LeftToEngine, Selection, Step, is_called};
pub(crate) use written::{Written, errors_alone};

use crate::limits::Budget;
use async_graphql::ServerError;

/// A value that can write itself as JSON.
pub(crate) trait Render {
    /// The object types that it may turn out to be; none for a leaf.
    const SHAPES: &'static [&'static Shape] = &[];

    /// Writes what is selected of it. After an error what was written is to be taken back.
    fn render(&self, place: &Place<'_>, selection: &Selection, out: &mut Out)
    -> Result<(), Failed>;
}

/// Writes a value by one expression, with what it may turn out to be; for a leaf there is [`leaves`].
macro_rules! rendered {
    (
        [$($generics:tt)*] $type:ty: $shapes:expr,
        |$value:ident, $place:ident, $selection:ident, $out:ident| $write:expr
    ) => {
        impl<$($generics)*> $crate::render::Render for $type {
            const SHAPES: &'static [&'static $crate::render::Shape] = $shapes;

            fn render(
                &self,
                $place: &$crate::render::Place<'_>,
                $selection: &$crate::render::Selection,
                $out: &mut $crate::render::Out,
            ) -> Result<(), $crate::render::Failed> {
                let $value = self;
                $write
            }
        }
    };
}

pub(crate) use rendered;

/// An object type, as the writer knows it.
#[derive(Debug)]
pub(crate) struct Shape {
    /// The type's name.
    pub(crate) name: &'static str,
    /// The field with this name in GraphQL.
    pub(crate) field: fn(&str) -> Option<Field>,
}

/// A field of an object type.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field {
    /// Its number within the type.
    pub(crate) index: u16,
    /// What its value may turn out to be.
    pub(crate) shapes: &'static [&'static Shape],
    /// Reads its arguments, as the tuple that the field takes.
    pub(crate) arguments: fn(&Given<'_>) -> Result<selection::Arguments, ServerError>,
    /// Whether it waits for the store, so that the writer cannot answer it.
    pub(crate) stored: bool,
}

/// An object: it can write each of its fields.
pub(crate) trait Object {
    /// Its type.
    const SHAPE: &'static Shape;

    /// Writes the value of a field.
    fn field(&self, step: &Step, place: &Place<'_>, out: &mut Out) -> Result<(), Failed>;
}

/// Writes an object: what is selected of it, in the order of the selection.
pub(crate) fn object<T: Object>(
    object: &T,
    place: &Place<'_>,
    selection: &Selection,
    out: &mut Out,
) -> Result<(), Failed> {
    let steps = selection.of(T::SHAPE);
    if steps.is_empty() {
        out.raw(b"{}");
        return Ok(());
    }
    for step in steps {
        out.piece(&step.prefix);
        if step.field == Step::TYPENAME {
            plain(out, T::SHAPE.name);
        } else {
            object.field(step, &place.key(&step.key), out)?;
        }
    }
    out.raw(b"}");
    Ok(())
}

/// An error on its way up to the nearest nullable value.
#[derive(Debug)]
pub(crate) struct Failed(Box<ServerError>);

impl Failed {
    /// The error of a field, at its place.
    pub(crate) fn new(
        error: impl Into<async_graphql::Error>,
        step: &Step,
        place: &Place<'_>,
    ) -> Self {
        Self::at(error.into().into_server_error(step.position), place)
    }

    fn at(mut error: ServerError, place: &Place<'_>) -> Self {
        error.path = place.path();
        Self(Box::new(error))
    }
}

/// What is being written.
#[derive(Debug)]
pub(crate) struct Out {
    bytes: Vec<u8>,
    /// Errors at which a nullable value became null.
    errors: Vec<ServerError>,
    /// Fields that have been answered and are not counted in the budget yet.
    fields: u64,
}

impl Out {
    /// An answer of about so many bytes: if they are enough it is never copied.
    pub(crate) fn new(room: usize) -> Self {
        let mut bytes = Vec::with_capacity(room);
        bytes.extend_from_slice(written::BEGIN);
        Self {
            bytes,
            errors: Vec::new(),
            fields: 0,
        }
    }

    /// The answer, once all fields at the root were written or one has failed.
    pub(crate) fn finish(mut self, written: Result<(), Failed>) -> Written {
        if let Err(failed) = written {
            self.nothing(written::BEGIN.len(), failed);
        }
        Written::new(self.bytes, self.errors)
    }

    /// Writes null for a value that failed, in the place of what was written of it.
    fn nothing(&mut self, start: usize, Failed(error): Failed) {
        self.bytes.truncate(start);
        self.raw(b"null");
        self.errors.push(*error);
    }

    /// Appends JSON as it stands.
    #[inline]
    pub(crate) fn raw(&mut self, json: &[u8]) {
        self.bytes.extend_from_slice(json);
    }

    /// Counts a field, and refuses it if the answer is too large.
    #[inline]
    pub(crate) fn count(
        &mut self,
        budget: &Budget,
        step: &Step,
        place: &Place<'_>,
    ) -> Result<(), Failed> {
        self.fields += 1;
        if budget.allows(self.fields) {
            return Ok(());
        }
        Err(Failed::new(budget.refusal(self.fields), step, place))
    }
}

rendered! {
    [T: Render] Option<T>: T::SHAPES, |value, place, selection, out| {
        let Some(value) = value else {
            out.raw(b"null");
            return Ok(());
        };
        let start = out.bytes.len();
        if let Err(failed) = value.render(place, selection, out) {
            out.nothing(start, failed);
        }
        Ok(())
    }
}

rendered! {
    [T: Render] Vec<T>: T::SHAPES, |items, place, selection, out| {
        sequence(items, place, out, |item, place, out| item.render(place, selection, out))
    }
}

/// Writes a list, item by item.
#[inline]
pub(crate) fn sequence<I>(
    items: impl IntoIterator<Item = I>,
    place: &Place<'_>,
    out: &mut Out,
    mut write: impl FnMut(I, &Place<'_>, &mut Out) -> Result<(), Failed>,
) -> Result<(), Failed> {
    out.raw(b"[");
    for (index, item) in items.into_iter().enumerate() {
        if index > 0 {
            out.raw(b",");
        }
        write(item, &place.index(index), out)?;
    }
    out.raw(b"]");
    Ok(())
}
