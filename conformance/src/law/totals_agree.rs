//! What a listing says of itself agrees with what it lists.

use futures::future::BoxFuture;
use serde_json::Value;
use tercet_spec::contract::{SchemaId, Status};
use tercet_spec::language::{Source, ValueExpr};

use super::lens::{
    case, creators, found, listers, make_fitting, missing, none_of, paging, used, verdict, walk_list,
};
use super::{Case, Law};
use crate::reading::{Reading, Use, walk};
use crate::session::{Nameable, Session};
use crate::{Clause, Exchange, Stop, Verdict};

/// See [`Law::about`].
pub(super) struct TotalsAgree;

/// A place in an answer that says something about the page.
struct Saying {
    what: String,
    at: Place,
    schema: SchemaId,
}

enum Place {
    Body(Vec<String>),
    Header(String),
}

impl Law for TotalsAgree {
    fn name(&self) -> &'static str {
        "totals_agree"
    }

    fn about(&self) -> &'static str {
        "what a listing says of its page (total, count, number, size) agrees with what it lists"
    }

    fn clause(&self) -> &'static str {
        "`x-value`: `$page.…`"
    }

    fn cases(&self, reading: &Reading) -> Result<Vec<Case>, String> {
        let mut cases = Vec::new();
        for collection in reading.contract().collections.keys() {
            let Some(creator) = creators(reading, collection).first().copied() else { continue };
            for lister in listers(reading, collection) {
                for saying in sayings(reading, lister) {
                    let title = format!("`{}`: `$page.{}`", reading.operation(lister).id, saying.what);
                    let says = format!("`$page.{}`", saying.what);
                    let mut one = case(reading, title, says.clone(), &[lister, creator], &saying.what);
                    let pointer = reading.contract().schema(saying.schema).pointer.clone();
                    one.clause = Clause::at(reading.contract(), &pointer, says);
                    cases.push(one);
                }
            }
        }
        none_of(cases, "a listing that says how many records there are")
    }

    fn run<'a>(&'a self, session: &'a mut Session, case: &'a Case) -> BoxFuture<'a, Result<Verdict, Stop>> {
        Box::pin(async move {
            let reading = session.reading();
            let (lister, creator) = (used(&reading, case, 0)?, used(&reading, case, 1)?);
            let Some(saying) = sayings(&reading, lister).into_iter().find(|one| one.what == case.detail)
            else {
                return missing("what the listing says of itself");
            };
            let mut first = None;
            for _ in 0..3 {
                first = Some(make_fitting(session, creator, lister).await?);
            }
            let Some(record) = first else {
                return missing("a record");
            };
            let size = paging(&reading, lister).and_then(|paging| paging.size).map(|_| 2);
            let named = [&record as &dyn Nameable];
            let whole = walk_list(session, lister, &named, &[], None).await?;
            let walked = size.is_some() && whole.records.len() <= 24;
            let small =
                if walked { walk_list(session, lister, &named, &[], size).await? } else { whole.clone() };
            for (at, exchange) in small.exchanges.iter().enumerate() {
                let due = match saying.what.as_str() {
                    "total" => whole.records.len(),
                    "count" => small.pages[at],
                    "number" => at + 1,
                    _ if walked => 2,
                    _ => continue,
                };
                let said = saying.read(exchange);
                if said != Some(due as u64) {
                    let said = said.map_or_else(|| "nothing".to_owned(), |said| said.to_string());
                    let message = format!("`$page.{}` says {said} where {due} is due", saying.what);
                    return Ok(verdict(vec![found(
                        self,
                        &reading,
                        case,
                        lister.operation,
                        message,
                        &[exchange],
                    )]));
                }
            }
            Ok(Verdict::Pass)
        })
    }
}

impl Saying {
    fn read(&self, exchange: &Exchange) -> Option<u64> {
        match &self.at {
            Place::Body(path) => walk(exchange.json()?, path).and_then(Value::as_u64),
            Place::Header(name) => exchange.answer.as_ref().ok()?.header(name)?.trim().parse().ok(),
        }
    }
}

/// Where a listing's success says something about its page.
fn sayings(reading: &Reading, lister: &Use) -> Vec<Saying> {
    let contract = reading.contract();
    let owner = reading.operation(lister);
    let mut found = Vec::new();
    let ok = |status: Status| matches!(status, Status::Code(200..=299) | Status::Range(2));
    for response in owner.responses.iter().filter(|one| ok(one.status)) {
        for header in &response.headers {
            if let Some(what) = page_value(reading, header.schema) {
                found.push(Saying { what, at: Place::Header(header.name.clone()), schema: header.schema });
            }
        }
        for media in &response.content {
            let Some(root) = media.schema else { continue };
            for (name, id) in &contract.schema(root).properties {
                if let Some(what) = page_value(reading, *id) {
                    found.push(Saying { what, at: Place::Body(vec![name.clone()]), schema: *id });
                }
                for (inner, id) in &contract.schema(*id).properties {
                    if let Some(what) = page_value(reading, *id) {
                        found.push(Saying {
                            what,
                            at: Place::Body(vec![name.clone(), inner.clone()]),
                            schema: *id,
                        });
                    }
                }
            }
        }
    }
    found
}

/// `total` of `$page.total`: one of the numbers that can be counted.
fn page_value(reading: &Reading, schema: SchemaId) -> Option<String> {
    match &reading.contract().schema(schema).value {
        Some(ValueExpr::Expression(one)) if one.source == Source::Page && one.path.len() == 1 => {
            let known = ["total", "count", "number", "size"];
            known.contains(&one.path[0].as_str()).then(|| one.path[0].clone())
        }
        _ => None,
    }
}
