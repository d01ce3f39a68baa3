//! Accepting a draft: what was read from a document becomes a plan with its tasks and assignments, in one changeset.

mod headings;

use super::known_parties::{KnownParties, NewParty, level_of};
use crate::{
    assignment::Assignment,
    change::Change,
    clause::{Clause, Subject},
    deadline::{Deadline, Due},
    document::Document,
    draft::{Draft, DraftClause, DraftDue, DraftParty},
    id::{ClauseId, DocumentId, IdSequence, PartyId, PlaceId, PlanId, SectionId, TaskId},
    party::Party,
    place::Place,
    plan::{Plan, Section},
    target::Target,
    task::{Body, Task, Wording},
    text::{Citation, Sha256, Span},
    time::{Day, Validity},
    view::View,
    vocabulary::{NameKind, TaskStatus},
};
use headings::ByPath;
use rustc_hash::{FxHashMap, FxHashSet};
use uuid::Uuid;

/// Accept a draft whole.
#[derive(Clone, Debug)]
pub struct AcceptDraft<'d> {
    /// What was read.
    pub draft: &'d Draft,
    /// The decoded text that its spans refer to.
    pub text: &'d str,
    /// What the plan is to be called by; else the document's number, else one made from its digest.
    pub code: Option<String>,
    /// Where the document came from: a file name or a web address.
    pub address: Option<String>,
    /// From when it holds, if the document states neither its day of issue nor of posting.
    pub valid_from: Day,
    /// The edge's seed for ids (UUID version 7).
    pub ids: Uuid,
}

/// Why a draft is not accepted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DraftRefused {
    /// Another plan is called so.
    #[error("a plan with the code {code:?} is in the register already: give this one another code")]
    PlanCodeTaken {
        /// The code.
        code: String,
    },
    /// There is nothing in it that could be a plan.
    #[error("the document has neither a title nor a task: it is no plan")]
    NoPlan,
}

impl AcceptDraft<'_> {
    /// What accepting changes: nothing if the same bytes were accepted before.
    pub fn decide(&self, view: &View) -> Result<Vec<Change>, DraftRefused> {
        let read = &self.draft.document;
        if view.document_find_by_bytes(read.sha256).is_some() {
            return Ok(vec![]);
        }
        if read.title.is_empty() && self.draft.tasks.is_empty() {
            return Err(DraftRefused::NoPlan);
        }
        let digest = || format!("doc-{}", &read.sha256.to_string()[..12]);
        let code = self
            .code
            .clone()
            .or_else(|| read.number.clone())
            .unwrap_or_else(digest);
        if view.plan_find_by_code(&code).is_some() {
            return Err(DraftRefused::PlanCodeTaken { code });
        }
        Ok(Acceptance::new(self, view, code).changes())
    }
}

/// The work of accepting one draft.
struct Acceptance<'a> {
    command: &'a AcceptDraft<'a>,
    ids: IdSequence,
    parties: KnownParties,
    /// The place whose government speaks.
    place: Option<PlaceId>,
    document: DocumentId,
    plan: PlanId,
    code: String,
    validity: Validity,
    sections: ByPath<'a, SectionId>,
    tasks: ByPath<'a, TaskId>,
}

impl<'a> Acceptance<'a> {
    fn new(command: &'a AcceptDraft<'a>, view: &View, code: String) -> Self {
        let read = &command.draft.document;
        let mut ids = IdSequence::new(command.ids);
        let mut parties = KnownParties::of(view);
        let place = read.jurisdiction.as_deref().map(|name| {
            parties.place(name).unwrap_or_else(|| {
                let place = Place {
                    code: None,
                    name: name.to_owned(),
                    level: level_of(name),
                    parent: None,
                };
                parties.add_place(place, &mut ids)
            })
        });
        Self {
            document: ids.next_id(),
            plan: ids.next_id(),
            command,
            ids,
            parties,
            place,
            code,
            validity: Validity::since(
                read.issued_on
                    .or(read.posted_on)
                    .unwrap_or(command.valid_from),
            ),
            sections: ByPath::default(),
            tasks: ByPath::default(),
        }
    }

