//! The front-end's page on which tokens are made, and the tokens that were made there.

use serde_json::json;
use tercet_mock_server::entropy::Timestamp;

use super::support::{Answer, DEMO, NOW, Qore, application, sent, start, with_form};

const DAY: i64 = 24 * 60 * 60 * 1000;

async fn page(qore: &Qore, query: &str) -> Answer {
    sent(qore.request("", "GET", &format!("/api_tokens{query}")).header("accept", "text/html")).await
}

async fn form(qore: &Qore, path: &str, fields: &[(&str, &str)]) -> Answer {
    sent(with_form(qore.request("", "POST", path), fields)).await
}

/// The token that a page shows.
fn token(answer: &Answer) -> String {
    assert_eq!(answer.status, 200, "{answer:?}");
    let (_, rest) = answer.text.split_once("<code id=\"token\">").unwrap();
    rest.split_once('<').unwrap().0.to_owned()
}

/// The text of the list of tokens.
fn list(answer: &Answer) -> &str {
    answer.text.split_once("id=\"tokens\"").unwrap().1.split_once("</section>").unwrap().0
}

#[tokio::test]
async fn a_token_is_made_shown_once_used_and_revoked() {
    let qore = start().await;
    let made =
        form(&qore, "/api_tokens", &[("user", "2"), ("device_name", "My script"), ("expiration_date", "")])
            .await;
    let token = token(&made);
    let (number, secret) = token.split_once('|').unwrap();
    assert_eq!((number, secret.len()), ("4", 40), "{token}");
    assert!(secret.chars().all(|letter| letter.is_ascii_alphanumeric()));
    assert_eq!(made.headers["cache-control"], "no-store");
    let again = page(&qore, "?user=2").await;
    assert!(list(&again).contains("My script") && !again.text.contains(secret), "it is shown only once");
    assert!(!page(&qore, "?user=1").await.text.contains("My script"), "it is the other account's");
    assert_eq!(qore.get(&token, "/api/me").await.ok()["name"], "Eline de Vries");
    qore.clock.set(Timestamp(NOW + DAY + 3_600_000));
    assert_eq!(qore.get(&token, "/api/me").await.status, 200);
    assert!(list(&page(&qore, "?user=2").await).contains("2026-01-02 01:00"), "when it was last used");
    // Only its own account revokes it.
    assert_eq!(form(&qore, "/api_tokens/4/revoke", &[("user", "1")]).await.status, 404);
    let revoked = form(&qore, "/api_tokens/4/revoke", &[("user", "2")]).await;
    assert_eq!((revoked.status, &revoked.headers["location"]), (303, &"/api_tokens?user=2".parse().unwrap()));
    assert_eq!(qore.get(&token, "/api/me").await.status, 401);
    assert!(!page(&qore, "?user=2").await.text.contains("My script"));
    assert_eq!(form(&qore, "/api_tokens/4/revoke", &[("user", "2")]).await.status, 404);
}

#[tokio::test]
async fn a_token_ends_when_its_day_begins() {
    let qore = start().await;
    let made =
        form(&qore, "/api_tokens", &[("device_name", "Until the third"), ("expiration_date", "2026-01-03")])
            .await;
    let token = token(&made);
    qore.clock.set(Timestamp(NOW + 2 * DAY - 1));
    assert_eq!(qore.get(&token, "/api/me").await.status, 200);
    qore.clock.set(Timestamp(NOW + 2 * DAY));
    assert_eq!(qore.get(&token, "/api/me").await.status, 401);
    assert!(
        list(&page(&qore, "").await)
            .contains("expired <time datetime=\"2026-01-03T00:00:00.000000Z\">2026-01-03</time>")
    );
}

#[tokio::test]
async fn what_is_entered_wrongly_is_said_beside_it() {
    let qore = start().await;
    let long = "x".repeat(256);
    for (name, ends, said) in [
        ("", "", "The device name field is required."),
        ("   ", "", "The device name field is required."),
        (long.as_str(), "", "The device name field must not be greater than 255 characters."),
        ("CI", "tomorrow", "The expiration date field must be a valid date."),
        ("CI", "2026-02-30", "The expiration date field must be a valid date."),
        ("CI", "2026-01-01", "The expiration date field must be a date after today."),
        ("CI", "2020-01-01", "The expiration date field must be a date after today."),
    ] {
        let refused = form(&qore, "/api_tokens", &[("device_name", name), ("expiration_date", ends)]).await;
        assert_eq!(refused.status, 422, "{name} {ends}");
        assert!(refused.text.contains(said), "{name} {ends}: {}", refused.text);
        assert!(!refused.text.contains("id=\"token\""));
    }
    let kept =
        form(&qore, "/api_tokens", &[("device_name", "Kept \"so\""), ("expiration_date", "never")]).await;
    assert!(kept.text.contains("value=\"Kept &quot;so&quot;\"") && kept.text.contains("value=\"never\""));
    assert_eq!(form(&qore, "/api_tokens", &[("device_name", &"x".repeat(255))]).await.status, 200);
}

#[tokio::test]
async fn names_are_shown_as_what_they_are() {
    let qore = start().await;
    let name = "<script>alert('1')</script> & <b>\"bold\"</b>";
    let made = form(&qore, "/api_tokens", &[("device_name", name)]).await;
    let shown = "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; &lt;b&gt;&quot;bold&quot;&lt;/b&gt;";
    assert!(list(&made).contains(shown) && !made.text.contains("<script>alert"), "{}", made.text);
    let hostile = application(
        "application: { name: '<i>Club</i>' }\nresources: { users: { title: '{name}', fields: { name: { type: text } }, records: [ { id: 1, name: '</option><b>x' } ] } }",
    )
    .await;
    let text = page(&hostile, "").await.text;
    assert!(text.contains("&lt;i&gt;Club") && text.contains("&lt;/option&gt;&lt;b&gt;x"), "{text}");
}

