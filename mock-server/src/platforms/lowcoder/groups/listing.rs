//! The list of groups, with who is in them (facts: lowcoder 10.5 G4).

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{leads, view};
use crate::action::ActionContext as Context;
use crate::generated::lowcoder as g;
use crate::outcome::Outcome;
use crate::platforms::lowcoder::access::{current_org, role_in, system_group, user};
use crate::platforms::lowcoder::paging::Page;
use crate::platforms::reading::{caller, id, number, text, value};
use crate::state::Record;

/// Pages of what [`Sight`] tells; nobody sees groups who has not signed in.
pub(in crate::platforms::lowcoder) fn list_groups(
    context: &mut Context<'_>,
    input: g::ListGroupsInput,
) -> Result<Value, Outcome> {
    let page = Page::new(input.page_num, input.page_size);
    if user(context).is_none() {
        return Ok(answer(&[], [0; 4], 0, page));
    }
    let sight = Sight::of(context)?;
    if sight.groups.is_empty() {
        return Ok(answer(&[], [0; 4], 0, page));
    }
    let shown = page.within(&sight.groups)?;
    let items: Vec<Value> = shown.iter().map(|(group, places)| sight.view(group, places)).collect();
    Ok(answer(&items, totals(context, &sight.org)?, sight.groups.len(), page))
}

/// All groups that the caller sees in the current organisation (`GroupView`).
///
/// # Errors
/// `unable-to-find-valid-org` for who is in none.
pub(in crate::platforms::lowcoder) fn seen(context: &Context<'_>) -> Result<Vec<Value>, Outcome> {
    let sight = Sight::of(context)?;
    Ok(sight.groups.iter().map(|(group, places)| sight.view(group, places)).collect())
}

/// What the caller sees of the current organisation's groups: administrators all of them, others those that they are in.
///
/// Who is no administrator finds only oneself counted in each: the product makes the statistics of the places that it has
/// looked up for the caller.
struct Sight {
    org: Value,
    role: String,
    admins: BTreeSet<String>,
    /// With the places in each that count.
    groups: Vec<(Record, Vec<Record>)>,
}

impl Sight {
    fn of(context: &Context<'_>) -> Result<Self, Outcome> {
        let org = id(&current_org(context)?);
        let me = id(caller(context)?);
        let role = role_in(context, &org)?.unwrap_or_default();
        let admins = users(&context.all("members", &[("org", &org), ("role", &Value::from("admin"))])?);
        let mut groups = Vec::new();
        for group in context.all("groups", &[("org", &org)])? {
            let places = if leads(&role) {
                context.all("group_members", &[("group", &id(&group))])?
            } else {
                context.all("group_members", &[("group", &id(&group)), ("user", &me)])?
            };
            if leads(&role) || !places.is_empty() {
                groups.push((group, places));
            }
        }
        groups.sort_by_key(|(group, _)| order(group));
        Ok(Self { org, role, admins, groups })
    }

    fn view(&self, group: &Record, places: &[Record]) -> Value {
        let visitor =
            if leads(&self.role) { &self.role } else { places.first().map_or("", |own| text(own, "role")) };
        let counted: Vec<Value> = places
            .iter()
            .filter(|place| text(place, "role") != "super_admin")
            .map(|place| value(place, "user"))
            .collect();
        let leading = if text(group, "type") == "all" {
            self.admins.len()
        } else {
            counted.iter().filter(|user| user.as_str().is_some_and(|user| self.admins.contains(user))).count()
        };
        view(group, visitor, leading, counted.len(), &counted)
    }
}

/// All users, developers, groups that come from elsewhere, then by the time of creation.
fn order(group: &Record) -> u64 {
    match text(group, "type") {
        "all" => 1,
        "dev" => 2,
        "sync" => 3,
        _ => number(group, "createTime"),
    }
}

fn users(records: &[Record]) -> BTreeSet<String> {
    records.iter().map(|record| text(record, "user").to_owned()).collect()
}

/// How many members of an organisation are administrators, administrators or developers, developers only, neither. Super
/// administrators count as developers where they are in that group, and nowhere else.
fn totals(context: &Context<'_>, org: &Value) -> Result<[usize; 4], Outcome> {
    let developers = match system_group(context, org, "dev")? {
        Some(group) => users(&context.all("group_members", &[("group", &id(&group))])?),
        None => BTreeSet::new(),
    };
    let mut totals = [0; 4];
    for member in context.all("members", &[("org", org)])? {
        let (role, develops) = (text(&member, "role"), developers.contains(text(&member, "user")));
        let admin = role == "admin";
        let plain = role == "member";
        for (total, counts) in
            totals.iter_mut().zip([admin, admin || develops, plain && develops, plain && !develops])
        {
            *total += usize::from(counts);
        }
    }
    Ok(totals)
}

fn answer(items: &[Value], totals: [usize; 4], total: usize, page: Page) -> Value {
    let [admins, admins_and_developers, developers_only, others] = totals;
    json!({
        "items": items, "totalAdmins": admins, "totalAdminsAndDevelopers": admins_and_developers,
        "totalDevelopersOnly": developers_only, "totalOtherMembers": others, "total": total,
        "pageNum": page.number, "pageSize": page.size,
    })
}
