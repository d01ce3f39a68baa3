//! What parties report.

use super::{
    assignment::Assignment,
    connection::{connections, filtered_lists},
    define::graph_types,
    history::{Version, history},
    id::GlobalId,
    list::{All, One, one},
    party::Party,
    scalar::{Date, SeqNumber, Shown, date},
    scope::maybe,
    target::Target,
    task::Task,
    vocabulary::TaskStatus,
};
use domain::{
    image::{self, ProgressReportRef, Reported},
    missing::MissingFilter,
    view::ReportFilter,
};
use uuid::Uuid;

graph_types! {
    /// 进度填报: what a party reports on a task or a target for a period.
    type ProgressReport(view, report: ProgressReportRef) {
        /// The global id.
        id -> GlobalId = view.global_id(*report);
        /// The report's own key, the same in every view.
        key -> Shown<Uuid> = view.key(*report);
        /// Its version: the seq since which it is known as it is.
        version -> SeqNumber = SeqNumber(view.version(*report));
        /// The task that it is about, itself or by its target; null where that is of a section or a whole plan.
        task -> Option<Task> = maybe(view, view.report_task(*report));
        /// The target that it is about; null where it is about the task as a whole.
        target -> Option<Target> = maybe(view, match view.thing(*report).about {
            Reported::Target(target) => Some(target),
            Reported::Task(_) => None,
        });
        /// Who reports.
        party -> One<'_, Party> = one(view, view.thing(*report).party);
        /// The first day that it covers.
        period_from -> Option<Date> = date(view.thing(*report).period.from);
        /// The first day that it no longer covers.
        period_to -> Option<Date> = date(view.thing(*report).period.to);
        /// The day on which it was given.
        reported_on -> Date = Date(view.thing(*report).reported);
        /// How far the party says that the task has come. What the register takes it for is `Task.status`.
        status -> Option<TaskStatus> = view.thing(*report).status.map(TaskStatus::from);
        /// The figure that was reached, in the target's unit: a decimal number as a string.
        value -> Option<&str> = view.optional(view.thing(*report).value);
        /// What the party says.
        text -> &str = view.string(view.thing(*report).words);
        /// Where what shows it can be found: addresses.
        evidence -> Vec<&str> = view.thing(*report).evidence.iter().map(|address| view.string(*address)).collect();
        /// What the register knew of it, version by version, newest first, up to what this view knows.
        history -> All<Version> = history(view, *report);
    }
}

connections! {
    /// Progress reports, page by page.
    ProgressReportConnection, ProgressReportEdge: ReportList => ProgressReport;
    /// Duties by which a report is missing, page by page.
    MissingReportConnection, MissingReportEdge: MissingReportList => Assignment;
}

filtered_lists! {
    /// Reports, by the day on which they were given.
    ReportList(ReportFilter) of image::ProgressReport: report_page, report_count, report_cursor;
    /// Duties by which a report is missing, by plan, then as the plan has their tasks.
    MissingReportList(MissingFilter) of image::Assignment: missing_report_page, missing_report_count, missing_report_cursor;
}
