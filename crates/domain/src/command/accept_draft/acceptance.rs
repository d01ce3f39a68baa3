//! The work of accepting one draft.

use super::{AcceptDraft, Extent, earlier::Earlier, gone, headings::ByPath};
use crate::{
    assignment::Assignment,
    change::{Change, Fact},
    clause::{Clause, Subject},
    command::known_parties::{KnownParties, NewParty},
    deadline::{Deadline, Due},
    document::Document,
    draft::{DraftClause, DraftDue, DraftParty},
    fold::fold,
    id::{ClauseId, DocumentId, IdSequence, PartyId, PlaceId, PlanId, SectionId, TaskId},
    party::Party,
    place::{Place, level_of},
    plan::{Plan, Section},
    review::Meaning,
    target::Target,
    task::{Body, Task, Wording},
    text::{Citation, Sha256, Span},
    time::Validity,
    view::View,
    vocabulary::{NameKind, PlaceLevel, TaskStatus},
};
use rustc_hash::{FxHashMap, FxHashSet};

/// The work of accepting one draft.
pub(super) struct Acceptance<'a> {
    command: &'a AcceptDraft<'a>,
    /// What the register holds of the same plan.
    earlier: Option<Earlier<'a>>,
    ids: IdSequence,
    parties: KnownParties,
    /// The parties that names mean by what a person said, by folded name.
    meant: FxHashMap<String, PartyId>,
    /// The place whose government speaks.
    place: Option<PlaceId>,
    document: DocumentId,
    plan: PlanId,
    code: String,
    validity: Validity,
    sections: ByPath<'a, SectionId>,
    tasks: ByPath<'a, TaskId>,
}

/// Clauses, the assignments that they state and the deadlines in them, each list in the order of the text.
#[derive(Default)]
struct Statements {
    clauses: Vec<Change>,
    assignments: Vec<Change>,
    deadlines: Vec<Change>,
}

impl<'a> Acceptance<'a> {
    pub(super) fn new(
        command: &'a AcceptDraft<'a>,
        view: &View,
        earlier: Option<Earlier<'a>>,
        code: String,
    ) -> Self {
        let read = &command.draft.document;
        let mut ids = IdSequence::new(command.ids);
        let mut parties = KnownParties::of(view);
        let place = read
            .jurisdiction
            .as_deref()
            .map(|name| place_of(&mut parties, &mut ids, name, None));
        let itself = earlier.as_ref().filter(|earlier| earlier.is_itself());
        let document = itself.map_or_else(|| ids.next_id(), |earlier| earlier.document().0);
        let undated = read.issued_on.or(read.posted_on).is_none();
        let first_day = itself.filter(|_| undated).and_then(Earlier::first_day);
        let plan = earlier
            .as_ref()
            .map_or_else(|| ids.next_id(), |earlier| earlier.plan().0);
        Self {
            document,
            plan,
            command,
            earlier,
            ids,
            parties,
            meant: FxHashMap::default(),
            place,
            code,
            validity: Validity::since(first_day.unwrap_or(command.day())),
            sections: ByPath::default(),
            tasks: ByPath::default(),
        }
    }

    /// Everything, in the order in which a register can take it.
    pub(super) fn changes(mut self) -> Vec<Change> {
        let document = self.document();
        let plan = self.plan();
        let sections = self.sections();
        let tasks = self.tasks();
        let statements = self.statements();
        let targets = self.targets();
        let deadlines = self.deadlines();
        let gone = match (&self.earlier, self.command.extent) {
            (None, _) | (_, Extent::Part) => vec![],
            (Some(earlier), Extent::Whole) => gone::gone(earlier, self.validity.from),
        };
        let parties = self.parties.into_changes();
        let Statements {
            clauses,
            assignments,
            deadlines: clause_deadlines,
        } = statements;
        [
            document.into_iter().collect(),
            parties,
            plan.into_iter().collect(),
            sections,
            tasks,
            clauses,
            assignments,
            targets,
            clause_deadlines,
            deadlines,
            gone,
        ]
        .concat()
    }

