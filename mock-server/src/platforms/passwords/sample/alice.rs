//! Alice, who has been here for a while.

use serde_json::{Value, json};

use super::super::content::put;
use super::super::kind::Kind;
use super::super::{folders, passwords, php, revisions};
use super::{CLIENT, DAY, folder, tag};
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::state::Record;

const WORK: &str = "a11ce000-0000-4000-8000-0000000f0001";
const SERVERS: &str = "a11ce000-0000-4000-8000-0000000f0002";
const FAMILY: &str = "a11ce000-0000-4000-8000-0000000f0003";
const ARCHIVE: &str = "a11ce000-0000-4000-8000-0000000f0004";
const IMPORTANT: &str = "a11ce000-0000-4000-8000-0000000d0001";
const MONEY: &str = "a11ce000-0000-4000-8000-0000000d0002";
const TRAVEL: &str = "a11ce000-0000-4000-8000-0000000d0003";
/// The password that she shares with Bob.
pub(super) const WIKI: &str = "a11ce000-0000-4000-8000-0000000a0002";
/// Her share of it.
pub(super) const SHARE: &str = "a11ce000-0000-4000-8000-0000000e0001";

/// Folders, tags and passwords: some good, some not, one in the trash, one hidden, one in a folder in the trash.
pub(super) fn alice(context: &mut ActionContext<'_>) -> Result<(), Outcome> {
    folder(context, WORK, json!({ "label": "Work", "favorite": true }))?;
    folder(context, SERVERS, json!({ "label": "Servers", "parent": WORK }))?;
    folder(context, FAMILY, json!({ "label": "Family" }))?;
    let archive = folder(context, ARCHIVE, json!({ "label": "Old projects" }))?;
    tag(context, IMPORTANT, "Important", "#e9322d")?;
    tag(context, MONEY, "Money", "#46ba61")?;
    tag(context, TRAVEL, "Travel", "#0082c9")?;
    good(context)?;
    bad(context)?;
    away(context)?;
    trash(context, &archive)
}

/// A password, whose tags stand beside its fields.
fn password(
    context: &mut ActionContext<'_>,
    number: u8,
    fields: Value,
    tags: &[&str],
) -> Result<Record, Outcome> {
    let mut fields = fields;
    fields["id"] = format!("a11ce000-0000-4000-8000-0000000a{number:04}").into();
    fields["edited"] = php::now(context).saturating_sub(DAY * i64::from(number) * 11).into();
    let password = passwords::insert(context, "alice", fields, CLIENT)?;
    for (position, tag) in (1..).zip(tags) {
        let relation = json!({ "password": password.get("id"), "tag": tag, "position": position });
        context.insert("password_tags", relation)?;
    }
    Ok(password)
}

fn good(context: &mut ActionContext<'_>) -> Result<(), Outcome> {
    let mail = json!({
        "label": "Mail", "username": "alice@example.com", "password": "Lantern-7-meadow-Pebble",
        "url": "https://mail.example.com", "favorite": true,
    });
    let mail = password(context, 1, mail, &[IMPORTANT])?;
    // A history: the password was changed, then a note was added.
    let mail = passwords::revise(context, &mail, json!({ "password": "orbit=Thicket=41=Velvet" }), CLIENT)?;
    let note = json!({ "notes": "Recovery goes to the *other* mailbox." });
    passwords::revise(context, &mail, note, CLIENT)?;
    let wiki = json!({
        "label": "Company wiki", "username": "aadams", "password": "Saffron.glacier.63.Minnow",
        "url": "https://wiki.example.com/login", "folder": WORK, "sseType": "SSEv1r2",
    });
    password(context, 2, wiki, &[])?;
    let database = json!({
        "label": "Production database", "username": "app", "password": "cobalt-Harvest-29-quill",
        "url": "postgres://db.example.com:5432/app", "folder": SERVERS,
        "notes": "# Access\n\nOnly through the **jump host**.",
        "customFields": json!([
            { "label": "Port", "type": "text", "value": "5432" },
            { "label": "Read only", "type": "secret", "value": "juniper-Atlas-55" },
        ]).to_string(),
    });
    password(context, 3, database, &[IMPORTANT])?;
    let bank = json!({
        "label": "Bank", "username": "4071 2290", "password": "Tundra_84_silver_Wren",
        "url": "https://bank.example.com", "folder": FAMILY, "favorite": true,
    });
    password(context, 4, bank, &[MONEY, IMPORTANT]).map(drop)
}

/// What `status` warns of.
fn bad(context: &mut ActionContext<'_>) -> Result<(), Outcome> {
    let breached = json!({
        "label": "Gardening forum", "username": "alice", "password": "password123",
        "url": "https://forum.example.org",
    });
    password(context, 5, breached, &[])?;
    for (number, label, url) in
        [(6, "Airline", "https://air.example.com"), (7, "Railway", "https://rail.example.com")]
    {
        let twice = json!({
            "label": label, "username": "alice@example.com", "password": "Walnut-ferry-17-Amber", "url": url,
        });
        password(context, number, twice, &[TRAVEL])?;
    }
    Ok(())
}

/// What listings leave out: a hidden password.
fn away(context: &mut ActionContext<'_>) -> Result<(), Outcome> {
    let diary = json!({ "label": "Diary", "password": "Ember.lagoon.38.Sparrow", "hidden": true });
    password(context, 8, diary, &[]).map(drop)
}

/// A password in the trash, and a folder with one.
fn trash(context: &mut ActionContext<'_>, archive: &Record) -> Result<(), Outcome> {
    let router = json!({ "label": "Old router", "username": "admin", "password": "Copper-niche-92-Falcon" });
    let router = password(context, 9, router, &[])?;
    passwords::revise(context, &router, json!({ "trashed": true }), CLIENT)?;
    let staging = json!({
        "label": "Staging", "username": "deploy", "password": "Marble-otter-26-Dune", "folder": ARCHIVE,
    });
    password(context, 10, staging, &[])?;
    let mut content = revisions::content(Kind::Folder, archive);
    put(&mut content, "trashed", true);
    folders::set(context, archive, content).map(drop)
}
