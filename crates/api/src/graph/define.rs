//! How a type of the graph is said: once.
//!
//! `graph_types!` takes each type with the handle it stands for and its fields, a line or two a field, and gives the
//! engine's object from it. A field is an expression over the view and the handle; its doc comment is the documentation
//! that clients read, and asking for it counts against the budget of the answer. Fields under `paged` are lists, cut into
//! pages by Relay's arguments, which they all take alike. Fields under `stored` wait for the store (long texts, the log);
//! all others answer from memory. To add a field, add a line.

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
        type $name:ident($view:ident, $it:ident: $handle:ty) {
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
            it: $handle,
        }

        impl $name {
            pub(crate) fn new(scope: &std::sync::Arc<$crate::graph::scope::Scope>, it: $handle) -> Self {
                Self { scope: std::sync::Arc::clone(scope), it }
            }
        }

        impl $crate::graph::scope::Within for $name {
            type Handle = $handle;
            fn within(scope: &std::sync::Arc<$crate::graph::scope::Scope>, it: $handle) -> Self {
                Self::new(scope, it)
            }
        }

        $(#[$doc])*
        #[async_graphql::Object]
        impl $name {
            $(
                $(#[$field_doc])*
                async fn $field(&self $($(, $(#[$arg_attr])* $arg: $arg_type)*)?) -> async_graphql::Result<$type> {
                    self.scope.budget.field()?;
                    #[expect(clippy::allow_attributes, reason = "not every field asks both")]
                    #[allow(unused_variables)]
                    let ($view, $it) = (&self.scope, &self.it);
                    Ok($value)
                }
            )*
            $($(
                $(#[$paged_doc])*
                #[expect(clippy::allow_attributes, reason = "not every field has arguments of its own")]
                #[allow(clippy::too_many_arguments)]
                async fn $paged(
                    &self,
                    $($($(#[$paged_arg_attr])* $paged_arg: $paged_arg_type,)*)?
                    #[graphql(desc = "How many, from the start of the list; 50 if no number is given, at most 1000.")]
                    first: Option<i32>,
                    #[graphql(desc = "Only what stands behind this cursor.")] after: Option<String>,
                    #[graphql(desc = "How many, from the end of the list. Excludes `first`.")] last: Option<i32>,
                    #[graphql(desc = "Only what stands before this cursor.")] before: Option<String>,
                ) -> async_graphql::Result<$paged_type> {
                    self.scope.budget.field()?;
                    #[expect(clippy::allow_attributes, reason = "not every field asks both")]
                    #[allow(unused_variables)]
                    let ($view, $it) = (&self.scope, &self.it);
                    let request = domain::page::PageRequest::new(first, after.as_deref(), last, before.as_deref());
                    $crate::graph::connection::cut($view, $list, request)
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
    )*};
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

pub(crate) use {graph_types, interface};
