//! Cells that follow each other without a sign where a row ends: rows begin at the numbers of their sequence.

use super::{
    MOST_COLUMNS,
    around::rows_around_bodies,
    below_number::rows_below_numbers,
    counter::{Counter, is_numeral},
    heading, is_rule,
    merged::{front, number_without_heading, rows_behind},
    padded,
    uncounted::uncounted,
};
use crate::{
    frame::is_furniture,
    kind::shows_party,
    label::{self, Style},
    line::{Line, trimmed},
    role::{Slot, label as label_of_role},
    table::{
        Cell, Column, Layout, Row, Table,
        column::{column, may_be_task, name_leads_and_others, named, names_any_body, role_said},
        head::{by_headings, is_of_bodies, may_be_body, plate},
        heading::{glued, is_heading},
    },
};
use domain::{fold::is_han, vocabulary::Role};
use std::ops::Range;

/// The cells of lines in which `|` ends a cell; one may have several lines.
pub(super) fn cells(text: &str, lines: &[Line]) -> Vec<Range<usize>> {
    let mut cells = vec![];
    let mut begun: Option<usize> = None;
    for line in lines {
        // What stands before 序号 on lines of its own is the title of the table that begins there.
        let first = text[line.range.clone()].split('|').next();
        if first.is_some_and(|first| column(first) == Some(Column::Number)) {
            begun = None;
        }
        let mut start = *begun.get_or_insert(line.range.start);
        for (offset, _) in text[line.range.clone()].match_indices('|') {
            let at = line.range.start + offset;
            cells.push(trimmed(text, start..at));
            start = at + 1;
            begun = None;
        }
        let rest = trimmed(text, start..line.range.end);
        begun = begun.or((!rest.is_empty()).then_some(rest.start));
    }
    if let (Some(start), Some(line)) = (begun, lines.last()) {
        cells.push(trimmed(text, start..line.range.end));
    }
    cells
}

/// Where the headings of columns stand among cells; each may have several.
pub(super) fn headings(text: &str, cells: &[Range<usize>]) -> Option<Vec<Range<usize>>> {
    let mut start = 0;
    while start < cells.len() {
        match headings_from(text, &cells[start..]) {
            Ok(headings) => return Some(headings),
            Err(count) => start += count,
        }
    }
    None
}

/// A heading of what does not concern us is no longer, or may be something else.
const LONGEST_OF_OTHERS: usize = 6;

