//! `/graphql`, after the GraphQL-over-HTTP specification.

use super::{
    Edge, explorer, negotiation::ResponseType, receive::receive, request_id::RequestId,
    response::Answer,
};
use crate::{
    document::Operation,
    error::{Code, Fault},
    graph::Moment,
    limits::Budget,
};
use async_graphql::{Executor, parser::types::OperationType};
use axum::{
    Extension,
    extract::{Request, State},
    http::Method,
    response::Response,
};
use futures_util::FutureExt as _;
use std::{any::Any, panic, panic::AssertUnwindSafe, sync::Arc};
use tokio::{task::JoinError, time::timeout};
use tracing::Instrument as _;

/// Answers one request: with the explorer to a browser that opens the address, else with GraphQL.
pub(super) async fn handle<E: Executor>(
    State(edge): State<Arc<Edge<E>>>,
    Extension(id): Extension<RequestId>,
    request: Request,
) -> Response {
    if edge.config.explorer && explorer::is_asked_for(&request) {
        return explorer::page();
    }
    let Some(media_type) = ResponseType::negotiate(request.headers()) else {
        let fault = Fault::new(
            Code::NotAcceptable,
            "accept application/graphql-response+json or application/json",
        );
        return Answer::refused(vec![fault], &id).into_json();
    };
    edge.answer_safely(request, &id).await.into_http(media_type)
}

impl<E: Executor> Edge<E> {
    /// Answers within the time limit, even if a resolver panics.
    async fn answer_safely(&self, request: Request, id: &RequestId) -> Answer {
        let limit = self.config.time_limit;
        // What outlives a request is changed by whole transactions, so a panic leaves nothing half changed.
        let answer = AssertUnwindSafe(self.answer(request, id)).catch_unwind();
        let answer = match timeout(limit, answer).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(panic)) => Err(Fault::internal(panic_message(&*panic))),
            Err(_) => Err(Fault::new(
                Code::Timeout,
                format!(
                    "there was no answer within {limit:?}; ask for less at once. \
                     A write that had begun is finished all the same"
                ),
            )),
        };
        answer.unwrap_or_else(|fault| Answer::refused(vec![fault], id))
    }

    async fn answer(&self, request: Request, id: &RequestId) -> Result<Answer, Fault> {
        let Self {
            config, services, ..
        } = self;
        let actor = config
            .access
            .actor(request.headers(), &*services.tokens)
            .await?;
        let method = request.method().clone();
        let parameters = receive(request, &config.bodies).await?;
        let operation = match self
            .documents
            .operation(parameters, |kind| check_kind(kind, &method))
        {
            Ok(operation) => operation,
            Err(faults) => return Ok(Answer::refused(faults, id)),
        };
        let budget = Arc::new(Budget::new(&config.limits));
        Ok(match operation {
            Operation::Question(question) => {
                Answer::written(question.answer(&actor, &budget).await, id)
            }
            Operation::Request(request, kind) => {
                let request = request
                    .data(actor)
                    .data(id.clone())
                    .data(Moment::default())
                    .data(budget);
                Answer::from_engine(self.execute(request, kind).await?, id)
            }
        })
    }

    /// Executes: a query is abandoned when nobody waits for it any more; a write runs on a task of its own, so that once
    /// begun it is finished.
    async fn execute(
        &self,
        request: async_graphql::Request,
        kind: OperationType,
    ) -> Result<async_graphql::Response, Fault> {
        if kind == OperationType::Query {
            return Ok(self.schema.execute(request).await);
        }
        let schema = self.schema.clone();
        let work = async move { schema.execute(request).await };
        let task = tokio::spawn(work.in_current_span());
        task.await.map_err(|failure: JoinError| {
            if failure.is_panic() {
                // Caught again, with those of the edge itself, in `answer_safely`.
                panic::resume_unwind(failure.into_panic());
            }
            Fault::new(Code::Unavailable, "the server is shutting down; try again")
        })
    }
}

/// Refuses what this transport does not carry.
fn check_kind(kind: OperationType, method: &Method) -> Result<(), Fault> {
    match kind {
        OperationType::Query => Ok(()),
        OperationType::Mutation if method == Method::POST => Ok(()),
        OperationType::Mutation => Err(Fault::new(
            Code::MethodNotAllowed,
            "a mutation is sent with POST; GET only reads",
        )),
        OperationType::Subscription => Err(Fault::new(
            Code::OperationNotSupported,
            "a subscription cannot be answered in one response",
        )),
    }
}

fn panic_message(panic: &(dyn Any + Send)) -> String {
    let message = panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    format!(
        "panicked: {}",
        message.unwrap_or("for a reason that is no text")
    )
}
