//! Making a record to try a law on.

use super::holds::{Scope, holds};
use super::facts::Facts;
use crate::reading::{Reading, Use};
use crate::session::{Nameable, Owned, Session, Wishes};
use crate::{Inputs, Stop};

/// Makes a record with as much in it as the deployment takes: everything, else scalars, else what is required.
pub(in crate::law) async fn make(session: &mut Session, creator: &Use) -> Result<Owned, Stop> {
    match session.create(creator, &Wishes::full()).await {
        Err(Stop::Blocked(_)) => make_plain(session, creator).await,
        other => other,
    }
}

/// Makes a record with its optional scalars, or, where that is refused, without.
pub(in crate::law) async fn make_plain(session: &mut Session, creator: &Use) -> Result<Owned, Stop> {
    match session.create(creator, &Wishes::plain()).await {
        Err(Stop::Blocked(_)) => session.create(creator, &Wishes::minimal()).await,
        other => other,
    }
}

/// Makes a record that belongs to these.
pub(in crate::law) async fn make_below(session: &mut Session, creator: &Use, parents: &[&Owned]) -> Result<Owned, Stop> {
    let parents: Vec<&dyn Nameable> = parents.iter().map(|one| *one as &dyn Nameable).collect();
    match session.create_below(creator, &parents, &Wishes::plain()).await {
        Err(Stop::Blocked(_)) => session.create_below(creator, &parents, &Wishes::minimal()).await,
        other => other,
    }
}

/// Whether the step of `one`, called with `inputs`, selects a record of which `facts` are known.
pub(in crate::law) fn selects(reading: &Reading, one: &Use, inputs: &Inputs, facts: &Facts) -> Option<bool> {
    let selection = reading.step(one).verb.selection()?;
    let scope = Scope { reading, operation: one.operation, collection: &one.collection, inputs };
    holds(scope, &selection.filter, facts)
}
