//! From bytes to values: parameters in all styles, bodies in all media types, typed as their schemas say.

mod body;
mod coerce;
mod fault;
mod form;
mod json;
mod multipart;
mod parameter;
mod tree;
mod wire;

pub(crate) use body::body;
pub(crate) use coerce::{integer, number, scalar};
pub(crate) use fault::Fault;
pub(crate) use multipart::uploads;
pub(crate) use parameter::{parameter, path_parameter};
pub(crate) use wire::{Wire, percent};
