//! Global ids: opaque to clients, they say the kind of thing, its key, and the time it was asked for if one was named.

mod base64;

use crate::render::{ascii, leaves};
use ::base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use domain::time::{Day, Seq};
use std::{
    borrow::Cow,
    fmt,
    str::{self, FromStr},
};
use uuid::Uuid;

/// The time that a client named explicitly; nothing of what it left to the default.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Pin {
    pub(crate) valid_on: Option<Day>,
    pub(crate) seq: Option<Seq>,
}

/// An opaque identifier of a thing (Relay's Global Object Identification).
///
/// An id read under an explicit `validOn`, `knownAt` or `knownSeq` carries that view and refetches in it, so a client's
/// cache never mixes times; `key` names the thing itself and is the same in every view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct GlobalId {
    pub(crate) kind: Cow<'static, str>,
    pub(crate) key: Uuid,
    pub(crate) pin: Pin,
}

/// Words that are no global id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is not an id of this service: take one from an `id` field")]
pub(crate) struct NotAnId;

impl fmt::Display for GlobalId {
    /// `Kind:`, the key's sixteen bytes and, where a time was named, `@validOn,seq`, all in URL-safe base64.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut buffer = [0; Self::LENGTH];
        let encoded = str::from_utf8(self.encoded(&mut buffer));
        f.write_str(encoded.expect("base64 is ASCII"))
    }
}

leaves! {
    GlobalId: |id, out| ascii(out, id.encoded(&mut [0; GlobalId::LENGTH]));
}

impl GlobalId {
    /// As many characters as the longest id has, and more.
    const LENGTH: usize = 96;
    /// No kind of thing has a longer name.
    const LONGEST_KIND: usize = 24;

    /// The id's characters. Answers hold hundreds of ids, so none of them takes memory of its own.
    fn encoded<'b>(&self, buffer: &'b mut [u8; Self::LENGTH]) -> &'b [u8] {
        let Pin { valid_on, seq } = self.pin;
        let mut plain = [0; Self::LENGTH * 3 / 4];
        let mut length = 0;
        let mut put = |part: &[u8]| {
            plain[length..length + part.len()].copy_from_slice(part);
            length += part.len();
        };
        put(self.kind.as_bytes());
        put(b":");
        put(self.key.as_bytes());
        if self.pin != Pin::default() {
            let day = valid_on.map(|day| day.to_string()).unwrap_or_default();
            let seq = seq.map(|seq| seq.to_string()).unwrap_or_default();
            put(format!("@{day},{seq}").as_bytes());
        }
        base64::encode(&plain[..length], buffer)
    }
}

impl FromStr for GlobalId {
    type Err = NotAnId;
    fn from_str(s: &str) -> Result<Self, NotAnId> {
        let plain = BASE64_URL_SAFE_NO_PAD.decode(s).map_err(|_| NotAnId)?;
        let colon = plain.iter().position(|&byte| byte == b':');
        let (kind, rest) = plain.split_at(colon.ok_or(NotAnId)?);
        let (key, pin) = rest[1..].split_first_chunk().ok_or(NotAnId)?;
        let words = |part| str::from_utf8(part).map_err(|_| NotAnId);
        if kind.len() > Self::LONGEST_KIND {
            return Err(NotAnId);
        }
        let pin = match words(pin)? {
            "" => Pin::default(),
            pin => {
                let (day, seq) = pin
                    .strip_prefix('@')
                    .and_then(|pin| pin.split_once(','))
                    .ok_or(NotAnId)?;
                let given = |part: &str| (!part.is_empty()).then(|| part.to_owned());
                Pin {
                    valid_on: given(day)
                        .map(|day| day.parse().map_err(|_| NotAnId))
                        .transpose()?,
                    seq: given(seq)
                        .map(|seq| seq.parse().map(Seq).map_err(|_| NotAnId))
                        .transpose()?,
                }
            }
        };
        Ok(Self {
            kind: words(kind)?.to_owned().into(),
            key: Uuid::from_bytes(*key),
            pin,
        })
    }
}

/// An opaque identifier of a thing: take it from an `id` field, give it to `node`.
#[Scalar(name = "ID", use_type_description = false)]
impl ScalarType for GlobalId {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            Value::String(text) => text
                .parse()
                .map_err(|error: NotAnId| InputValueError::custom(error)),
            _ => Err(InputValueError::expected_type(value)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_with_the_time_that_was_named() {
        let day = Some("2024-06-30".parse().unwrap());
        for pin in [
            Pin::default(),
            Pin {
                valid_on: day,
                seq: None,
            },
            Pin {
                valid_on: None,
                seq: Some(Seq(7)),
            },
            Pin {
                valid_on: day,
                seq: Some(Seq(7)),
            },
        ] {
            let id = GlobalId {
                kind: "Task".into(),
                key: Uuid::from_u128(5),
                pin,
            };
            assert_eq!(id.to_string().parse(), Ok(id));
        }
    }

    #[test]
    fn foreign_ids_are_refused() {
        for foreign in ["", "1", "VGFzazox", "====", "任务"] {
            assert_eq!(foreign.parse::<GlobalId>(), Err(NotAnId), "{foreign}");
        }
    }
}
