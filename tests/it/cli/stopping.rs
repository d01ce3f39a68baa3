use super::{
    Desk,
    clerk::{Answer, Book, data, post},
};
use crate::support::database::{TestDatabase, on_both};
use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    thread,
};

/// A server that has just stopped says nothing of it on its standard error, unless something was broken off.
#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_told_to_stop_under_load_finishes_what_it_began_and_takes_no_more() {
    on_both(async |database| tokio::task::block_in_place(|| stop_under_load(&database))).await;
}

fn stop_under_load(database: &TestDatabase) {
    let (desk, book) = (Desk::new(), Book::default());
    // A connection that is slow to come says nothing of stopping.
    let log = "warn,sqlx=error,sqlx_core=error";
    let serve = ["--quiet", "--log", log, "--database", &database.url];
    let server = desk.serve(&serve);
    let address = server.address.clone();
    let stopped = thread::scope(|scope| {
        for clerk in 0..4 {
            let (book, addresses) = (&book, [address.clone()]);
            scope.spawn(move || book.write_on(clerk, &addresses));
        }
        for _ in 0..2 {
            let address = &address;
            // Readers read until nobody answers any more; none of their answers is cut short.
            scope.spawn(move || {
                let question = "{ register { plans(first: 50) { nodes { title tasks { nodes { title } } } } } }";
                while let Answer::Whole(answer) = post(address, question, &serde_json::Value::Null) {
                    assert_eq!(answer.get("errors"), None, "{answer}");
                }
            });
        }
        book.wait_for(20);
        let stopped = server.stop("TERM");
        assert!(TcpStream::connect(&address).is_err(), "nobody listens");
        book.stop();
        stopped
    });
    assert_eq!((stopped.code, stopped.stderr.as_str()), (Some(0), ""));
    book.tell("stopped under load");
    let server = desk.serve(&serve);
    book.check(&server);
    // Whatever was begun was finished and answered.
    let kept = data(&server.address, "{ register { asOf { seq } } }");
    assert_eq!(kept["register"]["asOf"]["seq"], book.acknowledged());
    server.stop("TERM").expect_success();
    desk.run(&["verify", "--database", &database.url])
        .expect_success();
}

#[test]
fn a_request_that_never_ends_does_not_keep_a_server_from_stopping() {
    let desk = Desk::new();
    let server = desk.serve(&["--quiet", "--stop-within", "1"]);
    let mut slow = TcpStream::connect(&server.address).unwrap();
    let head = format!(
        "POST /graphql HTTP/1.1\r\nhost: {}\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{{",
        server.address
    );
    slow.write_all(head.as_bytes()).unwrap();
    assert_eq!(server.get("/healthz").0, 200);
    let stopped = server.stop("TERM");
    assert_eq!(stopped.code, Some(0));
    assert!(stopped.stderr.contains("broken off"), "{stopped:?}");
    // It is gone, whatever the connection still has to say.
    let _ = slow.read_to_end(&mut vec![]);
}
