//! What is in a folder: the one list of folders and applications mixed (facts: lowcoder 10.7 F4).

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde_json::Value;

use super::{children, manages, no_folder, resolve, view, viewed};
use crate::action::ActionContext as Context;
use crate::generated::lowcoder as g;
use crate::outcome::Outcome;
use crate::platforms::lowcoder::access::{Role, current_org, is_developer};
use crate::platforms::lowcoder::applications;
use crate::platforms::lowcoder::paging::Page;
use crate::platforms::reading::{id, member, text, value};
use crate::state::Record;

/// Lists a folder of the current organisation, or the root: what was looked at last comes first, then by name.
pub(in crate::platforms::lowcoder) fn list_folder_contents(
    context: &mut Context<'_>,
    input: g::ListFolderContentsInput,
) -> Result<Value, Outcome> {
    let org = current_org(context)?;
    let folder = match input.id.as_deref().filter(|id| !id.is_empty()) {
        Some(key) => {
            let known = resolve(context, key)?.filter(|folder| value(folder, "orgId") == id(&org));
            Some(known.ok_or_else(no_folder)?)
        }
        None => None,
    };
    let wanted = Wanted::new(&input);
    let key = folder.as_ref().map_or(Value::Null, id);
    let library = Shelf::new(context, &id(&org))?;
    let mut found = Vec::new();
    if wanted.folders {
        for inside in children(context, &id(&org), &key)? {
            let manageable = manages(context, &inside)?;
            let visible = manageable || library.developer || library.holds_something(context, &inside)?;
            let item = view(context, &inside, visible, manageable)?;
            if wanted.named(&item) {
                found.push(item);
            }
        }
    }
    for (application, role) in library.directly_in(key.as_str().unwrap_or_default()) {
        if wanted.kind_of(application) {
            let item = applications::info(context, application, Some(*role))?;
            if wanted.named(&item) {
                found.push(item);
            }
        }
    }
    found.sort_by_cached_key(|item| {
        (Reverse(item["lastViewTime"].as_i64()), member(item, "name").unwrap_or_default().to_owned())
    });
    let answer = Page::new(input.page_num, input.page_size).answer(&found, |item| Ok(item.clone()))?;
    if let Some(folder) = folder {
        viewed(context, text(&folder, "id"))?;
    }
    Ok(answer)
}

/// What the query asks for.
struct Wanted {
    folders: bool,
    /// The type of application; `None` for all.
    kind: Option<i64>,
    name: String,
    category: String,
}

impl Wanted {
    fn new(input: &g::ListFolderContentsInput) -> Self {
        let named = input.application_type.as_deref().unwrap_or("ALL");
        let lower = |text: &Option<String>| text.as_deref().unwrap_or_default().to_lowercase();
        Self {
            folders: matches!(named, "ALL" | "FOLDER"),
            kind: kind(named),
            name: lower(&input.name),
            category: lower(&input.category),
        }
    }

    fn kind_of(&self, application: &Record) -> bool {
        self.kind.is_none_or(|kind| value(application, "applicationType").as_i64() == Some(kind))
    }

    fn named(&self, item: &Value) -> bool {
        let holds = |field: &str, part: &str| {
            part.is_empty() || member(item, field).unwrap_or_default().to_lowercase().contains(part)
        };
        holds("name", &self.name) && holds("category", &self.category)
    }
}

/// The number of a type's name (facts: lowcoder 8); `None` for all of them.
fn kind(name: &str) -> Option<i64> {
    Some(match name {
        "APPLICATION" => 1,
        "MODULE" => 2,
        "NAV_LAYOUT" => 3,
        "FOLDER" => 4,
        "MOBILE_TAB_LAYOUT" => 6,
        "NAVIGATION" => 7,
        "BUNDLE" => 8,
        _ => return None,
    })
}

/// The applications of an organisation that the caller may view, with the caller's roles.
struct Shelf {
    developer: bool,
    /// By the id of the folder that they stand in, which is empty for the root, also where the folder is gone.
    applications: BTreeMap<String, Vec<(Record, Role)>>,
}

impl Shelf {
    fn new(context: &Context<'_>, org: &Value) -> Result<Self, Outcome> {
        let mut applications: BTreeMap<String, Vec<(Record, Role)>> = BTreeMap::new();
        for application in context.all("applications", &[("orgId", org)])? {
            if text(&application, "applicationStatus") != "NORMAL" {
                continue;
            }
            if let Some(role) = applications::role(context, &application)? {
                let folder = context.get("folders", &value(&application, "folderId"))?;
                let folder = folder.map_or(String::new(), |folder| text(&folder, "id").to_owned());
                applications.entry(folder).or_default().push((application, role));
            }
        }
        Ok(Self { developer: is_developer(context, org)?, applications })
    }

    fn directly_in(&self, folder: &str) -> &[(Record, Role)] {
        self.applications.get(folder).map_or(&[], Vec::as_slice)
    }

    /// Whether there is one in the folder, or in a folder in it.
    fn holds_something(&self, context: &Context<'_>, folder: &Record) -> Result<bool, Outcome> {
        let mut open = vec![folder.clone()];
        while let Some(folder) = open.pop() {
            if !self.directly_in(text(&folder, "id")).is_empty() {
                return Ok(true);
            }
            open.extend(children(context, &value(&folder, "orgId"), &id(&folder))?);
        }
        Ok(false)
    }
}
