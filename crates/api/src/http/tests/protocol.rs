//! GraphQL over HTTP: methods, media types, parameters, statuses.

use super::*;

#[tokio::test]
async fn a_query_is_answered_over_get_and_over_post() {
    let expected = r#"{"data":{"hello":"你好"}}"#;
    let reply = ask("{ hello }").await;
    assert_eq!((reply.status, &*reply.text), (StatusCode::OK, expected));
    let reply = send(
        &app(loopback()),
        get("{ hello }").body(Body::empty()).unwrap(),
    )
    .await;
    assert_eq!((reply.status, &*reply.text), (StatusCode::OK, expected));
}

#[tokio::test]
async fn get_takes_variables_and_the_operation_name_too() {
    let target = "/graphql?query=query+A($n:Even!){even(number:$n)}query+B{hello}\
                  &operationName=A&variables=%7B%22n%22:4%7D&extensions=";
    let reply = send(
        &app(loopback()),
        request("GET", target).body(Body::empty()).unwrap(),
    )
    .await;
    assert_eq!(reply.json(), json!({ "data": { "even": 4 } }));
}

#[tokio::test]
async fn keys_come_in_the_order_of_the_selection() {
    let reply = ask("{ z: hello a: hello item { y: hello b: hello } __typename }").await;
    assert_eq!(
        reply.text,
        r#"{"data":{"z":"你好","a":"你好","item":{"y":"你好","b":"你好"},"__typename":"Query"}}"#
    );
}

#[tokio::test]
async fn a_mutation_over_get_is_refused() {
    let reply = send(
        &app(loopback()),
        get("mutation { write }").body(Body::empty()).unwrap(),
    )
    .await;
    reply.refused(405, "METHOD_NOT_ALLOWED");
    assert_eq!(reply.header("allow"), "GET, HEAD, POST");
}

#[tokio::test]
async fn other_methods_are_refused() {
    for method in ["PUT", "DELETE", "PATCH", "OPTIONS"] {
        let reply = send(
            &app(loopback()),
            request(method, "/graphql").body(Body::empty()).unwrap(),
        )
        .await;
        reply.refused(405, "METHOD_NOT_ALLOWED");
    }
}

#[tokio::test]
async fn a_subscription_is_refused() {
    ask("subscription { ticks }")
        .await
        .refused(400, "OPERATION_NOT_SUPPORTED");
}

#[tokio::test]
async fn the_content_type_is_the_one_that_was_asked_for() {
    for (accept, expected) in [
        (
            GRAPHQL_RESPONSE,
            "application/graphql-response+json; charset=utf-8",
        ),
        (JSON, "application/json; charset=utf-8"),
        ("*/*", "application/json; charset=utf-8"),
    ] {
        let request = request("POST", "/graphql")
            .header(header::CONTENT_TYPE, JSON)
            .header(header::ACCEPT, accept)
            .body(body(&json!({ "query": "{ hello }" })))
            .unwrap();
        let reply = send(&app(loopback()), request).await;
        assert_eq!(reply.header("content-type"), expected);
    }
}

#[tokio::test]
async fn what_cannot_be_written_is_not_acceptable() {
    let request = get("{ hello }").header(header::ACCEPT, "image/png");
    let reply = send(&app(loopback()), request.body(Body::empty()).unwrap()).await;
    reply.refused(406, "NOT_ACCEPTABLE");
}

#[tokio::test]
async fn a_document_that_cannot_be_executed_is_400_or_for_plain_json_200() {
    for (query, code) in [
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("{ nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("query ($n: Even!) { even(number: $n) }", "BAD_USER_INPUT"),
    ] {
        for (accept, status) in [(GRAPHQL_RESPONSE, 400), (JSON, 200)] {
            let request = request("POST", "/graphql")
                .header(header::CONTENT_TYPE, JSON)
                .header(header::ACCEPT, accept);
            let request = request.body(body(&json!({ "query": query }))).unwrap();
            send(&app(loopback()), request).await.refused(status, code);
        }
    }
}

#[tokio::test]
async fn a_body_that_is_not_a_request_is_400_in_either_form() {
    for text in [
        "",
        "{",
        "{}",
        "null",
        "\"{ hello }\"",
        r#"{"query": ""}"#,
        r#"{"query": null}"#,
        r#"{"query": 1}"#,
        r#"{"query": "{ hello }", "variables": []}"#,
        r#"{"query": "{ hello }", "variables": "{}"}"#,
        r#"{"query": "{ hello }", "operationName": 1}"#,
        r#"{"query": "{ hello }", "extensions": 1}"#,
        r#"{"query": "{ hello }", "query": "{ hello }"}"#,
        r#"["{ hello }"]"#,
        r#" [{"query": "{ hello }"}]"#,
    ] {
        for accept in [GRAPHQL_RESPONSE, JSON] {
            let request = request("POST", "/graphql")
                .header(header::CONTENT_TYPE, JSON)
                .header(header::ACCEPT, accept);
            let reply = send(&app(loopback()), request.body(Body::from(text)).unwrap()).await;
            reply.refused(400, "BAD_REQUEST");
        }
    }
}

#[tokio::test]
async fn a_batch_is_told_to_come_one_by_one() {
    let reply = ask_of(&app(loopback()), json!([{ "query": "{ hello }" }])).await;
    let message = reply.json()["errors"][0]["message"].to_string();
    assert!(message.contains("one request at a time"), "{message}");
}

#[tokio::test]
async fn parameters_may_be_null() {
    let parameters = json!({
        "query": "{ hello }", "variables": null, "operationName": null, "extensions": null,
    });
    assert_eq!(
        ask_of(&app(loopback()), parameters).await.status,
        StatusCode::OK
    );
}

#[tokio::test]
async fn a_body_must_say_that_it_is_json_in_utf_8() {
    let ask = async |content_type: &str, text: &'static [u8]| {
        let request = request("POST", "/graphql").header(header::CONTENT_TYPE, content_type);
        send(&app(loopback()), request.body(Body::from(text)).unwrap()).await
    };
    let text = br#"{"query":"{ hello }"}"#;
    for content_type in [
        JSON,
        "application/json; charset=UTF-8",
        "Application/JSON;charset=\"utf-8\"",
    ] {
        assert_eq!(
            ask(content_type, text).await.status,
            StatusCode::OK,
            "{content_type}"
        );
    }
    for content_type in [
        "",
        "text/plain",
        "application/graphql",
        "application/x-www-form-urlencoded",
        "application/json; charset=gb18030",
        "application/json; charset=utf-16",
    ] {
        ask(content_type, text)
            .await
            .refused(415, "UNSUPPORTED_MEDIA_TYPE");
    }
    ask(JSON, b"{\"query\":\"{ hello # \xff }\"}")
        .await
        .refused(400, "BAD_REQUEST");
    let packed = request("POST", "/graphql")
        .header(header::CONTENT_TYPE, JSON)
        .header(header::CONTENT_ENCODING, "gzip");
    let reply = send(
        &app(loopback()),
        packed.body(Body::from(&text[..])).unwrap(),
    )
    .await;
    reply.refused(415, "UNSUPPORTED_MEDIA_TYPE");
}

