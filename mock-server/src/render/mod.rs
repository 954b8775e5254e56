//! Answers: the response schema is the template.

mod answer;
mod example;
mod generate;
mod json;
mod list;
mod negotiate;
mod open;
mod pattern;
mod plan;
mod write;

pub use answer::Answer;
pub(crate) use answer::Answering;
pub(crate) use example::example_answer;
pub(crate) use json::json_text;
pub(crate) use plan::Plans;
