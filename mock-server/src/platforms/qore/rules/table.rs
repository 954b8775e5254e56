//! The rules: name, parameters, Laravel's sentence, and what each asks.

use super::asked::Asked;
use super::checks as t;
use super::known::find;
use super::size::Measure;
use crate::platforms::qore::application::Rule;
use crate::platforms::qore::eyes::shown;

/// A rule.
pub(super) struct Known {
    pub(super) name: &'static str,
    /// How many parameters, at least and at most.
    pub(super) takes: (usize, usize),
    /// What they are.
    pub(super) are: Are,
    /// What is said where it is broken: `{a}` is the field, `{0}` and `{1}` are parameters, `{values}` all, `{other}` the field
    /// that the first names, `{names}` the fields that all name, `{unit}` what sizes are counted in.
    pub(super) says: &'static str,
    /// The same of a list.
    pub(super) of_lists: &'static str,
    /// Whether a value keeps it.
    pub(super) asks: fn(&Asked<'_>) -> bool,
}

/// What parameters are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Are {
    Texts,
    Numbers,
    Wholes,
    NumberOrField,
    Fields,
    FieldThenTexts,
    DateOrField,
    Format,
    Pattern,
    Extensions,
    MediaTypes,
    /// A resource, and a field of it.
    Target,
}

/// The rules that are asked of what is empty, too; where one is broken the others are not asked.
pub(in super::super) const IMPLICIT: [&str; 9] = [
    "accepted",
    "filled",
    "present",
    "prohibited",
    "required",
    "required_if",
    "required_unless",
    "required_with",
    "required_without",
];

const ANY: usize = usize::MAX;

