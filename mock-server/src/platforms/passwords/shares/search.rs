//! Finding shares.

use serde_json::{Map, Value};

use super::super::criteria::Criteria;
use super::super::details::Parts;
use super::super::faults::not_found;
use super::super::lifecycle::user;
use super::represent;
use super::standing::sees;
use crate::action::ActionContext;
use crate::outcome::Outcome;

/// The fields that a search may ask for (facts: passwords 3.6); `owner` is another name of `userId`.
const FIELDS: &[&str] = &["created", "updated", "userId", "receiver", "expires", "editable", "shareable"];

/// Every share that the caller gave, or has received.
pub(in super::super) fn list(context: &ActionContext<'_>, details: &str) -> Result<Value, Outcome> {
    find(context, None, details)
}

/// Those that meet the criteria.
pub(in super::super) fn find(
    context: &ActionContext<'_>,
    criteria: Option<&Value>,
    details: &str,
) -> Result<Value, Outcome> {
    let user = user(context)?;
    let criteria = criteria.map(|criteria| named(criteria, &user));
    let criteria = Criteria::read(criteria.as_ref(), FIELDS)?;
    let mut found = Vec::new();
    for share in context.all("shares", &[])? {
        let value = |field: &str| share.get(if field == "userId" { "owner" } else { field });
        if sees(&share, &user) && criteria.pass(value) {
            found.push(represent(context, &share, &user, Parts::read(details))?);
        }
    }
    Ok(found.into())
}

/// The same with `userId` for `owner`, and the caller for `_self`.
fn named(criteria: &Value, user: &str) -> Value {
    let Value::Object(members) = criteria else { return criteria.clone() };
    let who = |value: &Value| match value {
        Value::String(text) if text == "_self" => user.into(),
        Value::Array(items) => {
            items.iter().map(|item| if item == "_self" { user.into() } else { item.clone() }).collect()
        }
        other => other.clone(),
    };
    let renamed: Map<String, Value> = members
        .iter()
        .map(|(field, value)| match field.as_str() {
            "owner" | "userId" => ("userId".to_owned(), who(value)),
            "receiver" => (field.clone(), who(value)),
            _ => (field.clone(), value.clone()),
        })
        .collect();
    renamed.into()
}

/// A share of the caller.
pub(in super::super) fn show(context: &ActionContext<'_>, id: &str, details: &str) -> Result<Value, Outcome> {
    let user = user(context)?;
    let share =
        context.get("shares", &Value::from(id))?.filter(|share| sees(share, &user)).ok_or_else(not_found)?;
    represent(context, &share, &user, Parts::read(details))
}
