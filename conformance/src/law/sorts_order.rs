//! A listing has the order that its effect gives it.

use std::cmp::Ordering;

use futures::future::BoxFuture;
use serde_json::Value;
use tercet_spec::contract::{Flavour, SchemaId, Verb};
use tercet_spec::language::{Sort, ValueExpr};

use super::lens::{
    Facts, another, case, creators, found, listers, make_fitting, missing, none_of, order, parameter_schema,
    selects, used, verdict, walk_list,
};
use super::{Case, Law};
use crate::reading::{Reading, Slot, Use};
use crate::session::{Nameable, Owned, Session, Wishes};
use crate::{Stop, Verdict};

/// See [`Law::about`].
pub(super) struct SortsOrder;

/// One order that a listing can be asked for.
#[derive(Clone, Debug, PartialEq)]
struct Wanted {
    /// The field; `None` = the order of creation.
    field: Option<String>,
    down: bool,
    asked: Vec<(Slot, Value)>,
}

impl Law for SortsOrder {
    fn name(&self) -> &'static str {
        "sorts_order"
    }

    fn about(&self) -> &'static str {
        "a listing has the order that its effect gives it, in both directions; without one, records come as they were created"
    }

    fn clause(&self) -> &'static str {
        "`x-effect`: the `sort` of a `list`"
    }

    fn cases(&self, reading: &Reading) -> Result<Vec<Case>, String> {
        let mut cases = Vec::new();
        for collection in reading.contract().collections.keys() {
            let Some(creator) = creators(reading, collection).first().copied() else { continue };
            for lister in listers(reading, collection) {
                for wanted in orders(reading, lister) {
                    let decided = wanted
                        .field
                        .as_ref()
                        .is_none_or(|field| super::lens::slot_of(reading, creator, field).is_some());
                    if decided {
                        let title = format!("`{}`: {}", reading.operation(lister).id, wanted.name());
                        cases.push(case(reading, title, wanted.name(), &[lister, creator], &wanted.name()));
                    }
                }
            }
        }
        none_of(cases, "a listing of what another operation creates")
    }

    fn run<'a>(&'a self, session: &'a mut Session, case: &'a Case) -> BoxFuture<'a, Result<Verdict, Stop>> {
        Box::pin(async move {
            let reading = session.reading();
            let (lister, creator) = (used(&reading, case, 0)?, used(&reading, case, 1)?);
            let Some(wanted) = orders(&reading, lister).into_iter().find(|one| one.name() == case.detail)
            else {
                return missing("the order");
            };
            let Some(view) = reading.view(lister.operation) else {
                return missing("an answer that shows records");
            };
            let records = three(session, creator, lister, wanted.field.as_deref()).await?;
            let listing =
                walk_list(session, lister, &[&records[0] as &dyn Nameable], &wanted.asked, None).await?;
            let mut placed: Vec<(usize, Option<Value>)> = Vec::new();
            for record in &records {
                let facts = Facts::of(&reading, record);
                let inputs = session.prepare(lister.operation, &[record], &Wishes::minimal())?;
                if selects(&reading, lister, &inputs, &facts) != Some(true) {
                    return missing("a listing that is known to select the created records");
                }
                match listing.places(&reading, view, &facts)?.as_slice() {
                    [place] => placed
                        .push((*place, wanted.field.as_ref().and_then(|field| facts.known(field).cloned()))),
                    _ => return Err(Stop::Blocked("not every created record is listed".to_owned())),
                }
            }
            for (at, (place, value)) in placed.iter().enumerate() {
                for (later, other) in &placed[at + 1..] {
                    let due = match (value, other) {
                        (Some(one), Some(other)) => order(one, other),
                        _ => Some(Ordering::Less),
                    };
                    let due = if wanted.down { due.map(Ordering::reverse) } else { due };
                    if due.is_some_and(|due| due != Ordering::Equal && place.cmp(later) != due) {
                        let words = |value: &Option<Value>| {
                            value.as_ref().map_or("the one created first".to_owned(), ToString::to_string)
                        };
                        let message = format!(
                            "{}, but {} stands at {} and {} at {}",
                            case.detail,
                            words(value),
                            place + 1,
                            other.as_ref().map_or("a later one".to_owned(), ToString::to_string),
                            later + 1
                        );
                        return Ok(verdict(vec![found(
                            self,
                            &reading,
                            case,
                            lister.operation,
                            message,
                            &[listing.last()],
                        )]));
                    }
                }
            }
            Ok(Verdict::Pass)
        })
    }
}

impl Wanted {
    fn name(&self) -> String {
        let direction = if self.down { "descending" } else { "ascending" };
        let asked: String = self.asked.iter().map(|(slot, value)| format!(", {slot} {value}")).collect();
        match &self.field {
            Some(field) => format!("`{field}` {direction}{asked}"),
            None => format!("as created{asked}"),
        }
    }
}

