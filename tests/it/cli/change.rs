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
