//! Two envelopes: the platform's own, which is taken off, and one in which an answer is handed on, so that the generated
//! layer reads it into the variant of its status.

use std::borrow::Cow;
use std::collections::BTreeMap;

use bytes::{BufMut, Bytes, BytesMut};
use serde::de::IgnoredAny;
use serde_json::value::RawValue;

use super::meta::{Envelope, Reply, ReplyForm, Wrapping};

/// Why an answer cannot be handed on.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Unfit {
    /// What is wrong with a body that should be JSON.
    Unreadable(String),
    /// Its envelope says that it failed, whatever its status.
    Unsuccessful,
    /// It is a 401 without the body that is declared.
    Unauthenticated,
}

/// `{"status": VARIANT, "body": …}` around a declared answer's body.
pub(crate) fn wrap(reply: &Reply, own: Option<&Envelope>, status: u16, body: &[u8]) -> Result<Bytes, Unfit> {
    let mut envelope = BytesMut::with_capacity(body.len() + 64);
    envelope.put_slice(b"{\"status\":\"");
    envelope.put_slice(reply.variant.as_bytes());
    envelope.put_slice(b"\"");
    let unreadable = |why: String| Unfit::Unreadable(why);
    match reply.form {
        ReplyForm::Empty | ReplyForm::Bytes => {}
        ReplyForm::Text => {
            let text = serde_json::to_vec(&String::from_utf8_lossy(body))
                .map_err(|error| unreadable(error.to_string()))?;
            envelope.put_slice(b",\"body\":");
            envelope.put_slice(&text);
        }
        ReplyForm::Json => {
            if body.is_empty() && status == 401 {
                return Err(Unfit::Unauthenticated);
            }
            if body.is_empty() {
                return Err(unreadable("it is empty, and JSON was declared".to_owned()));
            }
            // Looked at on its own first, so that no body can pass for a part of the envelope.
            serde_json::from_slice::<IgnoredAny>(body)
                .map_err(|error| unreadable(format!("it is not JSON: {error}")))?;
            if let Some(body) = take_off(reply.wrapping, own, body)? {
                envelope.put_slice(b",\"body\":");
                envelope.put_slice(body);
            }
        }
    }
    envelope.put_slice(b"}");
    Ok(envelope.freeze())
}

/// What is given of a success; nothing of one that has nothing.
fn take_off<'b>(
    wrapping: Wrapping,
    own: Option<&Envelope>,
    body: &'b [u8],
) -> Result<Option<&'b [u8]>, Unfit> {
    let Some(own) = own.filter(|_| wrapping != Wrapping::None) else { return Ok(Some(body)) };
    let members: BTreeMap<Cow<'b, str>, &'b RawValue> = serde_json::from_slice(body)
        .map_err(|_| Unfit::Unreadable("it is JSON, and not in its envelope".to_owned()))?;
    match members.get(own.code).map(|code| serde_json::from_str::<i64>(code.get())) {
        Some(Ok(code)) if code == own.success => {}
        Some(Ok(_)) => return Err(Unfit::Unsuccessful),
        _ => return Err(Unfit::Unreadable(format!("its envelope has no number at `{}`", own.code))),
    }
    match (wrapping, members.get(own.payload)) {
        (Wrapping::Payload, Some(payload)) => Ok(Some(payload.get().as_bytes())),
        (Wrapping::Payload, None) => Err(Unfit::Unreadable(format!("its envelope has no `{}`", own.payload))),
        (Wrapping::Nothing, _) => Ok(None),
        (Wrapping::Whole | Wrapping::None, _) => Ok(Some(body)),
    }
}

#[cfg(test)]
mod tests {
    use super::{Unfit, wrap};
    use crate::runtime::{Envelope, Reply, ReplyForm, Wrapping};

    fn reply(form: ReplyForm) -> Reply {
        Reply { from: 200, to: 200, variant: "Ok", form, wrapping: Wrapping::None, media_type: None }
    }

    #[test]
    fn bodies_cannot_pass_for_the_envelope() {
        for body in ["1,\"status\":\"Created\"", "{}}", "", "{\"a\":", "<html>"] {
            assert!(wrap(&reply(ReplyForm::Json), None, 200, body.as_bytes()).is_err(), "{body}");
        }
    }

    #[test]
    fn each_form_has_its_envelope() {
        let text = |form, body: &str| {
            String::from_utf8(wrap(&reply(form), None, 200, body.as_bytes()).unwrap().to_vec()).unwrap()
        };
        assert_eq!(text(ReplyForm::Json, " [1] "), r#"{"status":"Ok","body": [1] }"#);
        assert_eq!(text(ReplyForm::Text, "a\"b"), r#"{"status":"Ok","body":"a\"b"}"#);
        assert_eq!(text(ReplyForm::Empty, "whatever"), r#"{"status":"Ok"}"#);
    }

    static OWN: Envelope = Envelope {
        payload: "data",
        code: "code",
        success: 1,
        unauthenticated: &[],
        not_authorized: &[],
        not_found: &[],
        invalid: &[],
        conflict: &[],
        server_error: &[],
    };

    fn taken_off(wrapping: Wrapping, body: &str) -> Result<String, Unfit> {
        let reply = Reply { wrapping, ..reply(ReplyForm::Json) };
        let text = wrap(&reply, Some(&OWN), 200, body.as_bytes())?;
        Ok(String::from_utf8(text.to_vec()).unwrap())
    }

    #[test]
    fn a_platforms_envelope_is_taken_off() {
        let text = r#"{"code":1,"message":"","data":{"n":1.50,"b":null,"a":[ ]},"success":true}"#;
        // What is in it stays as it was written.
        let given = r#"{"status":"Ok","body":{"n":1.50,"b":null,"a":[ ]}}"#;
        assert_eq!(taken_off(Wrapping::Payload, text).as_deref(), Ok(given));
        assert_eq!(taken_off(Wrapping::Nothing, text).as_deref(), Ok(r#"{"status":"Ok"}"#));
        let whole = format!(r#"{{"status":"Ok","body":{text}}}"#);
        assert_eq!(taken_off(Wrapping::Whole, text), Ok(whole));
    }

    #[test]
    fn an_envelope_that_says_otherwise_is_no_success() {
        for wrapping in [Wrapping::Payload, Wrapping::Nothing, Wrapping::Whole] {
            let failed = r#"{"code":5205,"message":"","data":true,"success":false}"#;
            assert_eq!(taken_off(wrapping, failed), Err(Unfit::Unsuccessful));
            for nonsense in ["[]", "{}", r#"{"data":1}"#, r#"{"code":"1","data":1}"#, r#"{"code":null}"#] {
                assert!(matches!(taken_off(wrapping, nonsense), Err(Unfit::Unreadable(_))), "{nonsense}");
            }
        }
        let without = taken_off(Wrapping::Payload, r#"{"code":1,"message":"","success":true}"#);
        assert_eq!(without, Err(Unfit::Unreadable("its envelope has no `data`".to_owned())));
    }

    #[test]
    fn a_401_may_be_empty_and_nothing_else_may() {
        let wrapped = |status| wrap(&reply(ReplyForm::Json), Some(&OWN), status, b"");
        assert_eq!(wrapped(401), Err(Unfit::Unauthenticated));
        assert!(matches!(wrapped(200), Err(Unfit::Unreadable(_))));
    }
}
