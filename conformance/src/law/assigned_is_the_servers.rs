//! Fields that the server assigns cannot be set by clients.

use futures::future::BoxFuture;
use serde_json::Value;
use tercet_spec::contract::{Additional, AssignKind, Flavour, SchemaId, UnknownProperties};

use super::lens::{
    another, case, creators, found, make_plain, missing, none_of, parameter_schema, property, read, readers,
    shown_in, used, verdict, writers,
};
use super::{Case, Law};
use crate::reading::{Does, Reading, Slot, Use};
use crate::session::{Aim, Nameable, Session, Wishes};
use crate::{Clause, Exchange, Purpose, Stop, Verdict};

/// See [`Law::about`].
pub(super) struct AssignedIsTheServers;

impl Law for AssignedIsTheServers {
    fn name(&self) -> &'static str {
        "assigned_is_the_servers"
    }

    fn about(&self) -> &'static str {
        "what a client sends for a field that the server assigns is ignored or refused, on creation and on change"
    }

    fn clause(&self) -> &'static str {
        "`x-assign`"
    }

    fn cases(&self, reading: &Reading) -> Result<Vec<Case>, String> {
        let mut cases = Vec::new();
        for collection in reading.contract().collections.keys() {
            let Some(creator) = creators(reading, collection).first().copied() else { continue };
            let Some(reader) = readers(reading, collection).first().copied() else { continue };
            let mut all = vec![creator];
            all.extend(writers(reading, collection, Does::Update));
            all.extend(writers(reading, collection, Does::Replace));
            for one in all {
                for (field, id) in assigned(reading, one, reader) {
                    let title = format!("`{}` with `{field}`", reading.operation(one).id);
                    let says = format!("the server assigns `{field}`");
                    let mut one = case(reading, title, says.clone(), &[one, creator, reader], &field);
                    let pointer = reading.contract().schema(id).pointer.child("x-assign");
                    one.clause = Clause::at(reading.contract(), &pointer, says);
                    cases.push(one);
                }
            }
        }
        none_of(cases, "a field that the server assigns and that an operation shows")
    }

    fn run<'a>(&'a self, session: &'a mut Session, case: &'a Case) -> BoxFuture<'a, Result<Verdict, Stop>> {
        Box::pin(async move {
            let reading = session.reading();
            let (one, creator, reader) =
                (used(&reading, case, 0)?, used(&reading, case, 1)?, used(&reading, case, 2)?);
            let (Some(root), Some(schema)) =
                (root_of(&reading, one), property(&reading, &one.collection, &case.detail))
            else {
                return missing("a body that can carry the field");
            };
            let Some(forged) = forged(session, schema) else {
                return missing("a value that the field may have");
            };
            let slot = Slot::Body([root, vec![case.detail.clone()]].concat());
            let wishes = Wishes::plain().with(slot, forged.clone());
            let (record, exchange) = if one.does == Does::Create {
                let inputs = session.prepare(one.operation, &[], &wishes)?;
                (None, session.write(one.operation, Aim::New, &inputs, Purpose::Look).await?)
            } else {
                let record = make_plain(session, creator).await?;
                let (_, exchange) = session.update(one, &record, &wishes).await?;
                (Some(record), exchange)
            };
            let fail = |shown: &Value, shown_by: &[&Exchange]| {
                let message = format!("a client could set `{}` to {shown}", case.detail);
                Ok(verdict(vec![found(self, &reading, case, one.operation, message, shown_by)]))
            };
            // Refusing it is as good as ignoring it.
            if !exchange.succeeded() {
                return Ok(Verdict::Pass);
            }
            let member =
                |operation: usize| reading.view(operation).and_then(|view| view.member(&case.detail));
            if let (Some(shown), Some(member)) =
                (shown_in(&reading, one.operation, &exchange), member(one.operation))
                && shown.get(member) == Some(&forged)
            {
                return fail(&forged, &[&exchange]);
            }
            let Some(record) = record
                .filter(|record| record.name(&case.detail).is_some() || case.detail != key(&reading, one))
            else {
                return Ok(Verdict::Pass);
            };
            let answer = read(session, reader, &record).await?;
            match (shown_in(&reading, reader.operation, &answer), member(reader.operation)) {
                (Some(shown), Some(member)) if shown.get(member) == Some(&forged) => {
                    fail(&forged, &[&exchange, &answer])
                }
                (None, _) => {
                    let message = format!(
                        "after `{}` was sent the record cannot be read: {}",
                        case.detail,
                        answer.summary()
                    );
                    Ok(verdict(vec![found(
                        self,
                        &reading,
                        case,
                        one.operation,
                        message,
                        &[&exchange, &answer],
                    )]))
                }
                _ => Ok(Verdict::Pass),
            }
        })
    }
}

