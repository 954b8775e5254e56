//! Days and times as forms write them: ISO 8601, the orders that PHP tells by their separators, a few words, and formats.

use jiff::civil::{Date, DateTime, Time};
use jiff::{Timestamp, ToSpan, tz::TimeZone};

/// Reads a day or a time as PHP's `strtotime` would, in UTC. `None` for what is neither.
pub(super) fn read(text: &str, now: DateTime) -> Option<DateTime> {
    let text = text.trim();
    word(text, now).or_else(|| iso(text)).or_else(|| by_separator(text))
}

/// The time of a request, in UTC.
pub(super) fn civil(now: crate::entropy::Timestamp) -> DateTime {
    let moment = Timestamp::from_millisecond(now.0).unwrap_or(Timestamp::UNIX_EPOCH);
    TimeZone::UTC.to_datetime(moment)
}

fn word(text: &str, now: DateTime) -> Option<DateTime> {
    let today = now.date().to_datetime(Time::midnight());
    match text.to_ascii_lowercase().as_str() {
        "now" => Some(now),
        "today" => Some(today),
        "tomorrow" => today.checked_add(1.day()).ok(),
        "yesterday" => today.checked_sub(1.day()).ok(),
        _ => None,
    }
}

fn iso(text: &str) -> Option<DateTime> {
    // A number is no date, though `20230131` could be read as one.
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    match text.parse::<Timestamp>() {
        Ok(moment) => Some(TimeZone::UTC.to_datetime(moment)),
        Err(_) => text.parse::<DateTime>().ok(),
    }
}

/// `31-01-2023`, `1/31/2023`, `2023/1/31`, each with or without a time behind it.
fn by_separator(text: &str) -> Option<DateTime> {
    let (day, time) = match text.split_once([' ', 'T']) {
        Some((day, time)) => (day, time.trim().parse::<Time>().ok()?),
        None => (text, Time::midnight()),
    };
    let parts = |separator| {
        let parts: Vec<&str> = day.split(separator).collect();
        let [first, second, third] = parts[..] else { return None };
        Some((first.len(), number(first)?, number(second)?, number(third)?))
    };
    let (year, month, day) = match (parts('-'), parts('/')) {
        (Some((4, year, month, day)), _) | (_, Some((4, year, month, day))) => (year, month, day),
        (Some((_, day, month, year)), _) | (_, Some((_, month, day, year))) if year > 999 => {
            (year, month, day)
        }
        _ => return None,
    };
    date(year, month, day).map(|day| day.to_datetime(time))
}

fn number(text: &str) -> Option<i16> {
    let digits = (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if digits { text.parse().ok() } else { None }
}

fn date(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// The letters of PHP's `date` that are understood, with the digits that each takes.
const LETTERS: [(char, usize, usize); 9] = [
    ('Y', 4, 4),
    ('y', 2, 2),
    ('m', 2, 2),
    ('n', 1, 2),
    ('d', 2, 2),
    ('j', 1, 2),
    ('H', 2, 2),
    ('i', 2, 2),
    ('s', 2, 2),
];

/// Whether a format has no letter beside those that are understood.
///
/// # Errors
/// The letter.
pub(super) fn known_format(format: &str) -> Result<(), char> {
    let mut letters = format.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => drop(letters.next()),
            other if other.is_ascii_alphabetic() && !LETTERS.iter().any(|(known, ..)| *known == other) => {
                return Err(other);
            }
            _ => {}
        }
    }
    Ok(())
}

/// Reads a text that is written exactly as a format of PHP's `date` says. What the format leaves out is its smallest.
pub(super) fn by_format(text: &str, format: &str) -> Option<DateTime> {
    let (mut year, mut month, mut day) = (1970, 1, 1);
    let (mut hour, mut minute, mut second) = (0, 0, 0);
    let mut rest = text;
    let mut letters = format.chars();
    while let Some(letter) = letters.next() {
        let Some((_, least, most)) = LETTERS.iter().find(|(known, ..)| *known == letter) else {
            let literal = if letter == '\\' { letters.next()? } else { letter };
            rest = rest.strip_prefix(literal)?;
            continue;
        };
        let digits = rest.bytes().take(*most).take_while(u8::is_ascii_digit).count();
        if digits < *least || (*least == 1 && rest.starts_with('0')) {
            return None;
        }
        let read = number(&rest[..digits])?;
        rest = &rest[digits..];
        match letter {
            'Y' => year = read,
            'y' => year = if read < 70 { 2000 + read } else { 1900 + read },
            'm' | 'n' => month = read,
            'd' | 'j' => day = read,
            'H' => hour = read,
            'i' => minute = read,
            _ => second = read,
        }
    }
    let small = |number: i16| i8::try_from(number).ok();
    let time = Time::new(small(hour)?, small(minute)?, small(second)?, 0).ok()?;
    rest.is_empty().then(|| date(year, month, day).map(|day| day.to_datetime(time)))?
}

/// `2023-01-31`
pub(super) fn day_text(moment: DateTime) -> String {
    moment.date().to_string()
}

/// `2023-01-31T10:00:00.000000Z`
pub(super) fn time_text(moment: DateTime) -> String {
    format!("{moment:.6}Z")
}

#[cfg(test)]
mod tests {
    use super::{by_format, civil, day_text, known_format, read, time_text};
    use crate::entropy::Timestamp;

    #[test]
    fn dates_are_read_in_the_orders_that_their_separators_tell() {
        let now = civil(Timestamp::parse("2023-01-05T10:20:30Z").unwrap());
        for (text, expected) in [
            ("2023-01-31", Some("2023-01-31T00:00:00.000000Z")),
            ("2023-1-5", Some("2023-01-05T00:00:00.000000Z")),
            ("31-01-2023", Some("2023-01-31T00:00:00.000000Z")),
            ("1/31/2023", Some("2023-01-31T00:00:00.000000Z")),
            ("2023/01/31 09:30", Some("2023-01-31T09:30:00.000000Z")),
            ("2023-01-31T09:30", Some("2023-01-31T09:30:00.000000Z")),
            ("2023-01-31 09:30:15.25", Some("2023-01-31T09:30:15.250000Z")),
            ("2023-01-31T09:30:00+02:00", Some("2023-01-31T07:30:00.000000Z")),
            ("2023-01-31T09:30:00.123456Z", Some("2023-01-31T09:30:00.123456Z")),
            ("tomorrow", Some("2023-01-06T00:00:00.000000Z")),
            ("now", Some("2023-01-05T10:20:30.000000Z")),
            ("31/01/2023", None),
            ("2023-02-30", None),
            ("20230131", None),
            ("soon", None),
            ("", None),
        ] {
            assert_eq!(read(text, now).map(time_text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn a_format_is_kept_to_the_letter() {
        let day = |text, format| by_format(text, format).map(day_text);
        assert_eq!(day("31/01/2023", "d/m/Y").as_deref(), Some("2023-01-31"));
        assert_eq!(day("1-2-99", "j-n-y").as_deref(), Some("1999-02-01"));
        assert_eq!(day("31/1/2023", "d/m/Y"), None);
        assert_eq!(day("31/01/2023 ", "d/m/Y"), None);
        assert_eq!(
            by_format("2023-01-31T09:05", "Y-m-d\\TH:i").map(time_text).as_deref(),
            Some("2023-01-31T09:05:00.000000Z")
        );
        assert_eq!(known_format("Y-m-d\\TH:i"), Ok(()));
        assert_eq!(known_format("D, d M"), Err('D'));
    }
}
