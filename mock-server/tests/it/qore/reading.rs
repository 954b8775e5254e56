//! Tables and details: what is asked as the documentation asks it, and the same in other ways.

use serde_json::{Value, json};

use super::support::{Answer, DEMO, ELINE, EXPIRED, IRIS, Qore, application, library, sent, start};

const REGISTRATIONS: &str = "/api/resources/registrations/table/registrations";

/// A minimal page of registrations.
async fn page(qore: &Qore, token: &str, query: &str) -> Answer {
    sent(qore.request(token, "GET", &format!("{REGISTRATIONS}?{query}")).header("Prefer", "return=minimal"))
        .await
}

/// The values of a field, row by row.
fn of(answer: &Answer, field: &str) -> Vec<Value> {
    answer.ok()["data"].as_array().unwrap().iter().map(|row| row[field].clone()).collect()
}

/// The body that the documentation shows.
fn documented() -> Value {
    json!({
        "tab": "Mijn registraties",
        "search_columns": { "name": "e", "organization": [1] },
        "sort_column": "name",
        "sort_direction": "ascending",
        "per_page": 100,
        "page": 1
    })
}

#[tokio::test]
async fn the_first_request_of_the_documentation() {
    let qore = start().await;
    let me = qore.get(DEMO, "/api/me").await.ok();
    assert_eq!((&me["id"], &me["name"], &me["email"]), (&json!(1), &json!("Demo"), &json!("demo@qlic.nl")));
    assert_eq!((&me["tenants"], &me["roles"]), (&json!([1, 2]), &json!(["admin"])));
    assert!(me.get("password").is_none(), "{me}");
    let librarian = library().await.get(IRIS, "/api/me").await.ok();
    assert_eq!((&librarian["name"], &librarian["roles"]), (&json!("Iris"), &json!(["librarian"])));
}

#[tokio::test]
async fn a_table_is_asked_with_a_body_as_the_documentation_prints_it() {
    let qore = start().await;
    let request = qore.request(DEMO, "GET", REGISTRATIONS).header("Prefer", "return:minimal");
    let answer = sent(request.json(&documented())).await;
    let expected = json!({
        "data": [{
            "id": 1, "created_at": "2026-01-01T00:00:00.000000Z", "updated_at": "2026-01-01T00:00:00.000000Z",
            "name": "Eerste opzet", "date": "2023-01-09", "hours": 4, "organization": 1, "project": 1, "issue": 1,
            "user": 1, "billable": true, "approved": false,
        }],
        "current_page": 1, "per_page": 100, "last_page": 1, "total": 1,
    });
    assert_eq!(answer.ok(), expected);
    // `Mijn registraties` are the caller's own.
    let eline = sent(qore.request(ELINE, "GET", REGISTRATIONS).json(&documented())).await;
    assert_eq!(of(&eline, "id"), [3]);
    let query = "tab=Mijn+registraties&search_columns[name]=e&search_columns[organization][]=1&sort_column=name\
                 &sort_direction=ascending&per_page=100&page=1";
    assert_eq!(page(&qore, DEMO, query).await.ok(), expected);
    // The body counts before the query.
    let both = qore.request(DEMO, "GET", &format!("{REGISTRATIONS}?tab=Alle+registraties&per_page=1"));
    let both = sent(both.json(&json!({ "tab": "Mijn registraties" }))).await;
    assert_eq!((of(&both, "id"), &both.ok()["per_page"]), (vec![json!(1)], &json!(1)));
}

