//! The client against the reference server: every operation, and every declared status that it can be brought to.

use tercet_mock_server::{MockServer, tooljet};
use tercet_sdk::tooljet::Client;
use tercet_sdk::tooljet::errors::{
    CreateUserError, ExportAppError, GetUserError, ImportAppError, ListAppsError, ListUsersError,
    UpdateUserError, UpdateUserRoleError, UpdateUserWorkspaceError,
};
use tercet_sdk::tooljet::types::{
    CreateUser, ErrorMessage, GroupRef, ImportDocument, RequestedStatus, Role, UpdateUser, UpdateUserRole,
    UpdateUserWorkspace, UserStatus, WorkspaceRef,
};

const TOKEN: &str = "token-of-this-test";
const NOBODY: &str = "00000000-0000-4000-8000-000000000000";

async fn server() -> (MockServer, Client) {
    let server = tooljet().set("EXTERNAL_API_ACCESS_TOKEN", TOKEN).start().await.unwrap();
    let client = Client::builder(server.base_url()).credential(TOKEN).build().unwrap();
    (server, client)
}

fn alice(place: WorkspaceRef) -> CreateUser {
    CreateUser::new("Alice Johnson", "alice@example.com", [place])
}

#[tokio::test]
async fn users_are_listed_read_created_and_changed() {
    let (_server, client) = server().await;
    let before = client.list_users().await.unwrap();
    assert!(before.iter().any(|user| user.email == "john@example.com"));
    let admins = client.list_users().group_names("admin").await.unwrap();
    assert!(!admins.is_empty() && admins.len() < before.len());

    let place = WorkspaceRef::new().name("team-spac").role(Role::Builder).status(RequestedStatus::Active);
    let made = client
        .create_user(alice(place).password("qwy@4xt123").status(RequestedStatus::Active))
        .await
        .unwrap();
    assert_eq!(
        (made.status().as_u16(), made.name.as_str(), &made.status),
        (201, "Alice Johnson", &UserStatus::Active)
    );

    let changed =
        client.update_user("alice@example.com").body(UpdateUser::new().name("Alice Jones")).await.unwrap();
    assert_eq!(changed.status().as_u16(), 200);
    let read = client.get_user(&made.id).await.unwrap();
    assert_eq!((read.name.as_str(), &read.id), ("Alice Jones", &made.id));
    assert_eq!(client.list_users().await.unwrap().len(), before.len() + 1);
}

#[tokio::test]
async fn places_and_roles_are_changed() {
    let (_server, client) = server().await;
    let workspaces = client.list_workspaces().await.unwrap();
    let team = workspaces.iter().find(|one| one.name == "team-spac").unwrap();
    let place = || WorkspaceRef::new().id(team.id.as_str()).status(RequestedStatus::Active);
    let user = client.create_user(alice(place()).status(RequestedStatus::Active)).await.unwrap();

    client
        .update_user_role(&team.id, UpdateUserRole::new(Role::Builder).email("alice@example.com"))
        .await
        .unwrap();
    client.update_user_workspace(&user.id, &team.id).await.unwrap();
    let groups = UpdateUserWorkspace::new().groups([GroupRef::new().name("all_users")]);
    client.update_user_workspace(&user.id, &team.id).body(groups).await.unwrap();
    client
        .update_user_workspace(&user.id, &team.id)
        .body(UpdateUserWorkspace::new().groups([]))
        .await
        .unwrap();
    let read = client.get_user(&user.id).await.unwrap();
    assert_eq!(read.workspaces.len(), 1);

    client.replace_user_workspaces(&user.id, []).await.unwrap();
    assert!(client.get_user(&user.id).await.unwrap().workspaces.is_empty());
    client.replace_user_workspaces(&user.id, [place()]).await.unwrap();
    assert_eq!(client.get_user(&user.id).await.unwrap().workspaces.len(), 1);
}

#[tokio::test]
async fn an_app_goes_from_one_workspace_to_another() {
    let (_server, client) = server().await;
    let workspaces = client.list_workspaces().await.unwrap();
    let studio = workspaces.iter().find(|one| one.name == "App Studio").unwrap();
    let demo = workspaces.iter().find(|one| one.name == "demo-workspace").unwrap();
    let apps = client.list_apps(&studio.id).await.unwrap();
    let before = client.list_apps(&demo.id).await.unwrap().len();

    let exported = client.export_app(&studio.id, &apps[0].id).export_all_versions(true).await.unwrap();
    assert_eq!(exported.status().as_u16(), 201);
    let document = ImportDocument::try_from(exported.into_inner()).unwrap().app_name("A copy");
    let done = client.import_app(&demo.id, document).await.unwrap();
    assert!(done.message.contains(&demo.id), "{}", done.message);
    let copies = client.list_apps(&demo.id).await.unwrap();
    assert_eq!(copies.len(), before + 1);
    let copy = copies.iter().find(|app| app.name == "A copy").unwrap();
    assert_ne!(copy.id, apps[0].id);

    let again = client.export_app(&demo.id, &copy.id).await.unwrap();
    assert_eq!(again.app[0].definition.app_v2.name, "A copy");
}

