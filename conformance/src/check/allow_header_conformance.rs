//! A 405 carries the methods of the path, and so does every answer where the document says so.

use super::{Check, Judgement, Subject};
use crate::Purpose;

/// A 405 says what is allowed.
#[derive(Debug)]
pub(super) struct AllowHeaderConformance;

impl Check for AllowHeaderConformance {
    fn name(&self) -> &'static str {
        "allow_header_conformance"
    }

    fn about(&self) -> &'static str {
        "a 405 (with `x-conduct.allow`, any answer) carries an `Allow` header with every documented method of the path"
    }

    fn clause(&self) -> &'static str {
        "`paths`, `x-conduct.allow`; RFC 9110, 10.2.1 and 15.5.6"
    }

    fn check(&self, subject: &Subject<'_>) -> Judgement {
        let Some(answer) = subject.answer() else {
            return Judgement::Silent;
        };
        let refused = answer.status == 405 && subject.exchange.purpose == Purpose::UndeclaredMethod;
        // A 404 may be that of an unknown path, which has nothing to allow; a 5xx has checks of its own.
        let promised = subject.contract.conduct.allow
            && subject.is_own_method()
            && answer.status != 404
            && answer.status < 500;
        if !refused && !promised {
            return Judgement::Silent;
        }
        let declared: Vec<&str> = subject
            .contract
            .operations
            .iter()
            .filter(|one| one.path.text == subject.operation.path.text)
            .map(|one| one.method.as_str())
            .collect();
        let allow = answer.header("allow");
        let allowed: Vec<String> =
            allow.unwrap_or_default().split(',').map(|one| one.trim().to_ascii_uppercase()).collect();
        let lacking: Vec<&str> =
            declared.iter().copied().filter(|one| !allowed.iter().any(|own| own == one)).collect();
        let message = match (allow, lacking.as_slice()) {
            (Some(_), []) => return Judgement::Held,
            (None, _) => "there is no `Allow`".to_owned(),
            (Some(text), lacking) => format!("`Allow: {text}` lacks {}", lacking.join(", ")),
        };
        let (place, why) = match refused {
            true => (subject.operation.pointer.parent().unwrap_or_default(), "15.5.6: a 405 carries `Allow`"),
            false => {
                (subject.contract.conduct.pointer.child("allow"), "10.2.1: every answer carries `Allow`")
            }
        };
        let says = format!("the path has {} (RFC 9110, {why})", declared.join(", "));
        let message = format!("{message}: {}", subject.exchange.summary());
        Judgement::Broken(vec![subject.finding(self.name(), &place, says, message)])
    }
}