/// The headings that begin with the first of these cells, or with how many cells none begin.
pub(super) fn headings_from(
    text: &str,
    cells: &[Range<usize>],
) -> Result<Vec<Range<usize>>, usize> {
    let known = |index: usize| {
        cells.get(index).is_some_and(|cell| {
            let words = &text[cell.clone()];
            // 一、2025年主要目标 is the section below the headings, 1.签订目标责任书 a task.
            // 文件名称: stands before what it is of.
            (column(words).is_some() && !may_be_task(words) || heading::is_piece(words))
                && !words.ends_with(':')
                && label::at(text, cell.start).is_none()
                && (glued(words).len() < 2 || is_one_on_two_lines(words))
        })
    };
    let says = |cell: &Range<usize>| text[cell.clone()].contains(is_han);
    if head_duties(text, cells) && !known(2) {
        return Ok(cells[..2].to_vec());
    }
    if !known(0) && !before_headings(text, cells) {
        return Err(1);
    }
    let mut end = 1;
    // A heading that nobody knows may stand between two that are known; 监控系统运行情况 may be what is to be looked at.
    let surely = |index: usize| {
        let long = |cell: &Range<usize>| text[cell.clone()].chars().count() > LONGEST_OF_OTHERS;
        let other = |cell: &Range<usize>| column(&text[cell.clone()]) == Some(Column::Other);
        known(index)
            && !cells
                .get(index)
                .is_some_and(|cell| long(cell) && other(cell))
    };
    // 落实根本任务 behind 牵头单位 is what is to be done, not another heading of it.
    let begins_row = |index: usize| {
        let kind = |cell: &Range<usize>| column(&text[cell.clone()]);
        let says_what = |cell: &Range<usize>| kind(cell).is_some_and(Column::says_what);
        let of_parties = |cell: &Range<usize>| kind(cell).is_some_and(Column::names_parties);
        let words = cells.get(index).map_or("", |cell| &text[cell.clone()]);
        let long = words.chars().count() > LONGEST_OF_OTHERS && !is_heading(words);
        long && says_what(&cells[index])
            && cells[..index].iter().any(says_what)
            && cells[..index].iter().any(of_parties)
    };
    while end < cells.len().min(2 * MOST_COLUMNS)
        && !begins_row(end)
        && (known(end) || (says(&cells[end]) && short(text, &cells[end]) && surely(end + 1)))
    {
        end += 1;
    }
    let column = |index: usize| column(&text[cells[index].clone()]);
    // What stands before 序号 may be the title of the table: 重点工作执行情况.
    let number = (0..end).find(|at| column(*at) == Some(Column::Number));
    let start = number.unwrap_or(0);
    // Behind 序号 everything is a heading up to the first number, but for the cells that stand before that as 类别 does
    // before 序号.
    let of_section =
        |at: &usize| column(*at) == Some(Column::Section) || is_heading(&text[cells[*at].clone()]);
    let front = (0..start).rev().take_while(of_section).count();
    let counted = up_to_first_row(text, &cells[start..]);
    let counted = counted.filter(|count| number.is_some() || known(start + count - 1));
    if let Some(count) = counted.filter(|count| *count > front + 2) {
        let head = &cells[start - front..start + count - front];
        return Ok(heading::whole(text, head));
    }
    let whole = heading::whole(text, &cells[start..end]);
    let columns: Vec<_> = whole
        .iter()
        .map(|words| self::column(&text[words.clone()]))
        .collect();
    let leads = || name_leads_and_others(whole.iter().map(|words| &text[words.clone()]));
    if columns.len() <= MOST_COLUMNS && (named(&columns) || leads()) {
        Ok(whole)
    } else {
        Err(end)
    }
}

/// Whether two short words that are headings are one, as where a line is broken between them: 事项 类别.
fn is_one_on_two_lines(words: &str) -> bool {
    const LONGEST: usize = 5;
    words.contains([' ', '\n']) && words.chars().nth(LONGEST).is_none()
}

/// Whether cells may begin with the headings of columns.
pub(super) fn begins_headings(text: &str, cells: &[Range<usize>]) -> bool {
    let first = cells.first().map(|cell| &text[cell.clone()]);
    first.and_then(column).is_some() || head_duties(text, cells) || before_headings(text, cells)
}

/// Whether the first cell may be a heading that nobody knows, before two that are known: 阶段, 时间, 工作任务.
pub(super) fn before_headings(text: &str, cells: &[Range<usize>]) -> bool {
    const LONGEST: usize = 6;
    let [first, rest @ ..] = cells else {
        return false;
    };
    let words = &text[first.clone()];
    let short = |cell: &Range<usize>| text[cell.clone()].chars().nth(LONGEST).is_none();
    let of_title = words.ends_with(['表', '单', '案', '划', '点', '件']);
    let heads = |cell: &Range<usize>| {
        let kind = column(&text[cell.clone()]);
        short(cell) && kind.is_some_and(|kind| kind != Column::Number)
    };
    rest.len() > 1
        && short(first)
        && words.chars().all(is_han)
        && !of_title
        && column(words).is_none()
        && rest[..2].iter().all(heads)
}

/// Whether the first of two headings is of bodies and the second of their duties: 单位, 职责.
fn head_duties(text: &str, cells: &[Range<usize>]) -> bool {
    const LONGEST: usize = 6;
    let [bodies, duties, ..] = cells else {
        return false;
    };
    let (bodies, duties) = (&text[bodies.clone()], &text[duties.clone()]);
    let short = bodies.chars().nth(LONGEST).is_none() && duties.chars().nth(LONGEST).is_none();
    short && duties.ends_with("职责") && names_any_body(bodies)
}