#[tokio::test]
async fn every_refusal_is_typed() {
    let (_server, client) = server().await;
    let error = client.create_user(CreateUser::new("A", "no mail address", [])).await.unwrap_err();
    let Some(CreateUserError::BadRequest(body)) = error.declared() else { panic!("{error:?}") };
    assert!(
        matches!(&body.message, ErrorMessage::Sentences(sentences) if sentences == &["email must be an email"])
    );

    let error = client.get_user("nobody@example.com").await.unwrap_err();
    assert!(matches!(error.declared(), Some(GetUserError::NotFound(_))), "{error:?}");
    let error = client.update_user("nobody@example.com").body(UpdateUser::new()).await.unwrap_err();
    assert!(matches!(error.declared(), Some(UpdateUserError::NotFound(_))), "{error:?}");

    let taken = UpdateUser::new().email("james@example.com");
    let error = client.update_user("john@example.com").body(taken).await.unwrap_err();
    assert!(matches!(error.declared(), Some(UpdateUserError::UnprocessableContent(_))), "{error:?}");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(422));

    let error = client.list_apps("no-uuid").await.unwrap_err();
    assert!(matches!(error.declared(), Some(ListAppsError::BadRequest(_))), "{error:?}");
    let error = client.export_app(NOBODY, NOBODY).await.unwrap_err();
    assert!(matches!(error.declared(), Some(ExportAppError::BadRequest(_))), "{error:?}");
    let error = client.update_user_role(NOBODY, UpdateUserRole::new(Role::Admin)).await.unwrap_err();
    assert!(matches!(error.declared(), Some(UpdateUserRoleError::BadRequest(_))), "{error:?}");
    let change = UpdateUserWorkspace::new().status(RequestedStatus::Active);
    let error = client.update_user_workspace(NOBODY, NOBODY).body(change).await.unwrap_err();
    assert!(matches!(error.declared(), Some(UpdateUserWorkspaceError::NotFound(_))), "{error:?}");
}

#[tokio::test]
async fn a_wrong_credential_is_403_everywhere() {
    let (server, _client) = server().await;
    let stranger = Client::builder(server.base_url()).credential("wrong").build().unwrap();
    let error = stranger.list_users().await.unwrap_err();
    assert!(
        matches!(error.declared(), Some(ListUsersError::Forbidden(body)) if body.status_code == 403),
        "{error:?}"
    );
    assert!(error.is_denied());
    let nobody = Client::builder(server.base_url()).build().unwrap();
    assert!(nobody.list_workspaces().await.unwrap_err().is_denied());
}

#[tokio::test]
async fn a_body_that_is_too_large_is_413() {
    let server =
        tooljet().set("EXTERNAL_API_ACCESS_TOKEN", TOKEN).set("MAX_JSON_SIZE", "1kb").start().await.unwrap();
    let client = Client::builder(server.base_url()).credential(TOKEN).build().unwrap();
    let document = ImportDocument::new("3.16.0").app_name("x".repeat(4096));
    let error = client.import_app(NOBODY, document).await.unwrap_err();
    assert!(matches!(error.declared(), Some(ImportAppError::ContentTooLarge(_))), "{error:?}");
    assert!(error.is_too_large());
}

#[tokio::test]
async fn no_path_value_reaches_another_route() {
    let (server, client) = server().await;
    for value in
        ["..", ".", "", "../users", "x/../../users", "%2e%2e", "..%2fusers", "a\\..\\b", "\r\n", "?", "#"]
    {
        let error = client.get_user(value).await.unwrap_err();
        assert!(error.is_refused() || error.is_not_found(), "{value:?}: {error:?}");
    }
    let operations: Vec<Option<String>> =
        server.journal().into_iter().map(|entry| entry.operation.map(|one| one.to_string())).collect();
    assert!(!operations.is_empty());
    assert!(operations.iter().all(|operation| operation.as_deref() == Some("getUser")), "{operations:?}");
}
