//! The same history is kept the same way by both databases, and comes back as it was.

use crate::support::{
    database::TestDatabase,
    env::TestEnv,
    history::{Step, history},
    kept::{Kept, loaded_again, on_runtime},
};
use domain::{
    change::{Change, Changeset, Edit, Fact},
    image::{self, Image},
    register::Register,
    time::{Day, Seq},
    view::View,
};
use proptest::{prelude::*, test_runner::Config};
use std::sync::Arc;
use store::Direction;

async fn keep(database: &TestDatabase, steps: Vec<Step>) -> Kept {
    let env = TestEnv::new();
    let store = database.store(&env).await;
    for (number, step) in steps.into_iter().enumerate() {
        let written = step.run(&store, &env).await;
        assert_eq!(written.seq(), Seq(number as u32 + 1));
    }
    let log = store
        .changesets(Seq::EMPTY, None, u32::MAX, Direction::Forward)
        .await
        .unwrap();
    for register in [store.register(), loaded_again(database, &env, &store).await] {
        for seq in (0..=register.seq().0).map(Seq) {
            assert_says(&register, seq, &log);
        }
    }
    Kept::of(database).await
}

/// Every fact that the log ever named is, at `seq`, what the log left it at.
fn assert_says(register: &Arc<Register>, seq: Seq, log: &[Changeset]) {
    let view = View::new(Arc::clone(register), seq, Day::from_number(0));
    let latest = |change: &Change| {
        let mut known = log
            .iter()
            .filter(|changeset| changeset.seq <= seq)
            .flat_map(|changeset| &changeset.changes);
        known.rfind(|known| known.id() == change.id()).cloned()
    };
    for change in log.iter().flat_map(|changeset| &changeset.changes) {
        macro_rules! check {
            ($($kind:ident)*) => {
                match change {
                    $(Change::$kind(edit) => {
                        let expected = match latest(change) {
                            Some(Change::$kind(latest)) => latest.after,
                            _ => None,
                        };
                        assert_eq!(held::<image::$kind>(&view, edit), expected, "{} {:?} at {seq}", change.entity(), edit.id);
                    })*
                }
            };
        }
        check!(
            Document Place Party PartyName Reorganization Plan Section Task Standing Clause Assignment Target Deadline
            ProgressReport SupervisionCase ProgressRule
        );
    }
}

fn held<I: Image>(view: &View, edit: &Edit<I::Fact>) -> Option<I::Fact>
where
    I::Fact: Fact,
{
    view.fact(view.find::<I>(edit.id)?)
}

#[test]
fn the_same_history_is_kept_the_same_on_both_databases_and_comes_back() {
    let config = Config {
        cases: 4,
        max_shrink_iters: 60,
        failure_persistence: None,
        ..Config::default()
    };
    proptest!(config, |(seed: u64, length in 5usize..60)| {
        let steps = history(seed, length);
        let sqlite = TestDatabase::sqlite();
        let kept = on_runtime(keep(&sqlite, steps.clone()));
        prop_assert_eq!(kept.leaves.len(), length);
        if let Some(postgres) = TestDatabase::postgres() {
            prop_assert_eq!(on_runtime(keep(&postgres, steps)), kept);
        }
    });
}
