//! What a server begins with (facts: lowcoder 9).

use serde_json::{Value, json};

use crate::action::ActionContext as Context;
use crate::outcome::Outcome;
use crate::platforms::lowcoder::founding::{found, make_current};
use crate::platforms::lowcoder::signing::create_user;
use crate::platforms::lowcoder::system;
use crate::platforms::reading::id;

/// The id of the deployment, the super administrator, and the account that a tester signs in with. Those two have an
/// organisation of their own each; a setting without an address leaves them out.
pub(in crate::platforms::lowcoder) fn seed(context: &mut Context<'_>) -> Result<(), Outcome> {
    system::make_deployment_id(context)?;
    // before others, whose organisations it belongs to
    account(context, "LOWCODER_SUPERUSER_USERNAME", "LOWCODER_SUPERUSER_PASSWORD", true)?;
    account(context, "DEMO_USER", "DEMO_PASSWORD", false)
}

fn account(
    context: &mut Context<'_>,
    address: &str,
    password: &str,
    super_admin: bool,
) -> Result<(), Outcome> {
    let read = |name: &str| context.setting(name).and_then(Value::as_str).unwrap_or_default();
    let (address, password) = (read(address), read(password));
    if address.is_empty() {
        return Ok(());
    }
    let user = create_user(context, address, Some(password), None)?;
    let user = context.update(&user, json!({ "superAdmin": super_admin }))?;
    let org = found(context, &user, format!("{address}'s workspace").into(), true, &Value::Null)?;
    make_current(context, &id(&user), &id(&org))
}
