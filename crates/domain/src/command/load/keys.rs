//! Many keys in little memory, each under a number.

use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;
use std::{borrow::Cow, fmt, hash::BuildHasher as _};

/// Keys of another system, numbered from 0 in the order in which they were first heard of.
///
/// Most systems number their rows. Such a key takes 8 bytes here; any other one also as much as its characters do.
/// (The hash table over both takes 5 to 10 bytes more.)
#[derive(Clone, Default)]
pub struct Keys {
    /// By number.
    packed: Vec<Packed>,
    by_key: HashTable<u32>,
    /// The keys that are no numbers.
    words: Vec<Box<str>>,
}

/// A whole number as it is usually written, or [`Packed::WORD`] and which of the words it is.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Packed(u64);

impl Packed {
    const WORD: u64 = 1 << 63;

    /// The key as a number, if writing that number gives the key again.
    fn number(key: &str) -> Option<Self> {
        let number = match key.as_bytes() {
            b"0" => 0,
            [b'1'..=b'9', rest @ ..] if rest.iter().all(u8::is_ascii_digit) => key.parse().ok()?,
            _ => return None,
        };
        (number < Self::WORD).then_some(Self(number))
    }

    fn word(self) -> Option<usize> {
        (self.0 & Self::WORD != 0).then_some((self.0 & !Self::WORD) as usize)
    }

    fn spell(self, words: &[Box<str>]) -> Cow<'_, str> {
        match self.word() {
            Some(word) => Cow::Borrowed(&words[word]),
            None => Cow::Owned(self.0.to_string()),
        }
    }

    fn hash(self, words: &[Box<str>]) -> u64 {
        match self.word() {
            Some(word) => FxBuildHasher.hash_one(&*words[word]),
            None => FxBuildHasher.hash_one(self.0),
        }
    }
}

impl Keys {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.packed.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.packed.is_empty()
    }

    /// The number of a key, which is a new one if the key was not heard of before.
    pub fn number(&mut self, key: &str) -> u32 {
        if let Some(known) = self.find(key) {
            return known;
        }
        let number = u32::try_from(self.packed.len()).expect("no file has as many lines");
        let key = Packed::number(key).unwrap_or_else(|| {
            self.words.push(key.into());
            Packed(Packed::WORD | (self.words.len() - 1) as u64)
        });
        self.packed.push(key);
        let (packed, words) = (&self.packed, &self.words);
        self.by_key
            .insert_unique(key.hash(words), number, |&number| {
                packed[number as usize].hash(words)
            });
        number
    }

    /// The number of a key that was heard of before.
    pub fn find(&self, key: &str) -> Option<u32> {
        let (packed, words) = (&self.packed, &self.words);
        let found = match Packed::number(key) {
            Some(key) => self
                .by_key
                .find(key.hash(words), |&number| packed[number as usize] == key),
            None => self.by_key.find(FxBuildHasher.hash_one(key), |&number| {
                let word = packed[number as usize].word();
                word.is_some_and(|word| &*words[word] == key)
            }),
        };
        found.copied()
    }

    /// The key with this number.
    pub fn key(&self, number: u32) -> Cow<'_, str> {
        self.packed[number as usize].spell(&self.words)
    }

    /// All keys, in the order of their numbers.
    pub fn iter(&self) -> impl Iterator<Item = Cow<'_, str>> {
        self.packed.iter().map(|key| key.spell(&self.words))
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn keys_that_only_look_like_the_same_number_are_different() {
        let mut keys = Keys::default();
        let alike = ["7", "07", "+7", " 7", "7.0", "0", "00", "-0", ""];
        for key in alike {
            keys.number(key);
        }
        assert_eq!(keys.iter().collect::<Vec<_>>(), alike);
        let largest = [
            u64::MAX.to_string(),
            (1_u64 << 63).to_string(),
            (u64::MAX / 2).to_string(),
        ];
        for key in &largest {
            let number = keys.number(key);
            assert_eq!(keys.key(number), *key);
        }
    }

    proptest! {
        #[test]
        fn every_key_has_one_number_and_is_found_by_it(
            given in prop::collection::vec(prop_oneof!["[0-9]{1,3}", "[a-c甲乙]{0,3}"], 0..200),
        ) {
            let mut keys = Keys::default();
            let mut order: Vec<&str> = vec![];
            for key in &given {
                let number = keys.number(key) as usize;
                if number == order.len() {
                    order.push(key);
                }
                prop_assert_eq!(order[number], key);
            }
            prop_assert_eq!(keys.len(), order.len());
            for (number, key) in (0..).zip(&order) {
                prop_assert_eq!(keys.find(key), Some(number));
                prop_assert_eq!(keys.key(number), *key);
            }
            prop_assert_eq!(keys.find("nowhere"), None);
        }
    }
}
