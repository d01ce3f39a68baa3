//! How far the last row reaches, behind which the text of the page follows.

use super::stream::{is_section, short};
use crate::{
    frame::{is_furniture, speaks_of_pages},
    head::is_date_line,
    kind::shows_party,
    line::Line,
    role::{Slot, label as label_of_role},
    table::{
        Column,
        cell::{is_of_bodies, looks_like_date, may_be_body},
        column::role_said,
    },
};
use domain::fold::is_han;
use std::ops::Range;

/// The cells up to what a page has below its text: 扫码使用手机浏览本页内容.
pub(super) fn up_to_furniture<'c>(
    text: &str,
    cells: &'c [Range<usize>],
    last: usize,
) -> &'c [Range<usize>] {
    const FEWEST: usize = 3;
    const NEAR: usize = 2;
    let of_bodies = |cell: &Range<usize>| is_of_bodies(&text[cell.clone()], may_be_body);
    let below = |at: &usize| {
        let words = &text[cells[*at].clone()];
        // What bodies stand behind is of a row: 开通微信预约, 市卫健委.
        let mut behind = cells[at + 1..].iter().take(NEAR);
        let of_row = (speaks_of_pages(words) || words.starts_with("注:")) && behind.any(of_bodies);
        words.contains(is_han) && (is_furniture(words) || is_foot(words)) && !of_row
    };
    let own = (last + FEWEST..cells.len()).find(below);
    let cells = own.map_or(cells, |own| &cells[..own]);
    up_to_signature(text, cells)
}

/// The cells up to the office that signs below the table.
pub(super) fn up_to_signature<'c>(text: &str, cells: &'c [Range<usize>]) -> &'c [Range<usize>] {
    &cells[..signature(text, cells).unwrap_or(cells.len())]
}

/// Where the last row ends of which `own` is known, if all rows before it have lines that are too narrow for their cells, and
/// end with a time: with the first time in it.
pub(super) fn up_to_time(
    text: &str,
    cells: &[Range<usize>],
    starts: &[usize],
    own: usize,
    columns: &[Option<Column>],
) -> usize {
    const FEWEST: usize = 3;
    let is_time = |cell: &Range<usize>| looks_like_date(&text[cell.clone()]);
    let dated = columns.last() == Some(&Some(Column::States(Slot::Deadline)));
    let [before @ .., last] = starts else {
        return own;
    };
    let rows = || starts.windows(2).map(|pair| &cells[pair[0]..pair[1]]);
    let narrow = || {
        rows().all(|row| {
            row.last().is_some_and(is_time)
                && row[..row.len() - 1].iter().all(|cell| !is_time(cell))
        }) && rows().any(|row| row.len() > columns.len())
    };
    if !dated || before.len() < FEWEST || !narrow() {
        return own;
    }
    let most = rows().map(<[_]>::len).max().unwrap_or(0) + columns.len();
    let day = |cell: &Range<usize>| is_date_line(&text[cell.clone()]);
    let days = || rows().any(|row| row.last().is_some_and(day));
    let mut near = cells[*last..].iter().take(most);
    // The day on which the office below signs is of no row.
    let end = near
        .position(is_time)
        .filter(|at| days() || !day(&cells[last + at]));
    end.map_or(own, |at| own.max(last + at + 1))
}

/// Where the office that issues a document signs it below its table: its name, and the day.
fn signature(text: &str, cells: &[Range<usize>]) -> Option<usize> {
    /// Behind the day stands no more than who has a copy.
    const BEHIND: usize = 3;
    const BELOW: [&str; 6] = ["以上", "上述", "本表", "本清单", "请各", "各责任"];
    let words = |at: usize| &text[cells[at].clone()];
    let first = cells.len().saturating_sub(BEHIND + 2).max(1);
    let at = (first..cells.len().saturating_sub(1))
        .find(|&at| is_office(words(at)) && is_date_line(words(at + 1)))?;
    // The last row may end with a body and a day, too, but then it begins with what is to be done.
    let before = words(at - 1);
    let dated = || {
        cells[..at]
            .iter()
            .any(|cell| looks_like_date(&text[cell.clone()]))
    };
    let ends_row = looks_like_date(before) || is_of_bodies(before, may_be_body) && !dated();
    let remark = || BELOW.iter().any(|word| before.starts_with(word));
    let days = || {
        cells[..at]
            .iter()
            .any(|cell| is_date_line(&text[cell.clone()]))
    };
    ((ends_row || remark()) && !days()).then_some(at)
}

