//! The inner layer: what progenitor makes of the projection, with its types polished.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use openapiv3::OpenAPI;
use progenitor::{GenerationSettings, Generator, HooksMode, TypeImpl};
use quote::quote;
use serde_json::Value;

use super::{Refusal, polish};
use crate::projection::{Carried, Projection};

/// progenitor's client for the projection.
pub(crate) fn generate(platform: &str, projection: &Projection) -> Result<syn::File, Refusal> {
    let document: OpenAPI = serde_json::from_value(projection.document.clone())
        .map_err(|error| Refusal::Generator(format!("openapiv3 cannot read it: {error}")))?;
    let settings = settings(platform, projection);
    // progenitor panics on what it does not support; the projection leaves nothing of the kind, so this says where it failed to.
    let tokens = catch_unwind(AssertUnwindSafe(|| Generator::new(&settings).generate_tokens(&document)))
        .map_err(|panic| {
            let text =
                panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref().copied());
            Refusal::Generator(format!("progenitor panicked: {}", text.unwrap_or("without a word")))
        })?
        .map_err(|error| Refusal::Generator(error.to_string()))?;
    let mut file = syn::parse2(tokens).map_err(|error| Refusal::Generator(error.to_string()))?;
    polish::polish(&mut file, &projection.extras);
    Ok(file)
}

fn settings(platform: &str, projection: &Projection) -> GenerationSettings {
    let mut settings = GenerationSettings::new();
    settings
        .with_hooks(HooksMode::Expected)
        .with_inner_type(quote! { crate::runtime::Call })
        .with_derive("PartialEq")
        .with_map_type("::std::collections::BTreeMap");
    for one in &projection.enums {
        let path = format!("crate::generated::{platform}::enums::{}", one.name);
        settings.with_replacement(&one.name, path, [TypeImpl::Display, TypeImpl::FromStr].into_iter());
    }
    for one in &projection.unions {
        let path = format!("crate::generated::{platform}::unions::{}", one.name);
        settings.with_replacement(&one.name, path, std::iter::empty());
    }
    for (name, carried) in &projection.maybes {
        let path = format!("crate::Maybe<{}>", rust(platform, projection, carried));
        settings.with_replacement(name, path, std::iter::empty());
    }
    for (name, carried) in &projection.dicts {
        let path = format!("crate::Dict<{}>", rust(platform, projection, carried));
        settings.with_replacement(name, path, std::iter::empty());
    }
    for stand_in in &projection.stand_ins {
        settings.with_replacement(stand_in.component(), stand_in.rust(), std::iter::empty());
    }
    settings
}

fn rust(platform: &str, projection: &Projection, carried: &Carried) -> String {
    match carried {
        Carried::Text => "::std::string::String".to_owned(),
        Carried::Integer => "i64".to_owned(),
        Carried::Boolean => "bool".to_owned(),
        Carried::Any => "::serde_json::Value".to_owned(),
        Carried::Named(name) => {
            if let Some(stand_in) = projection.stand_ins.iter().find(|one| one.component() == name) {
                return stand_in.rust().to_owned();
            }
            if let Some(members) = projection.dicts.get(name) {
                return format!("crate::Dict<{}>", rust(platform, projection, members));
            }
            let module = match name {
                _ if projection.enums.iter().any(|one| one.name == *name) => "enums",
                _ if projection.unions.iter().any(|one| one.name == *name) => "unions",
                _ => "raw::types",
            };
            let path = format!("crate::generated::{platform}::{module}::{name}");
            if contains_itself(projection, name) { format!("::std::boxed::Box<{path}>") } else { path }
        }
        Carried::List(items) => format!("::std::vec::Vec<{}>", rust(platform, projection, items)),
        Carried::Map(members) if **members == Carried::Any => {
            "::serde_json::Map<::std::string::String, ::serde_json::Value>".to_owned()
        }
        Carried::Map(members) => {
            format!(
                "::std::collections::BTreeMap<::std::string::String, {}>",
                rust(platform, projection, members)
            )
        }
    }
}

/// Whether a component leads back to itself, so that its type cannot simply be a part of itself. A union that does so
/// holds boxes, so nothing around it needs to.
fn contains_itself(projection: &Projection, name: &str) -> bool {
    reaches(projection, name, name, Through::Everything, &|_| Vec::new())
}

/// Whether a component holds another one, through unions too, but for lists and maps: those have room for anything.
pub(crate) fn holds(projection: &Projection, from: &str, to: &str) -> bool {
    from == to
        || reaches(projection, from, to, Through::Values, &|name| {
            let union = projection.unions.iter().find(|one| one.name == name);
            union.into_iter().flat_map(|one| &one.variants).map(|one| one.component.clone()).collect()
        })
}

/// What a way between components may lead through.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Through {
    /// Lists and maps too.
    Everything,
    /// Only what stands in the type itself.
    Values,
}

fn reaches(
    projection: &Projection,
    from: &str,
    to: &str,
    through: Through,
    further: &dyn Fn(&str) -> Vec<String>,
) -> bool {
    let schemas = &projection.document["components"]["schemas"];
    let mut seen = BTreeSet::new();
    let mut next = vec![from.to_owned()];
    while let Some(current) = next.pop() {
        let mut found = further(&current);
        references(&schemas[&current], through, &mut found);
        // What a stand-in for "absent, null or a value" carries is written beside the schemas.
        let maybe = projection.maybes.get(&current).and_then(|carried| named(carried, through));
        found.extend(maybe.map(str::to_owned));
        let dict = projection.dicts.get(&current).filter(|_| through == Through::Everything);
        found.extend(dict.and_then(|members| named(members, through)).map(str::to_owned));
        for reference in found {
            if reference == to {
                return true;
            }
            if seen.insert(reference.clone()) {
                next.push(reference);
            }
        }
    }
    false
}

fn named(carried: &Carried, through: Through) -> Option<&str> {
    match carried {
        Carried::Named(name) => Some(name),
        Carried::List(inner) | Carried::Map(inner) if through == Through::Everything => named(inner, through),
        _ => None,
    }
}

fn references(value: &Value, through: Through, found: &mut Vec<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| references(item, through, found)),
        Value::Object(members) => {
            let target =
                members.get("$ref").and_then(Value::as_str).and_then(|target| target.rsplit('/').next());
            found.extend(target.map(str::to_owned));
            let roomy = |key: &str, member: &Value| {
                // A property may be called like a keyword; its schema is no list of schemas either way.
                through == Through::Values
                    && match key {
                        "items" => members.get("type").is_some_and(|name| name == "array"),
                        "additionalProperties" => {
                            member.is_object() && members.get("type").is_some_and(|name| name == "object")
                        }
                        _ => false,
                    }
            };
            let inner = members.iter().filter(|(key, member)| !roomy(key, member));
            inner.for_each(|(_, member)| references(member, through, found));
        }
        _ => {}
    }
}
