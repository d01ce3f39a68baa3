//! How many changesets a second are committed, beside bare rows: each in a transaction of its own, under the lock on a row.

use crate::{Failure, arguments::Arguments};
use domain::{
    change::{Actor, Authentication, Change},
    command::{Command, DesignateLead, decide_all},
    id::{Id, IdSequence, PartyId, PlanId, RegisterId, TaskId},
    party::Party,
    plan::Plan,
    task::Task,
    time::{Day, Instant, Validity},
    view::View,
    vocabulary::{PartyKind, TaskStatus},
};
use sea_orm::{ConnectOptions, ConnectionTrait as _, DatabaseConnection, DbBackend};
use std::{
    convert::Infallible,
    io::{self, Write as _},
    time::{Duration, Instant as Moment},
};
use store::{Database, NewRegister, Options, Store, Write};
use uuid::Uuid;

/// Kinds of write take turns, so that what else the machine does falls on all alike.
const ROUNDS: u32 = 3;

/// How many commands a changeset has.
const SIZES: [usize; 3] = [1, 10, 100];

/// What was done, and how long it took.
#[derive(Clone, Copy, Default)]
struct Spell {
    transactions: u32,
    taken: Duration,
}

impl Spell {
    fn a_second(self) -> f64 {
        f64::from(self.transactions) / self.taken.as_secs_f64()
    }
}

/// Prints the table.
pub(crate) async fn measure(arguments: &Arguments) -> Result<(), Failure> {
    let url = arguments
        .database
        .as_deref()
        .ok_or("commits writes to a database: give --database")?;
    // Every write is recorded one microsecond after the last, because this clock stands still.
    let database = Database::connect(url, &Options::new(|| Instant(0))).await?;
    database.migrate().await?;
    let mut office = Office::open(&database).await?;
    let bare = Bare::open(url).await?;
    let spell = Duration::from_secs(arguments.seconds);
    let (mut alone, mut spells) = (Spell::default(), SIZES.map(|_| Spell::default()));
    for _ in 0..ROUNDS {
        let start = Moment::now();
        while start.elapsed() < spell {
            bare.insert().await?;
            alone.transactions += 1;
        }
        alone.taken += start.elapsed();
        for (size, done) in SIZES.into_iter().zip(&mut spells) {
            let mut taken = Duration::ZERO;
            while taken < spell {
                let commands = office.commands(size).await?;
                let start = Moment::now();
                office.does(commands).await?;
                taken += start.elapsed();
                done.transactions += 1;
            }
            done.taken += taken;
        }
    }
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "| commands in a changeset | changesets a second | of bare inserts | commands a second |\n|--:|--:|--:|--:|"
    )?;
    let bare = alone.a_second();
    for (size, spell) in SIZES.into_iter().zip(spells) {
        let changesets = spell.a_second();
        writeln!(
            out,
            "| {size} | {changesets:.0} | {:.2} | {:.0} |",
            changesets / bare,
            changesets * f64::from(u32::try_from(size)?)
        )?;
    }
    writeln!(out, "\nBare locked inserts: {bare:.0} a second.")?;
    Ok(())
}

/// A table of its own, whose rows are inserted under the lock on another's row.
struct Bare(DatabaseConnection);

impl Bare {
    async fn open(url: &str) -> Result<Self, Failure> {
        let mut options = ConnectOptions::new(url);
        options.max_connections(1).sqlx_logging(false);
        let db = sea_orm::Database::connect(options).await?;
        for statement in [
            "CREATE TABLE IF NOT EXISTS bare_head (size BIGINT NOT NULL)",
            "CREATE TABLE IF NOT EXISTS bare (seq BIGINT NOT NULL PRIMARY KEY, words TEXT NOT NULL)",
            "INSERT INTO bare_head SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM bare_head)",
        ] {
            db.execute_unprepared(statement).await?;
        }
        Ok(Self(db))
    }

