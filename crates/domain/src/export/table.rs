//! Everything that a register holds, as one table a concept.
//!
//! A new column is a line here: its description, its name, its type and where it comes from. Files and their published
//! schema follow.

use super::{
    BodyMissing, Contents, LongTexts,
    cell::{Cell, Column, Digits, Value},
};
use crate::{
    change::Fact,
    clause::Confidence,
    deadline::DueDate,
    image::{
        Assignment, Body, Clause, Deadline, Document, Image, Party, PartyName, PartyRef, Place,
        Plan, PlanRef, ProgressReport, ProgressRule, Quote, QuoteRef, Reorganization, Reported,
        Section, Standing, Subject, SupervisionCase, Target, Task, Wording,
    },
    register::{Ref, TextRef},
    text::Sha256,
    time::Day,
    vocabulary::{
        Basis, CaseStage, DueKind, DueSource, Firmness, NameKind, PartyKind, PeriodKind,
        PlaceLevel, Reference, ReorganizationKind, Role, TaskStatus,
    },
};
use uuid::Uuid;

/// A table of an export.
pub trait Table: Image {
    /// What it is called.
    const NAME: &'static str;
    /// What it is for.
    const DESCRIPTION: &'static str;
    /// Its columns, in order.
    const COLUMNS: &'static [Column];

    /// Its rows in order, so many at a time that each lot can be held in memory: those of one plan, or all.
    fn lots(contents: &Contents) -> Box<dyn Iterator<Item = Vec<Ref<Self>>> + '_>;

    /// The long texts that a lot needs.
    fn long_texts(_contents: &Contents, _lot: &[Ref<Self>]) -> Vec<Sha256> {
        vec![]
    }

    /// One row.
    fn row<'v>(
        contents: &'v Contents,
        fact: Ref<Self>,
        texts: &'v LongTexts,
    ) -> Result<Vec<Cell<'v>>, BodyMissing>;
}

/// Does the same for every table, in the order of an export: what is referred to comes first.
#[macro_export]
macro_rules! each_export_table {
    ($table:ident => $do:expr) => {
        $crate::each_export_table! { @each $table => $do;
            Document Place Party PartyName Reorganization Plan Section Task Standing Clause Assignment Target Deadline ProgressReport
            SupervisionCase ProgressRule }
    };
    (@each $table:ident => $do:expr; $($image:ident)*) => {
        $({ type $table = $crate::image::$image; $do; })*
    };
}

macro_rules! table {
    (
        $(#[doc = $description:literal])+
        $name:literal $image:ident($contents:ident, $fact:ident, $it:ident, $texts:ident)
        lots $lots:expr;
        $(long_texts $long:path;)?
        $($(#[doc = $meaning:literal])+ $column:ident: $type:ty = $value:expr;)*
    ) => {
        impl Table for $image {
            const NAME: &'static str = $name;
            const DESCRIPTION: &'static str = concat!($($description),+).trim_ascii();
            const COLUMNS: &'static [Column] = &[$(Column {
                name: stringify!($column),
                kind: <$type as Value<'_>>::KIND,
                optional: <$type as Value<'_>>::OPTIONAL,
                description: concat!($($meaning),+).trim_ascii(),
            }),*];

            fn lots($contents: &Contents) -> Box<dyn Iterator<Item = Vec<Ref<Self>>> + '_> {
                Box::new($lots)
            }

            $(fn long_texts(contents: &Contents, lot: &[Ref<Self>]) -> Vec<Sha256> {
                $long(contents, lot)
            })?

            fn row<'v>(
                $contents: &'v Contents,
                $fact: Ref<Self>,
                $texts: &'v LongTexts,
            ) -> Result<Vec<Cell<'v>>, BodyMissing> {
                let $it = $contents.view.thing($fact);
                let _ = $texts;
                Ok(vec![$(<$type as Value<'v>>::cell($value)),*])
            }
        }
    };
}

