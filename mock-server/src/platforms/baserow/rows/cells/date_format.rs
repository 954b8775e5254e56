//! How a date field writes its dates, and reads what people wrote.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde_json::{Map, Value};

/// The options of dates.
#[derive(Clone, Debug)]
pub(crate) struct DateFormat {
    order: Parts,
    pub(crate) include_time: bool,
    twelve_hours: bool,
    /// The zone in which moments are shown as text; UTC where none is forced.
    pub(crate) zone: TimeZone,
    pub(crate) forced: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Parts {
    DayFirst,
    MonthFirst,
    Iso,
}

impl DateFormat {
    pub(crate) fn read(options: &Map<String, Value>) -> Self {
        let text = |name: &str| options.get(name).and_then(Value::as_str);
        let forced = text("date_force_timezone").and_then(|name| TimeZone::get(name).ok());
        Self {
            order: match text("date_format") {
                Some("US") => Parts::MonthFirst,
                Some("ISO") => Parts::Iso,
                _ => Parts::DayFirst,
            },
            include_time: options.get("date_include_time") == Some(&Value::Bool(true)),
            twelve_hours: text("date_time_format") == Some("12"),
            forced: forced.is_some(),
            zone: forced.unwrap_or(TimeZone::UTC),
        }
    }

    pub(crate) fn write_day(&self, day: Date) -> String {
        let pattern = match self.order {
            Parts::DayFirst => "%d/%m/%Y",
            Parts::MonthFirst => "%m/%d/%Y",
            Parts::Iso => "%Y-%m-%d",
        };
        day.strftime(pattern).to_string()
    }

    /// A moment, in the field's zone.
    pub(crate) fn write_moment(&self, microseconds: i64) -> String {
        let Ok(moment) = Timestamp::from_microsecond(microseconds) else { return String::new() };
        let local = moment.to_zoned(self.zone.clone()).datetime();
        let day = self.write_day(local.date());
        if !self.include_time {
            return day;
        }
        let pattern = if self.twelve_hours { "%I:%M %p" } else { "%H:%M" };
        format!("{day} {}", local.time().strftime(pattern))
    }

