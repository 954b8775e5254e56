//! What formulas are and give, as the product's reference of formulas tells.

use std::collections::HashMap;

use serde_json::{Value as Json, json};

use super::program::{Program, Resolved};
use super::{Cells, Fields, Kind, Typed, parse, renamed, type_of};

/// A table: name, id, type of the field, options, cell.
struct Table(Vec<(&'static str, u64, &'static str, Json, Json)>);

fn table() -> Table {
    let option = json!({ "id": 7, "value": "red", "color": "dark-red" });
    Table(vec![
        ("Name", 1, "text", json!({}), json!("Ada Lovelace")),
        ("Empty", 2, "text", json!({}), Json::Null),
        ("Price", 3, "number", json!({ "number_decimal_places": 2, "number_prefix": "$" }), json!("12.50")),
        ("Count", 4, "number", json!({ "number_decimal_places": 0 }), Json::Null),
        ("Active", 5, "boolean", json!({}), json!(true)),
        ("Day", 6, "date", json!({ "date_format": "EU", "date_include_time": false }), json!("2024-02-01")),
        (
            "Moment",
            7,
            "date",
            json!({ "date_format": "US", "date_include_time": true, "date_time_format": "12" }),
            json!("2024-02-01T20:05:09Z"),
        ),
        ("Color", 8, "single_select", json!({}), option.clone()),
        ("Colors", 9, "multiple_select", json!({}), json!([option.clone(), option])),
        ("Time", 10, "duration", json!({ "duration_format": "h:mm" }), json!(5400.0)),
        ("It's", 11, "text", json!({}), json!("quoted")),
        ("Never", 12, "date", json!({ "date_format": "ISO", "date_include_time": true }), Json::Null),
        (
            "Files",
            13,
            "file",
            json!({}),
            json!([
                { "name": "a_b.png", "visible_name": "one.png", "size": 12, "mime_type": "image/png",
                  "is_image": true, "image_width": 3, "image_height": 4 },
                { "name": "c_d.txt", "visible_name": "two.txt", "size": 7, "mime_type": "text/plain",
                  "is_image": false, "image_width": null, "image_height": null },
            ]),
        ),
    ])
}

impl Fields for Table {
    fn field(&self, name: &str) -> Result<Resolved, String> {
        if name == "Orders" {
            return self.lookup(name, "Name");
        }
        let found = self.0.iter().find(|field| field.0 == name);
        let (_, id, kind, options, _) = found.ok_or_else(|| format!("there is no field `{name}`"))?;
        let typed = Kind::of_plain_field(kind, options.as_object().unwrap()).unwrap();
        Ok(Resolved::own(*id, typed))
    }

    fn lookup(&self, link: &str, name: &str) -> Result<Resolved, String> {
        let (through, target, kind) = match (link, name) {
            ("Orders", "Name") => (20, 21, Kind::Text),
            ("Orders", "Total") => (20, 22, Kind::number(1)),
            ("Orders", "Paid") => (20, 23, Kind::Boolean),
            ("Others", "Total") => (30, 31, Kind::number(1)),
            _ => return Err(format!("there is no link `{link}`")),
        };
        Ok(Resolved::linked(through, target, Typed { kind, nullable: true }))
    }
}

impl Cells for Table {
    fn row(&self) -> u64 {
        42
    }

    fn now(&self) -> jiff::Timestamp {
        "2024-03-01T10:20:30.5Z".parse().unwrap()
    }

    fn cell(&self, field: u64) -> Json {
        self.0.iter().find(|one| one.1 == field).map(|one| one.4.clone()).unwrap()
    }

    fn linked(&self, _: u64, target: u64) -> Vec<(u64, Json)> {
        let cells = match target {
            21 => [json!("A"), json!("B"), Json::Null],
            22 => [json!("10.5"), json!("2.0"), Json::Null],
            23 => [json!(true), json!(false), json!(true)],
            _ => return Vec::new(),
        };
        [3, 5, 8].into_iter().zip(cells).collect()
    }
}

fn compute(formula: &str) -> (String, Json) {
    let table = table();
    let expr = parse(formula).unwrap_or_else(|error| panic!("{formula}: {error}"));
    let resolved = type_of(&expr, &table).unwrap_or_else(|error| panic!("{formula}: {error}"));
    let shown = resolved.typed();
    let program = Program::new(resolved, shown);
    let typed = program.typed();
    let name = match &typed.kind {
        Kind::Number(numbers) => format!("{}number({})", numbers.prefix, numbers.decimals),
        Kind::Array(element) => format!("array({})", element.name()),
        other => other.name().to_owned(),
    };
    (name, program.cell(&table))
}

