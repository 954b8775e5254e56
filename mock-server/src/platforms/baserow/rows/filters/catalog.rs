//! The types of filters, and the fields that each goes with.
//!
//! facts: baserow 3.7, "~60 filter types"; which fields they go with: upstream `views/view_filters.py`.

use super::elements::{AsksElements, Comparison};

/// What a type of filter asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asks {
    Equal,
    Contains,
    ContainsWord,
    LengthBelow,
    Even,
    Higher {
        or_equal: bool,
    },
    Lower {
        or_equal: bool,
    },
    Boolean,
    Empty,
    Choice,
    ChoiceAnyOf,
    ChoicesHave,
    Links,
    LinksNot,
    LinksContain,
    PeopleHave,
    UserIs,
    FileName,
    FileType,
    FilesBelow,
    /// Something of the elements of an array.
    Elements(AsksElements),
    /// The date filters with an operator in their value: `zone?value?operator`.
    Date(Compare),
    /// The older ones, with a value: `zone?value`.
    OldDate(Old),
}

/// How a date filter compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Compare {
    Is,
    Before,
    OnOrBefore,
    After,
    OnOrAfter,
    Within,
}

/// What an older date filter asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Old {
    Compared(Compare),
    DayOfMonth,
    Today(Compare),
    ThisWeek,
    ThisMonth,
    ThisYear,
    WithinDays,
    WithinWeeks,
    WithinMonths,
    DaysAgo,
    MonthsAgo,
    YearsAgo,
    AfterDaysAgo,
}

/// A type of filter.
#[derive(Debug)]
pub(super) struct FilterType {
    name: &'static str,
    pub(super) asks: Asks,
    pub(super) negated: bool,
    goes_with: &'static [&'static str],
}

impl FilterType {
    pub(super) fn goes_with(&self, class: &str) -> bool {
        self.goes_with.contains(&class)
    }
}

/// The type of that name.
pub(super) fn find(name: &str) -> Option<&'static FilterType> {
    FILTERS.iter().find(|one| one.name == name)
}

/// Whether there is a type of filter of that name.
pub(crate) fn is_filter_type(name: &str) -> bool {
    find(name).is_some()
}

