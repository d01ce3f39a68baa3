//! What falls due when, and how duties moved.

use super::{
    connection::{connections, filtered_lists},
    define::graph_types,
    light::{LightCount, light_counts},
    list::{All, One, all, one},
    party::Party,
    period::CalendarPeriod,
    reorganization::Reorganization,
    scope::Scope,
    target::Deadline,
};
use domain::{
    calendar::Period,
    duty_flow, image,
    view::{DeadlineFilter, Falling},
};
use std::sync::Arc;

graph_types! {
    /// What falls due in a period.
    type TimelinePeriod(_view, falling: (Arc<Falling>, DeadlineFilter)) {
        /// The period.
        period -> CalendarPeriod = falling.0.period.into();
        /// How many deadlines have their last day in it.
        count -> u32 = falling.0.deadlines;
        /// How many of them were met by the day that is asked about.
        met -> u32 = falling.0.met;
        /// How many of them have which light on the day that is asked about. A light that none has is left out.
        by_light -> Vec<LightCount> = light_counts(|light| falling.0.with_light(light));
    } paged {
        /// The deadlines themselves, by their last days.
        deadlines -> DeadlineConnection = {
            let days = falling.0.period.days();
            let filter = DeadlineFilter {
                from: Some(days.from),
                to: Some(days.to),
                ..falling.1.clone()
            };
            DeadlineList { filter }
        };
    }

    /// 职责流转: how duties moved in a period.
    type DutyFlow(view, flow: Arc<duty_flow::DutyFlow>) {
        /// The period.
        period -> CalendarPeriod = flow.period.into();
        /// How many began.
        begun -> u32 = flow.begun;
        /// How many of those rest on a designation (认定).
        designated -> u32 = flow.designated;
        /// How many of those that began continue a duty that a reorganization moved (承继).
        inherited -> u32 = flow.inherited;
        /// How many ended.
        ended -> u32 = flow.ended;
        /// How many of those that ended are continued by another body.
        handed_over -> u32 = flow.handed_over;
        /// From whom the inherited ones came.
        inherited_from -> All<Handover> = all(view, flow.inherited_from.iter().copied());
        /// To whom those that were handed over went.
        handed_over_to -> All<Handover> = all(view, flow.handed_over_to.iter().copied());
    }

    /// Duties that a reorganization moved from one body to another.
    type Handover(view, handover: duty_flow::Handover) {
        /// Whose they were.
        from -> One<'_, Party> = one(view, handover.from);
        /// Whose they are.
        to -> One<'_, Party> = one(view, handover.to);
        /// What moved them.
        reorganization -> Reorganization = Reorganization::new(view, handover.by);
        /// How many.
        duties -> u32 = handover.duties;
    }
}

/// What falls due in some periods.
pub(super) fn of(
    scope: &Arc<Scope>,
    filter: &DeadlineFilter,
    periods: (Period, u16),
) -> All<TimelinePeriod> {
    let falling = scope.falling_due(filter, periods).into_iter();
    all(
        scope,
        falling.map(|falling| (Arc::new(falling), filter.clone())),
    )
}

connections! {
    /// Deadlines, page by page.
    DeadlineConnection, DeadlineEdge: DeadlineList => Deadline;
}

filtered_lists! {
    /// Deadlines by their last days.
    DeadlineList(DeadlineFilter) of image::Deadline: deadline_page, deadline_count, deadline_cursor;
}