table! {
    /// 政策文件: the published texts that plans come from. Their own characters are not in an export.
    "document" Document(c, document, it, texts)
    lots std::iter::once(c.known::<Document>());
    /// The document's id.
    id: Uuid = c.id(document);
    /// Its title.
    title: &str = c.text(it.title);
    /// Who issued it.
    issuer: Option<&str> = c.optional(it.issuer);
    /// Its document number.
    number: Option<&str> = c.optional(it.number);
    /// The day on which it was issued.
    issued_on: Option<Day> = it.issued_on;
    /// The day on which it was posted.
    posted_on: Option<Day> = it.posted_on;
    /// Where it was found.
    address: Option<&str> = c.optional(it.address);
    /// The digest of its bytes as they were given.
    sha256: Sha256 = it.bytes;
    /// How its bytes are to be decoded.
    encoding: &str = c.text(it.encoding);
    /// The documents that it cites, as it writes them.
    cites: Vec<&str> = it.cites.iter().map(|(_, words)| c.text(*words)).collect();
    /// Which reader read it.
    reader: &str = c.text(it.reader);
}

table! {
    /// 区域: territories with their official division codes.
    "place" Place(c, place, it, texts)
    lots std::iter::once(c.known::<Place>());
    /// The place's id.
    id: Uuid = c.id(place);
    /// Its division code (GB/T 2260).
    code: Option<&str> = c.optional(it.code);
    /// Its name.
    name: &str = c.text(it.name);
    /// Its level.
    level: PlaceLevel = it.level;
    /// The place that it lies in.
    parent_id: Option<Uuid> = it.parent.map(|parent| c.id(parent));
}

table! {
    /// 责任主体: everybody who can be responsible, in directory order.
    "party" Party(c, party, it, texts)
    lots std::iter::once(c.parties());
    /// The party's id.
    id: Uuid = c.id(party);
    /// What it is called on the day of the export.
    name: Option<&str> = c.name(party);
    /// What kind of body it is.
    kind: PartyKind = it.kind;
    /// The body above it.
    parent_id: Option<Uuid> = it.parent.map(|parent| c.id(parent));
    /// The place that it is of.
    place_id: Option<Uuid> = it.place.map(|place| c.id(place));
    /// The name of that place.
    place: Option<&str> = it.place.map(|place| c.text(c.view.thing(place).name));
    /// Its code.
    code: Option<&str> = c.optional(it.code);
    /// Its place in the directory.
    position: u32 = it.position;
    /// The first day on which it exists; nothing: always did.
    valid_from: Day = it.validity.from;
    /// The first day on which it no longer exists; nothing: no end is known.
    valid_to: Day = it.validity.to;
}

table! {
    /// 名称、简称: what parties are or were called.
    "party_name" PartyName(c, name, it, texts)
    lots c.parties().into_iter().map(|party| c.view.party_names(party, c.facts));
    /// The name's id.
    id: Uuid = c.id(name);
    /// Whose name it is.
    party_id: Uuid = c.id(it.party);
    /// The name.
    text: &str = c.text(it.text);
    /// What kind of name.
    kind: NameKind = it.kind;
    /// The first day on which the party was called so; nothing: always was.
    valid_from: Day = it.validity.from;
    /// The first day on which it no longer was; nothing: no end is known.
    valid_to: Day = it.validity.to;
}

table! {
    /// 机构改革: which bodies became which, in the order of recording.
    "reorganization" Reorganization(c, reorganization, it, texts)
    lots std::iter::once(c.known::<Reorganization>());
    /// The reorganization's id.
    id: Uuid = c.id(reorganization);
    /// What is done.
    kind: ReorganizationKind = it.kind;
    /// The first day on which it is so.
    effective_on: Day = it.effective;
    /// The bodies that it is done to.
    from_ids: Vec<Uuid> = c.ids(&it.from);
    /// The bodies that there are afterwards.
    to_ids: Vec<Uuid> = c.ids(&it.to);
    /// The words of the decision.
    text: Option<&str> = it.wording.map(|wording| c.wording(wording));
    /// The document whose words they are.
    document_id: Option<Uuid> = c.document(it.wording.and_then(Wording::citation));
    /// Where they begin in the document, in code points.
    start: Option<u32> = c.start(it.wording.and_then(Wording::citation));
    /// Where they end.
    end: Option<u32> = c.end(it.wording.and_then(Wording::citation));
}

