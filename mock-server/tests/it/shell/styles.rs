//! Parameters in every style of OpenAPI 3.0, exploded and not.

use reqwest::Method;
use serde_json::{Map, Value, json};

use super::support::{answer, builder, request};

struct Case {
    location: &'static str,
    style: &'static str,
    explode: bool,
    schema: &'static str,
    sent: &'static str,
    heard: Value,
}

fn case(
    location: &'static str,
    style: &'static str,
    explode: bool,
    schema: &'static str,
    sent: &'static str,
    heard: Value,
) -> Case {
    Case { location, style, explode, schema, sent, heard }
}

fn schema(kind: &str) -> Value {
    match kind {
        "texts" => json!({ "type": "array", "items": { "type": "string" } }),
        "numbers" => json!({ "type": "array", "items": { "type": "integer" } }),
        "object" => json!({
            "type": "object",
            "properties": { "R": { "type": "integer" }, "G": { "type": "integer" }, "name": { "type": "string" } },
        }),
        "deep" => json!({
            "type": "object",
            "properties": {
                "age": { "type": "object", "properties": { "min": { "type": "integer" } } },
                "tags": { "type": "array", "items": { "type": "string" } },
                "open": { "type": "boolean" },
            },
        }),
        simple => json!({ "type": simple }),
    }
}

/// A document with one operation for each case, which says what it heard.
fn document(cases: &[Case]) -> String {
    let mut paths = Map::new();
    for (number, case) in cases.iter().enumerate() {
        let path = if case.location == "path" { format!("/{number}/{{v}}") } else { format!("/{number}") };
        let heard = format!("$request.{}.v", case.location);
        paths.insert(
            path,
            json!({ "get": {
                "operationId": format!("case{number}"),
                "parameters": [{
                    "name": "v", "in": case.location, "style": case.style, "explode": case.explode,
                    "required": case.location == "path", "schema": schema(case.schema),
                }],
                "responses": {
                    "200": { "description": "heard", "content": { "application/json": { "schema": {
                        "type": "object", "properties": { "heard": { "x-value": heard } },
                    } } } },
                    "400": { "description": "not understood" },
                },
                "x-effect": { "list": { "in": "things" } },
            } }),
        );
    }
    json!({
        "openapi": "3.0.3",
        "info": { "title": "Styles", "version": "1" },
        "x-collections": { "things": { "schema": "Thing" } },
        "paths": paths,
        "components": { "schemas": { "Thing": { "type": "object", "properties": { "id": { "type": "string" } } } } },
    })
    .to_string()
}

fn cases() -> Vec<Case> {
    let rgb = || json!({ "R": 100, "G": 200 });
    let mut cases = Vec::new();
    cases.extend(path_cases(&rgb));
    cases.extend(query_cases(&rgb));
    cases.extend(other_cases(&rgb));
    cases
}

fn path_cases(rgb: &dyn Fn() -> Value) -> Vec<Case> {
    vec![
        case("path", "simple", false, "string", "blue%2Cred", json!("blue,red")),
        case("path", "simple", false, "integer", "-7", json!(-7)),
        case("path", "simple", false, "number", "1.5e3", json!(1500.0)),
        case("path", "simple", false, "boolean", "true", json!(true)),
        case("path", "simple", false, "texts", "blue,bl%2Cack", json!(["blue", "bl,ack"])),
        case("path", "simple", true, "numbers", "3,4,5", json!([3, 4, 5])),
        case("path", "simple", false, "object", "R,100,G,200", rgb()),
        case("path", "simple", true, "object", "R=100,G=200", rgb()),
        case("path", "label", false, "string", ".blue", json!("blue")),
        case("path", "label", false, "texts", ".blue,black", json!(["blue", "black"])),
        case("path", "label", false, "texts", ".blue.black", json!(["blue", "black"])),
        case("path", "label", true, "texts", ".blue.black", json!(["blue", "black"])),
        case("path", "label", false, "object", ".R,100,G,200", rgb()),
        case("path", "label", true, "object", ".R=100.G=200", rgb()),
        case("path", "matrix", false, "string", ";v=blue", json!("blue")),
        case("path", "matrix", false, "texts", ";v=blue,black", json!(["blue", "black"])),
        case("path", "matrix", true, "texts", ";v=blue;v=black", json!(["blue", "black"])),
        case("path", "matrix", false, "object", ";v=R,100,G,200", rgb()),
        case("path", "matrix", true, "object", ";R=100;G=200", rgb()),
    ]
}

