//! Random signs that forums scatter at the ends of lines, so that nobody copies their pages: `c& M1 ]6 R) h5 H( b`.

use crate::line::lines;
use std::ops::Range;

/// So many show that a page has them, if one is sure.
const FEWEST: usize = 3;

/// The signs at the beginnings and ends of lines, where a page has several of them.
pub(super) fn signs(text: &str) -> Vec<Range<usize>> {
    let mut found = vec![];
    let mut sure = false;
    for line in lines(text) {
        let words = &text[line.range.clone()];
        let ascii = |c: char| c.is_ascii();
        let first = words.len() - words.trim_start_matches(ascii).len();
        let last = words.trim_end_matches(ascii).len().max(first);
        // The bracket that closes a clause stands before them.
        let last = words.len() - words[last..].trim_start_matches([')', ']']).len();
        for own in [0..first, last..words.len()] {
            let Some(is_sure) = scattered(&words[own.clone()]) else {
                continue;
            };
            sure |= is_sure;
            found.push(line.range.start + own.start..line.range.start + own.end);
        }
    }
    if found.len() < FEWEST || !sure {
        found.clear();
    }
    found
}

/// Whether words are random, of one or two characters each, and whether that is sure: signs stand beside letters and figures.
/// B+ and A- are marks that somebody gives.
fn scattered(words: &str) -> Option<bool> {
    const SHORTEST: usize = 4;
    const SOME: usize = 2;
    let tokens = words.split_ascii_whitespace();
    let mixed = |token: &str, is: fn(char) -> bool| {
        token.contains(is) && token.contains(|c: char| c.is_ascii_alphanumeric() && !is(c))
    };
    let sign = |c: char| c.is_ascii_punctuation() && !"+-|.,:".contains(c);
    let count = |is: fn(char) -> bool| tokens.clone().filter(|token| mixed(token, is)).count();
    let random = tokens.clone().count() >= SHORTEST && tokens.clone().all(|token| token.len() <= 2);
    let sure = count(sign) >= SOME;
    (random && (sure || count(|c| c.is_ascii_digit()) >= SOME)).then_some(sure)
}
