//! Predicates: tests on a record or on expressions.

use super::{Expression, ValueExpr};

/// Clauses that must all hold. A test whose expression is absent drops out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Predicate {
    /// In the order in which they were written.
    pub clauses: Vec<Clause>,
}

/// One part of a predicate.
#[derive(Clone, Debug, PartialEq)]
pub enum Clause {
    /// A test on a field or an expression.
    Test(Subject, Test),
    /// At least one holds; an alternative that is left with no test drops out.
    AnyOf(Vec<Predicate>),
    /// All hold.
    AllOf(Vec<Predicate>),
    /// It does not hold.
    Not(Predicate),
}

/// What is tested.
#[derive(Clone, Debug, PartialEq)]
pub enum Subject {
    /// A path into the tested record; over an array the test passes when some member passes.
    Field(Vec<String>),
    /// A key that begins with `$`.
    Expression(Expression),
}

/// How it is tested.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// `field: value`
    Equal(ValueExpr),
    /// `field: { word: value, … }`: all hold
    Words(Vec<Word>),
}

/// One of the words a test may have.
#[derive(Clone, Debug, PartialEq)]
pub enum Word {
    /// One of a list.
    Enum(ValueExpr),
    /// Not equal.
    Not(ValueExpr),
    /// At least.
    Minimum(ValueExpr),
    /// At most.
    Maximum(ValueExpr),
    /// More than.
    ExclusiveMinimum(ValueExpr),
    /// Less than.
    ExclusiveMaximum(ValueExpr),
    /// Contains, without regard to case.
    Search(ValueExpr),
    /// Equal, without regard to case.
    EqualsIgnoreCase(ValueExpr),
    /// Begins with a text.
    StartsWith(ValueExpr),
    /// Matches a regular expression of ECMA-262.
    Pattern(String),
    /// `true`: neither null nor absent; `false`: null or absent.
    Present(bool),
}

impl Predicate {
    /// Whether nothing is tested.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.clauses.is_empty()
    }

    /// Calls `visit` for every expression in this predicate, subjects included.
    pub fn expressions(&self, visit: &mut dyn FnMut(&Expression)) {
        for clause in &self.clauses {
            match clause {
                Clause::Test(subject, test) => {
                    if let Subject::Expression(expression) = subject {
                        visit(expression);
                    }
                    test.values(&mut |value| value.expressions(visit));
                }
                Clause::AnyOf(all) | Clause::AllOf(all) => all.iter().for_each(|one| one.expressions(visit)),
                Clause::Not(one) => one.expressions(visit),
            }
        }
    }

    /// Calls `visit` for every field that this predicate tests.
    pub fn fields(&self, visit: &mut dyn FnMut(&[String], &Test)) {
        for clause in &self.clauses {
            match clause {
                Clause::Test(Subject::Field(path), test) => visit(path, test),
                Clause::Test(Subject::Expression(_), _) => {}
                Clause::AnyOf(all) | Clause::AllOf(all) => all.iter().for_each(|one| one.fields(visit)),
                Clause::Not(one) => one.fields(visit),
            }
        }
    }

    /// Calls `visit` for every value that a test compares with.
    pub fn values(&self, visit: &mut dyn FnMut(&ValueExpr)) {
        for clause in &self.clauses {
            match clause {
                Clause::Test(_, test) => test.values(visit),
                Clause::AnyOf(all) | Clause::AllOf(all) => all.iter().for_each(|one| one.values(visit)),
                Clause::Not(one) => one.values(visit),
            }
        }
    }
}

impl Test {
    /// Calls `visit` for every value this test compares with.
    pub fn values(&self, visit: &mut dyn FnMut(&ValueExpr)) {
        match self {
            Self::Equal(value) => visit(value),
            Self::Words(words) => words.iter().filter_map(Word::value).for_each(visit),
        }
    }
}

impl Word {
    /// The value it compares with; none for `pattern` and `present`.
    #[must_use]
    pub fn value(&self) -> Option<&ValueExpr> {
        match self {
            Self::Enum(value)
            | Self::Not(value)
            | Self::Minimum(value)
            | Self::Maximum(value)
            | Self::ExclusiveMinimum(value)
            | Self::ExclusiveMaximum(value)
            | Self::Search(value)
            | Self::StartsWith(value)
            | Self::EqualsIgnoreCase(value) => Some(value),
            Self::Pattern(_) | Self::Present(_) => None,
        }
    }
}
