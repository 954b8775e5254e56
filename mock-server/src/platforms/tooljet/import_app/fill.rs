//! What pages, components and layouts must have and a document may have left out.

use serde_json::{Map, Value};

use super::shape::{APP, COMPONENT, LAYOUT, PAGE, Rule, unreadable};
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::tooljet::reading::elements;

/// Fills in what is missing. `versions` have their new ids already.
pub(super) fn complete(
    context: &mut ActionContext<'_>,
    app: &mut Map<String, Value>,
    versions: &[Value],
) -> Result<(), Outcome> {
    let version = versions.first().and_then(|version| version.get("id")).cloned().unwrap_or_default();
    for (index, page) in objects(app, "pages").enumerate() {
        complete_page(context, page, index + 1, &version);
    }
    let first = app.get("pages").map_or(&[][..], elements).first();
    let first = first.and_then(|page| page.get("id")).cloned();
    for (index, component) in objects(app, "components").enumerate() {
        complete_component(context, component, index, first.as_ref())?;
    }
    drop_nulls(app, APP);
    Ok(())
}

fn objects<'a>(
    app: &'a mut Map<String, Value>,
    name: &str,
) -> impl Iterator<Item = &'a mut Map<String, Value>> {
    let list = app.get_mut(name).and_then(Value::as_array_mut);
    list.into_iter().flatten().filter_map(Value::as_object_mut)
}

fn complete_page(
    context: &mut ActionContext<'_>,
    page: &mut Map<String, Value>,
    number: usize,
    version: &Value,
) {
    drop_nulls(page, PAGE);
    identify(context, page);
    let name = text_or(page, "name", || format!("Page {number}"));
    text_or(page, "handle", || name.to_lowercase().replace(char::is_whitespace, "-"));
    page.entry("index").or_insert_with(|| number.into());
    page.entry("appVersionId").or_insert_with(|| version.clone());
}

fn complete_component(
    context: &mut ActionContext<'_>,
    component: &mut Map<String, Value>,
    index: usize,
    first_page: Option<&Value>,
) -> Result<(), Outcome> {
    drop_nulls(component, COMPONENT);
    let id = identify(context, component);
    text_or(component, "type", || "Container".to_owned());
    text_or(component, "name", || format!("component{}", index + 1));
    if !component.contains_key("pageId") {
        let page = first_page.cloned().ok_or_else(|| {
            unreadable(format!("`appV2.components[{index}].pageId` is missing, and there is no page"))
        })?;
        component.insert("pageId".to_owned(), page);
    }
    for layout in objects(component, "layouts") {
        drop_nulls(layout, LAYOUT);
        identify(context, layout);
        text_or(layout, "type", || "desktop".to_owned());
        layout.entry("componentId").or_insert_with(|| id.clone());
    }
    Ok(())
}

/// Null where something else belongs is as if it were not there.
fn drop_nulls(members: &mut Map<String, Value>, rules: &[Rule]) {
    members.retain(|name, value| {
        !(value.is_null() && rules.iter().any(|rule| rule.name == name.as_str() && !rule.nullable))
    });
}

fn identify(context: &mut ActionContext<'_>, members: &mut Map<String, Value>) -> Value {
    text_or(members, "id", || context.entropy().uuid()).into()
}

/// The member's text, made if there is none.
fn text_or(members: &mut Map<String, Value>, name: &str, make: impl FnOnce() -> String) -> String {
    if let Some(text) = members.get(name).and_then(Value::as_str).filter(|text| !text.is_empty()) {
        return text.to_owned();
    }
    let made = make();
    members.insert(name.to_owned(), made.as_str().into());
    made
}
