//! The columns: the way of Brandes and Köpf. Four times, each vertex is aligned with a middle neighbour, from above or
//! from below, leaning to the left or to the right, and the blocks of aligned vertices are packed; then each vertex
//! stands in the middle of its two middle places. Long links come out straight, and every step is linear.

use super::chains::Layers;
use super::{LINK_GAP, NODE_GAP};

/// The middle of each vertex, from the left edge of the drawing.
pub fn align(layers: &Layers) -> Vec<f64> {
    let frame = Frame::new(layers);
    let mut candidates: Vec<Vec<f64>> = Vec::new();
    for (down, leaning_right) in [(true, false), (true, true), (false, false), (false, true)] {
        candidates.push(frame.candidate(down, leaning_right));
    }
    settle(layers, &mut candidates);
    let mut columns: Vec<f64> = (0..layers.len())
        .map(|vertex| {
            let mut places = [0, 1, 2, 3].map(|it: usize| candidates[it][vertex]);
            places.sort_by(f64::total_cmp);
            (places[1] + places[2]) / 2.0
        })
        .collect();
    keep_apart(layers, &mut columns);
    for _ in 0..3 {
        draw_near(layers, &frame.place, &mut columns);
    }
    keep_apart(layers, &mut columns);
    columns
}

/// What all four runs share.
struct Frame<'a> {
    layers: &'a Layers,
    place: Vec<u32>,
    /// The neighbours of each vertex that it may be aligned with, from left to right.
    above: Vec<Vec<u32>>,
    below: Vec<Vec<u32>>,
}

