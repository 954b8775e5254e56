//! What all clients share: credentials, paths, attempts, answers. Generated code stands on it.

mod attempt;
mod builder;
mod call;
mod credentials;
mod dict;
pub(crate) mod empty_map;
mod envelope;
mod error;
mod jwt;
mod listing;
#[cfg(test)]
mod listing_tests;
mod maybe;
mod meta;
mod number;
mod open_enum;
mod options;
mod path;
mod payload;
mod prepare;
#[allow(dead_code, reason = "only platforms with open bodies need it")]
mod raw;
mod response;
mod retry;
mod secret;
mod session;
#[cfg(test)]
mod session_tests;
mod signin;
#[cfg(test)]
mod tests;
mod transport;
mod union;
#[allow(dead_code, reason = "only platforms with forms of files need it")]
mod upload;

pub use builder::{BuildError, Builder};
pub use dict::Dict;
pub use error::{Error, Failure};
pub use listing::Listing;
pub use maybe::Maybe;
pub use number::Number;
pub use options::CallOptions;
pub use payload::{Multipart, Payload};
pub use response::Response;
pub use secret::Secret;
pub use signin::SignInError;
pub use transport::Platform;

pub(crate) use call::Call;
pub(crate) use error::{Sorted, divide};
#[allow(unused_imports, reason = "only platforms with listings need it")]
pub(crate) use listing::{More, Onward, Page, Turn, fingerprint, listing, number_of, page};
#[allow(unused_imports, reason = "which of them occur depends on the platforms")]
pub(crate) use meta::{
    Body, BodyForm, Envelope, Location, Operation, Place, Renamed, Repeat, Reply, ReplyForm, Scheme, Wrapping,
};
#[allow(unused_imports, reason = "only platforms with lists in parameters need it")]
pub(crate) use path::joined;
#[allow(unused_imports, reason = "only platforms with forms of files need it")]
pub(crate) use payload::{boundary, head};
#[allow(unused_imports, reason = "only platforms with open bodies need it")]
pub(crate) use raw::Raw;
#[allow(unused_imports, reason = "only platforms with sessions need it")]
pub(crate) use response::Received;
#[allow(unused_imports, reason = "only platforms with sessions need it")]
pub(crate) use session::{Session, SignIn, Signing, Tokens};
pub(crate) use transport::Transport;
#[allow(unused_imports, reason = "only platforms with unions need it")]
pub(crate) use union::{members_of, rest_of};
#[allow(unused_imports, reason = "only platforms with forms of files need it")]
pub(crate) use upload::{Piece, Upload};
