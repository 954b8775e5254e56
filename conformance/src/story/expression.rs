//! Runtime expressions of Arazzo 1.0.

use indexmap::IndexMap;
use serde_json::Value;

use crate::Exchange;

/// A runtime expression.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Expression {
    StatusCode,
    Method,
    Url,
    /// `$response.header.NAME`
    Header(String),
    /// `$response.body` and a JSON Pointer into it.
    Body(String),
    /// `$inputs.NAME` and a JSON Pointer into it.
    Input(String, String),
    /// `$steps.STEP.outputs.NAME` and a JSON Pointer into it.
    Output(String, String, String),
}

/// What expressions can read.
#[derive(Debug, Default)]
pub(super) struct Told<'t> {
    pub(super) inputs: IndexMap<String, Value>,
    pub(super) outputs: IndexMap<String, IndexMap<String, Value>>,
    pub(super) exchange: Option<&'t Exchange>,
}

impl Expression {
    /// Reads the text of an expression.
    ///
    /// # Errors
    /// A sentence that says what is not understood.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let (dotted, pointer) = match text.split_once('#') {
            Some((dotted, pointer)) => (dotted, pointer.to_owned()),
            None => (text, String::new()),
        };
        if !pointer.is_empty() && !pointer.starts_with('/') {
            return Err(format!("in `{text}`, what follows `#` is no JSON Pointer: it begins with `/`"));
        }
        let names: Vec<&str> = dotted.split('.').collect();
        let plain = pointer.is_empty();
        match names.as_slice() {
            ["$statusCode"] if plain => Ok(Self::StatusCode),
            ["$method"] if plain => Ok(Self::Method),
            ["$url"] if plain => Ok(Self::Url),
            ["$response", "header", name] if plain => Ok(Self::Header((*name).to_owned())),
            ["$response", "body"] => Ok(Self::Body(pointer)),
            ["$inputs", name] => Ok(Self::Input((*name).to_owned(), pointer)),
            ["$steps", step, "outputs", name] => {
                Ok(Self::Output((*step).to_owned(), (*name).to_owned(), pointer))
            }
            _ => Err(format!(
                "`{text}` is not understood: expected `$statusCode`, `$method`, `$url`, `$response.header.NAME`, `$response.body#/…`, `$inputs.NAME` or `$steps.STEP.outputs.NAME`"
            )),
        }
    }

    /// Its value; `None` when there is none.
    pub(super) fn value(&self, told: &Told<'_>) -> Option<Value> {
        match self {
            Self::StatusCode => told.exchange?.status().map(Value::from),
            Self::Method => Some(told.exchange?.request.method.clone().into()),
            Self::Url => Some(told.exchange?.request.url.clone().into()),
            Self::Header(name) => Some(told.exchange?.answer.as_ref().ok()?.header(name)?.into()),
            Self::Body(pointer) => told.exchange?.json()?.pointer(pointer).cloned(),
            Self::Input(name, pointer) => told.inputs.get(name)?.pointer(pointer).cloned(),
            Self::Output(step, name, pointer) => told.outputs.get(step)?.get(name)?.pointer(pointer).cloned(),
        }
    }
}

/// Every expression in a value: a text that begins with `$` is one, and texts may have some in braces.
///
/// # Errors
/// What is not understood.
pub(super) fn check(value: &Value) -> Result<(), String> {
    match value {
        Value::String(text) if text.starts_with('$') => Expression::parse(text).map(drop),
        Value::String(text) => pieces(text).map(drop),
        Value::Array(items) => items.iter().try_for_each(check),
        Value::Object(members) => members.values().try_for_each(check),
        _ => Ok(()),
    }
}

/// A value with its expressions put in.
///
/// # Errors
/// The expression that has no value.
pub(super) fn fill(value: &Value, told: &Told<'_>) -> Result<Value, String> {
    match value {
        Value::String(text) if text.starts_with('$') => {
            let expression = Expression::parse(text)?;
            expression.value(told).ok_or_else(|| format!("`{text}` has no value"))
        }
        Value::String(text) => fill_text(text, told).map(Value::String),
        Value::Array(items) => {
            items.iter().map(|item| fill(item, told)).collect::<Result<_, _>>().map(Value::Array)
        }
        Value::Object(members) => {
            let filled = members.iter().map(|(name, member)| Ok((name.clone(), fill(member, told)?)));
            filled.collect::<Result<_, String>>().map(Value::Object)
        }
        other => Ok(other.clone()),
    }
}

/// A text with the expressions in braces put in: `{$inputs.name}`.
pub(super) fn fill_text(text: &str, told: &Told<'_>) -> Result<String, String> {
    let mut filled = String::new();
    for piece in pieces(text)? {
        match piece {
            Piece::Text(text) => filled.push_str(text),
            Piece::Expression(name, expression) => match expression.value(told) {
                Some(Value::String(text)) => filled.push_str(&text),
                Some(other) => filled.push_str(&other.to_string()),
                None => return Err(format!("`{name}` has no value")),
            },
        }
    }
    Ok(filled)
}

enum Piece<'p> {
    Text(&'p str),
    Expression(&'p str, Expression),
}

fn pieces(text: &str) -> Result<Vec<Piece<'_>>, String> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find("{$") {
        let Some(end) = rest[at..].find('}') else {
            return Err(format!("`{{` without `}}` in `{text}`"));
        };
        let name = &rest[at + 1..at + end];
        found.push(Piece::Text(&rest[..at]));
        found.push(Piece::Expression(name, Expression::parse(name)?));
        rest = &rest[at + end + 1..];
    }
    found.push(Piece::Text(rest));
    Ok(found)
}
