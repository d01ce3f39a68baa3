//! Bodies are reorganized, and their duties pass on.

mod random;

use super::{Desk, between, day, since};
use crate::{
    assignment::Assignment,
    change::{Change, Thing},
    command::{
        Allotment, Assign, Command, CreateParty, Duties, EndAssignment, Fate, Refusal, Reorganize,
        Withdraw, moves,
    },
    id::{AssignmentId, PartyId, TaskId},
    image,
    party::Party,
    reorganization::Reorganization,
    time::Validity,
    view::{Valid, View},
    vocabulary::{Basis, NameKind, PartyKind, ReorganizationKind as Kind, Role},
};

/// A desk with two tasks and three bodies, of which the first leads both tasks and the second supports one.
struct Office {
    desk: Desk,
    tasks: [TaskId; 2],
    parties: [PartyId; 3],
    duties: [AssignmentId; 3],
}

fn office() -> Office {
    let mut desk = Desk::new();
    let plan = desk.a_plan();
    let tasks = [desk.a_task(plan), desk.a_task(plan)];
    let parties = [desk.a_party(), desk.a_party(), desk.a_party()];
    let duties = [
        (tasks[0], parties[0], Role::Lead),
        (tasks[1], parties[0], Role::Lead),
        (tasks[0], parties[1], Role::Support),
    ]
    .map(|(task, party, role)| {
        let id = desk.id();
        let validity = since("2023-01-01");
        let assign = Assign {
            id,
            task,
            party,
            role,
            validity,
        };
        desk.do_one(assign).unwrap();
        id
    });
    Office {
        desk,
        tasks,
        parties,
        duties,
    }
}

fn reorganize(desk: &mut Desk, kind: Kind, from: &[PartyId], to: &[PartyId]) -> Reorganize {
    Reorganize {
        id: desk.id(),
        kind,
        effective: day("2024-03-01"),
        from: from.to_vec(),
        expected: None,
        to: to.to_vec(),
        wording: None,
        name: None,
        allotments: vec![],
    }
}

fn of_task(task: TaskId, fate: Fate) -> Allotment {
    let tasks = vec![task];
    Allotment {
        duties: Duties {
            tasks,
            ..Duties::default()
        },
        fate,
        handover: None,
    }
}

#[test]
fn what_merged_bodies_had_passes_on_without_a_gap_and_says_what_it_continues() {
    let Office {
        mut desk,
        tasks,
        parties: [a, b, c],
        duties,
    } = office();
    let merge = reorganize(&mut desk, Kind::Merge, &[a, b], &[c]);
    let changes = desk.do_one(merge.clone()).unwrap();
    let moved = moves(&changes).into_iter().map(|it| {
        let (_, to) = it.to.unwrap();
        assert_eq!(it.on, merge.effective);
        (it.duty, it.task, it.from, to)
    });
    let expected = [
        (duties[0], tasks[0], a, c),
        (duties[1], tasks[1], a, c),
        (duties[2], tasks[0], b, c),
    ];
    assert!(moved.eq(expected));
    for (on, lead, support) in [("2024-02-29", a, b), ("2024-03-01", c, c)] {
        let mut assigned = desk.assigned(tasks[0], on);
        assigned.sort_unstable();
        let mut expected = vec![(lead, Role::Lead), (support, Role::Support)];
        expected.sort_unstable();
        assert_eq!(assigned, expected, "{on}");
        assert_eq!(desk.assigned(tasks[1], on), [(lead, Role::Lead)], "{on}");
    }
    let view = desk.view();
    let duty = view.find::<image::Assignment>(duties[0]).unwrap();
    let [heir] = view.assignment_heirs(duty, Valid::OnDay)[..] else {
        panic!("one continues it");
    };
    let heir = view.fact(heir).unwrap();
    assert_eq!(heir.basis, Basis::Inherited);
    assert_eq!(heir.inherits.unwrap().reorganization, merge.id);
    for party in [a, b] {
        let validity = desk.fact::<Party>(party).unwrap().validity;
        assert_eq!(validity.to, day("2024-03-01"));
    }
}

#[test]
fn a_duty_that_the_successor_has_anyway_is_not_doubled() {
    let Office {
        mut desk,
        tasks,
        parties: [a, _, c],
        ..
    } = office();
    let assign = Assign {
        id: desk.id(),
        task: tasks[1],
        party: c,
        role: Role::Support,
        validity: between("2024-05-01", "2024-06-01"),
    };
    let own = Assign {
        id: desk.id(),
        party: a,
        validity: Validity::ALWAYS,
        ..assign.clone()
    };
    desk.does([assign, own]).unwrap();
    let merge = reorganize(&mut desk, Kind::Merge, &[a], &[c]);
    desk.do_one(merge).unwrap();
    for on in [
        "2024-03-01",
        "2024-04-30",
        "2024-05-01",
        "2024-05-31",
        "2024-06-01",
    ] {
        let mut assigned = desk.assigned(tasks[1], on);
        assigned.retain(|(_, role)| *role == Role::Support);
        assert_eq!(assigned, [(c, Role::Support)], "{on}");
    }
}