    /// Everything, in the order in which a register can take it.
    fn changes(mut self) -> Vec<Change> {
        let document = Change::record(self.document, self.document());
        let plan = Change::record(self.plan, self.plan());
        let sections = self.sections();
        let tasks = self.tasks();
        let (clauses, assignments, clause_deadlines) = self.clauses();
        let targets = self.targets();
        let deadlines = self.deadlines();
        let parties = self.parties.into_changes();
        let parts = [
            vec![document],
            parties,
            vec![plan],
            sections,
            tasks,
            clauses,
            assignments,
            targets,
            clause_deadlines,
        ];
        parts.into_iter().flatten().chain(deadlines).collect()
    }

    fn document(&self) -> Document {
        let read = &self.command.draft.document;
        Document {
            title: read.title.clone(),
            issuer: read.issuer.clone(),
            number: read.number.clone(),
            issued_on: read.issued_on,
            posted_on: read.posted_on,
            address: self.command.address.clone(),
            bytes: read.sha256,
            text: Sha256::of(self.command.text.as_bytes()),
            encoding: read.encoding.clone(),
            cites: read.cites.clone(),
            reader: read.reader.clone(),
        }
    }

    fn plan(&self) -> Plan {
        let title = &self.command.draft.document.title;
        Plan {
            code: self.code.clone(),
            title: if title.is_empty() {
                self.code.clone()
            } else {
                title.clone()
            },
            document: Some(self.document),
            owner: None,
            year: None,
            validity: self.validity,
        }
    }

    fn sections(&mut self) -> Vec<Change> {
        let mut changes = vec![];
        for (position, section) in (0..).zip(&self.command.draft.sections) {
            let id = self.ids.next_id();
            changes.push(Change::record(
                id,
                Section {
                    plan: self.plan,
                    parent: self.section_above(&section.path, section.span),
                    label: section.path.last().cloned().unwrap_or_default(),
                    title: section.title.clone(),
                    position,
                    citation: Some(self.cite(section.span)),
                },
            ));
            self.sections.add(&section.path, section.span, id);
        }
        changes
    }

    fn tasks(&mut self) -> Vec<Change> {
        let mut changes = vec![];
        for (position, task) in (0..).zip(&self.command.draft.tasks) {
            let id = self.ids.next_id();
            changes.push(Change::record(
                id,
                Task {
                    plan: self.plan,
                    section: self.section_above(&task.path, task.span),
                    label: task.path.last().cloned().unwrap_or_default(),
                    title: task.title.clone(),
                    body: task.body.map(|span| Body::Cited(self.cite(span))),
                    position,
                    status: TaskStatus::NotStarted,
                    validity: self.validity,
                },
            ));
            self.tasks.add(&task.path, task.span, id);
        }
        changes
    }

    /// Clauses, the assignments that they state and the deadlines in them.
    fn clauses(&mut self) -> (Vec<Change>, Vec<Change>, Vec<Change>) {
        let (mut clauses, mut assignments, mut deadlines) = (vec![], vec![], vec![]);
        let mut stated = FxHashSet::default();
        let mut positions: FxHashMap<TaskId, u16> = FxHashMap::default();
        for clause in &self.command.draft.clauses {
            let id: ClauseId = self.ids.next_id();
            let subject = self.subject(&clause.path, clause.span);
            clauses.push(Change::record(id, self.clause(clause, subject)));
            for party in &clause.parties {
                let who = self.party(party);
                for task in self.tasks_of(subject, &clause.path) {
                    // A task that names a party twice in one role still has it once.
                    if stated.insert((task, who, party.role)) {
                        let position = positions.entry(task).or_default();
                        let assignment = self.assignment(clause, party, (id, task, who), *position);
                        *position = position.saturating_add(1);
                        assignments.push(Change::record(self.ids.next_id(), assignment));
                    }
                }
            }
            deadlines.extend(clause.deadline.iter().map(|due| (subject, self.due(due))));
        }
        let deadlines = deadlines
            .into_iter()
            .map(|(subject, due)| self.deadline(subject, due))
            .collect();
        (clauses, assignments, deadlines)
    }

