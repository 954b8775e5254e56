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
            for denial in [Denial::None, Denial::Wrong, Denial::OtherScheme] {
                let (subject, inputs) = harmless(session, operation, &Wishes::plain())?;
                match session.write(operation, subject.aim(), &inputs, Purpose::Denied(denial)).await {
                    Ok(_) => {}
                    // Some schemes have no other scheme to hide in.
                    Err(Stop::Missing(_)) => {}
                    Err(stop) => return Err(stop),
                }
            }
            Ok(())
        })
    }
}
