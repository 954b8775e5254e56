//! A body that is larger than the document's limit is refused, and one that just fits is not.

use tercet_spec::language::ValueExpr;

use super::expect::{list, refused};
use super::{Check, Judgement, Subject};
use crate::reading::statuses_of;
use crate::{Clause, Finding, Girth, Purpose};

/// The limit of bodies is kept.
#[derive(Debug)]
pub(super) struct OversizedBodyRejection;

impl Check for OversizedBodyRejection {
    fn name(&self) -> &'static str {
        "oversized_body_rejection"
    }

    fn about(&self) -> &'static str {
        "a body of one byte more than the limit is refused as documented, and one that just fits is not refused for its size"
    }

    fn clause(&self) -> &'static str {
        "`x-conduct.body-limit`"
    }

    fn check(&self, subject: &Subject<'_>) -> Judgement {
        let (Purpose::Padded(girth), Some(limit)) =
            (&subject.exchange.purpose, &subject.contract.conduct.body_limit)
        else {
            return Judgement::Silent;
        };
        let size = subject.exchange.request.body.as_ref().map_or(0, |body| body.len());
        let pointer = subject.contract.conduct.pointer.child("body-limit");
        let by_setting = match &limit.size {
            ValueExpr::Expression(setting) => format!(" (the default of `{setting}`)"),
            _ => String::new(),
        };
        if *girth == Girth::TooLarge {
            let clause =
                Clause::at(subject.contract, &pointer, format!("at most {} bytes{by_setting}", size - 1));
            let what = format!("the body has {size} bytes, one more than the limit{by_setting}");
            return refused(self.name(), subject, &limit.outcome, clause, &what);
        }
        let Some(answer) = subject.answer() else {
            return Judgement::Silent;
        };
        let statuses = statuses_of(subject.contract, subject.operation, &limit.outcome);
        let clause = Clause::at(subject.contract, &pointer, format!("at most {size} bytes{by_setting}"));
        // A status that speaks of something else, too, proves nothing.
        let response = subject.response().filter(|response| response.outcomes == [limit.outcome.as_str()]);
        if response.is_none() || !statuses.iter().any(|status| status.covers(answer.status)) {
            return Judgement::Held;
        }
        let message = format!(
            "a body of {size} bytes is just as large as may be; expected anything but {}, {}",
            list(&statuses),
            subject.exchange.summary()
        );
        Judgement::Broken(vec![
            Finding::new(self.name(), clause, message).of(subject.operation).shown_by(subject.exchange),
        ])
    }
}
