//! The network of those who share tasks.

use super::{SharingScope, between::betweenness};
use crate::{
    image::{PartyRef, PlanRef},
    view::View,
};
use leiden_rs::{GraphDataBuilder, Leiden, LeidenConfig};
use rustc_hash::FxHashMap;
use std::cmp::Reverse;

/// Which network.
#[derive(Clone, Copy, Debug)]
pub struct NetworkRequest {
    /// Of this plan; of the register if none is named.
    pub plan: Option<PlanRef>,
    /// How many tasks two parties share at least, to be joined.
    pub min: u32,
    /// How many edges there may be: the strongest.
    pub first: usize,
}

/// Parties that share tasks, joined by how many they share.
#[derive(Clone, Debug, Default)]
pub struct Network {
    /// The parties that an edge leads to, in directory order.
    pub nodes: Vec<Node>,
    /// Who shares tasks with whom: the strongest first.
    pub edges: Vec<Edge>,
    /// How many edges there are, with those that are left out.
    pub edge_count: usize,
    /// How many communities the nodes make.
    pub communities: u32,
}

/// A party in a network.
#[derive(Clone, Copy, Debug)]
pub struct Node {
    /// The party.
    pub party: PartyRef,
    /// How many tasks it has.
    pub tasks: u32,
    /// How many edges lead to it.
    pub partners: u32,
    /// The number of its community, counted from 0: the largest first.
    pub community: u32,
    /// How many of the shortest ways between two others lead over it, from 0 to 1.
    pub betweenness: f64,
}

/// Two parties that share tasks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    /// Index of the one node.
    pub one: u32,
    /// Index of the other.
    pub other: u32,
    /// How many tasks they share.
    pub tasks: u32,
}

impl View {
    /// The network of those who share tasks in a plan or in the register.
    pub fn network(&self, request: &NetworkRequest) -> Network {
        let NetworkRequest { plan, min, first } = *request;
        let scope = SharingScope { plan, party: None };
        let tally = self.tally(plan);
        let pairs = Self::ranked_pairs(&tally, scope, min, 0, first);
        let mut parties: Vec<_> = pairs
            .iter()
            .flat_map(|pair| [pair.one, pair.other])
            .collect();
        parties.sort_unstable();
        parties.dedup();
        let parties = self.in_directory_order(parties);
        let node_of: FxHashMap<_, _> = parties.iter().copied().zip(0..).collect();
        let edges = pairs.iter().map(|pair| Edge {
            one: node_of[&pair.one],
            other: node_of[&pair.other],
            tasks: pair.tasks,
        });
        let edges: Vec<_> = edges.collect();

        let ends = edges.iter().map(|edge| (edge.one, edge.other));
        let between = betweenness(parties.len() as u32, ends.clone());
        let community = communities(parties.len(), &edges);
        let mut partners = vec![0; parties.len()];
        for (one, other) in ends {
            partners[one as usize] += 1;
            partners[other as usize] += 1;
        }
        let nodes = parties.into_iter().enumerate().map(|(node, party)| Node {
            party,
            tasks: tally.tasks_of(party),
            partners: partners[node],
            community: community[node],
            betweenness: between[node],
        });
        Network {
            nodes: nodes.collect(),
            edges,
            edge_count: tally.pairs().filter(|&(.., tasks)| tasks >= min).count(),
            communities: community.iter().max().map_or(0, |last| last + 1),
        }
    }
}

/// The community of each node, by the Leiden algorithm (modularity, weighted by shared tasks). The same network always
/// gives the same: where the algorithm draws lots, it draws the same ones.
fn communities(nodes: usize, edges: &[Edge]) -> Vec<u32> {
    if edges.is_empty() {
        return (0..).take(nodes).collect();
    }
    let mut graph = GraphDataBuilder::new(nodes);
    for edge in edges {
        let added = graph.add_edge(edge.one as usize, edge.other as usize, edge.tasks.into());
        added.expect("edges lie between nodes, and weigh one task or more");
    }
    let config = LeidenConfig {
        seed: Some(0),
        ..LeidenConfig::default()
    };
    let found = graph
        .build()
        .and_then(|graph| Leiden::new(config).run(&graph));
    let found = found
        .expect("every graph with edges has communities")
        .partition;
    let mut members: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
    for node in 0..nodes {
        members
            .entry(found.community_of(node))
            .or_default()
            .push(node);
    }
    let mut members: Vec<_> = members.into_values().collect();
    members.sort_unstable_by_key(|members| (Reverse(members.len()), members[0]));
    let mut community = vec![0; nodes];
    for (number, members) in (0..).zip(members) {
        for node in members {
            community[node] = number;
        }
    }
    community
}
