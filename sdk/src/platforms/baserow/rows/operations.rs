//! The operations on rows, as the document has them.

use crate::runtime::{Body, BodyForm, Operation, Repeat, Reply, ReplyForm};

const JSON: Option<&str> = Some("application/json");
const BODY: Option<Body> =
    Some(Body { media_type: "application/json", required: true, form: BodyForm::Json });
const REFUSALS: [Reply; 2] = [
    Reply { from: 400, to: 404, variant: "Refused", form: ReplyForm::Json, media_type: JSON },
    Reply { from: 409, to: 415, variant: "Conflict", form: ReplyForm::Json, media_type: JSON },
];
const OK: Reply = Reply { from: 200, to: 200, variant: "Ok", form: ReplyForm::Json, media_type: JSON };
const NO_CONTENT: Reply =
    Reply { from: 204, to: 204, variant: "NoContent", form: ReplyForm::Empty, media_type: None };
const REPLIES: &[Reply] = &{
    let [refused, conflict] = REFUSALS;
    [OK, NO_CONTENT, refused, conflict]
};
const BOTH: &[&[&str]] = &[&["JWT"], &["Token"]];
const ACCOUNT: &[&[&str]] = &[&["JWT"]];

pub(super) static LIST_DATABASE_TABLE_ROWS: &Operation = &Operation {
    id: "list_database_table_rows",
    method: "GET",
    path: "/api/database/rows/table/{table_id}/",
    renamed: &[],
    body: None,
    replies: REPLIES,
    security: BOTH,
    repeat: Repeat::Safe,
};

pub(super) static CREATE_DATABASE_TABLE_ROW: &Operation = &Operation {
    id: "create_database_table_row",
    method: "POST",
    path: "/api/database/rows/table/{table_id}/",
    renamed: &[],
    body: BODY,
    replies: REPLIES,
    security: BOTH,
    repeat: Repeat::Once,
};

pub(super) static GET_DATABASE_TABLE_ROW: &Operation = &Operation {
    id: "get_database_table_row",
    method: "GET",
    path: "/api/database/rows/table/{table_id}/{row_id}/",
    renamed: &[],
    body: None,
    replies: REPLIES,
    security: BOTH,
    repeat: Repeat::Safe,
};

pub(super) static UPDATE_DATABASE_TABLE_ROW: &Operation = &Operation {
    id: "update_database_table_row",
    method: "PATCH",
    path: "/api/database/rows/table/{table_id}/{row_id}/",
    renamed: &[],
    body: BODY,
    replies: REPLIES,
    security: BOTH,
    repeat: Repeat::Once,
};

pub(super) static DELETE_DATABASE_TABLE_ROW: &Operation = &Operation {
    id: "delete_database_table_row",
    method: "DELETE",
    path: "/api/database/rows/table/{table_id}/{row_id}/",
    renamed: &[],
    body: None,
    replies: REPLIES,
    security: BOTH,
    repeat: Repeat::Idempotent,
};

pub(super) static MOVE_DATABASE_TABLE_ROW: &Operation = &Operation {
    id: "move_database_table_row",
    method: "PATCH",
    path: "/api/database/rows/table/{table_id}/{row_id}/move/",
    renamed: &[],
    body: None,
    replies: REPLIES,
    security: BOTH,
    repeat: Repeat::Once,
};

pub(super) static BATCH_CREATE_DATABASE_TABLE_ROWS: &Operation = &Operation {
    id: "batch_create_database_table_rows",
    method: "POST",
    path: "/api/database/rows/table/{table_id}/batch/",
    renamed: &[],
    body: BODY,
    replies: REPLIES,
    security: BOTH,
    repeat: Repeat::Once,
};

pub(super) static BATCH_UPDATE_DATABASE_TABLE_ROWS: &Operation = &Operation {
    id: "batch_update_database_table_rows",
    method: "PATCH",
    path: "/api/database/rows/table/{table_id}/batch/",
    renamed: &[],
    body: BODY,
    replies: REPLIES,
    security: BOTH,
    repeat: Repeat::Once,
};

pub(super) static BATCH_DELETE_DATABASE_TABLE_ROWS: &Operation = &Operation {
    id: "batch_delete_database_table_rows",
    method: "POST",
    path: "/api/database/rows/table/{table_id}/batch-delete/",
    renamed: &[],
    body: BODY,
    replies: REPLIES,
    security: BOTH,
    repeat: Repeat::Once,
};

pub(super) static LIST_DATABASE_TABLE_ROW_NAMES: &Operation = &Operation {
    id: "list_database_table_row_names",
    method: "GET",
    path: "/api/database/rows/names/",
    renamed: &[],
    body: None,
    replies: REPLIES,
    security: BOTH,
    repeat: Repeat::Safe,
};

pub(super) static GET_ADJACENT_DATABASE_TABLE_ROW: &Operation = &Operation {
    id: "get_adjacent_database_table_row",
    method: "GET",
    path: "/api/database/rows/table/{table_id}/{row_id}/adjacent/",
    renamed: &[],
    body: None,
    replies: REPLIES,
    security: ACCOUNT,
    repeat: Repeat::Safe,
};
