//! Cursors: what is one, where it may be used, and how far it carries.

use crate::{
    built::Building,
    history::{History, Kept, changeset, day, register_id},
    sample::{id, party, plan, task},
    steps,
};
use domain::{
    change::Change,
    image,
    page::{BadPage, MAX_SIZE, PageRequest},
    register::{Register, Writer},
    time::Seq,
    view::{PartyFilter, PartyOrder, TaskFilter, TaskOrder, View},
};
use proptest::{prelude::*, test_runner::Config};
use std::sync::Arc;

const TASK_ORDERS: [TaskOrder; 3] = [TaskOrder::Position, TaskOrder::Title, TaskOrder::Deadline];
const PARTY_ORDERS: [PartyOrder; 2] = [PartyOrder::Directory, PartyOrder::Name];

/// Every cursor of a view.
fn cursors(view: &View, history: &History) -> Vec<String> {
    let register = view.register();
    let mut cursors = vec![];
    for (_, change) in &history.log {
        match change {
            Change::Task(edit) => {
                let task = register.find::<image::Task>(edit.id).unwrap();
                cursors.extend(TASK_ORDERS.map(|order| view.task_cursor(order, task)));
            }
            Change::Party(edit) => {
                let party = register.find::<image::Party>(edit.id).unwrap();
                cursors.extend(PARTY_ORDERS.map(|order| view.party_cursor(order, party)));
            }
            Change::Place(edit) => {
                let place = register.find::<image::Place>(edit.id).unwrap();
                cursors.push(view.place_cursor(place));
            }
            Change::Assignment(edit) => {
                let assignment = register.find::<image::Assignment>(edit.id).unwrap();
                cursors.push(view.party_assignment_cursor(assignment));
            }
            _ => {}
        }
    }
    cursors.iter().map(ToString::to_string).collect()
}

proptest! {
    #![proptest_config(Config { cases: 50, failure_persistence: None, ..Config::default() })]

    #[test]
    fn a_cursor_is_the_same_on_every_node_and_after_a_restart(
        steps in steps(),
        (here, there) in any::<(Building, Building)>(),
    ) {
        let history = History::new(&steps);
        let view = |building: Building| {
            let register = building.build(&history, |_| {});
            let head = register.seq();
            View::new(register, head, day(3))
        };
        prop_assert_eq!(cursors(&view(here), &history), cursors(&view(there), &history));
    }
}

/// A register with a plan, two tasks and a party, all with the same id where their kinds differ.
fn register() -> Arc<Register> {
    let changes = vec![
        Change::record(id(1), party()),
        Change::record(id(1), plan("甲")),
        Change::record(id(1), task(id(1))),
        Change::record(id(2), task(id(1))),
    ];
    let mut writer = Writer::new(register_id());
    writer
        .apply(&changeset(Seq(1), changes), &Kept::new())
        .unwrap();
    Arc::clone(writer.register())
}

#[test]
fn a_cursor_of_another_list_or_order_is_refused() {
    let view = View::new(register(), Seq(1), day(0));
    let task = view.find::<image::Task>(id(2)).unwrap();
    let after = |text: &str| PageRequest::new(None, Some(text), None, None).unwrap();
    let before = |text: &str| PageRequest::new(None, None, None, Some(text)).unwrap();
    for order in TASK_ORDERS {
        let cursor = view.task_cursor(order, task).to_string();
        for other in TASK_ORDERS {
            let page = |request| view.task_page(&TaskFilter::default(), other, &request);
            let refused = |argument| Some(BadPage::Cursor { argument });
            if other == order {
                assert!(page(after(&cursor)).is_ok() && page(before(&cursor)).is_ok());
            } else {
                assert_eq!(
                    page(after(&cursor)).err(),
                    refused("after"),
                    "{order:?} in {other:?}"
                );
                assert_eq!(
                    page(before(&cursor)).err(),
                    refused("before"),
                    "{order:?} in {other:?}"
                );
            }
        }
        // There is no party with the id of this task.
        let page = |order| view.party_page(&PartyFilter::default(), order, &after(&cursor));
        assert!(PARTY_ORDERS.map(page).iter().all(Result::is_err));
    }
}

#[test]
fn arguments_that_make_no_page_are_refused() {
    let new = PageRequest::new;
    assert_eq!(
        new(Some(1), None, Some(1), None),
        Err(BadPage::FirstAndLast)
    );
    let negative = |argument| Err(BadPage::Negative { argument, size: -1 });
    assert_eq!(new(Some(-1), None, None, None), negative("first"));
    assert_eq!(new(None, None, Some(-1), None), negative("last"));
    // No base64, base64 of nothing, of no JSON, of other JSON.
    for text in ["%", "", "AAAA", "W10", "e30"] {
        let refused = |argument| Err(BadPage::Cursor { argument });
        assert_eq!(
            new(None, Some(text), None, None),
            refused("after"),
            "{text}"
        );
        assert_eq!(
            new(None, None, None, Some(text)),
            refused("before"),
            "{text}"
        );
    }
}

#[test]
fn a_page_holds_no_more_than_the_greatest_size() {
    let tasks = (1..=u128::from(MAX_SIZE) + 1).map(|n| Change::record(id(n), task(id(1))));
    let changes = std::iter::once(Change::record(id(1), plan("甲"))).chain(tasks);
    let mut writer = Writer::new(register_id());
    writer
        .apply(&changeset(Seq(1), changes.collect()), &Kept::new())
        .unwrap();
    let view = View::new(Arc::clone(writer.register()), Seq(1), day(0));
    let sizes = |first| {
        let request = PageRequest::new(first, None, None, None).unwrap();
        let page = view.task_page(&TaskFilter::default(), TaskOrder::Position, &request);
        let page = page.unwrap();
        (page.items.len(), page.has_next)
    };
    assert_eq!(sizes(Some(i32::MAX)), (MAX_SIZE as usize, true));
    assert_eq!(sizes(None), (domain::page::DEFAULT_SIZE as usize, true));
}
