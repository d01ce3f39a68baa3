use super::{Desk, put_examples};

/// A desk with the example in its register.
fn desk() -> Desk {
    let desk = Desk::new();
    put_examples(&desk);
    for file in ["parties.csv", "plan.txt"] {
        desk.run(&["import", file]).expect_success();
    }
    desk
}

#[test]
fn what_falls_due_is_told_as_a_table_as_csv_and_as_json() {
    let desk = desk();
    let early = desk
        .run(&["due", "--valid-on", "2023-11-01"])
        .expect_success();
    assert_eq!(early.stdout, "");
    assert!(
        early.stderr.contains("nothing is late on 2023-11-01"),
        "{early:?}"
    );

    let due = |format| {
        let on = ["due", "--valid-on", "2025-12-20", "--format", format];
        desk.run(&on).expect_success().stdout
    };
    let lines: serde_json::Value = serde_json::from_str(&due("json")).unwrap();
    let lines = lines.as_array().unwrap();
    assert!(!lines.is_empty());
    for line in lines {
        assert_eq!(line["what"], "deadline");
        let days = line["days_left"].as_i64().unwrap();
        assert_eq!(
            line["light"],
            if days < 0 { "red" } else { "amber" },
            "{line}"
        );
    }
    let table = due("table");
    assert_eq!(table.lines().count(), lines.len() + 1);
    assert!(table.starts_with("what"), "{table}");
    let csv = due("csv");
    let header = "\u{feff}what,light,due_on,days_left,plan,path,title,text,parties\r\n";
    assert!(csv.starts_with(header), "{csv}");
    assert_eq!(csv.lines().count(), lines.len() + 1);
}

#[test]
fn who_asks_for_a_plan_or_party_that_is_not_there_is_told() {
    let desk = desk();
    for (asked, told) in [
        (["--plan", "nothing"], "no plan with the code \"nothing\""),
        (["--party", "没有局"], "no party that is called"),
        (["--known-seq", "9"], "there is no changeset 9 yet"),
    ] {
        let run = desk.run(&["due", asked[0], asked[1]]);
        assert_ne!(run.code, Some(0));
        assert!(run.stderr.contains(told), "{run:?}");
    }
}