/// How many cells stand before the first row, if all of them may be headings: up to its number, or a section's.
fn up_to_first_row(text: &str, cells: &[Range<usize>]) -> Option<usize> {
    let begins = |cell: &Range<usize>| {
        let words = &text[cell.clone()];
        is_section(text, cell)
            || is_code(words)
            || is_numeral(words)
            || Counter::of(words).is_some_and(|c| c.is_early())
    };
    let near = cells.iter().take(2 * MOST_COLUMNS);
    // Behind 备注 stands no other column: what is merged before the first number.
    let is_last = |cell: &Range<usize>| &text[cell.clone()] == "备注";
    let remarks = near.clone().position(is_last).map(|last| last + 1);
    let count = near.clone().skip(1).position(begins)? + 1;
    let count = remarks.unwrap_or(count).min(count);
    let all_short = near.take(count).all(|cell| {
        let words = &text[cell.clone()];
        let heads = short(text, cell) || column(words).is_some_and(|column| !column.says_what());
        heading::is_bracketed(words) || heads && !words.contains(['。', ';'])
    });
    (count > 2 && all_short).then_some(count)
}

fn short(text: &str, cell: &Range<usize>) -> bool {
    const LONGEST: usize = 10;
    text[cell.clone()].chars().nth(LONGEST).is_none()
}

/// The rows of a stream of cells, headings first; nothing if it has no headings.
pub(super) fn rows(text: &str, cells: &[Range<usize>], layout: Layout) -> Option<Table> {
    if layout == Layout::Signs
        && let Some(table) = ruled(text, cells, 0).or_else(|| padded::rows(text, cells))
    {
        return Some(table);
    }
    let before_numbers = || match layout {
        Layout::Signs => before_numbers(text, cells),
        _ => None,
    };
    let mut head = headings(text, cells).or_else(before_numbers)?;
    if layout == Layout::Signs {
        widen(text, cells, &mut head);
    }
    let (first, last) = (head.first()?.clone(), head.last()?.end);
    let behind = cells.partition_point(|cell| cell.end <= last);
    let above = cells.partition_point(|cell| cell.end <= first.start);
    let rest = without_page_breaks(text, &cells[above..behind], &cells[behind..]);
    let rest = match layout {
        Layout::Lines => plates_joined(text, up_to_other_headings(text, &rest)),
        _ => rest,
    };
    let rest = &rest[..];
    let mut head = heading::below_one(text, head);
    let headed = by_headings(text, &[Row::of(head.iter().cloned())]);
    let mut columns: Vec<_> = headed.into_iter().map(|headed| headed.column).collect();
    if let [first @ None, Some(Column::Task)] = &mut columns[..] {
        *first = Some(Column::States(Slot::Parties(Role::Responsible)));
    }
    if let Some(front) = number_without_heading(text, rest, &columns) {
        head.insert(front, head[front].start..head[front].start);
        columns.insert(front, Some(Column::Number));
    }
    let width = head.len();
    let mut rows = vec![Row::of(head.iter().cloned())];
    if layout == Layout::Lines
        && let Some(below) = rows_below_numbers(text, up_to_furniture(text, rest, 0), &columns)
    {
        rows.extend(below);
        return Some(Table { rows, layout });
    }
    let by_number = cells
        .get(behind)
        .and_then(|cell| Counter::of(&text[cell.clone()]));
    let counted = columns[0] == Some(Column::Number)
        || columns.iter().all(Option::is_none) && by_number.is_some();
    let starts = row_starts(text, rest, width, counted);
    if let Some(front) = front(text, rest, &columns) {
        if layout == Layout::Signs && filled_up(text, rest, front, width) {
            rows.extend(rest.chunks(width).map(|row| Row::of(row.iter().cloned())));
            return Some(Table { rows, layout });
        }
        let several = rows_behind(text, rest, front, &columns, &mut rows);
        return several.then_some(Table { rows, layout });
    }
    if starts.is_empty() && layout == Layout::Lines && columns[0] == Some(Column::Number) {
        let rest = up_to_furniture(text, rest, 0);
        let mut below = vec![];
        let layout = uncounted(text, rest, &columns[1..], layout, &mut below);
        rows.extend(below.into_iter().map(without_number));
        return Some(Table { rows, layout });
    }
    if !counted && !starts.is_empty() && layout == Layout::Lines {
        let around = rows_around_bodies(text, rest, &columns);
        if around.len() > starts.len() {
            rows.extend(around);
            let layout = Layout::Places;
            return Some(Table { rows, layout });
        }
    }
    if counted || !starts.is_empty() {
        counted_rows(text, rest, &starts, &columns, layout, &mut rows);
        return Some(Table { rows, layout });
    }
    let rest = match layout {
        Layout::Lines => up_to_furniture(text, rest, 0),
        _ => rest,
    };
    let layout = uncounted(text, rest, &columns, layout, &mut rows);
    Some(Table { rows, layout })
}

