//! Duties are given, changed and ended.

use super::{Desk, between, day, since};
use crate::{
    assignment::Assignment,
    change::{Change, Thing},
    command::{
        Assign, ChangeRole, Command, CorrectAssignment, DesignateLead, EndAssignment, Refusal,
        Refused, Revalidity, Withdraw, WithdrawDesignation,
    },
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
            inherits: None,
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

#[test]
fn what_was_wrong_about_the_same_time_is_corrected_and_not_changed() {
    let (mut desk, task, [a, b]) = desk();
    let given = assign(&mut desk, task, a, Role::Support, since("2024-01-01"));
    desk.do_one(given.clone()).unwrap();
    let correct = CorrectAssignment {
        assignment: given.id,
        expected: Some(desk.seq()),
        id: desk.id(),
        task: None,
        party: None,
        role: Some(Role::Responsible),
        validity: Revalidity {
            from: Some(day("2023-07-01")),
            to: None,
        },
    };
    let changes = desk.do_one(correct.clone()).unwrap();
    assert_eq!(changes.len(), 1, "the same fact is revised");
    assert_eq!(desk.assigned(task, "2023-07-01"), [(a, Role::Responsible)]);

    let meant_another = CorrectAssignment {
        expected: Some(desk.seq()),
        party: Some(b),
        role: None,
        validity: Revalidity::default(),
        ..correct
    };
    desk.do_one(meant_another.clone()).unwrap();
    assert_eq!(desk.assigned(task, "2023-07-01"), [(b, Role::Responsible)]);
    assert_eq!(desk.fact::<Assignment>(given.id), None, "it never was so");
    assert!(desk.fact::<Assignment>(meant_another.id).is_some());
}

#[test]
fn a_lead_is_designated_where_the_text_names_none_and_taken_back_again() {
    let (mut desk, task, [a, b]) = desk();
    let responsible = assign(&mut desk, task, a, Role::Responsible, since("2024-01-01"));
    let designate = |desk: &mut Desk, party| DesignateLead {
        id: desk.id(),
        task,
        party,
        validity: since("2024-03-01"),
    };
    let lead = designate(&mut desk, a);
    let commands: [Command; 2] = [responsible.clone().into(), lead.clone().into()];
    desk.does(commands).unwrap();
    assert_eq!(
        desk.assigned(task, "2024-03-01"),
        [(a, Role::Responsible), (a, Role::Lead)]
    );
    let designated_by = |id| {
        let view = desk.view();
        let assignment = view.find::<crate::image::Assignment>(id).unwrap();
        view.assignment_designation(assignment)
    };
    assert_eq!(designated_by(lead.id), Some(desk.seq()));
    assert_eq!(designated_by(responsible.id), None);
    let other = designate(&mut desk, b);
    let taken = Refusal::LeadTaken {
        task,
        party: a,
        assignment: lead.id,
    };
    assert_eq!(desk.do_one(other), Err(taken));

    let withdraw = |assignment, on: &str| WithdrawDesignation {
        assignment,
        expected: None,
        on: day(on),
    };
    let not_designated = Refusal::NotDesignated {
        assignment: responsible.id,
        basis: Basis::Recorded,
    };
    assert_eq!(
        desk.do_one(withdraw(responsible.id, "2024-05-01")),
        Err(not_designated)
    );
    desk.do_one(withdraw(lead.id, "2024-05-01")).unwrap();
    assert_eq!(desk.assigned(task, "2024-04-30").len(), 2);
    assert_eq!(desk.assigned(task, "2024-05-01"), [(a, Role::Responsible)]);
    desk.do_one(withdraw(lead.id, "2024-03-01")).unwrap();
    assert_eq!(desk.fact::<Assignment>(lead.id), None, "it never began");
}

#[test]
fn what_is_given_and_withdrawn_in_one_changeset_was_never_there() {
    let (mut desk, task, [a, _]) = desk();
    let given = assign(&mut desk, task, a, Role::Lead, since("2024-01-01"));
    let withdraw = Withdraw {
        what: thing(given.id),
        expected: None,
    };
    let commands: [Command; 2] = [given.into(), withdraw.into()];
    assert_eq!(desk.does(commands), Ok(vec![]));
}
