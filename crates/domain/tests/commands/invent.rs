//! Commands made up out of numbers, over what a model's state holds.

mod reorganization;
mod work;

use super::{dice::Dice, model::State};
use domain::{
    change::{Fact, Kind, Thing},
    clause::Subject,
    command::{
        AddName, Assign, ChangeRole, Command, CorrectAssignment, CorrectDeadline, CorrectName,
        CorrectPlan, CorrectSection, CorrectTarget, CorrectTask, CreateParty, CreatePlan,
        CreateSection, CreateTask, DescribeParty, DesignateLead, EndAssignment, EndName, EndTarget,
        MoveDeadline, RenameParty, Revalidity, SetDeadline, SetTarget, SupersedePlan, Withdraw,
        WithdrawDesignation,
    },
    deadline::Due,
    id::{Id, IdSequence},
    task::Wording,
    time::{Day, Seq, Validity},
    vocabulary::{DueKind, DueSource, Firmness, NameKind, PartyKind, Role},
};
use uuid::Uuid;

/// How many days there are in a history: few, so that their boundaries are hit.
pub(crate) const DAYS: usize = 6;

/// Day number `n` of a history.
pub(crate) fn day(n: usize) -> Day {
    let n = i32::try_from(n).expect("there are few days");
    Day::from_number(19_000 + n)
}

const WORDS: [&str; 4] = ["甲局", "乙局", "丙局", " "];
const ROLES: [Role; 4] = [Role::Lead, Role::CoLead, Role::Support, Role::Responsible];

/// The commands that numbers stand for.
pub(crate) fn commands(numbers: &[u128], state: &State, ids: &mut IdSequence) -> Vec<Command> {
    let mut inventor = Inventor {
        dice: Dice::new(0),
        ids,
        things: state.things(),
        state,
    };
    numbers
        .iter()
        .map(|number| {
            inventor.dice = Dice::new(*number);
            inventor.command()
        })
        .collect()
}

struct Inventor<'a> {
    dice: Dice,
    ids: &'a mut IdSequence,
    /// What may be named: what the state holds, and what the commands before record.
    things: Vec<Thing>,
    state: &'a State,
}

