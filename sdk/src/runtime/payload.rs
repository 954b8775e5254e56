//! Bodies that have no type: bytes with a media type, and multipart forms.

use bytes::{Bytes, BytesMut};

/// Bytes to send, and what they are.
#[derive(Clone, Debug, Default)]
pub struct Payload {
    pub(crate) bytes: Bytes,
    pub(crate) media_type: Option<String>,
}

impl Payload {
    /// Bytes of a media type; without one, the operation's own is sent.
    pub fn new(bytes: impl Into<Bytes>, media_type: Option<&str>) -> Self {
        Self { bytes: bytes.into(), media_type: media_type.map(str::to_owned) }
    }
}

impl From<Bytes> for Payload {
    fn from(bytes: Bytes) -> Self {
        Self { bytes, media_type: None }
    }
}

impl From<Vec<u8>> for Payload {
    fn from(bytes: Vec<u8>) -> Self {
        Self { bytes: bytes.into(), media_type: None }
    }
}

impl From<Multipart> for Payload {
    fn from(form: Multipart) -> Self {
        form.finish()
    }
}

/// A `multipart/form-data` body (RFC 7578) under construction.
#[derive(Clone, Debug)]
pub struct Multipart {
    boundary: String,
    bytes: BytesMut,
}

impl Default for Multipart {
    fn default() -> Self {
        Self::new()
    }
}

impl Multipart {
    /// A form without parts.
    #[must_use]
    pub fn new() -> Self {
        Self { boundary: boundary(), bytes: BytesMut::new() }
    }

    /// Adds a text.
    #[must_use]
    pub fn text(mut self, name: &str, value: &str) -> Self {
        self.part(name, None, None, value.as_bytes());
        self
    }

    /// Adds a file, whose media type is `application/octet-stream` unless given.
    #[must_use]
    pub fn file(mut self, name: &str, file_name: &str, media_type: Option<&str>, bytes: &[u8]) -> Self {
        self.part(name, Some(file_name), Some(media_type.unwrap_or("application/octet-stream")), bytes);
        self
    }

    fn part(&mut self, name: &str, file_name: Option<&str>, media_type: Option<&str>, bytes: &[u8]) {
        self.bytes.extend_from_slice(head(&self.boundary, name, file_name, media_type).as_bytes());
        self.bytes.extend_from_slice(bytes);
        self.bytes.extend_from_slice(b"\r\n");
    }

    fn finish(mut self) -> Payload {
        self.bytes.extend_from_slice(format!("--{}--\r\n", self.boundary).as_bytes());
        let media_type = format!("multipart/form-data; boundary={}", self.boundary);
        Payload { bytes: self.bytes.freeze(), media_type: Some(media_type) }
    }
}

/// What stands between the parts of a form.
pub(crate) fn boundary() -> String {
    format!("tercet-{:032x}", fastrand::u128(..))
}

/// What stands before the content of a part.
pub(crate) fn head(boundary: &str, name: &str, file_name: Option<&str>, media_type: Option<&str>) -> String {
    let mut head = format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{}\"", quoted(name));
    if let Some(file_name) = file_name {
        head.push_str(&format!("; filename=\"{}\"", quoted(file_name)));
    }
    if let Some(media_type) = media_type {
        head.push_str("\r\nContent-Type: ");
        head.extend(media_type.chars().filter(|c| !c.is_control()));
    }
    head.push_str("\r\n\r\n");
    head
}

/// As browsers write names (WHATWG HTML, "multipart/form-data").
fn quoted(text: &str) -> String {
    text.replace('\r', "%0D").replace('\n', "%0A").replace('"', "%22")
}

#[cfg(test)]
mod tests {
    use super::{Multipart, Payload};

    #[test]
    fn parts_stand_between_boundaries() {
        let payload = Payload::from(Multipart::new().text("a\"b", "1").file("f", "x\r\n.txt", None, b"hi"));
        let boundary =
            payload.media_type.as_deref().and_then(|one| one.split_once('=')).unwrap().1.to_owned();
        let text = String::from_utf8(payload.bytes.to_vec()).unwrap();
        assert_eq!(
            text.replace(&boundary, "B"),
            "--B\r\nContent-Disposition: form-data; name=\"a%22b\"\r\n\r\n1\r\n--B\r\nContent-Disposition: form-data; \
             name=\"f\"; filename=\"x%0D%0A.txt\"\r\nContent-Type: application/octet-stream\r\n\r\nhi\r\n--B--\r\n"
        );
    }
}
