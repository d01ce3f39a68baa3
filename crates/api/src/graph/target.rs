//! Targets and deadlines.

use super::{
    attainment::Attainment,
    citation::Citation,
    clause::Subject,
    define::{Defaulted, graph_types},
    history::{Version, history},
    id::GlobalId,
    list::All,
    progress::{ProgressReportConnection, ReportList},
    scalar::{Date, SeqNumber, Shown, date},
    scope::maybe,
    vocabulary::{DueKind, DueSource, Firmness, Light, Valid},
};
use domain::{
    image::{self, DeadlineRef, TargetRef},
    view::ReportFilter,
};
use std::sync::Arc;
use uuid::Uuid;

graph_types! {
    /// 目标指标: a figure of a task, a section or a whole plan.
    type Target(view, target: TargetRef) {
        /// The global id.
        id -> GlobalId = view.global_id(*target);
        /// The target's own key, the same in every view.
        key -> Shown<Uuid> = view.key(*target);
        /// Its version: the seq since which it is known as it is.
        version -> SeqNumber = SeqNumber(view.version(*target));
        /// What it belongs to.
        subject -> Subject = Subject::new(view, view.thing(*target).subject);
        /// The words.
        text -> &str = view.string(view.thing(*target).wording.text(view.register()));
        /// Where a document says them; null where they were entered or loaded.
        citation -> Option<Citation> = maybe(view, view.thing(*target).wording.citation());
        /// The least that is to be reached: a decimal number as a string.
        min -> Option<&str> = view.optional(view.thing(*target).min);
        /// The most: a decimal number as a string. Equal to `min` where the text names one exact figure.
        max -> Option<&str> = view.optional(view.thing(*target).max);
        /// The unit as written, such as 个 or %.
        unit -> Option<&str> = view.optional(view.thing(*target).unit);
        /// How firmly it is meant.
        firmness -> Firmness = view.thing(*target).firmness.into();
        /// By when.
        due -> Option<Due> = maybe(view, view.thing(*target).due);
        /// How far it has been reached by what parties report; null where nobody has reported a figure.
        attainment -> Option<Attainment> =
            maybe(view, view.target_attainment(*target).map(Arc::new));
        /// The first day on which it is set; null if it always was.
        valid_from -> Option<Date> = date(view.thing(*target).validity.from);
        /// The first day on which it no longer is; null while no end is known.
        valid_to -> Option<Date> = date(view.thing(*target).validity.to);
        /// What the register knew of it, version by version, newest first, up to what this view knows.
        history -> All<Version> = history(view, *target);
    } paged {
        /// What parties report on it, by the day on which they did.
        reports(
            #[graphql(desc = "Given by the day that is asked about, or any.", default)] valid: Defaulted<Valid>,
        ) -> ProgressReportConnection = {
            let filter = ReportFilter {
                target: Some(*target),
                valid: valid.0.into(),
                ..ReportFilter::default()
            };
            ReportList { filter }
        };
    }

    /// 完成时限: by when a task, a section or a whole plan is to be done.
    type Deadline(view, deadline: DeadlineRef) {
        /// The global id.
        id -> GlobalId = view.global_id(*deadline);
        /// The deadline's own key, the same in every view.
        key -> Shown<Uuid> = view.key(*deadline);
        /// Its version: the seq since which it is known as it is.
        version -> SeqNumber = SeqNumber(view.version(*deadline));
        /// What it belongs to.
        subject -> Subject = Subject::new(view, view.thing(*deadline).subject);
        /// By when.
        due -> Due = Due::new(view, view.thing(*deadline).due);
        /// The first day on which it is set; null if it always was.
        valid_from -> Option<Date> = date(view.thing(*deadline).validity.from);
        /// The first day on which it no longer is; null while no end is known.
        valid_to -> Option<Date> = date(view.thing(*deadline).validity.to);
        /// What the register knew of it, version by version, newest first, up to what this view knows.
        history -> All<Version> = history(view, *deadline);
        /// 红黄绿灯: how it stands on the day that is asked about; null where it does not count, or its task is not in force or
        /// superseded.
        light -> Option<Light> = view.deadline_light(*deadline).map(Light::from);
        /// The last day on which it is still met in time, also where its words give no date: of a whole year (全年) the end of
        /// the plan's year, of what is to be done at once (立即) the day so many days after it began to count as lights are
        /// amber. Null where nothing says.
        last_day -> Option<Date> = view.deadline_last_day(*deadline).map(Date);
        /// The day on which it was met; null if it was not by the day that is asked about.
        fulfilled_on -> Option<Date> = view.deadline_fulfilled(*deadline).map(Date);
    }

    /// A time that is set: what the text says, and what it means.
    type Due(view, due: image::Due) {
        /// The words.
        text -> &str = view.string(due.wording.text(view.register()));
        /// Where a document says them; null where they were entered or loaded.
        citation -> Option<Citation> = maybe(view, due.wording.citation());
        /// What the words mean.
        kind -> DueKind = due.kind.into();
        /// The year, month or day at the precision of the text, as ISO 8601 writes it: 2024, 2024-06 or 2024-06-30.
        date -> Option<String> = due.date.map(|date| date.to_string());
        /// The last day that is still in time.
        last_day -> Option<Date> = due.date.map(|date| Date(date.last_day()));
        /// Where the words stand.
        source -> DueSource = due.source.into();
    }
}
