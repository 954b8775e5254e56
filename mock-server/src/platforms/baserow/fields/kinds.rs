//! The types that fields can have, and what each has besides the keys that all share.

use serde_json::{Map, Value, json};

/// A type of field.
#[derive(Debug)]
pub(in crate::platforms::baserow) struct FieldKind {
    /// Its name.
    pub(in crate::platforms::baserow) name: &'static str,
    /// Its cells cannot be written.
    pub(in crate::platforms::baserow) read_only: bool,
    /// The primary field can be of this type.
    pub(super) primary: bool,
    /// Its different values can be asked for.
    pub(super) unique_values: bool,
    /// It can have an index.
    pub(super) index: bool,
    /// Its cells can be kept different from each other.
    pub(super) constraint: bool,
    /// Views can be sorted by it.
    pub(in crate::platforms::baserow) sorts: bool,
    /// Views can be grouped by it.
    pub(in crate::platforms::baserow) groups: bool,
    defaults: fn() -> Value,
}

/// A type with none of the exceptions.
const PLAIN: FieldKind = FieldKind {
    name: "",
    read_only: false,
    primary: true,
    unique_values: true,
    index: false,
    constraint: false,
    sorts: true,
    groups: false,
    defaults: || json!({}),
};

/// All of them (facts: baserow 3.6). `ai` needs a model that nobody configured.
pub(in crate::platforms::baserow) const KINDS: &[FieldKind] = &[
    FieldKind {
        name: "text",
        index: true,
        constraint: true,
        groups: true,
        defaults: || json!({ "text_default": "" }),
        ..PLAIN
    },
    FieldKind {
        name: "long_text",
        index: true,
        constraint: true,
        defaults: || json!({ "long_text_enable_rich_text": null }),
        ..PLAIN
    },
    FieldKind { name: "url", index: true, constraint: true, groups: true, ..PLAIN },
    FieldKind { name: "email", index: true, constraint: true, groups: true, ..PLAIN },
    FieldKind { name: "phone_number", index: true, constraint: true, groups: true, ..PLAIN },
    FieldKind { name: "number", index: true, constraint: true, groups: true, defaults: numbers, ..PLAIN },
    FieldKind { name: "rating", index: true, constraint: true, groups: true, defaults: ratings, ..PLAIN },
    FieldKind {
        name: "boolean",
        index: true,
        groups: true,
        defaults: || json!({ "boolean_default": false }),
        ..PLAIN
    },
    FieldKind { name: "date", index: true, constraint: true, groups: true, defaults: dates, ..PLAIN },
    FieldKind { name: "last_modified", read_only: true, index: true, groups: true, defaults: dates, ..PLAIN },
    FieldKind { name: "created_on", read_only: true, index: true, groups: true, defaults: dates, ..PLAIN },
    FieldKind { name: "last_modified_by", read_only: true, ..PLAIN },
    FieldKind { name: "created_by", read_only: true, ..PLAIN },
    FieldKind {
        name: "duration",
        constraint: true,
        groups: true,
        defaults: || json!({ "duration_format": "h:mm" }),
        ..PLAIN
    },
    FieldKind {
        name: "link_row",
        primary: false,
        unique_values: false,
        groups: true,
        defaults: links,
        ..PLAIN
    },
    FieldKind { name: "file", unique_values: false, sorts: false, ..PLAIN },
    FieldKind {
        name: "single_select",
        groups: true,
        constraint: true,
        defaults: || json!({ "single_select_default": null }),
        ..PLAIN
    },
    FieldKind {
        name: "multiple_select",
        unique_values: false,
        groups: true,
        defaults: || json!({ "multiple_select_default": null }),
        ..PLAIN
    },
    FieldKind {
        name: "multiple_collaborators",
        unique_values: false,
        groups: true,
        defaults: || json!({ "notify_user_when_added": true }),
        ..PLAIN
    },
    FieldKind {
        name: "formula",
        read_only: true,
        index: true,
        groups: true,
        defaults: || json!({ "formula": "" }),
        ..PLAIN
    },
    FieldKind {
        name: "count",
        read_only: true,
        unique_values: false,
        groups: true,
        defaults: || json!({ "through_field_id": null }),
        ..PLAIN
    },
    FieldKind {
        name: "rollup",
        read_only: true,
        unique_values: false,
        groups: true,
        defaults: rollups,
        ..PLAIN
    },
    FieldKind { name: "lookup", read_only: true, unique_values: false, defaults: lookups, ..PLAIN },
    FieldKind { name: "uuid", read_only: true, index: true, ..PLAIN },
    FieldKind { name: "autonumber", read_only: true, index: true, ..PLAIN },
    FieldKind {
        name: "password",
        primary: false,
        unique_values: false,
        sorts: false,
        defaults: || json!({ "allow_endpoint_authentication": false }),
        ..PLAIN
    },
];

fn numbers() -> Value {
    json!({
        "number_decimal_places": 0, "number_negative": false, "number_prefix": "", "number_suffix": "",
        "number_separator": "", "number_default": null,
    })
}

fn ratings() -> Value {
    json!({ "max_value": 5, "color": "dark-orange", "style": "star" })
}

fn dates() -> Value {
    json!({
        "date_format": "EU", "date_include_time": false, "date_time_format": "24", "date_show_tzinfo": false,
        "date_force_timezone": null,
    })
}

fn links() -> Value {
    json!({
        "link_row_table_id": null, "link_row_related_field_id": null, "link_row_limit_selection_view_id": null,
        "link_row_multiple_relationships": true,
    })
}

fn rollups() -> Value {
    json!({ "through_field_id": null, "target_field_id": null, "rollup_function": "" })
}

fn lookups() -> Value {
    json!({ "through_field_id": null, "through_field_name": null, "target_field_id": null, "target_field_name": null })
}

/// The type of that name.
pub(in crate::platforms::baserow) fn kind(name: &str) -> Option<&'static FieldKind> {
    KINDS.iter().find(|kind| kind.name == name)
}

impl FieldKind {
    /// What fields of this type have besides, when nobody says otherwise.
    pub(super) fn defaults(&self) -> Map<String, Value> {
        match (self.defaults)() {
            Value::Object(defaults) => defaults,
            _ => Map::new(),
        }
    }

    /// Whether it is computed by a formula, of whatever form.
    pub(super) fn is_formula(&self) -> bool {
        matches!(self.name, "formula" | "count" | "rollup" | "lookup")
    }

    pub(super) fn has_select_options(&self) -> bool {
        matches!(self.name, "single_select" | "multiple_select")
    }

    /// Whether the primary field can be such a field: text with marks cannot.
    pub(super) fn can_be_primary(&self, options: &Map<String, Value>) -> bool {
        self.primary && options.get("long_text_enable_rich_text") != Some(&Value::Bool(true))
    }
}
