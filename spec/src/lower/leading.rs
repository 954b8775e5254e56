//! Steps at the head of an effect: those tried before the request or its body is read, and those whose writes are kept.

use super::Lowering;
use crate::contract::{Conduct, Stage, Step, Verb};
use crate::language::{Expression, Source};

/// What stands behind a step, as far as its place goes.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Place {
    Request,
    Validation,
    Effect,
}

/// Why a step cannot stand where it does, and what to do.
type Unfit = Option<(&'static str, &'static str)>;

impl Lowering<'_> {
    /// Reports `before` and `keep` where a step cannot be what they say.
    pub(super) fn leading_steps(&mut self, effect: &[Step]) {
        let (mut reached, mut unkept) = (Place::Request, false);
        for step in effect {
            let place = place(step);
            let found = unfit(step, place < reached, &self.contract.conduct);
            if let Some((message, help)) = found.filter(|_| step.before_validation) {
                self.refuse_modifier(step, "before", message, help);
            } else if step.keep && unkept {
                let message = "a step whose writes are kept stands after one whose writes are not";
                self.refuse_modifier(step, "keep", message, "move it before every step that writes");
            }
            unkept |= !step.keep && !step.verb.reads();
            reached = if place > reached { place } else { reached };
        }
    }

    /// Reports a modifier where it is written: beside the step, or beside the reference to it.
    fn refuse_modifier(&mut self, step: &Step, key: &str, message: &str, help: &str) {
        let own = step.pointer.parent().unwrap_or_default();
        let at = match &step.via {
            Some(via) if self.has(&via.child(key)) => via.clone(),
            _ => own,
        };
        self.error("keyword", &at.child(key), message, help);
    }
}

fn place(step: &Step) -> Place {
    match (step.before_request, step.before_validation) {
        (true, _) => Place::Request,
        (false, true) => Place::Validation,
        (false, false) => Place::Effect,
    }
}

fn unfit(step: &Step, late: bool, conduct: &Conduct) -> Unfit {
    let lists = matches!(step.verb, Verb::List(_) | Verb::Serve(_));
    if step.before_request {
        if lists || !(step.keep || step.verb.reads()) {
            return Some((
                "what comes before the request is read only reads, or keeps what it writes",
                "add `keep: true`, or take `before` from it; `list` and `serve` come later",
            ));
        }
        if late {
            return Some((
                "a step that comes before the request is read stands after one that comes later",
                "move it to the head of the effect",
            ));
        }
        if conduct.order[0] == Stage::Validate {
            return Some((
                "`before: request` needs a caller, but `x-conduct.order` validates first",
                "remove it, or write `order: [ authenticate, validate ]`",
            ));
        }
        return uses(step, |source| matches!(source, Source::Body | Source::Path(_) | Source::Query(_)))
            .then_some((
                "path, query and body are not read yet where a step comes before the request is",
                "headers and cookies are there; write `before: validate`, or take `before` from it",
            ));
    }
    if lists || !step.verb.reads() {
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
    uses(step, |source| *source == Source::Body).then_some((
        "`$request.body` is not known to be valid before it is validated",
        "move the step behind those with `before: validate`, and take this word from it",
    ))
}

/// Whether an expression of a step begins with one of these.
fn uses(step: &Step, wanted: impl Fn(&Source) -> bool) -> bool {
    let mut found = false;
    let mut visit = |expression: &Expression| found |= wanted(&expression.source);
    super::nouns::step_values(step, &mut |value| value.expressions(&mut visit));
    if let Verb::Require(filter) = &step.verb {
        filter.expressions(&mut visit);
    }
    for filter in step.verb.selection().map(|one| &one.filter).into_iter().chain(&step.when) {
        filter.expressions(&mut visit);
    }
    // What is written where a step names nothing is the body.
    let unsaid = matches!(
        &step.verb,
        Verb::Create { set: None, each: None, .. } | Verb::Update(_, None) | Verb::Replace(_, None)
    );
    found || (unsaid && wanted(&Source::Body))
}
