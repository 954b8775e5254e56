//! The logo of an organisation (facts: lowcoder 11 X26).

use serde_json::{Value, json};

use super::administered;
use crate::action::ActionContext as Context;
use crate::generated::lowcoder as g;
use crate::outcome::Outcome;
use crate::platforms::lowcoder::pictures::{self, Content};
use crate::platforms::lowcoder::refusal::no_resource;
use crate::platforms::reading::value;

/// The picture that was there before goes.
pub(in crate::platforms::lowcoder) fn upload_organization_logo(
    context: &mut Context<'_>,
    input: g::UploadOrganizationLogoInput,
) -> Result<Value, Outcome> {
    let org = administered(context, &input.org_id)?;
    let picture = pictures::keep(context, Content::Any)?;
    pictures::forget(context, &value(&org, "logo"))?;
    context.update(&org, json!({ "logo": picture }))?;
    Ok(true.into())
}

pub(in crate::platforms::lowcoder) fn delete_organization_logo(
    context: &mut Context<'_>,
    input: g::DeleteOrganizationLogoInput,
) -> Result<Value, Outcome> {
    let org = administered(context, &input.org_id)?;
    let logo = value(&org, "logo");
    if logo.is_null() {
        return Err(no_resource("The organisation has no logo."));
    }
    pictures::forget(context, &logo)?;
    context.update(&org, json!({ "logo": null }))?;
    Ok(true.into())
}
