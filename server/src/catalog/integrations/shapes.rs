//! Views of shapes: what a parameter takes, what a result holds. Nothing is copied or walked before it is
//! asked for, so recursive shapes are no trouble.

use super::frame::{Bound, MemberNode, Model, ShapeNode};
use super::layout::{Kind, member, scalar, structure};
use super::nearest;

/// A shape of a model.
#[derive(Debug, Clone, Copy)]
pub struct Shape<'a> {
    model: &'a Model,
    node: &'a ShapeNode,
    id: u32,
}

/// A member of a structure: a parameter, or a key of a result.
#[derive(Debug, Clone, Copy)]
pub struct Member<'a> {
    /// The key that Step Functions takes.
    pub name: &'a str,
    /// The name in the API, which its documentation uses.
    pub wire_name: &'a str,
    /// It has to be given. What the SDK fills in by itself is not.
    pub required: bool,
    pub deprecated: bool,
    pub sensitive: bool,
    /// The SDK makes one up when it is missing.
    pub idempotency_token: bool,
    /// False: the API knows it, but nobody has confirmed that this optimized integration takes it.
    pub confirmed: bool,
    /// Step Functions has added it; the API has no such member.
    pub own: bool,
    model: &'a Model,
    shape: u32,
}

impl<'a> Shape<'a> {
    pub(super) fn new(model: &'a Model, id: u32) -> Option<Shape<'a>> {
        Some(Shape { model, node: model.shape(id)?, id })
    }

    /// What sort of value it is.
    pub fn kind(&self) -> Kind {
        self.node.kind
    }

    /// Tells shapes of one action apart, for those who walk recursive ones.
    pub fn id(&self) -> u32 {
        self.id
    }

    /// The name of a structure.
    pub fn name(&self) -> Option<&'a str> {
        (self.node.kind == Kind::Structure).then(|| self.model.str(self.node.text))
    }

    /// The members of a structure; of anything else none.
    pub fn members(&self) -> impl ExactSizeIterator<Item = Member<'a>> + use<'a> {
        let model = self.model;
        let nodes = if self.node.kind == Kind::Structure { model.members(self.node) } else { &[] };
        nodes.iter().map(move |node| Member::new(model, node))
    }

    /// The member with this key.
    pub fn member(&self, name: &str) -> Option<Member<'a>> {
        self.members().find(|it| it.name == name)
    }

    /// The keys that are most like this one, the nearest first.
    pub fn nearest_members(&self, name: &str) -> Vec<&'a str> {
        let members: Vec<Member> = self.members().collect();
        // Somebody who wrote the API's name means that member.
        if let Some(it) = members.iter().find(|it| it.wire_name == name) {
            return vec![it.name];
        }
        nearest::nearest(name, members.iter().map(|it| it.name))
    }

    /// Exactly one member is given.
    pub fn is_union(&self) -> bool {
        self.node.kind == Kind::Structure && self.node.flags & structure::UNION != 0
    }

    /// Members arrive as a stream of events, which Step Functions cannot carry.
    pub fn is_event_stream(&self) -> bool {
        self.node.kind == Kind::Structure && self.node.flags & structure::EVENT_STREAM != 0
    }

    /// What a list holds.
    pub fn item(&self) -> Option<Shape<'a>> {
        (self.node.kind == Kind::List).then(|| Shape::new(self.model, self.node.first))?
    }

    /// What the keys of a map are. Map keys are the user's own and never renamed.
    pub fn key(&self) -> Option<Shape<'a>> {
        (self.node.kind == Kind::Map).then(|| Shape::new(self.model, self.node.first))?
    }

    /// What a map holds.
    pub fn value(&self) -> Option<Shape<'a>> {
        (self.node.kind == Kind::Map).then(|| Shape::new(self.model, self.node.second))?
    }

    /// The values that the service knows; new ones may come.
    pub fn enum_values(&self) -> impl ExactSizeIterator<Item = &'a str> + use<'a> {
        let model = self.model;
        let values = if self.is_scalar() { model.values(self.node) } else { &[] };
        values.iter().map(move |it| model.str(*it))
    }

    /// Least and greatest value of a number; length of anything else.
    pub fn bounds(&self) -> (Option<Bound>, Option<Bound>) {
        self.model.bounds(self.node)
    }

    /// The regular expression of a text, when it is short.
    pub fn pattern(&self) -> Option<&'a str> {
        let found = self.is_scalar() && self.node.flags & scalar::PATTERN != 0;
        found.then(|| self.model.str(self.node.text))
    }

    /// An object or a list is right as well: Step Functions writes it as JSON where the API wants text or
    /// bytes.
    pub fn takes_any_json(&self) -> bool {
        let is_text = matches!(self.kind(), Kind::String | Kind::Blob);
        matches!(self.kind(), Kind::Json | Kind::Document) || is_text && self.enum_values().len() == 0
    }

    /// The bytes are streamed.
    pub fn is_streaming(&self) -> bool {
        self.is_scalar() && self.node.flags & scalar::STREAMING != 0
    }

    /// A short description: `string`, `list of Tag`, `map of string`, `one of A, B`.
    pub fn describe(&self) -> String {
        let nested = |it: Option<Shape>| match it {
            // One level is enough for a line of text.
            Some(it) => it.name().unwrap_or(it.kind().name()).to_owned(),
            None => String::new(),
        };
        match self.kind() {
            Kind::Structure => nested(Some(*self)),
            Kind::List => format!("list of {}", nested(self.item())),
            Kind::Map => format!("map of {}", nested(self.value())),
            Kind::String if self.enum_values().len() > 0 => "enum".to_owned(),
            Kind::Json => "any JSON".to_owned(),
            kind => kind.name().to_owned(),
        }
    }

    fn is_scalar(&self) -> bool {
        !matches!(self.node.kind, Kind::Structure | Kind::List | Kind::Map)
    }
}

impl<'a> Member<'a> {
    fn new(model: &'a Model, node: &'a MemberNode) -> Member<'a> {
        let is = |flag| node.flags & flag != 0;
        Member {
            name: model.str(node.key),
            wire_name: model.str(node.wire),
            required: is(member::REQUIRED) && !is(member::IDEMPOTENCY_TOKEN),
            deprecated: is(member::DEPRECATED),
            sensitive: is(member::SENSITIVE),
            idempotency_token: is(member::IDEMPOTENCY_TOKEN),
            confirmed: !is(member::UNCONFIRMED),
            own: is(member::OWN),
            model,
            shape: node.shape,
        }
    }

    /// What it takes.
    pub fn shape(&self) -> Option<Shape<'a>> {
        Shape::new(self.model, self.shape)
    }
}
