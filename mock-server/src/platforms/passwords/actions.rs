//! Every named action, area by area, each in one line to its area.

use serde_json::Value;

use super::content::Content;
use super::kind::Kind;
use super::{challenge, folders, lifecycle, passwords, sample, session, settings, shares, tags};
use crate::action::ActionContext as Context;
use crate::generated::passwords::{self as g, Actions};
use crate::outcome::Outcome;

/// What an action answers with.
type Answer = Result<Value, Outcome>;

/// The level of detail where none is asked for.
const MODEL: &str = "model";

/// The named actions of Passwords.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Passwords;

/// A change of a password, after which the share job may run.
fn followed(context: &mut Context<'_>, answer: Answer) -> Answer {
    let answer = answer?;
    shares::run_when_always(context)?;
    Ok(answer)
}

/// The fields of a request.
fn members(fields: Value) -> Content {
    match fields {
        Value::Object(members) => members,
        _ => Content::new(),
    }
}

impl Actions for Passwords {
    fn seed(&self, context: &mut Context<'_>) -> Result<(), Outcome> {
        sample::seed(context)
    }
    fn begin_session(&self, context: &mut Context<'_>, _: g::BeginSessionInput) -> Answer {
        session::begin(context)
    }
    fn list_passwords(&self, context: &mut Context<'_>, input: g::ListPasswordsInput) -> Answer {
        lifecycle::list(context, Kind::Password, input.details.as_deref().unwrap_or(MODEL))
    }
    fn show_password(&self, context: &mut Context<'_>, input: g::ShowPasswordInput) -> Answer {
        lifecycle::show(context, Kind::Password, &input.id, input.details.as_deref().unwrap_or(MODEL))
    }
    fn find_passwords(&self, context: &mut Context<'_>, input: g::FindPasswordsInput) -> Answer {
        lifecycle::found(
            context,
            Kind::Password,
            Some(&input.criteria),
            input.details.as_deref().unwrap_or(MODEL),
        )
    }
    fn create_password(&self, context: &mut Context<'_>, input: g::CreatePasswordInput) -> Answer {
        passwords::create(context, &members(input.fields))
    }
    fn update_password(&self, context: &mut Context<'_>, input: g::UpdatePasswordInput) -> Answer {
        let answer = passwords::update(context, &input.id, input.revision.as_deref(), &members(input.fields));
        followed(context, answer)
    }
    fn delete_password(&self, context: &mut Context<'_>, input: g::DeletePasswordInput) -> Answer {
        let answer = lifecycle::delete(context, Kind::Password, &input.id, input.revision.as_deref());
        followed(context, answer)
    }
    fn restore_password(&self, context: &mut Context<'_>, input: g::RestorePasswordInput) -> Answer {
        let answer = lifecycle::restore(context, Kind::Password, &input.id, input.revision.as_deref());
        followed(context, answer)
    }
    fn list_folders(&self, context: &mut Context<'_>, input: g::ListFoldersInput) -> Answer {
        lifecycle::list(context, Kind::Folder, input.details.as_deref().unwrap_or(MODEL))
    }
    fn show_folder(&self, context: &mut Context<'_>, input: g::ShowFolderInput) -> Answer {
        lifecycle::show(context, Kind::Folder, &input.id, input.details.as_deref().unwrap_or(MODEL))
    }
    fn find_folders(&self, context: &mut Context<'_>, input: g::FindFoldersInput) -> Answer {
        lifecycle::found(
            context,
            Kind::Folder,
            Some(&input.criteria),
            input.details.as_deref().unwrap_or(MODEL),
        )
    }
    fn create_folder(&self, context: &mut Context<'_>, input: g::CreateFolderInput) -> Answer {
        folders::create(context, &members(input.fields))
    }
    fn update_folder(&self, context: &mut Context<'_>, input: g::UpdateFolderInput) -> Answer {
        folders::update(context, &input.id, input.revision.as_deref(), &members(input.fields))
    }
    fn delete_folder(&self, context: &mut Context<'_>, input: g::DeleteFolderInput) -> Answer {
        lifecycle::delete(context, Kind::Folder, &input.id, input.revision.as_deref())
    }
    fn restore_folder(&self, context: &mut Context<'_>, input: g::RestoreFolderInput) -> Answer {
        lifecycle::restore(context, Kind::Folder, &input.id, input.revision.as_deref())
    }
    fn list_tags(&self, context: &mut Context<'_>, input: g::ListTagsInput) -> Answer {
        lifecycle::list(context, Kind::Tag, input.details.as_deref().unwrap_or(MODEL))
    }
    fn show_tag(&self, context: &mut Context<'_>, input: g::ShowTagInput) -> Answer {
        lifecycle::show(context, Kind::Tag, &input.id, input.details.as_deref().unwrap_or(MODEL))
    }
    fn find_tags(&self, context: &mut Context<'_>, input: g::FindTagsInput) -> Answer {
        lifecycle::found(context, Kind::Tag, Some(&input.criteria), input.details.as_deref().unwrap_or(MODEL))
    }
    fn create_tag(&self, context: &mut Context<'_>, input: g::CreateTagInput) -> Answer {
        tags::create(context, &members(input.fields))
    }
    fn update_tag(&self, context: &mut Context<'_>, input: g::UpdateTagInput) -> Answer {
        tags::update(context, &input.id, input.revision.as_deref(), &members(input.fields))
    }
    fn delete_tag(&self, context: &mut Context<'_>, input: g::DeleteTagInput) -> Answer {
        lifecycle::delete(context, Kind::Tag, &input.id, input.revision.as_deref())
    }
    fn restore_tag(&self, context: &mut Context<'_>, input: g::RestoreTagInput) -> Answer {
        lifecycle::restore(context, Kind::Tag, &input.id, input.revision.as_deref())
    }
    fn list_shares(&self, context: &mut Context<'_>, input: g::ListSharesInput) -> Answer {
        shares::list(context, input.details.as_deref().unwrap_or(MODEL))
    }
    fn show_share(&self, context: &mut Context<'_>, input: g::ShowShareInput) -> Answer {
        shares::show(context, &input.id, input.details.as_deref().unwrap_or(MODEL))
    }
    fn find_shares(&self, _: &mut Context<'_>, _: g::FindSharesInput) -> Answer {
        Err(Outcome::new("unavailable", "find_shares"))
    }
    fn create_share(&self, _: &mut Context<'_>, _: g::CreateShareInput) -> Answer {
        Err(Outcome::new("unavailable", "create_share"))
    }
    fn update_share(&self, _: &mut Context<'_>, _: g::UpdateShareInput) -> Answer {
        Err(Outcome::new("unavailable", "update_share"))
    }
    fn delete_share(&self, _: &mut Context<'_>, _: g::DeleteShareInput) -> Answer {
        Err(Outcome::new("unavailable", "delete_share"))
    }
    fn throttle(&self, context: &mut Context<'_>, _: g::ThrottleInput) -> Answer {
        Ok(Value::Null)
    }
    fn list_share_partners(&self, _: &mut Context<'_>, _: g::ListSharePartnersInput) -> Answer {
        Err(Outcome::new("unavailable", "list_share_partners"))
    }
    fn request_session(&self, _: &mut Context<'_>, _: g::RequestSessionInput) -> Answer {
        Err(Outcome::new("unavailable", "request_session"))
    }
    fn open_session(&self, _: &mut Context<'_>, _: g::OpenSessionInput) -> Answer {
        Err(Outcome::new("unavailable", "open_session"))
    }
    fn keep_session_alive(&self, _: &mut Context<'_>, _: g::KeepSessionAliveInput) -> Answer {
        Err(Outcome::new("unavailable", "keep_session_alive"))
    }
    fn close_session(&self, _: &mut Context<'_>, _: g::CloseSessionInput) -> Answer {
        Err(Outcome::new("unavailable", "close_session"))
    }
    fn request_token(&self, _: &mut Context<'_>, _: g::RequestTokenInput) -> Answer {
        Err(Outcome::new("unavailable", "request_token"))
    }
    fn get_settings(&self, context: &mut Context<'_>, input: g::GetSettingsInput) -> Answer {
        settings::get(context, &input.keys)
    }
    fn set_settings(&self, context: &mut Context<'_>, input: g::SetSettingsInput) -> Answer {
        settings::set(context, &members(input.settings))
    }
    fn list_settings(&self, _: &mut Context<'_>, _: g::ListSettingsInput) -> Answer {
        Err(Outcome::new("unavailable", "list_settings"))
    }
    fn reset_settings(&self, _: &mut Context<'_>, _: g::ResetSettingsInput) -> Answer {
        Err(Outcome::new("unavailable", "reset_settings"))
    }
    fn reset_account(&self, _: &mut Context<'_>, _: g::ResetAccountInput) -> Answer {
        Err(Outcome::new("unavailable", "reset_account"))
    }
    fn get_challenge(&self, _: &mut Context<'_>, _: g::GetChallengeInput) -> Answer {
        Err(Outcome::new("unavailable", "get_challenge"))
    }
    fn set_challenge(&self, context: &mut Context<'_>, input: g::SetChallengeInput) -> Answer {
        challenge::set(
            context,
            &input.secret,
            input.data.as_array().map_or(&[], Vec::as_slice),
            input.old_secret.as_deref(),
        )
    }
    fn get_keychain(&self, _: &mut Context<'_>, _: g::GetKeychainInput) -> Answer {
        Err(Outcome::new("unavailable", "get_keychain"))
    }
    fn set_keychain(&self, _: &mut Context<'_>, _: g::SetKeychainInput) -> Answer {
        Err(Outcome::new("unavailable", "set_keychain"))
    }
    fn generate_password(&self, _: &mut Context<'_>, _: g::GeneratePasswordInput) -> Answer {
        Err(Outcome::new("unavailable", "generate_password"))
    }
    fn get_avatar(&self, _: &mut Context<'_>, _: g::GetAvatarInput) -> Answer {
        Err(Outcome::new("unavailable", "get_avatar"))
    }
    fn get_favicon(&self, _: &mut Context<'_>, _: g::GetFaviconInput) -> Answer {
        Err(Outcome::new("unavailable", "get_favicon"))
    }
    fn get_preview(&self, _: &mut Context<'_>, _: g::GetPreviewInput) -> Answer {
        Err(Outcome::new("unavailable", "get_preview"))
    }
    fn find_password_change(&self, _: &mut Context<'_>, _: g::FindPasswordChangeInput) -> Answer {
        Err(Outcome::new("unavailable", "find_password_change"))
    }
    fn find_breached_hashes(&self, _: &mut Context<'_>, _: g::FindBreachedHashesInput) -> Answer {
        Err(Outcome::new("unavailable", "find_breached_hashes"))
    }
    fn run_share_job(&self, context: &mut Context<'_>, _: g::RunShareJobInput) -> Answer {
        shares::run(context)
    }
}
