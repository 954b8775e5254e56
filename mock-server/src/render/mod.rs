//! Answers: the response schema is the template.

mod answer;
mod example;
mod generate;
mod json;
mod keep;
mod list;
mod media;
mod negotiate;
mod open;
mod pattern;
mod plan;
mod telling;
mod words;
mod write;

pub use answer::Answer;
pub(crate) use answer::Answering;
pub(crate) use example::{Asked, example_answer};
pub(crate) use json::json_text;
pub(crate) use keep::Made;
pub(crate) use media::unwritable;
pub(crate) use plan::Plans;
