//! Accounts: who the caller is, API keys, ways of signing in, and what users change of themselves and of each other.

mod beginnings;
mod changes;
mod detail;
mod keys;
mod made;
mod organizations;
mod photos;
mod profile;
mod status;
mod ways;

pub(super) use beginnings::seed;
pub(super) use changes::{
    reset_password, set_password, update_password, update_user, update_user_of_organization,
};
pub(super) use detail::{get_user_details, get_user_info};
pub(super) use keys::{create_api_key, delete_api_key, list_api_keys};
pub(super) use made::{create_scim_user_and_add_to_org, create_user_and_add_to_org};
pub(super) use organizations::get_user_orgs;
pub(super) use photos::{
    delete_user_profile_photo, delete_user_profile_photo_by_id, get_user_profile_photo,
    get_user_profile_photo_by_id, upload_user_profile_photo, upload_user_profile_photo_by_id,
};
pub(super) use profile::get_user_profile;
pub(super) use status::{mark_user_status, new_user_guidance_shown};
pub(super) use ways::{
    EMAIL, bind_email, create_auth_config, delete_auth_config, email_sign_in, form, list_auth_configs,
    ways_of,
};
