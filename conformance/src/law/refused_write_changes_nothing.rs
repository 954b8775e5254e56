//! A request that is refused leaves everything as it was.

use futures::future::BoxFuture;
use serde_json::Value;

use super::changes;
use super::lens::{
    Facts, case, creators, differences, found, listers, make_plain, missing, none_of, parameter_schema, read,
    readers, shown_in, used, verdict, walk_list, writers,
};
use super::{Case, Law};
use crate::generate::{Breach, Part, invalids};
use crate::reading::{Does, Reading, Slot, Use};
use crate::session::{Aim, Nameable, Session, Wishes};
use crate::{Body, Clause, Inputs, Purpose, Stop, Verdict};

/// See [`Law::about`].
pub(super) struct RefusedWriteChangesNothing;

/// A case tries this many broken rules, the rarer kinds first.
const BREACHES: usize = 4;

impl Law for RefusedWriteChangesNothing {
    fn name(&self) -> &'static str {
        "refused_write_changes_nothing"
    }

    fn about(&self) -> &'static str {
        "a creation or change that is refused leaves nothing behind and changes nothing"
    }

    fn clause(&self) -> &'static str {
        "`x-effect`: its steps are one transaction, and come after validation"
    }

    fn cases(&self, reading: &Reading) -> Result<Vec<Case>, String> {
        let mut cases = Vec::new();
        for collection in reading.contract().collections.keys() {
            let Some(creator) = creators(reading, collection).first().copied() else { continue };
            let says = "a request that is refused has no effect".to_owned();
            if let Some(lister) = listers(reading, collection).first() {
                for one in creators(reading, collection) {
                    let title = format!(
                        "`{}`, refused, then `{}`",
                        reading.operation(one).id,
                        reading.operation(lister).id
                    );
                    cases.push(case(reading, title, says.clone(), &[one, creator, lister], ""));
                }
            }
            if let Some(reader) = readers(reading, collection).first() {
                let all = writers(reading, collection, Does::Update).into_iter();
                for one in all.chain(writers(reading, collection, Does::Replace)) {
                    let title = format!(
                        "`{}`, refused, then `{}`",
                        reading.operation(one).id,
                        reading.operation(reader).id
                    );
                    cases.push(case(reading, title, says.clone(), &[one, creator, reader], ""));
                }
            }
        }
        none_of(cases, "an operation that changes what another shows")
    }

    fn run<'a>(&'a self, session: &'a mut Session, case: &'a Case) -> BoxFuture<'a, Result<Verdict, Stop>> {
        Box::pin(async move {
            if used(&session.reading(), case, 0)?.does == Does::Create {
                self.creation(session, case).await
            } else {
                self.change(session, case).await
            }
        })
    }
}

impl RefusedWriteChangesNothing {
    async fn creation(&self, session: &mut Session, case: &Case) -> Result<Verdict, Stop> {
        let reading = session.reading();
        let (creator, lister) = (used(&reading, case, 0)?, used(&reading, case, 2)?);
        let Some(view) = reading.view(lister.operation) else {
            return missing("an answer that shows records");
        };
        let record = make_plain(session, creator).await?;
        let named = [&record as &dyn Nameable];
        let before = walk_list(session, lister, &named, &[], None).await?;
        let mut findings = Vec::new();
        let mut any = false;
        let fill = session.prepare(creator.operation, &[&record], &Wishes::plain())?;
        for (breach, inputs) in broken(session, &reading, creator, &fill) {
            let exchange =
                session.write(creator.operation, Aim::New, &inputs, Purpose::Invalid(breach.clone())).await?;
            if exchange.status().is_none_or(|status| !(400..500).contains(&status)) {
                continue;
            }
            any = true;
            let after = walk_list(session, lister, &named, &[], None).await?;
            let mut facts = Facts::default();
            facts.take(&reading.predict(creator, &inputs));
            let new = after.records.iter().filter(|shown| !before.records.contains(shown));
            let marked: Vec<(&str, &Value)> = facts
                .all_known()
                .filter(|(_, value)| value.as_str().is_some_and(|text| text.len() >= 6))
                .collect();
            let left = new
                .filter(|shown| marked.iter().any(|(field, value)| view.field(shown, field) == Some(value)))
                .count();
            if left > 0 {
                let mut clause = breach.clause.clone();
                clause.says = format!("{}: refused, it has no effect", clause.says);
                let message =
                    format!("a creation was refused because {}, and yet there is a new record", breach.what);
                let mut finding =
                    found(self, &reading, case, creator.operation, message, &[&exchange, after.last()]);
                finding.clause = clause;
                findings.push(finding);
                break;
            }
        }
        if !any {
            return missing("a rule whose violation is refused");
        }
        Ok(verdict(findings))
    }

