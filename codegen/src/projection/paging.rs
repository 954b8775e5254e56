//! Listings in pages: recognised by a parameter that says where a page begins, and a list in the answer.

use serde_json::Value;
use tercet_spec::Pointer;
use tercet_spec::contract::Envelope;

use super::envelope;
use super::kind::{self, Kind};
use super::meta::{PagingMeta, ParameterMeta, ReplyForm, ReplyMeta, Turn};
use super::notes::Notes;

/// What pages are counted with where the effect does not say.
const PAGES: [&str; 4] = ["page", "page_number", "pageNumber", "pageNum"];
const OFFSETS: [&str; 3] = ["offset", "skip", "start"];

/// What an answer that is a page calls the number of all items, and how many a page has at most.
const TOTALS: [&str; 2] = ["total", "count"];
const SIZES: [&str; 2] = ["pageSize", "page_size"];

/// How an operation gives its list in pages, if it does.
pub(crate) fn of(
    notes: &mut Notes<'_>,
    operation: &Pointer,
    parameters: &[ParameterMeta],
    replies: &[ReplyMeta],
) -> Option<PagingMeta> {
    let (turn, ident) = place(notes, operation, parameters)?;
    let mut successes = replies.iter().filter(|reply| reply.is_success());
    let reply =
        successes.next().filter(|reply| reply.form == ReplyForm::Json && successes.next().is_none())?;
    let media_type = reply.media_type.as_deref()?;
    let responses = operation.child("responses");
    let (_, response) = notes.resolve(&responses.child(&reply.from.to_string()))?;
    let schema = response.child("content").child(media_type).child("schema");
    let given = envelope::take_off(notes, &schema).1?;
    let payload = (given != schema).then(|| Envelope::of(notes.document)).flatten().map(|one| one.payload);
    let (_, body) = notes.resolve(&given)?;
    let (mut total, mut size) = (None, None);
    let (items, next) = match kind::kind(notes, &body) {
        Kind::List(_) => (None, false),
        Kind::Record(record) => {
            let mut lists = Vec::new();
            for name in &record.required {
                let place = record.properties.get(name).and_then(|place| notes.resolve(place));
                if let Some((_, home)) = place
                    && matches!(kind::kind(notes, &home), Kind::List(_))
                {
                    lists.push(name.clone());
                }
            }
            lists.dedup();
            let items = match lists.as_slice() {
                [only] => only.clone(),
                several => several.iter().find(|name| *name == "results")?.clone(),
            };
            let next = record.properties.contains_key("next");
            if !next {
                let required = |names: &[&str]| {
                    names
                        .iter()
                        .find(|name| record.required.iter().any(|one| one == *name))
                        .map(|name| (*name).to_owned())
                };
                total = required(&TOTALS);
                size = required(&SIZES).filter(|_| total.is_some());
            }
            (Some(items), next)
        }
        _ => return None,
    };
    Some(PagingMeta { turn, ident, items, next, total, size, payload })
}

/// The parameter that says where a page begins: the one that the effect takes its page from, or one of the usual names.
fn place(notes: &Notes<'_>, operation: &Pointer, parameters: &[ParameterMeta]) -> Option<(Turn, String)> {
    let query = |name: &str| parameters.iter().find(|one| one.location == "query" && one.wire == name);
    let effect = notes.document.get(&operation.child("x-effect"));
    let steps = match effect {
        Some(Value::Array(steps)) => steps.iter().collect(),
        step => step.into_iter().collect::<Vec<_>>(),
    };
    let page = steps.into_iter().find_map(|step| step.get("list")?.get("page"));
    let said = |key: &str| page?.get(key)?.as_str()?.strip_prefix("$request.query.").and_then(query);
    let named = |names: &[&str]| names.iter().find_map(|name| query(name));
    let pages = said("number").or_else(|| named(&PAGES)).map(|one| (Turn::Page, one));
    let found = pages.or_else(|| said("offset").or_else(|| named(&OFFSETS)).map(|one| (Turn::Offset, one)));
    found.map(|(turn, one)| (turn, one.ident.clone()))
}
