//! Nouns: collections of records, and what their fields are.

use super::schema::SchemaId;
use crate::Pointer;
use crate::language::ValueExpr;

/// A collection of records (`x-collections`).
#[derive(Clone, Debug)]
pub struct Collection {
    /// Its name.
    pub name: String,
    /// What a record looks like.
    pub schema: SchemaId,
    /// The field that names a record.
    pub key: String,
    /// Fields, or combinations of fields, that no two records share. The key is not repeated here.
    pub unique: Vec<Vec<String>>,
    /// Fields that are compared without regard to case, in `unique` and in look-ups.
    pub ignore_case: Vec<String>,
    /// Fields (of stored records) worth an index: unique ones, references, and those some `where` compares for equality.
    pub indexed: Vec<String>,
    /// Fields that refer to records of other collections.
    pub references: Vec<(String, Reference)>,
    /// The records it starts with, each an object of values.
    pub seed: Vec<ValueExpr>,
    /// Where it stands in the document.
    pub pointer: Pointer,
}

/// A field whose value is a key of another collection (`x-ref`).
#[derive(Clone, Debug, PartialEq)]
pub struct Reference {
    /// The collection referred to.
    pub to: String,
    /// What happens here when that record is deleted.
    pub on_delete: OnDelete,
    /// Whether the field holds a list of keys.
    pub many: bool,
}

/// What happens to a referring record when the record it refers to is deleted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OnDelete {
    /// The deletion is a conflict.
    #[default]
    Restrict,
    /// It is deleted too.
    Cascade,
    /// Its field becomes null (or loses that element).
    Clear,
}

/// A field that the server sets (`x-assign`).
#[derive(Clone, Debug, PartialEq)]
pub struct Assign {
    /// What it is set to.
    pub kind: AssignKind,
    /// When.
    pub at: Vec<AssignAt>,
}

/// What an assigned field is set to.
#[derive(Clone, Debug, PartialEq)]
pub enum AssignKind {
    /// A random UUID, version 4.
    Uuid,
    /// 1, 2, 3 … within the collection.
    Sequence,
    /// The time of the request.
    Now,
    /// Random letters and digits, this many.
    Token(usize),
    /// 24 hexadecimal digits.
    ObjectId,
    /// The time of the request plus this many milliseconds.
    After(u64),
    /// A JWT signed with HS256, with these claims.
    Jwt(ValueExpr),
    /// Any value.
    Value(ValueExpr),
}

/// When an assigned field is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AssignAt {
    /// When its record is made.
    Created,
    /// When its record is changed.
    Updated,
    /// When its record opens a door as a credential.
    Used,
}