#[tokio::test]
async fn a_body_beyond_the_limit_is_refused_as_it_arrives() {
    let mut config = loopback();
    config.bodies.json = 100;
    let app = app(config);
    let fitting = format!("{:100}", r#"{"query":"{ hello }"}"#);
    let reply = send(&app, post().body(Body::from(fitting.clone())).unwrap()).await;
    assert_eq!(reply.status, StatusCode::OK);
    let reply = send(&app, post().body(Body::from(fitting + " ")).unwrap()).await;
    reply.refused(413, "PAYLOAD_TOO_LARGE");
    let endless = futures_util::stream::repeat_with(|| Ok::<_, std::io::Error>("          "));
    let reply = send(&app, post().body(Body::from_stream(endless)).unwrap()).await;
    reply.refused(413, "PAYLOAD_TOO_LARGE");
}

#[tokio::test]
async fn a_browser_that_opens_the_address_is_shown_the_explorer() {
    let browser = || {
        request("GET", "/graphql")
            .header(header::ACCEPT, "text/html,application/xhtml+xml,*/*;q=0.8")
            .body(Body::empty())
            .unwrap()
    };
    let reply = send(&app(loopback()), browser()).await;
    assert_eq!(reply.status, StatusCode::OK);
    assert_eq!(reply.header("content-type"), "text/html; charset=utf-8");
    assert!(
        reply
            .header("content-security-policy")
            .starts_with("default-src 'none'")
    );
    for elsewhere in ["http://", "https://", "src=", "href="] {
        assert!(
            !reply.text.contains(elsewhere),
            "the page loads nothing: {elsewhere}"
        );
    }
    let off = Config {
        explorer: false,
        ..loopback()
    };
    send(&app(off), browser()).await.refused(400, "BAD_REQUEST");
}

#[tokio::test]
async fn health_and_readiness_are_told_apart() {
    let edge = |readiness: Readiness| {
        let services = Services {
            readiness: Arc::new(move || readiness.clone()),
            ..services()
        };
        router(
            schema::build(),
            documents(&loopback()),
            loopback(),
            services,
        )
    };
    let loading = edge(Readiness::NotReady("loading the register".to_owned()));
    let ask = async |app: &Router, target| {
        let reply = send(app, request("GET", target).body(Body::empty()).unwrap()).await;
        (reply.status.as_u16(), reply.text)
    };
    assert_eq!(ask(&loading, "/healthz").await, (200, "up\n".to_owned()));
    assert_eq!(
        ask(&loading, "/readyz").await,
        (503, "loading the register\n".to_owned())
    );
    assert_eq!(
        ask(&app(loopback()), "/readyz?strict").await,
        (200, "ready\n".to_owned())
    );
    let cut_off = edge(Readiness::Degraded("the database is away".to_owned()));
    let words = "degraded: the database is away\n".to_owned();
    assert_eq!(
        ask(&cut_off, "/readyz").await,
        (200, words.clone()),
        "reads are answered"
    );
    assert_eq!(ask(&cut_off, "/readyz?strict").await, (503, words));
}

#[tokio::test]
async fn elsewhere_there_is_nothing_and_it_says_where_the_graph_is() {
    let reply = send(
        &app(loopback()),
        request("GET", "/").body(Body::empty()).unwrap(),
    )
    .await;
    reply.refused(404, "NOT_FOUND");
    assert!(reply.text.contains("/graphql"));
}
