//! Clerks who change what others change too, and note what was answered and when.

use crate::{
    cli::clerk::{Answer, data, post},
    support::random::Random,
};
use domain::{
    command::{
        Assign, ChangeRole, Command, CorrectAssignment, DesignateLead, EndAssignment, Revalidity,
        WithdrawDesignation,
    },
    id::{AssignmentId, PartyId, TaskId},
    time::{Day, Seq, Validity},
    vocabulary::Role,
};
use serde_json::{Value, json};
use std::{collections::BTreeMap, sync::Mutex, time::Instant};
use uuid::Uuid;

/// A command that was sent, and what came of it.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) begun: Instant,
    pub(super) ended: Instant,
    /// The same command, to be decided again; what it records has the id that it was given.
    pub(super) command: Command,
    pub(super) outcome: Outcome,
}

/// What was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It was done, as this changeset.
    Committed { seq: Seq, changes: Value },
    /// There was nothing to do.
    Unchanged,
    /// It was refused, and if for another version, for this one.
    Refused { code: String, present: Option<Seq> },
}

/// What there is to change, and what all clerks have seen of it.
#[derive(Debug)]
pub(super) struct Office {
    tasks: Vec<Uuid>,
    parties: Vec<Uuid>,
    /// Assignments, with the version that somebody saw last.
    seen: Mutex<BTreeMap<Uuid, u64>>,
}

/// The roles that clerks give: more than one wants to lead.
const ROLES: [Role; 4] = [Role::Lead, Role::Lead, Role::Responsible, Role::Support];

impl Office {
    /// Enters a plan with so many tasks, and a few parties.
    pub(super) fn set_up(address: &str, tasks: usize) -> Self {
        let parties = (0..4).map(
            |n| json!({ "createParty": { "name": format!("某市第{n}局"), "kind": "DEPARTMENT" } }),
        );
        let plan =
            json!({ "createPlan": { "code": "p", "title": "计划", "validFrom": "2024-01-01" } });
        let count = tasks;
        let tasks = (0..count).map(|n| {
            json!({ "createTask": {
                "plan": "#4", "label": n.to_string(), "title": format!("任务{n}"), "validFrom": "2024-01-01",
            } })
        });
        let commands: Vec<_> = parties.chain([plan]).chain(tasks).collect();
        let document = "mutation($input: ChangeRegisterInput!) { changeRegister(input: $input) {
            changes { entity key } userErrors { code message path } } }";
        let variables = json!({ "input": { "commands": commands } });
        let Answer::Whole(answer) = post(address, document, &variables) else {
            panic!("no answer");
        };
        let changes = &answer["data"]["changeRegister"]["changes"];
        let keys = |entity: &str| {
            let changes = changes.as_array().unwrap().iter();
            let of_kind = changes.filter(|change| change["entity"] == entity);
            of_kind
                .map(|change| key(&change["key"]))
                .collect::<Vec<_>>()
        };
        let office = Self {
            tasks: keys("task"),
            parties: keys("party"),
            seen: Mutex::default(),
        };
        assert_eq!(
            (office.tasks.len(), office.parties.len()),
            (count, 4),
            "{answer}"
        );
        office
    }

    /// An assignment that somebody has seen, and a version to expect of it: the one seen, another one, or any.
    fn pick(&self, random: &mut Random) -> Option<(AssignmentId, Option<Seq>)> {
        let seen = self.seen.lock().unwrap();
        let known: Vec<_> = seen.iter().rev().take(12).collect();
        let (&id, &version) = *known.get(random.below(known.len().max(1)))?;
        let version = Seq(version as u32);
        let expected = match random.below(4) {
            0 => None,
            1 => Some(Seq(version.0.saturating_sub(random.below(2) as u32))),
            _ => Some(version),
        };
        Some((id.into(), expected))
    }

    fn note(&self, seq: Seq, changes: &Value) {
        let mut seen = self.seen.lock().unwrap();
        for change in changes.as_array().unwrap() {
            let version = seen.entry(key(&change["key"])).or_default();
            *version = (*version).max(seq.0.into());
        }
    }
}

fn key(value: &Value) -> Uuid {
    value.as_str().unwrap().parse().unwrap()
}

/// Gives one command after another to one node after another.
pub(super) fn work(
    office: &Office,
    addresses: &[String],
    clerk: usize,
    commands: usize,
) -> Vec<Asked> {
    let mut random = Random::new(clerk as u64);
    let mut asked = vec![];
    while asked.len() < commands {
        let address = &random.pick(addresses);
        let Some((name, mut input, command)) = command(office, &mut random) else {
            continue;
        };
        let is_repeated = random.chance(4);
        if is_repeated {
            input["idempotencyKey"] = json!(format!("{clerk} {}", asked.len()));
        }
        let begun = Instant::now();
        let outcome = send(address, name, &input);
        let ended = Instant::now();
        let mut command = command;
        if let Outcome::Committed { seq, changes } = &outcome {
            office.note(*seq, changes);
            if is_repeated {
                let again = send(&random.pick(addresses), name, &input);
                assert_eq!(again, outcome, "{name} {input} is answered from the first");
            }
            if random.chance(4) {
                read_back(&random.pick(addresses), *seq, changes);
            }
            let recorded = changes.as_array().unwrap().iter();
            if let Some(new) = recorded.clone().find(|change| change["before"].is_null()) {
                give_id(&mut command, key(&new["key"]).into());
            }
        }
        asked.push(Asked {
            begun,
            ended,
            command,
            outcome,
        });
    }
    asked
}

