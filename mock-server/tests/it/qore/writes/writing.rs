//! Creating, updating and deleting records, and running actions on them.

use serde_json::json;

use super::support::{CLERK, EMPLOYEE, Qore, declared, errors, library, start};

#[tokio::test]
async fn the_page_s_requests_work_as_printed() {
    let app = start().await;
    let body = json!({ "name": "Name", "email": "example@qlic.nl", "tenants": [1] });
    let (status, answer) = app.post("users", body.clone()).await;
    assert_eq!(status, 201, "{answer}");
    assert_eq!(
        answer["data"],
        json!({
            "id": 4, "name": "Name", "email": "example@qlic.nl", "role": "employee", "is_active": false, "organization": null,
            "tenants": [1], "created_at": "2023-01-05T10:20:30.000000Z", "updated_at": "2023-01-05T10:20:30.000000Z",
        })
    );
    assert_eq!(app.put("users/4", body).await.0, 200, "its own address is not taken");
    let (status, answer) = app.put("users/4/inline/name", json!({ "name": "New name" })).await;
    assert_eq!((status, &answer["data"]["name"]), (200, &json!("New name")));
    let (status, answer) = app.post("users/actions/delete_resource/4", json!({})).await;
    assert_eq!((status, answer), (200, json!({ "message": "Gebruiker deleted." })));
    assert_eq!(app.get("users/4").await.0, 404);
}

#[tokio::test]
async fn everything_that_is_wrong_is_told_at_once() {
    let app = start().await;
    let body = json!({ "name": " ", "email": "demo@qlic.nl", "password": "short", "tenants": [1, 9, "x"], "role": "king" });
    let (status, answer) = app.post("users", body).await;
    assert_eq!(status, 422);
    assert_eq!(answer["message"], "The name field is required. (and 5 more errors)");
    assert_eq!(
        answer["errors"],
        json!({
            "name": ["The name field is required."],
            "email": ["The email has already been taken."],
            "password": ["The password field must be at least 8 characters."],
            "role": ["The selected role is invalid."],
            "tenants.1": ["The selected tenants.1 is invalid."],
            "tenants.2": ["The selected tenants.2 is invalid."],
        })
    );
    let said = errors(app.post("users", json!({})).await);
    assert_eq!(
        said,
        json!({ "name": ["The name field is required."], "email": ["The email field is required."] })
    );
    let (_, answer) = app.post("users", json!({})).await;
    assert_eq!(answer["message"], "The name field is required. (and 1 more error)");
}

#[tokio::test]
async fn bodies_that_say_nothing_are_empty() {
    let app = start().await;
    for body in ["{ not json", "5", "[1]", ""] {
        let request = app.request("POST", "tenants").header("Content-Type", "application/json").body(body);
        let said = errors(app.send(request).await);
        assert_eq!(said, json!({ "name": ["The name field is required."] }), "{body}");
    }
}

#[tokio::test]
async fn an_update_is_the_whole_form() {
    let app = start().await;
    let (_, answer) = app.put("projects/1", json!({ "name": "Ander" })).await;
    assert_eq!(answer["errors"], json!({ "code": ["The code field is required."] }));
    let data = Qore::data(app.put("projects/1", json!({ "name": "Ander", "code": "PTA" })).await);
    assert_eq!(data["organization"], 1, "what is left out stays");
    assert_eq!(data["active"], false, "but for checkboxes");
    let data = Qore::data(
        app.put("projects/1", json!({ "name": "Ander", "code": "PTA", "organization": "" })).await,
    );
    assert_eq!(data["organization"], json!(null), "an empty text is null");
    let user = json!({ "name": "Demo", "email": "demo@qlic.nl", "tenants": [2, "2", 1], "id": 99, "nonsense": true });
    assert_eq!(Qore::data(app.put("users/1", user).await)["tenants"], json!([2, 1]));
    // What was read can be sent back.
    let (_, read) = app.get("users/1").await;
    assert_eq!(Qore::data(app.put("users/1", read["data"].clone()).await), read["data"]);
}

