//! `x-steps`: steps that many operations share, and those that come before the body is validated.

use super::structure::closest;
use super::{Lowering, keys};
use crate::contract::{Conduct, Stage, Step, Verb};
use crate::language::{Predicate, Source};
use crate::vocabulary::RawStep;
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
            if !["$ref", "before", "when"].contains(&key.as_str()) {
                let message = format!("`{key}` means nothing beside `$ref`");
                self.error("keyword", &at.child(&key), message, "only `before` and `when` may stand there");
            }
        }
        let when = self.has(&at.child("when")).then(|| self.reader.predicate(&at.child("when")));
        let Some(mut steps) = self.steps_of(&text, &at.child("$ref")) else { return Vec::new() };
        for step in &mut steps {
            step.before_validation |= raw.before.is_some();
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

    /// Reports `before: validate` where a step cannot be tried before the body is validated.
    pub(super) fn early_steps(&mut self, effect: &[Step]) {
        let mut late = false;
        for step in effect {
            if !step.before_validation {
                late = true;
                continue;
            }
            if let Some((message, help)) = unfit(step, late, &self.contract.conduct) {
                let own = step.pointer.parent().unwrap_or_default();
                let at = match &step.via {
                    Some(via) if self.has(&via.child("before")) => via.clone(),
                    _ => own,
                };
                self.error("keyword", &at.child("before"), message, help);
            }
        }
    }
}

/// Why a step cannot come before the body is validated, and what to do.
fn unfit(step: &Step, late: bool, conduct: &Conduct) -> Option<(&'static str, &'static str)> {
    let reads = matches!(step.verb, Verb::Find(_) | Verb::Require(_) | Verb::Call { reads: true, .. });
    if !reads {
        return Some((
            "only what reads can come before the body is validated",
            "keep it to `find`, `require` and `call` with `reads: true`",
        ));
    }
    if late {
        return Some((
            "a step that comes before the body is validated stands after one that comes later",
            "move it to the head of the effect",
        ));
    }
    if conduct.order[0] == Stage::Validate {
        return Some((
            "`before: validate` needs a caller, but `x-conduct.order` validates first",
            "remove it, or write `order: [ authenticate, validate ]`",
        ));
    }
    let mut uses_body = false;
    let mut visit = |expression: &crate::language::Expression| {
        uses_body |= expression.source == Source::Body;
    };
    super::nouns::step_values(step, &mut |value| value.expressions(&mut visit));
    if let Verb::Require(filter) = &step.verb {
        filter.expressions(&mut visit);
    }
    for filter in step.verb.selection().map(|one| &one.filter).into_iter().chain(&step.when) {
        filter.expressions(&mut visit);
    }
    uses_body.then_some((
        "`$request.body` is not known to be valid before it is validated",
        "move the step behind those with `before: validate`, and take this word from it",
    ))
}
