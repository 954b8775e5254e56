//! Filters: conditions on fields, joined with "and" and "or", as the tree that the server takes.

use std::fmt::Display;

use serde_json::{Value, json};

use super::field::FieldRef;

/// A condition on the rows of a table, or several joined into one.
///
/// ```
/// use tercet_sdk::baserow::{DateValue, Filter};
///
/// let open = Filter::field("Active").boolean(true)
///     & (Filter::field("Name").contains("x") | Filter::field("Started").date_is_after(DateValue::days_ago(7)));
/// # let _ = open;
/// ```
///
/// A value that does not suit its field gives no rows; the server does not say so (facts: baserow 3.7).
#[derive(Clone, Debug, PartialEq)]
pub struct Filter(Node);

#[derive(Clone, Debug, PartialEq)]
enum Node {
    One { field: FieldRef, kind: String, value: String },
    Join { any: bool, parts: Vec<Filter> },
}

/// A field that a condition is about to be made on.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a field is no condition yet"]
pub struct Condition(FieldRef);

impl Filter {
    /// Begins a condition on a field, by its name or, where user field names are off, by its id.
    pub fn field(field: impl Into<FieldRef>) -> Condition {
        Condition(field.into())
    }

    /// A condition of any type, also one that this crate does not know.
    #[must_use]
    pub fn of(field: impl Into<FieldRef>, kind: impl Into<String>, value: impl Display) -> Self {
        Self(Node::One { field: field.into(), kind: kind.into(), value: value.to_string() })
    }

    /// All of these. None at all is no condition.
    #[must_use]
    pub fn all(parts: impl IntoIterator<Item = Self>) -> Self {
        Self(Node::Join { any: false, parts: parts.into_iter().collect() })
    }

    /// Any of these. None at all is no condition.
    #[must_use]
    pub fn any(parts: impl IntoIterator<Item = Self>) -> Self {
        Self(Node::Join { any: true, parts: parts.into_iter().collect() })
    }

    /// The tree as the `filters` parameter takes it; `None` when it has no conditions.
    ///
    /// # Errors
    /// When a field is named in a way that the request does not use.
    pub(super) fn tree(&self, names: bool) -> Result<Option<Value>, String> {
        let root = match &self.0 {
            Node::One { .. } => Self::all([self.clone()]),
            Node::Join { .. } => self.clone(),
        };
        root.group(names)
    }

    fn group(&self, names: bool) -> Result<Option<Value>, String> {
        let Node::Join { any, parts } = &self.0 else { return Ok(None) };
        let (mut filters, mut groups) = (Vec::new(), Vec::new());
        for part in parts {
            match &part.0 {
                Node::One { field, kind, value } => {
                    filters.push(json!({ "field": field.in_filter(names)?, "type": kind, "value": value }));
                }
                Node::Join { .. } => groups.extend(part.group(names)?),
            }
        }
        if filters.is_empty() && groups.is_empty() {
            return Ok(None);
        }
        let kind = if *any { "OR" } else { "AND" };
        Ok(Some(json!({ "filter_type": kind, "filters": filters, "groups": groups })))
    }

    /// Two conditions as one, without a level of its own for each.
    fn joined(self, any: bool, other: Self) -> Self {
        let mut parts = Vec::new();
        for one in [self, other] {
            match one.0 {
                Node::Join { any: same, parts: inner } if same == any => parts.extend(inner),
                node => parts.push(Self(node)),
            }
        }
        Self(Node::Join { any, parts })
    }
}

impl std::ops::BitAnd for Filter {
    type Output = Self;

    /// Both.
    fn bitand(self, other: Self) -> Self {
        self.joined(false, other)
    }
}

impl std::ops::BitOr for Filter {
    type Output = Self;

    /// Either.
    fn bitor(self, other: Self) -> Self {
        self.joined(true, other)
    }
}