#[tokio::test]
async fn one_field_is_updated_by_itself() {
    let app = start().await;
    let (status, answer) =
        app.put("registrations/1/inline/hours", json!({ "hours": "2.5", "name": "" })).await;
    assert_eq!((status, &answer["data"]["hours"]), (200, &json!(2.5)));
    assert_eq!(answer["data"]["name"], "Eerste opzet", "others are ignored");
    assert_eq!(Qore::data(app.put("registrations/1/inline/issue", json!({})).await)["issue"], json!(null));
    let said = errors(app.put("registrations/1/inline/hours", json!({})).await);
    assert_eq!(said, json!({ "hours": ["The hours field is required."] }));
    assert_eq!(
        app.put("registrations/1/inline/approved", json!({ "approved": true })).await.0,
        403,
        "readonly"
    );
    assert_eq!(app.put("issues/1/inline/number", json!({ "number": "x" })).await.0, 403, "a sequence");
    let (status, answer) = app.put("registrations/1/inline/nothing", json!({})).await;
    assert_eq!((status, answer), (404, json!({ "message": "The field [nothing] could not be found." })));
    let library = library().await;
    let said = errors(library.post("loans", json!({ "reader": "Tom", "book": "0d9f6c2e-5b1a-4f64-9d3c-7a1f0f3f5b10", "due_on": "2023-01-05" })).await);
    assert_eq!(
        said,
        json!({ "due_on": ["The due on field must be a date after lent on."] }),
        "the default is today"
    );
}

#[tokio::test]
async fn what_a_post_means_is_said_by_header_body_or_query() {
    let app = start().await;
    let put = json!({ "_method": "put", "name": "Kantoor" });
    assert_eq!(app.post("tenants/1", put.clone()).await.0, 200);
    assert_eq!(app.post("tenants/1?_method=PUT", json!({ "name": "Kantoor" })).await.0, 200);
    assert_eq!(app.form("tenants/1", &[("_method", "PUT"), ("name", "Kantoor")], &[]).await.0, 200);
    let header = app
        .request("POST", "tenants/1")
        .header("X-HTTP-Method-Override", "PUT")
        .json(&json!({ "name": "Thuis" }));
    assert_eq!(Qore::data(app.send(header).await)["name"], "Thuis");
    let header = app.request("POST", "tenants/1").header("X-HTTP-Method-Override", "PATCH").json(&put);
    assert_eq!(app.send(header).await.0, 405, "the header counts first");
    assert_eq!(app.post("tenants/1/inline/name", json!({ "_method": "PUT", "name": "Weer" })).await.0, 200);
    for (path, body, allow) in [
        ("tenants/1", json!({ "name": "x" }), "GET, HEAD, PUT"),
        ("tenants/1", json!({ "_method": "P-T" }), "GET, HEAD, PUT"),
        ("tenants/1", json!({ "_method": "GET" }), "GET, HEAD, PUT"),
        ("tenants/1", json!({ "_method": "head" }), "GET, HEAD, PUT"),
        ("tenants/1/inline/name", json!({ "_method": "TRACE" }), "PUT"),
        ("tenants/1/inline/name", json!({ "_method": "DELETE" }), "PUT"),
        ("tenants", json!({ "_method": "PUT" }), "POST"),
        ("tenants/actions/delete_resource/1", json!({ "_method": "DELETE" }), "POST"),
    ] {
        let answer = app.request("POST", path).json(&body).send().await.unwrap();
        assert_eq!(
            (answer.status().as_u16(), answer.headers()["allow"].to_str().unwrap()),
            (405, allow),
            "{path} {body}"
        );
        let said: serde_json::Value = answer.json().await.unwrap();
        // A POST cannot be said to be one of the others.
        let means = |one: &&str| ["PUT", "DELETE"].contains(one);
        let method = body["_method"].as_str().filter(means).unwrap_or("POST");
        let sentence = format!(
            "The {method} method is not supported for route api/resources/{path}. Supported methods: {allow}."
        );
        assert_eq!(said, json!({ "message": sentence }));
    }
    let (status, answer) = app.send(app.request("DELETE", "tenants/1")).await;
    assert_eq!(status, 405);
    assert!(answer["message"].as_str().unwrap().starts_with("The DELETE method is not supported for route api/resources/tenants/1. Supported methods: GET, HEAD"), "{answer}");
    let (status, answer) = app.get("a/b/c/d/e?f=g").await;
    assert_eq!(
        (status, answer),
        (404, json!({ "message": "The route api/resources/a/b/c/d/e could not be found." }))
    );
}

