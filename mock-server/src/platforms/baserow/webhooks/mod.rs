//! Webhooks: kept and shown, never called.

mod address;
mod headers;
mod test_call;
mod write;

pub(super) use test_call::test_webhook;
pub(super) use write::{create_webhook, update_webhook};
