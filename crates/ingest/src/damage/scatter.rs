//! Random signs that forums scatter at the ends of lines, so that nobody copies their pages: `c& M1 ]6 R) h5 H( b`.

use crate::line::lines;
use std::ops::Range;

/// Fewer may be anything.
const FEWEST: usize = 3;

/// The signs at the beginnings and ends of lines, where a page has several of them.
pub(super) fn signs(text: &str) -> Vec<Range<usize>> {
    let mut found = vec![];
    for line in lines(text) {
        let words = &text[line.range.clone()];
        let ascii = |c: char| c.is_ascii();
        let first = words.len() - words.trim_start_matches(ascii).len();
        if is_scattered(&words[..first]) {
            found.push(line.range.start..line.range.start + first);
        }
        let last = words.trim_end_matches(ascii).len();
        if last >= first && last < words.len() {
            // The bracket that closes a clause stands before them.
            let own = words.len() - words[last..].trim_start_matches([')', ']']).len();
            if is_scattered(&words[own..]) {
                found.push(line.range.start + own..line.range.end);
            }
        }
    }
    if found.len() < FEWEST {
        found.clear();
    }
    found
}

/// Whether words are of one or two characters each, some with letters and some with signs.
fn is_scattered(words: &str) -> bool {
    const SHORTEST: usize = 4;
    let tokens = words.split_ascii_whitespace();
    let holds = |is: fn(&u8) -> bool| {
        tokens
            .clone()
            .filter(move |token| token.bytes().any(|c| is(&c)))
    };
    tokens.clone().count() >= SHORTEST
        && tokens.clone().all(|token| token.len() <= 2)
        && holds(u8::is_ascii_alphabetic).count() > 1
        && holds(u8::is_ascii_punctuation).next().is_some()
}
