//! The named actions of the platforms that ship: a folder for each that has some.

#[allow(
    clippy::needless_pass_by_value,
    reason = "`json!` borrows what it is given, and callers have no more use for it"
)]
pub(crate) mod baserow;
#[allow(
    clippy::needless_pass_by_value,
    reason = "actions take their input as a whole, whether they keep it or only look at it"
)]
pub(crate) mod lowcoder;
pub(crate) mod passwords;
#[allow(
    clippy::needless_pass_by_value,
    reason = "actions take their input as a whole, whether they keep it or only look at it"
)]
pub(crate) mod qore;
mod reading;
pub(crate) mod tooljet;

use crate::application::Applications;

/// The platform of that name, if each of its customers declares an application.
pub(crate) fn applications(platform: &str) -> Option<&'static dyn Applications> {
    (platform == qore::Platform.platform()).then_some(&qore::Platform as &dyn Applications)
}
