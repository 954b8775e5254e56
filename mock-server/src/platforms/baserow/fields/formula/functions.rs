//! Functions that formulas can call: what is known of each.

use super::call::Call;
use super::catalog::{BEYOND, FUNCTIONS};
use super::value::Value;

/// What a parameter takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Takes {
    Any,
    Text,
    Number,
    Boolean,
    Date,
    Duration,
    /// One file.
    File,
    Link,
}

/// What a function gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gives {
    Text,
    Url,
    Boolean,
    /// A number with so many decimals.
    Decimals(u32),
    /// A duration that is shown by days, hours, minutes and seconds.
    Duration,
    Link,
    Button,
    /// What its first argument is.
    First,
    /// A number with as many decimals as the argument that has most.
    Widest,
    /// See `gives`.
    Special,
}

/// When what a function gives can be null.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Nulls {
    Never,
    /// When its first argument can.
    First,
    /// When one of its arguments can that has no empty value.
    AnyDate,
    Always,
}

/// What computes a function.
pub(super) type Run = fn(&Call<'_>) -> Value;

/// A function.
#[derive(Debug)]
pub(super) struct Function {
    pub(super) name: &'static str,
    pub(super) takes: &'static [Takes],
    /// How many of its last parameters may be left out.
    pub(super) optional: usize,
    /// The last parameter may be given any number of times.
    pub(super) variadic: bool,
    pub(super) gives: Gives,
    pub(super) nulls: Nulls,
    /// A null argument counts as the empty value of its type (facts: the product wraps arguments so).
    pub(super) fills: bool,
    /// Makes one value of the many that a link gives.
    pub(super) aggregates: bool,
    /// Aggregates are computed elsewhere.
    pub(super) run: Run,
}

/// The decimals of a division.
pub(super) const MOST_DECIMALS: u32 = 10;

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
        let most = self.takes.len();
        let least = most - self.optional;
        if (least..=most).contains(&given) || self.variadic && given >= least {
            return Ok(());
        }
        let wanted = match (self.variadic, self.optional) {
            (true, _) => format!("at least {least}"),
            (false, 0) => least.to_string(),
            (false, _) => format!("{least} to {most}"),
        };
        Err(format!("`{}` takes {wanted} arguments, not {given}", self.name))
    }

    /// What its argument at that place must be.
    pub(super) fn takes(&self, place: usize) -> Takes {
        self.takes.get(place).or(self.takes.last()).copied().unwrap_or(Takes::Any)
    }
}