#[tokio::test]
async fn a_table_tells_what_it_is_made_of_unless_that_is_not_wanted() {
    let qore = start().await;
    let table = qore.get(DEMO, REGISTRATIONS).await.ok();
    assert_eq!((&table["name"], &table["label"]), (&json!("registrations"), &json!("Registraties")));
    let column = json!({
        "name": "organization", "label": "Organisatie", "component": "BelongsToField", "sortable": true,
        "searchable": true, "visible": true,
    });
    assert_eq!(table["columns"][3], column);
    assert_eq!(table["tabs"][1], json!({ "name": "Mijn registraties", "label": "Mijn registraties" }));
    let names =
        |list: &Value| list.as_array().unwrap().iter().map(|one| one["name"].clone()).collect::<Vec<_>>();
    assert_eq!(names(&table["actions"]), ["approve", "delete_resource"]);
    assert_eq!(table["actions"][0]["form"][0]["rules"], json!(["nullable", "string", "max:255"]));
    assert_eq!((&table["from"], &table["to"], &table["last_page"]), (&json!(1), &json!(3), &json!(1)));
    assert_eq!(table["data"][0]["display"]["organization"], "Qlic");
    assert!(table["data"][0].get("note").is_none(), "hidden in tables: {table}");
    // Only administrators approve.
    assert_eq!(names(&qore.get(ELINE, REGISTRATIONS).await.ok()["actions"]), ["delete_resource"]);
    for prefer in
        ["return:minimal", "return=minimal", "Return : Minimal", "respond-async, return=\"minimal\""]
    {
        let table = sent(qore.request(DEMO, "GET", REGISTRATIONS).header("Prefer", prefer)).await.ok();
        let members: Vec<_> = table.as_object().unwrap().keys().cloned().collect();
        assert_eq!(members, ["data", "current_page", "per_page", "last_page", "total"], "{prefer}");
        assert!(table["data"][0].get("display").is_none());
    }
    let whole =
        sent(qore.request(DEMO, "GET", REGISTRATIONS).header("Prefer", "return=representation")).await;
    assert!(whole.ok()["columns"].is_array());
}

#[tokio::test]
async fn a_resource_can_have_tables_of_their_own() {
    let qore = start().await;
    let table = qore.get(DEMO, "/api/resources/registrations/table/open_registrations").await;
    assert_eq!(of(&table, "id"), [3, 1], "what is approved is not there, the latest comes first");
    let table = table.ok();
    assert_eq!((&table["label"], &table["tabs"]), (&json!("Nog te accorderen"), &json!([])));
    let columns: Vec<_> =
        table["columns"].as_array().unwrap().iter().map(|one| (&one["name"], &one["visible"])).collect();
    assert_eq!(columns[3..5], [(&json!("user"), &json!(true)), (&json!("organization"), &json!(false))]);
    let unknown = qore.get(DEMO, "/api/resources/registrations/table/users").await;
    assert_eq!((unknown.status, unknown.json()["message"].is_string()), (404, true));
}

#[tokio::test]
async fn what_is_looked_for_in_columns() {
    let qore = start().await;
    for (query, found) in [
        ("search_columns[name]=TEST", vec![3]),
        ("search_columns[name]=%20opzet%20", vec![1]),
        ("search_columns[name][]=opzet&search_columns[name][]=overleg", vec![1, 2]),
        ("search_columns[name]=nothing+like+it", vec![]),
        ("search_columns[name]=", vec![1, 2, 3]),
        ("search_columns[organization]=2", vec![2]),
        ("search_columns[organization][]=1&search_columns[organization][]=2", vec![1, 2, 3]),
        ("search_columns[organization]=molen", vec![2]),
        ("search_columns[organization][]=77", vec![]),
        ("search_columns[approved]=1", vec![2]),
        ("search_columns[approved]=true", vec![2]),
        ("search_columns[approved]=0", vec![1, 3]),
        ("search_columns[approved]=false", vec![1, 3]),
        ("search_columns[hours]=1.50", vec![2]),
        ("search_columns[hours]=1", vec![]),
        ("search_columns[date]=2023-01-1", vec![2, 3]),
        ("search_columns[date]=2023-01-09", vec![1]),
        ("search_columns[organization]=1&search_columns[user]=2", vec![3]),
        ("search_columns[nope]=x&search_columns[note]=x", vec![1, 2, 3]),
        ("tab=Mijn+registraties", vec![1]),
        ("tab=Onbekend", vec![1, 2, 3]),
    ] {
        assert_eq!(of(&page(&qore, DEMO, query).await, "id"), found, "{query}");
    }
    for (columns, found) in [
        (json!({ "approved": true }), vec![2]),
        (json!({ "hours": [4, 2.25] }), vec![1, 3]),
        (json!({ "organization": 2 }), vec![2]),
        (json!({ "organization": [] }), vec![1, 2, 3]),
        (json!({ "organization": null, "name": null }), vec![1, 2, 3]),
        (json!({ "organization": ["2"] }), vec![2]),
    ] {
        let request = qore.request(DEMO, "GET", REGISTRATIONS).json(&json!({ "search_columns": columns }));
        assert_eq!(of(&sent(request).await, "id"), found, "{columns}");
    }
    // A column that this table does not show by default.
    let open = "/api/resources/registrations/table/open_registrations?search_columns[organization]=2&sort_column=organization";
    assert_eq!(of(&qore.get(DEMO, open).await, "id"), [3, 1]);
    let tenants = "/api/resources/users/table/users?search_columns[tenants][]=2&search_columns[role]=beheer";
    assert_eq!(of(&qore.get(DEMO, tenants).await, "id"), [1], "options by what they are called");
}

