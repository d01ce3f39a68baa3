//! Filters, pages, lookups and what they refuse.

use super::{Example, PLAN_CODE};
use crate::support::database::TestDatabase;
use serde_json::{Value, json};
use std::collections::BTreeSet;

async fn titles(example: &Example, filter: Value) -> Vec<String> {
    let document = "query($filter: TaskFilterInput) { register { tasks(filter: $filter) { totalCount nodes { title } } } }";
    let data = example.data(document, json!({ "filter": filter })).await;
    let tasks = &data["register"]["tasks"];
    let titles: Vec<_> = tasks["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|task| task["title"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(tasks["totalCount"], titles.len());
    titles
}

async fn id_of_party(example: &Example, name: &str) -> Value {
    let document = "query($name: String!) { register { party(name: $name) { id } } }";
    example.data(document, json!({ "name": name })).await["register"]["party"][0]["id"].take()
}

#[tokio::test]
async fn filters_show_what_they_say() {
    let example = Example::new(TestDatabase::sqlite()).await;
    let bureau = id_of_party(&example, "市公安局").await;
    let all = titles(&example, json!({})).await;
    assert_eq!(
        titles(&example, json!({ "words": "算力" })).await,
        ["扩建公共算力"]
    );
    assert_eq!(
        titles(&example, json!({ "words": "擴建公共算力" })).await,
        ["扩建公共算力"],
        "in either script"
    );
    assert_eq!(
        titles(&example, json!({ "party": bureau, "roles": ["LEAD"] })).await,
        ["守住安全底线", "畅通出行"]
    );
    let (open, closed) = (
        titles(&example, json!({ "open": true })).await,
        titles(&example, json!({ "open": false })).await,
    );
    let joined: BTreeSet<_> = open.iter().chain(&closed).cloned().collect();
    assert_eq!(
        (open.len() + closed.len(), joined),
        (all.len(), all.iter().cloned().collect())
    );
    assert!(open.contains(&"扩建公共算力".to_owned()));
    assert_eq!(
        titles(&example, json!({ "statuses": ["DONE"] })).await,
        Vec::<String>::new()
    );
    assert_eq!(
        titles(&example, json!({ "kinds": ["ENTERPRISE"] })).await,
        ["智慧口岸"]
    );
    assert_eq!(
        titles(&example, json!({ "references": ["INDEFINITE"] }))
            .await
            .last()
            .unwrap(),
        "加强统筹"
    );
}

#[tokio::test]
async fn pages_walked_either_way_show_the_whole_list_once() {
    let example = Example::new(TestDatabase::sqlite()).await;
    for order in ["POSITION", "TITLE", "DEADLINE"] {
        let whole = format!("{{ register {{ tasks(orderBy: {order}) {{ nodes {{ key }} }} }} }}");
        let whole = example.data(&whole, Value::Null).await["register"]["tasks"]["nodes"].take();
        let (mut forward, mut backward) = (vec![], vec![]);
        let mut cursor = Value::Null;
        loop {
            let page = format!(
                "query($after: String) {{ register {{ tasks(orderBy: {order}, first: 3, after: $after) {{
                    nodes {{ key }} pageInfo {{ hasNextPage endCursor }} }} }} }}"
            );
            let mut page =
                example.data(&page, json!({ "after": cursor })).await["register"]["tasks"].take();
            forward.extend(page["nodes"].as_array().unwrap().iter().cloned());
            cursor = page["pageInfo"]["endCursor"].take();
            if page["pageInfo"]["hasNextPage"] == false {
                break;
            }
        }
        cursor = Value::Null;
        loop {
            let page = format!(
                "query($before: String) {{ register {{ tasks(orderBy: {order}, last: 4, before: $before) {{
                    nodes {{ key }} pageInfo {{ hasPreviousPage startCursor }} }} }} }}"
            );
            let mut page =
                example.data(&page, json!({ "before": cursor })).await["register"]["tasks"].take();
            backward.splice(0..0, page["nodes"].as_array().unwrap().iter().cloned());
            cursor = page["pageInfo"]["startCursor"].take();
            if page["pageInfo"]["hasPreviousPage"] == false {
                break;
            }
        }
        assert_eq!(
            (json!(forward), json!(backward)),
            (whole.clone(), whole),
            "{order}"
        );
    }
}

