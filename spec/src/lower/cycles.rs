//! Schemas that apply themselves to the very value they are applied to: no validator would ever come to an end.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::reference::follow;
use crate::{Diagnostic, Document, Pointer};

/// What a compiled schema says of itself when it has such a cycle.
pub(crate) const ENDLESS: &str = "it applies itself to the same value without end";

/// Reports each cycle among the schemas at `places`, once.
pub(super) fn check(document: &Document, places: Vec<Pointer>) -> Vec<Diagnostic> {
    let mut search = Search { document, closed: HashSet::new(), found: Vec::new() };
    places.into_iter().for_each(|place| search.from(place));
    let diagnostics = search.found.into_iter().map(|(at, target)| {
        let keyword = at.tokens().filter(|token| token.parse::<usize>().is_err()).last().unwrap_or_default();
        Diagnostic::error("schema-cycle", format!("this `{keyword}` leads back to the schema it belongs to"))
            .at(document, &at)
            .label(document, &target, "this schema")
            .help(
                "no value could ever be checked against it: refer to a schema that does not contain this one",
            )
    });
    diagnostics.collect()
}

/// Whether one of `places`, or a schema it applies to the same value, has a cycle.
pub(crate) fn is_endless(document: &Document, places: &[Pointer]) -> bool {
    let mut search = Search { document, closed: HashSet::new(), found: Vec::new() };
    places.iter().for_each(|place| search.from(place.clone()));
    !search.found.is_empty()
}

struct Search<'d> {
    document: &'d Document,
    closed: HashSet<Pointer>,
    /// The step that closes each cycle, and where it leads back to.
    found: Vec<(Pointer, Pointer)>,
}

impl Search<'_> {
    fn from(&mut self, start: Pointer) {
        let mut open: HashMap<Pointer, ()> = HashMap::new();
        let mut path: Vec<(Pointer, Vec<(Pointer, Pointer)>)> = Vec::new();
        self.enter(start, &mut open, &mut path);
        while let Some((place, steps)) = path.last_mut() {
            let Some((step, target)) = steps.pop() else {
                open.remove(place);
                self.closed.insert(place.clone());
                path.pop();
                continue;
            };
            if open.contains_key(&target) {
                self.found.push((step, target));
            } else {
                self.enter(target, &mut open, &mut path);
            }
        }
    }

    fn enter(
        &self,
        place: Pointer,
        open: &mut HashMap<Pointer, ()>,
        path: &mut Vec<(Pointer, Vec<(Pointer, Pointer)>)>,
    ) {
        if !self.closed.contains(&place) {
            let steps = applied(self.document, &place);
            open.insert(place.clone(), ());
            path.push((place, steps));
        }
    }
}

/// The schemas that the one at `place` applies to the value it is applied to: from where, and where each stands.
fn applied(document: &Document, place: &Pointer) -> Vec<(Pointer, Pointer)> {
    let Some(Value::Object(map)) = document.get(place) else { return Vec::new() };
    let mut steps = Vec::new();
    if map.contains_key("$ref") {
        steps.push(place.child("$ref"));
    }
    for key in ["allOf", "anyOf", "oneOf"] {
        let count = map.get(key).and_then(Value::as_array).map_or(0, Vec::len);
        steps.extend((0..count).map(|index| place.child(key).index(index)));
    }
    steps.extend(
        ["not", "if", "then", "else"]
            .into_iter()
            .filter(|key| map.contains_key(*key))
            .map(|key| place.child(key)),
    );
    steps
        .into_iter()
        .filter_map(|step| {
            let from = if step.last().as_deref() == Some("$ref") { place } else { &step };
            let target = follow(document, from)?;
            Some((step, target))
        })
        .collect()
}
