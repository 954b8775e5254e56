//! Files: uploading one, and putting it into a cell.

use serde::{Deserialize, Serialize};

use super::errors::UploadFileError;
use super::types::UserFile;
use super::{Client, calls};
use crate::{Error, Multipart, Response};

/// A file as a cell takes it: by the name that uploading gave it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRef {
    /// The name that uploading gave it.
    pub name: String,
    /// What people see instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visible_name: Option<String>,
}

impl From<&UserFile> for FileRef {
    fn from(file: &UserFile) -> Self {
        Self { name: file.name.clone(), visible_name: None }
    }
}

impl Client {
    /// Uploads a file; `media_type` is guessed by the server from its name unless given. A database token will do.
    ///
    /// # Errors
    /// A declared refusal, an answer that was not declared, or none at all.
    pub async fn upload(
        &self,
        file_name: &str,
        media_type: Option<&str>,
        bytes: &[u8],
    ) -> Result<Response<UserFile>, Error<UploadFileError>> {
        let call: calls::UploadFile =
            self.upload_file().body(Multipart::new().file("file", file_name, media_type, bytes));
        call.await
    }
}
