//! Lists of words that are looked for where a text begins or ends, or inside of it: by their first or last character, since
//! the lists are long and every place of a text is asked.

use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// A list of words.
pub(crate) struct Words {
    /// Separated by white space.
    list: &'static str,
    by_first: OnceLock<ByCharacter>,
    by_last: OnceLock<ByCharacter>,
}

/// Words by one of their characters, the longest first.
struct ByCharacter {
    characters: Characters,
    words: FxHashMap<char, Vec<&'static str>>,
}

/// Which characters there may be, told by their last bits: most places of a text are passed by with one look.
#[derive(Default)]
pub(crate) struct Characters([u64; 16]);

impl Characters {
    fn bit(c: char) -> (usize, u64) {
        let bit = c as usize % 1024;
        (bit / 64, 1 << (bit % 64))
    }

    pub(crate) fn insert(&mut self, c: char) {
        let (at, bit) = Self::bit(c);
        self.0[at] |= bit;
    }

    pub(crate) fn may_hold(&self, c: char) -> bool {
        let (at, bit) = Self::bit(c);
        self.0[at] & bit != 0
    }
}

impl FromIterator<char> for Characters {
    fn from_iter<I: IntoIterator<Item = char>>(characters: I) -> Self {
        let mut all = Self::default();
        for c in characters {
            all.insert(c);
        }
        all
    }
}

impl Words {
    /// The words of a list that white space separates.
    pub(crate) const fn of(list: &'static str) -> Self {
        Self {
            list,
            by_first: OnceLock::new(),
            by_last: OnceLock::new(),
        }
    }

    /// All of them.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.list.split_ascii_whitespace()
    }

    /// The longest that `text` begins with.
    pub(crate) fn start(&self, text: &str) -> Option<&'static str> {
        let words = self.by_first().of(text.chars().next()?)?;
        words.iter().copied().find(|word| text.starts_with(word))
    }

    fn by_first(&self) -> &ByCharacter {
        self.by_first
            .get_or_init(|| ByCharacter::new(self.iter(), |word| word.chars().next()))
    }

    /// The longest that `text` ends with.
    pub(crate) fn end(&self, text: &str) -> Option<&'static str> {
        let by_last = self
            .by_last
            .get_or_init(|| ByCharacter::new(self.iter(), |word| word.chars().next_back()));
        let words = by_last.of(text.chars().next_back()?)?;
        words.iter().copied().find(|word| text.ends_with(word))
    }

    /// Whether one of them stands somewhere in `text`.
    pub(crate) fn inside(&self, text: &str) -> bool {
        self.places(text).next().is_some()
    }

    /// Where they stand in `text`, and which; of those that begin at one place the longest.
    pub(crate) fn places<'t>(
        &self,
        text: &'t str,
    ) -> impl Iterator<Item = (usize, &'static str)> + use<'_, 't> {
        let by_first = self.by_first();
        text.char_indices().filter_map(|(at, c)| {
            let mut words = by_first.of(c)?.iter().copied();
            Some((at, words.find(|word| text[at..].starts_with(word))?))
        })
    }

    /// Where each of them stands for the first time in `text`, in the order of the text, and which it is.
    pub(crate) fn first_places<'t>(
        &self,
        text: &'t str,
    ) -> impl Iterator<Item = (usize, &'static str)> + use<'_, 't> {
        let mut seen = vec![];
        self.places(text).filter(move |(_, word)| {
            let first = !seen.contains(word);
            if first {
                seen.push(*word);
            }
            first
        })
    }

    /// Whether this is one of them.
    pub(crate) fn has(&self, word: &str) -> bool {
        self.iter().any(|own| own == word)
    }
}

impl ByCharacter {
    fn new(
        words: impl Iterator<Item = &'static str>,
        character: impl Fn(&str) -> Option<char>,
    ) -> Self {
        let mut by: FxHashMap<char, Vec<&'static str>> = FxHashMap::default();
        for word in words {
            if let Some(c) = character(word) {
                by.entry(c).or_default().push(word);
            }
        }
        for same in by.values_mut() {
            same.sort_unstable_by_key(|word| std::cmp::Reverse(word.len()));
        }
        Self {
            characters: by.keys().copied().collect(),
            words: by,
        }
    }

    fn of(&self, c: char) -> Option<&[&'static str]> {
        let may = self.characters.may_hold(c);
        may.then(|| self.words.get(&c)).flatten().map(Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_word_is_found_at_either_end() {
        let words = Words::of("负责 负责人 责任人 落实");
        assert_eq!(words.start("负责人甲"), Some("负责人"));
        assert_eq!(words.start("负责落实"), Some("负责"));
        assert_eq!(words.end("由甲负责落实"), Some("落实"));
        assert_eq!(words.end("负责人"), Some("负责人"));
        assert_eq!(words.start("甲负责"), None);
        assert_eq!(words.end("负"), None);
        assert_eq!(words.start(""), None);
        let places: Vec<_> = words.places("由负责人落实").collect();
        assert_eq!(places, [(3, "负责人"), (12, "落实")]);
        let places: Vec<_> = words.first_places("落实负责落实").collect();
        assert_eq!(places, [(0, "落实"), (6, "负责")]);
        assert!(words.has("责任人") && !words.has("责任"));
        assert!(
            words.inside("由甲负责。")
                && words.inside("落实")
                && !words.inside("责任不落")
                && !words.inside("")
        );
    }
}