    fn document(&self) -> Option<Change> {
        let read = &self.command.draft.document;
        let document = Document {
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
        };
        let Some(earlier) = self.itself() else {
            return Some(Change::record(self.document, document));
        };
        let (id, before) = earlier.document();
        let after = Document {
            address: before.address.clone().or(document.address),
            ..document
        };
        revise(id, before, after)
    }

    fn plan(&self) -> Option<Change> {
        let title = &self.command.draft.document.title;
        let title = if title.is_empty() {
            self.code.clone()
        } else {
            title.clone()
        };
        let Some(earlier) = &self.earlier else {
            let plan = Plan {
                code: self.code.clone(),
                title,
                document: Some(self.document),
                owner: None,
                year: None,
                validity: self.validity,
                superseded_by: None,
            };
            return Some(Change::record(self.plan, plan));
        };
        let (id, before) = earlier.plan();
        let validity = earlier.thing_validity(before.validity, self.validity);
        let after = Plan {
            title,
            document: Some(self.document),
            ..before.clone()
        };
        revise(id, before, after.in_force(validity))
    }

    fn sections(&mut self) -> Vec<Change> {
        let mut changes = vec![];
        for (index, section) in self.command.draft.sections.iter().enumerate() {
            let mut fact = Section {
                plan: self.plan,
                parent: self.section_above(&section.path, section.span),
                label: section.path.last().cloned().unwrap_or_default(),
                title: section.title.clone(),
                position: index as u32,
                citation: Some(self.cite(section.span)),
            };
            let held = self.earlier.as_ref().and_then(|earlier| {
                let (held, before) = earlier.section(index)?;
                let same = earlier.same_heading(held, section.span.slice(self.command.text));
                if same {
                    fact.citation = before.citation;
                }
                Some((earlier.view.id(held), before, true))
            });
            let (id, change) = self.said(held, fact);
            changes.extend(change);
            self.sections.add(&section.path, section.span, id);
        }
        changes
    }

    fn tasks(&mut self) -> Vec<Change> {
        let mut changes = vec![];
        for (index, task) in self.command.draft.tasks.iter().enumerate() {
            let mut fact = Task {
                plan: self.plan,
                section: self.section_above(&task.path, task.span),
                label: task.path.last().cloned().unwrap_or_default(),
                title: task.title.clone(),
                body: task.body.map(|span| Body::Cited(self.cite(span))),
                position: index as u32,
                status: TaskStatus::NotStarted,
                validity: self.validity,
            };
            let held = self.earlier.as_ref().and_then(|earlier| {
                let (held, before) = earlier.task(index)?;
                let words = task.body.and_then(|body| body.slice(self.command.text));
                if earlier.same_body(before.body, words) {
                    fact.body = before.body;
                }
                fact.status = before.status;
                fact.validity = earlier.thing_validity(before.validity, self.validity);
                Some((earlier.view.id(held), before, true))
            });
            let (id, change) = self.said(held, fact);
            changes.extend(change);
            self.tasks.add(&task.path, task.span, id);
        }
        changes
    }

    fn statements(&mut self) -> Statements {
        let mut statements = Statements::default();
        let mut stated = FxHashSet::default();
        let mut positions: FxHashMap<TaskId, u16> = FxHashMap::default();
        let mut dues = vec![];
        for clause in &self.command.draft.clauses {
            let subject = self.subject(&clause.path, clause.span);
            let (id, change) = self.clause(clause, subject);
            statements.clauses.extend(change);
            for party in &clause.parties {
                let who = self.party(party);
                for task in self.tasks_of(subject, &clause.path) {
                    // A task that names a party twice in one role still has it once.
                    if stated.insert((task, who, party.role)) {
                        let position = positions.entry(task).or_default();
                        let change = self.assignment(clause, party, (id, task, who), *position);
                        *position = position.saturating_add(1);
                        statements.assignments.extend(change);
                    }
                }
            }
            dues.extend(clause.deadline.iter().map(|due| (subject, due)));
        }
        for (subject, due) in dues {
            statements.deadlines.extend(self.deadline(subject, due));
        }
        statements
    }

