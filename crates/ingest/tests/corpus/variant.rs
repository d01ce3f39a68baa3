//! The same document as other people would have typed it: what is no difference of meaning makes none in the reading.

use domain::fold::fold;
use std::{collections::HashMap, sync::LazyLock};

/// Another way to write a document.
pub(crate) struct Variant {
    pub(crate) name: &'static str,
    pub(crate) of: fn(&str) -> String,
}

pub(crate) const VARIANTS: [Variant; 5] = [
    Variant {
        name: "full width",
        of: full_width,
    },
    Variant {
        name: "half width",
        of: half_width,
    },
    Variant {
        name: "padded",
        of: padded,
    },
    Variant {
        name: "CRLF",
        of: crlf,
    },
    Variant {
        name: "traditional",
        of: traditional,
    },
];

fn full_width(text: &str) -> String {
    // A full stop is the sign for decimals and labels too, and a bar draws tables.
    let widened = |c: char| match c {
        '!'..='~' => char::from_u32(c as u32 + 0xFEE0).expect("the block is whole"),
        c => c,
    };
    // What a page's source marks its words with, nobody types in another width.
    let mut wide = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let marks = markup(rest).max(c.len_utf8());
        if marks > c.len_utf8() {
            wide.push_str(&rest[..marks]);
        } else {
            wide.push(widened(c));
        }
        rest = &rest[marks..];
    }
    wide
}

/// The length of the entity or tag that a text begins with.
fn markup(text: &str) -> usize {
    const LONGEST: usize = 10;
    let end = match text.chars().next() {
        Some('&') => ';',
        Some('<') => '>',
        _ => return 0,
    };
    let near = text.as_bytes()[1..].iter().take(LONGEST);
    let inner = near.take_while(|byte| byte.is_ascii_alphanumeric() || b"#/".contains(byte));
    let inner = 1 + inner.count();
    let whole = inner > 1 && text[inner..].starts_with(end);
    if whole { inner + 1 } else { 0 }
}

fn half_width(text: &str) -> String {
    let narrowed = |c: char| match c {
        '！'..='～' => char::from_u32(c as u32 - 0xFEE0).expect("the block maps onto ASCII"),
        '〔' => '[',
        '〕' => ']',
        '“' | '”' => '"',
        c => c,
    };
    text.chars().map(narrowed).collect()
}

/// Two wide spaces before each line that has words, and a plain one behind it.
fn padded(text: &str) -> String {
    let lines = text.lines().map(|line| match line {
        "" => "\n".to_owned(),
        line => format!("\u{3000}\u{3000}{line} \n"),
    });
    lines.collect()
}

fn crlf(text: &str) -> String {
    text.replace('\n', "\r\n")
}

/// Each character in a traditional form that has no other simplified one.
fn traditional(text: &str) -> String {
    static FORMS: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
        let han = ('\u{4E00}'..='\u{9FFF}').rev();
        let folded = han.filter_map(|c| {
            let simplified = fold(&c.to_string()).chars().next()?;
            (simplified != c).then_some((simplified, c))
        });
        folded.collect()
    });
    text.chars()
        .map(|c| FORMS.get(&c).copied().unwrap_or(c))
        .collect()
}
