//! How laws look at a deployment: ways to name a record, what is known of it, listings walked to their end, and whether
//! what an answer shows agrees.

mod case;
mod compare;
mod derive;
mod facts;
mod filter;
mod holds;
mod listing;
mod make;
mod outcome;
mod same;
mod shown;
mod vary;
mod ways;

pub(super) use case::{case, found, missing, none_of, used, verdict};
pub(super) use compare::{brief, differences, same};
pub(super) use derive::{Derived, Shown, derivable, derive, is_list};
pub(super) use facts::{Fact, Facts};
pub(super) use filter::{Filter, filters};
pub(super) use holds::order;
pub(super) use listing::{paging, walk_list};
pub(super) use make::{fitting, make, make_fitting, make_neighbours, make_other_parts, make_plain, selects};
pub(super) use outcome::{documented, expected, forbidden, spoken_by};
pub(super) use same::{same_answer, volatile};
pub(super) use shown::{read, read_by, seen, shown_in, succeeded};
pub(super) use vary::{another, beyond_case, parameter_schema, property, slot_of};
pub(super) use ways::{creators, listers, readers, removers, ways, writers};
