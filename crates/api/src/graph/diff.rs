//! What is otherwise in one view than in another.

use super::{
    assignment::Assignment,
    define::{Defaulted, graph_types, graph_values},
    id::Pin,
    node::Node,
    party::PartyName,
    progress::ProgressReport,
    query::known_seq_of,
    register::{AsOf, as_of},
    reorganization::Reorganization,
    scalar::{Date, DateTime, SeqNumber},
    scope::{Scope, all},
    standing::Standing,
    supervision::SupervisionCase,
    target::{Deadline, Target},
    task::Task,
    vocabulary::DiffKind,
};
use async_graphql::InputObject;
use domain::{
    diff::{self, Diff, DiffScope, Entry},
    image::{self, ReorganizationRef},
    page::MAX_SIZE,
    register::Ref,
    view::View,
};
use std::sync::Arc;

/// A view to compare with. What is not given is as in the register that is asked.
#[derive(Clone, Debug, Default, InputObject)]
pub(crate) struct MomentInput {
    /// The day that is asked about.
    valid_on: Option<Date>,
    /// As it was known at this instant. Excludes `knownSeq`.
    known_at: Option<DateTime>,
    /// As it was known with this changeset as the last. Excludes `knownAt`.
    known_seq: Option<SeqNumber>,
}

impl MomentInput {
    fn scope(self, scope: &Arc<Scope>) -> async_graphql::Result<Arc<Scope>> {
        let Self {
            valid_on,
            known_at,
            known_seq,
        } = self;
        let (at, seq) = (known_at.map(|at| at.0), known_seq.map(|seq| seq.0));
        let seq = known_seq_of(&scope.store, at, seq)?.unwrap_or(scope.view.seq());
        let valid_on = valid_on.map_or(scope.view.valid_on(), |date| date.0);
        Ok(Arc::new(Scope {
            view: View::new(Arc::clone(scope.view.register()), seq, valid_on),
            store: scope.store.clone(),
            pin: Pin {
                valid_on: Some(valid_on),
                seq: Some(seq),
            },
            budget: Arc::clone(&scope.budget),
        }))
    }
}

/// What is compared, and with what.
#[derive(Clone, Debug)]
pub(crate) struct Compared {
    before: Arc<Scope>,
    diff: Arc<Diff>,
}

/// A fact of one of the kinds that are compared.
#[derive(Clone, Copy, Debug)]
enum Fact {
    Assignment(Ref<image::Assignment>),
    Name(Ref<image::PartyName>),
    Task(Ref<image::Task>),
    Target(Ref<image::Target>),
    Deadline(Ref<image::Deadline>),
    Standing(Ref<image::Standing>),
    Report(Ref<image::ProgressReport>),
    Case(Ref<image::SupervisionCase>),
    Reorganization(ReorganizationRef),
}

impl Fact {
    fn node(self, scope: &Arc<Scope>) -> Node {
        match self {
            Self::Assignment(fact) => Assignment::new(scope, fact).into(),
            Self::Name(fact) => PartyName::new(scope, fact).into(),
            Self::Task(fact) => Task::new(scope, fact).into(),
            Self::Target(fact) => Target::new(scope, fact).into(),
            Self::Deadline(fact) => Deadline::new(scope, fact).into(),
            Self::Standing(fact) => Standing::new(scope, fact).into(),
            Self::Report(fact) => ProgressReport::new(scope, fact).into(),
            Self::Case(fact) => SupervisionCase::new(scope, fact).into(),
            Self::Reorganization(fact) => Reorganization::new(scope, fact).into(),
        }
    }
}

/// An entry, whatever it is of.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    before: Arc<Scope>,
    kind: DiffKind,
    was: Option<Fact>,
    now: Option<Fact>,
    causes: Vec<ReorganizationRef>,
}

