//! The graph over a register with the example plan in it: what clients ask and get.

mod answers;
mod auditing;
mod changing;
mod drafts;
mod gaps;
mod importing;
mod operations;
mod progress;
mod reorganizing;
mod time;
mod without_sql;
mod writer;

use crate::support::{
    database::{CODE, TestDatabase},
    edge::{loopback, services},
    env::TestEnv,
};
use api::{
    Served,
    document::Documents,
    env::Env,
    http::{Config, router},
    import::{NewDocument, Signature, import_directory, import_document},
};
use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    http::Request,
};
use domain::{
    change::{Actor, Authentication},
    time::Instant,
};
use serde_json::Value;
use std::sync::Arc;
use store::Store;
use tower::ServiceExt as _;
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

/// Asks a service in process; the body of its answer.
pub(crate) async fn ask(app: &Router, document: &str, variables: Value) -> Bytes {
    let body = serde_json::json!({ "query": document, "variables": variables });
    let request = Request::post("/graphql")
        .header("Host", "localhost")
        .header("Content-Type", "application/json")
        .header("Accept", "application/json")
        .body(Body::from(body.to_string()))
        .unwrap();
    let response = app.clone().oneshot(request).await.unwrap();
    to_bytes(response.into_body(), usize::MAX).await.unwrap()
}

/// A register with the example's directory and plan, and the service over it.
pub(crate) struct Example {
    pub(crate) env: TestEnv,
    pub(crate) served: Served,
    app: Router,
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
        let mut config = loopback();
        // So that a document as large as documents may be fits into a request.
        config.bodies.json = 8 << 20;
        let app = api::router(served.clone(), config, services());
        Self {
            env,
            served,
            app,
            database,
        }
    }

    /// The directory as changeset 1, the plan as changeset 2.
    pub(crate) async fn new(database: TestDatabase) -> Self {
        let example = Self::empty(database).await;
        let store = example.store();
        import_directory(
            &example.served,
            store,
            Bytes::from_static(DIRECTORY),
            Signature::of(actor()),
            false,
        )
        .await
        .unwrap();
        let document = NewDocument {
            bytes: PLAN.into(),
            address: Some("examples/tianjin-smart-city-plan.txt".to_owned()),
            code: Some(PLAN_CODE.to_owned()),
            ..NewDocument::default()
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

    /// The whole service.
    pub(crate) fn app(&self, config: Config) -> Router {
        api::router(self.served.clone(), config, services())
    }

    /// The service with the engine answering all of it, field by field.
    pub(crate) fn plain_app(&self, config: Config) -> Router {
        let schema = api::schema(self.served.clone(), &config.limits);
        let documents = Documents::new(&schema.sdl(), &config);
        router(schema, documents, config, services())
    }

    pub(crate) fn store(&self) -> &Store {
        &self.served.stores[0]
    }

    /// The whole answer.
    pub(crate) async fn answer(&self, document: &str, variables: Value) -> Value {
        let body = ask(&self.app, document, variables).await;
        serde_json::from_slice(&body).unwrap()
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