macro_rules! conditions {
    ($($(#[$doc:meta])* $name:ident $(($value:ident: $type:ty))? = $kind:literal;)*) => {
        impl Condition {
            $(
                $(#[$doc])*
                #[must_use]
                pub fn $name(self $(, $value: $type)?) -> Filter {
                    let text = String::new();
                    $(let text = text + &$value.to_string();)?
                    Filter::of(self.0, $kind, text)
                }
            )*

            /// The types that have a method here.
            pub const KNOWN: &'static [&'static str] = &[$($kind),*];
        }
    };
}

// facts: baserow 3.7
conditions! {
    /// The cell is this.
    equal(value: impl Display) = "equal";
    /// The cell is not this.
    not_equal(value: impl Display) = "not_equal";
    /// The text of the cell contains this, in any case.
    contains(text: impl Display) = "contains";
    /// The text of the cell does not contain this.
    contains_not(text: impl Display) = "contains_not";
    /// The text of the cell contains this as a word.
    contains_word(word: impl Display) = "contains_word";
    /// The text of the cell does not contain this as a word.
    doesnt_contain_word(word: impl Display) = "doesnt_contain_word";
    /// The text of the cell has fewer characters.
    length_is_lower_than(count: u64) = "length_is_lower_than";
    /// The number is above this.
    higher_than(number: impl Display) = "higher_than";
    /// The number is this or above.
    higher_than_or_equal(number: impl Display) = "higher_than_or_equal";
    /// The number is below this.
    lower_than(number: impl Display) = "lower_than";
    /// The number is this or below.
    lower_than_or_equal(number: impl Display) = "lower_than_or_equal";
    /// The number is whole and even.
    is_even_and_whole = "is_even_and_whole";
    /// The box is ticked, or not.
    boolean(ticked: bool) = "boolean";
    /// The cell is empty.
    empty = "empty";
    /// The cell is not empty.
    not_empty = "not_empty";
    /// This option is selected.
    single_select_equal(option: i64) = "single_select_equal";
    /// Another option is selected, or none.
    single_select_not_equal(option: i64) = "single_select_not_equal";
    /// One of these options is selected.
    single_select_is_any_of(options: Ids) = "single_select_is_any_of";
    /// None of these options is selected.
    single_select_is_none_of(options: Ids) = "single_select_is_none_of";
    /// This option is among the selected ones.
    multiple_select_has(option: i64) = "multiple_select_has";
    /// This option is not among the selected ones.
    multiple_select_has_not(option: i64) = "multiple_select_has_not";
    /// The cell links to this row.
    link_row_has(row: i64) = "link_row_has";
    /// The cell does not link to this row.
    link_row_has_not(row: i64) = "link_row_has_not";
    /// The cell links to a row whose primary cell contains this.
    link_row_contains(text: impl Display) = "link_row_contains";
    /// The cell links to no row whose primary cell contains this.
    link_row_not_contains(text: impl Display) = "link_row_not_contains";
    /// This person is among the collaborators.
    multiple_collaborators_has(user: i64) = "multiple_collaborators_has";
    /// This person is not among the collaborators.
    multiple_collaborators_has_not(user: i64) = "multiple_collaborators_has_not";
    /// It was this person.
    user_is(user: i64) = "user_is";
    /// It was somebody else.
    user_is_not(user: i64) = "user_is_not";
    /// The name of a file contains this.
    filename_contains(text: impl Display) = "filename_contains";
    /// A file is an `image`, or a `document`.
    has_file_type(kind: impl Display) = "has_file_type";
    /// There are fewer files.
    files_lower_than(count: u64) = "files_lower_than";
    /// The date is this.
    date_is(date: DateValue) = "date_is";
    /// The date is not this.
    date_is_not(date: DateValue) = "date_is_not";
    /// The date is earlier.
    date_is_before(date: DateValue) = "date_is_before";
    /// The date is this or earlier.
    date_is_on_or_before(date: DateValue) = "date_is_on_or_before";
    /// The date is later.
    date_is_after(date: DateValue) = "date_is_after";
    /// The date is this or later.
    date_is_on_or_after(date: DateValue) = "date_is_on_or_after";
    /// The date is between today and this.
    date_is_within(date: DateValue) = "date_is_within";
}

/// Several ids in one value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ids(String);

impl<I: IntoIterator<Item = i64>> From<I> for Ids {
    fn from(ids: I) -> Self {
        Self(ids.into_iter().map(|id| id.to_string()).collect::<Vec<_>>().join(","))
    }
}

impl Display for Ids {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a date is compared with: a day, or one counted from today, in a time zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateValue {
    zone: Option<String>,
    value: String,
    operator: &'static str,
}

impl DateValue {
    fn new(value: impl Display, operator: &'static str) -> Self {
        Self { zone: None, value: value.to_string(), operator }
    }

    /// A day, as `2024-02-01`.
    #[must_use]
    pub fn day(day: impl Display) -> Self {
        Self::new(day, "exact_date")
    }

    /// Today.
    #[must_use]
    pub fn today() -> Self {
        Self::new("", "today")
    }

    /// Yesterday.
    #[must_use]
    pub fn yesterday() -> Self {
        Self::new("", "yesterday")
    }

    /// Tomorrow.
    #[must_use]
    pub fn tomorrow() -> Self {
        Self::new("", "tomorrow")
    }

    /// So many days before today.
    #[must_use]
    pub fn days_ago(days: u32) -> Self {
        Self::new(days, "nr_days_ago")
    }

    /// So many days after today.
    #[must_use]
    pub fn days_from_now(days: u32) -> Self {
        Self::new(days, "nr_days_from_now")
    }

    /// So many weeks before this one.
    #[must_use]
    pub fn weeks_ago(weeks: u32) -> Self {
        Self::new(weeks, "nr_weeks_ago")
    }

    /// So many months before this one.
    #[must_use]
    pub fn months_ago(months: u32) -> Self {
        Self::new(months, "nr_months_ago")
    }

    /// Any other way of counting that the server knows, such as `this_week`.
    #[must_use]
    pub fn of(operator: &'static str, value: impl Display) -> Self {
        Self::new(value, operator)
    }

    /// As the clocks in this zone say: `Europe/Amsterdam`. The server's default is UTC.
    #[must_use]
    pub fn in_zone(mut self, zone: impl Into<String>) -> Self {
        self.zone = Some(zone.into());
        self
    }
}

impl Display for DateValue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}?{}?{}", self.zone.as_deref().unwrap_or("UTC"), self.value, self.operator)
    }
}
