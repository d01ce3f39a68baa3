//! Bodies are entered, renamed, described and withdrawn.

use super::{Desk, between, day, since};
use crate::{
    change::Thing,
    command::{
        AddName, CorrectName, CreateParty, DescribeParty, EndName, Refusal, RenameParty,
        Revalidity, Withdraw,
    },
    id::{PartyId, PartyNameId},
    party::{Party, PartyName},
    time::{Seq, Validity},
    vocabulary::{NameKind, PartyKind},
};

fn create(desk: &mut Desk, name: &str) -> CreateParty {
    CreateParty {
        id: desk.id(),
        name: name.to_owned(),
        short_names: vec![],
        kind: PartyKind::Department,
        parent: None,
        place: None,
        code: None,
        position: None,
        validity: since("2020-01-01"),
    }
}

fn rename(party: PartyId, name: &str, from: &str) -> RenameParty {
    RenameParty {
        party,
        expected: None,
        name: name.to_owned(),
        from: day(from),
    }
}

fn describe(party: PartyId, parent: PartyId) -> DescribeParty {
    DescribeParty {
        party,
        expected: None,
        kind: None,
        parent: Some(Some(parent)),
        place: None,
        code: None,
        position: None,
        validity: Revalidity::default(),
    }
}

/// A party's names on a day, as the register knows them at the end.
fn names(desk: &Desk, party: PartyId, on: &str) -> Vec<(String, NameKind)> {
    let view = desk.view();
    let party = view.find::<crate::image::Party>(party).unwrap();
    let names = view.party_names(party, crate::view::Valid::Any);
    let facts = names.into_iter().map(|name| view.fact(name).unwrap());
    let mut names: Vec<_> = facts
        .filter(|name: &PartyName| name.validity.contains(day(on)))
        .map(|name| (name.text, name.kind))
        .collect();
    names.sort();
    names
}

fn name_of(desk: &Desk, party: PartyId, text: &str) -> PartyNameId {
    let view = desk.view();
    let party = view.find::<crate::image::Party>(party).unwrap();
    let names = view.party_names(party, crate::view::Valid::Any);
    let mut names = names.into_iter();
    let name = names.find(|name| view.text(view.thing(*name).text) == text);
    view.id(name.unwrap())
}

fn called(names: &[(&str, NameKind)]) -> Vec<(String, NameKind)> {
    names
        .iter()
        .map(|(text, kind)| ((*text).to_owned(), *kind))
        .collect()
}

#[test]
fn a_party_is_entered_with_its_names_behind_those_there_are() {
    let mut desk = Desk::new();
    let first = create(&mut desk, "天津市科学技术局");
    let second = CreateParty {
        short_names: vec!["市教委".to_owned()],
        ..create(&mut desk, "天津市教育委员会")
    };
    let ids = [first.id, second.id];
    desk.does([first, second]).unwrap();
    let positions = ids.map(|id| desk.fact::<Party>(id).unwrap().position);
    assert_eq!(positions, [0, 1]);
    assert_eq!(
        names(&desk, ids[1], "2024-01-01"),
        called(&[
            ("天津市教育委员会", NameKind::Official),
            ("市教委", NameKind::Short)
        ])
    );
    assert_eq!(names(&desk, ids[1], "2019-12-31"), []);
}

#[test]
fn a_renamed_party_is_found_by_its_former_name() {
    let mut desk = Desk::new();
    let party = create(&mut desk, "市信息委");
    let id = party.id;
    desk.do_one(party).unwrap();
    desk.do_one(rename(id, "市数据局", "2024-01-01")).unwrap();
    assert_eq!(
        names(&desk, id, "2023-12-31"),
        called(&[("市信息委", NameKind::Official)])
    );
    assert_eq!(
        names(&desk, id, "2024-01-01"),
        called(&[
            ("市信息委", NameKind::Former),
            ("市数据局", NameKind::Official)
        ])
    );
    assert_eq!(desk.view().party_find_by_name("市信息委").len(), 1);
    assert_eq!(
        desk.do_one(rename(id, "市数据局", "2024-06-01")),
        Ok(vec![])
    );

    desk.do_one(rename(id, "市信息委", "2025-01-01")).unwrap();
    assert_eq!(
        names(&desk, id, "2025-01-01"),
        called(&[
            ("市信息委", NameKind::Official),
            ("市数据局", NameKind::Former)
        ]),
        "a body that is called so again was not formerly"
    );
}

#[test]
fn a_party_cannot_be_renamed_on_the_day_on_which_it_was_named() {
    let mut desk = Desk::new();
    let party = create(&mut desk, "市信息委");
    let id = party.id;
    desk.do_one(party).unwrap();
    let not_then = Refusal::NotThen {
        thing: Thing::of::<PartyName>(name_of(&desk, id, "市信息委")),
        day: day("2020-01-01"),
        validity: since("2020-01-01"),
    };
    assert_eq!(
        desk.do_one(rename(id, "市数据局", "2020-01-01")),
        Err(not_then)
    );
}

#[test]
fn a_rename_is_a_new_version_of_the_party() {
    let mut desk = Desk::new();
    let party = create(&mut desk, "市信息委");
    let id = party.id;
    desk.do_one(party).unwrap();
    let seen = desk.seq();
    desk.do_one(rename(id, "市数据局", "2024-01-01")).unwrap();
    let again = RenameParty {
        expected: Some(seen),
        ..rename(id, "市大数据局", "2025-01-01")
    };
    let conflict = Refusal::VersionConflict {
        thing: Thing::of::<Party>(id),
        expected: seen,
        present: Some(Seq(seen.0 + 1)),
    };
    assert_eq!(desk.do_one(again), Err(conflict));
}

