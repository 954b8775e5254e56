//! `x-conduct`: what holds for every request.

use super::Lowering;
use crate::Pointer;
use crate::contract::{
    BodyLimit, Coerce, Conduct, DefaultResponse, Details, Elements, Escape, Guard, Sentence, Stage, Status,
    UnknownProperties,
};
use crate::vocabulary::{
    RawCast, RawCoerce, RawConduct, RawDetails, RawElements, RawEscape, RawJson, RawMediaTypes, RawSentence,
    RawStage, RawUnknown,
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
            self.order(&order, &mut conduct, &at.child("order"));
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
        conduct.trailing_slash = raw.paths.trailing_slash;
        conduct.collapse_slashes = raw.paths.collapse_slashes;
        conduct.match_parameters = raw.paths.match_parameters;
        conduct.omit_defaults = raw.paths.omit_defaults;
        conduct.allow = raw.allow;
        conduct.forms = raw.forms;
        conduct.fraction = raw.timestamps.fraction;
        conduct.details = raw.details.map(|raw| self.details(raw, at.child("details")));
        conduct.trim = raw.trim;
        conduct.coerce = coerce(&raw.coerce);
        conduct.merge_parameters = raw.merge_parameters;
        conduct.escape = self.escape(&raw.json, &at.child("json").child("escape"));
        conduct.parameters = raw.parameters;
        self.slashes(&conduct, &at.child("paths"));
        self.contract.conduct = conduct;
    }

    /// The order of the stages. `route` stands first where it stands nowhere.
    fn order(&mut self, order: &[RawStage], conduct: &mut Conduct, at: &Pointer) {
        use RawStage::{Authenticate, Route, Validate};
        match order {
            [Authenticate, Validate] | [Route, Authenticate, Validate] => {}
            [Validate, Authenticate] | [Route, Validate, Authenticate] => {
                conduct.order = [Stage::Validate, Stage::Authenticate];
            }
            [Authenticate, Route, Validate] => {
                let security = Pointer::root().child("security");
                let alternatives = self.security(&security);
                if alternatives.iter().all(Vec::is_empty) {
                    let help = "add `security` beside `x-conduct`, or take `route` from this list";
                    let message = "before the path is looked up only the document's own `security` can be asked, and there is none";
                    self.error("keyword", at, message, help);
                }
                conduct.refused_first = Some(alternatives);
            }
            _ => {
                let message = "the stages cannot come in this order";
                let help = "write `[ authenticate, validate ]`, `[ validate, authenticate ]` or `[ authenticate, route, validate ]`";
                self.error("keyword", at, message, help);
            }
        }
    }

    fn escape(&mut self, raw: &RawJson, at: &Pointer) -> Escape {
        let has = |one: RawEscape| raw.escape.contains(&one);
        for (index, one) in raw.escape.iter().enumerate() {
            if raw.escape[..index].contains(one) {
                self.error("keyword", &at.index(index), "this stands here twice", "remove one of them");
            }
        }
        Escape {
            solidus: has(RawEscape::Solidus),
            angle_brackets: has(RawEscape::AngleBrackets),
            non_ascii: has(RawEscape::NonAscii),
        }
    }

    fn details(&mut self, raw: RawDetails, pointer: Pointer) -> Details {
        let elements = match raw.elements {
            RawElements::Index => Elements::Index,
            RawElements::List => Elements::List,
        };
        let each = self.reader.value(&pointer.child("each"));
        Details { each, body: raw.body, elements, pointer }
    }

    /// Reports rules about the slash at a path's end that cannot come to anything.
    fn slashes(&mut self, conduct: &Conduct, at: &Pointer) {
        let rules = [
            (
                &conduct.missing_trailing_slash,
                "missing-trailing-slash",
                "a missing slash",
                "without its last slash",
            ),
            (&conduct.trailing_slash, "trailing-slash", "a slash too many", "with a slash too many"),
        ];
        for (outcome, key, what, path) in rules {
            let Some(outcome) = outcome else { continue };
            let at = at.child(key);
            if conduct.ignore_trailing_slash {
                let message = format!("{what} cannot be refused where `ignore-trailing-slash` is on");
                self.error("keyword", &at, message, "remove one of them");
            } else if !["not-found", "method-not-allowed"].contains(&outcome.as_str())
                && !conduct.responses.contains_key(outcome)
            {
                self.error(
                    "outcome-not-spoken",
                    &at,
                    format!(
                        "a path {path} ends in `{outcome}`, but `x-conduct.responses` has no such outcome"
                    ),
                    format!("add `{outcome}: {{ status: 404, response: … }}` to `responses`"),
                );
            }
        }
    }
}

fn coerce(raw: &RawCoerce) -> Coerce {
    match raw {
        RawCoerce::Plain(false) => Coerce::No,
        RawCoerce::Plain(true) => Coerce::Readable,
        RawCoerce::Named(RawCast::Php) => Coerce::Php,
    }
}

fn sentence(raw: RawSentence) -> Sentence {
    match raw {
        RawSentence::Text(message) => Sentence { message: Some(message), code: None },
        RawSentence::Full(full) => Sentence { message: full.message, code: full.code },
    }
}
