//! How a credential is obtained (`x-credential`, `sign-in`).

use super::Lowering;
use super::scope::{Missing, Shape, follow_path, meant, unknown_members};
use super::structure::closest;
use crate::contract::{Operation, Register, SignIn};
use crate::language::{Expression, Source, ValueExpr};
use crate::vocabulary::RawSignIn;
use crate::{Contract, Diagnostic, Pointer};

impl Lowering<'_> {
    pub(super) fn sign_in(&mut self, raw: RawSignIn, at: Pointer) -> SignIn {
        let body = self.account(&at);
        let value = self.reader.value(&at.child("value"));
        self.names_only(
            &value,
            &["response"],
            &at.child("value"),
            "`$response.body#/…` and `$response.cookie.NAME` are what was answered",
        );
        let register = raw
            .register
            .map(|raw| Register { operation: raw.operation, body: self.account(&at.child("register")) });
        SignIn { operation: raw.operation, with: raw.with, body, value, register, pointer: at }
    }

    /// A body over `$user` and `$password`.
    fn account(&mut self, at: &Pointer) -> Option<ValueExpr> {
        let place = at.child("body");
        if !self.has(&place) {
            return None;
        }
        let body = self.reader.value(&place);
        self.names_only(&body, &["user", "password"], &place, "`$user` and `$password` are the account's");
        Some(body)
    }

    fn names_only(&mut self, value: &ValueExpr, names: &[&str], at: &Pointer, help: &str) {
        let mut unknown = Vec::new();
        value.expressions(&mut |expression: &Expression| match &expression.source {
            Source::Bound(name) if names.contains(&name.as_str()) => {}
            Source::Setting(_) | Source::Now => {}
            _ => unknown.push(expression.to_string()),
        });
        for expression in unknown {
            let diagnostic =
                Diagnostic::error("unknown-expression", format!("`{expression}` is nothing here"));
            self.diagnostics.push(diagnostic.at_value(self.document, at).help(help));
        }
    }
}

/// Reports operations of `sign-in` that the document does not have.
pub(super) fn check(contract: &Contract) -> Vec<Diagnostic> {
    let mut diagnostics = with(contract);
    diagnostics.extend(members(contract));
    let sign_ins = contract.schemes.iter().filter_map(|one| one.credential.as_ref()?.sign_in.as_ref());
    for sign_in in sign_ins {
        let register = sign_in
            .register
            .as_ref()
            .map(|one| (&one.operation, sign_in.pointer.child("register").child("operation")));
        let named = [(&sign_in.operation, sign_in.pointer.child("operation"))];
        for (id, at) in named.into_iter().chain(register) {
            if contract.operation(id).is_some() {
                continue;
            }
            let known = contract.operations.iter().map(|operation| operation.id.as_str());
            let help = match closest(id, known) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "name the `operationId` of an operation of this document".to_owned(),
            };
            let diagnostic = Diagnostic::error("unknown-operation", format!("there is no operation `{id}`"));
            diagnostics.push(diagnostic.at_value(&contract.document, &at).help(help));
        }
    }
    diagnostics
}

/// Reports what is sent or taken where neither the operation's request nor its answers have such a thing.
fn members(contract: &Contract) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for sign_in in contract.schemes.iter().filter_map(|one| one.credential.as_ref()?.sign_in.as_ref()) {
        let Some(operation) = contract.operation(&sign_in.operation) else { continue };
        sent(contract, operation, sign_in.body.as_ref(), &sign_in.pointer, &mut diagnostics);
        taken(contract, operation, sign_in, &mut diagnostics);
        if let Some(register) = &sign_in.register
            && let Some(operation) = contract.operation(&register.operation)
        {
            let at = sign_in.pointer.child("register");
            sent(contract, operation, register.body.as_ref(), &at, &mut diagnostics);
        }
    }
    diagnostics
}

/// The body that is sent: a name is unknown that none of the request's schemas has.
fn sent(
    contract: &Contract,
    operation: &Operation,
    body: Option<&ValueExpr>,
    at: &Pointer,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let Some(body) = body else { return };
    let at = at.child("body");
    let content = operation.body.iter().flat_map(|body| &body.content);
    let found: Vec<Vec<(Pointer, Missing)>> = content
        .map(|media| {
            let mut found = Vec::new();
            let shape = media.schema.map_or(Shape::Any, Shape::Schema);
            unknown_members(contract, shape, body, &at, &mut found);
            found
        })
        .collect();
    if found.iter().any(Vec::is_empty) {
        return;
    }
    for (place, Missing { name, candidates }) in found.into_iter().next().unwrap_or_default() {
        let message = format!("the body of `{}` has no `{name}`", operation.id);
        let diagnostic = Diagnostic::error("unknown-field", message).at(&contract.document, &place);
        diagnostics.push(diagnostic.help(meant(&name, &candidates)));
    }
}

/// What is taken from the answer.
fn taken(contract: &Contract, operation: &Operation, sign_in: &SignIn, diagnostics: &mut Vec<Diagnostic>) {
    let mut report = |expression: &Expression, name: &str, candidates: &[String]| {
        let message =
            format!("`{expression}` points at nothing: the answer of `{}` has no `{name}`", operation.id);
        let diagnostic = Diagnostic::error("unknown-expression", message);
        let at = sign_in.pointer.child("value");
        diagnostics.push(diagnostic.at_value(&contract.document, &at).help(meant(name, candidates)));
    };
    sign_in.value.expressions(&mut |expression| {
        let (Source::Bound(_), [part, path @ ..]) = (&expression.source, expression.path.as_slice()) else {
            return;
        };
        match part.as_str() {
            "cookie" => {}
            "body" => {
                let answers =
                    operation.responses.iter().filter(|one| !matches!(one.status.code(), 300..=599));
                let shapes = answers
                    .flat_map(|one| &one.content)
                    .map(|one| one.schema.map_or(Shape::Any, Shape::Schema));
                let walked: Vec<Result<Shape, Missing>> =
                    shapes.map(|shape| follow_path(contract, shape, path)).collect();
                if walked.iter().all(Result::is_err)
                    && let Some(Err(Missing { name, candidates })) = walked.into_iter().next()
                {
                    report(expression, &name, &candidates);
                }
            }
            other => report(expression, other, &["body".to_owned(), "cookie".to_owned()]),
        }
    });
}

/// Reports `as` where it names a scheme that is not there, or one whose credential is not obtained by signing in as nobody.
fn with(contract: &Contract) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let sign_ins = contract.schemes.iter().filter_map(|one| one.credential.as_ref()?.sign_in.as_ref());
    for (with, at) in sign_ins.filter_map(|one| Some((one.with.as_ref()?, one.pointer.child("as")))) {
        let names = contract.schemes.iter().map(|scheme| scheme.name.as_str());
        let own = contract.scheme(with).map(|scheme| scheme.credential.as_ref()?.sign_in.as_ref());
        let (code, message, help) = match own {
            Some(Some(own)) if own.with.is_none() => continue,
            Some(_) => (
                "keyword",
                format!("nobody gets a credential for `{with}` by signing in as nobody"),
                "name a scheme that has a `sign-in` without `as`".to_owned(),
            ),
            None => (
                "unknown-security-scheme",
                format!("there is no security scheme `{with}`"),
                closest(with, names).map_or_else(
                    || format!("add `{with}` to `components.securitySchemes`"),
                    |near| format!("did you mean `{near}`?"),
                ),
            ),
        };
        diagnostics.push(Diagnostic::error(code, message).at_value(&contract.document, &at).help(help));
    }
    diagnostics
}
