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

/// What began and ended between two days or two changesets, each with the reorganizations by which it did.
async fn otherwise(example: &Example, from: Value) -> Value {
    let document = "query($from: MomentInput!) { register(validOn: \"2024-04-01\") { diff(from: $from) {
        entries {
            kind
            was { __typename ... on Agency { name } ... on PartyName { text } ... on Assignment { party { name } role } }
            now { __typename ... on Agency { name } ... on PartyName { text } ... on Assignment { party { name } role } }
            causes { kind }
        }
    } } }";
    let mut data = example.data(document, json!({ "from": from })).await;
    let entries = data["register"]["diff"]["entries"].take();
    let told = entries.as_array().unwrap().iter().map(|entry| {
        let side = |side: &str| {
            let node = &entry[side];
            let words = [
                &node["name"],
                &node["text"],
                &node["party"]["name"],
                &node["role"],
            ];
            let words = words
                .into_iter()
                .filter_map(Value::as_str)
                .collect::<Vec<_>>();
            match node["__typename"].as_str() {
                Some(kind) => format!("{kind} {}", words.join(" ")),
                None => "-".to_owned(),
            }
        };
        let causes = entry["causes"].as_array().unwrap().iter();
        let causes: Vec<_> = causes.filter_map(|cause| cause["kind"].as_str()).collect();
        let kind = entry["kind"].as_str().unwrap();
        format!(
            "{kind}: {} > {} by {}",
            side("was"),
            side("now"),
            causes.join(",")
        )
    });
    told.collect()
}

#[tokio::test]
async fn whatever_a_reorganization_ends_and_begins_names_it_as_the_cause() {
    let example = Example::empty(crate::support::database::TestDatabase::sqlite()).await;
    let party = |name: &str, from: &str| json!({ "createParty": { "name": name, "kind": "DEPARTMENT", "validFrom": from } });
    let assign = |party: &str, role: &str| json!({ "assign": { "task": "#5", "party": party, "role": role, "validFrom": "2023-01-01" } });
    let office = json!([
        party("天津市科学技术委员会", "2000-01-01"),
        party("天津市数据局", "2024-03-01"),
        party("天津市体育局", "2000-01-01"),
        party("天津市统计局", "2000-01-01"),
        { "createPlan": { "code": "p", "title": "智慧城市", "validFrom": "2023-01-01" } },
        { "createTask": { "plan": "#4", "label": "1", "title": "建设", "validFrom": "2023-01-01" } },
        assign("#0", "LEAD"),
        assign("#2", "SUPPORT"),
        assign("#3", "PARTICIPATE"),
    ]);
    let parties = keys(&change(&example, false, office).await, "party");
    let reorganizations = json!([
        { "reorganize": {
            "kind": "MERGE", "effectiveOn": "2024-03-01", "from": [parties[0]], "to": [parties[1]],
        } },
        { "reorganize": {
            "kind": "ABOLISH", "effectiveOn": "2024-03-15", "from": [parties[2]], "to": [],
            "duties": [{ "fate": "LAPSES", "handoverOn": "2024-03-20" }],
        } },
        { "reorganize": {
            "kind": "RENAME", "effectiveOn": "2024-03-10", "from": [parties[3]], "to": [parties[3]],
            "name": "天津市统计调查局",
        } },
    ]);
    let done = change(&example, false, reorganizations).await;
    assert_eq!(done["userErrors"], json!([]));
    let by_day = otherwise(&example, json!({ "validOn": "2024-02-29" })).await;
    let happened = [
        "ADDED: - > Reorganization  by ",
        "ADDED: - > Reorganization  by ",
        "ADDED: - > Reorganization  by ",
    ];
    let mut expected = vec![
        "TRANSFERRED: Assignment 天津市科学技术委员会 LEAD > Assignment 天津市数据局 LEAD by MERGE",
        "ENDED: Assignment 天津市体育局 SUPPORT > - by ABOLISH",
        "ENDED: Agency 天津市科学技术委员会 > - by MERGE",
        "ADDED: - > Agency 天津市数据局 by MERGE",
        "ENDED: Agency 天津市体育局 > - by ABOLISH",
        "ENDED: PartyName 天津市科学技术委员会 > - by MERGE",
        "ADDED: - > PartyName 天津市数据局 by MERGE",
        "ENDED: PartyName 天津市体育局 > - by ABOLISH",
        "ENDED: PartyName 天津市统计局 > - by RENAME",
        "ADDED: - > PartyName 天津市统计局 by RENAME",
        "ADDED: - > PartyName 天津市统计调查局 by RENAME",
    ];
    expected.extend(happened);
    let sorted = |told: Value| {
        let told = told.as_array().unwrap().iter();
        let mut told: Vec<String> = told.map(|it| it.as_str().unwrap().to_owned()).collect();
        told.sort();
        told
    };
    expected.sort_unstable();
    assert_eq!(sorted(by_day), expected);
    // Of one and the same day, what is known since: bodies were known to go on, and are known to be over.
    let known = sorted(otherwise(&example, json!({ "knownSeq": 1 })).await);
    let transferred =
        "TRANSFERRED: Assignment 天津市科学技术委员会 LEAD > Assignment 天津市数据局 LEAD by MERGE";
    assert!(known.iter().any(|told| told == transferred), "{known:#?}");
    let unexplained = known.iter().filter(|told| told.ends_with(" by "));
    let unexplained: Vec<_> = unexplained
        .filter(|told| !told.contains("Reorganization"))
        .collect();
    assert!(unexplained.is_empty(), "{unexplained:#?}");
}

