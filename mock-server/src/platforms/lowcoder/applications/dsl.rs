//! What the server reads out of the DSL of an application; the rest is the front end's business.

use serde_json::{Map, Value};

use super::publishing::live_dsl;
use crate::action::ActionContext as Context;
use crate::outcome::Outcome;
use crate::platforms::lowcoder::ids;
use crate::platforms::reading::{elements, member, text, value};
use crate::state::Record;

/// A text of `settings`: empty when it is not there.
pub(super) fn setting<'d>(dsl: &'d Value, name: &str) -> &'d str {
    dsl.get("settings").and_then(|settings| member(settings, name)).unwrap_or_default()
}

/// How large a module is shown; an empty object for a DSL without components, null where nothing is said.
pub(super) fn container_size(dsl: &Value) -> Value {
    match dsl.get("ui").and_then(|ui| ui.get("comp")).filter(|comp| comp.is_object()) {
        Some(comp) => comp.get("containerSize").cloned().unwrap_or_default(),
        None => Value::Object(Map::new()),
    }
}

/// The data sources that the queries of a DSL use, without those of the system, which everybody may use.
pub(super) fn datasources(dsl: &Value) -> Vec<&str> {
    let queries = dsl.get("queries").map(elements).unwrap_or_default();
    let used = queries.iter().filter_map(|query| member(query, "datasourceId"));
    used.filter(|datasource| !datasource.trim().is_empty() && !datasource.starts_with('#')).collect()
}

/// Whether queries of what is being edited use a data source; what was published is not looked at (facts: lowcoder 10.8 D4).
pub(in crate::platforms::lowcoder) fn uses_datasource(application: &Record, datasource: &str) -> bool {
    datasources(&value(application, "editingApplicationDSL")).contains(&datasource)
}

/// A DSL as those see it who only use the application: without the values that its editors test inputs and outputs with.
pub(super) fn without_tests(mut dsl: Value) -> Value {
    for list in ["inputs", "outputs"] {
        let io = dsl.pointer_mut(&format!("/ui/comp/io/{list}")).and_then(Value::as_array_mut);
        for one in io.into_iter().flatten() {
            if let Some(one) = one.as_object_mut() {
                one.shift_remove("test");
            }
        }
    }
    dsl
}

/// The modules that a DSL shows, and those that they show in turn: for each id the newest version's DSL, or the edited one
/// of a module that was never published. Modules that do not exist are left out.
pub(in crate::platforms::lowcoder) fn modules(context: &Context<'_>, dsl: &Value) -> Result<Value, Outcome> {
    let mut found = Map::new();
    let mut open = Vec::new();
    name_modules(dsl, &mut open);
    while let Some(name) = open.pop() {
        let Some(module) = module(context, &name)? else { continue };
        let id = text(&module, "id").to_owned();
        if !found.contains_key(&id) {
            let dsl = live_dsl(context, &module)?;
            name_modules(&dsl, &mut open);
            found.insert(id, without_tests(dsl));
        }
    }
    Ok(Value::Object(found))
}

fn module(context: &Context<'_>, name: &str) -> Result<Option<Record>, Outcome> {
    ids::resolve_slug(context, "applications", name)
}

/// Collects the ids of the modules among the components of a DSL.
fn name_modules(dsl: &Value, names: &mut Vec<String>) {
    match dsl {
        Value::Object(members) => {
            if member(dsl, "compType") == Some("module")
                && let Some(name) = dsl.get("comp").and_then(|comp| member(comp, "appId"))
                && !name.trim().is_empty()
            {
                names.push(name.to_owned());
            }
            members.values().for_each(|value| name_modules(value, names));
        }
        Value::Array(values) => values.iter().for_each(|value| name_modules(value, names)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{container_size, datasources, name_modules, setting, without_tests};

    #[test]
    fn settings_that_are_no_texts_are_empty() {
        let dsl = json!({ "settings": { "title": "T", "category": 3 } });
        assert_eq!((setting(&dsl, "title"), setting(&dsl, "category"), setting(&dsl, "icon")), ("T", "", ""));
        assert_eq!(setting(&json!({ "settings": "none" }), "title"), "");
        assert_eq!(setting(&Value::Null, "title"), "");
    }

    #[test]
    fn sizes_are_those_of_the_outermost_component() {
        assert_eq!(
            container_size(&json!({ "ui": { "comp": { "containerSize": { "h": 5 } } } })),
            json!({ "h": 5 })
        );
        assert_eq!(container_size(&json!({ "ui": { "comp": {} } })), Value::Null);
        assert_eq!(container_size(&json!({ "ui": 1 })), json!({}));
    }

    #[test]
    fn only_data_sources_that_somebody_made_are_named() {
        let queries = json!([{ "datasourceId": "a" }, { "datasourceId": "#QUICK_REST_API" }, { "datasourceId": " " }, {}, 3]);
        assert_eq!(datasources(&json!({ "queries": queries })), ["a"]);
        assert!(datasources(&json!({ "queries": {} })).is_empty());
    }

    #[test]
    fn only_tests_are_taken_out() {
        let dsl = json!({ "ui": { "comp": { "io": {
            "inputs": [{ "name": "a", "test": 1 }, 2], "outputs": [{ "test": 1 }] } } }, "test": 1 });
        let expected = json!({ "ui": { "comp": { "io": { "inputs": [{ "name": "a" }, 2], "outputs": [{}] } } }, "test": 1 });
        assert_eq!(without_tests(dsl), expected);
        assert_eq!(without_tests(json!([1])), json!([1]));
    }

    #[test]
    fn modules_are_found_at_any_depth() {
        let module = |id: &str| json!({ "compType": "module", "comp": { "appId": id, "inner": { "compType": "text" } } });
        let dsl = json!({ "ui": { "items": [module("a"), [{ "x": module("b") }]] }, "top": module(" ") });
        let mut names = Vec::new();
        name_modules(&dsl, &mut names);
        names.sort();
        assert_eq!(names, ["a", "b"]);
    }
}
