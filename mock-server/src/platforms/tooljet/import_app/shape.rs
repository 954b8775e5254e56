//! Whether a definition has the shape of an application, as far as the document fixes it.

use std::fmt;

use serde_json::{Map, Value};

use super::ids::Ids;
use crate::entropy::Timestamp;
use crate::outcome::Outcome;

/// A rule for a member of an object.
pub(super) struct Rule {
    pub(super) name: &'static str,
    kind: Kind,
    /// Null is a value of it; otherwise null is as if it were not there.
    pub(super) nullable: bool,
}

#[derive(Clone, Copy)]
enum Kind {
    Text,
    Flag,
    Number,
    Integer,
    Moment,
    Object,
    Objects,
    /// A uuid, or the id of something in the document.
    Reference,
}

const fn must(name: &'static str, kind: Kind) -> Rule {
    Rule { name, kind, nullable: false }
}

const fn may(name: &'static str, kind: Kind) -> Rule {
    Rule { name, kind, nullable: true }
}

/// Members of `appV2`. What the server decides itself (`slug`, say) may be anything.
pub(super) const APP: &[Rule] = &[
    must("type", Kind::Text),
    must("id", Kind::Text),
    must("name", Kind::Text),
    must("isPublic", Kind::Flag),
    must("isMaintenanceOn", Kind::Flag),
    may("icon", Kind::Text),
    may("workflowApiToken", Kind::Text),
    must("workflowEnabled", Kind::Flag),
    must("creationMode", Kind::Text),
    must("editingVersion", Kind::Object),
    must("components", Kind::Objects),
    must("pages", Kind::Objects),
    must("events", Kind::Objects),
    must("dataQueries", Kind::Objects),
    must("dataSources", Kind::Objects),
    must("appVersions", Kind::Objects),
    must("dataSourceOptions", Kind::Objects),
    must("layouts", Kind::Objects),
    must("schemaDetails", Kind::Object),
];

const VERSION: &[Rule] = &[
    must("id", Kind::Text),
    must("name", Kind::Text),
    may("definition", Kind::Object),
    may("globalSettings", Kind::Object),
    may("pageSettings", Kind::Object),
    must("showViewerNavigation", Kind::Flag),
    may("homePageId", Kind::Reference),
    may("promotedFrom", Kind::Text),
    must("createdAt", Kind::Moment),
    must("updatedAt", Kind::Moment),
];

const GLOBAL_SETTINGS: &[Rule] = &[
    must("hideHeader", Kind::Flag),
    must("appInMaintenance", Kind::Flag),
    must("canvasMaxWidth", Kind::Number),
    must("canvasMaxWidthType", Kind::Text),
    must("canvasMaxHeight", Kind::Number),
    must("canvasBackgroundColor", Kind::Text),
    must("backgroundFxQuery", Kind::Text),
    must("appMode", Kind::Text),
];

pub(super) const PAGE: &[Rule] = &[
    must("id", Kind::Text),
    must("name", Kind::Text),
    must("handle", Kind::Text),
    must("index", Kind::Integer),
    may("disabled", Kind::Flag),
    may("hidden", Kind::Flag),
    may("icon", Kind::Text),
    must("createdAt", Kind::Moment),
    must("updatedAt", Kind::Moment),
    may("autoComputeLayout", Kind::Flag),
    must("appVersionId", Kind::Reference),
    may("pageGroupIndex", Kind::Integer),
    may("pageGroupId", Kind::Text),
    may("isPageGroup", Kind::Flag),
];

pub(super) const COMPONENT: &[Rule] = &[
    must("id", Kind::Text),
    must("name", Kind::Text),
    must("type", Kind::Text),
    must("pageId", Kind::Reference),
    may("parent", Kind::Text),
    may("properties", Kind::Object),
    may("general", Kind::Object),
    may("styles", Kind::Object),
    may("generalStyles", Kind::Object),
    may("displayPreferences", Kind::Object),
    may("validation", Kind::Object),
    must("createdAt", Kind::Moment),
    must("updatedAt", Kind::Moment),
    must("layouts", Kind::Objects),
];