table! {
    /// 行动计划: programmes set out by documents.
    "plan" Plan(c, plan, it, texts)
    lots std::iter::once(c.plans());
    /// The plan's id.
    id: Uuid = c.id(plan);
    /// What people call it by.
    code: &str = c.text(it.code);
    /// Its title.
    title: &str = c.text(it.title);
    /// The year that it is for.
    year: Option<i16> = it.year;
    /// The document that sets it out.
    document_id: Option<Uuid> = it.document.map(|document| c.id(document));
    /// The party that owns it.
    owner_id: Option<Uuid> = it.owner.map(|owner| c.id(owner));
    /// What that party is called on the day of the export.
    owner: Option<&str> = it.owner.and_then(|owner| c.name(owner));
    /// The first day on which it is in force; nothing: always was.
    valid_from: Day = it.validity.from;
    /// The first day on which it no longer is; nothing: no end is known.
    valid_to: Day = it.validity.to;
    /// The plan that takes its place then.
    superseded_by_id: Option<Uuid> = it.superseded_by.map(|newer| c.id(newer));
}

table! {
    /// 章节: the headings of plans, in the order of the text.
    "section" Section(c, section, it, texts)
    lots c.plans().into_iter().map(|plan| c.view.plan_sections(plan));
    /// The section's id.
    id: Uuid = c.id(section);
    /// The plan that it is a heading of.
    plan_id: Uuid = c.id(it.plan);
    /// The plan's code.
    plan: &str = c.plan_code(it.plan);
    /// The heading above it.
    parent_id: Option<Uuid> = it.parent.map(|parent| c.id(parent));
    /// The labels from the outermost heading down to its own.
    path: Vec<&str> = c.view.section_labels(section);
    /// Its title.
    title: &str = c.text(it.title);
    /// Its place in the plan.
    position: u32 = it.position;
    /// The document whose words it is.
    document_id: Option<Uuid> = c.document(it.citation);
    /// Those words.
    quote: Option<&str> = c.quote(it.citation);
    /// Where they begin in the document, in code points.
    start: Option<u32> = c.start(it.citation);
    /// Where they end.
    end: Option<u32> = c.end(it.citation);
}

table! {
    /// 重点任务: units of work that somebody answers for, in the order of their plans.
    "task" Task(c, task, it, texts)
    lots c.plans().into_iter().map(|plan| c.tasks(plan));
    long_texts Contents::body_texts;
    /// The task's id.
    id: Uuid = c.id(task);
    /// Its plan.
    plan_id: Uuid = c.id(it.plan);
    /// The plan's code.
    plan: &str = c.plan_code(it.plan);
    /// The section that it stands in.
    section_id: Option<Uuid> = it.section.map(|section| c.id(section));
    /// The labels from the outermost heading down to its own.
    path: Vec<&str> = c.view.task_path(task);
    /// Its title.
    title: &str = c.text(it.title);
    /// What it says.
    body: Option<&str> = c.body(task, texts)?;
    /// The document that says so.
    document_id: Option<Uuid> = match it.body {
        Some(Body::Cited(document, _)) => Some(c.id(document)),
        _ => None,
    };
    /// Where its body begins in the document, in code points.
    start: Option<u32> = c.body_points(task, texts)?.map(|points| points.start);
    /// Where its body ends.
    end: Option<u32> = c.body_points(task, texts)?.map(|points| points.end);
    /// Its place in the plan.
    position: u32 = it.position;
    /// How far it has come on the day of the export.
    status: TaskStatus = c.view.task_status(task);
    /// The first day on which it is in force; nothing: always was.
    valid_from: Day = it.validity.from;
    /// The first day on which it no longer is; nothing: no end is known.
    valid_to: Day = it.validity.to;
}

table! {
    /// 任务状态: how far tasks have come from which day on, in the order of their plans.
    "standing" Standing(c, standing, it, texts)
    lots c.plans().into_iter().map(|plan| {
        c.tasks(plan).into_iter().flat_map(|task| c.view.task_standings(task, c.facts)).collect()
    });
    /// The standing's id.
    id: Uuid = c.id(standing);
    /// The task.
    task_id: Uuid = c.id(it.task);
    /// How far it has come.
    status: TaskStatus = it.status;
    /// The first day on which it has.
    reached_on: Day = it.reached;
}

