//! Why a correction is not taken.

use super::FactKey;
use crate::{id::PartyId, text::Span};

/// Why a correction is not taken. Nothing is corrected then.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CorrectionRefused {
    /// No fact of the draft has this key, or it is of another kind.
    #[error("the draft has no {expected} with the key {key}: take keys from the draft itself")]
    NoSuchFact {
        /// The key.
        key: FactKey,
        /// What it should name.
        expected: &'static str,
    },
    /// The span covers nothing, goes beyond the text or cuts a character.
    #[error("a span is empty or does not fit the document's text")]
    SpanOutside {
        /// The span, in bytes.
        span: Span,
    },
    /// The words at the span are others.
    #[error("the document says {found:?} there, not {quote:?}")]
    QuoteDiffers {
        /// What was said to stand there.
        quote: String,
        /// What stands there.
        found: String,
    },
    /// A name stands outside of the clause that is to name it.
    #[error("a party's name has to stand within its clause")]
    NotInClause {
        /// The name's span, in bytes.
        span: Span,
    },
    /// Names that follow one another overlap, or are in another order than the text.
    #[error("the names have to follow one another within the party that is split")]
    NotInOrder,
    /// Too few of something.
    #[error("it takes at least {least} {what}")]
    TooFew {
        /// How many it takes.
        least: usize,
        /// Of what.
        what: &'static str,
    },
    /// Parties of several clauses or roles.
    #[error("only parties of one clause in one role can be joined")]
    NotAlike,
    /// Words are needed and there are none.
    #[error("{field} must not be empty")]
    Empty {
        /// Of what.
        field: &'static str,
    },
    /// Another heading has this path.
    #[error("there is a heading at {} already: give the task another label", path.concat())]
    PathTaken {
        /// The labels.
        path: Vec<String>,
    },
    /// A figure's least is more than its most.
    #[error("the least is more than the most")]
    BoundsCrossed,
    /// A name is said to mean itself, directly or through others.
    #[error("{name:?} would mean itself")]
    Circular {
        /// The name.
        name: String,
    },
    /// The draft nowhere writes this name.
    #[error("the draft nowhere names {name:?}")]
    NotNamed {
        /// The name.
        name: String,
    },
    /// The register has no such party.
    #[error("the register knows no party {party}")]
    NoSuchParty {
        /// Its id.
        party: PartyId,
    },
}