    fn clause(&self, clause: &DraftClause, subject: Subject) -> Clause {
        Clause {
            subject,
            citation: self.cite(clause.span),
            scope: clause.scope,
            form: clause.form.clone(),
            rule: clause.rule.to_owned(),
            open: clause.open,
            garbled: clause.garbled,
            confidence: clause.confidence,
        }
    }

    fn assignment(
        &self,
        clause: &DraftClause,
        party: &DraftParty,
        (id, task, who): (ClauseId, TaskId, PartyId),
        position: u16,
    ) -> Assignment {
        Assignment {
            task,
            party: who,
            role: party.role,
            basis: party.basis,
            reference: party.reference,
            clause: Some(id),
            citation: Some(self.cite(party.convention.unwrap_or(clause.span))),
            written: Some(self.cite(party.span)),
            position,
            validity: self.validity,
        }
    }

    /// The party that a written name means; a new one if the register knows none or cannot tell which.
    fn party(&mut self, party: &DraftParty) -> PartyId {
        let written = party.span.slice(self.command.text).unwrap_or_default();
        let full = party.full_name.as_deref().filter(|full| *full != written);
        let jurisdiction = self.command.draft.document.jurisdiction.as_deref();
        let on = self.validity.from;
        let resolve = |name: &str| self.parties.resolve(name, jurisdiction, on);
        if let Some(known) = resolve(written).or_else(|| resolve(full?)) {
            return known;
        }
        let names = full.into_iter().chain([written]);
        let new = NewParty {
            names: names
                .map(|name| (name, NameKind::Short, Validity::ALWAYS))
                .collect(),
            place_name: jurisdiction,
            fact: Party {
                kind: party.kind,
                parent: None,
                place: self.place,
                code: None,
                position: self.parties.next_position(),
                validity: Validity::ALWAYS,
            },
        };
        self.parties.add_party(new, &mut self.ids)
    }

    fn targets(&mut self) -> Vec<Change> {
        let mut changes = vec![];
        for (position, target) in (0..).zip(&self.command.draft.targets) {
            let fact = Target {
                subject: target
                    .path
                    .as_ref()
                    .map_or(Subject::Plan(self.plan), |path| {
                        self.subject(path, target.span)
                    }),
                wording: Wording::Cited(self.cite(target.span)),
                min: target.min.clone(),
                max: target.max.clone(),
                unit: target.unit.clone(),
                firmness: target.firmness,
                due: target.due.as_ref().map(|due| self.due(due)),
                position,
                validity: self.validity,
            };
            changes.push(Change::record(self.ids.next_id(), fact));
        }
        changes
    }

    fn deadlines(&mut self) -> Vec<Change> {
        let read = &self.command.draft.deadlines;
        read.iter()
            .map(|deadline| {
                self.deadline(
                    self.subject(&deadline.path, deadline.due.span),
                    self.due(&deadline.due),
                )
            })
            .collect()
    }

    fn deadline(&mut self, subject: Subject, due: Due) -> Change {
        Change::record(
            self.ids.next_id(),
            Deadline {
                subject,
                due,
                validity: self.validity,
            },
        )
    }

    fn due(&self, due: &DraftDue) -> Due {
        Due {
            wording: Wording::Cited(self.cite(due.span)),
            kind: due.kind,
            date: due.date,
            source: due.source,
        }
    }

    fn cite(&self, span: Span) -> Citation {
        Citation {
            document: self.document,
            span,
        }
    }

    /// The nearest section above a path.
    fn section_above(&self, path: &[String], at: Span) -> Option<SectionId> {
        (0..path.len())
            .rev()
            .find_map(|length| self.sections.find(&path[..length], at))
    }

    /// What stands at a path: a task, a section, or else the whole plan.
    fn subject(&self, path: &[String], at: Span) -> Subject {
        let task = self.tasks.find(path, at).map(Subject::Task);
        let section = || self.sections.find(path, at).map(Subject::Section);
        task.or_else(section).unwrap_or(Subject::Plan(self.plan))
    }

    /// The tasks that a clause states something of: the one that it governs, or all beneath its path.
    fn tasks_of(&self, subject: Subject, path: &[String]) -> Vec<TaskId> {
        match subject {
            Subject::Task(task) => vec![task],
            Subject::Section(_) | Subject::Plan(_) => self.tasks.beneath(path),
        }
    }
}
