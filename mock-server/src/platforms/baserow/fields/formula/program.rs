//! Formulas whose fields are known: what they read, and what they make of a row.

use serde_json::Value as Json;

use super::cell;
use super::evaluate::{Cells, many, one};
use super::functions::Function;
use super::kind::{Kind, Typed};
use super::value::Value;

/// A part of a formula with its type.
#[derive(Clone, Debug)]
pub(in crate::platforms::baserow) struct Resolved {
    pub(super) node: Node,
    pub(super) kind: Kind,
    pub(super) many: Option<Many>,
    pub(super) nullable: bool,
}

/// Where many values come from; those of one source go together row by row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Many {
    /// The rows of a link.
    Link(u64),
    /// The elements of the cells of the rows of a link.
    Within(u64, u64),
    /// The elements of a cell.
    Cell(u64),
}

#[derive(Clone, Debug)]
pub(super) enum Node {
    Constant(Value),
    /// A field of the row.
    Cell(u64),
    /// The elements of a field of the row.
    Elements(u64),
    /// A field of the rows that a link leads to; whether its cells have elements.
    Linked {
        through: u64,
        target: u64,
        nested: bool,
    },
    Call(&'static Function, Vec<Resolved>),
}

/// A formula that can be computed.
#[derive(Clone, Debug)]
pub(in crate::platforms::baserow) struct Program {
    root: Resolved,
    shown: Typed,
}

impl Resolved {
    /// A field of the row.
    pub(in crate::platforms::baserow) fn own(field: u64, typed: Typed) -> Self {
        match typed.kind {
            Kind::Array(element) => Self {
                node: Node::Elements(field),
                kind: *element,
                many: Some(Many::Cell(field)),
                nullable: false,
            },
            kind => Self { node: Node::Cell(field), kind, many: None, nullable: typed.nullable },
        }
    }

    /// A field of the rows that a link leads to.
    pub(in crate::platforms::baserow) fn linked(through: u64, target: u64, typed: Typed) -> Self {
        let (kind, nested, many) = match typed.kind {
            Kind::Array(element) => (*element, true, Many::Within(through, target)),
            kind => (kind, false, Many::Link(through)),
        };
        let node = Node::Linked { through, target, nested };
        Self { node, kind, many: Some(many), nullable: typed.nullable }
    }

    /// The type of a field that is made of it.
    pub(in crate::platforms::baserow) fn typed(&self) -> Typed {
        match self.many {
            Some(_) => Typed { kind: Kind::Array(Box::new(self.kind.clone())), nullable: false },
            None => Typed { kind: self.kind.clone(), nullable: self.nullable },
        }
    }
}

impl Program {
    /// Computes this, and shows it as a type that is its own but for its looks.
    pub(in crate::platforms::baserow) fn new(root: Resolved, shown: Typed) -> Self {
        Self { root, shown }
    }

    /// The type of its cells.
    pub(in crate::platforms::baserow) fn typed(&self) -> &Typed {
        &self.shown
    }

    /// Its cell in a row.
    pub(in crate::platforms::baserow) fn cell(&self, cells: &dyn Cells) -> Json {
        match (&self.root.many, &self.shown.kind) {
            (Some(_), Kind::Array(element)) => cell::write_elements(element, &many(&self.root, cells)),
            (_, kind) => cell::write(kind, &one(&self.root, cells)),
        }
    }
}