#[tokio::test]
async fn what_changed_since_it_was_tried_is_not_moved_unseen() {
    let example = Example::empty(crate::support::database::TestDatabase::sqlite()).await;
    let assign = |party: &str, role: &str| json!({ "assign": { "task": "#3", "party": party, "role": role, "validFrom": "2023-01-01" } });
    let office = json!([
        { "createParty": { "name": "天津市科学技术委员会", "kind": "DEPARTMENT" } },
        { "createParty": { "name": "天津市科学技术局", "kind": "DEPARTMENT" } },
        { "createPlan": { "code": "p", "title": "智慧城市", "validFrom": "2023-01-01" } },
        { "createTask": { "plan": "#2", "label": "1", "title": "建设", "validFrom": "2023-01-01" } },
        assign("#0", "LEAD"),
    ]);
    let made = change(&example, false, office).await;
    let (parties, tasks) = (keys(&made, "party"), keys(&made, "task"));
    let document = "mutation($input: ReorganizeInput!) { reorganize(input: $input) {
        reorganization { kind }
        moves { role to { name } duty { validTo } }
        userErrors { code path conflict { seq action } }
    } }";
    let merge = async |dry_run: bool, seen: &Value| {
        let input = json!({
            "kind": "MERGE", "effectiveOn": "2024-03-01", "from": [parties[0]], "to": [parties[1]],
            "dryRun": dry_run, "expectedVersion": seen,
        });
        let mut answer = example.data(document, json!({ "input": input })).await;
        answer["reorganize"].take()
    };
    let seen = made["changeset"]["seq"].clone();
    let moves = json!([{
        "role": "LEAD", "to": { "name": "天津市科学技术局" }, "duty": { "validTo": "2024-03-01" },
    }]);
    let tried = merge(true, &seen).await;
    assert_eq!(
        (&tried["moves"], &tried["userErrors"]),
        (&moves, &json!([]))
    );
    assert_eq!(tried["reorganization"]["kind"], "MERGE");

    let mut another = assign("", "SUPPORT");
    another["assign"]["party"] = parties[0].clone();
    another["assign"]["task"] = tasks[0].clone();
    let another = change(&example, false, json!([another])).await;
    let refused = merge(false, &seen).await["userErrors"].take();
    assert_eq!(
        refused,
        json!([{
            "code": "VERSION_CONFLICT", "path": ["input", "expectedVersion"],
            "conflict": { "seq": another["changeset"]["seq"], "action": "assignment.recorded" },
        }])
    );
    let done = merge(false, &another["changeset"]["seq"]).await;
    assert_eq!(done["userErrors"], json!([]));
    assert_eq!(done["moves"].as_array().unwrap().len(), 2);
}
