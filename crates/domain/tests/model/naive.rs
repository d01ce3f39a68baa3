//! The model: everything a log says, as plain lists, and every answer a scan over them.
//!
//! Answers are ids. Nothing here is fast, indexed or kept; each method is the sentence of the design it stands for.

mod assignment;
mod gaps;
mod light;
mod load;
mod matrix;
mod party;
mod place;
mod plan;
mod reorganization;
mod sharing;
mod statement;
mod task;
mod work;

pub(crate) use gaps::{Looked, Of};
pub(crate) use light::{Rolled, Worry};
pub(crate) use load::{Flow, Load, Moved};
pub(crate) use matrix::{Asked, ColumnId, RowId, Square, Stretch, Sum};
pub(crate) use sharing::Shared;

use domain::{
    assignment::Assignment,
    change::{Change, Edit, Fact},
    clause::Clause,
    deadline::Deadline,
    document::Document,
    party::{Party, PartyName},
    place::Place,
    plan::{Plan, Section},
    progress::ProgressReport,
    progress_rule::ProgressRule,
    reorganization::Reorganization,
    standing::Standing,
    supervision::SupervisionCase,
    target::Target,
    task::Task,
    time::{Day, Seq, Validity},
    view::{Valid, Version},
};

/// All (seq, change) that a log holds, in its order.
pub(crate) type Log = Vec<(Seq, Change)>;

/// A kind of fact.
pub(crate) trait Kind: Fact {
    fn rows(lists: &Lists) -> &Vec<Row<Self>>;
    fn rows_mut(lists: &mut Lists) -> &mut Vec<Row<Self>>;
}

/// A fact that has been recorded.
#[derive(Clone, Debug)]
pub(crate) struct Row<F: Fact> {
    pub(crate) id: F::Id,
    /// What is known of it; nothing if it was withdrawn.
    pub(crate) now: Option<F>,
    /// What was known of it last.
    pub(crate) last: F,
}

macro_rules! kinds {
    ($($kind:ident = $list:ident,)*) => {
        /// The facts of every kind, each kind in the order of recording.
        #[derive(Clone, Debug, Default)]
        pub(crate) struct Lists { $($list: Vec<Row<$kind>>,)* }

        impl Lists {
            /// Takes in what comes next in the log.
            pub(crate) fn take(&mut self, change: &Change) {
                match change { $(Change::$kind(edit) => self.take_edit(edit),)* }
            }
        }

        $(impl Kind for $kind {
            fn rows(lists: &Lists) -> &Vec<Row<Self>> {
                &lists.$list
            }
            fn rows_mut(lists: &mut Lists) -> &mut Vec<Row<Self>> {
                &mut lists.$list
            }
        })*
    };
}

kinds! {
    Document = documents,
    Place = places,
    Party = parties,
    PartyName = party_names,
    Reorganization = reorganizations,
    Plan = plans,
    Section = sections,
    Task = tasks,
    Standing = standings,
    Clause = clauses,
    Assignment = assignments,
    Target = targets,
    Deadline = deadlines,
    ProgressReport = progress_reports,
    SupervisionCase = supervision_cases,
    ProgressRule = progress_rules,
}

impl Lists {
    fn take_edit<F: Kind>(&mut self, edit: &Edit<F>) {
        let rows = F::rows_mut(self);
        match rows.iter_mut().find(|row| row.id == edit.id) {
            Some(row) => {
                row.now.clone_from(&edit.after);
                if let Some(after) = &edit.after {
                    row.last = after.clone();
                }
            }
            None => rows.push(Row {
                id: edit.id,
                now: edit.after.clone(),
                last: edit.after.clone().expect("a fact begins by being recorded"),
            }),
        }
    }

    /// Every fact of a kind that was ever recorded, in the order of recording.
    pub(crate) fn ids<F: Kind>(&self) -> Vec<F::Id> {
        F::rows(self).iter().map(|row| row.id).collect()
    }