#[tokio::test]
async fn the_order_of_a_table() {
    let qore = start().await;
    for (query, order) in [
        ("sort_column=name", [1, 2, 3]),
        ("sort_column=name&sort_direction=descending", [3, 2, 1]),
        ("sort_column=name&sort_direction=DESC", [3, 2, 1]),
        ("sort_column=hours&sort_direction=asc", [2, 3, 1]),
        ("sort_column=organization", [2, 1, 3]),
        ("sort_column=organization&sort_direction=descending", [1, 3, 2]),
        ("sort_column=approved&sort_direction=descending", [2, 1, 3]),
        ("sort_column=note&sort_direction=descending", [1, 2, 3]),
        ("sort_direction=descending", [1, 2, 3]),
    ] {
        assert_eq!(of(&page(&qore, DEMO, query).await, "id"), order, "{query}");
    }
    let diary = application(include_str!("applications/diary.yaml")).await;
    let ann = "1|aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    for (query, order) in [
        // Nothing comes before everything, and letter case does not count.
        ("entries?sort_column=words&per_page=9", [4, 2, 1, 3]),
        ("entries?sort_column=words&per_page=9&sort_direction=descending", [3, 1, 2, 4]),
        ("entries?sort_column=title&per_page=9", [1, 2, 4, 3]),
        ("entries?sort_column=author&per_page=9", [4, 1, 2, 3]),
        ("all", [3, 1, 2, 4]),
        ("all?sort_column=words", [3, 1, 2, 4]),
    ] {
        let answer = diary.get(ann, &format!("/api/resources/entries/table/{query}")).await;
        assert_eq!(of(&answer, "id"), order, "{query}");
    }
}

#[tokio::test]
async fn pages() {
    let qore = start().await;
    let second = page(&qore, DEMO, "per_page=2&page=2").await;
    assert_eq!(of(&second, "id"), [3]);
    assert_eq!(second.ok()["last_page"], 2);
    let text =
        sent(qore.request(DEMO, "GET", REGISTRATIONS).json(&json!({ "per_page": "2", "page": "2" }))).await;
    assert_eq!(
        (of(&text, "id"), &text.ok()["from"], &text.ok()["to"]),
        (vec![json!(3)], &json!(3), &json!(3))
    );
    let beyond = qore.get(DEMO, &format!("{REGISTRATIONS}?page=9")).await;
    assert_eq!(
        (of(&beyond, "id"), &beyond.ok()["from"], &beyond.ok()["current_page"]),
        (vec![], &Value::Null, &json!(9))
    );
    let empty = page(&qore, DEMO, "search_columns[name]=nothing").await.ok();
    assert_eq!((&empty["total"], &empty["last_page"]), (&json!(0), &json!(1)));
    // The library's books say how many stand on a page.
    let books = library().await.get(IRIS, "/api/resources/books/table/books").await;
    assert_eq!(
        (&books.ok()["per_page"], of(&books, "title")),
        (&json!(25), vec![json!("Awater"), json!("The Road to Oxiana")])
    );
    for (query, broken) in [
        ("per_page=abc", "per_page"),
        ("per_page=0", "per_page"),
        ("per_page=1001", "per_page"),
        ("page=0", "page"),
        ("page=-1", "page"),
        ("per_page=1000&page=18446744073709551615", "page"),
        ("sort_direction=sideways", "sort_direction"),
    ] {
        assert_eq!(page(&qore, DEMO, query).await.broken(), [broken], "{query}");
    }
    assert_eq!(page(&qore, DEMO, "per_page=1000").await.status, 200);
    let huge = page(&qore, DEMO, "per_page=1000&page=9223372036854775807").await;
    assert_eq!(huge.ok()["data"], json!([]));
}

