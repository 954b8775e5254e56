//! Every named action, area by area, each in a line or two to its area.

use serde_json::{Map, Value};

use super::kind::Kind;
use super::labelled::{FOLDER, TAG};
use super::{
    app_token, challenge, keychain, lifecycle, passwords, reset, sample, second_factor, services, session,
    settings, shares, throttle,
};
use crate::action::ActionContext as Context;
use crate::generated::passwords::{self as g, Actions};
use crate::outcome::Outcome;

/// What an action answers with.
type Answer = Result<Value, Outcome>;

/// The named actions of Nextcloud Passwords.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Passwords;

fn done(ended: Result<(), Outcome>) -> Answer {
    ended.map(|()| Value::Null)
}

/// The level of detail; the whole object unless something else is asked for.
fn parts(details: Option<&str>) -> &str {
    details.unwrap_or("model")
}

/// A change of a password, after which the share job may run.
fn followed(context: &mut Context<'_>, answer: Answer) -> Answer {
    let answer = answer?;
    shares::run_when_always(context)?;
    Ok(answer)
}

/// The members of a body.
fn members(body: Value) -> Map<String, Value> {
    match body {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}

impl Actions for Passwords {
    fn seed(&self, context: &mut Context<'_>) -> Result<(), Outcome> {
        sample::seed(context)
    }
    fn begin_session(&self, context: &mut Context<'_>, input: g::BeginSessionInput) -> Answer {
        session::begin(context, input.token)
    }
    fn throttle(&self, context: &mut Context<'_>, input: g::ThrottleInput) -> Answer {
        done(throttle::count(context, &input.route, input.calls, input.seconds))
    }
    fn list_passwords(&self, context: &mut Context<'_>, input: g::ListPasswordsInput) -> Answer {
        lifecycle::list(context, Kind::Password, parts(input.details.as_deref()))
    }
    fn show_password(&self, context: &mut Context<'_>, input: g::ShowPasswordInput) -> Answer {
        lifecycle::show(context, Kind::Password, &input.id, parts(input.details.as_deref()))
    }
    fn find_passwords(&self, context: &mut Context<'_>, input: g::FindPasswordsInput) -> Answer {
        lifecycle::found(context, Kind::Password, Some(&input.criteria), parts(input.details.as_deref()))
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
        lifecycle::list(context, Kind::Folder, parts(input.details.as_deref()))
    }
    fn show_folder(&self, context: &mut Context<'_>, input: g::ShowFolderInput) -> Answer {
        lifecycle::show(context, Kind::Folder, &input.id, parts(input.details.as_deref()))
    }
    fn find_folders(&self, context: &mut Context<'_>, input: g::FindFoldersInput) -> Answer {
        lifecycle::found(context, Kind::Folder, Some(&input.criteria), parts(input.details.as_deref()))
    }
    fn create_folder(&self, context: &mut Context<'_>, input: g::CreateFolderInput) -> Answer {
        FOLDER.create(context, &members(input.fields))
    }
    fn update_folder(&self, context: &mut Context<'_>, input: g::UpdateFolderInput) -> Answer {
        FOLDER.update(context, &input.id, input.revision.as_deref(), &members(input.fields))
    }
    fn delete_folder(&self, context: &mut Context<'_>, input: g::DeleteFolderInput) -> Answer {
        lifecycle::delete(context, Kind::Folder, &input.id, input.revision.as_deref())
    }
    fn restore_folder(&self, context: &mut Context<'_>, input: g::RestoreFolderInput) -> Answer {
        lifecycle::restore(context, Kind::Folder, &input.id, input.revision.as_deref())
    }
    fn list_tags(&self, context: &mut Context<'_>, input: g::ListTagsInput) -> Answer {
        lifecycle::list(context, Kind::Tag, parts(input.details.as_deref()))
    }
    fn show_tag(&self, context: &mut Context<'_>, input: g::ShowTagInput) -> Answer {
        lifecycle::show(context, Kind::Tag, &input.id, parts(input.details.as_deref()))
    }
    fn find_tags(&self, context: &mut Context<'_>, input: g::FindTagsInput) -> Answer {
        lifecycle::found(context, Kind::Tag, Some(&input.criteria), parts(input.details.as_deref()))
    }
    fn create_tag(&self, context: &mut Context<'_>, input: g::CreateTagInput) -> Answer {
        TAG.create(context, &members(input.fields))
    }
    fn update_tag(&self, context: &mut Context<'_>, input: g::UpdateTagInput) -> Answer {
        TAG.update(context, &input.id, input.revision.as_deref(), &members(input.fields))
    }
    fn delete_tag(&self, context: &mut Context<'_>, input: g::DeleteTagInput) -> Answer {
        lifecycle::delete(context, Kind::Tag, &input.id, input.revision.as_deref())
    }
    fn restore_tag(&self, context: &mut Context<'_>, input: g::RestoreTagInput) -> Answer {
        lifecycle::restore(context, Kind::Tag, &input.id, input.revision.as_deref())
    }
    fn list_shares(&self, context: &mut Context<'_>, input: g::ListSharesInput) -> Answer {
        shares::list(context, parts(input.details.as_deref()))
    }
    fn show_share(&self, context: &mut Context<'_>, input: g::ShowShareInput) -> Answer {
        shares::show(context, &input.id, parts(input.details.as_deref()))
    }
    fn find_shares(&self, context: &mut Context<'_>, input: g::FindSharesInput) -> Answer {
        shares::find(context, Some(&input.criteria), parts(input.details.as_deref()))
    }
    fn create_share(&self, context: &mut Context<'_>, input: g::CreateShareInput) -> Answer {
        let wish = shares::Wish {
            password: &input.password,
            receiver: &input.receiver,
            kind: input.r#type.as_deref().unwrap_or("user"),
            expires: input.expires,
            editable: input.editable.unwrap_or_default(),
            shareable: input.shareable.unwrap_or_default(),
        };
        shares::create(context, &wish)
    }
    fn update_share(&self, context: &mut Context<'_>, input: g::UpdateShareInput) -> Answer {
        let (editable, shareable) = (input.editable.unwrap_or_default(), input.shareable.unwrap_or_default());
        shares::update(context, &input.id, input.expires, editable, shareable)
    }
    fn delete_share(&self, context: &mut Context<'_>, input: g::DeleteShareInput) -> Answer {
        shares::delete(context, &input.id)
    }
    fn list_share_partners(&self, context: &mut Context<'_>, input: g::ListSharePartnersInput) -> Answer {
        shares::partners(context, input.search.as_deref().unwrap_or_default(), input.limit.unwrap_or(5))
    }
    fn run_share_job(&self, context: &mut Context<'_>, _: g::RunShareJobInput) -> Answer {
        shares::run(context)
    }
    fn request_session(&self, context: &mut Context<'_>, _: g::RequestSessionInput) -> Answer {
        session::request(context)
    }
    fn open_session(&self, context: &mut Context<'_>, input: g::OpenSessionInput) -> Answer {
        session::open(context, input.challenge.as_deref())
    }
    fn keep_session_alive(&self, _: &mut Context<'_>, _: g::KeepSessionAliveInput) -> Answer {
        Ok(session::keep_alive())
    }
    fn close_session(&self, context: &mut Context<'_>, _: g::CloseSessionInput) -> Answer {
        session::close(context)
    }
    fn request_token(&self, _: &mut Context<'_>, input: g::RequestTokenInput) -> Answer {
        Err(second_factor::request(&input.provider))
    }
    fn get_settings(&self, context: &mut Context<'_>, input: g::GetSettingsInput) -> Answer {
        settings::get(context, &input.keys)
    }
    fn set_settings(&self, context: &mut Context<'_>, input: g::SetSettingsInput) -> Answer {
        settings::set(context, &members(input.settings))
    }
    fn list_settings(&self, context: &mut Context<'_>, input: g::ListSettingsInput) -> Answer {
        settings::list(context, input.scopes.as_array().map(Vec::as_slice))
    }
    fn reset_settings(&self, context: &mut Context<'_>, input: g::ResetSettingsInput) -> Answer {
        settings::reset(context, &input.keys)
    }
    fn reset_account(&self, context: &mut Context<'_>, input: g::ResetAccountInput) -> Answer {
        reset::reset(context, input.code.as_deref())
    }
    fn get_challenge(&self, context: &mut Context<'_>, _: g::GetChallengeInput) -> Answer {
        challenge::get(context)
    }
    fn set_challenge(&self, context: &mut Context<'_>, input: g::SetChallengeInput) -> Answer {
        let salts = input.data.as_array().map(Vec::as_slice).unwrap_or_default();
        challenge::set(context, &input.secret, salts, input.old_secret.as_deref())
    }
    fn get_keychain(&self, context: &mut Context<'_>, _: g::GetKeychainInput) -> Answer {
        keychain::all(context)
    }
    fn set_keychain(&self, context: &mut Context<'_>, input: g::SetKeychainInput) -> Answer {
        keychain::set(context, &input.id, &input.data)
    }
    fn generate_password(&self, context: &mut Context<'_>, input: g::GeneratePasswordInput) -> Answer {
        let wish =
            services::Wish { strength: input.strength, numbers: input.numbers, special: input.special };
        services::generate(context, &wish)
    }
    fn get_avatar(&self, context: &mut Context<'_>, input: g::GetAvatarInput) -> Answer {
        services::avatar(context, &input.user, &input.size)
    }
    fn get_favicon(&self, context: &mut Context<'_>, input: g::GetFaviconInput) -> Answer {
        services::favicon(context, &input.domain, &input.size)
    }
    fn get_preview(&self, context: &mut Context<'_>, input: g::GetPreviewInput) -> Answer {
        services::preview(context, &input.domain, &input.view, &input.width, &input.height)
    }
    fn find_password_change(&self, _: &mut Context<'_>, input: g::FindPasswordChangeInput) -> Answer {
        services::find_change(&input.domain)
    }
    fn find_breached_hashes(&self, _: &mut Context<'_>, input: g::FindBreachedHashesInput) -> Answer {
        services::breached(&input.range)
    }
    fn make_app_token(&self, context: &mut Context<'_>, _: g::MakeAppTokenInput) -> Answer {
        app_token::make(context)
    }
}
