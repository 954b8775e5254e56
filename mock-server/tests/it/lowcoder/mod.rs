//! The mock of Lowcoder.

mod accounts;
mod applications;
mod edition;
mod groups;
mod invitations;
mod keys;
mod materials;
mod matrix;
mod members;
mod organizations;
mod pictures;
mod resources;
mod scene;
mod signing;
mod support;
mod system;
mod transcripts;
mod ways;