const fn rule(
    name: &'static str,
    takes: (usize, usize),
    are: Are,
    says: &'static str,
    asks: fn(&Asked<'_>) -> bool,
) -> Known {
    Known { name, takes, are, says, of_lists: says, asks }
}

const fn sized(
    name: &'static str,
    takes: (usize, usize),
    are: Are,
    says: [&'static str; 2],
    asks: fn(&Asked<'_>) -> bool,
) -> Known {
    Known { name, takes, are, says: says[0], of_lists: says[1], asks }
}

const fn plain(name: &'static str, says: &'static str, asks: fn(&Asked<'_>) -> bool) -> Known {
    rule(name, (0, 0), Are::Texts, says, asks)
}

#[rustfmt::skip]
pub(super) const RULES: &[Known] = &[
    // about being there
    plain("accepted", "The {a} field must be accepted.", t::accepted),
    plain("bail", "", t::always),
    plain("filled", "The {a} field must have a value.", t::filled),
    plain("nullable", "", t::always),
    plain("present", "The {a} field must be present.", |asked| asked.present),
    plain("prohibited", "The {a} field is prohibited.", |asked| asked.is_empty()),
    plain("required", "The {a} field is required.", |asked| !asked.is_empty()),
    rule("required_if", (2, ANY), Are::FieldThenTexts, "The {a} field is required when {other} is {held}.", t::required_if),
    rule("required_unless", (2, ANY), Are::FieldThenTexts, "The {a} field is required unless {other} is in {rest}.", t::required_unless),
    rule("required_with", (1, ANY), Are::Fields, "The {a} field is required when {names} is present.", t::required_with),
    rule("required_without", (1, ANY), Are::Fields, "The {a} field is required when {names} is not present.", t::required_without),
    plain("sometimes", "", t::always),
    // of what type
    plain("array", "The {a} field must be an array.", |asked| asked.value.is_array()),
    plain("boolean", "The {a} field must be true or false.", t::boolean),
    plain("file", "The {a} field must be a file.", |asked| asked.upload.is_some()),
    plain("integer", "The {a} field must be an integer.", t::integer),
    plain("json", "The {a} field must be a valid JSON string.", t::json),
    plain("numeric", "The {a} field must be a number.", t::numeric),
    plain("string", "The {a} field must be a string.", |asked| asked.value.is_string()),
    // how texts are written
    plain("alpha", "The {a} field must only contain letters.", |asked| t::letters(asked, "", false)),
    plain("alpha_dash", "The {a} field must only contain letters, numbers, dashes, and underscores.", |asked| t::letters(asked, "-_", true)),
    plain("alpha_num", "The {a} field must only contain letters and numbers.", |asked| t::letters(asked, "", true)),
    plain("email", "The {a} field must be a valid email address.", t::email),
    rule("ends_with", (1, ANY), Are::Texts, "The {a} field must end with one of the following: {values}.", |asked| asked.some_text(|text, end| text.ends_with(end))),
    plain("ip", "The {a} field must be a valid IP address.", |asked| asked.is_text(|text| text.parse::<std::net::IpAddr>().is_ok())),
    plain("lowercase", "The {a} field must be lowercase.", |asked| asked.is_text(|text| text == text.to_lowercase())),
    rule("not_regex", (1, ANY), Are::Pattern, "The {a} field format is invalid.", |asked| t::regex(asked) == Some(false)),
    rule("regex", (1, ANY), Are::Pattern, "The {a} field format is invalid.", |asked| t::regex(asked) == Some(true)),
    rule("starts_with", (1, ANY), Are::Texts, "The {a} field must start with one of the following: {values}.", |asked| asked.some_text(|text, start| text.starts_with(start))),
    plain("uppercase", "The {a} field must be uppercase.", |asked| asked.is_text(|text| text == text.to_uppercase())),
    plain("url", "The {a} field must be a valid URL.", t::url),
    plain("uuid", "The {a} field must be a valid UUID.", |asked| asked.is_text(|text| text.len() == 36 && uuid::Uuid::try_parse(text).is_ok())),
    // how large they are
    sized("between", (2, 2), Are::Numbers, ["The {a} field must be between {0} and {1}{unit}.", "The {a} field must have between {0} and {1} items."], |asked| asked.sized(0, |size, least| size >= least) && asked.sized(1, |size, most| size <= most)),
    rule("decimal", (1, 2), Are::Wholes, "The {a} field must have {range} decimal places.", t::decimal),
    rule("digits", (1, 1), Are::Wholes, "The {a} field must be {0} digits.", |asked| t::digits(asked).is_some_and(|count| asked.whole(0) == Some(count))),
    rule("digits_between", (2, 2), Are::Wholes, "The {a} field must be between {0} and {1} digits.", |asked| t::digits(asked).is_some_and(|count| asked.whole(0) <= Some(count) && Some(count) <= asked.whole(1))),
    sized("gt", (1, 1), Are::NumberOrField, ["The {a} field must be greater than {size}{unit}.", "The {a} field must have more than {size} items."], |asked| asked.sized(0, |size, other| size > other)),
    sized("gte", (1, 1), Are::NumberOrField, ["The {a} field must be greater than or equal to {size}{unit}.", "The {a} field must have {size} items or more."], |asked| asked.sized(0, |size, other| size >= other)),
    sized("lt", (1, 1), Are::NumberOrField, ["The {a} field must be less than {size}{unit}.", "The {a} field must have less than {size} items."], |asked| asked.sized(0, |size, other| size < other)),
    sized("lte", (1, 1), Are::NumberOrField, ["The {a} field must be less than or equal to {size}{unit}.", "The {a} field must not have more than {size} items."], |asked| asked.sized(0, |size, other| size <= other)),
    sized("max", (1, 1), Are::Numbers, ["The {a} field must not be greater than {0}{unit}.", "The {a} field must not have more than {0} items."], |asked| asked.sized(0, |size, most| size <= most)),
    sized("min", (1, 1), Are::Numbers, ["The {a} field must be at least {0}{unit}.", "The {a} field must have at least {0} items."], |asked| asked.sized(0, |size, least| size >= least)),
    #[allow(clippy::float_cmp, reason = "`size:2.5` means just that")]
    sized("size", (1, 1), Are::Numbers, ["The {a} field must be {0}{unit}.", "The {a} field must contain {0} items."], |asked| asked.sized(0, |size, wanted| size == wanted)),
    // when
    rule("after", (1, 1), Are::DateOrField, "The {a} field must be a date after {date}.", |asked| t::dated(asked, |own, other| own > other)),
    rule("after_or_equal", (1, 1), Are::DateOrField, "The {a} field must be a date after or equal to {date}.", |asked| t::dated(asked, |own, other| own >= other)),
    rule("before", (1, 1), Are::DateOrField, "The {a} field must be a date before {date}.", |asked| t::dated(asked, |own, other| own < other)),
    rule("before_or_equal", (1, 1), Are::DateOrField, "The {a} field must be a date before or equal to {date}.", |asked| t::dated(asked, |own, other| own <= other)),
    plain("date", "The {a} field must be a valid date.", |asked| asked.date(asked.value).is_some()),
    rule("date_format", (1, 1), Are::Format, "The {a} field must match the format {0}.", t::date_format),
    // among others
    plain("confirmed", "The {a} field confirmation does not match.", t::confirmed),
    rule("different", (1, 1), Are::Fields, "The {a} field and {other} must be different.", |asked| !t::same(asked)),
    plain("distinct", "The {a} field has a duplicate value.", t::distinct),
    rule("exists", (1, 2), Are::Target, "The selected {a} is invalid.", t::exists),
    rule("in", (1, ANY), Are::Texts, "The selected {a} is invalid.", |asked| t::among(asked, true)),
    rule("not_in", (1, ANY), Are::Texts, "The selected {a} is invalid.", |asked| t::among(asked, false)),
    rule("same", (1, 1), Are::Fields, "The {a} field must match {other}.", t::same),
    rule("unique", (0, 2), Are::Target, "The {a} has already been taken.", t::unique),
    // files
    plain("image", "The {a} field must be an image.", t::image),
    rule("mimes", (1, ANY), Are::Extensions, "The {a} field must be a file of type: {values}.", t::mimes),
    rule("mimetypes", (1, ANY), Are::MediaTypes, "The {a} field must be a file of type: {values}.", t::mimetypes),
];

/// Whether a value keeps a rule. One that nobody knows asks nothing: the application's reader has refused it.
pub(in super::super) fn kept(rule: &Rule, asked: &Asked<'_>) -> bool {
    find(&rule.name).is_none_or(|known| (known.asks)(asked))
}

/// What is said of a broken rule.
pub(in super::super) fn sentence(rule: &Rule, asked: &Asked<'_>) -> String {
    let Some(known) = find(&rule.name) else { return String::new() };
    let text = if asked.measure == Measure::Items { known.of_lists } else { known.says };
    let parameter = |index: usize| rule.parameters.get(index).map_or("", String::as_str);
    let names = || rule.parameters.iter().map(|one| attribute(one)).collect::<Vec<_>>().join(" / ");
    let date = || match asked.date_of(parameter(0)).is_some() && !asked.names_field(parameter(0)) {
        true => parameter(0).to_owned(),
        false => attribute(parameter(0)),
    };
    let filled: [(&str, &dyn Fn() -> String); 12] = [
        ("{a}", &|| attribute(asked.name)),
        ("{0}", &|| parameter(0).to_owned()),
        ("{1}", &|| parameter(1).to_owned()),
        ("{values}", &|| rule.parameters.join(", ")),
        ("{rest}", &|| rule.parameters.iter().skip(1).cloned().collect::<Vec<_>>().join(", ")),
        ("{range}", &|| rule.parameters.join("-")),
        ("{other}", &|| attribute(parameter(0))),
        ("{held}", &|| shown(asked.other(0))),
        ("{names}", &names),
        ("{date}", &date),
        ("{size}", &|| asked.bound(0).map_or_else(|| parameter(0).to_owned(), |size| size.to_string())),
        ("{unit}", &|| asked.measure.unit().to_owned()),
    ];
    filled.iter().fold(text.to_owned(), |text, (hole, fill)| match text.contains(hole) {
        true => text.replace(hole, &fill()),
        false => text,
    })
}

/// What is said where a value does not even become what a field holds.
pub(in super::super) fn said(rule: &str, field: &str, parameters: &[&str]) -> String {
    let text = find(rule).map_or("", |known| known.says);
    let first = parameters.first().copied().unwrap_or_default();
    text.replace("{a}", &attribute(field)).replace("{0}", first).replace("{range}", &parameters.join("-"))
}

/// A field's name as sentences say it: `due_on` is `due on`.
pub(in super::super) fn attribute(name: &str) -> String {
    name.replace('_', " ")
}
