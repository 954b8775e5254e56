//! Simple conditions of Arazzo 1.0: comparisons of literals and runtime expressions, joined with `&&`, `||` and `!`.

use std::cmp::Ordering;

use serde_json::Value;

use super::expression::{Expression, Told};

/// A simple condition.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Condition {
    Or(Vec<Condition>),
    And(Vec<Condition>),
    Not(Box<Condition>),
    Compare(Operand, &'static str, Operand),
    Is(Operand),
}

/// A side of a comparison.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Operand {
    Literal(Value),
    Expression(Expression),
}

/// Longer before shorter.
const OPERATORS: &[&str] = &["==", "!=", "<=", ">=", "<", ">"];

/// Parentheses and exclamation marks deeper than this are no condition that somebody wrote.
const DEEP: usize = 50;

impl Condition {
    /// Reads the text of a condition.
    ///
    /// # Errors
    /// A sentence that says what is not understood, and where.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let mut reader = Reader { text, at: 0, depth: 0 };
        let condition = reader.or()?;
        reader.blanks();
        if reader.at < text.len() {
            return Err(format!("`{}` is not expected in the condition `{text}`", reader.rest()));
        }
        Ok(condition)
    }

    /// Whether it holds.
    pub(super) fn holds(&self, told: &Told<'_>) -> bool {
        match self {
            Self::Or(parts) => parts.iter().any(|one| one.holds(told)),
            Self::And(parts) => parts.iter().all(|one| one.holds(told)),
            Self::Not(one) => !one.holds(told),
            Self::Is(operand) => operand.value(told) == Some(Value::Bool(true)),
            Self::Compare(left, operator, right) => compare(left.value(told), operator, right.value(told)),
        }
    }
}

impl Operand {
    fn value(&self, told: &Told<'_>) -> Option<Value> {
        match self {
            Self::Literal(value) => Some(value.clone()),
            Self::Expression(expression) => expression.value(told),
        }
    }
}

fn compare(left: Option<Value>, operator: &str, right: Option<Value>) -> bool {
    // What is absent equals null and has no order.
    let (left, right) = (left.unwrap_or(Value::Null), right.unwrap_or(Value::Null));
    let order = order(&left, &right);
    match operator {
        "==" => order == Some(Ordering::Equal),
        "!=" => order != Some(Ordering::Equal),
        "<" => order == Some(Ordering::Less),
        "<=" => matches!(order, Some(Ordering::Less | Ordering::Equal)),
        ">" => order == Some(Ordering::Greater),
        _ => matches!(order, Some(Ordering::Greater | Ordering::Equal)),
    }
}

/// Numbers by value; texts without regard to case, as Arazzo 1.0.1 demands; everything else is equal or not.
fn order(left: &Value, right: &Value) -> Option<Ordering> {
    match (left, right) {
        (Value::Number(one), Value::Number(other)) => one.as_f64()?.partial_cmp(&other.as_f64()?),
        (Value::String(one), Value::String(other)) => Some(one.to_lowercase().cmp(&other.to_lowercase())),
        (one, other) => (one == other).then_some(Ordering::Equal),
    }
}

struct Reader<'r> {
    text: &'r str,
    at: usize,
    depth: usize,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn blanks(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    fn take(&mut self, token: &str) -> bool {
        self.blanks();
        let is_next = self.rest().starts_with(token);
        if is_next {
            self.at += token.len();
        }
        is_next
    }

    fn or(&mut self) -> Result<Condition, String> {
        let mut parts = vec![self.and()?];
        while self.take("||") {
            parts.push(self.and()?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Condition::Or(parts) })
    }

    fn and(&mut self) -> Result<Condition, String> {
        let mut parts = vec![self.one()?];
        while self.take("&&") {
            parts.push(self.one()?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Condition::And(parts) })
    }

    fn one(&mut self) -> Result<Condition, String> {
        self.depth += 1;
        if self.depth > DEEP {
            return Err(format!("the condition `{}` is nested too deep", self.text));
        }
        let condition = self.nested();
        self.depth -= 1;
        condition
    }

    fn nested(&mut self) -> Result<Condition, String> {
        if self.take("!") {
            return Ok(Condition::Not(Box::new(self.one()?)));
        }
        if self.take("(") {
            let inner = self.or()?;
            return if self.take(")") {
                Ok(inner)
            } else {
                Err(format!("`)` is missing in the condition `{}`", self.text))
            };
        }
        let left = self.operand()?;
        let Some(operator) = OPERATORS.iter().find(|operator| self.take(operator)) else {
            return Ok(Condition::Is(left));
        };
        Ok(Condition::Compare(left, operator, self.operand()?))
    }

    fn operand(&mut self) -> Result<Operand, String> {
        self.blanks();
        let text = self.text;
        if self.rest().starts_with('\'') {
            return self.quoted();
        }
        let length = self
            .rest()
            .find(|c: char| c.is_whitespace() || "()=!<>&|".contains(c))
            .unwrap_or(self.rest().len());
        let word = &text[self.at..self.at + length];
        if word.is_empty() {
            return Err(format!("a value is missing in the condition `{text}`"));
        }
        self.at += length;
        if word.starts_with('$') {
            return Expression::parse(word).map(Operand::Expression);
        }
        match serde_json::from_str::<Value>(word) {
            Ok(value @ (Value::Number(_) | Value::Bool(_) | Value::Null)) => Ok(Operand::Literal(value)),
            _ => Err(format!("`{word}` is no literal: texts stand in single quotes")),
        }
    }

    /// A text in single quotes; two of them within it say one.
    fn quoted(&mut self) -> Result<Operand, String> {
        let mut text = String::new();
        let mut signs = self.rest().char_indices().skip(1).peekable();
        while let Some((at, sign)) = signs.next() {
            if sign != '\'' {
                text.push(sign);
            } else if signs.peek().is_some_and(|(_, next)| *next == '\'') {
                signs.next();
                text.push('\'');
            } else {
                self.at += at + 1;
                return Ok(Operand::Literal(Value::String(text)));
            }
        }
        Err(format!("a text does not end in the condition `{}`", self.text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(text: &str) -> bool {
        let told = Told {
            inputs: [("name".to_owned(), Value::from("Ada"))].into_iter().collect(),
            ..Told::default()
        };
        Condition::parse(text).unwrap().holds(&told)
    }

    #[test]
    fn comparisons() {
        assert!(holds("1 < 2") && !holds("2 < 1") && holds("2 >= 2.0") && holds("'it''s' == 'IT''S'"));
        assert!(holds("$inputs.name == 'ada'") && holds("$inputs.name != 'bob'"));
        assert!(holds("$inputs.nobody == null") && !holds("$inputs.nobody < 3"));
    }

    #[test]
    fn and_binds_closer_than_or() {
        assert!(holds("true || false && false"));
        assert!(!holds("(true || false) && false"));
        assert!(holds("!(1 == 2) && !false"));
    }

    #[test]
    fn what_is_no_condition_is_refused() {
        for text in ["", "1 ==", "ada == 1", "'open", "1 == 1 2", "(1 == 1", "$response.trailer == 1"] {
            assert!(Condition::parse(text).is_err(), "`{text}`");
        }
        assert!(Condition::parse(&"(".repeat(10_000)).is_err());
    }
}
