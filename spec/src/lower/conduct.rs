//! `x-conduct`: what holds for every request.

use super::Lowering;
use super::keywords::duration;
use crate::contract::{
    Alias, BodyLimit, Coerce, Conduct, DefaultResponse, Details, Elements, Escape, Guard, Per, RateLimit,
    Sentence, Stage, Status, UnknownProperties,
};
use crate::vocabulary::{
    RawCast, RawCoerce, RawConduct, RawDetails, RawElements, RawEscape, RawGuard, RawJson, RawMalformed,
    RawMediaTypes, RawPer, RawRateLimit, RawSentence, RawStage, RawUnknown,
};
use crate::{Diagnostic, Pointer};

impl Lowering<'_> {
    pub(super) fn conduct(&mut self) {
        let at = Pointer::root().child("x-conduct");
        if !self.has(&at) {
            return;
        }
        let Some(raw) = self.keyword::<RawConduct>(&at) else { return };
        let mut conduct = Conduct { pointer: at.clone(), ..Conduct::default() };
        conduct.require = self.guards(raw.require, &at.child("require"));
        conduct.unrouted = self.guards(raw.unrouted, &at.child("unrouted"));
        if !conduct.unrouted.is_empty() {
            conduct.unrouted_security = self.security(&Pointer::root().child("security"));
        }
        conduct.rate_limit = raw.rate_limit.and_then(|raw| self.rate_limit(raw, at.child("rate-limit")));
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
        conduct.empty_is_null = raw.empty_is_null;
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
        conduct.malformed_is_absent = raw.malformed_body == RawMalformed::Absent;
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
        for (from, to) in &raw.paths.aliases {
            conduct.aliases.extend(self.alias(from, to, &at.child("paths").child("aliases")));
        }
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
        self.at_the_door(&conduct);
        self.contract.conduct = conduct;
    }

    fn guards(&mut self, raw: Vec<RawGuard>, at: &Pointer) -> Vec<Guard> {
        let mut guards = Vec::new();
        for (index, guard) in raw.into_iter().enumerate() {
            let pointer = at.index(index);
            let filter = self.reader.predicate(&pointer.child("where"));
            guards.push(Guard { filter, outcome: guard.outcome, pointer });
        }
        guards
    }

    fn rate_limit(&mut self, raw: RawRateLimit, pointer: Pointer) -> Option<RateLimit> {
        let requests = self.reader.value(&pointer.child("requests"));
        self.settings_only(&requests, &pointer.child("requests"));
        let per = match raw.per {
            RawPer::Everything => Per::Everything,
            RawPer::Path => Per::Path,
        };
        let Some(window) = duration(&raw.window) else {
            let message = format!("`{}` is not a duration", raw.window);
            let help = "write an ISO 8601 duration of days and less, such as `PT1S` or `PT1M`";
            let diagnostic = Diagnostic::error("keyword", message);
            self.diagnostics.push(diagnostic.at_value(self.document, &pointer.child("window")).help(help));
            return None;
        };
        Some(RateLimit { requests, window, per, outcome: raw.outcome, pointer })
    }

    /// Reports what requests end in that no operation has seen, where nothing speaks it.
    fn at_the_door(&mut self, conduct: &Conduct) {
        let unrouted = conduct.unrouted.iter().map(|rule| (&rule.outcome, &rule.pointer, "no operation has"));
        let limited = conduct.rate_limit.iter().map(|rule| (&rule.outcome, &rule.pointer, "is one too many"));
        let known = |outcome: &str| {
            ["not-found", "method-not-allowed"].contains(&outcome) || conduct.responses.contains_key(outcome)
        };
        for (outcome, at, what) in unrouted.chain(limited).filter(|(outcome, ..)| !known(outcome)) {
            let message = format!(
                "a request that {what} can end in `{outcome}`, but `x-conduct.responses` has no such outcome"
            );
            let help = format!("add `{outcome}: {{ status: …, response: … }}` to `responses`");
            self.error("outcome-not-spoken", &at.child("else"), message, help);
        }
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

    /// An alias, unless one of its paths is none.
    fn alias(&mut self, from: &str, to: &str, at: &Pointer) -> Option<Alias> {
        let help =
            "write whole segments, `/api/v1/things`, without parameters and without a slash at the end";
        let at = at.child(from);
        let (from, to) = match (segments(from), segments(to)) {
            (Some(from), Some(to)) => (from, to),
            (None, _) => {
                self.error("keyword", &at, format!("`{from}` is no beginning of a path"), help);
                return None;
            }
            (_, None) => {
                let diagnostic = Diagnostic::error("keyword", format!("`{to}` is no beginning of a path"));
                self.diagnostics.push(diagnostic.at_value(self.document, &at).help(help));
                return None;
            }
        };
        if from.is_empty() {
            self.error("keyword", &at, "the root cannot stand for another path", help);
            return None;
        }
        Some(Alias { from, to })
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

/// The segments of a literal beginning of a path; `None` where it is none.
fn segments(text: &str) -> Option<Vec<String>> {
    let rest = text.strip_prefix('/')?;
    if rest.is_empty() {
        return Some(Vec::new());
    }
    let is_literal = |part: &str| !part.is_empty() && !part.contains(['{', '}', '?', '#']);
    rest.split('/').map(|part| is_literal(part).then(|| part.to_owned())).collect()
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
