//! Formula text as a tree.

use bigdecimal::BigDecimal;

use super::expr::Expr;
use super::functions;
use super::lex::{Token, TokenKind, lex};

/// Formulas within formulas: what is deeper is refused rather than run out of stack.
const DEEPEST: usize = 100;

/// Operators by how tightly they bind, the loosest first, with the function that each stands for.
const LEVELS: [&[(&str, &str)]; 6] = [
    &[("||", "or")],
    &[("&&", "and")],
    &[("=", "equal"), ("!=", "not_equal")],
    &[
        (">=", "greater_than_or_equal"),
        ("<=", "less_than_or_equal"),
        (">", "greater_than"),
        ("<", "less_than"),
    ],
    &[("+", "add"), ("-", "minus")],
    &[("*", "multiply"), ("/", "divide")],
];

struct Parser {
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
}

/// Reads a formula.
///
/// # Errors
/// A sentence on what is wrong.
pub(in crate::platforms::baserow) fn parse(text: &str) -> Result<Expr, String> {
    let mut parser = Parser { tokens: lex(text)?, at: 0, depth: 0 };
    let expr = parser.level(0)?;
    match parser.peek() {
        None => Ok(expr),
        Some(token) => Err(format!("{} is not expected there", said(token))),
    }
}

impl Parser {
    fn peek(&self) -> Option<&TokenKind> {
        self.tokens.get(self.at).map(|token| &token.kind)
    }

    fn next(&mut self) -> Option<TokenKind> {
        let token = self.tokens.get(self.at).map(|token| token.kind.clone());
        self.at += 1;
        token
    }

    fn takes(&mut self, sign: &str) -> bool {
        let is_it = matches!(self.peek(), Some(TokenKind::Sign(one)) if *one == sign);
        self.at += usize::from(is_it);
        is_it
    }

    fn expect(&mut self, sign: &str) -> Result<(), String> {
        if self.takes(sign) {
            return Ok(());
        }
        Err(match self.peek() {
            Some(token) => format!("`{sign}` is expected before {}", said(token)),
            None => format!("`{sign}` is missing at the end"),
        })
    }

    fn level(&mut self, level: usize) -> Result<Expr, String> {
        let Some(operators) = LEVELS.get(level) else { return self.operand() };
        let mut left = self.level(level + 1)?;
        while let Some((_, function)) = operators.iter().find(|(sign, _)| self.takes(sign)) {
            // A chain leans to the left: each link is one level of the tree.
            self.deeper()?;
            left = Expr::Call(function, vec![left, self.level(level + 1)?]);
        }
        Ok(left)
    }

    fn deeper(&mut self) -> Result<(), String> {
        self.depth += 1;
        if self.depth > DEEPEST { Err("the formula is too deeply nested".to_owned()) } else { Ok(()) }
    }

    fn operand(&mut self) -> Result<Expr, String> {
        match self.next() {
            Some(TokenKind::Text(text)) => Ok(Expr::Text(text)),
            Some(TokenKind::Number(digits)) => number(&digits, false),
            Some(TokenKind::Sign("-")) => match self.next() {
                Some(TokenKind::Number(digits)) => number(&digits, true),
                _ => Err("only numbers can have a minus in front: write `0 - …`".to_owned()),
            },
            Some(TokenKind::Sign("(")) => {
                self.deeper()?;
                let inner = self.level(0)?;
                self.expect(")")?;
                self.depth -= 1;
                Ok(inner)
            }
            Some(TokenKind::Name(name)) => self.named(&name),
            Some(other) => Err(format!("{} is not expected there", said(&other))),
            None => Err("the formula ends where a value is expected".to_owned()),
        }
    }

    fn named(&mut self, name: &str) -> Result<Expr, String> {
        let name = name.to_ascii_lowercase();
        if matches!(name.as_str(), "true" | "false") {
            return Ok(Expr::Boolean(name == "true"));
        }
        self.expect("(")?;
        if name == "field" {
            let field = self.reference()?;
            self.expect(")")?;
            return Ok(Expr::Field(field));
        }
        if name == "lookup" {
            let link = self.reference()?;
            self.expect(",")?;
            let field = self.reference()?;
            self.expect(")")?;
            return Ok(Expr::Lookup(link, field));
        }
        let function = functions::named(&name)?;
        let mut arguments = Vec::new();
        self.deeper()?;
        if !self.takes(")") {
            loop {
                arguments.push(self.level(0)?);
                if !self.takes(",") {
                    break;
                }
            }
            self.expect(")")?;
        }
        self.depth -= 1;
        function.arity(arguments.len())?;
        Ok(Expr::Call(function.name, arguments))
    }

    /// The name of a field, which is a text as it stands.
    fn reference(&mut self) -> Result<String, String> {
        match self.next() {
            Some(TokenKind::Text(name)) => Ok(name),
            _ => Err("a field is named by a text, such as `field('Name')`".to_owned()),
        }
    }
}

fn number(digits: &str, negative: bool) -> Result<Expr, String> {
    let decimals = digits.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let number: BigDecimal = digits.parse().map_err(|_| format!("`{digits}` is no number"))?;
    let decimals = u32::try_from(decimals).map_err(|_| "a number has too many decimals".to_owned())?;
    Ok(Expr::Number(if negative { -number } else { number }, decimals))
}

fn said(token: &TokenKind) -> String {
    match token {
        TokenKind::Name(name) => format!("`{name}`"),
        TokenKind::Text(text) => format!("the text `{text}`"),
        TokenKind::Number(digits) => format!("`{digits}`"),
        TokenKind::Sign(sign) => format!("`{sign}`"),
    }
}
