//! What proves that a state was written by this program for this very document, so that it is taken as it is; and what
//! is wrong with records that a person wrote.

use std::io::{self, Write};

use serde_json::{Map, Value};
use tercet_spec::Pointer;
use tercet_spec::contract::{Flavour, Violation};

use crate::model::Model;

/// A checksum of collections and of the document that they belong to.
pub(super) fn checksum(model: &Model, collections: &Value) -> String {
    let mut sum = Fnv(*model.fingerprint.get_or_init(|| {
        let mut sum = Fnv::default();
        sum.add(model.contract.document.root());
        sum.0
    }));
    sum.add(collections);
    format!("{:016x}", sum.0)
}

/// FNV-1a, 64 bits: for what was changed by hand, not for what somebody means to forge.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    fn add(&mut self, value: &Value) {
        // Writing a `Value` into what never fails cannot fail.
        let _ = serde_json::to_writer(self, value);
    }
}

impl Write for &mut Fnv {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Everything in a record that breaks the schema of its collection, a sentence each.
pub(super) fn faults(model: &Model, collection: usize, fields: &Map<String, Value>) -> Vec<String> {
    let (own, contract) = (&model.collections[collection], &model.contract);
    let Some((_, declared)) = contract.collections.get_index(collection) else { return Vec::new() };
    let value = Value::Object(fields.clone());
    // What is stored has both: what clients never send, and what they never see.
    let both = [Flavour::Request, Flavour::Response];
    let mut found: Vec<Violation> = Vec::new();
    for violation in
        both.iter().flat_map(|flavour| contract.validators.violations(declared.schema, *flavour, &value))
    {
        let is_derived = violation.rule == "required"
            && violation.instance == Pointer::root()
            && violation
                .limit
                .as_str()
                .and_then(|name| own.field(name))
                .is_some_and(|field| field.derived.is_some());
        if !is_derived && !found.contains(&violation) {
            found.push(violation);
        }
    }
    found.into_iter().map(|violation| sentence(&violation)).collect()
}

fn sentence(violation: &Violation) -> String {
    let field = violation.instance.tokens().collect::<Vec<_>>().join(".");
    if field.is_empty() { violation.message.clone() } else { format!("`{field}` {}", violation.message) }
}
