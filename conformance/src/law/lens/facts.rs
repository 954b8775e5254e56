//! What is known of a record that the run made.

use indexmap::IndexMap;
use serde_json::Value;
use tercet_spec::contract::Verb;
use tercet_spec::language::{Expression, Source, ValueExpr};

use crate::reading::{Predicted, Prediction, Reading, Use};
use crate::session::Owned;

/// What is known of a field.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::law) enum Fact {
    /// It is this.
    Known(Value),
    /// It is null or absent.
    Absent,
    /// It was set to what this expression gives, whatever that is.
    Same(Expression),
    /// Nothing.
    Unknown,
}

/// What is known of a record.
#[derive(Clone, Debug, Default)]
pub(in crate::law) struct Facts {
    fields: IndexMap<String, Fact>,
}

impl Facts {
    /// What follows from the request that made a record, and what the answer showed where the request does not decide.
    pub(in crate::law) fn of(reading: &Reading, owned: &Owned) -> Self {
        let mut facts = Self::default();
        facts.take(owned.prediction());
        let creator = reading.uses().iter().find(|one| {
            one.operation == owned.operation() && one.does == crate::reading::Does::Create && !one.conditional
        });
        if let Some(creator) = creator {
            facts.take_expressions(reading, creator);
        }
        if let Some(view) = reading.view(owned.operation()).filter(|view| !view.many) {
            facts.fill(view.members.iter().filter_map(|(member, field)| {
                owned.shown().get(member).map(|value| (field.clone(), value.clone()))
            }));
        }
        facts.fill(owned.names().iter().map(|(field, value)| (field.clone(), value.clone())));
        facts
    }

    /// What a record shows, and nothing else.
    pub(in crate::law) fn shown(members: &IndexMap<String, String>, shown: &Value) -> Self {
        let mut facts = Self::default();
        facts.fill(
            members
                .iter()
                .map(|(member, field)| (field.clone(), shown.get(member).cloned().unwrap_or(Value::Null))),
        );
        facts
    }

    /// Takes over what a later request says; what it does not mention stays.
    pub(in crate::law) fn take(&mut self, prediction: &Prediction) {
        for (field, predicted) in prediction {
            let fact = match predicted {
                Predicted::Known(value) => Fact::Known(value.clone()),
                Predicted::Absent => Fact::Absent,
                Predicted::Unknown => Fact::Unknown,
            };
            self.fields.insert(field.clone(), fact);
        }
    }

    /// Sets one field.
    pub(in crate::law) fn set(&mut self, field: &str, fact: Fact) {
        self.fields.insert(field.to_owned(), fact);
    }

    /// What is known of a field.
    pub(in crate::law) fn field(&self, field: &str) -> &Fact {
        self.fields.get(field).unwrap_or(&Fact::Unknown)
    }

    /// The value of a field, where it is known.
    pub(in crate::law) fn known(&self, field: &str) -> Option<&Value> {
        match self.field(field) {
            Fact::Known(value) => Some(value),
            _ => None,
        }
    }

    /// The fields whose value is known.
    pub(in crate::law) fn all_known(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.fields.iter().filter_map(|(field, fact)| match fact {
            Fact::Known(value) => Some((field.as_str(), value)),
            _ => None,
        })
    }

    /// Forgets everything but these fields.
    pub(in crate::law) fn only(&self, keep: impl Fn(&str) -> bool) -> Self {
        let kept = self.fields.iter().filter(|(field, _)| keep(field));
        Self { fields: kept.map(|(field, fact)| (field.clone(), fact.clone())).collect() }
    }

    fn fill(&mut self, values: impl Iterator<Item = (String, Value)>) {
        for (field, value) in values {
            let known = !matches!(self.fields.get(&field), None | Some(Fact::Unknown));
            if !known {
                let fact = if value.is_null() { Fact::Absent } else { Fact::Known(value) };
                self.fields.insert(field, fact);
            }
        }
    }

    /// `owner: $caller.id`: the value is unknown, but the same as wherever else the expression stands.
    fn take_expressions(&mut self, reading: &Reading, creator: &Use) {
        let Verb::Create { set: Some(ValueExpr::Object(members)), .. } = reading.step(creator).verb.seen()
        else {
            return;
        };
        for (field, value) in members {
            let ValueExpr::Expression(expression) = value else { continue };
            let same = matches!(expression.source, Source::Caller | Source::Security(_) | Source::Setting(_));
            if same && matches!(self.field(field), Fact::Unknown) {
                self.fields.insert(field.clone(), Fact::Same(expression.clone()));
            }
        }
    }
}
