//! The tables refuse by themselves what is against a rule, whoever writes it.

use crate::support::{
    database::on_both,
    env::TestEnv,
    sql::{self, Column},
    write::{plan, run, write},
};
use domain::{
    assignment::Assignment,
    change::Change,
    id::{AssignmentId, PartyId, PlanId, SectionId, TaskId},
    party::Party,
    plan::Section,
    task::Task,
    time::{Day, Validity},
    vocabulary::{Basis, PartyKind, Reference, Role, TaskStatus},
};
use sea_orm::{DatabaseConnection, DbErr};
use store::Store;

fn year(year: i16) -> Validity {
    let first = |year| Day::from_ymd(year, 1, 1).unwrap();
    Validity {
        from: first(year),
        to: first(year + 1),
    }
}

/// A plan with a section and a task, and two parties under one another, of which the upper one is designated to lead the
/// task in 2024; the task and the lower party.
async fn an_office(store: &Store, env: &TestEnv) -> (TaskId, PartyId) {
    let (plan_id, task_id): (PlanId, TaskId) = (env.id(), env.id());
    let section_id: SectionId = env.id();
    let parties: [PartyId; 2] = [env.id(), env.id()];
    let party = |parent| Party {
        kind: PartyKind::Department,
        parent,
        place: None,
        code: None,
        position: 0,
        validity: Validity::ALWAYS,
    };
    let section = Section {
        plan: plan_id,
        parent: None,
        label: "一".to_owned(),
        title: "总体要求".to_owned(),
        position: 0,
        citation: None,
    };
    let task = Task {
        plan: plan_id,
        section: None,
        label: "1".to_owned(),
        title: "建设".to_owned(),
        body: None,
        position: 0,
        status: TaskStatus::NotStarted,
        validity: Validity::ALWAYS,
    };
    let lead = Assignment {
        task: task_id,
        party: parties[0],
        role: Role::Lead,
        basis: Basis::Designated,
        reference: Reference::Named,
        clause: None,
        citation: None,
        written: None,
        position: 0,
        validity: year(2024),
        inherits: None,
    };
    let changes = vec![
        Change::record(parties[0], party(None)),
        Change::record(parties[1], party(Some(parties[0]))),
        Change::record(plan_id, plan("a")),
        Change::record(section_id, section),
        Change::record(task_id, task),
        Change::record(env.id(), lead),
    ];
    run(store, write("test.made"), changes).await.unwrap();
    (task_id, parties[1])
}

/// Adds a row like one that is there, but for these columns; SQL for each.
async fn add_like(
    db: &DatabaseConnection,
    (table, row): (&str, &str),
    other: &[(&str, &str)],
) -> Result<(), DbErr> {
    let columns = sql::columns(db, table).await;
    let values: Vec<_> = columns
        .iter()
        .map(|Column { name, .. }| {
            let given = other.iter().find(|(column, _)| column == name);
            given.map_or(name.as_str(), |(_, value)| value)
        })
        .collect();
    let names: Vec<_> = columns.iter().map(|column| column.name.as_str()).collect();
    let (names, values) = (names.join(", "), values.join(", "));
    let insert = format!("INSERT INTO {table} ({names}) SELECT {values} FROM {table} WHERE {row}");
    sql::execute(db, &insert).await
}

/// Writes a changeset that is called so; its seq.
async fn written_as(store: &Store, env: &TestEnv, action: &str) -> String {
    let changes = vec![Change::record(env.id::<PlanId>(), plan(action))];
    let written = run(store, write(action), changes).await.unwrap();
    written.seq().0.to_string()
}

const UPPER: (&str, &str) = ("party", "parent_id IS NULL AND until_seq > 9");
const LOWER: &str = "(SELECT id FROM party WHERE parent_id IS NOT NULL)";
const LEAD: (&str, &str) = ("assignment", "basis = 'designated' AND valid_from < '2025'");

