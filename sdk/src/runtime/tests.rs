//! The generated layer held to a document with every difficulty (`codegen/tests/fixtures/everything.yaml`).

use serde_json::{Value, json};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

use super::{Maybe, Multipart, Number};
use crate::generated::fixture::Client;
use crate::generated::fixture::errors::{AddPartError, GetThingError, GetThingSuccess};
use crate::generated::fixture::types::{
    AddPartConflict, BoxInput, New2Order, Part, PartInput, PartInputBolt, Pet, Shape, Thing, ThingColour,
    ThingInput, Upload, WheelInput,
};

async fn server(template: ResponseTemplate) -> (MockServer, Client) {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(template).mount(&server).await;
    let client =
        Client::builder(server.uri()).credential("k&1").credential_for("session", "s;1").build().unwrap();
    (server, client)
}

async fn last(server: &MockServer) -> Request {
    server.received_requests().await.unwrap().pop().unwrap()
}

fn thing() -> Value {
    json!({ "id": 7, "name": "Not-A-Pattern", "unknown": true })
}

#[tokio::test]
#[allow(deprecated, reason = "the operation is")]
async fn equal_names_in_path_query_header_and_cookie_all_arrive() {
    let (server, client) = server(ResponseTemplate::new(200).set_body_json(thing())).await;
    let found =
        client.get_thing(7).id_2("q").x_id("h").x_id_2(true).x_tercet_cookie_sid("c d").await.unwrap();
    assert!(matches!(&*found, GetThingSuccess::Ok(thing) if thing.extra_members["unknown"] == true));
    let request = last(&server).await;
    assert_eq!(request.url.path(), "/things/7");
    assert_eq!(request.url.query(), Some("id=q&x_id=true"));
    assert_eq!(request.headers["x-id"], "h");
    assert_eq!(request.headers["cookie"], "sid=c%20d; session=s%3B1");
    assert!(request.headers["accept"].to_str().unwrap().contains("application/problem+json"));
}

#[tokio::test]
#[allow(deprecated, reason = "the operation is")]
async fn default_is_a_range_and_several_successes_are_an_enum() {
    let problem = json!({ "title": "No", "detail": "Never" });
    for (status, expected) in [(404, "NotFound"), (418, "ClientError"), (500, "ServerError")] {
        let answer =
            ResponseTemplate::new(status).set_body_raw(problem.to_string(), "application/problem+json");
        let (_server, client) = server(answer).await;
        let error = client.get_thing(1).await.unwrap_err();
        let name = match error.declared() {
            Some(GetThingError::NotFound(problem)) => (problem.title == "No").then_some("NotFound"),
            Some(GetThingError::ClientError(_)) => Some("ClientError"),
            Some(GetThingError::ServerError(_)) => Some("ServerError"),
            None => None,
        };
        assert_eq!(name, Some(expected), "{error:?}");
    }
    let (_server, client) = server(ResponseTemplate::new(202)).await;
    assert!(matches!(client.get_thing(1).await.unwrap().into_inner(), GetThingSuccess::Accepted));
}

#[tokio::test]
async fn parameters_are_written_in_their_styles() {
    let (server, client) = server(ResponseTemplate::new(200).set_body_json(json!([]))).await;
    client
        .new_2()
        .tags(vec!["a".to_owned(), "b c".to_owned()])
        .ids([1, 2])
        .sizes([3, 4])
        .range_from(5)
        .range_to(6)
        .size(7)
        .filter(json!({ "x": "&" }))
        .x_fields(["id", "name"])
        .order(New2Order::Other("sideways".to_owned()))
        .await
        .unwrap();
    let request = last(&server).await;
    let mut pairs: Vec<String> =
        request.url.query_pairs().map(|(name, value)| format!("{name}={value}")).collect();
    pairs.sort();
    assert_eq!(
        pairs,
        [
            "api_key=k&1",
            "filter={\"x\":\"&\"}",
            "ids=1,2",
            "order=sideways",
            "range[from]=5",
            "range[to]=6",
            "size=7",
            "sizes=3|4",
            "tags=a",
            "tags=b c",
        ]
    );
    assert_eq!(request.headers["x-fields"], "id,name");
}

