//! Cases of supervision.

use super::{
    connection::{connections, filtered_lists},
    define::graph_types,
    history::{Version, history},
    id::GlobalId,
    list::{All, One, all, one},
    party::Party,
    scalar::{Date, SeqNumber, Shown},
    scope::maybe,
    task::Task,
    vocabulary::CaseStage,
};
use domain::{
    image::{self, SupervisionCaseRef},
    view::CaseFilter,
};
use uuid::Uuid;

graph_types! {
    /// 督办件: a case in which a party is held to a task, step by step.
    type SupervisionCase(view, case: SupervisionCaseRef) {
        /// The global id.
        id -> GlobalId = view.global_id(*case);
        /// The case's own key, the same in every view.
        key -> Shown<Uuid> = view.key(*case);
        /// Its version: the seq since which it is known as it is.
        version -> SeqNumber = SeqNumber(view.version(*case));
        /// The task.
        task -> Task = Task::new(view, view.thing(*case).task);
        /// Who is held to it.
        party -> One<'_, Party> = one(view, view.thing(*case).party);
        /// The number by which the office files it.
        number -> &str = view.string(view.thing(*case).number);
        /// What is asked.
        subject -> &str = view.string(view.thing(*case).subject);
        /// By when an answer is due.
        due_on -> Option<Date> = view.thing(*case).due.map(Date);
        /// Whether that day is over on the day that is asked about, and no answer has been given.
        overdue -> bool = view.case_is_overdue(*case);
        /// How far it has come by the day that is asked about; null before it is opened.
        stage -> Option<CaseStage> = view.case_stage(*case).map(CaseStage::from);
        /// What was done in it by the day that is asked about, in order.
        steps -> All<CaseStep> = all(view, view.case_steps(*case));
        /// What the register knew of it, version by version, newest first, up to what this view knows.
        history -> All<Version> = history(view, *case);
    }

    /// A step of a case.
    type CaseStep(view, step: image::CaseStep) {
        /// How far the case has come by it.
        stage -> CaseStage = step.stage.into();
        /// On which day.
        day -> Date = Date(step.day);
        /// Who took it, or to whom the case was assigned.
        party -> Option<Party> = maybe(view, step.party);
        /// What was said.
        text -> Option<&str> = view.optional(step.words);
    }
}

connections! {
    /// Cases of supervision, page by page.
    SupervisionCaseConnection, SupervisionCaseEdge: CaseList => SupervisionCase;
}

filtered_lists! {
    /// Cases, by the day on which they were opened.
    CaseList(CaseFilter) of image::SupervisionCase: case_page, case_count, case_cursor;
}
