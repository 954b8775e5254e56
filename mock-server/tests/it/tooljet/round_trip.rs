//! Export, import, export.
