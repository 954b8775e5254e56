//! The types of views, and what each has besides the keys that all share.

use serde_json::{Map, Value, json};

/// A type of view.
#[derive(Debug)]
pub(super) struct ViewKind {
    pub(super) name: &'static str,
    /// It has filters, sortings and rows; a form has none.
    pub(super) lists_rows: bool,
    pub(super) groups: bool,
    pub(super) decorates: bool,
    defaults: fn() -> Value,
    field_defaults: fn() -> Value,
}

const KINDS: &[ViewKind] = &[
    ViewKind {
        name: "grid",
        lists_rows: true,
        groups: true,
        decorates: true,
        defaults: || json!({ "row_identifier_type": "id", "row_height_size": "small" }),
        field_defaults: || {
            json!({
                "width": 200, "hidden": false, "order": 32767, "aggregation_type": "", "aggregation_raw_type": "",
            })
        },
    },
    ViewKind {
        name: "gallery",
        lists_rows: true,
        groups: false,
        decorates: true,
        defaults: || json!({ "card_cover_image_field": null }),
        field_defaults: || json!({ "hidden": true, "order": 32767 }),
    },
    ViewKind {
        name: "form",
        lists_rows: false,
        groups: false,
        decorates: false,
        defaults: || {
            json!({
                "title": "", "description": "", "mode": "form", "cover_image": null, "logo_image": null,
                "submit_text": "Submit", "submit_action": "MESSAGE", "submit_action_message": "",
                "submit_action_redirect_url": "", "receive_notification_on_submit": false,
            })
        },
        field_defaults: || {
            json!({
                "name": "", "description": "", "enabled": false, "required": true, "order": 32767,
                "show_when_matching_conditions": false, "condition_type": "AND", "conditions": [],
                "condition_groups": [], "field_component": "default", "include_all_select_options": true,
                "allowed_select_options": [],
            })
        },
    },
];

/// The type of that name; `None` for those that need a licence.
pub(super) fn kind(name: &str) -> Option<&'static ViewKind> {
    KINDS.iter().find(|kind| kind.name == name)
}

impl ViewKind {
    /// What views of this type have besides, when nobody says otherwise.
    pub(super) fn defaults(&self) -> Map<String, Value> {
        members((self.defaults)())
    }

    /// How a field is shown when nobody says otherwise.
    pub(super) fn field_defaults(&self) -> Map<String, Value> {
        members((self.field_defaults)())
    }

    /// What a body says of this type.
    pub(super) fn asked(&self, body: &Value) -> Map<String, Value> {
        let names = self.defaults();
        let asked = body.as_object().into_iter().flatten();
        asked
            .filter(|(name, _)| names.contains_key(*name))
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect()
    }
}

fn members(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}
