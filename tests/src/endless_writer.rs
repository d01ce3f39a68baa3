//! A process that writes to a register until it is killed, and prints the seq of every write that was acknowledged.
//!
//! A test kills it and looks whether all that it printed is kept.

use domain::{
    assignment::Assignment,
    change::{Actor, Authentication, Change},
    id::{IdSequence, PartyId, PlanId, RegisterId, TaskId},
    party::Party,
    plan::Plan,
    task::{Body, Task},
    text::Sha256,
    time::{Day, Instant, Seq, Validity},
    view::View,
    vocabulary::{Basis, PartyKind, Reference, Role, TaskStatus},
};
use std::{convert::Infallible, io::Write as _};
use store::{Database, NewRegister, Options, Write};
use uuid::Uuid;

/// So many facts a write that it takes long enough to be killed in the middle of it.
const TASKS: u32 = 12;

#[tokio::main]
async fn main() {
    let url = std::env::args()
        .nth(1)
        .expect("the address of a database is given");
    // Every write is recorded one microsecond after the last, because this clock stands still.
    let database = Database::connect(&url, &Options::new(|| Instant(0)))
        .await
        .expect("the database is there");
    let new = NewRegister {
        id: RegisterId::from(Uuid::from_u128(1)),
        name: "test".to_owned(),
        time_zone: "Asia/Shanghai".to_owned(),
    };
    let store = database
        .store("killed", Some(new))
        .await
        .expect("the register can be opened");
    let mut out = std::io::stdout();
    loop {
        let seq = store.register().seq().next();
        let text = format!("第{seq}次");
        let texts = vec![(Sha256::of(text.as_bytes()), text.into())];
        let write = Write {
            actor: Actor {
                subject: "local:test".to_owned(),
                authentication: Authentication::Local,
            },
            action: "plan.accepted".to_owned(),
            reason: None,
            authority: None,
            idempotency: None,
            texts,
            today: Day::from_number(0),
        };
        let written = store
            .write(write, |view| Ok::<_, Infallible>(changes(view)))
            .await
            .expect("it is written");
        writeln!(out, "{}", written.seq())
            .and_then(|()| out.flush())
            .expect("somebody reads");
    }
}

/// A plan with its tasks, and an older plan renamed.
fn changes(view: &View) -> Vec<Change> {
    let seq = view.seq().next();
    let mut ids = IdSequence::new(plan_seed(seq));
    let plan: PlanId = ids.next_id();
    let party: PartyId = ids.next_id();
    let mut changes = vec![
        Change::record(
            party,
            Party {
                kind: PartyKind::Department,
                parent: None,
                place: None,
                code: None,
                position: 0,
                validity: Validity::ALWAYS,
            },
        ),
        Change::record(plan, named(seq, "new")),
    ];
    for position in 0..TASKS {
        let task: TaskId = ids.next_id();
        let body = Body::Own(Sha256::of(format!("第{seq}次").as_bytes()));
        changes.push(Change::record(
            task,
            Task {
                plan,
                section: None,
                label: position.to_string(),
                title: format!("任务{position}"),
                body: Some(body),
                position,
                status: TaskStatus::NotStarted,
                validity: Validity::ALWAYS,
            },
        ));
        let assignment = Assignment {
            task,
            party,
            role: Role::Responsible,
            basis: Basis::Recorded,
            reference: Reference::Named,
            clause: None,
            citation: None,
            written: None,
            position: 0,
            validity: Validity::ALWAYS,
            inherits: None,
        };
        changes.push(Change::record(ids.next_id(), assignment));
    }
    if let Some(before) = seq.0.checked_sub(1).filter(|seq| *seq > 0).map(Seq) {
        let renamed = IdSequence::new(plan_seed(before)).next_id::<PlanId>();
        changes.push(Change::revise(
            renamed,
            named(before, "new"),
            named(before, "renamed"),
        ));
    }
    changes
}

fn named(seq: Seq, title: &str) -> Plan {
    Plan {
        code: seq.to_string(),
        title: title.to_owned(),
        document: None,
        owner: None,
        year: None,
        validity: Validity::ALWAYS,
        superseded_by: None,
    }
}

fn plan_seed(seq: Seq) -> Uuid {
    Uuid::from_u128(u128::from(seq.0) << 80 | 7 << 76 | 2 << 62)
}