#[test]
fn a_split_says_which_duties_go_where_and_when() {
    let Office {
        mut desk,
        tasks,
        parties: [a, b, c],
        duties,
    } = office();
    let mut split = reorganize(&mut desk, Kind::Split, &[a], &[b, c]);
    let open = Refusal::Unallotted {
        assignment: duties[0],
        party: a,
    };
    assert_eq!(desk.do_one(split.clone()), Err(open));
    let later = Allotment {
        handover: Some(day("2024-04-01")),
        ..of_task(tasks[1], Fate::Passes(c))
    };
    split.allotments = vec![of_task(tasks[0], Fate::Passes(b)), later];
    desk.do_one(split).unwrap();
    assert!(
        desk.assigned(tasks[0], "2024-03-01")
            .contains(&(b, Role::Lead))
    );
    assert_eq!(desk.assigned(tasks[1], "2024-03-31"), [(a, Role::Lead)]);
    assert_eq!(desk.assigned(tasks[1], "2024-04-01"), [(c, Role::Lead)]);
}

#[test]
fn nobody_is_abolished_while_a_duty_is_left_open() {
    let Office {
        mut desk,
        tasks,
        parties: [a, b, _],
        duties,
    } = office();
    let mut abolish = reorganize(&mut desk, Kind::Abolish, &[a], &[]);
    let open = Refusal::Unallotted {
        assignment: duties[0],
        party: a,
    };
    assert_eq!(desk.do_one(abolish.clone()), Err(open));
    abolish.allotments = vec![
        of_task(tasks[0], Fate::Lapses),
        of_task(tasks[1], Fate::Passes(b)),
    ];
    let stranger = Refusal::NotASuccessor { party: b };
    assert_eq!(desk.do_one(abolish.clone()), Err(stranger));
    abolish.to = vec![b];
    desk.do_one(abolish).unwrap();
    assert_eq!(desk.assigned(tasks[0], "2024-03-01"), [(b, Role::Support)]);
    assert_eq!(desk.assigned(tasks[1], "2024-03-01"), [(b, Role::Lead)]);
}

#[test]
fn a_transfer_moves_what_it_names_and_both_bodies_go_on() {
    let Office {
        mut desk,
        tasks,
        parties: [a, _, c],
        duties,
    } = office();
    let mut transfer = reorganize(&mut desk, Kind::Transfer, &[a], &[c]);
    let named = |assignments| Allotment {
        duties: Duties {
            assignments,
            ..Duties::default()
        },
        fate: Fate::Passes(c),
        handover: None,
    };
    transfer.allotments = vec![named(vec![duties[1], duties[2]])];
    let not_its = Refusal::NoOpenDuty {
        assignment: duties[2],
        day: day("2024-03-01"),
    };
    assert_eq!(desk.do_one(transfer.clone()), Err(not_its));
    transfer.allotments = vec![named(vec![duties[1]])];
    desk.do_one(transfer).unwrap();
    assert_eq!(desk.assigned(tasks[1], "2024-03-01"), [(c, Role::Lead)]);
    assert!(
        desk.assigned(tasks[0], "2024-03-01")
            .contains(&(a, Role::Lead))
    );
    let view = desk.view();
    let party = view.find::<image::Party>(a).unwrap();
    assert_eq!(view.party_successors(party, Valid::Any), []);
    assert_eq!(
        desk.fact::<Party>(a).unwrap().validity.to,
        crate::time::Day::FOREVER
    );
}

#[test]
fn who_asks_by_the_name_of_a_body_that_is_over_finds_who_came_after_it() {
    let mut desk = Desk::new();
    let [old, new] = ["市科委", "市科技局"].map(|name| {
        let party = desk.id();
        let create = CreateParty {
            id: party,
            name: name.to_owned(),
            short_names: vec![],
            kind: PartyKind::Department,
            parent: None,
            place: None,
            code: None,
            position: None,
            validity: Validity::ALWAYS,
        };
        desk.do_one(create).unwrap();
        party
    });
    let merge = reorganize(&mut desk, Kind::Merge, &[old], &[new]);
    desk.do_one(merge).unwrap();
    let register = std::sync::Arc::clone(desk.view().register());
    let asked = |on: &str| {
        let view = View::new(std::sync::Arc::clone(&register), desk.seq(), day(on));
        let found = view.party_find_by_name("市科委");
        found
            .into_iter()
            .map(|party| view.id(party))
            .collect::<Vec<_>>()
    };
    assert_eq!(asked("2024-02-29"), [old]);
    assert_eq!(asked("2024-03-01"), [new]);
    let (directory, parties) = desk.view().directory();
    let found = directory.resolve("市科委", None, Some(day("2024-03-01")));
    let new = desk.view().find::<image::Party>(new).unwrap();
    let place = parties.iter().position(|party| *party == new).unwrap();
    assert_eq!(found, crate::directory::Resolution::Known(place));
}

