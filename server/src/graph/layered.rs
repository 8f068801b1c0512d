//! A layered drawing of a graph: who leads stands above who follows.
//!
//! The way of Sugiyama, in its usual steps, each in a file: [`ranks`] turns the links that close a loop round and gives
//! each node its row; [`chains`] leads links that pass several rows through points of their own, so that rows are kept
//! free for them; [`order`] sorts each row so that few links cross; [`align`] finds the columns, and this file the
//! rest. Links run straight down within a row, at a place that is theirs, and bend only between two rows, where
//! nothing else is. So no link can run through a node or a label.

mod align;
mod chains;
mod order;
mod ranks;

use super::geometry::{Point, Rect, Size};
use chains::{Chain, Chains, Layers};

/// A connection of two nodes, by their indices.
#[derive(Clone, Copy, Debug, Default)]
pub struct Link {
    pub from: usize,
    pub to: usize,
    /// Of no width when there is none.
    pub label: Size,
    /// Of the label that names the target, for a link that is too long to be drawn.
    pub far_label: Size,
    /// Links of one class that lead far to the same node join on the way.
    pub class: u8,
}

#[derive(Clone, Debug, Default)]
pub struct Route {
    /// From the one node to the other. Within a row, and beside a node that leads to itself, the points are joined by
    /// straight lines; where both coordinates change, by a curve that begins and ends upright.
    pub points: Vec<Point>,
    pub label: Option<Rect>,
    /// It ends at its label, which names the target.
    pub far: bool,
}

#[derive(Debug, Default)]
pub struct Drawing {
    pub size: Size,
    /// The upper left corners of the nodes.
    pub corners: Vec<Point>,
    /// One for each link.
    pub routes: Vec<Route>,
}

/// Between neighbours in a row.
pub(super) const NODE_GAP: f64 = 28.0;
pub(super) const LINK_GAP: f64 = 14.0;
/// Between two rows, of which every second one is for labels.
const ROW_GAP: f64 = 17.0;
/// Where many links run sideways, a little more.
const WIDE_ROW_GAP: f64 = 44.0;
/// How far a loop at a node reaches out, and how high it is.
const LOOP: Size = Size { width: 26.0, height: 22.0 };

/// Draws a graph. The first node stands at the top if nothing leads to it. Takes time and memory proportional to its
/// size.
pub fn draw(nodes: &[Size], links: &[Link]) -> Drawing {
    if nodes.is_empty() {
        return Drawing::default();
    }
    let loops = Loops::new(nodes, links);
    let ranks = ranks::rank(nodes.len(), links);
    let (mut layers, chains) = chains::chain(&loops.sizes, links, &ranks);
    order::order(&mut layers);
    let columns = align::align(&layers);
    let rows = Rows::new(&layers, &columns);
    let ports = Ports::new(&layers, &columns, nodes);
    let width = columns.iter().zip(&layers.sizes).map(|(x, size)| x + size.width / 2.0).fold(0.0, f64::max);
    let corners: Vec<Point> = (0..nodes.len())
        .map(|node| Point {
            x: columns[node] - nodes[node].width / 2.0,
            y: rows.top[layers.layer[node] as usize],
        })
        .collect();
    let sketch = Sketch { layers: &layers, chains: &chains, columns: &columns, rows: &rows, ports: &ports };
    let mut routes = sketch.routes(nodes, links);
    loops.draw(&corners, links, &mut routes);
    Drawing { size: Size { width, height: rows.height }, corners, routes }
}

/// The links from a node to itself: they run at its right side. For all others the node is wider by that, on both
/// sides, so that its middle stays where it is.
struct Loops {
    sizes: Vec<Size>,
    /// For each link, its number among the loops of its node.
    number: Vec<Option<u32>>,
    nodes: Vec<Size>,
}

impl Loops {
    fn new(nodes: &[Size], links: &[Link]) -> Loops {
        let mut sizes = nodes.to_vec();
        let mut count = vec![0; nodes.len()];
        let mut number = vec![None; links.len()];
        for (index, link) in links.iter().enumerate().filter(|(_, link)| link.from == link.to) {
            let node = link.from;
            number[index] = Some(count[node]);
            count[node] += 1;
            let label = if link.label.is_empty() { 0.0 } else { link.label.width + 4.0 };
            sizes[node].width = sizes[node].width.max(nodes[node].width + 2.0 * (LOOP.width + label));
            let rows = f64::from(count[node]) * (LOOP.height.max(link.label.height) + 6.0);
            sizes[node].height = sizes[node].height.max(rows);
        }
        Loops { sizes, number, nodes: nodes.to_vec() }
    }

