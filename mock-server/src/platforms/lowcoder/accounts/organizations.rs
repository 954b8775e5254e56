//! The organisations of the caller (facts: lowcoder 10.2 U3).

use serde_json::{Value, json};

use crate::action::ActionContext as Context;
use crate::entropy::Timestamp;
use crate::generated::lowcoder as g;
use crate::outcome::Outcome;
use crate::platforms::lowcoder::access::{active_org, org_of};
use crate::platforms::lowcoder::paging::Page;
use crate::platforms::reading::{caller, id, text, value};
use crate::state::Record;

/// `getUserOrgs`: the last changed come first, and on its page the current one before all.
pub(in crate::platforms::lowcoder) fn get_user_orgs(
    context: &mut Context<'_>,
    input: g::GetUserOrgsInput,
) -> Result<Value, Outcome> {
    let user = caller(context)?;
    let wanted = input.org_name.unwrap_or_default().to_lowercase();
    let mut orgs = Vec::new();
    for member in context.all("members", &[("user", &id(user))])? {
        orgs.extend(active_org(context, &value(&member, "org"))?);
    }
    orgs.retain(|org| text(org, "name").to_lowercase().contains(&wanted));
    orgs.sort_by_key(|org| std::cmp::Reverse(changed(org)));

    let current = org_of(context, user)?.map_or(Value::Null, |org| id(&org));
    let mut answer = Page::new(input.page_num, input.page_size).answer(&orgs, |org| {
        Ok(json!({
            "id": id(org), "name": text(org, "name"), "createdAt": value(org, "createdAt"),
            "updatedAt": value(org, "updatedAt"), "isCurrentOrg": id(org) == current,
        }))
    })?;
    if let Some(items) = answer["items"].as_array_mut() {
        items.sort_by_key(|item| item["isCurrentOrg"] != Value::Bool(true));
    }
    Ok(answer)
}

fn changed(org: &Record) -> i64 {
    Timestamp::parse(text(org, "updatedAt")).map_or(0, |time| time.0)
}
