//! `number`: decimals, kept with exactly the places that the field has.

use bigdecimal::{BigDecimal, RoundingMode};
use serde_json::{Map, Value};

use super::CellType;
use crate::platforms::baserow::rows::cell::Cell;
use crate::platforms::baserow::rows::fault::Fault;
use crate::platforms::baserow::rows::scene::Scene;
use crate::platforms::baserow::rows::schema::Field;

/// What a number field's options say.
#[derive(Clone, Debug, Default)]
pub(crate) struct Numbers {
    pub(crate) places: u32,
    pub(crate) negative: bool,
    prefix: String,
    suffix: String,
    thousands: &'static str,
    point: &'static str,
    default: Option<BigDecimal>,
}

/// A number has at most this many digits before its decimals.
const DIGITS: u64 = 50;

impl Numbers {
    pub(super) fn read(options: &Map<String, Value>) -> Self {
        let text = |name: &str| options.get(name).and_then(Value::as_str).unwrap_or_default();
        let (thousands, point) = match text("number_separator") {
            "SPACE_COMMA" => (" ", ","),
            "SPACE_PERIOD" => (" ", "."),
            "COMMA_PERIOD" => (",", "."),
            "PERIOD_COMMA" => (".", ","),
            _ => ("", "."),
        };
        let default = match options.get("number_default") {
            Some(Value::String(text)) => text.parse().ok(),
            Some(Value::Number(number)) => number.to_string().parse().ok(),
            _ => None,
        };
        let places = options.get("number_decimal_places").and_then(Value::as_u64).unwrap_or(0);
        Self {
            places: u32::try_from(places).unwrap_or(10),
            negative: options.get("number_negative") == Some(&Value::Bool(true)),
            prefix: text("number_prefix").to_owned(),
            suffix: text("number_suffix").to_owned(),
            thousands,
            point,
            default,
        }
    }

    /// The number with the field's decimals, halves away from zero as the database rounds.
    fn rounded(&self, number: &BigDecimal) -> BigDecimal {
        number.with_scale_round(i64::from(self.places), RoundingMode::HalfUp)
    }

    fn shown(&self, number: &BigDecimal) -> String {
        self.rounded(number).to_plain_string()
    }

    /// With prefix, suffix and separators.
    fn formatted(&self, number: &BigDecimal) -> String {
        let plain = self.shown(number);
        let (sign, size) = plain.strip_prefix('-').map_or(("", plain.as_str()), |size| ("-", size));
        let (whole, rest) = size.split_once('.').unwrap_or((size, ""));
        let mut grouped = String::new();
        for (place, digit) in whole.char_indices() {
            if place > 0 && (whole.len() - place).is_multiple_of(3) {
                grouped.push_str(self.thousands);
            }
            grouped.push(digit);
        }
        let point = if rest.is_empty() { "" } else { self.point };
        format!("{sign}{}{grouped}{point}{rest}{}", self.prefix, self.suffix).trim().to_owned()
    }

    /// The number in a text that people wrote: without prefix, suffix and separators.
    fn parse_text(&self, text: &str) -> Option<BigDecimal> {
        let mut text = text.trim();
        text = text.strip_prefix(self.prefix.as_str()).unwrap_or(text);
        text = text.strip_suffix(self.suffix.as_str()).unwrap_or(text).trim();
        let mut digits = text.to_owned();
        if !self.thousands.is_empty() {
            digits = digits.replace(self.thousands, "");
        }
        read_decimal(&digits.replace(self.point, "."))
    }

    fn keep(&self, number: &BigDecimal) -> Cell {
        let rounded = self.rounded(number);
        let zero = BigDecimal::from(0);
        let kept = if !self.negative && rounded < zero { self.rounded(&zero) } else { rounded };
        if whole_digits(&kept) > DIGITS { Cell::Empty } else { Cell::number(kept) }
    }
}

/// A decimal number; exponents are understood, words such as `NaN` are not numbers.
pub(crate) fn read_decimal(text: &str) -> Option<BigDecimal> {
    let text = text.trim();
    if text.is_empty() || text.len() > 1000 {
        return None;
    }
    if !text.bytes().all(|one| one.is_ascii_digit() || matches!(one, b'.' | b'-' | b'+' | b'e' | b'E')) {
        return None;
    }
    // `1e999999999` would be written out in full later.
    if let Some((_, exponent)) = text.split_once(['e', 'E'])
        && exponent.parse::<i32>().ok()?.abs() > 200
    {
        return None;
    }
    text.parse().ok()
}

fn whole_digits(number: &BigDecimal) -> u64 {
    let (_, scale) = number.as_bigint_and_exponent();
    number.digits().saturating_add_signed(scale.saturating_neg())
}

impl CellType for Numbers {
    fn accept(&self, _: &dyn Scene, _: &Field, value: &Value) -> Result<Cell, Fault> {
        let invalid = || Fault::rule("A valid number is required.", "invalid");
        let number = match value {
            Value::Null => return Ok(Cell::Empty),
            Value::Number(number) => read_decimal(&number.to_string()),
            Value::String(text) if text.len() > 1000 => {
                return Err(Fault::rule("The text is too long for a number.", "max_string_length"));
            }
            Value::String(text) => read_decimal(text),
            _ => None,
        };
        let number = number.ok_or_else(invalid)?;
        let (_, scale) = number.as_bigint_and_exponent();
        let places = u64::try_from(scale).unwrap_or(0);
        let digits = if scale > 0 { number.digits().max(places) } else { whole_digits(&number) };
        let limit = DIGITS + u64::from(self.places);
        if digits > limit {
            return Err(Fault::rule(format!("No more than {limit} digits are allowed."), "max_digits"));
        }
        if places > u64::from(self.places) {
            let sentence = format!("No more than {} decimal places are allowed.", self.places);
            return Err(Fault::rule(sentence, "max_decimal_places"));
        }
        if whole_digits(&number) > DIGITS {
            let sentence = format!("No more than {DIGITS} digits are allowed before the decimal point.");
            return Err(Fault::rule(sentence, "max_whole_digits"));
        }
        if !self.negative && number < 0 {
            return Err(Fault::rule("The least value is 0.", "min_value"));
        }
        Ok(Cell::number(self.rounded(&number)))
    }

    fn default(&self, _: &Field) -> Cell {
        self.default.as_ref().map_or(Cell::Empty, |number| Cell::number(self.rounded(number)))
    }

    fn show(&self, _: &dyn Scene, _: &Field, cell: &Cell) -> Value {
        if let Cell::Number(number) = cell { self.shown(number).into() } else { Value::Null }
    }

    fn text(&self, _: &dyn Scene, _: &Field, cell: &Cell) -> String {
        if let Cell::Number(number) = cell { self.formatted(number) } else { String::new() }
    }

    fn convert(&self, _: &dyn Scene, _: &Field, _: &Field, cell: &Cell, text: &str) -> Cell {
        let number = match cell {
            Cell::Number(number) => Some((**number).clone()),
            Cell::Whole(number) => Some(BigDecimal::from(*number)),
            Cell::Duration(milliseconds) => Some(BigDecimal::new((*milliseconds).into(), 3)),
            Cell::Flag(flag) => Some(BigDecimal::from(u8::from(*flag))),
            _ => self.parse_text(text),
        };
        number.map_or(Cell::Empty, |number| self.keep(&number))
    }
}
