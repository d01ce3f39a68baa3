//! A schema with one field for everything that the HTTP edge must cope with.

use crate::{
    error::{Code, Fault},
    http::{RequestId, Upload},
};
use async_graphql::{
    Context, EmptySubscription, InputValueError, InputValueResult, Object, Result, Scalar,
    ScalarType, Schema, Value,
};
use domain::change::Actor;
use std::{
    io,
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

pub(super) type TestSchema = Schema<Query, Mutation, EmptySubscription>;

pub(super) fn build() -> TestSchema {
    Schema::new(Query, Mutation::default(), EmptySubscription)
}

pub(super) struct Query;

#[Object]
impl Query {
    async fn hello(&self) -> &str {
        "你好"
    }

    async fn item(&self) -> Query {
        Query
    }

    async fn actor(&self, ctx: &Context<'_>) -> String {
        let actor = ctx.data_unchecked::<Actor>();
        format!("{} by {:?}", actor.subject, actor.authentication)
    }

    async fn request_id(&self, ctx: &Context<'_>) -> String {
        ctx.data_unchecked::<RequestId>().to_string()
    }

    /// Fails for a reason that is nobody's business.
    async fn broken(&self) -> Option<Result<&str>> {
        Some(Err(io::Error::other("no such table: secret").into()))
    }

    /// Refuses, with a code.
    async fn refusing(&self) -> Option<Result<&str>> {
        Some(Err(Fault::new(
            Code::BadUserInput,
            "the cursor is not one of ours",
        )
        .into()))
    }

    async fn panicking(&self, #[graphql(default = true)] really: bool) -> bool {
        assert!(!really, "a mistake in a resolver");
        really
    }

    async fn endless(&self) -> &str {
        std::future::pending().await
    }

    async fn even(&self, number: Even) -> i64 {
        number.0
    }
}

struct Even(i64);

#[Scalar]
impl ScalarType for Even {
    fn parse(value: Value) -> InputValueResult<Self> {
        match value {
            Value::Number(number) => match number.as_i64() {
                Some(even) if even % 2 == 0 => Ok(Self(even)),
                _ => Err(InputValueError::custom("the number is odd")),
            },
            other => Err(InputValueError::expected_type(other)),
        }
    }

    fn to_value(&self) -> Value {
        self.0.into()
    }
}

#[derive(Default)]
pub(super) struct Mutation {
    pub(super) slow_writes: AtomicUsize,
}

#[Object]
impl Mutation {
    async fn write(&self) -> bool {
        true
    }

    /// Is done only after a while, and counts then.
    async fn slow_write(&self) -> usize {
        tokio::time::sleep(Duration::from_mins(1)).await;
        self.slow_writes.fetch_add(1, Ordering::Relaxed)
    }

    async fn read(&self, file: Upload) -> String {
        let text = String::from_utf8_lossy(&file.content);
        format!("{}: {text}", file.name)
    }

    async fn read_all(&self, files: Vec<Upload>) -> usize {
        files.len()
    }
}
