//! An application's file as it is written: the shapes that serde reads and the JSON Schema tells.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value};

/// An application made with Qore: its resources, who may do what with them, and what it begins with.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct RawApplication {
    /// About the application as a whole.
    #[serde(default)]
    pub(crate) application: RawAbout,
    /// Whose records sign in; by default the resource `users`, which is made where the application has none.
    #[serde(default)]
    pub(crate) accounts: Option<RawAccounts>,
    /// Tokens that are there from the start. Without any there is one, for the first account.
    #[serde(default)]
    pub(crate) tokens: Vec<RawToken>,
    /// The resources by name, in the order in which they are shown.
    pub(crate) resources: IndexMap<String, RawResource>,
}

/// About the application as a whole.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct RawAbout {
    /// What it is called.
    #[serde(default)]
    pub(crate) name: Option<String>,
}

/// Whose records sign in.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct RawAccounts {
    /// The resource.
    pub(crate) resource: String,
    /// The field that people sign in with, shown in the front-end.
    #[serde(default)]
    pub(crate) login: Option<String>,
    /// The select field that holds an account's role or roles; permissions speak of its options.
    #[serde(default)]
    pub(crate) roles: Option<String>,
}

/// A token that is there from the start.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct RawToken {
    /// What it was made for.
    #[serde(rename = "device_name")]
    pub(crate) device_name: String,
    /// The key of its account; the first one unless said otherwise.
    #[serde(default)]
    pub(crate) user: Option<Value>,
    /// `<number>|<40 letters and digits>`, the number counting the tokens from 1; made up where it is left out.
    #[serde(default)]
    pub(crate) token: Option<String>,
    /// When it ends: a date, or a date and time. Never unless said otherwise.
    #[serde(default, rename = "expires_at")]
    pub(crate) expires_at: Option<String>,
}

/// A resource: a kind of records with its fields, tables, pages, permissions and actions.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct RawResource {
    /// What several are called; made from the name unless given.
    #[serde(default)]
    pub(crate) label: Option<String>,
    /// What one is called.
    #[serde(default)]
    pub(crate) singular: Option<String>,
    /// What a record is called in options, results and titles: text with `{field}` or `{relation.field}` in it. `Label #1` unless given.
    #[serde(default)]
    pub(crate) title: Option<String>,
    /// The second line of a record in options and results, likewise; none unless given.
    #[serde(default)]
    pub(crate) description: Option<String>,
    /// The fields that the global search looks at; all texts unless given, `[]` for none.
    #[serde(default)]
    pub(crate) search: Option<Vec<String>>,
    /// What keys are: numbers that count up (default), or UUIDs.
    #[serde(default)]
    pub(crate) key: RawKey,
    /// The fields by name, in the order of forms and columns.
    pub(crate) fields: IndexMap<String, RawField>,
    /// The resource's own table, under its name, and others. Without an entry the own table shows every field that is not hidden in tables.
    #[serde(default)]
    pub(crate) tables: IndexMap<String, RawTable>,
    /// Pages that are switched off (`false`).
    #[serde(default)]
    pub(crate) pages: RawPages,
    /// Who may do what; everybody with a token may do everything that nothing is said of.
    #[serde(default)]
    pub(crate) permissions: RawPermissions,
    /// Actions beside `delete_resource`, by name.
    #[serde(default)]
    pub(crate) actions: IndexMap<String, RawAction>,
    /// The records that are there from the start: values by field, `id` where others refer to them.
    #[serde(default)]
    pub(crate) records: Vec<Map<String, Value>>,
}

/// What keys are.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum RawKey {
    /// 1, 2, 3 …
    #[default]
    Sequence,
    /// Random UUIDs.
    Uuid,
}