table! {
    /// 责任条款: the words that state who is responsible.
    "clause" Clause(c, clause, it, texts)
    lots c.by_subject(|subject| c.view.clauses(subject));
    /// The clause's id.
    id: Uuid = c.id(clause);
    /// Whether it governs a plan, a section or a task.
    subject: Subject = it.subject;
    /// The id of that.
    subject_id: Uuid = c.subject_id(it.subject);
    /// The document whose words it is.
    document_id: Option<Uuid> = c.document(Some(it.citation));
    /// Those words.
    quote: Option<&str> = c.quote(Some(it.citation));
    /// Where they begin in the document, in code points.
    start: Option<u32> = c.start(Some(it.citation));
    /// Where they end.
    end: Option<u32> = c.end(Some(it.citation));
    /// Where the text that it governs begins, if it is not the whole subject.
    scope_start: Option<u32> = it.scope.map(|scope| scope.points.start);
    /// Where that text ends.
    scope_end: Option<u32> = it.scope.map(|scope| scope.points.end);
    /// The form of the words, such as 牵头…配合….
    form: &str = c.text(it.form);
    /// The rule by which it was read.
    rule: &str = c.text(it.rule);
    /// Whether its list is left open (等).
    open: bool = it.open;
    /// Whether the words were found damaged.
    garbled: bool = it.garbled;
    /// How sure the reading is, in percent.
    confidence_percent: Confidence = it.confidence;
}

table! {
    /// 责任分工: who answers for which task, in which role, from when to when, on which words.
    "assignment" Assignment(c, assignment, it, texts)
    lots c.plans().into_iter().map(|plan| {
        c.tasks(plan).into_iter().flat_map(|task| c.assignments(task)).collect()
    });
    /// The assignment's id.
    id: Uuid = c.id(assignment);
    /// The code of the task's plan.
    plan: &str = c.plan_code(c.view.thing(it.task).plan);
    /// The task.
    task_id: Uuid = c.id(it.task);
    /// The task's title.
    task: &str = c.text(c.view.thing(it.task).title);
    /// The party.
    party_id: Uuid = c.id(it.party);
    /// What the party is called on the day of the export.
    party: Option<&str> = c.name(it.party);
    /// What it does for the task.
    role: Role = it.role;
    /// On what the assignment rests.
    basis: Basis = it.basis;
    /// Whether the text names a party, a collective or nobody in particular.
    reference: Reference = it.reference;
    /// The clause that states it.
    clause_id: Option<Uuid> = it.clause.map(|clause| c.id(clause));
    /// The document whose words it rests on.
    document_id: Option<Uuid> = c.document(it.citation.or(it.written));
    /// Those words.
    quote: Option<&str> = c.quote(it.citation);
    /// Where they begin in the document, in code points.
    start: Option<u32> = c.start(it.citation);
    /// Where they end.
    end: Option<u32> = c.end(it.citation);
    /// The party's name as the document writes it.
    written: Option<&str> = c.quote(it.written);
    /// Where that begins in the document, in code points.
    written_start: Option<u32> = c.start(it.written);
    /// Where it ends.
    written_end: Option<u32> = c.end(it.written);
    /// Its place among the assignments of the task.
    position: u16 = it.position;
    /// The first day on which it holds; nothing: always did.
    valid_from: Day = it.validity.from;
    /// The first day on which it no longer holds; nothing: no end is known.
    valid_to: Day = it.validity.to;
    /// The assignment that it continues, where a reorganization moved the duty.
    inherits_id: Option<Uuid> = it.inherits.map(|inherits| c.id(inherits.assignment));
    /// The reorganization that did.
    reorganization_id: Option<Uuid> = it.inherits.map(|inherits| c.id(inherits.reorganization));
}