    fn clause(&mut self, clause: &DraftClause, subject: Subject) -> (ClauseId, Option<Change>) {
        let fact = Clause {
            subject,
            citation: self.cite(clause.span),
            scope: clause.scope,
            form: clause.form.clone(),
            rule: clause.rule.clone().into_owned(),
            open: clause.open,
            garbled: clause.garbled,
            confidence: clause.confidence,
        };
        let at = self.at(clause.span);
        let held = self.earlier.as_mut().and_then(|earlier| {
            let held = earlier.clause(subject, at)?;
            let before = earlier.view.fact(held)?;
            let reread = earlier.is_reread(before.citation);
            Some((earlier.view.id(held), before, reread))
        });
        self.said(held, fact)
    }

    /// A fact that the draft states: a new one; or the one that the register `held`, which becomes this where the same
    /// words are read anew, and stays as it is where they only say so again.
    fn said<F: Fact>(
        &mut self,
        held: Option<(F::Id, F, bool)>,
        fact: F,
    ) -> (F::Id, Option<Change>) {
        match held {
            Some((id, before, true)) => (id, revise(id, before, fact)),
            Some((id, _, false)) => (id, None),
            None => {
                let id = self.ids.next_id();
                (id, Some(Change::record(id, fact)))
            }
        }
    }

    fn assignment(
        &mut self,
        clause: &DraftClause,
        party: &DraftParty,
        (id, task, who): (ClauseId, TaskId, PartyId),
        position: u16,
    ) -> Option<Change> {
        let mut fact = Assignment {
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
            inherits: None,
        };
        let day = self.validity.from;
        let held = self.earlier.as_mut().and_then(|earlier| {
            let held = earlier.assignment((task, who, party.role), day)?;
            let before = earlier.view.fact(held)?;
            let reread = before
                .citation
                .is_some_and(|citation| earlier.is_reread(citation));
            fact.validity = earlier.validity(before.validity, fact.validity);
            fact.inherits = before.inherits;
            Some((earlier.view.id(held), before, reread))
        });
        self.said(held, fact).1
    }

    /// The party that a written name means: what a person said, else what the register knows; a new one if it knows
    /// none or cannot tell which.
    fn party(&mut self, party: &DraftParty) -> PartyId {
        let written = &party.name(self.command.text).unwrap_or_default();
        let mut said = self.command.meanings.iter();
        let said = said.rfind(|said| fold(&said.name) == fold(written));
        match said.map(|said| &said.means) {
            None => self.resolved(party, written),
            Some(&Meaning::Party(known)) => known,
            Some(Meaning::SameAs(other)) => match self.named(other) {
                // What a review takes is never circular.
                Some(other) => self.party(other),
                None => self.resolved(party, written),
            },
            Some(Meaning::New {
                full_name,
                kind,
                place,
                level,
            }) => {
                if let Some(&known) = self.meant.get(&fold(written)) {
                    return known;
                }
                let place = place.as_deref().map(|place| {
                    let id = place_of(&mut self.parties, &mut self.ids, place, *level);
                    (id, place)
                });
                let (place, place_name) = match place {
                    Some((id, name)) => (Some(id), Some(name)),
                    None => (
                        self.place,
                        self.command.draft.document.jurisdiction.as_deref(),
                    ),
                };
                let full = full_name.as_deref().or(party.full_name.as_deref());
                let kind = *kind;
                let id = self.record_party((written, full), place_name, |position| Party {
                    kind,
                    parent: None,
                    place,
                    code: None,
                    position,
                    validity: Validity::ALWAYS,
                });
                self.meant.insert(fold(written), id);
                id
            }
        }
    }

    fn resolved(&mut self, party: &DraftParty, written: &str) -> PartyId {
        let full = party.full_name.as_deref().filter(|full| *full != written);
        let jurisdiction = self.command.draft.document.jurisdiction.as_deref();
        let on = self.validity.from;
        let resolve = |name: &str| self.parties.resolve(name, jurisdiction, on);
        if let Some(known) = resolve(written).or_else(|| resolve(full?)) {
            return known;
        }
        let (kind, place) = (party.kind, self.place);
        self.record_party((written, full), jurisdiction, |position| Party {
            kind,
            parent: None,
            place,
            code: None,
            position,
            validity: Validity::ALWAYS,
        })
    }

