//! No secret in any output, in whatever form it comes back.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use tercet_conformance::report::REPORTS;
use tercet_conformance::run::{Choice, run};
use tercet_conformance::{Identity, Masks, Secret, Sent, curl};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

use crate::support::{BOARDS, Quiet, document, reading, session, target};

/// A secret with characters that every encoding treats in its own way.
const CANARY: &str = "s3cr/t+Canary=%\"ü 42";

fn masks() -> Masks {
    Masks::new([("accessToken", &Secret::new(CANARY))])
}

#[test]
fn a_secret_of_a_letter_or_two_is_masked_where_it_stands_alone() {
    let masks = Masks::new([("apiKey", &Secret::new("k"))]);
    let shown =
        masks.mask("-H 'api_key: k' 'https://x/y?key=k&z=1' {\"token\":\"k\",\"name\":\"Donald Kelk\"}");
    let expected = "-H 'api_key: $API_KEY' 'https://x/y?key=$API_KEY&z=1' {\"token\":\"$API_KEY\",\"name\":\"Donald Kelk\"}";
    assert_eq!(shown, expected);
}

#[test]
fn a_secret_is_masked_in_every_form() {
    let percent: String = CANARY.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let forms = [
        CANARY.to_owned(),
        serde_json::to_string(CANARY).unwrap(),
        url::form_urlencoded::byte_serialize(CANARY.as_bytes()).collect(),
        percent_encoding::utf8_percent_encode(CANARY, percent_encoding::NON_ALPHANUMERIC).to_string(),
        STANDARD.encode(CANARY),
        STANDARD.encode(format!("user:{CANARY}")),
        STANDARD.encode(format!("me:{CANARY}:x")),
        STANDARD.encode(format!("a:{CANARY}")),
    ];
    for form in forms {
        let text = format!("before {form} after");
        let masked = masks().mask(&text);
        assert!(masked.contains("$ACCESS_TOKEN"), "{form} is shown: {masked}");
        assert!(!masked.contains("Canary"), "{form} is shown: {masked}");
        assert!(masked.starts_with("before ") && masked.ends_with(" after"), "{masked}");
    }
    assert_ne!(percent, "");
}

#[test]
fn the_password_of_a_pair_is_masked_on_its_own_too() {
    let masks = Masks::new([("login", &Secret::new("ada:opensesame"))]);
    assert_eq!(masks.mask("password=opensesame"), "password=$LOGIN");
}

#[test]
fn what_is_no_secret_stays() {
    assert_eq!(masks().mask("nothing to hide"), "nothing to hide");
}

#[test]
fn a_secret_never_shows_in_debug() {
    assert!(!format!("{:?}", Secret::new(CANARY)).contains("Canary"));
    assert!(!format!("{:?}", masks()).contains("Canary"));
    let identity = Identity {
        credentials: vec![("accessToken".to_owned(), Secret::new(CANARY))],
        ..Identity::default()
    };
    assert!(!format!("{identity:?}").contains("Canary"));
}

#[test]
fn curl_can_be_pasted_with_a_variable_for_the_secret() {
    let sent = Sent {
        method: "POST".to_owned(),
        url: "http://127.0.0.1:1/a?b=c".to_owned(),
        headers: vec![
            ("Accept".to_owned(), "*/*".to_owned()),
            ("Authorization".to_owned(), format!("Bearer {CANARY}")),
            ("Content-Type".to_owned(), "application/json".to_owned()),
        ],
        body: Some(br#"{"name":"it's $HOME"}"#.as_slice().into()),
    };
    assert_eq!(
        curl(&sent, &masks()),
        concat!(
            "curl -sS -i -X POST 'http://127.0.0.1:1/a?b=c' -H 'Authorization: Bearer '\"$ACCESS_TOKEN\" ",
            "-H 'Content-Type: application/json' --data-raw '{\"name\":\"it'\\''s $HOME\"}'"
        )
    );
}

#[test]
fn a_body_of_blanks_is_made_by_the_shell() {
    let mut body = br#"{"a":1}"#.to_vec();
    body.resize(70_000, b' ');
    let sent = Sent {
        method: "POST".to_owned(),
        url: "http://127.0.0.1:1/a".to_owned(),
        headers: vec![("Content-Type".to_owned(), "application/json".to_owned())],
        body: Some(body.into()),
    };
    assert_eq!(
        curl(&sent, &masks()),
        concat!(
            r#"{ printf %s '{"a":1}'; head -c 69993 /dev/zero | tr '\0' ' '; } | "#,
            "curl -sS -i -X POST 'http://127.0.0.1:1/a' -H 'Content-Type: application/json' --data-binary @-"
        )
    );
}

#[tokio::test]
async fn a_server_that_echoes_the_secret_does_not_get_it_into_any_report() {
    let server = MockServer::start().await;
    let secret = "canary-token-000777";
    let echo = move |request: &Request| {
        let said =
            request.headers.get("authorization").map_or("", |value| value.to_str().unwrap_or("")).to_owned();
        let encoded = STANDARD.encode(&said);
        ResponseTemplate::new(200).insert_header("X-Echo", said.as_str()).set_body_json(
            serde_json::json!([{ "you": said, "encoded": encoded, "url": request.url.to_string() }]),
        )
    };
    Mock::given(any()).respond_with(echo).mount(&server).await;
    let reading = reading(&document("boards.yaml", BOARDS));
    let identity =
        Identity { credentials: vec![("token".to_owned(), Secret::new(secret))], ..Identity::default() };
    let target = target(reading.contract(), &server.uri(), vec![identity]);
    let mut session = session(&reading, target, 1);
    let report = run(&mut session, &Choice::default(), 1, &Quiet).await.unwrap();
    assert!(!report.holds());
    let encoded = STANDARD.encode(format!("Bearer {secret}"));
    for format in REPORTS {
        let text = format.render(&report).unwrap();
        assert!(text.contains("$TOKEN"), "{} shows no exchange", format.name());
        assert!(!text.contains(secret), "{} shows the secret", format.name());
        assert!(!text.contains(&encoded[8..20]), "{} shows the secret in base64", format.name());
    }
}
