//! The name of an imported app.

use serde_json::{Map, Value};

use crate::action::ActionContext;
use crate::outcome::Outcome;

/// The name asked for, else the document's, else `Untitled App` with the first free number.
pub(super) fn choose(
    context: &ActionContext<'_>,
    workspace: &Value,
    asked: Option<String>,
    app: &Map<String, Value>,
    definition: &Map<String, Value>,
) -> Result<String, Outcome> {
    let of = |members: &Map<String, Value>| {
        members.get("name").and_then(Value::as_str).filter(|name| !name.is_empty()).map(str::to_owned)
    };
    match asked.or_else(|| of(app)).or_else(|| of(definition)) {
        Some(name) if is_taken(context, workspace, &name)? => {
            Err(Outcome::new("name-taken", "the workspace has an app of this name"))
        }
        Some(name) => Ok(name),
        None => untitled(context, workspace),
    }
}

fn untitled(context: &ActionContext<'_>, workspace: &Value) -> Result<String, Outcome> {
    let mut name = "Untitled App".to_owned();
    let mut number = 1_u64;
    while is_taken(context, workspace, &name)? {
        number += 1;
        name = format!("Untitled App {number}");
    }
    Ok(name)
}

fn is_taken(context: &ActionContext<'_>, workspace: &Value, name: &str) -> Result<bool, Outcome> {
    let fields = [("organizationId", workspace), ("type", &"front-end".into()), ("name", &name.into())];
    Ok(context.find("apps", &fields)?.is_some())
}
