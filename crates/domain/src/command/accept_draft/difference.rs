//! What accepting a draft changes, for a person to look over.

use crate::{
    change::{Change, Edit, Fact},
    image,
    task::Wording,
    text::Span,
    time::Validity,
    view::View,
};
use rustc_hash::FxHashMap;
use uuid::Uuid;

/// One thing that accepting a draft changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// How.
    pub kind: DifferenceKind,
    /// What kind of fact, as the log names it.
    pub entity: &'static str,
    /// Its words.
    pub words: String,
}

/// How a fact differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DifferenceKind {
    /// It is new.
    Added,
    /// It is otherwise from now on.
    Changed,
    /// It ends.
    Ended,
    /// It should never have been recorded.
    Withdrawn,
}

/// The differences that changes make, in their order. What only stands elsewhere in the plan than before is none.
pub fn differences(view: &View, text: &str, changes: &[Change]) -> Vec<Difference> {
    let mut new = New {
        view,
        text,
        titles: FxHashMap::default(),
        names: FxHashMap::default(),
    };
    for change in changes {
        match change {
            Change::Task(edit) => {
                let task = edit.after.as_ref().or(edit.before.as_ref());
                let title = task.map(|task| task.title.as_str()).unwrap_or_default();
                new.titles.insert(edit.id.into(), title);
            }
            Change::PartyName(Edit {
                after: Some(name), ..
            }) => {
                let party = name.party.into();
                new.names.entry(party).or_insert(name.text.as_str());
            }
            _ => {}
        }
    }
    changes
        .iter()
        .filter_map(|change| new.difference(change))
        .collect()
}

struct New<'a> {
    view: &'a View,
    text: &'a str,
    /// The titles of the tasks that change.
    titles: FxHashMap<Uuid, &'a str>,
    /// The names of the parties that are new.
    names: FxHashMap<Uuid, &'a str>,
}

impl New<'_> {
    fn difference(&self, change: &Change) -> Option<Difference> {
        let (kind, words) = match change {
            Change::Document(edit) => (kind(edit, |_| None)?, of(edit).title.clone()),
            Change::Place(edit) => (kind(edit, |_| None)?, of(edit).name.clone()),
            // A party is told by its names, and a document reorganizes nobody.
            Change::Party(_) | Change::Reorganization(_) => return None,
            // Nor does it say how far work has come.
            Change::Standing(_)
            | Change::ProgressReport(_)
            | Change::SupervisionCase(_)
            | Change::ProgressRule(_) => {
                return None;
            }
            Change::PartyName(edit) => (kind(edit, |_| None)?, of(edit).text.clone()),
            Change::Plan(edit) => (kind(edit, |_| None)?, of(edit).title.clone()),
            Change::Section(edit) => {
                let section = of(edit);
                if let (Some(before), Some(after)) = (&edit.before, &edit.after)
                    && (&before.title, before.parent) == (&after.title, after.parent)
                {
                    return None;
                }
                let words = format!("{} {}", section.label, section.title);
                (kind(edit, |_| None)?, words)
            }
            Change::Task(edit) => {
                let task = of(edit);
                if let (Some(before), Some(after)) = (&edit.before, &edit.after) {
                    let moved = crate::task::Task {
                        position: after.position,
                        ..before.clone()
                    };
                    if moved == *after {
                        return None;
                    }
                }
                let words = format!("{} {}", task.label, task.title);
                (kind(edit, |task| Some(task.validity))?, words)
            }
            Change::Clause(edit) => {
                let clause = of(edit);
                let held = self.view.find::<image::Clause>(edit.id);
                let words = held.filter(|_| edit.after.is_none()).map(|held| {
                    let quote = self.view.quote(self.view.thing(held).citation);
                    self.view.text(quote.text).to_owned()
                });
                let words = words.unwrap_or_else(|| self.slice(clause.citation.span));
                (kind(edit, |_| None)?, words)
            }
            Change::Assignment(edit) => {
                let assignment = of(edit);
                let words = format!(
                    "{}: {} {}",
                    self.title(assignment.task.into()),
                    self.name(assignment.party.into()),
                    assignment.role
                );
                (kind(edit, |assignment| Some(assignment.validity))?, words)
            }
            Change::Target(edit) => {
                let held = self.view.find::<image::Target>(edit.id);
                let held = held.map(|held| self.view.thing(held).wording);
                let words = self.wording(held, &of(edit).wording);
                (kind(edit, |target| Some(target.validity))?, words)
            }
            Change::Deadline(edit) => {
                let held = self.view.find::<image::Deadline>(edit.id);
                let held = held.map(|held| self.view.thing(held).due.wording);
                let words = self.wording(held, &of(edit).due.wording);
                (kind(edit, |deadline| Some(deadline.validity))?, words)
            }
        };
        Some(Difference {
            kind,
            entity: change.entity(),
            words,
        })
    }

    fn title(&self, task: Uuid) -> &str {
        let known = || {
            let task = self.view.find::<image::Task>(task.into())?;
            Some(self.view.text(self.view.thing(task).title))
        };
        self.titles
            .get(&task)
            .copied()
            .or_else(known)
            .unwrap_or_default()
    }

    fn name(&self, party: Uuid) -> &str {
        let known = || {
            let party = self.view.find::<image::Party>(party.into())?;
            Some(self.view.text(self.view.party_name(party)?))
        };
        self.names
            .get(&party)
            .copied()
            .or_else(known)
            .unwrap_or_default()
    }

    fn wording(&self, held: Option<image::Wording>, wording: &Wording) -> String {
        match (held, wording) {
            (Some(held), _) => self.view.text(held.text(self.view.register())).to_owned(),
            (None, Wording::Cited(citation)) => self.slice(citation.span),
            (None, Wording::Entered(words)) => words.clone(),
        }
    }

    fn slice(&self, span: Span) -> String {
        span.slice(self.text).unwrap_or_default().to_owned()
    }
}

fn of<F: Fact>(edit: &Edit<F>) -> &F {
    let fact = edit.after.as_ref().or(edit.before.as_ref());
    fact.expect("a change has a version before or after")
}

/// How a fact differs; nothing if only its place in the plan does.
fn kind<F: Fact>(
    edit: &Edit<F>,
    validity: impl Fn(&F) -> Option<Validity>,
) -> Option<DifferenceKind> {
    Some(match (&edit.before, &edit.after) {
        (None, None) => return None,
        (None, Some(_)) => DifferenceKind::Added,
        (Some(_), None) => DifferenceKind::Withdrawn,
        (Some(before), Some(after)) => {
            let ends = validity(before)
                .zip(validity(after))
                .is_some_and(|(before, after)| after.to < before.to);
            if ends {
                DifferenceKind::Ended
            } else {
                DifferenceKind::Changed
            }
        }
    })
}
