//! What answers tell about fields, rules and actions, for those who build forms and tables from them.

use serde_json::{Value, json};

use super::application::{Action, DELETE, Field, Kind, Permission, Resource, Rule};
use super::eyes::{Eyes, Fields};

/// A field: what it is called, and what the product shows it with.
pub(super) fn field(field: &Field) -> Fields {
    let mut about = Fields::new();
    about.insert("name".to_owned(), field.name.as_str().into());
    about.insert("label".to_owned(), field.label.as_str().into());
    about.insert("component".to_owned(), field.component().into());
    about
}

/// A field's rules as Laravel writes them, those that follow from its kind included.
pub(super) fn rules(field: &Field) -> Value {
    let (first, others): (Vec<_>, Vec<_>) = field.rules.iter().partition(|rule| rule.name == "required");
    let first = first.first().map_or_else(|| "nullable".to_owned(), |rule| written(rule));
    let others: Vec<String> = others.into_iter().map(written).collect();
    let implied = implied(field).filter(|one| !others.contains(one));
    std::iter::once(first).chain(implied).chain(others).collect()
}

/// The rule that a field's kind amounts to.
fn implied(field: &Field) -> Option<String> {
    Some(match &field.kind {
        Kind::Text | Kind::Textarea | Kind::Password => "string".to_owned(),
        Kind::Email => "email".to_owned(),
        Kind::Url => "url".to_owned(),
        Kind::Number(None) => "numeric".to_owned(),
        Kind::Number(Some(0)) => "integer".to_owned(),
        Kind::Number(Some(digits)) => format!("decimal:0,{digits}"),
        Kind::Checkbox => "boolean".to_owned(),
        Kind::Date | Kind::Datetime => "date".to_owned(),
        Kind::Select { multiple: true, .. } | Kind::BelongsToMany { .. } => "array".to_owned(),
        Kind::Select { options, .. } => {
            let values: Vec<_> = options.iter().map(|(value, _)| super::eyes::shown(value)).collect();
            format!("in:{}", values.join(","))
        }
        Kind::BelongsTo { resource, .. } => format!("exists:{resource},id"),
        Kind::File => "file".to_owned(),
        Kind::HasMany { .. } | Kind::Sequence(_) => return None,
    })
}

fn written(rule: &Rule) -> String {
    if rule.parameters.is_empty() {
        rule.name.clone()
    } else {
        format!("{}:{}", rule.name, rule.parameters.join(","))
    }
}

/// The actions that the caller may run: on some record, or on this one as it is now.
pub(super) fn actions(eyes: &Eyes<'_>, resource: &Resource, record: Option<&Fields>) -> Value {
    let may = |permission: &Permission| match record {
        None => eyes.may_at_all(permission),
        Some(record) => eyes.may(permission, resource, record),
    };
    let own = |action: &&Action| {
        may(&action.allowed) && record.is_none_or(|record| eyes.holds(&action.when, resource, record))
    };
    let delete = may(&resource.delete).then(|| json!({ "name": DELETE, "label": "Delete" }));
    resource.actions.values().filter(own).map(action).chain(delete).collect()
}

/// An action, with the fields of the form that it takes.
fn action(action: &Action) -> Value {
    let mut about = json!({ "name": action.name, "label": action.label });
    if !action.form.is_empty() {
        about["form"] = action.form.values().map(asked).collect();
    }
    about
}

/// A field of an action's form.
fn asked(own: &Field) -> Value {
    let mut about = field(own);
    about.insert("rules".to_owned(), rules(own));
    Value::Object(about)
}
