//! `duration`: lengths of time, rounded to what the field's format shows.

use serde_json::{Map, Value};

use super::CellType;
use crate::platforms::baserow::rows::cell::Cell;
use crate::platforms::baserow::rows::fault::Fault;
use crate::platforms::baserow::rows::scene::Scene;
use crate::platforms::baserow::rows::schema::Field;

/// A duration field's format.
#[derive(Clone, Debug)]
pub(crate) struct Durations {
    format: String,
}

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// A million days: the product's durations are intervals of a database, which end before.
const LONGEST: f64 = 1e6 * 86_400.0;

impl Durations {
    pub(super) fn read(options: &Map<String, Value>) -> Self {
        let format = options.get("duration_format").and_then(Value::as_str).unwrap_or("h:mm");
        Self { format: format.to_owned() }
    }

    /// Milliseconds of the smallest unit that is shown.
    fn unit(&self) -> i64 {
        match self.format.as_str() {
            "h:mm" | "d h:mm" | "d h mm" => MINUTE,
            "d h" => HOUR,
            "h:mm:ss.s" => 100,
            "h:mm:ss.ss" => 10,
            "h:mm:ss.sss" => 1,
            _ => SECOND,
        }
    }

    fn rounded(&self, milliseconds: i64) -> i64 {
        let unit = self.unit();
        let half = if milliseconds < 0 { -unit / 2 } else { unit / 2 };
        (milliseconds + half) / unit * unit
    }

    fn of_seconds(&self, seconds: f64) -> Option<i64> {
        if !seconds.is_finite() || seconds.abs() > LONGEST {
            return None;
        }
        #[allow(clippy::cast_possible_truncation, reason = "bounded above")]
        let milliseconds = (seconds * 1000.0).round() as i64;
        Some(self.rounded(milliseconds))
    }

    /// A duration as people write it: `1:30`, `1d 2h`, `90`, in the units that the format suggests.
    pub(crate) fn parse(&self, text: &str) -> Option<i64> {
        let text = text.trim();
        let (sign, text) = text.strip_prefix('-').map_or((1.0, text), |rest| (-1.0, rest.trim_start()));
        let seconds = units(text).or_else(|| self.with_days(text))?;
        self.of_seconds(sign * seconds)
    }

    /// `[days] h:m:s`, `[days] a:b` or `[days] n`.
    fn with_days(&self, text: &str) -> Option<f64> {
        let (days, rest) = split_days(text)?;
        let (minutes_last, hours) = match self.format.as_str() {
            "h:mm" | "d h" | "d h:mm" | "d h mm" => (true, self.format == "d h"),
            _ => (false, false),
        };
        let mut parts = rest.split(':').map(|part| part.parse::<f64>().ok().filter(|_| is_number(part)));
        let (first, second, third) = (parts.next()??, parts.next(), parts.next());
        if parts.next().is_some() {
            return None;
        }
        let whole_seconds = |number: f64| number.fract() == 0.0 && minutes_last;
        let seconds = match (second, third) {
            (None, _) if whole_seconds(first) && hours => first * 3600.0,
            (None, _) if whole_seconds(first) => first * 60.0,
            (None, _) => first,
            (Some(second), None) if whole_seconds(second?) => first * 3600.0 + second? * 60.0,
            (Some(second), None) => first * 60.0 + second?,
            (Some(second), Some(third)) => first * 3600.0 + second? * 60.0 + third?,
        };
        Some(days * 86_400.0 + seconds)
    }

    fn write(&self, milliseconds: i64) -> String {
        let sign = if milliseconds < 0 { "-" } else { "" };
        let size = milliseconds.abs();
        let (days, hours) = (size / DAY, size % DAY / HOUR);
        let (minutes, rest) = (size % HOUR / MINUTE, size % MINUTE);
        let (seconds, part) = (rest / SECOND, rest % SECOND);
        let all_hours = size / HOUR;
        let body = match self.format.as_str() {
            "h:mm" => format!("{all_hours}:{minutes:02}"),
            "h:mm:ss.s" => format!("{all_hours}:{minutes:02}:{seconds:02}.{}", part / 100),
            "h:mm:ss.ss" => format!("{all_hours}:{minutes:02}:{seconds:02}.{:02}", part / 10),
            "h:mm:ss.sss" => format!("{all_hours}:{minutes:02}:{seconds:02}.{part:03}"),
            "d h" => format!("{days}d {hours}h"),
            "d h:mm" => format!("{days}d {hours}:{minutes:02}"),
            "d h:mm:ss" => format!("{days}d {hours}:{minutes:02}:{seconds:02}"),
            "d h mm" => format!("{days}d {hours}h {minutes:02}m"),
            "d h mm ss" => format!("{days}d {hours}h {minutes:02}m {seconds:02}s"),
            _ => format!("{all_hours}:{minutes:02}:{seconds:02}"),
        };
        format!("{sign}{body}")
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|one| one.is_ascii_digit() || one == b'.')
}

