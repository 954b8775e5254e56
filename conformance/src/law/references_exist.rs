//! A reference to nothing is refused.

use futures::future::BoxFuture;

use super::lens::{
    case, creators, documented, expected, found, missing, none_of, property, used, verdict, writers,
};
use super::{Case, Law};
use crate::reading::{Does, Reading, Slot};
use crate::session::{Aim, Nameable, Session, Wishes};
use crate::{Clause, Purpose, Stop, Verdict};

/// See [`Law::about`].
pub(super) struct ReferencesExist;

impl Law for ReferencesExist {
    fn name(&self) -> &'static str {
        "references_exist"
    }

    fn about(&self) -> &'static str {
        "a reference to a record that does not exist is refused as invalid"
    }

    fn clause(&self) -> &'static str {
        "`x-ref`"
    }

    fn cases(&self, reading: &Reading) -> Result<Vec<Case>, String> {
        let mut cases = Vec::new();
        for (name, collection) in &reading.contract().collections {
            for (field, reference) in &collection.references {
                let makers = creators(reading, name).into_iter().take(1);
                for one in makers.clone().chain(writers(reading, name, Does::Update)).chain(writers(
                    reading,
                    name,
                    Does::Replace,
                )) {
                    let decided = matches!(super::lens::slot_of(reading, one, field), Some(Slot::Body(_)));
                    let Some(id) = property(reading, name, field).filter(|_| decided) else { continue };
                    let mut uses = vec![one];
                    uses.extend(makers.clone().filter(|maker| maker.index != one.index));
                    if one.does != Does::Create && uses.len() < 2 {
                        // Nothing makes what it would change.
                        continue;
                    }
                    let title =
                        format!("`{}` with a `{field}` that does not exist", reading.operation(one).id);
                    let says = format!("`{field}` refers to a record of `{}`", reference.to);
                    let mut one = case(reading, title, says.clone(), &uses, field);
                    one.clause = Clause::at(reading.contract(), &reading.contract().schema(id).pointer, says);
                    cases.push(one);
                }
            }
        }
        none_of(cases, "a reference that a request decides")
    }

    fn run<'a>(&'a self, session: &'a mut Session, case: &'a Case) -> BoxFuture<'a, Result<Verdict, Stop>> {
        Box::pin(async move {
            let reading = session.reading();
            let one = used(&reading, case, 0)?;
            let collection = reading.collection(&one.collection);
            let reference =
                collection.and_then(|own| own.references.iter().find(|(field, _)| *field == case.detail));
            let (Some((_, reference)), Some(slot)) =
                (reference, super::lens::slot_of(&reading, one, &case.detail))
            else {
                return missing("a reference");
            };
            let key = reading.collection(&reference.to).map(|to| to.key.clone()).unwrap_or_default();
            let Some(refusal) = expected(reading.contract(), reading.operation(one), "invalid") else {
                return missing("a response that speaks `invalid`");
            };
            let nobody = session.made_up(&reference.to)?;
            let Some(mut value) = nobody.name(&key).cloned() else {
                return missing(format!("a `{key}` that can be made up"));
            };
            if reference.many {
                value = serde_json::Value::Array(vec![value]);
            }
            let wishes = Wishes::plain().with(slot, value.clone());
            let exchange = if one.does == Does::Create {
                let inputs = session.prepare(one.operation, &[], &wishes)?;
                session.write(one.operation, Aim::New, &inputs, Purpose::Look).await?
            } else {
                let record = super::lens::make_plain(session, used(&reading, case, 1)?).await?;
                session.update(one, &record, &wishes).await?.1
            };
            // An action has outcomes of its own for it.
            let own = reading.is_said(one) && !exchange.succeeded() && documented(&reading, one, &exchange);
            if refusal.met_by(&exchange) || own {
                return Ok(Verdict::Pass);
            }
            let message = format!(
                "`{}` {value} refers to nothing: {} is due, but {}",
                case.detail,
                refusal.words(),
                exchange.summary()
            );
            Ok(verdict(vec![found(self, &reading, case, one.operation, message, &[&exchange])]))
        })
    }
}