#[tokio::test]
async fn a_record_with_what_is_around_it() {
    let qore = start().await;
    let detail = qore.get(DEMO, "/api/resources/registrations/1").await.ok();
    assert_eq!((&detail["id"], &detail["title"]), (&json!(1), &json!("Eerste opzet")));
    let field = json!({
        "name": "issue", "label": "Taak", "component": "BelongsToField", "value": 1, "display": "Hello taak 1",
    });
    assert_eq!(detail["fields"][5], field);
    assert_eq!(detail["data"]["issue"], 1);
    let names = |detail: &Value| -> Vec<Value> {
        detail["actions"].as_array().unwrap().iter().map(|one| one["name"].clone()).collect()
    };
    assert_eq!(names(&detail), ["approve", "delete_resource"]);
    // What is approved is not approved again.
    assert_eq!(names(&qore.get(DEMO, "/api/resources/registrations/2").await.ok()), ["delete_resource"]);
    // An employee's own, which is approved; and one that is not.
    assert_eq!(names(&qore.get(ELINE, "/api/resources/registrations/2").await.ok()), Vec::<Value>::new());
    assert_eq!(names(&qore.get(ELINE, "/api/resources/registrations/3").await.ok()), ["delete_resource"]);
    let minimal = qore.request(DEMO, "GET", "/api/resources/users/1").header("Prefer", "return:minimal");
    let minimal = sent(minimal).await.ok();
    assert_eq!(minimal.as_object().unwrap().len(), 1);
    assert_eq!((&minimal["data"]["tenants"], minimal["data"].get("password")), (&json!([1, 2]), None));
    let organization = qore.get(DEMO, "/api/resources/organizations/1").await.ok();
    assert_eq!(organization["data"]["users"], json!([1, 2]), "those that refer to it");
    let tenant = qore.get(DEMO, "/api/resources/tenants/2").await.ok();
    assert_eq!(tenant["fields"][1]["display"], json!(["Demo", "Bram Peters"]));
    let book = "/api/resources/books/0d9f6c2e-5b1a-4f64-9d3c-7a1f0f3f5b10";
    let library = library().await;
    assert_eq!(library.get(IRIS, book).await.ok()["title"], "Awater (1934)");
    assert_eq!(
        library
            .get(IRIS, &book.to_uppercase().replace("/API/RESOURCES/BOOKS", "/api/resources/books"))
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn what_is_not_there_and_who_is_not_let_in() {
    let qore = start().await;
    for path in [
        "/api/resources/nope/1",
        "/api/resources/nope/table/nope",
        "/api/resources/users/table/nope",
        "/api/resources/users/99",
        "/api/resources/users/01",
        "/api/resources/users/x",
        "/api/resources/nope/create",
        "/api/resources/users/99/edit",
        "/api/resources/nope/field/name/options",
    ] {
        let answer = qore.get(DEMO, path).await;
        assert_eq!((answer.status, answer.json()["message"].is_string()), (404, true), "{path}: {answer:?}");
    }
    for token in ["", "1", "nobody", EXPIRED, "3mKsVx8QeN0aTzWc5LdYh2RuJfGb7PiSoE4lXqMk"] {
        for path in [
            "/api/me",
            "/api/endpoints",
            REGISTRATIONS,
            "/api/global-search?query=e",
            "/api/resources/nope/1",
        ] {
            let answer = qore.get(token, path).await;
            assert_eq!(
                (answer.status, answer.json()),
                (401, json!({ "message": "Unauthenticated." })),
                "{path}"
            );
        }
    }
    let refused = qore.call(DEMO, "DELETE", "/api/resources/users/1", Value::Null).await;
    assert_eq!(refused.status, 405);
    let allow = refused.headers["allow"].to_str().unwrap();
    assert!(["GET", "HEAD", "PUT", "POST"].iter().all(|method| allow.contains(method)), "{allow}");
    assert_eq!(qore.call(DEMO, "HEAD", "/api/me", Value::Null).await.status, 200);
}

#[tokio::test]
async fn the_routes_by_the_names_of_the_application() {
    let qore = start().await;
    let routes = qore.get(DEMO, "/api/endpoints").await.ok();
    let found = |routes: &Value, name: &str| {
        routes.as_array().unwrap().iter().find(|one| one["name"] == name).cloned()
    };
    let detail = json!({ "methods": ["GET", "HEAD", "PUT", "POST"], "uri": "api/resources/projects/{id}", "name": "projects.detail" });
    assert_eq!(found(&routes, "projects.detail"), Some(detail));
    for (name, uri) in [
        ("me", "api/me"),
        ("global-search", "api/global-search"),
        ("registrations.store", "api/resources/registrations"),
        ("registrations.table.open_registrations", "api/resources/registrations/table/open_registrations"),
        ("registrations.actions.approve", "api/resources/registrations/actions/approve/{id}"),
        ("registrations.actions.delete_resource", "api/resources/registrations/actions/delete_resource/{id}"),
        ("registrations.field.issue.options", "api/resources/registrations/field/issue/options"),
        ("registrations.inline", "api/resources/registrations/{id}/inline/{field_name}"),
        ("registrations.create", "api/resources/registrations/create"),
        ("registrations.edit", "api/resources/registrations/{id}/edit"),
        ("registrations.logs", "api/resources/registrations/logs/{id}"),
    ] {
        assert_eq!(found(&routes, name).unwrap_or_default()["uri"], uri);
    }
    for (index, route) in routes.as_array().unwrap().iter().enumerate() {
        let (name, uri) = (&route["name"], route["uri"].as_str().unwrap());
        assert!(uri.starts_with("api/") && !uri.contains("resource_name"), "{route}");
        assert!(
            routes.as_array().unwrap()[..index].iter().all(|other| other["name"] != *name),
            "twice: {name}"
        );
        // What is listed is there.
        if route["methods"][0] == "GET" {
            let path = uri.replace("{id}", "1");
            assert_eq!(qore.get(DEMO, &format!("/{path}?query=e")).await.status, 200, "{path}");
        }
    }
    assert!(found(&routes, "registrations.field.name.options").is_none(), "it does not choose");
    // Pages that are switched off are not listed.
    let library = library().await.get(IRIS, "/api/endpoints").await.ok();
    assert!(found(&library, "genres.store").is_none() && found(&library, "genres.create").is_none());
    assert!(found(&library, "genres.edit").is_some());
}

#[tokio::test]
async fn a_page_is_a_number_that_php_takes_for_one() {
    let qore = start().await;
    let path = "/api/resources/users/table/users";
    for page in ["100000000000000000000", "9223372036854775808", "1e400"] {
        let refused = qore.get(DEMO, &format!("{path}?page={page}")).await;
        assert_eq!(refused.broken(), ["page"], "{page}");
    }
    for page in ["100000000000000000000", "1e20", "9223372036854775808"] {
        let body: Value = serde_json::from_str(&format!("{{\"page\": {page}}}")).unwrap();
        let refused = qore.call(DEMO, "GET", path, body).await;
        assert_eq!(refused.json()["errors"]["page"], json!(["The page field must be an integer."]), "{page}");
    }
    let last = qore.get(DEMO, &format!("{path}?page={}", i64::MAX)).await.ok();
    assert_eq!((&last["data"], &last["current_page"]), (&json!([]), &json!(i64::MAX)));
    let second = qore.call(DEMO, "GET", path, json!({ "page": 2.0, "per_page": 1 })).await.ok();
    assert_eq!((&second["data"][0]["id"], &second["current_page"]), (&json!(2), &json!(2)));
}

#[tokio::test]
async fn an_empty_list_is_an_empty_map_as_php_writes_it() {
    let qore = start().await;
    let path = "/api/resources/users/table/users";
    let all = qore.get(DEMO, path).await.ok()["total"].clone();
    for body in
        [json!({ "search_columns": [] }), json!({ "search_columns": {} }), json!({ "search_columns": null })]
    {
        assert_eq!(qore.call(DEMO, "GET", path, body.clone()).await.ok()["total"], all, "{body}");
    }
    for query in ["search_columns=", "search_columns[]=", "search_columns[]=x"] {
        assert_eq!(qore.get(DEMO, &format!("{path}?{query}")).await.ok()["total"], all, "{query}");
    }
    assert_eq!(qore.get(DEMO, &format!("{path}?search_columns[name]=eline")).await.ok()["total"], 1);
    for (body, query) in [(json!({ "search_columns": "name" }), ""), (Value::Null, "?search_columns=name")] {
        let refused = qore.call(DEMO, "GET", &format!("{path}{query}"), body).await;
        let said = json!(["The search_columns field must be an array."]);
        assert_eq!(refused.json()["errors"]["search_columns"], said, "{refused:?}");
    }
}
