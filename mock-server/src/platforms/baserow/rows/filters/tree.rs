//! Trees of filters: the JSON in the parameter `filters`.

use serde_json::{Map, Value, json};

use super::compile::{Refused, compile};
use super::{Filter, field_named, is_filter_type};
use crate::outcome::Outcome;
use crate::platforms::baserow::rows::fault::Fault;
use crate::platforms::baserow::rows::scene::Scene;
use crate::platforms::baserow::rows::schema::Schema;
use crate::platforms::baserow::rows::words::field_id;

/// A tree that has been read.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    any: bool,
    filters: Vec<Leaf>,
    groups: Vec<Tree>,
}

#[derive(Debug)]
struct Leaf {
    field: String,
    kind: String,
    value: String,
}

/// How filters name their fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FieldsBy {
    Id,
    Name,
}

/// Groups within groups, no deeper than this: what a person nests by hand ends long before.
const DEEPEST: usize = 50;

/// Reads the parameter.
///
/// # Errors
/// `ERROR_FILTERS_PARAM_VALIDATION_ERROR` with the details of what is wrong.
pub(crate) fn read_tree(text: &str, by: FieldsBy) -> Result<Tree, Outcome> {
    let refused = |details: Value| Outcome::new("ERROR_FILTERS_PARAM_VALIDATION_ERROR", "").data(details);
    let json: Value = serde_json::from_str(text).map_err(|_| {
        refused(json!({ "error": "The filters are not JSON that can be read.", "code": "invalid_json" }))
    })?;
    read_group(&json, by, 0).map_err(refused)
}

fn details(message: &str, code: &'static str) -> Value {
    Fault::rule(message, code).details()
}

fn read_group(json: &Value, by: FieldsBy, depth: usize) -> Result<Tree, Value> {
    let Value::Object(members) = json else {
        return Err(json!({ "non_field_errors": details("An object is expected here.", "invalid") }));
    };
    if depth > DEEPEST {
        let sentence = format!("Groups are nested more than {DEEPEST} deep.");
        return Err(json!({ "groups": details(&sentence, "invalid") }));
    }
    let mut wrong = Map::new();
    let mut tree = Tree::default();
    match members.get("filter_type") {
        Some(Value::String(text)) if text == "AND" || text == "OR" => tree.any = text == "OR",
        None => drop(wrong.insert("filter_type".to_owned(), details("This field is required.", "required"))),
        Some(Value::Null) => drop(wrong.insert("filter_type".to_owned(), Fault::null().details())),
        Some(_) => {
            let fault = details("`AND` or `OR` is needed.", "invalid_choice");
            wrong.insert("filter_type".to_owned(), fault);
        }
    }
    read_list(members, "filters", &mut wrong, &mut tree.filters, |one| read_leaf(one, by));
    read_list(members, "groups", &mut wrong, &mut tree.groups, |one| read_group(one, by, depth + 1));
    if wrong.is_empty() { Ok(tree) } else { Err(wrong.into()) }
}

/// A list of objects; details of a wrong one stand at its place in a list.
fn read_list<T>(
    members: &Map<String, Value>,
    name: &str,
    wrong: &mut Map<String, Value>,
    into: &mut Vec<T>,
    read: impl Fn(&Value) -> Result<T, Value>,
) {
    let Some(list) = members.get(name) else { return };
    let Value::Array(list) = list else {
        let fault = details("A list of items is expected here.", "not_a_list");
        wrong.insert(name.to_owned(), json!({ "non_field_errors": fault }));
        return;
    };
    let mut faults = Vec::new();
    for one in list {
        match read(one) {
            Ok(read) => {
                into.push(read);
                faults.push(json!({}));
            }
            Err(fault) => faults.push(fault),
        }
    }
    if faults.iter().any(|fault| fault != &json!({})) {
        wrong.insert(name.to_owned(), faults.into());
    }
}

fn read_leaf(json: &Value, by: FieldsBy) -> Result<Leaf, Value> {
    let Value::Object(members) = json else {
        return Err(json!({ "non_field_errors": details("An object is expected here.", "invalid") }));
    };
    let mut wrong = Map::new();
    let required = || details("This field is required.", "required");
    let field = match (by, members.get("field")) {
        (_, None) => Err(required()),
        (_, Some(Value::Null)) => Err(Fault::null().details()),
        (FieldsBy::Id, Some(Value::Number(number))) if number.is_u64() => Ok(number.to_string()),
        (FieldsBy::Id, Some(Value::String(text))) if field_id(text).is_some() => {
            Ok(field_id(text).unwrap_or_default().to_string())
        }
        (FieldsBy::Id, Some(_)) => Err(details("A valid integer is required.", "invalid")),
        (FieldsBy::Name, Some(Value::String(text))) => Ok(text.clone()),
        (FieldsBy::Name, Some(Value::Number(number))) => Ok(number.to_string()),
        (FieldsBy::Name, Some(_)) => Err(details("Not a valid string.", "invalid")),
    };
    let kind = match members.get("type") {
        None => Err(required()),
        Some(Value::String(text)) if is_filter_type(text) => Ok(text.clone()),
        Some(Value::Null) => Err(Fault::null().details()),
        Some(_) => Err(details("It is not one of the choices.", "invalid_choice")),
    };
    let value = match members.get("value") {
        None => Ok(String::new()),
        Some(Value::String(text)) => Ok(text.replace('\0', "")),
        Some(Value::Number(number)) => Ok(number.to_string()),
        Some(Value::Null) => Err(Fault::null().details()),
        Some(_) => Err(details("Not a valid string.", "invalid")),
    };
    let mut take = |name: &str, read: Result<String, Value>| match read {
        Ok(read) => read,
        Err(fault) => {
            wrong.insert(name.to_owned(), fault);
            String::new()
        }
    };
    let leaf = Leaf { field: take("field", field), kind: take("type", kind), value: take("value", value) };
    if wrong.is_empty() { Ok(leaf) } else { Err(wrong.into()) }
}

impl Tree {
    /// The condition that the tree is, over a table's fields.
    ///
    /// # Errors
    /// The first filter that cannot be.
    pub(crate) fn compile(
        &self,
        scene: &dyn Scene,
        schema: &Schema,
        by: FieldsBy,
    ) -> Result<Option<Filter>, Refused> {
        let mut all = Vec::new();
        for leaf in &self.filters {
            let field = match by {
                FieldsBy::Id => field_named(schema, leaf.field.parse().unwrap_or(0))?,
                FieldsBy::Name => schema.by_name(&leaf.field).ok_or_else(|| Refused::field(&leaf.field))?,
            };
            all.extend(compile(scene, field, &leaf.kind, &leaf.value)?);
        }
        for group in &self.groups {
            all.extend(group.compile(scene, schema, by)?);
        }
        Ok(Filter::join(self.any, all))
    }
}
