//! `create`: makes a record, or one for each element of a list.

use serde_json::{Map, Value};
use tercet_spec::contract::AssignAt;
use tercet_spec::language::{CollectionName, Expression, Source, ValueExpr};

use super::request::Request;
use super::run::{Done, Failure};
use super::write::{Written, written};
use crate::assign::assign;
use crate::outcome::Outcome;
use crate::scope::{Bindings, Bound, Scope, Want};
use crate::state::{Record, Transaction};

pub(super) fn create(
    request: &Request<'_>,
    tx: &mut Transaction,
    bindings: &Bindings,
    into: &CollectionName,
    set: Option<&ValueExpr>,
    each: Option<&ValueExpr>,
) -> Result<Done, Failure> {
    let scope = request.scope(&tx.state, bindings);
    let Some(collection) = scope.collection(into) else {
        return Err(Failure::Miss(Outcome::not_found("there is no such collection")));
    };
    let Some(each) = each else {
        return one(request, tx, bindings, collection, set, None).map(|made| Done::with(Bound::Record(made)));
    };
    let mut made = Vec::new();
    for item in elements(&scope, each) {
        let record = one(request, tx, bindings, collection, set, Some(&item))?;
        made.push(record);
    }
    Ok(Done::with(Bound::Records(made.into())))
}

/// The elements of `each`; none when it is absent or null, one when it is no list.
fn elements<'a>(scope: &Scope<'a>, each: &'a ValueExpr) -> Vec<Bound<'static>> {
    match scope.eval(each, Want::Many).map(Bound::into_owned) {
        None => Vec::new(),
        Some(Bound::List(members)) => members,
        Some(Bound::Records(records)) => records.iter().cloned().map(Bound::Record).collect(),
        Some(Bound::Key(collection, keys)) => match keys.into_owned() {
            Value::Array(keys) => {
                keys.into_iter().map(|key| Bound::Key(collection, std::borrow::Cow::Owned(key))).collect()
            }
            key => vec![Bound::Key(collection, std::borrow::Cow::Owned(key))],
        },
        Some(Bound::Value(value)) => match value.into_owned() {
            Value::Array(members) => members.into_iter().map(Bound::owned).collect(),
            Value::Null => Vec::new(),
            one => vec![Bound::owned(one)],
        },
        Some(record) => vec![record],
    }
}

fn one(
    request: &Request<'_>,
    tx: &mut Transaction,
    bindings: &Bindings,
    collection: usize,
    set: Option<&ValueExpr>,
    item: Option<&Bound<'static>>,
) -> Result<Record, Failure> {
    let scope = Scope { item, ..request.scope(&tx.state, bindings) };
    // Without `set`, an element is written as the body would be.
    static ITEM: ValueExpr = ValueExpr::Expression(Expression { source: Source::Item, path: Vec::new() });
    let set = set.or(item.map(|_| &ITEM));
    let Written { fields, chosen } = written(request, &scope, collection, set)?;
    Ok(complete(request, tx, bindings, collection, fields, &|name| chosen.contains(&name))?)
}

/// Adds a record whose fields are chosen by the document or by an action: defaults and assignments fill the rest.
pub(crate) fn insert(
    request: &Request<'_>,
    tx: &mut Transaction,
    bindings: &Bindings,
    collection: usize,
    fields: Map<String, Value>,
) -> Result<Record, Outcome> {
    let names: Vec<String> = fields.keys().cloned().collect();
    complete(request, tx, bindings, collection, fields, &|name| names.iter().any(|one| one == name))
}

fn complete(
    request: &Request<'_>,
    tx: &mut Transaction,
    bindings: &Bindings,
    collection: usize,
    mut fields: Map<String, Value>,
    named: &dyn Fn(&str) -> bool,
) -> Result<Record, Outcome> {
    let model = &request.model.collections[collection];
    for (name, field) in &model.fields {
        if let Some(default) = &field.default
            && field.derived.is_none()
            && !fields.contains_key(name)
        {
            fields.insert(name.clone(), default.clone());
        }
    }
    let sequence = tx.state.table(collection).next_sequence();
    assign(request, bindings, tx, (collection, sequence), &mut fields, AssignAt::Created, named)?;
    for (name, field) in &model.fields {
        // A selection that found nothing leaves its field out: what was to be referred to is not there.
        if let Some(refers) = field.reference
            && field.required
            && !fields.contains_key(name)
        {
            let target = &request.model.collections[refers.to].name;
            return Err(Outcome::invalid("").field(name, format!("`{name}` names no record of `{target}`")));
        }
    }
    let used = model.numbers_in(&fields);
    if used > tx.state.table(collection).number() {
        tx.state.table_mut(collection).reserve_number(used);
    }
    tx.insert(collection, fields)
}
