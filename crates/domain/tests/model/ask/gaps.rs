//! What a plan leaves open.

use super::handle;
use crate::{
    dice::Dice,
    naive::{Looked, Moment, Of},
};
use domain::{
    clause::Confidence,
    gaps::{Gap, GapFilter, GapOf},
    id::PlanId,
    party::Party,
    plan::{Plan, Section},
    view::View,
    vocabulary::GapKind,
};

pub(super) fn all(view: &View, moment: &Moment<'_>, dice: &mut Dice) {
    for _ in 0..3 {
        let looked = Looked {
            plan: dice.maybe(&moment.lists.ids::<Plan>()),
            section: dice
                .once_in(3)
                .then(|| dice.pick(&moment.lists.ids::<Section>()))
                .flatten(),
            party: dice
                .once_in(3)
                .then(|| dice.pick(&moment.lists.ids::<Party>()))
                .flatten(),
            kinds: dice.few(GapKind::ALL),
            sure_from: dice.one_of(&[0, 60, 61, 100]),
        };
        let filter = GapFilter {
            plan: looked.plan.map(|plan| handle(view.register(), plan)),
            section: looked
                .section
                .map(|section| handle(view.register(), section)),
            party: looked.party.map(|party| handle(view.register(), party)),
            kinds: looked.kinds.clone(),
            sure_from: Confidence::percent(looked.sure_from),
        };
        let expected = moment.gaps(&looked);
        let found: Vec<_> = view.gaps(&filter).collect();
        let seen: Vec<_> = found.iter().map(|gap| seen(view, gap)).collect();
        assert_eq!(seen, expected, "{looked:?}");
        for (kind, count) in view.gap_counts(&filter) {
            let of_kind = expected.iter().filter(|(other, ..)| *other == kind);
            assert_eq!(count, of_kind.count());
        }
        for gap in &found {
            let quoted = view
                .gap_citation(gap)
                .map(|citation| view.text(view.quote(citation).text));
            assert!(quoted.is_none_or(|quoted| quoted == view.gap_words(gap)));
            let task = view.gap_task(gap);
            assert!(task.is_none_or(|task| view.thing(task).plan == gap.plan));
        }
    }
}

fn seen(view: &View, gap: &Gap) -> (GapKind, PlanId, Of) {
    let of = match gap.of {
        GapOf::Task(task) => Of::Task(view.id(task)),
        GapOf::Clause(clause) => Of::Clause(view.id(clause)),
        GapOf::Target(target) => Of::Target(view.id(target)),
        GapOf::Assignment(assignment) => Of::Assignment(view.id(assignment)),
        GapOf::Party { party, named_in } => Of::Party(view.id(party), view.id(named_in)),
    };
    (gap.kind, view.id(gap.plan), of)
}
