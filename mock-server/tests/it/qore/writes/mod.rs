//! Writing records: what is kept, what is refused, what is noted.

mod files;
mod lists;
mod logs;
mod rules;
mod set;
mod support;
mod writing;
