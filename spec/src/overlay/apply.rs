//! Applying the actions of an overlay, in order, with the positions of what they bring (Overlay 1.0.0, "Action Object").

use serde_json::Value;
use serde_json_path::JsonPath;

use crate::document::{Spanned, Spans};
use crate::{Diagnostic, Document, Pointer};

/// Applies an overlay to a document. Messages about what the overlay brought point into the overlay.
///
/// # Errors
/// Every fault of the overlay: its structure, targets that are no JSONPath (RFC 9535), values that cannot be merged.
/// A target that selects nothing is a warning beside the result.
pub fn apply_overlay(
    document: &Document,
    overlay: &Document,
) -> Result<(Document, Vec<Diagnostic>), Vec<Diagnostic>> {
    let mut diagnostics = header(overlay);
    let actions = match overlay.root().get("actions") {
        Some(Value::Array(actions)) if !actions.is_empty() => actions.len(),
        _ => {
            let fault =
                Diagnostic::error("overlay", "an overlay needs `actions`, a list with one action at least");
            diagnostics.push(
                fault
                    .at(overlay, &Pointer::root().child("actions"))
                    .help("add `actions: [ { target: $.…, update: … } ]`"),
            );
            0
        }
    };
    let result = document.edited(overlay, |spanned, text| {
        for index in 0..actions {
            let at = Pointer::root().child("actions").index(index);
            diagnostics.extend(apply_action(spanned, overlay, &at, text));
        }
    });
    if diagnostics.iter().any(|one| one.severity == crate::Severity::Error) {
        Err(diagnostics)
    } else {
        Ok((result, diagnostics))
    }
}

/// Applies overlays one after another: each sees what those before it have made.
///
/// # Errors
/// Every fault of the first that cannot be applied, beside what is to be said of those before it.
pub fn apply_overlays(
    document: &Document,
    overlays: &[Document],
) -> Result<(Document, Vec<Diagnostic>), Vec<Diagnostic>> {
    let (mut document, mut warnings) = (document.clone(), Vec::new());
    for overlay in overlays {
        match apply_overlay(&document, overlay) {
            Ok((changed, found)) => {
                document = changed;
                warnings.extend(found);
            }
            Err(found) => {
                warnings.extend(found);
                return Err(warnings);
            }
        }
    }
    Ok((document, warnings))
}

fn header(overlay: &Document) -> Vec<Diagnostic> {
    let root = overlay.root();
    let mut diagnostics = Vec::new();
    let mut fault = |at: &Pointer, message: &str, help: &str| {
        diagnostics.push(Diagnostic::error("overlay", message).at(overlay, at).help(help));
    };
    let at = Pointer::root();
    match root.get("overlay").and_then(Value::as_str) {
        Some(version) if version.starts_with("1.0.") || version.starts_with("1.1.") => {}
        Some(_) => {
            fault(&at.child("overlay"), "this version of Overlay is not understood", "use `overlay: 1.0.0`");
        }
        None => fault(&at, "this is not an overlay: `overlay` is missing", "begin with `overlay: 1.0.0`"),
    }
    for key in ["title", "version"] {
        if !root["info"][key].is_string() {
            let message = format!("an overlay's `info` needs `{key}`");
            fault(&at.child("info"), &message, "write `info: { title: …, version: … }`");
        }
    }
    for key in root.as_object().into_iter().flat_map(serde_json::Map::keys) {
        if !["overlay", "info", "extends", "actions"].contains(&key.as_str()) && !key.starts_with("x-") {
            fault(
                &at.child(key),
                &format!("`{key}` is not a key of an overlay"),
                "expected `overlay`, `info`, `extends` or `actions`",
            );
        }
    }
    diagnostics
}

