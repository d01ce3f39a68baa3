//! Strict serializability: what three nodes answer to clerks who change the register at once is what one register would
//! have answered to one command after another, in an order that no clock contradicts.

mod clerk;
mod replay;

use super::{
    Desk,
    clerk::{data, times},
    nodes::{addresses, assert_converged, nodes},
};
use crate::support::{database::TestDatabase, env::TestEnv};
use clerk::{Office, work};
use domain::{change::Changeset, time::Seq};
use replay::Replay;
use std::thread;
use store::{Direction, Store};

/// How many clerks work at once.
const CLERKS: usize = 6;

#[tokio::test(flavor = "multi_thread")]
async fn what_three_nodes_acknowledge_is_what_one_register_would_have_answered() {
    let Some(database) = TestDatabase::postgres() else {
        return;
    };
    let commands = times("REMIT_TEST_COMMANDS", 300) as usize;
    let asked = tokio::task::block_in_place(|| {
        let desk = Desk::new();
        let nodes = nodes(&desk, &database.url, 3);
        let addresses = addresses(&nodes);
        let office = Office::set_up(&addresses[0], 3 + commands / 50);
        let asked = thread::scope(|scope| {
            let clerks: Vec<_> = (0..CLERKS)
                .map(|clerk| {
                    let (office, addresses) = (&office, &addresses);
                    scope.spawn(move || work(office, addresses, clerk, commands / CLERKS))
                })
                .collect();
            let asked = clerks.into_iter().flat_map(|clerk| clerk.join().unwrap());
            asked.collect::<Vec<_>>()
        });
        assert_converged(&nodes);
        // Every one of them tells the whole log.
        let head = |address: &str| data(address, "{ register { changes { totalCount } } }");
        let heads: Vec<_> = addresses.iter().map(|address| head(address)).collect();
        assert!(heads.iter().all(|found| *found == heads[0]), "{heads:?}");
        for node in nodes {
            node.stop("TERM").expect_success();
        }
        asked
    });

    let connected = database.connect(&TestEnv::new()).await;
    let store = connected.store("main", None).await.unwrap();
    let replay = Replay::of(log(&store).await);
    let told = replay.check(&asked);
    eprintln!("{} commands: {told}", asked.len());
    assert!(told.committed > 0 && told.conflicts > 0, "{told}");
    assert_eq!(connected.verify("main").await.unwrap().len(), 0);
}

async fn log(store: &Store) -> Vec<Changeset> {
    let mut log: Vec<Changeset> = vec![];
    loop {
        let last = log.last().map_or(Seq::EMPTY, |changeset| changeset.seq);
        let next = store.changesets(last, None, 500, Direction::Forward).await;
        let next = next.unwrap();
        if next.is_empty() {
            return log;
        }
        log.extend(next);
    }
}
