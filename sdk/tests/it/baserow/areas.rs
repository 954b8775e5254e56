//! The client against the reference server: views, the trash, webhooks and files.

use std::collections::BTreeMap;

use futures::TryStreamExt as _;
use serde_json::json;
use tercet_mock_server::{MockServer, baserow};
use tercet_sdk::baserow::types::{
    CreateField, CreateView, CreateViewFilter, RestoreRequest, TrashEntry, UpdateFieldOptions, UpdateView,
    UploadViaUrlRequest, View, WebhookRequest, WebhookTestRequest,
};
use tercet_sdk::baserow::{Client, FileRef, Row};

use super::truth::{people, somebody};

async fn server() -> MockServer {
    baserow().start().await.unwrap()
}

async fn table(server: &MockServer) -> (Client, i64, i64) {
    let client = somebody(server).await;
    let (workspace, table) = people(&client).await;
    (client, workspace, table)
}

#[tokio::test]
async fn a_view_is_a_kind_with_filters_and_options() {
    let server = server().await;
    let (client, _, table) = table(&server).await;
    let rows = client.rows(table);
    rows.create_many::<Row>(&[json!({ "Name": "Ada" }), json!({ "Name": "Bo" })]).await.unwrap();
    let name = client.list_database_table_fields(table).await.unwrap()[0].id().unwrap();

    let made = client.create_database_table_view(table, CreateView::new("grid")).await.unwrap().into_inner();
    let View::Grid(grid) = &made else { panic!("{made:?}") };
    assert_eq!((grid.name.as_str(), grid.public, grid.filters.as_ref()), ("", false, None));
    let filter = CreateViewFilter { value: Some("Bo".to_owned()), ..CreateViewFilter::new(name, "equal") };
    let filter = client.create_database_table_view_filter(grid.id, filter).await.unwrap().into_inner();
    assert_eq!((filter.field, filter.type_.as_str(), filter.value.as_str()), (name, "equal", "Bo"));
    assert_eq!(rows.clone().query().view(grid.id).count().await.unwrap(), 1);

    let wide = json!({ "width": 320 }).as_object().cloned().unwrap();
    let options = UpdateFieldOptions::new(BTreeMap::from([(name.to_string(), wide)]));
    let options = client.update_database_table_view_field_options(grid.id, options).await.unwrap();
    assert_eq!(options.field_options[&name.to_string()].width, Some(320));

    let named = UpdateView { name: Some("Bo's".to_owned()), ..UpdateView::new() };
    client.update_database_table_view(grid.id).body(named).await.unwrap();
    let copy = client.duplicate_database_table_view(grid.id).await.unwrap().into_inner();
    let View::Grid(copy) = &copy else { panic!("{copy:?}") };
    assert_eq!(copy.name, "Bo's 2");
    client.delete_database_table_view(grid.id).await.unwrap();
    let gone = client.get_database_table_view(grid.id).await.unwrap_err();
    assert_eq!(gone.code().as_deref(), Some("ERROR_VIEW_DOES_NOT_EXIST"));
    let left = client.list_database_table_views(table).await.unwrap().into_inner();
    assert_eq!(left.len(), 2, "{left:?}");
}

#[tokio::test]
async fn what_is_deleted_is_in_the_trash_and_comes_back() {
    let server = server().await;
    let (client, workspace, table) = table(&server).await;
    let rows = client.rows(table);
    let ada = rows.create::<Row>(&json!({ "Name": "Ada" })).await.unwrap().id;
    rows.delete(ada).await.unwrap();
    client.delete_database_table(table).await.unwrap();
    let entries: Vec<TrashEntry> =
        client.workspace_get_contents(workspace).size(1).stream().try_collect().await.unwrap();
    let kinds: Vec<_> = entries.iter().map(|one| one.trash_item_type.as_str()).collect();
    assert_eq!(kinds, ["table", "row", "rows"]);

    let row = RestoreRequest { parent_trash_item_id: table.into(), ..RestoreRequest::new("row", ada) };
    let early = client.restore(row.clone()).await.unwrap_err();
    assert_eq!(early.code().as_deref(), Some("ERROR_CANNOT_RESTORE_PARENT_BEFORE_CHILD"));
    client.restore(RestoreRequest::new("table", table)).await.unwrap();
    client.restore(row.clone()).await.unwrap();
    assert_eq!(rows.get::<Row>(ada).await.unwrap().cells["Name"], "Ada");
    let again = client.restore(row).await.unwrap_err();
    assert_eq!(again.code().as_deref(), Some("ERROR_TRASH_ITEM_DOES_NOT_EXIST"));
    client.workspace_empty_contents(workspace).await.unwrap();
    assert_eq!(client.workspace_get_contents(workspace).await.unwrap().count, 0);
}

#[tokio::test]
async fn webhooks_are_kept_and_tested() {
    let server = server().await;
    let (client, _, table) = table(&server).await;
    let private = WebhookRequest::new("inside", "http://127.0.0.1/hook");
    let refused = client.create_database_table_webhook(table, private).await.unwrap_err();
    assert_eq!(refused.code().as_deref(), Some("ERROR_REQUEST_BODY_VALIDATION"));
    let wanted = WebhookRequest {
        include_all_events: Some(false),
        events: Some(vec!["rows.created".into()]),
        headers: Some(BTreeMap::from([("X-Key".to_owned(), "k".to_owned())])),
        ..WebhookRequest::new("outside", "https://example.com/hook")
    };
    let hook = client.create_database_table_webhook(table, wanted).await.unwrap().into_inner();
    assert_eq!(
        (hook.events.as_slice(), hook.headers["X-Key"].as_str()),
        (["rows.created".to_owned()].as_slice(), "k")
    );
    let test = WebhookTestRequest::new("https://example.com/hook", "rows.created");
    let test = client.test_call_database_table_webhook(table, test).await.unwrap();
    // The reference server calls nobody.
    assert!(test.is_unreachable, "{test:?}");
    assert_eq!(client.list_database_table_webhooks(table).await.unwrap().len(), 1);
    client.delete_database_table_webhook(hook.id).await.unwrap();
    let gone = client.get_database_table_webhook(hook.id).await.unwrap_err();
    assert_eq!(gone.code().as_deref(), Some("ERROR_TABLE_WEBHOOK_DOES_NOT_EXIST"));
}

#[tokio::test]
async fn a_file_goes_into_a_cell() {
    let server = server().await;
    let (client, _, table) = table(&server).await;
    client.create_database_table_field(table, CreateField::new("Scan", "file")).await.unwrap();
    let file = client.upload("note.txt", Some("text/plain"), b"hello").await.unwrap().into_inner();
    assert_eq!((file.size, file.original_name.as_str(), file.is_image), (5, "note.txt", false));
    let same = client.upload("note.txt", Some("text/plain"), b"hello").await.unwrap();
    assert_eq!(same.name, file.name, "the same content is kept once");
    let copy = client.upload_via_url(UploadViaUrlRequest::new(file.url.clone())).await.unwrap();
    assert_eq!(copy.size, 5);

    let cells = json!({ "Name": "Ada", "Scan": [FileRef::from(&file)] });
    let row = client.rows(table).create::<Row>(&cells).await.unwrap().into_inner();
    assert_eq!(row.cells["Scan"][0]["name"], file.name.as_str());
    assert_eq!(row.cells["Scan"][0]["visible_name"], "note.txt");
    let empty = client.upload("", None, b"").await.unwrap_err();
    assert_eq!(empty.code().as_deref(), Some("ERROR_INVALID_FILE"));
}
