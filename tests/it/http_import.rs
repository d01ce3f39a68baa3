//! Documents uploaded as files, over a real socket to the real graph.

use crate::{
    graph::{Example, PLAN},
    support::{
        database::{TestDatabase, on_both},
        edge::{ask, loopback, post, serve},
    },
};
use serde_json::{Value, json};
use std::net::SocketAddr;

const IMPORT: &str = include_str!("../../schema/operations/import-document.graphql");
const BOUNDARY: &str = "part-of-an-upload";

/// The body of a multipart request that imports this file.
fn form(name: &str, file: &[u8], input: &Value) -> Vec<u8> {
    let mut input = input.clone();
    input["file"] = Value::Null;
    let operations = json!({ "query": IMPORT, "variables": { "input": input } });
    let mut body = format!(
        "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"operations\"\r\n\r\n{operations}\r\n\
         --{BOUNDARY}\r\nContent-Disposition: form-data; name=\"map\"\r\n\r\n{{\"0\":[\"variables.input.file\"]}}\r\n\
         --{BOUNDARY}\r\nContent-Disposition: form-data; name=\"0\"; filename=\"{name}\"\r\n\r\n"
    )
    .into_bytes();
    body.extend_from_slice(file);
    body.extend_from_slice(format!("\r\n--{BOUNDARY}--\r\n").as_bytes());
    body
}

async fn send(
    address: SocketAddr,
    preflight: Option<(&'static str, &'static str)>,
    body: &[u8],
) -> (u16, Value) {
    let content_type = format!("multipart/form-data; boundary={BOUNDARY}");
    let mut headers = vec![("Content-Type", content_type.as_str())];
    headers.extend(preflight);
    post(address, &headers, body).await
}

/// Uploads a file and returns what came of it.
pub(crate) async fn upload(address: SocketAddr, name: &str, file: &[u8], input: Value) -> Value {
    let preflight = Some(("Graphql-Preflight", "1"));
    let (status, mut answer) = send(address, preflight, &form(name, file, &input)).await;
    assert_eq!((status, answer.get("errors")), (200, None), "{answer}");
    answer["data"]["importDocument"].take()
}

async fn head(address: SocketAddr) -> Value {
    let (_, mut answer) = ask(address, "{ register { asOf { seq } } }", Value::Null).await;
    answer["data"]["register"]["asOf"]["seq"].take()
}

#[tokio::test]
async fn an_uploaded_plan_is_kept_and_the_same_bytes_again_change_nothing() {
    on_both(async |database| {
        let example = Example::empty(database).await;
        let address = serve(example.app(loopback())).await.unwrap();
        let first = upload(address, "plan.txt", PLAN.as_bytes(), json!({ "code": "p" })).await;
        assert_eq!(first["userErrors"], json!([]), "{first}");
        assert_eq!(first["changeset"]["seq"], 1);
        assert_eq!(first["plan"]["code"], "p");
        let again = upload(address, "plan.txt", PLAN.as_bytes(), json!({ "code": "p" })).await;
        assert_eq!(
            (&again["changeset"], &again["changeCount"], &again["plan"]),
            (&Value::Null, &json!(0), &first["plan"])
        );
        let document = "{ register { documents { nodes { address encoding } } } }";
        let (_, answer) = ask(address, document, Value::Null).await;
        assert_eq!(
            answer["data"]["register"]["documents"]["nodes"],
            json!([{ "address": "plan.txt", "encoding": "UTF-8" }])
        );
        assert_eq!(head(address).await, 1);
    })
    .await;
}

#[tokio::test]
async fn without_the_header_that_no_web_page_can_send_an_upload_is_refused() {
    let example = Example::empty(TestDatabase::sqlite()).await;
    let address = serve(example.app(loopback())).await.unwrap();
    let body = form("plan.txt", PLAN.as_bytes(), &json!({}));
    let (status, answer) = send(address, None, &body).await;
    assert_eq!(status, 400, "{answer}");
    assert_eq!(
        answer["errors"][0]["extensions"]["code"],
        "PREFLIGHT_REQUIRED"
    );
    assert_eq!(answer.get("data"), None);
    assert_eq!(head(address).await, 0);
}

#[tokio::test]
async fn a_file_in_gb18030_is_read_in_its_own_encoding() {
    let example = Example::empty(TestDatabase::sqlite()).await;
    let address = serve(example.app(loopback())).await.unwrap();
    // 关于种树的行动计划, then a heading and a clause.
    let text = "关于种树的行动计划\n\n一、重点任务\n\n1.种树。今年多种树。（责任单位：市林业局）\n";
    let (file, _, _) = encoding_rs::GB18030.encode(text);
    let kept = upload(address, "计划.txt", &file, json!({})).await;
    assert_eq!(kept["userErrors"], json!([]), "{kept}");
    let document = "{ register { documents { nodes { encoding text } } } }";
    let (_, answer) = ask(address, document, Value::Null).await;
    let kept = &answer["data"]["register"]["documents"]["nodes"][0];
    assert_eq!(kept["text"], text);
    assert!(
        kept["encoding"]
            .as_str()
            .unwrap()
            .to_lowercase()
            .starts_with("gb"),
        "{kept}"
    );
}

#[tokio::test]
async fn files_that_are_no_document_are_refused_one_by_one_with_the_reason() {
    let example = Example::empty(TestDatabase::sqlite()).await;
    let limit = example.served.document_limit;
    let address = serve(example.app(loopback())).await.unwrap();
    for file in [
        vec![],
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0".to_vec(),
        "长".repeat(limit / 3 + 1).into_bytes(),
    ] {
        let answer = upload(address, "x", &file, json!({})).await;
        let error = &answer["userErrors"][0];
        assert_eq!(error["code"], "DOCUMENT_UNREADABLE", "{answer}");
        assert_eq!(error["path"], json!(["input", "file"]));
    }
    assert_eq!(head(address).await, 0);
}

#[tokio::test]
async fn an_upload_beyond_the_limit_is_refused_before_it_is_read() {
    let example = Example::empty(TestDatabase::sqlite()).await;
    let mut config = loopback();
    config.bodies.upload = 64 * 1024;
    let address = serve(example.app(config)).await.unwrap();
    let body = form("x", &vec![b'x'; 80 * 1024], &json!({}));
    let (status, answer) = send(address, Some(("Apollo-Require-Preflight", "1")), &body).await;
    assert_eq!(status, 413, "{answer}");
    assert_eq!(
        answer["errors"][0]["extensions"]["code"],
        "PAYLOAD_TOO_LARGE"
    );
    assert_eq!(head(address).await, 0);
}

#[tokio::test]
async fn reads_are_answered_and_nothing_is_kept_twice_while_imports_run() {
    on_both(async |database| {
        let example = Example::empty(database).await;
        let address = serve(example.app(loopback())).await.unwrap();
        let imports = (0..4).map(|_| {
            tokio::spawn(
                async move { upload(address, "plan.txt", PLAN.as_bytes(), json!({})).await },
            )
        });
        let imports: Vec<_> = imports.collect();
        for _ in 0..10 {
            let seq = head(address).await;
            assert!(seq == 0 || seq == 1, "{seq}");
        }
        let mut committed = 0;
        for import in imports {
            let payload = import.await.unwrap();
            assert_eq!(payload["userErrors"], json!([]));
            assert_eq!(payload["plan"]["tasks"]["totalCount"], 13);
            committed += usize::from(!payload["changeset"].is_null());
        }
        assert_eq!((committed, head(address).await), (1, json!(1)));
    })
    .await;
}
