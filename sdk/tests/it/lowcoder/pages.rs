//! Pages: six ways to give them, and one stream.

#![allow(
    clippy::needless_pass_by_value,
    reason = "`json!` borrows what it is given, and tests have no more use for it"
)]

use futures::TryStreamExt as _;
use serde_json::{Value, json};
use tercet_sdk::lowcoder::{Client, Code};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

use super::{client, refusal};
use crate::support::requests;

fn asked(request: &Request, name: &str) -> Option<usize> {
    request.url.query_pairs().find(|(key, _)| key == name).and_then(|(_, value)| value.parse().ok())
}

async fn queries(server: &MockServer) -> Vec<String> {
    requests(server).await.iter().map(|one| one.url.query().unwrap_or_default().to_owned()).collect()
}

/// A server with so many things, which puts a page of them, its number and its size into an answer. Behind the last page it
/// fails, as some operations do.
async fn things(
    total: usize,
    size: usize,
    thing: fn(usize) -> Value,
    wrap: fn(Vec<Value>, usize, usize, usize) -> Value,
) -> (MockServer, Client) {
    let server = MockServer::start().await;
    Mock::given(any())
        .respond_with(move |request: &Request| {
            let number = asked(request, "pageNum").or(asked(request, "page")).unwrap_or(1);
            let size = asked(request, "pageSize").or(asked(request, "size")).unwrap_or(size);
            let all = (0..total).map(thing);
            let page: Vec<Value> =
                if size == 0 { all.collect() } else { all.skip((number - 1) * size).take(size).collect() };
            if page.is_empty() && number > 1 {
                return refusal(500, 5000);
            }
            ResponseTemplate::new(200).set_body_json(wrap(page, number, size, total))
        })
        .mount(&server)
        .await;
    let client = client(&server);
    (server, client)
}

fn envelope(data: Value) -> Value {
    json!({ "code": 1, "message": "", "data": data, "success": true })
}

/// PG1, PG2: numbers beside the data.
fn beside(page: Vec<Value>, number: usize, size: usize, total: usize) -> Value {
    json!({
        "code": 1, "message": "", "data": page, "pageNum": number, "pageSize": size, "total": total, "success": true,
    })
}

/// PG3: numbers in the data.
fn within(page: Vec<Value>, number: usize, size: usize, total: usize) -> Value {
    envelope(json!({
        "visitorRole": "admin", "members": page, "total": total, "pageNum": number, "pageSize": size,
    }))
}

/// PG4: an envelope in an envelope.
fn twice(page: Vec<Value>, number: usize, size: usize, total: usize) -> Value {
    envelope(beside(page, number, size, total))
}

/// PG5: a list and its count.
fn counted(page: Vec<Value>, _: usize, _: usize, total: usize) -> Value {
    envelope(json!({ "list": page, "count": total }))
}

fn org(id: usize) -> Value {
    json!({ "orgId": id.to_string(), "orgName": "o", "createdAt": 1_735_689_600.123, "updatedAt": 1_735_689_600 })
}

fn own_org(id: usize) -> Value {
    json!({ "orgView": org(id), "isCurrentOrg": false })
}

fn member(id: usize) -> Value {
    json!({
        "userId": id.to_string(), "name": "n", "avatarUrl": null, "role": "member", "joinTime": 1, "rawUserInfos": {},
    })
}

fn snapshot(id: usize) -> Value {
    json!({
        "snapshotId": id.to_string(), "context": {}, "userId": "u", "userName": "n", "userAvatar": null, "createTime": 1,
    })
}

#[tokio::test]
async fn pages_beside_their_numbers_end_where_they_are_said_to() {
    for (total, pages) in [(7, 3), (6, 2), (1, 1), (0, 1)] {
        let (server, client) = things(total, 0, org, beside).await;
        let found: Vec<_> =
            client.get_organization_by_user("a@b.c").page_size(3).stream().try_collect().await.unwrap();
        let ids: Vec<String> = found.into_iter().map(|one| one.org_id).collect();
        assert_eq!(ids, (0..total).map(|id| id.to_string()).collect::<Vec<_>>());
        // None is asked for behind the last.
        assert_eq!(
            queries(&server).await,
            (1..=pages).map(|page| format!("pageNum={page}&pageSize=3")).collect::<Vec<_>>()
        );
    }
}