    /// A date that people wrote, in the field's order of parts or as ISO 8601; with a time where there is one.
    pub(crate) fn parse(&self, text: &str) -> Option<DateTime> {
        let text = text.trim();
        if text.len() < 5 {
            return None;
        }
        let (day, time) = text.split_once([' ', 'T']).map_or((text, ""), |(day, time)| (day, time));
        let numbers: Vec<i16> = day.split(['/', '-', '.']).map(str::parse).collect::<Result<_, _>>().ok()?;
        let &[first, second, third] = numbers.as_slice() else { return None };
        let iso = first > 31 || self.order == Parts::Iso;
        let (year, month, day) = match self.order {
            _ if iso => (first, second, third),
            Parts::MonthFirst => (third, first, second),
            _ => (third, second, first),
        };
        let date = Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok()?;
        let time =
            if time.is_empty() { Time::midnight() } else { parse_time(time).unwrap_or(Time::midnight()) };
        (year >= 1).then(|| date.to_datetime(time))
    }
}

fn parse_time(text: &str) -> Option<Time> {
    let lower = text.trim().to_lowercase();
    let (digits, half) = match (lower.strip_suffix("am"), lower.strip_suffix("pm")) {
        (Some(digits), _) => (digits, Some(false)),
        (_, Some(digits)) => (digits, Some(true)),
        _ => (lower.as_str(), None),
    };
    let mut parts = digits.trim().trim_end_matches('z').split(':');
    let hour: i8 = parts.next()?.parse().ok()?;
    let minute: i8 = parts.next().map_or(Some(0), |one| one.parse().ok())?;
    let second: f64 = parts.next().map_or(Some(0.0), |one| one.parse().ok())?;
    let hour = match half {
        Some(true) if hour < 12 => hour + 12,
        Some(false) if hour == 12 => 0,
        _ => hour,
    };
    #[allow(clippy::cast_possible_truncation, reason = "a second is below 60")]
    Time::new(hour, minute, second as i8, 0).ok()
}

/// A moment in ISO 8601: a date counts as its midnight, a time without a zone as one in `zone`.
pub(crate) fn read_moment(text: &str, zone: &TimeZone) -> Option<i64> {
    let text = text.trim();
    if text.contains('[') {
        return None;
    }
    if let Ok(moment) = text.parse::<Timestamp>() {
        return in_years(moment.as_microsecond());
    }
    let local: DateTime =
        text.parse().ok().or_else(|| read_day(text).map(|day| day.to_datetime(Time::midnight())))?;
    in_years(zone.to_timestamp(local).ok()?.as_microsecond())
}

/// A date as `YYYY-MM-DD` and nothing else.
pub(crate) fn read_day(text: &str) -> Option<Date> {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let digits = |text: &str, most: usize| text.len() <= most && text.bytes().all(|one| one.is_ascii_digit());
    if parts.next().is_some() || year.len() != 4 || !digits(year, 4) || !digits(month, 2) || !digits(day, 2) {
        return None;
    }
    let year = year.parse().ok().filter(|year| *year >= 1)?;
    Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
}

/// The product's calendar has the years 1 to 9999.
fn in_years(microseconds: i64) -> Option<i64> {
    let first = Date::constant(1, 1, 1).to_zoned(TimeZone::UTC).ok()?.timestamp().as_microsecond();
    (microseconds >= first).then_some(microseconds)
}

/// The day of a moment in a zone.
pub(crate) fn day_of(microseconds: i64, zone: &TimeZone) -> Option<Date> {
    Some(zone.to_datetime(Timestamp::from_microsecond(microseconds).ok()?).date())
}

/// The moment at which a day begins in UTC.
pub(crate) fn start_of(day: Date) -> i64 {
    let start = day.to_zoned(TimeZone::UTC);
    start.map(|start| start.timestamp().as_microsecond()).unwrap_or_default()
}

/// A moment as answers have it: microseconds only where there are some.
pub(crate) fn show_moment(microseconds: i64) -> String {
    let Ok(moment) = Timestamp::from_microsecond(microseconds) else { return String::new() };
    if microseconds.rem_euclid(1_000_000) == 0 { format!("{moment:.0}") } else { format!("{moment:.6}") }
}

/// The day after, where the calendar has one.
pub(crate) fn next_day(day: Date) -> Date {
    day.saturating_add(1.day())
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;
    use serde_json::json;

    use super::{DateFormat, read_day, read_moment, show_moment};

    #[test]
    fn moments_are_read_with_and_without_zones() {
        for (text, shown) in [
            ("2024-02-01", "2024-02-01T00:00:00Z"),
            ("2024-02-01T08:00", "2024-02-01T08:00:00Z"),
            ("2024-02-01 08:00:00+02:00", "2024-02-01T06:00:00Z"),
            ("2024-02-01T08:00:00.5Z", "2024-02-01T08:00:00.500000Z"),
        ] {
            assert_eq!(show_moment(read_moment(text, &TimeZone::UTC).unwrap()), shown);
        }
        for wrong in ["01/02/2024", "2024-13-01", "now", "", "0000-01-01"] {
            assert_eq!(read_moment(wrong, &TimeZone::UTC), None, "{wrong}");
        }
        assert!(read_day("2024-2-1").is_some());
        assert_eq!(read_day("2024-02-01T08:00"), None);
    }

    #[test]
    fn people_write_dates_in_their_order() {
        let read = |order: &str, text: &str| {
            let options = json!({ "date_format": order, "date_include_time": true });
            DateFormat::read(options.as_object().unwrap()).parse(text).map(|one| one.to_string())
        };
        assert_eq!(read("EU", "01/02/2024 10:30").unwrap(), "2024-02-01T10:30:00");
        assert_eq!(read("US", "01/02/2024 10:30 PM").unwrap(), "2024-01-02T22:30:00");
        assert_eq!(read("EU", "2024-02-01").unwrap(), "2024-02-01T00:00:00");
        assert_eq!(read("US", "13/02/2024"), None);
        assert_eq!(read("ISO", "soon"), None);
    }

    #[test]
    fn moments_are_shown_in_the_forced_zone() {
        let options = json!({ "date_include_time": true, "date_time_format": "12", "date_force_timezone": "Europe/Rome" });
        let format = DateFormat::read(options.as_object().unwrap());
        let moment = read_moment("2024-07-01T22:05:00Z", &TimeZone::UTC).unwrap();
        assert_eq!(format.write_moment(moment), "02/07/2024 12:05 AM");
    }
}
