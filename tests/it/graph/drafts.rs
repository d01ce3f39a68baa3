//! Drafts over the graph: left, corrected, accepted and dismissed.

use super::{Example, PLAN};
use crate::support::database::{TestDatabase, on_both};
use serde_json::{Value, json};

const REVIEW: &str = include_str!("../../../schema/operations/review-document.graphql");
const DRAFT: &str = include_str!("../../../schema/operations/draft.graphql");
const CORRECT: &str = include_str!("../../../schema/operations/correct-draft.graphql");
const ACCEPT: &str = include_str!("../../../schema/operations/accept-draft.graphql");
const DISMISS: &str = include_str!("../../../schema/operations/dismiss-draft.graphql");

const TEXT: &str = "天津市绿化行动计划\n\n2024年1月8日\n\n一、重点任务\n\n\
    1.种树。多种树。（市科技局、市梧桐局负责）\n\n\
    2.养护。由市水务局把树养好。（市城管委负责）\n";

/// The payload of a mutation.
async fn run(example: &Example, operation: &str, input: Value) -> Value {
    let mut data = example.data(operation, json!({ "input": input })).await;
    let payload = data.as_object_mut().unwrap().values_mut().next();
    payload.unwrap().take()
}

async fn leave(example: &Example, text: &str) -> Value {
    let payload = run(example, REVIEW, json!({ "text": text })).await;
    assert_eq!(payload["userErrors"], json!([]));
    payload["draft"].clone()
}

async fn draft(example: &Example, key: &Value) -> Value {
    example.data(DRAFT, json!({ "key": key })).await["register"]["draft"].take()
}

async fn head(example: &Example) -> Value {
    let data = example
        .data("{ register { asOf { seq } } }", Value::Null)
        .await;
    data["register"]["asOf"]["seq"].clone()
}

fn error_of(payload: &Value) -> (&str, &Value) {
    let error = &payload["userErrors"][0];
    (error["code"].as_str().unwrap_or_default(), &error["path"])
}

#[tokio::test]
async fn a_draft_is_left_and_changes_nothing_and_the_same_bytes_give_the_same_draft() {
    on_both(async |database| {
        let example = Example::new(database).await;
        let before = head(&example).await;
        let left = leave(&example, TEXT).await;
        assert_eq!((&left["version"], &left["state"]), (&json!(1), &json!("OPEN")));
        assert_eq!(leave(&example, TEXT).await["key"], left["key"]);
        assert_eq!(head(&example).await, before);
        let shown = draft(&example, &left["key"]).await;
        assert_eq!(shown["title"], "天津市绿化行动计划");
        let titles: Vec<_> = shown["tasks"].as_array().unwrap().iter().map(|task| &task["title"]).collect();
        assert_eq!(titles, ["种树", "养护"]);
        let names = shown["names"].as_array().unwrap();
        assert_eq!(
            (&names[0]["name"], &names[0]["state"], &names[0]["party"]["name"]),
            (&json!("市科技局"), &json!("KNOWN"), &json!("天津市科学技术局"))
        );
        assert_eq!((&names[1]["name"], &names[1]["state"]), (&json!("市梧桐局"), &json!("NEW")));
        assert_eq!(
            names[1]["proposed"],
            json!({ "name": "天津市梧桐局", "kind": "DEPARTMENT", "place": "天津市", "level": "PROVINCE" })
        );
    })
    .await;
}

