//! Commands proved against a naive model: plain lists of facts, each command told again in the words of the office.
//!
//! Random histories ([`office::invent`]) of changesets of random commands, on random days and with random expected versions, are
//! decided by the domain and by the model ([`office::model`]). Both do the same or refuse the same; whatever the register knows at
//! any seq of any day is what the model's list of that seq says; and the rules ([`office::rules`]) hold after every changeset.
//! `PROPTEST_CASES` sets how many histories are tried; a hundred thousand take nine minutes unoptimized.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

// The integration tests have their office do the same on databases.
#[path = "office.rs"]
mod office;

use domain::{
    change::{Actor, Authentication, Change, Changeset, Proposal},
    command::{Command, decide_all},
    id::{IdSequence, RegisterId},
    register::{Texts, Writer},
    text::Sha256,
    time::{Instant, Seq},
    view::View,
};
use office::{
    dice::Dice,
    invent::{self, DAYS, day},
    model::State,
    rules,
};
use proptest::{prelude::*, test_runner::Config};
use std::{collections::BTreeMap, sync::Arc};
use uuid::Uuid;

fn config() -> Config {
    let cases = std::env::var("PROPTEST_CASES").ok();
    Config {
        cases: cases.and_then(|cases| cases.parse().ok()).unwrap_or(500),
        failure_persistence: None,
        max_shrink_iters: 20_000,
        ..Config::default()
    }
}

struct NoTexts;

impl Texts for NoTexts {
    fn text(&self, _: Sha256) -> Option<Arc<str>> {
        None
    }
}

fn apply(writer: &mut Writer, changes: Vec<Change>) {
    let seq = writer.register().seq().next();
    let proposal = Proposal {
        actor: Actor {
            subject: "local:test".to_owned(),
            authentication: Authentication::Local,
        },
        action: "history.made".to_owned(),
        reason: None,
        authority: None,
        idempotency_key: None,
        changes,
    };
    let register = writer.register().id();
    let changeset = Changeset::new(register, seq, Instant(seq.0.into()), proposal);
    // As the log keeps it.
    let changeset = Changeset::from_leaf(&changeset.leaf()).unwrap();
    writer.apply(&changeset, &NoTexts).unwrap();
}

fn view(writer: &Writer, seq: Seq, on: usize) -> View {
    View::new(Arc::clone(writer.register()), seq, day(on))
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn commands_do_what_the_model_says_and_every_seq_and_day_is_answered_as_it_has_it(
        histories in office::history(),
        first_day in 0..DAYS,
    ) {
        let mut writer = Writer::new(RegisterId::from(Uuid::from_u128(7)));
        let mut states = vec![State::default()];
        for (n, numbers) in histories.iter().enumerate() {
            let mut ids = IdSequence::new(Uuid::from_u128((n as u128 + 1) << 64));
            let state = states.last().unwrap();
            let commands = invent::commands(numbers, state, &mut ids);
            let seq = writer.register().seq();
            let decided = decide_all(&view(&writer, seq, 0), &commands, ids);
            let modelled = state.after(&commands, seq.next());
            match (decided, modelled) {
                (Ok(changes), Ok(mut after)) => {
                    if changes.is_empty() {
                        prop_assert!(after.says_the_same_as(state), "{commands:?} change nothing");
                        continue;
                    }
                    after.learn_ids(&changes);
                    apply(&mut writer, changes);
                    rules::hold(&after);
                    states.push(after);
                }
                (Err(_), Err(_)) => {}
                (decided, modelled) => prop_assert!(
                    false,
                    "{commands:#?}\n\ndecided: {decided:#?}\n\nmodel: {:#?}\n\nbefore: {state:#?}",
                    modelled.map(|_| "done"),
                ),
            }
        }
        for (seq, state) in (0..).map(Seq).zip(&states) {
            state.compare(&view(&writer, seq, (first_day + seq.0 as usize) % DAYS));
        }
    }
}

#[test]
fn every_command_is_done_and_refused_by_some_history() {
    let (mut done, mut refused) = (BTreeMap::new(), BTreeMap::new());
    let mut numbers = Dice::endless(7);
    for _ in 0..400 {
        let mut state = State::default();
        for n in 0..24u128 {
            let mut ids = IdSequence::new(Uuid::from_u128((n + 1) << 64));
            let number = (0..4).fold(0, |number: u128, _| {
                number << 32 | numbers.below(1 << 32) as u128
            });
            let commands: Vec<Command> = invent::commands(&[number], &state, &mut ids);
            let came_to = match state.after(&commands, Seq(n as u32 + 1)) {
                Ok(after) => {
                    state = after;
                    &mut done
                }
                Err(_) => &mut refused,
            };
            *came_to.entry(commands[0].action()).or_insert(0) += 1;
        }
    }
    assert_eq!(
        (done.len(), refused.len()),
        (34, 34),
        "{done:#?} {refused:#?}"
    );
    let [done, refused]: [usize; 2] = [done.values().sum(), refused.values().sum()];
    assert!(
        2 * done > refused,
        "{done} commands were done, {refused} refused"
    );
}
