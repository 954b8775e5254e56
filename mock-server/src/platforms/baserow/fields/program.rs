//! What computed fields compute: `formula`, and `count`, `rollup` and `lookup`, which are formulas by other words.

use serde_json::Value;

use super::directory::{Directory, Known};
use super::formula::{Expr, Fields, Kind, Program, Resolved, Typed, parse, type_of};

/// What a computed field computes. `Err` says why it is invalid, `Ok(None)` that it is no computed field.
pub(in crate::platforms::baserow) fn program(
    directory: &dyn Directory,
    field: &Known,
) -> Result<Option<Program>, String> {
    let Some(resolved) = resolve(directory, field)? else { return Ok(None) };
    let shown = looked(resolved.typed(), field);
    Ok(Some(Program::new(resolved, shown)))
}

fn resolve(directory: &dyn Directory, field: &Known) -> Result<Option<Resolved>, String> {
    let own = OwnTable { directory, table: field.table };
    let text = |option: &str| field.options.get(option).and_then(Value::as_str).unwrap_or_default();
    match field.kind.as_str() {
        "formula" => type_of(&parse(text("formula"))?, &own).map(Some),
        "count" => {
            let link = own.through(field)?;
            type_of(&Expr::Call("count", vec![Expr::Field(link)]), &own).map(Some)
        }
        "lookup" => own.target(field).and_then(|lookup| type_of(&lookup, &own)).map(Some),
        "rollup" => {
            let lookup = own.target(field)?;
            let function = rollup_function(text("rollup_function"))
                .ok_or_else(|| format!("`{}` makes nothing of many values", text("rollup_function")))?;
            type_of(&Expr::Call(function, vec![lookup]), &own).map(Some)
        }
        _ => Ok(None),
    }
}

/// The functions that a rollup can use.
pub(super) fn rollup_function(name: &str) -> Option<&'static str> {
    const ALL: [&str; 11] = [
        "any",
        "avg",
        "count",
        "every",
        "max",
        "min",
        "stddev_pop",
        "stddev_sample",
        "sum",
        "variance_pop",
        "variance_sample",
    ];
    ALL.into_iter().find(|one| *one == name)
}

/// The looks that its owner gave a formula, where its type has them (facts: baserow 3.6, formula).
fn looked(typed: Typed, field: &Known) -> Typed {
    let Some(Value::Object(wanted)) = field.options.get("looks") else { return typed };
    let mut keys = typed.describe();
    for (name, value) in wanted {
        // What does not belong to the type is null or empty there.
        if keys.get(name).is_some_and(|own| !own.is_null()) {
            keys.insert(name.clone(), value.clone());
        }
    }
    Typed::read(&keys).unwrap_or(typed)
}

/// A field's type as formulas see it.
///
/// # Errors
/// Why they cannot read it.
pub(super) fn typed(directory: &dyn Directory, field: &Known) -> Result<Typed, String> {
    if matches!(field.kind.as_str(), "formula" | "count" | "rollup" | "lookup") {
        return Typed::read(&field.options)
            .ok_or_else(|| format!("the field `{}` is a formula that is not valid", field.name));
    }
    if field.kind == "link_row" {
        let primary = field.link("link_row_table_id").and_then(|table| directory.primary(table));
        let primary = primary
            .ok_or_else(|| format!("the field `{}` links to a table that is not there", field.name))?;
        let Typed { kind, .. } = typed(directory, &primary)?;
        return Ok(Typed { kind: Kind::Array(Box::new(kind)), nullable: false });
    }
    Kind::of_plain_field(&field.kind, &field.options).ok_or_else(|| {
        format!("the field `{}` is of type `{}`, which formulas do not read", field.name, field.kind)
    })
}

/// The fields that a formula of a table can name.
struct OwnTable<'d> {
    directory: &'d dyn Directory,
    table: u64,
}

impl OwnTable<'_> {
    fn named(&self, name: &str) -> Result<Known, String> {
        self.directory
            .by_name(self.table, name)
            .ok_or_else(|| format!("references the deleted or unknown field {name}"))
    }

    /// The name of the link that a count, rollup or lookup goes through.
    fn through(&self, field: &Known) -> Result<String, String> {
        let link = field.link("through_field_id").and_then(|id| self.directory.by_id(id));
        let link = link.filter(|link| link.kind == "link_row" && link.table == self.table);
        link.map(|link| link.name).ok_or_else(|| "references a deleted or unknown link".to_owned())
    }

    fn target(&self, field: &Known) -> Result<Expr, String> {
        let link = self.through(field)?;
        let target = field.link("target_field_id").and_then(|id| self.directory.by_id(id));
        let target = target.ok_or("references a deleted or unknown field of the linked table")?;
        Ok(Expr::Lookup(link, target.name))
    }

    /// A field of the linked table.
    fn over(&self, link: &Known, target: &Known) -> Result<Resolved, String> {
        // The links of linked rows are shown by their texts.
        Ok(Resolved::linked(link.id, target.id, typed(self.directory, target)?))
    }
}

impl Fields for OwnTable<'_> {
    fn field(&self, name: &str) -> Result<Resolved, String> {
        let field = self.named(name)?;
        if field.kind == "link_row" {
            let table = field.link("link_row_table_id").unwrap_or_default();
            let primary = self.directory.primary(table);
            let primary =
                primary.ok_or_else(|| format!("the field `{name}` links to a table that is not there"))?;
            return self.over(&field, &primary);
        }
        Ok(Resolved::own(field.id, typed(self.directory, &field)?))
    }

    fn lookup(&self, link: &str, name: &str) -> Result<Resolved, String> {
        let field = self.named(link)?;
        let table = field.link("link_row_table_id").filter(|_| field.kind == "link_row");
        let table = table.ok_or_else(|| format!("the field `{link}` is no link to another table"))?;
        let target = self.directory.by_name(table, name);
        let target = target.ok_or_else(|| format!("references the deleted or unknown field {name}"))?;
        self.over(&field, &target)
    }
}
