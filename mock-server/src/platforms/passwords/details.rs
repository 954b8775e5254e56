//! The level of detail: which parts of an object an answer has (facts: passwords 3.5).

/// The parts that were asked for, joined by `+`. Unknown ones mean nothing.
#[derive(Clone, Copy, Debug)]
pub(super) struct Parts<'d>(&'d str);

/// How the objects within an object are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Listed {
    /// Whole.
    Models,
    /// By their ids.
    Ids,
}

impl Parts<'static> {
    /// Nothing but the object itself.
    pub(super) const MODEL: Self = Self("model");
    /// A password with its tags.
    pub(super) const TAGGED: Self = Self("model+tags");
}

impl<'d> Parts<'d> {
    /// Reads `details`.
    pub(super) const fn read(details: &'d str) -> Self {
        Self(details)
    }

    /// Whether this part was asked for.
    pub(super) fn has(self, part: &str) -> bool {
        self.0.split('+').any(|one| one == part)
    }

    /// Whether objects within were asked for; their long form wins over their ids.
    pub(super) fn listed(self, models: &str, ids: &str) -> Option<Listed> {
        if self.has(models) { Some(Listed::Models) } else { self.has(ids).then_some(Listed::Ids) }
    }
}
