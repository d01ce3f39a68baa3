//! The interchange form: the rows that loading takes, and what they cannot say.

use super::{Contents, Keys, Unsaid, UnsaidCounts};
use crate::{
    command::load::{AssignmentRow, PartyRow, PlanRow, TaskRow, Territory, territory},
    deadline::DueDate,
    image::{
        Assignment, AssignmentRef, Body, Clause, Deadline, DeadlineRef, Document, Party, PartyName,
        PartyRef, Place, PlaceRef, PlanRef, ProgressReport, ProgressRule, Reorganization, Standing,
        Subject, SupervisionCase, Target, TargetRef, Task, TaskRef, Wording,
    },
    register::TextRef,
    time::Validity,
    vocabulary::{Basis, DueKind, DueSource, Firmness, NameKind, PartyKind, PlaceLevel, Reference},
};
use rustc_hash::FxHashSet;

/// Makes the rows of a register one by one, and counts what they do not say.
///
/// Rows are to be asked for in the order of [`Contents`]; then loading them into an empty register and making rows of that
/// gives the same rows again, if things are called by the keys they were loaded with.
#[derive(Debug)]
pub struct Interchange<'a> {
    contents: &'a Contents,
    keys: &'a Keys,
    unsaid: UnsaidCounts,
    /// The codes given to plans so far.
    codes: FxHashSet<String>,
    /// The places of which a row says everything.
    said_places: FxHashSet<PlaceRef>,
}

impl<'a> Interchange<'a> {
    /// Of these contents, with these keys.
    pub fn new(contents: &'a Contents, keys: &'a Keys) -> Self {
        Self {
            contents,
            keys,
            unsaid: UnsaidCounts::default(),
            codes: FxHashSet::default(),
            said_places: FxHashSet::default(),
        }
    }

    /// A party with what it is called.
    pub fn party(&mut self, party: PartyRef) -> PartyRow {
        let view = &self.contents.view;
        let image = &view.thing(party);
        let key = self.party_key(party);
        let name = view.party_name(party).map(|name| view.text(name));
        let name = name.filter(|name| !name.trim().is_empty());
        self.unsaid.note_if(name.is_none(), Unsaid::Nameless);
        let mut row = PartyRow {
            parent: image.parent.map(|parent| self.party_key(parent)),
            kind: image.kind,
            territory: None,
            code: image.code.and_then(|code| self.optional(code)),
            name: name.unwrap_or(&key).to_owned(),
            key,
        };
        row.territory = self.unguessable_level(&row, image);
        self.note_place(&row, image);
        self.unsaid
            .note_if(image.validity != Validity::ALWAYS, Unsaid::PartyValidities);
        let is_said = |name: &PartyName| {
            view.text(name.text) == row.name
                && name.kind == NameKind::Official
                && name.validity == Validity::ALWAYS
        };
        let names = view.party_names(party, self.contents.facts).into_iter();
        let others = names.filter(|name| !is_said(&view.thing(*name))).count();
        self.unsaid.add(Unsaid::PartyNames, others);
        row
    }

    /// The level of a government's territory where its name alone would be taken for that of another.
    fn unguessable_level(&self, row: &PartyRow, party: &Party) -> Option<PlaceLevel> {
        let level = self.contents.view.thing(party.place?).level;
        let sayable = matches!(level, PlaceLevel::District | PlaceLevel::Township);
        (sayable && territory(row)?.level != level).then_some(level)
    }

    fn note_place(&mut self, row: &PartyRow, party: &Party) {
        let view = &self.contents.view;
        let Some(place) = party.place else {
            return;
        };
        let Some(Territory { code, name, level }) = territory(row) else {
            self.unsaid.note(Unsaid::PartyPlaces);
            return;
        };
        let above = party.parent.map(|parent| view.thing(parent));
        let above = above.filter(|parent| parent.kind == PartyKind::Government);
        let image = &view.thing(place);
        if image.code.map(|code| view.text(code)) == code
            && view.text(image.name) == name
            && image.level == level
            && image.parent == above.and_then(|parent| parent.place)
        {
            self.said_places.insert(place);
        }
    }

