//! The client against the reference server, in both editions.

use std::time::Duration;

use futures::TryStreamExt as _;
use serde::{Deserialize, Serialize};
use serde_json::json;
use tercet_mock_server::{MockServer, baserow};
use tercet_sdk::baserow::types::{
    CreateApplication, CreateDatabaseToken, CreateField, CreateTable, CreateUser, Field, WorkspaceName,
};
use tercet_sdk::baserow::{Client, Filter, Order, Row, decimal};

const PASSWORD: &str = "correct-horse-battery";

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Person {
    #[serde(rename = "Name")]
    name: String,
    #[serde(rename = "Age", with = "decimal::optional")]
    age: Option<i64>,
}

fn person(name: &str, age: i64) -> Person {
    Person { name: name.to_owned(), age: Some(age) }
}

async fn servers() -> [MockServer; 2] {
    [baserow().start().await.unwrap(), baserow().edition("1.35").start().await.unwrap()]
}

/// Somebody new, signed in.
pub(super) async fn somebody(server: &MockServer) -> Client {
    let anonymous = Client::builder(server.base_url()).build().unwrap();
    anonymous.create_user(CreateUser::new("Ada", "ada@example.com", PASSWORD)).await.unwrap();
    Client::builder(server.base_url()).sign_in("ada@example.com", PASSWORD).build().unwrap()
}

/// A table of people with an age, and its workspace.
pub(super) async fn people(client: &Client) -> (i64, i64) {
    let workspace = client.create_workspace(WorkspaceName::new("Lab")).await.unwrap().id;
    let database = client
        .workspace_create_application(workspace, CreateApplication::new("Base", "database"))
        .await
        .unwrap();
    let table =
        client.create_database_table(database.id().unwrap(), CreateTable::new("People")).await.unwrap().id;
    client.create_database_table_field(table, CreateField::new("Age", "number")).await.unwrap();
    let rows = client.rows(table);
    let empty: Vec<Row> = rows.clone().stream().try_collect().await.unwrap();
    rows.delete_many(&empty.iter().map(|row| row.id).collect::<Vec<_>>()).await.unwrap();
    (workspace, table)
}

#[tokio::test]
async fn a_session_outlives_its_tokens() {
    for server in servers().await {
        let client = somebody(&server).await;
        client.list_workspaces().await.unwrap();
        // The access token is over, then the refresh token too; only the server's clock says so.
        for hours in [2, 24 * 9] {
            server.advance(Duration::from_secs(hours * 3600));
            client.list_workspaces().await.unwrap();
        }
        let wrong = Client::builder(server.base_url()).sign_in("ada@example.com", "wrong-horse-battery");
        let error = wrong.build().unwrap().list_workspaces().await.unwrap_err();
        assert_eq!(error.code().as_deref(), Some("ERROR_INVALID_CREDENTIALS"));
    }
}

#[tokio::test]
async fn rows_live_and_die_as_structs() {
    let [server, _] = servers().await;
    let client = somebody(&server).await;
    let (_, table) = people(&client).await;
    let rows = client.rows(table);
    let ada = rows.create::<Row<Person>>(&person("Ada", 36)).await.unwrap().into_inner();
    assert_eq!(ada.cells, person("Ada", 36));
    let others = [person("Bo", 7), person("Cy", 50), person("Di", 20)];
    let made = rows.create_many::<Row<Person>>(&others).await.unwrap().into_inner();
    assert_eq!(made.iter().map(|row| row.cells.clone()).collect::<Vec<_>>(), others);

    let adults = Filter::field("Age").higher_than(18) & Filter::field("Name").contains_not("C");
    let query = rows.clone().filter(adults).order_by(Order::descending("Age"));
    let found: Vec<Person> = query.clone().size(1).stream().try_collect().await.unwrap();
    assert_eq!(found, [person("Ada", 36), person("Di", 20)]);
    assert_eq!(query.count().await.unwrap(), 2);

    rows.update::<Row>(ada.id, &json!({ "Age": null })).await.unwrap();
    assert_eq!(rows.get::<Person>(ada.id).await.unwrap().age, None);
    rows.move_to_end::<Row>(ada.id).await.unwrap();
    let order: Vec<Row<Person>> = rows.clone().stream().try_collect().await.unwrap();
    assert_eq!(order.last().map(|row| row.id), Some(ada.id));
    assert_eq!(rows.names_of(&[ada.id]).await.unwrap()[&ada.id], "Ada");
    rows.delete(ada.id).await.unwrap();
    let gone = rows.get::<Row>(ada.id).await.unwrap_err();
    assert!(gone.is_not_found());
    assert_eq!(gone.code().as_deref(), Some("ERROR_ROW_DOES_NOT_EXIST"));
}

#[tokio::test]
async fn fields_are_kinds_and_a_database_token_opens_rows() {
    let [server, _] = servers().await;
    let client = somebody(&server).await;
    let (workspace, table) = people(&client).await;
    let fields = client.list_database_table_fields(table).await.unwrap().into_inner();
    assert!(matches!(&fields[0], Field::Text(field) if field.primary), "{fields:?}");
    assert!(fields.iter().any(|field| matches!(field, Field::Number(number) if number.name == "Age")));

    let token = client.create_database_token(CreateDatabaseToken::new("t", workspace)).await.unwrap();
    let program = Client::builder(server.base_url()).database_token(token.key.clone()).build().unwrap();
    program.rows(table).create::<Row<Person>>(&person("Eve", 1)).await.unwrap();
    assert!(program.list_workspaces().await.unwrap_err().is_denied());
    let job = client.duplicate_database_table_async(table).await.unwrap();
    let done = client.wait_for_job(job.id, Duration::from_secs(30)).await.unwrap();
    assert!(done.duplicated_table.value().is_some(), "{done:?}");
}