    fn draw(&self, corners: &[Point], links: &[Link], routes: &mut [Route]) {
        for (index, link) in links.iter().enumerate() {
            let Some(number) = self.number[index] else { continue };
            let (node, corner) = (self.nodes[link.from], corners[link.from]);
            let height = LOOP.height.max(link.label.height) + 6.0;
            // Further loops may stand below the node: they come out of its lowest part.
            let top = corner.y + 3.0 + f64::from(number) * height;
            let inside = |y: f64| y.min(corner.y + node.height - 4.0);
            let (left, right) = (corner.x + node.width, corner.x + node.width + LOOP.width - 6.0);
            let bottom = top + LOOP.height;
            let mut points = vec![Point { x: left, y: inside(top + 4.0) }];
            points.push(Point { x: right, y: inside(top + 4.0) });
            points.push(Point { x: right, y: inside(bottom - 4.0).max(inside(top + 4.0)) });
            points.push(Point { x: left, y: inside(bottom - 4.0) });
            let label = Rect::at(Point { x: right + 4.0, y: top }, link.label);
            routes[index] = Route { points, label: (!link.label.is_empty()).then_some(label), far: false };
        }
    }
}

/// Where the rows stand.
struct Rows {
    top: Vec<f64>,
    bottom: Vec<f64>,
    height: f64,
}

impl Rows {
    fn new(layers: &Layers, columns: &[f64]) -> Rows {
        let mut rows = Rows { top: Vec::new(), bottom: Vec::new(), height: 0.0 };
        let mut top = 0.0;
        for layer in &layers.rows {
            let tallest = layer.iter().map(|it| layers.sizes[*it as usize].height).fold(0.0, f64::max);
            rows.top.push(top);
            rows.bottom.push(top + tallest);
            rows.height = top + tallest;
            // Links that run far to the side need some height for it.
            let sideways = layer
                .iter()
                .flat_map(|it| {
                    layers.below(*it).map(|below| (columns[*it as usize] - columns[below as usize]).abs())
                })
                .fold(0.0, f64::max);
            top += tallest + (ROW_GAP + sideways * 0.03).min(WIDE_ROW_GAP);
        }
        rows
    }
}

/// Where links meet the nodes: each leaves from a place of its own, all that arrive from one side do so at one place.
struct Ports {
    /// For each node, the neighbours at its lower side and the columns of their links, sorted by neighbour.
    lower: Vec<Vec<(u32, f64)>>,
    upper: Vec<Vec<(u32, f64)>>,
}

impl Ports {
    fn new(layers: &Layers, columns: &[f64], nodes: &[Size]) -> Ports {
        let side = |node: usize, neighbours: &[u32]| -> Vec<(u32, f64)> {
            let column = |it: u32| columns[it as usize];
            let (leaving, arriving): (Vec<u32>, Vec<u32>) =
                neighbours.iter().copied().partition(|it| layers.leaves[*it as usize] == node as u32);
            // All that arrive count as one, in the middle between them.
            let mut places: Vec<(f64, &[u32])> =
                leaving.iter().map(|it| (column(*it), std::slice::from_ref(it))).collect();
            if !arriving.is_empty() {
                let sum: f64 = arriving.iter().map(|it| column(*it)).sum();
                places.push((sum / arriving.len() as f64, &arriving));
            }
            places.sort_by(|a, b| a.0.total_cmp(&b.0));
            let width = nodes[node].width - 12.0;
            let middle = columns[node];
            let straight = places.iter().position(|place| (place.0 - middle).abs() < 1.0);
            // What runs straight on leaves from the middle, the others at its sides.
            let anchor = straight.map_or(places.len().saturating_sub(1) as f64 / 2.0, |index| index as f64);
            let widest = anchor.max(places.len() as f64 - 1.0 - anchor).max(0.5);
            let step = 26f64.min((width / 2.0).max(0.0) / widest);
            let first = middle - step * anchor;
            let mut ports: Vec<(u32, f64)> = places
                .iter()
                .enumerate()
                .flat_map(|(index, (_, links))| {
                    links.iter().map(move |it| (*it, first + step * index as f64))
                })
                .collect();
            ports.sort_by_key(|port| port.0);
            ports
        };
        let neighbours = |node: usize, up: bool| -> Vec<u32> {
            let node = node as u32;
            if up { layers.above(node).collect() } else { layers.below(node).collect() }
        };
        Ports {
            lower: (0..nodes.len()).map(|node| side(node, &neighbours(node, false))).collect(),
            upper: (0..nodes.len()).map(|node| side(node, &neighbours(node, true))).collect(),
        }
    }
}