#[test]
fn a_party_has_one_official_name_at_a_time() {
    let mut desk = Desk::new();
    let party = create(&mut desk, "市信息委");
    let id = party.id;
    desk.do_one(party).unwrap();
    let held = name_of(&desk, id, "市信息委");
    let add = |desk: &mut Desk, kind, validity| AddName {
        id: desk.id(),
        party: id,
        text: "市数据局".to_owned(),
        kind,
        validity,
    };
    let second = add(&mut desk, NameKind::Official, since("2024-01-01"));
    let taken = Refusal::OfficialNameTaken {
        party: id,
        name: held,
    };
    assert_eq!(desk.do_one(second), Err(taken));
    let short = add(&mut desk, NameKind::Short, since("2024-01-01"));
    desk.do_one(short).unwrap();
    let end = EndName {
        name: held,
        expected: None,
        on: day("2023-01-01"),
    };
    desk.do_one(end).unwrap();
    let second = add(&mut desk, NameKind::Official, since("2024-01-01"));
    desk.do_one(second).unwrap();
}

#[test]
fn a_name_that_was_misspelt_is_corrected_for_all_time() {
    let mut desk = Desk::new();
    let party = create(&mut desk, "市信息位");
    let id = party.id;
    desk.do_one(party).unwrap();
    let correct = CorrectName {
        name: name_of(&desk, id, "市信息位"),
        expected: Some(desk.seq()),
        text: Some("市信息委".to_owned()),
        kind: None,
        validity: Revalidity::default(),
    };
    desk.do_one(correct.clone()).unwrap();
    assert_eq!(
        names(&desk, id, "2020-01-01"),
        called(&[("市信息委", NameKind::Official)])
    );
    let blank = CorrectName {
        expected: None,
        text: Some(" ".to_owned()),
        ..correct
    };
    let refusal = Refusal::Blank {
        thing: Thing::of::<PartyName>(blank.name),
        field: "name",
    };
    assert_eq!(desk.do_one(blank), Err(refusal));
}

#[test]
fn no_party_lies_under_itself() {
    let mut desk = Desk::new();
    let above = create(&mut desk, "市政府");
    let below = CreateParty {
        parent: Some(above.id),
        ..create(&mut desk, "市政府办公厅")
    };
    let (above_id, below_id) = (above.id, below.id);
    desk.does([above, below]).unwrap();
    for party in [below_id, above_id] {
        let refused = desk.do_one(describe(above_id, party));
        let thing = Thing::of::<Party>(above_id);
        assert_eq!(refused, Err(Refusal::Cycle { thing }));
    }
}

#[test]
fn what_is_above_is_recorded_first() {
    let mut desk = Desk::new();
    let below = create(&mut desk, "市政府办公厅");
    let above = create(&mut desk, "市政府");
    let (below_id, above_id) = (below.id, above.id);
    let refused = desk.does::<crate::command::Command>([
        below.into(),
        above.into(),
        describe(below_id, above_id).into(),
    ]);
    let later = Refusal::RecordedLater {
        thing: Thing::of::<Party>(below_id),
        other: Thing::of::<Party>(above_id),
    };
    assert_eq!(refused.map_err(|refused| refused.refusal), Err(later));
}

#[test]
fn a_party_is_described_and_what_is_not_said_stays() {
    let mut desk = Desk::new();
    let party = create(&mut desk, "市信息委");
    let id = party.id;
    desk.do_one(party).unwrap();
    let described = DescribeParty {
        kind: Some(PartyKind::CommitteeOrgan),
        parent: None,
        code: Some(Some("A1".to_owned())),
        validity: Revalidity {
            from: None,
            to: Some(day("2025-01-01")),
        },
        ..describe(id, id)
    };
    desk.do_one(described).unwrap();
    let party: Party = desk.fact(id).unwrap();
    assert_eq!(party.kind, PartyKind::CommitteeOrgan);
    assert_eq!(party.code.as_deref(), Some("A1"));
    assert_eq!(party.validity, between("2020-01-01", "2025-01-01"));
    assert_eq!(party.position, 0);
}

#[test]
fn a_party_is_withdrawn_with_its_names_unless_something_speaks_of_it() {
    let mut desk = Desk::new();
    let above = create(&mut desk, "市政府");
    let below = CreateParty {
        parent: Some(above.id),
        ..create(&mut desk, "市政府办公厅")
    };
    let (above_id, below_id) = (above.id, below.id);
    desk.does([above, below]).unwrap();
    let withdraw = |party| Withdraw {
        what: Thing::of::<Party>(party),
        expected: None,
    };
    let spoken_of = Refusal::SpokenOf {
        thing: Thing::of::<Party>(above_id),
        by: Thing::of::<Party>(below_id),
    };
    assert_eq!(desk.do_one(withdraw(above_id)), Err(spoken_of));
    desk.does([withdraw(above_id), withdraw(below_id)]).unwrap();
    assert_eq!(desk.fact::<Party>(above_id), None);
    assert_eq!(desk.view().party_find_by_name("市政府").len(), 0);
    let again = desk.do_one(withdraw(above_id));
    assert_eq!(again, Err(Refusal::not_found::<Party>(above_id)));
}

#[test]
fn what_only_documents_bring_is_not_withdrawn_by_hand() {
    let mut desk = Desk::new();
    let document: crate::id::DocumentId = desk.id();
    let what = Thing::of::<crate::document::Document>(document);
    let withdraw = Withdraw {
        what,
        expected: None,
    };
    assert_eq!(
        desk.do_one(withdraw),
        Err(Refusal::NotByCommand { thing: what })
    );
    assert_eq!(desk.seq(), Seq::EMPTY);
    assert!(Validity::ALWAYS.covers(&since("2024-01-01")));
}
