//! The contract's nouns made ready for look-ups: fields, indexes, references in both directions, settings, patterns.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use foldhash::fast::RandomState;
use indexmap::IndexMap;
use regress::Regex;
use serde_json::{Map, Value};
use tercet_spec::Contract;
use tercet_spec::contract::{Additional, Assign, AssignAt, AssignKind, OnDelete, SchemaId, Type};
use tercet_spec::language::ValueExpr;

use crate::documentation::Library;

/// What every part of the engine looks things up in. Made once.
#[derive(Debug)]
pub(crate) struct Model {
    pub(crate) contract: Arc<Contract>,
    /// In the order of `contract.collections`: a collection is named by its index.
    pub(crate) collections: Vec<CollectionModel>,
    /// Their indices by name.
    pub(crate) names: HashMap<String, usize, RandomState>,
    pub(crate) settings: IndexMap<String, Value>,
    pub(crate) patterns: HashMap<String, Regex>,
    /// Signs tokens (HS256).
    pub(crate) secret: Vec<u8>,
    /// Whether the document asks how many records a listing has; otherwise a page need not count them.
    pub(crate) counts_pages: bool,
    /// The document and the pages that show it.
    pub(crate) library: Library,
    /// A checksum of the document, when somebody asks for it.
    pub(crate) fingerprint: OnceLock<u64>,
}

/// One collection.
#[derive(Debug)]
pub(crate) struct CollectionModel {
    pub(crate) name: String,
    pub(crate) key: String,
    pub(crate) fields: IndexMap<String, Field, RandomState>,
    /// Whether records may have fields that the schema does not name.
    pub(crate) open: bool,
    /// The first is that of the key.
    pub(crate) indexes: Vec<IndexModel>,
    /// Who refers to records of this collection.
    pub(crate) referrers: Vec<Referrer>,
    /// Whether some field notes the use as a credential.
    pub(crate) touched: bool,
}

/// A field of a record.
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) reference: Option<Refers>,
    pub(crate) assign: Option<Assign>,
    pub(crate) derived: Option<ValueExpr>,
    pub(crate) default: Option<Value>,
    /// Compared without regard to case.
    pub(crate) fold: bool,
    /// Holds a list.
    pub(crate) many: bool,
    pub(crate) required: bool,
    pub(crate) read_only: bool,
    pub(crate) write_only: bool,
    /// The index on this field alone.
    pub(crate) index: Option<usize>,
}

/// Where a field refers to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Refers {
    pub(crate) to: usize,
    pub(crate) many: bool,
}

/// A field elsewhere that refers to a collection.
#[derive(Debug)]
pub(crate) struct Referrer {
    pub(crate) collection: usize,
    pub(crate) field: String,
    pub(crate) index: usize,
    pub(crate) on_delete: OnDelete,
    pub(crate) many: bool,
}

/// An index.
#[derive(Debug)]
pub(crate) struct IndexModel {
    /// The fields and whether each is compared without regard to case.
    pub(crate) fields: Vec<(String, bool)>,
    pub(crate) unique: bool,
}

impl CollectionModel {
    pub(crate) fn field(&self, name: &str) -> Option<&Field> {
        self.fields.get(name)
    }

    /// The largest number among a record's `x-assign: sequence` fields; 0 for none.
    pub(crate) fn numbers_in(&self, fields: &Map<String, Value>) -> u64 {
        let numbered = self.fields.iter().filter(|(_, field)| {
            field.assign.as_ref().is_some_and(|assign| assign.kind == AssignKind::Sequence)
        });
        numbered.filter_map(|(name, _)| fields.get(name)?.as_u64()).max().unwrap_or(0)
    }

    /// Whether keys are compared without regard to case.
    pub(crate) fn folds_key(&self) -> bool {
        self.indexes.first().is_some_and(|index| index.fields.iter().any(|(_, fold)| *fold))
    }

    pub(crate) fn fold(&self, name: &str) -> bool {
        self.field(name).is_some_and(|field| field.fold)
    }
}

