//! Pictures of users (facts: lowcoder 11 X10).

use serde_json::{Value, json};

use super::changes::administered_user;
use crate::action::ActionContext as Context;
use crate::generated::lowcoder as g;
use crate::outcome::Outcome;
use crate::platforms::lowcoder::pictures::{self, Content};
use crate::platforms::reading::{caller, value};
use crate::state::Record;

/// `getUserProfilePhoto`
pub(in crate::platforms::lowcoder) fn get_user_profile_photo(
    context: &mut Context<'_>,
    _: g::GetUserProfilePhotoInput,
) -> Result<Value, Outcome> {
    pictures::show(context, &value(caller(context)?, "avatar"))
}

/// `getUserProfilePhotoById`
pub(in crate::platforms::lowcoder) fn get_user_profile_photo_by_id(
    context: &mut Context<'_>,
    input: g::GetUserProfilePhotoByIdInput,
) -> Result<Value, Outcome> {
    let user = context.get("users", &Value::from(input.user_id))?;
    pictures::show(context, &user.map_or(Value::Null, |user| value(&user, "avatar")))
}

/// `uploadUserProfilePhoto`
pub(in crate::platforms::lowcoder) fn upload_user_profile_photo(
    context: &mut Context<'_>,
    _: g::UploadUserProfilePhotoInput,
) -> Result<Value, Outcome> {
    set(context, caller(context)?)
}

/// `uploadUserProfilePhotoById`
pub(in crate::platforms::lowcoder) fn upload_user_profile_photo_by_id(
    context: &mut Context<'_>,
    input: g::UploadUserProfilePhotoByIdInput,
) -> Result<Value, Outcome> {
    let user = administered_user(context, &input.org_id, &input.user_id)?;
    set(context, &user)
}

/// `deleteUserProfilePhoto`
pub(in crate::platforms::lowcoder) fn delete_user_profile_photo(
    context: &mut Context<'_>,
    _: g::DeleteUserProfilePhotoInput,
) -> Result<Value, Outcome> {
    remove(context, caller(context)?)
}

/// `deleteUserProfilePhotoById`
pub(in crate::platforms::lowcoder) fn delete_user_profile_photo_by_id(
    context: &mut Context<'_>,
    input: g::DeleteUserProfilePhotoByIdInput,
) -> Result<Value, Outcome> {
    let user = administered_user(context, &input.org_id, &input.user_id)?;
    remove(context, &user)
}

fn set(context: &mut Context<'_>, user: &Record) -> Result<Value, Outcome> {
    let picture = pictures::keep(context, Content::Read)?;
    pictures::forget(context, &value(user, "avatar"))?;
    context.update(user, json!({ "avatar": picture }))?;
    Ok(true.into())
}

fn remove(context: &mut Context<'_>, user: &Record) -> Result<Value, Outcome> {
    pictures::forget(context, &value(user, "avatar"))?;
    context.update(user, json!({ "avatar": null }))?;
    Ok(Value::Null)
}
