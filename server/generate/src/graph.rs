//! The shapes of one frame as a graph, before they are put in order.

use std::collections::BTreeMap;

use crate::layout::{Kind, member};

/// A lower and an upper bound, as the model writes them.
pub type Bounds = (Option<String>, Option<String>);

/// A shape. Others are named by their place in the graph.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shape {
    Structure { name: String, flags: u8, members: Vec<Member> },
    List { item: usize, bounds: Bounds },
    Map { key: usize, value: usize, bounds: Bounds },
    Scalar { kind: Kind, values: Vec<String>, bounds: Bounds, pattern: Option<String>, streaming: bool },
}

/// A member of a structure.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Member {
    pub wire: String,
    pub shape: usize,
    pub flags: u8,
    pub renamed: Option<String>,
}

impl Member {
    /// A member that only Step Functions knows.
    pub fn own(name: &str, shape: usize) -> Member {
        Member { wire: name.to_owned(), shape, flags: member::OWN, renamed: None }
    }
}

/// An operation with its input, or with the results of its patterns.
pub struct Operation {
    pub name: String,
    pub flags: u8,
    pub shapes: Vec<usize>,
    pub errors: Vec<String>,
}

/// Shapes, each kept once. Structures keep their identity; all others are equal when their facts are.
#[derive(Default)]
pub struct Graph {
    shapes: Vec<Option<Shape>>,
    structures: BTreeMap<(String, String), usize>,
    others: BTreeMap<Shape, usize>,
}

impl Graph {
    /// The place of a structure of the API, and whether it is still to be filled.
    pub fn structure(&mut self, directory: &str, name: &str) -> (usize, bool) {
        let next = self.shapes.len();
        let place = *self.structures.entry((directory.to_owned(), name.to_owned())).or_insert(next);
        if place == next {
            self.shapes.push(None);
        }
        (place, place == next)
    }

    /// Fills a place that [`Graph::structure`] gave.
    pub fn fill(&mut self, place: usize, shape: Shape) {
        self.shapes[place] = Some(shape);
    }

    /// The place of a shape that is equal when its facts are.
    pub fn add(&mut self, shape: Shape) -> usize {
        let next = self.shapes.len();
        let place = *self.others.entry(shape.clone()).or_insert(next);
        if place == next {
            self.shapes.push(Some(shape));
        }
        place
    }

    /// A scalar without limits.
    pub fn plain(&mut self, kind: Kind) -> usize {
        self.add(Shape::Scalar {
            kind,
            values: Vec::new(),
            bounds: (None, None),
            pattern: None,
            streaming: false,
        })
    }

    /// The shape in this place.
    pub fn get(&self, place: usize) -> Result<&Shape, String> {
        self.shapes.get(place).and_then(Option::as_ref).ok_or_else(|| "a shape was left empty".to_owned())
    }

    /// The members of the structure in this place.
    pub fn members(&self, place: usize) -> Result<&[Member], String> {
        match self.get(place)? {
            Shape::Structure { members, .. } => Ok(members),
            _ => Err("a structure was expected".to_owned()),
        }
    }
}
