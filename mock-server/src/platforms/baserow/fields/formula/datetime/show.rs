//! Dates by a format: PostgreSQL's `to_char`.

use jiff::civil::DateTime;

use super::format::{Field, Format, Ordinal, Part};
use super::key::{Case, Key};

pub(super) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
pub(super) const DAYS: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
pub(super) const ROMAN: [&str; 12] =
    ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];

/// The day that Julian days count from, as the product's database has it: 1 January 1970 is 2440588.
pub(super) const JULIAN_OF_1970: i64 = 2_440_588;

impl Format {
    /// A day and time, with the name of its zone.
    pub(in super::super) fn show(&self, moment: DateTime, zone: &str) -> String {
        let mut text = String::new();
        for part in &self.parts {
            match part {
                Part::Text(one) | Part::Separator(one) | Part::Space(one) => text.push(*one),
                Part::Field(field) => text.push_str(&show(field, moment, zone)),
            }
        }
        text
    }
}

fn show(field: &Field, moment: DateTime, zone: &str) -> String {
    let padded = |name: &str, case: Case, width: usize| {
        let name = cased(name, case);
        if field.bare || field.translated { name } else { format!("{name:<width$}") }
    };
    let day = DAYS[usize::from(moment.weekday().to_monday_zero_offset().unsigned_abs())];
    let month = usize::from(moment.month().unsigned_abs()) - 1;
    match field.key {
        Key::Exact => String::new(),
        Key::Meridian { dots, case } => {
            let half = if moment.hour() < 12 { ["AM", "A.M."] } else { ["PM", "P.M."] };
            cased(half[usize::from(dots)], case)
        }
        Key::Era { dots, case } => {
            let era = if moment.year() > 0 { ["AD", "A.D."] } else { ["BC", "B.C."] };
            cased(era[usize::from(dots)], case)
        }
        Key::Day(case) => padded(day, case, 9),
        Key::DayShort(case) => cased(&day[..3], case),
        Key::Month(case) => padded(MONTHS[month], case, 9),
        Key::MonthShort(case) => cased(&MONTHS[month][..3], case),
        Key::MonthRoman(case) => padded(ROMAN[month], case, 4),
        Key::Zone(case) => cased(zone, case),
        Key::Offset | Key::OffsetHours => "+00".to_owned(),
        Key::OffsetMinutes => "00".to_owned(),
        Key::YearGrouped => {
            let year = year_of(moment.year());
            with_ending(format!("{},{:03}", year / 1000, year % 1000), year, field)
        }
        key => {
            let (number, width) = number(key, moment);
            let width = if field.bare { 0 } else { width };
            with_ending(format!("{number:0width$}"), number, field)
        }
    }
}

/// The number that a pattern stands for, and how many digits it has at least.
fn number(key: Key, moment: DateTime) -> (i64, usize) {
    let date = moment.date();
    let year = year_of(moment.year());
    let last = |year: i64, digits: usize| match digits {
        4 => (year, 4),
        digits => (year % 10_i64.pow(u32::try_from(digits).unwrap_or(1)), digits),
    };
    let week = date.iso_week_date();
    let days = i64::from(date.day_of_year());
    let of_month = i64::from(date.day());
    let seconds =
        i64::from(moment.hour()) * 3600 + i64::from(moment.minute()) * 60 + i64::from(moment.second());
    match key {
        Key::Century => {
            let century = (year + 99) / 100;
            (if moment.year() > 0 { century } else { -century }, 2)
        }
        Key::DayOfYear => (days, 3),
        Key::DayOfMonth => (of_month, 2),
        Key::DayOfWeek => (i64::from(date.weekday().to_sunday_one_offset()), 1),
        Key::Fraction(digits) => {
            let kept = 9 - u32::try_from(digits).unwrap_or(6);
            (i64::from(moment.subsec_nanosecond()) / 10_i64.pow(kept), digits)
        }
        Key::Hour24 => (i64::from(moment.hour()), 2),
        Key::Hour12 => ((i64::from(moment.hour()) + 11) % 12 + 1, 2),
        Key::IsoDayOfYear => {
            (i64::from(week.week() - 1) * 7 + i64::from(week.weekday().to_monday_one_offset()), 3)
        }
        Key::IsoDayOfWeek => (i64::from(week.weekday().to_monday_one_offset()), 1),
        Key::IsoWeek => (i64::from(week.week()), 2),
        Key::IsoYear(digits) => last(year_of(week.year()), digits),
        Key::Julian => (julian(moment), 1),
        Key::Minute => (i64::from(moment.minute()), 2),
        Key::MonthNumber => (i64::from(moment.month()), 2),
        Key::Quarter => ((i64::from(moment.month()) + 2) / 3, 1),
        Key::SecondOfDay => (seconds, 1),
        Key::Second => (i64::from(moment.second()), 2),
        Key::WeekOfYear => ((days - 1) / 7 + 1, 2),
        Key::WeekOfMonth => ((of_month - 1) / 7 + 1, 1),
        Key::Year(digits) => last(year, digits),
        _ => (0, 1),
    }
}

fn julian(moment: DateTime) -> i64 {
    let since = moment.date().duration_since(jiff::civil::date(1970, 1, 1));
    since.as_hours() / 24 + JULIAN_OF_1970
}

/// The year as it is written: the one before 1 is 1 again, of the other era.
fn year_of(year: i16) -> i64 {
    if year > 0 { i64::from(year) } else { 1 - i64::from(year) }
}

fn cased(name: &str, case: Case) -> String {
    match case {
        Case::Upper => name.to_ascii_uppercase(),
        Case::Title => name.to_owned(),
        Case::Lower => name.to_ascii_lowercase(),
    }
}

/// `1st`, `2nd`, `11th`.
fn with_ending(text: String, number: i64, field: &Field) -> String {
    let Some(ordinal) = field.ordinal else { return text };
    let ending = match (number % 100, number % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    match ordinal {
        Ordinal::Upper => text + &ending.to_ascii_uppercase(),
        Ordinal::Lower => text + ending,
    }
}
