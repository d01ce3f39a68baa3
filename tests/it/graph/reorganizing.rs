//! Bodies are reorganized and work goes on, over the graph.

use super::Example;
use crate::support::database::on_both;
use serde_json::{Value, json};

/// Does commands as one changeset and tells what was made of it.
pub(super) async fn change(example: &Example, dry_run: bool, commands: Value) -> Value {
    let document = "mutation($input: ChangeRegisterInput!) { changeRegister(input: $input) {
        changeset { seq } changes { entity key before after } userErrors { code message path }
    } }";
    let input = json!({ "input": { "commands": commands, "dryRun": dry_run } });
    let mut answer = example.data(document, input).await;
    answer["changeRegister"].take()
}

pub(super) fn keys(payload: &Value, entity: &str) -> Vec<Value> {
    assert_eq!(payload["userErrors"], json!([]));
    let changes = payload["changes"].as_array().unwrap().iter();
    let of_kind = changes.filter(|change| change["entity"] == entity);
    of_kind.map(|change| change["key"].clone()).collect()
}

#[tokio::test]
async fn a_split_is_tried_and_done_and_work_goes_on_under_the_heirs() {
    on_both(async |database| {
        let example = Example::empty(database).await;
        let office = json!([
            { "createParty": { "name": "天津市科学技术委员会", "kind": "DEPARTMENT" } },
            { "createParty": { "name": "天津市科学技术局", "kind": "DEPARTMENT" } },
            { "createParty": { "name": "天津市数据局", "kind": "DEPARTMENT" } },
            { "createPlan": { "code": "p", "title": "智慧城市", "validFrom": "2023-01-01" } },
            { "createTask": { "plan": "#3", "label": "1", "title": "建设", "validFrom": "2023-01-01" } },
            { "assign": { "task": "#4", "party": "#0", "role": "LEAD", "validFrom": "2023-01-01" } },
        ]);
        let made = change(&example, false, office).await;
        let (parties, tasks) = (keys(&made, "party"), keys(&made, "task"));
        let split = |duties: Value| {
            json!([{ "reorganize": {
                "kind": "SPLIT", "effectiveOn": "2024-03-01", "from": [parties[0]],
                "to": [parties[1], parties[2]], "text": "津编〔2024〕1号", "duties": duties,
            } }])
        };
        let open = change(&example, true, split(json!([]))).await;
        let error = &open["userErrors"][0];
        assert_eq!(
            (&error["code"], &error["path"]),
            (&json!("UNALLOTTED"), &json!(["input", "commands", "0", "reorganize"])),
        );
        let lot = json!([{ "tasks": [tasks[0]], "fate": "PASSES", "to": parties[2] }]);
        let tried = change(&example, true, split(lot.clone())).await;
        assert_eq!(tried["changeset"], Value::Null);
        assert_eq!(keys(&tried, "assignment").len(), 2, "one ends and one begins");
        let done = change(&example, false, split(lot)).await;
        assert_eq!(keys(&done, "assignment").len(), 2);
        let work = json!([
            { "setTaskStatus": { "task": tasks[0], "status": "IN_PROGRESS", "from": "2024-04-01" } },
            { "reportProgress": {
                "task": tasks[0], "party": parties[2], "periodFrom": "2024-03-01", "periodTo": "2024-06-01",
                "reportedOn": "2024-06-02", "value": "0.50", "text": "已过半", "evidence": ["https://example.org/1"],
            } },
            { "openSupervisionCase": {
                "task": tasks[0], "party": parties[2], "number": "督1", "subject": "进度", "on": "2024-06-03",
            } },
            { "advanceSupervisionCase": { "case": "#2", "stage": "ASSIGNED", "on": "2024-06-04" } },
        ]);
        let gone_on = change(&example, false, work).await;
        assert_eq!(gone_on["userErrors"], json!([]));
        what_passed_is_told(&example).await;
        let question = "query($on: Date!) { register(validOn: $on) {
            party(name: \"天津市科学技术委员会\") { name successors { name } predecessors { name } }
            task(plan: \"p\", path: [\"1\"]) {
                status
                assignments { basis party { name } inherits { party { name } } reorganization { kind text } }
                reports { nodes { value text evidence party { name } } }
                cases { nodes { number stage steps { stage day } } }
            }
            reorganizations { nodes { kind effectiveOn from { name } to { name } } totalCount }
        } }";
        let before = example.data(question, json!({ "on": "2024-02-29" })).await;
        let before = &before["register"];
        assert_eq!(before["party"], json!([
            { "name": "天津市科学技术委员会", "successors": [], "predecessors": [] },
        ]));
        assert_eq!(before["task"]["assignments"], json!([{
            "basis": "RECORDED", "party": { "name": "天津市科学技术委员会" }, "inherits": null,
            "reorganization": null,
        }]));
        assert_eq!(before["reorganizations"]["totalCount"], json!(0));
        let after = example.data(question, json!({ "on": "2024-06-30" })).await;
        let after = &after["register"];
        let heirs = after["party"].as_array().unwrap().iter();
        let heirs: Vec<_> = heirs.map(|party| party["name"].clone()).collect();
        assert_eq!(heirs, ["天津市科学技术局", "天津市数据局"]);
        assert_eq!(after["task"], json!({
            "status": "IN_PROGRESS",
            "assignments": [{
                "basis": "INHERITED", "party": { "name": "天津市数据局" },
                "inherits": { "party": { "name": "天津市科学技术委员会" } },
                "reorganization": { "kind": "SPLIT", "text": "津编〔2024〕1号" },
            }],
            "reports": { "nodes": [{
                "value": "0.5", "text": "已过半", "evidence": ["https://example.org/1"],
                "party": { "name": "天津市数据局" },
            }] },
            "cases": { "nodes": [{
                "number": "督1", "stage": "ASSIGNED",
                "steps": [
                    { "stage": "OPENED", "day": "2024-06-03" }, { "stage": "ASSIGNED", "day": "2024-06-04" },
                ],
            }] },
        }));
    })
    .await;
}

/// Of the whole, and of either body: the duty ended with the one and began with the other.
async fn what_passed_is_told(example: &Example) {
    let document = "query($party: ID) { register(validOn: \"2024-04-02\") {
        diff(from: { validOn: \"2024-02-29\" }, party: $party) {
            from { validOn } counts { added ended transferred corrected }
            entries(kinds: [TRANSFERRED]) {
                was { ... on Assignment { party { name } validTo } }
                now { ... on Assignment { party { name } validFrom basis } }
                causes { kind effectiveOn }
            }
        }
    } }";
    let moved = json!([{
        "was": { "party": { "name": "天津市科学技术委员会" }, "validTo": "2024-03-01" },
        "now": { "party": { "name": "天津市数据局" }, "validFrom": "2024-03-01", "basis": "INHERITED" },
        "causes": [{ "kind": "SPLIT", "effectiveOn": "2024-03-01" }],
    }]);
    let ids = example
        .data(
            "{ register(validOn: \"2024-01-01\") {
                old: party(name: \"天津市科学技术委员会\") { id }
                new: party(name: \"天津市数据局\") { id }
            } }",
            Value::Null,
        )
        .await;
    let id = |party: &str| ids["register"][party][0]["id"].clone();
    for party in [Value::Null, id("old"), id("new")] {
        let data = example.data(document, json!({ "party": party })).await;
        let diff = &data["register"]["diff"];
        assert_eq!(diff["entries"], moved, "{party}");
    }
}
