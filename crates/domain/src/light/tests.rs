//! The tables of `docs/lights.md`, line by line.

use super::Concern;
use crate::{
    assignment::Assignment,
    change::Change,
    clause::Subject,
    command::tests::{Desk, between, day, since},
    deadline::{Deadline, Due},
    id::{DeadlineId, PartyId, PlanId, ProgressReportId, SectionId, TaskId},
    image,
    plan::{Plan, Section},
    progress::{ProgressReport, Reported},
    progress_rule::{ProgressRule, Rhythm},
    standing::Standing,
    task::{Task, Wording},
    time::{Day, Validity},
    view::View,
    vocabulary::{Basis, DueKind, DueSource, Light, PeriodKind, Reference, Role, TaskStatus},
};
use std::sync::Arc;

/// A plan of 2024 with a task in a section, for which a party is responsible.
struct Office {
    desk: Desk,
    plan: PlanId,
    section: SectionId,
    task: TaskId,
    party: PartyId,
}

impl Office {
    fn new() -> Self {
        let mut desk = Desk::new();
        let plan = desk.a_plan();
        let known: Plan = desk.fact(plan).unwrap();
        let dated = Plan {
            year: Some(2024),
            ..known.clone()
        };
        desk.put(vec![Change::revise(plan, known, dated)]);
        let section = desk.id();
        let heading = Section {
            plan,
            parent: None,
            label: "一".to_owned(),
            title: "总体要求".to_owned(),
            position: 0,
            citation: None,
        };
        desk.put(vec![Change::record(section, heading)]);
        let task = desk.id();
        let work = Task {
            plan,
            section: Some(section),
            label: "1".to_owned(),
            title: "建设".to_owned(),
            body: None,
            position: 0,
            status: TaskStatus::InProgress,
            validity: since("2023-06-01"),
        };
        desk.put(vec![Change::record(task, work)]);
        let party = desk.a_party();
        let mut office = Self {
            desk,
            plan,
            section,
            task,
            party,
        };
        office.assigns(party, Role::Responsible, since("2023-06-01"));
        office
    }

    fn assigns(&mut self, party: PartyId, role: Role, validity: Validity) {
        let assignment = Assignment {
            task: self.task,
            party,
            role,
            basis: Basis::Recorded,
            reference: Reference::Named,
            clause: None,
            citation: None,
            written: None,
            position: 0,
            validity,
            inherits: None,
        };
        let id = self.desk.id();
        self.desk.put(vec![Change::record(id, assignment)]);
    }

    fn due(&mut self, subject: Subject, kind: DueKind, date: Option<&str>) -> DeadlineId {
        let id = self.desk.id();
        let deadline = Deadline {
            subject,
            due: Due {
                wording: Wording::Entered("到期".to_owned()),
                kind,
                date: date.map(|date| date.parse().unwrap()),
                source: DueSource::Record,
            },
            validity: since("2024-03-01"),
            fulfilled: None,
        };
        self.desk.put(vec![Change::record(id, deadline)]);
        id
    }

    fn is(&mut self, status: TaskStatus, from: &str) {
        let standing = Standing {
            task: self.task,
            status,
            reached: day(from),
        };
        let id = self.desk.id();
        self.desk.put(vec![Change::record(id, standing)]);
    }

    fn reports(
        &mut self,
        on: &str,
        period: Validity,
        status: Option<TaskStatus>,
    ) -> ProgressReportId {
        let id = self.desk.id();
        let report = ProgressReport {
            about: Reported::Task(self.task),
            party: self.party,
            period,
            reported: day(on),
            status,
            value: None,
            words: "进展".to_owned(),
            evidence: vec![],
        };
        self.desk.put(vec![Change::record(id, report)]);
        id
    }

    fn rule(&mut self, plan: Option<PlanId>, amber_days: u16, rhythm: impl Into<Option<Rhythm>>) {
        let rule = ProgressRule {
            plan,
            amber_days,
            rhythm: rhythm.into(),
            validity: since("2024-01-01"),
        };
        let id = self.desk.id();
        self.desk.put(vec![Change::record(id, rule)]);
    }

    fn on(&self, on: &str) -> View {
        let view = self.desk.view();
        View::new(Arc::clone(view.register()), view.seq(), day(on))
    }

