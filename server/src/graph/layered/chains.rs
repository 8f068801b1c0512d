//! Links in pieces that go from one row to the next.
//!
//! Nodes stand in every second row; the rows between are for labels. A link that goes further than to the next node
//! row is led through *points*. Those of links that lead to the same node are shared: they make a *trunk*, which the
//! links join one after the other, as roads join a motorway. It keeps the drawing calm where fifty states catch the
//! same error, and its size proportional to the number of states.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::ranks::Ranks;
use super::{Link, Size};

/// Nodes, labels and points in their rows. The nodes come first and keep their numbers.
#[derive(Debug, Default)]
pub struct Layers {
    /// How many of the vertices are nodes.
    pub nodes: usize,
    pub sizes: Vec<Size>,
    pub layer: Vec<u32>,
    /// The vertices of each row from left to right.
    pub rows: Vec<Vec<u32>>,
    /// For the vertex next to the beginning of a link, the node that it leaves; [`NONE`] for all others.
    pub leaves: Vec<u32>,
    /// Is it a point of a trunk?
    pub in_trunk: Vec<bool>,
    /// Does it belong to links that lead back, or of a minor class? The main line stands straight, these bend.
    pub minor: Vec<bool>,
    down: Neighbours,
    up: Neighbours,
}

#[derive(Debug, Default)]
struct Neighbours {
    start: Vec<u32>,
    all: Vec<u32>,
}

impl Layers {
    pub fn below(&self, vertex: u32) -> impl Iterator<Item = u32> + '_ {
        self.down.of(vertex).iter().copied()
    }

    pub fn above(&self, vertex: u32) -> impl Iterator<Item = u32> + '_ {
        self.up.of(vertex).iter().copied()
    }

    pub fn len(&self) -> usize {
        self.layer.len()
    }

    pub fn piece_count(&self) -> usize {
        self.down.all.len()
    }

    fn add(&mut self, layer: u32, size: Size, minor: bool) -> u32 {
        self.sizes.push(size);
        self.layer.push(layer);
        self.leaves.push(NONE);
        self.in_trunk.push(false);
        self.minor.push(minor);
        self.layer.len() as u32 - 1
    }

    fn add_point(&mut self, layer: u32, minor: bool) -> u32 {
        let point = self.add(layer, Size::default(), minor);
        self.in_trunk[point as usize] = true;
        point
    }

    /// The label of a link of a node, or the place where it would be.
    fn add_label(&mut self, layer: u32, size: Size, minor: bool, from: u32) -> u32 {
        let label = self.add(layer, size, minor);
        self.leaves[label as usize] = from;
        label
    }
}

impl Neighbours {
    fn new(vertices: usize, pieces: &[(u32, u32)]) -> Neighbours {
        let mut start = vec![0u32; vertices + 1];
        for (from, _) in pieces {
            start[*from as usize + 1] += 1;
        }
        for vertex in 0..vertices {
            start[vertex + 1] += start[vertex];
        }
        let mut next = start.clone();
        let mut all = vec![0; pieces.len()];
        for (from, to) in pieces {
            all[next[*from as usize] as usize] = *to;
            next[*from as usize] += 1;
        }
        Neighbours { start, all }
    }

    fn of(&self, vertex: u32) -> &[u32] {
        &self.all[self.start[vertex as usize] as usize..self.start[vertex as usize + 1] as usize]
    }
}

pub const NONE: u32 = u32::MAX;

/// How each link runs.
pub struct Chains {
    /// None for a link from a node to itself.
    pub of: Vec<Option<Chain>>,
    /// The points of the trunks, from above to below.
    pub trunks: Vec<Vec<u32>>,
}

pub struct Chain {
    pub turned: bool,
    /// It is too long to be drawn, and ends at its label below the node where it begins.
    pub far: bool,
    /// The vertex that holds the label, whether there is one or not, beside the node where the link begins.
    pub label: u32,
    pub trunk: Option<u32>,
    /// The point of the trunk that it reaches first.
    pub joins: u32,
}

/// Links that share a trunk: the node that they lead to, whether from below, and their class.
type Key = (usize, bool, u8);

