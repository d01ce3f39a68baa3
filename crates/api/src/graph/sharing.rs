//! 共同负责: who shares tasks with whom.

use super::{
    connection::{Cut, Listed, Listing, PageInfo, page_info},
    define::{Defaulted, graph_types, graph_values},
    list::{All, Numbered, One, all, numbered, one},
    party::{Agency, District, Party},
    scalar::{Date, Shown, date},
    task::Task,
    vocabulary::{Role, words},
};
use domain::{
    image::{self, TaskRef},
    page::{BadPage, Cursor, MAX_SIZE, Page, PageRequest},
    sharing::{self, Pair, Share, SharingScope},
    view::View,
    vocabulary,
};
use std::sync::{Arc, OnceLock};

/// What is looked at, and how many tasks count as sharing.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sharing {
    pub(crate) scope: SharingScope,
    pub(crate) min: u32,
}

/// Two parties, and what they share: walked for once, and only if it is asked for.
#[derive(Debug)]
pub(crate) struct Sharers {
    pair: Pair,
    share: OnceLock<Share>,
}

impl Sharers {
    fn of(pair: Pair) -> Arc<Self> {
        let share = OnceLock::new();
        Arc::new(Self { pair, share })
    }

    fn share(&self, view: &View) -> &Share {
        self.share.get_or_init(|| view.pair_share(&self.pair))
    }
}

/// The network, and the place of a node in it.
type NodeOf = (Arc<sharing::Network>, usize);

/// The tasks that two parties share, plan by plan.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SharedTaskList {
    pair: Pair,
}

impl Listed for SharedTaskList {
    type Image = image::Task;
    fn page(&self, view: &View, request: &PageRequest) -> Result<Page<image::Task>, BadPage> {
        view.shared_task_page(&self.pair, request)
    }
    fn count(&self, _: &View) -> usize {
        self.pair.tasks as usize
    }
    fn cursor(&self, view: &View, task: TaskRef) -> Cursor {
        view.shared_task_cursor(task)
    }
}

