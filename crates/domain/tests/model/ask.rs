//! Every question that a view answers, asked of a view and of the model.

mod changes;
pub(crate) mod diff;
mod fact;
mod gaps;
mod light;
mod list;
mod load;
mod matrix;
mod page;
mod relation;
pub(crate) mod sharing;

use crate::{dice::Dice, history::History, naive::Moment};
use domain::{
    change::Fact,
    image::Image,
    register::{Ref, Register},
    time::Instant,
    view::View,
};

/// Asks everything; what is a choice (filters, orders, pages) is chosen by `dice`.
pub(crate) fn everything(view: &View, moment: &Moment<'_>, history: &History, dice: &mut Dice) {
    clocks(view, history);
    changes::all(view, moment);
    fact::all(view, moment);
    relation::all(view, moment);
    list::all(view, moment, dice);
    matrix::all(view, moment, dice);
    light::all(view, moment);
    load::all(view, moment, dice);
    sharing::all(view, moment, dice);
    gaps::all(view, moment, dice);
}

fn clocks(view: &View, history: &History) {
    let recorded = history
        .changesets
        .iter()
        .filter(|changeset| changeset.seq <= view.seq());
    let last = recorded.map(|changeset| changeset.recorded_at).max();
    assert_eq!(view.known_at(), last);
    if let Some(Instant(at)) = last {
        let seq_at = |at| view.register().seq_at(Instant(at));
        assert_eq!(
            (seq_at(at), seq_at(at - 1).next()),
            (view.seq(), view.seq())
        );
    }
}

/// What to ask of: ids for the model, handles for the view.
fn handle<I: Image>(register: &Register, id: <I::Fact as Fact>::Id) -> Ref<I> {
    register
        .find(id)
        .expect("what was recorded is found by its id")
}

fn ids<I: Image>(
    view: &View,
    things: impl IntoIterator<Item = Ref<I>>,
) -> Vec<<I::Fact as Fact>::Id> {
    things.into_iter().map(|thing| view.id(thing)).collect()
}
