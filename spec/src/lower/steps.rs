//! `x-steps`: steps that many operations share.

use super::structure::closest;
use super::{Lowering, keys};
use crate::contract::Step;
use crate::language::Predicate;
use crate::vocabulary::{RawBefore, RawStep};
use crate::{Diagnostic, Pointer};

/// What stands before a name in a reference to shared steps.
const SECTION: &str = "#/x-steps/";

impl Lowering<'_> {
    /// Lowers every list of `x-steps`, whether or not it is used.
    pub(super) fn shared_steps(&mut self) {
        let at = Pointer::root().child("x-steps");
        if !self.has(&at) {
            return;
        }
        if !self.get(&at).is_object() {
            let help = "VOCABULARY.md shows how the keyword is written";
            self.error("keyword", &at, "`x-steps` is a mapping: lists of steps by name", help);
            return;
        }
        for name in keys(self.document, &at) {
            self.named_steps(&name);
        }
    }

    /// The steps of that name; none while they are being lowered: they refer to themselves.
    fn named_steps(&mut self, name: &str) -> Option<Vec<Step>> {
        if let Some(known) = self.steps.get(name) {
            return known.clone();
        }
        self.steps.insert(name.to_owned(), None);
        let at = Pointer::root().child("x-steps").child(name);
        let steps = self.effect(&at);
        self.steps.insert(name.to_owned(), Some(steps.clone()));
        Some(steps)
    }

    /// The steps that the reference at `at` stands for.
    pub(super) fn referred_steps(&mut self, at: &Pointer) -> Vec<Step> {
        let Some(raw) = self.keyword::<RawStep>(at) else { return Vec::new() };
        let text = raw.reference.unwrap_or_default();
        for key in keys(self.document, at) {
            if !["$ref", "before", "keep", "when"].contains(&key.as_str()) {
                let message = format!("`{key}` means nothing beside `$ref`");
                let help = "only `before`, `keep` and `when` may stand there";
                self.error("keyword", &at.child(&key), message, help);
            }
        }
        let when = self.has(&at.child("when")).then(|| self.reader.predicate(&at.child("when")));
        let Some(mut steps) = self.steps_of(&text, &at.child("$ref")) else { return Vec::new() };
        for step in &mut steps {
            step.before_validation |= raw.before.is_some();
            step.before_request |= raw.before == Some(RawBefore::Request);
            step.keep |= raw.keep && !step.verb.reads();
            step.via = Some(at.clone());
            if let Some(when) = &when {
                let own = step.when.take().unwrap_or_default();
                let clauses = when.clauses.iter().chain(&own.clauses).cloned().collect();
                step.when = Some(Predicate { clauses });
            }
        }
        steps
    }

    fn steps_of(&mut self, text: &str, at: &Pointer) -> Option<Vec<Step>> {
        let section = Pointer::root().child("x-steps");
        let name = text.strip_prefix(SECTION).map(|name| name.replace("~1", "/").replace("~0", "~"));
        let Some(name) = name.filter(|name| self.has(&section.child(name))) else {
            let named = text.rsplit('/').next().unwrap_or_default();
            let known = keys(self.document, &section);
            let help = match closest(named, known.iter().map(String::as_str)) {
                Some(near) => format!("did you mean `{SECTION}{near}`?"),
                None => format!("add `{named}` to `x-steps`, and refer to it by `{SECTION}{named}`"),
            };
            let diagnostic =
                Diagnostic::error("dangling-reference", format!("there are no shared steps at `{text}`"));
            self.diagnostics.push(diagnostic.at_value(self.document, at).help(help));
            return None;
        };
        let steps = self.named_steps(&name);
        if steps.is_none() {
            let diagnostic = Diagnostic::error("reference-cycle", format!("`{text}` leads back to itself"));
            let help = "a list of steps cannot contain itself";
            self.diagnostics.push(diagnostic.at_value(self.document, at).help(help));
        }
        steps
    }
}
