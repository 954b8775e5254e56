//! Envelopes: which bodies come in one, and what is left when it is taken off.

use tercet_spec::Pointer;
use tercet_spec::contract::Envelope;

use super::kind::{self, Kind};
use super::meta::Wrapping;
use super::notes::Notes;

/// Whether the body whose schema is at `schema` comes in the platform's envelope, and where the schema of what is given
/// stands: `schema` itself, unless there is nothing else in the envelope.
pub(crate) fn take_off(notes: &mut Notes<'_>, schema: &Pointer) -> (Wrapping, Option<Pointer>) {
    let whole = Some(schema.clone());
    let Some(envelope) = Envelope::of(notes.document) else { return (Wrapping::None, whole) };
    let Some((_, home)) = notes.resolve(schema) else { return (Wrapping::None, whole) };
    let Kind::Record(record) = kind::kind(notes, &home) else { return (Wrapping::None, whole) };
    if !record.required.contains(&envelope.code) {
        return (Wrapping::None, whole);
    }
    let known = |name: &String| {
        [&envelope.code, &envelope.payload].contains(&name) || envelope.besides.contains(name)
    };
    if !record.properties.keys().all(known) {
        return (Wrapping::Whole, whole);
    }
    match record.properties.get(&envelope.payload) {
        Some(payload) => (Wrapping::Payload, Some(payload.clone())),
        None => (Wrapping::Nothing, None),
    }
}
