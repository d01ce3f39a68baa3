//! Whatever is reorganized: on every day each duty has one holder, and the past is as it was.

use super::{Desk, Kind, assignments, record};
use crate::{
    assignment::Assignment,
    command::{Allotment, Duties, Fate, Reorganize},
    id::{AssignmentId, PartyId, TaskId},
    time::{Day, Validity},
    vocabulary::{Basis, Reference, Role},
};
use proptest::prelude::*;

const DAYS: i32 = 10;
const ROLES: [Role; 3] = [Role::Lead, Role::Responsible, Role::Support];

fn date(n: i32) -> Day {
    Day::from_number(19_800 + n)
}

/// A duty: which task, party and role, from when to when.
type Duty = (usize, usize, usize, i32, i32);

fn duties() -> impl Strategy<Value = Vec<Duty>> {
    let duty = (0..3usize, 0..4usize, 0..3usize, -1..DAYS, 1..DAYS + 2);
    prop::collection::vec(duty, 0..14)
}

/// A lot of duties: of a task, maybe in a role, what becomes of them and when.
type Lot = (usize, Option<usize>, Option<usize>, Option<i32>);

fn lots() -> impl Strategy<Value = Vec<Lot>> {
    let lot = (
        0..3usize,
        prop::option::of(0..3usize),
        prop::option::of(0..4usize),
        prop::option::of(3..8i32),
    );
    prop::collection::vec(lot, 0..6)
}

fn validity(from: i32, length: i32) -> Validity {
    let open = from + length > DAYS;
    Validity {
        from: if from < 0 { Day::BEGINNING } else { date(from) },
        to: if open {
            Day::FOREVER
        } else {
            date(from + length)
        },
    }
}

struct Before {
    desk: Desk,
    tasks: Vec<TaskId>,
    parties: Vec<PartyId>,
    held: Vec<(AssignmentId, Assignment)>,
}

fn before(duties: &[Duty]) -> Before {
    let mut desk = Desk::new();
    let plan = desk.a_plan();
    let tasks: Vec<_> = (0..3).map(|_| desk.a_task(plan)).collect();
    let parties: Vec<_> = (0..4).map(|_| desk.a_party()).collect();
    let mut held: Vec<(AssignmentId, Assignment)> = vec![];
    for (position, &(task, party, role, from, length)) in (0..).zip(duties) {
        let assignment = Assignment {
            task: tasks[task],
            party: parties[party],
            role: ROLES[role],
            basis: Basis::Stated,
            reference: Reference::Named,
            clause: None,
            citation: None,
            written: None,
            position,
            validity: validity(from, length),
            inherits: None,
        };
        let twice = held.iter().any(|(_, other)| {
            (other.task, other.party, other.role)
                == (assignment.task, assignment.party, assignment.role)
                && other.validity.overlaps(&assignment.validity)
        });
        if !twice {
            let id = desk.id();
            desk.put(vec![record(id, assignment.clone())]);
            held.push((id, assignment));
        }
    }
    Before {
        desk,
        tasks,
        parties,
        held,
    }
}