#[tokio::test]
async fn a_row_that_is_against_a_rule_is_refused_whoever_writes_it() {
    on_both(async |database| {
        let env = TestEnv::new();
        an_office(&database.store(&env).await, &env).await;
        let db = sql::connect(&database.url).await;
        let new = |last: &str| {
            if database.is_postgres() {
                format!("'00000000-0000-0000-0000-0000000000{last}'::uuid")
            } else {
                format!("unhex('000000000000000000000000000000{last}')")
            }
        };
        let ids = ["ff", "fe", "fd"].map(new);
        let [id, other_id, third_id] = ids.each_ref().map(String::as_str);
        let refused = async |like, other: &[(&str, &str)], why: &str| {
            let refused = add_like(&db, like, other).await.unwrap_err().to_string();
            assert!(
                refused.contains(why),
                "{like:?} but for {other:?}: {refused}"
            );
        };
        let in_order = "it ends without having begun";
        for like in [LEAD, UPPER, ("plan", "code = 'a'"), ("task", "label = '1'")] {
            let backwards = [
                ("id", id),
                ("valid_from", "'2025-01-01'"),
                ("valid_to", "'2024-12-31'"),
            ];
            refused(like, &backwards, in_order).await;
        }
        let has_lead = "the task has a lead at that time";
        refused(LEAD, &[("id", id), ("party_id", LOWER)], has_lead).await;
        let twice = "the party has the role at that time already";
        refused(LEAD, &[("id", id), ("basis", "'inherited'")], twice).await;
        let later = [
            ("id", id),
            ("valid_from", "'2025-01-01'"),
            ("valid_to", "'2026-01-01'"),
        ];
        add_like(&db, LEAD, &later).await.unwrap();
        let stated = [("id", other_id), ("basis", "'stated'")];
        add_like(&db, LEAD, &stated).await.unwrap();

        let heir = [
            ("id", third_id),
            ("basis", "'stated'"),
            ("since_seq", "9"),
            ("inherits_assignment_id", "id"),
            ("inherits_reorganization_id", id),
        ];
        refused(LEAD, &heir, "what it inherits is not there").await;
        let merged = "INSERT INTO reorganization
            (register_id, id, since_seq, until_seq, kind, effective_on, from_parties, to_parties)
            SELECT register_id, id, since_seq, until_seq, 'create', '2024-01-01', '[]',
                '[\"00000000-0000-0000-0000-0000000000ff\"]' FROM plan";
        let nobody = sql::execute(&db, merged).await.unwrap_err().to_string();
        assert!(
            nobody.contains("a body that it names is not there"),
            "{nobody}"
        );
        let newer = [("id", id), ("superseded_by_id", LOWER)];
        refused(
            ("plan", "code = 'a'"),
            &newer,
            "what takes its place is not there",
        )
        .await;

        let circle = "it would lie under itself";
        for like in [UPPER, ("section", "position = 0")] {
            refused(like, &[("id", id), ("parent_id", id)], circle).await;
        }
        sql::execute(
            &db,
            "UPDATE party SET until_seq = 9 WHERE parent_id IS NULL",
        )
        .await
        .unwrap();
        let upper = ("party", "parent_id IS NULL");
        let again = [
            ("since_seq", "9"),
            ("until_seq", "4294967295"),
            ("parent_id", LOWER),
        ];
        refused(upper, &again, circle).await;
    })
    .await;
}

