//! An organisation with people of every role on one application.

use serde_json::{Value, json};
use tokio::sync::OnceCell;

use crate::lowcoder::support::{Answer, Caller, Lowcoder, with};

/// Ada's organisation, and those who have to do with it or not.
pub(super) struct Stage {
    pub(super) lowcoder: Lowcoder,
    /// The id of the organisation.
    pub(super) org: String,
    /// Founded the organisation.
    pub(super) ada: Caller,
    /// Own, edit and view the application of [`Stage::application`].
    pub(super) olga: Caller,
    pub(super) eve: Caller,
    pub(super) vic: Caller,
    /// A member of the organisation without any role.
    pub(super) mia: Caller,
    /// Somebody with another organisation.
    pub(super) sid: Caller,
    pub(super) nobody: Caller,
}

pub(super) async fn stage() -> Stage {
    stage_with(&[]).await
}

/// As [`stage`], with these settings.
pub(super) async fn stage_with(settings: &[(&str, &str)]) -> Stage {
    // Signing up takes its time: they do so once, and come along with the state.
    static CAST: OnceCell<Cast> = OnceCell::const_new();
    let cast = CAST.get_or_init(gather).await;
    let lowcoder = with(settings).await;
    lowcoder.server.replace_state(&cast.state).unwrap();
    let [ada, olga, eve, vic, mia, sid] = cast.callers.clone();
    Stage { lowcoder, org: cast.org.clone(), ada, olga, eve, vic, mia, sid, nobody: Caller::default() }
}

/// The callers of a stage in the order of its fields, and the state with them.
struct Cast {
    callers: [Caller; 6],
    org: String,
    state: Value,
}

async fn gather() -> Cast {
    let lowcoder = with(&[]).await;
    let mut ada = lowcoder.register("ada@example.com").await;
    identify(&lowcoder, &mut ada, "ada@example.com");
    let organizations = lowcoder.server.state()["collections"]["organizations"].take();
    let org = organizations[0]["id"].as_str().unwrap().to_owned();
    let mut callers = vec![ada];
    for name in ["olga", "eve", "vic", "mia"] {
        let email = format!("{name}@example.com");
        let mut caller = lowcoder.register_in(&email, &org).await;
        identify(&lowcoder, &mut caller, &email);
        callers.push(caller);
    }
    let mut sid = lowcoder.register("sid@example.com").await;
    identify(&lowcoder, &mut sid, "sid@example.com");
    callers.push(sid);
    Cast { callers: callers.try_into().unwrap(), org, state: lowcoder.server.state() }
}

fn identify(lowcoder: &Lowcoder, caller: &mut Caller, email: &str) {
    let state = lowcoder.server.state();
    let users = state["collections"]["users"].as_array().unwrap();
    let user = users.iter().find(|user| user["email"] == email).unwrap();
    user["id"].as_str().unwrap().clone_into(&mut caller.id);
}

impl Stage {
    pub(super) async fn call(&self, who: &Caller, method: &str, path: &str, body: Value) -> Answer {
        self.lowcoder.call(who, method, path, body).await
    }

    pub(super) async fn get(&self, who: &Caller, path: &str) -> Answer {
        self.lowcoder.get(who, path).await
    }

    /// Makes an application as Ada; `fields` go into the body.
    pub(super) async fn create(&self, fields: Value) -> Value {
        let mut body = json!({ "orgId": self.org, "name": "App" });
        body.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        self.call(&self.ada, "POST", "/api/applications", body).await.data()["applicationInfoView"].take()
    }

    /// Gives a role to users.
    pub(super) async fn grant(&self, id: &str, role: &str, users: &[&Caller]) {
        let users: Vec<&str> = users.iter().map(|user| user.id.as_str()).collect();
        let path = format!("/api/applications/{id}/permissions");
        let answer = self.call(&self.ada, "PUT", &path, json!({ "role": role, "userIds": users })).await;
        assert_eq!(answer.data(), true);
    }

    /// The id of an application on which Olga, Eve and Vic have their roles.
    pub(super) async fn application(&self) -> String {
        let id = self.create(json!({ "editingApplicationDSL": { "v": 1 } })).await["applicationId"]
            .as_str()
            .unwrap()
            .to_owned();
        self.grant(&id, "owner", &[&self.olga]).await;
        self.grant(&id, "editor", &[&self.eve]).await;
        self.grant(&id, "viewer", &[&self.vic]).await;
        id
    }

    /// The records of a collection.
    pub(super) fn records(&self, collection: &str) -> Vec<Value> {
        self.lowcoder.server.state()["collections"][collection].as_array().unwrap().clone()
    }

    /// Changes the state by hand.
    pub(super) fn edit(&self, change: impl FnOnce(&mut Value)) {
        let mut state = self.lowcoder.server.state();
        change(&mut state["collections"]);
        self.lowcoder.server.replace_state(&state).unwrap();
    }

    /// Changes the DSL that is being edited.
    pub(super) async fn write(&self, id: &str, dsl: Value) {
        let path = format!("/api/applications/{id}");
        self.call(&self.ada, "PUT", &path, json!({ "editingApplicationDSL": dsl })).await.data();
    }

    /// Publishes with a body, or without for null.
    pub(super) async fn publish(&self, id: &str, body: Value) -> Answer {
        self.call(&self.ada, "POST", &format!("/api/applications/{id}/publish"), body).await
    }
}