/// A field. Which keys it can have beside those of every field depends on its type.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct RawField {
    /// What kind of value it holds.
    #[serde(rename = "type")]
    pub(crate) kind: RawKind,
    /// What it is called in forms and columns; made from the name unless given.
    #[serde(default)]
    pub(crate) label: Option<String>,
    /// What values have to keep, as Laravel writes it: `required|max:255|unique`, or a list of such.
    #[serde(default)]
    pub(crate) rules: Option<RawRules>,
    /// What a new record has where nothing is sent: a value, `$me`, `$me.field`, `$today`, `$now`.
    #[serde(default)]
    pub(crate) default: Option<Value>,
    /// Where it is not shown: `table` (it cannot be searched or sorted by then), `detail`, `create`, `edit`.
    #[serde(default)]
    pub(crate) hidden: Vec<RawPlace>,
    /// Whether it can be updated by itself; true unless said otherwise.
    #[serde(default = "yes")]
    pub(crate) inline: bool,
    /// Whether only actions and the records of the start set it.
    #[serde(default)]
    pub(crate) readonly: bool,
    /// Whether tables can be sorted by it; true for all but files, lists and passwords.
    #[serde(default)]
    pub(crate) sortable: Option<bool>,
    /// Whether tables can be searched by it; true for all but files and passwords.
    #[serde(default)]
    pub(crate) searchable: Option<bool>,
    /// `number`: digits behind the point; any number of them unless given, 0 for whole numbers.
    #[serde(default)]
    pub(crate) precision: Option<u8>,
    /// `select`: values, or values with what they are called.
    #[serde(default)]
    pub(crate) options: Option<RawOptions>,
    /// `select`: whether several can be chosen.
    #[serde(default)]
    pub(crate) multiple: Option<bool>,
    /// `belongs-to`, `belongs-to-many`, `has-many`: the other resource.
    #[serde(default)]
    pub(crate) resource: Option<String>,
    /// `belongs-to`: what happens when the record it refers to is deleted: `clear` (default where it may be empty), `restrict` (default elsewhere), `cascade`.
    #[serde(default)]
    pub(crate) on_delete: Option<RawOnDelete>,
    /// `belongs-to`, `belongs-to-many`: which records can be chosen and how they are told.
    #[serde(default)]
    pub(crate) choices: Option<RawChoices>,
    /// `has-many`: the field of the other resource that refers to this one.
    #[serde(default)]
    pub(crate) by: Option<String>,
    /// `sequence`: text with `{field}`, `{relation.field}`, `{year}` (two digits), `{year4}` and one `{number}` or `{number:4}` (padded with zeros), which begins anew for every
    /// other text before it.
    #[serde(default)]
    pub(crate) format: Option<String>,
}

fn yes() -> bool {
    true
}

/// What kind of value a field holds.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum RawKind {
    /// A line of text.
    Text,
    /// Text of several lines.
    Textarea,
    /// An e-mail address.
    Email,
    /// A web address.
    Url,
    /// A password: hashed, never shown; an empty one is skipped.
    Password,
    /// A number.
    Number,
    /// True or false; left out of a form it is false.
    Checkbox,
    /// A day, `2023-01-31`.
    Date,
    /// A time of a day, `2023-01-31T10:00:00.000000Z`.
    Datetime,
    /// One of some values, or several.
    Select,
    /// One record of another resource.
    BelongsTo,
    /// Several records of another resource.
    BelongsToMany,
    /// The records that refer to this one, by a field of theirs; shown, never written.
    HasMany,
    /// An uploaded file.
    File,
    /// A text with a number that counts up, which the application sets.
    Sequence,
}

/// Rules as Laravel writes them.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum RawRules {
    /// `required|max:255`
    Text(String),
    /// One rule each: for those with a `|` in them.
    List(Vec<String>),
}

/// Where a field can be hidden.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum RawPlace {
    /// Tables.
    Table,
    /// The detail page.
    Detail,
    /// The form for a new record.
    Create,
    /// The form of a record.
    Edit,
}

/// The values of a select.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum RawOptions {
    /// Values that are called what they are.
    List(Vec<Value>),
    /// From value to what it is called.
    Labels(IndexMap<String, String>),
}

/// What happens when the record that a field refers to is deleted.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum RawOnDelete {
    /// It is refused.
    Restrict,
    /// This record is deleted, too.
    Cascade,
    /// The field is emptied.
    Clear,
}

/// Which records can be chosen and how they are told.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct RawChoices {
    /// Only those: a condition, in which `$state.field` is what the form holds. It is not asked of what is stored.
    #[serde(rename = "where", default)]
    pub(crate) filter: Option<Map<String, Value>>,
    /// What an option is called; the record's title unless given.
    #[serde(default)]
    pub(crate) label: Option<String>,
    /// Its second line; the record's description unless given.
    #[serde(default)]
    pub(crate) description: Option<String>,
    /// A field of the other resource by whose values options stand under headings.
    #[serde(default)]
    pub(crate) group_by: Option<String>,
    /// The heading of those without such a value, which come first.
    #[serde(default)]
    pub(crate) ungrouped: Option<String>,
    /// How they are ordered; by key unless given.
    #[serde(default)]
    pub(crate) sort: Option<RawSort>,
}

