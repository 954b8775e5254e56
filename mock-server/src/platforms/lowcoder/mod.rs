//! The named actions of Lowcoder: accounts, organisations, and the applications in them with everything that they need.
//!
//! Actions answer with what a representation is made of: a record's fields under their own names (`id`, `gid`, …) and
//! beside them what depends on the caller (`role`). Names on the wire are the document's business (`x-value`).

mod access;
mod accounts;
mod actions;
mod applications;
mod bundles;
mod datasources;
mod folders;
mod founding;
mod groups;
mod ids;
mod library;
mod materials;
mod organizations;
mod paging;
mod permissions;
mod pictures;
mod refusal;
mod signing;
mod system;
mod versions;

pub(crate) use actions::Lowcoder;
