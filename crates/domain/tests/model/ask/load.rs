//! What parties have to do, what falls due, how duties moved, how far targets are reached.

use super::{handle, page::Listing};
use crate::{
    dice::Dice,
    history::day,
    naive::{Flow, Load, Moment, Moved},
};
use domain::{
    calendar::Period,
    deadline::DueDate,
    duty_flow::{DutyFlow, Handover},
    image,
    missing::MissingFilter,
    party, plan, progress, target,
    time::{Day, Validity},
    view::{DeadlineFilter, View},
    vocabulary::{Light, PartyKind, PeriodKind, Role, TaskStatus},
    workload::{Workload, WorkloadFilter, WorkloadOrder},
};

pub(super) fn all(view: &View, moment: &Moment<'_>, dice: &mut Dice) {
    workloads(view, moment, dice);
    workload_of_each(view, moment, dice);
    deadlines(view, moment, dice);
    missing_reports(view, moment, dice);
    duty_flows(view, moment, dice);
    targets(view, moment);
}

/// Some periods around the days of histories.
fn periods(dice: &mut Dice) -> (Period, u16) {
    let kind = dice.one_of(PeriodKind::ALL);
    let first = Period::of(kind, day(0)).expect("it is a day of the calendar");
    (
        first.shifted(dice.one_of(&[0, -1, -2])),
        1 + dice.below(4) as u16,
    )
}

fn some_plan(view: &View, moment: &Moment<'_>, dice: &mut Dice) -> Option<image::PlanRef> {
    let plan = dice.maybe(&moment.lists.ids::<plan::Plan>());
    plan.map(|plan| handle(view.register(), plan))
}

fn some_party(view: &View, moment: &Moment<'_>, dice: &mut Dice) -> Option<image::PartyRef> {
    let party = dice.maybe(&moment.lists.ids::<party::Party>());
    party.map(|party| handle(view.register(), party))
}

fn load(workload: &Workload) -> Load {
    let count = |count: u32| count as usize;
    let roles = Role::ALL.iter();
    let statuses = TaskStatus::ALL.iter();
    let lights = Light::ALL.iter();
    Load {
        duties: count(workload.duties),
        tasks: count(workload.tasks),
        roles: roles.map(|role| count(workload.in_role(*role))).collect(),
        statuses: statuses
            .map(|status| count(workload.with_status(*status)))
            .collect(),
        lights: lights
            .map(|light| count(workload.with_light(*light)))
            .collect(),
        missing: count(workload.missing_reports),
    }
}

fn workloads(view: &View, moment: &Moment<'_>, dice: &mut Dice) {
    let filter = WorkloadFilter {
        plan: some_plan(view, moment, dice),
        roles: dice.few(Role::ALL),
        kinds: dice.few(&[PartyKind::Department, PartyKind::Government]),
    };
    let order = dice.one_of(&[WorkloadOrder::Duties, WorkloadOrder::Late]);
    let workloads = view.workloads(&filter, order);
    let listed = moment.loads(view.register(), &filter, order);
    assert_eq!(workloads.count(), listed.len(), "{filter:?}");
    for (party, expected) in &listed {
        let workload = workloads.of(handle(view.register(), *party));
        assert_eq!(load(&workload), *expected, "{filter:?}");
    }
    let listed: Vec<_> = listed.into_iter().map(|(party, _)| party).collect();
    Listing {
        view,
        all: listed.clone(),
        listed,
        page: |request| workloads.page(view, request),
        cursor: |party| workloads.cursor(view, party),
    }
    .walk(dice);
}

fn workload_of_each(view: &View, moment: &Moment<'_>, dice: &mut Dice) {
    let today = Validity {
        from: moment.day,
        to: Day::from_number(moment.day.number() + 1),
    };
    for id in moment.lists.ids::<party::Party>() {
        let party = handle(view.register(), id);
        let plan = some_plan(view, moment, dice);
        let plan_id = plan.map(|plan| view.id(plan));
        assert_eq!(
            load(&view.party_workload(party, plan)),
            moment.load(id, plan_id, today)
        );
        for (period, workload) in view.party_workload_by_period(party, plan, periods(dice)) {
            let expected = moment.load(id, plan_id, period.days());
            assert_eq!(load(&workload), expected, "{period}");
        }
    }
}

