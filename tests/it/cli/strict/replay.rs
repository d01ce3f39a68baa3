//! The log, decided again command by command, against what clerks were answered.

use super::clerk::{Asked, Outcome};
use domain::{
    change::{Change, Changeset},
    command::{Command, Refusal, decide_all},
    id::{IdSequence, RegisterId},
    register::{Register, Texts, Writer},
    text::Sha256,
    time::{Day, Seq},
    view::View,
};
use serde_json::{Value, json};
use std::{fmt, sync::Arc, time::Instant};
use uuid::Uuid;

/// A log and the register that it makes.
pub(super) struct Replay {
    log: Vec<Changeset>,
    register: Arc<Register>,
}

/// How many commands came to what.
#[derive(Debug, Default)]
pub(super) struct Told {
    pub(super) committed: usize,
    pub(super) conflicts: usize,
    refused: usize,
    unchanged: usize,
}

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            committed,
            conflicts,
            refused,
            unchanged,
        } = self;
        write!(
            f,
            "{committed} done, {conflicts} in conflict, {refused} refused, {unchanged} without effect"
        )
    }
}

struct NoTexts;

impl Texts for NoTexts {
    fn text(&self, _: Sha256) -> Option<Arc<str>> {
        None
    }
}

impl Replay {
    pub(super) fn of(log: Vec<Changeset>) -> Self {
        let register = log
            .first()
            .map_or_else(|| RegisterId::from(Uuid::nil()), |first| first.register);
        let mut writer = Writer::new(register);
        for changeset in &log {
            writer.apply(changeset, &NoTexts).unwrap();
        }
        let register = Arc::clone(writer.register());
        Self { log, register }
    }

    fn view(&self, seq: Seq) -> View {
        let day = Day::from_ymd(2024, 1, 1).unwrap();
        View::new(Arc::clone(&self.register), seq, day)
    }

    /// Every answer is the one that its command gets where it stands in the log: what was done, on the register just
    /// before; what was refused or came to nothing, on one of those that there were while it was asked.
    pub(super) fn check(&self, asked: &[Asked]) -> Told {
        in_real_time(asked);
        let mut told = Told::default();
        let heads = Heads::of(asked);
        for one in asked {
            match &one.outcome {
                Outcome::Committed { seq, changes } => {
                    told.committed += 1;
                    let before = self.view(Seq(seq.0 - 1));
                    let decided = decide(&before, &one.command).unwrap();
                    let logged = &self.log[seq.0 as usize - 1].changes;
                    assert_eq!(&decided, logged, "{one:?}");
                    assert_eq!(&told_of(logged), changes, "{one:?}");
                    continue;
                }
                Outcome::Unchanged => told.unchanged += 1,
                Outcome::Refused { code, .. } if code == "VERSION_CONFLICT" => told.conflicts += 1,
                Outcome::Refused { .. } => told.refused += 1,
            }
            let (first, last) = heads.during(one);
            let answers = (first..=last).map(|seq| self.answer(Seq(seq), &one.command));
            let answers: Vec<_> = answers.collect();
            assert!(
                answers.contains(&one.outcome),
                "{one:?}\nat no seq from {first} to {last}: {answers:?}"
            );
        }
        told
    }

    fn answer(&self, seq: Seq, command: &Command) -> Outcome {
        match decide(&self.view(seq), command) {
            Ok(changes) if changes.is_empty() => Outcome::Unchanged,
            Ok(changes) => Outcome::Committed {
                seq,
                changes: told_of(&changes),
            },
            Err(refusal) => Outcome::Refused {
                code: code(&refusal),
                present: match refusal {
                    Refusal::VersionConflict { present, .. } => present,
                    _ => None,
                },
            },
        }
    }
}

fn decide(view: &View, command: &Command) -> Result<Vec<Change>, Refusal> {
    let ids = IdSequence::new(Uuid::from_u128(1 << 100));
    decide_all(view, std::slice::from_ref(command), ids).map_err(|refused| refused.refusal)
}

/// The stable code of a refusal: its name, as GraphQL writes words.
fn code(refusal: &Refusal) -> String {
    let name = format!("{refusal:?}");
    let name = name.split([' ', '{']).next().unwrap_or_default();
    let mut code = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !code.is_empty() {
            code.push('_');
        }
        code.push(c.to_ascii_uppercase());
    }
    code
}

/// Changes as the graph tells them.
fn told_of(changes: &[Change]) -> Value {
    let told = changes.iter().map(|change| {
        let form = serde_json::to_value(change).unwrap();
        json!({
            "entity": change.entity(),
            "key": change.id().to_string(),
            "before": form["before"],
            "after": form["after"],
        })
    });
    told.collect()
}

/// Whoever asked after another had been answered stands behind that one in the log.
fn in_real_time(asked: &[Asked]) {
    let mut done: Vec<_> = asked
        .iter()
        .filter_map(|one| Some((seq(one)?, one)))
        .collect();
    done.sort_by_key(|(seq, _)| *seq);
    assert!(
        done.windows(2).all(|pair| pair[0].0 < pair[1].0),
        "no seq is told twice"
    );
    let mut later: Option<(Seq, Instant)> = None;
    for (seq, one) in done.into_iter().rev() {
        if let Some((other, ended)) = later {
            assert!(
                one.begun < ended,
                "{seq} was asked for after {other} was answered"
            );
        }
        if later.is_none_or(|(_, ended)| one.ended < ended) {
            later = Some((seq, one.ended));
        }
    }
}

fn seq(one: &Asked) -> Option<Seq> {
    match one.outcome {
        Outcome::Committed { seq, .. } => Some(seq),
        _ => None,
    }
}

/// Which changesets there were when.
struct Heads {
    /// When each was acknowledged, with the highest that had been by then.
    acknowledged: Vec<(Instant, u32)>,
    /// When each was asked for, with the highest that had been by then.
    asked: Vec<(Instant, u32)>,
    /// The changeset that set the office up.
    first: u32,
}

impl Heads {
    fn of(asked: &[Asked]) -> Self {
        let highest = |at: fn(&Asked) -> Instant| {
            let done = asked.iter().filter_map(|one| Some((at(one), seq(one)?.0)));
            let mut done: Vec<_> = done.collect();
            done.sort_unstable();
            let mut highest = 1;
            for (_, seq) in &mut done {
                highest = highest.max(*seq);
                *seq = highest;
            }
            done
        };
        Self {
            acknowledged: highest(|one| one.ended),
            asked: highest(|one| one.begun),
            first: 1,
        }
    }

    /// The first and the last head that can have been while somebody waited for an answer.
    fn during(&self, one: &Asked) -> (u32, u32) {
        let last_before = |list: &[(Instant, u32)], at: Instant| {
            let place = list.partition_point(|(when, _)| *when < at);
            place
                .checked_sub(1)
                .map_or(self.first, |place| list[place].1)
        };
        (
            last_before(&self.acknowledged, one.begun),
            last_before(&self.asked, one.ended),
        )
    }
}