/// Where rows begin: at the numbers of a column, at labels of their own, or at the numbers of cases.
fn row_starts(text: &str, cells: &[Range<usize>], width: usize, counted: bool) -> Vec<usize> {
    let by = |counter| starts(text, cells, width, counter);
    let none = Vec::is_empty;
    let mut found = if counted { by(Counter::of) } else { vec![] };
    if none(&found) {
        found = labels(text, cells);
    }
    if counted && none(&found) {
        found = by(Counter::of_numeral);
    }
    if counted && none(&found) {
        found = codes(text, cells);
    }
    found
}

/// Adds the rows that begin at these cells, and the headings of sections around them.
fn counted_rows(
    text: &str,
    cells: &[Range<usize>],
    starts: &[usize],
    columns: &[Option<Column>],
    layout: Layout,
    rows: &mut Vec<Row>,
) {
    let width = columns.len();
    let first = starts.first().copied().unwrap_or(0);
    sections(text, &cells[..first], rows);
    for pair in starts.windows(2) {
        block(text, &cells[pair[0]..pair[1]], width, layout, rows);
    }
    if let Some(&last) = starts.last() {
        let end = match layout {
            Layout::Lines => {
                let cells = up_to_furniture(text, cells, last);
                let own = last + last_row(text, &cells[last..], columns);
                let own = own + dashed_tasks(text, &cells[own..]);
                let own = own + roles_below(text, &cells[own..], columns);
                usual(starts).map_or(own, |usual| own.max(last + usual).min(cells.len()))
            }
            _ => cells.len(),
        };
        block(text, &cells[last..end], width, layout, rows);
    }
}

/// Rows of as many cells each, with labels that count on, where no headings stand above them.
pub(super) fn without_headings(text: &str, cells: &[Range<usize>]) -> Option<Table> {
    const FEWEST: usize = 3;
    let starts = labels(text, cells);
    let [first, next, ..] = starts[..] else {
        return counted_in_sections(text, cells);
    };
    let width = next - first;
    let regular = starts.windows(2).all(|pair| pair[1] - pair[0] == width);
    let rows = cells[first..].chunks_exact(width);
    (first == 0 && regular && width >= FEWEST).then(|| Table {
        rows: rows.map(|row| Row::of(row.iter().cloned())).collect(),
        layout: Layout::Signs,
    })
}

/// Rows that begin with numbers, where no headings stand above them and the heading of a section is merged over some behind
/// their numbers.
fn counted_in_sections(text: &str, cells: &[Range<usize>]) -> Option<Table> {
    const FEWEST: usize = 3;
    let starts = starts(text, cells, FEWEST, Counter::of);
    let width = starts.windows(2).map(|pair| pair[1] - pair[0]).max()?;
    if starts.first() != Some(&0) || starts.len() < FEWEST || width <= FEWEST {
        return None;
    }
    let ends = starts.iter().skip(1).copied().chain([cells.len()]);
    let row = |(start, end): (usize, usize)| {
        let own = &cells[start..end.min(start + width)];
        let mut row: Vec<_> = own.iter().cloned().map(Cell::of).collect();
        let merged = own.len() + 1 == width;
        if merged && !is_section(text, own.get(1)?) {
            let at = own.get(1)?.start;
            row.insert(
                1,
                Cell {
                    range: at..at,
                    above: true,
                },
            );
        }
        (row.len() == width && (merged || is_section(text, &own[1]))).then(|| Row::from(row))
    };
    let rows: Vec<_> = starts.iter().copied().zip(ends).map_while(row).collect();
    (rows.len() >= FEWEST).then_some(Table {
        rows,
        layout: Layout::Signs,
    })
}

