//! How numbers, words and scalars write themselves.

use super::{Failed, Out, Place, Render, Selection};
use async_graphql::{Json, resolver_utils::EnumType};
use std::{fmt::Display, io::Write as _};

/// Writes a value by one expression; leaves have neither selection nor errors.
macro_rules! leaves {
    ($($kind:ty: |$value:ident, $out:ident| $write:expr;)*) => {$(
        impl $crate::render::Render for $kind {
            #[inline]
            fn render(
                &self,
                _: &$crate::render::Place<'_>,
                _: &$crate::render::Selection,
                $out: &mut $crate::render::Out,
            ) -> Result<(), $crate::render::Failed> {
                let $value = self;
                $write;
                Ok(())
            }
        }
    )*};
}

pub(crate) use leaves;

leaves! {
    bool: |value, out| out.raw(if *value { b"true" } else { b"false" });
    u16: |value, out| number(out, *value);
    i16: |value, out| number(out, *value);
    u32: |value, out| number(out, *value);
    i32: |value, out| number(out, *value);
    usize: |value, out| number(out, *value);
    f64: |value, out| json(out, value);
    &str: |value, out| string(out, value);
    String: |value, out| string(out, value);
}

impl<T: serde::Serialize> Render for Json<T> {
    fn render(&self, _: &Place<'_>, _: &Selection, out: &mut Out) -> Result<(), Failed> {
        json(out, &self.0);
        Ok(())
    }
}

/// Writes a whole number.
#[inline]
pub(crate) fn number(out: &mut Out, number: impl itoa::Integer) {
    out.raw(itoa::Buffer::new().format(number).as_bytes());
}

/// Writes a string. Nearly none has a character to escape, and that is found out many bytes at a time.
#[inline]
pub(crate) fn string(out: &mut Out, text: &str) {
    let special =
        |byte: u8| u8::from(byte < 0x20) | u8::from(byte == b'"') | u8::from(byte == b'\\');
    if text.bytes().fold(0, |found, byte| found | special(byte)) != 0 {
        json(out, text);
    } else {
        plain(out, text);
    }
}

/// Writes a string in which nothing is to be escaped.
#[inline]
pub(crate) fn plain(out: &mut Out, text: &str) {
    ascii(out, text.as_bytes());
}

/// The same for what is known to be text.
#[inline]
pub(crate) fn ascii(out: &mut Out, text: &[u8]) {
    out.bytes.reserve(text.len() + 2);
    out.bytes.push(b'"');
    out.bytes.extend_from_slice(text);
    out.bytes.push(b'"');
}

/// Writes as a string what is displayed without any character to escape.
pub(crate) fn display(out: &mut Out, value: impl Display) {
    write!(out.bytes, "\"{value}\"").expect("memory takes every byte");
}

/// Writes the name of an enum's value.
pub(crate) fn word<T: EnumType>(out: &mut Out, value: &T) {
    let named = T::items().iter().find(|item| item.value == *value);
    plain(out, named.map_or("", |item| item.name));
}

fn json<T: serde::Serialize + ?Sized>(out: &mut Out, value: &T) {
    serde_json::to_writer(&mut out.bytes, value)
        .expect("what the graph holds has string keys, and memory takes every byte");
}
