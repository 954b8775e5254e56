//! The kinds of data sources that the server itself knows (facts: lowcoder 8, 11 X23).

use serde_json::{Value, json};

use crate::action::ActionContext as Context;
use crate::generated::lowcoder as g;
use crate::outcome::Outcome;

/// Each with the name that people see, and whether it tells its tables and columns.
const KINDS: [(&str, &str, bool); 14] = [
    ("postgres", "PostgreSQL", true),
    ("restApi", "REST API", false),
    ("mongodb", "MongoDB", true),
    ("mysql", "MySQL", true),
    ("es", "Elasticsearch", false),
    ("redis", "Redis", false),
    ("mssql", "Microsoft SQL Server", true),
    ("oracle", "Oracle", true),
    ("mariadb", "MariaDB", true),
    ("smtp", "SMTP", false),
    ("clickHouse", "ClickHouse", true),
    ("snowflake", "Snowflake", true),
    ("googleSheets", "Google Sheets", false),
    ("graphql", "GraphQL", false),
];

/// The same for every organisation, and for one that is not there.
#[expect(clippy::unnecessary_wraps, reason = "actions are called alike")]
pub(in crate::platforms::lowcoder) fn get_organization_datasource_types(
    _: &mut Context<'_>,
    _: g::GetOrganizationDatasourceTypesInput,
) -> Result<Value, Outcome> {
    let kind = |(id, name, structure): &(&str, &str, bool)| json!({ "id": id, "name": name, "version": "default", "hasStructureInfo": structure, "definition": null });
    Ok(KINDS.iter().map(kind).collect())
}