/// An order.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct RawSort {
    /// The field, or `id`.
    pub(crate) by: String,
    /// `ascending` unless given.
    #[serde(default)]
    pub(crate) direction: RawDirection,
}

/// Which way an order goes.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum RawDirection {
    /// The smallest first.
    #[default]
    Ascending,
    /// The largest first.
    Descending,
}

/// A table of records.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct RawTable {
    /// What it is called; as the resource unless given.
    #[serde(default)]
    pub(crate) label: Option<String>,
    /// Only those records: a condition.
    #[serde(rename = "where", default)]
    pub(crate) filter: Option<Map<String, Value>>,
    /// The fields that are visible by default; all that are not hidden in tables unless given.
    #[serde(default)]
    pub(crate) columns: Option<Vec<String>>,
    /// How it is ordered where nobody asks; by key unless given.
    #[serde(default)]
    pub(crate) sort: Option<RawSort>,
    /// Records on a page where nobody asks; 15 unless given.
    #[serde(default)]
    #[schemars(range(min = 1, max = 1000))]
    pub(crate) per_page: Option<u32>,
    /// Tabs by what they are called, each with a condition.
    #[serde(default)]
    pub(crate) tabs: IndexMap<String, RawTab>,
}

/// A tab of a table.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct RawTab {
    /// Only those records: a condition.
    #[serde(rename = "where", default)]
    pub(crate) filter: Option<Map<String, Value>>,
}

/// Pages that can be switched off.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
#[allow(clippy::struct_excessive_bools, reason = "each is a switch of its own in the file")]
pub(crate) struct RawPages {
    /// Tables.
    pub(crate) table: bool,
    /// Single records.
    pub(crate) detail: bool,
    /// Creating records.
    pub(crate) create: bool,
    /// Updating records.
    pub(crate) edit: bool,
}

impl Default for RawPages {
    fn default() -> Self {
        Self { table: true, detail: true, create: true, edit: true }
    }
}

/// Who may do what with a resource.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub(crate) struct RawPermissions {
    /// See records; those that somebody may not see are left out wherever several are shown.
    pub(crate) view: Option<RawPermission>,
    /// Create records; conditions are asked of the record as it would be.
    pub(crate) create: Option<RawPermission>,
    /// Update a record.
    pub(crate) update: Option<RawPermission>,
    /// Delete a record.
    pub(crate) delete: Option<RawPermission>,
}

/// Who may.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum RawPermission {
    /// `everybody` or `nobody`.
    Word(RawWho),
    /// Whoever one of these speaks of.
    Grants(Vec<RawGrant>),
}

/// All, or none.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum RawWho {
    /// Everybody with a token.
    Everybody,
    /// Not a soul.
    Nobody,
}

/// Some who may, with some records.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct RawGrant {
    /// Those with one of these roles; all unless given.
    #[serde(default)]
    pub(crate) roles: Option<Vec<String>>,
    /// With those records: a condition, such as `{ user: $me }`; all unless given.
    #[serde(rename = "where", default)]
    pub(crate) filter: Option<Map<String, Value>>,
}

/// An action on a record.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct RawAction {
    /// What it is called; made from the name unless given.
    #[serde(default)]
    pub(crate) label: Option<String>,
    /// Who may; everybody who may see the record unless given.
    #[serde(default)]
    pub(crate) allowed: Option<RawPermission>,
    /// Only on those records: a condition; a 403 on others.
    #[serde(default)]
    pub(crate) when: Option<Map<String, Value>>,
    /// What it asks for: fields, whose values are the body.
    #[serde(default)]
    pub(crate) form: IndexMap<String, RawField>,
    /// What the record's fields become: values, `$form.field`, `$record.field`, `$me`, `$today`, `$now`; what is not there leaves a field alone.
    #[serde(default)]
    pub(crate) set: Map<String, Value>,
    /// A record of a resource that is made, with its values likewise.
    #[serde(default)]
    pub(crate) create: Option<RawMake>,
    /// Whether the record is deleted.
    #[serde(default)]
    pub(crate) delete: bool,
    /// What is answered.
    #[serde(default)]
    pub(crate) message: Option<String>,
}

/// A record that an action makes.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct RawMake {
    /// The resource.
    pub(crate) resource: String,
    /// Its values.
    pub(crate) set: Map<String, Value>,
}
