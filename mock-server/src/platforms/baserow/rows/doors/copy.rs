//! Copies of tables and of fields, with their rows.

use std::collections::{BTreeMap, HashMap};

use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::baserow::records::key as id;
use crate::platforms::baserow::rows::cell::Cell;
use crate::platforms::baserow::rows::cells::Kind;
use crate::platforms::baserow::rows::reader::read_field;
use crate::platforms::baserow::rows::schema::Field;
use crate::platforms::baserow::rows::store::{Row, RowStore};
use crate::state::Record;

/// A field, the one that is its copy, and the options that stand for one another.
struct Pair {
    from: Field,
    to: Field,
    options: HashMap<u64, u64>,
}

impl Pair {
    fn read(context: &ActionContext<'_>, from: u64, to: u64) -> Result<Option<Self>, Outcome> {
        let field =
            |id: u64| Ok(context.get("fields", &id.into())?.and_then(|field| read_field(context, &field)));
        let (Some(from), Some(to)) = (field(from)?, field(to)?) else { return Ok(None) };
        let ids = |field: &Field| field.choices.iter().map(|choice| choice.id).collect::<Vec<_>>();
        let options = ids(&from).into_iter().zip(ids(&to)).collect();
        Ok(Some(Self { from, to, options }))
    }

    fn cell(&self, row: &Row) -> Cell {
        let option = |id: &u64| self.options.get(id).copied();
        match (row.cell(self.from.id), &self.from.kind) {
            (Cell::Choice(id), _) => option(id).map_or(Cell::Empty, Cell::Choice),
            (Cell::Ids(ids), Kind::Select(_)) => Cell::ids(ids.iter().filter_map(option).collect()),
            (cell, _) => cell.clone(),
        }
    }
}

/// Gives a copy of a table the rows of that table, under their ids and in their places. `field_ids` leads from each field
/// to its copy.
///
/// # Errors
/// None but `internal`.
pub(in crate::platforms::baserow) fn copy_table(
    context: &mut ActionContext<'_>,
    from: &Record,
    to: &Record,
    field_ids: &BTreeMap<u64, u64>,
) -> Result<(), Outcome> {
    let (from, to) = (id(from), id(to));
    let mut pairs = Vec::new();
    for (old, new) in field_ids {
        pairs.extend(
            Pair::read(context, *old, *new)?.filter(|pair| pair.from.table == from && pair.to.table == to),
        );
    }
    let store: &mut RowStore = context.extension_mut()?;
    let rows: Vec<_> = store.table(from).iter().cloned().collect();
    let copy = store.table_mut(to);
    for row in &rows {
        let mut new = Row::new(row.id, row.order, row.created, row.created_by);
        (new.updated, new.updated_by) = (row.updated, row.updated_by);
        for pair in &pairs {
            let cell = pair.cell(row);
            if let (Cell::Whole(number), Kind::Autonumber) = (&cell, &pair.to.kind) {
                copy.reserve_number(pair.to.id, *number);
            }
            new.set(pair.to.id, cell);
        }
        copy.put(new);
    }
    let ids: Vec<u64> = rows.iter().map(|row| row.id).collect();
    pairs.iter().for_each(|pair| copy_links(store, pair, &ids));
    Ok(())
}

fn copy_links(store: &mut RowStore, pair: &Pair, rows: &[u64]) {
    let Kind::Link(link) = &pair.to.kind else { return };
    store.relations.join(pair.to.id, link.related);
    for row in rows {
        let linked: Vec<u64> = store.relations.linked(pair.from.id, *row).collect();
        for other in linked {
            store.relations.link(pair.to.id, *row, other);
        }
    }
}

/// Gives a copy of a field the cells of that field.
///
/// # Errors
/// None but `internal`.
pub(in crate::platforms::baserow) fn copy_field(
    context: &mut ActionContext<'_>,
    from: &Record,
    to: &Record,
) -> Result<(), Outcome> {
    let Some(pair) = Pair::read(context, id(from), id(to))? else { return Ok(()) };
    let store: &mut RowStore = context.extension_mut()?;
    let rows: Vec<_> = store.table(pair.from.table).all().cloned().collect();
    let ids: Vec<u64> = rows.iter().map(|row| row.id).collect();
    copy_links(store, &pair, &ids);
    let table = store.table_mut(pair.to.table);
    table.forget_index(pair.to.id);
    for row in rows {
        let cell = pair.cell(&row);
        if let (Cell::Whole(number), Kind::Autonumber) = (&cell, &pair.to.kind) {
            table.reserve_number(pair.to.id, *number);
        }
        let mut changed = (*row).clone();
        changed.set(pair.to.id, cell);
        table.put(changed);
    }
    Ok(())
}
