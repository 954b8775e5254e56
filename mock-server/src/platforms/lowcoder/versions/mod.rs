//! Versions of applications: what was published, and the steps of editing (facts: lowcoder 10.6 P16, 11 X12 to X16).

mod records;
mod snapshots;

pub(super) use records::{
    delete_application_record, get_application_record, list_application_records_by_application_id,
};
pub(super) use snapshots::{
    create_application_snapshot, get_application_snapshot, get_application_snapshot_archived,
    list_application_snapshots, list_application_snapshots_archived,
};