fn key<'r>(reading: &'r Reading, one: &Use) -> &'r str {
    reading.collection(&one.collection).map_or("", |own| own.key.as_str())
}

/// A value of the field's kind that no server would assign by itself.
fn forged(session: &mut Session, schema: SchemaId) -> Option<Value> {
    let reading = session.reading();
    let contract = reading.contract();
    let own = contract.schema(schema);
    let chosen = match own.assign.as_ref().map(|assign| &assign.kind) {
        Some(AssignKind::Now | AssignKind::After(_)) => Value::from("2001-02-03T04:05:06.000Z"),
        Some(AssignKind::Sequence) => Value::from(987_654_321),
        Some(AssignKind::Uuid) => Value::from("11111111-2222-4333-8444-555555555555"),
        Some(AssignKind::ObjectId) => Value::from("0123456789abcdef01234567"),
        _ => return another(session, schema, &[]),
    };
    let fits = contract.validators.is_valid(schema, Flavour::Request, &chosen);
    if fits { Some(chosen) } else { another(session, schema, &[]) }
}

/// The place in the body whose members become fields, where what a client adds there would be seen.
fn root_of(reading: &Reading, one: &Use) -> Option<Vec<String>> {
    let collection = reading.collection(&one.collection)?;
    let mut roots = reading.contract().schema(collection.schema).properties.keys().filter_map(|field| {
        match super::lens::slot_of(reading, one, field)? {
            Slot::Body(path) => path.split_last().map(|(_, before)| before.to_vec()),
            _ => None,
        }
    });
    let first = roots.next()?;
    let schema =
        reading.contract().schema(parameter_schema(reading, one.operation, &Slot::Body(first.clone()))?);
    let conduct = &reading.contract().conduct;
    let closed =
        schema.additional == Additional::Closed && conduct.unknown_properties != UnknownProperties::Drop;
    (!closed).then_some(first)
}

/// Fields that the server assigns, that the request has no part for, and that an answer shows.
fn assigned(reading: &Reading, one: &Use, reader: &Use) -> Vec<(String, SchemaId)> {
    let contract = reading.contract();
    let Some(collection) = reading.collection(&one.collection) else {
        return Vec::new();
    };
    let shown = |field: &String| {
        [one.operation, reader.operation]
            .iter()
            .any(|at| reading.view(*at).is_some_and(|view| view.member(field).is_some()))
    };
    let fields = contract.schema(collection.schema).properties.iter();
    // Where the body names the record by the field, it cannot carry another value for it.
    let names = |field: &String| {
        let slot = root_of(reading, one).map(|root| Slot::Body([root, vec![field.clone()]].concat()));
        reading.namings(one.operation).iter().any(|naming| Some(&naming.slot) == slot.as_ref())
    };
    let mine = fields.filter(|(field, id)| {
        contract.schema(**id).assign.is_some()
            && !names(field)
            && super::lens::slot_of(reading, one, field).is_none()
            && shown(field)
    });
    if root_of(reading, one).is_none() {
        return Vec::new();
    }
    mine.map(|(field, id)| (field.clone(), *id)).collect()
}
