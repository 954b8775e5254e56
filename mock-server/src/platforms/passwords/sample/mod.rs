//! What a fresh mock has: three accounts and a life in passwords. Ids are fixed, so that documentation can name them.

mod alice;
mod bob;
mod carol;

use serde_json::{Map, Value, json};

use super::content::{Content, put};
use super::labelled::{FOLDER, TAG};
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::state::Record;

/// Who wrote all this: the app token's name.
const CLIENT: &str = "Demo client";
/// Characters of an app token.
const TOKEN: usize = 72;
const DAY: i64 = 86_400;

/// Fills a fresh server.
pub(super) fn seed(context: &mut ActionContext<'_>) -> Result<(), Outcome> {
    user(context, json!({ "id": "alice", "name": "Alice Adams" }))?;
    user(context, json!({ "id": "bob", "name": "Bob Brown" }))?;
    alice::alice(context)?;
    bob::bob(context)?;
    carol::carol(context)
}

/// An account with its app token, `alice-demo-token-abc…` of 72 characters, and its password, `alice-password`.
fn user(context: &mut ActionContext<'_>, fields: Value) -> Result<(), Outcome> {
    let user = context.insert("users", fields)?;
    let id = super::reading::text(&user, "id");
    let token: String = format!("{id}-demo-token-").chars().chain(('a'..='z').cycle()).take(TOKEN).collect();
    for login in [
        json!({ "user": id, "kind": "token", "secret": token, "name": CLIENT }),
        json!({ "user": id, "kind": "password", "secret": format!("{id}-password"), "name": "" }),
    ] {
        context.insert("logins", login)?;
    }
    Ok(())
}

/// A folder of Alice's.
fn folder(context: &mut ActionContext<'_>, id: &str, fields: Value) -> Result<Record, Outcome> {
    FOLDER.insert(context, "alice", named(id), &written(fields))
}

/// A tag of Alice's.
fn tag(context: &mut ActionContext<'_>, id: &str, label: &str, color: &str) -> Result<Record, Outcome> {
    TAG.insert(context, "alice", named(id), &written(json!({ "label": label, "color": color })))
}

fn named(id: &str) -> Map<String, Value> {
    Map::from_iter([("id".to_owned(), id.into())])
}

fn written(fields: Value) -> Content {
    let mut content = match fields {
        Value::Object(members) => members,
        _ => Content::new(),
    };
    put(&mut content, "client", CLIENT);
    content
}
