//! An organisation with everybody who calls differently.

use serde_json::{Value, json};

use super::support::{Caller, Lowcoder, with};

/// The server, and who is on it. `ada` administers `org`, her own; `dev`, `lea` and `mo` are in it: a developer, an
/// administrator of the group `group` and a plain member. Their current organisation is `org`. `eve` has one of her own.
pub(super) struct Scene {
    pub(super) lowcoder: Lowcoder,
    pub(super) org: String,
    pub(super) group: String,
    pub(super) ada: Caller,
    pub(super) dev: Caller,
    pub(super) lea: Caller,
    pub(super) mo: Caller,
    pub(super) eve: Caller,
}

/// Nobody.
pub(super) const NOBODY: Caller = Caller { session: None, key: None, id: String::new() };
/// An id that nothing has.
pub(super) const NONE: &str = "000000000000000000000000";
/// A gid that nothing has.
pub(super) const NO_GID: &str = "01940000-0000-7000-8000-000000000000";

impl Scene {
    pub(super) async fn set(settings: &[(&str, &str)]) -> Self {
        let lowcoder = with(settings).await;
        let mut ada = lowcoder.register("ada@example.com").await;
        let org = first_org(&lowcoder, "ada@example.com").await;
        let mut dev = lowcoder.register_in("dev@example.com", &org).await;
        let mut lea = lowcoder.register_in("lea@example.com", &org).await;
        let mut mo = lowcoder.register_in("mo@example.com", &org).await;
        let mut eve = lowcoder.register("eve@example.com").await;
        let all = lowcoder.get(&ada, &format!("/api/organizations/{org}/members")).await.data();
        for (who, name) in [(&mut ada, "ada"), (&mut dev, "dev"), (&mut lea, "lea"), (&mut mo, "mo")] {
            who.id = user_id(&all, &format!("{name}@example.com"));
        }
        let own = first_org(&lowcoder, "eve@example.com").await;
        let all = lowcoder.get(&eve, &format!("/api/organizations/{own}/members")).await.data();
        eve.id = user_id(&all, "eve@example.com");
        let made = lowcoder.call(&ada, "POST", "/api/groups", json!({ "name": "Sales" })).await.data();
        let group = made["groupId"].as_str().unwrap().to_owned();
        let scene = Self { lowcoder, org, group, ada, dev, lea, mo, eve };
        let developers = scene.system_group("devGroup").await;
        for (who, group, role) in [(&scene.dev, &developers, "member"), (&scene.lea, &scene.group, "admin")] {
            let body = json!({ "userId": who.id, "role": role });
            let path = format!("/api/groups/{group}/addMember");
            assert_eq!(scene.lowcoder.call(&scene.ada, "POST", &path, body).await.data(), true);
        }
        scene
    }

    /// A path below `/api/organizations/{org}`.
    pub(super) fn of(&self, path: &str) -> String {
        format!("/api/organizations/{}{path}", self.org)
    }

    /// A path below `/api/groups/{group}`.
    pub(super) fn in_group(&self, path: &str) -> String {
        format!("/api/groups/{}{path}", self.group)
    }

    /// The id of the group of ada's current organisation that has this flag.
    pub(super) async fn system_group(&self, flag: &str) -> String {
        let all = self.lowcoder.get(&self.ada, "/api/groups/list").await.data();
        let found = all.as_array().unwrap().iter().find(|group| group[flag] == true);
        found.unwrap()["groupId"].as_str().unwrap().to_owned()
    }

    /// Calls, and what `code` says of the answer.
    pub(super) async fn code(&self, who: &Caller, method: &str, path: &str, body: Value) -> (u16, i64) {
        self.lowcoder.call(who, method, path, body).await.code()
    }

    /// Who is in a group, in order of joining: names before the `@`.
    pub(super) async fn people(&self, group: &str) -> Vec<String> {
        let page = self.lowcoder.get(&self.ada, &format!("/api/groups/{group}/members")).await.data();
        names(&page, "userName")
    }

    /// Who is in the organisation.
    pub(super) async fn members(&self) -> Vec<String> {
        names(&self.lowcoder.get(&self.ada, &self.of("/members")).await.data(), "name")
    }
}

/// The members of a page, names before the `@`.
pub(super) fn names(page: &Value, member: &str) -> Vec<String> {
    let all = page["members"].as_array().unwrap();
    all.iter().map(|one| one[member].as_str().unwrap().split('@').next().unwrap().to_owned()).collect()
}

/// The first organisation of an account, by name.
pub(super) async fn first_org(lowcoder: &Lowcoder, email: &str) -> String {
    let all = lowcoder.get(&NOBODY, &format!("/api/organizations/byuser/{email}")).await.data();
    all[0]["orgId"].as_str().unwrap().to_owned()
}

fn user_id(page: &Value, name: &str) -> String {
    let found = page["members"].as_array().unwrap().iter().find(|one| one["name"] == name);
    found.unwrap()["userId"].as_str().unwrap().to_owned()
}
