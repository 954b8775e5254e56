//! Forms with files, as the platform's page calls them: FormData, `multipart/form-data`.

use std::path::{Path, PathBuf};

use bytes::Bytes;
use serde::Serialize;
use serde_json::Value;

use super::nested;
use crate::runtime::{Piece, Raw, Upload, boundary, head};

/// What is sent of any file that nobody has said more of.
const ANYTHING: &str = "application/octet-stream";

/// The field that says which method is meant.
const METHOD: &str = "_method";

/// Fields and files for a record. Lists are written as `tenants[]`, booleans as `1` and `0`, null and empty lists as an empty
/// text, which the server takes for null.
///
/// Files are sent from where they are: those that are given by their path are read while they are sent, and bytes are not
/// copied. Cheap to clone.
///
/// ```
/// use tercet_sdk::qore::FormData;
///
/// # #[derive(serde::Serialize)]
/// # struct NewRegistration { date: String, tenants: Vec<i64> }
/// # let registration = NewRegistration { date: "2023-01-05".into(), tenants: vec![1] };
/// let form = FormData::of(&registration)
///     .field("billable", true)
///     .path("attachment", "receipts/may.pdf")
///     .file("photo", "may.png", Some("image/png"), vec![1, 2, 3]);
/// # let _ = form;
/// ```
#[derive(Clone, Debug, Default)]
pub struct FormData {
    parts: Vec<Part>,
    /// Why it cannot be sent.
    refused: Option<String>,
}

#[derive(Clone, Debug)]
struct Part {
    name: String,
    file: Option<(String, String)>,
    content: Content,
}

#[derive(Clone, Debug)]
enum Content {
    Bytes(Bytes),
    Path(PathBuf),
}

impl FormData {
    /// A form without fields.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A form with the fields of a struct or a map. What can be no form is refused when it is sent.
    #[must_use]
    pub fn of(fields: &(impl Serialize + ?Sized)) -> Self {
        match serde_json::to_value(fields) {
            Ok(Value::Object(members)) => {
                members.into_iter().fold(Self::new(), |form, (name, value)| form.add(&name, &value))
            }
            Ok(_) => Self::new().refuse("a form is made of named values".to_owned()),
            Err(error) => Self::new().refuse(format!("the form cannot be written: {error}")),
        }
    }

    /// Adds a field; what was there under its name stays, and the server takes the last.
    #[must_use]
    pub fn field(self, name: &str, value: impl Serialize) -> Self {
        match serde_json::to_value(value) {
            Ok(value) => self.add(name, &value),
            Err(error) => self.refuse(format!("`{name}` cannot be written: {error}")),
        }
    }

    /// Adds a file: its name, its media type, `application/octet-stream` unless given, and what is in it.
    #[must_use]
    pub fn file(
        self,
        name: &str,
        file_name: &str,
        media_type: Option<&str>,
        bytes: impl Into<Bytes>,
    ) -> Self {
        let content = Content::Bytes(bytes.into());
        self.part(name, file_name, media_type, content)
    }

    /// Adds a file from its path, under the name it has there.
    #[must_use]
    pub fn path(self, name: &str, path: impl AsRef<Path>) -> Self {
        self.path_as(name, path, None)
    }

    /// Adds a file from its path, under the name it has there, and of this media type.
    #[must_use]
    pub fn path_as(self, name: &str, path: impl AsRef<Path>, media_type: Option<&str>) -> Self {
        let path = path.as_ref();
        match path.file_name() {
            Some(file_name) => {
                let file_name = file_name.to_string_lossy().into_owned();
                self.part(name, &file_name, media_type, Content::Path(path.to_owned()))
            }
            None => self.refuse(format!("`{}` is no file", path.display())),
        }
    }

    fn add(mut self, name: &str, value: &Value) -> Self {
        match nested::pairs(name, value) {
            Ok(pairs) => {
                let parts = pairs.into_iter().map(|(name, text)| Part {
                    name,
                    file: None,
                    content: Content::Bytes(text.into()),
                });
                self.parts.extend(parts);
                self
            }
            Err(why) => self.refuse(why),
        }
    }

    fn part(mut self, name: &str, file_name: &str, media_type: Option<&str>, content: Content) -> Self {
        let file = Some((file_name.to_owned(), media_type.unwrap_or(ANYTHING).to_owned()));
        self.parts.push(Part { name: name.to_owned(), file, content });
        self
    }

    fn refuse(mut self, why: String) -> Self {
        self.refused.get_or_insert(why);
        self
    }

    /// Gives it to a call, with the method that is meant where that is not its own.
    pub(super) async fn into_call(self, mut call: Raw, method: Option<&str>) -> Raw {
        match self.upload(method).await {
            Ok(upload) => call.upload(upload),
            Err(why) => {
                call.refuse(why);
                call
            }
        }
    }

    async fn upload(self, method: Option<&str>) -> Result<Upload, String> {
        if let Some(why) = self.refused {
            return Err(why);
        }
        if self.parts.iter().any(|part| part.name == METHOD) {
            return Err(format!("`{METHOD}` is no field: the client says itself which method is meant"));
        }
        let boundary = boundary();
        let method = method.map(|method| Part {
            name: METHOD.to_owned(),
            file: None,
            content: Content::Bytes(Bytes::copy_from_slice(method.as_bytes())),
        });
        let mut pieces = Vec::new();
        for Part { name, file, content } in method.into_iter().chain(self.parts) {
            let file = file.as_ref().map(|(name, media_type)| (name.as_str(), media_type.as_str()));
            let (file_name, media_type) = file.unzip();
            pieces.push(Piece::Bytes(head(&boundary, &name, file_name, media_type).into()));
            pieces.push(match content {
                Content::Bytes(bytes) => Piece::Bytes(bytes),
                Content::Path(path) => measured(path).await?,
            });
            pieces.push(Piece::Bytes(Bytes::from_static(b"\r\n")));
        }
        pieces.push(Piece::Bytes(format!("--{boundary}--\r\n").into()));
        Ok(Upload::new(format!("multipart/form-data; boundary={boundary}"), pieces))
    }
}

/// A file as a piece of a body: the length has to be known before.
async fn measured(path: PathBuf) -> Result<Piece, String> {
    let shown = path.display().to_string();
    let unreadable = |why: String| format!("the file `{shown}` cannot be read: {why}");
    let opened = tokio::task::spawn_blocking(move || {
        // Opened, as a file may be there and not for everybody.
        let known = std::fs::File::open(&path).and_then(|file| file.metadata());
        known.map(|known| (path, known))
    });
    let (path, known) = opened
        .await
        .map_err(|error| unreadable(error.to_string()))?
        .map_err(|error| unreadable(error.to_string()))?;
    if !known.is_file() {
        return Err(unreadable("it is no file".to_owned()));
    }
    Ok(Piece::File(path, known.len()))
}
