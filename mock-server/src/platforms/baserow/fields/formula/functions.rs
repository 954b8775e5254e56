//! The functions that formulas can call, with what they take and give.

/// What a parameter takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Takes {
    Any,
    Text,
    Number,
    Boolean,
    Date,
}

/// What a function gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gives {
    Text,
    Boolean,
    /// A number with so many decimals.
    Decimals(u32),
    /// What its first argument is.
    First,
    /// A number with as many decimals as the argument that has most.
    Widest,
    /// See `types`.
    Special,
}

/// When what a function gives can be null.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Nulls {
    Never,
    /// When its first argument can.
    First,
    Always,
}

/// A function.
#[derive(Debug)]
pub(super) struct Function {
    pub(super) name: &'static str,
    pub(super) takes: &'static [Takes],
    /// The last parameter may be given any number of times.
    pub(super) variadic: bool,
    pub(super) gives: Gives,
    pub(super) nulls: Nulls,
    /// A null argument counts as the empty value of its type (facts: the product wraps arguments so).
    pub(super) fills: bool,
    /// Makes one value of the many that a link gives.
    pub(super) aggregates: bool,
}

use Gives::{Decimals, First, Special, Widest};
use Takes::{Any, Boolean, Date, Number, Text};

const fn plain(name: &'static str, takes: &'static [Takes], gives: Gives) -> Function {
    Function { name, takes, variadic: false, gives, nulls: Nulls::Never, fills: true, aggregates: false }
}

const fn nulls(function: Function, nulls: Nulls) -> Function {
    Function { nulls, ..function }
}

const fn raw(name: &'static str, takes: &'static [Takes], gives: Gives) -> Function {
    Function { fills: false, ..plain(name, takes, gives) }
}

const fn aggregate(name: &'static str, takes: &'static [Takes], gives: Gives) -> Function {
    Function { fills: false, aggregates: true, ..plain(name, takes, gives) }
}

/// All of them, by name.
pub(super) const FUNCTIONS: &[Function] = &[
    plain("abs", &[Number], First),
    plain("add", &[Number, Number], Widest),
    plain("and", &[Boolean, Boolean], Gives::Boolean),
    aggregate("any", &[Boolean], First),
    aggregate("avg", &[Number], First),
    plain("ceil", &[Number], Decimals(0)),
    Function { variadic: true, ..raw("concat", &[Any, Any], Gives::Text) },
    plain("contains", &[Text, Text], Gives::Boolean),
    aggregate("count", &[Any], Decimals(0)),
    nulls(plain("day", &[Date], Decimals(0)), Nulls::First),
    plain("divide", &[Number, Number], Decimals(MOST_DECIMALS)),
    raw("equal", &[Any, Any], Special),
    plain("even", &[Number], Gives::Boolean),
    aggregate("every", &[Boolean], First),
    plain("floor", &[Number], Decimals(0)),
    raw("greater_than", &[Any, Any], Special),
    raw("greater_than_or_equal", &[Any, Any], Special),
    raw("greatest", &[Number, Number], Widest),
    raw("if", &[Boolean, Any, Any], Special),
    plain("int", &[Number], Decimals(0)),
    raw("is_null", &[Any], Gives::Boolean),
    plain("isblank", &[Any], Gives::Boolean),
    aggregate("join", &[Text, Text], Gives::Text),
    raw("least", &[Number, Number], Widest),
    nulls(plain("left", &[Text, Number], First), Nulls::Always),
    plain("length", &[Text], Decimals(0)),
    raw("less_than", &[Any, Any], Special),
    raw("less_than_or_equal", &[Any, Any], Special),
    plain("lower", &[Text], Gives::Text),
    aggregate("max", &[Any], First),
    aggregate("min", &[Any], First),
    plain("minus", &[Number, Number], Widest),
    plain("mod", &[Number, Number], Widest),
    nulls(plain("month", &[Date], Decimals(0)), Nulls::First),
    plain("multiply", &[Number, Number], Widest),
    plain("not", &[Boolean], Gives::Boolean),
    raw("not_equal", &[Any, Any], Special),
    plain("odd", &[Number], Gives::Boolean),
    plain("or", &[Boolean, Boolean], Gives::Boolean),
    plain("replace", &[Text, Text, Text], Gives::Text),
    plain("reverse", &[Text], First),
    nulls(plain("right", &[Text, Number], First), Nulls::Always),
    plain("round", &[Number, Number], Special),
    plain("row_id", &[], Decimals(0)),
    plain("search", &[Text, Text], Decimals(0)),
    nulls(plain("second", &[Date], Decimals(0)), Nulls::First),
    plain("sign", &[Number], Decimals(0)),
    plain("split_part", &[Text, Text, Number], Gives::Text),
    aggregate("stddev_pop", &[Number], First),
    aggregate("stddev_sample", &[Number], First),
    aggregate("sum", &[Number], First),
    plain("t", &[Any], Special),
    plain("tonumber", &[Text], Decimals(MOST_DECIMALS)),
    raw("totext", &[Any], Gives::Text),
    plain("trim", &[Text], Gives::Text),
    plain("trunc", &[Number], Decimals(0)),
    plain("upper", &[Text], Gives::Text),
    aggregate("variance_pop", &[Number], First),
    aggregate("variance_sample", &[Number], First),
    raw("when_empty", &[Any, Any], Special),
    nulls(plain("year", &[Date], Decimals(0)), Nulls::First),
];

/// The decimals of a division.
pub(super) const MOST_DECIMALS: u32 = 10;

/// Functions of the product that are not understood here, with the reason.
const BEYOND: &[(&str, &str)] = &[
    ("now", "the time of day would have to be computed again every few minutes"),
    ("today", "the day would have to be computed again every few minutes"),
    ("regex_replace", "its patterns are those of PostgreSQL"),
    ("datetime_format", "its patterns are those of PostgreSQL"),
    ("datetime_format_tz", "its patterns are those of PostgreSQL"),
    ("todate", "its patterns are those of PostgreSQL"),
    ("todate_tz", "its patterns are those of PostgreSQL"),
];

/// The function of that name.
pub(super) fn named(name: &str) -> Result<&'static Function, String> {
    if let Some(function) = FUNCTIONS.iter().find(|function| function.name == name) {
        return Ok(function);
    }
    match BEYOND.iter().find(|(one, _)| *one == name) {
        Some((_, why)) => Err(format!("`{name}` is not understood here: {why}")),
        None => Err(format!("there is no function `{name}` here")),
    }
}

impl Function {
    /// Refuses another number of arguments than it takes.
    pub(super) fn arity(&self, given: usize) -> Result<(), String> {
        let least = self.takes.len();
        if given == least || self.variadic && given >= least {
            return Ok(());
        }
        let wanted = if self.variadic { format!("at least {least}") } else { least.to_string() };
        Err(format!("`{}` takes {wanted} arguments, not {given}", self.name))
    }

    /// What its argument at that place must be.
    pub(super) fn takes(&self, place: usize) -> Takes {
        self.takes.get(place).or(self.takes.last()).copied().unwrap_or(Any)
    }
}
