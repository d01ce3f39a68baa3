//! Random histories of commands, kept by both databases: what each knows at any seq of any day is what the naive model of
//! the domain's own tests says, from memory and loaded again, and both keep the same, with the same root.
//!
//! `REMIT_TEST_HISTORIES` sets how many histories are tried.

#[expect(dead_code, reason = "the domain's own tests use all of it")]
#[path = "../../crates/domain/tests/commands/office.rs"]
mod office;

use crate::support::{
    database::TestDatabase,
    env::TestEnv,
    kept::{Kept, loaded_again, on_runtime},
    write::write,
};
use domain::{
    command::{Command, Refused, decide_all},
    id::IdSequence,
    register::Register,
    text::Sha256,
    time::Seq,
    view::View,
};
use office::{
    invent::{self, DAYS, day},
    model::State,
    rules,
};
use proptest::{prelude::*, test_runner::Config};
use std::sync::Arc;
use store::{Store, Write, WriteError, Written};
use uuid::Uuid;

async fn does(
    store: &Store,
    commands: &[Command],
    ids: IdSequence,
) -> Result<Written, WriteError<Refused>> {
    let bodies = commands.iter().filter_map(Command::text);
    let texts = bodies.map(|body| (Sha256::of(body.as_bytes()), body.to_owned().into()));
    let write = Write {
        texts: texts.collect(),
        ..write("test.changed")
    };
    let commands = commands.to_vec();
    let decide = move |view: &View| decide_all(view, &commands, ids.clone());
    store.write(write, decide).await
}

/// Does a history, compares everything with the model, and tells what is kept.
async fn keep(database: &TestDatabase, history: &[Vec<u128>]) -> Kept {
    let env = TestEnv::new();
    let store = database.store(&env).await;
    let mut states = vec![State::default()];
    for (n, numbers) in (1..).zip(history) {
        let state = states.last().unwrap();
        let mut ids = IdSequence::new(Uuid::from_u128(n << 64));
        let commands = invent::commands(numbers, state, &mut ids);
        let seq = store.register().seq();
        let modelled = state.after(&commands, seq.next());
        match (does(&store, &commands, ids).await, modelled) {
            (Ok(Written::Committed(changeset)), Ok(mut after)) => {
                after.learn_ids(&changeset.changes);
                rules::hold(&after);
                states.push(after);
            }
            (Ok(Written::Unchanged(head)), Ok(after)) => {
                assert_eq!(head, seq);
                assert!(after.says_the_same_as(state), "{commands:?} change nothing");
            }
            (Err(WriteError::Refused(_)), Err(_)) => {}
            (written, modelled) => panic!(
                "{commands:#?}\n\nwritten: {written:#?}\n\nmodel: {:#?}",
                modelled.map(|_| "done"),
            ),
        }
    }
    assert_says(&store.register(), &states);
    assert_says(&loaded_again(database, &env, &store).await, &states);
    Kept::of(database).await
}

/// Every seq, each on every day.
fn assert_says(register: &Arc<Register>, states: &[State]) {
    assert_eq!(register.seq().0 as usize + 1, states.len());
    for (seq, state) in (0..).map(Seq).zip(states) {
        for on in 0..DAYS {
            state.compare(&View::new(Arc::clone(register), seq, day(on)));
        }
    }
}

#[test]
fn commands_leave_the_same_on_both_databases_and_it_is_what_the_model_says() {
    let histories = std::env::var("REMIT_TEST_HISTORIES").ok();
    let config = Config {
        cases: histories.map_or(6, |times| times.parse().unwrap()),
        max_shrink_iters: 60,
        failure_persistence: None,
        ..Config::default()
    };
    proptest!(config, |(history in office::history())| {
        let sqlite = TestDatabase::sqlite();
        let kept = on_runtime(keep(&sqlite, &history));
        if let Some(postgres) = TestDatabase::postgres() {
            prop_assert_eq!(on_runtime(keep(&postgres, &history)), kept);
        }
    });
}
