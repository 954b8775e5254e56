//! The oracle: two reference servers are asked whatever the deployment is asked, in lock-step. They differ in what chance and clock give
//! them and in where they begin to count, and in nothing else. So what they answer alike follows from the document, and the deployment
//! must answer it, too; what they answer differently was generated, and must stand for the same thing wherever it appears again.
//!
//! No schema is asked what is generated: it is seen. That is why the oracle can also judge what named actions do, of which the
//! document does not say enough for a law.
//!
//! - `Oracle::follow` is called with every exchange; what was only refused is compared by its status, a success also by its body.
//! - The order of lists is not compared (`sorts_order` does that, where there is a `sort`), nor are members that the reference does not show.
//! - Where the deployment begins with records that the reference does not have, only what the run made is compared.
//! - After a difference in what was *done* the collections concerned have parted, and are not compared any more.

mod compare;
mod correspondence;
mod follow;
mod twin;

pub use follow::{ABOUT, CLAUSE, NAME, Oracle};
