//! The current organisation: what calls mean that name none.

use super::Client;
use super::errors::GetUserProfileError;
use super::types::OrgAndRole;
use crate::Error;

impl Client {
    /// The organisation that calls mean which name none, and the role of the caller in it; `None` where the caller has none,
    /// or is anonymous.
    ///
    /// It is **the user's, not the client's**: [`switch_organization`](Self::switch_organization) changes it for every
    /// session and API key of the user, people in their browsers included, and so do following an invitation, signing in
    /// with an organisation, and deleting or leaving the organisation itself. What this tells may be over when the next
    /// call is made; there is no way to make a call for an organisation and have it refused when another is the current
    /// one. Give programs that depend on it a user of their own.
    ///
    /// # Errors
    /// A declared refusal, an answer that was not declared, or none at all.
    pub async fn current_organization(&self) -> Result<Option<OrgAndRole>, Error<GetUserProfileError>> {
        let profile = self.get_user_profile().await?.into_inner();
        let Some(current) = profile.current_org_id else { return Ok(None) };
        Ok(profile.org_and_roles.into_iter().find(|one| one.org.id == current))
    }
}
