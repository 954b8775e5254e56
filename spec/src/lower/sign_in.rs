//! How a credential is obtained (`x-credential`, `sign-in`).

use super::Lowering;
use super::structure::closest;
use crate::contract::{Register, SignIn};
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
