//! The document and the pages that show it, for the verb `serve`: made when they are first asked for.

mod bare;
mod library;
mod page;

pub(crate) use library::Library;