#[tokio::test]
async fn a_post_that_is_said_to_be_a_get_is_a_post_on_every_path() {
    let app = start().await;
    let named = |name: &str| json!({ "name": name });
    let by_header = |method, path: &str| {
        app.request(method, path).header("X-HTTP-Method-Override", "GET").json(&named(path))
    };
    assert_eq!(app.send(by_header("POST", "tenants/1")).await.0, 405);
    assert_eq!(app.send(by_header("POST", "tenants/table/tenants")).await.0, 405);
    assert_eq!(app.send(by_header("POST", "tenants")).await.0, 201);
    assert_eq!(app.send(by_header("PUT", "tenants/1")).await.0, 200, "only of a POST is anything said");
}

#[tokio::test]
async fn a_put_cannot_carry_a_form_with_files() {
    let app = start().await;
    let form = || reqwest::multipart::Form::new().text("name", "Kantoor");
    for path in ["tenants/1", "tenants/1/inline/name"] {
        let said = errors(app.send(app.request("PUT", path).multipart(form())).await);
        let sentence = said["_method"][0].as_str().unwrap();
        assert!(sentence.contains("POST with the field _method set to PUT"), "{sentence}");
        let form = form().text("_method", "PUT");
        assert_eq!(app.send(app.request("POST", path).multipart(form)).await.0, 200, "{path}");
        let put = app.request("PUT", path).header("content-type", "application/x-www-form-urlencoded");
        assert_eq!(app.send(put.body("name=Thuis")).await.0, 200, "{path}");
    }
    let refused = app.server.journal();
    let why = serde_json::to_string(&refused).unwrap();
    assert!(why.contains("PHP reads multipart/form-data of POST only"), "{why}");
}

#[tokio::test]
async fn forms_know_texts_only() {
    let app = start().await;
    let texts = [
        ("name", "Form"),
        ("date", "31-01-2023"),
        ("hours", "1.50"),
        ("project", "1"),
        ("billable", "1"),
        ("note", ""),
        ("user", "2"),
        ("approved", "1"),
    ];
    let (status, answer) = app.form("registrations", &texts, &[]).await;
    assert_eq!(status, 201, "{answer}");
    let data = &answer["data"];
    assert_eq!(
        (&data["date"], &data["hours"], &data["project"]),
        (&json!("2023-01-31"), &json!(1.5), &json!(1))
    );
    assert_eq!((&data["billable"], &data["note"], &data["user"]), (&json!(true), &json!(null), &json!(2)));
    assert_eq!(data["approved"], false, "readonly");
    let urlencoded = app.request("POST", "users").header("Content-Type", "application/x-www-form-urlencoded");
    let answer =
        app.send(urlencoded.body("name=N&email=n@qlic.nl&tenants[]=2&tenants[]=1&is_active=on")).await;
    let data = Qore::data(answer);
    assert_eq!((&data["tenants"], &data["is_active"]), (&json!([2, 1]), &json!(true)));
    let said = errors(
        app.form(
            "users",
            &[("name", "M"), ("email", "m@qlic.nl"), ("tenants[0]", "1"), ("tenants[1]", "7")],
            &[],
        )
        .await,
    );
    assert_eq!(said, json!({ "tenants.1": ["The selected tenants.1 is invalid."] }));
    let empty = app.form("users", &[("name", "M"), ("email", "m@qlic.nl"), ("tenants[]", "")], &[]).await;
    assert_eq!(Qore::data(empty)["tenants"], json!([]));
}

