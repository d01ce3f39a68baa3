//! The headings over columns that stand at places of the line. Narrow columns break theirs: 序 over 号.

use super::line::Line;
use crate::{
    label,
    table::{Column, column, glued},
};
use domain::fold::{fold, is_han};
use std::ops::Range;

/// A heading and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Heading {
    pub(super) words: String,
    pub(super) place: Range<usize>,
}

impl Heading {
    pub(super) fn column(&self) -> Option<Column> {
        column(&self.words)
    }
}

/// Fewer headings show no table.
pub(super) const FEWEST: usize = 3;
const MOST: usize = 20;

/// Headings take no more lines.
const MOST_LINES: usize = 3;

/// The headings that begin with the first of these lines, and how many lines they take.
pub(super) fn headings(lines: &[Line]) -> Option<(Vec<Heading>, usize)> {
    let near = &lines[..lines.len().min(MOST_LINES)];
    let several = |line: &Line| (FEWEST..=MOST).contains(&line.parts());
    if !near.iter().take(2).any(several) {
        return None;
    }
    let mut best: Option<(Vec<Heading>, usize)> = None;
    let mut all: Vec<Heading> = vec![];
    for (index, line) in near.iter().enumerate() {
        let Some(parts) = short_parts(line) else {
            break;
        };
        // What stands below headings that are whole says something else, unless it ends what one of them begins.
        let Some(more) = below(&all, parts, best.is_some()) else {
            break;
        };
        all = more;
        if heads(&all) {
            best = Some((all.clone(), index + 1));
        }
    }
    best
}

/// The parts of a line if all of them may be headings, or pieces of such.
fn short_parts(line: &Line) -> Option<Vec<Heading>> {
    const LONGEST: usize = 14;
    let mut parts: Vec<Heading> = vec![];
    for word in &line.words {
        let words = fold(word.words);
        let goes_on = parts.last_mut().filter(|last| {
            // Narrow columns touch.
            let known = last.column().is_some() && column(&words).is_some();
            let long = !is_letter(&words) && !is_letter(&last.words);
            let both = || column(&format!("{}{words}", last.words)).is_some();
            word.near && long && !known && both()
        });
        match goes_on {
            Some(last) => {
                last.words.push_str(&words);
                last.place.end = word.place.end;
            }
            None => parts.push(Heading {
                words,
                place: word.place.clone(),
            }),
        }
    }
    let parts: Vec<_> = spelt(&parts).into_iter().flat_map(unglued).collect();
    let may_head = |part: &Heading| {
        part.words.chars().nth(LONGEST).is_none()
            && part.words.chars().any(is_han)
            && !part.words.contains(['。', ',', ';', '、'])
            && label::at(&part.words, 0).is_none_or(|label| label.range.end >= part.words.len())
    };
    (!parts.is_empty() && parts.iter().all(may_head)).then_some(parts)
}

fn is_letter(words: &str) -> bool {
    words.chars().nth(1).is_none()
}

/// Headings with white space between their letters as one each, if that is one: 责  任  单  位. 编 and 类 over 号 and 别 are two.
fn spelt(parts: &[Heading]) -> Vec<Heading> {
    const FAR: usize = 4;
    let mut all: Vec<Heading> = vec![];
    let goes_on = |one: &Heading, next: &Heading| {
        is_letter(&one.words) && is_letter(&next.words) && next.place.start - one.place.end <= FAR
    };
    for run in parts.chunk_by(goes_on) {
        let whole = Heading {
            words: run.iter().map(|part| part.words.as_str()).collect(),
            place: run[0].place.start..run[run.len() - 1].place.end,
        };
        if run.len() > 1 && whole.column().is_some() {
            all.push(whole);
        } else {
            all.extend_from_slice(run);
        }
    }
    all
}

/// A heading, or two where that of the numbers, whose column is narrow, touches the next one: 序号工作内容.
fn unglued(part: Heading) -> Vec<Heading> {
    let columns = glued(&part.words);
    let Some((Column::Number, length)) = columns.first().copied() else {
        return vec![part];
    };
    let (first, second) = part.words.split_at(length);
    if column(second).is_none() {
        return vec![part];
    }
    let count = |words: &str| words.chars().count();
    let Range { start, end } = part.place;
    let middle = start + (end - start) * count(first) / count(&part.words);
    let heading = |words: &str, place| Heading {
        words: words.to_owned(),
        place,
    };
    vec![heading(first, start..middle), heading(second, middle..end)]
}

/// Headings with the pieces of the next line below them; nothing if these do not go on with what stands above.
fn below(above: &[Heading], parts: Vec<Heading>, whole: bool) -> Option<Vec<Heading>> {
    let meets = |one: &Heading, other: &Heading, beside: usize| {
        one.place.start < other.place.end + beside && other.place.start < one.place.end + beside
    };
    let mut all = above.to_vec();
    for part in parts {
        let over = |beside| -> Vec<_> {
            let over = above.iter().filter(|head| meets(head, &part, beside));
            over.collect()
        };
        // 号 may stand one place beside 序.
        let over = match over(0) {
            none if none.is_empty() && is_letter(&part.words) => over(1),
            over => over,
        };
        match over[..] {
            [] if whole => return None,
            [] => all.push(part),
            [head] => {
                let place = all.iter().position(|other| other == head);
                let joined = Heading {
                    words: format!("{}{}", head.words, part.words),
                    place: head.place.start.min(part.place.start)
                        ..head.place.end.max(part.place.end),
                };
                match place {
                    // 责任分工 over 牵头单位 and 配合单位 is none of a column of its own.
                    None => all.push(part),
                    Some(_) if whole && joined.column().is_none() => return None,
                    Some(at) if part.column().is_some() && joined.column().is_none() => {
                        all[at] = part;
                    }
                    Some(at) => all[at] = joined,
                }
            }
            _ => return None,
        }
    }
    all.sort_by_key(|heading| heading.place.start);
    Some(all)
}

/// Whether headings are those of a responsibility table: most are known, and one is of bodies.
fn heads(all: &[Heading]) -> bool {
    let columns: Vec<_> = all.iter().map(Heading::column).collect();
    let known = columns.iter().flatten().count();
    let says = |says: fn(Column) -> bool| columns.iter().flatten().any(|column| says(*column));
    all.len() >= FEWEST
        && known * 3 >= all.len() * 2
        && says(Column::names_parties)
        && says(Column::says_what)
        && all
            .windows(2)
            .all(|pair| pair[0].place.end <= pair[1].place.start)
}
