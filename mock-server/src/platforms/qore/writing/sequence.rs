//! Numbers that count up: one more than the last with the same text before it.

use serde_json::{Value, json};

use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::qore::application::{App, Part, Resource, Template};
use crate::platforms::qore::eyes::{Fields, shown};
use crate::platforms::qore::place;
use crate::platforms::reading::number;
use crate::state::Record;

/// The collection of the last numbers.
const LAST: &str = "sequences";

/// The next text of a sequence for a record with these fields.
///
/// # Errors
/// `internal`
pub(in super::super) fn next(
    app: &App,
    context: &mut ActionContext<'_>,
    me: Option<&Record>,
    (resource, field, template): (&Resource, &str, &Template),
    record: &Fields,
) -> Result<Value, Outcome> {
    let (mut before, mut after, mut digits) = (String::new(), String::new(), None);
    let eyes = place::eyes(app, context, me);
    for part in &template.0 {
        let text = match part {
            Part::Text(text) => text.clone(),
            Part::Path(path) => shown(&eyes.path(resource, record, path).unwrap_or_default()),
            Part::Year(length) => eyes.today().chars().take(4).skip(4 - (*length).min(4)).collect(),
            Part::Number(length) => {
                digits = Some(*length);
                continue;
            }
        };
        if digits.is_some() { &mut after } else { &mut before }.push_str(&text);
    }
    let number = count(context, resource, field, &before)?;
    Ok(format!("{before}{number:0length$}{after}", length = digits.unwrap_or(1)).into())
}

/// One more than the last number behind this text. The first time that is looked for among the records, which may have come
/// with the application's file.
fn count(
    context: &mut ActionContext<'_>,
    resource: &Resource,
    field: &str,
    before: &str,
) -> Result<u64, Outcome> {
    let id = Value::from(format!("{}.{field} {before}", resource.name));
    if let Some(last) = context.get(LAST, &id)? {
        let next = number(&last, "last").saturating_add(1);
        context.set(&last, json!({ "last": next }))?;
        return Ok(next);
    }
    let behind = |record: &Record| {
        let rest = record.get(field)?.as_str()?.strip_prefix(before)?;
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        rest[..digits].parse::<u64>().ok()
    };
    let last = context.state().records(&resource.name).filter_map(behind).max();
    let next = last.unwrap_or(0).saturating_add(1);
    context.insert(LAST, json!({ "id": id, "last": next }))?;
    Ok(next)
}
