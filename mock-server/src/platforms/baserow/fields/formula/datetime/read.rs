//! Dates read by a format: PostgreSQL's `to_timestamp`, which skips blanks and takes any sign for a separator.

use jiff::SignedDuration;
use jiff::civil::{Date, DateTime};

use super::format::{Field, Format, Part, is_separator};
use super::key::Key;
use super::show::{DAYS, JULIAN_OF_1970, MONTHS, ROMAN};

/// What was read so far.
#[derive(Debug, Default)]
struct Found {
    year: Option<i64>,
    before_christ: bool,
    month: Option<i64>,
    day: Option<i64>,
    day_of_year: Option<i64>,
    julian: Option<i64>,
    hour: i64,
    twelve: bool,
    afternoon: Option<bool>,
    minute: i64,
    second: i64,
    second_of_day: Option<i64>,
    microsecond: i64,
    negative_offset: bool,
    offset_hours: i64,
    offset_minutes: i64,
}

impl Format {
    /// A day and time, UTC; `None` for a text that is none.
    pub(in super::super) fn read(&self, text: &str) -> Option<DateTime> {
        let (mut rest, mut found, mut skipped) = (text, Found::default(), 0_i64);
        for (place, part) in self.parts.iter().enumerate() {
            if rest.is_empty() {
                break;
            }
            if matches!(part, Part::Field(_)) || place == 0 {
                skipped += skip_blanks(&mut rest);
            }
            match part {
                Part::Space(_) | Part::Separator(_) => {
                    skipped -= 1;
                    if rest.starts_with(|c: char| c.is_whitespace() || is_separator(c)) {
                        skip(&mut rest);
                        skipped += 1;
                    }
                }
                // Blanks beyond those of the format may have been skipped instead of it.
                Part::Text(_) if skipped > 0 => skipped -= 1,
                Part::Text(_) => skip(&mut rest),
                Part::Field(field) => {
                    found.take(field, slurps(field, self.parts.get(place + 1)), &mut rest)?;
                    if field.ordinal.is_some() {
                        skip(&mut rest);
                        skip(&mut rest);
                    }
                    skipped = skip_blanks(&mut rest);
                }
            }
        }
        found.moment()
    }
}

/// Whether all digits that are there belong to the field: no digits follow it.
fn slurps(field: &Field, next: Option<&Part>) -> bool {
    let ended = match next {
        None => true,
        Some(Part::Field(next)) => !next.key.is_digits(),
        Some(Part::Text(one)) => !one.is_ascii_digit(),
        Some(Part::Separator(_) | Part::Space(_)) => true,
    };
    field.bare || field.ordinal.is_some() || ended
}

impl Found {
    fn take(&mut self, field: &Field, slurps: bool, rest: &mut &str) -> Option<()> {
        let mut digits = |width| integer(rest, width, slurps);
        match field.key {
            Key::Year(4) => self.year = Some(digits(4)?.0),
            Key::Year(width) => self.year = Some(near_2020(digits(width)?)),
            Key::YearGrouped => {
                let thousands = integer(rest, 1, true)?.0;
                *rest = rest.strip_prefix(',')?;
                self.year = Some(thousands * 1000 + integer(rest, 3, false)?.0);
            }
            Key::MonthNumber => self.month = Some(digits(2)?.0),
            Key::Month(_) => self.month = Some(named(rest, &MONTHS, None)?),
            Key::MonthShort(_) => self.month = Some(named(rest, &MONTHS, Some(3))?),
            Key::MonthRoman(_) => self.month = Some(roman(rest)?),
            Key::DayOfMonth => self.day = Some(digits(2)?.0),
            Key::DayOfYear => self.day_of_year = Some(digits(3)?.0),
            Key::Julian => self.julian = Some(integer(rest, 7, true)?.0),
            Key::Day(_) => {
                named(rest, &DAYS, None)?;
            }
            Key::DayShort(_) => {
                named(rest, &DAYS, Some(3))?;
            }
            Key::DayOfWeek | Key::Quarter => {
                digits(1)?;
            }
            Key::Hour24 => self.hour = digits(2)?.0,
            Key::Hour12 => (self.hour, self.twelve) = (digits(2)?.0, true),
            Key::Minute => self.minute = digits(2)?.0,
            Key::Second => self.second = digits(2)?.0,
            Key::SecondOfDay => self.second_of_day = Some(integer(rest, 5, slurps)?.0),
            Key::Fraction(width) => {
                let (number, length) = digits(width)?;
                let missing = u32::try_from(6_usize.saturating_sub(length)).unwrap_or_default();
                self.microsecond = number * 10_i64.pow(missing);
            }
            Key::Meridian { dots, .. } => {
                let word = word(rest, if dots { &["A.M.", "P.M."] } else { &["AM", "PM"] })?;
                (self.afternoon, self.twelve) = (Some(word == 1), true);
            }
            Key::Era { dots, .. } => {
                let word = word(rest, if dots { &["A.D.", "B.C."] } else { &["AD", "BC"] })?;
                self.before_christ = word == 1;
            }
            Key::OffsetHours => {
                self.negative_offset = rest.starts_with('-');
                if rest.starts_with(['-', '+', ' ']) {
                    skip(rest);
                }
                self.offset_hours = integer(rest, 2, slurps)?.0;
            }
            Key::OffsetMinutes => self.offset_minutes = digits(2)?.0,
            // What cannot be read is refused when a formula is written.
            _ => return None,
        }
        Some(())
    }

