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

/// Writes a whole number. Most have few digits, which are pushed sooner than copied by a call.
#[inline]
pub(crate) fn number(out: &mut Out, number: impl itoa::Integer) {
    let mut buffer = itoa::Buffer::new();
    let digits = buffer.format(number).as_bytes();
    out.bytes.reserve(digits.len());
    for &digit in digits {
        out.bytes.push(digit);
    }
}

/// Writes a string. Nearly none has a character to escape, and that is found out many bytes at a time.
#[inline]
pub(crate) fn string(out: &mut Out, text: &str) {
    if has_special(text.as_bytes()) {
        json(out, text);
    } else {
        plain(out, text);
    }
}

/// Whether a string has a byte that JSON escapes: a control character, a quote or a backslash.
fn has_special(text: &[u8]) -> bool {
    // Eight bytes at a time: the highest bit of each is set where it is less than another, or equal. Borrowing may set it
    // in those above such a byte, too, but never where there is none.
    const EACH: u64 = u64::from_le_bytes([1; 8]);
    const HIGHEST: u64 = EACH << 7;
    let less = |word: u64, than: u8| word.wrapping_sub(EACH * u64::from(than)) & !word;
    let special = |word: u64| {
        let quote = less(word ^ (EACH * u64::from(b'"')), 1);
        let backslash = less(word ^ (EACH * u64::from(b'\\')), 1);
        (less(word, 0x20) | quote | backslash) & HIGHEST
    };
    let (words, rest) = text.as_chunks();
    let found = words
        .iter()
        .fold(0, |found, word| found | special(u64::from_le_bytes(*word)));
    let mut last = [b' '; 8];
    last[..rest.len()].copy_from_slice(rest);
    found | special(u64::from_le_bytes(last)) != 0
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

/// Writes the name of an enum's value, which stands at this place among its values.
#[inline]
pub(crate) fn word<T: EnumType>(out: &mut Out, value: &T, place: usize) {
    let item = &T::items()[place];
    debug_assert!(item.value == *value, "values count up as they are listed");
    plain(out, item.name);
}

fn json<T: serde::Serialize + ?Sized>(out: &mut Out, value: &T) {
    serde_json::to_writer(&mut out.bytes, value)
        .expect("what the graph holds has string keys, and memory takes every byte");
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_needs_escaping_is_found_wherever_it_stands(text in "[ -~\u{0}-\u{1f}\u{7f}-\u{a0}任务]{0,40}") {
            let needs = |byte: u8| byte < 0x20 || byte == b'"' || byte == b'\\';
            prop_assert_eq!(has_special(text.as_bytes()), text.bytes().any(needs));
        }
    }
}