#[test]
fn formulas_give_what_the_product_gives() {
    let cases: &[(&str, &str, Json)] = &[
        ("field('Name')", "text", json!("Ada Lovelace")),
        ("field('Empty')", "text", Json::Null),
        ("upper(left(field('Name'), 3))", "text", json!("ADA")),
        ("right(field('Name'), -4)", "text", json!("Lovelace")),
        (
            "concat(field('Name'), ' ', field('Empty'), field('Price'), true)",
            "text",
            json!("Ada Lovelace 12.50true"),
        ),
        ("field('Price') * 2", "$number(2)", json!("25.00")),
        ("1 + 2 * 3 - 4 / 2", "number(10)", json!("5.0000000000")),
        ("(1 + 2) * 3", "number(0)", json!("9")),
        ("1 / 3", "number(10)", json!("0.3333333333")),
        ("1 / 3 * 3", "number(10)", json!("1.0000000000")),
        ("field('Price') / 0", "number(10)", json!("NaN")),
        ("field('Count') + 1", "number(0)", json!("1")),
        ("field('Count')", "number(0)", Json::Null),
        ("-1.25 + 1", "number(2)", json!("-0.25")),
        ("round(2.555, 2)", "number(2)", json!("2.56")),
        ("round(-2.5, 0)", "number(0)", json!("-3")),
        ("round(1234, -2)", "number(0)", json!("1200")),
        ("ceil(-1.5)", "number(0)", json!("-1")),
        ("floor(-1.5)", "number(0)", json!("-2")),
        ("trunc(-1.5)", "number(0)", json!("-1")),
        ("mod(-7, 3)", "number(0)", json!("-1")),
        ("even(field('Count'))", "boolean", json!(true)),
        ("greatest(1.5, 2)", "number(1)", json!("2.0")),
        ("if(field('Price') > 10 && field('Active'), 'dear', 'cheap')", "text", json!("dear")),
        ("if(field('Active'), 1, 'no')", "text", json!("1")),
        ("field('Name') = 'Ada Lovelace'", "boolean", json!(true)),
        ("field('Empty') = ''", "boolean", json!(false)),
        ("field('Price') = '12.50'", "boolean", json!(true)),
        ("field('Price') = 12.5", "boolean", json!(true)),
        ("field('Color') = 'red'", "boolean", json!(true)),
        ("isblank(field('Empty')) || false", "boolean", json!(true)),
        ("is_null(field('Empty'))", "boolean", json!(true)),
        ("when_empty(field('Empty'), 'none')", "text", json!("none")),
        ("length(reverse('äbc'))", "number(0)", json!("3")),
        ("search('hello', 'l')", "number(0)", json!("3")),
        ("contains('hello', 'z')", "boolean", json!(false)),
        ("replace('a-b-c', '-', '+')", "text", json!("a+b+c")),
        ("split_part('a-b-c', '-', 2)", "text", json!("b")),
        ("trim('  a ')", "text", json!("a")),
        ("tonumber(' 1.5 ')", "number(10)", json!("1.5000000000")),
        ("tonumber('1e999999999')", "number(10)", json!("NaN")),
        ("tonumber('x')", "number(10)", json!("NaN")),
        ("totext(field('Day'))", "text", json!("01/02/2024")),
        ("totext(field('Moment'))", "text", json!("02/01/2024 08:05PM")),
        ("totext(field('Time'))", "text", json!("1:30")),
        ("totext(field('Colors'))", "text", json!("red, red")),
        ("count(field('Colors'))", "number(0)", json!("2")),
        ("year(field('Day')) + month(field('Day'))", "number(0)", json!("2026")),
        ("field('Day') < field('Moment')", "boolean", json!(true)),
        ("field('Moment')", "date", json!("2024-02-01T20:05:09Z")),
        ("field('Time')", "duration", json!(5400.0)),
        ("row_id()", "number(0)", json!("42")),
        ("field(\"It's\")", "text", json!("quoted")),
        ("FIELD('It\\'s') /* a comment */ // another", "text", json!("quoted")),
        (
            "field('Orders')",
            "array(text)",
            json!([{ "id": 3, "value": "A" }, { "id": 5, "value": "B" }, { "id": 8, "value": null }]),
        ),
        ("count(field('Orders'))", "number(0)", json!("3")),
        ("join(field('Orders'), '+')", "text", json!("A+B+")),
        ("sum(lookup('Orders', 'Total'))", "number(1)", json!("12.5")),
        ("sum(lookup('Orders', 'Total') * 2) + 1", "number(1)", json!("26.0")),
        ("avg(lookup('Orders', 'Total'))", "number(1)", json!("6.3")),
        ("min(lookup('Orders', 'Total'))", "number(1)", json!("2.0")),
        ("max(lookup('Others', 'Total'))", "number(1)", json!("0.0")),
        ("variance_pop(lookup('Orders', 'Total'))", "number(1)", json!("18.1")),
        ("any(lookup('Orders', 'Paid'))", "boolean", json!(true)),
        ("every(lookup('Orders', 'Paid'))", "boolean", json!(false)),
        (
            "lookup('Orders', 'Total') + 1",
            "array(number)",
            json!([{ "id": 3, "value": "11.5" }, { "id": 5, "value": "3.0" }, { "id": 8, "value": "1.0" }]),
        ),
    ];
    for (formula, kind, cell) in cases {
        assert_eq!(compute(formula), ((*kind).to_owned(), cell.clone()), "{formula}");
    }
}

