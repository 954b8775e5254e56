//! The patterns that a format can have.

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    Upper,
    Title,
    Lower,
}

/// What a pattern stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    /// `AM`, or `A.M.`
    Meridian {
        dots: bool,
        case: Case,
    },
    /// `AD`, or `A.D.`
    Era {
        dots: bool,
        case: Case,
    },
    Century,
    Day(Case),
    DayShort(Case),
    DayOfYear,
    DayOfMonth,
    DayOfWeek,
    /// So many digits of a second's fraction.
    Fraction(usize),
    Exact,
    Hour24,
    Hour12,
    IsoDayOfYear,
    IsoDayOfWeek,
    IsoWeek,
    /// The last digits of the year that the week belongs to.
    IsoYear(usize),
    Julian,
    Minute,
    Month(Case),
    MonthShort(Case),
    MonthNumber,
    MonthRoman(Case),
    Quarter,
    SecondOfDay,
    Second,
    Offset,
    OffsetHours,
    OffsetMinutes,
    Zone(Case),
    WeekOfYear,
    WeekOfMonth,
    /// `2,024`
    YearGrouped,
    /// The last digits of the year.
    Year(usize),
}

use Case::{Lower, Title, Upper};

/// Those whose case counts.
const WORDS: &[(&str, Key)] = &[
    ("A.D.", Key::Era { dots: true, case: Upper }),
    ("a.d.", Key::Era { dots: true, case: Lower }),
    ("B.C.", Key::Era { dots: true, case: Upper }),
    ("b.c.", Key::Era { dots: true, case: Lower }),
    ("AD", Key::Era { dots: false, case: Upper }),
    ("ad", Key::Era { dots: false, case: Lower }),
    ("BC", Key::Era { dots: false, case: Upper }),
    ("bc", Key::Era { dots: false, case: Lower }),
    ("A.M.", Key::Meridian { dots: true, case: Upper }),
    ("a.m.", Key::Meridian { dots: true, case: Lower }),
    ("P.M.", Key::Meridian { dots: true, case: Upper }),
    ("p.m.", Key::Meridian { dots: true, case: Lower }),
    ("AM", Key::Meridian { dots: false, case: Upper }),
    ("am", Key::Meridian { dots: false, case: Lower }),
    ("PM", Key::Meridian { dots: false, case: Upper }),
    ("pm", Key::Meridian { dots: false, case: Lower }),
    ("DAY", Key::Day(Upper)),
    ("Day", Key::Day(Title)),
    ("day", Key::Day(Lower)),
    ("DY", Key::DayShort(Upper)),
    ("Dy", Key::DayShort(Title)),
    ("dy", Key::DayShort(Lower)),
    ("MONTH", Key::Month(Upper)),
    ("Month", Key::Month(Title)),
    ("month", Key::Month(Lower)),
    ("MON", Key::MonthShort(Upper)),
    ("Mon", Key::MonthShort(Title)),
    ("mon", Key::MonthShort(Lower)),
    ("RM", Key::MonthRoman(Upper)),
    ("rm", Key::MonthRoman(Lower)),
    ("TZ", Key::Zone(Upper)),
    ("tz", Key::Zone(Lower)),
];

/// Those that can be written large or small.
const NUMBERS: &[(&str, Key)] = &[
    ("CC", Key::Century),
    ("DDD", Key::DayOfYear),
    ("DD", Key::DayOfMonth),
    ("D", Key::DayOfWeek),
    ("FF1", Key::Fraction(1)),
    ("FF2", Key::Fraction(2)),
    ("FF3", Key::Fraction(3)),
    ("FF4", Key::Fraction(4)),
    ("FF5", Key::Fraction(5)),
    ("FF6", Key::Fraction(6)),
    ("FX", Key::Exact),
    ("HH24", Key::Hour24),
    ("HH12", Key::Hour12),
    ("HH", Key::Hour12),
    ("IDDD", Key::IsoDayOfYear),
    ("ID", Key::IsoDayOfWeek),
    ("IW", Key::IsoWeek),
    ("IYYY", Key::IsoYear(4)),
    ("IYY", Key::IsoYear(3)),
    ("IY", Key::IsoYear(2)),
    ("I", Key::IsoYear(1)),
    ("J", Key::Julian),
    ("MI", Key::Minute),
    ("MM", Key::MonthNumber),
    ("MS", Key::Fraction(3)),
    ("OF", Key::Offset),
    ("Q", Key::Quarter),
    ("SSSSS", Key::SecondOfDay),
    ("SSSS", Key::SecondOfDay),
    ("SS", Key::Second),
    ("TZH", Key::OffsetHours),
    ("TZM", Key::OffsetMinutes),
    ("US", Key::Fraction(6)),
    ("WW", Key::WeekOfYear),
    ("W", Key::WeekOfMonth),
    ("Y,YYY", Key::YearGrouped),
    ("YYYY", Key::Year(4)),
    ("YYY", Key::Year(3)),
    ("YY", Key::Year(2)),
    ("Y", Key::Year(1)),
];

/// The longest pattern that a text begins with, and its length.
pub(super) fn leading(text: &str) -> Option<(Key, usize)> {
    let either = |name: &str| text.starts_with(name) || text.starts_with(&name.to_ascii_lowercase());
    let words = WORDS.iter().filter(|(name, _)| text.starts_with(name));
    let numbers = NUMBERS.iter().filter(|(name, _)| either(name));
    words.chain(numbers).max_by_key(|(name, _)| name.len()).map(|(name, key)| (*key, name.len()))
}

impl Key {
    /// Whether digits are read for it.
    pub(super) fn is_digits(self) -> bool {
        !matches!(
            self,
            Self::Meridian { .. }
                | Self::Era { .. }
                | Self::Day(_)
                | Self::DayShort(_)
                | Self::Month(_)
                | Self::MonthShort(_)
                | Self::MonthRoman(_)
                | Self::Exact
                | Self::Offset
                | Self::OffsetHours
                | Self::Zone(_)
        )
    }
}
