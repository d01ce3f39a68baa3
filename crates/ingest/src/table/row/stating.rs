//! What a row states: its cells, or those above that hold for it too, as a clause.

use super::{Cut, Reader, parted::parted, placing::Placed};
use crate::{
    clause::{Clause, Rule},
    kind,
    role::Slot,
    statement::{Shape, Statement, lead_together},
    table::{Column, Layout, align::answers, cell, column::role_said, grid, hull},
};
use domain::vocabulary::Role;
use std::ops::Range;

/// What stands for the cell above.
const SAME: [&str; 5] = ["同上", "同前", "〃", "″", "\""];

/// What says that a row adds up others.
const SUMS: [&str; 4] = ["合计", "总计", "小计", "共计"];

/// Cells that say who answers or by when, with their columns.
pub(super) type Stated = Vec<(usize, Range<usize>)>;

impl Reader<'_> {
    /// What the row states, or what stands above it and holds for it too.
    pub(super) fn state(
        &mut self,
        cells: &[Placed],
        row: &Range<usize>,
        guessed: bool,
        begins: bool,
    ) {
        let text = self.grammar.text;
        let mut stated: Stated = vec![];
        let mut own = vec![];
        let mut carried = false;
        for (index, cell) in cells.iter().enumerate() {
            let is_mark = match self.columns[index].column {
                Some(Column::States(_) | Column::Role) => false,
                Some(Column::Body) => true,
                _ => continue,
            };
            let words = &text[cell.range.clone()];
            let of_parties = self.columns[index]
                .column
                .is_some_and(Column::names_parties);
            let above =
                cell.above && cell.range.is_empty() && !(of_parties && self.names_elsewhere(cells));
            // Of a body before its tasks, only the first row says the name; what adds them up is none of them.
            let whose = index == 0
                && of_parties
                && cell.range.is_empty()
                && !cells
                    .iter()
                    .any(|cell| SUMS.contains(&&text[cell.range.clone()]));
            let leads = self.leads_from_above(cells, index);
            carried |= whose || leads;
            let same = SAME.contains(&words) || above || whose || leads;
            if same && !self.above[index].is_empty() {
                stated.push((index, self.above[index].clone()));
            } else if is_mark && grid::is_mark(words)
                || !is_mark
                    && words != "无"
                    && words
                        .chars()
                        .any(|c| domain::fold::is_han(c) || c.is_ascii_digit())
            {
                stated.push((index, cell.range.clone()));
            }
            if cell.own() {
                own.push(cell.range.clone());
            }
        }
        // Bodies in a column that nobody reads may answer too.
        let passed_over = cells.iter().zip(&self.columns).any(|(cell, headed)| {
            headed.column.is_none()
                && (headed.of_bodies
                    || cell::is_of_bodies(&text[cell.range.clone()], kind::shows_party))
        });
        let names_parties = |stated: &Stated| {
            let mut columns = stated.iter().map(|(index, _)| self.columns[*index].column);
            columns.any(|column| column.is_some_and(Column::says_who))
        };
        let mut shape = if guessed {
            Shape::GuessedRow
        } else {
            Shape::Row
        };
        let mut range = hull(own.iter());
        if !names_parties(&stated) {
            // Flattened, a merged cell is empty in all its rows but the first.
            let nothing_below = text[row.end..].trim_matches(['|', ' ', '\n']).is_empty();
            let whole = text[row.clone()].ends_with('。') || self.merged.tasks_are_short;
            let cut_off = nothing_below && !whole;
            let of_times = |(index, _): &(usize, _)| {
                self.columns[*index].column == Some(Column::States(Slot::Deadline))
            };
            let cut_off = cut_off || self.cut != Cut::Nowhere;
            let others = || self.names_others || self.names_elsewhere(cells);
            if self.rows.layout.shows_empty_cells() || !begins || cut_off || others() {
                return;
            }
            let Some((above, place)) = &self.stated else {
                return;
            };
            // Its own time holds, if it has one.
            let holds_on = |said: &&(usize, Range<usize>)| stated.is_empty() || !of_times(said);
            let above: Vec<_> = above.iter().filter(holds_on).cloned().collect();
            stated.splice(0..0, above);
            range = place.clone();
            shape = Shape::GuessedRow;
            // Below it, its own time holds on as well.
            self.stated = Some((stated.clone(), range.clone()));
        } else if range.is_empty() {
            let Some((_, above)) = self.stated.as_ref().filter(|_| begins || !guessed) else {
                return;
            };
            range = above.clone();
        } else {
            self.stated = Some((stated.clone(), range.clone()));
        }
        if passed_over || carried {
            shape = Shape::GuessedRow;
        }
        if !begins && self.goes_on_with_helpers(cells, &stated, shape) {
            return;
        }
        self.clause(&stated, range, row.start, shape);
    }

    /// Whether the cell of those who lead, in a row below a merged one, is empty since it is merged, too: 目标 | 增产 | 甲局 | 乙局,
    /// and | 增收 | | 丙局 below it; or in a table where they stand once for several rows.
    fn leads_from_above(&self, cells: &[Placed], index: usize) -> bool {
        let leads = Some(Column::States(Slot::Parties(Role::Lead)));
        let merged = |at: usize| cells[at].range.is_empty() && !self.above[at].is_empty();
        let below_first = || merged(0) && self.above[0].start < self.above[index].start;
        self.rows.layout == Layout::Signs
            && self.columns[index].column == leads
            && merged(index)
            && (below_first() || self.merged.leads_hold_on)
            && cells.iter().zip(&self.columns).any(|(cell, headed)| {
                cell.own() && headed.column.is_some_and(Column::names_parties)
            })
    }

    /// Whether bodies stand under none but other columns, so that those above do not answer here, too.
    fn names_elsewhere(&self, cells: &[Placed]) -> bool {
        let text = self.grammar.text;
        let of_bodies = |cell: &Placed| {
            cell.own() && cell::is_of_bodies(&text[cell.range.clone()], kind::is_certain)
        };
        let mut named = cells
            .iter()
            .zip(&self.columns)
            .filter(|(cell, _)| of_bodies(cell))
            .peekable();
        named.peek().is_some()
            && named.all(|(_, headed)| !matches!(headed.column, Some(Column::States(_))))
    }

    /// A row of the same task that has nobody of its own but those who help adds them to what stands above.
    fn goes_on_with_helpers(&mut self, cells: &[Placed], stated: &Stated, shape: Shape) -> bool {
        let columns = &self.columns;
        let helps = |(index, _): &&(usize, Range<usize>)| {
            let column = columns[*index].column;
            column.is_some_and(Column::names_parties) && !answers(column)
        };
        let (own, above): (Vec<_>, Vec<_>) =
            stated.iter().partition(|(index, _)| cells[*index].own());
        let only_help = !own.is_empty() && own.iter().all(helps);
        if !only_help || !above.iter().any(|of| !helps(of)) {
            return false;
        }
        let words = own.iter().map(|(index, cell)| {
            let headed = &columns[*index];
            let Some(Column::States(slot)) = headed.column else {
                return (Slot::Other, &headed.heading, cell);
            };
            (slot, &headed.heading, cell)
        });
        let statement = self.grammar.row(words, shape);
        let Some(last) = self.rows.clauses.last_mut() else {
            return false;
        };
        if statement.known == 0 {
            return false;
        }
        last.range.end = hull(own.iter().map(|(_, cell)| cell)).end;
        last.statement.extend(statement);
        if shape == Shape::GuessedRow && last.rule == Rule::TableRow {
            last.rule = Rule::TableRowFitted;
        }
        true
    }

    fn clause(&mut self, stated: &Stated, range: Range<usize>, at: usize, mut shape: Shape) {
        let text = self.grammar.text;
        let mut supposed = false;
        let mut sure = self.rows.layout != Layout::Places;
        let (mut of_bodies, mut of_grid) = (false, false);
        let mut cells: Vec<(Slot, Range<usize>, Range<usize>)> = vec![];
        // 牵头 in a cell of its own says it of those who stand beside it.
        let said = stated.iter().find_map(|(index, cell)| {
            let of_roles = self.columns[*index].column == Some(Column::Role);
            let role = role_said(&text[cell.clone()]).filter(|_| of_roles)?;
            Some((role, cell.clone()))
        });
        for (index, cell) in stated {
            let headed = &self.columns[*index];
            let heading = headed.heading.clone();
            match headed.column {
                // The field says the role, and the heading of its column whose it is.
                Some(Column::Body) => {
                    if let Some((role, said)) = self.legend.role(&text[cell.clone()]) {
                        sure &= said;
                        of_grid = true;
                        cells.push((Slot::Parties(role), cell.clone(), heading));
                    }
                }
                Some(Column::States(slot @ Slot::Parties(_))) => {
                    supposed |= headed.supposed;
                    of_bodies |= headed.of_bodies && cell::is_mostly_of_bodies(&text[cell.clone()]);
                    if let Some((role, words)) = &said {
                        cells.push((Slot::Parties(*role), words.clone(), cell.clone()));
                    } else if let Some(parted) = parted(text, &heading, cell) {
                        sure &= parted.told;
                        cells.extend(
                            parted
                                .parts
                                .into_iter()
                                .map(|(role, part)| (Slot::Parties(role), heading.clone(), part)),
                        );
                    } else {
                        let parts = lines_of(text, cell).into_iter();
                        cells.extend(parts.map(|part| (slot, heading.clone(), part)));
                    }
                }
                // Sentences and figures below 分管领导 are of another column, whose cell stands where none was left.
                Some(Column::States(Slot::Persons))
                    if text[cell.clone()].contains(|c: char| c == '。' || c.is_ascii_digit()) => {}
                Some(Column::States(slot)) => cells.push((slot, heading, cell.clone())),
                _ => {}
            }
        }
        if supposed || !sure {
            shape = Shape::GuessedRow;
        }
        let cells = cells.iter().map(|(slot, words, cell)| (*slot, words, cell));
        let mut statement = self.grammar.row(cells, shape);
        // Cells that name nobody known, such as 制定方案、确定目标, make nobody responsible, unless all others of their column
        // name bodies.
        if statement.known == 0 && !of_bodies && !of_grid {
            return;
        }
        if of_grid {
            lead_together(&mut statement.parties);
        }
        let rule = match shape {
            _ if of_grid => Rule::TableGrid,
            Shape::GuessedRow if supposed => Rule::TableRowSupposed,
            Shape::GuessedRow => Rule::TableRowFitted,
            _ => Rule::TableRow,
        };
        self.push(statement, range, at, rule);
    }

    pub(super) fn push(
        &mut self,
        statement: Statement,
        range: Range<usize>,
        at: usize,
        rule: Rule,
    ) {
        if !statement.parties.is_empty() {
            self.rows.clauses.push(Clause {
                range,
                statement,
                rule,
                alone: false,
                at,
            });
        }
    }
}

/// The parts of a cell between the tags with which sheets and plain tables write a new line: 甲局<br>乙局.
fn lines_of(text: &str, cell: &Range<usize>) -> Vec<Range<usize>> {
    let mut parts = vec![];
    let mut start = cell.start;
    for (at, _) in text[cell.clone()].match_indices("<br") {
        let at = cell.start + at;
        let tag = text[at..cell.end].find('>').map_or(0, |end| end + 1);
        if start < at {
            parts.push(start..at);
        }
        start = start.max(at + tag);
    }
    parts.push(start..cell.end);
    parts.retain(|part| !part.is_empty());
    parts
}
