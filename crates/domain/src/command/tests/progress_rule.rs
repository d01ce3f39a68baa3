//! An office sets its rules for lights and reports.

use super::{Desk, between, day, since};
use crate::{
    change::Thing,
    command::{EndProgressRule, Refusal, SetProgressRule, Withdraw},
    id::{PlanId, ProgressRuleId},
    image,
    plan::Plan,
    progress_rule::{ProgressRule, Rhythm, Terms},
    time::Seq,
    view::View,
    vocabulary::PeriodKind,
};
use std::sync::Arc;

const MONTHLY: Rhythm = Rhythm {
    every: PeriodKind::Month,
    day: 28,
    following: false,
};

fn set(desk: &mut Desk, plan: Option<PlanId>, amber_days: u16, from: &str) -> SetProgressRule {
    SetProgressRule {
        id: desk.id(),
        plan,
        amber_days,
        rhythm: None,
        from: day(from),
    }
}

fn terms(desk: &Desk, plan: PlanId, seq: Seq, on: &str) -> Terms {
    let view = View::new(Arc::clone(desk.view().register()), seq, day(on));
    view.plan_terms(view.find::<image::Plan>(plan).unwrap())
}

fn amber_days(desk: &Desk, plan: PlanId, on: &str) -> u16 {
    terms(desk, plan, desk.seq(), on).amber_days
}

#[test]
fn the_rule_of_a_past_day_stays_on_both_clocks() {
    let mut desk = Desk::new();
    let plan = desk.a_plan();
    let before = desk.seq();
    let register = set(&mut desk, None, 14, "2024-01-01");
    desk.do_one(register).unwrap();
    let own = set(&mut desk, Some(plan), 60, "2024-03-01");
    desk.do_one(own).unwrap();
    let later = set(&mut desk, Some(plan), 7, "2024-05-01");
    desk.do_one(later).unwrap();
    for (on, days) in [
        ("2023-12-31", 30),
        ("2024-02-29", 14),
        ("2024-03-01", 60),
        ("2024-04-30", 60),
        ("2024-05-01", 7),
    ] {
        assert_eq!(amber_days(&desk, plan, on), days, "{on}");
    }
    assert_eq!(terms(&desk, plan, before, "2024-05-01"), Terms::DEFAULT);
}

#[test]
fn a_rule_that_is_set_between_others_ends_where_the_next_one_begins() {
    let mut desk = Desk::new();
    let plan = desk.a_plan();
    for (days, from) in [(10, "2024-01-01"), (30, "2024-09-01"), (20, "2024-05-01")] {
        let command = set(&mut desk, None, days, from);
        desk.do_one(command).unwrap();
    }
    for (on, days) in [("2024-04-30", 10), ("2024-05-01", 20), ("2024-09-01", 30)] {
        assert_eq!(amber_days(&desk, plan, on), days, "{on}");
    }
}

#[test]
fn a_rule_of_the_same_day_is_corrected_and_the_same_rule_again_changes_nothing() {
    let mut desk = Desk::new();
    let first = set(&mut desk, None, 10, "2024-01-01");
    let id = first.id;
    desk.do_one(first).unwrap();
    let again = set(&mut desk, None, 10, "2024-02-01");
    assert_eq!(desk.do_one(again).unwrap(), []);
    let mut other = set(&mut desk, None, 12, "2024-01-01");
    other.rhythm = Some(MONTHLY);
    desk.do_one(other).unwrap();
    let corrected = ProgressRule {
        plan: None,
        amber_days: 12,
        rhythm: Some(MONTHLY),
        validity: since("2024-01-01"),
    };
    assert_eq!(desk.fact::<ProgressRule>(id), Some(corrected));
}

#[test]
fn commands_of_one_changeset_see_each_others_rules() {
    let mut desk = Desk::new();
    let plan = desk.a_plan();
    let commands = [
        set(&mut desk, Some(plan), 10, "2024-01-01"),
        set(&mut desk, Some(plan), 20, "2024-02-01"),
    ];
    let first = commands[0].id;
    desk.does(commands).unwrap();
    let held: ProgressRule = desk.fact(first).unwrap();
    assert_eq!(held.validity, between("2024-01-01", "2024-02-01"));
}

#[test]
fn when_a_plans_rule_ends_the_registers_holds_again() {
    let mut desk = Desk::new();
    let plan = desk.a_plan();
    let register = set(&mut desk, None, 14, "2024-01-01");
    desk.do_one(register).unwrap();
    let own = set(&mut desk, Some(plan), 60, "2024-03-01");
    let rule = own.id;
    desk.do_one(own).unwrap();
    let ended = EndProgressRule {
        rule,
        expected: Some(desk.seq()),
        on: day("2024-06-01"),
    };
    desk.do_one(ended.clone()).unwrap();
    assert_eq!(amber_days(&desk, plan, "2024-05-31"), 60);
    assert_eq!(amber_days(&desk, plan, "2024-06-01"), 14);
    let refused = desk.do_one(ended).unwrap_err();
    assert!(
        matches!(refused, Refusal::VersionConflict { .. }),
        "{refused:?}"
    );
    let again = EndProgressRule {
        rule,
        expected: None,
        on: day("2024-07-01"),
    };
    let refused = desk.do_one(again).unwrap_err();
    assert!(matches!(refused, Refusal::NotThen { .. }), "{refused:?}");
}

#[test]
fn what_no_calendar_can_follow_is_refused() {
    let mut desk = Desk::new();
    for bad in [0, 32] {
        let mut command = set(&mut desk, None, 10, "2024-01-01");
        command.rhythm = Some(Rhythm {
            day: bad,
            ..MONTHLY
        });
        let thing = Thing::of::<ProgressRule>(command.id);
        let refused = desk.do_one(command).unwrap_err();
        assert_eq!(refused, Refusal::NoSuchDay { thing, day: bad });
    }
    let nowhere: PlanId = desk.id();
    let command = set(&mut desk, Some(nowhere), 10, "2024-01-01");
    let refused = desk.do_one(command).unwrap_err();
    assert_eq!(refused, Refusal::not_found::<Plan>(nowhere));
}

#[test]
fn a_plan_is_not_withdrawn_while_a_rule_speaks_of_it() {
    let mut desk = Desk::new();
    let plan = desk.a_plan();
    let own = set(&mut desk, Some(plan), 60, "2024-03-01");
    let rule: ProgressRuleId = own.id;
    desk.do_one(own).unwrap();
    let withdraw = |what| Withdraw {
        what,
        expected: None,
    };
    let (what, by) = (Thing::of::<Plan>(plan), Thing::of::<ProgressRule>(rule));
    let refused = desk.do_one(withdraw(what)).unwrap_err();
    assert_eq!(refused, Refusal::SpokenOf { thing: what, by });
    desk.does([withdraw(by), withdraw(what)]).unwrap();
    assert_eq!(desk.fact::<Plan>(plan), None);
}
