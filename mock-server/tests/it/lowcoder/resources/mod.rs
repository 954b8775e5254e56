//! Folders, bundles, data sources and the library, and who may what with them.

mod bundles;
mod datasource_roles;
mod datasources;
mod folder_contents;
mod folders;
mod library;

use std::ops::Deref;

use serde_json::{Value, json};

use super::support::{Answer, Caller, Lowcoder, NOW, with};

/// An organisation with an administrator, two developers and a member; and somebody who has an organisation of their own.
struct Stage {
    lowcoder: Lowcoder,
    org: String,
    admin: Caller,
    dev: Caller,
    /// A developer who made nothing.
    peer: Caller,
    member: Caller,
    stranger: Caller,
}

impl Deref for Stage {
    type Target = Lowcoder;

    fn deref(&self) -> &Lowcoder {
        &self.lowcoder
    }
}

/// The stage as a mock comes.
async fn stage() -> Stage {
    stage_with(&[]).await
}

async fn stage_with(settings: &[(&str, &str)]) -> Stage {
    let lowcoder = with(settings).await;
    let mut admin = lowcoder.register("ada@example.com").await;
    let org = record(&lowcoder, "organizations", "name", "ada@example.com's workspace")["id"].clone();
    let org = org.as_str().unwrap().to_owned();
    let mut dev = lowcoder.register_in("dev@example.com", &org).await;
    let mut peer = lowcoder.register_in("peer@example.com", &org).await;
    let mut member = lowcoder.register_in("member@example.com", &org).await;
    let mut stranger = lowcoder.register("eve@example.com").await;
    for (who, email) in [
        (&mut admin, "ada"),
        (&mut dev, "dev"),
        (&mut peer, "peer"),
        (&mut member, "member"),
        (&mut stranger, "eve"),
    ] {
        let user = record(&lowcoder, "users", "email", &format!("{email}@example.com"));
        user["id"].as_str().unwrap().clone_into(&mut who.id);
    }
    let stage = Stage { lowcoder, org, admin, dev, peer, member, stranger };
    let group = stage.group("dev");
    for who in [&stage.dev, &stage.peer] {
        stage.plant(
            "group_members",
            json!({ "group": group, "user": who.id, "role": "member", "joinTime": NOW }),
        );
    }
    stage
}

/// The record of a collection with that value.
#[track_caller]
fn record(lowcoder: &Lowcoder, collection: &str, field: &str, value: &str) -> Value {
    let state = lowcoder.server.state();
    let records = state["collections"][collection].as_array().unwrap();
    records.iter().find(|record| record[field] == value).unwrap_or_else(|| panic!("no {value}")).clone()
}

impl Stage {
    /// The id of one of the organisation's groups: `all` or `dev`.
    fn group(&self, kind: &str) -> String {
        let groups = self.records("groups");
        let group = groups.iter().find(|group| group["org"] == self.org.as_str() && group["type"] == kind);
        group.unwrap()["id"].as_str().unwrap().to_owned()
    }

    /// All records of a collection.
    fn records(&self, collection: &str) -> Vec<Value> {
        self.server.state()["collections"][collection].as_array().unwrap().clone()
    }

    /// The organisation of the stranger.
    fn other_org(&self) -> String {
        let org = record(self, "organizations", "name", "eve@example.com's workspace");
        org["id"].as_str().unwrap().to_owned()
    }

    /// Changes the state behind the server's back.
    fn edit(&self, change: impl FnOnce(&mut Value)) {
        let mut state = self.server.state();
        change(&mut state["collections"]);
        self.server.replace_state(&state).unwrap();
    }

    /// Puts a record into the state; the server gives it an id where it has none.
    fn plant(&self, collection: &str, mut record: Value) {
        let place = self.records(collection).len();
        if record["id"].is_null() {
            record["id"] = format!("{collection}-{place}").into();
        }
        self.edit(|collections| collections[collection].as_array_mut().unwrap().push(record));
    }

