//! Files: an image goes up, is measured, comes down again as it was, and lies in a cell.

use reqwest::{Client, StatusCode};
use serde_json::{Value, json};
use tercet_mock_server::MockServer;

use super::transcripts::STAGE;
use crate::transcript::Transcript;

/// As much of a PNG as says that it is 7 by 5 pixels.
const IMAGE: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x07\0\0\0\x05\x08\x02\0\0\0";

struct Ann {
    server: MockServer,
    client: Client,
    token: String,
}

impl Ann {
    async fn new(settings: &[(String, String)]) -> Self {
        let head = Transcript {
            edition: Some("1.35".to_owned()),
            settings: settings.to_vec(),
            ..Transcript::default()
        };
        let (server, _) = STAGE.start(&head).await;
        let mut ann = Self { server, client: Client::new(), token: String::new() };
        let body = json!({ "name": "Ann", "email": "ann@localhost.com", "password": "your_password", "authenticate": true });
        ann.token = ann.post("/api/user/", &body).await["token"].as_str().unwrap().to_owned();
        ann
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.server.url().to_string().trim_end_matches('/'))
    }

    async fn post(&self, path: &str, body: &Value) -> Value {
        let request = self.client.post(self.url(path)).json(body);
        let request = match &*self.token {
            "" => request,
            token => request.header("Authorization", format!("JWT {token}")),
        };
        request.send().await.unwrap().json().await.unwrap()
    }

    /// Sends a form with one part, by hand: its boundary and file name are what the test is about.
    async fn upload(&self, part: &str, file_name: &str, content: &[u8]) -> (StatusCode, Value) {
        let head = format!(
            "--XX\r\nContent-Disposition: form-data; name=\"{part}\"; filename=\"{file_name}\"\r\nContent-Type: text/plain\r\n\r\n"
        );
        let body = [head.as_bytes(), content, b"\r\n--XX--\r\n"].concat();
        let request = self.client.post(self.url("/api/user-files/upload-file/")).body(body);
        let request = request.header("Authorization", format!("JWT {}", self.token));
        let answer = request.header("Content-Type", "multipart/form-data; boundary=XX").send().await.unwrap();
        (answer.status(), answer.json().await.unwrap())
    }
}

#[tokio::test]
async fn an_image_comes_down_as_it_went_up() {
    let ann = Ann::new(&[]).await;
    let (status, file) = ann.upload("file", "Logo.PNG", IMAGE).await;
    assert_eq!(status, StatusCode::OK);
    let size = IMAGE.len();
    for (name, value) in [
        ("size", json!(size)),
        ("mime_type", json!("image/png")),
        ("is_image", json!(true)),
        ("image_width", json!(7)),
        ("image_height", json!(5)),
        ("uploaded_at", json!("2026-01-01T00:00:00.000000Z")),
        ("original_name", json!("Logo.PNG")),
    ] {
        assert_eq!(file[name], value, "{name}");
    }
    let name = file["name"].as_str().unwrap();
    assert_eq!(name.len(), 32 + "_".len() + 64 + ".png".len(), "{name}");
    for url in [&file["url"], &file["thumbnails"]["tiny"]["url"]] {
        let answer = ann.client.get(url.as_str().unwrap()).send().await.unwrap();
        assert_eq!(answer.headers()["content-type"], "image/png");
        assert_eq!(answer.bytes().await.unwrap(), IMAGE);
    }
    assert_eq!(ann.upload("file", "Logo.PNG", IMAGE).await.1, file, "the same file is kept once");
    let fetched = ann.post("/api/user-files/upload-via-url/", &json!({ "url": file["url"] })).await;
    assert_eq!((&fetched["original_name"].is_string(), &fetched["image_width"]), (&true, &json!(7)));
}

#[tokio::test]
async fn what_is_no_image_has_no_thumbnails() {
    let ann = Ann::new(&[]).await;
    let (_, file) = ann.upload("file", "notes.txt", b"hello").await;
    assert_eq!(file["mime_type"], "text/plain");
    assert_eq!(file.get("thumbnails"), Some(&Value::Null));
    assert_eq!(file.get("image_width"), Some(&Value::Null));
}

#[tokio::test]
async fn uploads_that_are_refused() {
    let ann = Ann::new(&[("BASEROW_FILE_UPLOAD_SIZE_LIMIT_MB".to_owned(), "1".to_owned())]).await;
    let (status, refused) = ann.upload("other", "a.png", IMAGE).await;
    assert_eq!((status, &refused["error"]), (StatusCode::BAD_REQUEST, &json!("ERROR_INVALID_FILE")));
    let (status, refused) = ann.upload("file", "big.bin", &vec![b'x'; 1024 * 1024 + 1]).await;
    assert_eq!(
        (status, &refused["error"]),
        (StatusCode::PAYLOAD_TOO_LARGE, &json!("ERROR_FILE_SIZE_TOO_LARGE"))
    );
    assert_eq!(ann.upload("file", "fits.bin", &vec![b'x'; 1024 * 1024]).await.0, StatusCode::OK);
}

#[tokio::test]
async fn a_file_lies_in_a_cell() {
    let ann = Ann::new(&[]).await;
    let (_, file) = ann.upload("file", "Logo.PNG", IMAGE).await;
    ann.post("/api/workspaces/", &json!({ "name": "ACME" })).await;
    ann.post("/api/applications/workspace/1/", &json!({ "name": "Shop", "type": "database" })).await;
    ann.post("/api/database/tables/database/1/", &json!({ "name": "Articles", "data": [["Tea"]] })).await;
    ann.post("/api/database/fields/table/1/", &json!({ "name": "Pictures", "type": "file" })).await;
    let cell = json!({ "Pictures": [{ "name": file["name"], "visible_name": "Our logo" }] });
    let row = ann.post("/api/database/rows/table/1/?user_field_names=true", &cell).await;
    let shown = &row["Pictures"][0];
    assert_eq!(shown["visible_name"], "Our logo");
    assert_eq!(shown["uploaded_at"], "2026-01-01T00:00:00.000000+00:00");
    for name in ["url", "thumbnails", "name", "size", "mime_type", "is_image", "image_width", "image_height"]
    {
        assert_eq!(shown[name], file[name], "{name}");
    }
    let refused =
        ann.post("/api/database/rows/table/1/", &json!({ "field_2": [{ "name": "no.png" }] })).await;
    assert_eq!(refused["detail"]["field_2"][0]["code"], "invalid", "{refused}");
}
