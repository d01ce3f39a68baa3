//! How far tasks have come.

use super::{
    define::graph_types,
    history::{Version, history},
    id::GlobalId,
    list::All,
    scalar::{Date, SeqNumber, Shown},
    task::Task,
    vocabulary::TaskStatus,
};
use domain::image::StandingRef;
use uuid::Uuid;

graph_types! {
    /// 任务状态: how far a task has come from a day on, until the next one.
    type Standing(view, standing: StandingRef) {
        /// The global id.
        id -> GlobalId = view.global_id(*standing);
        /// The standing's own key, the same in every view.
        key -> Shown<Uuid> = view.key(*standing);
        /// Its version: the seq since which it is known as it is.
        version -> SeqNumber = SeqNumber(view.version(*standing));
        /// The task.
        task -> Task = Task::new(view, view.thing(*standing).task);
        /// How far it has come.
        status -> TaskStatus = view.thing(*standing).status.into();
        /// The first day on which it has.
        reached_on -> Date = Date(view.thing(*standing).reached);
        /// What the register knew of it, version by version, newest first, up to what this view knows.
        history -> All<Version> = history(view, *standing);
    }
}