/// Who holds a duty on a day, by the words of the command alone.
fn holder(command: &Reorganize, duty: &Assignment, on: Day) -> Option<PartyId> {
    let stays = Some(duty.party);
    if !command.from.contains(&duty.party) {
        return stays;
    }
    let mut lots = command.allotments.iter();
    let lot = lots.find(|lot| {
        let Duties { tasks, roles, .. } = &lot.duties;
        tasks.contains(&duty.task) && (roles.is_empty() || roles.contains(&duty.role))
    });
    let day = lot
        .and_then(|lot| lot.handover)
        .unwrap_or(command.effective);
    if on < day || duty.validity.to <= day {
        return stays;
    }
    match (lot.map(|lot| lot.fate), command.kind) {
        (Some(Fate::Passes(heir)), _) => Some(heir),
        (Some(Fate::Lapses), _) => None,
        (Some(Fate::Stays), _) | (None, Kind::Transfer) => stays,
        (None, _) if command.to.contains(&duty.party) => stays,
        (None, _) => command.to.first().copied(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn each_duty_has_one_holder_on_every_day_and_the_past_stays(
        duties in duties(),
        lots in lots(),
        kind in 0..4usize,
        more in any::<bool>(),
    ) {
        let Before { mut desk, tasks, parties, held } = before(&duties);
        let [a, b, c, d] = parties[..] else { unreachable!() };
        let (kind, from, to) = match (kind, more) {
            (0, false) => (Kind::Merge, vec![a, b], vec![c]),
            (0, true) => (Kind::Merge, vec![a, b], vec![b]),
            (1, false) => (Kind::Split, vec![a], vec![b, c]),
            (1, true) => (Kind::Split, vec![a], vec![a, c]),
            (2, false) => (Kind::Abolish, vec![a, b], vec![c, d]),
            (2, true) => (Kind::Abolish, vec![a], vec![d]),
            (_, false) => (Kind::Transfer, vec![a], vec![b]),
            (_, true) => (Kind::Transfer, vec![a, d], vec![b, c]),
        };
        let lot = |&(task, role, heir, handover): &Lot| Allotment {
            duties: Duties {
                tasks: vec![tasks[task]],
                roles: role.map(|role| ROLES[role]).into_iter().collect(),
                ..Duties::default()
            },
            fate: heir.map_or(Fate::Lapses, |heir| Fate::Passes(to[heir % to.len()])),
            handover: handover.map(date),
        };
        let command = Reorganize {
            id: desk.id(),
            kind,
            effective: date(5),
            from,
            expected: None,
            allotments: lots.iter().map(lot).collect(),
            to,
            wording: None,
            name: None,
        };
        let first = command.allotments.iter().filter_map(|lot| lot.handover);
        let first = first.chain([command.effective]).min().unwrap();
        if desk.do_one(command.clone()).is_err() {
            for task in tasks {
                let now = assignments(&desk, task);
                let as_before = held.iter().filter(|(_, duty)| duty.task == task).cloned();
                prop_assert!(now.into_iter().eq(as_before), "what is refused changes nothing");
            }
            return Ok(());
        }
        for &task in &tasks {
            let now = assignments(&desk, task);
            for on in (-1..DAYS + 3).map(date) {
                let mut holds: Vec<_> = now
                    .iter()
                    .filter(|(_, duty)| duty.validity.contains(on))
                    .map(|(_, duty)| (duty.party, duty.role))
                    .collect();
                holds.sort_unstable();
                let duties = held.iter().map(|(_, duty)| duty);
                let mut expected: Vec<_> = duties
                    .filter(|duty| duty.task == task && duty.validity.contains(on))
                    .filter_map(|duty| Some((holder(&command, duty, on)?, duty.role)))
                    .collect();
                expected.sort_unstable();
                expected.dedup();
                prop_assert_eq!(holds, expected, "{} on {}", task, on);
            }
            // Before anything moves, the same assignments hold, and they say the same.
            let past = |all: &[(AssignmentId, Assignment)]| -> Vec<_> {
                let then = all.iter().filter(|(_, duty)| duty.task == task && duty.validity.from < first);
                then.map(|(id, duty)| (*id, Assignment { validity: Validity::ALWAYS, ..duty.clone() })).collect()
            };
            prop_assert_eq!(past(&now), past(&held));
            for (_, duty) in now.iter().filter(|(_, duty)| duty.basis == Basis::Inherited) {
                let inherits = duty.inherits.unwrap();
                prop_assert_eq!(inherits.reorganization, command.id);
                let (_, before) = held.iter().find(|(id, _)| *id == inherits.assignment).unwrap();
                let continued = Assignment {
                    party: before.party,
                    basis: before.basis,
                    validity: before.validity,
                    inherits: None,
                    ..duty.clone()
                };
                prop_assert_eq!(&continued, before, "the words stay");
            }
        }
    }
}
