//! Security schemes, and the requirements that name them.

use serde_json::Value;

use super::structure::closest;
use super::{Lowering, check_pattern, follow, keys};
use crate::contract::{Credential, Location, Prefix, SchemeKind, SchemeUse, SecurityScheme};
use crate::language::{Source, ValueExpr};
use crate::vocabulary::{RawCredential, RawPrefix};
use crate::{Diagnostic, Pointer};

impl Lowering<'_> {
    pub(super) fn security_schemes(&mut self) {
        let at = Pointer::root().child("components").child("securitySchemes");
        for name in keys(self.document, &at) {
            let Some(pointer) = follow(self.document, &at.child(&name)) else { continue };
            let Some(kind) = self.scheme_kind(&pointer) else { continue };
            let place = pointer.child("x-credential");
            let credential = if self.has(&place) { self.credential(&place) } else { None };
            if !matches!(kind, SchemeKind::ApiKey(..)) && self.has(&place.child("name")) {
                let message = "only an `apiKey` is looked for by a name";
                let help = "take `name` out: this scheme stands in `Authorization`";
                self.error("keyword", &place.child("name"), message, help);
            }
            self.contract.schemes.push(SecurityScheme { name, kind, credential, pointer });
        }
    }

    fn scheme_kind(&mut self, at: &Pointer) -> Option<SchemeKind> {
        let value = self.get(at);
        let text = |key: &str| value.get(key).and_then(Value::as_str);
        match text("type")? {
            "apiKey" => {
                let Some(name) = text("name") else {
                    self.error(
                        "missing-key",
                        at,
                        "an `apiKey` needs `name`",
                        "name the header, query parameter or cookie",
                    );
                    return None;
                };
                let location = match text("in") {
                    Some("header") => Location::Header,
                    Some("query") => Location::Query,
                    Some("cookie") => Location::Cookie,
                    _ => {
                        self.error(
                            "missing-key",
                            at,
                            "an `apiKey` needs `in`",
                            "write `in: header`, `query` or `cookie`",
                        );
                        return None;
                    }
                };
                Some(SchemeKind::ApiKey(location, name.to_owned()))
            }
            "http" => match text("scheme").map(str::to_lowercase).as_deref() {
                Some("basic") => Some(SchemeKind::Basic),
                Some("bearer") => Some(SchemeKind::Bearer),
                Some(other) => Some(SchemeKind::Http(other.to_owned())),
                None => {
                    self.error(
                        "missing-key",
                        at,
                        "an `http` scheme needs `scheme`",
                        "write `scheme: bearer` or `basic`",
                    );
                    None
                }
            },
            "oauth2" => Some(SchemeKind::OAuth2),
            "openIdConnect" => Some(SchemeKind::OpenIdConnect),
            "mutualTLS" => Some(SchemeKind::MutualTls),
            _ => None,
        }
    }

    fn credential(&mut self, at: &Pointer) -> Option<Credential> {
        let raw = self.keyword::<RawCredential>(at)?;
        let select = self.reader.selection(at);
        self.check_collection(&select.from, at);
        let caller = self.has(&at.child("caller")).then(|| self.reader.value(&at.child("caller")));
        let prefix = raw.prefix.map(|raw| match raw {
            RawPrefix::Text(text) => Prefix { text, ignore_case: false },
            RawPrefix::Full(full) => Prefix { text: full.text, ignore_case: full.ignore_case },
        });
        if let Some(Err(message)) = raw.pattern.as_deref().map(check_pattern) {
            let help = "patterns are regular expressions of ECMA-262, without slashes around them";
            let diagnostic = Diagnostic::error("bad-pattern", message);
            self.diagnostics.push(diagnostic.at_value(self.document, &at.child("pattern")).help(help));
        }
        let jwt = raw.jwt.map(|_| self.reader.value(&at.child("jwt").child("secret")));
        if raw.unknown.is_some() && jwt.is_none() {
            let help = "say `else: …`, or `jwt: { secret: … }` where it is a JSON Web Token";
            let message = "without `jwt` an unknown credential and a wrong one are the same";
            self.error("keyword", &at.child("unknown"), message, help);
        }
        let place = at.child("name");
        let name = self.has(&place).then(|| self.reader.value(&place));
        if let Some(name) = &name {
            self.settings_only(name, &place);
        }
        for (index, scheme) in raw.unless.iter().enumerate() {
            self.known_scheme(scheme, &at.child("unless").index(index));
        }
        let sign_in = raw.sign_in.map(|raw| self.sign_in(raw, at.child("sign-in")));
        Some(Credential {
            select,
            name,
            unless: raw.unless,
            prefix,
            pattern: raw.pattern,
            malformed: raw.malformed,
            jwt,
            unknown: raw.unknown,
            refused: raw.refused,
            sign_in,
            caller,
            pointer: at.clone(),
        })
    }

    /// Reports what a value asks for besides settings: it is worked out before there is any request.
    pub(super) fn settings_only(&mut self, value: &ValueExpr, at: &Pointer) {
        let mut others = Vec::new();
        value.expressions(&mut |one| {
            if !matches!(one.source, Source::Setting(_)) {
                others.push(one.to_string());
            }
        });
        let mut selects = false;
        value.selections(&mut |_| selects = true);
        let help = "only settings are known when the server starts: `$settings.NAME`";
        for other in others {
            let diagnostic = Diagnostic::error("unknown-expression", format!("`{other}` is nothing here"));
            self.diagnostics.push(diagnostic.at_value(self.document, at).help(help));
        }
        if selects {
            self.error("keyword", at, "there are no records to ask here", help);
        }
    }

    /// The alternatives at `at`, a `security` of a document or an operation.
    pub(super) fn security(&mut self, at: &Pointer) -> Vec<Vec<SchemeUse>> {
        let Some(Value::Array(alternatives)) = self.document.get(at) else { return Vec::new() };
        let mut all = Vec::new();
        for (index, alternative) in alternatives.iter().enumerate() {
            let mut uses = Vec::new();
            for (name, scopes) in alternative.as_object().into_iter().flatten() {
                self.known_scheme(name, &at.index(index).child(name));
                let scopes =
                    scopes.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned);
                uses.push(SchemeUse { scheme: name.clone(), scopes: scopes.collect() });
            }
            all.push(uses);
        }
        all
    }

    fn known_scheme(&mut self, name: &str, at: &Pointer) {
        if self.contract.schemes.iter().any(|scheme| scheme.name == name) {
            return;
        }
        let place = Pointer::root().child("components").child("securitySchemes");
        let known = keys(self.document, &place);
        if known.iter().any(|one| one == name) {
            return; // It is there, and what is wrong with it has been said.
        }
        let help = match closest(name, known.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("add `{name}` to `components.securitySchemes`"),
        };
        let diagnostic =
            Diagnostic::error("unknown-security-scheme", format!("there is no security scheme `{name}`"));
        self.diagnostics.push(diagnostic.at(self.document, at).help(help));
    }
}
