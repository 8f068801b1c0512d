//! One frame of the catalogue, unpacked: the operations of a service with their shapes, in an arena.
//!
//! The generator includes this file to look at the blob it wrote, so it needs only its two neighbours.

use super::layout::{Kind, column, member};
use super::naming::{self, Naming};

/// No frame is nearly as large; a length beyond it is a broken blob.
const LARGEST: usize = 16 << 20;

/// A piece of [`Model::text`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Text {
    start: u32,
    len: u32,
}

/// A lower or upper bound.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Bound {
    Whole(i64),
    Fraction(f64),
}

/// An operation and the range of its errors.
#[derive(Debug, Clone)]
pub struct OperationNode {
    /// The API name.
    pub name: Text,
    /// The name in a Resource.
    pub action: Text,
    pub flags: u8,
    /// The input; or in a frame of outputs the results of each pattern.
    pub shapes: Vec<u32>,
    pub errors: (u32, u32),
}

/// A shape. What `first` and `second` mean depends on the kind.
#[derive(Debug, Clone, Copy)]
pub struct ShapeNode {
    pub kind: Kind,
    pub flags: u8,
    /// The name of a structure, the pattern of a scalar.
    pub text: Text,
    /// First member or enum value; the shape of a list's items, of a map's keys.
    pub first: u32,
    /// Number of members or enum values; the shape of a map's values.
    pub second: u32,
    /// Index into the bounds; 0 means none.
    pub bounds: u32,
}

/// A member of a structure.
#[derive(Debug, Clone, Copy)]
pub struct MemberNode {
    /// The name in the API.
    pub wire: Text,
    /// The name in Step Functions.
    pub key: Text,
    pub shape: u32,
    pub flags: u8,
}

/// All that a frame holds.
#[derive(Debug)]
pub struct Model {
    text: String,
    operations: Vec<OperationNode>,
    shapes: Vec<ShapeNode>,
    members: Vec<MemberNode>,
    values: Vec<Text>,
    bounds: Vec<(Option<Bound>, Option<Bound>)>,
}

impl Model {
    /// Unpacks and decodes a frame. `None` means that the bytes are no frame.
    pub fn read(packed: &[u8], naming: Naming) -> Option<Model> {
        let raw = miniz_oxide::inflate::decompress_to_vec_with_limit(packed, LARGEST).ok()?;
        Reader::new(&raw, naming)?.model()
    }

    /// The string that `text` stands for.
    pub fn str(&self, text: Text) -> &str {
        self.text.get(text.start as usize..(text.start + text.len) as usize).unwrap_or_default()
    }

    /// All operations, sorted by name.
    pub fn operations(&self) -> &[OperationNode] {
        &self.operations
    }

    /// The place of the operation with this action name.
    pub fn find(&self, action: &str) -> Option<usize> {
        let at = self.operations.binary_search_by(|it| self.str(it.action).cmp(action));
        at.ok()
    }

    /// The shape of this number.
    pub fn shape(&self, id: u32) -> Option<&ShapeNode> {
        self.shapes.get(id as usize)
    }

    /// The members of a structure.
    pub fn members(&self, shape: &ShapeNode) -> &[MemberNode] {
        slice(&self.members, shape.first, shape.second)
    }

    /// The enum values of a scalar.
    pub fn values(&self, shape: &ShapeNode) -> &[Text] {
        slice(&self.values, shape.first, shape.second)
    }

    /// The error shapes of an operation.
    pub fn errors(&self, operation: &OperationNode) -> &[Text] {
        slice(&self.values, operation.errors.0, operation.errors.1)
    }

    /// The bounds of a shape.
    pub fn bounds(&self, shape: &ShapeNode) -> (Option<Bound>, Option<Bound>) {
        self.bounds.get(shape.bounds as usize).copied().unwrap_or_default()
    }

    /// Roughly the memory it takes.
    pub fn bytes(&self) -> usize {
        self.text.capacity()
            + self.operations.capacity() * (size_of::<OperationNode>() + size_of::<u32>())
            + self.shapes.capacity() * size_of::<ShapeNode>()
            + self.members.capacity() * size_of::<MemberNode>()
            + self.values.capacity() * size_of::<Text>()
            + self.bounds.capacity() * size_of::<(Option<Bound>, Option<Bound>)>()
    }
}

