//! The register's short texts (titles, names, quotes), each kept once.

use super::{Part, handle::Ref};
use hashbrown::HashTable;
use std::hash::BuildHasher as _;

/// Marks a [`Ref`] as one to a text.
#[derive(Debug)]
pub enum Text {}

/// Where a text is kept.
pub type TextRef = Ref<Text>;

/// Texts by handle: one blob with the ends of its texts, and a tail of what came later.
#[derive(Debug, Default)]
pub(crate) struct Texts {
    blob: String,
    ends: Vec<u32>,
    tail: boxcar::Vec<Box<str>>,
}

impl Texts {
    pub(crate) fn get(&self, text: TextRef) -> &str {
        let index = text.index() as usize;
        match self.ends.get(index) {
            Some(&end) => {
                let start = if index == 0 { 0 } else { self.ends[index - 1] };
                &self.blob[start as usize..end as usize]
            }
            None => &self.tail[index - self.ends.len()],
        }
    }

    fn push(&self, text: &str) -> TextRef {
        Ref::new((self.ends.len() + self.tail.push(text.into())) as u32)
    }
}

impl Part for Texts {
    /// The blob grows as far as its offsets reach; what does not fit stays in the tail.
    fn compact(mut self) -> Self {
        let bytes: usize = self.tail.iter().map(|(_, text)| text.len()).sum();
        if u32::try_from(self.blob.len() + bytes).is_err() {
            return self;
        }
        self.blob.reserve_exact(bytes);
        self.ends.reserve_exact(self.tail.count());
        for text in std::mem::take(&mut self.tail) {
            self.blob.push_str(&text);
            self.ends.push(self.blob.len() as u32);
        }
        self
    }

    fn bytes(&self) -> usize {
        let tail: usize = self
            .tail
            .iter()
            .map(|(_, text)| text.len() + size_of::<Box<str>>())
            .sum();
        self.blob.capacity() + self.ends.capacity() * size_of::<u32>() + tail
    }
}

/// The writer's memory of which texts are kept already.
#[derive(Debug, Default)]
pub(crate) struct Interner {
    known: HashTable<TextRef>,
}

impl Interner {
    /// The handle of `text`, kept from now on if it was not before.
    pub(crate) fn intern(&mut self, texts: &Texts, text: &str) -> TextRef {
        let hasher = rustc_hash::FxBuildHasher;
        let hash = hasher.hash_one(text);
        *self
            .known
            .entry(
                hash,
                |&known| texts.get(known) == text,
                |&known| hasher.hash_one(texts.get(known)),
            )
            .or_insert_with(|| texts.push(text))
            .get()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_kept_once_and_stays_where_it_is() {
        let (texts, mut interner) = (Texts::default(), Interner::default());
        let words = ["市科技局", "", "市财政局", "市科技局"];
        let refs: Vec<_> = words
            .iter()
            .map(|word| interner.intern(&texts, word))
            .collect();
        assert_eq!(refs[0], refs[3]);
        let texts = texts.compact();
        let later = interner.intern(&texts, "市教委");
        assert_eq!(interner.intern(&texts, "市财政局"), refs[2]);
        for (text, word) in refs.iter().zip(words) {
            assert_eq!(texts.get(*text), word);
        }
        assert_eq!(texts.get(later), "市教委");
    }
}
