//! Which part of a page is the article: where its running text is, and what stands before it as its title.

use super::tree::{Child, Kind, ROOT, Tree};

/// The article of a page.
pub(super) struct Article {
    /// Its parts in the order of the page.
    pub(super) parts: Vec<usize>,
    /// The title that the page gives it, which may stand in none of the parts.
    pub(super) title: Option<String>,
}

/// How many characters stand in an element, and how many of them in links.
#[derive(Clone, Copy, Debug, Default)]
struct Weight {
    all: usize,
    links: usize,
}

impl Weight {
    fn own(self) -> usize {
        self.all - self.links
    }

    fn is_menu(self) -> bool {
        self.links * 2 > self.all
    }
}

/// Finds the article: from the outside inwards, as long as nearly all running text stands in one element.
pub(super) fn find(tree: &Tree) -> Article {
    let weights = weights(tree);
    let mut at = ROOT;
    let mut trail = vec![];
    while let Some(inner) =
        elements(tree, at).find(|&child| weights[child].own() * 10 >= weights[at].own() * 8)
        && tree.nodes[inner].kind != Kind::Table
        && weights[inner].own() > 0
    {
        trail.push((at, inner));
        at = inner;
    }
    let mut parts = vec![];
    // What stands before the article and is neither a menu nor long: its title, number and dates.
    for (outer, inner) in trail {
        let before = elements(tree, outer).take_while(|&child| child != inner);
        parts.extend(before.filter(|&child| {
            const LONGEST: usize = 400;
            !weights[child].is_menu() && (1..=LONGEST).contains(&weights[child].own())
        }));
    }
    parts.push(at);
    Article {
        parts,
        title: tree.title.clone(),
    }
}

fn elements(tree: &Tree, node: usize) -> impl Iterator<Item = usize> {
    tree.nodes[node]
        .children
        .iter()
        .filter_map(|child| match child {
            Child::Element(node) => Some(*node),
            Child::Text(_) | Child::Break => None,
        })
}

/// The weights of all elements. One that is left out stands among no children and counts for nothing.
fn weights(tree: &Tree) -> Vec<Weight> {
    let mut weights = vec![Weight::default(); tree.nodes.len()];
    // An element stands behind the one that holds it, so its own weight is complete when it is reached from the end.
    for node in (0..tree.nodes.len()).rev() {
        let mut sum = Weight::default();
        for child in &tree.nodes[node].children {
            match child {
                Child::Text(text) => {
                    sum.all += text.chars().filter(|c| domain::fold::is_han(*c)).count();
                }
                Child::Break => {}
                Child::Element(inner) => {
                    sum.all += weights[*inner].all;
                    sum.links += weights[*inner].links;
                }
            }
        }
        if tree.nodes[node].kind == Kind::Link {
            sum.links = sum.all;
        }
        weights[node] = sum;
    }
    weights
}
