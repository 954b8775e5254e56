//! The functions that formulas can call, by name, with what they take and give.

use super::functions::Nulls;
use super::functions::{Function, Gives, MOST_DECIMALS, Run, Takes};
use super::{arithmetic, dates, files, logic, numbers, spans, texts};

use Gives::{Decimals, First, Special, Widest};
use Takes::{Any, Boolean, Date, Duration, File, Link, Number, Text};

const fn plain(name: &'static str, takes: &'static [Takes], gives: Gives, run: Run) -> Function {
    let nulls = Nulls::Never;
    Function { name, takes, optional: 0, variadic: false, gives, nulls, fills: true, aggregates: false, run }
}

const fn nulls(function: Function, nulls: Nulls) -> Function {
    Function { nulls, ..function }
}

const fn raw(name: &'static str, takes: &'static [Takes], gives: Gives, run: Run) -> Function {
    Function { fills: false, ..plain(name, takes, gives, run) }
}

const fn aggregate(name: &'static str, takes: &'static [Takes], gives: Gives) -> Function {
    Function { fills: false, aggregates: true, ..plain(name, takes, gives, logic::run) }
}

/// All of them, by name.
pub(super) const FUNCTIONS: &[Function] = &[
    plain("abs", &[Number], First, numbers::run),
    nulls(plain("add", &[Any, Any], Special, arithmetic::run), Nulls::AnyDate),
    plain("and", &[Boolean, Boolean], Gives::Boolean, logic::run),
    aggregate("any", &[Boolean], First),
    aggregate("avg", &[Number], First),
    plain("button", &[Text, Text], Gives::Button, files::run),
    plain("ceil", &[Number], Decimals(0), numbers::run),
    Function { variadic: true, ..raw("concat", &[Any, Any], Gives::Text, texts::run) },
    plain("contains", &[Text, Text], Gives::Boolean, texts::run),
    aggregate("count", &[Any], Decimals(0)),
    nulls(plain("date_diff", &[Text, Date, Date], Decimals(0), dates::run), Nulls::AnyDate),
    nulls(plain("date_interval", &[Text], Gives::Duration, spans::run), Nulls::Always),
    nulls(plain("datetime_format", &[Date, Text], Gives::Text, dates::run), Nulls::First),
    nulls(plain("datetime_format_tz", &[Date, Text, Text], Gives::Text, dates::run), Nulls::Always),
    nulls(plain("day", &[Date], Decimals(0), dates::run), Nulls::First),
    nulls(plain("divide", &[Any, Any], Special, arithmetic::run), Nulls::AnyDate),
    plain("encode_uri", &[Text], Gives::Text, texts::run),
    plain("encode_uri_component", &[Text], Gives::Text, texts::run),
    raw("equal", &[Any, Any], Special, logic::run),
    plain("even", &[Number], Gives::Boolean, numbers::run),
    aggregate("every", &[Boolean], First),
    plain("exp", &[Number], First, numbers::run),
    raw("filter", &[Any, Boolean], First, logic::run),
    plain("floor", &[Number], Decimals(0), numbers::run),
    aggregate("get_file_count", &[File], Decimals(0)),
    nulls(raw("get_file_mime_type", &[File], Gives::Text, files::run), Nulls::First),
    nulls(raw("get_file_size", &[File], Decimals(0), files::run), Nulls::First),
    nulls(raw("get_file_visible_name", &[File], Gives::Text, files::run), Nulls::First),
    nulls(raw("get_image_height", &[File], Decimals(0), files::run), Nulls::Always),
    nulls(raw("get_image_width", &[File], Decimals(0), files::run), Nulls::Always),
    nulls(raw("get_link_label", &[Link], Gives::Text, files::run), Nulls::First),
    nulls(raw("get_link_url", &[Link], Gives::Text, files::run), Nulls::First),
    plain("greater_than", &[Any, Any], Special, logic::run),
    plain("greater_than_or_equal", &[Any, Any], Special, logic::run),
    raw("greatest", &[Number, Number], Widest, numbers::run),
    aggregate("has_option", &[Any, Text], Gives::Boolean),
    raw("if", &[Boolean, Any, Any], Special, logic::run),
    aggregate("index", &[File, Number], First),
    plain("int", &[Number], Decimals(0), numbers::run),
    raw("is_image", &[File], Gives::Boolean, files::run),
    plain("is_nan", &[Number], Gives::Boolean, numbers::run),
    raw("is_null", &[Any], Gives::Boolean, logic::run),
    plain("isblank", &[Any], Gives::Boolean, logic::run),
    aggregate("join", &[Text, Text], Gives::Text),
    raw("least", &[Number, Number], Widest, numbers::run),
    nulls(plain("left", &[Text, Number], First, texts::run), Nulls::Always),
    plain("length", &[Text], Decimals(0), texts::run),
    plain("less_than", &[Any, Any], Special, logic::run),
    plain("less_than_or_equal", &[Any, Any], Special, logic::run),
    Function { optional: 1, ..nulls(raw("link", &[Text, Text], Gives::Link, files::run), Nulls::First) },
    plain("ln", &[Number], First, numbers::run),
    plain("log", &[Number, Number], Widest, numbers::run),
    plain("lower", &[Text], Gives::Text, texts::run),
    aggregate("max", &[Any], First),
    aggregate("min", &[Any], First),
    nulls(plain("minus", &[Any, Any], Special, arithmetic::run), Nulls::AnyDate),
    plain("mod", &[Number, Number], Widest, numbers::run),
    nulls(plain("month", &[Date], Decimals(0), dates::run), Nulls::First),
    nulls(plain("multiply", &[Any, Any], Special, arithmetic::run), Nulls::AnyDate),
    plain("not", &[Boolean], Gives::Boolean, logic::run),
    raw("not_equal", &[Any, Any], Special, logic::run),
    plain("now", &[], Special, dates::run),
    plain("odd", &[Number], Gives::Boolean, numbers::run),
    plain("or", &[Boolean, Boolean], Gives::Boolean, logic::run),
    plain("power", &[Number, Number], Widest, numbers::run),
    plain("regex_replace", &[Text, Text, Text], First, texts::run),
    plain("replace", &[Text, Text, Text], Gives::Text, texts::run),
    plain("reverse", &[Text], First, texts::run),
    nulls(plain("right", &[Text, Number], First, texts::run), Nulls::Always),
    plain("round", &[Number, Number], Special, numbers::run),
    plain("row_id", &[], Decimals(0), logic::run),
    plain("search", &[Text, Text], Decimals(0), texts::run),
    nulls(plain("second", &[Date], Special, dates::run), Nulls::First),
    plain("sign", &[Number], Decimals(0), numbers::run),
    plain("split_part", &[Text, Text, Number], Gives::Text, texts::run),
    plain("sqrt", &[Number], First, numbers::run),
    aggregate("stddev_pop", &[Number], First),
    aggregate("stddev_sample", &[Number], First),
    aggregate("sum", &[Number], First),
    plain("t", &[Any], Special, texts::run),
    nulls(plain("todate", &[Text, Text], Special, dates::run), Nulls::Always),
    nulls(plain("todate_tz", &[Text, Text, Text], Special, dates::run), Nulls::Always),
    plain("today", &[], Special, dates::run),
    nulls(plain("toduration", &[Number], Gives::Duration, spans::run), Nulls::Always),
    plain("tonumber", &[Text], Decimals(MOST_DECIMALS), texts::run),
    plain("toseconds", &[Duration], Decimals(0), spans::run),
    raw("totext", &[Any], Gives::Text, texts::run),
    raw("tourl", &[Text], Gives::Url, texts::run),
    plain("trim", &[Text], Gives::Text, texts::run),
    plain("trunc", &[Number], Decimals(0), numbers::run),
    plain("upper", &[Text], Gives::Text, texts::run),
    aggregate("variance_pop", &[Number], First),
    aggregate("variance_sample", &[Number], First),
    raw("when_empty", &[Any, Any], Special, logic::run),
    plain("when_nan", &[Number, Number], Widest, numbers::run),
    nulls(plain("year", &[Date], Decimals(0), dates::run), Nulls::First),
];

/// Functions that the product has for itself: formulas of people have them nowhere.
pub(super) const BEYOND: &[(&str, &str)] = &[
    ("array_agg", "the product uses it for itself"),
    ("bc_to_null", "the product uses it for itself"),
    ("error_to_nan", "the product uses it for itself"),
    ("error_to_null", "the product uses it for itself"),
    ("tovarchar", "the product uses it for itself"),
];
