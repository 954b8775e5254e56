//! From what forms and tables tell to fields, as far as it is told: nothing is made up.

use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::shapes;
use crate::platforms::qore::application::{
    Choices, Condition, Field, Given, Hidden, Kind, OnDelete, Pages, Permission, Resource, Rule, Table,
    Template,
};
use crate::platforms::qore::eyes;

/// What is known of a field.
pub(super) enum Guess {
    Field(Box<Field>),
    /// It is not known what it takes.
    Unknown {
        name: String,
        component: String,
        required: bool,
    },
}

/// A resource of which only the name and those of its tables are known.
pub(super) fn resource(name: &str, tables: &[String]) -> Resource {
    let mut own: IndexMap<String, Table> = IndexMap::new();
    for table in std::iter::once(name).chain(tables.iter().map(String::as_str)) {
        own.entry(table.to_owned()).or_insert_with(|| Table {
            name: table.to_owned(),
            label: table.to_owned(),
            filter: Condition::always(),
            columns: Vec::new(),
            sort: None,
            per_page: 15,
            tabs: IndexMap::new(),
        });
    }
    Resource {
        name: name.to_owned(),
        label: name.to_owned(),
        singular: name.to_owned(),
        title: Template(Vec::new()),
        description: None,
        search: Vec::new(),
        uuid: false,
        fields: IndexMap::new(),
        tables: own,
        pages: Pages { table: true, detail: true, create: true, edit: true },
        view: Permission::Everybody,
        create: Permission::Everybody,
        update: Permission::Everybody,
        delete: Permission::Everybody,
        actions: IndexMap::new(),
        records: Vec::new(),
    }
}

/// What a form tells of a field.
pub(super) fn field(about: &Map<String, Value>, resources: &[String]) -> Guess {
    let text = |key: &str| about.get(key).and_then(Value::as_str);
    let name = text("name").unwrap_or_default().to_owned();
    let component =
        text("component").or_else(|| text("type")).or_else(|| text("field")).unwrap_or_default().to_owned();
    let mut rules = rules(about.get("rules"));
    if about.get("required") == Some(&Value::Bool(true)) && !rules.iter().any(|rule| rule.name == "required")
    {
        rules.insert(0, Rule { name: "required".to_owned(), parameters: Vec::new() });
    }
    let required = rules.iter().any(|rule| rule.name == "required");
    let known = is_name(&name).then(|| kind(&name, &component, about, &rules, resources)).flatten();
    if matches!(known, Some(Kind::Select { .. }))
        && is_relation(&component)
        && !rules.iter().any(|rule| rule.name == "exists")
    {
        // Its options are records, of a resource that is not told: there will be others.
        rules.push(Rule { name: "exists".to_owned(), parameters: Vec::new() });
    }
    let Some(kind) = known else { return Guess::Unknown { name, component, required } };
    let set_by_server = about.get("readonly") == Some(&Value::Bool(true))
        || about.get("disabled") == Some(&Value::Bool(true));
    Guess::Field(Box::new(Field {
        label: text("label").unwrap_or(&name).to_owned(),
        name,
        kind,
        rules,
        default: about.get("default").filter(|value| !value.is_null()).cloned().map(Given::Literal),
        hidden: Hidden::default(),
        inline: true,
        readonly: set_by_server,
        sortable: false,
        searchable: false,
    }))
}

/// A name that stands in paths and expressions as it is.
fn is_name(name: &str) -> bool {
    let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    plain
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && !matches!(name, "id" | "created_at" | "updated_at")
}

/// `"required|max:5"`, or a list of such.
fn rules(told: Option<&Value>) -> Vec<Rule> {
    let texts: Vec<String> = match told {
        Some(Value::String(text)) => text.split('|').map(str::to_owned).collect(),
        Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => Vec::new(),
    };
    let rule = |text: &String| {
        let (name, rest) =
            text.split_once(':').map_or((text.as_str(), None), |(name, rest)| (name, Some(rest)));
        let parameters = match rest {
            None => Vec::new(),
            // Which table and whose own record it spares, its sentence says.
            Some(_) if name == "unique" => Vec::new(),
            Some(pattern) if name == "regex" => vec![pattern.to_owned()],
            Some(list) => list.split(',').map(|one| one.trim().to_owned()).collect(),
        };
        Rule { name: name.trim().to_owned(), parameters }
    };
    texts.iter().map(rule).collect()
}

