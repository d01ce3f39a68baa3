//! A register at `(validOn, knownAt)`: the one way to read it.
//!
//! Every answer is a pure function of a [`View`]. Methods are named after what they read, in one file a concept.
//! *Things* (plans, sections, tasks, parties, places, documents) resolve from the seq that recorded them on, even when
//! they are over, so nothing dangles; *facts* (assignments, names, targets, deadlines) show while they hold.

mod assignment;
mod by_plan;
mod changes;
mod collective;
mod deadline;
mod directory;
mod document;
mod party;
mod place;
mod plan;
mod progress;
mod progress_rule;
mod reorganization;
mod standing;
mod statement;
mod supervision;
mod task;

pub use assignment::AssignmentFilter;
pub(crate) use by_plan::ByPlan;
pub use deadline::{DeadlineFilter, Falling};
pub use document::DocumentFilter;
pub use party::{PartyFilter, PartyOrder};
pub use place::PlaceFilter;
pub use plan::PlanFilter;
pub use progress::ReportFilter;
pub use reorganization::ReorganizationFilter;
pub use supervision::CaseFilter;
pub use task::{TaskFilter, TaskOrder};

use crate::{
    change::Fact,
    fold::fold,
    image::{Image, Quote, QuoteRef},
    register::{Ref, Register, TextRef},
    time::{Day, Instant, Seq, Validity},
};
use std::sync::Arc;

/// A register as it was known at one seq, asked about one day. Cheap to clone; it never changes.
#[derive(Clone, Debug)]
pub struct View {
    register: Arc<Register>,
    seq: Seq,
    valid_on: Day,
}

/// Whether a list holds only what is valid on the view's day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Valid {
    /// What is valid on the view's day.
    #[default]
    OnDay,
    /// Everything that the register knows, over or not begun as it may be.
    Any,
}

/// One version of a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version<F> {
    /// The seq from which on the register knew it so.
    pub since: Seq,
    /// The seq from which on it knew otherwise.
    pub until: Option<Seq>,
    /// What it knew; nothing where the fact was withdrawn.
    pub fact: Option<F>,
}

impl View {
    /// The register as known at `seq`, asked about `valid_on`. A seq past the head answers from the head.
    pub fn new(register: Arc<Register>, seq: Seq, valid_on: Day) -> Self {
        let seq = seq.min(register.seq());
        Self {
            register,
            seq,
            valid_on,
        }
    }

    /// The register as its one writer sees it: what was put as `seq` shows though it is not published yet.
    pub fn unpublished(register: Arc<Register>, seq: Seq, valid_on: Day) -> Self {
        Self {
            register,
            seq,
            valid_on,
        }
    }

    /// The register that is viewed.
    pub fn register(&self) -> &Arc<Register> {
        &self.register
    }

    /// The known-time clock: the last changeset that shows.
    pub fn seq(&self) -> Seq {
        self.seq
    }

    /// When that changeset was recorded; nothing for the empty register.
    pub fn known_at(&self) -> Option<Instant> {
        self.register.recorded_at(self.seq)
    }

    /// The valid-time clock: the day that is asked about.
    pub fn valid_on(&self) -> Day {
        self.valid_on
    }

    /// The words of a text.
    #[inline]
    pub fn text(&self, text: TextRef) -> &str {
        self.register.text(text)
    }

    /// A citation with its words.
    pub fn quote(&self, quote: QuoteRef) -> &Quote {
        self.register.quote(quote)
    }

    /// The thing with this id, if this view knows it.
    pub fn find<I: Image>(&self, id: <I::Fact as Fact>::Id) -> Option<Ref<I>> {
        let thing = self.register.find::<I>(id)?;
        self.get(thing).map(|_| thing)
    }

    /// The id of a thing.
    #[inline]
    pub fn id<I: Image>(&self, thing: Ref<I>) -> <I::Fact as Fact>::Id {
        self.register.id_of(thing)
    }

    /// A thing that something in this view refers to: as this view knows it, or else as it last was.
    #[inline]
    pub fn thing<I: Image>(&self, thing: Ref<I>) -> I {
        I::table(&self.register.graph).resolve(thing, self.seq)
    }

    /// A fact as this view knows it; nothing if it was recorded later or withdrawn.
    #[inline]
    pub fn get<I: Image>(&self, fact: Ref<I>) -> Option<I> {
        I::table(&self.register.graph).at(fact, self.seq)
    }

    /// The whole fact, as a command needs it for what was before.
    pub fn fact<I: Image>(&self, fact: Ref<I>) -> Option<I::Fact> {
        self.get(fact).map(|image| image.unpack(&self.register))
    }

    /// The version of a fact: the seq since which this view knows it as it is.
    pub fn version<I: Image>(&self, fact: Ref<I>) -> Seq {
        let mut versions = I::table(&self.register.graph).versions(fact);
        let known = versions.find(|version| version.since <= self.seq);
        known.map_or(Seq::EMPTY, |version| version.since)
    }

    /// The versions of a fact up to this view's seq, newest first.
    pub fn history<I: Image>(&self, fact: Ref<I>) -> Vec<Version<I::Fact>> {
        let mut until = None;
        let known = I::table(&self.register.graph)
            .versions(fact)
            .filter(|version| version.since <= self.seq);
        known
            .map(|version| Version {
                since: version.since,
                until: until.replace(version.since),
                fact: version
                    .held
                    .as_ref()
                    .map(|image| image.unpack(&self.register)),
            })
            .collect()
    }

    /// Every thing of a kind that this view knows, in the order of recording.
    pub(crate) fn known<I: Image>(&self) -> impl DoubleEndedIterator<Item = (Ref<I>, I)> {
        let table = I::table(&self.register.graph);
        table
            .refs()
            .filter_map(|thing| Some((thing, table.at(thing, self.seq)?)))
    }

    /// Whether something with this validity is listed.
    fn lists(&self, validity: Validity, valid: Valid) -> bool {
        valid == Valid::Any || validity.contains(self.valid_on)
    }
}

impl View {
    /// Whether what happened on a day is listed: on the view's day it has.
    fn has_come(&self, day: Day, valid: Valid) -> bool {
        valid == Valid::Any || day <= self.valid_on
    }
}

/// Words to be found in a text, however either is written.
#[derive(Clone, Debug)]
pub struct Words(String);

impl Words {
    /// Words to look for: scripts, widths and letter case make no difference.
    pub fn new(words: &str) -> Self {
        Self(fold(words.trim()))
    }

    fn are_in(&self, text: &str) -> bool {
        self.0.is_empty() || fold(text).contains(&self.0)
    }
}
