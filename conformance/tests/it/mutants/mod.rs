//! Wrong servers, made by editing the document that the reference server serves while the suite holds it to the original.

mod alone;
mod bench;
mod edit;
mod of_checks;
mod of_laws;
mod single_key;
mod survivors;
