//! The document of every application, as the template of the document of one.

use serde_json::{Map, Value, json};

use super::rules::Schema;

/// The names of the parameters that an application fills in.
const FILLED_IN: [(&str, &str); 4] = [
    ("resource_name", "ResourceName"),
    ("table_name", "TableName"),
    ("field_name", "FieldName"),
    ("action_name", "ActionName"),
];

/// An operation of every application, made one of this.
#[derive(Clone, Debug)]
pub(super) struct Operation {
    /// The path.
    pub(super) path: String,
    /// `get`, say.
    pub(super) method: String,
    /// The operation.
    pub(super) own: Map<String, Value>,
}

/// The operation at that path and method of the template, with these parameters filled in and `id` of that schema.
pub(super) fn fill(
    base: &Value,
    path: &str,
    method: &str,
    values: &[(&str, &str)],
    id: &Schema,
) -> Option<Operation> {
    let item = base.get("paths")?.get(path)?;
    let mut own = item.get(method)?.as_object()?.clone();
    let shared = item.get("parameters").and_then(Value::as_array).cloned().unwrap_or_default();
    let local = own.get("parameters").and_then(Value::as_array).cloned().unwrap_or_default();
    let mut parameters: Vec<Value> = shared.into_iter().filter(|one| !is_filled_in(one)).collect();
    for one in parameters.iter_mut().filter(|one| refers_to(one, "Id")) {
        *one = json!({
            "name": "id", "in": "path", "required": true, "description": "The record.", "schema": id, "x-outcome": "not-found",
        });
    }
    parameters.extend(local);
    own.shift_remove("parameters");
    if !parameters.is_empty() {
        own.insert("parameters".to_owned(), parameters.into());
    }
    let mut filled = path.to_owned();
    for (name, value) in values {
        filled = filled.replace(&format!("{{{name}}}"), &percent_encode(value));
        if let Some(effect) = own.get_mut("x-effect") {
            replace(effect, &format!("$request.path.{name}"), value);
        }
    }
    Some(Operation { path: filled, method: method.to_owned(), own })
}

fn refers_to(parameter: &Value, name: &str) -> bool {
    parameter.get("$ref").and_then(Value::as_str) == Some(&format!("#/components/parameters/{name}"))
}

fn is_filled_in(parameter: &Value) -> bool {
    FILLED_IN.iter().any(|(_, component)| refers_to(parameter, component))
}

/// Puts a value in the place of an expression wherever it stands.
fn replace(within: &mut Value, expression: &str, value: &str) {
    match within {
        Value::String(text) if text == expression => *within = json!({ "literal": value }),
        Value::Array(items) => items.iter_mut().for_each(|item| replace(item, expression, value)),
        Value::Object(members) => members.values_mut().for_each(|member| replace(member, expression, value)),
        _ => {}
    }
}

/// A name as a segment of a path.
pub(super) fn percent_encode(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    text.bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

impl Operation {
    pub(super) fn put(&mut self, key: &str, value: Value) {
        self.own.insert(key.to_owned(), value);
    }

    /// The call of the operation's action.
    fn call(&mut self) -> Option<&mut Map<String, Value>> {
        self.own
            .get_mut("x-effect")?
            .as_array_mut()?
            .iter_mut()
            .find_map(|step| step.get_mut("call")?.as_object_mut())
    }

    /// Has no body, and its action is given none.
    pub(super) fn without_body(&mut self) {
        self.own.shift_remove("requestBody");
        if let Some(with) = self.call().and_then(|call| call.get_mut("with")).and_then(Value::as_object_mut) {
            with.retain(|_, value| !value.to_string().contains("$request.body"));
        }
    }

    /// Says what the action amounts to, and what it can end in besides.
    pub(super) fn does(&mut self, does: Option<Value>, outcomes: &[&str]) {
        if let Some(call) = self.call() {
            if let Some(does) = does {
                call.insert("does".to_owned(), does);
            }
            call.insert("outcomes".to_owned(), json!(outcomes));
        }
    }

    /// Puts a step before all others.
    pub(super) fn first(&mut self, step: Value) {
        if let Some(steps) = self.own.get_mut("x-effect").and_then(Value::as_array_mut) {
            steps.insert(0, step);
        }
    }

    /// The schema that a JSON body has, in its only form.
    pub(super) fn json_body(&mut self, schema: Value, required: bool) {
        self.put(
            "requestBody",
            json!({ "required": required, "content": { "application/json": { "schema": schema } } }),
        );
    }

    /// The responses.
    pub(super) fn responses(&mut self) -> Option<&mut Map<String, Value>> {
        self.own.get_mut("responses")?.as_object_mut()
    }

    /// The success, under its status.
    pub(super) fn success(&mut self) -> Option<(String, Value)> {
        let responses = self.responses()?;
        let status = responses.keys().find(|status| status.starts_with('2'))?.clone();
        let response = responses.shift_remove(&status)?;
        Some((status, response))
    }

    /// Puts another schema on the body of the success.
    pub(super) fn shows(&mut self, schema: Value) {
        let Some((status, mut response)) = self.success() else { return };
        response["content"] = json!({ "application/json": { "schema": schema } });
        self.respond(&status, response);
    }

    /// Adds a response, the successes first.
    pub(super) fn respond(&mut self, status: &str, response: Value) {
        if let Some(responses) = self.responses() {
            responses.insert(status.to_owned(), response);
            responses.sort_keys();
        }
    }
}