    fn record_party(
        &mut self,
        (written, full): (&str, Option<&str>),
        place_name: Option<&str>,
        fact: impl FnOnce(u32) -> Party,
    ) -> PartyId {
        let full = full.filter(|full| *full != written);
        let names = full.into_iter().chain([written]);
        let new = NewParty {
            names: names
                .map(|name| (name, NameKind::Short, Validity::ALWAYS))
                .collect(),
            place_name,
            fact: fact(self.parties.next_position()),
        };
        self.parties.add_party(new, &mut self.ids)
    }

    /// The first party that the draft writes so.
    fn named(&self, name: &str) -> Option<&'a DraftParty> {
        let command = self.command;
        let mut parties = command
            .draft
            .clauses
            .iter()
            .flat_map(|clause| &clause.parties);
        parties.find(|party| party.is_called(command.text, name))
    }

    fn targets(&mut self) -> Vec<Change> {
        let mut changes = vec![];
        for (position, target) in (0..).zip(&self.command.draft.targets) {
            let subject = target
                .path
                .as_ref()
                .map_or(Subject::Plan(self.plan), |path| {
                    self.subject(path, target.span)
                });
            let mut fact = Target {
                subject,
                wording: Wording::Cited(self.cite(target.span)),
                min: target.min.clone(),
                max: target.max.clone(),
                unit: target.unit.clone(),
                firmness: target.firmness,
                due: target.due.as_ref().map(|due| self.due(due)),
                position,
                validity: self.validity,
            };
            let at = self.at(target.span);
            let held = self.earlier.as_mut().and_then(|earlier| {
                let held = earlier.target(subject, at)?;
                let before = earlier.view.fact(held)?;
                let reread = is_reread(earlier, &before.wording);
                fact.validity = earlier.validity(before.validity, fact.validity);
                Some((earlier.view.id(held), before, reread))
            });
            changes.extend(self.said(held, fact).1);
        }
        changes
    }

    fn deadlines(&mut self) -> Vec<Change> {
        let mut changes = vec![];
        for deadline in &self.command.draft.deadlines {
            let subject = self.subject(&deadline.path, deadline.due.span);
            changes.extend(self.deadline(subject, &deadline.due));
        }
        changes
    }

    fn deadline(&mut self, subject: Subject, due: &DraftDue) -> Option<Change> {
        let mut fact = Deadline {
            subject,
            due: self.due(due),
            validity: self.validity,
            fulfilled: None,
        };
        let at = self.at(due.span);
        let held = self.earlier.as_mut().and_then(|earlier| {
            let held = earlier.deadline(subject, at)?;
            let before = earlier.view.fact(held)?;
            let reread = is_reread(earlier, &before.due.wording);
            fact.validity = earlier.validity(before.validity, fact.validity);
            fact.fulfilled = before.fulfilled;
            Some((earlier.view.id(held), before, reread))
        });
        self.said(held, fact).1
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

    /// A span of the document and its words.
    fn at(&self, span: Span) -> (Span, &'a str) {
        (span, span.slice(self.command.text).unwrap_or_default())
    }

    fn itself(&self) -> Option<&Earlier<'a>> {
        self.earlier.as_ref().filter(|earlier| earlier.is_itself())
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

/// The place of this name or division code; a new one if there is none.
fn place_of(
    parties: &mut KnownParties,
    ids: &mut IdSequence,
    name: &str,
    level: Option<PlaceLevel>,
) -> PlaceId {
    parties.place(name).unwrap_or_else(|| {
        let place = Place {
            code: None,
            name: name.to_owned(),
            level: level.unwrap_or_else(|| level_of(name)),
            parent: None,
        };
        parties.add_place(place, ids)
    })
}

fn is_reread(earlier: &Earlier, wording: &Wording) -> bool {
    match wording {
        Wording::Cited(citation) => earlier.is_reread(*citation),
        Wording::Entered(_) => false,
    }
}

/// The change that makes a fact another, if it is another.
fn revise<F: Fact>(id: F::Id, before: F, after: F) -> Option<Change> {
    (before != after).then(|| Change::revise(id, before, after))
}