#[tokio::test]
async fn a_corrected_draft_is_accepted_in_one_changeset_that_says_who_corrected_what() {
    on_both(async |database| {
        let example = Example::new(database).await;
        let left = leave(&example, TEXT).await;
        let shown = draft(&example, &left["key"]).await;
        let party = shown["clauses"][1]["parties"][0].clone();
        let known = example
            .data("{ register { party(name: \"天津市科学技术局\") { id } } }", Value::Null)
            .await["register"]["party"][0]["id"]
            .take();
        let mention = TEXT.chars().take_while(|&c| c != '由').count();
        let corrections = json!([
            { "party": { "key": party["key"], "role": "LEAD" } },
            { "task": { "key": shown["tasks"][1]["key"], "title": "养护树木" } },
            { "name": { "name": "市梧桐局", "means": { "party": known } } },
            { "addClause": {
                "of": shown["tasks"][1]["key"],
                "words": { "start": mention, "end": mention + 9, "quote": "由市水务局把树养好" },
                "parties": [{ "words": { "start": mention + 1, "end": mention + 5 }, "role": "SUPPORT" }],
            } },
        ]);
        let input = json!({ "draft": left["key"], "expectedVersion": 1, "corrections": corrections });
        let corrected = run(&example, CORRECT, input.clone()).await;
        assert_eq!(corrected["userErrors"], json!([]));
        assert_eq!(corrected["draft"]["version"], 2);
        let stale = run(&example, CORRECT, input).await;
        assert_eq!(error_of(&stale), ("VERSION_CONFLICT", &json!(["input", "expectedVersion"])));

        let accept = json!({ "draft": left["key"], "code": "green", "reason": "compared with the text" });
        let before = head(&example).await;
        let dry = json!({ "draft": left["key"], "code": "green", "dryRun": true });
        let stale = json!({ "draft": left["key"], "code": "green", "dryRun": true, "expectedVersion": 1 });
        let stale = run(&example, ACCEPT, stale).await;
        assert_eq!(error_of(&stale), ("VERSION_CONFLICT", &json!(["input", "expectedVersion"])));
        let given = example.env.ids();
        let dry = run(&example, ACCEPT, dry).await;
        assert_eq!(head(&example).await, before);
        example.env.give_again(given);
        let accepted = run(&example, ACCEPT, accept).await;
        assert_eq!(accepted["userErrors"], json!([]));
        assert_eq!(dry["changeset"], Value::Null);
        for field in ["plan", "changeCount", "differences", "rest"] {
            assert_eq!(dry[field], accepted[field], "{field}");
        }
        assert_eq!(dry["plan"]["code"], "green");
        assert_eq!(dry["draft"]["state"], "OPEN");
        assert_eq!(accepted["changeset"]["seq"].as_u64(), before.as_u64().map(|seq| seq + 1));
        assert_eq!(accepted["draft"]["state"], "ACCEPTED");
        let review = accepted["changeset"]["review"].as_array().unwrap();
        let said: Vec<_> = review.iter().map(|entry| (&entry["by"], &entry["words"])).collect();
        let by = json!("local:tester");
        assert_eq!(
            said,
            [
                (&by, &json!("市城管委")),
                (&by, &review[1]["words"]),
                (&by, &json!("市梧桐局")),
                (&by, &json!("由市水务局把树养好")),
            ]
        );
        let plan = "{ register { plan(code: \"green\") { tasks(first: 9) { nodes { title
            assignments { role basis party { name } } clauses { rule } } } } } }";
        let plan = example.data(plan, Value::Null).await;
        let tasks = &plan["register"]["plan"]["tasks"]["nodes"];
        let parties = |task: usize| {
            let assignments = tasks[task]["assignments"].as_array().unwrap();
            let party = |held: &Value| format!("{} {}", held["party"]["name"], held["role"]).replace('"', "");
            assignments.iter().map(party).collect::<Vec<_>>()
        };
        assert_eq!(parties(0), ["天津市科学技术局 RESPONSIBLE"], "two names of one body");
        assert_eq!(tasks[1]["title"], "养护树木");
        let mut second = parties(1);
        second.sort_unstable();
        assert_eq!(second, ["天津市城管委 LEAD", "天津市水务局 SUPPORT"]);
        let rules: Vec<_> = tasks[1]["clauses"].as_array().unwrap().iter().map(|clause| &clause["rule"]).collect();
        assert_eq!(rules, ["added", "corrected"]);
        assert_ne!(tasks[0]["clauses"][0]["rule"], "corrected");
        let closed = run(&example, ACCEPT, json!({ "draft": left["key"] })).await;
        assert_eq!(error_of(&closed).0, "DRAFT_CLOSED");
    })
    .await;
}

