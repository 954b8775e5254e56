//! Values made from a schema: realistic, and the same for the same seed and operation.

use serde_json::{Map, Number, Value};
use tercet_spec::Contract;
use tercet_spec::contract::{Additional, Schema, SchemaId, Type};

use super::pattern;
use crate::entropy::{Entropy, Timestamp};

/// Makes values.
pub(super) struct Generator<'a> {
    contract: &'a Contract,
    entropy: Entropy,
    /// Schemas that are being made, innermost last: a recursive one ends.
    open: Vec<SchemaId>,
}

/// How often a schema may stand inside itself.
const NESTED: usize = 2;

impl<'a> Generator<'a> {
    pub(super) fn new(contract: &'a Contract, seed: u64, operation: &str) -> Self {
        // FNV-1a: the same operation gives the same values, whatever was asked before.
        let hash = operation.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
        });
        Self { contract, entropy: Entropy::new(seed ^ hash), open: Vec::new() }
    }

    /// A value of that schema.
    pub(super) fn value(&mut self, id: SchemaId) -> Value {
        self.named("", id)
    }

    fn named(&mut self, name: &str, id: SchemaId) -> Value {
        let schema = self.contract.schema(id);
        if let Some(example) = &schema.example {
            return example.clone();
        }
        if let Some(value) = schema.values.first().or(schema.default.as_ref()) {
            return value.clone();
        }
        if self.open.iter().filter(|one| **one == id).count() >= NESTED {
            return if schema.allows(Type::Array) && schema.items.is_some() {
                Value::Array(Vec::new())
            } else {
                Value::Null
            };
        }
        self.open.push(id);
        let value = self.composed(name, schema);
        self.open.pop();
        value
    }

    fn composed(&mut self, name: &str, schema: &'a Schema) -> Value {
        let branch = schema.one_of.first().or(schema.any_of.first());
        let kind =
            schema.single_type().or_else(|| schema.types.iter().copied().find(|one| *one != Type::Null));
        let own = match kind {
            _ if !schema.properties.is_empty() => self.object(schema),
            None if schema.items.is_some() => self.list(name, schema),
            Some(Type::Object) => self.object(schema),
            Some(Type::Array) => self.list(name, schema),
            Some(Type::String) => self.text(name, schema).into(),
            Some(Type::Integer) => self.number(schema, true),
            Some(Type::Number) => self.number(schema, false),
            Some(Type::Boolean) => (self.entropy.below(2) == 1).into(),
            Some(Type::Null) | None => Value::Null,
        };
        match (own, branch.map(|branch| self.named(name, *branch))) {
            (Value::Object(mut own), Some(Value::Object(more))) => {
                own.extend(more);
                Value::Object(own)
            }
            (Value::Null, Some(branch)) => branch,
            (own, _) => own,
        }
    }

    fn object(&mut self, schema: &'a Schema) -> Value {
        let mut members = Map::new();
        for (name, property) in &schema.properties {
            let own = self.contract.schema(*property);
            let nested = self.open.contains(property) && !schema.required.contains(name);
            if !own.write_only && !nested {
                members.insert(name.clone(), self.named(name, *property));
            }
        }
        if let (Additional::Schema(value), true) = (&schema.additional, schema.properties.is_empty()) {
            let wanted = schema.properties_count.0.unwrap_or(1).clamp(1, 8);
            for number in 1..=wanted {
                members.insert(format!("key{number}"), self.named("", *value));
            }
        }
        Value::Object(members)
    }

    fn list(&mut self, name: &str, schema: &'a Schema) -> Value {
        let Some(items) = schema.items else { return Value::Array(Vec::new()) };
        let least = schema.items_count.0.unwrap_or(0);
        let most = schema.items_count.1.unwrap_or(u64::MAX);
        let wanted = least.max(2).min(most).min(1000);
        let singular = name.strip_suffix('s').unwrap_or(name);
        let mut members: Vec<Value> = Vec::new();
        for _ in 0..wanted {
            let member = self.named(singular, items);
            if !schema.unique_items || !members.contains(&member) {
                members.push(member);
            }
        }
        Value::Array(members)
    }

    fn number(&mut self, schema: &Schema, whole: bool) -> Value {
        let as_float = |number: &Option<Number>| number.as_ref().and_then(Number::as_f64);
        let step = as_float(&schema.multiple_of).filter(|step| *step > 0.0);
        let unit = step.unwrap_or(if whole { 1.0 } else { 0.5 });
        let least =
            as_float(&schema.range.0).or(as_float(&schema.exclusive_range.0).map(|least| least + unit));
        let most = as_float(&schema.range.1).or(as_float(&schema.exclusive_range.1).map(|most| most - unit));
        let (least, most) = match (least, most) {
            (Some(least), Some(most)) => (least, most),
            (Some(least), None) => (least, least + 99.0 * unit),
            (None, Some(most)) => (most - 99.0 * unit, most),
            (None, None) => (1.0, 100.0),
        };
        let first = (least / unit).ceil();
        let steps = ((most / unit).floor() - first).clamp(0.0, 1e9);
        // The clamp above keeps this conversion exact.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
        let value = (first + self.entropy.below(steps as u64 + 1) as f64) * unit;
        if whole && value.abs() < 9e15 {
            #[allow(clippy::cast_possible_truncation)]
            return Value::from(value as i64);
        }
        Number::from_f64(value).map_or(Value::Null, Value::Number)
    }

    fn text(&mut self, name: &str, schema: &Schema) -> String {
        if let Some(pattern) = &schema.pattern
            && let Some(text) = pattern::matching(pattern, &mut self.entropy)
        {
            return text;
        }
        let text = self.formatted(schema.format.as_deref()).unwrap_or_else(|| self.worded(name));
        fit(&text, schema.length)
    }

    fn formatted(&mut self, format: Option<&str>) -> Option<String> {
        let number = self.entropy.below(1000);
        Some(match format? {
            "uuid" => self.entropy.uuid(),
            "date-time" => self.moment().to_string(),
            "date" => self.moment().to_string().chars().take(10).collect(),
            "time" => self.moment().to_string().chars().skip(11).collect(),
            "duration" => format!("PT{}M", number % 60 + 1),
            "email" | "idn-email" => format!("{}@example.com", self.person().0.to_lowercase()),
            "hostname" | "idn-hostname" => format!("host{number}.example.com"),
            "uri" | "url" | "iri" => format!("https://example.com/{number}"),
            "uri-reference" | "iri-reference" => format!("/{number}"),
            "ipv4" => format!("192.0.2.{}", number % 254 + 1),
            "ipv6" => format!("2001:db8::{number:x}"),
            "byte" => "VGVyY2V0".to_owned(),
            "json-pointer" => "/example".to_owned(),
            "regex" => "^[a-z]+$".to_owned(),
            "password" => self.entropy.token(12),
            _ => return None,
        })
    }

    /// What a property's name promises.
    fn worded(&mut self, name: &str) -> String {
        let (first, last) = self.person();
        let lower = name.to_ascii_lowercase();
        let ends = |ending: &str| lower.ends_with(ending);
        match lower.as_str() {
            "firstname" | "first_name" | "givenname" | "given_name" => first.to_owned(),
            "lastname" | "last_name" | "surname" | "familyname" | "family_name" => last.to_owned(),
            "username" | "login" | "nickname" => first.to_lowercase(),
            "name" | "fullname" | "full_name" | "displayname" | "display_name" | "author" | "owner" => {
                format!("{first} {last}")
            }
            "city" => "Berlin".to_owned(),
            "country" => "Germany".to_owned(),
            "currency" => "EUR".to_owned(),
            "locale" | "language" => "en".to_owned(),
            "color" | "colour" => "#3366cc".to_owned(),
            "phone" | "phonenumber" | "phone_number" => format!("+1202555{:04}", self.entropy.below(10_000)),
            _ if ends("email") => format!("{}@example.com", first.to_lowercase()),
            _ if ends("url") || ends("uri") || ends("link") => {
                format!("https://example.com/{}", self.entropy.below(1000))
            }
            "id" => self.entropy.object_id(self.moment_fixed()),
            _ if ends("_id") || name.ends_with("Id") => self.entropy.object_id(self.moment_fixed()),
            _ if ends("token") || ends("secret") || ends("password") => self.entropy.token(24),
            _ if ends("_at") || name.ends_with("At") || ends("date") => self.moment().to_string(),
            _ if lower.contains("description") || lower.contains("comment") || lower.contains("message") => {
                "A few words that describe it.".to_owned()
            }
            "" => "text".to_owned(),
            _ => format!("{name} {}", self.entropy.below(100) + 1),
        }
    }

    fn person(&mut self) -> (&'static str, &'static str) {
        const FIRST: [&str; 8] = ["Ada", "Grace", "Alan", "Edsger", "Barbara", "Donald", "Margaret", "Tony"];
        const LAST: [&str; 8] =
            ["Lovelace", "Hopper", "Turing", "Dijkstra", "Liskov", "Knuth", "Hamilton", "Hoare"];
        let of = |entropy: &mut Entropy, names: [&'static str; 8]| {
            names[usize::try_from(entropy.below(8)).unwrap_or(0)]
        };
        (of(&mut self.entropy, FIRST), of(&mut self.entropy, LAST))
    }

    /// Some moment of 2024.
    fn moment(&mut self) -> Timestamp {
        self.moment_fixed().after(self.entropy.below(365 * 24 * 3600) * 1000)
    }

    fn moment_fixed(&self) -> Timestamp {
        Timestamp(1_704_067_200_000)
    }
}

fn fit(text: &str, (least, most): (Option<u64>, Option<u64>)) -> String {
    let least = usize::try_from(least.unwrap_or(0)).unwrap_or(usize::MAX).min(100_000);
    let most = usize::try_from(most.unwrap_or(u64::MAX)).unwrap_or(usize::MAX);
    let length = text.chars().count();
    if length > most {
        return text.chars().take(most).collect();
    }
    let padding = std::iter::repeat_n('x', least.saturating_sub(length));
    text.chars().chain(padding).collect()
}
