//! How a type of the graph is said: once.
//!
//! `graph_types!` takes each type with the handle it stands for and its fields, a line or two a field, and gives two things
//! from it: the engine's object, and how the writer of [`crate::render`] writes it. A field is an expression over the view
//! and the handle; its doc comment is the documentation that clients read, and asking for it counts against the budget of
//! the answer. Fields under `paged` are lists, cut into pages by Relay's arguments, which they all take alike. Fields under
//! `stored` wait for the store (long texts, the log) and are answered by the engine alone; all others answer from memory.
//! To add a field, add a line. A type that is asked several fields of one thing, hundreds of times an answer, keeps what the
//! view knows of it (`=> Seen<…>`). A list of objects is an `All<…>`, and an object that stands beneath many a `One<…>`:
//! neither makes the objects unless the engine asks (`list`). `graph_values!` says small types that are values and have no
//! handle.

use async_graphql::{InputType, InputValueError, InputValueResult, Value, registry::Registry};
use std::borrow::Cow;

/// The value of an argument with a default, which it also has where the variable given for it is left out.
///
/// The engine takes such a variable for null, and refuses it where null is no value.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Defaulted<T>(pub(crate) T);

impl<T: InputType + Default> InputType for Defaulted<T> {
    type RawValueType = T::RawValueType;

    fn type_name() -> Cow<'static, str> {
        T::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        T::create_type_info(registry)
    }

    fn parse(value: Option<Value>) -> InputValueResult<Self> {
        match value {
            None => Ok(Self::default()),
            given => T::parse(given)
                .map(Self)
                .map_err(InputValueError::propagate),
        }
    }

    fn to_value(&self) -> Value {
        self.0.to_value()
    }

    fn as_raw_value(&self) -> Option<&Self::RawValueType> {
        self.0.as_raw_value()
    }
}

