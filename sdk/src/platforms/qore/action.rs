//! Actions: what an application can do with a record beside updating it.

use std::fmt::Display;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::form_data::FormData;
use super::reading::{self, Members, Open as _, json};
use super::refusal::Refusal;
use super::resource::Resource;
use super::types::Done;
use crate::generated::qore::operations;
use crate::runtime::Raw;
use crate::{Error, Response};

/// An action on records. Cheap to clone, unless it has a form with bytes in it.
///
/// It is sent once, unless nothing had been sent: what could take effect twice is not repeated.
#[derive(Clone, Debug)]
#[must_use = "an action does nothing until it is run"]
pub struct Action {
    resource: Resource,
    name: String,
    form: Filled,
}

/// The form that goes along.
#[derive(Clone, Debug)]
enum Filled {
    Empty,
    Json(Result<Value, String>),
    Data(FormData),
}

impl Action {
    pub(super) fn new(resource: Resource, name: String) -> Self {
        Self { resource, name, form: Filled::Empty }
    }

    /// With these fields in the action's form.
    pub fn form(mut self, fields: &(impl Serialize + ?Sized)) -> Self {
        let value = serde_json::to_value(fields);
        self.form =
            Filled::Json(value.map_err(|error| format!("the form cannot be written as JSON: {error}")));
        self
    }

    /// With this form, which may have files in it.
    pub fn form_data(mut self, form: FormData) -> Self {
        self.form = Filled::Data(form);
        self
    }

    /// Runs it on a record.
    ///
    /// # Errors
    /// A refusal, an answer that was not declared, or none at all.
    pub async fn run(self, id: impl Display) -> Result<Response<Done>, Error<Refusal>> {
        self.call(id.to_string()).await.read(done).await
    }

    /// Runs it on a record, and gives what the application answers.
    ///
    /// # Errors
    /// A refusal, an answer that was not declared or that is no `T`, or none at all.
    pub async fn run_as<T: DeserializeOwned>(self, id: impl Display) -> Result<Response<T>, Error<Refusal>> {
        self.call(id.to_string()).await.read(|body| reading::typed(json(body)?)).await
    }

    async fn call(self, id: String) -> Raw {
        let Self { resource, name, form } = self;
        let call = |operation| resource.call(operation).path("action_name", &name).path("id", &id);
        let mut plain = call(operations::RUN_ACTION);
        match form {
            Filled::Empty => plain,
            Filled::Json(Ok(value)) => plain.json(&value),
            Filled::Json(Err(why)) => {
                plain.refuse(why);
                plain
            }
            Filled::Data(form) => form.into_call(call(operations::RUN_ACTION_MULTIPART), None).await,
        }
    }
}

/// What an action says in the end; nothing is as good as anything.
fn done(body: &[u8]) -> Result<Done, String> {
    Ok(match json(body)? {
        Value::Null => Done::open(Value::Object(Members::new()), "message"),
        value => Done::open(value, "message"),
    })
}
