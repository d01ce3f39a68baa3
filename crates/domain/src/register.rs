//! The register as a value: the graph with all versions of every fact, in memory.
//!
//! Readers share a [`Register`] and never wait: what they walk only grows, and what was put after their seq they do
//! not see. One [`Writer`] puts facts and publishes the next seq last. [`crate::view::View`] is how a register is
//! read. To add a concept: its fact, its compact form in [`crate::image`], and its table below.

mod arena;
mod chains;
mod compaction;
mod counts;
mod edges;
mod handle;
mod ids;
mod inapplicable;
mod index;
mod interner;
mod packer;
mod rows;
mod runs;
mod settled;
mod table;
mod texts;
mod writer;

pub use compaction::{Compacted, Compaction, Tail};
pub use handle::Ref;
pub use inapplicable::Inapplicable;
pub use packer::Packer;
pub use rows::Rows;
pub(crate) use runs::Runs;
pub use table::Table;
pub use texts::{Text, TextRef};
pub use writer::{Texts, Writer};

use compaction::Part;
use edges::{BySubject, Edges};
use index::TextIndex;

use crate::{
    change::Fact,
    id::RegisterId,
    image::{
        Assignment, Clause, Deadline, DigestRef, Document, Image, Party, PartyName, Place, Plan,
        ProgressReport, ProgressRule, Quote, Reorganization, Section, Standing, SupervisionCase,
        Target, Task,
    },
    sharing::Kept,
    text::{Citation, Sha256},
    time::{Instant, Seq},
};
use arena::Arena;
use std::sync::{
    Arc,
    atomic::{AtomicU32, AtomicUsize, Ordering},
};

/// One register's whole history in memory, for any number of readers beside one writer.
#[derive(Debug)]
pub struct Register {
    id: RegisterId,
    /// The head: published after everything that belongs to it.
    seq: AtomicU32,
    /// Bytes of memory that the writer takes for finding what is kept already.
    writer_bytes: AtomicUsize,
    pub(crate) graph: Graph,
    /// What views counted of it; the values of one register share it.
    pub(crate) kept: Arc<Kept>,
}

