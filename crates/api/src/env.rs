//! What comes from outside: the time and new ids.

use domain::time::Instant;
use uuid::Uuid;

/// The system's clock and source of ids, or a test's. It is asked at the edge, once, and its answers are passed on as
/// values.
pub trait Env: Send + Sync + 'static {
    /// The present instant.
    fn now(&self) -> Instant;

    /// A new UUID (version 7).
    fn new_id(&self) -> Uuid;
}
