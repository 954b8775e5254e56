//! An application as it is used: everything resolved and in order.

use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::condition::{Condition, Given};
use super::raw::{RawDirection, RawSort};
use super::template::Template;

/// An application.
#[derive(Clone, Debug, Default)]
pub(crate) struct App {
    /// What it is called.
    pub(crate) name: String,
    /// Whose records sign in.
    pub(crate) accounts: Accounts,
    /// Tokens that are there from the start.
    pub(crate) tokens: Vec<Token>,
    /// The resources, in the file's order.
    pub(crate) resources: IndexMap<String, Resource>,
}

/// Whose records sign in.
#[derive(Clone, Debug, Default)]
pub(crate) struct Accounts {
    /// The resource.
    pub(crate) resource: String,
    /// The field that people sign in with.
    pub(crate) login: Option<String>,
    /// The field that holds roles: a text or a list of texts.
    pub(crate) roles: Option<String>,
}

/// A token that is there from the start.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    /// What it was made for.
    pub(crate) device_name: String,
    /// The key of its account.
    pub(crate) user: Value,
    /// `<number>|<40 letters and digits>`
    pub(crate) token: String,
    /// When it ends, RFC 3339.
    pub(crate) expires_at: Option<String>,
}

/// A resource.
#[derive(Clone, Debug)]
pub(crate) struct Resource {
    /// Its name, which is also that of the collection of its records.
    pub(crate) name: String,
    /// What several are called.
    pub(crate) label: String,
    /// What one is called.
    pub(crate) singular: String,
    /// What a record is called.
    pub(crate) title: Template,
    /// Its second line.
    pub(crate) description: Option<Template>,
    /// The fields that the global search looks at.
    pub(crate) search: Vec<String>,
    /// Whether keys are UUIDs, else whole numbers.
    pub(crate) uuid: bool,
    /// The fields, in the file's order; `id`, `created_at` and `updated_at` are not among them.
    pub(crate) fields: IndexMap<String, Field>,
    /// The tables; the first is the resource's own, of its name.
    pub(crate) tables: IndexMap<String, Table>,
    /// Which pages there are.
    pub(crate) pages: Pages,
    /// Who may see records.
    pub(crate) view: Permission,
    /// Who may create records.
    pub(crate) create: Permission,
    /// Who may update records.
    pub(crate) update: Permission,
    /// Who may delete records.
    pub(crate) delete: Permission,
    /// The actions beside `delete_resource`.
    pub(crate) actions: IndexMap<String, Action>,
    /// The records of the start, values as they are stored, `id` among them.
    pub(crate) records: Vec<Map<String, Value>>,
}

/// Which pages there are.
#[derive(Clone, Copy, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each is a switch of its own in the file")]
pub(crate) struct Pages {
    pub(crate) table: bool,
    pub(crate) detail: bool,
    pub(crate) create: bool,
    pub(crate) edit: bool,
}

/// A field.
#[derive(Clone, Debug)]
pub(crate) struct Field {
    /// Its name, which is also that of the stored field.
    pub(crate) name: String,
    /// What it is called.
    pub(crate) label: String,
    /// What kind of value it holds.
    pub(crate) kind: Kind,
    /// What values have to keep, those that follow from the kind not among them.
    pub(crate) rules: Vec<Rule>,
    /// What a new record has where nothing is sent.
    pub(crate) default: Option<Given>,
    /// Where it is not shown.
    pub(crate) hidden: Hidden,
    /// Whether it can be updated by itself.
    pub(crate) inline: bool,
    /// Whether only actions and the records of the start set it.
    pub(crate) readonly: bool,
    /// Whether tables can be sorted by it.
    pub(crate) sortable: bool,
    /// Whether tables can be searched by it.
    pub(crate) searchable: bool,
}

/// Where a field is not shown.
#[derive(Clone, Copy, Debug, Default)]
#[allow(clippy::struct_excessive_bools, reason = "each is a place of its own in the file")]
pub(crate) struct Hidden {
    pub(crate) table: bool,
    pub(crate) detail: bool,
    pub(crate) create: bool,
    pub(crate) edit: bool,
}

/// What kind of value a field holds.
#[derive(Clone, Debug)]
pub(crate) enum Kind {
    Text,
    Textarea,
    Email,
    Url,
    Password,
    /// Digits behind the point; `None` for any number of them.
    Number(Option<u8>),
    Checkbox,
    Date,
    Datetime,
    Select {
        /// Value and what it is called.
        options: Vec<(Value, String)>,
        multiple: bool,
    },
    BelongsTo {
        resource: String,
        on_delete: OnDelete,
        choices: Choices,
    },
    BelongsToMany {
        resource: String,
        choices: Choices,
    },
    HasMany {
        resource: String,
        /// The other resource's field: a `BelongsTo` or `BelongsToMany`.
        by: String,
    },
    File,
    Sequence(Template),
}

