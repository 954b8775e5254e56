//! Keeping files, as long as a record has them.

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::media_type;
use crate::action::ActionContext;
use crate::inputs::Upload;
use crate::outcome::Outcome;
use crate::platforms::qore::application::{App, Kind, Resource};
use crate::platforms::qore::logs::resource_of;
use crate::platforms::qore::{refusal, rules};
use crate::platforms::reading::{number, text};
use crate::state::{Difference, Record};

/// The collection of all files.
const FILES: &str = "stored_files";

/// Whether a file has more than PHP takes.
pub(in super::super) fn is_too_large(context: &ActionContext<'_>, upload: &Upload) -> bool {
    limit(context, "UPLOAD_MAX_FILESIZE").is_some_and(|limit| upload.content.len() as u64 > limit)
}

fn limit(context: &ActionContext<'_>, setting: &str) -> Option<u64> {
    crate::build::bytes(context.setting(setting)?)
}

/// Keeps a file and gives what its field holds.
///
/// # Errors
/// `invalid` where there is no room left.
pub(in super::super) fn keep(
    context: &mut ActionContext<'_>,
    field: &str,
    upload: &Upload,
) -> Result<Value, Outcome> {
    let used: u64 = context.state().records(FILES).map(|file| number(file, "size")).sum();
    let size = upload.content.len() as u64;
    if limit(context, "STORAGE_LIMIT").is_some_and(|limit| used.saturating_add(size) > limit) {
        let said = format!("The {} does not fit into what is left of the storage.", rules::attribute(field));
        return Err(refusal::invalid([(field.to_owned(), said)]));
    }
    let kind = media_type(upload);
    let name = upload.file_name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
    let path = format!("{}{}", context.entropy().token(40), extension(&kind, &name));
    let about = json!({ "path": path, "name": name, "size": size, "mime_type": kind });
    let mut stored = about.clone();
    stored["content"] = STANDARD.encode(&upload.content).into();
    context.insert(FILES, stored)?;
    Ok(about)
}

/// The extension under which a file is kept: its own where it is one of the media type's, else one of those.
fn extension(kind: &str, name: &str) -> String {
    let own = name.rsplit_once('.').map(|(_, own)| own.to_lowercase());
    let known = mime_guess::get_mime_extensions_str(kind).unwrap_or_default();
    let fitting = own.filter(|own| known.contains(&own.as_str()));
    fitting
        .or_else(|| known.first().map(|one| (*one).to_owned()))
        .map_or_else(String::new, |one| format!(".{one}"))
}

/// Removes the files that records had, or that were sent, and that no record has any more.
///
/// # Errors
/// `internal`
pub(in super::super) fn sweep(
    app: &App,
    context: &mut ActionContext<'_>,
    differences: &[Difference],
) -> Result<(), Outcome> {
    let mut loose = BTreeSet::new();
    for Difference { before, after } in differences {
        let Some(record) = before.as_ref().or(after.as_ref()) else { continue };
        match resource_of(app, context.state(), record) {
            Some(resource) => loose.extend(before.iter().flat_map(|record| paths(resource, record))),
            None if record.is_in(context.state(), FILES) => {
                loose.extend(after.iter().map(|file| text(file, "path").to_owned()));
            }
            None => {}
        }
    }
    if loose.is_empty() {
        return Ok(());
    }
    for resource in app.resources.values().filter(|resource| has_files(resource)) {
        for record in context.state().records(&resource.name) {
            for path in paths(resource, record) {
                loose.remove(&path);
            }
        }
    }
    for path in loose {
        let gone = context.all(FILES, &[("path", &path.into())])?;
        context.delete(&gone)?;
    }
    Ok(())
}

fn has_files(resource: &Resource) -> bool {
    resource.fields.values().any(|field| matches!(field.kind, Kind::File))
}

/// The files that a record has.
fn paths<'a>(resource: &'a Resource, record: &'a Record) -> impl Iterator<Item = String> + 'a {
    let fields = resource.fields.values().filter(|field| matches!(field.kind, Kind::File));
    fields.filter_map(|field| Some(record.get(&field.name)?.get("path")?.as_str()?.to_owned()))
}
