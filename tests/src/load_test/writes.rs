//! Whether reads wait for writes: how long answers take at a fixed rate, quietly and beside writers.

use crate::{
    Failure,
    arguments::Arguments,
    client::{Client, Request},
    operation::{self, Operation},
    percentile, process,
    reads::micros,
    server::Server,
};
use serde_json::{Value, json};
use std::{
    cell::Cell,
    io::{self, Write as _},
    rc::Rc,
    time::{Duration, Instant},
};
use tokio::task::{JoinHandle, LocalSet};

/// How many connections read, and how many write small things.
const READERS: u32 = 16;
const WRITERS: u32 = 8;

/// Quiet and busy spells take turns, so that what else the machine does falls on both alike.
const ROUNDS: usize = 3;

/// How many tasks a large write enters; with the plan, an assignment and a deadline of each, 250 facts.
const LARGE: u32 = 83;

const SOME: &str = "query Some { register { asOf { seq } tasks(first: 1000) { nodes { id } } \
    parties(first: 200) { nodes { id } } } }";

const REPORT: &str = "mutation Report($input: ReportProgressInput!) { reportProgress(input: $input) { \
    changeset { seq changeCount } userErrors { message } } }";

const CHANGE: &str = "mutation Change($input: ChangeRegisterInput!) { changeRegister(input: $input) { \
    changeset { seq changeCount } userErrors { message } } }";

/// How long things took, in microseconds, and how many facts they changed.
#[derive(Default)]
struct Spell {
    reads: Vec<u32>,
    small: Vec<u32>,
    large: Vec<u32>,
    facts: (u32, u32),
    seconds: f64,
    cpu: Duration,
}

/// Prints the table and the ratio.
pub(crate) async fn measure(server: &Server, arguments: &Arguments) -> Result<(), Failure> {
    let mut client = Client::connect(server.address).await?;
    let requests = in_turn(&operation::find(&mut client, None).await?);
    for request in requests.iter() {
        client.ask(request).await?;
    }
    let some = client.ask_json(&Request::new(SOME, &json!({}))).await?;
    let changes = Rc::new(Changes::of(&some["data"]["register"])?);
    let (mut quiet, mut busy) = (Spell::default(), Spell::default());
    for _ in 0..ROUNDS {
        spell(server, arguments, &requests, None, &mut quiet).await?;
        spell(server, arguments, &requests, Some(&changes), &mut busy).await?;
    }

    let mut out = io::stdout().lock();
    writeln!(out, "| | a second | p50 | p99 |\n|---|--:|--:|--:|")?;
    let mut line = |what: &str, taken: &mut Vec<u32>, seconds: f64| -> Result<u32, Failure> {
        taken.sort_unstable();
        let (p50, p99) = (percentile(taken, 50), percentile(taken, 99));
        writeln!(
            out,
            "| {what} | {:.0} | {:.2} ms | {:.2} ms |",
            count(taken) / seconds,
            f64::from(p50) / 1e3,
            f64::from(p99) / 1e3
        )?;
        Ok(p99)
    };
    let before = line("reads, quiet", &mut quiet.reads, quiet.seconds)?;
    let beside = line("reads, beside writers", &mut busy.reads, busy.seconds)?;
    line("small writes", &mut busy.small, busy.seconds)?;
    line("large writes", &mut busy.large, busy.seconds)?;
    let each = |facts: u32, writes: &Vec<u32>| f64::from(facts) / count(writes).max(1.0);
    writeln!(
        out,
        "\nA small write changes {:.0} facts, a large one {:.0}. p99 of reads beside writers: {:.2} times the quiet one.",
        each(busy.facts.0, &busy.small),
        each(busy.facts.1, &busy.large),
        f64::from(beside) / f64::from(before.max(1)),
    )?;
    let share = |spell: &Spell| spell.cpu.as_secs_f64() / spell.seconds;
    writeln!(
        out,
        "The server takes {:.2} processors quietly, {:.2} beside writers.",
        share(&quiet),
        share(&busy)
    )?;
    Ok(())
}

