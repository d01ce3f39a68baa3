//! Files in multipart requests.

use super::*;
use std::fmt::Write as _;

const READ: &str =
    r#"{"query":"mutation ($file: Upload!) { read(file: $file) }","variables":{"file":null}}"#;

/// A multipart body of these parts: name, file name if it is a file, content.
fn parts(parts: &[(&str, Option<&str>, &str)]) -> String {
    let mut body = String::new();
    for (name, file, content) in parts {
        let file = file.map_or(String::new(), |file| format!("; filename=\"{file}\""));
        let disposition = format!("Content-Disposition: form-data; name=\"{name}\"{file}");
        write!(body, "--cut\r\n{disposition}\r\n\r\n{content}\r\n").unwrap();
    }
    body + "--cut--\r\n"
}

async fn upload_to(config: Config, body: String) -> Reply {
    let request = request("POST", "/graphql")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=cut")
        .header("graphql-preflight", "1");
    send(&app(config), request.body(Body::from(body)).unwrap()).await
}

async fn upload(body: String) -> Reply {
    upload_to(loopback(), body).await
}

fn one_file() -> String {
    parts(&[
        ("operations", None, READ),
        ("map", None, r#"{"0":["variables.file"]}"#),
        ("0", Some("计划.txt"), "一、总体要求"),
    ])
}

#[tokio::test]
async fn a_file_reaches_the_resolver_with_its_name() {
    let reply = upload(one_file()).await;
    assert_eq!(
        reply.json(),
        json!({ "data": { "read": "计划.txt: 一、总体要求" } })
    );
}

#[tokio::test]
async fn several_files_go_to_their_places_in_a_list() {
    let operations = r#"{"query":"mutation ($files: [Upload!]!) { readAll(files: $files) }","variables":{"files":[null,null]}}"#;
    let reply = upload(parts(&[
        ("operations", None, operations),
        (
            "map",
            None,
            r#"{"a":["variables.files.0"],"b":["variables.files.1"]}"#,
        ),
        ("a", Some("a.txt"), "A"),
        ("b", Some("b.txt"), "B"),
    ]))
    .await;
    assert_eq!(reply.json(), json!({ "data": { "readAll": 2 } }));
}

#[tokio::test]
async fn an_upload_needs_a_header_that_no_form_can_send() {
    let without = request("POST", "/graphql")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=cut");
    let reply = send(
        &app(loopback()),
        without.body(Body::from(one_file())).unwrap(),
    )
    .await;
    reply.refused(400, "PREFLIGHT_REQUIRED");
    let other = request("POST", "/graphql")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=cut")
        .header("apollo-require-preflight", "true");
    let reply = send(
        &app(loopback()),
        other.body(Body::from(one_file())).unwrap(),
    )
    .await;
    assert_eq!(reply.status, StatusCode::OK);
}

#[tokio::test]
async fn nothing_but_an_upload_is_taken_for_a_file() {
    let app = app(loopback());
    let query = "mutation ($file: Upload!) { read(file: $file) }";
    for file in [
        json!("#__graphql_file__:0"),
        json!({ "name": "a", "content": "b" }),
        json!(0),
    ] {
        let parameters = json!({ "query": query, "variables": { "file": file } });
        ask_of(&app, parameters)
            .await
            .refused(400, "GRAPHQL_VALIDATION_FAILED");
    }
    ask("mutation { read(file: \"x\") }")
        .await
        .refused(400, "GRAPHQL_VALIDATION_FAILED");
}

#[tokio::test]
async fn an_upload_that_is_not_in_order_says_what_is_wrong() {
    let map = ("map", None, r#"{"0":["variables.file"]}"#);
    let operations = ("operations", None, READ);
    let file = ("0", Some("a.txt"), "A");
    let misplaced = ("map", None, r#"{"0":["variables.other"]}"#);
    let occupied = ("map", None, r#"{"0":["variables.file","variables.file"]}"#);
    let whole = one_file();
    for (body, expected) in [
        (parts(&[]), "`operations` is not where it belongs"),
        (
            parts(&[map, operations, file]),
            "`operations` is not where it belongs",
        ),
        (
            parts(&[operations, file, map]),
            "`map` is not where it belongs",
        ),
        (
            parts(&[operations, map]),
            "names a file `0` that is not in the upload",
        ),
        (
            parts(&[operations, map, file, file]),
            "`0` is not in the map, or comes twice",
        ),
        (
            parts(&[operations, map, ("1", None, "")]),
            "`1` is not in the map",
        ),
        (
            parts(&[operations, misplaced, file]),
            "`variables.other`, where the operations have no null",
        ),
        (
            parts(&[operations, occupied, file]),
            "`variables.file`, where the operations have no null",
        ),
        (
            parts(&[operations, ("map", None, "[]")]),
            "`map` cannot be read",
        ),
        (
            parts(&[("operations", None, "[]"), map, file]),
            "one request at a time",
        ),
        (whole[..whole.len() - 20].to_owned(), "cannot be read"),
    ] {
        let reply = upload(body).await;
        reply.refused(400, "BAD_REQUEST");
        assert!(reply.text.contains(expected), "{expected}: {}", reply.text);
    }
}

#[tokio::test]
async fn an_upload_has_limits_on_its_size_its_json_its_map_and_its_files() {
    let mut config = loopback();
    config.bodies.upload = one_file().len();
    assert_eq!(
        upload_to(config.clone(), one_file()).await.status,
        StatusCode::OK
    );
    config.bodies.upload -= 1;
    upload_to(config, one_file())
        .await
        .refused(413, "PAYLOAD_TOO_LARGE");

    let mut config = loopback();
    config.bodies.json = READ.len() - 1;
    let reply = upload_to(config, one_file()).await;
    reply.refused(413, "PAYLOAD_TOO_LARGE");
    assert!(reply.text.contains("`operations`"), "{}", reply.text);

    let map = format!("{:20000}", "{}");
    let reply = upload(parts(&[("operations", None, READ), ("map", None, &map)])).await;
    reply.refused(413, "PAYLOAD_TOO_LARGE");

    let mut config = loopback();
    config.bodies.files = 0;
    upload_to(config, one_file())
        .await
        .refused(413, "PAYLOAD_TOO_LARGE");
}
