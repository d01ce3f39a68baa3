//! Lists cut into pages: Relay's connections, all in one way.

use super::{
    define::graph_values,
    scope::{Keep as _, Scope, Seen, Within},
};
use domain::{
    image::Image,
    page::{BadPage, Cursor, Page, PageRequest},
    register::Ref,
    view::View,
};
use std::sync::Arc;

/// A list in the register that pages are cut from.
pub(crate) trait Listed {
    /// What it lists.
    type Image;
    fn page(&self, view: &View, request: &PageRequest) -> Result<Page<Self::Image>, BadPage>;
    fn count(&self, view: &View) -> usize;
    fn cursor(&self, view: &View, item: Ref<Self::Image>) -> Cursor;
}

/// A page and the list it was cut from.
#[derive(Clone, Debug)]
pub(crate) struct Cut<L: Listed> {
    pub(crate) list: L,
    pub(crate) page: Page<L::Image>,
}

/// An item and the list in which its cursor counts.
pub(crate) type Listing<L> = (Arc<Cut<L>>, Ref<<L as Listed>::Image>);

/// What an object of a list is made of: the item alone, or the item in its list where the list knows more of it.
pub(crate) trait InList<L: Listed> {
    fn in_list(scope: &Scope, cut: &Arc<Cut<L>>, item: Ref<L::Image>) -> Self;
}

impl<I, L: Listed<Image = I>> InList<L> for Ref<I> {
    fn in_list(_: &Scope, _: &Arc<Cut<L>>, item: Self) -> Self {
        item
    }
}

impl<I: Image, L: Listed<Image = I>> InList<L> for Seen<I> {
    fn in_list(scope: &Scope, _: &Arc<Cut<L>>, item: Ref<I>) -> Self {
        item.keep(scope)
    }
}

impl<I, L: Listed<Image = I>> InList<L> for (Arc<Cut<L>>, Ref<I>) {
    fn in_list(_: &Scope, cut: &Arc<Cut<L>>, item: Ref<I>) -> Self {
        (Arc::clone(cut), item)
    }
}

/// What an object of a list keeps.
pub(crate) type KeptBy<T> = <T as Within>::Kept;

/// Cuts a page, from Relay's arguments.
pub(crate) fn cut<L: Listed, C: Within<Kept = Arc<Cut<L>>>>(
    scope: &Arc<Scope>,
    list: L,
    request: Result<PageRequest, BadPage>,
) -> async_graphql::Result<C> {
    let page = request
        .and_then(|request| list.page(&scope.view, &request))
        .map_err(crate::error::Fault::from)?;
    Ok(C::within(scope, Arc::new(Cut { list, page })))
}

/// Where a page lies in its list.
pub(crate) fn page_info<L: Listed>(view: &View, cut: &Cut<L>) -> PageInfo {
    let items = &cut.page.items;
    let cursor =
        |item: Option<&Ref<L::Image>>| item.map(|item| cut.list.cursor(view, *item).to_string());
    PageInfo {
        has_next_page: cut.page.has_next,
        has_previous_page: cut.page.has_previous,
        start_cursor: cursor(items.first()),
        end_cursor: cursor(items.last()),
    }
}

macro_rules! connections {
    ($($(#[$doc:meta])* $connection:ident, $edge:ident: $list:ty => $node:ty;)*) => {
        $crate::graph::define::graph_types! {$(
            $(#[$doc])*
            type $connection(view, cut: std::sync::Arc<$crate::graph::connection::Cut<$list>>) {
                /// The items on the page with their cursors.
                edges -> $crate::graph::list::All<$edge> = {
                    let listing = |item: &_| (std::sync::Arc::clone(cut), *item);
                    $crate::graph::list::all(view, cut.page.items.iter().map(listing))
                };
                /// The items on the page.
                nodes -> $crate::graph::list::All<$node> = {
                    let in_list = |item: &_| -> $crate::graph::connection::KeptBy<$node> {
                        $crate::graph::connection::InList::in_list(view, cut, *item)
                    };
                    $crate::graph::list::all(view, cut.page.items.iter().map(in_list))
                };
                /// Whether there is more on either side, and where to go on.
                page_info -> $crate::graph::connection::PageInfo =
                    $crate::graph::connection::page_info(view, cut);
                /// How many items the whole list has. It is counted only when asked for.
                total_count -> usize = $crate::graph::connection::Listed::count(&cut.list, view);
            }

            /// An item of a list and its cursor.
            type $edge(view, item: $crate::graph::connection::Listing<$list>) {
                /// Where the item stands in the list: give it as `after` or `before`.
                cursor -> $crate::graph::scalar::Shown<domain::page::Cursor> = $crate::graph::scalar::Shown(
                    $crate::graph::connection::Listed::cursor(&item.0.list, view, item.1)
                );
                /// The item.
                node -> $node = {
                    let item = $crate::graph::connection::InList::in_list(view, &item.0, item.1);
                    $crate::graph::scope::Within::within(view, item)
                };
            }
        )*}
    };
}

/// Says lists of which a filter is all that there is to say: a view's page, count and cursor of them.
macro_rules! filtered_lists {
    ($($(#[$doc:meta])* $list:ident($filter:ty) of $image:ty: $page:ident, $count:ident, $cursor:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug)]
        pub(crate) struct $list {
            pub(crate) filter: $filter,
        }

        impl $crate::graph::connection::Listed for $list {
            type Image = $image;
            fn page(
                &self,
                view: &domain::view::View,
                request: &domain::page::PageRequest,
            ) -> Result<domain::page::Page<$image>, domain::page::BadPage> {
                view.$page(&self.filter, request)
            }
            fn count(&self, view: &domain::view::View) -> usize {
                view.$count(&self.filter)
            }
            fn cursor(
                &self,
                view: &domain::view::View,
                item: domain::register::Ref<$image>,
            ) -> domain::page::Cursor {
                view.$cursor(item)
            }
        }
    )*};
}

pub(crate) use connections;
pub(crate) use filtered_lists;

graph_values! {
    /// Where a page lies in its list.
    value PageInfo {
        /// Whether the list has something after the page.
        has_next_page: bool,
        /// Whether the list has something before the page.
        has_previous_page: bool,
        /// The cursor of the first item on the page.
        start_cursor: Option<String>,
        /// The cursor of the last item on the page.
        end_cursor: Option<String>,
    }
}
