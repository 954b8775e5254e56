//! Where the schemas of all bodies stand: the places from which shared schemas are reached.

use serde_json::Value;
use tercet_spec::Pointer;

use super::OperationPlace;
use super::notes::Notes;
use super::reach::Direction;

/// The schemas of all request and response bodies.
pub(crate) fn of(notes: &mut Notes<'_>, places: &[OperationPlace]) -> Vec<(Pointer, Direction)> {
    let mut roots = Vec::new();
    for place in places {
        if let Some((_, body)) = notes.resolve(&place.at.child("requestBody")) {
            contents(notes, &body, Direction::Request, &mut roots);
        }
        let responses_at = place.at.child("responses");
        let statuses: Vec<String> = keys(notes, &responses_at);
        for status in statuses {
            if let Some((_, response)) = notes.resolve(&responses_at.child(&status)) {
                contents(notes, &response, Direction::Response, &mut roots);
            }
        }
    }
    roots
}

/// The keys of the object at `at`.
pub(crate) fn keys(notes: &Notes<'_>, at: &Pointer) -> Vec<String> {
    let members = notes.document.get(at).and_then(Value::as_object);
    members.map(|members| members.keys().cloned().collect()).unwrap_or_default()
}

fn contents(notes: &Notes<'_>, at: &Pointer, direction: Direction, roots: &mut Vec<(Pointer, Direction)>) {
    let content = at.child("content");
    for name in keys(notes, &content) {
        roots.push((content.child(&name).child("schema"), direction));
    }
}
