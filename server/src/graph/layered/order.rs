//! The order of each row, so that few links cross: every vertex moves to the middle of its neighbours above, then to
//! the middle of those below, and so on, and the best order seen is kept.

use super::chains::Layers;

pub fn order(layers: &mut Layers) {
    let mut rows = first_order(layers);
    let mut place = vec![0u32; layers.len()];
    remember(&rows, &mut place);
    let mut best = rows.clone();
    let mut fewest = crossings(layers, &rows, &place);
    let mut since = 0;
    for _ in 0..rounds(layers) {
        if fewest == 0 || since > 3 {
            break;
        }
        for row in rows.iter_mut().skip(1) {
            sort(row, &mut place, |vertex| layers.above(vertex));
        }
        for row in rows.iter_mut().rev().skip(1) {
            sort(row, &mut place, |vertex| layers.below(vertex));
        }
        let count = crossings(layers, &rows, &place);
        since += 1;
        if count < fewest {
            (fewest, since) = (count, 0);
            best.clone_from(&rows);
        }
    }
    layers.rows = best;
}

/// Large drawings are improved less often: nobody sees it, and the time stays in proportion.
fn rounds(layers: &Layers) -> usize {
    (1_000_000 / (layers.len() + layers.piece_count() + 1)).clamp(2, 24)
}

/// In the order in which a walk down from the first node comes by: neighbours in the text are neighbours in the row.
fn first_order(layers: &Layers) -> Vec<Vec<u32>> {
    let count = layers.layer.iter().max().map_or(0, |last| *last as usize + 1);
    let mut rows = vec![Vec::new(); count];
    let mut seen = vec![false; layers.len()];
    let roots = (0..layers.len() as u32).filter(|vertex| layers.above(*vertex).next().is_none());
    for root in roots.chain(0..layers.len() as u32).collect::<Vec<_>>() {
        let mut waiting = vec![root];
        while let Some(vertex) = waiting.pop() {
            if std::mem::replace(&mut seen[vertex as usize], true) {
                continue;
            }
            rows[layers.layer[vertex as usize] as usize].push(vertex);
            let from = waiting.len();
            waiting.extend(layers.below(vertex).filter(|below| !seen[*below as usize]));
            waiting[from..].reverse();
        }
    }
    rows
}

fn remember(rows: &[Vec<u32>], place: &mut [u32]) {
    for row in rows {
        for (index, vertex) in row.iter().enumerate() {
            place[*vertex as usize] = index as u32;
        }
    }
}

/// Sorts a row by the middle of each vertex's neighbours in the next row. Those without neighbours keep their places.
fn sort<I: Iterator<Item = u32>>(row: &mut [u32], place: &mut [u32], neighbours: impl Fn(u32) -> I) {
    let middle = |vertex: u32| {
        let (mut sum, mut count) = (0.0, 0);
        for neighbour in neighbours(vertex) {
            sum += f64::from(place[neighbour as usize]);
            count += 1;
        }
        (count > 0).then(|| sum / f64::from(count))
    };
    let middles: Vec<Option<f64>> = row.iter().map(|vertex| middle(*vertex)).collect();
    let mut moving: Vec<(f64, u32)> =
        row.iter().zip(&middles).filter_map(|(vertex, middle)| Some(((*middle)?, *vertex))).collect();
    moving.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut moving = moving.into_iter();
    for (slot, middle) in row.iter_mut().zip(&middles) {
        if middle.is_some()
            && let Some((_, vertex)) = moving.next()
        {
            *slot = vertex;
        }
    }
    for (index, vertex) in row.iter().enumerate() {
        place[*vertex as usize] = index as u32;
    }
}

/// How many pairs of links cross. For each pair of rows, the links are gone through from left to right by their upper
/// end; each crosses those before it that end further right, which a Fenwick tree counts.
fn crossings(layers: &Layers, rows: &[Vec<u32>], place: &[u32]) -> u64 {
    let mut total = 0;
    let mut tree = Vec::new();
    let mut ends = Vec::new();
    for pair in rows.windows(2) {
        tree.clear();
        tree.resize(pair[1].len() + 1, 0u32);
        let mut count = 0u64;
        for vertex in &pair[0] {
            ends.clear();
            ends.extend(layers.below(*vertex).map(|below| place[below as usize] as usize));
            for end in &ends {
                let mut before = 0;
                let mut at = end + 1;
                while at > 0 {
                    before += u64::from(tree[at]);
                    at &= at - 1;
                }
                total += count - before;
            }
            for end in &ends {
                let mut at = end + 1;
                while at < tree.len() {
                    tree[at] += 1;
                    at += at & at.wrapping_neg();
                }
                count += 1;
            }
        }
    }
    total
}
