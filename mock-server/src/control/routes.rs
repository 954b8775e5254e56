//! The routes of the control interface, and what they do.

use std::sync::Arc;

use axum::extract::{DefaultBodyLimit, Path, Query, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, post};
use axum::{Json, Router, middleware};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::{BASE, clock, gate};
use crate::credentials::{self, PresentableCredential};
use crate::journal::{Entry, Filter};
use crate::problem::Problem;
use crate::shared::Shared;

/// The description of this interface.
const DOCUMENT: &str = include_str!("../../control.openapi.yaml");

/// A state that is put may be large: it is this machine's own.
const LARGEST_STATE: usize = 1024 * 1024 * 1024;

/// All routes under `/_mock`.
pub(crate) fn router(shared: &Arc<Shared>) -> Router<Arc<Shared>> {
    let routes = Router::new()
        .route("/", get(overview))
        .route("/openapi.yaml", get(own_document))
        .route("/certificate.pem", get(certificate))
        .route("/document", get(document))
        .route("/reset", post(reset))
        .route("/state", get(state).put(replace_state))
        .route("/journal", get(journal).delete(clear_journal))
        .route("/clock", get(clock::show).put(clock::set).post(clock::advance))
        .route("/credentials", get(list_credentials))
        .route("/namespaces", get(namespaces).delete(remove_namespaces))
        .route("/namespaces/{name}", delete(remove_namespace))
        .fallback(|State(shared): State<Arc<Shared>>| async move {
            Problem::new(
                StatusCode::NOT_FOUND,
                format!("the control interface has no such path; see `{}/openapi.yaml`", shared.control),
            )
        });
    // A nested `/` is `/_mock` alone.
    let slash = Router::new().route(&format!("{}/", shared.control), get(overview));
    guarded(Router::new().nest(shared.control, routes), shared).merge(guarded(slash, shared))
}

fn guarded(routes: Router<Arc<Shared>>, shared: &Arc<Shared>) -> Router<Arc<Shared>> {
    routes
        .method_not_allowed_fallback(|State(shared): State<Arc<Shared>>| async move {
            Problem::new(
                StatusCode::METHOD_NOT_ALLOWED,
                format!("this path has other methods; see `Allow` and `{}/openapi.yaml`", shared.control),
            )
        })
        .layer(DefaultBodyLimit::max(LARGEST_STATE))
        .layer(middleware::from_fn_with_state(Arc::clone(shared), gate::gate))
}

/// Reads a JSON body.
pub(super) fn read<T: DeserializeOwned>(body: &Bytes) -> Result<T, Problem> {
    serde_json::from_slice(body)
        .map_err(|error| Problem::bad_request(format!("the body is not as expected: {error}")))
}

async fn overview(State(shared): State<Arc<Shared>>) -> Json<Value> {
    let contract = &shared.pipeline.contract;
    Json(json!({
        "title": contract.title,
        "version": contract.version,
        "document": contract.document.name(),
        "basePath": contract.base_path,
        "stateful": contract.is_stateful(),
        "operations": contract.operations.len(),
    }))
}

/// The description of this interface, with where it is.
async fn own_document(State(shared): State<Arc<Shared>>) -> Response {
    yaml(DOCUMENT.replace(BASE, shared.control))
}

async fn document(State(shared): State<Arc<Shared>>) -> Response {
    let text = shared.pipeline.contract.document.text().to_owned();
    if text.trim_start().starts_with('{') {
        return ([(header::CONTENT_TYPE, "application/json")], text).into_response();
    }
    yaml(text)
}

async fn certificate(State(shared): State<Arc<Shared>>) -> Result<Response, Problem> {
    let Some(pem) = shared.certificate.clone() else {
        return Err(Problem::new(
            StatusCode::NOT_FOUND,
            "there is no certificate: the server speaks plain HTTP; start it with `--tls`",
        ));
    };
    // RFC 8555, 9.1
    Ok(([(header::CONTENT_TYPE, "application/pem-certificate-chain")], pem).into_response())
}

fn yaml(text: String) -> Response {
    let mut response = text.into_response();
    // RFC 9512
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/yaml"));
    response
}

/// Back to the seeds: the common world with all namespaces and the journal, or just the namespace that the header names.
async fn reset(State(shared): State<Arc<Shared>>, headers: HeaderMap) -> Result<StatusCode, Problem> {
    let (world, namespace) = shared.world(&headers)?;
    world.replace(shared.pipeline.engine.initial_state());
    if namespace.is_none() {
        shared.worlds.remove_all();
        shared.journal.clear();
    }
    Ok(StatusCode::NO_CONTENT)
}

async fn state(State(shared): State<Arc<Shared>>, headers: HeaderMap) -> Result<Json<Value>, Problem> {
    Ok(Json(shared.world(&headers)?.0.state().to_json()))
}

async fn replace_state(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<StatusCode, Problem> {
    let json: Value = read(&body)?;
    let (world, _) = shared.world(&headers)?;
    let state = shared.pipeline.engine.restore(&json).map_err(|errors| {
        Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "the state does not fit the document").errors(errors)
    })?;
    world.replace(state);
    Ok(StatusCode::NO_CONTENT)
}

async fn journal(
    State(shared): State<Arc<Shared>>,
    filter: Result<Query<Filter>, axum::extract::rejection::QueryRejection>,
) -> Result<Json<Vec<Entry>>, Problem> {
    let Query(filter) = filter.map_err(|error| Problem::bad_request(error.body_text()))?;
    Ok(Json(shared.entries(&filter)))
}

async fn clear_journal(State(shared): State<Arc<Shared>>) -> StatusCode {
    shared.journal.clear();
    StatusCode::NO_CONTENT
}

async fn list_credentials(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
) -> Result<Json<Vec<PresentableCredential>>, Problem> {
    let (world, _) = shared.world(&headers)?;
    Ok(Json(credentials::list(&shared.pipeline, &world.state())))
}

async fn namespaces(State(shared): State<Arc<Shared>>) -> Json<Vec<String>> {
    Json(shared.worlds.names())
}

async fn remove_namespaces(State(shared): State<Arc<Shared>>) -> StatusCode {
    shared.worlds.remove_all();
    StatusCode::NO_CONTENT
}

async fn remove_namespace(
    State(shared): State<Arc<Shared>>,
    Path(name): Path<String>,
) -> Result<StatusCode, Problem> {
    if shared.worlds.remove(&name) {
        return Ok(StatusCode::NO_CONTENT);
    }
    Err(Problem::new(StatusCode::NOT_FOUND, "there is no namespace of that name"))
}
