//! Requests without the right credential.

use futures::future::BoxFuture;

use super::Probe;
use super::subject::harmless;
use crate::reading::Reading;
use crate::session::{Session, Wishes};
use crate::wire::is_public;
use crate::{Denial, Purpose, Stop};

#[derive(Debug)]
pub(super) struct Deny;

impl Probe for Deny {
    fn name(&self) -> &'static str {
        "deny"
    }

    fn about(&self) -> &'static str {
        "the same request without a credential, with a made-up one, and with the right one in another scheme"
    }

    fn serves(&self) -> &'static [&'static str] {
        &["ignored_auth"]
    }

    fn applies(&self, reading: &Reading, operation: usize) -> bool {
        !is_public(&reading.contract().operations[operation])
    }

    fn succeeds(&self) -> bool {
        false
    }

    fn run<'a>(&'a self, session: &'a mut Session, operation: usize) -> BoxFuture<'a, Result<(), Stop>> {
        Box::pin(async move {
            let open = session.target().limits.stand_in && takes_anybody(&session.reading(), operation);
            let denials = [Denial::None, Denial::Wrong, Denial::OtherScheme];
            for denial in denials.into_iter().filter(|denial| !open || *denial == Denial::None) {
                let (subject, inputs) = harmless(session, operation, &Wishes::plain())?;
                match session.write(operation, subject.aim(), &inputs, Purpose::Denied(denial)).await {
                    Ok(_) => {}
                    // Some schemes have no other scheme to hide in.
                    Err(Stop::Missing(_)) => {}
                    Err(stop) => return Err(stop),
                }
            }
            if open {
                let why = "the reference server takes any credential: the document does not say whose is whose (`x-credential`)";
                return Err(Stop::Blocked(why.to_owned()));
            }
            Ok(())
        })
    }
}

/// Whether an operation asks for a credential of which the document does not say whose it is.
fn takes_anybody(reading: &Reading, operation: usize) -> bool {
    let contract = reading.contract();
    let mut schemes = contract.operations[operation].security.iter().flatten();
    schemes.any(|one| contract.scheme(&one.scheme).is_none_or(|scheme| scheme.credential.is_none()))
}
