//! Stories: the documentation's own walk-throughs, kept beside a document as Arazzo 1.0 workflows, told to a deployment.

mod condition;
mod expression;
mod model;
mod read;
mod tell;

pub use model::Story;
pub use read::stories;
