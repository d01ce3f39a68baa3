//! One random fact of each kind.

use super::World;
use bytes::Bytes;
use domain::{
    assignment::{Assignment, Inheritance},
    change::Change,
    clause::{Clause, Confidence},
    deadline::Deadline,
    document::Document,
    id::{
        AssignmentId, ClauseId, DeadlineId, DocumentId, PartyId, PartyNameId, PlaceId, PlanId,
        ProgressReportId, ProgressRuleId, ReorganizationId, SectionId, StandingId,
        SupervisionCaseId, TargetId, TaskId,
    },
    party::{Party, PartyName},
    place::Place,
    plan::{Plan, Section},
    progress::{ProgressReport, Reported},
    progress_rule::{ProgressRule, Rhythm},
    reorganization::Reorganization,
    standing::Standing,
    supervision::{CaseStep, SupervisionCase},
    target::Target,
    task::{Body, Task},
    text::{Sha256, Span},
    vocabulary::{
        Basis, CaseStage, Firmness, NameKind, PartyKind, PeriodKind, PlaceLevel, Reference,
        ReorganizationKind, Role, TaskStatus,
    },
};

impl World {
    pub(super) fn record_document(&mut self, id: DocumentId) -> Change {
        let text = self.words() + &self.words() + &self.words();
        let bytes: Bytes = [b"\xef\xbb\xbf", text.as_bytes()].concat().into();
        let cites = Span::of(0..text.chars().next().map_or(0, char::len_utf8));
        let document = Document {
            title: self.words(),
            issuer: self.optional_words(),
            number: self.optional_words(),
            issued_on: self.random.chance(2).then(|| self.day()),
            posted_on: self.random.chance(2).then(|| self.day()),
            address: self.optional_words(),
            bytes: Sha256::of(&bytes),
            text: Sha256::of(text.as_bytes()),
            encoding: "UTF-8".to_owned(),
            cites: if self.random.chance(2) {
                vec![cites]
            } else {
                vec![]
            },
            reader: "test".to_owned(),
        };
        self.texts.push((document.bytes, bytes));
        self.texts.push((document.text, text.clone().into()));
        self.words.push(text);
        self.documents.push((id, document.clone()));
        self.recorded(id, document)
    }

    pub(super) fn record_place(&mut self, id: PlaceId) -> Change {
        let place = Place {
            code: self.optional_words(),
            name: self.words(),
            level: self.random.pick(PlaceLevel::ALL),
            parent: self.maybe(|world| &world.places),
        };
        self.places.push((id, place.clone()));
        self.recorded(id, place)
    }

    pub(super) fn record_party(&mut self, id: PartyId) -> Change {
        let party = Party {
            kind: self.random.pick(PartyKind::ALL),
            parent: self.maybe(|world| &world.parties),
            place: self.maybe(|world| &world.places),
            code: self.optional_words(),
            position: self.position(),
            validity: self.validity(),
        };
        self.parties.push((id, party.clone()));
        self.recorded(id, party)
    }

    pub(super) fn record_name(&mut self, id: PartyNameId) -> Option<Change> {
        let name = PartyName {
            party: self.some(|world| &world.parties)?,
            text: self.words(),
            kind: self.random.pick(NameKind::ALL),
            validity: self.validity(),
        };
        self.names.push((id, name.clone()));
        Some(self.recorded(id, name))
    }

    pub(super) fn record_reorganization(&mut self, id: ReorganizationId) -> Change {
        let reorganization = Reorganization {
            kind: self.random.pick(ReorganizationKind::ALL),
            effective: self.day(),
            from: self.some(|world| &world.parties).into_iter().collect(),
            to: self.maybe(|world| &world.parties).into_iter().collect(),
            wording: self.random.chance(2).then(|| self.wording()),
        };
        self.reorganizations.push((id, reorganization.clone()));
        self.recorded(id, reorganization)
    }

    pub(super) fn record_standing(&mut self, id: StandingId) -> Option<Change> {
        let standing = Standing {
            task: self.some(|world| &world.tasks)?,
            status: self.random.pick(TaskStatus::ALL),
            reached: self.day(),
        };
        self.standings.push((id, standing.clone()));
        Some(self.recorded(id, standing))
    }

    pub(super) fn record_report(&mut self, id: ProgressReportId) -> Option<Change> {
        let target = self.maybe(|world| &world.targets).map(Reported::Target);
        let report = ProgressReport {
            about: match target {
                Some(target) => target,
                None => Reported::Task(self.some(|world| &world.tasks)?),
            },
            party: self.some(|world| &world.parties)?,
            period: self.validity(),
            reported: self.day(),
            status: self
                .random
                .chance(2)
                .then(|| self.random.pick(TaskStatus::ALL)),
            value: self.random.chance(2).then(|| "-0.5".parse().unwrap()),
            words: self.words(),
            evidence: self.optional_words().into_iter().collect(),
        };
        self.reports.push((id, report.clone()));
        Some(self.recorded(id, report))
    }

    pub(super) fn record_case(&mut self, id: SupervisionCaseId) -> Option<Change> {
        let step = CaseStep {
            stage: self.random.pick(CaseStage::ALL),
            day: self.day(),
            party: self.maybe(|world| &world.parties),
            words: self.optional_words(),
        };
        let case = SupervisionCase {
            task: self.some(|world| &world.tasks)?,
            party: self.some(|world| &world.parties)?,
            number: self.words(),
            subject: self.words(),
            due: self.random.chance(2).then(|| self.day()),
            steps: vec![step],
        };
        self.cases.push((id, case.clone()));
        Some(self.recorded(id, case))
    }

