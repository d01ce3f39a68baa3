//! One line of each file, as it is written: what [`super::row`] reads.

use super::File;
use domain::{
    command::load::{AssignmentRow, PartyRow, PlanRow, TaskRow},
    deadline::DueDate,
    time::{Day, Validity},
    vocabulary::{PartyKind, PlaceLevel, Role, TaskStatus},
};
use serde::Serialize;

/// A row that one of the files can hold.
pub trait Line {
    /// The file.
    const FILE: File;

    /// Writes the row as a line behind others.
    fn append_to(&self, lines: &mut Vec<u8>);
}

impl Line for PartyRow {
    const FILE: File = File::Party;

    fn append_to(&self, lines: &mut Vec<u8>) {
        #[derive(Serialize)]
        struct Line<'a> {
            id: &'a str,
            parent_id: Option<&'a str>,
            kind: &'static str,
            code: Option<&'a str>,
            name: &'a str,
        }
        let Self {
            key,
            parent,
            kind,
            territory,
            code,
            name,
        } = self;
        append(
            lines,
            &Line {
                id: key,
                parent_id: parent.as_deref(),
                kind: kind_word(*kind, *territory),
                code: code.as_deref(),
                name,
            },
        );
    }
}

impl Line for PlanRow {
    const FILE: File = File::Plan;

    fn append_to(&self, lines: &mut Vec<u8>) {
        #[derive(Serialize)]
        struct Line<'a> {
            id: &'a str,
            code: &'a str,
            title: &'a str,
            year: Option<i16>,
            owner_party_id: Option<&'a str>,
            valid_from: Day,
            valid_to: Day,
        }
        let Self {
            key,
            code,
            title,
            year,
            owner,
            validity: Validity { from, to },
        } = self;
        append(
            lines,
            &Line {
                id: key,
                code,
                title,
                year: *year,
                owner_party_id: owner.as_deref(),
                valid_from: *from,
                valid_to: *to,
            },
        );
    }
}

impl Line for TaskRow {
    const FILE: File = File::Task;

    fn append_to(&self, lines: &mut Vec<u8>) {
        #[derive(Serialize)]
        struct Line<'a> {
            id: &'a str,
            plan_id: &'a str,
            seq: u32,
            code: &'a str,
            title: &'a str,
            body: Option<&'a str>,
            target: Option<&'a str>,
            deadline: Option<DueDate>,
            status: TaskStatus,
            valid_from: Day,
            valid_to: Day,
        }
        let Self {
            key,
            plan,
            position,
            code,
            title,
            body,
            target,
            deadline,
            status,
            validity: Validity { from, to },
        } = self;
        append(
            lines,
            &Line {
                id: key,
                plan_id: plan,
                seq: *position,
                code,
                title,
                body: body.as_deref(),
                target: target.as_deref(),
                deadline: *deadline,
                status: *status,
                valid_from: *from,
                valid_to: *to,
            },
        );
    }
}

impl Line for AssignmentRow {
    const FILE: File = File::Assignment;

    fn append_to(&self, lines: &mut Vec<u8>) {
        #[derive(Serialize)]
        struct Line<'a> {
            id: &'a str,
            task_id: &'a str,
            party_id: &'a str,
            role: Role,
            valid_from: Day,
            valid_to: Day,
        }
        let Self {
            key,
            task,
            party,
            role,
            validity: Validity { from, to },
        } = self;
        append(
            lines,
            &Line {
                id: key,
                task_id: task,
                party_id: party,
                role: *role,
                valid_from: *from,
                valid_to: *to,
            },
        );
    }
}

/// Our own word for a kind, or the loose one that says what level of territory a government is of.
fn kind_word(kind: PartyKind, territory: Option<PlaceLevel>) -> &'static str {
    match (kind, territory) {
        (PartyKind::Government, Some(PlaceLevel::District)) => "district",
        (PartyKind::Government, Some(PlaceLevel::Township)) => "town",
        _ => kind.as_str(),
    }
}

fn append(lines: &mut Vec<u8>, line: &impl Serialize) {
    serde_json::to_writer(&mut *lines, line).expect("a line holds only strings and numbers");
    lines.push(b'\n');
}
