//! Who shares tasks with whom: pairs, networks, districts.

use super::{handle, ids, page::Listing};
use crate::{
    dice::Dice,
    history::History,
    naive::{Moment, Shared},
};
use domain::{
    change::Change,
    id::{PartyId, PlanId},
    image::{self, PartyRef, PlanRef},
    party::Party,
    plan::Plan,
    sharing::{NetworkRequest, Pair, SharingScope},
    view::View,
    vocabulary::Role,
};

const ALL: usize = usize::MAX;

pub(super) fn all(view: &View, moment: &Moment<'_>, dice: &mut Dice) {
    let plan = dice.pick(&moment.lists.ids::<Plan>());
    for plan in plan.map(Some).into_iter().chain([None]) {
        let handle = plan.map(|plan| handle::<image::Plan>(view.register(), plan));
        let shared = moment.shared(plan);
        let scope = SharingScope {
            plan: handle,
            party: None,
        };
        pairs(view, scope, &shared, dice);
        network(view, moment, (plan, handle), &shared, dice);
        parties(view, moment, (plan, handle));
    }
    for party in moment.lists.ids::<Party>() {
        let plan = dice.maybe(&moment.lists.ids::<Plan>());
        let scope = SharingScope {
            plan: plan.map(|plan| handle(view.register(), plan)),
            party: Some(handle(view.register(), party)),
        };
        pairs(view, scope, &moment.shared_with(party, plan), dice);
    }
}

/// What was counted before is the beginning of what is counted later.
pub(crate) fn begin(view: &View, history: &History) {
    view.pairs(SharingScope::default(), 1, 0, ALL);
    for (_, change) in &history.log {
        let Change::Party(edit) = change else {
            continue;
        };
        let scope = SharingScope {
            plan: None,
            party: view.register().find::<image::Party>(edit.id),
        };
        view.pairs(scope, 1, 0, ALL);
    }
}

fn pairs(view: &View, scope: SharingScope, shared: &[Shared], dice: &mut Dice) {
    let found = view.pairs(scope, 1, 0, ALL);
    let seen: Vec<_> = found.iter().map(|pair| seen(view, pair)).collect();
    assert_eq!(seen, shared, "{scope:?}");
    let min = 1 + dice.below(3) as u32;
    let enough = found.iter().filter(|pair| pair.tasks >= min).count();
    assert_eq!(view.pair_count(scope, min), enough);
    let (offset, first) = (dice.below(4), dice.below(4));
    let told: Vec<_> = found[..enough]
        .iter()
        .skip(offset)
        .take(first)
        .copied()
        .collect();
    assert_eq!(view.pairs(scope, min, offset, first), told);
    if let Some(pair) = dice.pick(&found) {
        Listing {
            view,
            listed: ids(view, view.shared_task_page(&pair, &whole()).unwrap().items),
            all: ids(view, view.shared_task_page(&pair, &whole()).unwrap().items),
            page: |request| view.shared_task_page(&pair, request),
            cursor: |task| view.shared_task_cursor(task),
        }
        .walk(dice);
    }
}

fn whole() -> domain::page::PageRequest {
    domain::page::PageRequest::first(1000)
}

fn seen(view: &View, pair: &Pair) -> Shared {
    let share = view.pair_share(pair);
    assert_eq!(share.tasks, pair.tasks);
    let tasks = view.shared_task_page(pair, &whole()).unwrap().items;
    let counts = |party: PartyRef| {
        let has = |role: &Role| {
            let tasks = tasks.iter();
            let count = tasks
                .filter(|task| view.task_roles(**task, party).contains(role))
                .count();
            (count > 0).then_some((*role, count as u32))
        };
        Role::ALL.iter().filter_map(has).collect::<Vec<_>>()
    };
    let (own, others) = (share.own_roles().collect(), share.other_roles().collect());
    assert_eq!((&own, &others), (&counts(pair.one), &counts(pair.other)));
    Shared {
        one: view.id(pair.one),
        other: view.id(pair.other),
        tasks: ids(view, tasks),
        own,
        others,
        since: share.since,
    }
}

fn network(
    view: &View,
    moment: &Moment<'_>,
    (plan, handle): (Option<PlanId>, Option<PlanRef>),
    shared: &[Shared],
    dice: &mut Dice,
) {
    let min = 1 + dice.below(2) as u32;
    let first = [ALL, 2][dice.below(2)];
    let request = NetworkRequest {
        plan: handle,
        min,
        first,
    };
    let network = view.network(&request);
    let strong = || {
        shared
            .iter()
            .filter(|shared| shared.tasks.len() >= min as usize)
    };
    assert_eq!(network.edge_count, strong().count());
    let party = |node: u32| view.id(network.nodes[node as usize].party);
    let edges: Vec<_> = network
        .edges
        .iter()
        .map(|edge| (party(edge.one), party(edge.other), edge.tasks))
        .collect();
    let expected = strong().map(|shared| (shared.one, shared.other, shared.tasks.len() as u32));
    let expected: Vec<_> = expected.take(first).collect();
    assert_eq!(edges, expected);
    for node in &network.nodes {
        let id = view.id(node.party);
        assert_eq!(node.tasks as usize, moment.tasks_of(id, plan).len());
        let partners = edges
            .iter()
            .filter(|edge| edge.0 == id || edge.1 == id)
            .count();
        assert!(partners > 0 && node.partners as usize == partners);
        assert!(node.community < network.communities && (0.0..=1.0).contains(&node.betweenness));
    }
    // Communities hang together: nobody is in one with parties that no way leads to.
    for number in 0..network.communities {
        let members: Vec<PartyId> = network
            .nodes
            .iter()
            .filter(|node| node.community == number)
            .map(|node| view.id(node.party))
            .collect();
        let mut reached = vec![members[0]];
        while let Some(next) = members.iter().find(|member| {
            !reached.contains(member)
                && edges.iter().any(|(one, other, _)| {
                    (one == *member && reached.contains(other))
                        || (other == *member && reached.contains(one))
                })
        }) {
            reached.push(*next);
        }
        assert_eq!(reached.len(), members.len());
    }
    let again = view.network(&request);
    let communities = |network: &domain::sharing::Network| {
        network
            .nodes
            .iter()
            .map(|node| node.community)
            .collect::<Vec<_>>()
    };
    assert_eq!(communities(&again), communities(&network));
}

fn parties(view: &View, moment: &Moment<'_>, (plan, handle): (Option<PlanId>, Option<PlanRef>)) {
    let mut single = moment.lists.ids::<Party>();
    single.retain(|party| moment.tasks_of(*party, plan).len() == 1);
    let mut found = ids(view, view.single_task_parties(handle));
    found.sort_unstable();
    single.sort_unstable();
    assert_eq!(found, single);

    let districts = view.districts_by_agencies(handle);
    let found: Vec<_> = districts
        .meetings
        .iter()
        .map(|met| {
            let (row, column) = (met.row as usize, met.column as usize);
            let id = |party| view.id(party);
            (
                id(districts.districts[row]),
                id(districts.agencies[column]),
                met.tasks,
            )
        })
        .collect();
    assert_eq!(found, moment.districts_and_agencies(plan));
    let rows: std::collections::BTreeSet<_> =
        districts.meetings.iter().map(|met| met.row).collect();
    assert_eq!(rows.len(), districts.districts.len());
}
