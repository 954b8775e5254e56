//! Doors of other areas that are not there yet; each goes when its area opens it.

use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::state::Record;

fn missing<T>() -> Result<T, Outcome> {
    Err(Outcome::new("internal", "this door is not open yet"))
}

pub(super) mod rows {
    use std::collections::BTreeMap;

    use serde_json::Value;

    use super::{ActionContext, Outcome, Record, missing};

    pub(in crate::platforms::baserow) fn fill(
        _: &mut ActionContext<'_>,
        _: &Record,
        _: Vec<Vec<(u64, Value)>>,
    ) -> Result<(), Outcome> {
        Ok(())
    }

    pub(in crate::platforms::baserow) fn field_added(_: &mut ActionContext<'_>, _: &Record) -> Result<(), Outcome> {
        Ok(())
    }

    pub(in crate::platforms::baserow) fn field_changed(
        _: &mut ActionContext<'_>,
        _: &Record,
        _: &Record,
    ) -> Result<(), Outcome> {
        Ok(())
    }

    pub(in crate::platforms::baserow) fn copy_table(
        _: &mut ActionContext<'_>,
        _: &Record,
        _: &Record,
        _: &BTreeMap<u64, u64>,
    ) -> Result<(), Outcome> {
        Ok(())
    }

    pub(in crate::platforms::baserow) fn copy_field(
        _: &mut ActionContext<'_>,
        _: &Record,
        _: &Record,
    ) -> Result<(), Outcome> {
        Ok(())
    }

    pub(in crate::platforms::baserow) fn texts(
        _: &ActionContext<'_>,
        _: &Record,
        _: &Record,
    ) -> Result<Vec<String>, Outcome> {
        Ok(Vec::new())
    }

    pub(in crate::platforms::baserow) fn filter_goes_with(
        _: &ActionContext<'_>,
        _: &Record,
        _: &str,
    ) -> Result<bool, Outcome> {
        Ok(true)
    }

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
