//! What an auditor asks, over the published operation: who, on which day, as known when, on whose authority, by whose hand.

use super::{Example, operations::operations};
use crate::support::database::TestDatabase;
use serde_json::{Value, json};

/// Does commands on an authority and for a reason.
async fn change(example: &Example, authority: Value, commands: Value) -> Value {
    let document = "mutation($input: ChangeRegisterInput!) { changeRegister(input: $input) {
        changeset { seq } changes { entity key } userErrors { message path }
    } }";
    let input = json!({ "commands": commands, "reason": "机构改革", "authority": authority });
    let mut data = example.data(document, json!({ "input": input })).await;
    assert_eq!(data["changeRegister"]["userErrors"], json!([]));
    data["changeRegister"].take()
}

#[tokio::test]
async fn who_was_responsible_is_told_as_it_was_known_with_authority_and_hand() {
    let example = Example::new(TestDatabase::sqlite()).await;
    let known = "{ register {
        documents { nodes { key title } }
        task(plan: \"smart-city\", path: [\"三\", \"(一)\", \"1\"]) { key }
        center: party(name: \"天津市大数据管理中心\") { key }
        statistics: party(name: \"天津市统计局\") { key }
    } }";
    let known = example.data(known, Value::Null).await["register"].take();
    let document = &known["documents"]["nodes"][0];
    let party = |name: &str| known[name][0]["key"].clone();
    let task = &known["task"]["key"];
    change(&example, json!({ "cited": { "document": document["key"], "start": 0, "end": 3 } }), json!([
        { "assign": { "task": task, "party": party("center"), "role": "COORDINATE", "validFrom": "2024-01-01" } },
    ]))
    .await;
    change(
        &example,
        json!({ "named": "津党发〔2024〕3号" }),
        json!([{ "reorganize": {
        "kind": "TRANSFER", "effectiveOn": "2024-06-01", "text": "津编〔2024〕1号",
        "from": [party("center")], "to": [party("statistics")],
        "duties": [{ "tasks": [task], "fate": "PASSES", "to": party("statistics") }],
    } }]),
    )
    .await;

    let coordinates = async |on: &str, seq: u32| {
        let variables = json!({
            "plan": "smart-city", "path": ["三", "(一)", "1"], "validOn": on, "knownSeq": seq,
        });
        let operation = &operations()["who-was-responsible"];
        let mut data = example.data(operation, variables).await;
        assert_eq!(data["register"]["asOf"]["seq"], seq);
        let all = data["register"]["task"]["assignments"].take();
        let all = all.as_array().unwrap().iter();
        let coordinating = all.filter(|assignment| assignment["role"] == "COORDINATE");
        coordinating.cloned().collect::<Vec<_>>()
    };
    assert_eq!(coordinates("2024-06-01", 2).await, Vec::<Value>::new());

    let [before] = &coordinates("2024-06-01", 3).await[..] else {
        panic!("one coordinates, as was known before the reorganization");
    };
    assert_eq!(before["party"]["name"], "天津市大数据管理中心");
    assert_eq!(before["basis"], "RECORDED");
    let written = &before["history"][0]["changeset"];
    assert_eq!(
        written["actor"],
        json!({ "subject": "local:tester", "authentication": "LOCAL" })
    );
    assert_eq!(written["authority"], document["key"]);
    let citation = &written["authorityCitation"];
    assert_eq!(citation["quote"], "天津市");
    assert_eq!(citation["document"]["title"], document["title"]);

    let [after] = &coordinates("2024-06-01", 4).await[..] else {
        panic!("one coordinates from then on");
    };
    assert_eq!(after["party"]["name"], "天津市统计局");
    assert_eq!(after["basis"], "INHERITED");
    assert_eq!(after["validFrom"], "2024-06-01");
    assert_eq!(after["inherits"]["party"]["name"], "天津市大数据管理中心");
    assert_eq!(after["reorganization"]["text"], "津编〔2024〕1号");
    let written = &after["history"][0]["changeset"];
    assert_eq!(
        (
            &written["seq"],
            &written["action"],
            &written["reason"],
            &written["authority"]
        ),
        (
            &json!(4),
            &json!("party.reorganized"),
            &json!("机构改革"),
            &json!("津党发〔2024〕3号")
        )
    );
    let [past] = &coordinates("2024-05-31", 4).await[..] else {
        panic!("the past stays");
    };
    assert_eq!(past["party"]["name"], "天津市大数据管理中心");
    assert_eq!(past["history"].as_array().unwrap().len(), 2);
}
