//! `x-effect`: the steps of an operation.

use serde_json::Value;

use super::Lowering;
use crate::Pointer;
use crate::contract::{Miss, Step, Verb};
use crate::language::CollectionName;
use crate::vocabulary::{RawBefore, RawCall, RawStep};

const VERBS: [&str; 9] =
    ["find", "list", "create", "update", "replace", "delete", "require", "call", "serve"];

/// What an action can be said to do.
const DEEDS: [&str; 6] = ["find", "list", "create", "update", "replace", "delete"];

impl Lowering<'_> {
    pub(super) fn effect(&mut self, at: &Pointer) -> Vec<Step> {
        let places = match self.document.get(at) {
            None => return Vec::new(),
            Some(Value::Array(steps)) => (0..steps.len()).map(|index| at.index(index)).collect(),
            Some(_) => vec![at.clone()],
        };
        places.iter().flat_map(|place| self.steps_at(place)).collect()
    }

    /// The step at `at`, or those that it stands for.
    pub(super) fn steps_at(&mut self, at: &Pointer) -> Vec<Step> {
        if self.has(&at.child("$ref")) { self.referred_steps(at) } else { Vec::from_iter(self.step(at)) }
    }

    fn step(&mut self, at: &Pointer) -> Option<Step> {
        let mut raw = self.keyword::<RawStep>(at)?;
        let verbs: Vec<&str> = VERBS.into_iter().filter(|verb| self.has(&at.child(verb))).collect();
        let [name] = verbs[..] else {
            let found =
                if verbs.is_empty() { "no verb".to_owned() } else { format!("`{}`", verbs.join("` and `")) };
            let help = format!("a step has one of `{}`", VERBS.join("`, `"));
            self.error("keyword", at, format!("a step needs one verb, but this one has {found}"), help);
            return None;
        };
        let inner = at.child(name);
        let verb = match (name, &raw.call) {
            ("call", Some(call)) => self.call(call, &inner),
            ("require", _) => Verb::Require(self.reader.predicate(&inner.child("where"))),
            ("create", _) => self.create(&inner),
            ("serve", _) => self.serve(raw.serve.as_ref()?, &inner)?,
            _ => self.selecting(name, &inner),
        };
        self.modifiers(name, at);
        if raw.keep && verb.reads() {
            let help = "remove it; what a step binds is there for later steps without it";
            let message = format!("`keep` means nothing beside a `{name}` that only reads");
            self.error("keyword", &at.child("keep"), message, help);
        }
        let default_miss = if name == "require" { "invalid" } else { "not-found" };
        let said =
            raw.call.as_ref().and_then(|call| call.does.as_ref()).and_then(|does| does.miss.as_deref());
        let miss = match raw.miss.as_deref().or(said) {
            Some("pass") => Miss::Pass,
            other => Miss::Outcome(other.unwrap_or(default_miss).to_owned()),
        };
        let when = self.has(&at.child("when")).then(|| self.reader.predicate(&at.child("when")));
        let rights = self.rights(&mut raw, name, &verb, at);
        let conflict = raw.conflict.unwrap_or_else(|| "conflict".to_owned());
        Some(Step {
            verb,
            bind: raw.bind,
            when,
            miss,
            rights,
            conflict,
            before_validation: raw.before.is_some(),
            before_request: raw.before == Some(RawBefore::Request),
            keep: raw.keep,
            pointer: inner,
            via: None,
        })
    }

    /// Reports modifiers that mean nothing beside their verb.
    fn modifiers(&mut self, verb: &str, at: &Pointer) {
        let meaningless: &[&str] = match verb {
            "find" => &["conflict"],
            "list" | "call" => &["else", "conflict"],
            "create" => &["else"],
            "require" => &["as", "conflict"],
            "serve" => &["as", "else", "conflict"],
            _ => &[],
        };
        for modifier in meaningless.iter().filter(|modifier| self.document.get(&at.child(modifier)).is_some())
        {
            let message = format!("`{modifier}` means nothing beside `{verb}`");
            self.diagnostics.push(
                crate::Diagnostic::error("keyword", message)
                    .at(self.document, &at.child(modifier))
                    .help("remove it; VOCABULARY.md says what each step can end in"),
            );
        }
    }

    fn create(&mut self, at: &Pointer) -> Verb {
        let into = self.reader.collection_name(at);
        self.check_collection(&into, at);
        let set = self.has(&at.child("set")).then(|| self.reader.value(&at.child("set")));
        let each = self.has(&at.child("each")).then(|| self.reader.value(&at.child("each")));
        Verb::Create { into, set, each }
    }

    fn selecting(&mut self, verb: &str, at: &Pointer) -> Verb {
        let selection = self.reader.selection(at);
        self.check_collection(&selection.from, at);
        let set = self.has(&at.child("set")).then(|| self.reader.value(&at.child("set")));
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
        if ["extension", "restore_extension", "seed"].contains(&raw.action.as_str()) {
            let message = format!("`{}` is a method that every trait of actions has already", raw.action);
            self.error("keyword", &at.child("action"), message, "give the action another name");
        }
        let names: Vec<String> = raw.with.keys().cloned().collect();
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
        let does = self.does(&at.child("does"), raw.reads).map(Box::new);
        let calls = self.calls(raw, does.as_deref(), at);
        Verb::Call {
            action: raw.action.clone(),
            with,
            outcomes: raw.outcomes.clone(),
            reads: raw.reads,
            does,
            calls,
        }
    }

    /// How often an action has to be called until what it is said to do is done.
    fn calls(&mut self, raw: &RawCall, does: Option<&Verb>, at: &Pointer) -> u32 {
        let Some(calls) = raw.does.as_ref().and_then(|does| does.calls) else { return 1 };
        let at = at.child("does").child("calls");
        if !(2..=9).contains(&calls) {
            let help = "leave it out where one call is enough";
            self.error("keyword", &at, format!("`calls` is a number from 2 to 9, not {calls}"), help);
        }
        if does.is_some_and(|verb| !matches!(verb, Verb::Delete(_))) {
            self.error("keyword", &at, "only a `delete` may take several calls", "remove it");
        }
        calls.clamp(1, 9)
    }

    /// What an action amounts to.
    fn does(&mut self, at: &Pointer, reads: bool) -> Option<Verb> {
        self.document.get(at)?;
        self.miss_of_action(at);
        let verbs: Vec<&str> = DEEDS.into_iter().filter(|verb| self.has(&at.child(verb))).collect();
        let [name] = verbs[..] else {
            let found =
                if verbs.is_empty() { "none".to_owned() } else { format!("`{}`", verbs.join("` and `")) };
            let help = format!("say one of `{}`", DEEDS.join("`, `"));
            self.error("keyword", at, format!("`does` needs one verb, but here is {found}"), help);
            return None;
        };
        let inner = at.child(name);
        let verb = if name == "create" { self.create(&inner) } else { self.selecting(name, &inner) };
        if reads && !verb.reads() {
            let message = format!("an action that only reads cannot be said to `{name}`");
            self.error("keyword", &inner, message, "remove `reads: true`, or say what it shows");
        }
        Some(verb)
    }

    /// Reports an `else` in a `does` that means nothing there.
    fn miss_of_action(&mut self, at: &Pointer) {
        let at_else = at.child("else");
        let Some(miss) = self.document.get(&at_else) else { return };
        if miss == "pass" {
            let help = "name the outcome that the action ends in, or remove it";
            self.error("keyword", &at_else, "an action says itself whether it carries on", help);
        }
        let misses_nothing = ["list", "create"].into_iter().find(|verb| self.has(&at.child(verb)));
        if let Some(verb) = misses_nothing {
            let help = "remove it; VOCABULARY.md says what each step can end in";
            self.error("keyword", &at_else, format!("`else` means nothing beside `{verb}`"), help);
        }
    }

    /// Reports the collection of a selection at `at` when there is none of that name.
    pub(super) fn check_collection(&mut self, name: &CollectionName, at: &Pointer) {
        if let CollectionName::Named(name) = name {
            self.known_collection(name, &at.child("in"));
        }
    }
}
