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
        (
            "now()",
            "`now` is not understood here: the time of day would have to be computed again every few minutes",
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
        ("'a' < 'b'", "`less_than` cannot compare `text` and `text` here"),
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
