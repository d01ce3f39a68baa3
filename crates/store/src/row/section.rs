//! The table `section`.

use super::{Version, cell, cell::BadCell};
use domain::{id::SectionId, plan::Section};

versioned!("section" of Section {
    plan_id: Uuid,
    parent_id: Option<Uuid>,
    label: String,
    title: String,
    position: i64,
    citation_document_id: Option<Uuid>,
    citation_start: Option<i64>,
    citation_end: Option<i64>,
});

fn row(version: Version, fact: &Section) -> Model {
    let Section {
        plan,
        parent,
        label,
        title,
        position,
        citation,
    } = fact.clone();
    let (citation_document_id, citation_start, citation_end) = cell::citation(citation);
    Model {
        register_id: version.register,
        id: version.id,
        since_seq: version.since,
        until_seq: version.until,
        plan_id: plan.into(),
        parent_id: parent.map(Uuid::from),
        label,
        title,
        position: position.into(),
        citation_document_id,
        citation_start,
        citation_end,
    }
}

fn fact(row: Model) -> Result<Section, BadCell> {
    let Model {
        register_id: _,
        id: _,
        since_seq: _,
        until_seq: _,
        plan_id,
        parent_id,
        label,
        title,
        position,
        citation_document_id,
        citation_start,
        citation_end,
    } = row;
    Ok(Section {
        plan: plan_id.into(),
        parent: parent_id.map(SectionId::from),
        label,
        title,
        position: cell::number("position", position)?,
        citation: cell::read_citation(
            "citation",
            (citation_document_id, citation_start, citation_end),
        )?,
    })
}
