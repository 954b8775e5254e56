//! Which generated value of the deployment stands for which of the two references.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

/// Where the numbering of collections begins in the second reference: that of the first one here, of the second one at twice as much, and
/// so on. A generated number thereby tells which collection it counts.
pub(super) const SPAN: u64 = 1_000_000;

/// Shorter texts may stand inside others by chance.
const LONG: usize = 12;

/// A value of each reference.
pub(super) type Pair = [Value; 2];

/// Which values stand for one another, learnt from answers.
#[derive(Debug, Default)]
pub(super) struct Correspondence {
    texts: HashMap<String, [String; 2]>,
    /// By collection and number.
    numbers: HashMap<(u64, u64), [u64; 2]>,
    /// The other way round, to see when two values stand for one.
    back: HashMap<(u64, String), Value>,
    /// The collections whose numbers stood under a name.
    kinds: HashMap<String, HashSet<u64>>,
}

impl Correspondence {
    /// Notes that a value of the deployment and those of the references stand for one another; what it stood for before, where
    /// that was something else.
    ///
    /// # Errors
    /// What is inconsistent, in words.
    pub(super) fn learn(&mut self, name: &str, theirs: &Value, ours: [&Value; 2]) -> Result<(), String> {
        match (theirs, ours) {
            (Value::String(theirs), [Value::String(one), Value::String(other)]) => {
                let pair = [one.clone(), other.clone()];
                if is_signed(theirs) && is_signed(one) {
                    self.texts.insert(theirs.clone(), pair);
                    return Ok(());
                }
                let known = self.texts.entry(theirs.clone()).or_insert_with(|| pair.clone());
                if *known != pair {
                    return Err(format!("`{theirs}` stood for another value before"));
                }
                self.only(0, one, &Value::from(theirs.as_str()))
            }
            (Value::Number(theirs), [Value::Number(one), Value::Number(other)]) => {
                let (Some(theirs), Some(one), Some(other)) = (theirs.as_u64(), one.as_u64(), other.as_u64())
                else {
                    return Ok(());
                };
                let kind = other / SPAN;
                // Less than a whole span apart: it was measured or counted, not numbered.
                if kind == 0 || other % SPAN != one {
                    return Ok(());
                }
                self.kinds.entry(name.to_owned()).or_default().insert(kind);
                let known = *self.numbers.entry((kind, theirs)).or_insert([one, other]);
                if known != [one, other] {
                    return Err(format!("`{theirs}` stood for another record before"));
                }
                self.only(kind, &one.to_string(), &Value::from(theirs))
            }
            _ => Ok(()),
        }
    }

    /// Holds that one value of ours has one of theirs.
    fn only(&mut self, kind: u64, ours: &str, theirs: &Value) -> Result<(), String> {
        let known = self.back.entry((kind, ours.to_owned())).or_insert_with(|| theirs.clone());
        if known == theirs { Ok(()) } else { Err(format!("it is `{theirs}` where it was `{known}` before")) }
    }

    /// The text of the deployment that texts of the references with generated ones inside stand for, where both tell the same.
    pub(super) fn composed(&self, ours: [&Value; 2]) -> Option<String> {
        let [one, other] = [ours[0].as_str()?, ours[1].as_str()?];
        let (mut first, mut second) = (one.to_owned(), other.to_owned());
        for (theirs, pair) in &self.texts {
            if pair[0].len() >= LONG && pair[0] != one && pair[1] != other && one.contains(&pair[0]) {
                first = first.replace(&pair[0], theirs);
                second = second.replace(&pair[1], theirs);
            }
        }
        (first == second).then_some(first)
    }

