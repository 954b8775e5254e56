//! Every operation by every kind of caller, from the table beside this file.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::support::{Caller, Lowcoder, with};

const TABLE: &str = include_str!("matrix.txt");
const CALLERS: [&str; 6] = ["anonymous", "visitor", "stranger", "member", "developer", "admin"];

/// A line of the table.
struct Row {
    operation: &'static str,
    method: &'static str,
    path: &'static str,
    body: &'static str,
    cells: [&'static str; 6],
}

fn rows() -> Vec<Row> {
    let lines = TABLE.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    lines.map(row).collect()
}

fn row(line: &'static str) -> Row {
    let columns: Vec<&str> = line.split('|').map(str::trim).collect();
    assert_eq!(columns.len(), 9, "{line}");
    let (method, path) = columns[1].split_once(' ').unwrap();
    let mut cells = [""; 6];
    for (index, cell) in columns[3..].iter().enumerate() {
        cells[index] = if *cell == "=" { cells[index - 1] } else { cell };
    }
    Row { operation: columns[0], method, path, body: columns[2], cells }
}

/// Who calls, and what there is, by the names of the table.
struct Place {
    lowcoder: Lowcoder,
    callers: Vec<Caller>,
    names: BTreeMap<&'static str, String>,
    state: String,
}

impl Place {
    async fn new() -> Self {
        let lowcoder = with(&[("LOWCODER_CREATE_WORKSPACE_ON_SIGNUP", "true")]).await;
        let admin = lowcoder.register("admin@example.com").await;
        let stranger = lowcoder.register("stranger@example.com").await;
        let org = lowcoder.org(&admin).await;
        let member = lowcoder.register_in("member@example.com", &org).await;
        let developer = lowcoder.register_in("developer@example.com", &org).await;
        let maker = lowcoder.register_in("maker@example.com", &org).await;
        let visitor = lowcoder.register_in("visitor@example.com", &org).await;
        let left =
            lowcoder.call(&visitor, "DELETE", &format!("/api/organizations/{org}/leave"), Value::Null).await;
        assert_eq!(left.data(), true);
        let groups = lowcoder.get(&admin, "/api/groups/list").await.data();
        let developers = groups[1]["groupId"].as_str().unwrap().to_owned();
        for user in [&developer, &maker] {
            let body = json!({ "userId": user.id, "role": "member" });
            let path = format!("/api/groups/{developers}/addMember");
            assert_eq!(lowcoder.call(&admin, "POST", &path, body).await.data(), true);
        }
        let mut names = BTreeMap::from([
            ("org", org.clone()),
            ("member", member.id.clone()),
            ("maker", maker.id.clone()),
        ]);
        let mut made = async |name, who: &Caller, path: &str, body: Value, pointer: &str| {
            let answer = lowcoder.call(who, "POST", path, body).await;
            let id = answer.data().pointer(pointer).and_then(Value::as_str).unwrap().to_owned();
            names.insert(name, id.clone());
            id
        };
        let group = made("group", &admin, "/api/groups", json!({ "name": "Ours" }), "/groupId").await;
        let app = json!({ "orgId": org, "name": "Shop" });
        let id = "/applicationInfoView/applicationId";
        let shop = made("app", &maker, "/api/applications", app.clone(), id).await;
        let recycled = made("recycled", &maker, "/api/applications", app, id).await;
        let folder = made("folder", &maker, "/api/folders", json!({ "name": "Drawer" }), "/folderId").await;
        let bundle = json!({ "orgId": org, "name": "Bundle" });
        let bundle = made("bundle", &maker, "/api/bundles", bundle, "/bundleId").await;
        let source = json!({ "name": "s", "type": "restApi", "organizationId": org, "datasourceConfig": {} });
        let source = made("datasource", &maker, "/api/datasources", source, "/id").await;
        let query = json!({ "query": { "datasourceId": "#QUICK_REST_API" } });
        let query = json!({ "name": "q", "organizationId": org, "libraryQueryDSL": query });
        let query = made("query", &maker, "/api/library-queries", query, "/id").await;
        let invitation = format!("/api/invitation?orgId={org}");
        let again = json!({ "orgId": org, "name": "Recycled bundle" });
        let recycled_bundle = made("recycled-bundle", &maker, "/api/bundles", again, "/bundleId").await;
        let version = format!("/api/library-queries/{query}/publish");
        made("query-version", &maker, &version, json!({ "tag": "1" }), "/id").await;
        let file = json!({ "filename": "hi.txt", "content": "aGk=", "type": "COMMON" });
        made("file", &maker, "/api/materials", file, "/id").await;
        made("invitation", &admin, &invitation, Value::Null, "/inviteCode").await;
        for (method, path, body) in [
            (
                "POST",
                format!("/api/groups/{group}/addMember"),
                json!({ "userId": maker.id, "role": "member" }),
            ),
            ("PUT", format!("/api/applications/recycle/{recycled}"), Value::Null),
            ("PUT", format!("/api/bundles/recycle/{recycled_bundle}"), Value::Null),
            (
                "POST",
                format!("/api/folders/{folder}/permissions"),
                json!({ "role": "viewer", "userIds": [maker.id] }),
            ),
            ("POST", format!("/api/applications/{shop}/publish"), Value::Null),
            ("PUT", format!("/api/bundles/addApp/{shop}?toBundleId={bundle}"), Value::Null),
            (
                "POST",
                "/api/application/history-snapshots".to_owned(),
                json!({ "applicationId": shop, "dsl": {}, "context": {} }),
            ),
        ] {
            let who = if path.starts_with("/api/groups") { &admin } else { &maker };
            lowcoder.call(who, method, &path, body).await.data();
        }
        for (name, path, pointer) in [
            ("app-entry", format!("/api/applications/{shop}/permissions"), "/permissions/0/permissionId"),
            ("folder-entry", format!("/api/folders/{folder}/permissions"), "/permissions/0/permissionId"),
            (
                "datasource-entry",
                format!("/api/datasources/{source}/permissions"),
                "/permissions/0/permissionId",
            ),
            ("snapshot", format!("/api/application/history-snapshots/{shop}"), "/list/0/snapshotId"),
            (
                "version",
                format!("/api/application-records/listByApplicationId?applicationId={shop}"),
                "/0/id",
            ),
        ] {
            let data = lowcoder.get(&maker, &path).await.data();
            names.insert(name, data.pointer(pointer).and_then(Value::as_str).unwrap().to_owned());
        }
        let state = lowcoder.get(&Caller::default(), "/_mock/state").await.text;
        // nothing lists the entries of a bundle (facts: lowcoder 12 Q17)
        let json: Value = serde_json::from_str(&state).unwrap();
        let mut entries = json.pointer("/collections/permissions").and_then(Value::as_array).unwrap().iter();
        let entry = entries.find(|entry| entry["resource"] == *bundle).unwrap();
        names.insert("bundle-entry", entry["id"].as_str().unwrap().to_owned());
        let callers = vec![Caller::default(), visitor, stranger, member, developer, admin];
        Self { lowcoder, callers, names, state }
    }

