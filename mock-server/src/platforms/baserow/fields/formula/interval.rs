//! Durations as PostgreSQL reads them: `1 year 2 months`, `1 day 02:03:04`, `3 hours ago`, `P1Y2M`.

use bigdecimal::{BigDecimal, ToPrimitive, Zero};

const DAY: i64 = 86400;

/// Months and seconds, as they are read so far.
#[derive(Default)]
struct Read {
    months: BigDecimal,
    seconds: BigDecimal,
}

/// Reads a duration as months and seconds; `None` for what is none.
pub(super) fn parse(text: &str) -> Option<(i64, BigDecimal)> {
    let text = text.trim();
    let mut read = Read::default();
    if let Some(iso) = text.strip_prefix('P') {
        read.iso(iso)?;
        return read.done(false);
    }
    let text = text.strip_prefix('@').unwrap_or(text).to_lowercase();
    let (text, ago) = match text.strip_suffix("ago") {
        Some(rest) => (rest, true),
        None => (text.as_str(), false),
    };
    let mut rest = text.trim();
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        rest = read.field(rest)?.trim_start();
    }
    read.done(ago)
}

impl Read {
    fn done(self, ago: bool) -> Option<(i64, BigDecimal)> {
        // The part of a month is days, 30 of them a month.
        let whole = self.months.with_scale_round(0, bigdecimal::RoundingMode::Down);
        let seconds = self.seconds + (self.months - &whole) * BigDecimal::from(30 * DAY);
        let months = whole.to_i64().filter(|months| months.abs() < 12 * 200_000)?;
        let seconds = super::spans::to_microseconds(&seconds);
        Some(if ago { (-months, -seconds) } else { (months, seconds) })
    }

    fn unit(&mut self, number: &BigDecimal, unit: &str) -> Option<()> {
        let months = |count: i64| number * BigDecimal::from(count);
        let seconds = |count: i64| number * BigDecimal::from(count);
        match unit {
            "us" | "usec" | "usecs" | "usecond" | "useconds" | "microsecond" | "microseconds" => {
                self.seconds += number / BigDecimal::from(1_000_000);
            }
            "ms" | "msec" | "msecs" | "msecond" | "mseconds" | "millisecond" | "milliseconds" => {
                self.seconds += number / BigDecimal::from(1000);
            }
            "s" | "sec" | "secs" | "second" | "seconds" => self.seconds += number,
            "m" | "min" | "mins" | "minute" | "minutes" => self.seconds += seconds(60),
            "h" | "hr" | "hrs" | "hour" | "hours" => self.seconds += seconds(3600),
            "d" | "day" | "days" => self.seconds += seconds(DAY),
            "w" | "week" | "weeks" => self.seconds += seconds(7 * DAY),
            "mon" | "mons" | "month" | "months" => self.months += number,
            "y" | "yr" | "yrs" | "year" | "years" => self.years(number, 12),
            "dec" | "decs" | "decade" | "decades" => self.years(number, 120),
            "c" | "cent" | "century" | "centuries" => self.years(number, 1200),
            "mil" | "mils" | "millennium" | "millennia" => self.months += months(12_000),
            _ => return None,
        }
        Some(())
    }

    /// The part of a year is whole months.
    fn years(&mut self, number: &BigDecimal, months: i64) {
        self.months +=
            (number * BigDecimal::from(months)).with_scale_round(0, bigdecimal::RoundingMode::HalfEven);
    }

    /// The next number with its unit, or a time of day; gives what is left.
    fn field<'t>(&mut self, text: &'t str) -> Option<&'t str> {
        let end = text[1..]
            .find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ':' | '-')))
            .map_or(text.len(), |end| end + 1);
        let (number, rest) = text.split_at(end);
        if number.contains(':') {
            self.seconds += clock(number)?;
            return Some(rest);
        }
        if let Some((years, months)) = number.trim_start_matches(['-', '+']).split_once('-') {
            let sign = if number.starts_with('-') { -1 } else { 1 };
            let (years, months): (i64, i64) = (years.parse().ok()?, months.parse().ok()?);
            let months = years.checked_mul(12)?.checked_add(months).filter(|_| (0..12).contains(&months))?;
            self.months += BigDecimal::from(sign * months);
            return Some(rest);
        }
        let number = decimal(number)?;
        let rest = rest.trim_start();
        let end = rest.find(|c: char| !c.is_ascii_lowercase()).unwrap_or(rest.len());
        let (unit, left) = rest.split_at(end);
        match unit {
            // A number before a time of day is of days, one that stands alone of seconds.
            "" if left.contains(':') => self.unit(&number, "day")?,
            "" if left.is_empty() => self.seconds += number,
            unit => self.unit(&number, unit)?,
        }
        Some(left)
    }

    /// ISO 8601: `1Y2M10DT2H30M`.
    fn iso(&mut self, text: &str) -> Option<()> {
        let (date, time) = text.split_once('T').unwrap_or((text, ""));
        if date.is_empty() && time.is_empty() {
            return None;
        }
        for (part, units) in [(date, ["y", "mon", "w", "d"]), (time, ["h", "m", "s", ""])] {
            let mut rest = part;
            while !rest.is_empty() {
                let end = rest.find(|c: char| c.is_ascii_alphabetic())?;
                let letter = rest[end..].chars().next()?.to_ascii_lowercase();
                let unit = units.iter().find(|unit| unit.starts_with(letter))?;
                self.unit(&decimal(&rest[..end])?, unit)?;
                rest = &rest[end + 1..];
            }
        }
        Some(())
    }
}

/// A decimal number without an exponent.
fn decimal(text: &str) -> Option<BigDecimal> {
    let digits = text.trim_start_matches(['-', '+']);
    let plain = digits.len() <= 40 && digits.chars().all(|c| c.is_ascii_digit() || c == '.');
    let starts = text.len() - digits.len() <= 1 && digits.chars().any(|c| c.is_ascii_digit());
    (plain && starts).then(|| text.parse().ok())?
}

/// `h:mm`, `h:mm:ss.ffffff` in seconds.
fn clock(text: &str) -> Option<BigDecimal> {
    let (sign, text) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let parts: Vec<&str> = text.split(':').collect();
    let (hours, minutes, seconds) = match parts.as_slice() {
        [hours, minutes] => (*hours, *minutes, BigDecimal::zero()),
        [hours, minutes, seconds] => (*hours, *minutes, decimal(seconds)?),
        _ => return None,
    };
    let (hours, minutes): (u32, u32) = (hours.parse().ok()?, minutes.parse().ok()?);
    if minutes > 59 || seconds >= 60 {
        return None;
    }
    Some(
        (BigDecimal::from(i64::from(hours) * 3600 + i64::from(minutes) * 60) + seconds)
            * BigDecimal::from(sign),
    )
}