impl Compared {
    /// The entries of these kinds, or all, in the order of the lists.
    fn lines<'a>(
        &'a self,
        view: &'a View,
        kinds: Option<&'a [DiffKind]>,
    ) -> impl Iterator<Item = Line> + 'a {
        let Diff {
            assignments,
            names,
            tasks,
            targets,
            deadlines,
            standings,
            reports,
            cases,
            reorganizations,
        } = &*self.diff;
        let is_asked = move |kind: DiffKind| kinds.is_none_or(|kinds| kinds.contains(&kind));
        self.of(view, tasks, Fact::Task)
            .chain(self.of(view, assignments, Fact::Assignment))
            .chain(self.of(view, deadlines, Fact::Deadline))
            .chain(self.of(view, targets, Fact::Target))
            .chain(self.of(view, standings, Fact::Standing))
            .chain(self.of(view, reports, Fact::Report))
            .chain(self.of(view, cases, Fact::Case))
            .chain(self.of(view, names, Fact::Name))
            .chain(self.of(view, reorganizations, Fact::Reorganization))
            .filter(move |line| is_asked(line.kind))
    }

    fn of<'a, I: image::Image>(
        &'a self,
        view: &'a View,
        entries: &'a [Entry<I>],
        fact: fn(Ref<I>) -> Fact,
    ) -> impl Iterator<Item = Line> + 'a {
        entries.iter().map(move |entry| {
            let (kind, was, now, causes) = match entry {
                Entry::Added(it) => (DiffKind::Added, None, Some(*it), vec![]),
                Entry::Ended(it) => (DiffKind::Ended, Some(*it), None, vec![]),
                Entry::Transferred { from, to, by } => {
                    (DiffKind::Transferred, Some(*from), Some(*to), by.clone())
                }
                Entry::Advanced(it) => (DiffKind::Advanced, Some(*it), Some(*it), vec![]),
                Entry::Corrected(it) => {
                    let known = |view: &View| view.get(*it).map(|_| *it);
                    (
                        DiffKind::Corrected,
                        known(&self.before.view),
                        known(view),
                        vec![],
                    )
                }
            };
            Line {
                before: Arc::clone(&self.before),
                kind,
                was: was.map(fact),
                now: now.map(fact),
                causes,
            }
        })
    }
}

graph_types! {
    /// What is otherwise in this view of the register than in another: of two days, of two states of knowledge, or both.
    type RegisterDiff(view, compared: Compared) {
        /// The view that it is compared with.
        from -> AsOf = as_of(&compared.before.view);
        /// This view.
        to -> AsOf = as_of(&view.view);
        /// How many entries there are of each kind.
        counts -> DiffCounts = {
            let count = |kind| compared.lines(view, Some(&[kind])).count();
            DiffCounts {
                added: count(DiffKind::Added),
                ended: count(DiffKind::Ended),
                transferred: count(DiffKind::Transferred),
                advanced: count(DiffKind::Advanced),
                corrected: count(DiffKind::Corrected),
            }
        };
        /// What is otherwise: tasks, then assignments, deadlines, targets, statuses of tasks, progress reports, cases of
        /// supervision, names of parties and reorganizations, each in the order of recording.
        entries(
            #[graphql(desc = "Only those of these kinds.")]
            kinds: Option<Vec<DiffKind>>,
            #[graphql(desc = "How many to skip.", default)]
            offset: Defaulted<usize>,
            #[graphql(desc = "How many to show; 100 if no number is given, at most 1000.")]
            first: Option<usize>,
        ) -> Vec<DiffEntry> = {
            let lines = compared.lines(view, kinds.as_deref()).skip(offset.0);
            all(view, lines.take(first.unwrap_or(100).min(MAX_SIZE as usize)))
        };
    }

    /// One thing that is otherwise.
    type DiffEntry(view, line: Line) {
        /// How it is otherwise.
        kind -> DiffKind = line.kind;
        /// As it was in the view `from`: its id carries that view. Null for what was added.
        was -> Option<Node> = line.was.map(|fact| fact.node(&line.before));
        /// As it is in the view `to`. Null for what ended, and for what should never have been recorded.
        now -> Option<Node> = line.now.map(|fact| fact.node(view));
        /// The reorganizations that moved a duty, the first one first.
        causes -> Vec<Reorganization> = all(view, line.causes.iter().copied());
    }
}

graph_values! {
    /// How many entries there are of each kind.
    value DiffCounts {
        /// What began or has been recorded since.
        added: usize,
        /// What ended.
        ended: usize,
        /// Duties that passed from one body to another.
        transferred: usize,
        /// What went on in between: cases of supervision that took steps.
        advanced: usize,
        /// What is known otherwise for the same time.
        corrected: usize,
    }
}

/// Compares this view with another.
pub(crate) fn compare(
    scope: &Arc<Scope>,
    from: MomentInput,
    part: DiffScope,
) -> async_graphql::Result<RegisterDiff> {
    let before = from.scope(scope)?;
    let diff = Arc::new(diff::diff(&before.view, &scope.view, part));
    Ok(RegisterDiff::new(scope, Compared { before, diff }))
}