/// Whether the office that issues a document signs it in the first of these lines, and dates it in the next.
pub(super) fn is_signature(text: &str, lines: &[Line]) -> bool {
    let words = |line: &Line| &text[line.range.clone()];
    matches!(lines, [office, day, ..] if is_office(words(office)) && is_date_line(words(day)))
}

/// Whether words are the name of one body, which may issue a document.
fn is_office(words: &str) -> bool {
    !words.contains(['、', ',', ' ', '。']) && shows_party(words)
}

/// Whether a line stands below the text of a document: who has a copy, what may be published, a note.
pub(super) fn is_foot(words: &str) -> bool {
    const BEGIN: [&str; 8] = [
        "抄送:",
        "报送:",
        "抄报:",
        "分送:",
        "主题词:",
        "附件下载",
        "(此件",
        "注:",
    ];
    BEGIN.iter().any(|begin| words.starts_with(begin))
}

/// How many cells every row but the last has, if that is the same for several.
pub(super) fn usual(text: &str, cells: &[Range<usize>], starts: &[usize]) -> Option<usize> {
    // The headings of sections stand between rows.
    let own = |pair: &[usize]| {
        let row = &cells[pair[0]..pair[1]];
        let behind = row.iter().rev().take_while(|cell| is_section(text, cell));
        row.len() - behind.count()
    };
    let mut counts = starts.windows(2).map(own);
    let count = counts.next()?;
    (starts.len() > 2 && counts.all(|other| other == count)).then_some(count)
}

/// How many lines the last row has: what follows its columns is the text behind the table, unless several of them name
/// parties.
pub(super) fn last_row(text: &str, cells: &[Range<usize>], columns: &[Option<Column>]) -> usize {
    /// Behind the number itself, a section is what several rows belong to.
    const BEHIND_NUMBER: usize = 2;
    let of_parties = |column: &Option<Column>| column.is_some_and(Column::names_parties);
    let is_short = |cell: &&Range<usize>| short(text, cell);
    let of_party = |cell: &&Range<usize>| names_party(text, cell);
    let width = columns.len().min(cells.len());
    let cells_of_row = cells[..width].iter().skip(BEHIND_NUMBER);
    let section = cells_of_row
        .into_iter()
        .position(|cell| is_section(text, cell));
    if let Some(own) = section {
        return BEHIND_NUMBER + own;
    }
    let parties = columns.iter().rposition(of_parties).unwrap_or(width);
    let behind = columns.len() - 1 - parties.min(columns.len() - 1);
    let rest = cells.get(parties..).unwrap_or_default();
    let names = rest.iter().take_while(of_party).count();
    let more = &rest[names..];
    if names > 1 {
        // How far it is may be told at length.
        let told = columns.get(parties + 1) == Some(&Some(Column::Other));
        let own = more.iter().take(behind).enumerate();
        let own = own.take_while(|(at, cell)| *at == 0 && told || is_short(cell));
        return parties + names + own.count();
    }
    // Behind the time that ends the row stands who signs.
    let dated = columns.last() == Some(&Some(Column::States(Slot::Deadline)))
        && cells[..width]
            .last()
            .is_some_and(|cell| looks_like_date(&text[cell.clone()]));
    let more = if dated {
        0
    } else {
        cells[width..].iter().take_while(of_party).count()
    };
    width + more
}

/// Whether a cell on a line of its own names a body, or several.
fn names_party(text: &str, cell: &Range<usize>) -> bool {
    let words = &text[cell.clone()];
    let listed = words.contains(['、', ',']) && is_of_bodies(words, may_be_body);
    label_of_role(words).is_some() || listed || (short(text, cell) && shows_party(words))
}

/// How many cells are more tasks below the last number, each behind a dash and followed by those who answer for it.
pub(super) fn dashed_tasks(text: &str, cells: &[Range<usize>]) -> usize {
    let dashed = |cell: &&Range<usize>| text[(*cell).clone()].starts_with("--");
    let mut end = 0;
    loop {
        let tasks = cells[end..].iter().take_while(dashed).count();
        let rest = &cells[end + tasks..];
        let names = rest.iter().take_while(|cell| names_party(text, cell));
        let names = names.count();
        if tasks == 0 || names == 0 {
            return end;
        }
        end += tasks + names;
    }
}

/// How many cells are more roles below the last number, each before those who have it, if a column is of roles.
pub(super) fn roles_below(text: &str, cells: &[Range<usize>], columns: &[Option<Column>]) -> usize {
    let pairs = cells.chunks_exact(2).take_while(|pair| {
        role_said(&text[pair[0].clone()]).is_some() && names_party(text, &pair[1])
    });
    let of_roles = columns.contains(&Some(Column::Role));
    if of_roles { 2 * pairs.count() } else { 0 }
}
