//! Every rule, with a value that keeps it and one that does not.

use serde_json::{Value, json};

use super::support::{Qore, declared};

/// An application with one resource of one field and what it is compared with, and one record: `{ value: taken }`.
async fn application(field: &str) -> Qore {
    let text = format!(
        "
resources:
  things:
    fields:
      value: {field}
      other: {{ type: text }}
      lent_on: {{ type: date }}
      limit: {{ type: number }}
      flag: {{ type: select, options: [ a, b ] }}
"
    );
    declared(&text, super::support::DEMO).await
}

/// The kind, the rules, what keeps them, what breaks them, and the sentence. A body is written as the value alone where
/// nothing stands beside it.
const RULES: &[(&str, &str, &str, &str, &str)] = &[
    ("checkbox", "accepted", "true", "false", "The value field must be accepted."),
    (
        "date",
        "after:lent_on",
        r#"{"value":"2023-02-01","lent_on":"2023-01-31"}"#,
        r#"{"value":"2023-01-31","lent_on":"2023-01-31"}"#,
        "The value field must be a date after lent on.",
    ),
    (
        "date",
        "after:2023-01-31",
        r#""2023-02-01""#,
        r#""2023-01-31""#,
        "The value field must be a date after 2023-01-31.",
    ),
    (
        "date",
        "after_or_equal:today",
        r#""2023-01-05""#,
        r#""2023-01-04""#,
        "The value field must be a date after or equal to today.",
    ),
    (
        "date",
        "before:tomorrow",
        r#""2023-01-05""#,
        r#""2023-01-06""#,
        "The value field must be a date before tomorrow.",
    ),
    (
        "date",
        "before_or_equal:lent_on",
        r#"{"value":"31-01-2023","lent_on":"2023-01-31"}"#,
        r#"{"value":"2023-02-01","lent_on":"2023-01-31"}"#,
        "The value field must be a date before or equal to lent on.",
    ),
    ("text", "alpha", r#""Zoë""#, r#""a1""#, "The value field must only contain letters."),
    (
        "text",
        "alpha_dash",
        r#""a-1_b""#,
        r#""a b""#,
        "The value field must only contain letters, numbers, dashes, and underscores.",
    ),
    ("text", "alpha_num", r#""a1""#, r#""a-1""#, "The value field must only contain letters and numbers."),
    ("number", "between:1,3", "3", "3.5", "The value field must be between 1 and 3."),
    ("text", "between:1,3", r#""äöü""#, r#""abcd""#, "The value field must be between 1 and 3 characters."),
    (
        "select, multiple: true, options: [ a, b, c ]",
        "between:1,2",
        r#"["a"]"#,
        r#"["a","b","c"]"#,
        "The value field must have between 1 and 2 items.",
    ),
    (
        "text",
        "confirmed",
        r#"{"value":"x","value_confirmation":"x"}"#,
        r#"{"value":"x","value_confirmation":"y"}"#,
        "The value field confirmation does not match.",
    ),
    ("text", "date", r#""2023-01-31""#, r#""soon""#, "The value field must be a valid date."),
    (
        "date",
        "date_format:d/m/Y",
        r#""31/01/2023""#,
        r#""2023/01/31""#,
        "The value field must match the format d/m/Y.",
    ),
    (
        "text",
        "date_format:Y-m-d",
        r#""2023-01-31""#,
        r#""2023-1-31""#,
        "The value field must match the format Y-m-d.",
    ),
    ("text", "decimal:2", r#""9.99""#, r#""9.9""#, "The value field must have 2 decimal places."),
    ("text", "decimal:0,2", r#""9""#, r#""9.999""#, "The value field must have 0-2 decimal places."),
    (
        "text",
        "different:other",
        r#"{"value":"a","other":"b"}"#,
        r#"{"value":"a","other":"a"}"#,
        "The value field and other must be different.",
    ),
    ("text", "digits:8", r#""30187432""#, r#""3018743""#, "The value field must be 8 digits."),
    ("text", "digits_between:2,3", r#""007""#, r#""1""#, "The value field must be between 2 and 3 digits."),
    (
        "text",
        "email",
        r#""a.b+c@example.nl""#,
        r#""a@b@c""#,
        "The value field must be a valid email address.",
    ),
    ("email", "", r#""a@localhost""#, r#""a@-b""#, "The value field must be a valid email address."),
    (
        "text",
        "ends_with:.nl,.be",
        r#""qlic.nl""#,
        r#""qlic.de""#,
        "The value field must end with one of the following: .nl, .be.",
    ),
    ("text", "exists:things,other", "null", r#""nowhere""#, "The selected value is invalid."),
    ("text", "filled", "{}", r#""""#, "The value field must have a value."),
    (
        "number",
        "gt:limit",
        r#"{"value":3,"limit":2}"#,
        r#"{"value":2,"limit":2}"#,
        "The value field must be greater than 2.",
    ),
    ("number", "gte:2", "2", "1.9", "The value field must be greater than or equal to 2."),
    ("text", "lt:3", r#""ab""#, r#""abc""#, "The value field must be less than 3 characters."),
    ("text", "lte:3", r#""abc""#, r#""abcd""#, "The value field must be less than or equal to 3 characters."),
    ("text", "in:a,b", r#""b""#, r#""c""#, "The selected value is invalid."),
    ("number", "in:1,2", r#""2""#, "3", "The selected value is invalid."),
    ("text", "not_in:a,b", r#""c""#, r#""a""#, "The selected value is invalid."),
    ("text", "integer", r#""12""#, r#""1.2""#, "The value field must be an integer."),
    ("number, precision: 0", "", "12.0", "1.5", "The value field must be an integer."),
    ("number, precision: 2", "", r#""1.25""#, "1.255", "The value field must have 0-2 decimal places."),
    ("number", "", r#""1e3""#, r#""1,5""#, "The value field must be a number."),
    ("text", "numeric", r#"".5""#, r#""five""#, "The value field must be a number."),
    ("text", "numeric|min:5", r#""5""#, r#""4""#, "The value field must be at least 5."),
    ("text", "ip", r#""::1""#, r#""256.0.0.1""#, "The value field must be a valid IP address."),
    ("text", "json", r#""[1]""#, r#""[1""#, "The value field must be a valid JSON string."),
    ("text", "lowercase", r#""abc1""#, r#""Abc""#, "The value field must be lowercase."),
    ("text", "uppercase", r#""ABC1""#, r#""ABc""#, "The value field must be uppercase."),
    ("text", "max:3", r#""abc""#, r#""abcd""#, "The value field must not be greater than 3 characters."),
    ("number", "max:3", "3", "3.1", "The value field must not be greater than 3."),
    (
        "select, multiple: true, options: [ a, b ]",
        "max:1",
        r#"["a"]"#,
        r#"["a","b"]"#,
        "The value field must not have more than 1 items.",
    ),
    ("text", "min:3", r#""abc""#, r#""ab""#, "The value field must be at least 3 characters."),
    (
        "select, multiple: true, options: [ a, b ]",
        "min:2",
        r#"["a","b"]"#,
        r#"["a"]"#,
        "The value field must have at least 2 items.",
    ),
    ("text", "not_regex:/[0-9]/", r#""abc""#, r#""a1""#, "The value field format is invalid."),
    ("text", "regex:/^[a-z]{1,3}$/i", r#""AbC""#, r#""abcd""#, "The value field format is invalid."),
    ("text", "present", r#""""#, "{}", "The value field must be present."),
    ("text", "prohibited", "{}", r#""x""#, "The value field is prohibited."),
    ("text", "required", r#""x""#, r#""  ""#, "The value field is required."),
    (
        "text",
        "required_if:flag,a",
        r#"{"flag":"b"}"#,
        r#"{"flag":"a"}"#,
        "The value field is required when flag is a.",
    ),
    (
        "text",
        "required_unless:flag,a,b",
        r#"{"flag":"a"}"#,
        "{}",
        "The value field is required unless flag is in a, b.",
    ),
    (
        "text",
        "required_with:other,lent_on",
        "{}",
        r#"{"lent_on":"2023-01-01"}"#,
        "The value field is required when other / lent on is present.",
    ),
    (
        "text",
        "required_without:other",
        r#"{"other":"x"}"#,
        "{}",
        "The value field is required when other is not present.",
    ),
    (
        "text",
        "same:other",
        r#"{"value":"a","other":"a"}"#,
        r#"{"value":"a","other":"b"}"#,
        "The value field must match other.",
    ),
    ("text", "size:3", r#""abc""#, r#""ab""#, "The value field must be 3 characters."),
    ("number", "size:3", "3", "2", "The value field must be 3."),
    ("text", "sometimes|required", "{}", r#""""#, "The value field is required."),
    (
        "text",
        "starts_with:a,b",
        r#""bcd""#,
        r#""cde""#,
        "The value field must start with one of the following: a, b.",
    ),
    ("text", "nullable|string", "null", "5", "The value field must be a string."),
    (
        "text",
        "bail|max:1|alpha",
        r#""a""#,
        r#""1234""#,
        "The value field must not be greater than 1 characters.",
    ),
    ("text", "url", r#""https://qlic.nl/a?b""#, r#""qlic.nl""#, "The value field must be a valid URL."),
    ("url", "", r#""http://localhost:8080""#, r#""http://""#, "The value field must be a valid URL."),
    (
        "text",
        "uuid",
        r#""0d9f6c2e-5b1a-4f64-9d3c-7a1f0f3f5b10""#,
        r#""0d9f6c2e""#,
        "The value field must be a valid UUID.",
    ),
    ("checkbox", "boolean", r#""on""#, r#""maybe""#, "The value field must be true or false."),
    ("select, options: [ 1, 2 ]", "", r#""1""#, "3", "The selected value is invalid."),
    (
        "select, multiple: true, options: [ a ]",
        "array",
        r#"["a"]"#,
        r#""a""#,
        "The value field must be an array.",
    ),
    ("date", "", r#""1/31/2023""#, r#""2023-02-30""#, "The value field must be a valid date."),
    ("datetime", "", r#""2023-01-31 10:00""#, "5", "The value field must be a valid date."),
];

fn body(text: &str) -> Value {
    match serde_json::from_str(text).unwrap() {
        Value::Object(body) => Value::Object(body),
        value => json!({ "value": value }),
    }
}

#[tokio::test]
async fn every_rule_takes_what_keeps_it_and_says_what_breaks_it() {
    for (kind, rules, kept, broken, sentence) in RULES {
        let app = application(&format!("{{ type: {kind}, rules: [ {} ] }}", list(rules))).await;
        let (status, answer) = app.post("things", body(kept)).await;
        assert_eq!(status, 201, "{kind} {rules} {kept}: {answer}");
        let (status, answer) = app.post("things", body(broken)).await;
        assert_eq!(
            (status, &answer["message"]),
            (422, &json!(sentence)),
            "{kind} {rules} {broken}: {answer}"
        );
        assert_eq!(answer["errors"], json!({ "value": [sentence] }), "{kind} {rules}");
    }
}

/// A list, so that patterns may have bars and commas in them.
fn list(rules: &str) -> String {
    rules
        .split('|')
        .filter(|one| !one.is_empty())
        .map(|one| format!("'{one}'"))
        .collect::<Vec<_>>()
        .join(", ")
}

#[tokio::test]
async fn unique_leaves_the_record_itself_out() {
    let app = application("{ type: text, rules: unique }").await;
    let first = Qore::data(app.post("things", json!({ "value": "taken" })).await);
    let (status, answer) = app.post("things", json!({ "value": "taken" })).await;
    assert_eq!((status, &answer["message"]), (422, &json!("The value has already been taken.")));
    let (status, _) = app.put(&format!("things/{}", first["id"]), json!({ "value": "taken" })).await;
    assert_eq!(status, 200);
    let (status, _) = app.post("things", json!({ "value": null })).await;
    let (again, _) = app.post("things", json!({ "value": null })).await;
    assert_eq!((status, again), (201, 201), "nothing is like nothing");
}

#[tokio::test]
async fn exists_finds_what_other_records_hold() {
    let app = application("{ type: text, rules: 'exists:things,other' }").await;
    Qore::data(app.post("things", json!({ "other": "there" })).await);
    let (status, _) = app.post("things", json!({ "value": "there" })).await;
    assert_eq!(status, 201);
}

#[tokio::test]
async fn a_field_that_cannot_be_read_breaks_its_own_rule_only() {
    let app = declared(
        "
resources:
  stays:
    fields:
      born: { type: date, rules: 'date_format:Y-m-d' }
      till: { type: date, rules: 'after:born' }
      least: { type: number }
      most: { type: number, rules: 'gte:least' }
      why: { type: text, rules: 'required_with:least' }
",
        super::support::DEMO,
    )
    .await;
    let sent = serde_json::json!({ "born": "3-2-2015", "till": "2014-01-01", "least": "few", "most": 3 });
    let said = super::support::errors(app.post("stays", sent).await);
    assert_eq!(
        said,
        serde_json::json!({
            "born": ["The born field must match the format Y-m-d."],
            "least": ["The least field must be a number."],
            "why": ["The why field is required when least is present."],
        })
    );
    let sent = serde_json::json!({ "born": "2015-02-03", "till": "2014-01-01" });
    let said = super::support::errors(app.post("stays", sent).await);
    assert_eq!(said, serde_json::json!({ "till": ["The till field must be a date after born."] }));
}
