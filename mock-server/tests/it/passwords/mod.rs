//! The mock of Passwords.

mod cascade;
mod client;
mod criteria;
mod details;
mod edited;
mod encryption;
mod objects;
mod sample;
mod status;
mod strict;
mod tagging;
mod transcripts;
mod transport;
mod trash;
