//! ToolJet, told in transcripts: requests and what is answered, against a server with a fixed clock and seed.

mod api;
mod hostile;
mod large;
mod large_document;
mod round_trip;
mod states;
mod transcripts;