    async fn change(&self, session: &mut Session, case: &Case) -> Result<Verdict, Stop> {
        let reading = session.reading();
        let (writer, creator, reader) =
            (used(&reading, case, 0)?, used(&reading, case, 1)?, used(&reading, case, 2)?);
        let start = changes::before(session, creator, reader).await?;
        let wishes = match reading
            .collection(&writer.collection)
            .and_then(|own| super::lens::slot_of(&reading, writer, &own.key))
        {
            Some(slot) => Wishes::plain().without(slot),
            None => Wishes::plain(),
        };
        let fill = session.prepare(writer.operation, &[&start.record], &wishes)?;
        let mut any = false;
        let mut breaches = broken(session, &reading, writer, &fill);
        // What names the record stays as it is: the request is aimed at it.
        breaches.retain(|(_, inputs)| {
            let mut names = reading.namings(writer.operation).iter().map(|naming| &naming.slot);
            names.all(|slot| inputs.get(slot) == fill.get(slot))
        });
        for (breach, inputs) in breaches {
            let exchange = session
                .write(writer.operation, Aim::Own(&start.record), &inputs, Purpose::Invalid(breach.clone()))
                .await?;
            if exchange.status().is_none_or(|status| !(400..500).contains(&status)) {
                continue;
            }
            any = true;
            let answer = read(session, reader, &start.record).await?;
            let facts = changes::lasting(&reading, reader, &start.shown);
            let wrong = match (reading.view(reader.operation), shown_in(&reading, reader.operation, &answer))
            {
                (Some(view), Some(shown)) => differences(&reading, view, &facts, shown),
                _ => vec![answer.summary()],
            };
            if !wrong.is_empty() {
                let message = format!(
                    "a change was refused because {}, and yet it changed something: {}",
                    breach.what,
                    wrong.join(", ")
                );
                let shown_by = [&*start.exchange, &*exchange, &*answer];
                let finding = found(self, &reading, case, writer.operation, message, &shown_by);
                return Ok(verdict(vec![finding]));
            }
        }
        if any { Ok(Verdict::Pass) } else { missing("a rule whose violation is refused") }
    }
}

/// Inputs that break one rule of the body each, of several kinds.
fn broken(session: &mut Session, reading: &Reading, one: &Use, good: &Inputs) -> Vec<(Breach, Inputs)> {
    let contract = reading.contract();
    let (Some(schema), Some(Body::Value(media, body))) =
        (parameter_schema(reading, one.operation, &Slot::Body(Vec::new())), &good.body)
    else {
        return Vec::new();
    };
    let mut all = invalids(contract, schema, body, session.chance());
    let kind = |rule: &str| rule.split('.').next().unwrap_or_default().to_owned();
    all.sort_by_key(|invalid| match kind(&invalid.rule).as_str() {
        "enum" | "pattern" | "format" => 0,
        "type" | "required" => 2,
        _ => 1,
    });
    let mut seen: Vec<String> = Vec::new();
    all.retain(|invalid| {
        let fresh = !seen.contains(&kind(&invalid.rule));
        seen.push(kind(&invalid.rule));
        fresh
    });
    let inputs = |value: Value| Inputs { body: Some(Body::Value(media.clone(), value)), ..good.clone() };
    all.into_iter()
        .take(BREACHES)
        .map(|invalid| {
            let breach = Breach {
                part: Part::Body,
                instance: invalid.instance,
                clause: Clause::at(contract, &invalid.schema, format!("`{}`", invalid.rule)),
                rule: invalid.rule,
                outcome: "invalid".to_owned(),
                what: invalid.what,
            };
            (breach, inputs(invalid.value))
        })
        .collect()
}