#[tokio::test]
async fn a_repeat_with_the_same_key_is_answered_from_the_first() {
    on_both(async |database| {
        let example = Example::empty(database).await;
        let left = leave(&example, TEXT).await;
        let input = json!({ "draft": left["key"], "idempotencyKey": "k" });
        let first = run(&example, ACCEPT, input.clone()).await;
        let repeat = run(&example, ACCEPT, input.clone()).await;
        let mut dry = input;
        dry["dryRun"] = json!(true);
        let dry = run(&example, ACCEPT, dry).await;
        assert_eq!(first["userErrors"], json!([]));
        assert_eq!(dry, repeat);
        assert_eq!(repeat["changeset"], first["changeset"]);
        assert_eq!(repeat["changeCount"], first["changeCount"]);
        assert_eq!(head(&example).await, 1);
    })
    .await;
}

#[tokio::test]
async fn what_is_sure_is_accepted_and_the_rest_stays_until_somebody_confirms_it() {
    on_both(async |database| {
        let example = Example::empty(database).await;
        let left = leave(&example, TEXT).await;
        let part = run(
            &example,
            ACCEPT,
            json!({ "draft": left["key"], "above": 1.0, "code": "p" }),
        )
        .await;
        assert_eq!(part["userErrors"], json!([]));
        let rest = part["rest"].as_array().unwrap().len();
        assert!(rest > 0, "{part}");
        assert_eq!(part["draft"]["state"], "OPEN");
        let whole = run(&example, ACCEPT, json!({ "draft": left["key"] })).await;
        assert_eq!(whole["userErrors"], json!([]));
        assert_eq!(whole["draft"]["state"], "ACCEPTED");
        let kinds: Vec<_> = whole["differences"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| &it["kind"])
            .collect();
        assert!(kinds.iter().all(|kind| *kind == "ADDED"), "{whole}");
        let again = run(&example, REVIEW, json!({ "text": TEXT })).await;
        let again = run(&example, ACCEPT, json!({ "draft": again["draft"]["key"] })).await;
        assert_eq!(
            (&again["changeCount"], &again["changeset"]),
            (&json!(0), &Value::Null)
        );
        assert_eq!(again["draft"]["state"], "ACCEPTED");
    })
    .await;
}

#[tokio::test]
async fn a_newer_version_of_a_known_document_is_shown_as_a_difference_and_accepted_as_one() {
    on_both(async |database| {
        let example = Example::empty(database).await;
        let old = leave(&example, TEXT).await;
        run(
            &example,
            ACCEPT,
            json!({ "draft": old["key"], "code": "p" }),
        )
        .await;
        let newer = TEXT
            .replace("2024年1月8日", "2024年5月6日")
            .replace("市城管委", "市林业局");
        let left = leave(&example, &newer).await;
        let shown = draft(&example, &left["key"]).await;
        assert_eq!(shown["supersedes"]["title"], "天津市绿化行动计划");
        let lines = |differences: &Value| {
            let differences = differences.as_array().unwrap().iter();
            let line = |it: &Value| {
                format!("{} {} {}", it["kind"], it["entity"], it["words"]).replace('"', "")
            };
            differences.map(line).collect::<Vec<_>>()
        };
        let differences = lines(&shown["differences"]);
        assert!(
            differences.contains(&"ENDED assignment 养护: 天津市城管委 responsible".to_owned()),
            "{differences:?}"
        );
        assert!(
            differences.contains(&"ADDED assignment 养护: 天津市林业局 responsible".to_owned()),
            "{differences:?}"
        );
        assert!(
            !differences.iter().any(|line| line.contains("种树")),
            "{differences:?}"
        );
        let accepted = run(&example, ACCEPT, json!({ "draft": left["key"] })).await;
        assert_eq!(accepted["userErrors"], json!([]));
        assert_eq!(lines(&accepted["differences"]), differences);
        assert_eq!(accepted["plan"]["code"], "p");
        let on = async |day: &str| {
            let question = format!(
                "{{ register(validOn: \"{day}\") {{ plans(first: 9) {{ totalCount nodes {{
                tasks(first: 9) {{ nodes {{ assignments {{ party {{ name }} }} }} }} }} }} }} }}"
            );
            let answer = example.data(&question, Value::Null).await;
            let plans = &answer["register"]["plans"];
            assert_eq!(plans["totalCount"], 1);
            plans["nodes"][0]["tasks"]["nodes"][1]["assignments"][0]["party"]["name"].clone()
        };
        assert_eq!(on("2024-05-05").await, "天津市城管委");
        assert_eq!(on("2024-05-06").await, "天津市林业局");
    })
    .await;
}

