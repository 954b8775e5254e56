//! The state as JSON, for files and for `/_mock/state`.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::proof;
use super::transaction::Transaction;
use super::value::State;
use crate::action::ActionTable;
use crate::entropy::Entropy;
use crate::model::Model;

impl State {
    /// The state as JSON: `{"collections": {NAME: [RECORD, …]}, "sequences": {NAME: n}, "entropy": {"seed": s, "draws": d},
    /// "checksum": …}`, and `extension` where the platform keeps something beside its collections. It holds everything, passwords and tokens too.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let mut collections = Map::new();
        let mut sequences = Map::new();
        for (model, table) in self.model.collections.iter().zip(self.tables.iter()) {
            let records = table.iter().map(|record| Value::Object(record.fields().clone())).collect();
            collections.insert(model.name.clone(), Value::Array(records));
            if table.number() > 0 {
                sequences.insert(model.name.clone(), table.number().into());
            }
        }
        // As text: a seed may be larger than the numbers JavaScript keeps whole.
        let entropy = json!({ "seed": self.entropy.seed().to_string(), "draws": self.entropy.draws() });
        let collections = Value::Object(collections);
        let checksum = proof::checksum(&self.model, &collections);
        let mut json = json!({
            "collections": collections, "sequences": sequences, "entropy": entropy, "checksum": checksum,
        });
        let extension = self.extension.to_json();
        if !extension.is_null() {
            json["extension"] = extension;
        }
        json
    }

    /// Reads what [`to_json`](Self::to_json) wrote, or a person: `collections` may stand alone, and so may its members.
    /// Records keep the schema of their collection, but those that `checksum` shows to be as the program wrote them.
    pub(crate) fn from_json(
        model: &Arc<Model>,
        entropy: Entropy,
        actions: &dyn ActionTable,
        json: &Value,
    ) -> Result<Self, Vec<String>> {
        let Value::Object(root) = json else {
            return Err(vec![format!("expected an object with `collections`, found {}", kind(json))]);
        };
        let mut problems = Vec::new();
        let known = ["collections", "sequences", "entropy", "extension", "checksum"];
        for name in root.keys().filter(|name| !known.contains(&name.as_str())) {
            problems.push(format!(
                "`{name}` is unknown: expected `collections`, `sequences`, `entropy` and `extension`"
            ));
        }
        let entropy = read_entropy(root.get("entropy"), entropy, &mut problems);
        let extension = match root.get("extension") {
            None | Some(Value::Null) => actions.extension(),
            Some(saved) => actions.restore_extension(saved).unwrap_or_else(|errors| {
                problems.extend(errors.into_iter().map(|error| format!("`extension`: {error}")));
                actions.extension()
            }),
        };
        let mut tx = Transaction::begin(&Self::empty(model.clone(), entropy, extension));
        match root.get("collections") {
            Some(all @ Value::Object(collections)) => {
                let proven = root.get("checksum").and_then(Value::as_str);
                let proven = proven.is_some_and(|sum| sum == proof::checksum(model, all));
                read_collections(&mut tx, collections, proven, &mut problems);
            }
            Some(other) => problems.push(format!("`collections` must be an object, found {}", kind(other))),
            None => problems.push("`collections` is missing".to_owned()),
        }
        match root.get("sequences") {
            Some(Value::Object(sequences)) => read_sequences(&mut tx, sequences, &mut problems),
            Some(other) => problems.push(format!("`sequences` must be an object, found {}", kind(other))),
            None => {}
        }
        if problems.is_empty() { Ok(tx.commit()) } else { Err(problems) }
    }
}

fn read_collections(
    tx: &mut Transaction,
    collections: &Map<String, Value>,
    proven: bool,
    problems: &mut Vec<String>,
) {
    let mut places = Vec::new();
    for (name, records) in collections {
        let Some(collection) = tx.state.model.collection_named(name) else {
            let known: Vec<_> = tx.state.collections().map(|one| format!("`{one}`")).collect();
            problems.push(format!("there is no collection `{name}`: expected one of {}", known.join(", ")));
            continue;
        };
        let Value::Array(records) = records else {
            problems.push(format!("`collections.{name}` must be a list of records, found {}", kind(records)));
            continue;
        };
        for (position, record) in records.iter().enumerate() {
            let place = format!("collections.{name}[{position}]");
            let Value::Object(fields) = record else {
                problems.push(format!("`{place}` must be a record, found {}", kind(record)));
                continue;
            };
            let key = tx.state.model.collections[collection].key.as_str();
            let place = match fields.get(key) {
                Some(value) => format!("`{place}` ({key}: {value})"),
                None => format!("`{place}`"),
            };
            let faults = match proven {
                true => Vec::new(),
                false => proof::faults(&tx.state.model, collection, fields),
            };
            problems.extend(faults.iter().map(|fault| format!("{place}: {fault}")));
            match tx.insert(collection, fields.clone()) {
                Ok(record) => places.push((place, collection, record)),
                Err(outcome) if faults.contains(&outcome.message) => {}
                Err(outcome) => problems.push(format!("{place}: {}", outcome.message)),
            }
        }
    }
    // After all records are in: they may refer to each other in any order. One by one, so that all problems are told.
    let all = tx.clone();
    for (place, collection, record) in places {
        if let Err(outcome) = all.references_of(&record) {
            problems.push(format!("{place}: {}", outcome.message));
        }
        reserve_numbers(tx, collection, record.fields());
    }
}

/// Numbers that records have are not given again, also where a person left `sequences` out.
fn reserve_numbers(tx: &mut Transaction, collection: usize, fields: &Map<String, Value>) {
    let model = tx.state.model.clone();
    let used = model.collections[collection].numbers_in(fields);
    if used > 0 {
        tx.state.table_mut(collection).reserve_number(used);
    }
}

fn read_sequences(tx: &mut Transaction, sequences: &Map<String, Value>, problems: &mut Vec<String>) {
    for (name, number) in sequences {
        match (tx.state.model.collection_named(name), number.as_u64()) {
            (Some(collection), Some(number)) => tx.state.table_mut(collection).reserve_number(number),
            (None, _) => problems.push(format!("`sequences.{name}`: there is no collection `{name}`")),
            (_, None) => {
                problems.push(format!("`sequences.{name}` must be a whole number, found {}", kind(number)));
            }
        }
    }
}

fn read_entropy(saved: Option<&Value>, own: Entropy, problems: &mut Vec<String>) -> Entropy {
    let Some(saved) = saved else { return own };
    let seed = saved.get("seed").and_then(Value::as_str).and_then(|text| text.parse().ok());
    let draws = saved.get("draws").and_then(Value::as_u64);
    if let (Some(seed), Some(draws)) = (seed, draws) {
        return Entropy::resume(seed, draws);
    }
    problems.push("`entropy` must have a `seed` (digits in quotes) and `draws` (a whole number)".to_owned());
    own
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