    pub(super) fn record_rule(&mut self, id: ProgressRuleId) -> Change {
        let rhythm = Rhythm {
            every: self.random.pick(PeriodKind::ALL),
            day: 1 + self.random.below(31) as u8,
            following: self.random.chance(2),
        };
        let rule = ProgressRule {
            plan: self.maybe(|world| &world.plans),
            amber_days: self.random.below(100) as u16,
            rhythm: self.random.chance(2).then_some(rhythm),
            validity: self.validity(),
        };
        self.rules.push((id, rule.clone()));
        self.recorded(id, rule)
    }

    fn inheritance(&mut self) -> Option<Inheritance> {
        Some(Inheritance {
            assignment: self.maybe(|world| &world.assignments)?,
            reorganization: self.maybe(|world| &world.reorganizations)?,
        })
    }

    pub(super) fn record_plan(&mut self, id: PlanId) -> Change {
        let plan = Plan {
            code: id.to_string(),
            title: self.words(),
            document: self.maybe(|world| &world.documents),
            owner: self.maybe(|world| &world.parties),
            year: self.random.chance(2).then_some(2024),
            validity: self.validity(),
            superseded_by: self.maybe(|world| &world.plans),
        };
        self.plans.push((id, plan.clone()));
        self.recorded(id, plan)
    }

    pub(super) fn record_section(&mut self, id: SectionId) -> Option<Change> {
        let plan = self.some(|world| &world.plans)?;
        let section = Section {
            plan,
            parent: self.maybe(|world| &world.sections),
            label: "（一）".to_owned(),
            title: self.words(),
            position: self.position(),
            citation: self.citation(),
        };
        self.sections.push((id, section.clone()));
        Some(self.recorded(id, section))
    }

    pub(super) fn record_task(&mut self, id: TaskId) -> Option<Change> {
        let plan = self.some(|world| &world.plans)?;
        let body = match self.random.below(3) {
            0 => self.citation().map(Body::Cited),
            1 => Some(Body::Own(self.own_text())),
            _ => None,
        };
        let task = Task {
            plan,
            section: self.maybe(|world| &world.sections),
            label: "1".to_owned(),
            title: self.words(),
            body,
            position: self.position(),
            status: self.random.pick(TaskStatus::ALL),
            validity: self.validity(),
        };
        self.tasks.push((id, task.clone()));
        Some(self.recorded(id, task))
    }

    pub(super) fn record_clause(&mut self, id: ClauseId) -> Option<Change> {
        let citation = self.citation()?;
        let clause = Clause {
            subject: self.subject()?,
            citation,
            scope: self.random.chance(2).then_some(citation.span),
            form: "按职责分工负责".to_owned(),
            rule: "bracket".to_owned(),
            open: self.random.chance(2),
            garbled: self.random.chance(2),
            confidence: Confidence::percent(self.random.below(101) as u8),
        };
        self.clauses.push((id, clause.clone()));
        Some(self.recorded(id, clause))
    }

    pub(super) fn record_assignment(&mut self, id: AssignmentId) -> Option<Change> {
        let task = self.some(|world| &world.tasks)?;
        let party = self.some(|world| &world.parties)?;
        let role = self.random.pick(Role::ALL);
        // What an office decides may stand beside others less freely than what a document states: it comes first, and
        // nothing that it excludes is recorded beside it, be it by the same changeset.
        let beside = self.assignments.iter().filter(|(_, it)| it.task == task);
        let is_first = beside.clone().next().is_none();
        let is_excluded = |it: &Assignment| {
            matches!(it.basis, Basis::Designated | Basis::Inherited)
                && it.role == role
                && (role == Role::Lead || it.party == party)
        };
        if beside.clone().any(|(_, it)| is_excluded(it)) {
            return None;
        }
        let assignment = Assignment {
            task,
            party,
            role,
            basis: if is_first {
                self.random.pick(Basis::ALL)
            } else {
                self.random.pick(&[Basis::Stated, Basis::Recorded])
            },
            reference: self.random.pick(Reference::ALL),
            clause: self.maybe(|world| &world.clauses),
            citation: self.citation(),
            written: self.citation(),
            position: self.random.below(70_000).min(65_535) as u16,
            validity: self.validity(),
            inherits: self.inheritance(),
        };
        self.assignments.push((id, assignment.clone()));
        Some(self.recorded(id, assignment))
    }

    pub(super) fn record_target(&mut self, id: TargetId) -> Option<Change> {
        let target = Target {
            subject: self.subject()?,
            wording: self.wording(),
            min: self
                .random
                .maybe(&["12.5", "-3"])
                .map(|min| min.parse().unwrap()),
            max: self
                .random
                .maybe(&["1000", "0"])
                .map(|max| max.parse().unwrap()),
            unit: self.optional_words(),
            firmness: self.random.pick(Firmness::ALL),
            due: self.random.chance(2).then(|| self.due()),
            position: self.position(),
            validity: self.validity(),
        };
        self.targets.push((id, target.clone()));
        Some(self.recorded(id, target))
    }

    pub(super) fn record_deadline(&mut self, id: DeadlineId) -> Option<Change> {
        let deadline = Deadline {
            subject: self.subject()?,
            due: self.due(),
            validity: self.validity(),
            fulfilled: self.random.chance(3).then(|| self.day()),
        };
        self.deadlines.push((id, deadline.clone()));
        Some(self.recorded(id, deadline))
    }
}