/// A row whose number is lost, with an empty cell for it; the heading of a section stands by itself.
fn without_number(mut row: Row) -> Row {
    if let [first, _, ..] = &row.cells[..] {
        let start = first.range.start;
        row.cells.insert(0, Cell::of(start..start));
    }
    row
}

/// The rule below its headings, ---|---, says how many cells each row of a table has; so many more stand between two rows.
pub(super) fn ruled(text: &str, cells: &[Range<usize>], between: usize) -> Option<Table> {
    const FEWEST: usize = 2;
    let of_rule = |cell: &&Range<usize>| is_rule(&text[(*cell).clone()]);
    let start = cells.iter().position(|cell| of_rule(&cell))?;
    let width = cells[start..].iter().take_while(of_rule).count();
    let step = width + between;
    let head = start.checked_sub(step).filter(|_| width >= FEWEST)?;
    let below = cells.get(start + step..).unwrap_or_default();
    let row = |row: &[Range<usize>]| {
        let own = &row[..width.min(row.len())];
        // The sign behind the last cell may be the end of the table.
        let end = own.last().map_or(0, |cell| cell.end);
        let lost = (own.len() + 1 == width).then_some(end..end);
        Row::of(own.iter().cloned().chain(lost))
    };
    let rows = cells[head..start].chunks(step).chain(below.chunks(step));
    Some(Table {
        rows: rows.map(row).collect(),
        layout: Layout::Signs,
    })
}

/// Whether every row has as many cells as there are columns, with empty ones behind where merged ones before its number were
/// left out.
fn filled_up(text: &str, cells: &[Range<usize>], front: usize, width: usize) -> bool {
    let counts = |cell: &Range<usize>| Counter::of(&text[cell.clone()]).is_some();
    cells
        .chunks_exact(width)
        .all(|row| counts(&row[front]) || counts(&row[0]) && row[width - 1].is_empty())
}

/// As many cells before the first number as there are from one number to the next: the headings, though none is known.
fn before_numbers(text: &str, cells: &[Range<usize>]) -> Option<Vec<Range<usize>>> {
    const FEWEST: usize = 3;
    let is = |at: usize, number: u32| {
        let words = cells.get(at).map(|cell| &text[cell.clone()]);
        words
            .and_then(Counter::of)
            .is_some_and(|counter| counter.is(number))
    };
    let near = 0..cells.len().min(2 * MOST_COLUMNS);
    let first = near.into_iter().find(|at| is(*at, 1))?;
    let width = (FEWEST..=first.min(MOST_COLUMNS)).find(|width| is(first + width, 2))?;
    let head = &cells[first - width..first];
    let heads = |cell: &Range<usize>| !cell.is_empty() && short(text, cell);
    head.iter().all(heads).then(|| head.to_vec())
}

/// Adds headings that nobody knows, where every cell has its sign and the rows do not come out right without them: one before
/// all others, or some before a last one that is known.
fn widen(text: &str, cells: &[Range<usize>], head: &mut Vec<Range<usize>>) {
    let known = |cell: &Range<usize>| column(&text[cell.clone()]).is_some();
    let Some(start) = cells.iter().position(|cell| cell.start == head[0].start) else {
        return;
    };
    let come_out = |count: &usize| (cells.len() - start).is_multiple_of(*count);
    let kinds: Vec<_> = head
        .iter()
        .map(|cell| column(&text[cell.clone()]))
        .collect();
    if start == 1 && short(text, &cells[0]) && cells.len().is_multiple_of(head.len() + 1) {
        head.insert(0, cells[0].clone());
        return;
    }
    let below = cells.get(start + head.len()..start + 2 * head.len());
    if kinds.contains(&Some(Column::Number)) || below.is_none_or(|row| fits(text, row, &kinds)) {
        return;
    }
    let may_head = |cell: &&Range<usize>| {
        short(text, cell) && !cell.is_empty() && !text[(*cell).clone()].contains(['。', ';', ','])
    };
    let run = cells[start..].iter().take_while(may_head).count();
    let widths = (head.len() + 1..=run.min(MOST_COLUMNS)).rev();
    let width = widths
        .into_iter()
        .find(|width| come_out(width) && known(&cells[start + width - 1]));
    if let Some(width) = width {
        *head = cells[start..start + width].to_vec();
    }
}

