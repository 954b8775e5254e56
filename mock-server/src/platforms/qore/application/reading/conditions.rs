//! Conditions: that their paths lead somewhere, and that what they compare with can be there.

use serde_json::{Map, Value};
use tercet_spec::Pointer;

use super::super::condition::{Allowed, Condition, Given};
use super::super::{App, Resource};
use super::Reading;
use super::meaning::{Held, Scope, What};
use super::values::{Wrong, absent, day, option, time};

/// What a value of a condition is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Purpose {
    /// To be equal.
    Equal,
    /// To be smaller or larger.
    Bound,
    /// To be a part of a text.
    Part,
}

impl Reading<'_> {
    /// A condition on the records of a resource.
    pub(super) fn condition(
        &mut self,
        scope: &Scope<'_>,
        raw: Option<&Map<String, Value>>,
        at: &Pointer,
    ) -> Condition {
        let condition = self.bare_condition(raw, scope.allowed, at);
        if let Some(raw) = raw {
            self.tests(scope, scope.resource, raw, at);
        }
        condition
    }

    /// A condition whose paths are looked at later, once all resources are known.
    pub(super) fn bare_condition(
        &mut self,
        raw: Option<&Map<String, Value>>,
        allowed: Allowed,
        at: &Pointer,
    ) -> Condition {
        let Some(raw) = raw else { return Condition::always() };
        let mut faults = Vec::new();
        let condition = Condition::read(raw, allowed, &mut faults);
        for (way, said) in faults {
            let place = way.iter().fold(at.clone(), |at, part| at.child(part));
            self.wrong(&place, said, "the README shows what conditions can say");
        }
        condition
    }

    /// What a condition names and compares with; how it is written has been told of.
    pub(super) fn tests(&mut self, scope: &Scope<'_>, of: &Resource, raw: &Map<String, Value>, at: &Pointer) {
        for (key, value) in raw {
            let at = at.child(key);
            match (key.as_str(), value) {
                ("anyOf" | "allOf", Value::Array(members)) => {
                    for (index, member) in members.iter().enumerate() {
                        if let Value::Object(member) = member {
                            self.tests(scope, of, member, &at.index(index));
                        }
                    }
                }
                ("not", Value::Object(inner)) => self.tests(scope, of, inner, &at),
                ("anyOf" | "allOf", _) => {}
                _ => {
                    let path: Vec<String> = key.split('.').map(str::to_owned).collect();
                    let held = self.path_at_key(scope.app, of, &path, &at);
                    self.test(scope, held, value, &at);
                }
            }
        }
    }

    /// A path that is a key: messages stand there, not at what it is held to.
    fn path_at_key<'a>(
        &mut self,
        app: &'a App,
        of: &'a Resource,
        path: &[String],
        at: &Pointer,
    ) -> Option<Held<'a>> {
        let before = self.problems.len();
        let held = self.path(app, of, path, at);
        for problem in &mut self.problems[before..] {
            *problem = problem.clone().at(self.document, at);
        }
        held
    }

    fn test(&mut self, scope: &Scope<'_>, held: Option<Held<'_>>, value: &Value, at: &Pointer) {
        match value {
            Value::Object(words) => {
                for (word, value) in words {
                    let at = at.child(word);
                    match (word.as_str(), value) {
                        ("enum", Value::Array(values)) => {
                            for (index, value) in values.iter().enumerate() {
                                self.compared(scope, held, value, Purpose::Equal, &at.index(index));
                            }
                        }
                        ("enum", value) => self.compared(scope, held, value, Purpose::Equal, &at),
                        ("not", value) => self.test(scope, held, value, &at),
                        ("minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum", value) => {
                            self.compared(scope, held, value, Purpose::Bound, &at);
                        }
                        ("search" | "startsWith", value) => {
                            self.compared(scope, held, value, Purpose::Part, &at);
                        }
                        _ => {}
                    }
                }
            }
            Value::Array(values) => {
                for (index, value) in values.iter().enumerate() {
                    self.compared(scope, held, value, Purpose::Equal, &at.index(index));
                }
            }
            value => self.compared(scope, held, value, Purpose::Equal, at),
        }
    }

    /// What a test compares with.
    fn compared(
        &mut self,
        scope: &Scope<'_>,
        held: Option<Held<'_>>,
        value: &Value,
        purpose: Purpose,
        at: &Pointer,
    ) {
        let Ok(given) = Given::read(value, scope.allowed) else { return };
        if let Given::Literal(value) = &given {
            let Some(held) = held else { return };
            if let Some((said, help)) = unlike(scope.app, held, value, purpose) {
                self.wrong(at, said, help);
            }
            return;
        }
        let (Some(other), Some(held)) = (self.seen(scope, &given, at), held) else { return };
        if purpose == Purpose::Part || held.meets(other) {
            return;
        }
        let message = format!("this is {}, and it is compared with {}", other.said(), held.said());
        self.wrong(at, message, "both are never the same: compare what can be");
    }
}

/// Why a value can never be what a path leads to.
fn unlike(app: &App, held: Held<'_>, value: &Value, purpose: Purpose) -> Option<Wrong> {
    let wrong = |what: &str| {
        Some((format!("this is compared with {what}, and {value} is none"), "correct the value".to_owned()))
    };
    if value.is_array() || value.is_object() {
        return wrong("a single value");
    }
    if purpose == Purpose::Part {
        return if value.is_string() || value.is_number() { None } else { wrong("a text") };
    }
    if value.is_null() && purpose == Purpose::Equal {
        return None;
    }
    let is_bound = purpose == Purpose::Bound;
    match held.what {
        What::Text if is_bound && !value.is_string() => wrong("a text"),
        What::Text if !(value.is_string() || value.is_number()) => wrong("a text"),
        What::Number if is_bound && !value.is_number() => wrong("a number"),
        What::Number if crate::platforms::qore::rules::number(value).is_none() => wrong("a number"),
        What::Truth if is_bound => {
            Some(("true and false have no order".to_owned(), "ask for one of them".to_owned()))
        }
        What::Truth if !value.is_boolean() => wrong("true or false"),
        What::Day if value.as_str().and_then(day).is_none() => wrong("a day, such as `2023-01-31`"),
        What::Time => moment(value, is_bound),
        What::Chosen(options) if !is_bound && option(options, value).is_none() => {
            let known: Vec<String> = options
                .iter()
                .map(|(one, _)| format!("`{}`", crate::platforms::qore::eyes::shown(one)))
                .collect();
            Some((format!("{value} is none of the options"), format!("there is: {}", known.join(", "))))
        }
        What::Record(resource) if !is_bound => absent(app, &resource.name, value),
        What::File if !is_bound => Some((
            "a file is not compared".to_owned(),
            "ask whether there is one: `{ present: true }`".to_owned(),
        )),
        _ => None,
    }
}

/// Why a value is no time as they are stored, which is how they are compared; a bound may be a day.
fn moment(value: &Value, is_bound: bool) -> Option<Wrong> {
    let text = value.as_str().unwrap_or_default();
    let help = match time(text).map(|time| time.rfc3339(6)) {
        Some(stored) if stored == text || (is_bound && text.len() == 10) => return None,
        Some(stored) => format!("write `{stored}`"),
        None => "write it as `2023-01-31T10:00:00.000000Z`".to_owned(),
    };
    Some((format!("{value} is no time as records have them"), help))
}
