//! Applications: making, editing, publishing and recycling them, who sees them, and who may what with them (facts: lowcoder 10.6).

mod dsl;
mod editing;
mod info;
mod life;
mod lists;
mod publishing;
mod reach;
mod roles;
mod showing;

pub(super) use dsl::{modules, uses_datasource};
pub(super) use editing::{create_application, update_application, update_application_slug};
pub(super) use info::{entity, info};
pub(super) use life::{
    delete_application, move_to_folder, recycle_application, restore_recycled_application,
    set_application_as_agency_profile, set_application_as_public, set_application_as_public_to_marketplace,
    update_application_editing_state,
};
pub(super) use lists::{
    list_agency_profile_applications, list_applications, list_marketplace_applications,
    list_recycled_applications,
};
pub(super) use publishing::{live_dsl, publish_application};
pub(super) use reach::{may, named, require, resolve, role};
pub(super) use roles::{
    grant_application_permissions, list_application_permissions, list_available_groups_and_members,
    revoke_application_permissions, update_application_permissions,
};
pub(super) use showing::{
    get_agency_profile_application_data_in_view_mode, get_application_data_in_edit_mode,
    get_application_data_in_view_mode, get_marketplace_application_data_in_view_mode,
};
