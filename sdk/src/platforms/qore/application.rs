//! The application as a whole: the caller, the routes, and what is found everywhere.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::reading::{self, Members, Open, json, list};
use super::record::things;
use super::refusal::Refusal;
use super::types::{Endpoint, SearchGroup};
use crate::generated::qore::operations;
use crate::platforms::qore::Client;
use crate::runtime::Raw;
use crate::{Error, Response};

impl Client {
    /// The user that the token belongs to, as a struct of your own, a [`Record`](super::Record) or a map: the call to begin
    /// with.
    ///
    /// # Errors
    /// A refusal, an answer that was not declared or a user who is no `T`, or no answer at all.
    pub async fn me<T: DeserializeOwned>(&self) -> Result<Response<T>, Error<Refusal>> {
        Raw::new(&self.transport, operations::SHOW_ME).any_success().read(reading::record).await
    }

    /// The routes of the application.
    ///
    /// # Errors
    /// A refusal, an answer that was not declared, or none at all.
    pub async fn endpoints(&self) -> Result<Response<Endpoints>, Error<Refusal>> {
        let call = Raw::new(&self.transport, operations::LIST_ENDPOINTS).any_success();
        call.read(|body| {
            let all = list(json(body)?, &["endpoints", "routes"])?;
            Ok(Endpoints(all.into_iter().map(endpoint).collect()))
        })
        .await
    }

    /// What is found in all resources, by resource.
    ///
    /// # Errors
    /// A refusal, an answer that was not declared, or none at all.
    pub async fn search(
        &self,
        text: impl Into<String>,
    ) -> Result<Response<Vec<SearchGroup>>, Error<Refusal>> {
        let call = Raw::new(&self.transport, operations::GLOBAL_SEARCH).any_success();
        call.query("query", text).read(groups).await
    }
}

/// The routes of an application. Derefs to a slice of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Endpoints(Vec<Endpoint>);

impl Endpoints {
    /// The names of the resources that have routes of their own, in the routes' order, each once.
    #[must_use]
    pub fn resources(&self) -> Vec<&str> {
        let mut names = Vec::new();
        for route in self.0.iter().filter_map(|one| one.uri.as_deref()) {
            let mut segments = route.trim_start_matches('/').split('/');
            let name = segments.by_ref().skip_while(|segment| *segment != "resources").nth(1);
            let named = name.filter(|name| !name.is_empty() && !name.contains(['{', '}', ':']));
            if let Some(name) = named.filter(|name| !names.contains(name)) {
                names.push(name);
            }
        }
        names
    }
}

impl std::ops::Deref for Endpoints {
    type Target = [Endpoint];

    fn deref(&self) -> &[Endpoint] {
        &self.0
    }
}

/// A route: an object as the document has it, one with a `method` as Laravel lists them, or a bare URI.
fn endpoint(value: Value) -> Endpoint {
    let mut endpoint = Endpoint::open(value, "uri");
    if endpoint.methods.is_none()
        && let Some(method) = endpoint.extra.get("method").and_then(Value::as_str)
    {
        endpoint.methods = Some(method.split(['|', ',']).map(|one| one.trim().to_owned()).collect());
        endpoint.extra.shift_remove("method");
    }
    endpoint
}

/// Groups as a list, or by resource.
fn groups(body: &[u8]) -> Result<Vec<SearchGroup>, String> {
    let by_resource = |members: &Members| !members.is_empty() && members.values().all(Value::is_array);
    match json(body)? {
        Value::Object(members) if by_resource(&members) && !members.contains_key("data") => {
            let group = |(name, results): (String, Value)| {
                group(Value::Object(Members::from_iter([
                    ("resource".to_owned(), name.into()),
                    ("results".to_owned(), results),
                ])))
            };
            Ok(members.into_iter().map(group).collect())
        }
        other => Ok(list(other, &["results"])?.into_iter().map(group).collect()),
    }
}

fn group(value: Value) -> SearchGroup {
    let mut value = value;
    let results = value.as_object_mut().and_then(|members| things(members, "results"));
    let mut group = SearchGroup::open(value, "label");
    group.results = results.or(group.results);
    group
}
