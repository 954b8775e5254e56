//! Lowcoder: users, organisations, and the applications in them.
//!
//! ```no_run
//! use tercet_sdk::lowcoder::types::{NewApplication, NewFolder};
//! use tercet_sdk::lowcoder::{Client, Code};
//!
//! # async fn run() -> Result<(), Box<dyn std::error::Error>> {
//! let client = Client::builder("https://lowcoder.example.com").sign_in("user@example.com", "the password").build()?;
//!
//! // Calls give what was asked for; the envelope around it is taken off.
//! let Some(current) = client.current_organization().await? else { return Ok(()) };
//! let made = client.create_application(NewApplication::new(current.org.id.as_str(), "Stock")).await?;
//! println!("{} in {:?}", made.application_info_view.name, current.org.name);
//!
//! // Whatever is in pages is a stream, whichever of the platform's six ways it goes.
//! let mut applications = client.list_applications().application_status("NORMAL").page_size(50).stream();
//! while let Some(application) = applications.next().await {
//!     println!("{}", application?.name);
//! }
//!
//! // Errors are told by a number, most of them with the status 500.
//! if let Err(error) = client.create_folder(NewFolder::new("Tools")).await {
//!     match Code::of(&error) {
//!         Some(Code::FolderNameConflict) => println!("there is one already"),
//!         _ if error.is_not_authorized() => println!("not with this account"),
//!         Some(code) => println!("refused: {code}"),
//!         None => return Err(error.into()),
//!     }
//! }
//! # Ok(())
//! # }
//! ```
//!
//! - **Credentials.** An account ([`sign_in`](crate::Builder::sign_in)), the session of one, or an API key
//!   ([`credential`](crate::Builder::credential)). A session is a cookie: it is kept in the client and sent nowhere else; what
//!   cookies an answer sets besides is not kept. A client sends one credential or the other, never both: servers do not
//!   look at a key where a session's cookie is, even a dead one.
//! - **Sessions that end.** A 401 without a body says that nobody is signed in, and is signed in again for, once. With a body it says
//!   that somebody is, who may not do that ([`Code::NotAuthorized`]), and is handed on. What anybody may ask is not refused to
//!   those whose session is gone, but answered as to anonymous callers; where that can be told it is asked again with a new
//!   session: [`get_user_profile`](Client::get_user_profile), [`get_user_info`](Client::get_user_info), public applications
//!   ([`Code::UserNotSignedIn`]) and [`list_applications`](Client::list_applications) ([`Code::UnableToFindValidOrg`]).
//!   [`list_groups`](Client::list_groups) and the marketplace are just empty then.
//! - **Envelopes.** `{code, message, data, success}`: calls give `data`, or `()` where there is none. Pages keep theirs, as it has
//!   their numbers; `stream()` gives what is on them. An envelope whose number is not 1 is an error, with the status 200 too:
//!   [`Failure::Unsuccessful`](crate::Failure::Unsuccessful), of [`test_datasource`](Client::test_datasource) and
//!   [`follow_invitation`](Client::follow_invitation).
//! - **Errors.** [`Error::number`](crate::Error::number) is the number, [`Code`] its name. [`is_not_found`](crate::Error::is_not_found),
//!   [`is_not_authorized`](crate::Error::is_not_authorized), [`is_unauthenticated`](crate::Error::is_unauthenticated),
//!   [`is_conflict`](crate::Error::is_conflict) and [`is_invalid`](crate::Error::is_invalid) go by it, whatever the status;
//!   [`is_server_error`](crate::Error::is_server_error) is [`Code::InternalServerError`] and what comes without a number. A
//!   status of 500 is never tried again: most are refusals, and 5000 is what the same call would get once more. 429 is, where
//!   that is safe.
//! - **Empty answers.** Some releases answer what is not there, or a revoked key, with 200 and no body at all. That is an error
//!   ([`Failure::Unreadable`](crate::Failure::Unreadable)) with the status 200 and an empty [`text`](crate::Error::text).
//! - **Pages.** Without `page_size` servers give all at once where 0 is their default, as one page; a stream ends when it has seen as
//!   many as there are said to be, and does not ask behind the last page, which some operations refuse.
//! - **The current organisation.** Calls that name no organisation mean the current one: those on groups, folders and library queries,
//!   the lists of applications, and who counts as developer in all that create something. Each says so. It belongs to the
//!   user, not to the client: see [`current_organization`](Client::current_organization).
//! - **Free-form objects**, such as applications' DSL, are kept as they came: order, nulls, and numbers as far as 64 bits hold them.

mod code;
mod organization;
mod signing;

#[doc(inline)]
pub use crate::generated::lowcoder::{Client, calls, errors, types};
pub use code::Code;
