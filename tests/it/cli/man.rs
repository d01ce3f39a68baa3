use super::Desk;
use std::fs;

#[test]
fn every_command_has_a_manual_page() {
    let desk = Desk::new();
    desk.run(&["man", "--directory", "man1"]).expect_success();
    let mut pages: Vec<String> = fs::read_dir(desk.path().join("man1"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    pages.sort_unstable();
    for page in [
        "remit.1",
        "remit-serve.1",
        "remit-export.1",
        "remit-token.1",
        "remit-token-add.1",
    ] {
        assert!(pages.contains(&page.to_owned()), "no {page} in {pages:?}");
    }
    assert!(!pages.iter().any(|page| page.contains("help")), "{pages:?}");
    for page in pages {
        let text = fs::read_to_string(desk.path().join("man1").join(&page)).unwrap();
        for part in [".TH ", ".SH NAME", ".SH SYNOPSIS", ".SH DESCRIPTION"] {
            assert!(text.contains(part), "no {part} in {page}");
        }
    }
}

#[test]
fn one_page_can_be_printed_and_a_command_that_is_not_there_is_told() {
    let desk = Desk::new();
    let page = desk.run(&["man", "token", "add"]).expect_success();
    assert!(page.stdout.contains("remit\\-token\\-add"), "{page:?}");
    let none = desk.run(&["man", "fly"]);
    assert_eq!(none.code, Some(1));
    assert!(none.stderr.contains("there is no command \"fly\""));
}
