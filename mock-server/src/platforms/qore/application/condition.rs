//! Conditions on records, and the values that they compare with: the words are those of `VOCABULARY.md`.

use serde_json::{Map, Value};

/// What must hold of a record.
#[derive(Clone, Debug)]
pub(crate) enum Condition {
    /// All of them; everything where there are none.
    All(Vec<Condition>),
    /// One of them.
    Any(Vec<Condition>),
    /// Not this one.
    Not(Box<Condition>),
    /// A field, or a path through relations, passes a test.
    Field(Vec<String>, Test),
}

/// What a value is held to.
#[derive(Clone, Debug)]
pub(crate) enum Test {
    /// It is this, or has it among its members.
    Equal(Given),
    /// It is one of these, or has one of them among its members; an expression may stand for the whole list.
    Enum(Vec<Given>),
    /// It does not pass that.
    Not(Box<Test>),
    Minimum(Given),
    Maximum(Given),
    ExclusiveMinimum(Given),
    ExclusiveMaximum(Given),
    /// It contains this, in whatever letter case.
    Search(Given),
    /// It begins with this.
    StartsWith(Given),
    /// It is there, or is null or an empty list.
    Present(bool),
    /// All of these.
    All(Vec<Test>),
}

/// A value of the file, or an expression.
#[derive(Clone, Debug)]
pub(crate) enum Given {
    Literal(Value),
    /// `$me`, `$me.organization`: the caller's key, or what a path from the caller leads to.
    Me(Vec<String>),
    /// `$record.project`: what a path from the record leads to.
    Record(Vec<String>),
    /// `$state.project`: what the form holds.
    State(Vec<String>),
    /// `$form.remark`: what an action was given.
    Form(Vec<String>),
    /// `$today`
    Today,
    /// `$now`
    Now,
}

/// The expressions that may stand somewhere.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Allowed {
    /// `$state.…`
    pub(crate) state: bool,
    /// `$form.…`
    pub(crate) form: bool,
    /// `$record.…`
    pub(crate) record: bool,
}

/// Something wrong in a condition: the way to it from the condition, and a sentence.
pub(crate) type Fault = (Vec<String>, String);

impl Condition {
    /// The condition that always holds.
    pub(crate) fn always() -> Self {
        Self::All(Vec::new())
    }

    /// Whether it says nothing.
    pub(crate) fn is_always(&self) -> bool {
        matches!(self, Self::All(all) if all.is_empty())
    }

    /// Reads a condition as the file has it.
    pub(crate) fn read(map: &Map<String, Value>, allowed: Allowed, faults: &mut Vec<Fault>) -> Self {
        let mut all = Vec::new();
        for (key, value) in map {
            let mut inner = Vec::new();
            match (key.as_str(), value) {
                ("anyOf" | "allOf", Value::Array(members)) => {
                    let mut read = Vec::new();
                    for (index, member) in members.iter().enumerate() {
                        read.push(Self::member(member, &index.to_string(), allowed, &mut inner));
                    }
                    all.push(if key == "anyOf" { Self::Any(read) } else { Self::All(read) });
                }
                ("not", Value::Object(_)) => {
                    let mut below = Vec::new();
                    let read = Self::member(value, "", allowed, &mut below);
                    inner.extend(below.into_iter().map(|(way, said)| (way[1..].to_vec(), said)));
                    all.push(Self::Not(Box::new(read)));
                }
                ("anyOf" | "allOf", _) => {
                    inner.push((Vec::new(), format!("`{key}` takes a list of conditions")));
                }
                _ => {
                    let path = key.split('.').map(str::to_owned).collect();
                    all.push(Self::Field(path, Test::read(value, allowed, &mut inner)));
                }
            }
            faults.extend(inner.into_iter().map(|(way, said)| (prefixed(key, way), said)));
        }
        Self::All(all)
    }

    fn member(value: &Value, key: &str, allowed: Allowed, faults: &mut Vec<Fault>) -> Self {
        let mut inner = Vec::new();
        let read = match value {
            Value::Object(map) => Self::read(map, allowed, &mut inner),
            _ => {
                inner.push((Vec::new(), "a condition is a mapping from field to test".to_owned()));
                Self::always()
            }
        };
        faults.extend(inner.into_iter().map(|(way, said)| (prefixed(key, way), said)));
        read
    }
}

