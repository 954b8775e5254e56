//! What the rules ask, one function each; the shortest stand in the table itself.

use jiff::civil::DateTime;
use serde_json::Value;

use super::asked::Asked;
use super::known::pattern;
use crate::platforms::qore::eyes::{among as held_by, is_empty, same as equal};
use crate::platforms::qore::files;

pub(super) fn always(_: &Asked<'_>) -> bool {
    true
}

pub(super) fn accepted(asked: &Asked<'_>) -> bool {
    match asked.value {
        Value::Bool(flag) => *flag,
        Value::Number(number) => number.as_f64() == Some(1.0),
        Value::String(text) => ["1", "yes", "on", "true"].contains(&text.as_str()),
        _ => false,
    }
}

pub(super) fn filled(asked: &Asked<'_>) -> bool {
    !asked.present || !asked.is_empty()
}

pub(super) fn boolean(asked: &Asked<'_>) -> bool {
    match asked.value {
        Value::Bool(_) => true,
        Value::Number(number) => [Some(0), Some(1)].contains(&number.as_i64()),
        Value::String(text) => text == "0" || text == "1",
        _ => false,
    }
}

pub(super) fn required_if(asked: &Asked<'_>) -> bool {
    !asked.is_empty() || !is_one_of(asked.other(0), &asked.parameters[1..])
}

pub(super) fn required_unless(asked: &Asked<'_>) -> bool {
    !asked.is_empty() || is_one_of(asked.other(0), &asked.parameters[1..])
}

/// Whether what a field holds is written as one of these.
fn is_one_of(held: &Value, written: &[String]) -> bool {
    written.iter().any(|one| match held {
        Value::Null => one.eq_ignore_ascii_case("null"),
        Value::Bool(flag) => one == &flag.to_string() || one == if *flag { "1" } else { "0" },
        held => held_by(held, &Value::from(one.as_str())),
    })
}

pub(super) fn required_with(asked: &Asked<'_>) -> bool {
    !asked.is_empty() || asked.parameters.iter().all(|name| is_empty(asked.held(name)))
}

pub(super) fn required_without(asked: &Asked<'_>) -> bool {
    !asked.is_empty() || !asked.parameters.iter().any(|name| is_empty(asked.held(name)))
}

pub(super) fn numeric(asked: &Asked<'_>) -> bool {
    asked.number().is_some()
}

pub(super) fn integer(asked: &Asked<'_>) -> bool {
    match asked.value {
        Value::Number(number) => number.as_f64().is_some_and(|number| number.fract() == 0.0),
        Value::String(text) => text.parse::<i64>().is_ok(),
        _ => false,
    }
}

pub(super) fn json(asked: &Asked<'_>) -> bool {
    asked.is_text(|text| serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok())
}

/// Letters of any alphabet, with their marks; digits and others where they may stand.
pub(super) fn letters(asked: &Asked<'_>, others: &str, digits: bool) -> bool {
    asked.is_text(|text| {
        text.chars().all(|one| one.is_alphabetic() || (digits && one.is_numeric()) || others.contains(one))
    })
}

pub(super) fn email(asked: &Asked<'_>) -> bool {
    asked.is_text(|text| {
        text.rsplit_once('@').is_some_and(|(local, domain)| is_local(local) && is_domain(domain))
    })
}

/// RFC 5321, 4.1.2: a dot-string, as people have them; quoted ones are not taken.
fn is_local(local: &str) -> bool {
    let atom = |part: &str| {
        let letter = |one: char| one.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(one);
        !part.is_empty() && part.chars().all(letter)
    };
    local.len() <= 64 && local.split('.').all(atom)
}

fn is_domain(domain: &str) -> bool {
    let label = |part: &str| {
        let letters = part.chars().all(|one| one.is_alphanumeric() || one == '-');
        (1..=63).contains(&part.len()) && letters && !part.starts_with('-') && !part.ends_with('-')
    };
    domain.len() <= 253 && domain.split('.').all(label)
}

pub(super) fn url(asked: &Asked<'_>) -> bool {
    asked.is_text(|text| {
        let plain = !text.contains(char::is_whitespace) && text.contains("://");
        plain && url::Url::parse(text).is_ok_and(|url| url.has_host())
    })
}