fn deadlines(view: &View, moment: &Moment<'_>, dice: &mut Dice) {
    let register = view.register();
    let filter = DeadlineFilter {
        plan: some_plan(view, moment, dice),
        party: some_party(view, moment, dice),
        from: dice.maybe(&[day(2), day(-9)]),
        to: dice.maybe(&[day(4), day(30)]),
        lights: dice.few(Light::ALL),
        met: dice.maybe(&[true, false]),
    };
    let listed = moment.deadlines_due(register, &filter);
    assert_eq!(view.deadline_count(&filter), listed.len(), "{filter:?}");
    Listing {
        view,
        all: moment.deadlines_due(register, &DeadlineFilter::default()),
        listed,
        page: |request| view.deadline_page(&filter, request),
        cursor: |deadline| view.deadline_cursor(deadline),
    }
    .walk(dice);
    for falling in view.falling_due(&filter, periods(dice)) {
        let lights = Light::ALL.iter();
        let lights = lights.map(|light| falling.with_light(*light) as usize);
        assert_eq!(
            (
                falling.deadlines as usize,
                falling.met as usize,
                lights.collect()
            ),
            moment.falling(register, &filter, falling.period)
        );
    }
}

fn missing_reports(view: &View, moment: &Moment<'_>, dice: &mut Dice) {
    let register = view.register();
    let filter = MissingFilter {
        plan: some_plan(view, moment, dice),
        party: some_party(view, moment, dice),
    };
    let listed = moment.all_missing_reports(register, &filter);
    assert_eq!(view.missing_report_count(&filter), listed.len());
    Listing {
        view,
        all: moment.all_missing_reports(register, &MissingFilter::default()),
        listed,
        page: |request| view.missing_report_page(&filter, request),
        cursor: |duty| view.missing_report_cursor(duty),
    }
    .walk(dice);
}

fn duty_flows(view: &View, moment: &Moment<'_>, dice: &mut Dice) {
    let register = view.register();
    for id in moment.lists.ids::<party::Party>() {
        for flow in view.party_duty_flow(handle(register, id), periods(dice)) {
            let expected = moment.duty_flow(|duty| duty.party == id, flow.period);
            assert_eq!(moved(view, &flow), expected);
        }
    }
    for id in moment.lists.ids::<plan::Plan>() {
        for flow in view.plan_duty_flow(handle(register, id), periods(dice)) {
            let in_plan = |duty: &domain::assignment::Assignment| {
                let task = moment.lists.get::<domain::task::Task>(duty.task);
                task.is_some_and(|task| task.plan == id)
            };
            let expected = moment.duty_flow(in_plan, flow.period);
            assert_eq!(moved(view, &flow), expected);
        }
    }
}

fn moved(view: &View, flow: &DutyFlow) -> Flow {
    let handover = |it: &Handover| -> Moved {
        (
            view.id(it.from),
            view.id(it.to),
            view.id(it.by),
            it.duties as usize,
        )
    };
    let counts = [
        flow.begun,
        flow.designated,
        flow.inherited,
        flow.ended,
        flow.handed_over,
    ];
    (
        counts.map(|count| count as usize),
        flow.inherited_from.iter().map(handover).collect(),
        flow.handed_over_to.iter().map(handover).collect(),
    )
}

fn targets(view: &View, moment: &Moment<'_>) {
    for id in moment.lists.ids::<target::Target>() {
        let target = handle::<image::Target>(view.register(), id);
        let figures = moment.figures(id);
        let Some(attainment) = view.target_attainment(target) else {
            assert_eq!(figures, []);
            continue;
        };
        let points = attainment.points.iter();
        let points: Vec<_> = points
            .map(|point| (view.id(point.report), point.day, point.value))
            .collect();
        assert_eq!(points, figures);
        let (last, last_day, _) = figures.last().expect("it is told of what was reported");
        let last = moment.lists.thing::<progress::ProgressReport>(*last);
        let digits = last.value.as_ref().expect("it has a figure").as_str();
        assert_eq!(attainment.reached, moment.reaches(id, digits));
        let many_days = figures.iter().any(|(_, day, _)| day != last_day);
        assert_eq!(attainment.per_day.is_some(), many_days);
        let due = moment.lists.thing::<target::Target>(id).due.as_ref();
        let due = due.and_then(|due| due.date).map(DueDate::last_day);
        let is_to_come = due.is_some_and(|due| due > *last_day);
        assert_eq!(attainment.forecast.is_some(), many_days && is_to_come);
    }
}
