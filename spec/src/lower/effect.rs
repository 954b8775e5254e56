//! `x-effect`: the steps of an operation.

use serde_json::Value;

use super::Lowering;
use super::structure::closest;
use crate::Pointer;
use crate::contract::{Miss, Step, Verb};
use crate::language::{CollectionName, ValueExpr};
use crate::vocabulary::{RawCall, RawCreate, RawRequire, RawSelect};

const VERBS: [&str; 8] = ["find", "list", "create", "update", "replace", "delete", "require", "call"];

impl Lowering<'_> {
    pub(super) fn effect(&mut self, at: &Pointer) -> Vec<Step> {
        let places = match self.document.get(at) {
            None => return Vec::new(),
            Some(Value::Array(steps)) => (0..steps.len()).map(|index| at.index(index)).collect(),
            Some(_) => vec![at.clone()],
        };
        places.iter().filter_map(|place| self.step(place)).collect()
    }

    fn step(&mut self, at: &Pointer) -> Option<Step> {
        let verb = match self.get(at).as_object().map(|map| (map.len(), map.keys().next())) {
            Some((1, Some(verb))) if VERBS.contains(&verb.as_str()) => verb.clone(),
            Some((1, Some(word))) => {
                let help = match closest(word, VERBS.into_iter()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("expected one of `{}`", VERBS.join("`, `")),
                };
                self.error("keyword", &at.child(word), format!("`{word}` is not a step"), help);
                return None;
            }
            _ => {
                let help = format!("a step is a mapping with one verb: `{}`", VERBS.join("`, `"));
                self.error("keyword", at, "this is not a step", help);
                return None;
            }
        };
        let inner = at.child(&verb);
        let has = |key: &str| self.has(&inner.child(key));
        let (has_when, has_set, has_each) = (has("when"), has("set"), has("each"));
        let (verb, bind, miss, conflict) = match verb.as_str() {
            "create" => {
                let raw = self.keyword::<RawCreate>(&inner)?;
                let into = self.reader.collection_name(&inner);
                self.check_collection(&into, &inner);
                let set = has_set.then(|| self.reader.value(&inner.child("set")));
                let each = has_each.then(|| self.reader.value(&inner.child("each")));
                (Verb::Create { into, set, each }, raw.bind, raw.miss, raw.conflict)
            }
            "require" => {
                let raw = self.keyword::<RawRequire>(&inner)?;
                (Verb::Require(self.reader.predicate(&inner.child("where"))), None, raw.miss, None)
            }
            "call" => {
                let raw = self.keyword::<RawCall>(&inner)?;
                (self.call(&raw, &inner), raw.bind, None, None)
            }
            verb => {
                let raw = self.keyword::<RawSelect>(&inner)?;
                (self.selecting(verb, &inner, has_set), raw.bind, raw.miss, raw.conflict)
            }
        };
        let default_miss =
            if matches!(verb, Verb::Require(_) | Verb::Create { .. }) { "invalid" } else { "not-found" };
        let miss = match miss.as_deref() {
            Some("pass") => Miss::Pass,
            other => Miss::Outcome(other.unwrap_or(default_miss).to_owned()),
        };
        let when = has_when.then(|| self.reader.predicate(&inner.child("when")));
        let conflict = conflict.unwrap_or_else(|| "conflict".to_owned());
        Some(Step { verb, bind, when, miss, conflict, pointer: inner })
    }

    fn selecting(&mut self, verb: &str, at: &Pointer, has_set: bool) -> Verb {
        let selection = self.reader.selection(at);
        self.check_collection(&selection.from, at);
        if has_set && !["update", "replace"].contains(&verb) {
            let message = format!("`{verb}` writes nothing, so `set` means nothing in it");
            self.error("keyword", &at.child("set"), message, "remove it, or use `update`");
        }
        let set: Option<ValueExpr> = has_set.then(|| self.reader.value(&at.child("set")));
        match verb {
            "list" => Verb::List(selection),
            "update" => Verb::Update(selection, set),
            "replace" => Verb::Replace(selection, set),
            "delete" => Verb::Delete(selection),
            _ => Verb::Find(selection),
        }
    }

    fn call(&mut self, raw: &RawCall, at: &Pointer) -> Verb {
        let is_name = |text: &str| {
            text.starts_with(|c: char| c.is_ascii_lowercase())
                && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        };
        if !is_name(&raw.action) {
            let help = "name it in `snake_case`: it becomes a method of a Rust trait";
            self.error(
                "keyword",
                &at.child("action"),
                format!("`{}` cannot be an action's name", raw.action),
                help,
            );
        }
        let names: Vec<String> = raw._with.keys().cloned().collect();
        let with = names
            .into_iter()
            .map(|name| {
                if !is_name(&name) {
                    let help = "name it in `snake_case`: it becomes a field of a Rust struct";
                    self.error(
                        "keyword",
                        &at.child("with").child(&name),
                        format!("`{name}` cannot be an input's name"),
                        help,
                    );
                }
                let value = self.reader.value(&at.child("with").child(&name));
                (name, value)
            })
            .collect();
        Verb::Call { action: raw.action.clone(), with, outcomes: raw.outcomes.clone() }
    }

    /// Reports the collection of a selection at `at` when there is none of that name.
    pub(super) fn check_collection(&mut self, name: &CollectionName, at: &Pointer) {
        if let CollectionName::Named(name) = name {
            self.known_collection(name, &at.child("in"));
        }
    }
}