const fn filter(name: &'static str, asks: Asks, goes_with: &'static [&'static str]) -> FilterType {
    FilterType { name, asks, negated: false, goes_with }
}

const fn not(name: &'static str, asks: Asks, goes_with: &'static [&'static str]) -> FilterType {
    FilterType { name, asks, negated: true, goes_with }
}

const EQUAL: &[&str] = &[
    "boolean",
    "text",
    "long_text",
    "url",
    "number",
    "rating",
    "email",
    "phone_number",
    "uuid",
    "autonumber",
    "duration",
    "formula text",
    "formula char",
    "formula number",
    "formula duration",
    "formula url",
];
const CONTAINS: &[&str] = &[
    "text",
    "long_text",
    "url",
    "email",
    "phone_number",
    "date",
    "last_modified",
    "created_on",
    "single_select",
    "multiple_select",
    "number",
    "autonumber",
    "formula text",
    "formula char",
    "formula number",
    "formula date",
    "formula url",
    "formula single_select",
    "formula multiple_select",
];
const WORDS: &[&str] = &[
    "text",
    "long_text",
    "url",
    "email",
    "single_select",
    "multiple_select",
    "formula text",
    "formula char",
    "formula url",
    "formula single_select",
    "formula multiple_select",
];
const LENGTHS: &[&str] = &["text", "long_text", "url", "email", "phone_number", "formula url"];
const EVEN: &[&str] = &["number", "autonumber", "formula number"];
const NUMERIC: &[&str] =
    &["number", "rating", "autonumber", "duration", "formula number", "formula duration"];
const BOOLEAN: &[&str] = &["boolean", "formula boolean"];
const EMPTY: &[&str] = &[
    "text",
    "long_text",
    "url",
    "number",
    "rating",
    "boolean",
    "date",
    "last_modified",
    "created_on",
    "link_row",
    "email",
    "file",
    "single_select",
    "phone_number",
    "multiple_select",
    "multiple_collaborators",
    "duration",
    "password",
    "formula text",
    "formula char",
    "formula number",
    "formula date",
    "formula boolean",
    "formula date_interval",
    "formula duration",
    "formula url",
    "formula single_select",
    "formula multiple_select",
    "formula multiple_collaborators",
    "formula array",
    "formula array single_file",
    "formula array text",
    "formula array char",
    "formula array url",
    "formula array number",
    "formula array boolean",
    "formula array date",
    "formula array single_select",
    "formula array multiple_select",
    "formula array multiple_collaborators",
    "formula array duration",
];
const SINGLE: &[&str] = &["single_select", "formula single_select"];
const MULTIPLE: &[&str] = &["multiple_select", "formula multiple_select"];
const LINKS: &[&str] = &["link_row"];
const PEOPLE: &[&str] = &["multiple_collaborators", "formula multiple_collaborators"];
const USERS: &[&str] = &["created_by", "last_modified_by"];
const FILES: &[&str] = &["file", "formula array single_file"];
const ONLY_FILES: &[&str] = &["file"];
const DATES: &[&str] = &["date", "last_modified", "created_on", "formula date"];

const TEXT_ARRAYS: &[&str] = &["formula array text", "formula array char", "formula array url"];
const WORD_ARRAYS: &[&str] = &[
    "formula array text",
    "formula array char",
    "formula array url",
    "formula array single_select",
    "formula array multiple_select",
];
const EQUAL_ARRAYS: &[&str] = &[
    "formula array text",
    "formula array char",
    "formula array url",
    "formula array boolean",
    "formula array single_select",
    "formula array number",
    "formula array multiple_select",
];
const SPOKEN_ARRAYS: &[&str] = &[
    "formula array text",
    "formula array char",
    "formula array url",
    "formula array date",
    "formula array single_select",
    "formula array number",
    "formula array multiple_select",
];
const FLAG_ARRAYS: &[&str] = &["formula array boolean"];
const CHOICE_ARRAYS: &[&str] = &["formula array single_select"];
const NUMBER_ARRAYS: &[&str] = &["formula array number"];
const DATE_ARRAYS: &[&str] = &["formula array date"];

const fn elements(name: &'static str, asks: AsksElements, goes_with: &'static [&'static str]) -> FilterType {
    filter(name, Asks::Elements(asks), goes_with)
}

const fn no_elements(
    name: &'static str,
    asks: AsksElements,
    goes_with: &'static [&'static str],
) -> FilterType {
    not(name, Asks::Elements(asks), goes_with)
}

const fn old(name: &'static str, asks: Old) -> FilterType {
    filter(name, Asks::OldDate(asks), DATES)
}

const fn date(name: &'static str, compare: Compare) -> FilterType {
    filter(name, Asks::Date(compare), DATES)
}

const FILTERS: &[FilterType] = &[
    filter("equal", Asks::Equal, EQUAL),
    not("not_equal", Asks::Equal, EQUAL),
    filter("filename_contains", Asks::FileName, FILES),
    filter("has_file_type", Asks::FileType, FILES),
    filter("files_lower_than", Asks::FilesBelow, ONLY_FILES),
    filter("contains", Asks::Contains, CONTAINS),
    not("contains_not", Asks::Contains, CONTAINS),
    filter("contains_word", Asks::ContainsWord, WORDS),
    not("doesnt_contain_word", Asks::ContainsWord, WORDS),
    filter("length_is_lower_than", Asks::LengthBelow, LENGTHS),
    filter("is_even_and_whole", Asks::Even, EVEN),
    filter("higher_than", Asks::Higher { or_equal: false }, NUMERIC),
    filter("higher_than_or_equal", Asks::Higher { or_equal: true }, NUMERIC),
    filter("lower_than", Asks::Lower { or_equal: false }, NUMERIC),
    filter("lower_than_or_equal", Asks::Lower { or_equal: true }, NUMERIC),
    filter("boolean", Asks::Boolean, BOOLEAN),
    filter("empty", Asks::Empty, EMPTY),
    not("not_empty", Asks::Empty, EMPTY),
    filter("single_select_equal", Asks::Choice, SINGLE),
    not("single_select_not_equal", Asks::Choice, SINGLE),
    filter("single_select_is_any_of", Asks::ChoiceAnyOf, SINGLE),
    not("single_select_is_none_of", Asks::ChoiceAnyOf, SINGLE),
    filter("multiple_select_has", Asks::ChoicesHave, MULTIPLE),
    not("multiple_select_has_not", Asks::ChoicesHave, MULTIPLE),
    filter("link_row_has", Asks::Links, LINKS),
    not("link_row_has_not", Asks::LinksNot, LINKS),
    filter("link_row_contains", Asks::LinksContain, LINKS),
    not("link_row_not_contains", Asks::LinksContain, LINKS),
    filter("multiple_collaborators_has", Asks::PeopleHave, PEOPLE),
    not("multiple_collaborators_has_not", Asks::PeopleHave, PEOPLE),
    filter("user_is", Asks::UserIs, USERS),
    not("user_is_not", Asks::UserIs, USERS),
    date("date_is", Compare::Is),
    not("date_is_not", Asks::Date(Compare::Is), DATES),
    date("date_is_before", Compare::Before),
    date("date_is_on_or_before", Compare::OnOrBefore),
    date("date_is_after", Compare::After),
    date("date_is_on_or_after", Compare::OnOrAfter),
    date("date_is_within", Compare::Within),
    old("date_equal", Old::Compared(Compare::Is)),
    not("date_not_equal", Asks::OldDate(Old::Compared(Compare::Is)), DATES),
    old("date_before", Old::Compared(Compare::Before)),
    old("date_before_or_equal", Old::Compared(Compare::OnOrBefore)),
    old("date_after", Old::Compared(Compare::After)),
    old("date_after_or_equal", Old::Compared(Compare::OnOrAfter)),
    old("date_equals_day_of_month", Old::DayOfMonth),
    old("date_equals_today", Old::Today(Compare::Is)),
    old("date_before_today", Old::Today(Compare::Before)),
    old("date_after_today", Old::Today(Compare::After)),
    old("date_equals_week", Old::ThisWeek),
    old("date_equals_month", Old::ThisMonth),
    old("date_equals_year", Old::ThisYear),
    old("date_within_days", Old::WithinDays),
    old("date_within_weeks", Old::WithinWeeks),
    old("date_within_months", Old::WithinMonths),
    old("date_equals_days_ago", Old::DaysAgo),
    old("date_equals_months_ago", Old::MonthsAgo),
    old("date_equals_years_ago", Old::YearsAgo),
    old("date_after_days_ago", Old::AfterDaysAgo),
    elements("has_empty_value", AsksElements::Empty, SPOKEN_ARRAYS),
    no_elements("has_not_empty_value", AsksElements::Empty, SPOKEN_ARRAYS),
    elements("has_value_equal", AsksElements::Equal, EQUAL_ARRAYS),
    no_elements("has_not_value_equal", AsksElements::Equal, EQUAL_ARRAYS),
    elements("has_value_contains", AsksElements::Contains, SPOKEN_ARRAYS),
    no_elements("has_not_value_contains", AsksElements::Contains, SPOKEN_ARRAYS),
    elements("has_value_contains_word", AsksElements::Word, WORD_ARRAYS),
    no_elements("has_not_value_contains_word", AsksElements::Word, WORD_ARRAYS),
    elements("has_value_length_is_lower_than", AsksElements::LengthBelow, TEXT_ARRAYS),
    elements("has_all_values_equal", AsksElements::AllEqual, FLAG_ARRAYS),
    elements("has_any_select_option_equal", AsksElements::Equal, CHOICE_ARRAYS),
    no_elements("has_none_select_option_equal", AsksElements::Equal, CHOICE_ARRAYS),
    elements("has_value_higher", AsksElements::Compared(Comparison::Higher), NUMBER_ARRAYS),
    no_elements("has_not_value_higher", AsksElements::Compared(Comparison::Higher), NUMBER_ARRAYS),
    elements("has_value_higher_or_equal", AsksElements::Compared(Comparison::HigherOrEqual), NUMBER_ARRAYS),
    no_elements(
        "has_not_value_higher_or_equal",
        AsksElements::Compared(Comparison::HigherOrEqual),
        NUMBER_ARRAYS,
    ),
    elements("has_value_lower", AsksElements::Compared(Comparison::Lower), NUMBER_ARRAYS),
    no_elements("has_not_value_lower", AsksElements::Compared(Comparison::Lower), NUMBER_ARRAYS),
    elements("has_value_lower_or_equal", AsksElements::Compared(Comparison::LowerOrEqual), NUMBER_ARRAYS),
    no_elements(
        "has_not_value_lower_or_equal",
        AsksElements::Compared(Comparison::LowerOrEqual),
        NUMBER_ARRAYS,
    ),
    elements("has_date_equal", AsksElements::Date(Compare::Is), DATE_ARRAYS),
    no_elements("has_not_date_equal", AsksElements::Date(Compare::Is), DATE_ARRAYS),
    elements("has_date_before", AsksElements::Date(Compare::Before), DATE_ARRAYS),
    no_elements("has_not_date_before", AsksElements::Date(Compare::Before), DATE_ARRAYS),
    elements("has_date_on_or_before", AsksElements::Date(Compare::OnOrBefore), DATE_ARRAYS),
    no_elements("has_not_date_on_or_before", AsksElements::Date(Compare::OnOrBefore), DATE_ARRAYS),
    elements("has_date_after", AsksElements::Date(Compare::After), DATE_ARRAYS),
    no_elements("has_not_date_after", AsksElements::Date(Compare::After), DATE_ARRAYS),
    elements("has_date_on_or_after", AsksElements::Date(Compare::OnOrAfter), DATE_ARRAYS),
    no_elements("has_not_date_on_or_after", AsksElements::Date(Compare::OnOrAfter), DATE_ARRAYS),
    elements("has_date_within", AsksElements::Date(Compare::Within), DATE_ARRAYS),
    no_elements("has_not_date_within", AsksElements::Date(Compare::Within), DATE_ARRAYS),
];
