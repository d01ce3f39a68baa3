//! Why a change cannot be put into a register.

use crate::{
    text::{Sha256, Span},
    time::Seq,
};
use uuid::Uuid;

/// A change that does not fit the register it is applied to: it comes from elsewhere or was altered.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Inapplicable {
    /// It refers to something that the register does not hold.
    #[error("{entity} {id} refers to {refers_to} {missing}, which the register does not hold")]
    Dangling {
        /// The kind of fact that refers.
        entity: &'static str,
        /// Its id.
        id: Uuid,
        /// The kind of thing it refers to.
        refers_to: &'static str,
        /// The id it refers to.
        missing: Uuid,
    },
    /// It quotes a text that is not kept.
    #[error("{entity} {id} quotes the text {digest}, which is not kept")]
    TextMissing {
        /// The kind of fact that quotes.
        entity: &'static str,
        /// Its id.
        id: Uuid,
        /// The digest of the text.
        digest: Sha256,
    },
    /// Its span does not fit the text.
    #[error("{entity} {id} quotes bytes {} to {} of the text {digest}, which do not fit it", span.start, span.end)]
    SpanOutside {
        /// The kind of fact that quotes.
        entity: &'static str,
        /// Its id.
        id: Uuid,
        /// The digest of the text.
        digest: Sha256,
        /// What it quotes.
        span: Span,
    },
    /// What it is about is another than before.
    #[error("{entity} {id} would be about something else: withdraw it and record another instead")]
    Moved {
        /// The kind of fact.
        entity: &'static str,
        /// Its id.
        id: Uuid,
    },
    /// It withdraws something that the register does not hold.
    #[error("{entity} {id} is withdrawn but was never recorded")]
    Unknown {
        /// The kind of fact.
        entity: &'static str,
        /// Its id.
        id: Uuid,
    },
    /// The things that one changeset records do not come in the order of their ids.
    #[error("{entity} {id} comes after one with a greater id in the same changeset")]
    OutOfOrder {
        /// The kind of fact.
        entity: &'static str,
        /// Its id.
        id: Uuid,
    },
    /// A changeset that does not follow the head.
    #[error("changeset {seq} does not follow the head {head}")]
    NotNext {
        /// Its seq.
        seq: Seq,
        /// The head.
        head: Seq,
    },
}
