//! `x-conduct`: what holds for every request.

use super::Lowering;
use crate::Pointer;
use crate::contract::{
    BodyLimit, Conduct, DefaultResponse, Details, Elements, Guard, Sentence, Stage, Status, UnknownProperties,
};
use crate::vocabulary::{
    RawConduct, RawDetails, RawElements, RawMediaTypes, RawSentence, RawStage, RawUnknown,
};

impl Lowering<'_> {
    pub(super) fn conduct(&mut self) {
        let at = Pointer::root().child("x-conduct");
        if !self.has(&at) {
            return;
        }
        let Some(raw) = self.keyword::<RawConduct>(&at) else { return };
        let mut conduct = Conduct { pointer: at.clone(), ..Conduct::default() };
        for (index, guard) in raw.require.into_iter().enumerate() {
            let pointer = at.child("require").index(index);
            let filter = self.reader.predicate(&pointer.child("where"));
            conduct.require.push(Guard { filter, outcome: guard.outcome, pointer });
        }
        if let Some(order) = raw.order {
            conduct.order = order.map(|stage| match stage {
                RawStage::Authenticate => Stage::Authenticate,
                RawStage::Validate => Stage::Validate,
            });
            if conduct.order[0] == conduct.order[1] {
                self.error(
                    "keyword",
                    &at.child("order"),
                    "a stage stands here twice",
                    "write `[ authenticate, validate ]` or `[ validate, authenticate ]`",
                );
            }
        }
        conduct.ignore_case = raw.paths.ignore_case;
        conduct.ignore_trailing_slash = raw.paths.ignore_trailing_slash;
        if let Some(outcome) = raw.method_not_allowed {
            conduct.method_not_allowed = outcome;
        }
        conduct.head = raw.head.unwrap_or(true);
        conduct.null_is_absent = raw.null_is_absent;
        conduct.unknown_properties = match raw.unknown_properties {
            RawUnknown::Keep => UnknownProperties::Keep,
            RawUnknown::Drop => UnknownProperties::Drop,
            RawUnknown::Refuse => UnknownProperties::Refuse,
        };
        conduct.body_limit = raw.body_limit.map(|limit| BodyLimit {
            size: self.reader.value(&at.child("body-limit").child("size")),
            outcome: limit.outcome,
        });
        conduct.lenient_media_type = matches!(raw.media_type, RawMediaTypes::Lenient);
        conduct.content_type = raw.content_type;
        for name in raw.headers.keys() {
            let value = self.reader.value(&at.child("headers").child(name));
            conduct.headers.push((name.clone(), value));
        }
        for (outcome, raw) in raw.responses {
            let place = at.child("responses").child(&outcome).child("response");
            let mut response = self.response(Status::Code(raw.status), &place);
            if !response.outcomes.contains(&outcome) {
                response.outcomes.push(outcome.clone());
            }
            conduct.responses.insert(outcome, DefaultResponse { status: raw.status, response });
        }
        conduct.violations = raw.violations.into_iter().map(|(rule, raw)| (rule, sentence(raw))).collect();
        conduct.missing_trailing_slash = raw.paths.missing_trailing_slash;
        conduct.match_parameters = raw.paths.match_parameters;
        conduct.allow = raw.allow;
        conduct.forms = raw.forms;
        conduct.fraction = raw.timestamps.fraction;
        conduct.details = raw.details.map(|raw| self.details(raw, at.child("details")));
        conduct.trim = raw.trim;
        conduct.coerce = raw.coerce;
        conduct.parameters = raw.parameters;
        self.slashes(&conduct, &at.child("paths"));
        self.contract.conduct = conduct;
    }

    fn details(&mut self, raw: RawDetails, pointer: Pointer) -> Details {
        let elements = match raw.elements {
            RawElements::Index => Elements::Index,
            RawElements::List => Elements::List,
        };
        let each = self.reader.value(&pointer.child("each"));
        Details { each, body: raw.body, elements, pointer }
    }

    /// Reports a rule about the slash at a path's end that cannot come to anything.
    fn slashes(&mut self, conduct: &Conduct, at: &Pointer) {
        let Some(outcome) = &conduct.missing_trailing_slash else { return };
        let at = at.child("missing-trailing-slash");
        if conduct.ignore_trailing_slash {
            self.error(
                "keyword",
                &at,
                "a missing slash cannot be refused where `ignore-trailing-slash` is on",
                "remove one of them",
            );
        } else if outcome != "not-found" && !conduct.responses.contains_key(outcome) {
            self.error(
                "outcome-not-spoken",
                &at,
                format!("a path without its last slash ends in `{outcome}`, but `x-conduct.responses` has no such outcome"),
                format!("add `{outcome}: {{ status: 404, response: … }}` to `responses`"),
            );
        }
    }
}

fn sentence(raw: RawSentence) -> Sentence {
    match raw {
        RawSentence::Text(message) => Sentence { message: Some(message), code: None },
        RawSentence::Full(full) => Sentence { message: full.message, code: full.code },
    }
}
