//! Options: what a field can be, under headings where the application groups them.

use std::ops::Deref;

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

use super::reading::list;
use super::types::Key;

/// One line of a field's options.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum FieldOption {
    /// What can be chosen.
    Choice(Choice),
    /// What stands above those that follow, and cannot be chosen.
    Heading(Heading),
    /// Anything else, as it came.
    Unknown(Value),
}

/// What can be chosen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Choice {
    /// What a field has that has this.
    pub value: Key,
    /// What people see.
    #[serde(default, deserialize_with = "text")]
    pub label: String,
    /// What people see below it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Members that nobody knows, kept as they came.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// What stands above options.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Heading {
    /// What people see.
    #[serde(rename = "group", deserialize_with = "text")]
    pub label: String,
    /// Members that nobody knows, kept as they came.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// A text; what is none as it is written, and nothing for null.
fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::String(text) => text,
        Value::Null => String::new(),
        other => other.to_string(),
    })
}

/// The options of a field, in their order. Derefs to a slice of lines.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Options(Vec<FieldOption>);

/// Options under one heading.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct OptionGroup<'o> {
    /// The heading; `None` for options that stand before the first.
    pub heading: Option<&'o Heading>,
    /// What can be chosen.
    pub choices: Vec<&'o Choice>,
}

impl Options {
    pub(super) fn read(value: Value) -> Result<Self, String> {
        let lines = list(value, &["relatedOptions", "options"])?;
        let read = |line: Value| {
            FieldOption::deserialize(line).map_err(|error: serde_json::Error| error.to_string())
        };
        lines.into_iter().map(read).collect::<Result<_, _>>().map(Self)
    }

    /// The options of a field, wherever in an answer they are.
    pub(super) fn of(field: &str, answer: &Value) -> Result<Self, String> {
        match find(field, answer, 0) {
            Some(options) => Self::read(options.clone()),
            None => Err(format!("there are no options of `{field}` in it")),
        }
    }

    /// What can be chosen, without headings.
    pub fn choices(&self) -> impl Iterator<Item = &Choice> {
        self.0.iter().filter_map(|line| match line {
            FieldOption::Choice(choice) => Some(choice),
            _ => None,
        })
    }

    /// What can be chosen, by heading. A heading without options is kept.
    #[must_use]
    pub fn groups(&self) -> Vec<OptionGroup<'_>> {
        let mut groups: Vec<OptionGroup<'_>> = Vec::new();
        for line in &self.0 {
            match (line, groups.last_mut()) {
                (FieldOption::Heading(heading), _) => {
                    groups.push(OptionGroup { heading: Some(heading), choices: Vec::new() });
                }
                (FieldOption::Choice(choice), Some(group)) => group.choices.push(choice),
                (FieldOption::Choice(choice), None) => {
                    groups.push(OptionGroup { heading: None, choices: vec![choice] });
                }
                (FieldOption::Unknown(_), _) => {}
            }
        }
        groups
    }

    /// All lines.
    #[must_use]
    pub fn into_inner(self) -> Vec<FieldOption> {
        self.0
    }
}

impl Deref for Options {
    type Target = [FieldOption];

    fn deref(&self) -> &[FieldOption] {
        &self.0
    }
}

impl IntoIterator for Options {
    type Item = FieldOption;
    type IntoIter = std::vec::IntoIter<FieldOption>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

/// How deep in an answer options are looked for. The page that documents them shows the field and not what is around it.
const DEPTH: usize = 4;

fn find<'v>(field: &str, value: &'v Value, depth: usize) -> Option<&'v Value> {
    if depth > DEPTH {
        return None;
    }
    match value {
        Value::Object(members) => {
            let own = members.get("name").is_some_and(|name| name == field).then_some(value);
            let found = members.get(field).or(own).filter(|found| found.get("relatedOptions").is_some());
            found.or_else(|| members.values().find_map(|inner| find(field, inner, depth + 1)))
        }
        Value::Array(items) => items.iter().find_map(|inner| find(field, inner, depth + 1)),
        _ => None,
    }
}