fn kind(
    name: &str,
    component: &str,
    about: &Map<String, Value>,
    rules: &[Rule],
    resources: &[String],
) -> Option<Kind> {
    let rule = |wanted: &str| rules.iter().find(|rule| rule.name == wanted);
    let bare = &*bare(component);
    let several = rule("array").is_some() || about.get("multiple") == Some(&Value::Bool(true));
    Some(match bare {
        "text" | "string" | "input" => Kind::Text,
        "textarea" => Kind::Textarea,
        "email" => Kind::Email,
        "url" => Kind::Url,
        "password" => Kind::Password,
        "number" | "integer" | "decimal" | "float" if rule("integer").is_some() || bare == "integer" => {
            Kind::Number(Some(0))
        }
        "number" | "decimal" | "float" => {
            let digits = rule("decimal").and_then(|rule| rule.parameters.last()?.parse().ok());
            Kind::Number(digits)
        }
        "checkbox" | "boolean" | "switch" | "toggle" => Kind::Checkbox,
        "date" => Kind::Date,
        "datetime" => Kind::Datetime,
        "select" | "multiselect" => {
            let options = options(about.get("options"));
            if options.is_empty() {
                return None;
            }
            Kind::Select { options, multiple: several || bare == "multiselect" }
        }
        "belongsto" => relation(name, about, rules, resources, false)?,
        "belongstomany" => relation(name, about, rules, resources, true)?,
        "file" | "image" | "upload" => Kind::File,
        _ => return None,
    })
}

/// A component without its namespace, in lower case, without `Field`.
fn bare(component: &str) -> String {
    let bare = component.rsplit(['\\', '.', '/']).next().unwrap_or_default().to_lowercase();
    let bare: String = bare.chars().filter(char::is_ascii_alphanumeric).collect();
    bare.strip_suffix("field").map(str::to_owned).unwrap_or(bare)
}

fn is_relation(component: &str) -> bool {
    bare(component).starts_with("belongsto")
}

/// The resource that a relation leads to: what is told, what `exists` checks, what is called like the field; else its options alone.
fn relation(
    name: &str,
    about: &Map<String, Value>,
    rules: &[Rule],
    resources: &[String],
    many: bool,
) -> Option<Kind> {
    let told = ["resource", "related", "resource_name"].iter().find_map(|key| about.get(*key)?.as_str());
    let checked = rules.iter().find(|rule| rule.name == "exists").and_then(|rule| rule.parameters.first());
    let plural =
        if let Some(stem) = name.strip_suffix('y') { format!("{stem}ies") } else { format!("{name}s") };
    let candidates = [told, checked.map(String::as_str), Some(name), Some(&plural)];
    let known = candidates.into_iter().flatten().find(|one| resources.iter().any(|own| own == one));
    let choices = Choices {
        filter: Condition::always(),
        label: None,
        description: None,
        group_by: None,
        ungrouped: None,
        sort: None,
    };
    match known {
        Some(resource) if many => Some(Kind::BelongsToMany { resource: resource.to_owned(), choices }),
        Some(resource) => {
            Some(Kind::BelongsTo { resource: resource.to_owned(), on_delete: OnDelete::Clear, choices })
        }
        None => {
            let options = options(about.get("options"));
            (!options.is_empty()).then_some(Kind::Select { options, multiple: many })
        }
    }
}

/// Values and what they are called; headings are none.
fn options(told: Option<&Value>) -> Vec<(Value, String)> {
    let one = |option: &Value| match option {
        Value::Object(about) => {
            let value = about.get("value").or_else(|| about.get("id"))?;
            let label = about.get("label").map_or_else(|| eyes::shown(value), eyes::shown);
            Some((value.clone(), label))
        }
        Value::String(_) | Value::Number(_) => Some((option.clone(), eyes::shown(option))),
        _ => None,
    };
    match told {
        Some(Value::Array(list)) => {
            list.iter().filter_map(one).filter(|(value, _)| value.is_string() || value.is_number()).collect()
        }
        Some(Value::Object(labels)) => {
            labels.iter().map(|(value, label)| (value.as_str().into(), eyes::shown(label))).collect()
        }
        _ => Vec::new(),
    }
}

/// What the answer of a table tells of its columns: those that it shows by default can be searched and sorted by.
pub(super) fn columns(resource: &mut Resource, table: &str, body: &Value) {
    let told = body.get("columns").or_else(|| body.get("meta")?.get("columns"));
    let Some(columns) = told.and_then(shapes::fields).or_else(|| named(told?)) else { return };
    let flag = |about: &Map<String, Value>, key: &str| about.get(key) != Some(&Value::Bool(false));
    for about in columns.iter().filter(|about| flag(about, "visible")) {
        let Some(name) = about.get("name").and_then(Value::as_str) else { continue };
        let Some(field) = resource.fields.get_mut(name) else { continue };
        field.sortable = flag(about, "sortable");
        field.searchable = flag(about, "searchable");
        if let Some(table) = resource.tables.get_mut(table) {
            table.columns.push(name.to_owned());
        }
    }
}

/// Columns of which nothing is told but their names.
fn named(told: &Value) -> Option<Vec<Map<String, Value>>> {
    let one = |value: &Value| match value {
        Value::String(name) => Some(Map::from_iter([("name".to_owned(), name.as_str().into())])),
        Value::Object(about) if about.get("name").is_some_and(Value::is_string) => Some(about.clone()),
        _ => None,
    };
    told.as_array().map(|list| list.iter().filter_map(one).collect())
}
