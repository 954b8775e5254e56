//! Laws: what follows from the declared effects, and takes more than one exchange to see.

mod assigned_is_the_servers;
mod bounds_are_exact;
mod changed_is_marked;
mod changes;
mod created_is_listed;
mod defaults_apply;
mod delete_frees_unique_values;
mod delete_hits_only_its_target;
mod deleted_is_unlisted;
mod derived_values_agree;
mod each_makes_one;
mod expiry_ends_access;
mod filters_select;
mod gone;
mod lens;
mod merge_keeps_the_rest;
mod missing_is_not_found;
mod null_is_absent;
mod pages_partition;
mod parents_bind;
mod paths_as_said;
mod read_your_writes;
mod references_exist;
mod references_follow;
mod refused_write_changes_nothing;
mod repeat_put_is_one_put;
mod replace_clears_the_rest;
mod rights_are_kept;
mod safe_methods_change_nothing;
mod sorts_order;
mod stages_in_order;
mod strangers_see_nothing;
mod totals_agree;
mod unique_is_enforced;
mod unknown_properties;
mod update_is_seen;
mod use_after_free;
mod write_only_stays_unread;

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
    fn run<'a>(&'a self, session: &'a mut Session, case: &'a Case) -> BoxFuture<'a, Result<Verdict, Stop>>;
}

/// Every law, in the order in which they are tried.
pub const LAWS: &[&dyn Law] = &[
    &read_your_writes::ReadYourWrites,
    &created_is_listed::CreatedIsListed,
    &each_makes_one::EachMakesOne,
    &derived_values_agree::DerivedValuesAgree,
    &defaults_apply::DefaultsApply,
    &assigned_is_the_servers::AssignedIsTheServers,
    &write_only_stays_unread::WriteOnlyStaysUnread,
    &unknown_properties::UnknownPropertiesAsSaid,
    &null_is_absent::NullIsAbsent,
    &references_exist::ReferencesExist,
    &unique_is_enforced::UniqueIsEnforced,
    &update_is_seen::UpdateIsSeen,
    &merge_keeps_the_rest::MergeKeepsTheRest,
    &replace_clears_the_rest::ReplaceClearsTheRest,
    &repeat_put_is_one_put::RepeatPutIsOnePut,
    &changed_is_marked::ChangedIsMarked,
    &refused_write_changes_nothing::RefusedWriteChangesNothing,
    &safe_methods_change_nothing::SafeMethodsChangeNothing,
    &missing_is_not_found::MissingIsNotFound,
    &parents_bind::ParentsBind,
    &strangers_see_nothing::StrangersSeeNothing,
    &rights_are_kept::RightsAreKept,
    &expiry_ends_access::ExpiryEndsAccess,
    &stages_in_order::StagesInOrder,
    &paths_as_said::PathsAsSaid,
    &filters_select::FiltersSelect,
    &bounds_are_exact::BoundsAreExact,
    &sorts_order::SortsOrder,
    &pages_partition::PagesPartition,
    &totals_agree::TotalsAgree,
    &use_after_free::UseAfterFree,
    &deleted_is_unlisted::DeletedIsUnlisted,
    &delete_hits_only_its_target::DeleteHitsOnlyItsTarget,
    &delete_frees_unique_values::DeleteFreesUniqueValues,
    &references_follow::CascadeFollows,
    &references_follow::RestrictHolds,
    &references_follow::ClearClears,
];