#[tokio::test]
async fn an_update_says_absent_null_and_value_and_keeps_its_media_type() {
    let (server, client) = server(ResponseTemplate::new(204)).await;
    client.change_thing(1).await.unwrap();
    assert!(last(&server).await.body.is_empty());

    let thing =
        ThingInput::new("a").note(Maybe::Null).due("2025").tags([]).weight(100).foo_bar("1").foo_bar_2("2");
    client.change_thing(1).body(thing).await.unwrap();
    let request = last(&server).await;
    assert_eq!(request.headers["content-type"], "application/merge-patch+json");
    assert_eq!(
        serde_json::from_slice::<Value>(&request.body).unwrap(),
        json!({ "name": "a", "note": null, "due": "2025", "tags": [], "weight": 100, "fooBar": "1", "foo_bar": "2" })
    );
}

#[tokio::test]
async fn each_media_type_of_a_request_has_its_method() {
    let (server, client) = server(ResponseTemplate::new(201)).await;
    client.post_things(ThingInput::new("a").secret("s").colour(ThingColour::Plus1)).await.unwrap();
    assert_eq!(last(&server).await.body, br#"{"colour":"+1","name":"a","secret":"s"}"#);

    client.post_things_form(Upload::new().name("a b").ids([1, 2])).await.unwrap();
    let request = last(&server).await;
    assert_eq!(request.headers["content-type"], "application/x-www-form-urlencoded");
    assert_eq!(request.body, b"ids=1&ids=2&name=a+b");
    assert_eq!(request.url.path(), "/things");

    client.post_things_plain("plain").await.unwrap();
    let request = last(&server).await;
    assert_eq!(
        (request.headers["content-type"].to_str().unwrap(), &*request.body),
        ("text/plain", &b"plain"[..])
    );

    client.post_things_multipart(Multipart::new().text("name", "a")).await.unwrap();
    let request = last(&server).await;
    assert!(request.headers["content-type"].to_str().unwrap().starts_with("multipart/form-data; boundary="));
    assert!(String::from_utf8(request.body).unwrap().contains("name=\"name\"\r\n\r\na\r\n"));
}

#[tokio::test]
async fn text_and_bytes_are_kept_as_they_came() {
    let (server, client) = server(ResponseTemplate::new(200).set_body_raw("a \"text\"", "text/plain")).await;
    let read = client.read_file(["a", "b"], "en/gb").reply().await.unwrap();
    assert_eq!(read.bytes(), &b"a \"text\""[..]);
    assert_eq!(last(&server).await.url.path(), "/files/a%2Cb.txt/en%2Fgb");

    let (_server, client) = self::server(ResponseTemplate::new(206).set_body_bytes([0, 255])).await;
    assert_eq!(client.read_file(["a"], "en").await.unwrap().bytes(), &[0, 255][..]);
}

#[tokio::test]
async fn unions_find_their_branch_or_keep_the_json() {
    let found = |shape: Value, pet: Value| json!({ "hits": [{ "score": -1 }], "shape": shape, "pet": pet, "odd": null });
    let (_server, client) = server(
        ResponseTemplate::new(200)
            .set_body_json(found(json!({ "side": 2 }), json!({ "kind": "dog", "name": "R" }))),
    )
    .await;
    let reply = client.search().body(vec![1_u8]).await.unwrap();
    assert!(matches!(&reply.shape, Shape::Object2(square) if square.side == Number(2.0)));
    assert!(matches!(&reply.pet, Some(Pet::Dog(dog)) if dog.name == "R"));
    assert_eq!(reply.odd, Maybe::Null);

    let newer = found(json!([1]), json!({ "kind": "axolotl", "gills": 6 }));
    let (_server, client) = server(ResponseTemplate::new(200).set_body_json(&newer)).await;
    let reply = client.search().await.unwrap();
    assert!(matches!(&reply.pet, Some(Pet::Unknown(members)) if members["gills"] == 6));
    assert_eq!(serde_json::to_value(&*reply).unwrap(), newer);
}

#[tokio::test]
async fn an_operation_that_declares_nothing_is_still_called() {
    let (server, client) = server(ResponseTemplate::new(200)).await;
    let error = client.silent().await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(200));
    assert_eq!(last(&server).await.url.path(), "/silent");
}

