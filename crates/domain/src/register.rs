//! The register as a value: the graph with all versions of every fact, in memory.
//!
//! Readers share a [`Register`] and never wait: what they walk only grows, and what was put after their seq they do
//! not see. One [`Writer`] puts facts and publishes the next seq last. [`crate::view::View`] is how a register is
//! read. To add a concept: its fact, its compact form in [`crate::image`], and its table below.

mod arena;
mod edges;
mod handle;
mod inapplicable;
mod index;
mod packer;
mod table;
mod texts;
mod writer;

pub use handle::Ref;
pub use inapplicable::Inapplicable;
pub use packer::Packer;
pub use table::Table;
pub use texts::{Text, TextRef};
pub use writer::{Texts, Writer};

use edges::{BySubject, Edges};
use index::TextIndex;

use crate::{
    change::Fact,
    id::RegisterId,
    image::{
        Assignment, Clause, Deadline, Document, Image, Party, PartyName, Place, Plan, Quote,
        Section, Target, Task,
    },
    text::Citation,
    time::{Instant, Seq},
};
use arena::Arena;
use std::sync::atomic::{AtomicU32, Ordering};

/// One register's whole history in memory, for any number of readers beside one writer.
#[derive(Debug)]
pub struct Register {
    id: RegisterId,
    /// The head: published after everything that belongs to it.
    seq: AtomicU32,
    recorded: Arena<Instant>,
    texts: texts::Texts,
    quotes: Arena<Quote>,
    pub(crate) graph: Graph,
}

/// What every part of the graph can do.
pub(crate) trait Part {
    /// The same part with its tail folded into its base.
    fn compact(self) -> Self;
    /// Bytes of memory it takes.
    fn bytes(&self) -> usize;
    /// Versions of facts in it.
    fn version_count(&self) -> usize {
        0
    }
}

macro_rules! graph {
    ($($(#[$doc:meta])* $part:ident: $kind:ty,)*) => {
        /// The tables of facts, the relations between them and the indexes over them.
        #[derive(Debug, Default)]
        pub struct Graph { $($(#[$doc])* pub(crate) $part: $kind,)* }

        impl Part for Graph {
            fn compact(self) -> Self {
                Self { $($part: self.$part.compact(),)* }
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
    plans: Table<Plan>,
    sections: Table<Section>,
    tasks: Table<Task>,
    clauses: Table<Clause>,
    assignments: Table<Assignment>,
    targets: Table<Target>,
    deadlines: Table<Deadline>,

    document_plans: Edges<Document, Plan>,
    place_children: Edges<Place, Place>,
    place_parties: Edges<Place, Party>,
    party_children: Edges<Party, Party>,
    names_of: Edges<Party, PartyName>,
    plan_sections: Edges<Plan, Section>,
    plan_tasks: Edges<Plan, Task>,
    task_assignments: Edges<Task, Assignment>,
    party_assignments: Edges<Party, Assignment>,
    clauses_of: BySubject<Clause>,
    targets_of: BySubject<Target>,
    deadlines_of: BySubject<Deadline>,

    /// By the folded name.
    by_name: TextIndex<PartyName>,
    by_plan_code: TextIndex<Plan>,
    by_place_code: TextIndex<Place>,
}

/// How large a register is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Facts, counting all their versions.
    pub versions: usize,
    /// Assignments ever recorded.
    pub assignments: usize,
    /// Bytes of memory for facts, ids, relations and indexes.
    pub fact_bytes: usize,
    /// Bytes of memory for titles, names and quotes.
    pub text_bytes: usize,
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
        self.recorded.get(seq.0.checked_sub(1)?).copied()
    }

    /// The last changeset recorded at or before `instant`.
    pub fn seq_at(&self, instant: Instant) -> Seq {
        let (mut low, mut high) = (0, self.seq().0);
        while low < high {
            let middle = low.midpoint(high);
            if *self.recorded.at(middle) <= instant {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        Seq(low)
    }

    /// The words of a text.
    pub fn text(&self, text: TextRef) -> &str {
        self.texts.get(text)
    }

    pub(crate) fn string(&self, text: TextRef) -> String {
        self.text(text).to_owned()
    }

    pub(crate) fn optional_string(&self, text: Option<TextRef>) -> Option<String> {
        text.map(|text| self.string(text))
    }

    /// The id of a thing.
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
        self.quotes.at(quote.index())
    }

    /// How large it is. It walks the late texts: for start-up and metrics, not for requests.
    pub fn size(&self) -> Size {
        Size {
            versions: self.graph.version_count(),
            assignments: self.graph.assignments.refs().len(),
            fact_bytes: self.graph.bytes() + self.recorded.bytes() + self.quotes.bytes(),
            text_bytes: self.texts.bytes(),
        }
    }
}