graph_types! {
    /// 共同负责: who shares tasks with whom. Two parties share a task in force in which both have a role on the day that is
    /// asked about; it counts once, whatever roles they have. A party that the text leaves open (有关单位) shares nothing,
    /// and a collective (各区人民政府) counts as itself.
    type CoResponsibility(view, it: Sharing) {
        /// How many pairs there are.
        pair_count -> usize = view.pair_count(it.scope, it.min);
        /// The pairs: those that share the most tasks first, equals in the order in which the parties were recorded.
        pairs(
            #[graphql(desc = "How many to skip.", default)]
            offset: Defaulted<usize>,
            #[graphql(desc = "How many to show; 100 if no number is given, at most 1000.")]
            first: Option<usize>,
        ) -> All<SharingPair> = {
            let first = first.unwrap_or(100).min(MAX_SIZE as usize);
            all(view, view.pairs(it.scope, it.min, offset.0, first).into_iter().map(Sharers::of))
        };
        /// The parties that have exactly one task in the plan, or in the register where no plan is named, in directory
        /// order.
        single_task_parties -> All<Party> = all(view, view.single_task_parties(it.scope.plan));
    }

    /// Two parties that share tasks.
    type SharingPair(view, it: Arc<Sharers>) {
        /// The one: the party that was asked about, if one was.
        party -> One<'_, Party> = one(view, it.pair.one);
        /// The other.
        other -> One<'_, Party> = one(view, it.pair.other);
        /// How many tasks they share.
        task_count -> u32 = it.pair.tasks;
        /// In how many of these tasks `party` has each role.
        roles -> Vec<SharedRole> = shared_roles(it.share(view).own_roles());
        /// In how many of these tasks `other` has each role.
        other_roles -> Vec<SharedRole> = shared_roles(it.share(view).other_roles());
        /// The day since which both answer for the task that they have shared longest; null if no first day is known.
        since -> Option<Date> = date(it.share(view).since);
    } paged {
        /// The tasks that they share, plan by plan, as the plans have them.
        tasks -> SharedTaskConnection = SharedTaskList { pair: it.pair };
    }

    /// Shared tasks, page by page.
    type SharedTaskConnection(view, cut: Arc<Cut<SharedTaskList>>) {
        /// The tasks on the page, each with its cursor and what the two do in it.
        edges -> All<SharedTaskEdge> = all(view, cut.page.items.iter().map(|task| (Arc::clone(cut), *task)));
        /// The tasks on the page.
        nodes -> All<Task> = all(view, cut.page.items.iter().copied());
        /// Whether there is more on either side, and where to go on.
        page_info -> PageInfo = page_info(view, cut);
        /// How many tasks they share.
        total_count -> usize = cut.list.count(view);
    }

    /// A shared task, and what the two parties do in it.
    type SharedTaskEdge(view, item: Listing<SharedTaskList>) {
        /// Where the task stands in the list: give it as `after` or `before`.
        cursor -> Shown<Cursor> = Shown(view.shared_task_cursor(item.1));
        /// The task.
        node -> Task = Task::new(view, item.1);
        /// The roles of the pair's `party`.
        roles -> Vec<Role> = words(view.task_roles(item.1, item.0.list.pair.one));
        /// The roles of the pair's `other`.
        other_roles -> Vec<Role> = words(view.task_roles(item.1, item.0.list.pair.other));
    }

    /// The network of those who share tasks: its strongest edges, and the parties that they lead to.
    type Network(view, network: Arc<sharing::Network>) {
        /// The parties, in directory order.
        nodes -> Numbered<NetworkNode, sharing::Network> = numbered(view, network, network.nodes.len());
        /// Who shares tasks with whom: those that share the most first.
        edges -> Vec<NetworkEdge> = network.edges.iter().map(|edge| NetworkEdge {
            source: edge.one,
            target: edge.other,
            weight: edge.tasks,
        }).collect();
        /// How many edges there are, with those that are left out.
        edge_count -> usize = network.edge_count;
        /// Parties that share more tasks among each other than with the rest: the largest community first. They are found
        /// by the Leiden algorithm; the same network always has the same ones.
        communities -> All<Community> = all(view, (0..network.communities).map(|number| (Arc::clone(network), number)));
        /// 桥梁单位: the parties that join others, by `betweenness`; those that join nobody are left out.
        go_betweens(
            #[graphql(desc = "How many to show; 10 if no number is given.")]
            first: Option<usize>,
        ) -> All<NetworkNode> = {
            let mut joining: Vec<_> = (0..network.nodes.len()).collect();
            let betweenness = |node: &usize| network.nodes[*node].betweenness;
            joining.retain(|node| betweenness(node) > 0.0);
            // Stable: equals stay in directory order.
            joining.sort_by(|one, other| betweenness(other).total_cmp(&betweenness(one)));
            all(view, joining.into_iter().take(first.unwrap_or(10)).map(|node| (Arc::clone(network), node)))
        };
    }

    /// A party in a network.
    type NetworkNode(view, node: NodeOf) {
        /// The party.
        party -> One<'_, Party> = one(view, node.0.nodes[node.1].party);
        /// How many tasks it has, of the plan or of the register.
        task_count -> u32 = node.0.nodes[node.1].tasks;
        /// How many edges lead to it.
        partner_count -> u32 = node.0.nodes[node.1].partners;
        /// Index of its community in `communities`, counted from 0.
        community -> u32 = node.0.nodes[node.1].community;
        /// How many of the shortest ways between two other parties lead over it, from 0 to 1. A way is as long as it has
        /// edges.
        betweenness -> f64 = node.0.nodes[node.1].betweenness;
    }

    /// Parties that share more tasks among each other than with the rest.
    type Community(view, community: (Arc<sharing::Network>, u32)) {
        /// The parties, in directory order.
        parties -> All<Party> = {
            let members = community.0.nodes.iter().filter(|node| node.community == community.1);
            all(view, members.map(|node| node.party))
        };
    }

    /// Which governments of districts share tasks with which agencies, sparse. Who shares none with the other side is left
    /// out.
    type DistrictsByAgencies(view, it: Arc<sharing::Districts>) {
        /// The governments of districts, in directory order: the rows.
        districts -> All<District> = all(view, it.districts.iter().copied());
        /// The organs of the party committee, departments and vertical agencies, in directory order: the columns.
        agencies -> All<Agency> = all(view, it.agencies.iter().copied());
        /// Where they meet, row by row.
        cells -> Vec<Meeting> = it.meetings.iter().map(|met| Meeting {
            row: met.row,
            column: met.column,
            task_count: met.tasks,
        }).collect();
    }
}

graph_values! {
    /// In how many shared tasks a party has a role.
    value SharedRole {
        /// The role.
        role: Role,
        /// In how many tasks.
        task_count: u32,
    }

    /// Two parties that share tasks.
    value NetworkEdge {
        /// Index of the one in `nodes`, counted from 0.
        source: u32,
        /// Index of the other in `nodes`, counted from 0.
        target: u32,
        /// How many tasks they share.
        weight: u32,
    }

    /// Where a district meets an agency.
    value Meeting {
        /// Index of the row in `districts`, counted from 0.
        row: u32,
        /// Index of the column in `agencies`, counted from 0.
        column: u32,
        /// How many tasks they share.
        task_count: u32,
    }
}

fn shared_roles(counts: impl Iterator<Item = (vocabulary::Role, u32)>) -> Vec<SharedRole> {
    let counts = counts.map(|(role, task_count)| SharedRole {
        role: role.into(),
        task_count,
    });
    counts.collect()
}
