//! Uploaded files: kept under names that say what they are, measured where they are images, and never fetched from elsewhere.

mod name;
mod represent;
mod store;
mod upload;

pub(super) use represent::represent;
pub(super) use upload::{has_file, upload_file, upload_via_url};
