//! Which labels are headings, and under which: the best sequence of all.
//!
//! Every place where a label stands may be a heading or not, and a heading may stand under several others. Each choice
//! earns or costs something: a label at the start of a line is likely one, one in mid-sentence hardly; the next number of
//! its sequence is worth much, a number out of sequence costs. Going through the text, the few best sequences up to each
//! place are kept (dynamic programming over the state of the open headings), so that a number that fits by chance gives
//! way to the one that makes the rest fit. The work grows with the number of places alone.

use super::place::{Edge, Place};
use crate::label::Style;

/// A place that was chosen, and what it stands under.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Chosen {
    /// The index of the place.
    pub(super) place: usize,
    /// How many headings are open above it.
    pub(super) depth: usize,
    /// Whether its number is not the one that the sequence expects.
    pub(super) slip: bool,
    /// The style that it has in its sequence.
    pub(super) style: Style,
    /// Its number, of those that a damaged label may be the one that fits.
    pub(super) number: u32,
}

/// How many sequences are kept at most.
const KEPT: usize = 6;

/// A sequence that is worth so much less than the best one can hardly win any more.
const HOPELESS: i32 = 24;

/// A sequence of more numbers is a long one.
const LONG: u32 = 3;

/// How many numbers of a sequence an excerpt may leave out.
const MISSING: u32 = 10;

/// The best sequence of headings.
pub(super) fn best(places: &[Place]) -> Vec<Chosen> {
    let mut steps: Vec<Step> = vec![];
    let mut trails = vec![Trail::default()];
    let mut next: Vec<Trail> = vec![];
    for (index, place) in places.iter().enumerate() {
        next.clear();
        for trail in &trails {
            next.push(*trail);
            let numbers = std::iter::once(&place.label.number).chain(place.others);
            let ways = numbers.flat_map(|&number| {
                let ways = trail.ways(place, number);
                ways.map(move |way| (number, way))
            });
            for (number, way) in ways {
                let worth = trail.worth + edge_worth(place) + way.worth;
                let chosen = Chosen {
                    place: index,
                    depth: way.depth,
                    slip: way.slip,
                    style: way.style,
                    number,
                };
                if worth + HOPELESS >= trail.worth {
                    next.push(trail.enter(worth, chosen, &mut steps));
                }
            }
        }
        next.sort_by_key(|trail| std::cmp::Reverse(trail.worth));
        trails.clear();
        for trail in &next {
            let hopeless = trails
                .first()
                .is_some_and(|best: &Trail| trail.worth + HOPELESS < best.worth);
            if trails.len() == KEPT || hopeless {
                break;
            }
            if !trails.iter().any(|kept| kept.same_state(trail)) {
                trails.push(*trail);
            }
        }
    }
    let mut chosen = vec![];
    let mut at = trails.first().and_then(|best| best.step);
    while let Some(step) = at.map(|at| &steps[at as usize]) {
        chosen.push(step.chosen);
        at = step.before;
    }
    chosen.reverse();
    chosen
}

/// What the place of a label is worth.
fn edge_worth(place: &Place) -> i32 {
    match place.edge {
        Edge::Line => 8,
        Edge::Clause => 6,
        Edge::Sentence => 4,
        Edge::Sign => 2,
        Edge::BrokenLine => 1,
        // Two that follow each other outweigh this, one alone does not.
        Edge::None => -4,
    }
}

/// One choice of a sequence, and the one before it.
struct Step {
    chosen: Chosen,
    before: Option<u32>,
}

/// An open heading.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Open {
    style: u8,
    number: u32,
}

/// A sequence: what it is worth, and the state it leaves.
#[derive(Clone, Copy, Debug, Default)]
struct Trail {
    worth: i32,
    open: [Open; Style::COUNT],
    depth: usize,
    /// The last number of each style, open or not.
    last: [u32; Style::COUNT],
    /// One more than the style that each style stood under last; one more than all for the outermost; 0 if it has not
    /// been met.
    under: [u8; Style::COUNT],
    step: Option<u32>,
}

/// A way to fit a label in.
struct Way {
    depth: usize,
    worth: i32,
    slip: bool,
    style: Style,
}

impl Trail {
    fn same_state(&self, other: &Self) -> bool {
        self.depth == other.depth
            && self.open[..self.depth] == other.open[..other.depth]
            && self.last == other.last
            && self.under == other.under
    }

    fn open(&self) -> &[Open] {
        &self.open[..self.depth]
    }

