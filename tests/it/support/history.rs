//! Random histories: changesets that fit one another and touch every table.

mod record;

use super::{database::CODE, env::TestEnv, random::Random, write::write};
use bytes::Bytes;
use domain::{
    assignment::Assignment,
    change::{Authority, Change, Fact, Origin},
    clause::{Clause, Subject},
    deadline::{Deadline, Due, DueDate},
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
    task::{Task, Wording},
    text::{Citation, Sha256, Span},
    time::{Day, Instant, Validity},
    vocabulary::{DueKind, DueSource},
};
use std::{collections::BTreeSet, convert::Infallible};
use store::{Idempotency, Store, Write, Written};
use uuid::Uuid;

/// One write of a history.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    pub(crate) changes: Vec<Change>,
    pub(crate) texts: Vec<(Sha256, Bytes)>,
    pub(crate) key: Option<String>,
    pub(crate) authority: Option<Authority>,
    /// How far the clock goes on before it; it may go back.
    pub(crate) pause: i64,
}

impl Step {
    pub(crate) async fn run(self, store: &Store, env: &TestEnv) -> Written {
        let Self {
            changes,
            texts,
            key,
            authority,
            pause,
        } = self;
        env.set_now(Instant(env.now().0 + pause));
        let idempotency = key.map(|key| Idempotency {
            input_hash: Sha256::of(key.as_bytes()),
            key,
        });
        let write = Write {
            texts,
            idempotency,
            authority,
            reason: Some(CODE.to_owned()),
            ..write("test.step")
        };
        store
            .write(write, move |_| Ok::<_, Infallible>(changes.clone()))
            .await
            .unwrap()
    }
}

/// `length` writes that `seed` repeats.
pub(crate) fn history(seed: u64, length: usize) -> Vec<Step> {
    let mut world = World {
        random: Random::new(seed),
        ..World::new()
    };
    (0..length).map(|number| world.step(number)).collect()
}

/// Facts that are held, with their ids.
type Held<F> = Vec<(<F as Fact>::Id, F)>;

struct World {
    random: Random,
    ids: TestEnv,
    documents: Held<Document>,
    words: Vec<String>,
    places: Held<Place>,
    parties: Held<Party>,
    names: Held<PartyName>,
    reorganizations: Held<Reorganization>,
    plans: Held<Plan>,
    sections: Held<Section>,
    tasks: Held<Task>,
    clauses: Held<Clause>,
    assignments: Held<Assignment>,
    targets: Held<Target>,
    deadlines: Held<Deadline>,
    standings: Held<Standing>,
    reports: Held<ProgressReport>,
    cases: Held<SupervisionCase>,
    rules: Held<ProgressRule>,
    texts: Vec<(Sha256, Bytes)>,
    /// What this step changed already: no fact is changed twice in one changeset.
    touched: BTreeSet<Uuid>,
}

/// Changes one held fact, unless this step did so before.
macro_rules! revise {
    ($world:ident, $facts:ident, |$fact:ident| $change:expr) => {{
        let index = $world.random.below($world.$facts.len().max(1));
        let (id, before) = $world.$facts.get(index)?.clone();
        if !$world.touched.insert(id.into()) {
            return None;
        }
        let mut $fact = before.clone();
        $change;
        $world.$facts[index].1 = $fact.clone();
        Change::revise(id, before, $fact)
    }};
}

macro_rules! withdraw {
    ($world:ident, $facts:ident) => {{
        let index = $world.random.below($world.$facts.len().max(1));
        let (id, _) = *$world.$facts.get(index).as_ref()?;
        if !$world.touched.insert((*id).into()) {
            return None;
        }
        let (id, before) = $world.$facts.swap_remove(index);
        Change::withdraw(id, before)
    }};
}