fn query_cases(rgb: &dyn Fn() -> Value) -> Vec<Case> {
    vec![
        case("query", "form", true, "string", "v=a+b%2Bc&w=1", json!("a b+c")),
        case("query", "form", true, "string", "v=", json!("")),
        case("query", "form", true, "string", "v", json!("")),
        case("query", "form", true, "integer", "v=42", json!(42)),
        case("query", "form", true, "number", "v=42", json!(42)),
        case("query", "form", true, "boolean", "v=false", json!(false)),
        case("query", "form", true, "texts", "v=a&v=b%26c", json!(["a", "b&c"])),
        case("query", "form", true, "texts", "v=a%2Cb", json!(["a,b"])),
        case("query", "form", false, "texts", "v=a,b%2Cc", json!(["a", "b,c"])),
        case("query", "form", false, "numbers", "v=1,2", json!([1, 2])),
        // URLSearchParams encodes the comma; among numbers it can only be a separator.
        case("query", "form", false, "numbers", "v=1%2C2", json!([1, 2])),
        case("query", "form", false, "texts", "v=", json!([])),
        case("query", "form", true, "object", "R=100&x=1&G=200", rgb()),
        case("query", "form", false, "object", "v=R,100,G,200", rgb()),
        case("query", "spaceDelimited", false, "texts", "v=a%20b", json!(["a", "b"])),
        case("query", "spaceDelimited", false, "texts", "v=a+b", json!(["a", "b"])),
        case("query", "spaceDelimited", true, "texts", "v=a&v=b", json!(["a", "b"])),
        case("query", "pipeDelimited", false, "texts", "v=a%7Cb", json!(["a", "b"])),
        case("query", "pipeDelimited", false, "numbers", "v=1|2", json!([1, 2])),
        case("query", "deepObject", true, "object", "v[R]=100&v%5BG%5D=200", rgb()),
        case(
            "query",
            "deepObject",
            true,
            "deep",
            "v[age][min]=18&v[tags][]=a&v[tags][]=b&v[open]=true",
            json!({ "age": { "min": 18 }, "tags": ["a", "b"], "open": true }),
        ),
    ]
}

fn other_cases(rgb: &dyn Fn() -> Value) -> Vec<Case> {
    vec![
        case("header", "simple", false, "string", "a%20b", json!("a%20b")),
        case("header", "simple", false, "integer", "7", json!(7)),
        case("header", "simple", false, "texts", "a, b", json!(["a", "b"])),
        case("header", "simple", false, "object", "R,100,G,200", rgb()),
        case("header", "simple", true, "object", "R=100,G=200", rgb()),
        case("cookie", "form", true, "string", "w=1; v=blue", json!("blue")),
        case("cookie", "form", false, "numbers", "v=1,2", json!([1, 2])),
    ]
}

#[tokio::test]
async fn every_style_is_heard_as_it_was_meant() {
    let cases = cases();
    let server = builder(&document(&cases)).start().await.unwrap();
    for (number, case) in cases.iter().enumerate() {
        let sent = case.sent;
        let request = match case.location {
            "path" => request(&server, Method::GET, &format!("/{number}/{sent}")),
            "query" => request(&server, Method::GET, &format!("/{number}?{sent}")),
            "header" => request(&server, Method::GET, &format!("/{number}")).header("v", sent),
            _ => request(&server, Method::GET, &format!("/{number}")).header("cookie", sent),
        };
        let expected = (200, json!({ "heard": case.heard }));
        assert_eq!(
            answer(request).await,
            expected,
            "{} {} {} {sent}",
            case.location,
            case.style,
            case.explode
        );
    }
}

#[tokio::test]
async fn what_does_not_fit_its_style_or_schema_is_refused() {
    let cases = [
        case("path", "label", false, "string", "blue", Value::Null),
        case("path", "matrix", false, "string", ";w=blue", Value::Null),
        case("path", "simple", false, "integer", "0x10", Value::Null),
        case("path", "simple", false, "object", "R,100,G", Value::Null),
        case("query", "form", true, "integer", "v=1&v=2", Value::Null),
        case("query", "form", true, "integer", "v=+1", Value::Null),
        case("query", "form", true, "number", "v=inf", Value::Null),
        case("query", "form", true, "string", "v=%FF", Value::Null),
        case("query", "form", true, "boolean", "v=yes", Value::Null),
        case("query", "deepObject", true, "deep", "v[age=18", Value::Null),
    ];
    let server = builder(&document(&cases)).start().await.unwrap();
    for (number, case) in cases.iter().enumerate() {
        let sent = case.sent;
        let address =
            if case.location == "path" { format!("/{number}/{sent}") } else { format!("/{number}?{sent}") };
        let response = request(&server, Method::GET, &address).send().await.unwrap();
        assert_eq!(response.status().as_u16(), 400, "{address}");
    }
}
