//! How a command names a thing.

use super::super::id::GlobalId;
use async_graphql::{InputType, InputValueError, InputValueResult, Value, registry::Registry};
use std::{borrow::Cow, str::FromStr};
use uuid::Uuid;

/// A thing by its id, by its key, or by the command of the same changeset that records it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reference {
    /// By its id, whatever time that was read under.
    Id(GlobalId),
    /// By its key.
    Key(Uuid),
    /// `#0`: what the first command of the list records.
    Recorded(usize),
}

impl Reference {
    /// The command that records the thing, if it is named by that.
    pub(super) fn recorded(&self) -> Option<usize> {
        match self {
            Self::Recorded(command) => Some(*command),
            Self::Id(_) | Self::Key(_) => None,
        }
    }
}

/// Words that name nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "this names nothing: take an `id` or a `key`, or write #0 for what the first command of the list records"
)]
pub(crate) struct NotAReference;

impl FromStr for Reference {
    type Err = NotAReference;
    fn from_str(s: &str) -> Result<Self, NotAReference> {
        if let Some(command) = s.strip_prefix('#') {
            return command
                .parse()
                .map(Self::Recorded)
                .map_err(|_| NotAReference);
        }
        let key = || Uuid::try_parse(s).map(Self::Key);
        let id = s.parse().map(Self::Id);
        id.or_else(|_| key()).map_err(|_| NotAReference)
    }
}

/// A reference is an `ID` of the schema.
impl InputType for Reference {
    type RawValueType = Self;

    fn type_name() -> Cow<'static, str> {
        <GlobalId as InputType>::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        <GlobalId as InputType>::create_type_info(registry)
    }

    fn parse(value: Option<Value>) -> InputValueResult<Self> {
        match value.unwrap_or_default() {
            Value::String(text) => text.parse().map_err(InputValueError::custom),
            value => Err(InputValueError::expected_type(value)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(match self {
            Self::Id(id) => id.to_string(),
            Self::Key(key) => key.to_string(),
            Self::Recorded(command) => format!("#{command}"),
        })
    }

    fn as_raw_value(&self) -> Option<&Self> {
        Some(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thing_is_named_by_id_by_key_or_by_the_command_that_records_it() {
        let key = Uuid::from_u128(5);
        let id = GlobalId {
            kind: "Task".into(),
            key,
            pin: super::super::super::id::Pin::default(),
        };
        assert_eq!(id.to_string().parse(), Ok(Reference::Id(id)));
        assert_eq!(key.to_string().parse(), Ok(Reference::Key(key)));
        assert_eq!("#12".parse(), Ok(Reference::Recorded(12)));
        for nothing in ["", "#", "#-1", "任务"] {
            assert_eq!(nothing.parse::<Reference>(), Err(NotAReference));
        }
    }
}
