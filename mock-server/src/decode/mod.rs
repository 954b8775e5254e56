//! From bytes to values: parameters in all styles, bodies in all media types, typed as their schemas say.

mod body;
mod coerce;
mod fault;
mod form;
mod json;
mod multipart;
mod parameter;
mod php;
mod tree;
mod wire;

pub(crate) use body::body;
pub(crate) use coerce::{integer, number, property, scalar};
pub(crate) use fault::Fault;
pub(crate) use multipart::uploads;
pub(crate) use parameter::{parameter, path_parameter};
pub(crate) use php::{names as php_names, typed as php_typed};
pub(crate) use wire::{Wire, percent};