impl World {
    fn new() -> Self {
        Self {
            random: Random::new(0),
            ids: TestEnv::new(),
            documents: vec![],
            words: vec![],
            places: vec![],
            parties: vec![],
            names: vec![],
            reorganizations: vec![],
            plans: vec![],
            sections: vec![],
            tasks: vec![],
            clauses: vec![],
            assignments: vec![],
            targets: vec![],
            deadlines: vec![],
            standings: vec![],
            reports: vec![],
            cases: vec![],
            rules: vec![],
            texts: vec![],
            touched: BTreeSet::new(),
        }
    }

    fn step(&mut self, number: usize) -> Step {
        self.touched.clear();
        let wanted = if number == 0 {
            40
        } else {
            1 + self.random.below(12)
        };
        let mut changes = vec![];
        while changes.len() < wanted {
            let change = if number == 0 || self.random.chance(2) {
                self.record()
            } else {
                self.amend()
            };
            changes.extend(change);
        }
        let authority = match self.random.below(4) {
            0 => self.citation().map(Authority::Cited),
            1 => Some(Authority::Named("某政发〔2024〕1号".to_owned())),
            _ => None,
        };
        Step {
            changes,
            texts: std::mem::take(&mut self.texts),
            key: (number == 0 || self.random.chance(3)).then(|| format!("key {number}")),
            authority,
            pause: i64::from(self.random.number(2_000_000)) - 500_000,
        }
    }

    /// Records a new fact: everything in turn, then anything.
    fn record(&mut self) -> Option<Change> {
        let turn = if self.touched.len() < 30 {
            self.touched.len() % 16
        } else {
            self.random.below(16)
        };
        let id = self.ids.uuid();
        self.touched.insert(id);
        Some(match turn {
            0 => self.record_document(id.into()),
            1 => self.record_place(id.into()),
            2 => self.record_party(id.into()),
            3 => self.record_name(id.into())?,
            4 => self.record_reorganization(id.into()),
            5 => self.record_plan(id.into()),
            6 => self.record_section(id.into())?,
            7 => self.record_task(id.into())?,
            8 => self.record_clause(id.into())?,
            9 => self.record_assignment(id.into())?,
            10 => self.record_target(id.into())?,
            11 => self.record_standing(id.into())?,
            12 => self.record_report(id.into())?,
            13 => self.record_case(id.into())?,
            14 => self.record_rule(id.into()),
            _ => self.record_deadline(id.into())?,
        })
    }

    fn words(&mut self) -> String {
        let words = [
            "滨海新区",
            "市科技局",
            "100家",
            "，",
            "\"quoted\"",
            "\n",
            "é",
            "𠀀",
            "（负责）",
            "50%",
            " ",
        ];
        (0..=self.random.below(8))
            .map(|_| self.random.pick(&words))
            .collect()
    }

    fn optional_words(&mut self) -> Option<String> {
        self.random.chance(2).then(|| self.words())
    }

    fn day(&mut self) -> Day {
        Day::from_number(self.random.number(40_000))
    }

    fn validity(&mut self) -> Validity {
        let (one, other) = (self.random.number(40_000), self.random.number(40_000));
        let from = if self.random.chance(4) {
            Day::BEGINNING
        } else {
            Day::from_number(one.min(other))
        };
        let to = if self.random.chance(2) {
            Day::FOREVER
        } else {
            Day::from_number(one.max(other) + 1)
        };
        Validity { from, to }
    }

    fn position(&mut self) -> u32 {
        if self.random.chance(9) {
            u32::MAX
        } else {
            self.random.below(100) as u32
        }
    }

    fn own_text(&mut self) -> Sha256 {
        let text = self.words() + &self.words();
        let digest = Sha256::of(text.as_bytes());
        self.texts.push((digest, text.into()));
        digest
    }

    fn citation(&mut self) -> Option<Citation> {
        let index = self.random.below(self.documents.len().max(1));
        let (document, _) = self.documents.get(index)?;
        let ends: Vec<usize> = self.words[index]
            .char_indices()
            .map(|(at, _)| at)
            .chain([self.words[index].len()])
            .collect();
        let (a, b) = (self.random.pick(&ends), self.random.pick(&ends));
        Some(Citation {
            document: *document,
            span: Span::of(a.min(b)..a.max(b)),
        })
    }

