//! Filters on dates: `zone?value?operator`, and the older `zone?value`.
//!
//! Grammar and bounds: upstream `views/view_filters.py`, whose later filters cut every operator down to a span of days.

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, ToSpan};

use super::catalog::{Compare, Old};
use super::test::Test;
use crate::platforms::baserow::rows::cells::{Kind, day_of, next_day, read_moment};
use crate::platforms::baserow::rows::scene::Scene;
use crate::platforms::baserow::rows::schema::Field;

/// What a filter's value says, besides the zone.
struct Read<'v> {
    zone: TimeZone,
    value: &'v str,
    operator: Option<&'v str>,
}

/// A date or a moment.
enum When {
    Day(Date),
    Moment(i64),
}

/// The test of a filter with an operator; `None` when its value asks for nothing.
pub(super) fn test(scene: &dyn Scene, field: &Field, value: &str, compare: Compare) -> Option<Test> {
    let Some(read) = read(field, value) else { return Some(Test::Never) };
    let Some(operator) = read.operator else { return Some(Test::Never) };
    if read.value.is_empty() && matches!(operator, "exact_date" | "nr_days_ago" | "nr_days_from_now") {
        return None;
    }
    let today = today(scene, &read.zone);
    let bounds = span(operator, read.value, today, &read.zone, compare);
    Some(match bounds {
        Some((from, to)) => compared(compare, read.zone, from, to, today),
        None => Test::Never,
    })
}

/// The days that an operator means: from the first until before the second.
fn span(operator: &str, value: &str, today: Date, zone: &TimeZone, compare: Compare) -> Option<(Date, Date)> {
    let number = || if value.is_empty() { Some(0) } else { value.trim().parse::<i32>().ok() };
    let shifted = |days: Span| today.checked_add(days).ok();
    let week = |day: Date| Some((monday(day), monday(day).checked_add(7.days()).ok()?));
    let month = |day: Date| Some((day.first_of_month(), day.first_of_month().checked_add(1.month()).ok()?));
    let year = |day: Date| Some((day.first_of_year(), day.first_of_year().checked_add(1.year()).ok()?));
    let one = |day: Date| Some((day, day.checked_add(1.day()).ok()?));
    match operator {
        "today" if compare == Compare::Within => None,
        "today" => one(today),
        "yesterday" => one(shifted(-1.day())?),
        "tomorrow" => one(shifted(1.day())?),
        "one_week_ago" => week(shifted(-7.days())?),
        "this_week" => week(today),
        "next_week" => week(shifted(7.days())?),
        "one_month_ago" => month(shifted(-1.month())?),
        "this_month" => month(today),
        "next_month" => month(shifted(1.month())?),
        "one_year_ago" => year(shifted(-1.year())?),
        "this_year" => year(today),
        "next_year" => year(shifted(1.year())?),
        "nr_days_ago" => one(shifted(Span::new().try_days(-number()?).ok()?)?),
        "nr_days_from_now" => one(shifted(Span::new().try_days(number()?).ok()?)?),
        "nr_weeks_ago" => week(shifted(Span::new().try_weeks(-number()?).ok()?)?),
        "nr_weeks_from_now" => week(shifted(Span::new().try_weeks(number()?).ok()?)?),
        "nr_months_ago" => month(shifted(Span::new().try_months(-number()?).ok()?)?),
        "nr_months_from_now" => month(shifted(Span::new().try_months(number()?).ok()?)?),
        "nr_years_ago" => year(shifted(Span::new().try_years(-number()?).ok()?)?),
        "nr_years_from_now" => year(shifted(Span::new().try_years(number()?).ok()?)?),
        "exact_date" => match exact(value, zone)? {
            When::Day(day) => one(day),
            When::Moment(moment) => one(day_of(moment, zone)?),
        },
        _ => None,
    }
}

fn compared(compare: Compare, zone: TimeZone, from: Date, to: Date, today: Date) -> Test {
    let days = |from, to| Test::Days { zone, from, to };
    match compare {
        Compare::Is => days(Some(from), Some(to)),
        Compare::Before => days(None, Some(from)),
        Compare::OnOrBefore => days(None, Some(to)),
        Compare::After => days(Some(to), None),
        Compare::OnOrAfter => days(Some(from), None),
        // Between today and then, on whichever side of today that is.
        Compare::Within if today < to => days(Some(today), Some(to)),
        Compare::Within => days(Some(from), Some(next_day(today))),
    }
}

/// The test of an older filter; `None` when its value asks for nothing.
pub(super) fn old_test(scene: &dyn Scene, field: &Field, value: &str, old: Old) -> Option<Test> {
    let Some(read) = read_old(field, value) else { return Some(Test::Never) };
    let Read { zone, value, .. } = read;
    let today = today(scene, &zone);
    let asks_without_value = matches!(old, Old::Today(_) | Old::ThisWeek | Old::ThisMonth | Old::ThisYear);
    if value.is_empty() && !asks_without_value || (old == Old::AfterDaysAgo && value == "0") {
        return None;
    }
    Some(old_span(field, &zone, value, old, today).unwrap_or(Test::Never))
}

