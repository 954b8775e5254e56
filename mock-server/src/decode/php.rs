//! Query strings and forms as PHP reads them: `tags[]=a&tags[]=b` is a list, `criteria[label]=x` an object, and of a name
//! that is written twice the last counts (the PHP manual, "Variables From External Sources").

use indexmap::IndexMap;
use serde_json::{Map, Value};
use tercet_spec::Contract;
use tercet_spec::contract::SchemaId;

use super::coerce;
use super::wire::{Pair, form_decode, is_utf8, pairs};

/// PHP's own limit (`max_input_nesting_level`).
const DEEPEST: usize = 64;

#[derive(Debug)]
enum Node {
    Text(String),
    Members(IndexMap<String, Node>),
}

/// Reads a form as the properties of a schema.
///
/// # Errors
/// A sentence.
pub(super) fn form(contract: &Contract, schema: Option<SchemaId>, text: &str) -> Result<Value, String> {
    members(contract, schema, &pairs(text, '&', form_decode))
}

/// Reads names and texts as the properties of a schema.
///
/// # Errors
/// A sentence.
pub(super) fn members(
    contract: &Contract,
    schema: Option<SchemaId>,
    pairs: &[Pair<'_>],
) -> Result<Value, String> {
    let members = names(pairs).map_err(|(name, why)| format!("`{name}` {why}"))?;
    Ok(Value::Object(
        members
            .into_iter()
            .map(|(name, value)| {
                let property = schema.and_then(|id| coerce::property(contract, id, &name));
                (name, typed(contract, property, value))
            })
            .collect(),
    ))
}

/// What pairs of names and texts mean, all of it still texts.
///
/// # Errors
/// The name, and what is wrong with it.
pub(crate) fn names(pairs: &[Pair<'_>]) -> Result<Map<String, Value>, (String, String)> {
    let mut all = IndexMap::new();
    for pair in pairs {
        let shown = || pair.name.chars().take(60).collect::<String>();
        if !is_utf8(pair.raw) {
            return Err((shown(), "is not valid UTF-8".to_owned()));
        }
        let keys = keys(&pair.name);
        if keys.len() > DEEPEST {
            return Err((shown(), format!("is nested deeper than {DEEPEST} levels")));
        }
        if let Some((first, rest)) = keys.split_first().filter(|(first, _)| !first.is_empty()) {
            put(&mut all, first, rest, pair.value.clone().into_owned());
        }
    }
    Ok(all.into_iter().map(|(name, node)| (name, node.value())).collect())
}

/// `a[b][]` is `a`, `b` and nothing. Dots and blanks before the first bracket become underscores, as does a bracket that
/// nothing closes; what follows a closed one is left out.
fn keys(name: &str) -> Vec<String> {
    let name = name.trim_start_matches(' ');
    let open = name.char_indices().skip(1).find(|(_, letter)| *letter == '[').map(|(at, _)| at);
    let plain = |text: &str| text.replace(['.', ' '], "_");
    let first = |text: &str| match text.strip_prefix('[') {
        Some(rest) => format!("_{}", plain(rest)),
        None => plain(text),
    };
    let Some(open) = open else { return vec![first(name)] };
    let Some(_) = name[open..].find(']') else {
        return vec![format!("{}_{}", first(&name[..open]), &name[open + 1..])];
    };
    let mut keys = vec![first(&name[..open])];
    let mut rest = &name[open..];
    while let Some((key, after)) = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        keys.push(key.to_owned());
        rest = after;
    }
    keys
}

fn put(members: &mut IndexMap<String, Node>, key: &str, rest: &[String], text: String) {
    let key = if key.is_empty() { next(members) } else { key.to_owned() };
    let Some((inner, rest)) = rest.split_first() else {
        members.insert(key, Node::Text(text));
        return;
    };
    let node = members.entry(key).or_insert_with(|| Node::Members(IndexMap::new()));
    if matches!(node, Node::Text(_)) {
        *node = Node::Members(IndexMap::new());
    }
    if let Node::Members(members) = node {
        put(members, inner, rest, text);
    }
}

/// The number after the highest.
fn next(members: &IndexMap<String, Node>) -> String {
    let highest = members.keys().filter_map(|key| key.parse::<u64>().ok()).max();
    highest.map_or(0, |number| number.saturating_add(1)).to_string()
}

impl Node {
    /// Members that are numbered without a gap are a list.
    fn value(self) -> Value {
        match self {
            Self::Text(text) => Value::String(text),
            Self::Members(members) => {
                let numbered = members.keys().enumerate().all(|(index, key)| *key == index.to_string());
                if numbered {
                    return members.into_values().map(Self::value).collect();
                }
                Value::Object(members.into_iter().map(|(name, node)| (name, node.value())).collect())
            }
        }
    }
}

/// Texts as a schema says: scalars that can be read as its types, and nothing else.
pub(crate) fn typed(contract: &Contract, schema: Option<SchemaId>, value: Value) -> Value {
    match value {
        Value::String(text) => coerce::scalar(contract, schema, &text),
        Value::Array(items) => {
            let inner = schema.and_then(|id| coerce::items(contract, id));
            items.into_iter().map(|item| typed(contract, inner, item)).collect()
        }
        Value::Object(members) => {
            let property = |name: &str| schema.and_then(|id| coerce::property(contract, id, name));
            let member = |(name, value): (String, Value)| {
                let value = typed(contract, property(&name), value);
                (name, value)
            };
            Value::Object(members.into_iter().map(member).collect())
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::wire::{form_decode, pairs};
    use super::names;

    fn read(text: &str) -> Value {
        Value::Object(names(&pairs(text, '&', form_decode)).unwrap())
    }

    #[test]
    fn names_are_read_as_php_reads_them() {
        for (text, expected) in [
            ("a=1&a=2", json!({ "a": "2" })),
            ("a[]=1&a[]=2", json!({ "a": ["1", "2"] })),
            ("a%5B%5D=1&b=+x", json!({ "a": ["1"], "b": " x" })),
            ("a[x]=1&a[y][]=2&a[y][]=3", json!({ "a": { "x": "1", "y": ["2", "3"] } })),
            ("a[1]=x&a[]=y", json!({ "a": { "1": "x", "2": "y" } })),
            ("a[1]=x&a[0]=y", json!({ "a": { "1": "x", "0": "y" } })),
            ("a=1&a[]=2", json!({ "a": ["2"] })),
            ("a[]=1&a=2", json!({ "a": "2" })),
            ("a.b=1&c d=2", json!({ "a_b": "1", "c_d": "2" })),
            ("a[b.c]=1", json!({ "a": { "b.c": "1" } })),
            ("a[b=1&[c]=2", json!({ "a_b": "1", "_c]": "2" })),
            ("a[b]c=1&=2&d", json!({ "a": { "b": "1" }, "d": "" })),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_text_or_too_deep_is_refused() {
        let refused = |text: &str| names(&pairs(text, '&', form_decode)).unwrap_err().1;
        assert_eq!(refused("a=%ff"), "is not valid UTF-8");
        assert_eq!(refused(&format!("a{}=1", "[b]".repeat(64))), "is nested deeper than 64 levels");
    }
}
