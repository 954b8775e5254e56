//! Query, form and JSON as one bag of parameters, and values that are cast as PHP casts them.

use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

use super::leading::{ann, cloakroom};
use super::support::answer;

const FORM: (&str, &str) = ("Content-Type", "application/x-www-form-urlencoded");

fn form(request: RequestBuilder, body: &str) -> RequestBuilder {
    request.header(FORM.0, FORM.1).body(body.to_owned())
}

#[tokio::test]
async fn a_query_parameter_may_come_in_the_body_whatever_the_method() {
    let server = cloakroom().await;
    let get = |query: &str| ann(&server, Method::GET, &format!("/coats{query}"));
    for (request, expected) in [
        (get("?limit=7"), json!({ "limit": 7 })),
        (get("").json(&json!({ "limit": 8, "label": "x" })), json!({ "limit": 8, "label": "x" })),
        (form(get(""), "limit=9&all=false"), json!({ "limit": 9, "all": false })),
        (get("?limit=1&label=q").json(&json!({ "limit": 2 })), json!({ "limit": 2, "label": "q" })),
        (form(get("?limit=1&label=q"), "limit=3"), json!({ "limit": 3, "label": "q" })),
        (get("?tags[]=a&tags[]=b%26"), json!({ "limit": 5, "tags": ["a", "b&"] })),
        (get("?colours[]=red&colours[]=blue"), json!({ "limit": 5, "colours": ["red", "blue"] })),
        (get("").json(&json!({ "colours": ["red"] })), json!({ "limit": 5, "colours": ["red"] })),
        (
            get("?criteria[label]=x&criteria[a.b]=1"),
            json!({ "limit": 5, "criteria": { "label": "x", "a.b": "1" } }),
        ),
        (get("?limit=1&limit=2&nobody=knows"), json!({ "limit": 2 })),
        (get("?limit=1").json(&json!({ "limit": null })), json!({ "limit": 5 })),
        (
            get("").header("Content-Type", "application/vnd.api+json; charset=utf-8").body("{\"limit\":4}"),
            json!({ "limit": 4 }),
        ),
        (get("").header("Content-Type", "text/plain").body("{\"limit\":4}"), json!({ "limit": 5 })),
        (get("").body("{\"limit\":4}"), json!({ "limit": 5 })),
    ] {
        let shown = format!("{request:?}");
        let (status, mut told) = answer(request).await;
        if told.get("limit").is_none() {
            told["limit"] = json!(5);
        }
        assert_eq!((status, told), (200, expected), "{shown}");
    }
}

#[tokio::test]
async fn numbers_and_booleans_are_cast_and_texts_and_lists_are_not() {
    let server = cloakroom().await;
    let get = |query: &str| ann(&server, Method::GET, &format!("/coats{query}"));
    for (request, name, expected) in [
        (get("?limit=abc"), "limit", json!(0)),
        (get("?limit=12+apples"), "limit", json!(12)),
        (get("").json(&json!({ "limit": "12" })), "limit", json!(12)),
        (get("").json(&json!({ "limit": true })), "limit", json!(1)),
        (get("?all=false"), "all", json!(false)),
        (get("?all=yes"), "all", json!(true)),
        (get("?all=0"), "all", json!(false)),
        (get("?all="), "all", json!(false)),
        (get("").json(&json!({ "all": 0 })), "all", json!(false)),
    ] {
        let shown = format!("{request:?}");
        let (status, told) = answer(request).await;
        assert_eq!((status, &told[name]), (200, &expected), "{shown}");
    }
    for request in [
        get("?tags=a"),
        get("").json(&json!({ "tags": "a" })),
        get("?label[]=a"),
        get("").json(&json!({ "label": 5 })),
        get("").json(&json!({ "label": true })),
        get("").header("Content-Type", "application/json").body("{"),
        get("?label=%ff"),
    ] {
        let shown = format!("{request:?}");
        assert_eq!(answer(request).await, (400, Value::Null), "{shown}");
    }
}

#[tokio::test]
async fn a_property_of_the_body_may_come_in_the_query() {
    let server = cloakroom().await;
    let post = |query: &str| ann(&server, Method::POST, &format!("/coats{query}"));
    let coat = |told: &Value| told["coat"]["label"].clone();
    for (request, label, details) in [
        (post("?label=a"), "a", Value::Null),
        (post("?label=a&details=d").json(&json!({ "label": "b" })), "b", json!("d")),
        (post("").json(&json!({ "label": "b", "details": "e" })), "b", json!("e")),
        (form(post("?label=a"), "details=f"), "a", json!("f")),
        (form(post(""), "label=c&details=g&unknown=1"), "c", json!("g")),
    ] {
        let shown = format!("{request:?}");
        let (status, told) = answer(request).await;
        assert_eq!((status, coat(&told), told["details"].clone()), (200, json!(label), details), "{shown}");
    }
    for refused in
        [post(""), post("?details=d"), post("?label=a").json(&json!({ "label": "" })), post("?label[]=a")]
    {
        assert_eq!(answer(refused).await.0, 400);
    }
    let remove = |query: &str| ann(&server, Method::DELETE, &format!("/coats{query}"));
    assert_eq!(answer(remove("?id=1")).await.0, 204);
    assert_eq!(answer(form(remove(""), "id=2")).await.0, 204);
    assert_eq!(answer(remove("").json(&json!({ "id": 3 }))).await.0, 204);
    assert_eq!(answer(remove("?id=1")).await.0, 404);
}

#[tokio::test]
async fn json_that_is_no_object_stays_what_it_is_and_an_open_body_takes_everything() {
    let server = cloakroom().await;
    let post = |query: &str| ann(&server, Method::POST, &format!("/keys{query}"));
    assert_eq!(answer(post("?x=y").json(&json!(["a", "b"]))).await, (200, json!(["a", "b"])));
    assert_eq!(answer(post("?x=y").json(&json!({ "a": "b" }))).await, (200, json!({ "a": "b", "x": "y" })));
    assert_eq!(answer(form(post("?x=y"), "a.b=c")).await, (200, json!({ "a_b": "c", "x": "y" })));
}
