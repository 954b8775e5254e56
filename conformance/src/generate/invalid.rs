//! Values that break exactly one rule of a schema.

use serde_json::{Map, Value, json};
use tercet_spec::contract::{Additional, Coerce, Flavour, Schema, SchemaId, Type, UnknownProperties};
use tercet_spec::{Contract, Pointer};

use super::{Chance, format, number, pattern, text};

/// A value that breaks one rule, and which.
#[derive(Clone, Debug, PartialEq)]
pub struct Invalid {
    /// The whole value.
    pub value: Value,
    /// Where in it the rule is broken.
    pub instance: Pointer,
    /// The rule, as [`tercet_spec::contract::Violation::rule`] names it.
    pub rule: String,
    /// Where the rule stands in the document.
    pub schema: Pointer,
    /// What was done.
    pub what: String,
}

/// Values made from `good`, which keeps the schema, each breaking one rule. Every rule of the schema that applies to a part of
/// `good` is broken once, `type` and `format` in more than one way. Whatever the validator does not see in exactly this way
/// is left out.
#[must_use]
pub fn invalids(contract: &Contract, id: SchemaId, good: &Value, chance: &mut Chance) -> Vec<Invalid> {
    let mut walk = Walk { contract, root: id, good, chance, found: Vec::new() };
    walk.visit(id, &Pointer::root(), good, 0);
    walk.found
}

struct Walk<'w> {
    contract: &'w Contract,
    root: SchemaId,
    good: &'w Value,
    chance: &'w mut Chance,
    found: Vec<Invalid>,
}