/// The cells without the headings that each page repeats, and without the numbers of pages: — 2 —.
fn without_page_breaks(
    text: &str,
    head: &[Range<usize>],
    cells: &[Range<usize>],
) -> Vec<Range<usize>> {
    let words = |cell: &Range<usize>| &text[cell.clone()];
    let repeats = |cells: &[Range<usize>]| {
        let mut both = head.iter().zip(cells);
        head.len() > 2 && cells.len() >= head.len() && both.all(|(a, b)| words(a) == words(b))
    };
    let is_page = |words: &str| {
        let signs = if words.starts_with('第') {
            "第页共 ,/"
        } else {
            "-— "
        };
        words.starts_with(['-', '—', '第'])
            && words.contains(|c: char| c.is_ascii_digit())
            && words
                .chars()
                .all(|c| c.is_ascii_digit() || signs.contains(c))
    };
    let mut kept = vec![];
    let mut at = 0;
    while at < cells.len() {
        if repeats(&cells[at..]) {
            at += head.len();
            continue;
        }
        if !is_page(words(&cells[at])) && !["续表", "续前表"].contains(&words(&cells[at])) {
            kept.push(cells[at].clone());
        }
        at += 1;
    }
    kept
}

/// The cells up to the headings of another table: 序号 again, and others behind it.
fn up_to_other_headings<'c>(text: &str, cells: &'c [Range<usize>]) -> &'c [Range<usize>] {
    let begin = |at: &usize| {
        let near = &cells[*at..cells.len().min(at + 2 * MOST_COLUMNS)];
        column(&text[cells[*at].clone()]) == Some(Column::Number)
            && headings_from(text, near).is_ok_and(|head| head[0] == cells[*at])
    };
    &cells[..(0..cells.len()).find(begin).unwrap_or(cells.len())]
}

/// The cells with those put together of which the second is the other name of a body, in brackets on a line of its own:
/// 市财政局, (市国资委).
fn plates_joined(text: &str, cells: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut joined: Vec<Range<usize>> = vec![];
    for cell in cells {
        let words = |cell: &Range<usize>| &text[cell.clone()];
        let is_plate = plate(words(cell)).is_some_and(may_be_body);
        let has_plate = |last: &&mut Range<usize>| is_of_bodies(words(last), may_have_plate);
        match joined.last_mut().filter(|last| is_plate && has_plate(last)) {
            Some(last) => last.end = cell.end,
            None => joined.push(cell.clone()),
        }
    }
    joined
}

/// Whether words may be a body that has another name: 市财政局, 高新园.
fn may_have_plate(words: &str) -> bool {
    may_be_body(words) || words.ends_with('园')
}

/// How far the number of the first row stands from the headings at most, and one number from the next.
pub(super) const FURTHEST: usize = 64;

/// How many cells stand at most between the headings of columns and the first row.
const FURTHEST_SECTION: usize = 8;

/// The cells that are numbers of the sequence. A value in the middle of a row is none, unless the sequence expects it.
pub(super) fn starts(
    text: &str,
    cells: &[Range<usize>],
    width: usize,
    counter_of: fn(&str) -> Option<Counter>,
) -> Vec<usize> {
    let mut starts: Vec<usize> = vec![];
    let mut last: Option<Counter> = None;
    for (index, cell) in cells.iter().enumerate() {
        if index - starts.last().copied().unwrap_or(0) > FURTHEST {
            break;
        }
        let Some(counter) = counter_of(&text[cell.clone()]) else {
            continue;
        };
        let since = starts.last().map_or(width, |start| index - start);
        let begins = match &last {
            None => counter.is_early(),
            Some(last) if counter.follows(last) => {
                let value = || is_value(text, &cells[index..], &counter, counter_of);
                since > 1 && (since == width || !value())
            }
            // Rows may be left out, and counted anew.
            Some(last) => {
                let on = counter.goes_on_from(last) || counter.is_first() && last.is_plain();
                since >= width && on && !counts_on(text, &cells[index..], last, counter_of)
            }
        };
        if begins {
            starts.push(index);
            last = Some(counter);
        }
    }
    starts
}

