use super::Desk;

#[test]
fn listening_where_others_are_is_refused_until_there_is_a_token_and_then_every_request_needs_it() {
    let desk = Desk::new();
    let everywhere = ["--listen", "0.0.0.0:0"];

    let refused = desk.run(&["serve", "--listen", "0.0.0.0:0"]);
    assert_eq!(refused.code, Some(1));
    assert!(
        refused.stderr.contains("`remit token add NAME`"),
        "{}",
        refused.stderr
    );

    let added = desk.run(&["token", "add", "dashboard"]).expect_success();
    let token = added.stdout.trim();
    assert!(
        token.starts_with("remit_") && !added.stderr.contains(token),
        "{added:?}"
    );

    let server = desk.serve(&everywhere);
    let question = "{ viewer { __typename } }";
    assert_eq!(server.ask("{ __typename }", None).0, 401);
    assert_eq!(server.ask(question, Some("remit_nothing")).0, 401);
    assert_eq!(server.ask("{ __typename }", Some(token)).0, 200);

    let again = desk.run(&["token", "add", "dashboard"]);
    assert_eq!((again.code, again.stdout.as_str()), (Some(1), ""));
    desk.run(&["token", "revoke", "dashboard"]).expect_success();
    assert_eq!(
        server.ask("{ __typename }", Some(token)).0,
        401,
        "it is revoked at once"
    );
    assert_eq!(desk.run(&["token", "revoke", "dashboard"]).code, Some(1));
    let listed = desk.run(&["token", "list"]).expect_success();
    assert!(
        listed.stdout.contains("dashboard") && !listed.stdout.contains(token),
        "{listed:?}"
    );
    server.stop("TERM").expect_success();

    let refused = desk.run(&["serve", "--listen", "0.0.0.0:0"]);
    assert_eq!(refused.code, Some(1), "a revoked token opens nothing");
}
