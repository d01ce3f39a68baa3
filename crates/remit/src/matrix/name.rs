//! What rows, columns, roles and bases are called.

use super::row_name;
use crate::terminal::plain;
use domain::{
    matrix::{Column, Row, Total},
    view::View,
    vocabulary::{Basis, PartyKind, Role},
};

/// A row with its labels from the top of the plan.
pub(super) fn row(view: &View, row: Row) -> String {
    match row {
        Row::Plan(plan) => plain(view.text(view.thing(plan).title)),
        Row::Section(section) => {
            let title = view.text(view.thing(section).title);
            row_name(&view.section_labels(section), title)
        }
        Row::Task(task) => row_name(&view.task_path(task), view.text(view.thing(task).title)),
    }
}

/// A row with its own label alone.
pub(super) fn short_row(view: &View, row: Row) -> String {
    let (label, title) = match row {
        Row::Plan(plan) => return plain(view.text(view.thing(plan).title)),
        Row::Section(section) => {
            let section = view.thing(section);
            (section.label, section.title)
        }
        Row::Task(task) => {
            let task = view.thing(task);
            (task.label, task.title)
        }
    };
    row_name(&[view.text(label)], view.text(title))
}

pub(super) fn column(view: &View, column: Column) -> String {
    match column {
        Column::Kind(kind) => kind_name(kind).to_owned(),
        Column::Place(Some(place)) => plain(view.text(view.thing(place).name)),
        Column::Place(None) => "区域不明".to_owned(),
        Column::Party(party) => {
            let name = view.party_name(party);
            name.map_or_else(String::new, |name| plain(view.text(name)))
        }
    }
}

/// The roles that there are, with in how many tasks.
pub(super) fn counts(total: &Total) -> Vec<(Role, u32)> {
    total
        .roles()
        .map(|(role, count)| (role, count.tasks))
        .collect()
}

/// The roles that there are, with how many assignments.
pub(super) fn assignments(total: &Total) -> Vec<(Role, u32)> {
    let roles = total.roles();
    roles
        .map(|(role, count)| (role, count.assignments))
        .collect()
}

/// The marks of roles, with in how many tasks where it is more than one.
pub(super) fn marks(counts: &[(Role, u32)]) -> String {
    let mut marks = String::new();
    for (role, count) in counts {
        marks.push(mark(*role));
        if *count > 1 {
            marks.push_str(&count.to_string());
        }
    }
    marks
}

/// One wide character for each role.
pub(super) fn mark(role: Role) -> char {
    match role {
        Role::Lead => '牵',
        Role::CoLead => '联',
        Role::Responsible => '责',
        Role::Support => '配',
        Role::Participate => '参',
        Role::Supervise => '督',
        Role::Coordinate => '统',
    }
}

pub(super) fn role_name(role: Role) -> &'static str {
    match role {
        Role::Lead => "牵头",
        Role::CoLead => "联合牵头",
        Role::Responsible => "负责",
        Role::Support => "配合",
        Role::Participate => "参与",
        Role::Supervise => "指导督办",
        Role::Coordinate => "统筹协调",
    }
}

pub(super) fn basis_name(basis: Basis) -> &'static str {
    match basis {
        Basis::Stated => "原文",
        Basis::Convention => "文件通则",
        Basis::Designated => "认定",
        Basis::Inherited => "承继",
        Basis::Recorded => "登记",
        Basis::Inferred => "推断",
    }
}

fn kind_name(kind: PartyKind) -> &'static str {
    match kind {
        PartyKind::CommitteeOrgan => "党委机构",
        PartyKind::Department => "政府部门",
        PartyKind::Government => "人民政府",
        PartyKind::FunctionalZone => "功能区",
        PartyKind::VerticalAgency => "中央垂管",
        PartyKind::Enterprise => "企业",
        PartyKind::University => "高校",
        PartyKind::Institute => "院所",
        PartyKind::CoordinationBody => "议事协调机构",
        PartyKind::MassOrganization => "群团",
        PartyKind::CourtProcuratorate => "法检",
        PartyKind::Subunit => "内设机构",
        PartyKind::Collective => "集体",
        PartyKind::Other => "其他",
    }
}
