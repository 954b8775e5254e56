//! How actions are brought to create something: they may refuse what the schemas of their requests allow.

use super::own::Nameable;
use super::prepare::{Shape, Wishes};
use super::requests::Aim;
use super::state::Session;
use crate::Purpose;
use crate::reading::Use;

/// In which way an operation is asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Habit {
    /// With nothing but what is required.
    bare: bool,
    /// With everything that it takes.
    full: bool,
    /// Below what was there before the run, not below what the run made.
    among_others: bool,
    /// Below something new: what the run made before may be of no use any more.
    anew: bool,
}

impl Session {
    /// The ways to try, the one that was taken before first.
    pub(super) fn habits_of(&self, creator: &Use, wishes: &Wishes) -> Vec<Habit> {
        let mut all = vec![Habit::default()];
        if wishes.shape != Shape::Minimal {
            all.push(Habit { bare: true, ..Habit::default() });
        }
        if wishes.shape != Shape::Full {
            all.push(Habit { full: true, ..Habit::default() });
        }
        // Where the run's own goes along with what it belongs to, it must belong to something of the run.
        if self.reading.remover(&creator.collection).is_some() && !self.others(creator, &[]).is_empty() {
            let found: Vec<Habit> = all.iter().map(|habit| Habit { among_others: true, ..*habit }).collect();
            all.extend(found);
        }
        // What did not help before is not tried again.
        if !self.in_vain.contains(&creator.operation) {
            all.push(Habit { bare: true, anew: true, ..Habit::default() });
        }
        if let Some(known) = self.habits.get(&creator.operation) {
            // What is new is asked for again only where it has to be.
            let known = Habit { anew: false, ..*known };
            all.retain(|habit| *habit != known);
            all.insert(0, known);
        }
        all
    }

    /// Notes that no way was taken, not even below something new.
    pub(super) fn gave_up(&mut self, creator: &Use) {
        self.in_vain.insert(creator.operation);
    }

    /// Makes what a creation refers to once more, for a way that wants it new.
    pub(super) async fn renew_parents(
        &mut self,
        creator: &Use,
        records: &[&dyn Nameable],
        habit: Habit,
    ) -> Result<(), crate::Stop> {
        let reading = self.reading();
        let Some(collection) = reading.collection(&creator.collection).filter(|_| habit.anew) else {
            return Ok(());
        };
        for (field, to) in &collection.references {
            let given = records.iter().any(|one| one.collection() == to.to);
            if given || to.many || reading.source_of(creator, field).is_none() {
                continue;
            }
            let maker = self.creators(&to.to).into_iter().find(|one| !one.conditional);
            let Some(maker) = maker.filter(|one| one.collection != creator.collection) else { continue };
            let inputs = self.prepare(maker.operation, &[], &Wishes::minimal())?;
            self.write(maker.operation, Aim::New, &inputs, Purpose::Look).await?;
        }
        Ok(())
    }

    /// Wishes for a request of that way.
    pub(super) fn bend(
        &self,
        creator: &Use,
        records: &[&dyn Nameable],
        wishes: &Wishes,
        habit: Habit,
    ) -> Wishes {
        let mut bent = wishes.clone();
        if habit.bare {
            bent.shape = Shape::Minimal;
        }
        if habit.full {
            bent.shape = Shape::Full;
        }
        if habit.among_others {
            let others = self.others(creator, records);
            let free = others.into_iter().filter(|(slot, _)| !wishes.with.iter().any(|(own, _)| own == slot));
            bent.with.extend(free.collect::<Vec<_>>());
        }
        bent
    }

    /// Wishes for a creation in the way that the operation took before.
    pub(crate) fn accustomed(&self, creator: &Use, wishes: &Wishes) -> Wishes {
        let known = self.habits.get(&creator.operation).copied();
        known.map_or_else(|| wishes.clone(), |habit| self.bend(creator, &[], wishes, habit))
    }

    /// What a creation would refer to, by records that were there before.
    fn others(
        &self,
        creator: &Use,
        records: &[&dyn Nameable],
    ) -> Vec<(crate::reading::Slot, serde_json::Value)> {
        let Some(collection) = self.reading.collection(&creator.collection) else { return Vec::new() };
        let free = collection
            .references
            .iter()
            .filter(|(_, to)| !to.many && !records.iter().any(|one| one.collection() == to.to));
        free.filter_map(|(field, to)| {
            let key = self.reading.collection(&to.to)?.key.as_str();
            let value = self.seen(&to.to).iter().find_map(|one| one.name(key))?;
            Some((self.reading.source_of(creator, field)?, value.clone()))
        })
        .collect()
    }
}