#[tokio::test]
async fn a_dismissed_draft_keeps_its_reason_and_can_be_neither_corrected_nor_accepted() {
    let example = Example::empty(TestDatabase::sqlite()).await;
    let left = leave(&example, TEXT).await;
    let blank = run(
        &example,
        DISMISS,
        json!({ "draft": left["key"], "reason": " " }),
    )
    .await;
    assert_eq!(
        error_of(&blank),
        ("INPUT_INVALID", &json!(["input", "reason"]))
    );
    let reason = json!({ "draft": left["key"], "reason": "a duplicate" });
    let dismissed = run(&example, DISMISS, reason).await;
    assert_eq!(dismissed["draft"]["dismissedBecause"], "a duplicate");
    let correct = json!({ "draft": left["key"], "expectedVersion": 2, "corrections": [] });
    for payload in [
        run(&example, ACCEPT, json!({ "draft": left["key"] })).await,
        run(&example, CORRECT, correct).await,
        run(
            &example,
            DISMISS,
            json!({ "draft": left["key"], "reason": "again" }),
        )
        .await,
    ] {
        assert_eq!(
            error_of(&payload),
            ("DRAFT_CLOSED", &json!(["input", "draft"]))
        );
    }
    let listed = "{ register { drafts(state: DISMISSED) { totalCount nodes { key } } open: drafts(state: OPEN) { totalCount } } }";
    let listed = example.data(listed, Value::Null).await;
    assert_eq!(
        listed["register"]["drafts"]["nodes"],
        json!([{ "key": left["key"] }])
    );
    assert_eq!(listed["register"]["open"]["totalCount"], 0);
}

#[tokio::test]
async fn corrections_that_do_not_fit_are_told_by_their_place_and_none_is_made() {
    let example = Example::empty(TestDatabase::sqlite()).await;
    let left = leave(&example, TEXT).await;
    let shown = draft(&example, &left["key"]).await;
    let key = &shown["tasks"][0]["key"];
    let good = json!({ "task": { "key": key, "title": "植树" } });
    for (bad, path) in [
        (
            json!({ "remove": 4_000_000 }),
            json!(["input", "corrections", "1"]),
        ),
        (
            json!({ "task": { "key": key, "body": { "start": 0, "end": 3, "quote": "某某某" } } }),
            json!(["input", "corrections", "1", "task", "body"]),
        ),
        (
            json!({ "name": { "name": "市科技局", "means": { "party": "VGFzazox" } } }),
            Value::Null,
        ),
        (
            json!({ "deadline": { "key": key, "due": { "words": { "start": 0, "end": 3 }, "kind": "BY_DATE", "date": "someday" } } }),
            json!(["input", "corrections", "1", "deadline", "due", "date"]),
        ),
    ] {
        let input =
            json!({ "draft": left["key"], "expectedVersion": 1, "corrections": [good, bad] });
        if path.is_null() {
            let answer = example.answer(CORRECT, json!({ "input": input })).await;
            assert!(answer["errors"].is_array(), "{answer}");
            continue;
        }
        let payload = run(&example, CORRECT, input).await;
        assert_eq!(
            error_of(&payload),
            ("CORRECTION_INVALID", &path),
            "{payload}"
        );
    }
    assert_eq!(draft(&example, &left["key"]).await["version"], 1);
    let nobody = json!({ "draft": "01890a5d-ac96-774b-bcce-b302099a8057" });
    assert_eq!(
        error_of(&run(&example, ACCEPT, nobody).await).0,
        "NO_SUCH_DRAFT"
    );
}

