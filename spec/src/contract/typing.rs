//! What an expression in an operation's effect will be, for those who generate typed code around it.

use super::{Operation, SchemaId};
use crate::Contract;
use crate::contract::{Additional, Location};
use crate::language::{Expression, Source};

/// The schema of an expression's value, and whether the value may be absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Typed {
    /// What it keeps.
    pub schema: SchemaId,
    /// Whether a request may leave it out.
    pub optional: bool,
}

impl Contract {
    /// What `expression` is where it stands in the effect of `operation`; `None` where the document does not tell.
    #[must_use]
    pub fn typed(&self, operation: &Operation, expression: &Expression) -> Option<Typed> {
        let root = self.typed_root(operation, &expression.source)?;
        expression.path.iter().try_fold(root, |typed, name| self.typed_member(typed, name))
    }

    fn typed_root(&self, operation: &Operation, source: &Source) -> Option<Typed> {
        let parameter = |location: Location, name: &str| {
            let same = |other: &str| match location {
                Location::Header => other.eq_ignore_ascii_case(name),
                _ => other == name,
            };
            let one = operation.parameters.iter().find(|one| one.location == location && same(&one.name))?;
            let has_default = self.schema(one.schema).default.is_some();
            Some(Typed { schema: one.schema, optional: !one.required && !has_default })
        };
        match source {
            Source::Path(name) => parameter(Location::Path, name),
            Source::Query(name) => parameter(Location::Query, name),
            Source::Header(name) => parameter(Location::Header, name),
            Source::Cookie(name) => parameter(Location::Cookie, name),
            Source::Body => {
                let body = operation.body.as_ref()?;
                let schema = body.content.first()?.schema?;
                Some(Typed { schema, optional: !body.required })
            }
            Source::Setting(name) => {
                let setting = self.settings.iter().find(|setting| setting.name == *name)?;
                Some(Typed { schema: setting.schema?, optional: setting.default.is_null() })
            }
            Source::Bound(name) => self.typed_binding(operation, name),
            Source::Result => self.typed_binding(operation, "result"),
            _ => None,
        }
    }

    fn typed_binding(&self, operation: &Operation, name: &str) -> Option<Typed> {
        let step = operation.effect.iter().rfind(|step| step.bind.as_deref() == Some(name))?;
        let collection = self.collections.get(step.verb.collection()?)?;
        Some(Typed { schema: collection.schema, optional: step.when.is_some() })
    }

    fn typed_member(&self, typed: Typed, name: &str) -> Option<Typed> {
        let schema = self.schema(typed.schema);
        if let Some(reference) = &schema.reference {
            let collection = self.collections.get(&reference.to)?;
            return self.typed_member(Typed { schema: collection.schema, ..typed }, name);
        }
        let is_key = self.collections.values().any(|one| one.schema == typed.schema && one.key == name);
        let required = is_key || schema.required.iter().any(|one| one == name);
        match schema.properties.get(name) {
            Some(property) => {
                let nullable = self.schema(*property).is_nullable();
                Some(Typed { schema: *property, optional: typed.optional || !required || nullable })
            }
            None => match schema.additional {
                Additional::Schema(inner) => Some(Typed { schema: inner, optional: true }),
                _ => None,
            },
        }
    }
}