impl Test {
    fn read(value: &Value, allowed: Allowed, faults: &mut Vec<Fault>) -> Self {
        let given = |value: &Value, way: &[&str], faults: &mut Vec<Fault>| match Given::read(value, allowed) {
            Ok(given) => given,
            Err(said) => {
                faults.push((way.iter().map(|&one| one.to_owned()).collect(), said));
                Given::Literal(Value::Null)
            }
        };
        match value {
            Value::Object(words) => {
                let mut all = Vec::new();
                for (word, value) in words {
                    all.push(match word.as_str() {
                        "enum" => match value {
                            Value::Array(values) => {
                                let mut read = Vec::new();
                                for (index, value) in values.iter().enumerate() {
                                    read.push(given(value, &[word, &index.to_string()], faults));
                                }
                                Self::Enum(read)
                            }
                            _ => Self::Enum(vec![given(value, &[word], faults)]),
                        },
                        "not" => {
                            let mut inner = Vec::new();
                            let read = Self::read(value, allowed, &mut inner);
                            faults.extend(inner.into_iter().map(|(way, said)| (prefixed(word, way), said)));
                            Self::Not(Box::new(read))
                        }
                        "minimum" => Self::Minimum(given(value, &[word], faults)),
                        "maximum" => Self::Maximum(given(value, &[word], faults)),
                        "exclusiveMinimum" => Self::ExclusiveMinimum(given(value, &[word], faults)),
                        "exclusiveMaximum" => Self::ExclusiveMaximum(given(value, &[word], faults)),
                        "search" => Self::Search(given(value, &[word], faults)),
                        "startsWith" => Self::StartsWith(given(value, &[word], faults)),
                        "present" => match value.as_bool() {
                            Some(wanted) => Self::Present(wanted),
                            None => {
                                faults.push((vec![word.clone()], "`present` is true or false".to_owned()));
                                continue;
                            }
                        },
                        _ => {
                            let known = "enum, not, minimum, maximum, exclusiveMinimum, exclusiveMaximum, search, startsWith, present";
                            faults.push((vec![word.clone()], format!("there is no test `{word}`, only {known}")));
                            continue;
                        }
                    });
                }
                Self::All(all)
            }
            Value::Array(values) => {
                let mut read = Vec::new();
                for (index, value) in values.iter().enumerate() {
                    read.push(given(value, &[&index.to_string()], faults));
                }
                Self::Enum(read)
            }
            _ => Self::Equal(given(value, &[], faults)),
        }
    }
}

impl Given {
    /// Reads a value of the file: a text that begins with `$` is an expression, with `$$` a text that begins with `$`.
    pub(crate) fn read(value: &Value, allowed: Allowed) -> Result<Self, String> {
        let Some(rest) = value.as_str().and_then(|text| text.strip_prefix('$')) else {
            return Ok(Self::Literal(value.clone()));
        };
        if rest.starts_with('$') {
            return Ok(Self::Literal(rest.into()));
        }
        let mut parts = rest.split('.').map(str::to_owned);
        let head = parts.next().unwrap_or_default();
        let path: Vec<String> = parts.collect();
        let several = !path.is_empty() && path.iter().all(|part| !part.is_empty());
        match head.as_str() {
            "today" if path.is_empty() => Ok(Self::Today),
            "now" if path.is_empty() => Ok(Self::Now),
            "me" if path.is_empty() || several => Ok(Self::Me(path)),
            "record" if allowed.record && several => Ok(Self::Record(path)),
            "state" if allowed.state && several => Ok(Self::State(path)),
            "form" if allowed.form && several => Ok(Self::Form(path)),
            _ => {
                let mut known = vec!["`$me`, `$me.field`, `$today`, `$now`"];
                known.extend(allowed.record.then_some("`$record.field`"));
                known.extend(allowed.state.then_some("`$state.field`"));
                known.extend(allowed.form.then_some("`$form.field`"));
                Err(format!(
                    "`${rest}` means nothing here, only {}; a text that begins with `$` is written with `$$`",
                    known.join(", ")
                ))
            }
        }
    }
}

fn prefixed(key: &str, mut way: Vec<String>) -> Vec<String> {
    way.insert(0, key.to_owned());
    way
}