    fn deadline_light(&self, deadline: DeadlineId, on: &str) -> Option<Light> {
        let view = self.on(on);
        view.deadline_light(view.find(deadline).unwrap())
    }

    fn task_light(&self, on: &str) -> Option<Light> {
        let view = self.on(on);
        view.task_light(view.find(self.task).unwrap())
    }

    fn concerns(&self, on: &str) -> Vec<Concern> {
        let view = self.on(on);
        view.task_concerns(view.find(self.task).unwrap()).unwrap()
    }
}

const GREEN: Option<Light> = Some(Light::Green);
const AMBER: Option<Light> = Some(Light::Amber);
const RED: Option<Light> = Some(Light::Red);

#[test]
fn a_light_turns_by_the_last_day_that_a_deadline_means() {
    use DueKind::{ByDate, Immediate, Ongoing, Recurring, WholeYear, Within};
    for (kind, date, last_green, first_amber, last_amber, first_red) in [
        (
            ByDate,
            Some("2024-06-30"),
            "2024-05-30",
            "2024-05-31",
            "2024-06-30",
            "2024-07-01",
        ),
        (
            ByDate,
            Some("2024-06"),
            "2024-05-30",
            "2024-05-31",
            "2024-06-30",
            "2024-07-01",
        ),
        // A year is over only after its last day.
        (
            ByDate,
            Some("2024"),
            "2024-11-30",
            "2024-12-01",
            "2024-12-31",
            "2025-01-01",
        ),
        (
            Within,
            Some("2024-06-30"),
            "2024-05-30",
            "2024-05-31",
            "2024-06-30",
            "2024-07-01",
        ),
        (
            Recurring,
            Some("2024-06-30"),
            "2024-05-30",
            "2024-05-31",
            "2024-06-30",
            "2024-07-01",
        ),
        // The plan is of 2024.
        (
            WholeYear,
            None,
            "2024-11-30",
            "2024-12-01",
            "2024-12-31",
            "2025-01-01",
        ),
        // At once is within the days for which lights are amber; the deadline counts from 2024-03-01 on.
        (
            Immediate,
            None,
            "",
            "2024-03-01",
            "2024-03-31",
            "2024-04-01",
        ),
    ] {
        let mut office = Office::new();
        let deadline = office.due(Subject::Task(office.task), kind, date);
        for (on, light) in [
            (last_green, GREEN),
            (first_amber, AMBER),
            (last_amber, AMBER),
            (first_red, RED),
        ] {
            if !on.is_empty() {
                assert_eq!(office.deadline_light(deadline, on), light, "{kind} {on}");
                assert_eq!(office.task_light(on), light, "{kind} {on}");
            }
        }
        assert_eq!(
            office.deadline_light(deadline, "2024-02-29"),
            None,
            "it does not count yet"
        );
    }
    for kind in [Ongoing, Within, Recurring] {
        let mut office = Office::new();
        let deadline = office.due(Subject::Task(office.task), kind, None);
        assert_eq!(
            office.deadline_light(deadline, "2034-01-01"),
            GREEN,
            "{kind}"
        );
    }
}

#[test]
fn a_light_goes_by_how_far_the_task_has_come() {
    for (status, before, soon, after) in [
        (TaskStatus::NotStarted, GREEN, AMBER, RED),
        (TaskStatus::InProgress, GREEN, AMBER, RED),
        (TaskStatus::Delayed, AMBER, AMBER, RED),
        (TaskStatus::AwaitingReview, GREEN, GREEN, AMBER),
        (TaskStatus::Suspended, AMBER, AMBER, AMBER),
        (TaskStatus::Done, GREEN, GREEN, GREEN),
        (TaskStatus::Superseded, None, None, None),
    ] {
        let mut office = Office::new();
        let deadline = office.due(Subject::Task(office.task), DueKind::ByDate, Some("2024-09"));
        office.is(status, "2024-04-01");
        for (on, light) in [
            ("2024-05-01", before),
            ("2024-09-30", soon),
            ("2024-10-01", after),
        ] {
            assert_eq!(office.task_light(on), light, "{status} {on}");
            if status != TaskStatus::Delayed {
                assert_eq!(office.deadline_light(deadline, on), light, "{status} {on}");
            }
        }
        assert_eq!(
            office.task_light("2023-05-31"),
            None,
            "it is not in force yet"
        );
    }
}