fn apply_action(spanned: &mut Spanned, overlay: &Document, at: &Pointer, text: usize) -> Vec<Diagnostic> {
    let fault = |place: &Pointer, message: String, help: &str| {
        vec![Diagnostic::error("overlay", message).at_value(overlay, place).help(help)]
    };
    let key_fault = |place: &Pointer, message: String, help: &str| {
        vec![Diagnostic::error("overlay", message).at(overlay, place).help(help)]
    };
    let Some(Value::Object(action)) = overlay.get(at) else {
        return fault(at, "an action is a mapping".to_owned(), "write `{ target: $.…, update: … }`");
    };
    if let Some(key) = action.keys().find(|key| {
        !["target", "description", "update", "remove", "copy"].contains(&key.as_str())
            && !key.starts_with("x-")
    }) {
        return key_fault(
            &at.child(key),
            format!("`{key}` is not a key of an action"),
            "expected `target`, `description`, `update` or `remove`",
        );
    }
    if action.contains_key("copy") {
        return key_fault(
            &at.child("copy"),
            "`copy` belongs to Overlay 1.1 and is not supported".to_owned(),
            "write the value out under `update`",
        );
    }
    let Some(target) = action.get("target").and_then(Value::as_str) else {
        return fault(
            at,
            "an action needs `target`".to_owned(),
            "add `target:` with a JSONPath such as `$.paths`",
        );
    };
    let path = match JsonPath::parse(target) {
        Ok(path) => path,
        Err(error) => {
            return fault(
                &at.child("target"),
                format!("not a JSONPath: {error}"),
                "targets are written by RFC 9535",
            );
        }
    };
    let places: Vec<Pointer> = path
        .query_located(&spanned.value)
        .locations()
        .map(|location| Pointer::parse(&location.to_json_pointer()).unwrap_or_default())
        .collect();
    if places.is_empty() {
        let warning =
            Diagnostic::warning("overlay-target", format!("`{target}` selects nothing in the document"));
        return vec![
            warning.at_value(overlay, &at.child("target")).help("correct the target, or remove the action"),
        ];
    }
    if action.get("remove") == Some(&Value::Bool(true)) {
        // From the last to the first, so that indices of what remains stay right.
        places.iter().rev().for_each(|place| remove(spanned, place));
        return Vec::new();
    }
    let update_at = at.child("update");
    let Some(update) = overlay.get(&update_at) else {
        return fault(
            at,
            "an action needs `update`, or `remove: true`".to_owned(),
            "say what the action does",
        );
    };
    let mut spans = overlay.spanned().spans.nearest(overlay.root(), &update_at).clone();
    spans.set_text(text);
    let mut diagnostics = Vec::new();
    for place in &places {
        if let Some((value, node)) = member_mut(spanned, place) {
            let mergeable =
                matches!((&*value, update), (Value::Object(_), Value::Object(_)) | (Value::Array(_), _));
            if !mergeable {
                let message = format!("`{target}` selects something that `update` cannot be merged into");
                diagnostics.extend(fault(&update_at, message, "an object takes an object, a list takes an element; select the parent to replace a value"));
                break;
            }
            match (&mut *value, update) {
                (Value::Array(items), Value::Array(more)) => {
                    items.extend(more.iter().cloned());
                    node.members.extend(spans.members.iter().cloned());
                }
                (Value::Array(items), one) => {
                    items.push(one.clone());
                    node.members.push(spans.clone());
                }
                _ => merge(value, node, update, &spans),
            }
        }
    }
    diagnostics
}

/// Objects merge member by member, lists are joined, everything else is replaced.
fn merge(value: &mut Value, spans: &mut Spans, update: &Value, update_spans: &Spans) {
    match (&mut *value, update) {
        (Value::Object(map), Value::Object(changes)) => {
            for ((key, change), change_spans) in changes.iter().zip(&update_spans.members) {
                let index = map.keys().position(|known| known == key);
                match (index, map.get_mut(key)) {
                    (Some(index), Some(member)) => {
                        merge(member, &mut spans.members[index], change, change_spans);
                    }
                    _ => {
                        map.insert(key.clone(), change.clone());
                        spans.members.push(change_spans.clone());
                    }
                }
            }
        }
        (Value::Array(items), Value::Array(more)) => {
            items.extend(more.iter().cloned());
            spans.members.extend(update_spans.members.iter().cloned());
        }
        _ => {
            *value = update.clone();
            *spans = update_spans.clone();
        }
    }
}

fn remove(spanned: &mut Spanned, place: &Pointer) {
    let (Some(parent), Some(name)) = (place.parent(), place.last()) else { return };
    let Some((value, spans)) = member_mut(spanned, &parent) else { return };
    let index = match &mut *value {
        Value::Object(map) => {
            let index = map.keys().position(|key| *key == name);
            map.shift_remove(&name);
            index
        }
        Value::Array(items) => {
            let index = name.parse::<usize>().ok().filter(|index| *index < items.len());
            index.into_iter().for_each(|index| drop(items.remove(index)));
            index
        }
        _ => None,
    };
    if let Some(index) = index.filter(|index| *index < spans.members.len()) {
        spans.members.remove(index);
    }
}

fn member_mut<'s>(spanned: &'s mut Spanned, place: &Pointer) -> Option<(&'s mut Value, &'s mut Spans)> {
    let (mut value, mut spans) = (&mut spanned.value, &mut spanned.spans);
    for token in place.tokens() {
        let index = match &*value {
            Value::Object(map) => map.keys().position(|key| *key == token)?,
            Value::Array(_) => token.parse().ok()?,
            _ => return None,
        };
        spans = spans.members.get_mut(index)?;
        value = match value {
            Value::Object(map) => map.get_mut(&token)?,
            Value::Array(items) => items.get_mut(index)?,
            _ => return None,
        };
    }
    Some((value, spans))
}