fn old_span(field: &Field, zone: &TimeZone, value: &str, old: Old, today: Date) -> Option<Test> {
    let number = || value.trim().parse::<i32>().ok();
    let days = |from: Option<Date>, to: Option<Date>| Test::Days { zone: zone.clone(), from, to };
    let between = |from: Date, to: Date| Some(days(Some(from), Some(to)));
    let shifted = |span: Span| today.checked_add(span).ok();
    match old {
        Old::Compared(compare) => compare_old(field, zone, value, compare),
        Old::DayOfMonth => {
            let day = number().filter(|day| (1..=31).contains(day))?;
            Some(Test::DayOfMonth { zone: zone.clone(), day: i8::try_from(day).ok()? })
        }
        Old::Today(Compare::Is) => between(today, next_day(today)),
        Old::Today(Compare::Before) => Some(days(None, Some(today))),
        Old::Today(_) => Some(days(Some(next_day(today)), None)),
        Old::ThisWeek => {
            let week = today.iso_week_date().week();
            Some(Test::Week { zone: zone.clone(), year: today.year(), week })
        }
        Old::ThisMonth => between(today.first_of_month(), next_day(today.last_of_month())),
        Old::ThisYear => between(today.first_of_year(), next_day(today.last_of_year())),
        Old::WithinDays => within(zone, today, shifted(Span::new().try_days(number()?).ok()?)?),
        Old::WithinWeeks => {
            let weeks = number().filter(|weeks| *weeks != 0)?;
            within(zone, today, shifted(Span::new().try_weeks(weeks).ok()?)?)
        }
        Old::WithinMonths => {
            let months = number().filter(|months| *months != 0)?;
            within(zone, today, shifted(Span::new().try_months(months).ok()?)?)
        }
        Old::DaysAgo => {
            let day = shifted(Span::new().try_days(-number()?).ok()?)?;
            between(day, next_day(day))
        }
        Old::MonthsAgo => {
            let day = shifted(Span::new().try_months(-number()?).ok()?)?;
            between(day.first_of_month(), next_day(day.last_of_month()))
        }
        Old::YearsAgo => {
            let day = shifted(Span::new().try_years(-number()?).ok()?)?;
            between(day.first_of_year(), next_day(day.last_of_year()))
        }
        Old::AfterDaysAgo => Some(days(Some(shifted(Span::new().try_days(-number()?).ok()?)?), None)),
    }
}

fn within(zone: &TimeZone, today: Date, then: Date) -> Option<Test> {
    let (from, to) = if then >= today { (today, then) } else { (then, today) };
    Some(Test::Days { zone: zone.clone(), from: Some(from), to: Some(next_day(to)) })
}

/// A day is compared with days, a moment with moments; a field without a time knows days only.
fn compare_old(field: &Field, zone: &TimeZone, value: &str, compare: Compare) -> Option<Test> {
    let keeps_days =
        matches!(&field.kind, Kind::Date(dates) if dates.stamp.is_none() && !dates.format.include_time);
    let when = match exact(value, zone)? {
        When::Moment(moment) if keeps_days => When::Day(day_of(moment, zone)?),
        when => when,
    };
    Some(match when {
        When::Day(day) => compared(compare, zone.clone(), day, day.checked_add(1.day()).ok()?, day),
        When::Moment(moment) => {
            let after = moment.checked_add(1)?;
            match compare {
                Compare::Is | Compare::Within => Test::Moments { from: Some(moment), to: Some(after) },
                Compare::Before => Test::Moments { from: None, to: Some(moment) },
                Compare::OnOrBefore => Test::Moments { from: None, to: Some(after) },
                Compare::After => Test::Moments { from: Some(after), to: None },
                Compare::OnOrAfter => Test::Moments { from: Some(moment), to: None },
            }
        }
    })
}

/// A date, or a moment, in ISO 8601; parts of a date that are left out are the first.
fn exact(value: &str, zone: &TimeZone) -> Option<When> {
    let value = value.trim();
    let numbers: Option<Vec<i16>> = value.split('-').map(|part| part.parse().ok()).collect();
    if let Some(numbers) = numbers.filter(|_| value.bytes().all(|one| one.is_ascii_digit() || one == b'-')) {
        let part = |number: Option<&i16>| number.map_or(Some(1), |one| i8::try_from(*one).ok());
        if value.split('-').next().is_some_and(|year| year.len() == 4) && numbers.len() <= 3 {
            return Date::new(numbers[0], part(numbers.get(1))?, part(numbers.get(2))?).ok().map(When::Day);
        }
    }
    if value.len() == 8 && value.bytes().all(|one| one.is_ascii_digit()) {
        return value.parse().ok().map(When::Day);
    }
    read_moment(value, zone).map(When::Moment)
}

/// `zone?value?operator`; with one `?` there is no operator, without one only a zone or a value.
fn read<'v>(field: &Field, text: &'v str) -> Option<Read<'v>> {
    let parts: Vec<_> = text.split('?').collect();
    match parts.as_slice() {
        [zone, value, operator] => Some(Read { zone: zone_named(zone)?, value, operator: Some(operator) }),
        _ => read_old(field, text),
    }
}

fn read_old<'v>(field: &Field, text: &'v str) -> Option<Read<'v>> {
    let parts: Vec<_> = text.split('?').collect();
    let (zone, value) = match parts.as_slice() {
        [zone, value] => (zone_named(zone)?, *value),
        [text] if !text.is_empty() && TimeZone::get(text).is_ok() => (zone_named(text)?, ""),
        [value] => match &field.kind {
            Kind::Date(dates) if dates.format.forced => (dates.format.zone.clone(), *value),
            _ => (TimeZone::UTC, *value),
        },
        // More than the grammar has: as if nothing had been said.
        _ => (TimeZone::UTC, ""),
    };
    Some(Read { zone, value, operator: None })
}

fn zone_named(name: &str) -> Option<TimeZone> {
    if name.is_empty() { Some(TimeZone::UTC) } else { TimeZone::get(name).ok() }
}

fn today(scene: &dyn Scene, zone: &TimeZone) -> Date {
    let now = Timestamp::from_microsecond(scene.now()).unwrap_or_default();
    zone.to_datetime(now).date()
}

fn monday(day: Date) -> Date {
    let since = day.weekday().since(Weekday::Monday);
    day.saturating_sub(i64::from(since).days())
}
