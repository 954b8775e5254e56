//! Writing records: what is kept, what is refused, what is noted.

mod files;
mod logs;
mod rules;
mod support;
mod writing;
