//! Accounts as administrators of the instance see them.

use serde_json::{Value, json};

use super::super::page::Asked;
use super::super::records::{id, text, value};
use super::super::{sorts, users};
use crate::action::ActionContext;
use crate::generated::baserow::AdminListUsersInput;
use crate::outcome::Outcome;
use crate::state::Record;

/// The largest page (facts: baserow 2.6).
const LARGEST: usize = 100;

/// How the list is asked for.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct Wanted<'w> {
    pub(in super::super) search: Option<&'w str>,
    pub(in super::super) sorts: Option<&'w str>,
}

impl<'w> From<&'w AdminListUsersInput> for Wanted<'w> {
    fn from(input: &'w AdminListUsersInput) -> Self {
        Self { search: input.search.as_deref(), sorts: input.sorts.as_deref() }
    }
}

/// An account.
pub(super) fn represent(context: &ActionContext<'_>, user: &Record) -> Result<Value, Outcome> {
    let places = context.all("workspace_users", &[("user", &id(user))])?;
    let places: Vec<Value> = places
        .iter()
        .filter_map(|place| {
            let workspace = context.referred(place, "workspace")?;
            let permissions = value(place, "permissions");
            Some(json!({ "id": id(&workspace), "name": value(&workspace, "name"), "permissions": permissions }))
        })
        .collect();
    Ok(json!({
        "id": id(user),
        "username": value(user, "email"),
        "name": value(user, "name"),
        "workspaces": places,
        "last_login": value(user, "last_login"),
        "date_joined": value(user, "created_on"),
        "is_active": value(user, "is_active"),
        "is_staff": value(user, "is_staff"),
    }))
}

/// `admin_list_users`: a page of accounts. No page is wrong; the size has a limit.
pub(in super::super) fn admin_list_users(
    context: &mut ActionContext<'_>,
    wanted: Wanted<'_>,
) -> Result<Value, Outcome> {
    const COLUMNS: &[(&str, &str)] = &[
        ("id", "id"),
        ("is_active", "is_active"),
        ("name", "name"),
        ("username", "email"),
        ("date_joined", "created_on"),
        ("last_login", "last_login"),
    ];
    users::purge(context)?;
    let sorts = wanted.sorts.map(|sorts| sorts::read(sorts, COLUMNS)).transpose()?;
    let search = wanted.search.unwrap_or_default().to_lowercase();
    let mut found = context.all("users", &[])?;
    found.retain(|user| {
        let texts =
            [id(user).to_string(), text(user, "email").to_lowercase(), text(user, "name").to_lowercase()];
        texts.iter().any(|text| text.contains(&search))
    });
    sorts::sort(&mut found, &sorts.unwrap_or_default(), value);
    let page = Asked::read(context, Some(LARGEST))?.numbered(|| found.len());
    let results =
        page.cut(&found).iter().map(|user| represent(context, user)).collect::<Result<Vec<_>, _>>()?;
    Ok(page.envelope(context, found.len(), results))
}