    async fn insert(&self) -> Result<(), Failure> {
        let begin = match self.0.get_database_backend() {
            DbBackend::Sqlite => "BEGIN IMMEDIATE",
            _ => "BEGIN",
        };
        for statement in [
            begin,
            "UPDATE bare_head SET size = size + 1",
            "INSERT INTO bare SELECT size, '牵头认定' FROM bare_head",
            "COMMIT",
        ] {
            self.0.execute_unprepared(statement).await?;
        }
        Ok(())
    }
}

/// A register whose tasks get leads.
struct Office {
    store: Store,
    ids: u128,
    party: PartyId,
    plan: PlanId,
    /// Tasks that nobody leads yet.
    tasks: Vec<TaskId>,
}

impl Office {
    async fn open(database: &Database) -> Result<Self, Failure> {
        let new = NewRegister {
            id: RegisterId::from(Uuid::from_u128(0xc0_4417)),
            name: "commits".to_owned(),
            time_zone: "Asia/Shanghai".to_owned(),
        };
        let store = database.store("commits", Some(new)).await?;
        let mut office = Self {
            // Ids grow from run to run.
            ids: u128::from(store.register().seq().0) << 32,
            store,
            party: Uuid::nil().into(),
            plan: Uuid::nil().into(),
            tasks: vec![],
        };
        (office.party, office.plan) = (office.id(), office.id());
        let party = Party {
            kind: PartyKind::Department,
            parent: None,
            place: None,
            code: None,
            position: 0,
            validity: Validity::ALWAYS,
        };
        let plan = Plan {
            code: office.plan.to_string(),
            title: "重点工作安排".to_owned(),
            document: None,
            owner: None,
            year: None,
            validity: Validity::ALWAYS,
            superseded_by: None,
        };
        let changes = vec![
            Change::record(office.party, party),
            Change::record(office.plan, plan),
        ];
        office.records(changes).await?;
        Ok(office)
    }

    fn id<I: Id>(&mut self) -> I {
        self.ids += 1;
        I::from(Uuid::from_u128(self.ids << 40))
    }

    /// So many commands, each for a task that was recorded before.
    async fn commands(&mut self, count: usize) -> Result<Vec<Command>, Failure> {
        if self.tasks.len() < count {
            let tasks: Vec<TaskId> = (0..2000).map(|_| self.id()).collect();
            let task = |(position, id): (u32, &TaskId)| {
                let task = Task {
                    plan: self.plan,
                    section: None,
                    label: position.to_string(),
                    title: format!("办好第{position}件实事"),
                    body: None,
                    position,
                    status: TaskStatus::NotStarted,
                    validity: Validity::ALWAYS,
                };
                Change::record(*id, task)
            };
            let changes = (0..).zip(&tasks).map(task).collect();
            self.records(changes).await?;
            self.tasks.extend(tasks);
        }
        let tasks = self.tasks.split_off(self.tasks.len() - count);
        let designate = |task| {
            let designate = DesignateLead {
                id: self.id(),
                task,
                party: self.party,
                validity: Validity::ALWAYS,
            };
            designate.into()
        };
        Ok(tasks.into_iter().map(designate).collect())
    }

    async fn does(&mut self, commands: Vec<Command>) -> Result<(), Failure> {
        let ids = IdSequence::new(Uuid::from_u128(self.ids << 40));
        let decide = move |view: &View| decide_all(view, &commands, ids.clone());
        self.store.write(write("lead.designated"), decide).await?;
        Ok(())
    }

    async fn records(&self, changes: Vec<Change>) -> Result<(), Failure> {
        let decide = move |_: &View| Ok::<_, Infallible>(changes.clone());
        self.store.write(write("task.created"), decide).await?;
        Ok(())
    }
}

fn write(action: &str) -> Write {
    Write {
        actor: Actor {
            subject: "local:load-test".to_owned(),
            authentication: Authentication::Local,
        },
        action: action.to_owned(),
        reason: None,
        authority: None,
        idempotency: None,
        texts: vec![],
        today: Day::from_number(20_000),
    }
}
