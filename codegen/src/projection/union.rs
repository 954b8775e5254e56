//! Unions: kinds that a property tells apart become variants; other choices are told apart by their shape.

use serde_json::{Value, json};
use tercet_spec::Pointer;

use super::kind::{self, Kind, Record};
use super::meta::{UnionMeta, UnionVariant};
use super::naming::{Taken, pascal};
use super::notes::{self, Notes};
use super::reach::Direction;
use super::schemas::{Cut, Schemas};
use super::written::reference;

/// The property that tells the branches of a union apart, and which values stand for which branch.
struct Tagging {
    property: String,
    kinds: Vec<(String, Pointer, Pointer)>,
}

impl Schemas {
    /// The schema that stands for a union: a plain string that the client has a type of its own for where a property
    /// tells the branches apart, else a choice that typify reads by trying.
    pub(crate) fn union(
        &mut self,
        notes: &mut Notes<'_>,
        at: &Pointer,
        branches: &[Pointer],
        direction: Direction,
        name: &str,
    ) -> Value {
        match tagging(notes, at, branches) {
            Some(tagging) => {
                self.tagged(notes, at, &tagging, direction, name);
                json!({ "type": "string" })
            }
            None => self.by_shape(notes, at, branches, direction, name),
        }
    }

    fn tagged(
        &mut self,
        notes: &mut Notes<'_>,
        at: &Pointer,
        tagging: &Tagging,
        direction: Direction,
        name: &str,
    ) {
        let property = tagging.property.clone();
        let mut variants = Vec::new();
        for (value, place, home) in &tagging.kinds {
            let component = match place == home {
                // An inline branch is nobody else's.
                true => {
                    let known = tagging.kinds.iter().zip(&variants).find(|((_, other, _), _)| other == place);
                    match known {
                        Some((_, UnionVariant { component, .. })) => String::clone(component),
                        None => {
                            let component = self.taken.type_name(&format!("{name}{}", pascal(value)));
                            let cut = Cut::Without(property.clone());
                            self.define(notes, home, direction, &component, &cut);
                            component
                        }
                    }
                }
                false => self.branch_name(home, direction, &property, name),
            };
            variants.push(UnionVariant { value: value.clone(), component });
        }
        let description =
            notes.document.get(at).and_then(|schema| schema.get("description")).and_then(Value::as_str);
        let description = description.map(str::to_owned);
        self.unions.push(UnionMeta { name: name.to_owned(), description, property, variants });
    }

    fn by_shape(
        &mut self,
        notes: &mut Notes<'_>,
        at: &Pointer,
        branches: &[Pointer],
        direction: Direction,
        name: &str,
    ) -> Value {
        let discriminator = notes.document.get(at).and_then(|schema| schema.get("discriminator"));
        let mut written = Vec::new();
        let mut titles = Taken::default();
        for place in branches {
            let Some((schema, home)) = notes.resolve(place) else { continue };
            let title = schema.get("title").and_then(Value::as_str).map(str::to_owned);
            let own_name = (home != *place).then(|| home.last()).flatten();
            let is_record = matches!(kind::kind(notes, &home), Kind::Record(_));
            let tag = tag_of(discriminator, &home).filter(|_| is_record);
            let label =
                title.or(own_name).unwrap_or_else(|| default_label(&kind::kind(notes, &home)).to_owned());
            let branch_name = format!("{name}{}", pascal(&label));
            let mut branch = match tag {
                Some((property, value)) => {
                    let component = self.taken.type_name(&branch_name);
                    self.define(notes, &home, direction, &component, &Cut::Closed(property, value));
                    reference(&component)
                }
                None => self.usage_without_null(notes, place, direction, &branch_name),
            };
            if branch.get("$ref").is_some() {
                branch = json!({ "allOf": [branch] });
            }
            branch["title"] = titles.type_name(&label).into();
            written.push(branch);
        }
        // What a newer server may send must not make a whole answer unreadable.
        if self.reach.is_received(at)
            && !written.iter().any(|branch| branch.as_object().is_some_and(|one| one.len() == 1))
        {
            written.push(json!({ "title": titles.type_name("Other") }));
        }
        json!({ "oneOf": written })
    }
}

