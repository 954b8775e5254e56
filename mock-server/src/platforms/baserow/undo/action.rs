//! An action: who did what where, and what became of what.

use super::catalog::Means;
use crate::platforms::baserow::rows::RowChanges;
use crate::state::Difference;

/// Something that was done.
#[derive(Clone, Debug)]
pub(super) struct Action {
    /// Its place among all that was done and undone.
    pub(super) number: u64,
    pub(super) user: u64,
    pub(super) session: String,
    /// Actions of one group are undone together.
    pub(super) group: Option<String>,
    pub(super) name: &'static str,
    pub(super) scope: String,
    /// The workspace that it was done in, of which whoever undoes it has to be a member.
    pub(super) workspace: Option<u64>,
    /// Milliseconds since 1970.
    pub(super) at: i64,
    /// When it was undone, as `number`.
    pub(super) undone: Option<u64>,
    /// It could not be undone or done again the last time.
    pub(super) failed: bool,
    pub(super) means: Means,
    /// What was made or deleted, where the trash has it.
    pub(super) item: u64,
    pub(super) records: Vec<Difference>,
    pub(super) rows: RowChanges,
    /// The entry of the trash that undoing made: kind, item, table.
    pub(super) entry: Option<(String, u64, Option<u64>)>,
}

impl Action {
    /// Whether it was done by this user in this session, in one of these scopes; no scopes stand for all.
    pub(super) fn is_of(&self, user: u64, session: &str, scopes: &[String]) -> bool {
        self.user == user && self.session == session && (scopes.is_empty() || scopes.contains(&self.scope))
    }
}