/// Whether the first cell is a value rather than the number of a row: another figure stands behind it, and words behind the same
/// number below.
fn is_value(
    text: &str,
    cells: &[Range<usize>],
    number: &Counter,
    counter_of: fn(&str) -> Option<Counter>,
) -> bool {
    let says = |at: usize| {
        let cell = cells.get(at);
        cell.is_some_and(|cell| text[cell.clone()].contains(is_han))
    };
    let figure = |at: usize| cells.get(at).is_some_and(|cell| !cell.is_empty()) && !says(at);
    let same = |at: &usize| counter_of(&text[cells[*at].clone()]).as_ref() == Some(number);
    let near = 2..cells.len().min(FURTHEST);
    figure(1) && near.into_iter().filter(same).any(|at| says(at + 1))
}

/// Whether the next two numbers behind `last` are still to come, so that what stands before them is a value.
fn counts_on(
    text: &str,
    cells: &[Range<usize>],
    last: &Counter,
    counter_of: fn(&str) -> Option<Counter>,
) -> bool {
    let next = |cells: &[Range<usize>], last: &Counter| {
        let counters = cells.iter().take(FURTHEST).enumerate();
        let mut counters =
            counters.filter_map(|(at, cell)| Some((at, counter_of(&text[cell.clone()])?)));
        counters.find(|(at, counter)| *at > 1 && counter.follows(last))
    };
    next(cells, last).is_some_and(|(at, counter)| next(&cells[at..], &counter).is_some())
}

/// Whether words are the number of a case rather than one that counts: 2024007.
fn is_code(words: &str) -> bool {
    (5..=12).contains(&words.len()) && words.chars().all(|c| c.is_ascii_digit())
}

/// The cells that are numbers of cases, of as many figures as the first one.
fn codes(text: &str, cells: &[Range<usize>]) -> Vec<usize> {
    let is_first = |cell: &Range<usize>| is_code(&text[cell.clone()]);
    let Some(first) = cells.first().filter(|first| is_first(first)) else {
        return vec![];
    };
    let like = |at: &usize| cells[*at].len() == first.len() && is_first(&cells[*at]);
    (0..cells.len()).filter(like).collect()
}

/// Where cells begin with a number of their own, 1. or (一), the first of each row: those that follow each other in sequence.
pub(super) fn labels(text: &str, cells: &[Range<usize>]) -> Vec<usize> {
    let mut labels = cells.iter().enumerate().filter_map(|(index, cell)| {
        let label = label::at(text, cell.start).filter(|label| label.range.end <= cell.end)?;
        (label.style > Style::Han).then_some((index, label))
    });
    // The headings of sections may stand in merged cells before the first row.
    let in_sections = cells.first().is_some_and(|cell| is_section(text, cell));
    let first = labels
        .find(|(index, label)| *index == 0 || in_sections && label.style > Style::HanBracketed);
    let Some((start, first)) = first.filter(|(index, _)| *index < FURTHEST_SECTION) else {
        return vec![];
    };
    let mut starts = vec![start];
    let mut last = first.number;
    for (index, label) in labels {
        let since = index - starts.last().copied().unwrap_or(0);
        if since > FURTHEST {
            break;
        }
        if label.style == first.style && label.number == last + 1 && since > 1 {
            starts.push(index);
            last = label.number;
        }
    }
    if starts.len() > 1 { starts } else { vec![] }
}

