//! `export_app`: an application as a document that `import_app` takes.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use super::reading::{elements, get, id, member, text};
use crate::action::ActionContext;
use crate::entropy::Timestamp;
use crate::generated::tooljet::ExportAppInput;
use crate::outcome::Outcome;
use crate::state::Record;

/// Fields of an app's record that are parts of the document, not of `appV2` as they stand.
const PARTS: [&str; 4] = ["content", "extras", "tables", "tooljet_version"];

pub(super) fn export_app(context: &mut ActionContext<'_>, input: ExportAppInput) -> Result<Value, Outcome> {
    let app = get(context, "apps", input.app)?;
    let all = context.all("app_versions", &[("appId", &id(&app))])?;
    let chosen = if input.all_versions { all.clone() } else { choose(&all, input.version.as_deref()) };
    let content = match app.get("content").and_then(Value::as_object) {
        Some(content) if chosen.len() < all.len() => of_versions(content, &chosen),
        Some(content) => content.clone(),
        None => Map::new(),
    };
    let mut definition = Map::new();
    definition.insert("appV2".to_owned(), Value::Object(app_v2(context, &app, &chosen, content)?));
    if let Some(Value::Object(extras)) = app.get("extras") {
        definition.extend(extras.clone());
    }
    let mut document = Map::new();
    document.insert("app".to_owned(), json!([{ "definition": definition }]));
    if let Some(tables) = app.get("tables").filter(|tables| input.tables && !elements(tables).is_empty()) {
        document.insert("tooljet_database".to_owned(), tables.clone());
    }
    let release = app.get("tooljet_version").and_then(Value::as_str).unwrap_or(&input.release);
    document.insert("tooljet_version".to_owned(), release.into());
    Ok(Value::Object(document))
}

/// The version of that name, else the newest.
fn choose(all: &[Record], name: Option<&str>) -> Vec<Record> {
    match name {
        Some(name) => all.iter().filter(|version| text(version, "name") == name).cloned().collect(),
        None => newest(all).into_iter().cloned().collect(),
    }
}

/// The version made last; of several made at the same time, the one that is recorded last.
fn newest(versions: &[Record]) -> Option<&Record> {
    versions.iter().max_by_key(|version| Timestamp::parse(text(version, "createdAt")))
}

/// What belongs to the chosen versions: their pages, what lies on those, and what names no other version.
fn of_versions(content: &Map<String, Value>, chosen: &[Record]) -> Map<String, Value> {
    let versions: HashSet<&str> = chosen.iter().map(|version| text(version, "id")).collect();
    let is_chosen = |part: &Value| member(part, "appVersionId").is_none_or(|one| versions.contains(one));
    let pages = content.get("pages").map_or(&[][..], elements).iter().filter(|page| is_chosen(page));
    let pages: HashSet<&str> = pages.filter_map(|page| member(page, "id")).collect();
    let is_on_page = |part: &Value| member(part, "pageId").is_none_or(|page| pages.contains(page));
    let part = |name: &str, value: &Value| match name {
        "pages" | "events" | "dataQueries" | "dataSources" => kept(value, &is_chosen),
        "components" => kept(value, &is_on_page),
        _ => value.clone(),
    };
    content.iter().map(|(name, value)| (name.clone(), part(name, value))).collect()
}

fn kept(list: &Value, is_kept: &dyn Fn(&Value) -> bool) -> Value {
    elements(list).iter().filter(|one| is_kept(one)).cloned().collect()
}

/// The application as releases since 2.0 write it: scalars, versions and environments out of records, the rest as it was.
fn app_v2(
    context: &ActionContext<'_>,
    app: &Record,
    chosen: &[Record],
    mut content: Map<String, Value>,
) -> Result<Map<String, Value>, Outcome> {
    let mut members: Map<String, Value> = app.fields().clone();
    members.retain(|name, _| !PARTS.contains(&name.as_str()));
    let whole = |version: &Record| Value::Object(version.fields().clone());
    members.insert("editingVersion".to_owned(), newest(chosen).map_or(Value::Null, whole));
    for name in ["components", "pages", "events", "dataQueries", "dataSources", "dataSourceOptions"] {
        members.insert(name.to_owned(), content.shift_remove(name).unwrap_or_else(|| json!([])));
    }
    members.insert("appVersions".to_owned(), chosen.iter().map(whole).collect());
    members.insert("appEnvironments".to_owned(), environments(context, app)?);
    let details = || json!({ "multiPages": true, "multiEnv": true, "globalDataSources": true });
    members.insert("schemaDetails".to_owned(), content.shift_remove("schemaDetails").unwrap_or_else(details));
    members.extend(content);
    Ok(members)
}

/// The workspace's environments on their way to production.
fn environments(context: &ActionContext<'_>, app: &Record) -> Result<Value, Outcome> {
    let workspace = app.get("organizationId").cloned().unwrap_or_default();
    let mut all = context.all("environments", &[("organizationId", &workspace)])?;
    all.sort_by_key(|one| one.get("priority").and_then(Value::as_i64));
    Ok(all.iter().map(|one| Value::Object(one.fields().clone())).collect())
}
