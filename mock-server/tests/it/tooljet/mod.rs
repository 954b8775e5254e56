//! ToolJet, told in transcripts: requests and what is answered, against a server with a fixed clock and seed.

pub(super) mod conform;
pub(super) mod curl;
pub(super) mod expect;
mod replay;
pub(super) mod transcript;

mod hostile;
mod large;
mod round_trip;
mod states;
mod transcripts;
