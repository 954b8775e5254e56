//! What functions give for what they are given.

use super::functions::{self, Function, Gives};
use super::kind::{Dates, Kind, Numbers};
use super::program::{Node, Resolved};
use super::value::Value;

/// The format of durations that formulas make.
const DAYS_TO_SECONDS: &str = "d h:mm:ss";

/// The type of what a function gives.
///
/// # Errors
/// A sentence on arguments that do not go together.
pub(super) fn gives(function: &Function, arguments: &[Resolved]) -> Result<Kind, String> {
    match function.gives {
        Gives::Text => Ok(Kind::Text),
        Gives::Url => Ok(Kind::Url),
        Gives::Boolean => Ok(Kind::Boolean),
        Gives::Decimals(decimals) => Ok(Kind::number(decimals)),
        Gives::Duration => Ok(Kind::Duration(DAYS_TO_SECONDS.to_owned())),
        Gives::Link => Ok(Kind::Link),
        Gives::Button => Ok(Kind::Button),
        Gives::Widest => Ok(widest(arguments)),
        Gives::First => match arguments.first().map(|first| &first.kind) {
            Some(kind) if matches!(function.name, "min" | "max") && !is_ordered(kind) => {
                Err(format!("`{}` of type `{}` is not understood here", function.name, kind.name()))
            }
            Some(kind) => Ok(kind.clone()),
            None => Ok(Kind::Text),
        },
        Gives::Special => special(function, arguments),
    }
}

fn special(function: &Function, arguments: &[Resolved]) -> Result<Kind, String> {
    let kinds: Vec<&Kind> = arguments.iter().map(|argument| &argument.kind).collect();
    match (function.name, kinds.as_slice()) {
        ("t", [kind]) => Ok(if kind.is_text() { (*kind).clone() } else { Kind::Text }),
        ("round", [_, _]) => Ok(Kind::number(decimals_to_round(&arguments[1]))),
        ("now", _) => Ok(Kind::Date(iso(true, None))),
        ("today", _) => Ok(Kind::Date(iso(false, Some("UTC".to_owned())))),
        ("todate", _) => Ok(Kind::Date(iso(false, None))),
        ("todate_tz", _) => {
            let zone = match &arguments[2].node {
                Node::Constant(Value::Text(zone)) => Some(zone.clone()),
                _ => None,
            };
            Ok(Kind::Date(Dates { show_tzinfo: true, ..iso(true, zone) }))
        }
        ("second", [Kind::Date(dates)]) if dates.include_time => Ok(Kind::number(0)),
        ("second", _) => Err("cannot extract seconds from a date without time".to_owned()),
        ("add" | "minus" | "multiply" | "divide", [left, right]) => {
            arithmetic(function.name, left, right, arguments)
        }
        ("if", [_, yes, no]) => Ok(match (yes, no) {
            (Kind::Number(_), Kind::Number(_)) => widest(&arguments[1..]),
            _ if same(yes, no) => (*yes).clone(),
            _ => Kind::Text,
        }),
        ("when_empty", [value, instead]) if same(value, instead) => Ok((*value).clone()),
        ("when_empty", _) => Err("both arguments of `when_empty` must be of one type".to_owned()),
        ("equal" | "not_equal", [left, right]) if same(left, right) || left.is_text() || right.is_text() => {
            Ok(Kind::Boolean)
        }
        (_, [left, right]) if left.is_text() && right.is_text() => Ok(Kind::Boolean),
        (_, [left, right]) if same(left, right) && is_ordered(left) => Ok(Kind::Boolean),
        (name, [left, right]) => {
            Err(format!("`{name}` cannot compare `{}` and `{}` here", left.name(), right.name()))
        }
        (name, _) => Err(format!("`{name}` is given too little")),
    }
}

fn arithmetic(name: &str, left: &Kind, right: &Kind, arguments: &[Resolved]) -> Result<Kind, String> {
    match (name, left, right) {
        ("add", left, right) if left.is_text() && right.is_text() => Ok(Kind::Text),
        ("divide", Kind::Number(_), Kind::Number(_)) => Ok(Kind::number(functions::MOST_DECIMALS)),
        (_, Kind::Number(_), Kind::Number(_)) => Ok(widest(arguments)),
        ("minus", Kind::Date(_), Kind::Date(_)) => Ok(Kind::Duration(DAYS_TO_SECONDS.to_owned())),
        ("add" | "minus", Kind::Date(_) | Kind::Duration(_), Kind::Duration(_))
        | ("multiply" | "divide", Kind::Duration(_), Kind::Number(_)) => Ok(left.clone()),
        ("add", Kind::Duration(_), Kind::Date(_)) | ("multiply", Kind::Number(_), Kind::Duration(_)) => {
            Ok(right.clone())
        }
        (name, left, right) => Err(format!("`{name}` cannot take `{}` and `{}`", left.name(), right.name())),
    }
}

/// A date as formulas make them.
fn iso(include_time: bool, force_timezone: Option<String>) -> Dates {
    Dates {
        format: "ISO".to_owned(),
        include_time,
        time_format: "24".to_owned(),
        show_tzinfo: false,
        force_timezone,
    }
}

/// One type, perhaps with different looks.
fn same(left: &Kind, right: &Kind) -> bool {
    left.name() == right.name()
}

fn is_ordered(kind: &Kind) -> bool {
    matches!(kind, Kind::Number(_) | Kind::Date(_) | Kind::Duration(_))
}

/// The most decimals, and the looks of the first number that has some.
fn widest(arguments: &[Resolved]) -> Kind {
    let numbers = arguments.iter().filter_map(|argument| match &argument.kind {
        Kind::Number(numbers) => Some(numbers),
        _ => None,
    });
    let mut widest = Numbers::default();
    for numbers in numbers {
        let plain = widest.prefix.is_empty() && widest.suffix.is_empty() && widest.separator.is_empty();
        let decimals = widest.decimals.max(numbers.decimals);
        if plain {
            widest = numbers.clone();
        }
        widest.decimals = decimals;
    }
    Kind::Number(widest)
}

/// As many as a literal says, else the most.
fn decimals_to_round(places: &Resolved) -> u32 {
    match &places.node {
        Node::Constant(Value::Number(number)) => u32::try_from(super::number::count(number).max(0))
            .unwrap_or(u32::MAX)
            .min(functions::MOST_DECIMALS),
        _ => functions::MOST_DECIMALS,
    }
}
