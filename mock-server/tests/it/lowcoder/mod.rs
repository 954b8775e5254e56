//! The mock of Lowcoder.

mod groups;
mod invitations;
mod members;
mod organizations;
mod scene;
mod signing;
mod support;
