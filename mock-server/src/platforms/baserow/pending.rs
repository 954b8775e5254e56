//! Doors of other areas that are not there yet; each goes when its area opens it.

use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::state::Record;

fn missing<T>() -> Result<T, Outcome> {
    Err(Outcome::new("internal", "this door is not open yet"))
}

pub(super) mod rows {
    use super::{ActionContext, Outcome, Record, missing};

    pub(in crate::platforms::baserow) fn set_trashed(
        _: &mut ActionContext<'_>,
        _: u64,
        _: &[u64],
        _: bool,
    ) -> Result<(), Outcome> {
        missing()
    }

    pub(in crate::platforms::baserow) fn describe(_: &ActionContext<'_>, _: &Record, _: u64) -> String {
        String::new()
    }

    pub(in crate::platforms::baserow) fn forget(
        _: &mut ActionContext<'_>,
        _: u64,
        _: &[u64],
    ) -> Result<(), Outcome> {
        missing()
    }

    pub(in crate::platforms::baserow) fn forget_table(
        _: &mut ActionContext<'_>,
        _: u64,
    ) -> Result<(), Outcome> {
        missing()
    }

    pub(in crate::platforms::baserow) fn forget_field(
        _: &mut ActionContext<'_>,
        _: &Record,
    ) -> Result<(), Outcome> {
        missing()
    }
}

pub(super) mod applications {
    use super::{ActionContext, Outcome, Record, missing};

    pub(in crate::platforms::baserow) fn duplicate(
        _: &mut ActionContext<'_>,
        _: &Record,
    ) -> Result<Record, Outcome> {
        missing()
    }

    pub(in crate::platforms::baserow) fn start_duplicate(
        _: &mut ActionContext<'_>,
        _: &Record,
    ) -> Result<Record, Outcome> {
        missing()
    }
}

pub(super) mod tables {
    use super::{ActionContext, Outcome, Record, missing};

    pub(in crate::platforms::baserow) fn start_duplicate(
        _: &mut ActionContext<'_>,
        _: &Record,
    ) -> Result<Record, Outcome> {
        missing()
    }
}

pub(super) mod fields {
    use super::{ActionContext, Outcome, Record, missing};

    pub(in crate::platforms::baserow) fn start_duplicate(
        _: &mut ActionContext<'_>,
        _: &Record,
        _: bool,
    ) -> Result<Record, Outcome> {
        missing()
    }
}