impl Inventor<'_> {
    fn new_id<F: Fact>(&mut self) -> F::Id {
        let id: F::Id = self.ids.next_id();
        self.things.push(Thing::of::<F>(id));
        id
    }

    /// A thing of a kind; once in a while one that there is not.
    fn known<F: Fact>(&mut self) -> F::Id {
        let of_kind = self.things.iter().filter(|thing| thing.kind == F::KIND);
        let ids: Vec<Uuid> = of_kind.map(|thing| thing.id).collect();
        let id = match self.dice.pick(&ids) {
            Some(id) if !self.dice.once_in(40) => id,
            _ => Uuid::from_u128(3),
        };
        id.into()
    }

    fn maybe<F: Fact>(&mut self) -> Option<F::Id> {
        self.dice.once_in(2).then(|| self.known::<F>())
    }

    fn changed<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.dice.once_in(3).then(|| make(self))
    }

    fn day(&mut self) -> Day {
        day(self.dice.below(DAYS))
    }

    /// Once in a while one that never holds.
    fn validity(&mut self) -> Validity {
        let from = self.dice.below(DAYS);
        let days = match self.dice.below(12) {
            0..=5 => return Validity::since(day(from)),
            6 => 0,
            _ => 1 + self.dice.below(DAYS),
        };
        Validity {
            from: day(from),
            to: day(from + days),
        }
    }

    fn revalidity(&mut self) -> Revalidity {
        Revalidity {
            from: self.changed(Self::day),
            to: self.changed(|it| {
                if it.dice.once_in(2) {
                    it.day()
                } else {
                    Day::FOREVER
                }
            }),
        }
    }

    fn words(&mut self) -> String {
        let sides = if self.dice.once_in(20) { 4 } else { 3 };
        WORDS[self.dice.below(sides)].to_owned()
    }

    fn expected<I: Id>(&mut self, id: I) -> Option<Seq> {
        match self.dice.below(8) {
            0 => self.state.version(id.into()),
            1 => Some(Seq(self.dice.below(8) as u32)),
            _ => None,
        }
    }

    fn subject(&mut self) -> Subject {
        match self.dice.below(3) {
            0 => Subject::Task(self.known::<domain::task::Task>()),
            1 => Subject::Section(self.known::<domain::plan::Section>()),
            _ => Subject::Plan(self.known::<domain::plan::Plan>()),
        }
    }

    fn due(&mut self) -> Due {
        Due {
            wording: Wording::Entered(self.words()),
            kind: self.dice.one_of(&[DueKind::Ongoing, DueKind::ByDate]),
            date: self.dice.maybe(&["2024".parse().unwrap()]),
            source: DueSource::Record,
        }
    }

    fn kind(&mut self) -> PartyKind {
        self.dice
            .one_of(&[PartyKind::Department, PartyKind::Collective])
    }

    fn role(&mut self) -> Role {
        self.dice.one_of(&ROLES)
    }

    fn command(&mut self) -> Command {
        // The first are what the rest need.
        let lacks = |kind| self.things.iter().all(|thing| thing.kind != kind);
        let missing = [Kind::Party, Kind::Plan, Kind::Task].map(lacks);
        match missing {
            [true, ..] => return self.create_party(),
            [_, true, _] => return self.create_plan(),
            [.., true] => return self.create_task(),
            _ => {}
        }
        match self.dice.below(53) {
            0..=2 => self.create_party(),
            3..=4 => self.create_plan(),
            5..=7 => self.create_task(),
            8..=11 => self.assign(),
            12 => self.create_section(),
            13..=14 => self.rename_party(),
            15 => self.describe_party(),
            16 => self.add_name(),
            17 => self.end_name(),
            18 => self.correct_name(),
            19 => self.correct_plan(),
            20 => self.correct_section(),
            21 => self.correct_task(),
            22 => self.change_role(),
            23 => self.end_assignment(),
            24 => self.correct_assignment(),
            25 => self.designate_lead(),
            26 => self.withdraw_designation(),
            27 => self.set_deadline(),
            28 => self.move_deadline(),
            29 => self.correct_deadline(),
            30 => self.set_target(),
            31 => self.target(),
            32..=33 => self.withdraw(),
            34..=35 => self.supersede_plan(),
            36..=40 => self.reorganize(),
            41..=43 => self.set_task_status(),
            44..=45 => self.report_progress(),
            46 => self.open_case(),
            47..=48 => self.advance_case(),
            49..=50 => self.set_progress_rule(),
            51 => self.end_progress_rule(),
            _ => self.fulfil_deadline(),
        }
    }

    fn create_party(&mut self) -> Command {
        CreateParty {
            parent: self.maybe::<domain::party::Party>(),
            id: self.new_id::<domain::party::Party>(),
            name: self.words(),
            short_names: self.dice.few(&["甲".to_owned()]),
            kind: self.kind(),
            place: None,
            code: None,
            position: self.dice.maybe(&[0, 5]),
            validity: self.validity(),
        }
        .into()
    }

    fn rename_party(&mut self) -> Command {
        let party = self.known::<domain::party::Party>();
        RenameParty {
            party,
            expected: self.expected(party),
            name: self.words(),
            from: self.day(),
        }
        .into()
    }

    fn describe_party(&mut self) -> Command {
        let party = self.known::<domain::party::Party>();
        DescribeParty {
            party,
            expected: self.expected(party),
            kind: self.changed(Self::kind),
            parent: self.changed(Self::maybe::<domain::party::Party>),
            place: None,
            code: self.changed(|it| it.dice.maybe(&["12".to_owned()])),
            position: self.dice.maybe(&[0, 5]),
            validity: self.revalidity(),
        }
        .into()
    }

    fn add_name(&mut self) -> Command {
        AddName {
            party: self.known::<domain::party::Party>(),
            id: self.new_id::<domain::party::PartyName>(),
            text: self.words(),
            kind: self.dice.one_of(NameKind::ALL),
            validity: self.validity(),
        }
        .into()
    }

    fn end_name(&mut self) -> Command {
        let name = self.known::<domain::party::PartyName>();
        EndName {
            name,
            expected: self.expected(name),
            on: self.day(),
        }
        .into()
    }

    fn correct_name(&mut self) -> Command {
        let name = self.known::<domain::party::PartyName>();
        CorrectName {
            name,
            expected: self.expected(name),
            text: self.changed(Self::words),
            kind: self.changed(|it| it.dice.one_of(NameKind::ALL)),
            validity: self.revalidity(),
        }
        .into()
    }

    fn create_plan(&mut self) -> Command {
        CreatePlan {
            owner: self.maybe::<domain::party::Party>(),
            id: self.new_id::<domain::plan::Plan>(),
            code: self.words(),
            title: self.words(),
            document: None,
            year: self.dice.maybe(&[2024]),
            validity: self.validity(),
        }
        .into()
    }

    fn correct_plan(&mut self) -> Command {
        let plan = self.known::<domain::plan::Plan>();
        CorrectPlan {
            plan,
            expected: self.expected(plan),
            code: self.changed(Self::words),
            title: self.changed(Self::words),
            owner: self.changed(Self::maybe::<domain::party::Party>),
            year: self.changed(|it| it.dice.maybe(&[2025])),
            validity: self.revalidity(),
        }
        .into()
    }

    fn supersede_plan(&mut self) -> Command {
        let plan = self.known::<domain::plan::Plan>();
        SupersedePlan {
            plan,
            expected: self.expected(plan),
            by: self.known::<domain::plan::Plan>(),
            on: self.day(),
        }
        .into()
    }

    fn create_section(&mut self) -> Command {
        CreateSection {
            plan: self.known::<domain::plan::Plan>(),
            parent: self.maybe::<domain::plan::Section>(),
            id: self.new_id::<domain::plan::Section>(),
            label: self.words(),
            title: self.words(),
            position: self.dice.maybe(&[0, 5]),
        }
        .into()
    }

    fn correct_section(&mut self) -> Command {
        let section = self.known::<domain::plan::Section>();
        CorrectSection {
            section,
            expected: self.expected(section),
            parent: self.changed(Self::maybe::<domain::plan::Section>),
            label: self.changed(Self::words),
            title: self.changed(Self::words),
            position: self.dice.maybe(&[0, 5]),
        }
        .into()
    }

    fn create_task(&mut self) -> Command {
        CreateTask {
            plan: self.known::<domain::plan::Plan>(),
            section: self.maybe::<domain::plan::Section>(),
            id: self.new_id::<domain::task::Task>(),
            label: self.words(),
            title: self.words(),
            body: self.dice.maybe(&["建设".to_owned()]),
            position: self.dice.maybe(&[0, 5]),
            validity: self.validity(),
        }
        .into()
    }

    fn correct_task(&mut self) -> Command {
        let task = self.known::<domain::task::Task>();
        CorrectTask {
            task,
            expected: self.expected(task),
            section: self.changed(Self::maybe::<domain::plan::Section>),
            label: self.changed(Self::words),
            title: self.changed(Self::words),
            body: self.changed(|it| it.dice.maybe(&["推进".to_owned()])),
            position: self.dice.maybe(&[0, 5]),
            validity: self.revalidity(),
        }
        .into()
    }

    fn assign(&mut self) -> Command {
        Assign {
            task: self.known::<domain::task::Task>(),
            party: self.known::<domain::party::Party>(),
            id: self.new_id::<domain::assignment::Assignment>(),
            role: self.role(),
            validity: self.validity(),
        }
        .into()
    }

    fn change_role(&mut self) -> Command {
        let assignment = self.known::<domain::assignment::Assignment>();
        ChangeRole {
            assignment,
            expected: self.expected(assignment),
            id: self.new_id::<domain::assignment::Assignment>(),
            role: self.role(),
            from: self.day(),
        }
        .into()
    }

    fn end_assignment(&mut self) -> Command {
        let assignment = self.known::<domain::assignment::Assignment>();
        EndAssignment {
            assignment,
            expected: self.expected(assignment),
            on: self.day(),
        }
        .into()
    }

    fn correct_assignment(&mut self) -> Command {
        let assignment = self.known::<domain::assignment::Assignment>();
        CorrectAssignment {
            assignment,
            expected: self.expected(assignment),
            task: self.changed(Self::known::<domain::task::Task>),
            party: self.changed(Self::known::<domain::party::Party>),
            id: self.new_id::<domain::assignment::Assignment>(),
            role: self.changed(Self::role),
            validity: self.revalidity(),
        }
        .into()
    }

    fn designate_lead(&mut self) -> Command {
        DesignateLead {
            task: self.known::<domain::task::Task>(),
            party: self.known::<domain::party::Party>(),
            id: self.new_id::<domain::assignment::Assignment>(),
            validity: self.validity(),
        }
        .into()
    }

    fn withdraw_designation(&mut self) -> Command {
        let assignment = self.known::<domain::assignment::Assignment>();
        WithdrawDesignation {
            assignment,
            expected: self.expected(assignment),
            on: self.day(),
        }
        .into()
    }

    fn set_deadline(&mut self) -> Command {
        SetDeadline {
            subject: self.subject(),
            id: self.new_id::<domain::deadline::Deadline>(),
            due: self.due(),
            validity: self.validity(),
        }
        .into()
    }

    fn move_deadline(&mut self) -> Command {
        let deadline = self.known::<domain::deadline::Deadline>();
        MoveDeadline {
            deadline,
            expected: self.expected(deadline),
            id: self.new_id::<domain::deadline::Deadline>(),
            due: self.due(),
            from: self.day(),
        }
        .into()
    }

    fn correct_deadline(&mut self) -> Command {
        let deadline = self.known::<domain::deadline::Deadline>();
        CorrectDeadline {
            deadline,
            expected: self.expected(deadline),
            due: self.changed(Self::due),
            validity: self.revalidity(),
        }
        .into()
    }

    fn set_target(&mut self) -> Command {
        let figures = ["5".parse().unwrap(), "10".parse().unwrap()];
        SetTarget {
            subject: self.subject(),
            id: self.new_id::<domain::target::Target>(),
            words: self.words(),
            min: self.dice.maybe(&figures),
            max: self.dice.maybe(&figures),
            unit: self.dice.maybe(&["个".to_owned()]),
            firmness: Firmness::Firm,
            due: self.changed(Self::due),
            validity: self.validity(),
        }
        .into()
    }

    fn target(&mut self) -> Command {
        let target = self.known::<domain::target::Target>();
        let expected = self.expected(target);
        if self.dice.once_in(2) {
            return EndTarget {
                target,
                expected,
                on: self.day(),
            }
            .into();
        }
        let figures = ["5".parse().unwrap(), "10".parse().unwrap()];
        CorrectTarget {
            target,
            expected,
            words: self.changed(Self::words),
            min: self.changed(|it| it.dice.maybe(&figures)),
            max: self.changed(|it| it.dice.maybe(&figures)),
            unit: self.changed(|it| it.dice.maybe(&["万个".to_owned()])),
            firmness: self.changed(|_| Firmness::Expected),
            due: self.changed(|it| it.changed(Self::due)),
            validity: self.revalidity(),
        }
        .into()
    }

    fn withdraw(&mut self) -> Command {
        let things = self.things.clone();
        let what = self.dice.pick(&things).unwrap_or(Thing {
            kind: Kind::Place,
            id: Uuid::from_u128(3),
        });
        let expected = match self.dice.below(8) {
            0 => self.state.version(what.id),
            1 => Some(Seq(self.dice.below(8) as u32)),
            _ => None,
        };
        Withdraw { what, expected }.into()
    }
}
