//! Keeping a file: the same content under the same name is kept once.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use imagesize::ImageType;
use serde_json::{Value, json};

use super::name::{digest, extension, shortened};
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::baserow::records::{key, text};
use crate::state::Record;

const MEGABYTE: u64 = 1024 * 1024;

/// Keeps a file for the caller. `sent_as` is the media type that it was sent as.
///
/// # Errors
/// `ERROR_FILE_SIZE_TOO_LARGE` for more than the instance takes.
pub(super) fn keep(
    context: &mut ActionContext<'_>,
    file_name: &str,
    sent_as: Option<&str>,
    content: &[u8],
) -> Result<Record, Outcome> {
    let limit = context.setting("BASEROW_FILE_UPLOAD_SIZE_LIMIT_MB").and_then(Value::as_u64);
    if let Some(limit) = limit.filter(|limit| content.len() as u64 > limit.saturating_mul(MEGABYTE)) {
        let sentence = format!("files have at most {limit} MB");
        return Err(Outcome::new("ERROR_FILE_SIZE_TOO_LARGE", sentence));
    }
    let (original, hash) = (shortened(file_name), digest(content));
    let extension = extension(&original);
    let same = context.all("user_files", &[("original_name", &original.as_str().into())])?;
    let ending = format!("_{hash}.{extension}");
    if let Some(known) = same.into_iter().find(|file| text(file, "name").ends_with(&ending)) {
        return Ok(known);
    }
    let name = format!("{}{ending}", context.entropy().token(32));
    let image = Image::of(content);
    let guessed = mime_guess::from_path(&original).first().map(|media| media.essence_str().to_owned());
    let fallback = || guessed.or_else(|| sent_as.map(str::to_owned)).unwrap_or_default();
    let media_type = image.as_ref().map_or_else(fallback, |image| format!("image/{}", image.format));
    let user = context.caller().map(key);
    context.insert(
        "user_files",
        json!({
            "name": name, "original_name": original, "size": content.len(), "mime_type": media_type,
            "is_image": image.is_some(), "image_width": image.as_ref().map(|image| image.width),
            "image_height": image.as_ref().map(|image| image.height), "content": STANDARD.encode(content),
            "uploaded_by": user,
        }),
    )
}

/// An image of a format that the product makes thumbnails of.
#[derive(Debug, PartialEq)]
struct Image {
    format: &'static str,
    width: usize,
    height: usize,
}

impl Image {
    fn of(content: &[u8]) -> Option<Self> {
        let format = match imagesize::image_type(content).ok()? {
            ImageType::Bmp => "bmp",
            ImageType::Gif => "gif",
            ImageType::Ico => "ico",
            ImageType::Jpeg => "jpeg",
            ImageType::Png => "png",
            ImageType::Tiff => "tiff",
            ImageType::Webp => "webp",
            _ => return None,
        };
        let size = imagesize::blob_size(content).ok()?;
        Some(Self { format, width: size.width, height: size.height })
    }
}

#[cfg(test)]
mod tests {
    use super::Image;

    #[test]
    fn images_are_measured() {
        let gif = b"GIF89a\x03\x00\x02\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff;";
        assert_eq!(Image::of(gif), Some(Image { format: "gif", width: 3, height: 2 }));
    }

    #[test]
    fn what_only_begins_like_an_image_is_none() {
        assert_eq!(Image::of(b"\x89PNG\r\n\x1a\n"), None);
        assert_eq!(Image::of(b"plain text"), None);
    }
}