#[test]
fn both_directions_of_a_thing_differ_only_where_they_must() {
    let thing: Thing = serde_json::from_value(thing()).unwrap();
    assert_eq!(thing.id, 7);
    let text = format!("{:?}", ThingInput::new("a").secret("hidden"));
    assert!(!text.contains("hidden"), "{text}");
}

#[tokio::test]
async fn kinds_are_variants_and_newer_ones_survive() {
    let parts = json!([
        { "type": "wheel", "id": 1, "name": "w", "spokes": 20, "note": null, "colour": "red",
          "spare": { "type": "hex-bolt", "id": 2, "name": "b", "size": 5 } },
        { "type": "box", "id": 3, "name": "x", "lid": null, "content": [{ "type": "lever", "id": 4, "name": "l", "arms": [1, 2] }] },
        // known kinds of another shape, and no kind at all
        { "type": "wheel", "id": 5, "name": "odd", "spokes": "many" },
        { "type": 7, "id": 6 },
        {},
    ]);
    let (server, client) = server(ResponseTemplate::new(200).set_body_json(&parts)).await;
    let found = client.add_part(WheelInput::new("w", 20)).await.unwrap();
    assert!(matches!(&found[0], Part::Wheel(wheel) if wheel.extra["colour"] == "red"
        && matches!(&wheel.spare, Some(Part::HexBolt(bolt)) if bolt.size == Some(Number(5.0)))));
    assert!(matches!(&found[1], Part::Box(one) if one.lid == Maybe::Null
        && matches!(&one.content.as_deref(), Some([Part::Unknown(lever)]) if lever["arms"] == json!([1, 2]))));
    assert!(matches!(&found[2], Part::Unknown(odd) if odd["spokes"] == "many"));
    let asked: Vec<(&str, Option<i64>, Option<&str>)> =
        found.iter().map(|part| (part.kind(), part.id(), part.name())).collect();
    assert_eq!(
        asked,
        [
            ("wheel", Some(1), Some("w")),
            ("box", Some(3), Some("x")),
            ("wheel", Some(5), Some("odd")),
            ("", Some(6), None),
            ("", None, None)
        ]
    );
    // What came goes back as it came, and the kind is written once.
    assert_eq!(serde_json::to_value(&*found).unwrap(), parts);
    let sent = last(&server).await.body;
    assert_eq!(sent, br#"{"type":"wheel","name":"w","spokes":20}"#);
}

#[tokio::test]
async fn unions_are_sent_as_they_are_read() {
    let (server, client) =
        server(ResponseTemplate::new(409).set_body_json(json!({ "reason": "full", "limit": 3 }))).await;
    let inner = PartInput::HexBolt(PartInputBolt::new("inner"));
    let newer = json!({ "type": "lever", "arms": 2 });
    let unknown: PartInput = serde_json::from_value(newer.clone()).unwrap();
    let error = client
        .add_part(
            BoxInput::new("outer").content([inner, unknown]).lid(PartInput::from(WheelInput::new("lid", 1))),
        )
        .await
        .unwrap_err();
    assert!(
        matches!(error.declared(), Some(AddPartError::Conflict(AddPartConflict::Full(full))) if full.limit == Some(3))
    );
    let sent: Value = serde_json::from_slice(&last(&server).await.body).unwrap();
    assert_eq!(
        sent,
        json!({
            "type": "box", "name": "outer", "content": [{ "type": "hex-bolt", "name": "inner" }, newer],
            "lid": { "type": "wheel", "name": "lid", "spokes": 1 },
        })
    );
    let gone = json!({ "reason": "gone", "since": 3 });
    let read: AddPartConflict = serde_json::from_value(gone.clone()).unwrap();
    assert!(matches!(&read, AddPartConflict::Gone(_)));
    assert_eq!(serde_json::to_value(read).unwrap(), gone);
    let refused: Result<PartInput, _> = serde_json::from_value(json!("bolt"));
    assert!(refused.unwrap_err().to_string().contains("one of several kinds"));
}