/// One operation after the other, each of the things that it is asked of.
fn in_turn(operations: &[Operation]) -> Rc<[Request]> {
    let longest = operations
        .iter()
        .map(|operation| operation.requests.len())
        .max();
    let turns = 0..longest.unwrap_or_default();
    let turn = |turn: usize| {
        let each = operations.iter().map(|operation| &operation.requests);
        each.map(move |requests| requests[turn % requests.len()].clone())
            .collect::<Vec<_>>()
    };
    turns.flat_map(turn).collect()
}

/// Reads for some seconds, beside writers if there is something to write.
async fn spell(
    server: &Server,
    arguments: &Arguments,
    requests: &Rc<[Request]>,
    changes: Option<&Rc<Changes>>,
    spell: &mut Spell,
) -> Result<(), Failure> {
    let local = LocalSet::new();
    let (cpu, start) = (process::cpu(server.pid)?, Instant::now());
    let end = start + Duration::from_secs(arguments.seconds);
    let mut reading = vec![];
    for lane in 0..READERS.min(arguments.rate) {
        let mut pace = Pace::new(
            start,
            end,
            arguments.rate,
            lane,
            READERS.min(arguments.rate),
        );
        let mut client = Client::connect(server.address).await?;
        let requests = Rc::clone(requests);
        reading.push(local.spawn_local(async move {
            let mut taken = vec![];
            for request in requests.iter().cycle().skip(lane as usize) {
                let Some(begin) = pace.next().await else {
                    break;
                };
                client
                    .ask(request)
                    .await
                    .map_err(|error| error.to_string())?;
                taken.push(micros(begin.elapsed()));
            }
            Ok::<_, String>(taken)
        }));
    }
    let (mut small, mut large) = (vec![], vec![]);
    if let Some(changes) = changes {
        let lanes = WRITERS.min(arguments.small);
        for lane in 0..lanes {
            let pace = Pace::new(start, end, arguments.small, lane, lanes);
            let client = Client::connect(server.address).await?;
            small.push(local.spawn_local(write(client, pace, Rc::clone(changes), Changes::small)));
        }
        for lane in 0..arguments.large.min(1) {
            let pace = Pace::new(start, end, arguments.large, lane, 1);
            let client = Client::connect(server.address).await?;
            large.push(local.spawn_local(write(client, pace, Rc::clone(changes), Changes::large)));
        }
    }
    local.await;
    // Nothing is asked after the end; what was under way then is waited for.
    spell.seconds += (end - start).as_secs_f64();
    spell.cpu += process::cpu(server.pid)?.saturating_sub(cpu);
    for taken in reading {
        spell.reads.extend(taken.await??);
    }
    spell.facts.0 += gather(small, &mut spell.small).await?;
    spell.facts.1 += gather(large, &mut spell.large).await?;
    Ok(())
}

fn count(taken: &[u32]) -> f64 {
    u32::try_from(taken.len()).map_or(f64::INFINITY, f64::from)
}

/// Ends when its time is over: how long each write took, and how many facts they changed.
type Writing = JoinHandle<Result<(Vec<u32>, u32), String>>;

async fn gather(writing: Vec<Writing>, all: &mut Vec<u32>) -> Result<u32, Failure> {
    let mut facts = 0;
    for written in writing {
        let (taken, changed) = written.await??;
        all.extend(taken);
        facts += changed;
    }
    Ok(facts)
}

async fn write(
    mut client: Client,
    mut pace: Pace,
    changes: Rc<Changes>,
    next: fn(&Changes) -> Request,
) -> Result<(Vec<u32>, u32), String> {
    let (mut taken, mut facts) = (vec![], 0);
    while let Some(begin) = pace.next().await {
        let answer = client.ask_json(&next(&changes)).await;
        let answer = answer.map_err(|error| error.to_string())?;
        taken.push(micros(begin.elapsed()));
        let mut payloads = answer["data"].as_object().into_iter().flatten();
        let count = payloads.find_map(|(_, payload)| payload["changeset"]["changeCount"].as_u64());
        let count = count.ok_or_else(|| format!("nothing was written: {answer}"))?;
        facts += u32::try_from(count).unwrap_or(u32::MAX);
    }
    Ok((taken, facts))
}