/// What each formula is and gives.
fn give(cases: &[(&str, &str, Json)]) {
    for (formula, kind, cell) in cases {
        assert_eq!(compute(formula), ((*kind).to_owned(), cell.clone()), "{formula}");
    }
}

#[test]
fn dates_and_durations_are_reckoned_with() {
    give(&[
        ("now()", "date", json!("2024-03-01T10:20:30.500000Z")),
        ("today()", "date", json!("2024-03-01")),
        ("today() - field('Day')", "duration", json!(2_505_600.0)),
        ("date_diff('day', field('Day'), today())", "number(0)", json!("29")),
        ("date_diff('yy', todate('2023-12-31', 'YYYY-MM-DD'), field('Day'))", "number(0)", json!("1")),
        ("date_diff('month', field('Day'), todate('2023-12-31', 'YYYY-MM-DD'))", "number(0)", json!("-2")),
        ("date_diff('week', field('Day'), field('Day') + date_interval('11 days'))", "number(0)", json!("2")),
        ("date_diff('hh', field('Day'), field('Moment'))", "number(0)", json!("20")),
        ("date_diff('second', field('Day'), field('Moment'))", "number(0)", json!("72309")),
        ("date_diff('fortnight', field('Day'), field('Moment'))", "number(0)", json!("NaN")),
        ("date_diff('day', field('Never'), field('Moment'))", "number(0)", Json::Null),
        ("field('Day') + date_interval('1 month')", "date", json!("2024-03-01")),
        ("todate('2024-01-31', 'YYYY-MM-DD') + date_interval('1 month')", "date", json!("2024-02-29")),
        ("field('Moment') - date_interval('1 day 00:05:09')", "date", json!("2024-01-31T20:00:00Z")),
        ("field('Never') + date_interval('1 day')", "date", Json::Null),
        ("field('Moment') + field('Time')", "date", json!("2024-02-01T21:35:09Z")),
        ("date_interval('2 hours 30 minutes')", "duration", json!(9000.0)),
        ("date_interval('1 year 1 month')", "duration", json!(34_128_000.0)),
        ("date_interval('1.5 days ago')", "duration", json!(-129_600.0)),
        ("date_interval('P1DT2H')", "duration", json!(93_600.0)),
        ("date_interval('1 fortnight')", "duration", Json::Null),
        ("field('Time') * 2", "duration", json!(10_800.0)),
        ("2 * field('Time') - field('Time')", "duration", json!(5400.0)),
        ("field('Time') / 0", "duration", Json::Null),
        ("toseconds(field('Time'))", "number(0)", json!("5400")),
        ("toseconds(date_interval('1 year'))", "number(0)", json!("31557600")),
        ("toduration(90)", "duration", json!(90.0)),
        ("toduration(1 / 0)", "duration", Json::Null),
        ("field('Time') > toduration(90)", "boolean", json!(true)),
        ("date_interval('1 month') = date_interval('30 days')", "boolean", json!(true)),
        ("second(field('Moment'))", "number(0)", json!("9")),
        ("day(field('Never'))", "number(0)", Json::Null),
        ("max(lookup('Orders', 'Total')) > 5 && field('Day') < now()", "boolean", json!(true)),
    ]);
}

