//! Forms as the server knows them: their fields, and the options that depend on what is in them.

use serde::Serialize;
use serde_json::{Value, json};

use super::options::Options;
use super::reading::{self, Members};
use super::record::things;
use super::refusal::Refusal;
use super::resource::{MINIMAL, PREFER, Resource};
use super::types;
use crate::generated::qore::operations;
use crate::runtime::Raw;
use crate::{Error, Response};

/// The form for a new record, or of one that is there, and what is in it so far. Cheap to clone.
#[derive(Clone, Debug)]
#[must_use = "a form tells nothing until it is asked"]
pub struct Form {
    resource: Resource,
    record: Option<String>,
    state: Members,
    refused: Option<String>,
}

impl Form {
    pub(super) fn new(resource: Resource, record: Option<String>) -> Self {
        Self { resource, record, state: Members::new(), refused: None }
    }

    /// With this value in a field.
    pub fn given(mut self, field: impl Into<String>, value: impl Serialize) -> Self {
        let field = field.into();
        match serde_json::to_value(value) {
            Ok(value) => {
                self.state.insert(field, value);
            }
            Err(error) => {
                self.refused.get_or_insert(format!("`{field}` cannot be written as JSON: {error}"));
            }
        }
        self
    }

    /// With the values of a struct or a map in the fields of their names.
    pub fn given_all(mut self, fields: &(impl Serialize + ?Sized)) -> Self {
        match serde_json::to_value(fields) {
            Ok(Value::Object(members)) => self.state.extend(members),
            Ok(_) => {
                self.refused.get_or_insert("a form is made of named values".to_owned());
            }
            Err(error) => {
                self.refused.get_or_insert(format!("the form cannot be written as JSON: {error}"));
            }
        }
        self
    }

    /// The options that a field has with these values in the form.
    ///
    /// # Errors
    /// A refusal, an answer that was not declared or that has no options of the field, or none at all.
    pub async fn options(&self, field: &str) -> Result<Response<Options>, Error<Refusal>> {
        let mut asked = Members::new();
        asked.insert("initial_request".to_owned(), false.into());
        asked.insert("field".to_owned(), field.into());
        asked.insert("state".to_owned(), Value::Object(self.state.clone()));
        asked.insert("action".to_owned(), json!({ "name": "reloadRelatedOptions" }));
        let call = self.resource.parameters(self.call().header(PREFER, MINIMAL), &asked);
        call.read(|body| Options::of(field, &reading::json(body)?)).await
    }

    /// The form itself: its fields with their labels, rules and options, and of a record with their values.
    ///
    /// # Errors
    /// A refusal, an answer that was not declared, or none at all.
    pub async fn show(&self) -> Result<Response<types::Form>, Error<Refusal>> {
        let call = self.call();
        let call = if self.state.is_empty() {
            call
        } else {
            let asked = Members::from_iter([("state".to_owned(), Value::Object(self.state.clone()))]);
            self.resource.parameters(call, &asked)
        };
        call.read(definition).await
    }

    fn call(&self) -> Raw {
        let mut call = match &self.record {
            None => self.resource.call(operations::SHOW_CREATE_FORM),
            Some(id) => self.resource.call(operations::SHOW_EDIT_FORM).path("id", id),
        };
        if let Some(why) = &self.refused {
            call.refuse(why.clone());
        }
        call
    }
}

/// A form, whether in `data` or bare.
fn definition(body: &[u8]) -> Result<types::Form, String> {
    let mut members: Members = reading::record(body)?;
    Ok(types::Form { fields: things(&mut members, "fields"), extra: members })
}