    /// A plan; nothing if it holds on no day, and then nothing of what belongs to it either.
    pub fn plan(&mut self, plan: PlanRef) -> Option<PlanRow> {
        let view = &self.contents.view;
        let image = &view.thing(plan);
        if image.validity.is_empty() {
            self.unsaid.note(Unsaid::Never);
            return None;
        }
        let key = self.keys.of(view.register(), plan).into_owned();
        let mut code = self.filled(image.code, &key);
        if self.codes.contains(&code) {
            self.unsaid.note(Unsaid::SharedCodes);
            code = format!("{code}:{key}");
        }
        self.codes.insert(code.clone());
        self.unsaid
            .note_if(image.document.is_some(), Unsaid::PlanDocuments);
        self.note_statements(Subject::Plan(plan));
        for section in view.plan_sections(plan) {
            self.unsaid.note(Unsaid::Sections);
            self.note_statements(Subject::Section(section));
        }
        Some(PlanRow {
            code,
            title: self.filled(image.title, &key),
            year: image.year,
            owner: image.owner.map(|owner| self.party_key(owner)),
            validity: image.validity,
            key,
        })
    }

    /// What is stated of a plan or section itself.
    fn note_statements(&mut self, subject: Subject) {
        let Contents { view, facts } = self.contents;
        let (targets, deadlines) = (
            view.targets(subject, *facts),
            view.deadlines(subject, *facts),
        );
        self.unsaid.add(Unsaid::OtherTargets, targets.len());
        self.unsaid.add(Unsaid::OtherDeadlines, deadlines.len());
    }

    /// A task with what it says; nothing if it holds on no day, and then none of its assignments either.
    pub fn task(&mut self, task: TaskRef, body: Option<&str>) -> Option<TaskRow> {
        let view = &self.contents.view;
        let image = &view.thing(task);
        if image.validity.is_empty() {
            self.unsaid.note(Unsaid::Never);
            return None;
        }
        let key = self.keys.of(view.register(), task).into_owned();
        self.unsaid.note_if(
            matches!(image.body, Some(Body::Cited(..))),
            Unsaid::TaskCitations,
        );
        Some(TaskRow {
            plan: self.keys.of(view.register(), image.plan).into_owned(),
            position: image.position,
            code: view.text(image.label).to_owned(),
            title: self.filled(image.title, &key),
            body: body.filter(|body| !body.is_empty()).map(str::to_owned),
            target: self.target(task, image),
            deadline: self.deadline(task, image),
            status: view.task_status(task),
            validity: image.validity,
            key,
        })
    }

    /// The words of a task's targets.
    fn target(&mut self, task: TaskRef, image: &Task) -> Option<String> {
        let Contents { view, facts } = self.contents;
        let targets = view.targets(Subject::Task(task), *facts);
        let validity = |target: &TargetRef| view.thing(*target).validity;
        let (present, others) = self.present(targets, validity);
        self.unsaid.add(Unsaid::OtherTargets, others);
        let mut words: Vec<&str> = vec![];
        for target in present {
            let target = &view.thing(target);
            let Target {
                subject: _,
                wording,
                min,
                max,
                unit,
                firmness,
                due,
                position: _,
                validity,
            } = target;
            let is_said = matches!(wording, Wording::Entered(_))
                && min.is_none()
                && max.is_none()
                && unit.is_none()
                && *firmness == Firmness::Unstated
                && due.is_none()
                && *validity == image.validity;
            self.unsaid.note_if(!is_said, Unsaid::TargetFigures);
            // A sentence with several figures is one wording of several targets.
            let text = view.text(wording.text(view.register()));
            if !text.is_empty() && words.last() != Some(&text) {
                words.push(text);
            }
        }
        self.unsaid.note_if(words.len() > 1, Unsaid::ManyTargets);
        (!words.is_empty()).then(|| words.join("；"))
    }