/// What happens when the record that a field refers to is deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OnDelete {
    Restrict,
    Cascade,
    Clear,
}

/// A rule as Laravel writes it: `max:255`. It is one that the application knows, with as many parameters as it takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Rule {
    /// `max`
    pub(crate) name: String,
    /// `255`
    pub(crate) parameters: Vec<String>,
}

/// Which records can be chosen and how they are told.
#[derive(Clone, Debug)]
pub(crate) struct Choices {
    pub(crate) filter: Condition,
    /// What an option is called, where it is not the record's title.
    pub(crate) label: Option<Template>,
    /// Its second line, where it is not the record's description.
    pub(crate) description: Option<Template>,
    /// The other resource's field by whose values options stand under headings.
    pub(crate) group_by: Option<String>,
    /// The heading of those without such a value.
    pub(crate) ungrouped: Option<String>,
    pub(crate) sort: Option<Sort>,
}

/// An order.
#[derive(Clone, Debug)]
pub(crate) struct Sort {
    /// A field, or `id`.
    pub(crate) by: String,
    pub(crate) descending: bool,
}

impl From<RawSort> for Sort {
    fn from(raw: RawSort) -> Self {
        Self { by: raw.by, descending: raw.direction == RawDirection::Descending }
    }
}

/// A table.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    pub(crate) name: String,
    pub(crate) label: String,
    pub(crate) filter: Condition,
    /// The fields that are visible by default, in order.
    pub(crate) columns: Vec<String>,
    pub(crate) sort: Option<Sort>,
    pub(crate) per_page: u32,
    /// Tabs by what they are called.
    pub(crate) tabs: IndexMap<String, Condition>,
}

/// Who may.
#[derive(Clone, Debug)]
pub(crate) enum Permission {
    Everybody,
    /// Whoever one of these speaks of; nobody where there is none.
    Grants(Vec<Grant>),
}

/// Some who may, with some records.
#[derive(Clone, Debug)]
pub(crate) struct Grant {
    /// Those with one of these roles; `None` for all.
    pub(crate) roles: Option<Vec<String>>,
    /// With those records.
    pub(crate) filter: Condition,
}

/// An action on a record.
#[derive(Clone, Debug)]
pub(crate) struct Action {
    pub(crate) name: String,
    pub(crate) label: String,
    /// Who may.
    pub(crate) allowed: Permission,
    /// On which records.
    pub(crate) when: Condition,
    /// What it asks for.
    pub(crate) form: IndexMap<String, Field>,
    /// What the record's fields become.
    pub(crate) set: Vec<(String, Given)>,
    /// A record that it makes: the resource and its values.
    pub(crate) create: Option<(String, Vec<(String, Given)>)>,
    /// Whether the record is deleted.
    pub(crate) delete: bool,
    /// What is answered.
    pub(crate) message: String,
}

/// The name of the action that every resource has.
pub(crate) const DELETE: &str = "delete_resource";

/// The fields that every record has beside those of its resource.
pub(crate) const OWN_FIELDS: [&str; 3] = ["id", "created_at", "updated_at"];

impl Kind {
    /// Whether the application sets such a field itself, so that nobody sends it.
    pub(crate) fn is_made(&self) -> bool {
        matches!(self, Self::HasMany { .. } | Self::Sequence(_))
    }
}

impl Field {
    /// Whether clients set it.
    pub(crate) fn is_written(&self) -> bool {
        !self.readonly && !self.kind.is_made()
    }

    /// Whether no two records have the same value in it.
    pub(crate) fn is_unique(&self) -> bool {
        self.rules.iter().any(|rule| rule.name == "unique" && rule.parameters.is_empty())
    }

    /// Whether one of its rules has that name.
    pub(crate) fn has_rule(&self, name: &str) -> bool {
        self.rules.iter().any(|rule| rule.name == name)
    }

    /// What the product calls such a field in its metadata.
    pub(crate) fn component(&self) -> &'static str {
        match &self.kind {
            Kind::Text | Kind::Sequence(_) => "TextField",
            Kind::Textarea => "TextAreaField",
            Kind::Email => "EmailField",
            Kind::Url => "UrlField",
            Kind::Password => "PasswordField",
            Kind::Number(_) => "NumberField",
            Kind::Checkbox => "CheckboxField",
            Kind::Date => "DateField",
            Kind::Datetime => "DateTimeField",
            Kind::Select { .. } => "SelectField",
            Kind::BelongsTo { .. } => "BelongsToField",
            Kind::BelongsToMany { .. } => "BelongsToManyField",
            Kind::HasMany { .. } => "HasManyField",
            Kind::File => "FileField",
        }
    }

    /// The resource whose keys it holds, or whose records refer to it.
    pub(crate) fn related(&self) -> Option<&str> {
        match &self.kind {
            Kind::BelongsTo { resource, .. }
            | Kind::BelongsToMany { resource, .. }
            | Kind::HasMany { resource, .. } => Some(resource),
            _ => None,
        }
    }
}