    fn wording(&mut self) -> Wording {
        let entered = Wording::Entered(self.words());
        if self.random.chance(2) {
            entered
        } else {
            self.citation().map_or(entered, Wording::Cited)
        }
    }

    fn due(&mut self) -> Due {
        let date = match self.random.below(4) {
            0 => Some(DueDate::Year(2024)),
            1 => Some(DueDate::Month(2023, 12)),
            2 => Some(DueDate::Day(self.day())),
            _ => None,
        };
        Due {
            wording: self.wording(),
            kind: self.random.pick(DueKind::ALL),
            date,
            source: self.random.pick(DueSource::ALL),
        }
    }

    fn subject(&mut self) -> Option<Subject> {
        let plan = Subject::Plan(self.some(|world| &world.plans)?);
        let section = self.some(|world| &world.sections).map(Subject::Section);
        let task = self.some(|world| &world.tasks).map(Subject::Task);
        Some(match self.random.below(4) {
            0 => plan,
            1 => section.unwrap_or(plan),
            _ => task.unwrap_or(plan),
        })
    }

    /// The id of one of the facts that are held.
    fn some<F: Fact>(&mut self, facts: impl Fn(&Self) -> &Held<F>) -> Option<F::Id> {
        let count = facts(self).len();
        let index = self.random.below(count.max(1));
        facts(self).get(index).map(|(id, _)| *id)
    }

    fn maybe<F: Fact>(&mut self, facts: impl Fn(&Self) -> &Held<F>) -> Option<F::Id> {
        if self.random.chance(2) {
            None
        } else {
            self.some(facts)
        }
    }

    /// A new fact, sometimes as loaded from another system.
    fn recorded<F: Fact>(&mut self, id: F::Id, fact: F) -> Change {
        if self.random.chance(3) {
            let origin = Origin {
                source: self.random.pick(&["甲系统", "b"]).to_owned(),
                key: Uuid::to_string(&id.into()),
            };
            Change::load(id, fact, origin)
        } else {
            Change::record(id, fact)
        }
    }

    /// Revises or withdraws a fact; nothing if there is none of the kind that chance picked.
    fn amend(&mut self) -> Option<Change> {
        let (words, validity, due) = (self.words(), self.validity(), self.due());
        let (position, citation, day) = (self.position(), self.citation(), self.day());
        Some(match self.random.below(24) {
            0 => revise!(self, documents, |document| document.address = Some(words)),
            1 => revise!(self, places, |place| place.name = words),
            2 => revise!(self, parties, |party| party.position = position),
            3 => revise!(self, names, |name| name.validity = validity),
            4 => revise!(self, plans, |plan| plan.title = words),
            5 => revise!(self, sections, |section| section.citation = citation),
            6 => revise!(self, tasks, |task| task.title = words),
            7 => revise!(self, clauses, |clause| clause.garbled = !clause.garbled),
            8 => revise!(self, assignments, |assignment| assignment.validity =
                validity),
            9 => revise!(self, targets, |target| target.due = Some(due)),
            10 => revise!(self, deadlines, |deadline| deadline.due = due),
            11 => revise!(self, reorganizations, |it| it.effective = day),
            12 => revise!(self, deadlines, |deadline| deadline.fulfilled = Some(day)),
            13 => withdraw!(self, reorganizations),
            14 => withdraw!(self, names),
            15 => revise!(self, standings, |standing| standing.reached = day),
            16 => revise!(self, reports, |report| report.words = words),
            17 => revise!(self, cases, |case| case.due = Some(day)),
            18 => withdraw!(self, standings),
            19 => withdraw!(self, assignments),
            20 => withdraw!(self, targets),
            21 => revise!(self, rules, |rule| rule.validity = validity),
            22 => withdraw!(self, rules),
            _ => withdraw!(self, deadlines),
        })
    }
}
