//! `create_user`: signing up, alone or with an invitation.

use serde_json::{Map, Value, json};

use super::super::faults::Faults;
use super::super::records::{flag, instance, on, text};
use super::super::{invitations, users, workspaces};
use super::account::{check_language, represent};
use super::{password, session, verification};
use crate::action::ActionContext;
use crate::generated::baserow::CreateUserInput;
use crate::outcome::Outcome;
use crate::state::Record;

/// What somebody signs up with.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct Registration {
    pub(in super::super) name: String,
    pub(in super::super) email: String,
    pub(in super::super) password: String,
    pub(in super::super) language: Option<String>,
    pub(in super::super) authenticate: bool,
    pub(in super::super) invitation_token: Option<String>,
    /// A template's id; there are none.
    pub(in super::super) template: Option<i64>,
}

impl From<CreateUserInput> for Registration {
    fn from(input: CreateUserInput) -> Self {
        Self {
            name: input.name,
            email: input.email,
            password: input.password,
            language: input.language,
            authenticate: input.authenticate.unwrap_or_default(),
            invitation_token: input.workspace_invitation_token,
            template: input.template_id,
        }
    }
}

/// `create_user`.
pub(in super::super) fn create_user(
    context: &mut ActionContext<'_>,
    registration: &Registration,
) -> Result<Value, Outcome> {
    users::purge(context)?;
    check(registration)?;
    let invitation = match &registration.invitation_token {
        Some(token) => Some(invitations::of_token(context, token)?),
        None => None,
    };
    // facts: compared as it was sent, in whatever case
    if invitation.as_ref().is_some_and(|invitation| text(invitation, "email") != registration.email) {
        return Err(invitations::mismatch());
    }
    require_open(context, invitation.is_some())?;
    let user = account_of(context, registration, "ERROR_EMAIL_ALREADY_EXISTS")?;
    let user = settle_in(context, &user, invitation.as_ref())?;
    let mut answer = Map::new();
    answer.insert("user".to_owned(), represent(&user));
    let enforced = text(&instance(context)?, "email_verification") == "enforced";
    if registration.authenticate
        && !enforced
        && let Value::Object(session) = session::begin(context, &user)?
    {
        answer.extend(session);
    }
    Ok(answer.into())
}

/// Rules of the body that its schema cannot say.
fn check(registration: &Registration) -> Result<(), Outcome> {
    let mut faults = Faults::default();
    password::check(&mut faults, "password", &registration.password);
    if let Some(language) = &registration.language {
        check_language(&mut faults, language);
    }
    if let Some(template) = registration.template {
        faults.add("template_id", format!("there is no template {template}"), "does_not_exist");
    }
    faults.settle()
}

fn require_open(context: &ActionContext<'_>, invited: bool) -> Result<(), Outcome> {
    let instance = instance(context)?;
    let open = flag(&instance, "allow_new_signups")
        || (invited && flag(&instance, "allow_signups_via_workspace_invitations"));
    if open { Ok(()) } else { Err(Outcome::new("ERROR_DISABLED_SIGNUP", "")) }
}

/// The account alone. `taken` is the outcome when another one has the address. The first account of an instance
/// administers it.
pub(in super::super) fn account_of(
    context: &mut ActionContext<'_>,
    registration: &Registration,
    taken: &'static str,
) -> Result<Record, Outcome> {
    let address = Value::from(users::email(&registration.email));
    if let Some(other) = context.find("users", &[("email", &address)])? {
        return Err(if flag(&other, "is_active") {
            Outcome::new(taken, "")
        } else {
            Outcome::new("ERROR_DEACTIVATED_USER", "the account with this address is switched off")
        });
    }
    let first = context.state().len("users") == Some(0);
    let mut fields = json!({
        "name": registration.name, "email": address, "password": registration.password, "is_staff": first,
    });
    if let Some(language) = &registration.language {
        fields["language"] = language.clone().into();
    }
    let user = context.insert("users", fields)?;
    let instance = instance(context)?;
    if flag(&instance, "show_admin_signup_page") {
        context.update(&instance, json!({ "show_admin_signup_page": false }))?;
    }
    Ok(user)
}

/// A place for a new user: the invitation's workspace, or an example where the setting is on. Then the mail that asks to
/// verify the address, if the instance wants one.
fn settle_in(
    context: &mut ActionContext<'_>,
    user: &Record,
    invitation: Option<&Record>,
) -> Result<Record, Outcome> {
    let instance = instance(context)?;
    let may_create = flag(&instance, "allow_global_workspace_creation");
    let mut user = user.clone();
    if let Some(invitation) = invitation {
        invitations::accept(context, &user, invitation)?;
        user = context.update(&user, json!({ "email_verified": true, "completed_onboarding": true }))?;
    } else if !may_create {
        user = context.update(&user, json!({ "completed_onboarding": true }))?;
    } else if on(context, "EXAMPLE_WORKSPACE") {
        workspaces::create_initial(context, &user)?;
    }
    let asks = ["recommended", "enforced"].contains(&text(&instance, "email_verification"));
    if asks && !flag(&user, "email_verified") {
        verification::ask(context, &user)?;
    }
    Ok(user)
}
