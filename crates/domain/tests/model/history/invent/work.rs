//! How far work has come, made up.

use super::{DAYS, Invent, Lists, WORDS, day, same_or_any, validity};
use crate::dice::Dice;
use domain::{
    id::{ProgressReportId, ProgressRuleId, StandingId, SupervisionCaseId},
    party::Party,
    plan::Plan,
    progress::{ProgressReport, Reported},
    progress_rule::{ProgressRule, Rhythm},
    standing::Standing,
    supervision::{CaseStep, SupervisionCase},
    target::Target,
    task::Task,
    time::Day,
    vocabulary::{CaseStage, PeriodKind, TaskStatus},
};

impl Invent for Standing {
    fn invent(known: Option<(StandingId, &Self)>, lists: &Lists, dice: &mut Dice) -> Option<Self> {
        let task = known.map(|(_, known)| known.task);
        Some(Self {
            task: same_or_any(task, &lists.ids::<Task>(), dice)?,
            status: dice.one_of(TaskStatus::ALL),
            reached: any_day(dice),
        })
    }
}

impl Invent for ProgressReport {
    fn invent(
        known: Option<(ProgressReportId, &Self)>,
        lists: &Lists,
        dice: &mut Dice,
    ) -> Option<Self> {
        let tasks = lists.ids::<Task>().into_iter().map(Reported::Task);
        let targets = lists.ids::<Target>().into_iter().map(Reported::Target);
        let any: Vec<_> = tasks.chain(targets).collect();
        let party = known.map(|(_, known)| known.party);
        Some(Self {
            about: same_or_any(known.map(|(_, known)| known.about), &any, dice)?,
            party: same_or_any(party, &lists.ids::<Party>(), dice)?,
            period: validity(dice),
            reported: any_day(dice),
            status: dice.maybe(TaskStatus::ALL),
            value: dice
                .maybe(&["5", "12", "10", "-0.25"].map(|it| it.parse().expect("it is a number"))),
            words: dice.one_of(&WORDS).to_owned(),
            evidence: dice.few(&WORDS.map(str::to_owned)),
        })
    }
}

impl Invent for SupervisionCase {
    fn invent(
        known: Option<(SupervisionCaseId, &Self)>,
        lists: &Lists,
        dice: &mut Dice,
    ) -> Option<Self> {
        let task = known.map(|(_, known)| known.task);
        let step = |dice: &mut Dice| CaseStep {
            stage: dice.one_of(CaseStage::ALL),
            day: any_day(dice),
            party: dice.maybe(&lists.ids::<Party>()),
            words: dice.maybe(&WORDS.map(str::to_owned)),
        };
        Some(Self {
            task: same_or_any(task, &lists.ids::<Task>(), dice)?,
            party: dice.pick(&lists.ids::<Party>())?,
            number: dice.one_of(&WORDS).to_owned(),
            subject: dice.one_of(&WORDS).to_owned(),
            due: dice.maybe(&[day(3)]),
            steps: (0..dice.below(4)).map(|_| step(dice)).collect(),
        })
    }
}

impl Invent for ProgressRule {
    fn invent(
        known: Option<(ProgressRuleId, &Self)>,
        lists: &Lists,
        dice: &mut Dice,
    ) -> Option<Self> {
        let plan = match known {
            Some((_, known)) => known.plan,
            None => dice.maybe(&lists.ids::<Plan>()),
        };
        let rhythm = |dice: &mut Dice| Rhythm {
            every: dice.one_of(PeriodKind::ALL),
            day: dice.one_of(&[31, 9, 12]),
            following: dice.once_in(2),
        };
        Some(Self {
            plan,
            amber_days: dice.one_of(&[2, 0, 30]),
            rhythm: dice.once_in(2).then(|| rhythm(dice)),
            validity: validity(dice),
        })
    }
}

fn any_day(dice: &mut Dice) -> Day {
    let days: Vec<Day> = (0..DAYS).map(day).collect();
    dice.one_of(&days)
}
