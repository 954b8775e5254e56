//! What a formula is, given the fields that it names.

use super::expr::Expr;
use super::functions::{self, Function, Gives, Nulls, Takes};
use super::kind::{Kind, Numbers};
use super::program::{Many, Node, Resolved};
use super::value::Value;

/// The fields that a formula can name.
pub(in crate::platforms::baserow) trait Fields {
    /// A field of the formula's own table.
    ///
    /// # Errors
    /// A sentence on why it cannot be read.
    fn field(&self, name: &str) -> Result<Resolved, String>;

    /// A field of the table that `link` leads to.
    ///
    /// # Errors
    /// As above.
    fn lookup(&self, link: &str, name: &str) -> Result<Resolved, String>;
}

/// Finds the type of a formula and what it reads.
///
/// # Errors
/// A sentence on what does not fit.
pub(in crate::platforms::baserow) fn type_of(expr: &Expr, fields: &dyn Fields) -> Result<Resolved, String> {
    let constant = |value, kind| Resolved { node: Node::Constant(value), kind, many: None, nullable: false };
    match expr {
        Expr::Text(text) => Ok(constant(Value::Text(text.clone()), Kind::Text)),
        Expr::Number(number, decimals) => Ok(constant(
            Value::Number(number.clone()),
            Kind::number((*decimals).min(functions::MOST_DECIMALS)),
        )),
        Expr::Boolean(truth) => Ok(constant(Value::Boolean(*truth), Kind::Boolean)),
        Expr::Field(name) => fields.field(name),
        Expr::Lookup(link, name) => fields.lookup(link, name),
        Expr::Call(name, arguments) => {
            let function = functions::named(name)?;
            let arguments =
                arguments.iter().map(|one| type_of(one, fields)).collect::<Result<Vec<_>, _>>()?;
            call(function, arguments)
        }
    }
}

fn call(function: &'static Function, arguments: Vec<Resolved>) -> Result<Resolved, String> {
    for (place, argument) in arguments.iter().enumerate() {
        fits(function, place, argument)?;
    }
    let many = many(function, &arguments)?;
    let kind = gives(function, &arguments)?;
    let nullable = match function.nulls {
        Nulls::Always => true,
        Nulls::First => arguments.first().is_some_and(|first| first.nullable),
        Nulls::Never => match function.name {
            "if" => arguments.iter().skip(1).any(|one| one.nullable),
            "greatest" | "least" => arguments.iter().all(|one| one.nullable),
            "when_empty" => arguments.last().is_some_and(|last| last.nullable),
            "min" | "max" => matches!(kind, Kind::Date(_)),
            _ => false,
        },
    };
    Ok(Resolved { node: Node::Call(function, arguments), kind, many, nullable })
}

fn fits(function: &Function, place: usize, argument: &Resolved) -> Result<(), String> {
    let kind = &argument.kind;
    let wanted = match function.takes(place) {
        Takes::Any => return Ok(()),
        Takes::Text if kind.is_text() => return Ok(()),
        Takes::Number if matches!(kind, Kind::Number(_)) => return Ok(()),
        // Sums and averages are made of durations, too.
        Takes::Number if function.aggregates && matches!(kind, Kind::Duration(_)) => return Ok(()),
        Takes::Boolean if *kind == Kind::Boolean => return Ok(()),
        Takes::Date if matches!(kind, Kind::Date(_)) => return Ok(()),
        Takes::Text => "text",
        Takes::Number => "number",
        Takes::Boolean => "boolean",
        Takes::Date => "date",
    };
    let (name, place, kind) = (function.name, place + 1, kind.name());
    Err(format!("argument {place} of `{name}` must be of type `{wanted}`, not `{kind}`"))
}

/// Whether the result is a value for each linked row.
fn many(function: &Function, arguments: &[Resolved]) -> Result<Option<Many>, String> {
    let name = function.name;
    if function.aggregates {
        let first = arguments.first();
        let counts = name == "count"
            && first.is_some_and(|one| matches!(one.kind, Kind::MultipleSelect | Kind::Collaborators));
        if first.is_none_or(|one| one.many.is_none()) && !counts {
            return Err(format!("`{name}` needs many values: those of a link or a lookup"));
        }
        if arguments.iter().skip(1).any(|one| one.many.is_some()) {
            return Err(format!("only the first argument of `{name}` can be of many values"));
        }
        return Ok(None);
    }
    let mut sources = arguments.iter().filter_map(|argument| argument.many);
    let Some(first) = sources.next() else { return Ok(None) };
    if sources.any(|other| other != first) {
        return Err(format!(
            "the arguments of `{name}` come from different links: that is not understood here"
        ));
    }
    Ok(Some(first))
}

fn gives(function: &Function, arguments: &[Resolved]) -> Result<Kind, String> {
    match function.gives {
        Gives::Text => Ok(Kind::Text),
        Gives::Boolean => Ok(Kind::Boolean),
        Gives::Decimals(decimals) => Ok(Kind::number(decimals)),
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
        (_, [left, right]) if same(left, right) && is_ordered(left) => Ok(Kind::Boolean),
        (name, [left, right]) => {
            Err(format!("`{name}` cannot compare `{}` and `{}` here", left.name(), right.name()))
        }
        (name, _) => Err(format!("`{name}` is given too little")),
    }
}

/// One type, perhaps with different looks.
fn same(left: &Kind, right: &Kind) -> bool {
    left.name() == right.name()
}

/// Texts are ordered by a collation of the database, which is not kept here.
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
