//! Writes a frame, the mirror of the reader in `frame.rs`.

use std::collections::{BTreeMap, VecDeque};

use miniz_oxide::deflate::compress_to_vec;

use crate::graph::{Graph, Operation, Shape};
use crate::layout::{Kind, column, scalar};

/// The strongest level: time does not matter here, bytes do.
const LEVEL: u8 = 10;

/// Packs operations with all shapes that they reach.
pub fn frame(operations: &[Operation], graph: &Graph) -> Result<Vec<u8>, String> {
    let mut writer = Writer::new(graph);
    writer.count(operations.len());
    for operation in operations {
        writer.operation(operation)?;
    }
    let mut raw = Vec::new();
    for column in &writer.columns {
        number(&mut raw, column.len() as u64);
    }
    raw.extend(writer.columns.iter().flatten());
    Ok(pack(&raw))
}

/// A raw deflate stream.
pub fn pack(raw: &[u8]) -> Vec<u8> {
    compress_to_vec(raw, LEVEL)
}

/// Appends a LEB128 number.
pub fn number(bytes: &mut Vec<u8>, mut value: u64) {
    while value > 127 {
        bytes.push(value as u8 | 128);
        value >>= 7;
    }
    bytes.push(value as u8);
}

struct Writer<'a> {
    graph: &'a Graph,
    columns: [Vec<u8>; column::COUNT],
    strings: BTreeMap<String, usize>,
    /// The order in which shapes were first named.
    places: BTreeMap<usize, usize>,
    waiting: VecDeque<usize>,
}

impl<'a> Writer<'a> {
    fn new(graph: &'a Graph) -> Self {
        Writer {
            graph,
            columns: Default::default(),
            strings: BTreeMap::new(),
            places: BTreeMap::new(),
            waiting: VecDeque::new(),
        }
    }

    fn operation(&mut self, operation: &Operation) -> Result<(), String> {
        self.string(column::OPERATIONS, &operation.name)?;
        self.columns[column::FLAGS].push(operation.flags);
        self.count(operation.shapes.len());
        for &place in &operation.shapes {
            self.reference(place);
        }
        self.count(operation.errors.len());
        for error in &operation.errors {
            self.string(column::NAMES, error)?;
        }
        while let Some(place) = self.waiting.pop_front() {
            self.shape(self.graph.get(place)?)?;
        }
        Ok(())
    }

    fn shape(&mut self, shape: &Shape) -> Result<(), String> {
        let kind = match shape {
            Shape::Structure { .. } => Kind::Structure,
            Shape::List { .. } => Kind::List,
            Shape::Map { .. } => Kind::Map,
            Shape::Scalar { kind, .. } => *kind,
        };
        self.columns[column::FLAGS].push(kind as u8);
        match shape {
            Shape::Structure { name, flags, members } => {
                self.columns[column::FLAGS].push(*flags);
                self.string(column::NAMES, name)?;
                self.count(members.len());
                for member in members {
                    self.string(column::MEMBERS, &member.wire)?;
                    self.reference(member.shape);
                    self.columns[column::FLAGS].push(member.flags);
                    if let Some(name) = &member.renamed {
                        self.string(column::NAMES, name)?;
                    }
                }
            }
            Shape::List { item, bounds } => {
                self.reference(*item);
                self.bound(bounds.0.as_deref());
                self.bound(bounds.1.as_deref());
            }
            Shape::Map { key, value, bounds } => {
                self.reference(*key);
                self.reference(*value);
                self.bound(bounds.0.as_deref());
                self.bound(bounds.1.as_deref());
            }
            Shape::Scalar { values, bounds, pattern, streaming, .. } => {
                self.count(values.len());
                for value in values {
                    self.string(column::NAMES, value)?;
                }
                self.bound(bounds.0.as_deref());
                self.bound(bounds.1.as_deref());
                let pattern_flag = if pattern.is_some() { scalar::PATTERN } else { 0 };
                let streaming_flag = if *streaming { scalar::STREAMING } else { 0 };
                self.columns[column::FLAGS].push(pattern_flag | streaming_flag);
                if let Some(pattern) = pattern {
                    self.string(column::NAMES, pattern)?;
                }
            }
        }
        Ok(())
    }

    fn string(&mut self, column: usize, text: &str) -> Result<(), String> {
        if text.contains('\n') {
            return Err(format!("a name with a line break: {text:?}"));
        }
        let known = self.strings.len();
        if let Some(&place) = self.strings.get(text) {
            number(&mut self.columns[column], (known - place) as u64);
            return Ok(());
        }
        self.strings.insert(text.to_owned(), known);
        self.columns[column].push(0);
        self.columns[column::TEXT].extend(text.bytes().chain([b'\n']));
        Ok(())
    }

    fn reference(&mut self, place: usize) {
        let known = self.places.len();
        if let Some(&at) = self.places.get(&place) {
            number(&mut self.columns[column::SHAPES], (known - at) as u64);
            return;
        }
        self.places.insert(place, known);
        self.columns[column::SHAPES].push(0);
        self.waiting.push_back(place);
    }

    fn count(&mut self, count: usize) {
        number(&mut self.columns[column::COUNTS], count as u64);
    }

    fn bound(&mut self, bound: Option<&str>) {
        let column = &mut self.columns[column::NUMBERS];
        match bound.map(|it| (it, it.parse::<i64>())) {
            None => column.push(0),
            Some((_, Ok(whole))) => {
                column.push(if whole < 0 { 3 } else { 2 });
                number(column, whole.unsigned_abs());
            }
            Some((text, Err(_))) => {
                column.push(1);
                column.extend(text.bytes().chain([0]));
            }
        }
    }
}
