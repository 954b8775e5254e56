//! A resource of the application: its records, one by one.

use std::fmt::Display;

use reqwest::header::{HeaderName, HeaderValue};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::action::Action;
use super::form::Form;
use super::form_data::FormData;
use super::nested;
use super::options::Options;
use super::reading::{self, Members, Open as _, json, list};
use super::record::Detail;
use super::refusal::Refusal;
use super::table::Table;
use super::types::{Done, LogEntry};
use crate::generated::qore::operations;
use crate::platforms::qore::Client;
use crate::runtime::{Operation, Raw};
use crate::{CallOptions, Error, Response};

pub(super) const PREFER: HeaderName = HeaderName::from_static("prefer");
/// As the platform's page spells it; RFC 7240 has `return=minimal`, which it says nothing of (facts: qore 1.4).
pub(super) const MINIMAL: HeaderValue = HeaderValue::from_static("return:minimal");

impl Client {
    /// A resource of the application, by its name: `projects`, say. [`endpoints`](Self::endpoints) knows the names.
    pub fn resource(&self, name: impl Into<String>) -> Resource {
        Resource { client: self.clone(), name: name.into(), in_query: false, options: CallOptions::new() }
    }
}

/// A resource of the application. Cheap to clone.
///
/// Records are structs of your own, [`Record`](super::Record)s, maps or JSON. Who has no use for what a call gives takes
/// [`IgnoredAny`](serde::de::IgnoredAny), which is content with whatever comes.
#[derive(Clone, Debug)]
#[must_use = "a resource's records are only read or written when they are asked for"]
pub struct Resource {
    client: Client,
    name: String,
    in_query: bool,
    options: CallOptions,
}

impl Resource {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Gives all calls settings of their own: timeouts, attempts, headers.
    pub fn with(mut self, options: CallOptions) -> Self {
        self.options = options;
        self
    }

    /// Sends what a GET asks for in the query, not as a JSON body. The body is what the platform documents, but some proxies
    /// drop it, and some refuse the request.
    pub fn in_query(mut self) -> Self {
        self.in_query = true;
        self
    }

    /// A call of an operation. What a success looks like is not documented, nor which status it has; all 2xx are taken.
    pub(super) fn call(&self, operation: &'static Operation) -> Raw {
        let call = Raw::new(&self.client.transport, operation).path("resource_name", &self.name);
        call.with(&self.options).any_success()
    }

    /// Adds what a GET asks for, where it belongs.
    pub(super) fn parameters(&self, mut call: Raw, members: &Members) -> Raw {
        if !self.in_query {
            return call.json(members);
        }
        match nested::all(members) {
            Ok(pairs) => pairs.into_iter().fold(call, |call, (name, value)| call.query(name, value)),
            Err(why) => {
                call.refuse(why);
                call
            }
        }
    }

    /// Begins a query of the resource's table.
    pub fn table(&self) -> Table {
        Table::new(self.clone())
    }

    /// The form for a new record: its fields, and the options that depend on what is in it.
    pub fn form(&self) -> Form {
        Form::new(self.clone(), None)
    }

    /// The form of a record.
    pub fn form_of(&self, id: impl Display) -> Form {
        Form::new(self.clone(), Some(id.to_string()))
    }

    /// An action on records, by its name. [`detail`](Self::detail) and [`Table::page`] tell which there are.
    pub fn action(&self, name: impl Into<String>) -> Action {
        Action::new(self.clone(), name.into())
    }

    /// Reads a record, and nothing beside it.
    ///
    /// # Errors
    /// A refusal, an answer that was not declared or a record that is no `T`, or no answer at all.
    pub async fn show<T: DeserializeOwned>(&self, id: impl Display) -> Result<Response<T>, Error<Refusal>> {
        let call = self.call(operations::SHOW_RECORD).path("id", id).header(PREFER, MINIMAL);
        call.read(reading::record).await
    }

    /// Reads a record with title, fields and actions.
    ///
    /// # Errors
    /// A refusal, an answer that was not declared or a record that is no `T`, or no answer at all.
    pub async fn detail<T: DeserializeOwned>(
        &self,
        id: impl Display,
    ) -> Result<Response<Detail<T>>, Error<Refusal>> {
        self.call(operations::SHOW_RECORD).path("id", id).read(Detail::read).await
    }

    /// Makes a record; gives it as it is then. A checkbox that is left out is stored as false.
    ///
    /// # Errors
    /// A refusal, an answer that was not declared or a record that is no `T`, or no answer at all. In the second case
    /// ([`Failure::Unreadable`](crate::Failure::Unreadable)) the record has been made.
    pub async fn create<T: DeserializeOwned>(
        &self,
        fields: &(impl Serialize + ?Sized),
    ) -> Result<Response<T>, Error<Refusal>> {
        self.call(operations::CREATE_RECORD).json(fields).read(reading::record).await
    }