fn slice<T>(all: &[T], first: u32, count: u32) -> &[T] {
    all.get(first as usize..first as usize + count as usize).unwrap_or_default()
}

/// Reads the columns side by side.
struct Reader<'a> {
    columns: [&'a [u8]; column::COUNT],
    naming: Naming,
    /// Each string, and the Step Functions name of a member so called.
    strings: Vec<(Text, Option<Text>)>,
    /// How many shapes have been named; the ones not yet read follow in that order.
    named: u32,
    model: Model,
}

impl<'a> Reader<'a> {
    fn new(raw: &'a [u8], naming: Naming) -> Option<Self> {
        let mut rest = raw;
        let mut lengths = [0; column::COUNT];
        for length in &mut lengths {
            *length = usize::try_from(number(&mut rest)?).ok()?;
        }
        let mut columns = [rest; column::COUNT];
        for (column, length) in columns.iter_mut().zip(lengths) {
            (*column, rest) = rest.split_at_checked(length)?;
        }
        let model = Model {
            text: String::with_capacity(lengths[column::TEXT] * 3 / 2),
            operations: Vec::new(),
            shapes: Vec::with_capacity(lengths[column::SHAPES] / 2),
            members: Vec::with_capacity(lengths[column::MEMBERS]),
            values: Vec::new(),
            bounds: vec![(None, None)],
        };
        Some(Reader {
            columns,
            naming,
            strings: Vec::with_capacity(lengths[column::TEXT] / 12),
            named: 0,
            model,
        })
    }

    fn model(mut self) -> Option<Model> {
        let count = self.count()?;
        for _ in 0..count {
            self.operation()?;
        }
        // The names as Step Functions writes them sort as the API's do, but nothing promises it.
        let Model { text, operations, .. } = &mut self.model;
        let str = |it: Text| &text[it.start as usize..(it.start + it.len) as usize];
        operations.sort_by(|a, b| str(a.action).cmp(str(b.action)));
        self.model.shrink();
        Some(self.model)
    }

    fn operation(&mut self) -> Option<()> {
        let name = self.string(column::OPERATIONS)?;
        let api_name = self.model.str(name).to_owned();
        let action = self.other_name(name, &naming::action(&api_name))?;
        let flags = self.byte()?;
        let shape_count = self.count()?;
        let mut shapes = Vec::with_capacity(shape_count.min(4));
        for _ in 0..shape_count {
            shapes.push(self.shape_reference()?);
        }
        let first = u32::try_from(self.model.values.len()).ok()?;
        let error_count = self.count()?;
        for _ in 0..error_count {
            let error = self.string(column::NAMES)?;
            self.model.values.push(error);
        }
        let errors = (first, u32::try_from(error_count).ok()?);
        self.model.operations.push(OperationNode { name, action, flags, shapes, errors });
        while self.model.shapes.len() < self.named as usize {
            self.shape()?;
        }
        Some(())
    }

    fn shape(&mut self) -> Option<()> {
        let kind = Kind::from_byte(self.byte()?)?;
        let mut node = ShapeNode { kind, flags: 0, text: Text::default(), first: 0, second: 0, bounds: 0 };
        match kind {
            Kind::Structure => {
                node.flags = self.byte()?;
                node.text = self.string(column::NAMES)?;
                let count = self.count()?;
                node.first = u32::try_from(self.model.members.len()).ok()?;
                node.second = u32::try_from(count).ok()?;
                for _ in 0..count {
                    let member = self.member()?;
                    self.model.members.push(member);
                }
            }
            Kind::List => {
                node.first = self.shape_reference()?;
                node.bounds = self.bounds()?;
            }
            Kind::Map => {
                node.first = self.shape_reference()?;
                node.second = self.shape_reference()?;
                node.bounds = self.bounds()?;
            }
            _ => {
                let count = self.count()?;
                node.first = u32::try_from(self.model.values.len()).ok()?;
                node.second = u32::try_from(count).ok()?;
                for _ in 0..count {
                    let value = self.string(column::NAMES)?;
                    self.model.values.push(value);
                }
                node.bounds = self.bounds()?;
                node.flags = self.byte()?;
                if node.flags & super::layout::scalar::PATTERN != 0 {
                    node.text = self.string(column::NAMES)?;
                }
            }
        }
        self.model.shapes.push(node);
        Some(())
    }