table! {
    /// 目标指标: figures to be reached.
    "target" Target(c, target, it, texts)
    lots c.by_subject(|subject| c.view.targets(subject, c.facts));
    /// The target's id.
    id: Uuid = c.id(target);
    /// Whether it is of a plan, a section or a task.
    subject: Subject = it.subject;
    /// The id of that.
    subject_id: Uuid = c.subject_id(it.subject);
    /// Its words.
    text: &str = c.wording(it.wording);
    /// The least that is to be reached.
    min: Option<Digits<'_>> = c.optional(it.min).map(Digits);
    /// The most.
    max: Option<Digits<'_>> = c.optional(it.max).map(Digits);
    /// The unit of both.
    unit: Option<&str> = c.optional(it.unit);
    /// How firm the words are.
    firmness: Firmness = it.firmness;
    /// By when, in words.
    due: Option<&str> = it.due.map(|due| c.wording(due.wording));
    /// By when, as a date with its precision.
    due_date: Option<DueDate> = it.due.and_then(|due| due.date);
    /// What the words for when mean.
    due_kind: Option<DueKind> = it.due.map(|due| due.kind);
    /// Where the words for when stand.
    due_source: Option<DueSource> = it.due.map(|due| due.source);
    /// The document whose words it is.
    document_id: Option<Uuid> = c.document(it.wording.citation());
    /// Where they begin in the document, in code points.
    start: Option<u32> = c.start(it.wording.citation());
    /// Where they end.
    end: Option<u32> = c.end(it.wording.citation());
    /// Its place among the targets of the plan.
    position: u32 = it.position;
    /// The first day on which it holds; nothing: always did.
    valid_from: Day = it.validity.from;
    /// The first day on which it no longer holds; nothing: no end is known.
    valid_to: Day = it.validity.to;
}

table! {
    /// 完成时限: by when something is to be done.
    "deadline" Deadline(c, deadline, it, texts)
    lots c.by_subject(|subject| c.view.deadlines(subject, c.facts));
    /// The deadline's id.
    id: Uuid = c.id(deadline);
    /// Whether it is of a plan, a section or a task.
    subject: Subject = it.subject;
    /// The id of that.
    subject_id: Uuid = c.subject_id(it.subject);
    /// Its words.
    text: &str = c.wording(it.due.wording);
    /// What they mean.
    kind: DueKind = it.due.kind;
    /// The date that they mean, with its precision.
    date: Option<DueDate> = it.due.date;
    /// Where they stand.
    source: DueSource = it.due.source;
    /// The document whose words they are.
    document_id: Option<Uuid> = c.document(it.due.wording.citation());
    /// Where they begin in the document, in code points.
    start: Option<u32> = c.start(it.due.wording.citation());
    /// Where they end.
    end: Option<u32> = c.end(it.due.wording.citation());
    /// The first day on which it holds; nothing: always did.
    valid_from: Day = it.validity.from;
    /// The first day on which it no longer holds; nothing: no end is known.
    valid_to: Day = it.validity.to;
    /// The day on which it was met.
    fulfilled_on: Option<Day> = it.fulfilled;
}

table! {
    /// 进度填报: what parties report on tasks and targets, in the order of recording.
    "progress_report" ProgressReport(c, report, it, texts)
    lots std::iter::once(c.known::<ProgressReport>());
    /// The report's id.
    id: Uuid = c.id(report);
    /// The task that it is about, itself or by its target.
    task_id: Option<Uuid> = c.view.report_task(report).map(|task| c.id(task));
    /// The target that it is about.
    target_id: Option<Uuid> = match it.about {
        Reported::Target(target) => Some(c.id(target)),
        Reported::Task(_) => None,
    };
    /// Who reports.
    party_id: Uuid = c.id(it.party);
    /// What the party is called on the day of the export.
    party: Option<&str> = c.name(it.party);
    /// The first day that it covers.
    period_from: Day = it.period.from;
    /// The first day that it no longer covers.
    period_to: Day = it.period.to;
    /// The day on which it was given.
    reported_on: Day = it.reported;
    /// How far the party says that the task has come.
    status: Option<TaskStatus> = it.status;
    /// The figure that was reached.
    value: Option<Digits<'_>> = c.optional(it.value).map(Digits);
    /// What the party says.
    text: &str = c.text(it.words);
    /// Where what shows it can be found.
    evidence: Vec<&str> = it.evidence.iter().map(|address| c.text(*address)).collect();
}

