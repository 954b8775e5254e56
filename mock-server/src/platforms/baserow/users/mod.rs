//! Accounts: signing up and in, tokens, passwords, addresses, deletion.

mod account;
mod blacklist;
mod deletion;
mod password;
mod refresh;
mod register;
mod seed;
mod session;
mod sign_in;
mod verification;

pub(super) use account::{email, update_account};
pub(super) use blacklist::token_blacklist;
pub(super) use deletion::{purge, schedule_account_deletion};
pub(super) use password::{
    change_password, check as check_password, renew, reset_password, send_password_reset_email,
};
pub(super) use refresh::{token_refresh, token_verify};
pub(super) use register::{Registration, account_of, create_user};
pub(super) use seed::demo;
pub(super) use sign_in::token_auth;
pub(super) use verification::{send_verify_email, verify_email};