#[test]
fn dates_are_written_and_read_by_formats() {
    give(&[
        ("datetime_format(field('Moment'), 'YYYY-MM-DD HH24:MI:SS')", "text", json!("2024-02-01 20:05:09")),
        (
            "datetime_format(field('Moment'), 'Dy, DDth FMMonth YYYY, FMHH12:MI am')",
            "text",
            json!("Thu, 01st February 2024, 8:05 pm"),
        ),
        ("datetime_format(field('Moment'), 'Month|DAY|dy')", "text", json!("February |THURSDAY |thu")),
        (
            "datetime_format(field('Day'), 'DDD IYYY-\"W\"IW-ID Q WW W CC J D')",
            "text",
            json!("032 2024-W05-4 1 05 1 21 2460342 5"),
        ),
        (
            "datetime_format(now(), 'SS.MS US SSSS RM Y,YYY TZ OF')",
            "text",
            json!("30.500 500000 37230 III  2,024 UTC +00"),
        ),
        ("datetime_format(field('Never'), 'YYYY')", "text", json!("")),
        ("datetime_format(field('Day'), field('Name'))", "text", json!("A5a Lovelace")),
        ("datetime_format_tz(field('Moment'), 'HH24:MI', 'Europe/Amsterdam')", "text", json!("21:05")),
        ("datetime_format_tz(field('Moment'), 'HH24:MI', 'Nowhere')", "text", json!("")),
        ("todate('2024-02-29', 'YYYY-MM-DD')", "date", json!("2024-02-29")),
        ("todate('20240229', 'YYYYMMDD')", "date", json!("2024-02-29")),
        ("todate('1/2/24', 'DD/MM/YY')", "date", json!("2024-02-01")),
        ("todate(' 3 feb 1999', 'DD Mon YYYY')", "date", json!("1999-02-03")),
        ("todate('March-4/2020', 'Month DD YYYY')", "date", json!("2020-03-04")),
        ("todate('2023-02-29', 'YYYY-MM-DD')", "date", Json::Null),
        ("todate('soon', 'YYYY-MM-DD')", "date", Json::Null),
        ("todate('', 'YYYY')", "date", Json::Null),
        (
            "todate_tz('2024-07-01 12:00', 'YYYY-MM-DD HH24:MI', 'Europe/Amsterdam')",
            "date",
            json!("2024-07-01T10:00:00Z"),
        ),
        (
            "todate_tz('2024-07-01 01:30 PM', 'YYYY-MM-DD HH:MI AM', 'UTC')",
            "date",
            json!("2024-07-01T13:30:00Z"),
        ),
        ("todate_tz('2024-07-01 13:30 PM', 'YYYY-MM-DD HH:MI AM', 'UTC')", "date", Json::Null),
        ("todate_tz('2024-032', 'YYYY-DDD', 'UTC')", "date", json!("2024-02-01T00:00:00Z")),
    ]);
}

#[test]
fn numbers_have_powers_and_logarithms() {
    give(&[
        ("power(2, 10)", "number(0)", json!("1024")),
        ("power(2.00, 0.5)", "number(2)", json!("1.41")),
        ("power(-2, 3)", "number(0)", json!("-8")),
        ("power(-2, 0.5)", "number(1)", json!("NaN")),
        ("power(0, -1)", "number(0)", json!("NaN")),
        ("power(10, 60)", "number(0)", json!("NaN")),
        ("power(1.0000000001, 1000000000)", "number(10)", json!("1.1051709181")),
        ("sqrt(2.0000000000)", "number(10)", json!("1.4142135624")),
        ("sqrt(-1)", "number(0)", json!("NaN")),
        ("exp(1.0000000000)", "number(10)", json!("2.7182818285")),
        ("exp(1)", "number(0)", json!("3")),
        ("exp(1000)", "number(0)", json!("NaN")),
        ("ln(1234.5678900000)", "number(10)", json!("7.1184763012")),
        ("ln(0.0010000000)", "number(10)", json!("-6.9077552790")),
        ("ln(0)", "number(0)", json!("NaN")),
        ("log(2, 8)", "number(0)", json!("3")),
        ("log(1, 8)", "number(0)", json!("NaN")),
        ("is_nan(1 / 0)", "boolean", json!(true)),
        ("when_nan(1 / 0, 7)", "number(10)", json!("7.0000000000")),
        ("odd(-3)", "boolean", json!(false)),
        ("odd(3)", "boolean", json!(true)),
        ("field('Count') < 1", "boolean", json!(true)),
    ]);
}