impl Walk<'_> {
    fn visit(&mut self, id: SchemaId, at: &Pointer, value: &Value, depth: usize) {
        let contract = self.contract;
        let schema = contract.schema(id);
        if depth > 12 {
            return;
        }
        self.wrong_types(schema, at, value);
        if !schema.values.is_empty() {
            self.outside_enum(schema, at);
        }
        match value {
            Value::String(_) => self.texts(schema, at),
            Value::Number(_) => self.numbers(schema, at),
            Value::Array(items) => self.arrays(schema, at, items, depth),
            Value::Object(members) => self.objects(schema, at, members, depth),
            Value::Null | Value::Bool(_) => {}
        }
    }

    /// Puts `bad` at `at` and keeps the result if that breaks `rule` and nothing else.
    fn keep(&mut self, at: &Pointer, bad: Value, rule: &str, what: String) -> bool {
        // Blanks that are taken off before validation are no part of a breach.
        if self.contract.conduct.trim && bad.as_str().is_some_and(|text| text.trim() != text) {
            return false;
        }
        let mut value = self.good.clone();
        let Some(place) = value.pointer_mut(at.as_str()) else {
            return false;
        };
        *place = bad;
        let violations = self.contract.validators.violations(self.root, Flavour::Request, &value);
        let exactly = |rule: &str| {
            !violations.is_empty() && violations.iter().all(|one| one.rule == rule && one.instance == *at)
        };
        if !exactly(rule) {
            return false;
        }
        let schema = violations[0].schema.clone();
        self.found.push(Invalid { value, instance: at.clone(), rule: rule.to_owned(), schema, what });
        true
    }

    fn wrong_types(&mut self, schema: &Schema, at: &Pointer, value: &Value) {
        let Some(kind) = schema.single_type() else {
            return;
        };
        let rule = format!("type.{}", type_word(kind));
        let digits = |value: &Value| Value::String(value.to_string());
        let wrong: Vec<Value> = match kind {
            Type::String => vec![json!(12), json!({})],
            Type::Integer => vec![digits(value), json!(1.5)],
            Type::Number => vec![digits(value), json!([])],
            // Where both are read as booleans something else has to be wrong.
            Type::Boolean if self.contract.conduct.coerce != Coerce::No => vec![json!([])],
            Type::Boolean => vec![json!("true"), json!(1)],
            Type::Array => vec![json!({}), json!("a,b")],
            Type::Object => vec![json!([]), json!("text")],
            Type::Null => vec![json!(0)],
        };
        for bad in wrong {
            if is_coerced(self.contract.conduct.coerce, kind, &bad) {
                continue;
            }
            let what = format!("{} is {}", place(at), kind_of(&bad));
            self.keep(at, bad, &rule, what);
        }
        // Where null counts as absent it is no wrong type; a required value that is absent is another rule.
        if !schema.is_nullable() && !self.contract.conduct.null_is_absent {
            self.keep(at, Value::Null, &rule, format!("{} is null", place(at)));
        }
    }

    fn outside_enum(&mut self, schema: &Schema, at: &Pointer) {
        let bad = match schema.values.iter().find(|value| !value.is_null()) {
            Some(Value::String(text)) => json!(format!("{text}-{}", self.chance.serial())),
            Some(Value::Number(_)) => {
                let most = schema.values.iter().filter_map(Value::as_i64).max().unwrap_or(0);
                json!(most.saturating_add(1))
            }
            _ => return,
        };
        let what = format!("{} is none of the listed values", place(at));
        self.keep(at, bad, "enum", what);
    }

    fn texts(&mut self, schema: &Schema, at: &Pointer) {
        if !schema.values.is_empty() {
            return;
        }
        if let Some(low) = schema.length.0.filter(|low| (1..=text::LONGEST).contains(low)) {
            let short =
                text::of_length(&Schema { length: (None, None), ..schema.clone() }, low - 1, self.chance)
                    .unwrap_or_else(|| "x".repeat(usize::try_from(low - 1).unwrap_or(0)));
            self.keep(
                at,
                Value::String(short),
                "minLength",
                format!("{} has {} characters", place(at), low - 1),
            );
        }
        // A text of a million characters says nothing that one of a thousand does not.
        if let Some(high) = schema.length.1.filter(|high| *high <= 100_000) {
            let free = Schema { length: (None, None), ..schema.clone() };
            if let Some(long) = text::of_length(&free, high + 1, self.chance) {
                self.keep(
                    at,
                    Value::String(long),
                    "maxLength",
                    format!("{} has {} characters", place(at), high + 1),
                );
            }
        }
        if let Some(pattern) = &schema.pattern {
            let miss = pattern::Pattern::read(pattern).and_then(|one| one.near_miss(schema, self.chance));
            if let Some(miss) = miss {
                self.keep(
                    at,
                    Value::String(miss),
                    "pattern",
                    format!("{} does not match its pattern", place(at)),
                );
            }
        }
        if let Some(format) = &schema.format {
            let rule = format!("format.{format}");
            for miss in format::near_misses(format) {
                self.keep(at, json!(miss), &rule, format!("{} is `{miss}`, which is no {format}", place(at)));
            }
        }
    }

    fn numbers(&mut self, schema: &Schema, at: &Pointer) {
        if !schema.values.is_empty() {
            return;
        }
        let beyond = |bound: &serde_json::Number, by: i128| -> Option<Value> {
            match bound.as_i128() {
                Some(whole) => number::of_i128(whole + by),
                None => bound.as_f64().map(|real| json!(real + f64::from(i32::try_from(by).unwrap_or(1)))),
            }
        };
        let tries = [
            (schema.range.0.as_ref().and_then(|bound| beyond(bound, -1)), "minimum"),
            (schema.range.1.as_ref().and_then(|bound| beyond(bound, 1)), "maximum"),
            (schema.exclusive_range.0.as_ref().and_then(|bound| beyond(bound, 0)), "exclusiveMinimum"),
            (schema.exclusive_range.1.as_ref().and_then(|bound| beyond(bound, 0)), "exclusiveMaximum"),
        ];
        for (bad, rule) in tries {
            if let Some(bad) = bad {
                let what = format!("{} is {bad}", place(at));
                self.keep(at, bad, rule, what);
            }
        }
        if let Some(step) =
            schema.multiple_of.as_ref().and_then(serde_json::Number::as_i64).filter(|step| *step > 1)
            && let Some(good) = self.good.pointer(at.as_str()).and_then(Value::as_i64)
        {
            for bad in [good.saturating_add(1), good.saturating_sub(1)] {
                let what = format!("{} is {bad}, no multiple of {step}", place(at));
                if self.keep(at, json!(bad), "multipleOf", what) {
                    break;
                }
            }
        }
    }

    fn arrays(&mut self, schema: &Schema, at: &Pointer, items: &[Value], depth: usize) {
        if let (Some(item), Some(first)) = (schema.items, items.first()) {
            self.visit(item, &at.index(0), first, depth + 1);
        }
        if let Some(low) = schema.items_count.0.filter(|low| *low > 0) {
            let fewer = items.iter().take(usize::try_from(low - 1).unwrap_or(0)).cloned().collect();
            self.keep(at, Value::Array(fewer), "minItems", format!("{} has {} items", place(at), low - 1));
        }
        let Some(first) = items.first() else {
            return;
        };
        if let Some(high) = schema.items_count.1.filter(|high| *high <= 10_000 && !schema.unique_items) {
            let many = vec![first.clone(); usize::try_from(high + 1).unwrap_or(1)];
            self.keep(at, Value::Array(many), "maxItems", format!("{} has {} items", place(at), high + 1));
        }
        if schema.unique_items {
            let twice = vec![first.clone(), first.clone()];
            self.keep(at, Value::Array(twice), "uniqueItems", format!("{} has an item twice", place(at)));
        }
    }

    fn objects(&mut self, schema: &Schema, at: &Pointer, members: &Map<String, Value>, depth: usize) {
        let contract = self.contract;
        for name in schema.required.iter().filter(|name| members.contains_key(*name)) {
            let mut fewer = members.clone();
            fewer.shift_remove(name);
            self.keep(
                at,
                Value::Object(fewer),
                "required",
                format!("{} is left out", place(&at.child(name))),
            );
        }
        for (name, id) in &schema.properties {
            if let Some(member) = members.get(name) {
                self.visit(*id, &at.child(name), member, depth + 1);
            }
        }
        let refuses = contract.conduct.unknown_properties == UnknownProperties::Refuse;
        if schema.additional == Additional::Closed
            && contract.conduct.unknown_properties != UnknownProperties::Drop
            || refuses && schema.additional == Additional::Unstated
        {
            let mut more = members.clone();
            let name = format!("unknown{}", self.chance.serial());
            more.insert(name.clone(), json!("x"));
            let what = format!("{} is not a known property", place(&at.child(&name)));
            self.keep(at, Value::Object(more), "additionalProperties", what);
        }
    }
}

