//! `remit change`

use super::Desk;

const COMMANDS: &str = r##"[
    { "createParty": { "name": "天津市数据局", "kind": "DEPARTMENT" } },
    { "createPlan": { "code": "p", "title": "智慧城市" } },
    { "createTask": { "plan": "#1", "label": "1", "title": "数据共享", "body": "推进数据共享。" } },
    { "assign": { "task": "#2", "party": "#0", "role": "LEAD" } }
]"##;

#[test]
fn commands_of_a_file_are_tried_and_done_as_one_changeset() {
    let desk = Desk::new();
    desk.put("commands.json", COMMANDS);
    let tried = desk.run(&["change", "commands.json", "--dry-run"]);
    let tried = tried.expect_success().stdout;
    assert!(tried.contains("5 changes would be made"), "{tried}");
    let change = [
        "change",
        "commands.json",
        "--reason",
        "机构设立",
        "--authority",
        "津党发〔2024〕3号",
        "--idempotency-key",
        "k",
    ];
    for _ in 0..2 {
        let done = desk.run(&change).expect_success().stdout;
        assert!(
            done.contains("5 changes, kept as changeset 1"),
            "a repeat is answered from the first: {done}"
        );
        assert!(done.contains("assignment"), "{done}");
    }
}

#[test]
fn a_refused_command_is_told_with_its_place() {
    let desk = Desk::new();
    let again = r##", { "assign": { "task": "#2", "party": "#0", "role": "LEAD" } }]"##;
    let twice = COMMANDS.trim_end_matches(']').to_owned() + again;
    desk.put("commands.json", &twice);
    let refused = desk.run(&["change", "commands.json"]);
    assert_eq!(refused.code, Some(1));
    assert!(
        refused.stderr.contains("commands.4.assign.role"),
        "{}",
        refused.stderr
    );
    desk.put("commands.json", "[{]");
    let unreadable = desk.run(&["change", "commands.json"]);
    assert_eq!(unreadable.code, Some(1));
    assert!(
        unreadable.stderr.contains("commands.json is not JSON"),
        "{}",
        unreadable.stderr
    );
}

#[test]
fn who_stands_against_a_command_is_told_and_which_duties_pass() {
    let desk = Desk::new();
    let office = r##"[
        { "createParty": { "name": "天津市科学技术委员会", "kind": "DEPARTMENT" } },
        { "createParty": { "name": "天津市科学技术局", "kind": "DEPARTMENT" } },
        { "createPlan": { "code": "p", "title": "智慧城市", "validFrom": "2024-01-01" } },
        { "createTask": { "plan": "#2", "label": "1", "title": "数据共享", "validFrom": "2024-01-01" } },
        { "assign": { "task": "#3", "party": "#0", "role": "LEAD", "validFrom": "2024-01-01" } }
    ]"##;
    desk.put("office.json", office);
    let made = desk.run(&["change", "office.json"]).expect_success().stdout;
    let key = |entity: &str, nth: usize| {
        let of_kind = made
            .lines()
            .filter(|line| line.split_whitespace().next() == Some(entity));
        let line = of_kind.into_iter().nth(nth).unwrap();
        line.split_whitespace().nth(1).unwrap().to_owned()
    };
    let merger = format!(
        r#"[{{ "reorganize": {{ "kind": "MERGE", "from": ["{}"], "to": ["{}"], "effectiveOn": "2024-06-01" }} }}]"#,
        key("party", 0),
        key("party", 1),
    );
    desk.put("merger.json", &merger);
    let tried = desk.run(&["change", "merger.json", "--dry-run"]);
    let tried = tried.expect_success().stdout;
    let duty = tried.lines().find(|line| line.starts_with("数据共享"));
    let words: Vec<_> = duty.unwrap().split_whitespace().collect();
    assert_eq!(
        words,
        [
            "数据共享",
            "LEAD",
            "天津市科学技术委员会",
            "->",
            "天津市科学技术局",
            "2024-06-01"
        ]
    );
    desk.run(&["change", "merger.json"]).expect_success();

    let stale = format!(
        r#"[{{ "endAssignment": {{ "assignment": "{}", "expectedVersion": 1, "on": "2024-03-01" }} }}]"#,
        key("assignment", 0),
    );
    desk.put("stale.json", &stale);
    let refused = desk.run(&["change", "stale.json"]);
    assert_eq!(refused.code, Some(1));
    for told in [
        "commands.0.endAssignment.expectedVersion",
        "is at version 2, not 1",
        "version 2 was written by local:",
        "(party.reorganized)",
    ] {
        assert!(refused.stderr.contains(told), "{told}: {}", refused.stderr);
    }
}
