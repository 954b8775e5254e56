//! Bodies that cannot be read: torn JSON, another media type.

use futures::future::BoxFuture;

use super::Probe;
use super::subject::harmless;
use crate::reading::{Reading, is_json};
use crate::session::{Session, Wishes};
use crate::{Body, Purpose, Stop};

#[derive(Debug)]
pub(super) struct UnreadableBody;

impl Probe for UnreadableBody {
    fn name(&self) -> &'static str {
        "unreadable-body"
    }

    fn about(&self) -> &'static str {
        "a body of torn JSON, and the right body said to be of another media type"
    }

    fn serves(&self) -> &'static [&'static str] {
        &["broken_body_rejection", "wrong_media_type_rejection"]
    }

    fn applies(&self, reading: &Reading, operation: usize) -> bool {
        let body = reading.contract().operations[operation].body.as_ref();
        body.is_some_and(|body| body.content.iter().any(|media| is_json(&media.name)))
    }

    fn succeeds(&self) -> bool {
        false
    }

    fn run<'a>(&'a self, session: &'a mut Session, operation: usize) -> BoxFuture<'a, Result<(), Stop>> {
        Box::pin(async move {
            let reading = session.reading();
            let Some(declared) = &reading.contract().operations[operation].body else {
                return Ok(());
            };
            let json =
                declared.content.iter().find(|media| is_json(&media.name)).map(|media| media.name.clone());
            let (subject, mut inputs) = harmless(session, operation, &Wishes::plain())?;
            let good = inputs.body_value().map(ToString::to_string).unwrap_or_default();
            inputs.body = Some(Body::Raw(json, b"{\"torn\": ".to_vec()));
            session.write(operation, subject.aim(), &inputs, Purpose::BrokenBody).await?;
            let takes =
                |name: &str| {
                    declared.content.iter().any(|media| {
                        media.name == name
                            || media.name == "*/*"
                            || media.name.split('/').next().is_some_and(|main| {
                                media.name == format!("{main}/*") && name.starts_with(main)
                            })
                    })
                };
            for other in ["text/plain", "application/xml"] {
                if takes(other) {
                    continue;
                }
                let (subject, mut inputs) = harmless(session, operation, &Wishes::plain())?;
                inputs.body = Some(Body::Raw(Some(other.to_owned()), good.clone().into_bytes()));
                session.write(operation, subject.aim(), &inputs, Purpose::WrongMediaType).await?;
            }
            Ok(())
        })
    }
}