#[tokio::test]
async fn the_page_runs_nothing_but_its_own() {
    let answer = page(&start().await, "").await;
    assert_eq!(
        (answer.status, &answer.headers["content-type"]),
        (200, &"text/html; charset=utf-8".parse().unwrap())
    );
    let policy = answer.headers["content-security-policy"].to_str().unwrap();
    for part in ["default-src 'none'", "script-src 'sha256-", "form-action 'self'", "frame-ancestors 'none'"]
    {
        assert!(policy.contains(part), "{policy}");
    }
    assert!(!policy.contains("unsafe"), "{policy}");
    assert!(answer.text.contains("This is a mock"));
}

#[tokio::test]
async fn forms_of_other_sites_are_refused() {
    let qore = start().await;
    for (name, value) in [
        ("origin", "http://evil.example"),
        ("origin", "null"),
        ("origin", "http://127.0.0.1:1"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
    ] {
        for path in ["/api_tokens", "/api_tokens/1/revoke"] {
            let request = qore.request("", "POST", path).header(name, value);
            assert_eq!(
                sent(with_form(request, &[("device_name", "theirs")])).await.status,
                403,
                "{path} {name} {value}"
            );
        }
    }
    let own = qore.url("");
    let request = qore.request("", "POST", "/api_tokens").header("origin", own);
    assert_eq!(sent(with_form(request, &[("device_name", "ours")])).await.status, 200);
    let text = page(&qore, "").await.text;
    assert!(!text.contains("theirs") && text.contains("Postman") && text.contains("ours"));
}

#[tokio::test]
async fn a_form_that_is_sent_again_makes_no_second_token() {
    let qore = start().await;
    let fields = [("user", "1"), ("form", "abc"), ("device_name", "Once")];
    let token = token(&form(&qore, "/api_tokens", &fields).await);
    let again = form(&qore, "/api_tokens", &fields).await;
    assert_eq!(again.status, 200);
    assert!(again.text.contains("This form was sent before") && !again.text.contains(&token));
    assert_eq!(list(&again).matches("Revoke Once").count(), 1);
    // The same page in another tab.
    let other =
        form(&qore, "/api_tokens", &[("user", "1"), ("form", "abc"), ("device_name", "Another")]).await;
    assert_ne!(self::token(&other), token);
}

#[tokio::test]
async fn accounts_that_are_not_there() {
    let qore = start().await;
    for query in ["?user=99", "?user=x"] {
        let answer = page(&qore, query).await;
        assert_eq!(answer.status, 404);
        assert!(answer.text.contains("There is no such account"));
    }
    assert_eq!(form(&qore, "/api_tokens", &[("user", "99"), ("device_name", "x")]).await.status, 404);
    let home = sent(qore.request("", "GET", "/")).await;
    assert_eq!((home.status, &home.headers["location"]), (302, &"/api_tokens".parse().unwrap()));
}

#[tokio::test]
async fn the_page_is_no_part_of_the_contract() {
    let qore = start().await;
    let routes = qore.get(DEMO, "/api/endpoints").await.text;
    assert!(!routes.contains("api_tokens") && !routes.contains("storage"), "{routes}");
    let (_, document) = tercet_spec::shipped("qore").unwrap();
    let paths = document.root()["paths"].as_object().unwrap();
    assert!(paths.keys().all(|path| path.starts_with("/api/")), "{paths:?}");
}

#[tokio::test]
async fn stored_files_are_read_back() {
    let qore = start().await;
    let mut state = qore.get("", "/_mock/state").await.ok();
    let files = json!([
        { "id": 1, "path": "abc.txt", "name": "n\u{f6}te.txt", "mime_type": "text/plain", "size": 5, "content": "aGVsbG8=" },
        { "id": 2, "path": "x/page.html", "name": "page.html", "mime_type": "text/html", "size": 5, "content": "aGVsbG8=" },
    ]);
    state["collections"]["stored_files"] = files;
    let put = qore.call("", "PUT", "/_mock/state", state).await;
    assert!(put.status < 300, "{put:?}");
    let text = qore.get("", "/storage/abc.txt").await;
    assert_eq!((text.status, text.text.as_str()), (200, "hello"));
    assert_eq!(text.headers["content-type"], "text/plain");
    assert_eq!(text.headers["content-disposition"], "inline; filename*=UTF-8''n%C3%B6te%2Etxt");
    assert_eq!(text.headers["x-content-type-options"], "nosniff");
    // What could act in the name of the application is saved.
    let html = qore.get("", "/storage/x/page.html").await;
    assert_eq!(
        (html.status, &html.headers["content-disposition"]),
        (200, &"attachment; filename*=UTF-8''page%2Ehtml".parse().unwrap())
    );
    for path in ["/storage/nope", "/storage/a/b", "/storage/..%2Fabc.txt"] {
        assert_eq!(qore.get("", path).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn a_form_tells_nothing_of_the_token_that_is_made_next() {
    let qore = start().await;
    let shown = page(&qore, "").await.text;
    let mark = shown.split_once("name=\"form\" value=\"").unwrap().1.split_once('"').unwrap().0.to_owned();
    assert_eq!(mark.len(), 16, "{mark}");
    let fields = [("user", "1"), ("device_name", "Script"), ("expiration_date", ""), ("form", mark.as_str())];
    let made = token(&form(&qore, "/api_tokens", &fields).await);
    assert!(!made.contains(&mark) && !made.contains(&mark[..4]), "{made} after {mark}");
    assert!(
        form(&qore, "/api_tokens", &fields).await.text.contains("sent before"),
        "it still is what forms are known by"
    );
}