#[test]
fn texts_are_compared_and_replaced() {
    give(&[
        ("'apple' < 'Banana'", "boolean", json!(true)),
        ("field('Empty') < 'a'", "boolean", json!(true)),
        ("'a' + 'b'", "text", json!("ab")),
        ("regex_replace('a1b22', '[0-9]+', '<\\&>')", "text", json!("a<1>b<22>")),
        ("regex_replace('John Smith', '(\\w+) (\\w+)', '\\2, \\1')", "text", json!("Smith, John")),
        ("regex_replace('foobar', 'foo|foobar', 'x')", "text", json!("x")),
        ("regex_replace('foobar', '(?i)FOO(bar)?', '-')", "text", json!("-")),
        ("regex_replace('<a><b>', '<.*?>', '.')", "text", json!("..")),
        ("regex_replace('abaa', 'a*', '-')", "text", json!("--b--")),
        ("regex_replace('a-b c', '[^[:alpha:]]', '')", "text", json!("abc")),
        ("regex_replace('cat catalog', '\\mcat\\M', 'dog')", "text", json!("dog catalog")),
        ("encode_uri('a b/ä?')", "text", json!("a%20b/%c3%a4?")),
        ("encode_uri_component('a b/ä?')", "text", json!("a%20b%2f%c3%a4%3f")),
        ("tourl('https://example.com/a b')", "url", json!("https://example.com/a b")),
        ("tourl('no url')", "url", json!("")),
    ]);
}

#[test]
fn files_links_and_options_are_looked_into() {
    give(&[
        ("get_file_visible_name(index(field('Files'), 0))", "text", json!("one.png")),
        ("get_file_mime_type(index(field('Files'), -1))", "text", json!("text/plain")),
        ("get_file_size(index(field('Files'), 1))", "number(0)", json!("7")),
        (
            "get_image_width(index(field('Files'), 0)) * get_image_height(index(field('Files'), 0))",
            "number(0)",
            json!("12"),
        ),
        ("get_image_width(index(field('Files'), 1))", "number(0)", Json::Null),
        ("is_image(index(field('Files'), 0))", "boolean", json!(true)),
        ("is_image(index(field('Files'), 9))", "boolean", json!(false)),
        ("get_file_count(field('Files'))", "number(0)", json!("2")),
        ("link('https://example.com')", "link", json!({ "url": "https://example.com" })),
        (
            "button('https://example.com', 'go')",
            "button",
            json!({ "url": "https://example.com", "label": "go" }),
        ),
        ("get_link_label(link('https://example.com', 'go'))", "text", json!("go")),
        ("get_link_url(link('https://example.com', 'go'))", "text", json!("https://example.com")),
        ("totext(button('https://example.com', 'go'))", "text", json!("go")),
        ("has_option(field('Colors'), 'red')", "boolean", json!(true)),
        ("has_option(field('Colors'), 'blue')", "boolean", json!(false)),
        ("sum(filter(lookup('Orders', 'Total'), lookup('Orders', 'Paid')))", "number(1)", json!("10.5")),
        ("count(filter(field('Orders'), lookup('Orders', 'Total') > 1))", "number(0)", json!("2")),
        ("join(filter(field('Orders'), field('Active')), '+')", "text", json!("A+B+")),
    ]);
}

