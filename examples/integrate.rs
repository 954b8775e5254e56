//! A Rust service integrates ToolJet: a newcomer gets an account, a role and a copy of a colleague's application.
//!
//! Run it with `cargo run -p tercet-examples --example integrate`. The reference server stands in for a real instance here;
//! a service in production gives [`Client::builder`] its instance's address and the access token from its configuration,
//! and nothing else changes.

use std::error::Error;
use std::io::Write;

use tercet_sdk::tooljet::errors::{CreateUserError, GetUserError, UpdateUserError};
use tercet_sdk::tooljet::types::{
    CreateUser, ErrorMessage, ImportDocument, RequestedStatus, Role, UpdateUser, UpdateUserRole, WorkspaceRef,
};
use tercet_sdk::tooljet::{Client, types};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    // A ToolJet that remembers, in this process, on a free port. It is gone when `mock` is dropped.
    let mock = tercet_mock_server::tooljet().seed(42).start().await?;
    let token = mock.credentials().swap_remove(0).value;
    integrate(&mock.base_url(), &token, &mut std::io::stdout()).await
}

/// The whole story, told to `out`.
pub(crate) async fn integrate(
    base_url: &str,
    token: &str,
    out: &mut impl Write,
) -> Result<(), Box<dyn Error>> {
    // One client for the life of the service: it keeps connections open, and clones share them.
    let tooljet = Client::builder(base_url).credential(token).build()?;

    welcome(&tooljet, out).await?;
    refusals(&tooljet, base_url, out).await?;
    copy_an_app(&tooljet, out).await
}

/// Invites a user, reads it back by e-mail address, and changes its role.
async fn welcome(tooljet: &Client, out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    // Required properties are arguments, optional ones are methods.
    let place = WorkspaceRef::new().name("Nexus Corps").status(RequestedStatus::Active);
    let invited = tooljet
        .create_user(
            CreateUser::new("Grace Hopper", "grace@example.com", [place])
                .status(RequestedStatus::Active)
                .password("correct horse battery staple"),
        )
        .await?;
    // A response is its value, and knows the status and the headers it came with.
    writeln!(out, "{}: invited {} <{}>", invited.status(), invited.name, invited.email)?;

    let grace = tooljet.get_user("grace@example.com").await?;
    let home = grace.workspaces.first().ok_or("the invitation named a workspace")?;
    writeln!(out, "{} is {}, in {} as {}", grace.name, grace.status, home.name, role(home))?;

    tooljet.update_user_role(&home.id, UpdateUserRole::new(Role::Builder).email(&grace.email)).await?;
    let grace = tooljet.get_user(&grace.id).await?;
    writeln!(out, "now she is {}", grace.workspaces.first().map_or("nobody", role))?;

    let builders = tooljet.list_users().group_names("builder").await?;
    let names: Vec<_> = builders.iter().map(|user| user.name.as_str()).collect();
    writeln!(out, "builders: {}", names.join(", "))?;
    Ok(())
}

/// The role that a user has in a workspace. Releases before roles have none.
fn role(workspace: &types::UserWorkspace) -> &str {
    workspace.user_permission.as_ref().map_or("a member", |permission| permission.name.as_str())
}

/// What a service is refused, and how it can tell: each declared status is a variant of the operation's own error.
async fn refusals(tooljet: &Client, base_url: &str, out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    // 404: nobody of that name. The question that is asked most often has a method for it.
    match tooljet.get_user("nobody@example.com").await {
        Ok(user) => writeln!(out, "somebody: {}", user.name)?,
        Err(error) => match error.declared() {
            Some(GetUserError::NotFound(refusal)) => writeln!(out, "404: {}", sentence(&refusal.message))?,
            // The others: `Forbidden`, an answer that the document does not know, no answer at all.
            _ => return Err(error.into()),
        },
    }

    // 400: the e-mail address is taken.
    let again = CreateUser::new("Grace Brewster", "grace@example.com", []);
    if let Err(error) = tooljet.create_user(again).await {
        match error.into_declared()? {
            CreateUserError::BadRequest(refusal) => writeln!(out, "400: {}", sentence(&refusal.message))?,
            other => return Err(format!("an unexpected refusal: {other:?}").into()),
        }
    }

    // 422: the same, found out by the database.
    let theirs = UpdateUser::new().email("john@example.com");
    if let Err(error) = tooljet.update_user("grace@example.com").body(theirs).await {
        match error.into_declared()? {
            UpdateUserError::UnprocessableContent(refusal) => {
                writeln!(out, "422: {}", sentence(&refusal.message))?;
            }
            other => return Err(format!("an unexpected refusal: {other:?}").into()),
        }
    }

    // 403: the token is wrong. It is in no message, no `Debug` and no log.
    let stranger = Client::builder(base_url).credential("not the token").build()?;
    if let Err(error) = stranger.list_users().await {
        writeln!(
            out,
            "denied: {}, and the error says: {}",
            error.is_denied(),
            first_line(&error.to_string())
        )?;
    }
    Ok(())
}

/// ToolJet explains itself in a sentence, in a list of them, or with a title.
fn sentence(message: &ErrorMessage) -> String {
    match message {
        ErrorMessage::Sentence(sentence) => sentence.clone(),
        ErrorMessage::Sentences(sentences) => sentences.join("; "),
        ErrorMessage::ErrorDetail(detail) => format!("{}: {}", detail.title, detail.error),
        ErrorMessage::Other(value) => value.to_string(),
    }
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}

/// Exports an application and imports it under another name, with everything in it, also what this crate does not know.
async fn copy_an_app(tooljet: &Client, out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    for workspace in tooljet.list_workspaces().await?.iter() {
        let Some(app) = tooljet.list_apps(&workspace.id).await?.first().cloned() else { continue };
        let exported =
            tooljet.export_app(&workspace.id, &app.id).export_all_versions(true).await?.into_inner();
        let copy = ImportDocument::try_from(exported)?.app_name(format!("{} (copy)", app.name));
        let imported = tooljet.import_app(&workspace.id, copy).await?;
        writeln!(out, "{}", imported.message)?;
        for app in tooljet.list_apps(&workspace.id).await?.iter() {
            let versions: Vec<_> = app.versions.iter().map(|version| version.name.as_str()).collect();
            writeln!(out, "  {}: {}", app.name, versions.join(", "))?;
        }
        return Ok(());
    }
    Err("no workspace has an application".into())
}