#[tokio::test]
async fn passwords_are_kept_as_hashes_and_keep_their_blanks() {
    let app = start().await;
    let user = |password: &str| json!({ "name": "N", "email": "n@qlic.nl", "password": password });
    let stored = |app: &Qore| app.server.state()["collections"]["users"][3]["password"].clone();
    let data = Qore::data(app.post("users", user("  eight  ")).await);
    assert_eq!(data.get("password"), None);
    let first = stored(&app);
    assert!(first.as_str().unwrap().starts_with("$argon2id$v=19$"), "{first}");
    Qore::data(app.put("users/4", user("")).await);
    assert_eq!(stored(&app), first, "an empty one is skipped");
    Qore::data(app.put("users/4", user("another one")).await);
    assert_ne!(stored(&app), first);
}

#[tokio::test]
async fn numbers_of_a_sequence_begin_anew_for_every_text_before_them() {
    let app = start().await;
    let mut numbers = Vec::new();
    for project in [1, 1, 2] {
        numbers.push(
            Qore::data(
                app.post("issues", json!({ "title": "x", "project": project, "number": "mine" })).await,
            )["number"]
                .clone(),
        );
    }
    assert_eq!(numbers, [json!("PTA.23.0002"), json!("PTA.23.0003"), json!("WDM.23.0003")]);
    Qore::data(app.post("issues", json!({ "title": "x", "project": 1 })).await);
    app.post("issues/actions/delete_resource/7", json!({})).await;
    app.server.advance(std::time::Duration::from_secs(365 * 24 * 3600));
    let next = Qore::data(app.post("issues", json!({ "title": "x", "project": 1 })).await);
    assert_eq!(next["number"], "PTA.24.0001");
    app.server.clock().set(tercet_mock_server::entropy::Timestamp::parse("2023-06-01T00:00:00Z").unwrap());
    let next = Qore::data(app.post("issues", json!({ "title": "x", "project": 1 })).await);
    assert_eq!(next["number"], "PTA.23.0005", "a number is not given twice");
}

#[tokio::test]
async fn sequences_are_counted_by_one_writer_at_a_time() {
    let app = start().await;
    let requests = (0..20).map(|_| app.post("issues", json!({ "title": "x", "project": 1 })));
    let made = futures_join(requests).await;
    let mut numbers: Vec<String> =
        made.into_iter().map(|one| Qore::data(one)["number"].to_string()).collect();
    numbers.sort();
    numbers.dedup();
    assert_eq!((numbers.len(), numbers[19].as_str()), (20, "\"PTA.23.0021\""));
}

