//! The mock of Lowcoder.

mod applications;
mod groups;
mod invitations;
mod matrix;
mod members;
mod organizations;
mod resources;
mod scene;
mod signing;
mod support;
mod transcripts;