    /// The day by which a task is to be done: the earliest of those that count.
    fn deadline(&mut self, task: TaskRef, image: &Task) -> Option<DueDate> {
        let Contents { view, facts } = self.contents;
        let deadlines = view.deadlines(Subject::Task(task), *facts);
        let count = deadlines.len();
        let dated = deadlines
            .into_iter()
            .filter(|deadline| view.thing(*deadline).due.date.is_some())
            .collect();
        let validity = |deadline: &DeadlineRef| view.thing(*deadline).validity;
        let (present, _) = self.present(dated, validity);
        let due = |deadline: &DeadlineRef| view.thing(*deadline).due.date.map(DueDate::last_day);
        let earliest = present.into_iter().min_by_key(due);
        self.unsaid.add(
            Unsaid::OtherDeadlines,
            count - usize::from(earliest.is_some()),
        );
        let Deadline {
            subject: _,
            due,
            validity,
            fulfilled,
        } = &view.thing(earliest?);
        let date = due.date?;
        let words = match due.wording {
            Wording::Entered(words) => Some(view.text(words)),
            Wording::Cited(_) => None,
        };
        let is_said = words == Some(date.to_string().as_str())
            && due.kind == DueKind::ByDate
            && due.source == DueSource::Record
            && *validity == image.validity
            && fulfilled.is_none();
        self.unsaid.note_if(!is_said, Unsaid::DeadlineWords);
        Some(date)
    }

    /// Those that hold on the view's day, or if none does, those that began last; and how many others there are.
    fn present<T>(&self, facts: Vec<T>, validity: impl Fn(&T) -> Validity) -> (Vec<T>, usize) {
        let day = self.contents.view.valid_on();
        let holds = |fact: &T| validity(fact).contains(day);
        let any_holds = facts.iter().any(holds);
        let last = facts.iter().map(|fact| validity(fact).from).max();
        let all = facts.len();
        let mut facts = facts;
        facts.retain(|fact| {
            if any_holds {
                holds(fact)
            } else {
                Some(validity(fact).from) == last
            }
        });
        let others = all - facts.len();
        (facts, others)
    }

    /// An assignment; nothing if it holds on no day.
    pub fn assignment(&mut self, assignment: AssignmentRef) -> Option<AssignmentRow> {
        let view = &self.contents.view;
        let Assignment {
            task,
            party,
            clause,
            citation,
            written,
            validity,
            position: _,
            role,
            basis,
            reference,
            inherits,
        } = &view.thing(assignment);
        if validity.is_empty() {
            self.unsaid.note(Unsaid::Never);
            return None;
        }
        let is_said = *basis == Basis::Recorded
            && clause.is_none()
            && citation.is_none()
            && written.is_none()
            && inherits.is_none();
        self.unsaid.note_if(!is_said, Unsaid::Bases);
        let guessed = match view.thing(*party).kind {
            PartyKind::Collective => Reference::Collective,
            _ => Reference::Named,
        };
        self.unsaid
            .note_if(*reference != guessed, Unsaid::References);
        Some(AssignmentRow {
            key: self.keys.of(view.register(), assignment).into_owned(),
            task: self.keys.of(view.register(), *task).into_owned(),
            party: self.party_key(*party),
            role: *role,
            validity: *validity,
        })
    }

    /// What all the rows together did not say.
    pub fn finish(mut self) -> UnsaidCounts {
        let view = &self.contents.view;
        let unsaid_places = view
            .known::<Place>()
            .filter(|(place, _)| !self.said_places.contains(place));
        let unsaid_places = unsaid_places.count();
        self.unsaid.add(Unsaid::Places, unsaid_places);
        self.unsaid
            .add(Unsaid::Documents, view.known::<Document>().count());
        self.unsaid
            .add(Unsaid::Standings, view.known::<Standing>().count());
        self.unsaid
            .add(Unsaid::Reports, view.known::<ProgressReport>().count());
        self.unsaid
            .add(Unsaid::Cases, view.known::<SupervisionCase>().count());
        self.unsaid
            .add(Unsaid::Rules, view.known::<ProgressRule>().count());
        self.unsaid.add(
            Unsaid::Reorganizations,
            view.known::<Reorganization>().count(),
        );
        self.unsaid
            .add(Unsaid::Clauses, view.known::<Clause>().count());
        self.unsaid
    }

    fn party_key(&self, party: PartyRef) -> String {
        let register = self.contents.view.register();
        self.keys.of(register, party).into_owned()
    }

    fn optional(&self, text: TextRef) -> Option<String> {
        let text = self.contents.view.text(text);
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// A text that may not be empty.
    fn filled(&mut self, text: TextRef, key: &str) -> String {
        let text = self.contents.view.text(text);
        let is_blank = text.trim().is_empty();
        self.unsaid.note_if(is_blank, Unsaid::BlankTitles);
        if is_blank { key } else { text }.to_owned()
    }
}
