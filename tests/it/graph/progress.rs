//! An office sets its rules, parties report, and the register tells how it stands.

use super::{
    Example,
    operations::operations,
    reorganizing::{change, keys},
};
use crate::support::database::on_both;
use serde_json::{Value, json};

/// Two bodies, each with a task of a plan of 2024, monthly reports by the 28th, and a figure to be reached.
async fn office(example: &Example) -> (Vec<Value>, Vec<Value>) {
    let made = json!([
        { "createParty": { "name": "天津市数据局", "kind": "DEPARTMENT" } },
        { "createParty": { "name": "天津市统计局", "kind": "DEPARTMENT" } },
        { "createPlan": { "code": "p", "title": "智慧城市", "year": 2024, "validFrom": "2024-01-01" } },
        { "createTask": { "plan": "#2", "label": "1", "title": "建设", "validFrom": "2024-01-01" } },
        { "createTask": { "plan": "#2", "label": "2", "title": "统计", "validFrom": "2024-01-01" } },
        { "assign": { "task": "#3", "party": "#0", "role": "LEAD", "validFrom": "2024-01-01" } },
        { "assign": { "task": "#4", "party": "#1", "role": "LEAD", "validFrom": "2024-01-01" } },
        { "setDeadline": {
            "subject": "#3", "validFrom": "2024-01-01",
            "due": { "text": "2024年7月底前", "kind": "BY_DATE", "date": "2024-07" },
        } },
        { "setTarget": {
            "subject": "#3", "text": "建成100个", "min": "100", "unit": "个", "validFrom": "2024-01-01",
            "due": { "text": "到2024年", "kind": "BY_DATE", "date": "2024" },
        } },
        { "setProgressRule": { "amberDays": 14, "from": "2024-01-01", "rhythm": { "every": "MONTH", "day": 28 } } },
        { "reportProgress": {
            "target": "#8", "party": "#0", "periodFrom": "2024-05-01", "periodTo": "2024-06-01",
            "reportedOn": "2024-05-28", "value": "20",
        } },
        { "reportProgress": {
            "target": "#8", "party": "#0", "periodFrom": "2024-06-01", "periodTo": "2024-07-01",
            "reportedOn": "2024-06-27", "value": "35",
        } },
        { "openSupervisionCase": {
            "task": "#4", "party": "#1", "number": "督1", "subject": "进度", "on": "2024-06-03", "dueOn": "2024-06-20",
        } },
    ]);
    let made = change(example, false, made).await;
    (keys(&made, "party"), keys(&made, "task"))
}

#[tokio::test]
async fn an_office_sees_what_is_late_who_has_not_reported_and_where_figures_are_heading() {
    on_both(async |database| {
        let example = Example::empty(database).await;
        office(&example).await;
        let asked = "query($on: Date!) { register(validOn: $on) {
            tasks { nodes { title light progress { concerns { kind assignment { party { name } } } } } }
            plan(code: \"p\") {
                progress { tasks missingReports byLight { light count } lastReport { value } }
                targets { attainment { value share reached forecast forecastReaches } }
            }
            missingReports { totalCount nodes { party { name } } }
            supervisionCases(overdue: true) { nodes { number overdue } }
            deadlines(to: \"2024-08-01\") { nodes { light lastDay } }
        } }";
        let june = example.data(asked, json!({ "on": "2024-06-29" })).await;
        let june = &june["register"];
        assert_eq!(june["tasks"]["nodes"], json!([
            { "title": "建设", "light": "GREEN", "progress": { "concerns": [] } },
            { "title": "统计", "light": "AMBER", "progress": { "concerns": [
                { "kind": "REPORT_MISSING", "assignment": { "party": { "name": "天津市统计局" } } },
            ] } },
        ]));
        assert_eq!(june["plan"]["progress"], json!({
            "tasks": 2, "missingReports": 1, "lastReport": { "value": "35" },
            "byLight": [{ "light": "GREEN", "count": 1 }, { "light": "AMBER", "count": 1 }],
        }));
        let attainment = &june["plan"]["targets"][0]["attainment"];
        // Half a unit a day, and 187 days to come.
        assert_eq!(attainment["forecast"], json!(128.5));
        assert_eq!(
            (&attainment["share"], &attainment["reached"], &attainment["forecastReaches"]),
            (&json!(0.35), &json!(false), &json!(true)),
        );
        assert_eq!(june["missingReports"], json!({
            "totalCount": 1, "nodes": [{ "party": { "name": "天津市统计局" } }],
        }));
        assert_eq!(june["supervisionCases"]["nodes"], json!([{ "number": "督1", "overdue": true }]));

        let august = example.data(asked, json!({ "on": "2024-08-01" })).await;
        let august = &august["register"];
        assert_eq!(august["tasks"]["nodes"][0]["light"], json!("RED"));
        assert_eq!(august["deadlines"]["nodes"], json!([{ "light": "RED", "lastDay": "2024-07-31" }]));
        let may = example.data(asked, json!({ "on": "2024-05-20" })).await;
        assert_eq!(may["register"]["supervisionCases"]["nodes"], json!([]));
    })
    .await;
}

