//! What a file is: by its first bytes where they tell, else by its name.

use crate::inputs::Upload;

/// What files begin with, and what they are then.
const BEGINNINGS: [(&[u8], &str); 9] = [
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"%PDF-", "application/pdf"),
    (b"\x1f\x8b", "application/gzip"),
    (b"PK\x03\x04", "application/zip"),
];

/// The media type of a file.
pub(in super::super) fn media_type(upload: &Upload) -> String {
    let by_name =
        mime_guess::from_path(&upload.file_name).first().map(|media| media.essence_str().to_owned());
    let content = &upload.content;
    let found = if content.starts_with(b"RIFF") && content.get(8..12) == Some(b"WEBP") {
        Some("image/webp")
    } else {
        BEGINNINGS.iter().find(|(bytes, _)| content.starts_with(bytes)).map(|(_, kind)| *kind)
    };
    match (found, by_name) {
        // Documents of offices are zip archives.
        (Some("application/zip"), Some(named)) if named.starts_with("application/") => named,
        // `BM` is too short to be sure of.
        (Some("image/bmp"), _) if is_text(content) => "text/plain".to_owned(),
        (Some(found), _) => found.to_owned(),
        // A name says what a text is, but makes no picture of it.
        (None, Some(named)) if is_text(content) && !is_binary(&named) => named,
        (None, _) if is_text(content) => "text/plain".to_owned(),
        (None, Some(named)) if !BEGINNINGS.iter().any(|(_, kind)| *kind == named) => named,
        (None, _) => "application/octet-stream".to_owned(),
    }
}

fn is_text(content: &[u8]) -> bool {
    !content.contains(&0) && std::str::from_utf8(content).is_ok()
}

fn is_binary(kind: &str) -> bool {
    let pictures = kind.starts_with("image/") && kind != "image/svg+xml";
    pictures
        || ["audio/", "video/", "font/"].iter().any(|family| kind.starts_with(family))
        || BEGINNINGS.iter().any(|(_, known)| *known == kind)
}

#[cfg(test)]
mod tests {
    use super::media_type;
    use crate::inputs::Upload;

    #[test]
    fn content_counts_before_the_name() {
        for (name, content, expected) in [
            ("a.png", &b"\x89PNG\r\n\x1a\nxx"[..], "image/png"),
            ("a.txt", b"\x89PNG\r\n\x1a\nxx", "image/png"),
            ("a.png", b"hello", "text/plain"),
            ("a.csv", b"a,b", "text/csv"),
            (
                "a.docx",
                b"PK\x03\x04..",
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            ),
            ("a.zip", b"PK\x03\x04..", "application/zip"),
            ("a", b"\xff\xfe\x00", "application/octet-stream"),
            ("a.pdf", b"%PDF-1.7", "application/pdf"),
            ("a.pdf", b"\x00", "application/octet-stream"),
            ("bm.txt", b"BMW", "text/plain"),
        ] {
            let upload = Upload { file_name: name.to_owned(), content: content.into(), ..Upload::default() };
            assert_eq!(media_type(&upload), expected, "{name}");
        }
    }
}