    fn moment(&self) -> Option<DateTime> {
        let (hour, minute, second) = self.time()?;
        let within = |number: i64, end: i64| (0..end).contains(&number).then_some(number);
        let seconds = within(hour, 24)? * 3600 + within(minute, 60)? * 60 + within(second, 60)?;
        let fraction = SignedDuration::from_micros(within(self.microsecond, 1_000_000)?);
        let offset = within(self.offset_hours, 16)? * 3600 + within(self.offset_minutes, 60)? * 60;
        let offset = if self.negative_offset { -offset } else { offset };
        let midnight = self.date()?.at(0, 0, 0, 0);
        midnight.checked_add(SignedDuration::from_secs(seconds - offset)).ok()?.checked_add(fraction).ok()
    }

    fn time(&self) -> Option<(i64, i64, i64)> {
        if let Some(all) = self.second_of_day {
            return Some((all / 3600, all / 60 % 60, all % 60));
        }
        if !self.twelve {
            return Some((self.hour, self.minute, self.second));
        }
        if !(1..=12).contains(&self.hour) {
            return None;
        }
        let hour = self.hour % 12 + if self.afternoon == Some(true) { 12 } else { 0 };
        Some((hour, self.minute, self.second))
    }

    /// What was not said is the first of its kind; without a year it is the one before the first.
    fn date(&self) -> Option<Date> {
        if let Some(julian) = self.julian {
            let days = SignedDuration::from_hours((julian - JULIAN_OF_1970).checked_mul(24)?);
            return jiff::civil::date(1970, 1, 1).checked_add(days).ok();
        }
        let year = self.year.unwrap_or(0);
        let year = i16::try_from(if self.before_christ { 1 - year } else { year }).ok()?;
        let small = |number: Option<i64>| i8::try_from(number.unwrap_or(1)).ok();
        if let (Some(days), None) = (self.day_of_year, self.month) {
            let first = Date::new(year, 1, 1).ok()?;
            let date = first.checked_add(SignedDuration::from_hours((days - 1).checked_mul(24)?)).ok()?;
            return (date.year() == year).then_some(date);
        }
        Date::new(year, small(self.month)?, small(self.day)?).ok()
    }
}

/// A year of fewer than four digits is the one nearest to 2020.
fn near_2020((year, _): (i64, usize)) -> i64 {
    match year {
        0..70 => year + 2000,
        70..100 => year + 1900,
        100..520 => year + 2000,
        520..1000 => year + 1000,
        other => other,
    }
}

/// A number and how many digits it has: all that are there, or exactly `width`.
fn integer(rest: &mut &str, width: usize, slurps: bool) -> Option<(i64, usize)> {
    *rest = rest.trim_start();
    let sign = usize::from(slurps && rest.starts_with(['-', '+']));
    let there = rest[sign..].bytes().take_while(u8::is_ascii_digit).count();
    let length = if slurps { there } else { width };
    if there == 0 || there < length {
        return None;
    }
    let (digits, left) = rest.split_at(sign + length);
    let number = digits.parse().ok()?;
    *rest = left;
    Some((number, length))
}

/// Which of these names comes next, counted from one; whether large or small does not matter.
fn named(rest: &mut &str, names: &[&str], length: Option<usize>) -> Option<i64> {
    let cut: Vec<&str> = names.iter().map(|name| length.map_or(*name, |length| &name[..length])).collect();
    word(rest, &cut).and_then(|place| i64::try_from(place + 1).ok())
}

/// The longest first, so that `VIII` is not `VII`.
fn roman(rest: &mut &str) -> Option<i64> {
    let mut order: Vec<usize> = (0..ROMAN.len()).collect();
    order.sort_by_key(|place| std::cmp::Reverse(ROMAN[*place].len()));
    let place = order.into_iter().find(|place| word(rest, &[ROMAN[*place]]).is_some())?;
    i64::try_from(place + 1).ok()
}

fn word(rest: &mut &str, words: &[&str]) -> Option<usize> {
    let place = words
        .iter()
        .position(|word| rest.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word)))?;
    *rest = &rest[words[place].len()..];
    Some(place)
}

fn skip(rest: &mut &str) {
    let mut characters = rest.chars();
    characters.next();
    *rest = characters.as_str();
}

/// Skips blanks; gives how many.
fn skip_blanks(rest: &mut &str) -> i64 {
    let before = rest.chars().count();
    *rest = rest.trim_start();
    i64::try_from(before - rest.chars().count()).unwrap_or_default()
}