#[test]
fn what_is_not_understood_is_refused_with_a_reason() {
    let refused = |formula: &str| {
        let typed = parse(formula).and_then(|expr| type_of(&expr, &table()));
        typed.err().unwrap_or_else(|| panic!("{formula} is understood"))
    };
    let deep = format!("{}1{}", "(".repeat(200), ")".repeat(200));
    let long = format!("1{}", "+1".repeat(200));
    let cases = [
        ("", "the formula ends where a value is expected"),
        ("1 +", "the formula ends where a value is expected"),
        ("1 1", "`1` is not expected there"),
        ("'a", "a text has no ' at its end"),
        ("nothing(1)", "there is no function `nothing` here"),
        ("bc_to_null(field('Day'))", "`bc_to_null` is not understood here: the product uses it for itself"),
        ("second(field('Day'))", "cannot extract seconds from a date without time"),
        ("field('Day') + field('Day')", "`add` cannot take `date` and `date`"),
        ("field('Day') * 2", "`multiply` cannot take `date` and `number`"),
        ("link()", "`link` takes 1 to 2 arguments, not 0"),
        ("get_file_size(field('Files'))", "`get_file_size` takes one file: `index(field('…'), 0)`"),
        ("get_link_url('a')", "argument 1 of `get_link_url` must be of type `link`, not `text`"),
        (
            "filter(lookup('Orders', 'Total'), true)",
            "`filter` has to stand within a function of many values, such as `sum(filter(…))`",
        ),
        (
            "sum(filter(lookup('Orders', 'Total'), true) + 1)",
            "`filter` has to stand within a function of many values, such as `sum(filter(…))`",
        ),
        (
            "sum(filter(1, true))",
            "the first argument of `filter` must be of many values: those of a link or a lookup",
        ),
        (
            "todate('2024', field('Name'))",
            "the second argument of `todate` has to be a text that is written out here",
        ),
        ("todate('2024', 'IYYY')", "dates with weeks of ISO 8601 are not read here"),
        ("regex_replace('a', '(?=a)', '')", "the options at the front of `(?=a)` are not understood here"),
        (
            "regex_replace('a', 'b(?=a)', '')",
            "a regular expression that looks ahead or behind is not understood here",
        ),
        ("regex_replace('a', '(a)\\1', '')", "`\\1` in a regular expression is not understood here"),
        (
            "regex_replace('a', 'a+b*?', '')",
            "a regular expression of both greedy and other quantifiers is not understood here",
        ),
        (
            "has_option(lookup('Orders', 'Total'), 'a')",
            "`has_option` needs the options of a multiple select, or of a lookup",
        ),
        ("upper(1)", "argument 1 of `upper` must be of type `text`, not `number`"),
        ("upper('a', 'b')", "`upper` takes 1 arguments, not 2"),
        ("concat('a')", "`concat` takes at least 2 arguments, not 1"),
        ("field('Nope')", "there is no field `Nope`"),
        ("field(Name)", "a field is named by a text, such as `field('Name')`"),
        ("sum(1)", "`sum` needs many values: those of a link or a lookup"),
        (
            "lookup('Orders', 'Total') + lookup('Others', 'Total')",
            "the arguments of `add` come from different links: that is not understood here",
        ),
        ("'a' < 1", "`less_than` cannot compare `text` and `number` here"),
        ("true = 1", "`equal` cannot compare `boolean` and `number` here"),
        ("1 # 2", "`#` means nothing in a formula"),
        ("-field('Price')", "only numbers can have a minus in front: write `0 - …`"),
        (deep.as_str(), "the formula is too deeply nested"),
        (long.as_str(), "the formula is too deeply nested"),
    ];
    for (formula, reason) in cases {
        assert_eq!(refused(formula), reason, "{formula}");
    }
}

#[test]
fn types_are_told_and_read_again() {
    for formula in ["field('Price')", "field('Moment')", "field('Time')", "lookup('Orders', 'Total')", "true"]
    {
        let resolved = type_of(&parse(formula).unwrap(), &table()).unwrap();
        let typed = resolved.typed();
        assert_eq!(Typed::read(&typed.describe()), Some(typed), "{formula}");
    }
}

#[test]
fn formulas_follow_new_names() {
    let cases: HashMap<&str, Option<&str>> = HashMap::from([
        ("concat(field('Name'), 'Name')", Some("concat(field('It\\'s'), 'Name')")),
        ("FIELD( \"Name\" ) + lookup('Name', 'Name')", Some("FIELD( \"It's\" ) + lookup('It\\'s', 'Name')")),
        ("field('Other')", None),
    ]);
    for (formula, expected) in cases {
        assert_eq!(renamed(formula, "Name", "It's", true, &[]).as_deref(), expected, "{formula}");
    }
    let links = ["Orders".to_owned()];
    let looked_up = renamed("lookup('Orders', 'Total') + field('Total')", "Total", "Sum", false, &links);
    assert_eq!(looked_up.as_deref(), Some("lookup('Orders', 'Sum') + field('Total')"));
}
