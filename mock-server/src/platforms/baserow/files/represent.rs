//! What answers say of a file, here and in the cells of rows.

use serde_json::{Value, json};

use crate::action::ActionContext;
use crate::platforms::baserow::records::{flag, text};
use crate::state::Record;

/// A file as uploads answer it.
pub(in crate::platforms::baserow) fn represent(context: &ActionContext<'_>, file: &Record) -> Value {
    let field = |name: &str| file.get(name).cloned().unwrap_or_default();
    json!({
        "size": field("size"), "mime_type": field("mime_type"), "is_image": flag(file, "is_image"),
        "image_width": field("image_width"), "image_height": field("image_height"), "uploaded_at": field("uploaded_at"),
        "url": url(context, text(file, "name")), "thumbnails": thumbnails(context, file), "name": field("name"),
        "original_name": field("original_name"),
    })
}

/// Where a file can be downloaded.
fn url(context: &ActionContext<'_>, name: &str) -> String {
    format!("{}/media/user_files/{name}", context.origin())
}

/// An image in the product's three sizes: null for what follows from the other side.
fn thumbnails(context: &ActionContext<'_>, file: &Record) -> Value {
    if !flag(file, "is_image") {
        return Value::Null;
    }
    let name = text(file, "name");
    let of = |size: &str, width: Option<u32>, height: u32| {
        let url = format!("{}/media/thumbnails/{size}/{name}", context.origin());
        json!({ "url": url, "width": width, "height": height })
    };
    json!({ "tiny": of("tiny", None, 21), "small": of("small", Some(48), 48), "card_cover": of("card_cover", Some(300), 160) })
}
