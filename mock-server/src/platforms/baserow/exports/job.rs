//! An export from its start to its end.

use serde_json::{Value, json};

use crate::action::ActionContext;
use crate::entropy::Timestamp;
use crate::outcome::Outcome;
use crate::platforms::baserow::records::{get, text, value};
use crate::state::Record;

/// After so many milliseconds an export has ended, whether somebody asked or not.
const TAKES: u64 = 1000;
/// The file is kept for an hour.
const KEPT: u64 = 60 * 60 * 1000;

/// How an export is getting on. Whoever asks learns that it has ended.
///
/// # Errors
/// None but `internal`.
pub(in crate::platforms::baserow) fn read_export(
    context: &mut ActionContext<'_>,
    export: u64,
) -> Result<Value, Outcome> {
    let mut export = get(context, "exports", export)?;
    if text(&export, "state") == "pending" {
        export = context.update(&export, json!({ "state": "finished" }))?;
    }
    Ok(represent(context, &export))
}

/// The bytes of an exported file, in base64.
///
/// # Errors
/// `not-found` when there is no such file, or not any more.
pub(in crate::platforms::baserow) fn download(
    context: &ActionContext<'_>,
    name: &str,
) -> Result<Value, Outcome> {
    let found = context.find("exports", &[("exported_file_name", &name.into())])?;
    let there = found.filter(|export| state(context, export) == "finished");
    let nothing = || Outcome::not_found(format!("there is no exported file `{name}`"));
    there.map(|export| json!({ "content": value(&export, "content") })).ok_or_else(nothing)
}

/// What answers say of an export.
pub(super) fn represent(context: &ActionContext<'_>, export: &Record) -> Value {
    let state = state(context, export);
    let finished = state == "finished";
    let name = text(export, "exported_file_name");
    let url = finished.then(|| format!("{}/media/export_files/{name}", context.origin()));
    json!({
        "id": value(export, "id"), "table": value(export, "table"), "view": value(export, "view"),
        "exporter_type": value(export, "exporter_type"), "state": state, "status": state,
        "exported_file_name": finished.then_some(name), "created_at": value(export, "created_at"),
        "progress_percentage": if finished || state == "expired" { 100.0 } else { 0.0 }, "url": url,
    })
}

/// Whether an export has not ended by now.
pub(super) fn goes_on(context: &ActionContext<'_>, export: &Record) -> bool {
    state(context, export) == "pending"
}

fn state(context: &ActionContext<'_>, export: &Record) -> &'static str {
    let since = Timestamp::parse(text(export, "created_at")).unwrap_or_default();
    let is_past = |milliseconds: u64| since.after(milliseconds) <= context.now();
    match text(export, "state") {
        "cancelled" => "cancelled",
        _ if is_past(KEPT) => "expired",
        "pending" if !is_past(TAKES) => "pending",
        _ => "finished",
    }
}
