//! The records that are being written: what would have no end is left out.

use crate::state::Record;

/// A record that is being written.
pub(super) struct Open<'a> {
    pub(super) plan: usize,
    pub(super) record: &'a Record,
    pub(super) depth: usize,
    pub(super) outer: Option<&'a Open<'a>>,
}

/// Records within records within records: what lies deeper is left out.
const DEEPEST: usize = 48;

impl Open<'_> {
    /// Whether writing `record` by `plan` here would have no end: it is being written already (records may refer to
    /// each other in a circle), or too much is.
    pub(super) fn forbids(&self, plan: usize, record: &Record) -> bool {
        let same = |one: &Self| {
            one.plan == plan
                && one.record.sequence() == record.sequence()
                && one.record.collection() == record.collection()
        };
        self.depth >= DEEPEST || same(self) || self.outer.is_some_and(|outer| outer.forbids(plan, record))
    }
}
