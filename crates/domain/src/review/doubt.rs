//! What of a draft a person should look at before it is accepted.

use super::{FactKey, Mark, Naming, Noted, Review};
use crate::{
    clause::Confidence,
    draft::{DraftDue, DraftParty, DraftSection},
    fold::fold,
    text::Span,
};
use rustc_hash::FxHashSet;

/// A fact that nobody has looked at and that is less sure than asked for, or whose party nobody can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// The fact.
    pub key: FactKey,
    /// What it is: a section, task, clause, party, target or deadline.
    pub what: &'static str,
    /// Its words.
    pub span: Span,
    /// How sure the reader was.
    pub confidence: Confidence,
    /// Its name may mean any of several parties.
    pub is_ambiguous: bool,
}

impl Review {
    /// The facts that are less sure than `least` and that nobody has confirmed or corrected, and the parties whose names
    /// are open, in the order of the text.
    pub fn doubts(&self, least: Confidence, text: &str, namings: &[Naming]) -> Vec<Doubt> {
        let open = namings.iter().filter(|naming| naming.is_open());
        let open: FxHashSet<String> = open.map(|naming| fold(&naming.name)).collect();
        let is_open = |party: &DraftParty| {
            let name = || party.name(text);
            !open.is_empty() && name().is_some_and(|name| open.contains(&fold(&name)))
        };
        let mut look = Look {
            least,
            doubts: vec![],
        };
        for section in &self.sections {
            let DraftSection {
                span, confidence, ..
            } = section.fact;
            look.at(section, "section", span, confidence);
        }
        for task in &self.tasks {
            look.at(task, "task", task.fact.span, task.fact.confidence);
        }
        for clause in &self.clauses {
            look.at(clause, "clause", clause.fact.span, clause.fact.confidence);
        }
        for named in &self.parties {
            let DraftParty {
                span, confidence, ..
            } = named.fact.party;
            if is_open(&named.fact.party) && !named.removed {
                look.doubt(named.key, "party", span, confidence, true);
            } else {
                look.at(named, "party", span, confidence);
            }
        }
        for target in &self.targets {
            look.at(target, "target", target.fact.span, target.fact.confidence);
        }
        for deadline in &self.deadlines {
            let DraftDue {
                span, confidence, ..
            } = deadline.fact.due;
            look.at(deadline, "deadline", span, confidence);
        }
        let mut doubts = look.doubts;
        doubts.sort_by_key(|doubt| doubt.span);
        doubts
    }
}

/// Collects doubts.
struct Look {
    least: Confidence,
    doubts: Vec<Doubt>,
}

impl Look {
    fn at<T>(&mut self, noted: &Noted<T>, what: &'static str, span: Span, confidence: Confidence) {
        if !noted.removed && noted.mark == Mark::Read && confidence < self.least {
            self.doubt(noted.key, what, span, confidence, false);
        }
    }

    fn doubt(
        &mut self,
        key: FactKey,
        what: &'static str,
        span: Span,
        confidence: Confidence,
        is_ambiguous: bool,
    ) {
        self.doubts.push(Doubt {
            key,
            what,
            span,
            confidence,
            is_ambiguous,
        });
    }
}
