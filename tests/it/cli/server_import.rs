use super::{Desk, put_examples};

const TOTALS: &str =
    "{ register { asOf { seq } plans { totalCount } documents { nodes { address encoding } } } }";

#[test]
fn a_document_is_imported_through_the_process_that_serves_the_file() {
    let desk = Desk::new();
    put_examples(&desk);
    let server = desk.serve(&["--database", "r.db"]);
    let address = format!("http://{}", server.address);
    let import = |more: &[&str]| {
        desk.run(&[&["import", "plan.txt", "--server", &address][..], more].concat())
    };
    let dry = import(&["--dry-run"]).expect_success();
    assert!(dry.stdout.contains("would be made"), "{dry:?}");
    let first = import(&["--code", "p"]).expect_success();
    assert!(first.stdout.contains("kept as changeset 1"), "{first:?}");
    assert!(first.stdout.contains("plan p\n13 tasks"), "{first:?}");
    let again = import(&["--code", "p"]).expect_success();
    assert!(again.stdout.contains("nothing changed"), "{again:?}");
    let register = &server.ask(TOTALS, None).1["data"]["register"];
    assert_eq!(register["asOf"]["seq"], 1);
    assert_eq!(register["documents"]["nodes"][0]["address"], "plan.txt");

    desk.put("empty.txt", "\n");
    let refused = desk.run(&["import", "empty.txt", "--server", &address]);
    assert_eq!(refused.code, Some(1));
    assert!(
        refused.stderr.contains("cannot import empty.txt"),
        "{refused:?}"
    );
    desk.put("load/party.jsonl", "");
    for file in ["plan", "task", "assignment"] {
        desk.put(&format!("load/{file}.jsonl"), "");
    }
    for (command, words) in [
        (&["import", "plan.txt"][..], "--server http://"),
        (
            &["load", "load", "--source", "oa"],
            "cannot be sent to the process that serves",
        ),
    ] {
        let refused = desk.run(&[command, &["--database", "r.db"]].concat());
        assert_eq!(refused.code, Some(1));
        for words in [words, "another process serves"] {
            assert!(refused.stderr.contains(words), "{refused:?}");
        }
    }
    server.stop("TERM").expect_success();
}

#[test]
fn a_directory_is_imported_through_the_process_that_serves_before_the_documents_that_name_its_parties()
 {
    let desk = Desk::new();
    put_examples(&desk);
    let server = desk.serve(&["--database", "r.db"]);
    let address = format!("http://{}", server.address);
    let import =
        |files: &[&str]| desk.run(&[&["import", "--server", &address][..], files].concat());
    let dry = import(&["parties.csv", "--dry-run"]).expect_success();
    assert!(dry.stdout.contains("would be made"), "{dry:?}");
    let both = import(&["plan.txt", "parties.csv"]).expect_success();
    let parties = both.stdout.find("parties.csv: ").expect("it is told");
    let plan = both.stdout.find("plan.txt: ").expect("it is told");
    assert!(parties < plan, "{both:?}");
    for words in ["kept as changeset 1", "kept as changeset 2"] {
        assert!(both.stdout.contains(words), "{both:?}");
    }
    let again = import(&["parties.csv"]).expect_success();
    assert!(again.stdout.contains("nothing changed"), "{again:?}");

    desk.put("wrong.csv", "official_name,kind\n甲局,no such kind\n");
    let refused = import(&["wrong.csv"]);
    assert_eq!(refused.code, Some(1));
    for words in ["cannot import wrong.csv", "line 2"] {
        assert!(refused.stderr.contains(words), "{refused:?}");
    }
    server.stop("TERM").expect_success();
}

#[test]
fn a_server_that_wants_a_token_gets_it_from_the_environment_or_a_file() {
    let desk = Desk::new();
    put_examples(&desk);
    let added = desk.run(&["token", "add", "office"]).expect_success();
    let token = added.stdout.trim();
    desk.put("token", format!("{token}\n"));
    let server = desk.serve(&["--listen", "0.0.0.0:0"]);
    let address = format!("http://{}", server.address);
    let import = ["import", "plan.txt", "--server", &address];
    let refused = desk.run(&import);
    assert_eq!(refused.code, Some(1));
    assert!(refused.stderr.contains("REMIT_TOKEN"), "{refused:?}");
    desk.run(&[&import[..], &["--token-file", "token"]].concat())
        .expect_success();
    let mut command = desk.command(&import);
    let run = command.env("REMIT_TOKEN", token).output().unwrap();
    assert!(run.status.success(), "{run:?}");
    assert!(
        String::from_utf8(run.stdout)
            .unwrap()
            .contains("nothing changed")
    );
}

#[test]
fn a_server_that_is_not_there_or_something_else_is_told() {
    let desk = Desk::new();
    put_examples(&desk);
    let nobody = desk.run(&["import", "plan.txt", "--server", "http://127.0.0.1:1"]);
    assert_eq!(nobody.code, Some(1));
    assert!(
        nobody.stderr.contains("see that `remit serve` runs there"),
        "{nobody:?}"
    );
    let wrong = desk.run(&["import", "plan.txt", "--server", "127.0.0.1:1"]);
    assert_eq!(wrong.code, Some(2), "{wrong:?}");
}