#[tokio::test]
async fn the_log_is_paged_both_ways_too() {
    let example = Example::new(TestDatabase::sqlite()).await;
    let page = |arguments: &'static str| {
        let example = &example;
        async move {
            let document = format!(
                "{{ register {{ changes({arguments}) {{ nodes {{ seq }} pageInfo {{ hasPreviousPage hasNextPage }} }} }} }}"
            );
            let page = example.data(&document, Value::Null).await["register"]["changes"].take();
            let seqs: Vec<_> = page["nodes"]
                .as_array()
                .unwrap()
                .iter()
                .map(|changeset| changeset["seq"].as_u64().unwrap())
                .collect();
            (
                seqs,
                page["pageInfo"]["hasPreviousPage"].as_bool().unwrap(),
                page["pageInfo"]["hasNextPage"].as_bool().unwrap(),
            )
        }
    };
    assert_eq!(page("first: 1").await, (vec![1], false, true));
    assert_eq!(page("last: 1").await, (vec![2], true, false));
    assert_eq!(page("first: 5, after: \"1\"").await, (vec![2], true, false));
    assert_eq!(page("first: 5, after: \"2\"").await, (vec![], true, false));
    assert_eq!(page("last: 5, before: \"2\"").await, (vec![1], false, true));
    assert_eq!(page("first: 0").await, (vec![], false, true));
}

#[tokio::test]
async fn the_log_is_filtered_by_what_changed_who_wrote_what_was_done_and_when() {
    for database in [Some(TestDatabase::sqlite()), TestDatabase::postgres()] {
        let Some(database) = database else { continue };
        let example = Example::new(database).await;
        let document =
            "query($filter: ChangesetFilterInput) { register { changes(filter: $filter) {
            totalCount nodes { seq } pageInfo { hasPreviousPage hasNextPage } } } }";
        let seqs = async |filter: Value| {
            let mut data = example.data(document, json!({ "filter": filter })).await;
            let found = data["register"]["changes"].take();
            let nodes = found["nodes"].as_array().unwrap().iter();
            let seqs: Vec<_> = nodes.map(|node| node["seq"].as_u64().unwrap()).collect();
            assert_eq!(found["totalCount"], seqs.len());
            let page = json!({ "hasPreviousPage": false, "hasNextPage": false });
            assert_eq!(found["pageInfo"], page);
            seqs
        };
        let ids = "{ register { plans { nodes { id } } parties(first: 100) { nodes { id name } }
            changes { nodes { recordedAt action actor { subject } } } } }";
        let mut data = example.data(ids, Value::Null).await;
        let register = data["register"].take();
        let log = &register["changes"]["nodes"];
        let parties = register["parties"]["nodes"].as_array().unwrap();
        let party = |name: &str| &parties.iter().find(|party| party["name"] == name).unwrap()["id"];
        let (used, only_known) = (party("天津市统计局"), party("天津市和平区人民政府"));

        for (filter, expected) in [
            (json!({}), vec![1, 2]),
            (json!({ "kind": "assignment" }), vec![2]),
            (json!({ "kind": "party_name" }), vec![1, 2]),
            (json!({ "kind": "place" }), vec![1]),
            (json!({ "action": log[0]["action"] }), vec![1]),
            (json!({ "actor": log[1]["actor"]["subject"] }), vec![1, 2]),
            (json!({ "actor": "nobody" }), vec![]),
            (json!({ "from": log[1]["recordedAt"] }), vec![2]),
            (json!({ "to": log[1]["recordedAt"] }), vec![1]),
            (
                json!({ "from": log[1]["recordedAt"], "to": log[0]["recordedAt"] }),
                vec![],
            ),
            (
                json!({ "entity": register["plans"]["nodes"][0]["id"] }),
                vec![2],
            ),
            (json!({ "party": used }), vec![1, 2]),
            (json!({ "party": only_known }), vec![1]),
            (json!({ "party": only_known, "entity": used }), vec![1]),
            (json!({ "party": used, "kind": "assignment" }), vec![2]),
        ] {
            assert_eq!(seqs(filter.clone()).await, expected, "{filter}");
        }
        let refused = example
            .error("{ register { changes(filter: { kind: \"assignments\" }) { totalCount } } }")
            .await;
        assert!(refused.contains("one of: document, place"), "{refused}");
    }
}

