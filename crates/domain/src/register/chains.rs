//! What was added to many things since a base was made: a chain for each, newest entry first.

use std::sync::{
    OnceLock,
    atomic::{AtomicU32, Ordering},
};

const NONE: u32 = u32::MAX;

/// Entries of type `T`, each of one thing. One writer adds to the chains while readers walk them.
#[derive(Debug)]
pub(crate) struct Chains<T> {
    heads: Heads,
    links: boxcar::Vec<Link<T>>,
    longest: AtomicU32,
}

#[derive(Debug)]
struct Link<T> {
    of: u32,
    earlier: Option<u32>,
    /// How many entries the chain has with this one.
    length: u32,
    entry: T,
}

impl<T> Default for Chains<T> {
    fn default() -> Self {
        Self {
            heads: Heads::default(),
            links: boxcar::Vec::new(),
            longest: AtomicU32::new(0),
        }
    }
}

impl<T> Chains<T> {
    /// Adds an entry of a thing.
    pub(crate) fn push(&self, of: u32, entry: T) {
        let earlier = self.heads.get(of);
        let length = earlier.map_or(0, |earlier| self.links[earlier as usize].length) + 1;
        let link = self.links.push(Link {
            of,
            earlier,
            length,
            entry,
        });
        let link = u32::try_from(link)
            .ok()
            .filter(|&link| link < NONE)
            .expect("tails are folded long before they hold 2^32 - 1 entries");
        self.heads.set(of, link);
        self.longest.fetch_max(length, Ordering::Relaxed);
    }

    /// The entries of a thing, newest first.
    #[inline]
    pub(crate) fn of(&self, thing: u32) -> impl Iterator<Item = &T> {
        self.chain(thing).map(|(_, entry)| entry)
    }

    /// The entries of a thing that were there at `mark`, newest first.
    pub(crate) fn of_until(&self, thing: u32, mark: u32) -> impl Iterator<Item = &T> {
        let chain = self.chain(thing);
        chain
            .skip_while(move |&(link, _)| link >= mark)
            .map(|(_, entry)| entry)
    }

    /// What came behind `mark`, in order, each with what it is of.
    pub(crate) fn behind(&self, mark: u32) -> impl Iterator<Item = (u32, &T)> {
        self.between(mark, self.len())
            .map(|(of, _, entry)| (of, entry))
    }

    /// The entries from one mark up to another, in order, each with what it is of and the one before it of the same.
    pub(crate) fn between(
        &self,
        from: u32,
        to: u32,
    ) -> impl Iterator<Item = (u32, Option<&T>, &T)> {
        (from..to).map(|link| {
            let link = &self.links[link as usize];
            let earlier = link
                .earlier
                .map(|earlier| &self.links[earlier as usize].entry);
            (link.of, earlier, &link.entry)
        })
    }

    /// How many entries there were before the first for which `is_later` holds, as it does for all behind it.
    pub(crate) fn mark_before(&self, is_later: impl Fn(&T) -> bool) -> u32 {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low.midpoint(high);
            if is_later(&self.links[middle as usize].entry) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        low
    }

    /// How many entries there are.
    pub(crate) fn len(&self) -> u32 {
        self.links.count() as u32
    }

    /// The length of the longest chain.
    pub(crate) fn longest(&self) -> u32 {
        self.longest.load(Ordering::Relaxed)
    }

    /// A number greater than every thing that has entries.
    pub(crate) fn end(&self) -> u32 {
        self.heads.end()
    }

    pub(crate) fn bytes(&self) -> usize {
        // Each element of a lock-free list is followed by a flag.
        self.heads.bytes() + self.links.count() * (size_of::<Link<T>>() + size_of::<usize>())
    }

    #[inline]
    fn chain(&self, thing: u32) -> impl Iterator<Item = (u32, &T)> {
        let mut next = self.heads.get(thing);
        std::iter::from_fn(move || {
            let at = next?;
            let link = &self.links[at as usize];
            next = link.earlier;
            Some((at, &link.entry))
        })
    }
}

const PAGE: usize = 128;

/// The newest link of each of many things, of which most have none: pages that are made when they are first written to.
#[derive(Debug, Default)]
struct Heads {
    pages: boxcar::Vec<OnceLock<Box<[AtomicU32; PAGE]>>>,
}

impl Heads {
    #[inline]
    fn get(&self, thing: u32) -> Option<u32> {
        let thing = thing as usize;
        let page = self.pages.get(thing / PAGE)?.get()?;
        let link = page[thing % PAGE].load(Ordering::Acquire);
        (link != NONE).then_some(link)
    }

    fn set(&self, thing: u32, link: u32) {
        let thing = thing as usize;
        while self.pages.count() <= thing / PAGE {
            self.pages.push(OnceLock::new());
        }
        let page = self.pages[thing / PAGE]
            .get_or_init(|| Box::new([const { AtomicU32::new(NONE) }; PAGE]));
        page[thing % PAGE].store(link, Ordering::Release);
    }

    fn end(&self) -> u32 {
        (self.pages.count() * PAGE) as u32
    }

    fn bytes(&self) -> usize {
        let made = self.pages.iter().filter(|(_, page)| page.get().is_some());
        made.count() * size_of::<[AtomicU32; PAGE]>()
            + self.pages.count() * size_of::<OnceLock<Box<[AtomicU32; PAGE]>>>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_chain_runs_from_its_newest_entry_back_and_can_be_walked_as_it_was() {
        let chains = Chains::default();
        chains.push(300, 'a');
        chains.push(2, 'b');
        let mark = chains.len();
        chains.push(300, 'c');
        chains.push(300, 'd');
        assert!(chains.of(300).eq(&['d', 'c', 'a']));
        assert!(chains.of_until(300, mark).eq(&['a']));
        assert!(chains.behind(mark).eq([(300, &'c'), (300, &'d')]));
        assert_eq!(chains.longest(), 3);
        for nothing in [0, 1, 301, 1_000_000] {
            assert_eq!(chains.of(nothing).count(), 0);
        }
        assert!(chains.end() > 300);
    }
}