    fn member(&mut self) -> Option<MemberNode> {
        let string = self.string_number(column::MEMBERS)?;
        let shape = self.shape_reference()?;
        let flags = self.byte()?;
        let key = if flags & member::RENAMED != 0 { self.string(column::NAMES)? } else { self.key(string)? };
        Some(MemberNode { wire: self.strings.get(string)?.0, key, shape, flags })
    }

    /// The Step Functions name of a member, computed once for each name.
    fn key(&mut self, string: usize) -> Option<Text> {
        let (wire, key) = *self.strings.get(string)?;
        if let Some(key) = key {
            return Some(key);
        }
        let name = self.model.str(wire);
        let key = if naming::is_plain(name) {
            wire
        } else {
            let name = self.naming.key(name);
            self.other_name(wire, &name)?
        };
        self.strings.get_mut(string)?.1 = Some(key);
        Some(key)
    }

    /// The text of a derived name: the original when they are equal.
    fn other_name(&mut self, original: Text, name: &str) -> Option<Text> {
        if self.model.str(original) == name {
            return Some(original);
        }
        self.add(name)
    }

    fn add(&mut self, text: &str) -> Option<Text> {
        let start = u32::try_from(self.model.text.len()).ok()?;
        let len = u32::try_from(text.len()).ok()?;
        start.checked_add(len)?;
        self.model.text.push_str(text);
        Some(Text { start, len })
    }

    fn string(&mut self, column: usize) -> Option<Text> {
        let string = self.string_number(column)?;
        Some(self.strings.get(string)?.0)
    }

    fn string_number(&mut self, column: usize) -> Option<usize> {
        let back = usize::try_from(number(&mut self.columns[column])?).ok()?;
        if back > 0 {
            return self.strings.len().checked_sub(back);
        }
        let column = self.columns[column::TEXT];
        let end = column.iter().position(|&it| it == b'\n')?;
        let text = std::str::from_utf8(&column[..end]).ok()?;
        let text = self.add(text)?;
        self.columns[column::TEXT] = &column[end + 1..];
        self.strings.push((text, None));
        Some(self.strings.len() - 1)
    }

    fn shape_reference(&mut self) -> Option<u32> {
        let back = u32::try_from(number(&mut self.columns[column::SHAPES])?).ok()?;
        if back > 0 {
            return self.named.checked_sub(back);
        }
        self.named += 1;
        Some(self.named - 1)
    }

    fn bounds(&mut self) -> Option<u32> {
        let bounds = (self.bound()?, self.bound()?);
        if bounds == (None, None) {
            return Some(0);
        }
        self.model.bounds.push(bounds);
        u32::try_from(self.model.bounds.len() - 1).ok()
    }

    fn bound(&mut self) -> Option<Option<Bound>> {
        let column = &mut self.columns[column::NUMBERS];
        let (&tag, rest) = column.split_first()?;
        *column = rest;
        Some(match tag {
            0 => None,
            1 => {
                let end = column.iter().position(|&it| it == 0)?;
                let text = std::str::from_utf8(&column[..end]).ok()?;
                *column = &column[end + 1..];
                Some(Bound::Fraction(text.parse().ok()?))
            }
            2 => Some(Bound::Whole(i64::try_from(number(column)?).ok()?)),
            3 => Some(Bound::Whole(0i64.checked_sub_unsigned(number(column)?)?)),
            _ => return None,
        })
    }

    fn count(&mut self) -> Option<usize> {
        usize::try_from(number(&mut self.columns[column::COUNTS])?).ok()
    }

    fn byte(&mut self) -> Option<u8> {
        let (&byte, rest) = self.columns[column::FLAGS].split_first()?;
        self.columns[column::FLAGS] = rest;
        Some(byte)
    }
}

impl Model {
    fn shrink(&mut self) {
        self.text.shrink_to_fit();
        self.shapes.shrink_to_fit();
        self.members.shrink_to_fit();
        self.values.shrink_to_fit();
        self.bounds.shrink_to_fit();
    }
}

/// Takes a LEB128 number off the front.
pub fn number(bytes: &mut &[u8]) -> Option<u64> {
    let mut value = 0u64;
    for shift in (0..64).step_by(7) {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        value |= u64::from(byte & 127) << shift;
        if byte < 128 {
            return Some(value);
        }
    }
    None
}
