//! Scalars of the schema.

use crate::render::{Failed, Out, Place, Render, Selection, display, leaves, number};
use async_graphql::{
    ContextSelectionSet, InputValueError, InputValueResult, Number, OutputType, Positioned, Scalar,
    ScalarType, ServerResult, Value, parser::types::Field, registry::Registry,
};
use domain::time::{Day, Instant, Seq};
use std::{borrow::Cow, fmt::Display};

leaves! {
    Date: |date, out| day(out, date.0);
    DateTime: |instant, out| display(out, instant.0);
    SeqNumber: |seq, out| number(out, seq.0.0);
}

/// Writes a day. Answers are full of them, so the calendar's own printing is left to what is no calendar day.
fn day(out: &mut Out, day: Day) {
    let Some(date) = day.date() else {
        return display(out, day);
    };
    let mut written = *b"\"0000-00-00\"";
    let mut put = |at: std::ops::RangeInclusive<usize>, mut number: u16| {
        for digit in written[at].iter_mut().rev() {
            *digit = b'0' + (number % 10) as u8;
            number /= 10;
        }
    };
    put(1..=4, date.year().unsigned_abs());
    put(6..=7, date.month().unsigned_abs().into());
    put(9..=10, date.day().unsigned_abs().into());
    out.raw(&written);
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Date(pub(crate) Day);

/// A civil day without a time zone, as ISO 8601 writes it: `2024-06-30`.
#[Scalar(specified_by_url = "https://www.rfc-editor.org/rfc/rfc3339#section-5.6")]
impl ScalarType for Date {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            Value::String(text) => text.parse().map(Self).map_err(InputValueError::custom),
            _ => Err(InputValueError::expected_type(value)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

/// A string that is made of what a value displays, in which nothing is to be escaped.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shown<T>(pub(crate) T);

impl<T: Display + Send + Sync> OutputType for Shown<T> {
    fn type_name() -> Cow<'static, str> {
        <String as OutputType>::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        <String as OutputType>::create_type_info(registry)
    }

    async fn resolve(
        &self,
        _: &ContextSelectionSet<'_>,
        _: &Positioned<Field>,
    ) -> ServerResult<Value> {
        Ok(Value::String(self.0.to_string()))
    }
}

impl<T: Display> Render for Shown<T> {
    fn render(&self, _: &Place<'_>, _: &Selection, out: &mut Out) -> Result<(), Failed> {
        display(out, &self.0);
        Ok(())
    }
}

/// The day, unless it is an open end.
pub(crate) fn date(day: Day) -> Option<Date> {
    day.is_calendar_day().then_some(Date(day))
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct DateTime(pub(crate) Instant);

/// An instant as RFC 3339 writes it, in UTC with microseconds: `2024-06-30T04:00:00.000000Z`.
#[Scalar(specified_by_url = "https://www.rfc-editor.org/rfc/rfc3339")]
impl ScalarType for DateTime {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            Value::String(text) => text.parse().map(Self).map_err(InputValueError::custom),
            _ => Err(InputValueError::expected_type(value)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct SeqNumber(pub(crate) Seq);

/// A register's sequence number, the clock of what it knew when: an integer from 0 (the empty register) to 2^53 - 1.
#[Scalar(name = "Seq")]
impl ScalarType for SeqNumber {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::Number(number) = &value else {
            return Err(InputValueError::expected_type(value));
        };
        let seq = number.as_u64().filter(|&seq| seq < 1 << 53);
        let out_of_range = || InputValueError::custom("a seq is an integer from 0 to 2^53 - 1");
        // Past 2^32 - 1 there is no changeset: such a seq lies past every head.
        seq.map(|seq| Self(Seq(u32::try_from(seq).unwrap_or(u32::MAX))))
            .ok_or_else(out_of_range)
    }

    fn to_value(&self) -> Value {
        Value::Number(Number::from(self.0.0))
    }
}
