//! One test for each transcript.

use super::replay::replay;

macro_rules! transcripts {
    ($($name:ident)*) => {$(
        #[tokio::test]
        async fn $name() {
            let name = stringify!($name);
            replay(name, include_str!(concat!("transcripts/", stringify!($name), ".http"))).await;
        }
    )*};
}

transcripts! {
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
