//! A matrix as JSON, for other programs: with keys, in the words of the log.

use super::name;
use domain::{
    image::AssignmentRef,
    matrix::{Column, Line, Matrix, Row, Total},
    view::View,
};
use serde_json::{Map, Value, json};

/// Writes a matrix as a JSON value, for the register with this code.
pub(crate) fn json(view: &View, matrix: &Matrix, register: &str) -> Value {
    let rows =
        |lines: Vec<Line<Row>>| -> Vec<_> { lines.iter().map(|one| row(view, one)).collect() };
    let columns = |lines: Vec<Line<Column>>| -> Vec<_> {
        lines.iter().map(|one| column(view, one)).collect()
    };
    let cells = matrix.cells.iter().map(|cell| {
        let assignments = matrix.assignments(cell).iter();
        json!({
            "row": cell.row,
            "column": cell.column,
            "total": total(&matrix.total_of(view, [cell])),
            "assignments": assignments.map(|one| assignment(view, *one)).collect::<Vec<_>>(),
        })
    });
    json!({
        "register": register,
        "valid_on": view.valid_on(),
        "known_seq": view.seq(),
        "rows": rows(matrix.row_lines(view)),
        "row_headings": rows(matrix.row_headings(view)),
        "columns": columns(matrix.column_lines(view)),
        "column_headings": columns(matrix.column_headings(view)),
        "cells": cells.collect::<Vec<_>>(),
        "total": total(&matrix.total(view)),
    })
}

fn row(view: &View, line: &Line<Row>) -> Value {
    let (kind, key, path, title) = match line.group {
        Row::Plan(plan) => {
            let title = view.thing(plan).title;
            ("plan", view.id(plan).to_string(), vec![], title)
        }
        Row::Section(section) => {
            let (path, title) = (view.section_labels(section), view.thing(section).title);
            ("section", view.id(section).to_string(), path, title)
        }
        Row::Task(task) => {
            let title = view.thing(task).title;
            (
                "task",
                view.id(task).to_string(),
                view.task_path(task),
                title,
            )
        }
    };
    let about = json!({ kind: key, "path": path, "title": view.text(title) });
    described(about, line)
}

fn column(view: &View, line: &Line<Column>) -> Value {
    let name = name::column(view, line.group);
    let about = match line.group {
        Column::Party(party) => json!({ "party": view.id(party).to_string(), "name": name }),
        Column::Kind(kind) => json!({ "kind": kind, "name": name }),
        Column::Place(place) => {
            let key = place.map(|place| view.id(place).to_string());
            json!({ "place": key, "name": name })
        }
    };
    described(about, line)
}

fn described<G>(mut about: Value, line: &Line<G>) -> Value {
    about["level"] = json!(line.level);
    about["first"] = json!(line.span.start);
    about["count"] = json!(line.span.len());
    about["size"] = json!(line.size);
    about["total"] = total(&line.total);
    about
}

fn total(total: &Total) -> Value {
    let roles = total.roles().map(|(role, count)| {
        let count = json!({ "tasks": count.tasks, "assignments": count.assignments });
        (role.to_string(), count)
    });
    let bases = total
        .bases()
        .map(|(basis, count)| (basis.to_string(), json!(count)));
    json!({
        "tasks": total.all.tasks,
        "assignments": total.all.assignments,
        "roles": roles.collect::<Map<_, _>>(),
        "bases": bases.collect::<Map<_, _>>(),
    })
}

fn assignment(view: &View, assignment: AssignmentRef) -> Value {
    let image = view.thing(assignment);
    let written = image.written.map(|written| view.quote(written));
    json!({
        "assignment": view.id(assignment).to_string(),
        "task": view.id(image.task).to_string(),
        "party": view.id(image.party).to_string(),
        "role": image.role,
        "basis": image.basis,
        "written": written.map(|quote| view.text(quote.text)),
        "start": written.map(|quote| quote.passage.points.start),
        "end": written.map(|quote| quote.passage.points.end),
        "document": written.map(|quote| view.id(quote.document).to_string()),
    })
}
