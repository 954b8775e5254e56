//! Fields: what each type can have, and what it must.

use std::ops::Range;

use serde_json::Value;
use tercet_spec::{Diagnostic, Pointer};

use super::super::app::{Choices, Field, Hidden, Kind, OnDelete, Rule};
use super::super::condition::{Allowed, Given};
use super::super::raw::{RawChoices, RawField, RawKind, RawOnDelete, RawOptions, RawPlace, RawRules};
use super::super::{App, Sort, Template};
use super::Reading;
use super::resources::spoken;
use super::values::stored;
use crate::platforms::qore::rules;

impl Reading<'_> {
    pub(super) fn field(&mut self, name: &str, raw: RawField, at: &Pointer) -> Field {
        self.keys_of(&raw, at);
        let rules = self.rules(raw.rules.as_ref(), &at.child("rules"));
        let required = rules.iter().any(|rule| rule.name == "required");
        let kind = self.kind(&raw, required, at);
        if required && kind.is_made() {
            self.problem(&at.child("rules"), "nobody sends this field", "leave `required` out");
        }
        let places = &raw.hidden;
        let hidden = Hidden {
            table: places.contains(&RawPlace::Table),
            detail: places.contains(&RawPlace::Detail),
            create: places.contains(&RawPlace::Create),
            edit: places.contains(&RawPlace::Edit),
        };
        let secret = matches!(kind, Kind::Password | Kind::File);
        let list = matches!(kind, Kind::BelongsToMany { .. } | Kind::HasMany { .. });
        let mut field = Field {
            name: name.to_owned(),
            label: raw.label.unwrap_or_else(|| spoken(name)),
            rules,
            default: None,
            hidden,
            inline: raw.inline,
            readonly: raw.readonly,
            sortable: raw.sortable.unwrap_or(!secret && !list),
            searchable: raw.searchable.unwrap_or(!secret),
            kind,
        };
        field.default = raw.default.and_then(|value| self.default(&field, &value, &at.child("default")));
        field
    }

    /// Keys that mean nothing for a field of its type.
    fn keys_of(&mut self, raw: &RawField, at: &Pointer) {
        let relation = matches!(raw.kind, RawKind::BelongsTo | RawKind::BelongsToMany);
        let has_many = raw.kind == RawKind::HasMany;
        let select = raw.kind == RawKind::Select;
        let all = [
            ("precision", raw.precision.is_some(), raw.kind == RawKind::Number, "number"),
            ("options", raw.options.is_some(), select, "select"),
            ("multiple", raw.multiple.is_some(), select, "select"),
            (
                "resource",
                raw.resource.is_some(),
                relation || has_many,
                "belongs-to, belongs-to-many or has-many",
            ),
            ("on-delete", raw.on_delete.is_some(), raw.kind == RawKind::BelongsTo, "belongs-to"),
            ("choices", raw.choices.is_some(), relation, "belongs-to or belongs-to-many"),
            ("by", raw.by.is_some(), has_many, "has-many"),
            ("format", raw.format.is_some(), raw.kind == RawKind::Sequence, "sequence"),
        ];
        for (key, given, _, kinds) in all.iter().filter(|(_, given, fits, _)| *given && !fits) {
            debug_assert!(given);
            self.problem(
                &at.child(key),
                format!("`{key}` means nothing here"),
                format!("it is for fields of type {kinds}"),
            );
        }
        for (key, given) in [("sortable", raw.sortable), ("searchable", raw.searchable)] {
            if raw.kind == RawKind::Password && given == Some(true) {
                let help = "nobody sees passwords: leave it out";
                self.problem(&at.child(key), format!("a password is not {key}"), help);
            }
        }
        for (key, given, _, _) in all.iter().filter(|(key, given, fits, _)| {
            !given && *fits && ["options", "resource", "by", "format"].contains(key)
        }) {
            debug_assert!(!given);
            self.problem(at, format!("`{key}` is missing"), "the type of this field needs it");
        }
        if raw.precision.is_some_and(|digits| digits > 15) {
            self.wrong(&at.child("precision"), "more digits than numbers have", "0 to 15");
        }
    }

    fn kind(&mut self, raw: &RawField, required: bool, at: &Pointer) -> Kind {
        let resource = raw.resource.clone().unwrap_or_default();
        match raw.kind {
            RawKind::Text => Kind::Text,
            RawKind::Textarea => Kind::Textarea,
            RawKind::Email => Kind::Email,
            RawKind::Url => Kind::Url,
            RawKind::Password => Kind::Password,
            RawKind::Number => Kind::Number(raw.precision),
            RawKind::Checkbox => Kind::Checkbox,
            RawKind::Date => Kind::Date,
            RawKind::Datetime => Kind::Datetime,
            RawKind::File => Kind::File,
            RawKind::Select => Kind::Select {
                options: self.options(raw.options.as_ref(), &at.child("options")),
                multiple: raw.multiple.unwrap_or_default(),
            },
            RawKind::BelongsTo => Kind::BelongsTo {
                resource,
                on_delete: self.on_delete(raw.on_delete, required, at),
                choices: self.choices(raw.choices.as_ref(), &at.child("choices")),
            },
            RawKind::BelongsToMany => Kind::BelongsToMany {
                resource,
                choices: self.choices(raw.choices.as_ref(), &at.child("choices")),
            },
            RawKind::HasMany => Kind::HasMany { resource, by: raw.by.clone().unwrap_or_default() },
            RawKind::Sequence => {
                let format = raw.format.as_deref().unwrap_or("{number}");
                Kind::Sequence(self.template(format, true, &at.child("format")))
            }
        }
    }

    fn on_delete(&mut self, raw: Option<RawOnDelete>, required: bool, at: &Pointer) -> OnDelete {
        match raw {
            None if required => OnDelete::Restrict,
            None => OnDelete::Clear,
            Some(RawOnDelete::Restrict) => OnDelete::Restrict,
            Some(RawOnDelete::Cascade) => OnDelete::Cascade,
            Some(RawOnDelete::Clear) => {
                if required {
                    let help =
                        "`restrict` refuses to delete what it refers to, `cascade` deletes this record, too";
                    self.problem(&at.child("on-delete"), "a required field cannot be emptied", help);
                }
                OnDelete::Clear
            }
        }
    }

    fn options(&mut self, raw: Option<&RawOptions>, at: &Pointer) -> Vec<(Value, String)> {
        let options: Vec<(Value, String)> = match raw {
            None => return Vec::new(),
            Some(RawOptions::Labels(labels)) => {
                labels.iter().map(|(value, label)| (value.as_str().into(), label.clone())).collect()
            }
            Some(RawOptions::List(values)) => {
                for (index, value) in values.iter().enumerate() {
                    if !(value.is_string() || value.is_number()) {
                        self.wrong(
                            &at.index(index),
                            "an option is a text or a number",
                            "put quotes around it",
                        );
                    }
                    if values[..index].contains(value) {
                        self.wrong(&at.index(index), "this option stands twice", "leave one out");
                    }
                }
                values
                    .iter()
                    .map(|value| (value.clone(), crate::platforms::qore::eyes::shown(value)))
                    .collect()
            }
        };
        if options.is_empty() {
            self.wrong(at, "there is nothing to choose", "give at least one option");
        }
        options
    }

    fn choices(&mut self, raw: Option<&RawChoices>, at: &Pointer) -> Choices {
        let nothing = RawChoices::default();
        let raw = raw.unwrap_or(&nothing);
        let allowed = Allowed { state: true, ..Allowed::default() };
        let filter = self.bare_condition(raw.filter.as_ref(), allowed, &at.child("where"));
        if raw.ungrouped.is_some() && raw.group_by.is_none() {
            self.problem(&at.child("ungrouped"), "`ungrouped` means nothing here", "it goes with `group-by`");
        }
        let mut template = |text: &Option<String>, key: &str| -> Option<Template> {
            text.as_ref().map(|text| self.template(text, false, &at.child(key)))
        };
        Choices {
            label: template(&raw.label, "label"),
            description: template(&raw.description, "description"),
            filter,
            group_by: raw.group_by.clone(),
            ungrouped: raw.ungrouped.clone(),
            sort: raw.sort.clone().map(Sort::from),
        }
    }

    /// What a new record has where nothing is sent. Keys and expressions are looked at once all resources are known.
    fn default(&mut self, field: &Field, value: &Value, at: &Pointer) -> Option<Given> {
        let why = match &field.kind {
            Kind::Password => Some("a password has no default: whoever reads the file would know it"),
            Kind::File => Some("a file has no default: it is uploaded"),
            kind if kind.is_made() => Some("the application sets this field itself"),
            _ => None,
        };
        if let Some(why) = why {
            self.problem(at, why, "leave the default out");
            return None;
        }
        match Given::read(value, Allowed::default()) {
            Ok(Given::Literal(value)) => match stored(&App::default(), field, &value) {
                Ok(value) => Some(Given::Literal(value)),
                Err((said, help)) => {
                    self.wrong(at, said, help);
                    None
                }
            },
            Ok(given) => Some(given),
            Err(said) => {
                self.wrong(at, said, "or give the value itself");
                None
            }
        }
    }

    fn rules(&mut self, raw: Option<&RawRules>, at: &Pointer) -> Vec<Rule> {
        let texts: Vec<&str> = match raw {
            None => return Vec::new(),
            Some(RawRules::Text(text)) => text.split('|').collect(),
            Some(RawRules::List(list)) => list.iter().map(String::as_str).collect(),
        };
        let mut read = Vec::new();
        for (index, text) in texts.into_iter().enumerate() {
            match rule(text.trim()) {
                Ok(rule) => read.push(rule),
                Err(said) => {
                    let help = "rules are written as in Laravel: `required|max:255|unique`";
                    let problem = Diagnostic::error("application", said).help(help);
                    self.at_rule(problem, at, index);
                }
            }
        }
        read
    }

    /// The rules of a field as they are written, each with its number.
    pub(super) fn written_rules(&self, at: &Pointer) -> Vec<(usize, Rule)> {
        let texts: Vec<&str> = match self.document.get(at) {
            Some(Value::String(text)) => text.split('|').collect(),
            Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        };
        let read = texts.into_iter().enumerate();
        read.filter_map(|(index, text)| Some((index, rule(text.trim()).ok()?))).collect()
    }

    /// Places a problem at a rule: in a line of them at its own letters.
    pub(super) fn at_rule(&mut self, problem: Diagnostic, at: &Pointer, index: usize) {
        let placed = match (self.document.get(at), self.letters(at, index)) {
            (Some(Value::Array(_)), _) => problem.at_value(self.document, &at.index(index)),
            (_, Some(range)) => problem.at_range(self.document, range),
            (_, None) => problem.at_value(self.document, at),
        };
        self.problems.push(placed);
    }

    /// Where a rule stands in a text of one line; `None` where it is written in another way, with escapes, say.
    fn letters(&self, at: &Pointer, index: usize) -> Option<Range<usize>> {
        let span = self.document.span(at);
        let written = self.document.text().get(span.clone()).filter(|text| !text.contains('\n'))?;
        let mut from = 0;
        let mut found = None;
        for rule in self.document.get(at)?.as_str()?.split('|').take(index + 1) {
            let start = from + written.get(from..)?.find(rule.trim())?;
            from = start + rule.trim().len();
            found = Some(span.start + start..span.start + from);
        }
        found
    }
}

/// A rule as Laravel writes it: `between:1,5`. A pattern may have commas in it.
fn rule(text: &str) -> Result<Rule, String> {
    let (name, rest) = text.split_once(':').map_or((text, None), |(name, rest)| (name, Some(rest)));
    let parameters = match rest {
        None => Vec::new(),
        Some(pattern) if matches!(name, "regex" | "not_regex") => vec![pattern.to_owned()],
        Some(list) => list.split(',').map(|one| one.trim().to_owned()).collect(),
    };
    rules::known(name, &parameters)?;
    Ok(Rule { name: name.to_owned(), parameters })
}
