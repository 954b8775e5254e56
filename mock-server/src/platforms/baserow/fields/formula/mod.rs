//! Formulas: their language, their types, and what they make of a row.
//!
//! The part of the product's language that can be kept exact is understood; the rest is refused when a formula is
//! written, with a sentence that names what is not understood.

mod aggregate;
mod arithmetic;
mod call;
mod catalog;
mod cell;
mod dates;
mod datetime;
mod evaluate;
mod expr;
mod files;
mod functions;
mod gives;
mod interval;
mod kind;
mod lex;
mod logic;
mod number;
mod numbers;
mod parse;
mod program;
mod regexes;
mod rename;
mod scientific;
mod spans;
mod text;
mod texts;
mod types;
mod value;

#[cfg(test)]
mod tests;

pub(in crate::platforms::baserow) use evaluate::Cells;
pub(in crate::platforms::baserow) use expr::Expr;
pub(in crate::platforms::baserow) use kind::{Kind, Typed, invalid};
pub(in crate::platforms::baserow) use parse::parse;
pub(in crate::platforms::baserow) use program::{Program, Resolved};
pub(in crate::platforms::baserow) use rename::renamed;
pub(in crate::platforms::baserow) use types::{Fields, type_of};
