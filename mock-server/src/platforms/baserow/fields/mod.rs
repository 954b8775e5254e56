//! Fields: the typed columns of tables.

pub(super) mod formula;