#[tokio::test]
async fn all_at_once_is_one_page() {
    let (server, client) = things(30, 0, org, beside).await;
    let found = client.get_organization_by_user("a@b.c").stream().up_to(100).await.unwrap();
    assert_eq!((found.len(), queries(&server).await), (30, vec!["pageNum=1".to_owned()]));
    let found = client.get_organization_by_user("a@b.c").page_size(0).stream().up_to(100).await.unwrap();
    assert_eq!((found.len(), requests(&server).await.len()), (30, 2));
}

#[tokio::test]
async fn the_other_ways_are_the_same_stream() {
    let (server, client) = things(25, 1000, member, within).await;
    let found = client.list_organization_members("o").page_size(10).stream().up_to(100).await.unwrap();
    assert_eq!(
        (found.len(), found[24].user_id.as_deref().unwrap(), requests(&server).await.len()),
        (25, "24", 3)
    );
    // From a page in the middle.
    let found =
        client.list_organization_members("o").page_num(3).page_size(10).stream().up_to(100).await.unwrap();
    assert_eq!((found.len(), requests(&server).await.len()), (5, 4));

    let (server, client) = things(25, 10, own_org, twice).await;
    let found = client.get_user_orgs().stream().up_to(100).await.unwrap();
    assert_eq!(
        (found.len(), found[24].org_view.org_id.as_str(), requests(&server).await.len()),
        (25, "24", 3)
    );

    let (server, client) = things(25, 10, snapshot, counted).await;
    let found = client.list_application_snapshots("a").stream().up_to(100).await.unwrap();
    assert_eq!((found.len(), found[24].snapshot_id.as_str(), requests(&server).await.len()), (25, "24", 3));
}

#[tokio::test]
async fn a_server_that_does_not_go_on_is_found_out() {
    fn endless(page: Vec<Value>, _: usize, _: usize, _: usize) -> Value {
        beside(page, 1, 2, 1_000_000)
    }
    let server = MockServer::start().await;
    let same = ResponseTemplate::new(200).set_body_json(endless(vec![org(1), org(2)], 1, 2, 0));
    Mock::given(any()).respond_with(same).mount(&server).await;
    let error = client(&server).get_organization_by_user("a").stream().up_to(100).await.unwrap_err();
    assert!(error.to_string().contains("page 2 is an earlier one again"), "{error}");
    assert_eq!(requests(&server).await.len(), 2);

    // Numbers less than none, and a page that is empty before the end.
    for (total, size, data) in [(-5, -1, vec![org(1)]), (100, 10, vec![])] {
        let server = MockServer::start().await;
        let mut body = beside(data.clone(), 1, 0, 0);
        body["total"] = total.into();
        body["pageSize"] = size.into();
        Mock::given(any()).respond_with(ResponseTemplate::new(200).set_body_json(body)).mount(&server).await;
        let found = client(&server).get_organization_by_user("a").stream().up_to(100).await.unwrap();
        assert_eq!((found.len(), requests(&server).await.len()), (data.len(), 1));
    }
}

#[tokio::test]
async fn an_error_on_the_way_ends_the_stream() {
    let server = MockServer::start().await;
    Mock::given(any())
        .respond_with(|request: &Request| match asked(request, "pageNum") {
            Some(1) => ResponseTemplate::new(200).set_body_json(beside(vec![org(1)], 1, 1, 3)),
            _ => refusal(401, 5001),
        })
        .mount(&server)
        .await;
    let mut stream = client(&server).get_organization_by_user("a").stream();
    assert_eq!(stream.next().await.unwrap().unwrap().org_id, "1");
    assert_eq!(Code::of(&stream.next().await.unwrap().unwrap_err()), Some(Code::NotAuthorized));
    assert!(stream.next().await.is_none());
}
