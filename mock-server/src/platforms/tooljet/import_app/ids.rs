//! New ids for everything that a document defines, and their way into everything that mentions the old ones.

use std::collections::HashMap;

use serde_json::{Map, Value};
use uuid::Uuid;

use crate::action::ActionContext;
use crate::platforms::tooljet::reading::elements;

/// The lists of `appV2` whose elements have ids of their own.
const DEFINING: [&str; 8] = [
    "appVersions",
    "pages",
    "components",
    "layouts",
    "events",
    "dataQueries",
    "dataSources",
    "dataSourceOptions",
];
/// How many letters a uuid has.
const UUID: usize = 36;

/// From old ids to new ones.
#[derive(Default)]
pub(super) struct Ids {
    uuids: HashMap<Uuid, String>,
    /// Ids that are no uuids, as other tools may write them.
    others: HashMap<String, String>,
}

impl Ids {
    /// Gives everything in `appV2` that has an id a new one. The same old id becomes the same new one.
    pub(super) fn of(context: &mut ActionContext<'_>, app: &Map<String, Value>) -> Self {
        let mut ids = Self::default();
        ids.define(app.get("id"), context);
        ids.define(app.get("editingVersion").and_then(|version| version.get("id")), context);
        for part in DEFINING.iter().filter_map(|name| app.get(*name)).flat_map(elements) {
            ids.define(part.get("id"), context);
            for layout in part.get("layouts").map_or(&[][..], elements) {
                ids.define(layout.get("id"), context);
            }
        }
        ids
    }

    fn define(&mut self, old: Option<&Value>, context: &mut ActionContext<'_>) {
        let Some(old) = old.and_then(Value::as_str).filter(|old| !old.is_empty()) else { return };
        match uuid(old) {
            Some(old) => self.uuids.entry(old).or_insert_with(|| context.entropy().uuid()),
            None => self.others.entry(old.to_owned()).or_insert_with(|| context.entropy().uuid()),
        };
    }

    /// Lets an old id become a given one, unless it has a new one already.
    pub(super) fn alias(&mut self, old: Option<&Value>, new: &Value) {
        let (Some(old), Some(new)) = (old.and_then(Value::as_str), new.as_str()) else { return };
        if let Some(old) = uuid(old) {
            self.uuids.entry(old).or_insert_with(|| new.to_owned());
        } else if !old.is_empty() {
            self.others.entry(old.to_owned()).or_insert_with(|| new.to_owned());
        }
    }

    /// The new id of an old one; a fresh one when there was none.
    pub(super) fn fresh_of(&self, old: Option<&Value>, context: &mut ActionContext<'_>) -> String {
        let new = old.and_then(Value::as_str).and_then(|old| self.new_of(old));
        new.map_or_else(|| context.entropy().uuid(), str::to_owned)
    }

    /// Whether a text can stand where the document wants a uuid: it is one, or becomes one.
    pub(super) fn becomes_uuid(&self, text: &str) -> bool {
        uuid(text).is_some() || self.others.contains_key(text)
    }

    fn new_of(&self, old: &str) -> Option<&str> {
        let new = uuid(old).map_or_else(|| self.others.get(old), |old| self.uuids.get(&old));
        new.map(String::as_str)
    }

    /// Puts new ids in the place of old ones. Nesting is as deep as the JSON reader lets it be, 128 levels.
    pub(super) fn rename(&self, value: &mut Value) {
        self.rename_value(value, false);
    }

    /// As [`rename`](Self::rename), for the members of an object.
    pub(super) fn rename_members(&self, members: &mut Map<String, Value>) {
        if members.keys().any(|name| self.renamed(name).is_some()) {
            let old = std::mem::take(members);
            members.extend(old.into_iter().map(|(name, value)| (self.renamed(&name).unwrap_or(name), value)));
        }
        for (name, value) in members.iter_mut() {
            self.rename_value(value, refers(name));
        }
    }