/// Three records, made neither in ascending nor in descending order of the field.
async fn three(
    session: &mut Session,
    creator: &Use,
    lister: &Use,
    field: Option<&str>,
) -> Result<Vec<Owned>, Stop> {
    let reading = session.reading();
    let slot = field.and_then(|field| super::lens::slot_of(&reading, creator, field));
    let schema = slot.as_ref().and_then(|slot| parameter_schema(&reading, creator.operation, slot));
    let mut records = Vec::new();
    let (Some(slot), Some(schema)) = (slot, schema) else {
        for _ in 0..3 {
            records.push(make_fitting(session, creator, lister).await?);
        }
        return Ok(records);
    };
    let values = rising(session, schema);
    let [low, middle, high] = values.as_slice() else {
        return missing(format!("three values that `{}` may have", field.unwrap_or_default()));
    };
    let fixed = super::lens::fitting(&reading, creator, lister)
        .into_iter()
        .fold(Wishes::plain(), |wishes, (slot, value)| wishes.with(slot, value));
    for value in [middle, high, low] {
        records.push(session.create(creator, &fixed.clone().with(slot.clone(), value.clone())).await?);
    }
    Ok(records)
}

/// Three values that every order of texts and numbers agrees about.
fn rising(session: &mut Session, schema: SchemaId) -> Vec<Value> {
    let reading = session.reading();
    let Some(base) = another(session, schema, &[]) else {
        return Vec::new();
    };
    let candidates: Vec<Value> = match &base {
        Value::String(text) => {
            ["a", "b", "c"].iter().map(|end| Value::String(format!("{text}{end}"))).collect()
        }
        Value::Number(number) => match number.as_i64() {
            Some(whole) => (-2..=2).map(|by| Value::from(whole.saturating_add(by))).collect(),
            None => return several(session, schema, base.clone()),
        },
        _ => Vec::new(),
    };
    let valid = |value: &Value| reading.contract().validators.is_valid(schema, Flavour::Request, value);
    let mut kept: Vec<Value> = candidates.into_iter().filter(valid).collect();
    kept.truncate(3);
    if kept.len() == 3 { kept } else { several(session, schema, base) }
}

/// Three generated values, in order.
fn several(session: &mut Session, schema: SchemaId, base: Value) -> Vec<Value> {
    let mut values = vec![base];
    while values.len() < 3 {
        let next = another(session, schema, &values.iter().collect::<Vec<_>>());
        match next {
            Some(value) => values.push(value),
            None => return Vec::new(),
        }
    }
    values.sort_by(|one, other| order(one, other).unwrap_or(Ordering::Equal));
    let ordered = values.windows(2).all(|pair| order(&pair[0], &pair[1]) == Some(Ordering::Less));
    if ordered { values } else { Vec::new() }
}

/// The orders that a listing can be asked for.
fn orders(reading: &Reading, lister: &Use) -> Vec<Wanted> {
    let Verb::List(selection) = reading.step(lister).verb.seen() else {
        return Vec::new();
    };
    let Some(first) = selection.sort.first() else {
        if reading.is_said(lister) {
            return Vec::new();
        }
        return vec![Wanted { field: None, down: false, asked: Vec::new() }];
    };
    let fields = choices(reading, lister, &first.by);
    let directions = match &first.direction {
        Some(direction) => choices(reading, lister, direction),
        None => vec![(Value::from("asc"), None)],
    };
    let mut found = Vec::new();
    for (field, by) in &fields {
        for (direction, how) in &directions {
            let (Some(field), Some(direction)) = (field.as_str(), direction.as_str()) else { continue };
            if field.contains('.') {
                continue;
            }
            let asked = by.iter().chain(how).cloned().collect();
            found.push(Wanted { field: Some(field.to_owned()), down: direction.starts_with("desc"), asked });
        }
    }
    let fallback = dropped(&selection.sort);
    if let Some(fallback) = fallback {
        found.push(fallback);
    }
    found
}

/// The order when no key is asked for and none has a default.
fn dropped(sort: &[Sort]) -> Option<Wanted> {
    let optional =
        |one: &Sort| matches!(&one.by, ValueExpr::Expression(expression) if Slot::of(expression).is_some());
    sort.iter().all(optional).then(|| Wanted { field: None, down: false, asked: Vec::new() })
}

/// What a value can be: itself, or what the document lets a parameter be, and how to ask for it.
fn choices(reading: &Reading, lister: &Use, value: &ValueExpr) -> Vec<(Value, Option<(Slot, Value)>)> {
    match value {
        ValueExpr::Literal(value) => vec![(value.clone(), None)],
        ValueExpr::Expression(expression) => {
            let Some(slot) = Slot::of(expression) else { return Vec::new() };
            let Some(schema) = parameter_schema(reading, lister.operation, &slot) else { return Vec::new() };
            let listed = reading.contract().schema(schema).values.iter();
            listed.map(|value| (value.clone(), Some((slot.clone(), value.clone())))).collect()
        }
        ValueExpr::First(values) => values.iter().flat_map(|one| choices(reading, lister, one)).collect(),
        _ => Vec::new(),
    }
}