#[tokio::test]
async fn what_is_recorded_by_hand_leads_alone_and_once_and_what_is_loaded_is_taken_at_its_word() {
    on_both(async |database| {
        let env = TestEnv::new();
        let store = database.store(&env).await;
        an_office(&store, &env).await;
        let db = sql::connect(&database.url).await;
        let loaded = written_as(&store, &env, "plan.loaded").await;
        let new = |last: usize| {
            if database.is_postgres() {
                format!("'00000000-0000-0000-0000-0000000000f{last}'::uuid")
            } else {
                format!("unhex('000000000000000000000000000000f{last}')")
            }
        };
        let twice = [("role", "role"), ("party_id", "party_id")];
        let leads = [("role", "role"), ("party_id", LOWER)];
        let supports = [("role", "'support'"), ("party_id", LOWER)];
        let add = async |last: usize, since: &str, other: [(&'static str, &'static str); 2]| {
            let id = new(last);
            let row = [("id", &*id), ("basis", "'recorded'"), ("since_seq", since)];
            add_like(&db, LEAD, &[row.as_slice(), &other].concat()).await
        };
        for (number, action) in [
            "assignment.recorded",
            "assignment.role_changed",
            "assignment.corrected",
            "register.changed",
        ]
        .into_iter()
        .enumerate()
        {
            let by_hand = written_as(&store, &env, action).await;
            for (other, why) in [
                (twice, "the party has the role at that time already"),
                (leads, "the task has a lead at that time"),
            ] {
                let refused = add(number, &by_hand, other).await.unwrap_err().to_string();
                assert!(refused.contains(why), "{action}: {refused}");
            }
            // Of several there is one that nothing stands against.
            let added = add(number, &by_hand, supports).await;
            assert_eq!(added.is_ok(), number == 0, "{action}: {added:?}");
        }
        add(8, &loaded, twice).await.unwrap();
        add(9, &loaded, leads).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn what_is_revised_by_hand_may_stand_against_others_as_it_did_and_no_longer() {
    on_both(async |database| {
        let env = TestEnv::new();
        let store = database.store(&env).await;
        let (task, party) = an_office(&store, &env).await;
        let duty = |role, validity| Assignment {
            task,
            party,
            role,
            basis: Basis::Recorded,
            reference: Reference::Named,
            clause: None,
            citation: None,
            written: None,
            position: 1,
            validity,
            inherits: None,
        };
        let ids: [AssignmentId; 3] = [env.id(), env.id(), env.id()];
        let mut now = [
            duty(Role::Support, year(2024)),
            duty(Role::Lead, year(2025)),
            duty(Role::Participate, year(2024)),
        ];
        let loaded = ids.into_iter().zip(now.clone());
        let loaded = loaded.map(|(id, duty)| Change::record(id, duty)).collect();
        run(&store, write("plan.loaded"), loaded).await.unwrap();
        let mut revise = async |action: &str, number: usize, after: Assignment| {
            let change = Change::revise(ids[number], now[number].clone(), after.clone());
            let revised = run(&store, write(action), vec![change]).await;
            if revised.is_ok() {
                now[number] = after;
            }
            revised.map_err(|error| format!("{error:?}"))
        };
        let both = Validity {
            from: year(2024).from,
            to: year(2025).to,
        };
        let has_lead = "the task has a lead at that time";
        let has_role = "the party has the role at that time already";
        for action in ["assignment.corrected", "register.changed"] {
            for (number, role, validity, why) in [
                (0, Role::Lead, year(2024), has_lead),
                (1, Role::Lead, both, has_lead),
                (2, Role::Support, year(2024), has_role),
                (0, Role::Lead, year(2025), has_role),
            ] {
                let after = duty(role, validity);
                let refused = revise(action, number, after).await.unwrap_err();
                assert!(refused.contains(why), "{action} of {number}: {refused}");
            }
        }
        // What is loaded is taken at its word, and stands as it stood from then on.
        revise("plan.loaded", 0, duty(Role::Lead, year(2024)))
            .await
            .unwrap();
        let elsewhere = Assignment {
            position: 7,
            ..duty(Role::Lead, year(2024))
        };
        revise("assignment.corrected", 0, elsewhere).await.unwrap();
        let refused = revise("assignment.corrected", 0, duty(Role::Lead, both)).await;
        assert!(refused.unwrap_err().contains(has_role));
        revise("assignment.corrected", 0, duty(Role::Coordinate, both))
            .await
            .unwrap();
    })
    .await;
}