macro_rules! graph_types {
    ($(
        $(#[$doc:meta])*
        type $name:ident($view:ident, $it:ident: $handle:ty $(=> $kept:ty)?) {
            $(
                $(#[$field_doc:meta])*
                $field:ident $(($($(#[$arg_attr:meta])* $arg:ident: $arg_type:ty),* $(,)?))? -> $type:ty = $value:expr;
            )*
        }
        $(paged {
            $(
                $(#[$paged_doc:meta])*
                $paged:ident $(($($(#[$paged_arg_attr:meta])* $paged_arg:ident: $paged_arg_type:ty),* $(,)?))?
                    -> $paged_type:ty = $list:expr;
            )*
        })?
        $(stored {
            $(
                $(#[$stored_doc:meta])*
                $stored:ident $(($($(#[$stored_arg_attr:meta])* $stored_arg:ident: $stored_arg_type:ty),* $(,)?))?
                    -> $stored_type:ty = $stored_value:expr;
            )*
        })?
    )*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug)]
        pub(crate) struct $name {
            scope: std::sync::Arc<$crate::graph::scope::Scope>,
            it: $crate::graph::define::kept!($handle $(=> $kept)?),
        }

        impl $name {
            #[expect(clippy::allow_attributes, reason = "most types are made one by one somewhere")]
            #[allow(dead_code)]
            pub(crate) fn new(scope: &std::sync::Arc<$crate::graph::scope::Scope>, it: $handle) -> Self {
                $crate::graph::scope::make(scope, it)
            }
        }

        impl $crate::graph::scope::Within for $name {
            type Kept = $crate::graph::define::kept!($handle $(=> $kept)?);

            fn within(scope: &std::sync::Arc<$crate::graph::scope::Scope>, it: Self::Kept) -> Self {
                Self { scope: std::sync::Arc::clone(scope), it }
            }

            fn write(
                scope: &std::sync::Arc<$crate::graph::scope::Scope>,
                it: &Self::Kept,
                place: &$crate::render::Place<'_>,
                selection: &$crate::render::Selection,
                out: &mut $crate::render::Out,
            ) -> Result<(), $crate::render::Failed> {
                $crate::render::object(&$crate::graph::scope::In::<Self> { scope, it }, place, selection, out)
            }
        }

        $(#[$doc])*
        #[async_graphql::Object]
        impl $name {
            $(
                $(#[$field_doc])*
                #[expect(clippy::allow_attributes, reason = "few fields have many arguments")]
                #[allow(clippy::too_many_arguments)]
                fn $field(&self $($(, $(#[$arg_attr])* $arg: $arg_type)*)?) -> async_graphql::Result<$type> {
                    self.scope.budget.field()?;
                    $crate::graph::define::field!(&self.scope, &self.it, $view, $it, $value)
                }
            )*
            $($(
                $(#[$paged_doc])*
                #[expect(clippy::allow_attributes, reason = "not every field has arguments of its own")]
                #[allow(clippy::too_many_arguments)]
                fn $paged(
                    &self,
                    $($($(#[$paged_arg_attr])* $paged_arg: $paged_arg_type,)*)?
                    #[graphql(desc = "How many, from the start of the list; 50 if no number is given, at most 1000.")]
                    first: Option<i32>,
                    #[graphql(desc = "Only what stands behind this cursor.")] after: Option<String>,
                    #[graphql(desc = "How many, from the end of the list. Excludes `first`.")] last: Option<i32>,
                    #[graphql(desc = "Only what stands before this cursor.")] before: Option<String>,
                ) -> async_graphql::Result<$paged_type> {
                    self.scope.budget.field()?;
                    $crate::graph::define::page!(&self.scope, &self.it, $view, $it, $list, first, after, last, before)
                }
            )*)?
            $($(
                $(#[$stored_doc])*
                async fn $stored(&self $($(, $(#[$stored_arg_attr])* $stored_arg: $stored_arg_type)*)?)
                    -> async_graphql::Result<$stored_type>
                {
                    self.scope.budget.field()?;
                    let ($view, $it) = (&self.scope, &self.it);
                    $stored_value
                }
            )*)?
        }

        $crate::render::rendered! {
            [] $name: &[<$crate::graph::scope::In<'static, Self> as $crate::render::Object>::SHAPE],
            |object, place, selection, out| {
                <Self as $crate::graph::scope::Within>::write(&object.scope, &object.it, place, selection, out)
            }
        }

        impl $crate::render::Object for $crate::graph::scope::In<'_, $name> {
            const SHAPE: &'static $crate::render::Shape = &$crate::render::Shape {
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
                    $($(numbered!(numbers, name, $paged, Field {
                        index: 0,
                        shapes: <$paged_type as Render>::SHAPES,
                        arguments: $crate::graph::define::arguments!(
                            $($($paged_arg: $paged_arg_type,)*)?
                            first: Option<i32>, after: Option<String>, last: Option<i32>, before: Option<String>,
                        ),
                        stored: false,
                    });)*)?
                    $($(numbered!(numbers, name, $stored, Field {
                        index: 0,
                        shapes: &[],
                        arguments: $crate::graph::define::arguments!(),
                        stored: true,
                    });)*)?
                    None
                },
            };

            fn field(
                &self,
                step: &$crate::render::Step,
                place: &$crate::render::Place<'_>,
                out: &mut $crate::render::Out,
            ) -> Result<(), $crate::render::Failed> {
                /// The fields in the order of their numbers.
                #[expect(non_camel_case_types, reason = "they are called as the fields are")]
                enum Number { $($field,)* $($($paged,)*)? }
                match step.field {
                    $(number if number == Number::$field as u16 => {
                        $(let ($($arg,)*): ($($arg_type,)*) = step.arguments(place)?;)?
                        out.count(&self.scope.budget, step, place)?;
                        let value = || -> async_graphql::Result<$type> {
                            $crate::graph::define::field!(self.scope, self.it, $view, $it, $value)
                        };
                        $crate::graph::define::render!(value(), step, place, out)
                    })*
                    $($(number if number == Number::$paged as u16 => {
                        let ($($($paged_arg,)*)? first, after, last, before): (
                            $($($paged_arg_type,)*)? Option<i32>, Option<String>, Option<i32>, Option<String>,
                        ) = step.arguments(place)?;
                        out.count(&self.scope.budget, step, place)?;
                        let value = || -> async_graphql::Result<$paged_type> {
                            $crate::graph::define::page!(self.scope, self.it, $view, $it, $list, first, after, last, before)
                        };
                        $crate::graph::define::render!(value(), step, place, out)
                    })*)?
                    _ => unreachable!("fields that wait for the store are not compiled"),
                }
            }
        }
    )*};
}

/// What an object keeps: its handle, or what it is said to keep instead.
macro_rules! kept {
    ($handle:ty) => {
        $handle
    };
    ($handle:ty => $kept:ty) => {
        $kept
    };
}

/// Small types that are values: what they hold is what they answer.
macro_rules! graph_values {
    ($(
        $(#[$doc:meta])*
        value $name:ident {
            $($(#[$field_doc:meta])* $field:ident: $type:ty,)*
        }
    )*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug)]
        pub(crate) struct $name {
            $($(#[$field_doc])* pub(crate) $field: $type,)*
        }

        $(#[$doc])*
        #[async_graphql::Object]
        impl $name {
            $($(#[$field_doc])* fn $field(&self) -> &$type { &self.$field })*
        }

        $crate::render::rendered! {
            [] $name: &[<Self as $crate::render::Object>::SHAPE],
            |value, place, selection, out| $crate::render::object(value, place, selection, out)
        }

        impl $crate::render::Object for $name {
            const SHAPE: &'static $crate::render::Shape = &$crate::render::Shape {
                name: stringify!($name),
                field: |name| {
                    use $crate::{graph::define::numbered, render::{Field, Render}};
                    let mut numbers = 0u16..;
                    $(numbered!(numbers, name, $field, Field {
                        index: 0,
                        shapes: <$type as Render>::SHAPES,
                        arguments: $crate::graph::define::arguments!(),
                        stored: false,
                    });)*
                    None
                },
            };

            fn field(
                &self,
                step: &$crate::render::Step,
                place: &$crate::render::Place<'_>,
                out: &mut $crate::render::Out,
            ) -> Result<(), $crate::render::Failed> {
                #[expect(non_camel_case_types, reason = "they are called as the fields are")]
                enum Number { $($field,)* }
                match step.field {
                    $(number if number == Number::$field as u16 => {
                        $crate::render::Render::render(&self.$field, place, &step.below, out)
                    })*
                    _ => unreachable!("a compiled field is one of the type's"),
                }
            }
        }
    )*};
}

/// The value of a field, over the names that its expression uses.
macro_rules! field {
    ($scope:expr, $kept:expr, $view:ident, $it:ident, $value:expr) => {{
        #[expect(clippy::allow_attributes, reason = "not every field asks both")]
        #[allow(unused_variables)]
        let ($view, $it) = ($scope, $kept);
        Ok($value)
    }};
}

/// The page that Relay's arguments cut from a list.
macro_rules! page {
    (
        $scope:expr, $kept:expr, $view:ident, $it:ident, $list:expr,
        $first:ident, $after:ident, $last:ident, $before:ident
    ) => {{
        #[expect(clippy::allow_attributes, reason = "not every list asks both")]
        #[allow(unused_variables)]
        let ($view, $it) = ($scope, $kept);
        let request =
            domain::page::PageRequest::new($first, $after.as_deref(), $last, $before.as_deref());
        $crate::graph::connection::cut($view, $list, request)
    }};
}

/// Writes the value of a field, unless it failed.
macro_rules! render {
    ($value:expr, $step:ident, $place:ident, $out:ident) => {{
        let value = $value.map_err(|error| $crate::render::Failed::new(error, $step, $place))?;
        $crate::render::Render::render(&value, $place, &$step.below, $out)
    }};
}

/// Gives a field the next number, and returns it if it is the one that is asked for.
macro_rules! numbered {
    ($numbers:ident, $asked:ident, $field:ident, $what:expr) => {
        let index = $numbers.next().unwrap_or_default();
        if $crate::render::is_called(stringify!($field), $asked) {
            return Some(Field { index, ..$what });
        }
    };
}

/// Reads the arguments of a field as the tuple that it takes.
macro_rules! arguments {
    () => {
        |_| Ok(None)
    };
    ($($arg:ident: $type:ty,)+) => {
        |given| Ok(Some(Box::new(($(given.read::<$type>(stringify!($arg))?,)+))))
    };
}

/// A value that is one of several objects writes itself as that one.
macro_rules! rendered_choice {
    ($name:ident: $($member:ident)|+) => {
        $crate::render::rendered! {
            [] $name: &[$(<$member as $crate::render::Render>::SHAPES[0],)+],
            |choice, place, selection, out| match choice {
                $(Self::$member(member) => $crate::render::Render::render(member, place, selection, out),)+
            }
        }
    };
}

/// An interface and the types that implement it: its fields are those that all of them have, as they have them.
macro_rules! interface {
    (
        $(#[doc = $doc:literal])*
        interface $name:ident: $($member:ident)|+
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug)]
        pub(crate) enum $name {
            $(#[doc = stringify!($member)] $member($member),)+
        }

        $(impl From<$member> for $name {
            fn from(member: $member) -> Self {
                Self::$member(member)
            }
        })+

        $crate::graph::define::rendered_choice!($name: $($member)|+);

        impl async_graphql::OutputType for $name {
            fn type_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn introspection_type_name(&self) -> std::borrow::Cow<'static, str> {
                match self {
                    $(Self::$member(_) => <$member as async_graphql::OutputType>::type_name(),)+
                }
            }

            fn create_type_info(registry: &mut async_graphql::registry::Registry) -> String {
                let description = [$($doc),*].map(str::trim).join("\n");
                $crate::graph::interface::register::<Self>(registry, &description, &[$(
                    (stringify!($member), <$member as async_graphql::OutputType>::create_type_info),
                )+])
            }

            async fn resolve(
                &self,
                ctx: &async_graphql::ContextSelectionSet<'_>,
                field: &async_graphql::Positioned<async_graphql::parser::types::Field>,
            ) -> async_graphql::ServerResult<async_graphql::Value> {
                match self {
                    $(Self::$member(member) => member.resolve(ctx, field).await,)+
                }
            }
        }
    };
}

pub(crate) use {
    arguments, field, graph_types, graph_values, interface, kept, numbered, page, render,
    rendered_choice,
};
