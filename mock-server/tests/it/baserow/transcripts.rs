//! One test for each transcript. A request without `Authorization` presents `JWT` and the variable `me`, where an answer has given it one.

use crate::transcript::{Stage, transcripts};

pub(super) const STAGE: Stage = Stage {
    host: "https://api.baserow.io",
    presents: &[("Authorization", "JWT <me>")],
    ..Stage::of("baserow")
};

transcripts! {
    STAGE:
    page
    shapes
    edition_1_35
    accounts
    passwords
    sessions
    verification
    deletion
    workspaces
    members
    invitations
    database_tokens
    instance
    administration
    notifications
    rows
    row_tokens
    row_filters
    row_checks
    unique_cells
    filter_groups
    imports
    grid
    fields
    trash
    jobs
    files
    exports
    snapshots
    webhooks
    applications
    tables
    views
    undo
    public_views
    crashes
}
