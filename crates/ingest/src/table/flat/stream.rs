//! Cells that follow each other without a sign where a row ends: rows begin at the numbers of their sequence.

use super::{
    MOST_COLUMNS,
    around::rows_around_bodies,
    below_number::rows_below_numbers,
    broken::names_joined,
    counter::{Counter, is_numeral},
    even,
    headings::{before_numbers, headings, headings_from, up_to_numbers, widen},
    is_rule,
    last::{
        dashed_tasks, is_foot, last_row, roles_below, up_to_furniture, up_to_signature, up_to_time,
        usual,
    },
    merged::{front, number_without_heading, rows_behind},
    padded, pieces,
    starts::{labels, row_starts, starts},
    uncounted::uncounted,
};
use crate::{
    label::{self, Style},
    line::{Line, trimmed},
    role::{Slot, label as label_of_role},
    table::{
        Cell, Column, Layout, Row, Table,
        cell::{is_of_bodies, may_be_body, plate},
        column::column,
        head::by_headings,
        heading::is_heading,
    },
};
use domain::vocabulary::Role;
use std::ops::Range;

/// The cells of lines in which `|` ends a cell; one may have several lines.
pub(super) fn cells(text: &str, lines: &[Line]) -> Vec<Range<usize>> {
    let mut cells = vec![];
    let mut begun: Option<usize> = None;
    for (index, line) in lines.iter().enumerate() {
        // What stands before 序号 on lines of its own is the title of the table that begins there, and so is 任务清单 before
        // 工作任务.
        let words = &text[line.range.clone()];
        let (first, behind) = words.split_once('|').unwrap_or((words, ""));
        let below = || {
            lines
                .get(index + 1)
                .map_or("", |line| &text[line.range.clone()])
        };
        let next = if behind.is_empty() { below() } else { behind };
        let next = next.split('|').next().unwrap_or_default();
        let heads = || is_heading(first.trim()) && column(next).is_some();
        let behind_title = begun.is_some_and(|start| {
            let title = text[start..line.range.start].trim_end();
            title.ends_with(['表', '单']) && heads()
        });
        // Of a heading in two lines, 序 and 号, the second one begins nothing.
        let parted = begun.is_some_and(|start| text[start..line.range.start].trim_end() == "序");
        if column(first) == Some(Column::Number) && !parted || behind_title {
            begun = None;
        }
        // Below a gap, the rule below headings or the number of the next row begins a cell, though no sign ends the last.
        let begins = is_rule_line(words) || line.after_gap && Counter::of(words).is_some();
        if let Some(start) = begun.filter(|_| begins && !parted) {
            cells.push(trimmed(text, start..line.range.start));
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

/// Whether a line is the rule below headings: ---|---|---.
fn is_rule_line(words: &str) -> bool {
    words.contains("-|-")
        && words
            .split('|')
            .all(|part| part.is_empty() || is_rule(part))
}

/// Whether a cell has few characters, of which the white space where a narrow one breaks is none.
pub(super) fn short(text: &str, cell: &Range<usize>) -> bool {
    const LONGEST: usize = 10;
    let mut characters = text[cell.clone()].chars().filter(|c| !c.is_whitespace());
    characters.nth(LONGEST).is_none()
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
    let exact = match layout {
        Layout::Signs => up_to_numbers(text, cells),
        _ => None,
    };
    let head = exact.or_else(|| headings(text, cells));
    let mut head = head.or_else(before_numbers)?;
    if layout == Layout::Signs {
        widen(text, cells, &mut head);
    }
    let (first, last) = (head.first()?.clone(), head.last()?.end);
    let behind = cells.partition_point(|cell| cell.end <= last);
    let above = cells.partition_point(|cell| cell.end <= first.start);
    if layout == Layout::Signs
        && let Some(table) = even::rows(text, &cells[above..])
    {
        return Some(table);
    }
    let below = &cells[behind..];
    let below = match layout {
        Layout::Lines => up_to_same_headings(text, &cells[above..behind], below),
        _ => below,
    };
    let rest = without_page_breaks(text, &cells[above..behind], below);
    let rest = match layout {
        Layout::Lines => {
            let own = up_to_signature(text, up_to_other_headings(text, &rest));
            let whole = names_joined(text, own);
            plates_joined(text, &whole)
        }
        _ => rest,
    };
    let rest = &rest[..];
    let head = pieces::below_one(text, head);
    let mut head = without_division(text, rest, head);
    let mut columns = kinds(text, rest, &head, layout);
    if let Some(front) = number_without_heading(text, rest, &columns) {
        head.insert(front, head[front].start..head[front].start);
        columns.insert(front, Some(Column::Number));
    }
    let width = head.len();
    let mut rows = vec![Row::of(head.iter().cloned())];
    if let Some(below) = rows_below_numbers(text, up_to_furniture(text, rest, 0), &columns, layout)
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

/// What the columns below headings hold, as far as these and the places of numbers say.
fn kinds(
    text: &str,
    below: &[Range<usize>],
    head: &[Range<usize>],
    layout: Layout,
) -> Vec<Option<Column>> {
    let headed = by_headings(text, &[Row::of(head.iter().cloned())]);
    let mut columns: Vec<_> = headed.into_iter().map(|headed| headed.column).collect();
    if let [first @ None, Some(Column::Task)] = &mut columns[..] {
        *first = Some(Column::States(Slot::Parties(Role::Responsible)));
    }
    if layout == Layout::Lines && counted_below_category(text, below, &columns) {
        columns[0] = Some(Column::Number);
    }
    columns
}

/// Whether numbers stand below the heading of a category, as many cells from each other as there are columns, but for the headings of
/// sections between: 项目, below it 一, 1, 2.
fn counted_below_category(text: &str, cells: &[Range<usize>], columns: &[Option<Column>]) -> bool {
    const FEWEST: usize = 3;
    let width = columns.len();
    let of_category = matches!(columns[0], None | Some(Column::Section | Column::Other));
    if !of_category || columns.contains(&Some(Column::Number)) {
        return false;
    }
    let starts = starts(text, cells, width, Counter::of);
    let begins = starts.first().is_some_and(|first| {
        let before = &cells[..*first];
        before.is_empty() || is_numeral(&text[before[0].clone()])
    });
    let gaps = starts.windows(2).filter(|pair| pair[1] - pair[0] == width);
    begins && starts.len() >= FEWEST && gaps.count() * 2 >= starts.len()
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
                let own = up_to_time(text, cells, starts, own, columns);
                usual(text, cells, starts)
                    .map_or(own, |usual| own.max(last + usual).min(cells.len()))
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
            row.insert(1, Cell::merged_at(at));
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

/// Whether cells begin with the headings of the table once more.
fn repeats(text: &str, head: &[Range<usize>], cells: &[Range<usize>]) -> bool {
    let mut both = head.iter().zip(cells);
    head.len() > 2
        && cells.len() >= head.len()
        && both.all(|(a, b)| text[a.clone()] == text[b.clone()])
}

/// The cells up to where the same headings begin another table, which counts anew.
fn up_to_same_headings<'c>(
    text: &str,
    head: &[Range<usize>],
    cells: &'c [Range<usize>],
) -> &'c [Range<usize>] {
    let is_first =
        |cell: &Range<usize>| Counter::of(&text[cell.clone()]).is_some_and(|c| c.is_first());
    let Some(first) = cells.iter().position(is_first) else {
        return cells;
    };
    let another = |at: &usize| {
        cells.get(at + head.len()).is_some_and(is_first) && repeats(text, head, &cells[*at..])
    };
    &cells[..(first + 1..cells.len())
        .find(another)
        .unwrap_or(cells.len())]
}

/// The cells without the headings that each page repeats, and without the numbers of pages: — 2 —.
fn without_page_breaks(
    text: &str,
    head: &[Range<usize>],
    cells: &[Range<usize>],
) -> Vec<Range<usize>> {
    let words = |cell: &Range<usize>| &text[cell.clone()];
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
        if repeats(text, head, &cells[at..]) {
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

/// The headings without 责任单位 before 牵头单位 and 配合单位, which stands over these, if the rows have one cell less.
fn without_division(
    text: &str,
    cells: &[Range<usize>],
    mut head: Vec<Range<usize>>,
) -> Vec<Range<usize>> {
    let kinds: Vec<_> = head
        .iter()
        .map(|cell| column(&text[cell.clone()]))
        .collect();
    let role = |kind: &Option<Column>| match kind {
        Some(Column::States(Slot::Parties(role))) => Some(*role),
        _ => None,
    };
    let over = |three: &[Option<Column>]| {
        let roles: Vec<_> = three.iter().filter_map(role).collect();
        matches!(
            roles[..],
            [
                Role::Responsible,
                Role::Lead,
                Role::Support | Role::Participate
            ]
        )
    };
    // Any other column may be the one that is empty.
    let Some(at) = kinds.len().checked_sub(3).filter(|at| over(&kinds[*at..])) else {
        return head;
    };
    let number = kinds.iter().position(|kind| *kind == Some(Column::Number));
    let own = head.len() - number.unwrap_or(0);
    // Nobody may help, besides.
    let starts = starts(text, cells, own.saturating_sub(2).max(1), Counter::of);
    let gaps = starts.windows(2).map(|pair| pair[1] - pair[0]);
    let less = gaps.clone().filter(|gap| *gap < own).count();
    let is_body = |cell: &Range<usize>| is_of_bodies(&text[cell.clone()], may_be_body);
    let three = |pair: &[usize]| {
        cells[pair[0]..pair[1]]
            .windows(3)
            .any(|three| three.iter().all(is_body))
    };
    let whole = gaps.clone().any(|gap| gap >= own);
    let three = || whole && starts.windows(2).any(three);
    if number.is_none() || less * 2 <= gaps.len() || three() {
        return head;
    }
    head.remove(at);
    head
}

/// The cells with those put together of which the second is the other name of a body, in brackets on a line of its own:
/// 市财政局, (市国资委).
fn plates_joined(text: &str, cells: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut joined: Vec<Range<usize>> = vec![];
    for cell in cells {
        let words = |cell: &Range<usize>| &text[cell.clone()];
        let is_plate = plate(words(cell)).is_some_and(may_be_body) && !is_foot(words(cell));
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
