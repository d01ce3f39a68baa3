//! A process that is killed while it writes loses nothing that it acknowledged, and leaves nothing by halves.

use crate::cli::times;
use crate::support::{
    database::{TestDatabase, on_both},
    env::TestEnv,
    random::Random,
};
use domain::time::Seq;
use std::{
    io::{BufRead as _, BufReader},
    process::{Command, Stdio},
    time::Duration,
};

/// Starts a writer, kills it after it has acknowledged a few writes and `delay`, and gives the last it acknowledged.
fn kill_a_writer(database: &TestDatabase, acknowledged: usize, delay: Duration) -> Seq {
    let mut writer = Command::new(env!("CARGO_BIN_EXE_endless-writer"))
        .arg(&database.url)
        .stdout(Stdio::piped())
        .spawn()
        .expect("the writer can be started");
    let mut lines = BufReader::new(writer.stdout.take().expect("its output is piped")).lines();
    let mut seqs: Vec<_> = lines.by_ref().take(acknowledged).collect();
    std::thread::sleep(delay);
    writer.kill().expect("it can be killed");
    writer.wait().expect("it ends");
    seqs.extend(lines);
    let last = seqs
        .pop()
        .expect("it wrote something")
        .expect("it printed text");
    Seq(last.parse().expect("it printed a seq"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_writer_loses_nothing_acknowledged_and_leaves_nothing_by_halves() {
    on_both(async |database| {
        let (env, mut random) = (TestEnv::new(), Random::new(20));
        for round in 0..times("REMIT_TEST_KILLS", 20) {
            let delay = Duration::from_micros(random.below(20_000) as u64);
            let acknowledged = kill_a_writer(&database, 1 + random.below(3), delay);
            let connected = database.connect(&env).await;
            let store = connected.store("killed", None).await.unwrap();
            let head = store.register().seq();
            // One more may have been committed just before its acknowledgement was printed.
            assert!(
                head == acknowledged || head == acknowledged.next(),
                "round {round}: {acknowledged} was acknowledged, {head} is kept"
            );
            let findings = connected.verify("killed").await.unwrap();
            assert_eq!(findings.len(), 0, "round {round}: {findings:?}");
            connected.close().await;
        }
    })
    .await;
}