#[tokio::test]
async fn people_find_tasks_by_path_and_parties_by_any_name_in_either_script() {
    let example = Example::new(TestDatabase::sqlite()).await;
    let document = "query($plan: String!) { register {
        full: task(plan: $plan, path: [\"三\", \"（一）\", \"2\"]) { title }
        half: task(plan: $plan, path: [\"三\", \"(一)\", \"2\"]) { title }
        none: task(plan: $plan, path: [\"九\"]) { title }
        short: party(name: \"市工業和信息化局\") { name }
        official: party(name: \"天津市工业和信息化局\") { name }
    } }";
    let found = example.data(document, json!({ "plan": PLAN_CODE })).await["register"].take();
    assert_eq!(found["full"], json!({ "title": "扩建公共算力" }));
    assert_eq!(
        (&found["half"], &found["none"]),
        (&found["full"], &Value::Null)
    );
    assert_eq!(found["short"], json!([{ "name": "天津市工业和信息化局" }]));
    assert_eq!(found["official"], found["short"]);
}

#[tokio::test]
async fn every_quote_is_the_slice_of_the_documents_text() {
    let example = Example::new(TestDatabase::sqlite()).await;
    let document = "{ register {
        documents { nodes { text } }
        tasks { nodes { assignments { citation { quote start end } written { quote start end } } } }
    } }";
    let data = example.data(document, Value::Null).await["register"].take();
    let text: Vec<char> = data["documents"]["nodes"][0]["text"]
        .as_str()
        .unwrap()
        .chars()
        .collect();
    let mut seen = 0;
    for task in data["tasks"]["nodes"].as_array().unwrap() {
        for assignment in task["assignments"].as_array().unwrap() {
            for words in [&assignment["citation"], &assignment["written"]] {
                let at = |end: &str| usize::try_from(words[end].as_u64().unwrap()).unwrap();
                let slice: String = text[at("start")..at("end")].iter().collect();
                assert_eq!(words["quote"], slice);
                seen += 1;
            }
        }
    }
    assert!(seen > 60, "{seen}");
}

#[tokio::test]
async fn bad_pages_cursors_and_ids_are_answered_with_what_to_do() {
    let example = Example::new(TestDatabase::sqlite()).await;
    let cursor_of_titles =
        "{ register { tasks(orderBy: TITLE, first: 1) { pageInfo { endCursor } } } }";
    let cursor = example.data(cursor_of_titles, Value::Null).await;
    let cursor = cursor["register"]["tasks"]["pageInfo"]["endCursor"]
        .as_str()
        .unwrap();
    let party = id_of_party(&example, "市公安局").await;
    for (field, message) in [
        (
            "tasks(first: 1, last: 1)".to_owned(),
            "first and last exclude each other",
        ),
        (
            "tasks(first: -1)".to_owned(),
            "first is -1; a page holds 0 to 1000",
        ),
        (
            "tasks(after: \"nonsense\")".to_owned(),
            "after is not a cursor of this list in this order",
        ),
        (
            format!("tasks(after: \"{cursor}\")"),
            "after is not a cursor of this list in this order",
        ),
        (
            format!("tasks(filter: {{ plan: {party} }})"),
            "filter.plan takes the id of a Plan; this one is of a Party",
        ),
        (
            "tasks(filter: { plan: \"nonsense\" })".to_owned(),
            "this is not an id of this service",
        ),
    ] {
        let message_got = example
            .error(&format!("{{ register {{ {field} {{ totalCount }} }} }}"))
            .await;
        assert!(message_got.contains(message), "{field}: {message_got}");
    }
}