impl Model {
    pub(crate) fn collection_named(&self, name: &str) -> Option<usize> {
        self.names.get(name).copied()
    }

    /// The collections, without settings, secret and patterns.
    pub(crate) fn collections(contract: &Contract) -> Vec<CollectionModel> {
        let mut all: Vec<_> = contract.collections.values().map(|one| collection(contract, one)).collect();
        for (position, collection) in contract.collections.values().enumerate() {
            for (field, reference) in &collection.references {
                let target = contract.collections.get_index_of(&reference.to);
                let index = all[position].fields.get(field).and_then(|field| field.index);
                if let (Some(target), Some(index)) = (target, index) {
                    all[target].referrers.push(Referrer {
                        collection: position,
                        field: field.clone(),
                        index,
                        on_delete: reference.on_delete,
                        many: reference.many,
                    });
                }
            }
        }
        all
    }
}

fn collection(contract: &Contract, declared: &tercet_spec::contract::Collection) -> CollectionModel {
    let schema = contract.schema(declared.schema);
    // A reference is compared as the key that it is.
    let refers_folded = |name: &str| {
        let reference = declared.references.iter().find(|(field, _)| field == name);
        let target = reference.and_then(|(_, reference)| contract.collections.get(&reference.to));
        target.is_some_and(|target| target.ignore_case.contains(&target.key))
    };
    let fold = |name: &str| declared.ignore_case.iter().any(|one| one == name) || refers_folded(name);
    let mut indexes =
        vec![IndexModel { fields: vec![(declared.key.clone(), fold(&declared.key))], unique: true }];
    for fields in &declared.unique {
        let fields = fields.iter().map(|name| (name.clone(), fold(name))).collect();
        indexes.push(IndexModel { fields, unique: true });
    }
    let lone = |indexes: &[IndexModel], name: &str| {
        indexes.iter().position(|index| matches!(index.fields.as_slice(), [(only, _)] if only == name))
    };
    let references = declared.references.iter().map(|(name, _)| name);
    for name in references.chain(&declared.indexed) {
        if lone(&indexes, name).is_none() {
            indexes.push(IndexModel { fields: vec![(name.clone(), fold(name))], unique: false });
        }
    }
    let mut fields = IndexMap::default();
    for (name, id) in &schema.properties {
        let reference =
            declared.references.iter().find(|(field, _)| field == name).and_then(|(_, reference)| {
                let to = contract.collections.get_index_of(&reference.to)?;
                Some(Refers { to, many: reference.many })
            });
        fields.insert(name.clone(), Field { index: lone(&indexes, name), ..field(contract, *id, reference) });
    }
    for (name, field) in &mut fields {
        field.fold = fold(name);
        field.required = schema.required.contains(name);
    }
    let touched = fields
        .values()
        .any(|field: &Field| field.assign.as_ref().is_some_and(|assign| assign.at.contains(&AssignAt::Used)));
    CollectionModel {
        name: declared.name.clone(),
        key: declared.key.clone(),
        open: is_open(contract, declared.schema),
        fields,
        indexes,
        referrers: Vec::new(),
        touched,
    }
}

fn field(contract: &Contract, id: SchemaId, reference: Option<Refers>) -> Field {
    let schema = contract.schema(id);
    Field {
        reference,
        assign: schema.assign.clone(),
        derived: schema.value.clone(),
        default: schema.default.clone(),
        fold: false,
        many: schema.single_type() == Some(Type::Array),
        required: false,
        read_only: schema.read_only,
        write_only: schema.write_only,
        index: None,
    }
}

/// Whether an object of this schema is meant to carry properties that it does not name: it names none, or it says
/// `additionalProperties: true` or gives a schema for them. (That JSON Schema lets any object have more is not meant.)
pub(crate) fn is_open(contract: &Contract, id: SchemaId) -> bool {
    let schema = contract.schema(id);
    match schema.additional {
        Additional::Closed => false,
        Additional::Open | Additional::Schema(_) => true,
        Additional::Unstated => schema.properties.is_empty(),
    }
}
