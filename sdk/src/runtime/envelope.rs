//! The envelope: an answer rewritten so that the generated layer reads it into the variant of its status.

use bytes::{BufMut, Bytes, BytesMut};
use serde::de::IgnoredAny;

use super::meta::{Reply, ReplyForm};

/// `{"status": VARIANT, "body": …}` around a declared answer's body.
///
/// # Errors
/// What is wrong with a body that should be JSON.
pub(crate) fn wrap(reply: &Reply, body: &[u8]) -> Result<Bytes, String> {
    let mut envelope = BytesMut::with_capacity(body.len() + 64);
    envelope.put_slice(b"{\"status\":\"");
    envelope.put_slice(reply.variant.as_bytes());
    envelope.put_slice(b"\"");
    match reply.form {
        ReplyForm::Empty | ReplyForm::Bytes => {}
        ReplyForm::Text => {
            let text =
                serde_json::to_vec(&String::from_utf8_lossy(body)).map_err(|error| error.to_string())?;
            envelope.put_slice(b",\"body\":");
            envelope.put_slice(&text);
        }
        ReplyForm::Json => {
            if body.is_empty() {
                return Err("it is empty, and JSON was declared".to_owned());
            }
            // Looked at on its own first, so that no body can pass for a part of the envelope.
            serde_json::from_slice::<IgnoredAny>(body).map_err(|error| format!("it is not JSON: {error}"))?;
            envelope.put_slice(b",\"body\":");
            envelope.put_slice(body);
        }
    }
    envelope.put_slice(b"}");
    Ok(envelope.freeze())
}

#[cfg(test)]
mod tests {
    use super::wrap;
    use crate::runtime::{Reply, ReplyForm};

    fn reply(form: ReplyForm) -> Reply {
        Reply { from: 200, to: 200, variant: "Ok", form, media_type: None }
    }

    #[test]
    fn bodies_cannot_pass_for_the_envelope() {
        for body in ["1,\"status\":\"Created\"", "{}}", "", "{\"a\":", "<html>"] {
            assert!(wrap(&reply(ReplyForm::Json), body.as_bytes()).is_err(), "{body}");
        }
    }

    #[test]
    fn each_form_has_its_envelope() {
        let text = |form, body: &str| {
            String::from_utf8(wrap(&reply(form), body.as_bytes()).unwrap().to_vec()).unwrap()
        };
        assert_eq!(text(ReplyForm::Json, " [1] "), r#"{"status":"Ok","body": [1] }"#);
        assert_eq!(text(ReplyForm::Text, "a\"b"), r#"{"status":"Ok","body":"a\"b"}"#);
        assert_eq!(text(ReplyForm::Empty, "whatever"), r#"{"status":"Ok"}"#);
    }
}