async fn futures_join<F: Future>(all: impl Iterator<Item = F>) -> Vec<F::Output> {
    let mut done = Vec::new();
    let mut running: Vec<_> = all.map(Box::pin).collect();
    std::future::poll_fn(|context| {
        running.retain_mut(|one| match one.as_mut().poll(context) {
            std::task::Poll::Ready(output) => {
                done.push(output);
                false
            }
            std::task::Poll::Pending => true,
        });
        if running.is_empty() { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
    done
}

#[tokio::test]
async fn what_refers_to_a_deleted_record_is_held_back_deleted_or_emptied() {
    let app = start().await;
    assert_eq!(app.post("projects/actions/delete_resource/2", json!({})).await.0, 200);
    assert_eq!(app.get("issues/2").await.0, 404, "cascade");
    assert_eq!(app.get("milestones/1").await.0, 404, "cascade");
    assert_eq!(Qore::data(app.get("registrations/2").await)["project"], json!(null), "clear");
    app.post("tenants/actions/delete_resource/1", json!({})).await;
    assert_eq!(Qore::data(app.get("users/1").await)["tenants"], json!([2]), "a member goes");
    let library = library().await;
    let book = "0d9f6c2e-5b1a-4f64-9d3c-7a1f0f3f5b10";
    Qore::data(library.post("loans", json!({ "reader": "Tom", "book": book, "due_on": "2023-02-01" })).await);
    let (status, answer) = library.post(&format!("books/actions/delete_resource/{book}"), json!({})).await;
    let said = "Awater (1934) cannot be deleted: Loans still refer to it.";
    assert_eq!((status, answer), (422, json!({ "message": said, "errors": { "id": [said] } })));
    assert_eq!(library.get(&format!("books/{book}")).await.0, 200);
}

#[tokio::test]
async fn who_may_not_is_told_so_before_anything_is_read() {
    let app = start().await.by(EMPLOYEE);
    assert_eq!(app.put("registrations/1", json!({})).await.0, 403, "somebody else's");
    assert_eq!(app.put("registrations/2/inline/name", json!({})).await.0, 403, "approved");
    assert_eq!(app.put("registrations/3/inline/name", json!({ "name": "Mijn" })).await.0, 200);
    assert_eq!(app.post("users/actions/delete_resource/3", json!({})).await.0, 403);
    assert_eq!(app.post("registrations/actions/approve/3", json!({})).await.0, 403);
    assert_eq!(app.put("registrations/99", json!({})).await.0, 404, "what is not there is not there for all");
    assert_eq!(app.post("nothing", json!({})).await.0, 404);
    let clerk = library().await.by(CLERK);
    assert_eq!(clerk.post("staff", json!({})).await.0, 403);
    assert_eq!(clerk.post("genres", json!({ "name": "Maps" })).await.0, 403, "the page is switched off");
    let (status, answer) =
        clerk.by(super::support::LIBRARIAN).post("staff/actions/delete_resource/2", json!({})).await;
    assert_eq!((status, answer), (403, json!({ "message": "This action is unauthorized." })));
}

#[tokio::test]
async fn conditions_are_asked_of_the_record_as_it_would_be() {
    let app = declared(
        "
resources:
  notes:
    fields: { text: { type: text, rules: required }, user: { type: belongs-to, resource: users, default: $me } }
    permissions: { view: [ { where: { user: $me } } ], create: [ { where: { user: $me } } ] }
    records: [ { id: 1, text: hidden } ]
",
        super::support::DEMO,
    )
    .await;
    assert_eq!(app.post("notes", json!({ "text": "x" })).await.0, 201);
    assert_eq!(app.post("notes", json!({ "text": "x", "user": null })).await.0, 403);
    assert_eq!(app.post("notes", json!({})).await.0, 422, "nothing is known of it yet");
    assert_eq!(app.put("notes/1", json!({ "text": "x" })).await.0, 403, "it cannot be seen");
    assert_eq!(app.post("notes/actions/delete_resource/1", json!({})).await.0, 403);
    assert_eq!(
        app.server.state()["collections"]["notes"].as_array().unwrap().len(),
        2,
        "nothing was left behind"
    );
}

#[tokio::test]
async fn actions_do_what_the_application_says() {
    let app = start().await;
    let (status, answer) =
        app.post("registrations/actions/approve/1", json!({ "remark": " Goed zo " })).await;
    assert_eq!((status, answer), (200, json!({ "message": "De registratie is akkoord." })));
    let data = Qore::data(app.get("registrations/1").await);
    assert_eq!((&data["approved"], &data["note"]), (&json!(true), &json!("Goed zo")));
    assert_eq!(app.post("registrations/actions/approve/1", json!({})).await.0, 403, "not twice");
    let said =
        errors(app.post("registrations/actions/approve/3", json!({ "remark": "x".repeat(256) })).await);
    assert_eq!(said, json!({ "remark": ["The remark field must not be greater than 255 characters."] }));
    assert_eq!(app.post("registrations/actions/approve/3", json!({})).await.0, 200);
    assert_eq!(
        Qore::data(app.get("registrations/3").await)["note"],
        json!(null),
        "what was not said is left alone"
    );
    let (status, answer) = app.post("registrations/actions/fly/1", json!({})).await;
    assert_eq!((status, answer), (404, json!({ "message": "The action [fly] could not be found." })));
    assert_eq!(app.post("registrations/actions/approve/77", json!({})).await.0, 404);
    let library = library().await;
    let road = "6f1d7a54-93c0-4b8e-8f0e-2f4f1f6c9a21";
    let said = errors(library.post(&format!("books/actions/move/{road}"), json!({})).await);
    assert_eq!(said, json!({ "shelf": ["The shelf field is required."] }));
    library.post(&format!("books/actions/move/{road}"), json!({ "shelf": "b" })).await;
    assert_eq!(Qore::data(library.get(&format!("books/{road}")).await)["shelf"], "b");
}
