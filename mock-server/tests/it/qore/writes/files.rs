//! Uploaded files.

use serde_json::{Value, json};

use super::support::{Qore, errors, library, start, with};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n0000";
const REGISTRATION: [(&str, &str); 3] = [("name", "With a file"), ("date", "2023-01-05"), ("hours", "1")];

fn stored(app: &Qore) -> Vec<Value> {
    app.server.state()["collections"]["stored_files"].as_array().unwrap().clone()
}

async fn read(app: &Qore, file: &Value) -> (u16, String, Vec<u8>) {
    let answer = reqwest::get(file["url"].as_str().unwrap()).await.unwrap();
    let kind = answer.headers()["content-type"].to_str().unwrap().to_owned();
    let _ = app;
    (answer.status().as_u16(), kind, answer.bytes().await.unwrap().to_vec())
}

#[tokio::test]
async fn a_file_is_kept_and_can_be_read_back() {
    let app = start().await;
    let made =
        Qore::data(app.form("registrations", &REGISTRATION, &[("attachment", "Scan één.png", PNG)]).await);
    let file = &made["attachment"];
    assert_eq!(
        (&file["name"], &file["size"], &file["mime_type"]),
        (&json!("Scan één.png"), &json!(12), &json!("image/png"))
    );
    assert_eq!(read(&app, file).await, (200, "image/png".to_owned(), PNG.to_vec()));
    let id = &made["id"];
    // What was read is sent back as JSON.
    let same = Qore::data(app.put(&format!("registrations/{id}"), made.clone()).await);
    assert_eq!(same["attachment"], *file);
    // A form that leaves it out leaves it alone; another takes its place.
    let mut texts = REGISTRATION.to_vec();
    texts.push(("_method", "PUT"));
    let path = format!("registrations/{id}");
    assert_eq!(Qore::data(app.form(&path, &texts, &[]).await)["attachment"], *file);
    assert_eq!(
        Qore::data(app.form(&path, &texts, &[("attachment", "", b"")]).await)["attachment"],
        *file,
        "none was chosen"
    );
    let other = Qore::data(app.form(&path, &texts, &[("attachment", "note.txt", b"hello")]).await);
    assert_eq!(read(&app, &other["attachment"]).await, (200, "text/plain".to_owned(), b"hello".to_vec()));
    assert_eq!(stored(&app).len(), 1, "the old one is gone");
    app.put(&format!("{path}/inline/attachment"), json!({ "attachment": null })).await;
    assert_eq!(stored(&app).len(), 0);
}

#[tokio::test]
async fn files_go_with_their_record() {
    let app = start().await;
    let made = Qore::data(app.form("registrations", &REGISTRATION, &[("attachment", "a.txt", b"x")]).await);
    assert_eq!(stored(&app).len(), 1);
    app.post(&format!("registrations/actions/delete_resource/{}", made["id"]), json!({})).await;
    assert_eq!(stored(&app).len(), 0);
}

#[tokio::test]
async fn a_file_can_be_put_into_its_field_alone() {
    let app = start().await;
    let path = "registrations/1/inline/attachment";
    let data = Qore::data(app.form(path, &[("_method", "PUT")], &[("attachment", "a.txt", b"x")]).await);
    assert_eq!(data["attachment"]["name"], "a.txt");
}

#[tokio::test]
async fn what_is_no_file_or_not_such_a_file_is_refused() {
    let app = start().await;
    let send = async |name: &str, content: &[u8]| {
        errors(app.form("registrations", &REGISTRATION, &[("attachment", name, content)]).await)["attachment"]
            [0]
        .clone()
    };
    assert_eq!(
        send("run.exe", b"MZ\0\0").await,
        "The attachment field must be a file of type: pdf, png, jpg, txt."
    );
    assert_eq!(
        send("a.txt", &vec![b'x'; 4097 * 1024]).await,
        "The attachment field must not be greater than 4096 kilobytes."
    );
    for wrong in [json!("a.txt"), json!({ "path": "somebody.txt" }), json!([]), json!(5)] {
        let body = json!({ "name": "x", "date": "2023-01-05", "hours": 1, "attachment": wrong });
        let said = errors(app.post("registrations", body).await);
        assert_eq!(said, json!({ "attachment": ["The attachment field must be a file."] }), "{wrong}");
    }
    let list = app.form("registrations", &REGISTRATION, &[("attachment[]", "a.txt", b"x")]).await;
    assert_eq!(errors(list), json!({ "attachment": ["The attachment field must be a file."] }));
    assert_eq!(stored(&app).len(), 0, "nothing is left of them");
    let library = library().await;
    let book = [("title", "T"), ("author", "A"), ("genres[]", "1")];
    let said = errors(library.form("books", &book, &[("cover", "c.png", b"text")]).await);
    assert_eq!(
        said,
        json!({ "cover": ["The cover field must be a file of type: png, jpg."] }),
        "a name makes no picture"
    );
    assert_eq!(library.form("books", &book, &[("cover", "c.png", PNG)]).await.0, 201);
}

#[tokio::test]
async fn there_is_an_end_to_what_is_kept() {
    let app = with("UPLOAD_MAX_FILESIZE", "10b").await;
    let said =
        errors(app.form("registrations", &REGISTRATION, &[("attachment", "a.txt", b"12345678901")]).await);
    assert_eq!(said, json!({ "attachment": ["The attachment failed to upload."] }));
    let app = with("STORAGE_LIMIT", "10b").await;
    let six = async || app.form("registrations", &REGISTRATION, &[("attachment", "a.txt", b"123456")]).await;
    assert_eq!(six().await.0, 201);
    let said = errors(six().await);
    assert_eq!(
        said,
        json!({ "attachment": ["The attachment does not fit into what is left of the storage."] })
    );
    let app = with("POST_MAX_SIZE", "1kb").await;
    let (status, answer) =
        app.form("registrations", &REGISTRATION, &[("attachment", "a.txt", &[b'x'; 2000])]).await;
    assert_eq!((status, answer), (413, json!({ "message": "The POST data is too large." })));
}
