//! Baserow, told in transcripts: requests and what is answered, against a server with a fixed clock and seed.

mod files;
mod tokens;
mod transcripts;
