//! Laws: what follows from the declared effects, and takes more than one exchange to see.

mod read_your_writes;
mod safe_methods_change_nothing;
mod story;

use futures::future::BoxFuture;

use crate::reading::Reading;
use crate::session::Session;
use crate::{Clause, Stop, Verdict};

/// One thing to try a law on.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// What it is about, in a few words: `createUser, then getUser`.
    pub title: String,
    /// What the deployment is held to.
    pub clause: Clause,
    /// The operations it needs, as indices into `contract.operations`; what each is for is the law's business.
    pub operations: Vec<usize>,
    /// The uses (steps of those operations) it is about, as indices into [`Reading::uses`].
    pub uses: Vec<usize>,
    /// A field, a parameter or an outcome that the law singles out; empty for none.
    pub detail: String,
}

/// Something that follows from declared effects.
pub trait Law: Sync {
    /// Its name.
    fn name(&self) -> &'static str;
    /// What it asserts, in one sentence.
    fn about(&self) -> &'static str;
    /// The kind of clause it comes from: `x-effect` of a create and a find, say.
    fn clause(&self) -> &'static str;
    /// What there is to try; none is explained by the fact that the contract lacks.
    ///
    /// # Errors
    /// The missing fact in a few words.
    fn cases(&self, reading: &Reading) -> Result<Vec<Case>, String>;
    /// Tries one case. `Err` ends it without a judgement.
    fn run<'a>(
        &'a self,
        session: &'a mut Session,
        case: &'a Case,
    ) -> BoxFuture<'a, Result<Verdict, Stop>>;
}

/// Every law, in the order in which they are tried.
pub const LAWS: &[&dyn Law] =
    &[&read_your_writes::ReadYourWrites, &safe_methods_change_nothing::SafeMethodsChangeNothing];