/// What tells the branches apart, if all of them are objects and something does.
fn tagging(notes: &mut Notes<'_>, at: &Pointer, branches: &[Pointer]) -> Option<Tagging> {
    let mut records = Vec::new();
    for place in branches {
        let (_, home) = notes.resolve(place)?;
        let Kind::Record(record) = kind::kind(notes, &home) else { return None };
        records.push((place.clone(), home, record));
    }
    let discriminator = notes.document.get(at).and_then(|schema| schema.get("discriminator"));
    let property = discriminator.and_then(|one| one.get("propertyName")).and_then(Value::as_str);
    let tagging = match property {
        Some(property) => {
            say_unmapped(notes, at, discriminator, &records);
            told(notes, property, &records, |notes, home, record| {
                mapped(discriminator, home)
                    .or_else(|| fixed(notes, record, property))
                    .or_else(|| component_name(home).map(|name| vec![name]))
            })
        }
        None => {
            let (_, _, first) = records.first()?;
            let candidates: Vec<String> =
                first.properties.keys().filter(|name| first.required.contains(name)).cloned().collect();
            candidates.into_iter().find_map(|property| {
                told(notes, &property, &records, |notes, _, record| {
                    record.required.contains(&property).then(|| fixed(notes, record, &property)).flatten()
                })
            })
        }
    };
    if tagging.is_none() && property.is_some() {
        notes.warning(
            "union-told-by-shape",
            &at.child("discriminator"),
            "this discriminator does not tell the branches apart, the client takes the first one that fits",
            "give each branch values of its own in `mapping`",
        );
    }
    tagging.filter(|tagging| tagging.kinds.len() > 1)
}

/// Branch by branch the values that stand for it; `None` when a branch has none, or two have the same.
fn told(
    notes: &mut Notes<'_>,
    property: &str,
    records: &[(Pointer, Pointer, Record)],
    mut values: impl FnMut(&mut Notes<'_>, &Pointer, &Record) -> Option<Vec<String>>,
) -> Option<Tagging> {
    let mut kinds: Vec<(String, Pointer, Pointer)> = Vec::new();
    for (place, home, record) in records {
        for value in values(notes, home, record)? {
            if kinds.iter().any(|(known, ..)| *known == value) {
                return None;
            }
            kinds.push((value, place.clone(), home.clone()));
        }
    }
    Some(Tagging { property: property.to_owned(), kinds })
}

/// The values that a property of a record is limited to.
fn fixed(notes: &mut Notes<'_>, record: &Record, property: &str) -> Option<Vec<String>> {
    let (_, home) = notes.resolve(record.properties.get(property)?)?;
    match kind::kind(notes, &home) {
        Kind::Enum(values) => Some(values),
        _ => None,
    }
}

/// The values that a discriminator maps to the branch at `home` (OpenAPI 3.0.3, "Discriminator Object").
fn mapped(discriminator: Option<&Value>, home: &Pointer) -> Option<Vec<String>> {
    let mapping = discriminator?.get("mapping")?.as_object()?;
    let values: Vec<String> =
        mapping.iter().filter(|(_, to)| leads_to(to, home)).map(|(value, _)| value.clone()).collect();
    (!values.is_empty()).then_some(values)
}

/// What a shared schema is called.
fn component_name(home: &Pointer) -> Option<String> {
    let tokens: Vec<String> = home.tokens().collect();
    match tokens.as_slice() {
        [first, second, name] if first == "components" && second == "schemas" => Some(name.clone()),
        _ => None,
    }
}

/// A mapping names its target by reference or by the schema's name.
fn leads_to(to: &Value, home: &Pointer) -> bool {
    to.as_str()
        .is_some_and(|to| notes::target(to).as_ref() == Some(home) || home.last().as_deref() == Some(to))
}

/// Says which values a discriminator maps to something that is no branch of its union.
fn say_unmapped(
    notes: &mut Notes<'_>,
    at: &Pointer,
    discriminator: Option<&Value>,
    records: &[(Pointer, Pointer, Record)],
) {
    let mapping = discriminator.and_then(|one| one.get("mapping")).and_then(Value::as_object);
    for (value, to) in mapping.into_iter().flatten() {
        if !records.iter().any(|(_, home, _)| leads_to(to, home)) {
            notes.warning(
                "mapping-without-branch",
                &at.child("discriminator").child("mapping").child(value),
                format!("`{value}` stands for a schema that is no branch of this union, the client does not know it"),
                "add the schema to the branches, or take the value out",
            );
        }
    }
}

/// The one tag that a discriminator gives to the branch at `home`.
fn tag_of(discriminator: Option<&Value>, home: &Pointer) -> Option<(String, String)> {
    let property = discriminator?.get("propertyName")?.as_str()?.to_owned();
    let first = mapped(discriminator, home).and_then(|values| values.into_iter().next());
    Some((property, first.or_else(|| home.last())?))
}

fn default_label(kind: &Kind) -> &'static str {
    match kind {
        Kind::Enum(_) | Kind::Scalar("string") => "Text",
        Kind::Scalar("integer") => "Integer",
        Kind::Scalar("number") => "Number",
        Kind::Scalar(_) => "Boolean",
        Kind::List(_) => "List",
        Kind::Record(_) | Kind::Map(_) | Kind::Dict(_) => "Object",
        Kind::Union(_) => "Choice",
        Kind::Any => "Other",
    }
}