    /// A text with its names replaced.
    fn filled(&self, text: &str) -> String {
        let mut filled = text.to_owned();
        for (name, value) in &self.names {
            filled = filled.replace(&format!("{{{name}}}"), value);
        }
        filled
    }

    /// What the call ends in, in the words of the table, with everything as it was at first.
    async fn ends_in(&self, row: &Row, caller: usize) -> String {
        let state = serde_json::from_str(&self.state).unwrap();
        let put = self.lowcoder.call(&Caller::default(), "PUT", "/_mock/state", state).await;
        assert!(put.status < 300, "{put:?}");
        let body = self.filled(row.body);
        let body = match serde_json::from_str(&body) {
            Ok(json) => json,
            Err(_) if body.is_empty() => Value::Null,
            Err(_) => Value::String(body),
        };
        let path = self.filled(row.path);
        assert!(!path.contains('{'), "{path}");
        let answer = self.lowcoder.call(&self.callers[caller], row.method, &path, body).await;
        let media_type = answer.headers.get("content-type").map_or("", |value| value.to_str().unwrap());
        if answer.status == 200 && !answer.text.is_empty() && !media_type.starts_with("application/json") {
            return "bytes".to_owned();
        }
        match answer.code() {
            (401, 0) if answer.text.is_empty() => "-".to_owned(),
            (200, 0) if answer.text.is_empty() => "empty".to_owned(),
            (404, 0) if answer.text.is_empty() => "none".to_owned(),
            (200 | 201, 1) => "ok".to_owned(),
            (status, code) if status == status_of(code) => code.to_string(),
            (status, code) => format!("{code} with status {status}: {}", answer.text),
        }
    }
}

/// The HTTP status of a code (facts: lowcoder 3).
fn status_of(code: i64) -> u16 {
    match code {
        5205 => 200,
        5003 | 5200 | 5202 | 5309 | 5501 | 6103 | 6104 => 400,
        5001 | 5600 => 401,
        5308 | 5607 | 5608 | 5609 | 5617 => 403,
        _ => 500,
    }
}

#[tokio::test]
async fn every_operation_by_every_caller() {
    let place = Place::new().await;
    let mut wrong = Vec::new();
    for row in rows() {
        for (caller, expected) in row.cells.iter().enumerate() {
            let got = place.ends_in(&row, caller).await;
            if got != *expected {
                wrong.push(format!("{} by {}: {got}, not {expected}", row.operation, CALLERS[caller]));
            }
        }
    }
    assert!(wrong.is_empty(), "{} cells\n{}", wrong.len(), wrong.join("\n"));
}

/// Operations without a row, each with where it is tried instead.
const ELSEWHERE: &[&str] = &[
    // a body in parts: `pictures`, `organizations`
    "uploadUserProfilePhoto",
    "uploadUserProfilePhotoById",
    "uploadOrganizationLogo",
    // no envelope, and the same for everybody: `system`, `transcripts`
    "healthCheck",
    "getHealth",
    "serverSettings",
    "getOpenApiDocument",
    "getOpenApiDocumentOld",
    "getSwaggerUi",
    "redirectToSwaggerUi",
];

#[test]
fn every_operation_has_a_row() {
    let mut ids = tercet_mock_server::lowcoder::Operation::ALL.iter().map(|operation| operation.id());
    let rows = rows();
    let missing: Vec<_> = ids
        .by_ref()
        .filter(|id| !ELSEWHERE.contains(id) && rows.iter().all(|row| row.operation != *id))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}