#[tokio::test]
async fn a_rule_counts_from_its_day_on_and_is_ended_again() {
    on_both(async |database| {
        let example = Example::empty(database).await;
        office(&example).await;
        let plan = example
            .data("{ register { plan(code: \"p\") { key } } }", Value::Null)
            .await;
        let set = json!([{ "setProgressRule": {
            "plan": plan["register"]["plan"]["key"], "amberDays": 60, "from": "2024-06-01",
        } }]);
        let set = change(&example, false, set).await;
        let rule = &keys(&set, "progress_rule")[0];
        let ended = json!([{ "endProgressRule": { "rule": rule, "on": "2024-09-01" } }]);
        let ended = change(&example, false, ended).await;
        assert_eq!(ended["userErrors"], json!([]));
        let terms = "query($on: Date!, $seq: Seq) { register(validOn: $on, knownSeq: $seq) {
            plan(code: \"p\") { progressTerms { amberDays rhythm { day } rule { plan { code } } } }
            progressRules { amberDays plan { code } }
        } }";
        for (on, days, is_own) in [
            ("2024-05-31", 14, false),
            ("2024-06-01", 60, true),
            ("2024-09-01", 14, false),
        ] {
            let answer = example.data(terms, json!({ "on": on })).await;
            let terms = &answer["register"]["plan"]["progressTerms"];
            assert_eq!(terms["amberDays"], json!(days), "{on}");
            assert_eq!(terms["rule"]["plan"].is_object(), is_own, "{on}");
        }
        let before = example
            .data(terms, json!({ "on": "2024-06-01", "seq": 1 }))
            .await;
        assert_eq!(
            before["register"]["progressRules"],
            json!([{ "amberDays": 14, "plan": null }])
        );
        let bad = json!([{ "setProgressRule": {
            "amberDays": 5, "rhythm": { "every": "QUARTER", "day": 0 }, "from": "2025-01-01",
        } }]);
        let bad = change(&example, false, bad).await;
        let error = &bad["userErrors"][0];
        assert_eq!(error["code"], json!("INPUT_INVALID"));
        assert_eq!(
            error["path"],
            json!(["input", "commands", "0", "setProgressRule", "rhythm"])
        );
    })
    .await;
}

#[tokio::test]
async fn what_parties_have_to_do_and_how_it_moved_is_told_period_by_period() {
    on_both(async |database| {
        let example = Example::empty(database).await;
        let (parties, _) = office(&example).await;
        let merged = json!([
            { "createParty": { "name": "天津市数据和统计局", "kind": "DEPARTMENT" } },
            { "reorganize": {
                "kind": "MERGE", "effectiveOn": "2024-07-01", "from": parties, "to": ["#0"], "text": "津编〔2024〕1号",
            } },
        ]);
        let merged = change(&example, false, merged).await;
        assert_eq!(merged["userErrors"], json!([]));
        let asked = "{ register(validOn: \"2024-06-29\") {
            plan(code: \"p\") {
                dutyFlow(by: HALF_YEAR, periods: 2) { period { name from to } begun ended handedOver inherited }
                workload(first: 1) { totalCount nodes { party { name } workload { duties missingReports } } }
            }
            party(name: \"天津市数据局\") {
                workloadByPeriod(by: QUARTER, periods: 2) { period { name } workload { duties byRole { role count } } }
                dutyFlow(by: YEAR, periods: 1) { handedOverTo { to { name } duties } inheritedFrom { duties } }
                timeline(by: QUARTER, from: \"2024-08-15\", periods: 1) { count deadlines { nodes { lastDay } } }
            }
        } }";
        let answer = example.data(asked, Value::Null).await;
        let answer = &answer["register"];
        assert_eq!(answer["plan"]["dutyFlow"], json!([
            {
                "period": { "name": "2024-H1", "from": "2024-01-01", "to": "2024-07-01" },
                "begun": 2, "ended": 0, "handedOver": 0, "inherited": 0,
            },
            {
                "period": { "name": "2024-H2", "from": "2024-07-01", "to": "2025-01-01" },
                "begun": 2, "ended": 2, "handedOver": 2, "inherited": 2,
            },
        ]));
        assert_eq!(answer["plan"]["workload"], json!({
            "totalCount": 2,
            "nodes": [{ "party": { "name": "天津市数据局" }, "workload": { "duties": 1, "missingReports": 0 } }],
        }));
        assert_eq!(answer["party"][0], json!({
            "workloadByPeriod": [
                { "period": { "name": "2024-Q2" }, "workload": { "duties": 1, "byRole": [{ "role": "LEAD", "count": 1 }] } },
                { "period": { "name": "2024-Q3" }, "workload": { "duties": 0, "byRole": [] } },
            ],
            "dutyFlow": [{
                "handedOverTo": [{ "to": { "name": "天津市数据和统计局" }, "duties": 1 }], "inheritedFrom": [],
            }],
            "timeline": [{ "count": 1, "deadlines": { "nodes": [{ "lastDay": "2024-07-31" }] } }],
        }));
        let published = &operations()["missing-reports"];
        let missing = example.data(published, json!({ "on": "2024-06-29" })).await;
        assert_eq!(missing["register"]["progressTerms"]["periodDue"], json!("2024-06"));
    })
    .await;
}
