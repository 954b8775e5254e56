//! A 405 carries the methods of the path.

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
        "a 405 carries an `Allow` header with every documented method of the path"
    }

    fn clause(&self) -> &'static str {
        "`paths`; RFC 9110, 15.5.6"
    }

    fn check(&self, subject: &Subject<'_>) -> Judgement {
        let Some(answer) = subject.answer().filter(|answer| answer.status == 405) else {
            return Judgement::Silent;
        };
        if subject.exchange.purpose != Purpose::UndeclaredMethod {
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
        let path = subject.operation.pointer.parent().unwrap_or_default();
        let says = format!("the path has {} (RFC 9110, 15.5.6: a 405 carries `Allow`)", declared.join(", "));
        let message = format!("{message}: {}", subject.exchange.summary());
        Judgement::Broken(vec![subject.finding(self.name(), &path, says, message)])
    }
}
