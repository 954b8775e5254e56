//! Pages: which part of a listing is wanted, and what is said about it.

use serde_json::{Map, Value};
use tercet_spec::language::{Page, ValueExpr};

use super::value::Want;
use super::view::Scope;

/// The part of a listing that is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cut {
    pub(crate) skip: usize,
    /// `None` = all that follow.
    pub(crate) take: Option<usize>,
}

/// What a listing says of its page (`$page`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PageInfo {
    pub(crate) cut: Cut,
    /// How many records match; `None` when nobody asks.
    pub(crate) total: Option<usize>,
    /// How many of them are on this page.
    pub(crate) count: usize,
}

impl Cut {
    /// All of it.
    pub(crate) const ALL: Self = Self { skip: 0, take: None };

    /// How many records must be seen in order to have the page; `None` = all.
    pub(crate) fn needed(self) -> Option<usize> {
        self.take.map(|take| self.skip.saturating_add(take))
    }

    fn number(self) -> usize {
        match self.take {
            Some(take @ 1..) => self.skip / take + 1,
            _ => 1,
        }
    }
}

impl PageInfo {
    pub(crate) fn to_json(self) -> Value {
        let number = self.cut.number();
        let mut page = Map::new();
        page.insert("number".to_owned(), number.into());
        if let Some(size) = self.cut.take {
            page.insert("size".to_owned(), size.into());
        }
        page.insert("count".to_owned(), self.count.into());
        if let Some(total) = self.total {
            page.insert("total".to_owned(), total.into());
            if self.cut.take.is_some() && self.cut.skip.saturating_add(self.count) < total && self.count > 0 {
                page.insert("next".to_owned(), (number + 1).into());
            }
        }
        if number > 1 {
            page.insert("previous".to_owned(), (number - 1).into());
        }
        Value::Object(page)
    }
}

impl<'a> Scope<'a> {
    /// Which part is wanted. What is absent, or no whole number from 0, says nothing.
    pub(crate) fn cut(&self, page: Option<&'a Page>) -> Cut {
        let Some(page) = page else { return Cut::ALL };
        let size = self.whole(page.size.as_ref());
        if let Some(size) = size {
            let number = self.whole(page.number.as_ref()).unwrap_or(1).max(1);
            return Cut { skip: (number - 1).saturating_mul(size), take: Some(size) };
        }
        Cut { skip: self.whole(page.offset.as_ref()).unwrap_or(0), take: self.whole(page.limit.as_ref()) }
    }

    fn whole(&self, value: Option<&'a ValueExpr>) -> Option<usize> {
        let value = self.eval(value?, Want::One)?;
        let value = value.to_comparable(self.state);
        let number = match value.as_ref() {
            Value::Number(number) => number.as_u64().or_else(|| {
                let float = number.as_f64().filter(|float| float.fract() == 0.0 && *float >= 0.0)?;
                format!("{float:.0}").parse().ok()
            })?,
            Value::String(text) => text.trim().parse().ok()?,
            _ => return None,
        };
        Some(usize::try_from(number).unwrap_or(usize::MAX))
    }
}