/// The cells up to what a page has below its text: 扫码使用手机浏览本页内容.
fn up_to_furniture<'c>(text: &str, cells: &'c [Range<usize>], last: usize) -> &'c [Range<usize>] {
    const FEWEST: usize = 3;
    let below = |cell: &Range<usize>| {
        let words = &text[cell.clone()];
        words.contains(is_han) && is_furniture(words)
    };
    let own = cells[last..].iter().skip(FEWEST).position(below);
    own.map_or(cells, |own| &cells[..last + FEWEST + own])
}

/// How many cells every row but the last has, if that is the same for several.
fn usual(starts: &[usize]) -> Option<usize> {
    let mut counts = starts.windows(2).map(|pair| pair[1] - pair[0]);
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
    width + cells[width..].iter().take_while(of_party).count()
}

/// Whether a cell on a line of its own names a body, or several.
fn names_party(text: &str, cell: &Range<usize>) -> bool {
    let words = &text[cell.clone()];
    let listed = words.contains(['、', ',']) && is_of_bodies(words, may_be_body);
    label_of_role(words).is_some() || listed || (short(text, cell) && shows_party(words))
}

/// How many cells are more tasks below the last number, each behind a dash and followed by those who answer for it.
fn dashed_tasks(text: &str, cells: &[Range<usize>]) -> usize {
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
fn roles_below(text: &str, cells: &[Range<usize>], columns: &[Option<Column>]) -> usize {
    let pairs = cells.chunks_exact(2).take_while(|pair| {
        role_said(&text[pair[0].clone()]).is_some() && names_party(text, &pair[1])
    });
    let of_roles = columns.contains(&Some(Column::Role));
    if of_roles { 2 * pairs.count() } else { 0 }
}

/// Whether every column of parties has some, as far as their shape shows.
pub(super) fn fits(text: &str, cells: &[Range<usize>], columns: &[Option<Column>]) -> bool {
    cells.len() == columns.len()
        && cells.iter().zip(columns).all(|(cell, column)| {
            let words = &text[cell.clone()];
            let last = words
                .rsplit(['、', ',', ' ', '等'])
                .find(|name| !name.is_empty());
            !column.is_some_and(Column::names_parties)
                || last.is_some_and(may_be_body)
                || is_of_bodies(words, may_be_body)
                || label_of_role(words).is_some()
        })
}

/// One row from its number on, and what stands behind it before the next number: rows below the same number, and
/// headings of sections.
fn block(text: &str, cells: &[Range<usize>], width: usize, layout: Layout, rows: &mut Vec<Row>) {
    let mut end = cells.len();
    while end > 2 {
        let last = &cells[end - 1];
        if is_section(text, last) || (last.is_empty() && !end.is_multiple_of(width)) {
            end -= 1;
        } else if end > 3 && is_numeral(&text[cells[end - 2].clone()]) {
            end -= 2;
        } else {
            break;
        }
    }
    // What is no multiple of a row has lost a cell somewhere, or has empty ones more.
    let own = match layout {
        Layout::Signs if end.is_multiple_of(width) => width,
        _ => end,
    };
    rows.push(Row::of(cells[..own].iter().cloned()));
    for chunk in cells[own..end].chunks(width) {
        if chunk.iter().any(|cell| !cell.is_empty()) {
            rows.push(Row::of(chunk.iter().cloned()));
        }
    }
    sections(text, &cells[end..], rows);
}

/// The headings of sections among cells; the number of one may have a cell of its own.
fn sections(text: &str, cells: &[Range<usize>], rows: &mut Vec<Row>) {
    let mut cells = cells.iter().peekable();
    while let Some(cell) = cells.next() {
        if is_numeral(&text[cell.clone()])
            && let Some(title) = cells.next()
        {
            rows.push(Row::of([cell.clone(), title.clone()]));
        } else if is_section(text, cell) {
            rows.push(Row::of([cell.clone()]));
        }
    }
}

/// Whether a cell is the heading of a section: 一、 or (一) and a few words.
pub(super) fn is_section(text: &str, cell: &Range<usize>) -> bool {
    const LONGEST: usize = 60;
    let outer = label::at(text, cell.start).filter(|label| label.range.end <= cell.end);
    outer.is_some_and(|label| label.style <= Style::HanBracketed)
        && text[cell.clone()].chars().nth(LONGEST).is_none()
}
