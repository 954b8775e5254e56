//! Typed clients of self-hosted platforms, each generated from one hand-maintained OpenAPI document.
//!
//! Each platform is a module behind a feature of the same name. A client is built once from a base URL and a credential;
//! its methods read like the operations and are awaited:
//!
//! ```no_run
//! # #[cfg(feature = "tooljet")]
//! # async fn run() -> Result<(), Box<dyn std::error::Error>> {
//! use tercet_sdk::tooljet::{Client, errors::GetUserError};
//!
//! let client = Client::builder("https://tools.example.com").credential("the access token").build()?;
//!
//! let user = client.get_user("john@example.com").await?;
//! println!("{} has the id {}", user.name, user.id);
//!
//! // Every declared refusal is a variant.
//! if let Err(error) = client.get_user("nobody@example.com").await {
//!     match error.declared() {
//!         Some(GetUserError::NotFound(body)) => println!("not found: {:?}", body.message),
//!         Some(other) => println!("refused: {other:?}"),
//!         None => println!("{error}"),
//!     }
//! }
//! # Ok(())
//! # }
//! ```
//!
//! What every call has, whichever the platform:
//!
//! - **Answers.** A success is a [`Response`], which derefs to its value and keeps status, headers and body. Anything else is
//!   an [`Error`]: a declared refusal as a typed variant, or an undeclared or unreadable answer with its status, headers
//!   and the first 64 kB of its text. `call.reply().await` gives successes and refusals in one enum instead.
//! - **Attempts.** What is safe to repeat is repeated, with growing random pauses or when `Retry-After` says. What could take
//!   effect twice is sent again only if nothing had been sent.
//! - **Sessions.** Where a platform has accounts to sign in with, its builder takes them: access tokens are renewed before they
//!   expire and when one is refused, once for any number of calls. A refused password is not tried again.
//! - **Listings.** What comes in pages has `stream()`: a [`Listing`] that holds one page at a time.
//! - **Deadlines.** For connecting, for each attempt, and for all of them together; see [`Builder`] and [`CallOptions`].
//! - **Secrets.** The credential appears in no `Debug`, no log and no error. Redirects are not followed.
//! - **End-to-end encryption.** Where a platform leaves it to its clients (`passwords`), a vault shows plain values and stores cipher
//!   text; its keys and every [`Secret`] are wiped when they are dropped.
//! - **Paths.** A path value stays one segment, whatever is in it, or is refused before anything is sent.
//! - **Spans.** Each call is a [`tracing`] span with OpenTelemetry's names for HTTP clients.
//! - **Newer servers.** Unknown members are kept in `extra`, unknown enum values in `Other`, unknown kinds of things in
//!   `Unknown`; all are written back as they came.

mod generated;
mod platforms;
mod runtime;

#[cfg(feature = "baserow")]
pub use platforms::baserow;
#[cfg(feature = "lowcoder")]
pub use platforms::lowcoder;
#[cfg(feature = "passwords")]
pub use platforms::passwords;
#[cfg(feature = "qore")]
pub use platforms::qore;
#[cfg(feature = "tooljet")]
pub use platforms::tooljet;
pub use runtime::{
    BuildError, Builder, CallOptions, Dict, Error, Failure, Listing, Maybe, Multipart, Number, Payload,
    Platform, Response, Secret, SignInError,
};
