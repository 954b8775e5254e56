//! The named actions of Nextcloud Passwords: sessions, objects with revisions, shares, end-to-end encryption.

mod actions;
mod app_token;
mod breaches;
mod cascade;
mod challenge;
mod client;
mod content;
mod criteria;
mod details;
mod faults;
mod folders;
mod keychain;
mod kind;
mod labelled;
mod lifecycle;
#[allow(clippy::module_inception, reason = "the platform is called after its objects")]
mod passwords;
mod php;
mod representation;
mod reset;
mod revisions;
mod sample;
mod second_factor;
mod services;
mod session;
mod settings;
mod shares;
mod status;
mod tags;
mod throttle;
mod validation;

use super::reading;

pub(crate) use actions::Passwords;
