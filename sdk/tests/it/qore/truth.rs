//! The client against the reference server, with the application that ships and with the one that has UUIDs.

use futures::TryStreamExt as _;
use serde::{Deserialize, Serialize};
use serde_json::json;
use tercet_mock_server::{Application, MockServer, qore};
use tercet_sdk::qore::{Client, FormData, Key, Order, Record};

/// Demo's, who is an administrator.
const DEMO: &str = "1|3mKsVx8QeN0aTzWc5LdYh2RuJfGb7PiSoE4lXqMk";
/// An old one of Demo's.
const EXPIRED: &str = "2|Zt6HnUq1BvCw9KyRjDg4XeAoLm8SfPi3QrTbNc5V";
/// Eline's, who is none.
const ELINE: &str = "3|p7WdRkY2sFvJx9TqMhEaB4cNzLuGi6Oo1XeKnSf8";

fn client(server: &MockServer, token: &str) -> Client {
    Client::builder(server.base_url()).credential(token).build().unwrap()
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Registration {
    name: String,
    date: String,
    hours: f64,
    user: Option<i64>,
    project: Option<i64>,
    billable: bool,
}

fn registration(name: &str) -> Registration {
    Registration {
        name: name.to_owned(),
        date: "2023-02-01".to_owned(),
        hours: 1.5,
        user: Some(1),
        project: Some(1),
        billable: true,
    }
}

#[tokio::test]
async fn the_application_introduces_itself() {
    let server = qore().start().await.unwrap();
    let client = client(&server, DEMO);
    let me = client.me::<Record>().await.unwrap();
    assert_eq!((&me.id, &me.fields["name"]), (&Key::from(1), &json!("Demo")));
    assert_eq!(
        client.endpoints().await.unwrap().resources(),
        ["users", "tenants", "organizations", "projects", "milestones", "issues", "registrations"]
    );
    let found = client.search("TAAK").await.unwrap();
    assert_eq!(found[0].resource.as_deref(), Some("issues"));
    assert_eq!(found[0].results.as_ref().unwrap()[0].title.as_deref(), Some("Hello taak 1"));
    assert!(client.search("").await.unwrap_err().is_invalid());
    // The generated calls hold of it, too.
    assert_eq!(client.show_me().await.unwrap().id, 1);
    assert_eq!(client.global_search("taak").await.unwrap().len(), found.len());
}

#[tokio::test]
async fn tables_are_asked_by_body_and_by_query() {
    let server = qore().start().await.unwrap();
    let by_body = client(&server, DEMO).resource("registrations");
    for registrations in [by_body.clone(), by_body.in_query()] {
        let all = registrations.table().order_by(Order::descending("date")).per_page(2);
        let found: Vec<Record<Registration>> = all.clone().stream().try_collect().await.unwrap();
        let names: Vec<&str> = found.iter().map(|one| one.fields.name.as_str()).collect();
        assert_eq!(names, ["Testen", "Overleg", "Eerste opzet"]);
        assert_eq!(all.count().await.unwrap(), Some(3));
        assert_eq!(all.first::<Registration>().await.unwrap().unwrap().name, "Testen");

        let mine =
            registrations.table().tab("Mijn registraties").stream::<Registration>().up_to(9).await.unwrap();
        assert_eq!(mine.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["Eerste opzet"]);
        let table =
            registrations.table().search("organization", [1]).search("name", "OPZ").search("billable", true);
        assert_eq!(table.count().await.unwrap(), Some(1));
        let table = registrations.table().search("user", [1, 2]).search("billable", false);
        assert_eq!(table.count().await.unwrap(), Some(0));
        assert_eq!(registrations.table().named("open_registrations").count().await.unwrap(), Some(2));
        assert!(registrations.table().named("nowhere").count().await.unwrap_err().is_not_found());

        let page = all.page::<Record>(2).await.unwrap();
        assert_eq!((page.records.len(), page.last_page, page.per_page), (1, Some(2), Some(2)));
        let columns = page.columns.as_ref().unwrap();
        assert_eq!(
            (columns[0].name.as_deref(), columns[0].label.as_deref()),
            (Some("name"), Some("Omschrijving"))
        );
        assert_eq!(page.tabs.as_ref().unwrap().len(), 2);
        assert!(page.actions.as_ref().unwrap().iter().any(|one| one.name.as_deref() == Some("approve")));
        let page = all.minimal().page::<Record>(2).await.unwrap();
        assert!(page.columns.is_none() && page.total == Some(3));
    }
}

#[tokio::test]
async fn options_follow_the_project() {
    let server = qore().start().await.unwrap();
    let by_body = client(&server, DEMO).resource("registrations");
    for registrations in [by_body.clone(), by_body.in_query()] {
        let options = registrations.form().given("project", 1).options("issue").await.unwrap();
        let groups = options.groups();
        assert_eq!((groups.len(), groups[0].heading.unwrap().label.as_str()), (1, "Geen Milestone"));
        let choice = groups[0].choices[0];
        assert_eq!(
            (choice.label.as_str(), choice.description.as_deref()),
            ("Hello taak 1", Some("PTA.23.0001"))
        );

        let options = registrations.form_of(1).given("project", 2).options("issue").await.unwrap();
        let headings: Vec<&str> =
            options.groups().iter().map(|one| one.heading.unwrap().label.as_str()).collect();
        assert_eq!(headings, ["Geen Milestone", "Oplevering"]);
        let fields = registrations.form().show().await.unwrap().into_inner().fields.unwrap();
        assert!(fields.iter().any(|field| field.name.as_deref() == Some("hours")));
    }
    let projects = client(&server, DEMO).resource("registrations").options("project").await.unwrap();
    assert_eq!(
        projects.choices().map(|one| one.label.as_str()).collect::<Vec<_>>(),
        ["Projecttool", "Website De Molen"]
    );
}

#[tokio::test]
async fn a_record_lives_and_leaves_a_log() {
    let server = qore().start().await.unwrap();
    let registrations = client(&server, DEMO).resource("registrations");
    let made =
        registrations.create::<Record<Registration>>(&registration("Nieuw")).await.unwrap().into_inner();
    assert_eq!(made.fields, registration("Nieuw"));
    assert_eq!(registrations.show::<Registration>(&made.id).await.unwrap().into_inner(), made.fields);

    let changed = Registration { hours: 2.0, billable: false, ..made.fields };
    let now = registrations.update::<Registration>(&made.id, &changed).await.unwrap().into_inner();
    assert_eq!(now, changed);
    let now =
        registrations.update_field::<Registration>(&made.id, "name", "Anders").await.unwrap().into_inner();
    assert_eq!(now.name, "Anders");
    let detail = registrations.detail::<Registration>(&made.id).await.unwrap().into_inner();
    assert_eq!((detail.title.as_deref(), detail.record), (Some("Anders"), now));
    assert!(detail.fields.is_some() && detail.actions.is_some());

    registrations.delete(&made.id).await.unwrap();
    assert!(registrations.show::<Record>(&made.id).await.unwrap_err().is_not_found());
    assert!(registrations.delete(&made.id).await.unwrap_err().is_not_found());
    let logs = registrations.logs(&made.id).await.unwrap().into_inner();
    let said = |word: &str| logs.iter().any(|entry| entry.description.as_deref() == Some(word));
    assert!(said("created") && said("updated") && said("deleted"), "{logs:?}");
    let renamed = logs.iter().find(|entry| {
        entry.field.value().is_some_and(|field| field == "name") && entry.value_new == json!("Anders").into()
    });
    assert_eq!(renamed.unwrap().value_old, json!("Nieuw").into());
}

#[tokio::test]
async fn what_breaks_a_rule_is_told_by_field() {
    let server = qore().start().await.unwrap();
    let users = client(&server, DEMO).resource("users");
    let taken = json!({ "email": "demo@qlic.nl", "tenants": [1, 99] });
    let error = users.create::<Record>(&taken).await.unwrap_err();
    assert!(error.is_invalid());
    let fields: Vec<&str> = error.violations().iter().map(|(field, _)| field).collect();
    assert_eq!(fields, ["email", "name", "tenants.1"]);
    assert_eq!(error.violations().within("tenants").count(), 1);
    let error = users.update_field::<Record>(2, "email", "no address").await.unwrap_err();
    assert_eq!(error.violations().of("email").len(), 1);
    assert!(users.update_field::<Record>(2, "nothing", 1).await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn forms_carry_files_and_lists() {
    let server = qore().start().await.unwrap();
    let client = client(&server, DEMO);
    let registrations = client.resource("registrations");
    let text = format!("{}\n", "een bon".repeat(20_000));
    let folder = std::env::temp_dir().join(format!("tercet-qore-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("bon.txt"), &text).unwrap();

    let form = FormData::of(&registration("Met bon")).path_as(
        "attachment",
        folder.join("bon.txt"),
        Some("text/plain"),
    );
    let made = registrations.create_form::<Record>(form).await.unwrap().into_inner();
    std::fs::remove_dir_all(&folder).unwrap();
    assert_eq!((&made.fields["name"], &made.fields["billable"]), (&json!("Met bon"), &json!(true)));
    assert_eq!(
        (&made.fields["attachment"]["name"], &made.fields["attachment"]["size"]),
        (&json!("bon.txt"), &json!(text.len()))
    );

    let form = FormData::of(&registration("Nog een")).field("billable", false);
    let form = form.file("attachment", "b.txt", Some("text/plain"), "kort");
    let now = registrations.update_form::<Record>(&made.id, form).await.unwrap();
    assert_eq!((&now.fields["billable"], &now.fields["attachment"]["size"]), (&json!(false), &json!(4)));
    let form = FormData::new().file("attachment", "c.txt", Some("text/plain"), "nog korter");
    let now = registrations.update_field_form::<Record>(&made.id, "attachment", form).await.unwrap();
    assert_eq!(
        (&now.fields["name"], &now.fields["attachment"]["name"]),
        (&json!("Nog een"), &json!("c.txt"))
    );
    let form = FormData::of(&registration("X")).file("attachment", "x.exe", None, "MZ");
    let error = registrations.create_form::<Record>(form).await.unwrap_err();
    assert_eq!(error.violations().iter().map(|(field, _)| field).collect::<Vec<_>>(), ["attachment"]);

    let form = FormData::of(
        &json!({ "name": "Ada", "email": "ada@qlic.nl", "tenants": [2, 1], "organization": null }),
    );
    let ada = client.resource("users").create_form::<Record>(form).await.unwrap().into_inner();
    assert_eq!((&ada.fields["tenants"], &ada.fields["organization"]), (&json!([2, 1]), &json!(null)));
    // An empty list is one.
    let form = FormData::of(&json!({ "name": "Ada", "email": "ada@qlic.nl", "tenants": [] }));
    let ada = client.resource("users").update_form::<Record>(&ada.id, form).await.unwrap();
    assert_eq!(ada.fields["tenants"], json!([]));
}

#[tokio::test]
async fn actions_have_forms_and_rights() {
    let server = qore().start().await.unwrap();
    let (demo, eline) = (client(&server, DEMO), client(&server, ELINE));
    let of_eline = eline.resource("registrations");
    assert!(of_eline.action("approve").run(3).await.unwrap_err().is_not_authorized());
    let registrations = demo.resource("registrations");
    let done = registrations.action("approve").form(&json!({ "remark": "prima" })).run(3).await.unwrap();
    assert_eq!(done.message.as_deref(), Some("De registratie is akkoord."));
    let approved = registrations.show::<Record>(3).await.unwrap();
    assert_eq!((&approved.fields["approved"], &approved.fields["note"]), (&json!(true), &json!("prima")));
    assert!(of_eline.delete(3).await.unwrap_err().is_not_authorized());
    assert!(registrations.action("nothing").run(3).await.unwrap_err().is_not_found());
    let done = demo.resource("issues").action("finish").run(1).await.unwrap();
    assert_eq!(done.message.as_deref(), Some("De taak is afgerond."));

    let expired = client(&server, EXPIRED).me::<Record>().await.unwrap_err();
    assert!(expired.is_unauthenticated() && !expired.to_string().contains("Zt6H"), "{expired}");
}

#[tokio::test]
async fn keys_may_be_uuids() {
    let text = include_str!("../../../../spec/platforms/qore/applications/library.yaml");
    let library = Application::read("qore", "library.yaml", text).unwrap().unwrap();
    let server = qore().application(library).start().await.unwrap();
    let client = client(&server, "1|Yk4VtQp8RmZs2WnXb6HcJd0LgFeTuAi9OoPrCx7E");
    let books = client.resource("books");
    let awater = books.table().search("title", "awater").first::<Record>().await.unwrap().unwrap();
    assert_eq!(awater.id, "0d9f6c2e-5b1a-4f64-9d3c-7a1f0f3f5b10");
    assert_eq!(books.show::<Record>(&awater.id).await.unwrap().fields["author"], "Martinus Nijhoff");
    let found = books.table().search("genres", [2]).stream::<Record>().up_to(9).await.unwrap();
    assert_eq!((found.len(), &found[0].fields["title"]), (1, &json!("The Road to Oxiana")));
    let options = client.resource("loans").form().options("book").await.unwrap();
    assert!(options.choices().any(|choice| choice.value == awater.id));
    let loan = json!({ "reader": "Ada", "book": awater.id, "lent_on": "2024-01-01", "due_on": "2024-02-01" });
    let lent = client.resource("loans").create::<Record>(&loan).await.unwrap();
    assert_eq!(lent.fields["book"], json!(awater.id));
    // Who is needed stays.
    assert!(books.delete(&awater.id).await.unwrap_err().is_invalid());
}