#[tokio::test]
async fn drafts_are_paged_both_ways() {
    let example = Example::empty(TestDatabase::sqlite()).await;
    let mut keys = vec![];
    for number in 0..3 {
        keys.push(leave(&example, &format!("{TEXT}{number}")).await["key"].clone());
    }
    let page = async |arguments: &str| {
        let question = format!(
            "{{ register {{ drafts({arguments}) {{ nodes {{ key }} pageInfo {{ hasNextPage hasPreviousPage endCursor }} }} }} }}"
        );
        example.data(&question, Value::Null).await["register"]["drafts"].take()
    };
    let first = page("first: 2").await;
    assert_eq!(
        first["nodes"],
        json!([{ "key": keys[0] }, { "key": keys[1] }])
    );
    assert_eq!(first["pageInfo"]["hasNextPage"], true);
    let rest = page(&format!(
        "first: 2, after: {}",
        first["pageInfo"]["endCursor"]
    ))
    .await;
    assert_eq!(rest["nodes"], json!([{ "key": keys[2] }]));
    assert_eq!(rest["pageInfo"]["hasNextPage"], false);
    let last = page("last: 1").await;
    assert_eq!(last["nodes"], json!([{ "key": keys[2] }]));
    assert_eq!(last["pageInfo"]["hasPreviousPage"], true);
}

#[tokio::test]
async fn a_collective_is_expanded_to_its_members_on_the_day_that_is_asked_about() {
    on_both(async |database| {
        let example = Example::new(database).await;
        let members = async |day: &str| {
            let question = format!(
                "{{ register(validOn: \"{day}\") {{ party(name: \"各区人民政府\") {{
                ... on Collective {{ members {{ name __typename }} }} }} }} }}"
            );
            let answer = example.data(&question, Value::Null).await;
            answer["register"]["party"][0]["members"]
                .as_array()
                .unwrap()
                .clone()
        };
        let today = members("2024-06-30").await;
        assert_eq!(today.len(), 16, "{today:?}");
        assert!(
            today
                .iter()
                .all(|member| member["__typename"] == "District")
        );
        let question =
            "{ register { party(name: \"有关单位\") { ... on Collective { members { name } } } } }";
        let open = example.data(question, Value::Null).await;
        for party in open["register"]["party"].as_array().unwrap() {
            assert_eq!(party["members"], json!([]));
        }
    })
    .await;
}

#[tokio::test]
async fn a_document_read_anew_changes_nothing_while_the_reader_finds_the_same() {
    let example = Example::new(TestDatabase::sqlite()).await;
    let before = head(&example).await;
    let import = include_str!("../../../schema/operations/import-document.graphql");
    let again = run(&example, import, json!({ "text": PLAN, "reread": true })).await;
    assert_eq!(
        (&again["userErrors"], &again["changeCount"]),
        (&json!([]), &json!(0))
    );
    assert_eq!(head(&example).await, before);
    let unknown = run(
        &example,
        import,
        json!({ "text": TEXT, "supersedes": "nothing" }),
    )
    .await;
    assert_eq!(
        error_of(&unknown),
        ("NO_SUCH_PLAN", &json!(["input", "supersedes"]))
    );
}
