//! Values: what a `ValueExpr` is for this request.

use std::borrow::Cow;

use crc::{CRC_32_BZIP2, Crc};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value};
use tercet_spec::language::{Checksum, EpochUnit, Expression, Source, TextPart, ValueExpr};

use super::bound::Bound;
use super::view::Scope;
use crate::entropy::Timestamp;

/// What a selection's reader wants: all of its records for a list, the first for anything else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Want {
    One,
    Many,
}

impl<'a> Scope<'a> {
    /// The value; `None` when it is absent.
    pub(crate) fn eval(&self, value: &'a ValueExpr, want: Want) -> Option<Bound<'a>> {
        match value {
            ValueExpr::Literal(value) => Some(Bound::borrowed(value)),
            ValueExpr::Expression(expression) => self.expression(expression),
            ValueExpr::Text(parts) => self.text(parts).map(Bound::owned),
            ValueExpr::First(values) => values.iter().find_map(|one| self.eval(one, want)),
            ValueExpr::Split(values) => self.split(values).map(Bound::owned),
            ValueExpr::Concat(values) => {
                values.iter().map(|one| self.eval_text(one)).collect::<Option<String>>().map(Bound::owned)
            }
            ValueExpr::PercentEncode(value) => {
                self.eval_text(value).map(|text| Bound::owned(percent_encoded(&text)))
            }
            ValueExpr::Checksum(value, algorithm) => {
                self.eval_text(value).map(|text| Bound::owned(checksum(*algorithm, &text)))
            }
            ValueExpr::Epoch(value, unit) => self
                .eval_time(value)
                .map(|time| time.map_or_else(null, |time| Bound::owned(epoch(time, *unit)))),
            ValueExpr::HttpDate(value) => self
                .eval_time(value)
                .map(|time| time.map_or_else(null, |time| Bound::owned(time.http_date()))),
            ValueExpr::After(count, unit) => {
                self.note_volatile();
                let milliseconds = milliseconds(&self.eval(count, Want::One)?.into_json(), *unit)?;
                let time = Timestamp(self.inputs.now.0.saturating_add(milliseconds));
                Some(Bound::owned(time.rfc3339(self.model.contract.conduct.fraction)))
            }
            ValueExpr::Count(selection) => Some(Bound::owned(self.count(selection))),
            ValueExpr::Select(selection, pick) => self.selected(selection, pick.as_deref(), want),
            ValueExpr::List(members) => {
                Some(gather(members.iter().filter_map(|one| self.eval(one, Want::One)).collect()))
            }
            ValueExpr::Object(members) => {
                let present = members
                    .iter()
                    .filter_map(|(name, one)| Some((name.clone(), self.eval(one, Want::One)?.into_json())));
                Some(Bound::owned(present.collect::<Map<_, _>>()))
            }
        }
    }

    /// As [`eval`](Self::eval), as JSON that may leave the engine: records without their `writeOnly` fields.
    pub(crate) fn eval_public(&self, value: &'a ValueExpr, want: Want) -> Option<Value> {
        match value {
            ValueExpr::Object(members) => {
                let present = members
                    .iter()
                    .filter_map(|(name, one)| Some((name.clone(), self.eval_public(one, Want::One)?)));
                Some(Value::Object(present.collect()))
            }
            ValueExpr::List(members) => {
                Some(members.iter().filter_map(|one| self.eval_public(one, Want::One)).collect())
            }
            other => Some(self.eval(other, want)?.into_public_json(self.state)),
        }
    }

    /// An RFC 3339 time; `Some(None)` for null, `None` when it is absent or no time.
    fn eval_time(&self, value: &'a ValueExpr) -> Option<Option<Timestamp>> {
        match self.eval(value, Want::One)?.to_comparable(self.state).as_ref() {
            Value::Null => Some(None),
            Value::String(text) => Timestamp::parse(text).map(Some),
            _ => None,
        }
    }

    /// The value as text for a header or a name; `None` when it is absent, null, a list or an object.
    pub(crate) fn eval_text(&self, value: &'a ValueExpr) -> Option<String> {
        let value = self.eval(value, Want::One)?;
        text_of(&value.to_comparable(self.state))
    }

    pub(crate) fn expression(&self, expression: &'a Expression) -> Option<Bound<'a>> {
        if let (Source::Outcome, Some(outcome), [first, rest @ ..]) =
            (&expression.source, self.outcome, expression.path.as_slice())
            && first == "details"
        {
            self.note_volatile();
            return self.follow(&Bound::owned(self.details(outcome)), rest);
        }
        if let (Source::Credential, Some(claims), [_, ..]) =
            (&expression.source, self.claims, expression.path.as_slice())
        {
            return self.follow(&Bound::borrowed(claims), &expression.path);
        }
        let start = self.source(&expression.source)?;
        if expression.path.is_empty() { Some(start) } else { self.follow(&start, &expression.path) }
    }

    pub(super) fn source(&self, source: &Source) -> Option<Bound<'a>> {
        if !matches!(source, Source::Record | Source::Setting(_) | Source::Item) {
            self.note_volatile();
        }
        match source {
            Source::Path(name) => self.inputs.path.get(name).map(Bound::borrowed),
            Source::Query(name) => self.inputs.query.get(name).map(Bound::borrowed),
            Source::Header(name) => self.inputs.header.get(name).map(Bound::borrowed),
            Source::Cookie(name) => self.inputs.cookie.get(name).map(Bound::borrowed),
            Source::Body => self.inputs.body.as_ref().map(Bound::borrowed),
            Source::Method => Some(Bound::owned(self.inputs.method.as_ref())),
            Source::Url => Some(Bound::owned(self.inputs.url.as_str())),
            Source::Origin => Some(Bound::owned(self.inputs.origin.as_str())),
            Source::Now => Some(Bound::owned(self.inputs.now.rfc3339(self.model.contract.conduct.fraction))),
            Source::Fault => self.fault.map(Bound::borrowed),
            Source::Record => self.record.map(Bound::reborrow),
            Source::Item => self.item.map(Bound::reborrow),
            Source::Caller => self.callers.caller().map(Bound::reborrow),
            Source::Security(scheme) => self.callers.recognised(scheme).cloned().map(Bound::Record),
            Source::Credential => self.credential.map(Bound::borrowed),
            Source::Result => self.bindings.result.as_ref().map(Bound::reborrow),
            Source::Page => self.bindings.page.as_ref().map(|page| Bound::owned(page.to_json())),
            Source::Outcome => self.outcome.map(|outcome| Bound::owned(outcome.to_json())),
            Source::Setting(name) => self.model.settings.get(name).map(Bound::borrowed),
            Source::Bound(name) => self.bindings.get(name).map(Bound::reborrow),
        }
    }

    fn text(&self, parts: &'a [TextPart]) -> Option<String> {
        let mut text = String::new();
        for part in parts {
            match part {
                TextPart::Literal(own) => text.push_str(own),
                TextPart::Expression(expression) => {
                    let value = self.expression(expression)?;
                    let value = value.to_comparable(self.state);
                    match text_of(&value) {
                        Some(own) => text.push_str(&own),
                        None if value.is_null() => {}
                        None => text.push_str(&value.to_string()),
                    }
                }
            }
        }
        Some(text)
    }

    fn split(&self, values: &'a [ValueExpr]) -> Option<Vec<Value>> {
        let mut parts = Vec::new();
        for value in values.iter().filter_map(|one| self.eval(one, Want::Many)) {
            let value = value.to_comparable(self.state);
            let texts = match value.as_ref() {
                Value::Array(members) => members.as_slice(),
                one => std::slice::from_ref(one),
            };
            for text in texts.iter().filter_map(text_of) {
                let pieces = text.split(',').map(str::trim).filter(|part| !part.is_empty());
                parts.extend(pieces.map(Value::from));
            }
        }
        (!parts.is_empty()).then_some(parts)
    }
}

/// Everything but what RFC 3986, 2.3 calls unreserved.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

fn percent_encoded(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

fn checksum(algorithm: Checksum, text: &str) -> String {
    const BZIP2: Crc<u32> = Crc::<u32>::new(&CRC_32_BZIP2);
    match algorithm {
        Checksum::Crc32Bzip2 => {
            let bytes = BZIP2.checksum(text.as_bytes()).to_le_bytes();
            bytes.iter().map(|byte| format!("{byte:02x}")).collect()
        }
    }
}

fn null<'a>() -> Bound<'a> {
    Bound::owned(Value::Null)
}

/// A time as a number. Seconds are whole numbers where the time has no fraction.
fn epoch(time: Timestamp, unit: EpochUnit) -> Value {
    match unit {
        EpochUnit::Milliseconds => time.0.into(),
        EpochUnit::Seconds if time.0 % 1000 == 0 => (time.0 / 1000).into(),
        // Milliseconds of the calendar's years fit into a float's 53 bits.
        #[allow(clippy::cast_precision_loss, reason = "the calendar ends far below 2⁵³ milliseconds")]
        EpochUnit::Seconds => (time.0 as f64 / 1000.0).into(),
    }
}

/// So many units of so many seconds, as a number or its text, in milliseconds.
fn milliseconds(count: &Value, unit: u32) -> Option<i64> {
    let number = match count {
        Value::String(text) => text.trim().parse().ok(),
        other => other.as_f64(),
    };
    let number: f64 = number.filter(|number: &f64| number.is_finite())?;
    // A cast of floats saturates, which is what a time beyond the calendar should do.
    #[allow(clippy::cast_possible_truncation, reason = "times are kept in milliseconds")]
    Some((number * f64::from(unit) * 1000.0).round() as i64)
}

/// Plain values become a plain list.
pub(crate) fn gather(members: Vec<Bound<'_>>) -> Bound<'_> {
    if members.iter().all(|one| matches!(one, Bound::Value(_))) {
        return Bound::owned(members.into_iter().map(Bound::into_json).collect::<Vec<_>>());
    }
    Bound::List(members)
}

/// A scalar as text.
pub(crate) fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// What a comparison looks at: a borrowed value, as far as that is possible.
pub(crate) fn comparable<'a>(value: Bound<'a>, scope: &Scope<'_>) -> Cow<'a, Value> {
    match value {
        Bound::Value(value) | Bound::Key(_, value) => value,
        other => Cow::Owned(other.to_comparable(scope.state).into_owned()),
    }
}
