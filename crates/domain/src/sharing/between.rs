//! Go-betweens: on whose word two others depend.

use std::collections::VecDeque;

/// For each node of a graph, how many of the shortest ways between two others lead over it: from 0, none, to 1, all. Of
/// several shortest ways each counts its part. By Brandes (2001); ways are as long as they have edges.
pub(super) fn betweenness(nodes: u32, edges: impl Iterator<Item = (u32, u32)>) -> Vec<f64> {
    let mut neighbours = vec![vec![]; nodes as usize];
    for (one, other) in edges {
        neighbours[one as usize].push(other as usize);
        neighbours[other as usize].push(one as usize);
    }
    let mut between = vec![0.0; neighbours.len()];
    for source in 0..neighbours.len() {
        add_ways_from(source, &neighbours, &mut between);
    }
    // Each two of the others were seen from both ends.
    let pairs = f64::from(nodes.saturating_sub(1)) * f64::from(nodes.saturating_sub(2));
    between
        .into_iter()
        .map(|ways| ways / pairs.max(1.0))
        .collect()
}

fn add_ways_from(source: usize, neighbours: &[Vec<usize>], between: &mut [f64]) {
    let mut distance = vec![usize::MAX; neighbours.len()];
    let mut ways = vec![0.0; neighbours.len()];
    let mut order = vec![];
    let mut queue = VecDeque::from([source]);
    (distance[source], ways[source]) = (0, 1.0);
    while let Some(node) = queue.pop_front() {
        order.push(node);
        for &next in &neighbours[node] {
            if distance[next] == usize::MAX {
                distance[next] = distance[node] + 1;
                queue.push_back(next);
            }
            if distance[next] == distance[node] + 1 {
                ways[next] += ways[node];
            }
        }
    }
    // From the far end back: what leads over a node are its parts of the ways to those behind it.
    let mut over = vec![0.0; neighbours.len()];
    for &node in order.iter().skip(1).rev() {
        for &nearer in &neighbours[node] {
            if distance[nearer] < distance[node] {
                over[nearer] += ways[nearer] / ways[node] * (1.0 + over[node]);
            }
        }
        between[node] += over[node];
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// All shortest ways from one node to another, by trying every way that is not longer than the graph.
    fn shortest(edges: &[(u32, u32)], from: u32, to: u32) -> Vec<Vec<u32>> {
        let mut ways = vec![vec![from]];
        loop {
            let found: Vec<_> = ways
                .iter()
                .filter(|way| way.ends_with(&[to]))
                .cloned()
                .collect();
            if !found.is_empty() || ways.is_empty() {
                return found;
            }
            let longer = |way: &Vec<u32>| -> Vec<Vec<u32>> {
                let end = way[way.len() - 1];
                let next = edges.iter().filter_map(|&(one, other)| match end {
                    _ if end == one => Some(other),
                    _ if end == other => Some(one),
                    _ => None,
                });
                next.filter(|next| !way.contains(next))
                    .map(|next| [way.clone(), vec![next]].concat())
                    .collect()
            };
            ways = ways.iter().flat_map(longer).collect();
        }
    }

    proptest! {
        #[test]
        fn betweenness_is_the_share_of_shortest_ways_that_lead_over_a_node(
            linked in prop::collection::btree_set((0u32..7, 0u32..7), 0..14),
        ) {
            let edges: Vec<_> = linked.into_iter().filter(|(one, other)| one < other).collect();
            let found = betweenness(7, edges.iter().copied());
            for node in 0..7 {
                let mut expected = 0.0;
                for from in (0..7).filter(|from| *from != node) {
                    for to in (from + 1..7).filter(|to| *to != node) {
                        let ways = shortest(&edges, from, to);
                        let over = ways.iter().filter(|way| way.contains(&node)).count();
                        if !ways.is_empty() {
                            expected += f64::from(over as u32) / f64::from(ways.len() as u32);
                        }
                    }
                }
                prop_assert!((found[node as usize] - expected / 15.0).abs() < 1e-9);
            }
        }
    }
}
