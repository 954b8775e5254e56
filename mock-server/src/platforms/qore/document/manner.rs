//! How a deployment answers: as documented, or as it has been seen to; what nobody has seen is not asserted of it.

use indexmap::{IndexMap, IndexSet};
use serde_json::{Map, Value};

use crate::platforms::qore::application::{Field, Kind, Resource};

/// How a deployment answers.
#[derive(Clone, Debug, Default)]
pub(crate) struct Manner {
    /// Whether the document is for a deployment that does everything as documented; else only what is known of this one is asserted.
    pub(crate) documented: bool,
    /// Whether the application is that of a file. What only the deployment itself has told is not all that there is to it.
    pub(crate) declared: bool,
    /// The way to the rows in the answer of a table.
    pub(crate) rows: Option<Vec<String>>,
    /// The members of a table's answer that count: name, and what of the page it says (`total`, `number`, `size`).
    pub(crate) counts: Vec<(String, &'static str)>,
    /// Rows on a page where nobody asks, by resource and table.
    pub(crate) per_page: IndexMap<(String, String), u32>,
    /// The way to the record in the answer of a detail.
    pub(crate) record: Option<Vec<String>>,
    /// The components whose values have been seen as they are sent.
    pub(crate) plain: IndexSet<&'static str>,
    /// The components whose values have been seen otherwise.
    pub(crate) odd: IndexSet<&'static str>,
    /// The resources that are only referred to.
    pub(crate) unjudged: IndexSet<String>,
    /// The resources of which too little is known to write any of their records.
    pub(crate) reading_only: IndexSet<String>,
    /// The columns of tables that show what the detail shows, by resource.
    pub(crate) same_in_rows: IndexMap<String, IndexSet<String>>,
    /// What keys are, by resource.
    pub(crate) keys: IndexMap<String, Key>,
    /// The operations whose answers have been seen to keep the schemas of the document.
    pub(crate) kept: IndexSet<String>,
    /// Who calls, as a record of the resource that users are kept in; `None` for somebody of whom nothing is known.
    pub(crate) callers: Vec<Option<Map<String, Value>>>,
}

/// What the keys of a resource are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Key {
    Number,
    Uuid,
    Unknown,
}

impl Manner {
    /// Everything as documented.
    pub(crate) fn documented() -> Self {
        let data = || Some(vec!["data".to_owned()]);
        let counts = [("current_page", "number"), ("per_page", "size"), ("total", "total")];
        Self {
            documented: true,
            declared: true,
            rows: data(),
            counts: counts.map(|(name, what)| (name.to_owned(), what)).to_vec(),
            record: data(),
            ..Self::default()
        }
    }

    /// Whether values of such a field are shown as they are sent. A line of text hardly can be otherwise; of the rest it has to be seen.
    pub(super) fn is_plain(&self, field: &Field) -> bool {
        let evident =
            matches!(field.kind, Kind::Text | Kind::Textarea | Kind::Email | Kind::Url | Kind::Checkbox);
        let component = field.component();
        self.documented || !self.odd.contains(component) && (evident || self.plain.contains(component))
    }

    /// Whether rows of a table show a column as the detail does.
    pub(super) fn is_same_in_rows(&self, resource: &Resource, field: &str) -> bool {
        self.documented || self.same_in_rows.get(&resource.name).is_some_and(|same| same.contains(field))
    }

    /// What the keys of a resource are.
    pub(super) fn key(&self, resource: &Resource) -> Key {
        let said = if resource.uuid { Key::Uuid } else { Key::Number };
        let default = if self.declared { said } else { Key::Unknown };
        self.keys.get(&resource.name).copied().unwrap_or(default)
    }

    /// Whether it is known which records a table lists: of a deployment that is only asked, those that are named like their resource list
    /// all records; what another one picks is told nowhere.
    pub(crate) fn tells_which(&self, resource: &Resource, table: &str) -> bool {
        self.declared || table == resource.name
    }

    /// Rows on a page of a table where nobody asks.
    pub(super) fn per_page(&self, resource: &Resource, table: &str) -> Option<u32> {
        if self.documented {
            return resource.tables.get(table).map(|table| table.per_page);
        }
        self.per_page.get(&(resource.name.clone(), table.to_owned())).copied()
    }
}
