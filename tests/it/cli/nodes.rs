//! Several served processes on one PostgreSQL server, and what breaks there.

use super::{
    Desk, Server,
    clerk::{Book, data, times},
};
use crate::support::{
    database::TestDatabase,
    postgres,
    proxy::{Line, Proxy},
};
use std::thread;

/// How many clerks work.
const CLERKS: usize = 6;

pub(super) fn nodes(desk: &Desk, url: &str, count: usize) -> Vec<Server> {
    let serve = |_| desk.serve(&["--quiet", "--log", "off", "--database", url]);
    (0..count).map(serve).collect()
}

pub(super) fn addresses(nodes: &[Server]) -> Vec<String> {
    nodes.iter().map(|node| node.address.clone()).collect()
}

/// The last changeset that a node has seen.
fn head(node: &Server) -> u64 {
    let head = data(&node.address, "{ register { asOf { seq } } }");
    head["register"]["asOf"]["seq"].as_u64().unwrap()
}

/// What a node shows of the register as this changeset left it, once it has seen that.
fn shown(node: &Server, seq: u64) -> serde_json::Value {
    let everything = format!(
        "{{ register(atLeast: {seq}, knownSeq: {seq}, validOn: \"2024-01-01\") {{
            plans(first: 100) {{ totalCount nodes {{ id code title }} }}
            tasks(last: 100) {{ totalCount nodes {{ id title assignments {{ role party {{ id name }} }} }} }}
            changes(last: 100) {{ totalCount nodes {{ seq recordedAt action changeCount }} }}
        }} }}"
    );
    data(&node.address, &everything)
}

pub(super) fn assert_converged(nodes: &[Server]) {
    // Once: a node that has not written last may still be catching up, and see more a moment later.
    let last = nodes.iter().map(head).max().unwrap();
    for node in nodes {
        assert_eq!(shown(node, last), shown(&nodes[0], last));
        assert_eq!(node.get("/readyz"), (200, "ready\n".to_owned()));
    }
}

#[test]
fn three_nodes_take_writes_and_each_shows_all_of_them_to_whoever_wrote() {
    let Some(database) = TestDatabase::postgres() else {
        return;
    };
    let (desk, book) = (Desk::new(), Book::default());
    let mut nodes = nodes(&desk, &database.url, 3);
    let addresses = addresses(&nodes);
    thread::scope(|scope| {
        for clerk in 0..CLERKS {
            let (book, addresses) = (&book, &addresses);
            scope.spawn(move || book.write_on(clerk, addresses));
        }
        book.wait_for(times("REMIT_TEST_WRITES", 60) as usize);
        // One of them dies without a word; the others go on.
        nodes.pop().unwrap().kill();
        book.wait_for(CLERKS);
        book.stop();
    });
    book.tell("three nodes, one killed");
    assert_converged(&nodes);
    for node in &nodes {
        book.check(node);
    }
    book.check_refusals();
    for node in nodes {
        node.stop("TERM").expect_success();
    }
    desk.run(&["verify", "--database", &database.url])
        .expect_success();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_node_that_is_cut_off_answers_with_what_it_knows_and_says_so_and_catches_up() {
    let Some(database) = TestDatabase::postgres() else {
        return;
    };
    let proxy = Proxy::to(&database).await;
    tokio::task::block_in_place(|| {
        let (desk, book) = (Desk::new(), Book::default());
        let quiet = ["--quiet", "--log", "off", "--database"];
        let cut_off = desk.serve(&[&quiet[..], &[&proxy.url]].concat());
        let other = desk.serve(&[&quiet[..], &[&database.url]].concat());
        assert_eq!(book.import(&other.address, "a"), Some(1));
        let head = |node: &Server, at_least: u32| {
            let seen = data(
                &node.address,
                &format!("{{ register(atLeast: {at_least}) {{ asOf {{ seq }} }} }}"),
            );
            seen["register"]["asOf"]["seq"].clone()
        };
        assert_eq!(head(&cut_off, 1), 1);

        proxy.set(Line::Cut);
        while cut_off.get("/readyz").1 == "ready\n" {}
        let (status, words) = cut_off.get("/readyz");
        assert_eq!(status, 200, "it answers reads: {words}");
        assert!(words.starts_with("degraded: main is not in step with its database since "));
        for part in [
            "cannot be reached",
            "as of changeset 1,",
            "writes are not taken",
        ] {
            assert!(words.contains(part), "no {part:?} in {words}");
        }
        assert_eq!(cut_off.get("/readyz?strict"), (503, words));
        assert_eq!(cut_off.get("/healthz").0, 200, "nobody should restart it");
        assert_eq!(book.import(&other.address, "b"), Some(2));
        assert_eq!(head(&cut_off, 1), 1, "as of what it knows");
        assert_eq!(
            book.import(&cut_off.address, "c"),
            None,
            "it takes no write"
        );
        book.check_refusals();

        proxy.set(Line::Open);
        while cut_off.get("/readyz").1 != "ready\n" {}
        assert_eq!(head(&cut_off, 2), 2);
        assert_eq!(book.import(&cut_off.address, "c"), Some(3));
        book.check(&other);
    });
}

#[test]
fn a_server_that_is_killed_and_started_again_under_load_loses_nothing_acknowledged() {
    let Some(server) = postgres::own() else {
        return;
    };
    let url = server.create("remit");
    let (desk, book) = (Desk::new(), Book::default());
    desk.run(&["migrate", "--database", &url]).expect_success();
    let nodes = nodes(&desk, &url, 2);
    let addresses = addresses(&nodes);
    thread::scope(|scope| {
        for clerk in 0..CLERKS {
            let (book, addresses) = (&book, &addresses);
            scope.spawn(move || book.write_on(clerk, addresses));
        }
        for _ in 0..times("REMIT_TEST_RESTARTS", 1) {
            book.wait_for(CLERKS);
            server.kill();
            server.start();
            book.wait_for(CLERKS);
            server.stop("immediate");
            server.start();
        }
        book.wait_for(CLERKS);
        book.stop();
    });
    book.tell("a server killed and stopped");
    assert_converged(&nodes);
    book.check(&nodes[1]);
    book.check_refusals();
    desk.run(&["verify", "--database", &url]).expect_success();
}
