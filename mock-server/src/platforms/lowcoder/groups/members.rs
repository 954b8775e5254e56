//! Who is in a group, and who could be (facts: lowcoder 10.5 G5 to G9, 11 X27).

use serde_json::{Value, json};

use super::{known, known_or_nothing, place, standing};
use crate::action::ActionContext as Context;
use crate::generated::lowcoder as g;
use crate::outcome::Outcome;
use crate::platforms::lowcoder::access::{avatar_url, current_org, given_role, place_in};
use crate::platforms::lowcoder::organizations::may_develop;
use crate::platforms::lowcoder::refusal::{
    invalid_parameter, no_resource, not_authorized, nothing_or, refused, server_error,
};
use crate::platforms::reading::{caller, id, member, number, text, value};
use crate::state::Record;

pub(in crate::platforms::lowcoder) fn list_group_members_with_search_and_sort(
    context: &mut Context<'_>,
    input: g::ListGroupMembersWithSearchAndSortInput,
) -> Result<Value, Outcome> {
    let group = known(context, &input.group_id)?;
    let standing = standing(context, group)?;
    let in_group = standing.in_group.as_deref();
    let visitor = if standing.in_org == "super_admin" || in_group == Some("super_admin") {
        "super_admin"
    } else if standing.manages() {
        "admin"
    } else if in_group.is_some() {
        "member"
    } else {
        return Err(not_authorized());
    };

    let search = input.search.as_deref().filter(|search| !search.trim().is_empty()).map(str::to_lowercase);
    // The product's own client sends `role=` for all of them.
    let role = input.role.as_deref().filter(|role| !role.trim().is_empty());
    let mut found = Vec::new();
    for place in context.all("group_members", &[("group", &id(&standing.group))])? {
        let Some(user) = context.get("users", &value(&place, "user"))? else { continue };
        let wanted = role.is_none_or(|role| role == text(&place, "role"))
            && search.as_deref().is_none_or(|search| text(&user, "name").to_lowercase().contains(search));
        if wanted {
            found.push((place, user));
        }
    }
    sort(&mut found, input.sort.as_deref(), input.order.as_deref());
    let org = value(&standing.group, "org");
    let members: Vec<Value> = page(&found, input.page_num, input.page_size)
        .iter()
        .map(|(place, user)| view(place, user, &org))
        .collect();
    Ok(json!({
        "visitorRole": visitor, "members": members, "total": found.len(), "pageNum": input.page_num,
        "pageSize": input.page_size,
    }))
}

/// `order` is `desc`, or anything else for ascending. What is equal stays in order of joining.
fn sort(found: &mut [(Record, Record)], by: Option<&str>, order: Option<&str>) {
    let backwards = order.is_some_and(|order| order.eq_ignore_ascii_case("desc"));
    found.sort_by(|(place, user), (other_place, other_user)| {
        let ordering = match by {
            Some("userName") => {
                text(user, "name").to_lowercase().cmp(&text(other_user, "name").to_lowercase())
            }
            Some("role") => text(place, "role").cmp(text(other_place, "role")),
            Some("joinTime") => number(place, "joinTime").cmp(&number(other_place, "joinTime")),
            _ => std::cmp::Ordering::Equal,
        };
        if backwards { ordering.reverse() } else { ordering }
    });
}

/// This list has no page that is an error: what lies before its beginning or behind its end is left out.
fn page<T>(all: &[T], page: i64, size: i64) -> &[T] {
    let all_of_them = i64::try_from(all.len()).unwrap_or(i64::MAX);
    let begin = page.saturating_sub(1).saturating_mul(size).max(0);
    let end = if size == 0 { all_of_them } else { page.saturating_mul(size).min(all_of_them) };
    match (usize::try_from(begin), usize::try_from(end)) {
        (Ok(begin), Ok(end)) => all.get(begin..end).unwrap_or_default(),
        _ => &[],
    }
}

/// A member of a group as answers have it (`GroupMemberView`).
fn view(place: &Record, user: &Record, org: &Value) -> Value {
    json!({
        "userId": id(user), "userName": value(user, "name"), "avatarUrl": avatar_url(user), "role": text(place, "role"),
        "groupId": value(place, "group"), "orgId": org, "joinTime": value(place, "joinTime"),
    })
}