    /// An application of the developer's, with an owner's role for its maker; its id.
    fn application(&self, number: u64, name: &str, changes: Value) -> String {
        let id = format!("{number:024x}");
        let mut application = json!({
            "id": id, "gid": format!("018c0000-0000-7000-8000-{number:012x}"), "orgId": self.org, "name": name,
            "applicationType": 1, "applicationStatus": "NORMAL", "editingApplicationDSL": null, "folderId": null,
            "publicToAll": false, "publicToMarketplace": false, "agencyProfile": false, "createdBy": self.dev.id,
            "createAt": NOW, "updatedAt": NOW,
        });
        let Value::Object(changes) = changes else { panic!("{changes} is no object") };
        application.as_object_mut().unwrap().extend(changes);
        self.plant("applications", application);
        self.role("application", &id, "USER", &self.dev.id, "owner");
        id
    }

    /// Gives a role.
    fn role(&self, kind: &str, resource: &str, holder_kind: &str, holder: &str, role: &str) {
        let place = self.records("permissions").len();
        self.plant(
            "permissions",
            json!({
                "id": format!("{:024x}", 0x00ff_0000 + place), "resourceType": kind, "resource": resource,
                "type": holder_kind, "holder": holder, "role": role,
            }),
        );
    }

    /// Who has which role on a resource: `USER name role`, sorted.
    fn roles(&self, kind: &str, resource: &str) -> Vec<String> {
        let mut roles: Vec<String> = self
            .records("permissions")
            .iter()
            .filter(|entry| entry["resourceType"] == kind && entry["resource"] == resource)
            .map(|entry| {
                let text = |field: &str| entry[field].as_str().unwrap().to_owned();
                format!("{} {} {}", text("type"), self.name_of(&text("holder")), text("role"))
            })
            .collect();
        roles.sort();
        roles
    }

    fn name_of(&self, holder: &str) -> String {
        let mut known = self.records("users");
        known.extend(self.records("groups"));
        let known = known.iter().find(|one| one["id"] == holder);
        known.map_or_else(|| holder.to_owned(), |one| one["name"].as_str().unwrap().to_owned())
    }

    /// The id of the role that somebody has on a resource.
    #[track_caller]
    fn entry(&self, resource: &str, holder: &str) -> String {
        let entries = self.records("permissions");
        let entry = entries.iter().find(|entry| entry["resource"] == resource && entry["holder"] == holder);
        entry.unwrap()["id"].as_str().unwrap().to_owned()
    }

    /// What each caller is answered: nobody, a stranger, a member, another developer, the maker, the administrator. The
    /// state is the same before each call.
    async fn matrix(&self, method: &str, path: &str, body: &Value, expected: [(u16, i64); 6]) {
        let state = self.server.state();
        let nobody = Caller::default();
        let callers = [
            ("nobody", &nobody),
            ("stranger", &self.stranger),
            ("member", &self.member),
            ("peer", &self.peer),
            ("maker", &self.dev),
            ("admin", &self.admin),
        ];
        for ((name, who), expected) in callers.into_iter().zip(expected) {
            let answer = self.call(who, method, path, body.clone()).await;
            assert_eq!(answer.code(), expected, "{name} {method} {path}: {}", answer.text);
            self.server.replace_state(&state).unwrap();
        }
    }

    async fn post(&self, who: &Caller, path: &str, body: Value) -> Answer {
        self.call(who, "POST", path, body).await
    }

    async fn put(&self, who: &Caller, path: &str, body: Value) -> Answer {
        self.call(who, "PUT", path, body).await
    }

    async fn delete(&self, who: &Caller, path: &str) -> Answer {
        self.call(who, "DELETE", path, Value::Null).await
    }
}

/// The answer to who is signed in by nothing.
const NOBODY: (u16, i64) = (401, 0);
/// A good answer with an envelope.
const FINE: (u16, i64) = (200, 1);
/// 5001.
const DENIED: (u16, i64) = (401, 5001);

/// A text member.
#[track_caller]
fn text(value: &Value, name: &str) -> String {
    value[name].as_str().unwrap_or_else(|| panic!("no text `{name}` in {value}")).to_owned()
}

/// One member of each element.
fn each(list: &Value, name: &str) -> Vec<Value> {
    list.as_array().unwrap().iter().map(|element| element[name].clone()).collect()
}
