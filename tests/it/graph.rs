//! The graph over a register with the example plan in it: what clients ask and get.

mod answers;
mod importing;
mod operations;
mod time;
mod without_sql;

use crate::support::{
    database::{CODE, TestDatabase},
    env::TestEnv,
};
use api::{
    Served,
    env::Env,
    import::{NewDocument, Signature, import_directory, import_document},
    limits::Limits,
};
use domain::{
    change::{Actor, Authentication},
    time::Instant,
};
use serde_json::Value;
use std::sync::Arc;
use store::Store;
use uuid::Uuid;

pub(crate) const PLAN: &str = include_str!("../../examples/tianjin-smart-city-plan.txt");
const DIRECTORY: &[u8] = include_bytes!("../../examples/tianjin-parties.csv");
/// What the example plan is called by in these tests.
pub(crate) const PLAN_CODE: &str = "smart-city";

impl Env for TestEnv {
    fn now(&self) -> Instant {
        Self::now(self)
    }

    fn new_id(&self) -> Uuid {
        self.uuid()
    }
}

/// A register with the example's directory and plan, and the schema over it.
pub(crate) struct Example {
    pub(crate) env: TestEnv,
    pub(crate) served: Served,
    pub(crate) schema: api::Schema,
    pub(crate) database: TestDatabase,
}

pub(crate) fn actor() -> Actor {
    Actor {
        subject: "local:tester".to_owned(),
        authentication: Authentication::Local,
    }
}

impl Example {
    /// An empty register.
    pub(crate) async fn empty(database: TestDatabase) -> Self {
        let env = TestEnv::new();
        let store = database.store(&env).await;
        Self::over(env, store, database)
    }

    fn over(env: TestEnv, store: Store, database: TestDatabase) -> Self {
        let served = Served {
            stores: vec![store],
            env: Arc::new(env.clone()),
            document_limit: 1 << 20,
        };
        let schema = api::schema(served.clone(), &Limits::default());
        Self {
            env,
            served,
            schema,
            database,
        }
    }

    /// The directory as changeset 1, the plan as changeset 2.
    pub(crate) async fn new(database: TestDatabase) -> Self {
        let example = Self::empty(database).await;
        let directory = ingest::directory_csv::read(DIRECTORY).unwrap();
        let store = example.store();
        import_directory(
            &example.served,
            store,
            directory,
            Signature::of(actor()),
            false,
        )
        .await
        .unwrap();
        let document = NewDocument {
            bytes: PLAN.into(),
            address: Some("examples/tianjin-smart-city-plan.txt".to_owned()),
            code: Some(PLAN_CODE.to_owned()),
            valid_from: None,
        };
        import_document(
            &example.served,
            store,
            document,
            Signature::of(actor()),
            false,
        )
        .await
        .unwrap();
        example
    }

    pub(crate) fn store(&self) -> &Store {
        &self.served.stores[0]
    }

    /// The whole answer.
    pub(crate) async fn answer(&self, document: &str, variables: Value) -> Value {
        let request = async_graphql::Request::new(document)
            .variables(async_graphql::Variables::from_json(variables))
            .data(actor());
        serde_json::to_value(self.schema.execute(request).await).unwrap()
    }

    /// The data of an answer without errors.
    pub(crate) async fn data(&self, document: &str, variables: Value) -> Value {
        let mut answer = self.answer(document, variables).await;
        assert_eq!(answer.get("errors"), None, "{document}");
        answer["data"].take()
    }

    /// The message of the only error.
    pub(crate) async fn error(&self, document: &str) -> String {
        let answer = self.answer(document, Value::Null).await;
        let errors = answer["errors"]
            .as_array()
            .unwrap_or_else(|| panic!("no error: {answer}"));
        assert_eq!(errors.len(), 1, "{answer}");
        errors[0]["message"].as_str().unwrap().to_owned()
    }

    /// Loads the same database again, as another process would.
    pub(crate) async fn reopened(self) -> Self {
        let Self {
            env,
            served,
            database,
            ..
        } = self;
        let database_of = served.stores[0].database().clone();
        drop(served);
        database_of.close().await;
        let store = database
            .connect(&env)
            .await
            .store(CODE, None)
            .await
            .unwrap();
        Self::over(env, store, database)
    }
}