pub(super) const LAYOUT: &[Rule] = &[
    must("id", Kind::Text),
    must("type", Kind::Text),
    must("top", Kind::Number),
    must("left", Kind::Number),
    must("width", Kind::Number),
    must("height", Kind::Number),
    must("componentId", Kind::Reference),
    must("dimensionUnit", Kind::Text),
    must("updatedAt", Kind::Moment),
];

/// The refusal of a definition.
pub(super) fn unreadable(sentence: impl Into<String>) -> Outcome {
    Outcome::new("unreadable-definition", sentence)
}

/// Checks `appV2` and everything in it whose shape is known.
pub(super) fn check(app: &Map<String, Value>, ids: &Ids) -> Result<(), Outcome> {
    let shape = Shape { ids };
    shape.members(app, &"appV2", APP)?;
    if let Some(Value::Object(editing)) = app.get("editingVersion") {
        shape.version(editing, &"appV2.editingVersion")?;
    }
    for (index, version) in objects(app, "appVersions") {
        shape.version(version, &format_args!("appV2.appVersions[{index}]"))?;
    }
    for (index, page) in objects(app, "pages") {
        shape.members(page, &format_args!("appV2.pages[{index}]"), PAGE)?;
    }
    for (index, component) in objects(app, "components") {
        shape.members(component, &format_args!("appV2.components[{index}]"), COMPONENT)?;
        for (place, layout) in objects(component, "layouts") {
            shape.members(layout, &format_args!("appV2.components[{index}].layouts[{place}]"), LAYOUT)?;
        }
    }
    if let Some(Value::Object(details)) = app.get("schemaDetails") {
        let switches = ["multiPages", "multiEnv", "globalDataSources"].map(|name| must(name, Kind::Flag));
        shape.members(details, &"appV2.schemaDetails", &switches)?;
    }
    Ok(())
}

fn objects<'a>(
    members: &'a Map<String, Value>,
    name: &str,
) -> impl Iterator<Item = (usize, &'a Map<String, Value>)> {
    let list = members.get(name).and_then(Value::as_array).into_iter().flatten();
    list.enumerate().filter_map(|(index, one)| Some((index, one.as_object()?)))
}

struct Shape<'i> {
    ids: &'i Ids,
}

impl Shape<'_> {
    fn version(&self, version: &Map<String, Value>, at: &dyn fmt::Display) -> Result<(), Outcome> {
        self.members(version, at, VERSION)?;
        match version.get("globalSettings") {
            Some(Value::Object(settings)) => {
                self.members(settings, &format_args!("{at}.globalSettings"), GLOBAL_SETTINGS)
            }
            _ => Ok(()),
        }
    }

    fn members(
        &self,
        members: &Map<String, Value>,
        at: &dyn fmt::Display,
        rules: &[Rule],
    ) -> Result<(), Outcome> {
        for rule in rules {
            if let Some(value) = members.get(rule.name)
                && !value.is_null()
                && let Err(wanted) = self.fits(rule.kind, value)
            {
                return Err(unreadable(format!("`{at}.{}` must be {wanted}", rule.name)));
            }
        }
        Ok(())
    }

    fn fits(&self, kind: Kind, value: &Value) -> Result<(), &'static str> {
        let (fits, wanted) = match kind {
            Kind::Text => (value.is_string(), "a string"),
            Kind::Flag => (value.is_boolean(), "a boolean"),
            Kind::Number => (value.is_number(), "a number"),
            // JSON Schema counts 1.0 as an integer.
            Kind::Integer => (value.as_f64().is_some_and(|number| number.fract() == 0.0), "an integer"),
            Kind::Moment => {
                let moment = value.as_str().and_then(Timestamp::parse);
                (moment.is_some(), "a date and time as in RFC 3339")
            }
            Kind::Object => (value.is_object(), "an object"),
            Kind::Objects => {
                (value.as_array().is_some_and(|all| all.iter().all(Value::is_object)), "a list of objects")
            }
            Kind::Reference => {
                let known = value.as_str().is_some_and(|text| self.ids.becomes_uuid(text));
                (known, "a uuid, or the id of something in the document")
            }
        };
        if fits { Ok(()) } else { Err(wanted) }
    }
}