#[test]
fn a_renamed_body_stays_itself_and_keeps_its_duties() {
    let Office {
        mut desk,
        tasks,
        parties: [a, ..],
        ..
    } = office();
    let mut rename = reorganize(&mut desk, Kind::Rename, &[a], &[a]);
    assert_eq!(desk.do_one(rename.clone()), Err(Refusal::NoNewName));
    rename.name = Some("市数据局".to_owned());
    desk.do_one(rename).unwrap();
    assert_eq!(desk.assigned(tasks[1], "2024-03-01"), [(a, Role::Lead)]);
    let view = desk.view();
    let party = view.find::<image::Party>(a).unwrap();
    let name = view.party_name(party).unwrap();
    assert_eq!(view.text(name), "市数据局");
    let names = view.party_names(party, Valid::Any).into_iter();
    let kinds: Vec<_> = names.map(|name| view.thing(name).kind).collect();
    assert_eq!(kinds, [NameKind::Official]);
}

#[test]
fn a_body_that_was_reorganized_is_not_withdrawn() {
    let Office { mut desk, .. } = office();
    let [a, b] = [desk.a_party(), desk.a_party()];
    let merge = reorganize(&mut desk, Kind::Merge, &[a], &[b]);
    desk.do_one(merge.clone()).unwrap();
    for party in [a, b] {
        let what = Thing::of::<Party>(party);
        let expected = None;
        let refused = desk.do_one(Withdraw { what, expected });
        let by = Thing::of::<Reorganization>(merge.id);
        assert_eq!(refused, Err(Refusal::SpokenOf { thing: what, by }));
    }
}

#[test]
fn what_is_set_up_and_what_it_takes_over_is_one_changeset() {
    let Office {
        mut desk,
        tasks,
        parties: [a, ..],
        duties,
    } = office();
    let new: PartyId = desk.id();
    let create = CreateParty {
        id: new,
        name: "市数据局".to_owned(),
        short_names: vec![],
        kind: PartyKind::Department,
        parent: None,
        place: None,
        code: None,
        position: None,
        validity: since("2024-03-01"),
    };
    let mut found = reorganize(&mut desk, Kind::Create, &[a], &[new]);
    found.allotments = vec![of_task(tasks[1], Fate::Passes(new))];
    let early = Reorganize {
        effective: day("2024-02-01"),
        ..found.clone()
    };
    let create = Command::from(create);
    assert!(desk.does([create.clone(), early.into()]).is_err());
    desk.does([create, found.into()]).unwrap();
    assert_eq!(desk.assigned(tasks[1], "2024-03-01"), [(new, Role::Lead)]);
    let ended = EndAssignment {
        assignment: duties[1],
        expected: None,
        on: day("2024-06-01"),
    };
    assert!(desk.do_one(ended).is_err(), "it is over already");
}

#[test]
fn the_bodies_make_a_reorganization_of_its_kind() {
    let Office {
        mut desk,
        parties: [a, b, c],
        ..
    } = office();
    let cases: [(Kind, &[PartyId], &[PartyId]); 9] = [
        (Kind::Rename, &[a], &[b]),
        (Kind::Merge, &[a, b], &[]),
        (Kind::Merge, &[a], &[a]),
        (Kind::Merge, &[a, a], &[b]),
        (Kind::Split, &[a, b], &[c]),
        (Kind::Abolish, &[], &[]),
        (Kind::Create, &[], &[]),
        (Kind::Transfer, &[a], &[]),
        (Kind::Transfer, &[a], &[a, b]),
    ];
    for (kind, from, to) in cases {
        let mut wrong = reorganize(&mut desk, kind, from, to);
        wrong.name = Some("市数据局".to_owned());
        let everything = Allotment {
            duties: Duties::default(),
            fate: Fate::Lapses,
            handover: None,
        };
        wrong.allotments = vec![everything];
        let refused = desk.do_one(wrong);
        assert!(
            matches!(refused, Err(Refusal::NotReorganized { .. })),
            "{kind} {refused:?}"
        );
    }
}

/// What a task's assignments are on any day, with nothing left out.
fn assignments(desk: &Desk, task: TaskId) -> Vec<(AssignmentId, Assignment)> {
    let view = desk.view();
    let task = view.find::<image::Task>(task).unwrap();
    let all = view.task_assignments(task, Valid::Any).into_iter();
    all.map(|it| (view.id(it), view.fact(it).unwrap()))
        .collect()
}

fn record(id: AssignmentId, assignment: Assignment) -> Change {
    Change::record(id, assignment)
}
