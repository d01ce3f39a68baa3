//! Duties are given, changed and ended.

use super::{Desk, between, day, since};
use crate::{
    assignment::Assignment,
    change::{Change, Thing},
    command::{Assign, ChangeRole, EndAssignment, Refusal, Refused},
    id::{AssignmentId, PartyId, TaskId},
    time::{Seq, Validity},
    vocabulary::{Basis, Role},
};

/// A desk with a task and two parties.
fn desk() -> (Desk, TaskId, [PartyId; 2]) {
    let mut desk = Desk::new();
    let plan = desk.a_plan();
    let task = desk.a_task(plan);
    let parties = [desk.a_party(), desk.a_party()];
    (desk, task, parties)
}

fn assign(desk: &mut Desk, task: TaskId, party: PartyId, role: Role, validity: Validity) -> Assign {
    let id = desk.id();
    Assign {
        id,
        task,
        party,
        role,
        validity,
    }
}

fn thing(assignment: AssignmentId) -> Thing {
    Thing::of::<Assignment>(assignment)
}

#[test]
fn a_duty_is_given_from_a_day_on() {
    let (mut desk, task, [a, _]) = desk();
    let assign = assign(&mut desk, task, a, Role::Lead, since("2024-01-01"));
    desk.do_one(assign.clone()).unwrap();
    assert_eq!(desk.assigned(task, "2023-12-31"), []);
    assert_eq!(desk.assigned(task, "2024-01-01"), [(a, Role::Lead)]);
    let fact: Assignment = desk.fact(assign.id).unwrap();
    assert_eq!((fact.basis, fact.citation), (Basis::Recorded, None));
    assert_eq!(
        desk.do_one(assign.clone()),
        Err(Refusal::AlreadyRecorded {
            thing: thing(assign.id)
        })
    );
}

#[test]
fn one_party_leads_at_a_time() {
    let (mut desk, task, [a, b]) = desk();
    let first = assign(
        &mut desk,
        task,
        a,
        Role::Lead,
        between("2024-01-01", "2024-07-01"),
    );
    desk.do_one(first.clone()).unwrap();
    let overlapping = assign(&mut desk, task, b, Role::Lead, since("2024-06-30"));
    let taken = Refusal::LeadTaken {
        task,
        party: a,
        assignment: first.id,
    };
    assert_eq!(desk.do_one(overlapping.clone()), Err(taken));
    let joint = Assign {
        role: Role::CoLead,
        ..overlapping.clone()
    };
    desk.do_one(joint).unwrap();
    let after = assign(&mut desk, task, b, Role::Lead, since("2024-07-01"));
    desk.do_one(after).unwrap();
}

#[test]
fn what_stood_against_a_rule_before_is_in_nobodys_way() {
    let (mut desk, task, [a, b]) = desk();
    let both = [a, b].map(|party| {
        let Assign { id, .. } = assign(&mut desk, task, party, Role::Lead, Validity::ALWAYS);
        let stated = Assignment {
            task,
            party,
            role: Role::Lead,
            basis: Basis::Stated,
            reference: crate::vocabulary::Reference::Named,
            clause: None,
            citation: None,
            written: None,
            position: 0,
            validity: since("2024-01-01"),
        };
        desk.put(vec![Change::record(id, stated)]);
        id
    });
    let end = EndAssignment {
        assignment: both[0],
        expected: None,
        on: day("2025-01-01"),
    };
    desk.do_one(end).unwrap();
    assert_eq!(desk.assigned(task, "2025-01-01"), [(b, Role::Lead)]);
}

#[test]
fn nobody_has_a_role_twice() {
    let (mut desk, task, [a, _]) = desk();
    let first = assign(&mut desk, task, a, Role::Support, since("2024-01-01"));
    let again = assign(&mut desk, task, a, Role::Support, since("2025-01-01"));
    let refused = Refused {
        command: 1,
        refusal: Refusal::AlreadyAssigned {
            task,
            role: Role::Support,
            assignment: first.id,
        },
    };
    assert_eq!(desk.does([first, again]), Err(refused), "all or none");
    assert_eq!(desk.assigned(task, "2025-01-01"), []);
}

