//! How the root of queries is said: once, as the types beneath it are.
//!
//! `graph_root!` takes the fields at the root and gives the engine's object, and how the writer writes it. Unlike the fields
//! of types they may wait, and they answer from what a request brings, not from a view: they choose the view.

use super::moment::Moment;
use crate::{limits::Budget, served::Served};
use async_graphql::Context;
use domain::change::Actor;
use std::sync::Arc;

/// What a request brings.
#[derive(Clone, Copy)]
pub(crate) struct Asked<'a> {
    /// The registers.
    pub(crate) served: &'a Served,
    /// Who asks.
    pub(crate) actor: &'a Actor,
    /// What is now.
    pub(crate) moment: &'a Moment,
    /// What the answer may grow to.
    pub(crate) budget: &'a Arc<Budget>,
}

impl<'a> Asked<'a> {
    /// The same, where the engine answers.
    pub(crate) fn of(ctx: &Context<'a>) -> Self {
        Self {
            served: ctx.data_unchecked(),
            actor: ctx.data_unchecked(),
            moment: ctx.data_unchecked(),
            budget: ctx.data_unchecked(),
        }
    }
}

macro_rules! graph_root {
    (
        $(#[$doc:meta])*
        root $name:ident($asked:ident) {
            $(
                $(#[$field_doc:meta])*
                $field:ident $(($($(#[$arg_attr:meta])* $arg:ident: $arg_type:ty),* $(,)?))? -> $type:ty = $value:expr;
            )*
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name;

        $(#[$doc])*
        #[async_graphql::Object]
        impl $name {
            $(
                $(#[$field_doc])*
                async fn $field(&self, ctx: &async_graphql::Context<'_> $($(, $(#[$arg_attr])* $arg: $arg_type)*)?)
                    -> async_graphql::Result<$type>
                {
                    let $asked = $crate::graph::root::Asked::of(ctx);
                    Ok($value)
                }
            )*
        }

        impl $name {
            /// The root, as the writer knows it.
            pub(crate) const SHAPE: &'static $crate::render::Shape = &$crate::render::Shape {
                name: stringify!($name),
                field: |name| {
                    use $crate::{graph::define::numbered, render::{Field, Render}};
                    let mut numbers = 0u16..;
                    $(numbered!(numbers, name, $field, Field {
                        index: 0,
                        shapes: <$type as Render>::SHAPES,
                        arguments: $crate::graph::define::arguments!($($($arg: $arg_type,)*)?),
                        stored: false,
                    });)*
                    None
                },
            };

            /// Writes the value of a field.
            pub(crate) async fn field(
                $asked: $crate::graph::root::Asked<'_>,
                step: &$crate::render::Step,
                place: &$crate::render::Place<'_>,
                out: &mut $crate::render::Out,
            ) -> Result<(), $crate::render::Failed> {
                /// The fields in the order of their numbers.
                #[expect(non_camel_case_types, reason = "they are called as the fields are")]
                enum Number { $($field,)* }
                match step.field {
                    $(number if number == Number::$field as u16 => {
                        $(let ($($arg,)*): ($($arg_type,)*) = step.arguments(place)?;)?
                        let value = async { Ok::<$type, async_graphql::Error>($value) };
                        $crate::graph::define::render!(value.await, step, place, out)
                    })*
                    _ => unreachable!("a compiled field is one of the root's"),
                }
            }
        }
    };
}

pub(crate) use graph_root;