    /// What a reference to `id` resolves to: nothing ever dangles.
    pub(crate) fn thing<F: Kind>(&self, id: F::Id) -> &F {
        let mut rows = F::rows(self).iter();
        &rows.find(|row| row.id == id).expect("nothing dangles").last
    }

    /// What is known of `id`, if it is known and not withdrawn.
    pub(crate) fn get<F: Kind>(&self, id: F::Id) -> Option<&F> {
        let mut rows = F::rows(self).iter();
        rows.find(|row| row.id == id)?.now.as_ref()
    }

    /// Everything known of a kind, in the order of recording.
    pub(crate) fn known<F: Kind>(&self) -> impl Iterator<Item = (F::Id, &F)> {
        F::rows(self)
            .iter()
            .filter_map(|row| Some((row.id, row.now.as_ref()?)))
    }
}

/// A log at `(validOn, knownSeq)`.
#[derive(Debug)]
pub(crate) struct Moment<'l> {
    log: &'l Log,
    seq: Seq,
    pub(crate) day: Day,
    pub(crate) lists: Lists,
}

impl<'l> Moment<'l> {
    pub(crate) fn new(log: &'l Log, seq: Seq, day: Day) -> Self {
        let mut lists = Lists::default();
        for (since, change) in log {
            if *since <= seq {
                lists.take(change);
            }
        }
        Self {
            log,
            seq,
            day,
            lists,
        }
    }

    /// The versions of a fact, newest first.
    pub(crate) fn history<F: Kind>(&self, id: F::Id) -> Vec<Version<F>> {
        let edits = self.log.iter().filter(|(since, _)| *since <= self.seq);
        let of_it = edits.filter_map(|(since, change)| Some((*since, F::edit(change)?)));
        let mut versions: Vec<Version<F>> = vec![];
        for (since, edit) in of_it.filter(|(_, edit)| edit.id == id) {
            if let Some(before) = versions.last_mut() {
                before.until = Some(since);
            }
            versions.push(Version {
                since,
                until: None,
                fact: edit.after.clone(),
            });
        }
        versions.reverse();
        versions
    }

    /// The seqs of the changes that are about something.
    pub(crate) fn changes(&self, is_about: impl Fn(&Change) -> bool) -> Vec<Seq> {
        let known = self.log.iter().filter(|(since, _)| *since <= self.seq);
        let about = known.filter(|(_, change)| is_about(change));
        let mut seqs: Vec<_> = about.map(|(since, _)| *since).collect();
        seqs.dedup();
        seqs
    }

    /// By the day that is asked about.
    fn has_come(&self, day: Day, valid: Valid) -> bool {
        valid == Valid::Any || day <= self.day
    }

    /// From its first day up to, and without, the first day on which it no longer holds.
    fn lists(&self, validity: Validity, valid: Valid) -> bool {
        valid == Valid::Any || (validity.from <= self.day && self.day < validity.to)
    }
}

/// `items` by what `key` says of them, equals as they stand.
fn sorted<T: Copy, K: Ord>(items: impl Iterator<Item = T>, key: impl Fn(T) -> K) -> Vec<T> {
    let mut items: Vec<T> = items.collect();
    items.sort_by_key(|item| key(*item));
    items
}

/// A text as a reader takes it who knows that 區 is 区, Ａ is a and a space between Chinese characters is nothing.
/// It need only know what the histories write.
pub(crate) fn plain(text: &str) -> String {
    let plain = text.chars().filter(|c| *c != ' ').map(|c| match c {
        '濱' => '滨',
        '區' => '区',
        '發' => '发',
        '５' => '5',
        '２' => '2',
        'Ｇ' => 'g',
        '（' => '(',
        '）' => ')',
        other => other.to_ascii_lowercase(),
    });
    plain.collect()
}

fn has_words(text: &str, words: Option<&str>) -> bool {
    words.is_none_or(|words| plain(text).contains(&plain(words)))
}

/// No choice is every choice.
fn chosen<T: PartialEq>(choice: &[T], value: &T) -> bool {
    choice.is_empty() || choice.contains(value)
}