/// Changes of which no two are the same, over tasks and parties that the register holds.
struct Changes {
    /// A run that writes leaves the register at another changeset, so that no two runs enter plans of one code.
    seed: u64,
    tasks: Vec<Value>,
    parties: Vec<Value>,
    count: Cell<u32>,
}

impl Changes {
    fn of(register: &Value) -> Result<Self, Failure> {
        let ids = |list: &str| -> Vec<Value> {
            let nodes = register[list]["nodes"].as_array().into_iter().flatten();
            nodes.map(|node| node["id"].clone()).collect()
        };
        let (tasks, parties) = (ids("tasks"), ids("parties"));
        if tasks.is_empty() || parties.is_empty() {
            return Err("the register has no task or no party to write about".into());
        }
        let seed = register["asOf"]["seq"].as_u64();
        Ok(Self {
            seed: seed.ok_or("the register does not tell its seq")?,
            tasks,
            parties,
            count: Cell::new(0),
        })
    }

    fn number(&self) -> u32 {
        self.count.replace(self.count.get() + 1)
    }

    /// A party reports on a task.
    fn small(&self) -> Request {
        let number = self.number();
        let input = json!({
            "task": one(&self.tasks, number),
            "party": one(&self.parties, number),
            "periodFrom": "2024-01-01",
            "periodTo": "2024-02-01",
            "text": format!("第{}-{number}次填报：按计划推进", self.seed),
        });
        Request::new(REPORT, &json!({ "input": input }))
    }

    /// A plan is entered, with tasks that each have a party and a deadline.
    fn large(&self) -> Request {
        let number = self.number();
        let code = format!("load-{}-{number}", self.seed);
        let title = format!("第{number}号重点工作安排");
        let mut commands = vec![json!({ "createPlan": { "code": code, "title": title } })];
        for task in 0..LARGE {
            let itself = format!("#{}", commands.len());
            let (label, title) = (format!("{}.", task + 1), format!("办好第{task}件实事"));
            let party = one(&self.parties, number + task);
            commands.extend([
                json!({ "createTask": { "plan": "#0", "label": label, "title": title } }),
                json!({ "assign": { "task": itself, "party": party, "role": "RESPONSIBLE" } }),
                json!({ "setDeadline": {
                    "subject": itself, "due": { "text": "2027年底前", "date": "2027" },
                } }),
            ]);
        }
        Request::new(CHANGE, &json!({ "input": { "commands": commands } }))
    }
}

/// One of them, in turn.
fn one(ids: &[Value], number: u32) -> &Value {
    &ids[number as usize % ids.len()]
}

/// Moments at a fixed rate, shared by several lanes.
struct Pace {
    next: Instant,
    step: Duration,
    end: Instant,
}

impl Pace {
    fn new(start: Instant, end: Instant, rate: u32, lane: u32, lanes: u32) -> Self {
        let between = Duration::from_secs(1) / rate.max(1);
        Self {
            next: start + between * lane,
            step: between * lanes,
            end,
        }
    }

    /// Waits for the next moment, and tells from when on what is asked then is to be timed: the moment itself where the
    /// answer before it came too late, so that a slow answer is not forgiven the requests that it held up.
    async fn next(&mut self) -> Option<Instant> {
        let (due, now) = (self.next, Instant::now());
        if due >= self.end || now >= self.end {
            return None;
        }
        self.next += self.step;
        if due <= now {
            return Some(due);
        }
        tokio::time::sleep_until(due.into()).await;
        Some(Instant::now())
    }
}
