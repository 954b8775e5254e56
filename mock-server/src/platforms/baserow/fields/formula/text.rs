//! Values as text.

use bigdecimal::BigDecimal;
use jiff::tz::TimeZone;
use serde_json::Value as Json;

use super::kind::{Dates, Kind};
use super::number::{count, printed, rounded};
use super::spans::{self, As};
use super::value::Value;

/// What `totext` gives; "" for null.
pub(super) fn to_text(kind: &Kind, value: &Value) -> String {
    match (kind, value) {
        (_, Value::Null) => String::new(),
        (_, Value::Text(text)) => text.clone(),
        (_, Value::NotANumber) => "NaN".to_owned(),
        (Kind::Number(numbers), Value::Number(number)) => printed(number, numbers.decimals),
        (_, Value::Number(number)) => number.to_plain_string(),
        (_, Value::Boolean(truth)) => truth.to_string(),
        (Kind::Date(dates), Value::Day(_) | Value::Moment(_)) => date(dates, value),
        (_, Value::Day(day)) => day.to_string(),
        (_, Value::Moment(moment)) => moment.to_string(),
        (Kind::Duration(format), Value::Duration(_) | Value::Span(..)) => {
            spans::seconds(value, As::Shown).map_or_else(String::new, |seconds| duration(format, &seconds))
        }
        (_, Value::Duration(seconds) | Value::Span(_, seconds)) => seconds.to_plain_string(),
        (_, Value::Pattern(_) | Value::Format(_)) => String::new(),
        (Kind::Link | Kind::Button, Value::Raw(link)) => {
            link.get("label").and_then(Json::as_str).unwrap_or_default().to_owned()
        }
        (_, Value::Raw(raw)) => named(raw),
    }
}

/// The names of options, people and files.
fn named(raw: &Json) -> String {
    match raw {
        Json::Array(members) => members.iter().map(named).collect::<Vec<_>>().join(", "),
        Json::Object(members) => ["value", "visible_name", "name"]
            .iter()
            .find_map(|key| members.get(*key).and_then(Json::as_str))
            .unwrap_or_default()
            .to_owned(),
        _ => String::new(),
    }
}

fn date(dates: &Dates, value: &Value) -> String {
    let zone = dates.force_timezone.as_deref().and_then(|name| TimeZone::get(name).ok());
    let zone = zone.unwrap_or(TimeZone::UTC);
    let moment = match value {
        Value::Moment(moment) => moment.to_zoned(zone).datetime(),
        Value::Day(day) => day.at(0, 0, 0, 0),
        _ => return String::new(),
    };
    let (year, month, day) = (moment.year(), moment.month(), moment.day());
    let mut text = match dates.format.as_str() {
        "US" => format!("{month:02}/{day:02}/{year:04}"),
        "ISO" => format!("{year:04}-{month:02}-{day:02}"),
        _ => format!("{day:02}/{month:02}/{year:04}"),
    };
    if dates.include_time {
        let (hour, minute) = (moment.hour(), moment.minute());
        if dates.time_format == "12" {
            let half = if hour < 12 { "AM" } else { "PM" };
            let hour = (hour + 11) % 12 + 1;
            text.push_str(&format!(" {hour:02}:{minute:02}{half}"));
        } else {
            text.push_str(&format!(" {hour:02}:{minute:02}"));
        }
    }
    text
}

/// Seconds in one of the product's formats, such as `d h:mm:ss`.
fn duration(format: &str, seconds: &BigDecimal) -> String {
    let decimals = match format {
        "h:mm:ss.s" => 1,
        "h:mm:ss.ss" => 2,
        "h:mm:ss.sss" => 3,
        _ => 0,
    };
    let exact = rounded(&seconds.abs(), decimals);
    let whole = count(&exact);
    let fraction = printed(&(exact - BigDecimal::from(whole)), decimals);
    let sign = if seconds < &BigDecimal::from(0) { "-" } else { "" };
    let (days, hours, minutes, seconds) = (whole / 86400, whole / 3600, whole / 60 % 60, whole % 60);
    let rest = hours % 24;
    let text = match format {
        "h:mm:ss" => format!("{hours}:{minutes:02}:{seconds:02}"),
        "h:mm:ss.s" | "h:mm:ss.ss" | "h:mm:ss.sss" => {
            format!("{hours}:{minutes:02}:{seconds:02}{}", &fraction[1..])
        }
        "d h" => format!("{days}d {rest}h"),
        "d h:mm" => format!("{days}d {rest}:{minutes:02}"),
        "d h:mm:ss" => format!("{days}d {rest}:{minutes:02}:{seconds:02}"),
        "d h mm" => format!("{days}d {rest}h {minutes:02}m"),
        "d h mm ss" => format!("{days}d {rest}h {minutes:02}m {seconds:02}s"),
        _ => format!("{hours}:{minutes:02}"),
    };
    format!("{sign}{text}")
}
