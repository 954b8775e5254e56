//! Listings: all pages, each once, and none from a server that does not go on.

use futures::TryStreamExt as _;
use serde_json::{Value, json};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

use super::Failure;
use crate::generated::fixture::Client;
use crate::generated::fixture::errors::ListPartsError;

async fn server(
    answer: impl Fn(&Request) -> ResponseTemplate + Send + Sync + 'static,
) -> (MockServer, Client) {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(answer).mount(&server).await;
    let client = Client::builder(server.uri()).credential("k").build().unwrap();
    (server, client)
}

fn asked(request: &Request, name: &str) -> Option<usize> {
    request.url.query_pairs().find(|(key, _)| key == name).and_then(|(_, value)| value.parse().ok())
}

fn bolts(ids: impl IntoIterator<Item = usize>) -> Vec<Value> {
    ids.into_iter().map(|id| json!({ "type": "bolt", "id": id, "name": "b" })).collect()
}

/// Seven bolts, three on a page, with links as a server behind a proxy would give them.
fn page(request: &Request) -> ResponseTemplate {
    let number = asked(request, "page").unwrap_or(1);
    let ids: Vec<usize> = (1..=7).skip((number - 1) * 3).take(3).collect();
    let next = (number < 3).then_some("http://elsewhere.internal/parts?page=99");
    ResponseTemplate::new(200).set_body_json(json!({ "count": 7, "next": next, "results": bolts(ids) }))
}

async fn queries(server: &MockServer) -> Vec<String> {
    let requests = server.received_requests().await.unwrap();
    requests.iter().map(|request| request.url.query().unwrap_or_default().replace("&api_key=k", "")).collect()
}

#[tokio::test]
async fn pages_follow_each_other_to_the_end() {
    let (server, client) = server(page).await;
    let parts: Vec<_> = client.list_parts().size(3).colour("a b").stream().try_collect().await.unwrap();
    let ids: Vec<Option<i64>> = parts.iter().map(|part| part.id()).collect();
    assert_eq!(ids, (1..=7).map(Some).collect::<Vec<_>>());
    // The links are not followed, only believed; what was set is asked for on each page.
    assert_eq!(queries(&server).await, [1, 2, 3].map(|page| format!("colour=a+b&page={page}&size=3")));
}

#[tokio::test]
async fn no_page_is_asked_for_before_it_is_needed() {
    let (server, client) = server(page).await;
    let mut parts = client.list_parts().page(2).stream();
    assert!(queries(&server).await.is_empty());
    for id in 4..=6 {
        assert_eq!(parts.next().await.unwrap().unwrap().id(), Some(id));
    }
    assert_eq!(queries(&server).await, ["page=2"]);
    assert_eq!(parts.up_to(5).await.unwrap().len(), 1);
}

#[tokio::test]
async fn an_error_ends_a_listing() {
    let (server, client) = server(|request| match asked(request, "page") {
        Some(2) => ResponseTemplate::new(404).set_body_json(json!({ "title": "gone" })),
        _ => page(request),
    })
    .await;
    let mut parts = client.list_parts().stream();
    for _ in 0..3 {
        parts.next().await.unwrap().unwrap();
    }
    let error = parts.next().await.unwrap().unwrap_err();
    assert!(matches!(error.declared(), Some(ListPartsError::NotFound(problem)) if problem.title == "gone"));
    assert!(parts.next().await.is_none());
    assert_eq!(queries(&server).await.len(), 2);
}

#[tokio::test]
async fn a_server_that_repeats_pages_is_not_followed() {
    // The same page for ever; and one that begins anew after the second. Links differ, as they would.
    for cycle in [1, 2] {
        let (server, client) = server(move |request| {
            let number = asked(request, "page").unwrap_or(1);
            let next = format!("?page={}", number + 1);
            let results = bolts([(number - 1) % cycle]);
            ResponseTemplate::new(200).set_body_json(json!({ "count": 1, "next": next, "results": results }))
        })
        .await;
        let mut parts = client.list_parts().stream();
        for _ in 0..cycle {
            parts.next().await.unwrap().unwrap();
        }
        let error = parts.next().await.unwrap().unwrap_err();
        assert!(
            matches!(error.failure(), Failure::Unreadable(why) if why.contains("an earlier one again")),
            "{error}"
        );
        assert!(parts.next().await.is_none());
        assert_eq!(queries(&server).await.len(), cycle + 1);
    }
}

#[tokio::test]
async fn an_empty_page_is_the_last_one_whatever_it_says() {
    let (server, client) = server(|_| {
        ResponseTemplate::new(200).set_body_json(json!({ "count": 9, "next": "?page=2", "results": [] }))
    })
    .await;
    assert!(client.list_parts().stream().next().await.is_none());
    assert_eq!(queries(&server).await.len(), 1);
}

#[tokio::test]
async fn offsets_count_what_came_not_what_was_asked_for() {
    let lines: Vec<String> = (0..7).map(|line| format!("line {line}")).collect();
    let all = lines.clone();
    let (server, client) = server(move |request| {
        // It gives less than is asked for.
        let limit = asked(request, "limit").unwrap_or(9).min(4);
        let page: Vec<&String> = all.iter().skip(asked(request, "after").unwrap_or(0)).take(limit).collect();
        ResponseTemplate::new(200).set_body_json(page)
    })
    .await;
    assert_eq!(client.read_log().limit(100).stream().try_collect::<Vec<_>>().await.unwrap(), lines);
    assert_eq!(queries(&server).await, ["after=0&limit=100", "after=4&limit=100", "after=7&limit=100"]);
    assert_eq!(client.read_log().after("5").stream().up_to(10).await.unwrap(), lines[5..]);
}
