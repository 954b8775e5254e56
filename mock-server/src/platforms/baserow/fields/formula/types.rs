//! What a formula is, given the fields that it names.

use std::sync::Arc;

use super::datetime::Format;
use super::expr::Expr;
use super::functions::{self, Function, Nulls, Takes};
use super::gives::gives;
use super::kind::Kind;
use super::program::{Many, Node, Resolved};
use super::regexes::Pattern;
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
    let resolved = part(expr, fields)?;
    gathered(&resolved)?;
    Ok(resolved)
}

fn part(expr: &Expr, fields: &dyn Fields) -> Result<Resolved, String> {
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
            let arguments = arguments.iter().map(|one| part(one, fields)).collect::<Result<Vec<_>, _>>()?;
            call(function, arguments)
        }
    }
}

/// `filter` is for what makes one value of many (upstream: `requires_aggregate_wrapper`).
fn gathered(part: &Resolved) -> Result<(), String> {
    match &part.node {
        Node::Call(function, _) if function.name == "filter" => {
            Err("`filter` has to stand within a function of many values, such as `sum(filter(…))`".to_owned())
        }
        _ => Ok(()),
    }
}

fn call(function: &'static Function, mut arguments: Vec<Resolved>) -> Result<Resolved, String> {
    for (place, argument) in arguments.iter().enumerate() {
        fits(function, place, argument)?;
        if !function.aggregates || place > 0 {
            gathered(argument)?;
        }
    }
    written_out(function, &mut arguments)?;
    let many = many(function, &arguments)?;
    let kind = gives(function, &arguments)?;
    let nullable = match function.nulls {
        Nulls::Always => true,
        Nulls::First => arguments.first().is_some_and(|first| first.nullable),
        Nulls::AnyDate => {
            let dates = |one: &Resolved| matches!(one.kind, Kind::Date(_) | Kind::Duration(_));
            arguments.iter().any(|one| dates(one) && one.nullable)
        }
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
        Takes::Duration if matches!(kind, Kind::Duration(_)) => return Ok(()),
        Takes::File if *kind == Kind::File && argument.many.is_some() && !function.aggregates => {
            return Err(format!("`{}` takes one file: `index(field('…'), 0)`", function.name));
        }
        Takes::File if *kind == Kind::File => return Ok(()),
        Takes::Link if matches!(kind, Kind::Link | Kind::Button) => return Ok(()),
        Takes::Text => "text",
        Takes::Number => "number",
        Takes::Boolean => "boolean",
        Takes::Date => "date",
        Takes::Duration => "duration",
        Takes::File => "single_file",
        Takes::Link => "link",
    };
    let (name, place, kind) = (function.name, place + 1, kind.name());
    Err(format!("argument {place} of `{name}` must be of type `{wanted}`, not `{kind}`"))
}

/// What is written out, and has to be read before it can be used, is read once.
fn written_out(function: &Function, arguments: &mut [Resolved]) -> Result<(), String> {
    let reads = matches!(function.name, "todate" | "todate_tz");
    let formats = reads || matches!(function.name, "datetime_format" | "datetime_format_tz");
    let Some(argument) = arguments.get_mut(1).filter(|_| formats || function.name == "regex_replace") else {
        return Ok(());
    };
    let Node::Constant(Value::Text(text)) = &argument.node else {
        if reads || !formats {
            return Err(format!(
                "the second argument of `{}` has to be a text that is written out here",
                function.name
            ));
        }
        return Ok(());
    };
    let value = if formats {
        let format = Format::new(text);
        if let Some(what) = format.not_read().filter(|_| reads) {
            return Err(format!("dates with {what} are not read here"));
        }
        Value::Format(Arc::new(format))
    } else {
        Value::Pattern(Arc::new(Pattern::new(text)?))
    };
    argument.node = Node::Constant(value);
    Ok(())
}

/// Whether the result is a value for each linked row.
fn many(function: &Function, arguments: &[Resolved]) -> Result<Option<Many>, String> {
    let name = function.name;
    if function.aggregates {
        let first = arguments.first();
        let counts = matches!(name, "count" | "has_option")
            && first.is_some_and(|one| matches!(one.kind, Kind::MultipleSelect | Kind::Collaborators));
        if first.is_none_or(|one| one.many.is_none()) && !counts {
            return Err(format!("`{name}` needs many values: those of a link or a lookup"));
        }
        if name == "has_option"
            && !first.is_some_and(|one| matches!(one.kind, Kind::MultipleSelect | Kind::SingleSelect))
        {
            return Err("`has_option` needs the options of a multiple select, or of a lookup".to_owned());
        }
        if arguments.iter().skip(1).any(|one| one.many.is_some()) {
            return Err(format!("only the first argument of `{name}` can be of many values"));
        }
        return Ok(None);
    }
    let mut sources = arguments.iter().filter_map(|argument| argument.many);
    if name == "filter" && arguments.first().is_none_or(|one| one.many.is_none()) {
        return Err(
            "the first argument of `filter` must be of many values: those of a link or a lookup".to_owned()
        );
    }
    let Some(first) = sources.next() else { return Ok(None) };
    if sources.any(|other| other != first) {
        return Err(format!(
            "the arguments of `{name}` come from different links: that is not understood here"
        ));
    }
    Ok(Some(first))
}
