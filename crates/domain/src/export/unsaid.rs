//! What the interchange form cannot say: each kind of loss with its words, counted instead of dropped silently.

use std::fmt;

macro_rules! unsaid {
    ($($what:ident = $words:literal,)*) => {
        /// Something that a register holds and the interchange form cannot say.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        #[expect(missing_docs, reason = "the words of each say what it is")]
        pub enum Unsaid { $($what,)* }

        impl Unsaid {
            /// All of them, in the order in which they are told.
            pub const ALL: &'static [Self] = &[$(Self::$what),*];

            /// What it is and what becomes of it.
            pub const fn words(self) -> &'static str {
                match self { $(Self::$what => $words,)* }
            }
        }
    };
}

unsaid! {
    Documents = "documents: left out, with their numbers, days and texts",
    Places = "places that are not what a government's row says by itself: left out, or less is said of them",
    PartyPlaces = "parties of a place that are not its government: the place is left out",
    PartyValidities = "parties that do not exist for ever: from when to when is left out",
    PartyNames = "names beside the one that each party is called by, or with a time or kind of their own: left out",
    Nameless = "parties without a name: called by their ids",
    PlanDocuments = "plans that a document sets out: which one is left out",
    SharedCodes = "plans with the code of an earlier one: their ids are put behind it",
    Reorganizations = "reorganizations: left out, with what they moved",
    Standings = "how far tasks had come by which day: only how far they have come on the day is there",
    Reports = "progress reports: left out",
    Cases = "cases of supervision: left out",
    Rules = "rules for lights and reports: left out",
    Sections = "sections: left out, and tasks are listed without them",
    Clauses = "clauses, with the words that state who is responsible: left out",
    TaskCitations = "tasks whose body is a passage of a document: the words are there, where they stand is left out",
    Bases = "assignments on another basis than being recorded, or that name a party as a document does: the basis and the words are left out",
    References = "assignments that refer to a collective or to nobody in particular, where the party's kind does not say so: left out",
    TargetFigures = "targets of tasks with figures, a firmness, a date, a place in a document or a time of their own: only the words are there",
    ManyTargets = "tasks with several targets: their words are put together",
    OtherTargets = "targets of plans and sections, or of another time than the rest of their task's: left out",
    DeadlineWords = "deadlines of tasks with words, a source or a time of their own, or that were met: only the date is there",
    OtherDeadlines = "deadlines without a date, of plans and sections, or beside the one that a task is given: left out",
    BlankTitles = "plans and tasks with an empty title, or plans with an empty code: the id stands in its place",
    Never = "plans, tasks and assignments that hold on no day: left out, with all that belongs to them",
}

/// How often each loss was met.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnsaidCounts([u64; Unsaid::ALL.len()]);

impl UnsaidCounts {
    /// Counts one.
    pub(super) fn note(&mut self, what: Unsaid) {
        self.add(what, 1);
    }

    /// Counts one where something is so.
    pub(super) fn note_if(&mut self, is_so: bool, what: Unsaid) {
        if is_so {
            self.note(what);
        }
    }

    pub(super) fn add(&mut self, what: Unsaid, count: usize) {
        self.0[what as usize] += count as u64;
    }

    /// Each loss that was met at all, with how often.
    pub fn iter(&self) -> impl Iterator<Item = (Unsaid, u64)> {
        let counts = Unsaid::ALL.iter().copied().zip(self.0);
        counts.filter(|(_, count)| *count > 0)
    }
}

impl fmt::Display for Unsaid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words())
    }
}
