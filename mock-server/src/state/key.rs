//! Keys: field values in the form in which indexes compare them.

use std::hash::Hasher;

use serde_json::{Map, Number, Value};
use siphasher::sip128::{Hasher128, SipHasher13};

use crate::model::IndexModel;

/// The digest of one value, or of a combination of values: equal digests are equal values (of 128 bits, two different
/// values would first have one in common after some 10¹⁹ records). A million of them cost no text.
pub(crate) type Key = u128;

/// The key of one value; `None` for null, which no index holds.
pub(crate) fn of_value(value: &Value, fold: bool) -> Option<Key> {
    let mut digest = SipHasher13::new();
    write(&mut digest, value, fold)?;
    Some(digest.finish128().as_u128())
}

/// Adds the keys under which an index holds a record. Several for a list, none when a part is null or absent.
pub(crate) fn of_record(index: &IndexModel, fields: &Map<String, Value>, keys: &mut Vec<Key>) {
    if let [(name, fold)] = index.fields.as_slice() {
        match fields.get(name) {
            Some(Value::Array(members)) if !index.unique => {
                keys.extend(members.iter().filter_map(|member| of_value(member, *fold)));
                keys.sort_unstable();
                keys.dedup();
            }
            Some(value) => keys.extend(of_value(value, *fold)),
            None => {}
        }
        return;
    }
    let mut digest = SipHasher13::new();
    for (name, fold) in &index.fields {
        // The digest of each part keeps (`a`, `bc`) and (`ab`, `c`) apart.
        let Some(part) = fields.get(name).and_then(|value| of_value(value, *fold)) else { return };
        digest.write_u128(part);
    }
    keys.push(digest.finish128().as_u128());
}

/// The first byte says of which kind the value is.
fn write(digest: &mut SipHasher13, value: &Value, fold: bool) -> Option<()> {
    match value {
        Value::Null => return None,
        Value::Bool(flag) => digest.write(if *flag { b"#t" } else { b"#f" }),
        Value::Number(number) => write_number(digest, number),
        Value::String(own) => {
            digest.write(b"=");
            if fold { digest.write(own.to_lowercase().as_bytes()) } else { digest.write(own.as_bytes()) }
        }
        Value::Array(_) | Value::Object(_) => {
            digest.write(b"$");
            digest.write(sorted(value).to_string().as_bytes());
        }
    }
    Some(())
}

/// 1 and 1.0 are one number in JSON Schema.
fn write_number(digest: &mut SipHasher13, number: &Number) {
    digest.write(b"+");
    let whole = number.as_f64().filter(|float| number.is_f64() && float.fract() == 0.0 && float.abs() < 1e15);
    match (number.as_i64(), whole) {
        (Some(integer), _) => digest.write_i64(integer),
        // Bounded above, and whole.
        #[allow(clippy::cast_possible_truncation)]
        (None, Some(float)) => digest.write_i64(float as i64),
        (None, None) => {
            digest.write(b"~");
            digest.write(number.to_string().as_bytes());
        }
    }
}

/// Hashes what is a hash already.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Already(u64);

impl Hasher for Already {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        // Only a `Key` is ever hashed, which comes by the door below; anything else would still be right, if slow.
        bytes.iter().for_each(|byte| self.0 = self.0.rotate_left(8) ^ u64::from(*byte));
    }

    fn write_u128(&mut self, key: u128) {
        #[allow(clippy::cast_possible_truncation, reason = "half of a digest is a digest")]
        {
            self.0 = key as u64;
        }
    }
}

fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let mut names: Vec<_> = members.iter().collect();
            names.sort_unstable_by_key(|(name, _)| name.as_str());
            names.into_iter().map(|(name, value)| (name.clone(), sorted(value))).collect()
        }
        Value::Array(members) => members.iter().map(sorted).collect(),
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, Value, json};

    use super::{Key, of_record, of_value};
    use crate::model::IndexModel;

    fn fields(value: &Value) -> Map<String, Value> {
        value.as_object().cloned().unwrap()
    }

    #[test]
    fn equal_values_have_equal_keys_and_others_do_not() {
        let key = |value: Value| of_value(&value, false);
        assert_eq!(key(json!(1)), key(json!(1.0)));
        assert_eq!(key(json!(-7)), key(json!(-7.0)));
        assert_eq!(key(json!({"a": 1, "b": 2})), key(json!({"b": 2, "a": 1})));
        let different = [
            json!("1"),
            json!(1),
            json!(true),
            json!("true"),
            json!("#t"),
            json!([1]),
            json!("a"),
            json!("A"),
            json!(1.5),
            json!(u64::MAX),
            json!(-1),
        ];
        for (position, one) in different.iter().enumerate() {
            for other in &different[position + 1..] {
                assert_ne!(key(one.clone()), key(other.clone()), "{one} {other}");
            }
        }
        assert_eq!(of_value(&json!("Ä"), true), of_value(&json!("ä"), true));
        assert_eq!(key(Value::Null), None);
    }

    #[test]
    fn combinations_are_kept_apart_and_need_all_their_parts() {
        let pair = IndexModel { fields: vec![("a".to_owned(), false), ("b".to_owned(), true)], unique: true };
        let key = |value: Value| {
            let mut keys: Vec<Key> = Vec::new();
            of_record(&pair, &fields(&value), &mut keys);
            keys
        };
        assert_ne!(key(json!({"a": "x", "b": "yz"})), key(json!({"a": "xy", "b": "z"})));
        assert_eq!(key(json!({"a": "x", "b": "Y"})), key(json!({"a": "x", "b": "y"})));
        assert_ne!(key(json!({"a": "X", "b": "y"})), key(json!({"a": "x", "b": "y"})));
        assert!(key(json!({"a": "x"})).is_empty() && key(json!({"a": "x", "b": null})).is_empty());
    }
}
