//! Tables: what is asked for, and pages as streams that end.

use futures::TryStreamExt as _;
use serde::Deserialize;
use serde_json::{Value, json};
use tercet_sdk::Failure;
use tercet_sdk::qore::{Key, Order, Record, Resource, Search};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

use super::{client, last, ok, sent};
use crate::support::answering;

#[derive(Debug, Deserialize)]
struct Project {
    name: String,
}

fn project(id: u64) -> Value {
    json!({ "id": id, "name": format!("p{id}") })
}

#[tokio::test]
async fn a_query_is_the_body_that_the_page_shows() {
    let server = answering(ok(&json!({ "data": [] }))).await;
    let registrations = client(&server).resource("registrations");
    let query = registrations
        .table()
        .tab("Mijn registraties")
        .search("name", "e")
        .search("organization", [1])
        .order_by(Order::ascending("name"))
        .per_page(100);
    query.page::<Record>(1).await.unwrap();
    let request = last(&server).await;
    assert_eq!(request.line, "GET /api/resources/registrations/table/registrations");
    assert_eq!(request.content_type.as_deref(), Some("application/json"));
    assert_eq!((request.prefer.as_deref(), request.query.len()), (None, 0));
    assert_eq!(
        request.body,
        json!({
            "tab": "Mijn registraties", "search_columns": { "name": "e", "organization": [1] }, "sort_column": "name",
            "sort_direction": "ascending", "per_page": 100, "page": 1,
        })
    );

    let query = registrations.table().named("archive").search("billable", true).search("billable", false);
    let query =
        query.search("user", ["0b1c", "x"]).search("issue", Search::any_of([Key::from(7), Key::from("u")]));
    query.order_by(Order::descending("date")).minimal().page::<Record>(3).await.unwrap();
    let request = last(&server).await;
    assert_eq!(request.line, "GET /api/resources/registrations/table/archive");
    assert_eq!(request.prefer.as_deref(), Some("return:minimal"));
    assert_eq!(
        request.body,
        json!({
            "search_columns": { "billable": false, "user": ["0b1c", "x"], "issue": [7, "u"] }, "sort_column": "date",
            "sort_direction": "descending", "per_page": 100, "page": 3,
        })
    );
}

#[tokio::test]
async fn the_query_is_there_for_proxies_that_drop_bodies() {
    let server = answering(ok(&json!({ "data": [] }))).await;
    let registrations = client(&server).resource("registrations").in_query();
    let query =
        registrations.table().tab("Mijn registraties").search("name", "e&f").search("organization", [1, 2]);
    query.search("billable", true).order_by(Order::descending("name")).page::<Record>(2).await.unwrap();
    let request = last(&server).await;
    let pairs: Vec<(&str, &str)> =
        request.query.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(
        pairs,
        [
            ("tab", "Mijn registraties"),
            ("search_columns[name]", "e&f"),
            ("search_columns[organization][]", "1"),
            ("search_columns[organization][]", "2"),
            ("search_columns[billable]", "1"),
            ("sort_column", "name"),
            ("sort_direction", "descending"),
            ("per_page", "100"),
            ("page", "2"),
        ]
    );
    // A media type without a body would have the server look for one.
    assert_eq!((request.content_type, request.text.as_str()), (None, ""));
}

#[tokio::test]
async fn a_search_that_would_find_something_else_is_refused() {
    let server = answering(ok(&json!({ "data": [] }))).await;
    let projects = client(&server).resource("projects");
    let none = projects.table().search("organization", Vec::<i64>::new());
    let error = none.page::<Record>(1).await.unwrap_err();
    assert!(
        error.is_refused() && error.to_string().contains("`organization` is searched for any of no records"),
        "{error}"
    );
    assert!(none.stream::<Record>().next().await.unwrap().unwrap_err().is_refused());
    let odd = projects.clone().in_query().table().search("a]b", "e");
    assert!(odd.page::<Record>(1).await.unwrap_err().is_refused());
    assert!(sent(&server).await.is_empty());
}

