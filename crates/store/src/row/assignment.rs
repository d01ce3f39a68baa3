//! The table `assignment`.

use super::{Version, cell, cell::BadCell};
use domain::{
    assignment::{Assignment, Inheritance},
    id::ClauseId,
};

versioned!("assignment" of Assignment {
    task_id: Uuid,
    party_id: Uuid,
    role: String,
    basis: String,
    reference: String,
    clause_id: Option<Uuid>,
    citation_document_id: Option<Uuid>,
    citation_start: Option<i64>,
    citation_end: Option<i64>,
    written_document_id: Option<Uuid>,
    written_start: Option<i64>,
    written_end: Option<i64>,
    position: i32,
    valid_from: String,
    valid_to: String,
    inherits_assignment_id: Option<Uuid>,
    inherits_reorganization_id: Option<Uuid>,
});

fn row(version: Version, fact: &Assignment) -> Model {
    let Assignment {
        task,
        party,
        role,
        basis,
        reference,
        clause,
        citation,
        written,
        position,
        validity,
        inherits,
    } = fact.clone();
    let (citation_document_id, citation_start, citation_end) = cell::citation(citation);
    let (written_document_id, written_start, written_end) = cell::citation(written);
    let (valid_from, valid_to) = cell::validity(validity);
    Model {
        register_id: version.register,
        id: version.id,
        since_seq: version.since,
        until_seq: version.until,
        task_id: task.into(),
        party_id: party.into(),
        role: role.to_string(),
        basis: basis.to_string(),
        reference: reference.to_string(),
        clause_id: clause.map(Uuid::from),
        citation_document_id,
        citation_start,
        citation_end,
        written_document_id,
        written_start,
        written_end,
        position: position.into(),
        valid_from,
        valid_to,
        inherits_assignment_id: inherits.map(|inherits| inherits.assignment.into()),
        inherits_reorganization_id: inherits.map(|inherits| inherits.reorganization.into()),
    }
}

fn fact(row: Model) -> Result<Assignment, BadCell> {
    let Model {
        register_id: _,
        id: _,
        since_seq: _,
        until_seq: _,
        task_id,
        party_id,
        role,
        basis,
        reference,
        clause_id,
        citation_document_id,
        citation_start,
        citation_end,
        written_document_id,
        written_start,
        written_end,
        position,
        valid_from,
        valid_to,
        inherits_assignment_id,
        inherits_reorganization_id,
    } = row;
    let inherits = match (inherits_assignment_id, inherits_reorganization_id) {
        (Some(assignment), Some(reorganization)) => Some(Inheritance {
            assignment: assignment.into(),
            reorganization: reorganization.into(),
        }),
        (None, None) => None,
        _ => {
            return Err(cell::incomplete(
                "inherits_assignment_id, inherits_reorganization_id",
            ));
        }
    };
    Ok(Assignment {
        task: task_id.into(),
        party: party_id.into(),
        role: cell::read("role", &role)?,
        basis: cell::read("basis", &basis)?,
        reference: cell::read("reference", &reference)?,
        clause: clause_id.map(ClauseId::from),
        citation: cell::read_citation(
            "citation",
            (citation_document_id, citation_start, citation_end),
        )?,
        written: cell::read_citation("written", (written_document_id, written_start, written_end))?,
        position: cell::number("position", position)?,
        validity: cell::read_validity(&valid_from, &valid_to)?,
        inherits,
    })
}
