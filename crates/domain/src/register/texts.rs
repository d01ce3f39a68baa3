//! The register's short texts (titles, names, quotes), each kept once.

use super::{Part, Tail, handle::Ref, interner::Interner};
use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

/// Marks a [`Ref`] as one to a text.
#[derive(Debug)]
pub enum Text {}

/// Where a text is kept.
pub type TextRef = Ref<Text>;

/// Texts by handle: one blob with the ends of its texts, and a tail of what came later.
#[derive(Debug, Default)]
pub(crate) struct Texts {
    base: Arc<Blob>,
    tail: boxcar::Vec<Box<str>>,
    /// Bytes of texts that are names or titles.
    name_bytes: AtomicUsize,
}

#[derive(Debug, Default)]
struct Blob {
    texts: String,
    ends: Vec<u32>,
}

impl Texts {
    #[inline]
    pub(crate) fn get(&self, text: TextRef) -> &str {
        let index = text.index() as usize;
        let Blob { texts, ends } = &*self.base;
        match ends.get(index) {
            Some(&end) => {
                let start = if index == 0 { 0 } else { ends[index - 1] };
                &texts[start as usize..end as usize]
            }
            None => &self.tail[index - ends.len()],
        }
    }

    /// Bytes of memory that names and titles take.
    pub(crate) fn name_bytes(&self) -> usize {
        self.name_bytes.load(Ordering::Relaxed)
    }

    /// The handle of `text`, kept from now on if it was not before.
    pub(crate) fn intern(&self, known: &mut Interner<Text>, text: &str) -> TextRef {
        let key_of = |known| self.get(known);
        known.find(&text, key_of).unwrap_or_else(|| {
            let new = Ref::new((self.base.ends.len() + self.tail.push(text.into())) as u32);
            known.insert(new, key_of);
            new
        })
    }

    /// The same for a name or title, which [`super::Size`] counts apart.
    pub(crate) fn intern_name(&self, known: &mut Interner<Text>, name: &str) -> TextRef {
        let before = self.len();
        let text = self.intern(known, name);
        if self.len() > before {
            let bytes = name.len() + size_of::<u32>();
            self.name_bytes.fetch_add(bytes, Ordering::Relaxed);
        }
        text
    }

    fn len(&self) -> u32 {
        (self.base.ends.len() + self.tail.count()) as u32
    }
}

impl Part for Texts {
    /// How many texts there are.
    type Mark = u32;

    fn mark(&self) -> u32 {
        self.len()
    }

    /// The blob grows as far as its offsets reach; what does not fit stays behind it and is never due.
    fn tail(&self) -> Tail {
        let next = self.tail.get(0).map_or(0, |next| next.len());
        let fits = u32::try_from(self.base.texts.len() + next).is_ok();
        Tail {
            base: self.base.ends.len() as u32,
            entries: if fits { self.tail.count() as u32 } else { 0 },
            longest: 0,
        }
    }

    fn compacted(&self, mark: u32) -> Self {
        let texts = || (0..mark).map(|index| self.get(Ref::new(index)));
        let fits = |end: &mut usize, text: &str| {
            *end += text.len();
            u32::try_from(*end).ok()
        };
        let mut ends = Vec::with_capacity(mark as usize);
        ends.extend(texts().scan(0, fits));
        let mut blob = String::with_capacity(ends.last().map_or(0, |&end| end as usize));
        texts()
            .take(ends.len())
            .for_each(|text| blob.push_str(text));
        let new = Self {
            base: Arc::new(Blob { texts: blob, ends }),
            ..Self::default()
        };
        new.catch_up(self, new.len());
        new
    }

    fn catch_up(&self, old: &Self, _: u32) {
        (self.len()..old.len()).for_each(|index| {
            self.tail.push(old.get(Ref::new(index)).into());
        });
        self.name_bytes.store(old.name_bytes(), Ordering::Relaxed);
    }

    fn untailed(&self) -> (Self, u32) {
        let untailed = Self {
            base: Arc::clone(&self.base),
            ..Self::default()
        };
        let mark = untailed.len();
        (untailed, mark)
    }

    fn bytes(&self) -> usize {
        let tail: usize = self
            .tail
            .iter()
            .map(|(_, text)| text.len() + size_of::<Box<str>>())
            .sum();
        let Blob { texts, ends } = &*self.base;
        texts.capacity() + ends.capacity() * size_of::<u32>() + tail
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
            .map(|word| texts.intern(&mut interner, word))
            .collect();
        assert_eq!(refs[0], refs[3]);
        let texts = texts.compacted(texts.mark());
        let later = texts.intern(&mut interner, "市教委");
        assert_eq!(texts.intern(&mut interner, "市财政局"), refs[2]);
        for (text, word) in refs.iter().zip(words) {
            assert_eq!(texts.get(*text), word);
        }
        assert_eq!(texts.get(later), "市教委");
    }
}
