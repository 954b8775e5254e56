//! Runnable examples, one for each user of Tercet.
