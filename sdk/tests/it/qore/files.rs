//! Forms with files: what is sent, from where, and how often.

use std::io::Write as _;

use serde::Serialize;
use serde_json::json;
use tercet_sdk::qore::{FormData, Record};
use wiremock::ResponseTemplate;

use super::{client, client_at, last, sent};
use crate::support::answering;

#[derive(Serialize)]
struct NewRegistration {
    name: &'static str,
    tenants: Vec<i64>,
    billable: bool,
    hours: f64,
    note: Option<&'static str>,
    tags: Vec<&'static str>,
}

const NEW: fn() -> NewRegistration = || NewRegistration {
    name: "é\r\n",
    tenants: vec![1, 2],
    billable: true,
    hours: 1.5,
    note: None,
    tags: vec![],
};

fn made() -> ResponseTemplate {
    ResponseTemplate::new(201).set_body_json(json!({ "data": { "id": 9 } }))
}

/// A file in the system's folder for such, gone when dropped.
struct File(std::path::PathBuf);

impl File {
    fn new(name: &str, content: &[u8]) -> Self {
        let folder = std::env::temp_dir().join(format!("tercet-sdk-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join(name);
        std::fs::File::create(&path).unwrap().write_all(content).unwrap();
        Self(path)
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(self.0.parent().unwrap());
    }
}

/// The names and contents of a form's parts.
fn parts(text: &str, content_type: &str) -> Vec<(String, String)> {
    let boundary = content_type.strip_prefix("multipart/form-data; boundary=").unwrap();
    let text = text.strip_suffix(&format!("--{boundary}--\r\n")).unwrap();
    let between = format!("--{boundary}\r\n");
    text.split(&between)
        .skip(1)
        .map(|part| {
            let (head, content) = part.split_once("\r\n\r\n").unwrap();
            let head = head.strip_prefix("Content-Disposition: form-data; name=").unwrap();
            (head.to_owned(), content.strip_suffix("\r\n").unwrap().to_owned())
        })
        .collect()
}

fn pair(head: &str, content: &str) -> (String, String) {
    (head.to_owned(), content.to_owned())
}

#[tokio::test]
async fn a_form_is_written_as_php_reads_it() {
    let server = answering(made()).await;
    let registrations = client(&server).resource("registrations");
    let file = File::new("may \"1\".pdf", b"%PDF-1.7");
    let form = FormData::of(&NEW()).path_as("attachment", &file.0, Some("application/pdf")).file(
        "photo",
        "p.png",
        None,
        vec![b'x'; 3],
    );
    let record = registrations.create_form::<Record>(form).await.unwrap();
    assert_eq!(record.id, 9);
    let request = last(&server).await;
    assert_eq!(request.line, "POST /api/resources/registrations");
    assert_eq!(
        parts(&request.text, request.content_type.as_deref().unwrap()),
        [
            pair("\"name\"", "é\r\n"),
            pair("\"tenants[]\"", "1"),
            pair("\"tenants[]\"", "2"),
            pair("\"billable\"", "1"),
            pair("\"hours\"", "1.5"),
            pair("\"note\"", ""),
            pair("\"tags\"", ""),
            pair("\"attachment\"; filename=\"may %221%22.pdf\"\r\nContent-Type: application/pdf", "%PDF-1.7"),
            pair("\"photo\"; filename=\"p.png\"\r\nContent-Type: application/octet-stream", "xxx"),
        ]
    );
    // The server is told how much is coming.
    let headers = &crate::support::requests(&server).await[0].headers;
    assert_eq!(headers["content-length"], request.text.len().to_string());
    assert!(!headers.contains_key("transfer-encoding"));
}

#[tokio::test]
async fn updates_by_form_say_which_method_is_meant() {
    let server = answering(made()).await;
    let registrations = client(&server).resource("registrations");
    registrations.update_form::<Record>(9, FormData::new().field("billable", false)).await.unwrap();
    let request = last(&server).await;
    assert_eq!(request.line, "POST /api/resources/registrations/9");
    let expected = [pair("\"_method\"", "PUT"), pair("\"billable\"", "0")];
    assert_eq!(parts(&request.text, request.content_type.as_deref().unwrap()), expected);

    let form = FormData::new().file("attachment", "a.txt", Some("text/plain"), &b"hi"[..]);
    registrations.update_field_form::<Record>(9, "attachment", form.clone()).await.unwrap();
    let request = last(&server).await;
    assert_eq!(request.line, "POST /api/resources/registrations/9/inline/attachment");
    assert_eq!(parts(&request.text, request.content_type.as_deref().unwrap())[0], pair("\"_method\"", "PUT"));

    registrations.action("attach").form_data(form).run(9).await.unwrap();
    let request = last(&server).await;
    assert_eq!(request.line, "POST /api/resources/registrations/actions/attach/9");
    let file = pair("\"attachment\"; filename=\"a.txt\"\r\nContent-Type: text/plain", "hi");
    assert_eq!(parts(&request.text, request.content_type.as_deref().unwrap()), [file]);
}

#[tokio::test]
async fn a_large_file_arrives_whole() {
    let content: Vec<u8> = (0..300_000_u32).map(|number| b'a' + u8::try_from(number % 26).unwrap()).collect();
    let file = File::new("large.txt", &content);
    let server = answering(made()).await;
    let form = FormData::new().path("attachment", &file.0).path("again", &file.0);
    client(&server).resource("registrations").create_form::<Record>(form).await.unwrap();
    let request = last(&server).await;
    let parts = parts(&request.text, request.content_type.as_deref().unwrap());
    assert!(parts.len() == 2 && parts.iter().all(|(_, found)| found.as_bytes() == content));
}

#[tokio::test]
async fn a_form_that_may_have_arrived_is_not_sent_again() {
    let server = answering(ResponseTemplate::new(503)).await;
    let registrations = client(&server).resource("registrations");
    let form = FormData::new().file("attachment", "a", None, vec![1]);
    registrations.create_form::<Record>(form.clone()).await.unwrap_err();
    registrations.update_form::<Record>(9, form.clone()).await.unwrap_err();
    assert_eq!(sent(&server).await.len(), 2);
    // Where nothing was sent, it is tried again, with all of the form.
    let error = client_at("http://127.0.0.1:9").resource("r").create_form::<Record>(form).await.unwrap_err();
    assert!(error.is_connect() && error.attempts() == 3, "{error}");
}

#[tokio::test]
async fn what_cannot_be_a_form_is_not_sent() {
    let server = answering(made()).await;
    let registrations = client(&server).resource("registrations");
    for (form, why) in [
        (FormData::new().path("a", "/nowhere/at-all.pdf"), "the file `/nowhere/at-all.pdf` cannot be read"),
        (FormData::new().path("a", std::env::temp_dir()), "it is no file"),
        (FormData::new().path("a", "/"), "`/` is no file"),
        (FormData::of(&[1, 2]), "a form is made of named values"),
        (FormData::new().field("a.b", 1), "`a.b` cannot be the name"),
        (FormData::of(&json!({ "_method": "DELETE" })), "`_method` is no field"),
    ] {
        let error = registrations.create_form::<Record>(form).await.unwrap_err();
        assert!(error.is_refused() && error.to_string().contains(why), "{error}");
    }
    assert!(sent(&server).await.is_empty());
}