    /// The ways in which the label of a place, if this is its number, may go on.
    fn ways(&self, place: &Place, number: u32) -> impl Iterator<Item = Way> {
        let Place { label, edge, .. } = place;
        // Only where a line begins, or a clause ends, are numbers missing rather than the figure no label.
        let shown = matches!(edge, Edge::Line | Edge::Clause);
        let open = |style: Style| {
            let mut open = self.open().iter();
            open.position(|open| open.style == style as u8)
        };
        let siblings = |style| Some(self.among_siblings(open(style)?, style, number, shown));
        let mut ways = [siblings(label.style), None, None];
        if ways[0].is_none() {
            // The usual nesting closes what is deeper; a text may nest otherwise.
            let deeper = |open: &Open| open.style > label.style as u8;
            let usual = self.open().iter().position(deeper).unwrap_or(self.depth);
            // What is an excerpt may begin with any heading, if it shows that it is one.
            let begins = place.titled && self.last[label.style as usize] == 0;
            let worth = if begins && number > 1 { 5 } else { 0 };
            ways[0] = Some(self.below(usual, label.style, number, worth));
            if usual < self.depth {
                ways[1] = Some(self.below(self.depth, label.style, number, worth - 2));
            }
        }
        // 1. 2. 3): a sign may change within a sequence.
        if label.style == Style::ArabicBracketed && label.half {
            ways[2] = siblings(Style::Arabic).filter(|way| !way.slip);
        }
        ways.into_iter().flatten()
    }

    /// A label of a style that is open.
    fn among_siblings(&self, depth: usize, style: Style, number: u32, shown: bool) -> Way {
        let before = self.open[depth].number;
        let (worth, slip) = match number {
            _ if number == before + 1 => (6, false),
            // The outermost numbers may begin again: a notice and the plan behind it, or a plan and what is attached,
            // count each for itself.
            1 if depth == 0 => (0, false),
            // 4.1 follows 3.2.
            1 if matches!(style, Style::Decimal | Style::DeepDecimal) => (2, false),
            1 => (-3, true),
            _ if number > before && number <= before + MISSING => {
                (if shown { -3 } else { -5 }, true)
            }
            _ => (-6, true),
        };
        Way {
            depth,
            worth,
            slip,
            style,
        }
    }

    /// A label of a style that is not open, below the first `depth` open headings.
    fn below(&self, depth: usize, of: Style, number: u32, unusual: i32) -> Way {
        let style = of as usize;
        let outermost = depth == 0 && matches!(of, Style::Han | Style::HanBracketed);
        let (worth, slip) = match number {
            // 实施方案一、: what begins the outermost numbers may follow the title without any sign.
            1 => (if outermost { 5 } else { 4 }, false),
            // A sequence that has gone on for long hardly goes on by chance.
            number if number == self.last[style] + 1 => (if number > LONG { 7 } else { 5 }, false),
            // 10.22 by itself is a date or a figure.
            _ if matches!(of, Style::Decimal | Style::DeepDecimal) => (-12, true),
            // What is an excerpt begins with any number, and leaves some out.
            _ if self.last[style] == 0 => (-5, true),
            _ if number > self.last[style] && number <= self.last[style] + MISSING => (-3, true),
            _ => (-6, true),
        };
        let habit = match self.under[style] {
            0 => 0,
            under if under == self.under_at(depth) => 2,
            _ => -2,
        };
        Way {
            depth,
            worth: worth + habit + unusual,
            slip,
            style: of,
        }
    }

    /// What a heading at this depth stands under, as `under` has it.
    fn under_at(&self, depth: usize) -> u8 {
        let above = depth.checked_sub(1).map(|above| self.open[above].style + 1);
        above.unwrap_or(Style::COUNT as u8 + 1)
    }

    fn enter(&self, worth: i32, chosen: Chosen, steps: &mut Vec<Step>) -> Self {
        let Chosen { number, .. } = chosen;
        let style = chosen.style as usize;
        let mut trail = *self;
        trail.worth = worth;
        trail.under[style] = self.under_at(chosen.depth);
        trail.open[chosen.depth] = Open {
            style: chosen.style as u8,
            number,
        };
        trail.depth = chosen.depth + 1;
        trail.last[style] = number;
        steps.push(Step {
            chosen,
            before: self.step,
        });
        trail.step = Some(steps.len() as u32 - 1);
        trail
    }
}
