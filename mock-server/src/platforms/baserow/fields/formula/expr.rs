//! Formulas as trees.

use bigdecimal::BigDecimal;

/// A formula, or a part of one. Fields are named as the formula names them.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::platforms::baserow) enum Expr {
    /// `'text'`
    Text(String),
    /// `12.50`; its decimals count for its type.
    Number(BigDecimal, u32),
    /// `true`, `false`
    Boolean(bool),
    /// `field('Name')`
    Field(String),
    /// `lookup('Link', 'Name')`
    Lookup(String, String),
    /// `upper(…)`, and `a + b`, which is `add(a, b)`.
    Call(&'static str, Vec<Self>),
}

impl Expr {
    /// The names of the fields of its own table that it reads, in order, each once.
    pub(in crate::platforms::baserow) fn fields(&self) -> Vec<&str> {
        let mut names = Vec::new();
        self.visit(&mut |part| {
            if let Self::Field(name) | Self::Lookup(name, _) = part
                && !names.contains(&name.as_str())
            {
                names.push(name.as_str());
            }
        });
        names
    }

    /// What it looks up: link and field of the linked table, each pair once.
    pub(in crate::platforms::baserow) fn lookups(&self) -> Vec<(&str, &str)> {
        let mut found = Vec::new();
        self.visit(&mut |part| {
            if let Self::Lookup(link, name) = part
                && !found.contains(&(link.as_str(), name.as_str()))
            {
                found.push((link.as_str(), name.as_str()));
            }
        });
        found
    }

    fn visit<'e>(&'e self, see: &mut impl FnMut(&'e Self)) {
        see(self);
        if let Self::Call(_, arguments) = self {
            arguments.iter().for_each(|argument| argument.visit(see));
        }
    }
}
