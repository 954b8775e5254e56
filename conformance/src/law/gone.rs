//! What a deletion leaves behind: the steps that the laws about deletions share.

use std::sync::Arc;

use super::Case;
use super::lens::{case, creators, removers};
use crate::reading::{Reading, Use};
use crate::session::{Owned, Session};
use crate::{Exchange, Stop};

/// Cases about a deletion and what comes after it: uses are what comes after, remover, creator.
pub(super) fn cases<'r>(
    reading: &'r Reading,
    after: impl Fn(&'r Reading, &'r str) -> Vec<&'r Use>,
    says: &str,
) -> Vec<Case> {
    let mut cases = Vec::new();
    for collection in reading.contract().collections.keys() {
        let Some(creator) = creators(reading, collection).first().copied() else { continue };
        for remover in removers(reading, collection) {
            for next in after(reading, collection) {
                let title =
                    format!("`{}`, then `{}`", reading.operation(remover).id, reading.operation(next).id);
                let mut one = case(reading, title, says.to_owned(), &[next, remover, creator], "");
                one.clause = crate::Clause::at(reading.contract(), &reading.step(remover).pointer, says);
                cases.push(one);
            }
        }
    }
    cases
}

/// Deletes a record of the run, which must succeed for anything to be judged.
pub(super) async fn delete(
    session: &mut Session,
    remover: &Use,
    record: &Owned,
) -> Result<Arc<Exchange>, Stop> {
    super::lens::succeeded(session.delete(remover, record).await?)
}