pub fn chain(sizes: &[Size], links: &[Link], ranks: &Ranks) -> (Layers, Chains) {
    let mut layers = Layers { nodes: sizes.len(), ..Layers::default() };
    for (size, rank) in sizes.iter().zip(&ranks.rank) {
        layers.add(rank * 2, *size, false);
    }
    let layer = |node: usize| ranks.rank[node] * 2;
    let span = |link: &Link| layer(link.from).abs_diff(layer(link.to));
    let limit = longest_drawn(sizes.len(), links, ranks);
    let mut pieces = Vec::new();
    let mut chains = Chains { of: Vec::with_capacity(links.len()), trunks: Vec::new() };
    let mut trunks: HashMap<Key, u32, RandomState> = HashMap::default();
    for (link, length) in furthest(links, ranks, limit) {
        let key = key(&links[link], ranks.turned[link]);
        let (first, last) = match key.1 {
            false => (layer(key.0) - (length - 2), layer(key.0) - 1),
            true => (layer(key.0) + 1, layer(key.0) + (length - 2)),
        };
        let trunk: Vec<u32> = (first..=last).map(|at| layers.add_point(at, key.1 || key.2 > 0)).collect();
        pieces.extend(trunk.windows(2).map(|pair| (pair[0], pair[1])));
        match key.1 {
            false => pieces.push((trunk[trunk.len() - 1], key.0 as u32)),
            true => pieces.push((key.0 as u32, trunk[0])),
        }
        trunks.insert(key, chains.trunks.len() as u32);
        chains.trunks.push(trunk);
    }
    for (link, turned) in links.iter().zip(ranks.turned.iter().copied()) {
        if link.from == link.to {
            chains.of.push(None);
            continue;
        }
        let (from, to) = (link.from as u32, link.to as u32);
        let length = span(link);
        if length > limit {
            let label = layers.add_label(layer(link.from) + 1, link.far_label, true, from);
            pieces.push((from, label));
            chains.of.push(Some(Chain { turned: false, far: true, label, trunk: None, joins: 0 }));
            continue;
        }
        let row = if turned { layer(link.from) - 1 } else { layer(link.from) + 1 };
        let label = layers.add_label(row, link.label, turned || link.class > 0, from);
        let piece = |a: u32, b: u32| if turned { (b, a) } else { (a, b) };
        pieces.push(piece(from, label));
        let trunk = (length > 2).then(|| trunks[&key(link, turned)]);
        let mut joins = 0;
        match trunk {
            None => pieces.push(piece(label, to)),
            Some(trunk) => {
                let points = &chains.trunks[trunk as usize];
                let next = if turned { row - 1 } else { row + 1 };
                joins = next - layers.layer[points[0] as usize];
                pieces.push(piece(label, points[joins as usize]));
            }
        }
        chains.of.push(Some(Chain { turned, far: false, label, trunk, joins }));
    }
    layers.down = Neighbours::new(layers.len(), &pieces);
    pieces.iter_mut().for_each(|(upper, lower)| std::mem::swap(upper, lower));
    layers.up = Neighbours::new(layers.len(), &pieces);
    (layers, chains)
}

fn key(link: &Link, turned: bool) -> Key {
    (link.to, turned, link.class)
}

/// How many points a drawing may have, for its nodes and at least.
const POINTS: (usize, usize) = (10, 20_000);

/// The length in rows of the longest links that are drawn, so that there are not too many points.
fn longest_drawn(nodes: usize, links: &[Link], ranks: &Ranks) -> u32 {
    let allowed = nodes * POINTS.0 + POINTS.1;
    let mut limit = 2 * ranks.rank.iter().copied().max().unwrap_or(0) + 2;
    while limit > 4 {
        let points: usize =
            furthest(links, ranks, limit).into_iter().map(|(_, length)| length as usize).sum();
        if points <= allowed {
            break;
        }
        limit = limit * 3 / 4;
    }
    limit
}

/// For each trunk, the link that goes furthest, and how far; in the order of the links.
fn furthest(links: &[Link], ranks: &Ranks, limit: u32) -> Vec<(usize, u32)> {
    let mut found: HashMap<Key, usize, RandomState> = HashMap::default();
    let mut furthest: Vec<(usize, u32)> = Vec::new();
    for (index, link) in links.iter().enumerate() {
        let length = 2 * ranks.rank[link.from].abs_diff(ranks.rank[link.to]);
        if length <= 2 || length > limit {
            continue;
        }
        let at = *found.entry(key(link, ranks.turned[index])).or_insert_with(|| {
            furthest.push((index, 0));
            furthest.len() - 1
        });
        if length > furthest[at].1 {
            furthest[at] = (index, length);
        }
    }
    furthest
}
