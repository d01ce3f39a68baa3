//! Choices out of one random number.

/// A number used up digit by digit. Zero, which every number ends in, always chooses the first and simplest: so a
/// smaller number is a simpler test case, and shrinking works.
#[derive(Clone, Debug)]
pub(crate) struct Dice {
    digits: u128,
    /// Where more digits come from, if they are not to end.
    seed: Option<u64>,
}

impl Dice {
    pub(crate) fn new(digits: u128) -> Self {
        Self { digits, seed: None }
    }

    /// As many choices as are asked for.
    pub(crate) fn endless(seed: u64) -> Self {
        Self {
            digits: 0,
            seed: Some(seed),
        }
    }

    /// A number below `sides`.
    pub(crate) fn below(&mut self, sides: usize) -> usize {
        if let (0, Some(seed)) = (self.digits, &mut self.seed) {
            // SplitMix64 (Steele, Lea and Flood, 2014).
            *seed = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
            let mixed = (*seed ^ (*seed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            self.digits = u128::from(mixed ^ (mixed >> 31));
        }
        let sides = sides as u128;
        let rolled = self.digits % sides;
        self.digits /= sides;
        rolled as usize
    }

    /// True once in `times`.
    pub(crate) fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == times - 1
    }

    /// One of `from`, unless there is none.
    pub(crate) fn pick<T: Clone>(&mut self, from: &[T]) -> Option<T> {
        let at = (!from.is_empty()).then(|| self.below(from.len()))?;
        Some(from[at].clone())
    }

    /// One of some.
    pub(crate) fn one_of<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    /// One of `from`, or as likely none.
    pub(crate) fn maybe<T: Clone>(&mut self, from: &[T]) -> Option<T> {
        self.once_in(2).then(|| self.pick(from)).flatten()
    }

    /// None of `from`, which is most likely, or one, or two.
    pub(crate) fn few<T: Clone>(&mut self, from: &[T]) -> Vec<T> {
        let size = [0, 0, 0, 1, 2][self.below(5)];
        (0..size).filter_map(|_| self.pick(from)).collect()
    }
}