/// Whether the expression finds something; `None` where the value is no text.
pub(super) fn regex(asked: &Asked<'_>) -> Option<bool> {
    let text = asked.text()?;
    pattern(asked.parameters).ok().map(|expression| expression.find(&text).is_some())
}

/// How many digits it has, and nothing else.
pub(super) fn digits(asked: &Asked<'_>) -> Option<usize> {
    asked.text().filter(|text| text.bytes().all(|byte| byte.is_ascii_digit())).map(|text| text.len())
}

/// `decimal:2` is two places, `decimal:0,2` up to two.
pub(super) fn decimal(asked: &Asked<'_>) -> bool {
    if !numeric(asked) {
        return false;
    }
    let places = asked.text().map_or(0, |text| text.split_once('.').map_or(0, |(_, places)| places.len()));
    let least = asked.whole(0).unwrap_or_default();
    (least..=asked.whole(1).unwrap_or(least)).contains(&places)
}

pub(super) fn dated(asked: &Asked<'_>, holds: fn(DateTime, DateTime) -> bool) -> bool {
    let other = asked.parameters.first().and_then(|one| asked.date_of(one));
    asked.date(asked.value).zip(other).is_some_and(|(own, other)| holds(own, other))
}

/// Fields that hold dates have read theirs by the format already.
pub(super) fn date_format(asked: &Asked<'_>) -> bool {
    let format = asked.parameters.first().map_or("", String::as_str);
    asked.is_text(|text| crate::platforms::qore::dates::by_format(text, format).is_some())
}

pub(super) fn confirmed(asked: &Asked<'_>) -> bool {
    equal(asked.held(&format!("{}_confirmation", asked.name)), asked.value)
}

pub(super) fn same(asked: &Asked<'_>) -> bool {
    equal(asked.other(0), asked.value)
}

pub(super) fn distinct(asked: &Asked<'_>) -> bool {
    let Value::Array(members) = asked.value else { return true };
    members.iter().enumerate().all(|(index, one)| !members[..index].iter().any(|other| equal(one, other)))
}

pub(super) fn among(asked: &Asked<'_>, wanted: bool) -> bool {
    let listed = |value: &Value| is_one_of(value, asked.parameters);
    match asked.value {
        Value::Array(members) => members.iter().all(|member| listed(member) == wanted),
        value => listed(value) == wanted,
    }
}

/// Whether some record of a resource has this in a field: its key, unless the second parameter names another.
pub(super) fn exists(asked: &Asked<'_>) -> bool {
    let (Some(resource), Some(context)) = (asked.parameters.first(), asked.look.context) else { return true };
    let field = asked.parameters.get(1).map_or("id", String::as_str);
    let found = |value: &Value| context.find(resource, &[(field, value)]).is_ok_and(|one| one.is_some());
    match asked.value {
        Value::Array(members) => members.iter().all(found),
        value => found(value),
    }
}

/// Whether no other record has it, in this field unless the parameters name another.
pub(super) fn unique(asked: &Asked<'_>) -> bool {
    let own = &asked.look.resource.name;
    let resource = asked.parameters.first().unwrap_or(own);
    let field = asked.parameters.get(1).map_or(asked.name, String::as_str);
    let Some(context) = asked.look.context else { return true };
    let Ok(holders) = context.all(resource, &[(field, asked.value)]) else { return true };
    holders.iter().all(|holder| resource == own && holder.get("id") == asked.look.own)
}

pub(super) fn image(asked: &Asked<'_>) -> bool {
    let kind = asked.upload.map(files::media_type);
    kind.is_some_and(|kind| {
        ["image/jpeg", "image/png", "image/gif", "image/bmp", "image/webp"].contains(&kind.as_str())
    })
}

pub(super) fn mimes(asked: &Asked<'_>) -> bool {
    let Some(kind) = asked.upload.map(files::media_type) else { return false };
    asked
        .parameters
        .iter()
        .any(|extension| mime_guess::from_ext(extension).iter().any(|one| one.essence_str() == kind))
}

pub(super) fn mimetypes(asked: &Asked<'_>) -> bool {
    let Some(kind) = asked.upload.map(files::media_type) else { return false };
    asked.parameters.iter().any(|wanted| match wanted.strip_suffix("/*") {
        Some(family) => kind.split('/').next() == Some(family),
        None => *wanted == kind,
    })
}
