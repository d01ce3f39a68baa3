//! The register proved against a naive model: lists of all facts, scanned.
//!
//! Random histories ([`history`]) are put into a register in one of the ways in which a server does it ([`built`]), and
//! every question a view answers ([`ask`]) is answered by the model as well ([`naive`]), which is written from the
//! words of the design alone. `PROPTEST_CASES` sets how many histories are tried.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod ask;
mod built;
mod concurrent;
mod cursor;
mod dice;
mod history;
mod naive;
mod refusal;
mod sample;

use ask::diff::Two;
use built::Building;
use dice::Dice;
use domain::{
    time::{Instant, Seq},
    view::{TaskFilter, View},
};
use history::{DAYS, History, Step, day};
use naive::Moment;
use proptest::{prelude::*, sample::Index, test_runner::Config};
use std::sync::Arc;

fn config() -> Config {
    let cases = std::env::var("PROPTEST_CASES").ok();
    Config {
        cases: cases.and_then(|cases| cases.parse().ok()).unwrap_or(2000),
        failure_persistence: None,
        max_shrink_iters: 20_000,
        ..Config::default()
    }
}

fn steps() -> impl Strategy<Value = Vec<Vec<Step>>> {
    let step = (any::<u8>(), any::<u128>()).prop_map(|(what, how)| Step { what, how });
    prop::collection::vec(prop::collection::vec(step, 1..12), 1..24)
}

fn days() -> impl Strategy<Value = i32> {
    -1..=DAYS
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn every_answer_is_the_models_whenever_it_is_asked_and_however_the_register_came_to_be(
        steps in steps(),
        building in any::<Building>(),
        (early, early_on) in (any::<Index>(), days()),
        (late, late_on) in (any::<Index>(), days()),
        questions in any::<u64>(),
    ) {
        let history = History::new(&steps);
        let seq = |index: Index| Seq(index.index(history.changesets.len() + 1) as u32);

        let mut view = None;
        let register = building.build(&history, |register| {
            // What was counted before is the beginning of what is counted later.
            let view_then = View::new(Arc::clone(register), register.seq(), day(late_on));
            view_then.task_count(&TaskFilter::default());
            ask::sharing::begin(&view_then, &history);
            if register.seq() == seq(early) {
                view = Some(View::new(Arc::clone(register), register.seq(), day(early_on)));
            }
        });
        let size = register.size();
        prop_assert_eq!(size.versions, history.log.len());
        // The early view is asked only now, after all that was written later.
        if let Some(view) = view {
            let moment = Moment::new(&history.log, view.seq(), view.valid_on());
            ask::everything(&view, &moment, &history, &mut Dice::endless(questions));
        }
        let view = View::new(register, seq(late), day(late_on));
        let moment = Moment::new(&history.log, view.seq(), view.valid_on());
        ask::everything(&view, &moment, &history, &mut Dice::endless(!questions));
        let before = View::new(Arc::clone(view.register()), seq(early), day(early_on));
        let then = Moment::new(&history.log, before.seq(), before.valid_on());
        ask::diff::all(&Two { before: (&before, &then), after: (&view, &moment) });
    }

    #[test]
    fn an_instant_is_the_last_seq_recorded_at_or_before_it(
        gaps in prop::collection::vec(1i64..4, 0..40),
        compact_at in 0usize..40,
        asked in -2i64..130,
    ) {
        let mut writer = domain::register::Writer::new(history::register_id());
        let mut recorded = vec![];
        let mut now = 0;
        for gap in gaps {
            if recorded.len() == compact_at {
                writer = writer.compact();
            }
            now += gap;
            recorded.push(now);
            writer.publish(Instant(now));
        }
        let register = writer.register();
        let model = recorded.iter().filter(|at| **at <= asked).count();
        prop_assert_eq!(register.seq_at(Instant(asked)), Seq(model as u32));
        prop_assert_eq!(register.seq(), Seq(recorded.len() as u32));
        for seq in 0..=recorded.len() + 1 {
            let at = seq.checked_sub(1).and_then(|before| recorded.get(before));
            prop_assert_eq!(register.recorded_at(Seq(seq as u32)), at.copied().map(Instant));
        }
    }
}
