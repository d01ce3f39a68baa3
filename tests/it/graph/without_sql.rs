//! Reads answer from memory.

use super::{Example, PLAN_CODE};
use crate::support::database::on_both;
use serde_json::{Value, json};

/// With the database closed, whatever runs a statement fails.
#[tokio::test]
async fn a_matrix_a_page_of_tasks_and_a_portfolio_run_no_sql() {
    on_both(async |database| {
        let example = Example::new(database).await;
        example.store().database().clone().close().await;
        for (operation, variables) in [
            (
                include_str!("../../../schema/operations/plan-matrix.graphql"),
                json!({ "code": PLAN_CODE }),
            ),
            (
                include_str!("../../../schema/operations/task-page.graphql"),
                json!({}),
            ),
            (
                include_str!("../../../schema/operations/party-portfolio.graphql"),
                json!({ "name": "市科技局" }),
            ),
            (
                include_str!("../../../schema/operations/first-look.graphql"),
                json!({}),
            ),
        ] {
            example.data(operation, variables).await;
        }
        let changes = example
            .answer("{ register { changes { totalCount } } }", Value::Null)
            .await;
        assert!(
            changes["errors"][0]["message"].is_string(),
            "the log is kept in the database: {changes}"
        );
    })
    .await;
}
