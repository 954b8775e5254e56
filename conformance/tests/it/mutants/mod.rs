//! Wrong servers: made by editing the document that the reference server serves while the suite holds it to the original, and
//! by corrupting what goes over the wire.

mod alone;
mod bench;
mod edit;
mod gremlin;
mod of_checks;
mod of_laws;
mod of_oracle;
mod on_the_wire;
mod single_key;
mod survivors;