/// The command with the id that its new assignment was given.
fn give_id(command: &mut Command, new: AssignmentId) {
    match command {
        Command::Assign(Assign { id, .. })
        | Command::DesignateLead(DesignateLead { id, .. })
        | Command::ChangeRole(ChangeRole { id, .. }) => *id = new,
        _ => {}
    }
}

/// What a command is called, its input, and what is decided by it.
type Given = (&'static str, Value, Command);

/// The id that a new assignment has until it is known.
fn unknown() -> AssignmentId {
    Uuid::from_u128(u128::MAX).into()
}

fn command(office: &Office, random: &mut Random) -> Option<Given> {
    let day = |random: &mut Random| Day::from_ymd(2024, 1 + random.below(6) as i8, 1).unwrap();
    let (from, role) = (day(random), random.pick(&ROLES));
    let to = if random.chance(2) {
        Day::FOREVER
    } else {
        day(random)
    };
    let validity = Validity { from, to };
    if random.below(8) < 3 {
        return Some(given(office, random, role, validity));
    }
    let (assignment, expected) = office.pick(random)?;
    Some(changed(
        (assignment, expected),
        random.below(5),
        role,
        validity,
    ))
}

fn open(to: Day) -> Option<String> {
    to.is_calendar_day().then(|| to.to_string())
}

/// A role is given, or a lead named.
fn given(office: &Office, random: &mut Random, role: Role, validity: Validity) -> Given {
    let task: TaskId = random.pick(&office.tasks).into();
    let party: PartyId = random.pick(&office.parties).into();
    let mut input = json!({
        "task": task.to_string(), "party": party.to_string(),
        "validFrom": validity.from.to_string(), "validTo": open(validity.to),
    });
    let id = unknown();
    if random.chance(3) {
        let lead = DesignateLead {
            id,
            task,
            party,
            validity,
        };
        return ("designateLead", input, lead.into());
    }
    input["role"] = word(role);
    let assign = Assign {
        id,
        task,
        party,
        role,
        validity,
    };
    ("assign", input, assign.into())
}

fn word(role: Role) -> Value {
    json!(role.to_string().to_uppercase())
}

/// An assignment that somebody saw is ended or made another.
fn changed(
    (assignment, expected): (AssignmentId, Option<Seq>),
    what: usize,
    role: Role,
    validity: Validity,
) -> Given {
    let on = validity.from;
    let mut input = json!({ "assignment": assignment.to_string(), "expectedVersion": expected });
    match what {
        0 => {
            input["on"] = json!(on.to_string());
            let end = EndAssignment {
                assignment,
                expected,
                on,
            };
            ("endAssignment", input, end.into())
        }
        1 => {
            input["on"] = json!(on.to_string());
            let withdraw = WithdrawDesignation {
                assignment,
                expected,
                on,
            };
            ("withdrawDesignation", input, withdraw.into())
        }
        2 => {
            input["from"] = json!(on.to_string());
            input["role"] = word(role);
            let change = ChangeRole {
                assignment,
                expected,
                id: unknown(),
                role,
                from: on,
            };
            ("changeRole", input, change.into())
        }
        _ => {
            input["role"] = word(role);
            input["validFrom"] = json!(on.to_string());
            input["validTo"] = json!(open(validity.to));
            let correct = CorrectAssignment {
                assignment,
                expected,
                id: unknown(),
                task: None,
                party: None,
                role: Some(role),
                validity: Revalidity {
                    from: Some(validity.from),
                    to: Some(validity.to),
                },
            };
            ("correctAssignment", input, correct.into())
        }
    }
}

/// Sends a command and waits for what came of it.
fn send(address: &str, name: &str, input: &Value) -> Outcome {
    let kind = name[..1].to_uppercase() + &name[1..];
    let document = format!(
        "mutation($input: {kind}Input!) {{ {name}(input: $input) {{
            changeset {{ seq }} changes {{ entity key before after }}
            userErrors {{ code conflict {{ seq }} }} }} }}"
    );
    let Answer::Whole(mut answer) = post(address, &document, &json!({ "input": input })) else {
        panic!("{name} got no answer");
    };
    assert_eq!(answer.get("errors"), None, "{name} {input}: {answer}");
    let payload = &mut answer["data"][name];
    if let Some(error) = payload["userErrors"].get(0) {
        return Outcome::Refused {
            code: error["code"].as_str().unwrap().to_owned(),
            present: error["conflict"]["seq"].as_u64().map(|seq| Seq(seq as u32)),
        };
    }
    let Some(seq) = payload["changeset"]["seq"].as_u64() else {
        return Outcome::Unchanged;
    };
    Outcome::Committed {
        seq: Seq(seq as u32),
        changes: payload["changes"].take(),
    }
}

/// What was acknowledged is read through any node by whoever says so.
fn read_back(address: &str, seq: Seq, changes: &Value) {
    let before = seq.0 - 1;
    let document = format!(
        "{{ register(atLeast: {seq}) {{ changes(first: 1, after: \"{before}\") {{
            nodes {{ seq changes {{ entity key before after }} }} }} }} }}"
    );
    let found = data(address, &document);
    let node = &found["register"]["changes"]["nodes"][0];
    assert_eq!(node["seq"], seq.0);
    assert_eq!(node["changes"], *changes);
}