/// `1d 2h 3m 4.5s`, each part optional, in that order.
fn units(text: &str) -> Option<f64> {
    let mut rest = text;
    let (mut total, mut found) = (0.0, false);
    for (unit, size) in [('d', 86_400.0), ('h', 3600.0), ('m', 60.0), ('s', 1.0)] {
        let Some((number, after)) = rest.split_once(unit) else { continue };
        if !is_number(number) || (unit != 's' && number.contains('.')) {
            return None;
        }
        total += number.parse::<f64>().ok()? * size;
        rest = after.trim_start();
        found = true;
    }
    (found && rest.is_empty()).then_some(total)
}

/// Days in front, `2d 1:30` or `2 1:30`, and what follows.
fn split_days(text: &str) -> Option<(f64, &str)> {
    if let Some((days, rest)) = text.split_once('d') {
        return Some((days.trim().parse::<u32>().ok()?.into(), rest.trim_start()));
    }
    match text.split_once(char::is_whitespace) {
        Some((days, rest)) => Some((days.parse::<u32>().ok()?.into(), rest.trim_start())),
        None => Some((0.0, text)),
    }
}

impl CellType for Durations {
    fn accept(&self, _: &dyn Scene, _: &Field, value: &Value) -> Result<Cell, Fault> {
        let read = match value {
            Value::Null => return Ok(Cell::Empty),
            Value::String(text) if text.trim().is_empty() => return Ok(Cell::Empty),
            Value::String(text) => self.parse(text),
            Value::Number(number) => number.as_f64().and_then(|seconds| self.of_seconds(seconds)),
            _ => None,
        };
        let sentence = format!("A duration such as `{}`, or a number of seconds, is needed.", self.format);
        read.map(Cell::Duration).ok_or_else(|| Fault::rule(sentence, "invalid"))
    }

    fn show(&self, _: &dyn Scene, _: &Field, cell: &Cell) -> Value {
        #[allow(clippy::cast_precision_loss, reason = "durations are bounded")]
        if let Cell::Duration(milliseconds) = cell {
            (*milliseconds as f64 / 1000.0).into()
        } else {
            Value::Null
        }
    }

    fn text(&self, _: &dyn Scene, _: &Field, cell: &Cell) -> String {
        if let Cell::Duration(milliseconds) = cell { self.write(*milliseconds) } else { String::new() }
    }

    fn convert(&self, _: &dyn Scene, _: &Field, _: &Field, cell: &Cell, text: &str) -> Cell {
        let read = match cell {
            Cell::Duration(milliseconds) => Some(self.rounded(*milliseconds)),
            Cell::Number(number) => {
                number.to_plain_string().parse().ok().and_then(|one| self.of_seconds(one))
            }
            Cell::Text(_) => self.parse(text),
            _ => None,
        };
        read.map_or(Cell::Empty, Cell::Duration)
    }
}

#[cfg(test)]
mod tests {
    use super::Durations;

    fn read(format: &str, text: &str) -> Option<i64> {
        let format = Durations { format: format.to_owned() };
        format.parse(text).map(|milliseconds| milliseconds / 1000)
    }

    #[test]
    fn texts_are_read_in_the_units_of_the_format() {
        for (format, text, seconds) in [
            ("h:mm", "1:30", 5400),
            ("h:mm", "90", 5400),
            ("h:mm:ss", "1:30", 90),
            ("h:mm:ss", "90", 90),
            ("h:mm:ss", "1:02:03", 3723),
            ("d h", "1d 2", 93_600),
            ("d h", "1d 2h", 93_600),
            ("d h:mm", "1 2:30", 95_400),
            ("d h mm ss", "1d 2h 3m 4s", 93_784),
            ("h:mm", "-0:30", -1800),
            ("h:mm", "0:00:31", 60),
        ] {
            assert_eq!(read(format, text), Some(seconds), "{format} {text}");
        }
        for wrong in ["x", "1:2:3:4", "1:x", ":", "1d2d", "--1"] {
            assert_eq!(read("h:mm", wrong), None, "{wrong}");
        }
    }

    #[test]
    fn durations_are_written_in_every_format() {
        let milliseconds = 93_784_560;
        for (format, text) in [
            ("h:mm", "26:03"),
            ("h:mm:ss", "26:03:04"),
            ("h:mm:ss.s", "26:03:04.5"),
            ("h:mm:ss.ss", "26:03:04.56"),
            ("h:mm:ss.sss", "26:03:04.560"),
            ("d h", "1d 2h"),
            ("d h:mm", "1d 2:03"),
            ("d h:mm:ss", "1d 2:03:04"),
            ("d h mm", "1d 2h 03m"),
            ("d h mm ss", "1d 2h 03m 04s"),
        ] {
            assert_eq!(Durations { format: format.to_owned() }.write(milliseconds), text);
        }
    }
}
