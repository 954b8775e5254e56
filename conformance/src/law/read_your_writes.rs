//! What was created is read back, field by field, by every name it has.

use futures::future::BoxFuture;
use tercet_spec::contract::{Step, Verb};

use super::lens::{
    Facts, beyond_case, case, creators, differences, expected, found, make, missing, none_of,
    parameter_schema, read_by, readers, selects, shown_in, slot_of, used, verdict, ways,
};
use super::{Case, Law};
use crate::reading::{Reading, Slot, Use};
use crate::session::{Nameable, Session, Wishes};
use crate::{Stop, Verdict};

/// See [`Law::about`].
pub(super) struct ReadYourWrites;

/// The detail of a case that turns the case of a name's letters around.
const OTHER_CASE: &str = " in other case";

impl Law for ReadYourWrites {
    fn name(&self) -> &'static str {
        "read_your_writes"
    }

    fn about(&self) -> &'static str {
        "what was created is read back, equal in every field that was sent, by every name the record has"
    }

    fn clause(&self) -> &'static str {
        "`x-effect`: the `find` of the reading operation"
    }

    fn cases(&self, reading: &Reading) -> Result<Vec<Case>, String> {
        let mut cases = Vec::new();
        for collection in reading.contract().collections.keys() {
            for creator in creators(reading, collection) {
                for reader in readers(reading, collection) {
                    cases.extend(by_every_way(reading, creator, reader));
                }
            }
        }
        none_of(cases, "an operation that creates a record and one that reads it")
    }

    fn run<'a>(&'a self, session: &'a mut Session, case: &'a Case) -> BoxFuture<'a, Result<Verdict, Stop>> {
        Box::pin(async move {
            let reading = session.reading();
            let (reader, creator) = (used(&reading, case, 0)?, used(&reading, case, 1)?);
            let (field, turned) = match case.detail.strip_suffix(OTHER_CASE) {
                Some(field) => (field, true),
                None => (case.detail.as_str(), false),
            };
            let record = match make(session, creator).await {
                Err(Stop::Blocked(why)) => return self.refused(session, case, creator, why),
                other => other?,
            };
            let facts = Facts::of(&reading, &record);
            let Some(way) = ways(&reading, reader).into_iter().find(|way| way.field == field) else {
                return missing("a way to name the record");
            };
            let Some(mut name) = facts.known(field).or_else(|| record.name(field)).cloned() else {
                return missing(format!(
                    "an answer or a request that tells the `{field}` of what was created"
                ));
            };
            if turned {
                let schema = parameter_schema(&reading, reader.operation, &way.slot);
                match schema.and_then(|schema| beyond_case(&reading, schema, &name)) {
                    Some(other) => name = other,
                    None => return missing(format!("a `{field}` that can be written in another case")),
                }
            }
            let mut inputs = session.prepare(reader.operation, &[&record], &Wishes::minimal())?;
            inputs.set(&way.slot, name.clone());
            if selects(&reading, reader, &inputs, &facts) != Some(true) {
                return missing("a selection that the created record is known to satisfy");
            }
            let answer = read_by(session, reader, &record, &way, name.clone()).await?;
            let fail = |message: String| {
                Ok(verdict(vec![found(self, &reading, case, reader.operation, message, &[&answer])]))
            };
            let (Some(view), Some(shown)) =
                (reading.view(reader.operation), shown_in(&reading, reader.operation, &answer))
            else {
                return fail(format!(
                    "the record was created, but is not there by its `{field}` {name}: {}",
                    answer.summary()
                ));
            };
            let wrong = differences(&reading, view, &facts, shown);
            if !wrong.is_empty() {
                return fail(format!("what was created is not what is read: {}", wrong.join(", ")));
            }
            Ok(Verdict::Pass)
        })
    }
}

impl ReadYourWrites {
    /// Nothing could be made, though no more was asked for than is required: where nothing but the document's own rules can
    /// stand in the way, they do not.
    fn refused(&self, session: &Session, case: &Case, creator: &Use, why: String) -> Result<Verdict, Stop> {
        let reading = session.reading();
        let owner = reading.operation(creator);
        let plain = |step: &Step| matches!(step.verb, Verb::Find(_) | Verb::Create { .. });
        let refers = |field: &String| matches!(slot_of(&reading, creator, field), Some(Slot::Body(_)));
        let Some(collection) = reading.collection(&creator.collection) else {
            return Err(Stop::Blocked(why));
        };
        let required = &reading.contract().schema(collection.schema).required;
        let free = !collection.references.iter().any(|(field, _)| required.contains(field) && refers(field));
        // Only if that refusal is what stopped it: an interruption or a spent budget says nothing of the deployment.
        let last = session.exchanges().last();
        let last = last.filter(|last| last.operation == owner.id && why.ends_with(&last.summary()));
        let invalid = expected(reading.contract(), owner, "invalid");
        match (last, invalid) {
            (Some(last), Some(invalid)) if free && invalid.met_by(last) && owner.effect.iter().all(plain) => {
                let message = format!("what has all that is required is refused: {}", last.summary());
                Ok(verdict(vec![found(self, &reading, case, creator.operation, message, &[last])]))
            }
            _ => Err(Stop::Blocked(why)),
        }
    }
}

fn by_every_way(reading: &Reading, creator: &Use, reader: &Use) -> Vec<Case> {
    let (made, seen) = (&reading.operation(creator).id, &reading.operation(reader).id);
    let mut cases = Vec::new();
    for way in ways(reading, reader) {
        let says = format!("finds a record of `{}` by `{}`", reader.collection, way.field);
        let title = format!("`{made}`, then `{seen}` by `{}`", way.field);
        cases.push(case(reading, title.clone(), says.clone(), &[reader, creator], &way.field));
        if way.folds {
            let says = format!("{says} without regard to case");
            let detail = format!("{}{OTHER_CASE}", way.field);
            cases.push(case(reading, format!("{title}{OTHER_CASE}"), says, &[reader, creator], &detail));
        }
    }
    cases
}
