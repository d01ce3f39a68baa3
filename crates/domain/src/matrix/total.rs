//! What stands in a part of a matrix, counted.

use super::{Cell, Line, Matrix};
use crate::{
    image::TaskRef,
    view::View,
    vocabulary::{Basis, Role},
};

/// How many tasks and how many assignments.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// The tasks that have one of the assignments.
    pub tasks: u32,
    /// The assignments.
    pub assignments: u32,
}

/// What stands in a cell, a row, a column, beneath a heading, or in all of a matrix.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Total {
    /// In any role.
    pub all: Count,
    roles: [Count; Role::ALL.len()],
    bases: [u32; Basis::ALL.len()],
}

impl Total {
    /// The roles that there are, with how often each.
    pub fn roles(&self) -> impl Iterator<Item = (Role, Count)> {
        let counted = Role::ALL.iter().copied().zip(self.roles);
        counted.filter(|(_, count)| count.assignments > 0)
    }

    /// The bases that there are, with how many assignments rest on each.
    pub fn bases(&self) -> impl Iterator<Item = (Basis, u32)> {
        let counted = Basis::ALL.iter().copied().zip(self.bases);
        counted.filter(|(_, count)| *count > 0)
    }
}

impl Matrix {
    /// What stands in it.
    pub fn total(&self, view: &View) -> Total {
        self.total_of(view, &self.cells)
    }

    /// What stands in some of its cells.
    pub fn total_of<'c>(&self, view: &View, cells: impl IntoIterator<Item = &'c Cell>) -> Total {
        let cells = cells.into_iter();
        let mut totals = self.totals(view, 1, cells.map(|cell| (0, cell)));
        totals.swap_remove(0)
    }

    /// Lines with what stands in each: `sizes` are those of single rows or columns, `place` tells that of a cell.
    pub(super) fn summed<G>(
        &self,
        view: &View,
        mut lines: Vec<Line<G>>,
        sizes: &[u32],
        place: impl Fn(&Cell) -> u32,
    ) -> Vec<Line<G>> {
        let mut over = vec![vec![]; sizes.len()];
        for (number, line) in (0..).zip(&mut lines) {
            for place in line.span.clone() {
                over[place as usize].push(number);
                line.size += sizes[place as usize];
            }
        }
        let parts = self.cells.iter().flat_map(|cell| {
            let lines: &Vec<u32> = &over[place(cell) as usize];
            lines.iter().map(move |line| (*line, cell))
        });
        let totals = self.totals(view, lines.len(), parts);
        for (line, total) in lines.iter_mut().zip(totals) {
            line.total = total;
        }
        lines
    }

    fn totals<'c>(
        &self,
        view: &View,
        count: usize,
        parts: impl Iterator<Item = (u32, &'c Cell)>,
    ) -> Vec<Total> {
        let mut totals = vec![Total::default(); count];
        let mut tasks: Vec<(u32, TaskRef, Role)> = vec![];
        for (part, cell) in parts {
            let total = &mut totals[part as usize];
            for &assignment in self.assignments(cell) {
                let image = view.thing(assignment);
                total.all.assignments += 1;
                total.roles[image.role as usize].assignments += 1;
                total.bases[image.basis as usize] += 1;
                tasks.push((part, image.task, image.role));
            }
        }
        // A task counts once, however many parties it has there.
        tasks.sort_unstable();
        tasks.dedup();
        let mut last = None;
        for (part, task, role) in tasks {
            let total = &mut totals[part as usize];
            total.roles[role as usize].tasks += 1;
            total.all.tasks += u32::from(last != Some((part, task)));
            last = Some((part, task));
        }
        totals
    }
}
