//! Characters for which a PDF file says nowhere what they are, so that programs write their place in the font: (cid:4). It is
//! always the same one for the same character, and brackets show themselves by what they enclose: (cid:4)一(cid:5).

use super::enclosed::{is_clause, is_number};
use crate::line::begins_line;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// What stands for a character.
struct Place {
    range: Range<usize>,
    number: u32,
}

/// Which characters are meant, at the bracket that opens each place, and the rest of the places, which is noise. What nobody
/// can tell is a question mark.
pub(super) fn characters(text: &str) -> (Vec<(usize, u8)>, Vec<Range<usize>>) {
    let places = places(text);
    let brackets = brackets(text, &places);
    let meant = |number: u32| match brackets {
        Some((open, _)) if number == open => b'(',
        Some((_, close)) if number == close => b')',
        _ => b'?',
    };
    let mut meant: Vec<_> = places
        .iter()
        .map(|place| (place.range.start, meant(place.number)))
        .collect();
    for (at, quoted) in quoted(text, &places, brackets).into_iter().enumerate() {
        if quoted {
            meant[at].1 = b'"';
        }
    }
    let rest = places.into_iter();
    let rest = rest.map(|place| place.range.start + 1..place.range.end);
    (meant, rest.collect())
}

fn places(text: &str) -> Vec<Place> {
    const MARK: &str = "(cid:";
    const MOST_DIGITS: usize = 6;
    let place = |(at, mark): (usize, &str)| {
        let rest = &text[at + mark.len()..];
        let digits = rest.bytes().take(MOST_DIGITS);
        let digits = digits.take_while(u8::is_ascii_digit).count();
        let number = rest[..digits].parse().ok()?;
        let end = at + mark.len() + digits + 1;
        let closed = rest[digits..].starts_with(')');
        closed.then_some(Place {
            range: at..end,
            number,
        })
    };
    text.match_indices(MARK).filter_map(place).collect()
}

/// The two numbers that enclose labels at the begin of lines, or clauses, several times, and more often than any others do.
fn brackets(text: &str, places: &[Place]) -> Option<(u32, u32)> {
    const FEWEST: usize = 2;
    const LONGEST: usize = 900;
    let mut counts: FxHashMap<(u32, u32), usize> = FxHashMap::default();
    for pair in places.windows(2) {
        let [open, close] = pair else { continue };
        let inner = &text[open.range.end..close.range.start];
        if open.number == close.number || inner.len() > LONGEST || inner.contains('\n') {
            continue;
        }
        let numbers = begins_line(text, open.range.start) && is_number(inner);
        if numbers || is_clause(inner) {
            *counts.entry((open.number, close.number)).or_default() += 1;
        }
    }
    let found = counts
        .into_iter()
        .max_by_key(|(pair, count)| (*count, *pair));
    let (pair, count) = found?;
    (count >= FEWEST).then_some(pair)
}

/// Which places are quotation marks: two numbers that stand nowhere but one behind the other, in one line.
fn quoted(text: &str, places: &[Place], brackets: Option<(u32, u32)>) -> Vec<bool> {
    const FEWEST: usize = 2;
    let is_bracket =
        |number: u32| brackets.is_some_and(|(open, close)| [open, close].contains(&number));
    let others: Vec<_> = (0..places.len())
        .filter(|&at| !is_bracket(places[at].number))
        .collect();
    // What each number is followed by and stands behind, as long as that is one.
    let mut closing: FxHashMap<u32, Option<u32>> = FxHashMap::default();
    let mut count: FxHashMap<u32, usize> = FxHashMap::default();
    let mut pairs = others.chunks_exact(2);
    for pair in &mut pairs {
        let [open, close] = [&places[pair[0]], &places[pair[1]]];
        let together =
            open.number != close.number && !text[open.range.end..close.range.start].contains('\n');
        let close = together.then_some(close.number);
        let known = closing.entry(open.number).or_insert(close);
        if *known != close {
            *known = None;
        }
        *count.entry(open.number).or_default() += 1;
    }
    let mut quoted = vec![false; places.len()];
    for pair in others.chunks_exact(2) {
        let (open, close) = (places[pair[0]].number, places[pair[1]].number);
        let sure = closing.get(&open) == Some(&Some(close))
            && !closing.contains_key(&close)
            && count.get(&open).is_some_and(|count| *count >= FEWEST);
        if sure {
            quoted[pair[0]] = true;
            quoted[pair[1]] = true;
        }
    }
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::fold::Folded;

    #[test]
    fn brackets_without_a_character_are_known_by_what_they_enclose() {
        for (text, clean) in [
            (
                "(cid:4)一(cid:5)修路。(cid:4)甲局牵头,各县(cid:4)市(cid:5)配合(cid:5)\n(cid:4)二(cid:5)推广(cid:9)甲(cid:8)(cid:9)乙(cid:8)。(cid:4)丙局负责(cid:5)",
                "(一)修路。(甲局牵头,各县(市)配合)\n(二)推广\"甲\"\"乙\"。(丙局负责)",
            ),
            ("甲(cid:7)局(cid:12)乙", "甲?局?乙"),
            ("(cid:x)(cid:1", "(cid:x)(cid:1"),
        ] {
            let folded = Folded::of(text);
            let (meant, rest) = characters(folded.text());
            assert_eq!(folded.with(&meant).without(&rest).text(), clean);
        }
    }
}