#[test]
fn a_role_changes_from_a_day_on_and_the_past_stays() {
    let (mut desk, task, [a, _]) = desk();
    let given = assign(
        &mut desk,
        task,
        a,
        Role::Support,
        between("2024-01-01", "2026-01-01"),
    );
    desk.do_one(given.clone()).unwrap();
    let change = |desk: &mut Desk, from: &str| ChangeRole {
        assignment: given.id,
        expected: None,
        id: desk.id(),
        role: Role::Lead,
        from: day(from),
    };
    for on in ["2024-01-01", "2026-01-01"] {
        let change = change(&mut desk, on);
        let not_then = Refusal::NotThen {
            thing: thing(given.id),
            day: day(on),
            validity: given.validity,
        };
        assert_eq!(desk.do_one(change), Err(not_then));
    }
    let change = change(&mut desk, "2025-01-01");
    desk.do_one(change).unwrap();
    assert_eq!(desk.assigned(task, "2024-12-31"), [(a, Role::Support)]);
    assert_eq!(desk.assigned(task, "2025-12-31"), [(a, Role::Lead)]);
    assert_eq!(desk.assigned(task, "2026-01-01"), []);
}

#[test]
fn who_saw_an_older_version_is_refused() {
    let (mut desk, task, [a, _]) = desk();
    let given = assign(&mut desk, task, a, Role::Support, since("2024-01-01"));
    desk.do_one(given.clone()).unwrap();
    let seen = desk.seq();
    let end = |on: &str, expected| EndAssignment {
        assignment: given.id,
        expected: Some(expected),
        on: day(on),
    };
    desk.do_one(end("2026-01-01", seen)).unwrap();
    let conflict = Refusal::VersionConflict {
        thing: thing(given.id),
        expected: seen,
        present: Some(Seq(seen.0 + 1)),
    };
    assert_eq!(desk.do_one(end("2025-01-01", seen)), Err(conflict));
}

#[test]
fn each_command_decides_on_what_those_before_it_leave() {
    let (mut desk, task, [a, b]) = desk();
    let first = assign(&mut desk, task, a, Role::Lead, since("2024-01-01"));
    let second = assign(&mut desk, task, b, Role::Lead, since("2025-01-01"));
    let end = EndAssignment {
        assignment: first.id,
        expected: None,
        on: day("2025-01-01"),
    };
    let changes = desk.does([
        first.clone().into(),
        end.into(),
        crate::command::Command::from(second),
    ]);
    let changes = changes.unwrap();
    assert_eq!(changes.len(), 2, "each fact changes once: {changes:?}");
    assert!(changes.iter().all(Change::is_recorded));
    assert_eq!(desk.assigned(task, "2024-12-31"), [(a, Role::Lead)]);
    assert_eq!(desk.assigned(task, "2025-01-01"), [(b, Role::Lead)]);
}

#[test]
fn what_is_named_must_be_there() {
    let (mut desk, task, _) = desk();
    let nobody = desk.id();
    let assign = assign(&mut desk, task, nobody, Role::Lead, since("2024-01-01"));
    let not_found = Refusal::not_found::<crate::party::Party>(nobody);
    assert_eq!(desk.do_one(assign), Err(not_found));
}

#[test]
fn what_would_hold_on_no_day_is_refused() {
    let (mut desk, task, [a, _]) = desk();
    let validity = between("2024-01-01", "2024-01-01");
    let assign = assign(&mut desk, task, a, Role::Lead, validity);
    let id = assign.id;
    let never = Refusal::NeverHolds {
        thing: thing(id),
        validity,
    };
    assert_eq!(desk.do_one(assign), Err(never));
}