    /// Makes a record of a form, which may have files in it; gives it as it is then.
    ///
    /// # Errors
    /// As [`create`](Self::create), and when a file cannot be read, which is found out before anything is sent.
    pub async fn create_form<T: DeserializeOwned>(
        &self,
        form: FormData,
    ) -> Result<Response<T>, Error<Refusal>> {
        let call = self.call(operations::CREATE_RECORD_MULTIPART);
        form.into_call(call, None).await.read(reading::record).await
    }

    /// Updates a record; gives it as it is then. The whole form is meant: rules hold as they do for a new record, and a
    /// checkbox that is left out is stored as false. Lists of related records are replaced. For one field there is
    /// [`update_field`](Self::update_field).
    ///
    /// # Errors
    /// A refusal, an answer that was not declared or a record that is no `T`, or no answer at all.
    pub async fn update<T: DeserializeOwned>(
        &self,
        id: impl Display,
        fields: &(impl Serialize + ?Sized),
    ) -> Result<Response<T>, Error<Refusal>> {
        self.call(operations::UPDATE_RECORD).path("id", id).json(fields).read(reading::record).await
    }

    /// Updates a record with a form, which may have files in it; gives it as it is then. It is sent as a POST, as servers
    /// read forms of no other, and therefore never sent again when nobody knows what became of it.
    ///
    /// # Errors
    /// As [`update`](Self::update), and when a file cannot be read, which is found out before anything is sent.
    pub async fn update_form<T: DeserializeOwned>(
        &self,
        id: impl Display,
        form: FormData,
    ) -> Result<Response<T>, Error<Refusal>> {
        let call = self.call(operations::UPDATE_RECORD_BY_FORM_MULTIPART).path("id", id);
        form.into_call(call, Some("PUT")).await.read(reading::record).await
    }

    /// Updates one field of a record, and asks for no other; gives the record as it is then.
    ///
    /// # Errors
    /// A refusal, an answer that was not declared or a record that is no `T`, or no answer at all.
    pub async fn update_field<T: DeserializeOwned>(
        &self,
        id: impl Display,
        field: &str,
        value: impl Serialize,
    ) -> Result<Response<T>, Error<Refusal>> {
        let mut call = self.call(operations::UPDATE_FIELD).path("id", id).path("field_name", field);
        match serde_json::to_value(value) {
            Ok(value) => call = call.json(&Members::from_iter([(field.to_owned(), value)])),
            Err(error) => call.refuse(format!("the value cannot be written as JSON: {error}")),
        }
        call.read(reading::record).await
    }

    /// Updates one field of a record with a form, in which the field, a file as a rule, goes by its name.
    ///
    /// # Errors
    /// As [`update_form`](Self::update_form).
    pub async fn update_field_form<T: DeserializeOwned>(
        &self,
        id: impl Display,
        field: &str,
        form: FormData,
    ) -> Result<Response<T>, Error<Refusal>> {
        let call = self.call(operations::UPDATE_FIELD_BY_FORM_MULTIPART);
        let call = call.path("id", id).path("field_name", field);
        form.into_call(call, Some("PUT")).await.read(reading::record).await
    }

    /// Deletes a record: the action `delete_resource`, as there is no DELETE.
    ///
    /// # Errors
    /// A refusal, an answer that was not declared, or none at all.
    pub async fn delete(&self, id: impl Display) -> Result<Response<Done>, Error<Refusal>> {
        self.action("delete_resource").run(id).await
    }

    /// What happened to a record, the newest first; also to one that was deleted.
    ///
    /// # Errors
    /// A refusal, an answer that was not declared, or none at all.
    pub async fn logs(&self, id: impl Display) -> Result<Response<Vec<LogEntry>>, Error<Refusal>> {
        let call = self.call(operations::LIST_LOGS).path("id", id);
        let entry = |value: Value| LogEntry::open(value, "description");
        call.read(|body| Ok(list(json(body)?, &["logs"])?.into_iter().map(entry).collect())).await
    }

    /// The options of a field, whatever else is in the form; [`form`](Self::form) has those that depend on it.
    ///
    /// # Errors
    /// A refusal, an answer that was not declared, or none at all.
    pub async fn options(&self, field: impl Display) -> Result<Response<Options>, Error<Refusal>> {
        let call = self.call(operations::LIST_FIELD_OPTIONS).path("field_name", field);
        call.read(|body| Options::read(json(body)?)).await
    }
}
