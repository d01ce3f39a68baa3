//! How large an answer may grow, counted while it is made.
//!
//! How long the lists are that take no page size only the register knows, and such lists lead to one another. Neither
//! can a time limit help: what answers from memory never waits, so nothing can interrupt it.

use super::{Limit, Limits};
use crate::error::Fault;
use std::sync::atomic::{AtomicU64, Ordering};

/// Bytes of a long text that count for as much as a field.
const BYTES_OF_TEXT: usize = 64;

/// What one request's answer may still grow by.
#[derive(Debug)]
pub(crate) struct Budget {
    allowed: u64,
    spent: AtomicU64,
}

impl Budget {
    pub(crate) fn new(limits: &Limits) -> Self {
        Self {
            allowed: limits.answer,
            spent: AtomicU64::new(0),
        }
    }

    /// Counts a field, and refuses it if the answer is too large.
    pub(crate) fn field(&self) -> Result<(), Fault> {
        self.spend(1)
    }

    /// Whether so many fields more are allowed, which whoever answers them adds up by itself.
    #[inline]
    pub(crate) fn allows(&self, more: u64) -> bool {
        self.spent.load(Ordering::Relaxed) + more <= self.allowed
    }

    /// Why they are not.
    pub(crate) fn refusal(&self, more: u64) -> Fault {
        self.exceeded(self.spent.load(Ordering::Relaxed) + more)
    }

    /// Counts a long text, and refuses it if the answer is too large.
    pub(crate) fn text(&self, text: &str) -> Result<(), Fault> {
        self.spend(text.len() / BYTES_OF_TEXT)
    }

    /// Counts the items of a list. If they are too many, the first field of the first is refused.
    pub(crate) fn items(&self, count: usize) {
        self.spent.fetch_add(count as u64, Ordering::Relaxed);
    }

    fn spend(&self, count: usize) -> Result<(), Fault> {
        let count = count as u64;
        let spent = self.spent.fetch_add(count, Ordering::Relaxed) + count;
        if spent > self.allowed {
            return Err(self.exceeded(spent));
        }
        Ok(())
    }

    #[cold]
    fn exceeded(&self, spent: u64) -> Fault {
        Limit::Answer.exceeded(format_args!("at least {spent}"), self.allowed)
    }
}

impl Default for Budget {
    fn default() -> Self {
        Self::new(&Limits::default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(answer: u64) -> Budget {
        Budget::new(&Limits {
            answer,
            ..Limits::default()
        })
    }

    #[test]
    fn fields_are_counted_up_to_the_limit() {
        let budget = of(2);
        assert!(budget.field().is_ok() && budget.field().is_ok());
        let refused = budget.field().unwrap_err().to_string();
        assert!(
            refused.starts_with("at least 3 fields and items"),
            "{refused}"
        );
    }

    #[test]
    fn items_and_texts_count_too() {
        let budget = of(10);
        budget.items(9);
        assert!(budget.field().is_ok());
        assert!(budget.text(&"长".repeat(100)).is_err());
    }
}