table! {
    /// 督办件: cases in which parties are held to tasks, in the order of recording.
    "supervision_case" SupervisionCase(c, case, it, texts)
    lots std::iter::once(c.known::<SupervisionCase>());
    /// The case's id.
    id: Uuid = c.id(case);
    /// The task.
    task_id: Uuid = c.id(it.task);
    /// Who is held to it.
    party_id: Uuid = c.id(it.party);
    /// What the party is called on the day of the export.
    party: Option<&str> = c.name(it.party);
    /// The number by which the office files it.
    number: &str = c.text(it.number);
    /// What is asked.
    subject: &str = c.text(it.subject);
    /// By when an answer is due.
    due_on: Option<Day> = it.due;
    /// How far it has come on the day of the export.
    stage: Option<CaseStage> = c.view.case_stage(case);
    /// What was said in it by that day, step by step.
    steps: Vec<&str> = c.view.case_steps(case).iter().map(|step| c.optional(step.words).unwrap_or_default()).collect();
}

table! {
    /// 督查规则: rules that the office sets for lights and reports: the register's, then those of plans.
    "progress_rule" ProgressRule(c, rule, it, texts)
    lots std::iter::once(c.view.progress_rules(c.facts));
    /// The rule's id.
    id: Uuid = c.id(rule);
    /// The plan; every plan without a rule of its own if there is none.
    plan_id: Option<Uuid> = it.plan.map(|plan| c.id(plan));
    /// How many days before a last day a light turns amber.
    amber_days: u16 = it.amber_days;
    /// For which periods reports are asked for; none are if this is empty.
    every: Option<PeriodKind> = it.rhythm.map(|rhythm| rhythm.every);
    /// By which day of the period's last month.
    by_day: Option<u16> = it.rhythm.map(|rhythm| rhythm.day.into());
    /// Whether it is a day of the month after the period instead.
    following: Option<bool> = it.rhythm.map(|rhythm| rhythm.following);
    /// The first day on which it holds.
    valid_from: Day = it.validity.from;
    /// The first day on which it no longer does.
    valid_to: Day = it.validity.to;
}

/// What columns are made of.
impl Contents {
    fn known<I: Image>(&self) -> Vec<Ref<I>> {
        self.view.known::<I>().map(|(thing, _)| thing).collect()
    }

    /// What is stated of each plan, its sections and its tasks, plan by plan.
    fn by_subject<I>(
        &self,
        of: impl Fn(Subject) -> Vec<Ref<I>>,
    ) -> impl Iterator<Item = Vec<Ref<I>>> {
        self.plans().into_iter().map(move |plan| {
            let subjects = self.view.plan_subjects(plan).into_iter();
            subjects.flat_map(&of).collect()
        })
    }

    fn id<I: Image>(&self, thing: Ref<I>) -> Uuid {
        <I::Fact as Fact>::Id::into(self.view.id(thing))
    }

    fn ids<I: Image>(&self, things: &[Ref<I>]) -> Vec<Uuid> {
        things.iter().map(|thing| self.id(*thing)).collect()
    }

    fn subject_id(&self, subject: Subject) -> Uuid {
        match subject {
            Subject::Plan(plan) => self.id(plan),
            Subject::Section(section) => self.id(section),
            Subject::Task(task) => self.id(task),
        }
    }

    fn text(&self, text: TextRef) -> &str {
        self.view.text(text)
    }

    fn optional(&self, text: Option<TextRef>) -> Option<&str> {
        text.map(|text| self.text(text))
    }

    fn name(&self, party: PartyRef) -> Option<&str> {
        self.optional(self.view.party_name(party))
    }

    fn plan_code(&self, plan: PlanRef) -> &str {
        self.text(self.view.thing(plan).code)
    }

    fn wording(&self, wording: Wording) -> &str {
        self.text(wording.text(self.view.register()))
    }

    fn cited(&self, quote: Option<QuoteRef>) -> Option<&Quote> {
        quote.map(|quote| self.view.quote(quote))
    }

    fn document(&self, quote: Option<QuoteRef>) -> Option<Uuid> {
        self.cited(quote).map(|quote| self.id(quote.document))
    }

    fn quote(&self, quote: Option<QuoteRef>) -> Option<&str> {
        self.cited(quote).map(|quote| self.text(quote.text))
    }

    fn start(&self, quote: Option<QuoteRef>) -> Option<u32> {
        self.cited(quote).map(|quote| quote.passage.points.start)
    }

    fn end(&self, quote: Option<QuoteRef>) -> Option<u32> {
        self.cited(quote).map(|quote| quote.passage.points.end)
    }
}
