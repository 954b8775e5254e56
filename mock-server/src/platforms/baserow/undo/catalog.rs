//! The operations that can be undone, with the names that the product has for what they do.
//!
//! facts: baserow 2.8; upstream: the registered types of actions, and the scope of each.

/// In which part of the product an action counts as done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    Root,
    Workspace,
    Application,
    Table,
    View,
}

/// How an action is undone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Means {
    /// Everything becomes again what it was.
    Inverted,
    /// What it made goes into the trash: a record of this collection, which is of that kind in the trash.
    Trashed(&'static str, &'static str),
    /// The rows that it made go into the trash.
    RowsTrashed,
    /// What it put into the trash comes back: what the path names, of that kind in the trash.
    Restored(&'static str),
}

/// An operation that can be undone.
#[derive(Debug)]
pub(super) struct Undoable {
    pub(super) operation: &'static str,
    /// The product's name of the action.
    pub(super) action: &'static str,
    pub(super) scope: Scope,
    /// The collection and the path parameter of what it is done to; empty for what is done to the root.
    pub(super) of: (&'static str, &'static str),
    pub(super) means: Means,
}

use Means::{Inverted, Restored, RowsTrashed, Trashed};
use Scope::{Application, Root, Table, View, Workspace};

const fn one(
    operation: &'static str,
    action: &'static str,
    scope: Scope,
    of: (&'static str, &'static str),
    means: Means,
) -> Undoable {
    Undoable { operation, action, scope, of, means }
}

const NOTHING: (&str, &str) = ("", "");
const WORKSPACE: (&str, &str) = ("workspaces", "workspace_id");
const APPLICATION: (&str, &str) = ("applications", "application_id");
const DATABASE: (&str, &str) = ("applications", "database_id");
const TABLE: (&str, &str) = ("tables", "table_id");
const FIELD: (&str, &str) = ("fields", "field_id");
const VIEW: (&str, &str) = ("views", "view_id");
const FILTER: (&str, &str) = ("view_filters", "view_filter_id");
const FILTER_GROUP: (&str, &str) = ("view_filter_groups", "view_filter_group_id");
const SORT: (&str, &str) = ("view_sortings", "view_sort_id");
const GROUP_BY: (&str, &str) = ("view_group_bys", "view_group_by_id");
const DECORATION: (&str, &str) = ("view_decorations", "view_decoration_id");

/// All of them.
const UNDOABLE: &[Undoable] = &[
    one("create_workspace", "create_group", Root, NOTHING, Trashed("workspaces", "workspace")),
    one("update_workspace", "update_group", Root, WORKSPACE, Inverted),
    one("delete_workspace", "delete_group", Root, WORKSPACE, Restored("workspace")),
    one("order_workspaces", "order_groups", Root, NOTHING, Inverted),
    one(
        "workspace_create_application",
        "create_application",
        Workspace,
        WORKSPACE,
        Trashed("applications", "application"),
    ),
    one("workspace_order_applications", "order_applications", Workspace, WORKSPACE, Inverted),
    one("workspace_update_application", "update_application", Workspace, APPLICATION, Inverted),
    one(
        "workspace_delete_application",
        "delete_application",
        Workspace,
        APPLICATION,
        Restored("application"),
    ),
    one(
        "duplicate_application_async",
        "duplicate_application",
        Workspace,
        APPLICATION,
        Trashed("applications", "application"),
    ),
    one("create_database_table", "create_table", Application, DATABASE, Trashed("tables", "table")),
    one("create_database_table_async", "create_table", Application, DATABASE, Trashed("tables", "table")),
    one("order_database_tables", "order_tables", Application, DATABASE, Inverted),
    one("update_database_table", "update_table", Application, TABLE, Inverted),
    one("delete_database_table", "delete_table", Application, TABLE, Restored("table")),
    one("duplicate_database_table_async", "duplicate_table", Application, TABLE, Trashed("tables", "table")),
    one("import_data_database_table_async", "import_rows", Table, TABLE, RowsTrashed),
    one("create_database_table_field", "create_field", Table, TABLE, Trashed("fields", "field")),
    one("change_primary_field", "change_primary_field", Table, TABLE, Inverted),
    one("update_database_table_field", "update_field", Table, FIELD, Inverted),
    one("delete_database_table_field", "delete_field", Table, FIELD, Restored("field")),
    one("duplicate_table_field", "duplicate_field", Table, FIELD, Trashed("fields", "field")),
    one("create_database_table_row", "create_row", Table, TABLE, RowsTrashed),
    one("update_database_table_row", "update_rows", Table, TABLE, Inverted),
    one("delete_database_table_row", "delete_row", Table, TABLE, Inverted),
    one("move_database_table_row", "move_row", Table, TABLE, Inverted),
    one("batch_create_database_table_rows", "create_rows", Table, TABLE, RowsTrashed),
    one("batch_update_database_table_rows", "update_rows", Table, TABLE, Inverted),
    one("batch_delete_database_table_rows", "delete_rows", Table, TABLE, Inverted),
    one("create_database_table_view", "create_view", Table, TABLE, Trashed("views", "view")),
    one("order_database_table_views", "order_views", Table, TABLE, Inverted),
    one("update_database_table_view", "update_view", View, VIEW, Inverted),
    one("delete_database_table_view", "delete_view", Table, VIEW, Restored("view")),
    one("duplicate_database_table_view", "duplicate_view", Table, VIEW, Trashed("views", "view")),
    one("rotate_database_view_slug", "rotate_view_slug", View, VIEW, Inverted),
    one("update_database_table_view_field_options", "update_view_field_options", View, VIEW, Inverted),
    one("create_database_table_view_filter", "create_view_filter", View, VIEW, Inverted),
    one("update_database_table_view_filter", "update_view_filter", View, FILTER, Inverted),
    one("delete_database_table_view_filter", "delete_view_filter", View, FILTER, Inverted),
    one("create_database_table_view_filter_group", "create_view_filter_group", View, VIEW, Inverted),
    one("update_database_table_view_filter_group", "update_view_filter_group", View, FILTER_GROUP, Inverted),
    one("delete_database_table_view_filter_group", "delete_view_filter_group", View, FILTER_GROUP, Inverted),
    one("create_database_table_view_sort", "create_view_sort", View, VIEW, Inverted),
    one("update_database_table_view_sort", "update_view_sort", View, SORT, Inverted),
    one("delete_database_table_view_sort", "delete_view_sort", View, SORT, Inverted),
    one("create_database_table_view_group", "create_view_group", View, VIEW, Inverted),
    one("update_database_table_view_group", "update_view_group", View, GROUP_BY, Inverted),
    one("delete_database_table_view_group", "delete_view_group", View, GROUP_BY, Inverted),
    one("create_database_table_view_decoration", "create_decoration", View, VIEW, Inverted),
    one("update_database_table_view_decoration", "update_decoration", View, DECORATION, Inverted),
    one("delete_database_table_view_decoration", "delete_decoration", View, DECORATION, Inverted),
];

/// What is known of an operation; `None` for one that cannot be undone.
pub(super) fn of(operation: &str) -> Option<&'static Undoable> {
    UNDOABLE.iter().find(|one| one.operation == operation)
}