#[tokio::test]
async fn a_page_comes_with_its_table() {
    let full = json!({
        "name": "projects", "label": "Projecten", "data": [project(1)], "current_page": 2, "per_page": "1", "last_page": 3, "total": 3,
        "from": 2, "to": 2, "columns": [{ "name": "name", "label": "Naam", "sortable": true, "width": 4 }, { "name": "x", "sortable": "no" }],
        "tabs": [{ "name": "all", "label": "Alle" }], "actions": { "0": "archive", "2": { "name": "delete_resource" } },
    });
    let server = answering(ok(&full)).await;
    let page =
        client(&server).resource("projects").table().page::<Record<Project>>(2).await.unwrap().into_inner();
    assert_eq!((page.records[0].id.as_i64(), page.records[0].fields.name.as_str()), (Some(1), "p1"));
    assert_eq!(
        (page.total, page.current_page, page.per_page, page.last_page),
        (Some(3), Some(2), Some(1), Some(3))
    );
    assert_eq!((page.name.as_deref(), page.label.as_deref()), (Some("projects"), Some("Projecten")));
    let columns = page.columns.unwrap();
    assert_eq!((columns[0].sortable, &columns[0].extra["width"]), (Some(true), &json!(4)));
    assert_eq!((columns[1].sortable, &columns[1].extra["sortable"]), (None, &json!("no")));
    assert_eq!(page.tabs.unwrap()[0].label.as_deref(), Some("Alle"));
    let actions: Vec<_> = page.actions.unwrap().into_iter().map(|one| one.name.unwrap()).collect();
    assert_eq!(actions, ["archive", "delete_resource"]);
    assert_eq!(page.extra, json!({ "from": 2, "to": 2 }).as_object().unwrap().clone());

    // Numbers together in `meta`, and no numbers at all.
    for (body, total) in [
        (json!({ "data": [project(1)], "meta": { "total": 9, "last_page": 9 } }), Some(9)),
        (json!({ "data": [project(1)], "total": null }), None),
        (json!([project(1)]), None),
    ] {
        let server = answering(ok(&body)).await;
        let table = client(&server).resource("projects").table();
        let page = table.page::<Project>(1).await.unwrap();
        assert_eq!((page.records.len(), page.total, page.columns.is_none()), (1, total, true), "{body}");
        assert_eq!(table.count().await.unwrap(), total);
        assert_eq!(table.first::<Project>().await.unwrap().unwrap().name, "p1");
        let request = last(&server).await;
        assert_eq!(
            (request.body, request.prefer.as_deref()),
            (json!({ "per_page": 1, "page": 1 }), Some("return:minimal"))
        );
    }
}

/// A server with so many projects that gives at most `limit` at once, and says of it what `wrap` does.
async fn projects(
    total: u64,
    limit: u64,
    wrap: fn(&[Value], u64, u64, u64) -> Value,
) -> (MockServer, Resource) {
    let server = MockServer::start().await;
    Mock::given(any())
        .respond_with(move |request: &Request| {
            let body: Value = serde_json::from_slice(&request.body).unwrap();
            let (page, size) =
                (body["page"].as_u64().unwrap(), body["per_page"].as_u64().unwrap().min(limit));
            let first = (page - 1) * size + 1;
            let records: Vec<Value> = (first..(first + size).min(total + 1)).map(project).collect();
            ok(&wrap(&records, page, size, total))
        })
        .mount(&server)
        .await;
    let resource = client(&server).resource("projects");
    (server, resource)
}

fn bare(records: &[Value], _: u64, _: u64, _: u64) -> Value {
    json!({ "data": records })
}

fn counted(records: &[Value], page: u64, size: u64, total: u64) -> Value {
    json!({ "data": records, "current_page": page, "per_page": size, "total": total })
}

fn whole(records: &[Value], page: u64, size: u64, total: u64) -> Value {
    json!({ "data": records, "current_page": page, "per_page": size, "last_page": total.div_ceil(size).max(1), "total": total })
}

