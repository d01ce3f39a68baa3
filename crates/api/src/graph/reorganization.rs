//! Reorganizations.

use super::{
    citation::Citation,
    connection::{connections, filtered_lists},
    define::graph_types,
    history::{Version, history},
    id::GlobalId,
    list::{All, all},
    party::Party,
    scalar::{Date, SeqNumber, Shown},
    scope::maybe,
    vocabulary::ReorganizationKind,
};
use domain::{
    image::{self, ReorganizationRef, Wording},
    view::ReorganizationFilter,
};
use uuid::Uuid;

graph_types! {
    /// 机构改革: which bodies became which, from a day on.
    type Reorganization(view, reorganization: ReorganizationRef) {
        /// The global id.
        id -> GlobalId = view.global_id(*reorganization);
        /// The reorganization's own key, the same in every view.
        key -> Shown<Uuid> = view.key(*reorganization);
        /// Its version: the seq since which it is known as it is.
        version -> SeqNumber = SeqNumber(view.version(*reorganization));
        /// What is done.
        kind -> ReorganizationKind = view.thing(*reorganization).kind.into();
        /// The first day on which it is so.
        effective_on -> Date = Date(view.thing(*reorganization).effective);
        /// The bodies that it is done to.
        from -> All<Party> = all(view, view.thing(*reorganization).from.iter().copied());
        /// The bodies that there are afterwards. Who asks for one of those before by its name finds these, unless its
        /// duties only passed to another body and both go on.
        to -> All<Party> = all(view, view.thing(*reorganization).to.iter().copied());
        /// The words of the decision, where somebody gave them.
        text -> Option<&str> = view.optional(
            view.thing(*reorganization).wording.map(|wording| wording.text(view.register()))
        );
        /// Where a document says them; null where they were entered.
        citation -> Option<Citation> = maybe(view, view.thing(*reorganization).wording.and_then(Wording::citation));
        /// What the register knew of it, version by version, newest first, up to what this view knows.
        history -> All<Version> = history(view, *reorganization);
    }
}

connections! {
    /// Reorganizations, page by page.
    ReorganizationConnection, ReorganizationEdge: ReorganizationList => Reorganization;
}

filtered_lists! {
    /// Reorganizations, by the day from which on they are in effect.
    ReorganizationList(ReorganizationFilter) of image::Reorganization: reorganization_page, reorganization_count, reorganization_cursor;
}