#[test]
fn a_deadline_that_was_met_is_green_from_that_day_on() {
    let mut office = Office::new();
    let id = office.due(
        Subject::Task(office.task),
        DueKind::ByDate,
        Some("2024-06-30"),
    );
    let held: Deadline = office.desk.fact(id).unwrap();
    let met = Deadline {
        fulfilled: Some(day("2024-07-10")),
        ..held.clone()
    };
    office.desk.put(vec![Change::revise(id, held, met)]);
    assert_eq!(office.deadline_light(id, "2024-07-09"), RED);
    assert_eq!(office.deadline_light(id, "2024-07-10"), GREEN);
    assert_eq!(office.task_light("2024-07-10"), GREEN);
}

#[test]
fn what_has_no_deadline_of_its_own_goes_by_that_of_the_nearest_heading() {
    let mut office = Office::new();
    let of_plan = office.due(Subject::Plan(office.plan), DueKind::ByDate, Some("2025"));
    assert_eq!(office.task_light("2026-01-01"), RED);
    let of_section = office.due(
        Subject::Section(office.section),
        DueKind::ByDate,
        Some("2024"),
    );
    let view = office.on("2025-06-30");
    let overdue = Concern::Overdue(view.find(of_section).unwrap());
    assert_eq!(office.concerns("2025-06-30"), [overdue]);
    office.due(Subject::Task(office.task), DueKind::Ongoing, None);
    assert_eq!(office.task_light("2026-01-01"), GREEN);
    assert_eq!(office.deadline_light(of_plan, "2026-01-01"), RED);
    // When all is done beneath a heading, nothing is late.
    office.is(TaskStatus::Done, "2026-02-01");
    assert_eq!(office.deadline_light(of_plan, "2026-02-01"), GREEN);
    assert_eq!(office.deadline_light(of_section, "2026-02-01"), GREEN);
}

#[test]
fn a_plans_own_rule_comes_before_the_registers_and_that_before_the_default() {
    let mut office = Office::new();
    office.due(
        Subject::Task(office.task),
        DueKind::ByDate,
        Some("2024-06-30"),
    );
    assert_eq!(office.task_light("2024-06-01"), AMBER);
    office.rule(None, 7, None);
    assert_eq!(office.task_light("2024-06-22"), GREEN);
    assert_eq!(office.task_light("2024-06-23"), AMBER);
    office.rule(Some(office.plan), 60, None);
    assert_eq!(office.task_light("2024-05-01"), AMBER);
    let other = office.desk.a_plan();
    office.rule(Some(other), 0, None);
    assert_eq!(office.task_light("2024-05-01"), AMBER);
}

#[test]
fn what_a_party_reports_counts_until_the_office_says_otherwise() {
    let mut office = Office::new();
    let june = between("2024-06-01", "2024-07-01");
    let report = office.reports("2024-06-28", june, Some(TaskStatus::Delayed));
    let view = office.on("2024-06-28");
    let reported = Concern::ReportedDelayed(view.find::<image::ProgressReport>(report).unwrap());
    assert_eq!(office.concerns("2024-06-28"), [reported]);
    assert_eq!(office.task_light("2024-06-27"), GREEN);
    office.is(TaskStatus::InProgress, "2024-07-02");
    assert_eq!(office.concerns("2024-07-02"), []);
    let july = between("2024-07-01", "2024-08-01");
    office.reports("2024-07-20", july, Some(TaskStatus::Delayed));
    assert_eq!(office.task_light("2024-07-20"), AMBER);
    office.reports("2024-07-21", july, Some(TaskStatus::InProgress));
    assert_eq!(office.task_light("2024-07-21"), GREEN);
}

fn monthly(day: u8, following: bool) -> Rhythm {
    Rhythm {
        every: PeriodKind::Month,
        day,
        following,
    }
}