/// Nobody looks whether there is such a user (facts: lowcoder 10.5 G6).
pub(in crate::platforms::lowcoder) fn add_user_to_group(
    context: &mut Context<'_>,
    input: g::AddUserToGroupInput,
) -> Result<Value, Outcome> {
    let user = member(&input.body, "userId").unwrap_or_default();
    if user.trim().is_empty() || member(&input.body, "role").is_none_or(|role| role.trim().is_empty()) {
        return Err(invalid_parameter("`userId` and `role` are not blank."));
    }
    let user = Value::from(user);
    let group = known(context, &input.group_id)?;
    let standing = standing(context, group)?;
    standing.require_manager()?;
    if text(&standing.group, "type") == "dev" {
        may_develop(context, &value(&standing.group, "org"), &user)?;
    }
    place(context, &standing.group, &user, given_role(&input.body))?;
    Ok(true.into())
}

pub(in crate::platforms::lowcoder) fn update_role_for_group_member(
    context: &mut Context<'_>,
    input: g::UpdateRoleForGroupMemberInput,
) -> Result<Value, Outcome> {
    let user = Value::from(member(&input.body, "userId").unwrap_or_default());
    let target = managed(context, &input.group_id, &user)?;
    let place = target.ok_or_else(not_in_group)?;
    context.update(&place, json!({ "role": given_role(&input.body) }))?;
    Ok(true.into())
}

pub(in crate::platforms::lowcoder) fn remove_user_from_group(
    context: &mut Context<'_>,
    input: g::RemoveUserFromGroupInput,
) -> Result<Value, Outcome> {
    let user = Value::from(input.user_id);
    let target = managed(context, &input.group_id, &user)?;
    if id(caller(context)?) == user {
        return Err(refused("cannot-remove-myself", "Leave the group instead."));
    }
    let place = target.ok_or_else(not_in_group)?;
    context.delete(&[place])?;
    Ok(true.into())
}

/// The place of a user in a group that the caller manages. The product looks for it before anything else, and says
/// nothing where there is none.
fn managed(context: &Context<'_>, group: &str, user: &Value) -> Result<Option<Record>, Outcome> {
    let group = known_or_nothing(context, group)?;
    let place = place_in(context, &id(&group), user)?;
    if place.is_none() {
        let outcome = nothing_or(context, not_in_group());
        if outcome.name == "nothing" {
            return Err(outcome);
        }
    }
    standing(context, group)?.require_manager()?;
    Ok(place)
}

fn not_in_group() -> Outcome {
    no_resource("The user is not in that group.")
}

/// Groups of other organisations may be left, too: nobody looks which one is current.
pub(in crate::platforms::lowcoder) fn leave_group(
    context: &mut Context<'_>,
    input: g::LeaveGroupInput,
) -> Result<Value, Outcome> {
    current_org(context)?;
    let user = id(caller(context)?);
    let group = known_or_nothing(context, &input.group_id)?;
    let own = place_in(context, &id(&group), &user)?.ok_or_else(|| nothing_or(context, not_in_group()))?;
    let admins = context.all("group_members", &[("group", &id(&group)), ("role", &Value::from("admin"))])?;
    if matches!(admins.as_slice(), [only] if value(only, "user") == user) {
        return Err(refused("cannot-leave-group", "The only administrator cannot leave the group."));
    }
    context.delete(&[own])?;
    Ok(true.into())
}

/// Anybody who is signed in may ask, of any group. Pages are counted only where there is somebody to show.
pub(in crate::platforms::lowcoder) fn search_potential_group_members(
    context: &mut Context<'_>,
    input: g::SearchPotentialGroupMembersInput,
) -> Result<Value, Outcome> {
    let group = known_or_nothing(context, &input.group_id)?;
    let search =
        input.search_name.as_deref().filter(|search| !search.trim().is_empty()).map(str::to_lowercase);
    let (mut outside, mut users) = (0_usize, Vec::new());
    for entry in context.all("members", &[("org", &value(&group, "org"))])? {
        let key = value(&entry, "user");
        if place_in(context, &id(&group), &key)?.is_some() {
            continue;
        }
        outside += 1;
        let user = context.get("users", &key)?.filter(|user| text(user, "state") == "ACTIVATED");
        let wanted = |user: &Record| {
            search.as_deref().is_none_or(|search| text(user, "name").to_lowercase().contains(search))
        };
        users.extend(user.filter(wanted));
    }
    if outside > 0 && (input.page_num < 1 || input.page_size < 1) {
        return Err(server_error("There is no such page."));
    }
    users.sort_by_key(Record::sequence);
    let shown = if outside == 0 { &[] } else { page(&users, input.page_num, input.page_size) };
    let members: Vec<Value> = shown
        .iter()
        .map(|user| {
            json!({
                "userId": id(user), "name": value(user, "name"), "avatarUrl": null, "role": null, "joinTime": 0,
                "rawUserInfos": null,
            })
        })
        .collect();
    Ok(json!({
        "visitorRole": null, "members": members, "total": users.len(), "pageNum": input.page_num,
        "pageSize": input.page_size,
    }))
}
