//! What is measured, and how right, wrong and missed facts are counted.

use std::ops::AddAssign;

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Measure {
    /// A clause with exactly its parties.
    Clause,
    /// A task and a party that a clause of it names.
    Pair,
    /// A task, a party and its role.
    Role,
    /// What document-wide rules add and raise.
    Convention,
    Deadline,
    Target,
    /// Named leaders.
    Person,
    /// Whether a list goes on.
    Open,
    /// Whether a party is a body, a set, or left open.
    Reference,
    FullName,
    /// Responsibility in prose; only what is missed counts.
    Mention,
    /// What a person should be told; only what is missed counts.
    Problem,
}

impl Measure {
    pub(crate) const ALL: [Self; 12] = [
        Self::Clause,
        Self::Pair,
        Self::Role,
        Self::Convention,
        Self::Deadline,
        Self::Target,
        Self::Person,
        Self::Open,
        Self::Reference,
        Self::FullName,
        Self::Mention,
        Self::Problem,
    ];
}

/// How many facts were right, how many were read that are none, and how many were missed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) right: u32,
    pub(crate) wrong: u32,
    pub(crate) missed: u32,
}

impl Count {
    pub(crate) fn of(right: bool) -> Self {
        Self {
            right: right.into(),
            wrong: (!right).into(),
            missed: (!right).into(),
        }
    }

    /// Whether there was nothing to read and nothing was.
    pub(crate) fn is_empty(self) -> bool {
        self == Self::default()
    }

    pub(crate) fn precision(self) -> f64 {
        share(self.right, self.wrong)
    }

    pub(crate) fn recall(self) -> f64 {
        share(self.right, self.missed)
    }

    pub(crate) fn f1(self) -> f64 {
        let twice = 2.0 * f64::from(self.right);
        let all = twice + f64::from(self.wrong) + f64::from(self.missed);
        if all > 0.0 { twice / all } else { 1.0 }
    }
}

fn share(part: u32, rest: u32) -> f64 {
    match part + rest {
        0 => 1.0,
        all => f64::from(part) / f64::from(all),
    }
}

impl AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        self.right += other.right;
        self.wrong += other.wrong;
        self.missed += other.missed;
    }
}