fn port(ports: &[(u32, f64)], neighbour: u32) -> f64 {
    let found = ports.binary_search_by_key(&neighbour, |port| port.0);
    found.map_or(0.0, |index| ports[index].1)
}

/// Everything is known; only the routes are left to be drawn.
struct Sketch<'a> {
    layers: &'a Layers,
    chains: &'a Chains,
    columns: &'a [f64],
    rows: &'a Rows,
    ports: &'a Ports,
}

/// When the routes of a graph have more points than that, links that join others end where they join.
const MANY_POINTS: usize = 400_000;

impl Sketch<'_> {
    fn routes(&self, nodes: &[Size], links: &[Link]) -> Vec<Route> {
        let mut spent = 0;
        let mut drawn = vec![false; self.chains.trunks.len()];
        let mut routes = Vec::with_capacity(links.len());
        for (link, chain) in links.iter().zip(&self.chains.of) {
            let Some(chain) = chain else {
                routes.push(Route::default());
                continue;
            };
            let trunk: &[u32] = match chain.trunk {
                None => &[],
                Some(trunk) => {
                    let all = &self.chains.trunks[trunk as usize];
                    let at = chain.joins as usize;
                    let whole = spent < MANY_POINTS || !std::mem::replace(&mut drawn[trunk as usize], true);
                    match (whole, chain.turned) {
                        (false, _) => &all[at..=at],
                        (true, false) => &all[at..],
                        (true, true) => &all[..=at],
                    }
                }
            };
            let label = std::slice::from_ref(&chain.label);
            let (first, then) = if chain.turned { (trunk, label) } else { (label, trunk) };
            let mut points = self.down(nodes, link, chain, first.iter().chain(then).copied());
            if chain.turned {
                points.reverse();
            }
            spent += points.len();
            routes.push(Route { points, label: self.label(link, chain), far: chain.far });
        }
        routes
    }

    /// The way from the upper node to the lower one through the points that are its own, as far as these go.
    fn down(
        &self,
        nodes: &[Size],
        link: &Link,
        chain: &Chain,
        passed: impl Iterator<Item = u32>,
    ) -> Vec<Point> {
        let (upper, lower) = if chain.turned { (link.to, link.from) } else { (link.from, link.to) };
        let row = |vertex: usize| self.layers.layer[vertex] as usize;
        let mut points = Vec::new();
        let mut last = upper as u32;
        for vertex in passed {
            if points.is_empty() && row(vertex as usize) == row(upper) + 1 {
                let x = port(&self.ports.lower[upper], vertex);
                points.push(Point { x, y: self.rows.top[row(upper)] + nodes[upper].height });
                push(&mut points, Point { x, y: self.rows.bottom[row(upper)] });
            }
            let (x, row) = (self.columns[vertex as usize], row(vertex as usize));
            push(&mut points, Point { x, y: self.rows.top[row] });
            if !chain.far {
                push(&mut points, Point { x, y: self.rows.bottom[row] });
            }
            last = vertex;
        }
        if !chain.far && row(last as usize) + 1 == row(lower) {
            let x = port(&self.ports.upper[lower], last);
            push(&mut points, Point { x, y: self.rows.top[row(lower)] });
        }
        points
    }

    fn label(&self, link: &Link, chain: &Chain) -> Option<Rect> {
        let size = if chain.far { link.far_label } else { link.label };
        let row = self.layers.layer[chain.label as usize] as usize;
        // One that is a target stands at the top, where its link ends.
        let spare = if chain.far { 0.0 } else { self.rows.bottom[row] - self.rows.top[row] - size.height };
        let x = self.columns[chain.label as usize] - size.width / 2.0;
        let corner = Point { x, y: self.rows.top[row] + spare / 2.0 };
        (!size.is_empty()).then(|| Rect::at(corner, size))
    }
}

/// Goes on to a point; three in a line are two.
fn push(points: &mut Vec<Point>, point: Point) {
    if let [.., before, last] = points[..]
        && (before.x - last.x).abs() < 0.01
        && (last.x - point.x).abs() < 0.01
    {
        points.pop();
    }
    if points.last() != Some(&point) {
        points.push(point);
    }
}