macro_rules! graph {
    ($($(#[$doc:meta])* $part:ident: $kind:ty,)*) => {
        /// The tables of facts, the relations between them, the indexes over them, and what they refer to.
        ///
        /// Each part is shared by the values of a register that differ in other parts only.
        #[derive(Clone, Debug, Default)]
        pub struct Graph { $($(#[$doc])* pub(crate) $part: Arc<$kind>,)* }

        impl Graph {
            fn compaction(&self, mut due: impl FnMut(Tail) -> bool) -> Option<Compaction> {
                $(if due(self.$part.tail()) {
                    return Some(Compaction::of(self, |graph| &graph.$part, |graph| &mut graph.$part));
                })*
                None
            }

            fn branch(&self) -> Self {
                Self { $($part: Arc::new(self.$part.branch()),)* }
            }

            fn bytes(&self) -> usize {
                0 $(+ self.$part.bytes())*
            }

            fn version_count(&self) -> usize {
                0 $(+ self.$part.version_count())*
            }
        }
    };
}

graph! {
    documents: Table<Document>,
    places: Table<Place>,
    parties: Table<Party>,
    party_names: Table<PartyName>,
    reorganizations: Table<Reorganization>,
    plans: Table<Plan>,
    sections: Table<Section>,
    tasks: Table<Task>,
    standings: Table<Standing>,
    clauses: Table<Clause>,
    assignments: Table<Assignment>,
    targets: Table<Target>,
    deadlines: Table<Deadline>,
    progress_reports: Table<ProgressReport>,
    supervision_cases: Table<SupervisionCase>,
    progress_rules: Table<ProgressRule>,

    document_plans: Edges<Document, Plan>,
    plan_supersedes: Edges<Plan, Plan>,
    place_children: Edges<Place, Place>,
    place_parties: Edges<Place, Party>,
    party_children: Edges<Party, Party>,
    names_of: Edges<Party, PartyName>,
    reorganizations_from: Edges<Party, Reorganization>,
    reorganizations_to: Edges<Party, Reorganization>,
    plan_sections: Edges<Plan, Section>,
    plan_tasks: Edges<Plan, Task>,
    task_assignments: Edges<Task, Assignment>,
    party_assignments: Edges<Party, Assignment>,
    task_standings: Edges<Task, Standing>,
    task_reports: Edges<Task, ProgressReport>,
    target_reports: Edges<Target, ProgressReport>,
    task_cases: Edges<Task, SupervisionCase>,
    plan_rules: Edges<Plan, ProgressRule>,
    /// The rules that are of no plan: few.
    register_rules: Arena<Ref<ProgressRule>>,
    party_reports: Edges<Party, ProgressReport>,
    party_cases: Edges<Party, SupervisionCase>,
    clauses_of: BySubject<Clause>,
    targets_of: BySubject<Target>,
    deadlines_of: BySubject<Deadline>,

    /// By the folded name.
    by_name: TextIndex<PartyName>,
    by_plan_code: TextIndex<Plan>,
    by_place_code: TextIndex<Place>,

    /// When each changeset was recorded.
    recorded: Arena<Instant>,
    quotes: Arena<Quote>,
    /// Of texts that are kept outside of memory.
    digests: Arena<Sha256>,
    texts: texts::Texts,
}

/// How large a register is: everything that it takes in memory, in three parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Facts, counting all their versions.
    pub versions: usize,
    /// Assignments ever recorded.
    pub assignments: usize,
    /// Bytes of memory for facts, ids, relations and indexes, the writer's among them, and for counts that are kept.
    pub fact_bytes: usize,
    /// Bytes of memory for texts that are neither name nor title: labels, quotes, words of targets and deadlines.
    pub text_bytes: usize,
    /// Bytes of memory for names and titles.
    pub name_bytes: usize,
}

impl Size {
    /// All bytes of memory.
    pub fn bytes(&self) -> usize {
        self.fact_bytes + self.text_bytes + self.name_bytes
    }
}

impl Register {
    /// Which register this is.
    pub fn id(&self) -> RegisterId {
        self.id
    }

    /// The head: the seq of the last changeset that is wholly visible.
    pub fn seq(&self) -> Seq {
        Seq(self.seq.load(Ordering::Acquire))
    }

    /// When the changeset `seq` was recorded; nothing for the empty register and past the head.
    pub fn recorded_at(&self, seq: Seq) -> Option<Instant> {
        if seq > self.seq() {
            return None;
        }
        self.graph.recorded.get(seq.0.checked_sub(1)?).copied()
    }

    /// The last changeset recorded at or before `instant`.
    pub fn seq_at(&self, instant: Instant) -> Seq {
        let (mut low, mut high) = (0, self.seq().0);
        while low < high {
            let middle = low.midpoint(high);
            if *self.graph.recorded.at(middle) <= instant {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        Seq(low)
    }

    /// The words of a text.
    #[inline]
    pub fn text(&self, text: TextRef) -> &str {
        self.graph.texts.get(text)
    }

    pub(crate) fn string(&self, text: TextRef) -> String {
        self.text(text).to_owned()
    }

    pub(crate) fn optional_string(&self, text: Option<TextRef>) -> Option<String> {
        text.map(|text| self.string(text))
    }

    /// The id of a thing.
    #[inline]
    pub fn id_of<I: Image>(&self, thing: Ref<I>) -> <I::Fact as Fact>::Id {
        I::table(&self.graph).id(thing).into()
    }

    /// The handle of the thing with this id, if the register ever held it.
    pub fn find<I: Image>(&self, id: <I::Fact as Fact>::Id) -> Option<Ref<I>> {
        I::table(&self.graph).find(id.into())
    }

    pub(crate) fn citation(&self, quote: Ref<Quote>) -> Citation {
        self.quote(quote).unpack(self)
    }

    /// A citation with its words.
    pub fn quote(&self, quote: Ref<Quote>) -> &Quote {
        self.graph.quotes.at(quote.index())
    }

    /// The digest of a text that is kept outside of memory.
    pub fn digest(&self, digest: DigestRef) -> Sha256 {
        *self.graph.digests.at(digest.index())
    }

    /// How large it is. It walks the late texts: for start-up and metrics, not for requests.
    pub fn size(&self) -> Size {
        let texts = self.graph.texts.bytes();
        let name_bytes = self.graph.texts.name_bytes();
        Size {
            versions: self.graph.version_count(),
            assignments: self.graph.assignments.refs().len(),
            fact_bytes: self.graph.bytes() - texts
                + self.writer_bytes.load(Ordering::Relaxed)
                + self.kept.bytes(),
            text_bytes: texts.saturating_sub(name_bytes),
            name_bytes,
        }
    }
}
