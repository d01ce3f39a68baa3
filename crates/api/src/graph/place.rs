//! Places.

use super::{
    connection::{connections, filtered_lists},
    define::graph_types,
    history::{Version, history},
    id::GlobalId,
    list::{All, all},
    lookup,
    party::Party,
    scalar::{SeqNumber, Shown},
    scope::{Scope, maybe},
    vocabulary::PlaceLevel,
};
use domain::{
    image::{self, PlaceRef},
    view::{PlaceFilter, Words},
};
use uuid::Uuid;

graph_types! {
    /// 区域: a territory. A district is a place; its government is a party of that place.
    type Place(view, place: PlaceRef) {
        /// The global id.
        id -> GlobalId = view.global_id(*place);
        /// The place's own key, the same in every view.
        key -> Shown<Uuid> = view.key(*place);
        /// Its version: the seq since which it is known as it is.
        version -> SeqNumber = SeqNumber(view.version(*place));
        /// The administrative division code (GB/T 2260), if it has one.
        code -> Option<&str> = view.optional(view.thing(*place).code);
        /// The official name.
        name -> &str = view.string(view.thing(*place).name);
        /// Its administrative level.
        level -> PlaceLevel = view.thing(*place).level.into();
        /// The place it lies in.
        parent -> Option<Place> = maybe(view, view.thing(*place).parent);
        /// The places directly within it, by division code.
        children -> All<Place> = all(view, view.place_children(*place));
        /// The parties that belong to it, in directory order.
        parties -> All<Party> = all(view, view.place_parties(*place));
        /// What the register knew of it, version by version, newest first, up to what this view knows.
        history -> All<Version> = history(view, *place);
    }
}

connections! {
    /// Places, page by page.
    PlaceConnection, PlaceEdge: PlaceList => Place;
}

filtered_lists! {
    /// Places by division code.
    PlaceList(PlaceFilter) of image::Place: place_page, place_count, place_cursor;
}

/// Which places. Everything given must hold.
#[derive(Clone, Debug, Default, async_graphql::InputObject)]
pub(crate) struct PlaceFilterInput {
    /// Of this level.
    level: Option<PlaceLevel>,
    /// Directly within this place.
    parent: Option<GlobalId>,
    /// With these words in the name; scripts, widths and letter case make no difference.
    words: Option<String>,
}

/// The filter that an input means in a scope.
pub(crate) fn filter(
    scope: &Scope,
    input: Option<PlaceFilterInput>,
) -> async_graphql::Result<PlaceFilter> {
    let PlaceFilterInput {
        level,
        parent,
        words,
    } = input.unwrap_or_default();
    Ok(PlaceFilter {
        level: level.map(Into::into),
        parent: lookup::one(scope, "filter.parent", parent)?,
        words: words.as_deref().map(Words::new),
    })
}