impl<'a> Frame<'a> {
    fn new(layers: &'a Layers) -> Frame<'a> {
        let mut place = vec![0; layers.len()];
        for row in &layers.rows {
            for (index, vertex) in row.iter().enumerate() {
                place[*vertex as usize] = index as u32;
            }
        }
        let mut frame = Frame { layers, place, above: Vec::new(), below: Vec::new() };
        frame.above = frame.candidates(true);
        frame.below = frame.candidates(false);
        frame.drop_minor();
        frame.drop_conflicts();
        frame
    }

    /// A node with links of the main line is aligned with these only.
    fn drop_minor(&mut self) {
        let minor = &self.layers.minor;
        let nodes = self.layers.nodes;
        let drop = |near: &mut [Vec<u32>], far: &mut [Vec<u32>]| {
            for (node, all) in near[..nodes].iter_mut().enumerate() {
                if all.iter().any(|it| !minor[*it as usize]) {
                    for link in all.extract_if(.., |it| minor[*it as usize]) {
                        far[link as usize].retain(|it| *it != node as u32);
                    }
                }
            }
        };
        drop(&mut self.above, &mut self.below);
        drop(&mut self.below, &mut self.above);
    }

    /// All neighbours on one side; of a trunk only its own next point, so that trunks are straight.
    fn candidates(&self, above: bool) -> Vec<Vec<u32>> {
        let layers = self.layers;
        (0..layers.len() as u32)
            .map(|vertex| {
                let mut all: Vec<u32> =
                    if above { layers.above(vertex).collect() } else { layers.below(vertex).collect() };
                if layers.in_trunk[vertex as usize]
                    && let Some(inner) = all.iter().copied().find(|it| layers.in_trunk[*it as usize])
                {
                    return vec![inner];
                }
                all.sort_by_key(|it| self.place[*it as usize]);
                all
            })
            .collect()
    }

    /// A piece that crosses a trunk gives way to it.
    fn drop_conflicts(&mut self) {
        let trunk = |vertex: u32| self.layers.in_trunk[vertex as usize];
        for row in &self.layers.rows {
            // Between two trunks, everything must come from between their points in the row above.
            let mut first = 0;
            let mut from = 0;
            for (index, vertex) in row.iter().enumerate() {
                let inner =
                    self.above[*vertex as usize].first().copied().filter(|it| trunk(*vertex) && trunk(*it));
                let last = index + 1 == row.len();
                if inner.is_none() && !last {
                    continue;
                }
                let to = inner.map_or(u32::MAX, |it| self.place[it as usize]);
                for between in &row[first..=index] {
                    if inner.is_none() || between != vertex {
                        let place = &self.place;
                        let free = |it: &u32| (from..=to).contains(&place[*it as usize]);
                        let crossing: Vec<u32> =
                            self.above[*between as usize].iter().copied().filter(|it| !free(it)).collect();
                        self.above[*between as usize].retain(free);
                        for other in crossing {
                            self.below[other as usize].retain(|it| it != between);
                        }
                    }
                }
                first = index + 1;
                from = inner.map_or(from, |_| to);
            }
        }
    }

    fn candidate(&self, down: bool, leaning_right: bool) -> Vec<f64> {
        let count = self.layers.rows.len();
        let rows: Vec<Vec<u32>> = (0..count)
            .map(|row| {
                let mut row = self.layers.rows[row].clone();
                if leaning_right {
                    row.reverse();
                }
                row
            })
            .collect();
        let root = self.blocks(&rows, down, leaning_right);
        let mut columns = self.pack(&rows, &root);
        if leaning_right {
            columns.iter_mut().for_each(|it| *it = -*it);
        }
        columns
    }

    /// The first vertex of the block that each vertex belongs to.
    fn blocks(&self, rows: &[Vec<u32>], down: bool, leaning_right: bool) -> Vec<u32> {
        let mut root: Vec<u32> = (0..self.layers.len() as u32).collect();
        // The next vertex of the block, round to the first one.
        let mut next = root.clone();
        let neighbours = if down { &self.above } else { &self.below };
        let place = |vertex: u32, row_len: usize| {
            let place = self.place[vertex as usize] as i64;
            if leaning_right { row_len as i64 - 1 - place } else { place }
        };
        let order: Vec<usize> =
            if down { (0..rows.len()).collect() } else { (0..rows.len()).rev().collect() };
        for row in order {
            let mut taken = -1;
            for vertex in &rows[row] {
                let candidates = &neighbours[*vertex as usize];
                if candidates.is_empty() {
                    continue;
                }
                let middles = [(candidates.len() - 1) / 2, candidates.len() / 2];
                let middles = if leaning_right { [middles[1], middles[0]] } else { middles };
                for middle in middles {
                    let other = candidates[middle];
                    let other_row = &rows[self.layers.layer[other as usize] as usize];
                    if next[*vertex as usize] == *vertex && taken < place(other, other_row.len()) {
                        next[other as usize] = *vertex;
                        root[*vertex as usize] = root[other as usize];
                        next[*vertex as usize] = root[*vertex as usize];
                        taken = place(other, other_row.len());
                    }
                }
            }
        }
        root
    }

    /// Packs the blocks to the left, as far as their neighbours let them, and then draws each to those at its right.
    fn pack(&self, rows: &[Vec<u32>], root: &[u32]) -> Vec<f64> {
        let count = root.len();
        let mut pairs: Vec<(u32, u32, f64)> = Vec::new();
        for row in rows {
            for pair in row.windows(2) {
                let gap = distance(self.layers, pair[0], pair[1]);
                pairs.push((root[pair[0] as usize], root[pair[1] as usize], gap));
            }
        }
        let mut start = vec![0u32; count + 1];
        let mut waits = vec![0u32; count];
        for (left, right, _) in &pairs {
            start[*left as usize + 1] += 1;
            waits[*right as usize] += 1;
        }
        for vertex in 0..count {
            start[vertex + 1] += start[vertex];
        }
        let mut next = start.clone();
        let mut right_of = vec![(0u32, 0.0f64); pairs.len()];
        for (left, right, gap) in &pairs {
            right_of[next[*left as usize] as usize] = (*right, *gap);
            next[*left as usize] += 1;
        }
        let of = |block: u32| &right_of[start[block as usize] as usize..start[block as usize + 1] as usize];
        let mut column = vec![0.0f64; count];
        let mut order: Vec<u32> =
            (0..count as u32).filter(|it| root[*it as usize] == *it && waits[*it as usize] == 0).collect();
        let mut at = 0;
        while at < order.len() {
            let block = order[at];
            at += 1;
            for (right, gap) in of(block) {
                let place = column[block as usize] + gap;
                column[*right as usize] = column[*right as usize].max(place);
                waits[*right as usize] -= 1;
                if waits[*right as usize] == 0 {
                    order.push(*right);
                }
            }
        }
        for block in order.iter().rev() {
            let room = of(*block)
                .iter()
                .map(|(right, gap)| column[*right as usize] - gap)
                .fold(f64::INFINITY, f64::min);
            if room.is_finite() {
                column[*block as usize] = column[*block as usize].max(room);
            }
        }
        (0..count).map(|vertex| column[root[vertex] as usize]).collect()
    }
}

/// Moves links that run farther out than they must to between their ends, as far as there is room.
fn draw_near(layers: &Layers, place: &[u32], columns: &mut [f64]) {
    let is_point = |vertex: u32| vertex as usize >= layers.nodes;
    let same = |columns: &[f64], a: u32, b: u32| (columns[a as usize] - columns[b as usize]).abs() < 0.01;
    let mut seen = vec![false; layers.len()];
    let mut block = Vec::new();
    let mut ends = Vec::new();
    for first in layers.nodes as u32..layers.len() as u32 {
        if std::mem::replace(&mut seen[first as usize], true) {
            continue;
        }
        // What stands straight below one another moves together.
        block.clear();
        ends.clear();
        block.push(first);
        let mut at = 0;
        while at < block.len() {
            let vertex = block[at];
            at += 1;
            for neighbour in layers.above(vertex).chain(layers.below(vertex)) {
                if is_point(neighbour) && same(columns, vertex, neighbour) {
                    if !std::mem::replace(&mut seen[neighbour as usize], true) {
                        block.push(neighbour);
                    }
                } else {
                    ends.push(columns[neighbour as usize]);
                }
            }
        }
        if ends.is_empty() {
            continue;
        }
        ends.sort_by(f64::total_cmp);
        let column = columns[first as usize];
        let wanted = column.clamp(ends[(ends.len() - 1) / 2], ends[ends.len() / 2]);
        let (mut least, mut most) = (f64::NEG_INFINITY, f64::INFINITY);
        for vertex in &block {
            let row = &layers.rows[layers.layer[*vertex as usize] as usize];
            let index = place[*vertex as usize] as usize;
            if let Some(left) = index.checked_sub(1).map(|index| row[index]) {
                least = least.max(columns[left as usize] + distance(layers, left, *vertex));
            }
            if let Some(right) = row.get(index + 1) {
                most = most.min(columns[*right as usize] - distance(layers, *vertex, *right));
            }
        }
        if least <= most {
            let column = wanted.clamp(least, most);
            block.iter().for_each(|vertex| columns[*vertex as usize] = column);
        }
    }
}

/// How far the middles of two neighbours are at least apart.
fn distance(layers: &Layers, left: u32, right: u32) -> f64 {
    let gap = |vertex: u32| if (vertex as usize) < layers.nodes { NODE_GAP } else { LINK_GAP };
    let width = |vertex: u32| layers.sizes[vertex as usize].width;
    (width(left) + width(right) + gap(left) + gap(right)) / 2.0
}

/// Moves the four results so that they agree with the narrowest one at the side that they lean to.
fn settle(layers: &Layers, candidates: &mut [Vec<f64>]) {
    let edges = |columns: &[f64]| {
        let mut edges = (f64::INFINITY, f64::NEG_INFINITY);
        for (column, size) in columns.iter().zip(&layers.sizes) {
            edges = (edges.0.min(column - size.width / 2.0), edges.1.max(column + size.width / 2.0));
        }
        edges
    };
    let all: Vec<(f64, f64)> = candidates.iter().map(|it| edges(it)).collect();
    let Some(narrowest) = all.iter().copied().min_by(|a, b| (a.1 - a.0).total_cmp(&(b.1 - b.0))) else {
        return;
    };
    for (index, columns) in candidates.iter_mut().enumerate() {
        let leaning_right = index % 2 == 1;
        let by = if leaning_right { narrowest.1 - all[index].1 } else { narrowest.0 - all[index].0 };
        columns.iter_mut().for_each(|column| *column += by);
    }
}

/// Whatever came before: neighbours keep their distance, and nothing stands left of the edge.
fn keep_apart(layers: &Layers, columns: &mut [f64]) {
    for row in &layers.rows {
        for pair in row.windows(2) {
            let least = columns[pair[0] as usize] + distance(layers, pair[0], pair[1]);
            let column = &mut columns[pair[1] as usize];
            *column = column.max(least);
        }
    }
    let left = columns.iter().zip(&layers.sizes).map(|(column, size)| column - size.width / 2.0);
    let left = left.fold(f64::INFINITY, f64::min);
    columns.iter_mut().for_each(|column| *column -= left);
}