    /// `refers`: the value stands where ids do. An old id that is no uuid, `1` say, is replaced only there:
    /// elsewhere the same text means something else.
    fn rename_value(&self, value: &mut Value, refers: bool) {
        match value {
            Value::String(text) => {
                let new = if refers { self.others.get(text.as_str()).cloned() } else { None };
                if let Some(new) = new.or_else(|| self.renamed(text)) {
                    *text = new;
                }
            }
            Value::Array(members) => members.iter_mut().for_each(|one| self.rename_value(one, refers)),
            Value::Object(members) => self.rename_members(members),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    /// The text with new uuids for old ones, wherever they stand in it (`<id>-0`, code that names a component);
    /// `None` when there are none. One pass: at each dash it looks at no more than 36 letters.
    fn renamed(&self, text: &str) -> Option<String> {
        let mut out: Option<String> = None;
        let (mut copied, mut from) = (0, 0);
        while let Some(dash) = text.as_bytes().get(from..)?.iter().position(|byte| *byte == b'-') {
            let dash = from + dash;
            from = dash + 1;
            let Some(start) = dash.checked_sub(8).filter(|start| *start >= copied) else { continue };
            let Some(new) = text.get(start..start + UUID).and_then(uuid).and_then(|old| self.uuids.get(&old))
            else {
                continue;
            };
            let out = out.get_or_insert_with(|| String::with_capacity(text.len()));
            out.push_str(&text[copied..start]);
            out.push_str(new);
            copied = start + UUID;
            from = copied;
        }
        let mut out = out?;
        out.push_str(&text[copied..]);
        Some(out)
    }
}

/// Names under which ids stand: `id`, `parent`, `pageId`, `folder_ids`.
fn refers(name: &str) -> bool {
    name == "id" || name == "parent" || ["Id", "Ids", "_id", "_ids"].iter().any(|end| name.ends_with(end))
}

/// A uuid as it is commonly written: 8-4-4-4-12.
pub(super) fn uuid(text: &str) -> Option<Uuid> {
    if text.len() == UUID { Uuid::try_parse(text).ok() } else { None }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Ids, refers};

    const OLD: &str = "ebe9d705-a0df-4dbb-9bf3-ab28cab12ae3";
    const NEW: &str = "00000000-0000-4000-8000-000000000001";

    fn ids() -> Ids {
        let mut ids = Ids::default();
        ids.alias(Some(&OLD.into()), &NEW.into());
        ids.alias(Some(&"page-1".into()), &NEW.into());
        ids
    }

    #[test]
    fn uuids_are_found_inside_texts_and_names() {
        let mut value = json!({
            "parent": format!("{OLD}-0"),
            "code": format!("a-{OLD}, {OLD}{OLD}; é-{}", OLD.to_uppercase()),
            "by": { OLD: [OLD, 1, null] },
            "other": "ebe9d705-a0df-4dbb-9bf3-ab28cab12ae4",
        });
        ids().rename(&mut value);
        let expected = json!({
            "parent": format!("{NEW}-0"),
            "code": format!("a-{NEW}, {NEW}{NEW}; é-{NEW}"),
            "by": { NEW: [NEW, 1, null] },
            "other": "ebe9d705-a0df-4dbb-9bf3-ab28cab12ae4",
        });
        assert_eq!(value, expected);
    }

    #[test]
    fn other_ids_are_replaced_only_where_ids_stand() {
        let mut value =
            json!({ "pageId": "page-1", "pageIds": ["page-1", "page-2"], "text": "page-1", "page-1": 1 });
        ids().rename(&mut value);
        assert_eq!(
            value,
            json!({ "pageId": NEW, "pageIds": [NEW, "page-2"], "text": "page-1", "page-1": 1 })
        );
    }

    #[test]
    fn order_of_members_stays() {
        let mut value = json!({ "b": 1, OLD: 2, "a": 3 });
        ids().rename(&mut value);
        assert_eq!(value.to_string(), format!(r#"{{"b":1,"{NEW}":2,"a":3}}"#));
    }

    #[test]
    fn names_that_refer() {
        assert!(["id", "parent", "dataQueryId", "app_id", "folderIds"].iter().all(|name| refers(name)));
        assert!(!["grid", "value", "key", "Idea"].iter().any(|name| refers(name)));
    }
}
