//! What a writer refuses: changes that do not fit the register they are applied to.

use crate::{
    history::{Kept, TEXTS, changeset, day, register_id},
    sample::*,
};
use domain::{
    change::{Change, Fact},
    clause::Subject,
    document::Document,
    id::{ClauseId, DocumentId, PartyId, PlaceId, PlanId, SectionId, TaskId},
    place::Place,
    register::{Inapplicable, Writer},
    target::Target,
    task::{Body, Task, Wording},
    text::{Sha256, Span},
    time::Seq,
    view::View,
    vocabulary::Role,
};
use std::sync::Arc;

/// What is there: two of what others are about, one of each of the rest, each with its number for an id.
fn there() -> Vec<Change> {
    vec![
        Change::record(id(1), document(TEXTS[0])),
        Change::record(id(2), place()),
        Change::record(id(3), party()),
        Change::record(id(4), party()),
        Change::record(id(5), party_name(id(3), "市科技局")),
        Change::record(id(6), plan("甲")),
        Change::record(id(7), plan("乙")),
        Change::record(id(8), section(id(6))),
        Change::record(id(9), task(id(6))),
        Change::record(id(10), task(id(6))),
        Change::record(id(11), clause(TASK, citation(id(1), 0, 3))),
        Change::record(id(12), assignment(id(9), id(3), Role::Lead)),
        Change::record(id(13), target(TASK)),
        Change::record(id(14), deadline(TASK)),
    ]
}

const TASK: Subject = Subject::Task(of_number(9));
const MISSING: u128 = 99;

const fn of_number(_: u128) -> TaskId {
    unreachable!()
}