/// Whether a scalar of another type is read as the one that is wanted (`x-conduct.coerce`).
fn is_coerced(coerce: Coerce, wanted: Type, value: &Value) -> bool {
    match coerce {
        Coerce::No => return false,
        // Nothing is a wrong number or boolean there, and nothing else is converted.
        Coerce::Php => return matches!(wanted, Type::Integer | Type::Number | Type::Boolean),
        Coerce::Readable => {}
    }
    match (wanted, value) {
        (Type::String, Value::Number(_)) => true,
        (Type::Integer | Type::Number, Value::String(text)) => text.parse::<f64>().is_ok(),
        (Type::Boolean, Value::String(text)) => ["true", "false", "1", "0"].contains(&text.as_str()),
        (Type::Boolean, Value::Number(number)) => matches!(number.as_i64(), Some(0 | 1)),
        _ => false,
    }
}

/// A place for messages: with dots, `the body` for the root.
fn place(at: &Pointer) -> String {
    let path: Vec<String> = at.tokens().collect();
    if path.is_empty() { "the value".to_owned() } else { format!("`{}`", path.join(".")) }
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(number) if number.is_f64() => "a fraction",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

pub(super) fn type_word(kind: Type) -> &'static str {
    match kind {
        Type::Null => "null",
        Type::Boolean => "boolean",
        Type::Integer => "integer",
        Type::Number => "number",
        Type::String => "string",
        Type::Array => "array",
        Type::Object => "object",
    }
}
