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

/// The longest words first.
type ByCharacter = FxHashMap<char, Vec<&'static str>>;

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
        let by_first = self
            .by_first
            .get_or_init(|| by(self.iter(), |word| word.chars().next()));
        let mut words = by_first.get(&text.chars().next()?)?.iter().copied();
        words.find(|word| text.starts_with(word))
    }

    /// The longest that `text` ends with.
    pub(crate) fn end(&self, text: &str) -> Option<&'static str> {
        let by_last = self
            .by_last
            .get_or_init(|| by(self.iter(), |word| word.chars().next_back()));
        let mut words = by_last.get(&text.chars().next_back()?)?.iter().copied();
        words.find(|word| text.ends_with(word))
    }

    /// Whether one of them stands somewhere in `text`.
    pub(crate) fn inside(&self, text: &str) -> bool {
        let mut places = text.char_indices();
        places.any(|(at, _)| self.start(&text[at..]).is_some())
    }

    /// Whether this is one of them.
    pub(crate) fn has(&self, word: &str) -> bool {
        self.iter().any(|own| own == word)
    }
}

fn by(
    words: impl Iterator<Item = &'static str>,
    character: impl Fn(&str) -> Option<char>,
) -> ByCharacter {
    let mut by: ByCharacter = FxHashMap::default();
    for word in words {
        if let Some(c) = character(word) {
            by.entry(c).or_default().push(word);
        }
    }
    for same in by.values_mut() {
        same.sort_unstable_by_key(|word| std::cmp::Reverse(word.len()));
    }
    by
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
        assert!(words.has("责任人") && !words.has("责任"));
        assert!(
            words.inside("由甲负责。")
                && words.inside("落实")
                && !words.inside("责任不落")
                && !words.inside("")
        );
    }
}