    /// What a value under a name stands for; `None` for what was not generated, as far as is known. `kind` is the collection, where
    /// the document tells.
    pub(super) fn of(&self, name: &str, kind: Option<u64>, theirs: &Value) -> Option<Pair> {
        match theirs {
            Value::String(text) => {
                if let Some(pair) = self.texts.get(text) {
                    return Some(pair.clone().map(Value::from));
                }
                // Written in capitals on purpose, where letter case makes no difference.
                let pair = self.texts.get(&text.to_lowercase()).filter(|_| *text == text.to_uppercase())?;
                Some([pair[0].to_uppercase().into(), pair[1].to_uppercase().into()])
            }
            Value::Number(number) => {
                let number = number.as_u64()?;
                let pair = |kind: u64| self.numbers.get(&(kind, number)).copied();
                let found: Vec<[u64; 2]> = match (kind, self.kinds.get(name)) {
                    (Some(kind), _) => pair(kind).into_iter().collect(),
                    (None, Some(kinds)) => kinds.iter().filter_map(|kind| pair(*kind)).collect(),
                    (None, None) => Vec::new(),
                };
                let [one, other] = *found.first().filter(|_| found.len() == 1)?;
                Some([one.into(), other.into()])
            }
            _ => None,
        }
    }

    /// A value with everything that was generated replaced by what stands for it at one of the references.
    pub(super) fn at(&self, reference: usize, name: &str, kind: Option<u64>, theirs: &Value) -> Value {
        match theirs {
            Value::Array(items) => items.iter().map(|item| self.at(reference, name, kind, item)).collect(),
            Value::Object(members) => {
                let members = members.iter();
                members.map(|(name, one)| (name.clone(), self.at(reference, name, None, one))).collect()
            }
            scalar => match self.of(name, kind, scalar) {
                Some(pair) => pair[reference].clone(),
                None => scalar.clone(),
            },
        }
    }
}

/// Whether a text is a JSON Web Token (RFC 7519): two that say the same in the same second are the same text, at one server and
/// not at another.
fn is_signed(text: &str) -> bool {
    let parts: Vec<&str> = text.split('.').collect();
    matches!(parts.as_slice(), [header, claims, _] if header.starts_with("eyJ") && claims.starts_with("eyJ"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_was_learnt_is_put_in() {
        let mut known = Correspondence::default();
        known.learn("id", &json!("a"), [&json!("x"), &json!("y")]).unwrap();
        known.learn("table_id", &json!(57), [&json!(3), &json!(2 * SPAN + 3)]).unwrap();
        let theirs = json!({ "owner": "a", "table_id": [57], "size": 57 });
        assert_eq!(known.at(0, "", None, &theirs), json!({ "owner": "x", "table_id": [3], "size": 57 }));
        assert_eq!(known.at(1, "", None, &theirs)["table_id"], json!([2 * SPAN + 3]));
        assert_eq!(known.at(0, "path", Some(2), &json!(57)), json!(3));
        assert_eq!(known.at(0, "", None, &json!("A")), json!("X"));
    }

    #[test]
    fn a_token_may_be_told_twice() {
        let mut known = Correspondence::default();
        let token = |signature: &str| json!(format!("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.{signature}"));
        known.learn("token", &token("a"), [&token("x"), &token("y")]).unwrap();
        known.learn("token", &token("a"), [&token("v"), &token("w")]).unwrap();
        assert_eq!(known.at(0, "token", None, &token("a")), token("v"));
    }

    #[test]
    fn one_stands_for_one() {
        let mut known = Correspondence::default();
        known.learn("id", &json!("a"), [&json!("x"), &json!("y")]).unwrap();
        assert!(known.learn("id", &json!("a"), [&json!("v"), &json!("w")]).is_err());
        assert!(known.learn("id", &json!("b"), [&json!("x"), &json!("y")]).is_err());
        known.learn("id", &json!(5), [&json!(1), &json!(SPAN + 1)]).unwrap();
        assert!(known.learn("id", &json!(6), [&json!(1), &json!(SPAN + 1)]).is_err());
        // Of another collection.
        known.learn("id", &json!(6), [&json!(1), &json!(2 * SPAN + 1)]).unwrap();
    }
}