#[test]
fn who_has_not_reported_by_the_day_is_missed_until_the_next_period_is_due() {
    let mut office = Office::new();
    let missing = |office: &Office, on: &str| {
        let concerns = office.concerns(on).into_iter();
        concerns
            .filter(|concern| matches!(concern, Concern::ReportMissing(_)))
            .count()
    };
    assert_eq!(missing(&office, "2024-06-29"), 0, "nobody asks");
    office.rule(None, 30, monthly(28, false));
    assert_eq!(
        missing(&office, "2024-01-28"),
        0,
        "it is the last day in time"
    );
    assert_eq!(missing(&office, "2024-01-29"), 1);
    // The rule begins in January: of December nobody asks.
    assert_eq!(missing(&office, "2024-01-01"), 0);
    office.reports("2024-06-28", between("2024-06-01", "2024-07-01"), None);
    assert_eq!(missing(&office, "2024-06-27"), 1, "May is still missing");
    assert_eq!(missing(&office, "2024-06-29"), 0);
    assert_eq!(missing(&office, "2024-07-29"), 1);
    // A report that is given late counts from its day on.
    office.reports("2024-08-03", between("2024-07-01", "2024-08-01"), None);
    assert_eq!(missing(&office, "2024-08-02"), 1);
    assert_eq!(missing(&office, "2024-08-03"), 0);
    office.is(TaskStatus::AwaitingReview, "2024-09-10");
    assert_eq!(
        missing(&office, "2024-09-30"),
        0,
        "what is handed in is not asked for"
    );
}

#[test]
fn reports_may_be_due_in_the_month_after_the_period() {
    let mut office = Office::new();
    office.rule(Some(office.plan), 30, monthly(5, true));
    office.reports("2024-06-03", between("2024-05-01", "2024-06-01"), None);
    let view = office.on("2024-06-06");
    let terms = view.plan_terms(view.find(office.plan).unwrap());
    let period = |on: &str| office.on(on).report_period(&terms).map(|it| it.to_string());
    assert_eq!(period("2024-06-05").as_deref(), Some("2024-04"));
    assert_eq!(period("2024-06-06").as_deref(), Some("2024-05"));
    assert_eq!(period("2023-12-31"), None);
    assert_eq!(office.task_light("2024-06-05"), AMBER);
    assert_eq!(office.task_light("2024-06-06"), GREEN);
}

#[test]
fn who_leads_reports_and_where_nobody_does_who_is_responsible() {
    let mut office = Office::new();
    office.rule(None, 30, monthly(28, false));
    let asked = |office: &Office, on: &str| {
        let view = office.on(on);
        let missing = view.task_missing_reports(view.find(office.task).unwrap());
        let parties = missing.into_iter();
        let parties = parties.map(|duty| view.id(view.thing(duty).party));
        parties.collect::<Vec<PartyId>>()
    };
    let supporter = office.desk.a_party();
    office.assigns(supporter, Role::Support, since("2024-01-01"));
    assert_eq!(asked(&office, "2024-05-31"), [office.party]);
    let leader = office.desk.a_party();
    office.assigns(leader, Role::Lead, since("2024-06-30"));
    office.assigns(leader, Role::CoLead, since("2024-06-30"));
    assert_eq!(asked(&office, "2024-07-01"), [leader], "once");
    let late = office.desk.a_party();
    office.assigns(late, Role::CoLead, since("2024-07-01"));
    assert_eq!(
        asked(&office, "2024-07-02"),
        [leader],
        "it had no duty in June"
    );
}

#[test]
fn a_recurring_deadline_is_amber_while_a_report_is_missing() {
    let mut office = Office::new();
    office.rule(None, 30, monthly(28, false));
    let deadline = office.due(Subject::Task(office.task), DueKind::Recurring, None);
    assert_eq!(office.deadline_light(deadline, "2024-06-29"), AMBER);
    office.reports("2024-06-29", between("2024-06-01", "2024-07-01"), None);
    assert_eq!(office.deadline_light(deadline, "2024-06-29"), GREEN);
}

#[test]
fn days_at_the_edge_of_the_calendar_have_lights() {
    let mut office = Office::new();
    let deadline = office.due(Subject::Task(office.task), DueKind::ByDate, Some("9999"));
    office.rule(None, u16::MAX, monthly(31, true));
    assert_eq!(office.deadline_light(deadline, "9999-12-31"), AMBER);
    let first = View::new(
        Arc::clone(office.desk.view().register()),
        office.desk.seq(),
        Day::from_ymd(1, 1, 1).unwrap(),
    );
    assert_eq!(first.deadline_light(first.find(deadline).unwrap()), None);
}
