//! What is otherwise in one view than in another.

use super::{
    assignment::Assignment,
    clause::Clause,
    define::{Defaulted, graph_types, graph_values},
    document::Document,
    id::Pin,
    list::{All, all},
    node::Node,
    party::{Party, PartyName},
    place::Place,
    plan::{Plan, Section},
    progress::ProgressReport,
    progress_rule::ProgressRule,
    query::known_seq_of,
    register::{AsOf, as_of},
    reorganization::Reorganization,
    scalar::{Date, DateTime, SeqNumber},
    scope::{Scope, make},
    standing::Standing,
    supervision::SupervisionCase,
    target::{Deadline, Target},
    task::Task,
    vocabulary::DiffKind,
};
use async_graphql::InputObject;
use domain::{
    diff::{self, Diff, DiffScope, Entry, How},
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
            trial: scope.trial.clone(),
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

macro_rules! facts {
    ($($list:ident: $kind:ident,)*) => {
        /// A fact of one of the kinds that are compared.
        #[derive(Clone, Copy, Debug)]
        enum Fact {
            $($kind(Ref<image::$kind>),)*
        }

        impl Fact {
            fn node(self, scope: &Arc<Scope>) -> Node {
                match self {
                    $(Self::$kind(fact) => make::<$kind>(scope, fact).into(),)*
                }
            }
        }

        impl Compared {
            /// The entries of these kinds, or all, in the order of the lists.
            fn lines<'a>(
                &'a self,
                view: &'a View,
                kinds: Option<&'a [DiffKind]>,
            ) -> impl Iterator<Item = Line> + 'a {
                let Diff { $($list,)* } = &*self.diff;
                let is_asked = move |kind: DiffKind| kinds.is_none_or(|kinds| kinds.contains(&kind));
                std::iter::empty()
                    $(.chain(self.of(view, $list, Fact::$kind)))*
                    .filter(move |line| is_asked(line.kind))
            }
        }
    };
}

// In the order in which they are told.
facts! {
    plans: Plan,
    sections: Section,
    tasks: Task,
    clauses: Clause,
    assignments: Assignment,
    deadlines: Deadline,
    targets: Target,
    standings: Standing,
    progress_reports: ProgressReport,
    supervision_cases: SupervisionCase,
    parties: Party,
    party_names: PartyName,
    reorganizations: Reorganization,
    progress_rules: ProgressRule,
    documents: Document,
    places: Place,
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
    fn of<'a, I: image::Image>(
        &'a self,
        view: &'a View,
        entries: &'a [Entry<I>],
        fact: fn(Ref<I>) -> Fact,
    ) -> impl Iterator<Item = Line> + 'a {
        entries.iter().map(move |Entry { how, by }| {
            let (kind, was, now) = match *how {
                How::Added(it) => (DiffKind::Added, None, Some(it)),
                How::Ended(it) => (DiffKind::Ended, Some(it), None),
                How::Superseded { from, by } => (DiffKind::Superseded, Some(from), Some(by)),
                How::Transferred { from, to } => (DiffKind::Transferred, Some(from), Some(to)),
                How::Advanced(it) => (DiffKind::Advanced, Some(it), Some(it)),
                How::Corrected(it) => {
                    let known = |view: &View| view.get(it).map(|_| it);
                    (DiffKind::Corrected, known(&self.before.view), known(view))
                }
            };
            Line {
                before: Arc::clone(&self.before),
                kind,
                was: was.map(fact),
                now: now.map(fact),
                causes: by.clone(),
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
                superseded: count(DiffKind::Superseded),
                transferred: count(DiffKind::Transferred),
                advanced: count(DiffKind::Advanced),
                corrected: count(DiffKind::Corrected),
            }
        };
        /// What is otherwise: plans, then sections, tasks, clauses, assignments, deadlines, targets, statuses of tasks,
        /// progress reports, cases of supervision, parties, their names, reorganizations, rules for lights and reports,
        /// documents and places, each in the order of recording.
        entries(
            #[graphql(desc = "Only those of these kinds.")]
            kinds: Option<Vec<DiffKind>>,
            #[graphql(desc = "How many to skip.", default)]
            offset: Defaulted<usize>,
            #[graphql(desc = "How many to show; 100 if no number is given, at most 1000.")]
            first: Option<usize>,
        ) -> All<DiffEntry> = {
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
        /// As it is in the view `to`; of what was superseded, the plan that took its place. Null for what ended, and for
        /// what should never have been recorded.
        now -> Option<Node> = line.now.map(|fact| fact.node(view));
        /// The reorganizations by which it is so, the first one first: that moved or ended a duty, set up or ended a body, or
        /// changed what it is called.
        causes -> All<Reorganization> = all(view, line.causes.iter().copied());
    }
}

graph_values! {
    /// How many entries there are of each kind.
    value DiffCounts {
        /// What began or has been recorded since.
        added: usize,
        /// What ended.
        ended: usize,
        /// Plans that ended because others took their places.
        superseded: usize,
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
