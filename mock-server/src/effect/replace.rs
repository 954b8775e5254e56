//! `replace`: as `update`, but what is not set returns to its default.

use tercet_spec::contract::AssignAt;
use tercet_spec::language::{Selection, ValueExpr};

use super::find::first;
use super::request::Request;
use super::run::{Done, Failure};
use super::write::{Written, written};
use crate::assign::assign;
use crate::scope::{Bindings, Bound};
use crate::state::Transaction;

pub(super) fn replace(
    request: &Request<'_>,
    tx: &mut Transaction,
    bindings: &Bindings,
    selection: &Selection,
    set: Option<&ValueExpr>,
) -> Result<Done, Failure> {
    let scope = request.scope(&tx.state, bindings);
    let record = first(&scope, selection)?;
    let before = Bound::Record(record.clone());
    let Written { mut fields, chosen } =
        written(request, &scope.with_record(&before), record.collection(), set)?;
    let model = &request.model.collections[record.collection()];
    for (name, field) in &model.fields {
        if fields.contains_key(name) || field.derived.is_some() {
            continue;
        }
        // The server's own fields are not the client's to reset.
        let kept = *name == model.key || field.assign.is_some() || field.read_only;
        let value = if kept { record.get(name) } else { field.default.as_ref() };
        if let Some(value) = value {
            fields.insert(name.clone(), value.clone());
        }
    }
    let place = (record.collection(), record.sequence());
    assign(request, bindings, tx, place, &mut fields, AssignAt::Updated, &|name| chosen.contains(&name))?;
    Ok(Done::with(Bound::Record(tx.replace(&record, fields)?)))
}
