//! Rows: what is sent, and what comes back as structs of the caller's own.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use tercet_sdk::Failure;
use tercet_sdk::baserow::{Condition, DateValue, Filter, Order, Row, Rows, Side, decimal};
use wiremock::ResponseTemplate;

use super::{KEY, client, last, refusal};
use crate::support::{answering, answering_in_turn, requests};

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Person {
    #[serde(rename = "Name")]
    name: String,
    #[serde(rename = "Age", with = "decimal::optional")]
    age: Option<i64>,
    #[serde(rename = "Kind", default, skip_serializing)]
    kind: Option<Choice>,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Choice {
    id: i64,
    value: String,
}

fn ada() -> Value {
    json!({
        "id": 7, "order": "1.00000000000000000000", "Name": "Ada", "Age": "36",
        "Kind": { "id": 3, "value": "poet", "color": "blue" }, "Notes": null,
    })
}

fn person(name: &str) -> Person {
    Person { name: name.to_owned(), age: Some(36), kind: None }
}

fn pair(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

#[tokio::test]
async fn a_row_is_a_struct_or_a_map() {
    let server = answering(ResponseTemplate::new(200).set_body_json(ada())).await;
    let rows = client(&server).rows(5);
    let row = rows.get::<Row<Person>>(7).await.unwrap().into_inner();
    assert_eq!((row.id, row.order.as_str()), (7, "1.00000000000000000000"));
    assert_eq!((row.cells.name.as_str(), row.cells.age), ("Ada", Some(36)));
    assert_eq!(row.cells.kind, Some(Choice { id: 3, value: "poet".to_owned() }));
    assert_eq!(rows.get::<Row>(7).await.unwrap().cells["Age"], "36");
    assert_eq!(rows.get::<Map<String, Value>>(7).await.unwrap()["id"], 7);
    let (method, path, query, _) = last(&server).await;
    assert_eq!((method.as_str(), path.as_str()), ("GET", "/api/database/rows/table/5/7/"));
    assert_eq!(query, [pair("user_field_names", "true")]);
    let request = &requests(&server).await[0];
    assert_eq!(request.headers["authorization"], format!("Token {KEY}"));

    rows.user_field_names(false).get::<Row>(7).await.unwrap();
    assert!(last(&server).await.2.is_empty());
}

#[tokio::test]
async fn rows_are_written_one_by_one() {
    let server = answering(ResponseTemplate::new(200).set_body_json(ada())).await;
    let rows = client(&server).rows(5);
    let written = json!({ "Name": "Ada", "Age": "36" });
    rows.create::<Row>(&person("Ada")).await.unwrap();
    let (method, path, query, body) = last(&server).await;
    assert_eq!((method.as_str(), path.as_str()), ("POST", "/api/database/rows/table/5/"));
    assert_eq!((query, body), (vec![pair("user_field_names", "true")], written.clone()));
    assert_eq!(requests(&server).await[0].headers["content-type"], "application/json");

    rows.create_before::<Row>(3, &person("Ada")).await.unwrap();
    assert!(last(&server).await.2.contains(&pair("before", "3")));
    rows.update::<Row>(7, &json!({ "Name": "B" })).await.unwrap();
    let (method, path, _, body) = last(&server).await;
    assert_eq!(
        (method.as_str(), path.as_str(), body),
        ("PATCH", "/api/database/rows/table/5/7/", json!({ "Name": "B" }))
    );
    rows.move_before::<Row>(7, 3).await.unwrap();
    let (method, path, query, body) = last(&server).await;
    assert_eq!(
        (method.as_str(), path.as_str(), body),
        ("PATCH", "/api/database/rows/table/5/7/move/", Value::Null)
    );
    assert!(query.contains(&pair("before_id", "3")));
    rows.move_to_end::<Row>(7).await.unwrap();
    assert!(last(&server).await.2.iter().all(|(name, _)| name != "before_id"));
}

#[tokio::test]
async fn a_row_that_is_gone_or_has_no_neighbour() {
    let server = answering(ResponseTemplate::new(204)).await;
    let rows = client(&server).rows(5);
    rows.delete(7).await.unwrap();
    assert_eq!(last(&server).await.0, "DELETE");
    assert_eq!(requests(&server).await.len(), 1);

    let jwt = tercet_sdk::baserow::Client::builder(server.uri()).access_token("t").build().unwrap();
    assert!(jwt.rows(5).adjacent::<Row>(7, Side::Before).await.unwrap().is_none());
    let (_, path, query, _) = last(&server).await;
    assert_eq!(path, "/api/database/rows/table/5/7/adjacent/");
    assert!(query.contains(&pair("previous", "true")));
}

#[tokio::test]
async fn many_rows_are_one_request_of_at_most_two_hundred() {
    let server =
        answering(ResponseTemplate::new(200).set_body_json(json!({ "items": [ada(), ada()] }))).await;
    let rows = client(&server).rows(5);
    let made = rows.create_many::<Row<Person>>(&[person("Ada"), person("B")]).await.unwrap().into_inner();
    assert_eq!(made.len(), 2);
    let (method, path, _, body) = last(&server).await;
    assert_eq!((method.as_str(), path.as_str()), ("POST", "/api/database/rows/table/5/batch/"));
    assert_eq!(body, json!({ "items": [{ "Name": "Ada", "Age": "36" }, { "Name": "B", "Age": "36" }] }));

    rows.update_many::<Row>(&[(7, json!({ "Name": "x" })), (8, json!({ "id": 1, "Age": null }))])
        .await
        .unwrap();
    let (method, _, _, body) = last(&server).await;
    assert_eq!(method, "PATCH");
    assert_eq!(body, json!({ "items": [{ "id": 7, "Name": "x" }, { "id": 8, "Age": null }] }));

    let sent = requests(&server).await.len();
    let many: Vec<Person> = (0..=Rows::MOST).map(|number| person(&number.to_string())).collect();
    let error = rows.create_many::<Row>(&many).await.unwrap_err();
    assert!(error.is_refused() && error.to_string().contains("201 rows are more"), "{error}");
    assert!(rows.create_many::<Row>(&many[..0]).await.unwrap_err().is_refused());
    assert!(rows.update_many::<Row>(&[(1, 5)]).await.unwrap_err().is_refused());
    assert!(rows.delete_many(&(0..201).collect::<Vec<_>>()).await.unwrap_err().is_refused());
    assert_eq!(requests(&server).await.len(), sent);

    let server = answering(ResponseTemplate::new(204)).await;
    client(&server).rows(5).delete_many(&[1, 2]).await.unwrap();
    let (method, path, _, body) = last(&server).await;
    assert_eq!((method.as_str(), path.as_str()), ("POST", "/api/database/rows/table/5/batch-delete/"));
    assert_eq!(body, json!({ "items": [1, 2] }));
}

#[tokio::test]
async fn a_query_says_which_rows_and_how() {
    let page = json!({ "count": 1, "next": null, "previous": null, "results": [ada()] });
    let server = answering(ResponseTemplate::new(200).set_body_json(page)).await;
    let rows = client(&server).rows(5);
    let filter = Filter::field("Name").contains("a")
        & (Filter::field("Age").empty() | Filter::field("Age").higher_than(18));
    let query = rows
        .filter(filter)
        .filter(Filter::field("Born").date_is_after(DateValue::days_ago(7).in_zone("Europe/Paris")))
        .order_by(Order::descending("Age"))
        .order_by(Order::ascending("Last, first"))
        .include(["Name", "Age"])
        .exclude(["Notes"])
        .search("ad")
        .view(9)
        .size(50);
    let found = query.page::<Row<Person>>(2).await.unwrap();
    assert_eq!((found.count, found.has_next, found.rows.len()), (1, false, 1));
    let (_, path, sent, _) = last(&server).await;
    assert_eq!(path, "/api/database/rows/table/5/");
    let value =
        |name: &str| sent.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str()).unwrap();
    assert_eq!(value("order_by"), "-Age,\"+Last, first\"");
    assert_eq!((value("include"), value("exclude")), ("Name,Age", "Notes"));
    assert_eq!((value("search"), value("view_id"), value("size"), value("page")), ("ad", "9", "50", "2"));
    assert_eq!(
        serde_json::from_str::<Value>(value("filters")).unwrap(),
        json!({
            "filter_type": "AND",
            "filters": [
                { "field": "Name", "type": "contains", "value": "a" },
                { "field": "Born", "type": "date_is_after", "value": "Europe/Paris?7?nr_days_ago" },
            ],
            "groups": [{
                "filter_type": "OR", "groups": [],
                "filters": [
                    { "field": "Age", "type": "empty", "value": "" },
                    { "field": "Age", "type": "higher_than", "value": "18" },
                ],
            }],
        })
    );
    assert_eq!(query.count().await.unwrap(), 1);
    assert_eq!(query.first::<Person>().await.unwrap().unwrap().name, "Ada");
}

#[tokio::test]
async fn fields_go_by_id_where_names_are_off() {
    let page = json!({ "count": 0, "next": null, "previous": null, "results": [] });
    let server = answering(ResponseTemplate::new(200).set_body_json(page)).await;
    let rows = client(&server).rows(5);
    let by_id = rows.clone().user_field_names(false);
    let query = by_id.clone().filter(Filter::any([Filter::field(3).single_select_is_any_of([1, 2].into())]));
    query.order_by(Order::descending(3)).include([3]).page::<Row>(1).await.unwrap();
    let sent = last(&server).await.2;
    assert!(
        sent.contains(&pair("order_by", "-field_3")) && sent.contains(&pair("include", "field_3")),
        "{sent:?}"
    );
    let tree = r#"{"filter_type":"OR","filters":[{"field":3,"type":"single_select_is_any_of","value":"1,2"}],"groups":[]}"#;
    assert!(sent.contains(&pair("filters", tree)), "{sent:?}");
    // No condition is no filter.
    rows.clone().filter(Filter::all([Filter::any([])])).page::<Row>(1).await.unwrap();
    assert!(last(&server).await.2.iter().all(|(name, _)| name != "filters"));

    let count = requests(&server).await.len();
    let mixed = by_id.filter(Filter::field("Name").empty()).page::<Row>(1).await.unwrap_err();
    assert!(mixed.is_refused() && mixed.to_string().contains("hint: give its id"), "{mixed}");
    let mixed = rows.order_by(Order::ascending(3)).stream::<Row>().next().await.unwrap().unwrap_err();
    assert!(mixed.is_refused() && mixed.to_string().contains("hint: give its name"), "{mixed}");
    assert_eq!(requests(&server).await.len(), count);
}

#[test]
fn every_filter_type_of_the_facts_has_a_method() {
    assert_eq!(Condition::KNOWN.len(), 39);
    let mut known = Condition::KNOWN.to_vec();
    known.sort_unstable();
    known.dedup();
    assert_eq!(known.len(), 39);
}

#[tokio::test]
async fn rows_are_streamed_until_there_is_no_next_page() {
    let page = |ids: std::ops::Range<u64>, next: Option<&str>| {
        let results: Vec<Value> =
            ids.map(|id| json!({ "id": id, "order": "1", "Name": "x", "Age": null })).collect();
        ResponseTemplate::new(200)
            .set_body_json(json!({ "count": 5, "next": next, "previous": null, "results": results }))
    };
    let pages = vec![page(1..4, Some("http://other.internal/?page=2")), page(4..6, None)];
    let server = answering_in_turn(pages).await;
    let rows = client(&server).rows(5).query().size(3).stream::<Row<Person>>().up_to(100).await.unwrap();
    assert_eq!(rows.iter().map(|row| row.id).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
    let asked: Vec<String> =
        requests(&server).await.iter().map(|one| one.url.query().unwrap().to_owned()).collect();
    assert_eq!(asked, ["user_field_names=true&page=1&size=3", "user_field_names=true&page=2&size=3"]);
}

#[tokio::test]
async fn a_row_of_another_shape_is_named() {
    let results = json!([ada(), { "id": 8, "order": "2", "Name": 5, "Age": null }]);
    let page = json!({ "count": 2, "next": null, "previous": null, "results": results });
    let server = answering(ResponseTemplate::new(200).set_body_json(page)).await;
    let error = client(&server).rows(5).stream::<Row<Person>>().next().await.unwrap().unwrap_err();
    assert!(matches!(error.failure(), Failure::Unreadable(why) if why.contains("row 8: ")), "{error}");
}

#[tokio::test]
async fn refusals_have_a_code_whatever_their_shape() {
    for (answer, code) in [
        (refusal(404, "ERROR_ROW_DOES_NOT_EXIST"), Some("ERROR_ROW_DOES_NOT_EXIST")),
        (refusal(400, "ERROR_USER_NOT_IN_GROUP"), Some("ERROR_USER_NOT_IN_GROUP")),
        // a status that nobody declares
        (refusal(418, "ERROR_X"), Some("ERROR_X")),
        (
            ResponseTemplate::new(401)
                .set_body_json(json!({ "detail": "", "code": "bad_authorization_header" })),
            Some("bad_authorization_header"),
        ),
        (ResponseTemplate::new(415).set_body_json(json!({ "detail": "no" })), None),
        (ResponseTemplate::new(500).set_body_string("<html>"), None),
    ] {
        let server = answering(answer).await;
        let error = client(&server).rows(5).create::<Row>(&person("x")).await.unwrap_err();
        assert_eq!(error.code().as_deref(), code, "{error:?}");
        assert_eq!(error.is_not_found(), code == Some("ERROR_ROW_DOES_NOT_EXIST"));
    }
    let server = answering(
        ResponseTemplate::new(400).set_body_json(
            json!({ "error": "ERROR_REQUEST_BODY_VALIDATION", "detail": { "Age": [{ "error": "no", "code": "invalid" }] } }),
        ),
    )
    .await;
    let error = client(&server).rows(5).create::<Row>(&person("x")).await.unwrap_err();
    assert_eq!(error.declared().unwrap().detail["Age"][0]["code"], "invalid");
}

#[tokio::test]
async fn names_of_rows_come_by_id() {
    let server =
        answering(ResponseTemplate::new(200).set_body_json(json!({ "5": { "1": "Ada", "3": "B" } }))).await;
    let names = client(&server).rows(5).names_of(&[1, 2, 3]).await.unwrap();
    assert_eq!(names.into_iter().collect::<Vec<_>>(), [(1, "Ada".to_owned()), (3, "B".to_owned())]);
    let (_, path, query, _) = last(&server).await;
    assert_eq!((path.as_str(), query), ("/api/database/rows/names/", vec![pair("table__5", "1,2,3")]));
}