#[tokio::test]
async fn streams_end_where_the_server_says_or_with_a_short_page() {
    for (total, wrap, pages) in [
        (7, whole as fn(&[Value], u64, u64, u64) -> Value, 3),
        (6, whole, 2),
        (0, whole, 1),
        (7, counted, 3),
        (6, counted, 2),
        (7, bare, 3),
        // Nobody knows that the second is the last.
        (6, bare, 3),
        (0, bare, 1),
    ] {
        let (server, projects) = projects(total, 1000, wrap).await;
        let found: Vec<Record<Project>> = projects.table().per_page(3).stream().try_collect().await.unwrap();
        let ids: Vec<u64> = found.iter().map(|one| one.id.as_i64().unwrap().try_into().unwrap()).collect();
        assert_eq!(ids, (1..=total).collect::<Vec<_>>());
        let sent = sent(&server).await;
        assert_eq!(sent.len(), pages, "{total} of {}", sent[0].text);
        assert!(sent.iter().all(|one| one.prefer.as_deref() == Some("return:minimal")));
        assert_eq!(sent.iter().map(|one| one.body["page"].as_u64().unwrap()).max(), Some(pages as u64));
    }
}

#[tokio::test]
async fn a_limit_that_nobody_tells_ends_no_stream() {
    for (wrap, pages) in [(whole as fn(&[Value], u64, u64, u64) -> Value, 3), (counted, 3), (bare, 3)] {
        let (server, projects) = projects(250, 100, wrap).await;
        let found = projects.table().per_page(500).stream::<Record>().up_to(1000).await.unwrap();
        assert_eq!((found.len(), sent(&server).await.len()), (250, pages));
    }
}

#[tokio::test]
async fn a_server_that_does_not_go_on_is_found_out() {
    // The same records again, though something about them differs each time.
    let server = MockServer::start().await;
    let turn = std::sync::atomic::AtomicU64::new(0);
    Mock::given(any())
        .respond_with(move |_: &Request| {
            let turn = turn.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            let records = [1, 2].map(|id| json!({ "id": id, "seen": turn }));
            ok(&json!({ "data": records, "last_page": 1_000_000 }))
        })
        .mount(&server)
        .await;
    let projects = client(&server).resource("projects");
    let error = projects.table().per_page(2).stream::<Record>().up_to(100).await.unwrap_err();
    assert!(error.to_string().contains("page 2 is an earlier one again"), "{error}");
    // An empty page is the last, whatever is said.
    let server = answering(ok(&json!({ "data": [], "last_page": 9, "total": 90 }))).await;
    let found = client(&server).resource("projects").table().stream::<Record>().up_to(100).await.unwrap();
    assert_eq!((found.len(), sent(&server).await.len()), (0, 1));
}

#[tokio::test]
async fn a_record_of_another_shape_is_named() {
    let server = answering(ok(&json!({ "data": [project(1), { "id": "b5c1", "name": 5 }] }))).await;
    let table = client(&server).resource("projects").table();
    let error = table.page::<Project>(1).await.unwrap_err();
    assert!(
        matches!(error.failure(), Failure::Unreadable(why) if why.contains("record \"b5c1\"")),
        "{error}"
    );
    let mut stream = table.stream::<Project>();
    assert!(stream.next().await.unwrap().is_err() && stream.next().await.is_none());
}

#[tokio::test]
async fn an_error_on_the_way_ends_the_stream() {
    let pages = vec![
        ok(&json!({ "data": [project(1)], "last_page": 2 })),
        ResponseTemplate::new(404).set_body_json(json!({ "message": "gone" })),
    ];
    let server = crate::support::answering_in_turn(pages).await;
    let mut stream = client(&server).resource("projects").table().per_page(1).stream::<Project>();
    assert_eq!(stream.next().await.unwrap().unwrap().name, "p1");
    assert!(stream.next().await.unwrap().unwrap_err().is_not_found());
    assert!(stream.next().await.is_none());
}
