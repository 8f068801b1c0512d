//! The rows of the nodes: every link leads downwards, once those that close a loop have been turned round.

use super::Link;

pub struct Ranks {
    /// For each link, whether it leads upwards.
    pub turned: Vec<bool>,
    /// For each node, its row.
    pub rank: Vec<u32>,
}

pub fn rank(nodes: usize, links: &[Link]) -> Ranks {
    let leaving = by_node(nodes, links.iter().map(|link| link.from));
    let turned = turn(nodes, links, &leaving);
    let rank = longest_ways(nodes, links, &turned);
    Ranks { turned, rank }
}

/// Indices of the links in the order of a node of theirs; `lists[node]` is the node's part of them.
struct ByNode {
    start: Vec<u32>,
    links: Vec<u32>,
}

impl ByNode {
    fn of(&self, node: usize) -> &[u32] {
        &self.links[self.start[node] as usize..self.start[node + 1] as usize]
    }
}

fn by_node(nodes: usize, ends: impl Iterator<Item = usize> + Clone) -> ByNode {
    let mut start = vec![0; nodes + 1];
    for node in ends.clone() {
        start[node + 1] += 1;
    }
    for node in 0..nodes {
        start[node + 1] += start[node];
    }
    let mut next = start.clone();
    let mut links = vec![0; start[nodes] as usize];
    for (index, node) in ends.enumerate() {
        links[next[node] as usize] = index as u32;
        next[node] += 1;
    }
    ByNode { start, links }
}

/// The links that lead back to where a walk from the first node came from. The walk follows the links in their order,
/// so that what a person reads as the way back is taken as such.
fn turn(nodes: usize, links: &[Link], leaving: &ByNode) -> Vec<bool> {
    const NEW: u8 = 0;
    const OPEN: u8 = 1;
    const DONE: u8 = 2;
    let mut turned = vec![false; links.len()];
    let mut state = vec![NEW; nodes];
    let mut path: Vec<(usize, usize)> = Vec::new();
    for root in 0..nodes {
        if state[root] != NEW {
            continue;
        }
        state[root] = OPEN;
        path.push((root, 0));
        while let Some((node, next)) = path.last_mut() {
            let Some(link) = leaving.of(*node).get(*next) else {
                state[*node] = DONE;
                path.pop();
                continue;
            };
            *next += 1;
            let to = links[*link as usize].to;
            match state[to] {
                NEW => {
                    state[to] = OPEN;
                    path.push((to, 0));
                }
                OPEN => turned[*link as usize] = true,
                _ => {}
            }
        }
    }
    turned
}

/// Each node one row below the lowest of those that lead to it. One that nothing leads to stands above what it leads
/// to.
fn longest_ways(nodes: usize, links: &[Link], turned: &[bool]) -> Vec<u32> {
    let ends = |index: usize| {
        let link = &links[index];
        if turned[index] { (link.to, link.from) } else { (link.from, link.to) }
    };
    let leaving = by_node(nodes, (0..links.len()).map(|index| ends(index).0));
    let mut waits = vec![0u32; nodes];
    for (index, _) in links.iter().enumerate().filter(|(_, link)| link.from != link.to) {
        waits[ends(index).1] += 1;
    }
    let roots: Vec<usize> = (0..nodes).filter(|node| waits[*node] == 0).collect();
    let mut rank = vec![0u32; nodes];
    let mut ready = roots.clone();
    while let Some(node) = ready.pop() {
        for link in leaving.of(node) {
            let (_, below) = ends(*link as usize);
            if below == node {
                continue;
            }
            rank[below] = rank[below].max(rank[node] + 1);
            waits[below] -= 1;
            if waits[below] == 0 {
                ready.push(below);
            }
        }
    }
    for root in roots.into_iter().skip(1) {
        let below = leaving.of(root).iter().map(|link| ends(*link as usize).1).filter(|it| *it != root);
        rank[root] = below.map(|it| rank[it]).min().unwrap_or(1) - 1;
    }
    rank
}
