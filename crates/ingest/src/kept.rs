//! Answers that are kept, since the same few words are asked about again and again.

use rustc_hash::FxHashMap;
use std::cell::RefCell;

/// What was answered for words; each thread has its own.
pub(crate) struct Kept<T>(RefCell<FxHashMap<Box<str>, T>>);

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self(RefCell::default())
    }
}

impl<T: Copy> Kept<T> {
    /// So many answers are kept at a time.
    const MOST: usize = 1024;
    /// Longer words, in bytes, are no names and no headings, and hardly asked about twice.
    const LONGEST: usize = 96;

    /// The answer for these words, which `answer` finds the first time.
    pub(crate) fn of(&self, words: &str, answer: impl FnOnce(&str) -> T) -> T {
        if words.len() > Self::LONGEST {
            return answer(words);
        }
        if let Some(&kept) = self.0.borrow().get(words) {
            return kept;
        }
        let found = answer(words);
        let mut kept = self.0.borrow_mut();
        if kept.len() >= Self::MOST {
            kept.clear();
        }
        kept.insert(words.into(), found);
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_answered_for_once_unless_they_are_long() {
        let kept = Kept::default();
        assert_eq!(kept.of("甲局", str::len), 6);
        assert_eq!(kept.of("甲局", |_| unreachable!("it is kept")), 6);
        let long = "甲".repeat(40);
        assert_eq!(kept.of(&long, |_| 1), 1);
        assert_eq!(kept.of(&long, |_| 2), 2);
    }

    #[test]
    fn no_more_are_kept_than_may_be() {
        let kept = Kept::default();
        for number in 0..3 * Kept::<usize>::MOST {
            assert_eq!(kept.of(&number.to_string(), |_| number), number);
        }
        assert!(kept.0.borrow().len() <= Kept::<usize>::MOST);
    }
}
