//! Named actions: effects written in Rust, for what a document cannot say.

use serde_json::{Map, Value};
use tercet_spec::contract::Setting;

use crate::effect::{Request, insert, merge_into, set_in};
use crate::entropy::{Entropy, Timestamp};
use crate::extension::{Extension, NoExtension};
use crate::inputs::Inputs;
use crate::jwt::{self, JwtError};
use crate::outcome::Outcome;
use crate::scope::{Bindings, Bound};
use crate::state::{Difference, Record, State, Transaction};

/// The named actions of a platform. The generated adapter implements it on top of a trait with one typed method per action.
pub trait ActionTable: Send + Sync {
    /// The names of the actions it has.
    fn names(&self) -> &[&str];

    /// Runs an action with its input.
    ///
    /// # Errors
    /// The outcome it ends in, which must be one that the step's `outcomes` names.
    fn call(
        &self,
        name: &str,
        context: &mut ActionContext<'_>,
        input: Map<String, Value>,
    ) -> Result<Value, Outcome>;

    /// What the platform keeps beside its collections, as it is at first; nothing unless said otherwise.
    fn extension(&self) -> Box<dyn Extension> {
        Box::new(NoExtension)
    }

    /// What [`Extension::to_json`] wrote, or a person.
    ///
    /// # Errors
    /// Everything wrong with it, a sentence each.
    fn restore_extension(&self, json: &Value) -> Result<Box<dyn Extension>, Vec<String>> {
        let _ = json;
        Err(vec!["this document keeps nothing beside its collections".to_owned()])
    }

    /// Adds to the first state, after the document's seeds; nothing unless said otherwise. Nobody is calling then, and
    /// there is no request but the time.
    ///
    /// # Errors
    /// The outcome of what could not be done: the document cannot be served then.
    fn seed(&self, context: &mut ActionContext<'_>) -> Result<(), Outcome> {
        let _ = context;
        Ok(())
    }

    /// Whether [`after`](Self::after) is to be called: what it compares with is kept for it only then.
    fn watches(&self) -> bool {
        false
    }

    /// Looks at what an operation that can change something has done, within its transaction, where these actions
    /// [watch](Self::watches). `before` is the state that it began with.
    ///
    /// # Errors
    /// `internal`: the operation comes to nothing then.
    fn after(&self, context: &mut ActionContext<'_>, operation: &str, before: &State) -> Result<(), Outcome> {
        let _ = (context, operation, before);
        Ok(())
    }
}

/// No actions.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoActions;

impl ActionTable for NoActions {
    fn names(&self) -> &[&str] {
        &[]
    }

    fn call(&self, name: &str, _: &mut ActionContext<'_>, _: Map<String, Value>) -> Result<Value, Outcome> {
        Err(Outcome::new("internal", format!("there is no action `{name}`")))
    }
}

/// What an action can see and do. Everything it writes is part of the operation's transaction: when the action, or a
/// later step, fails, none of it has happened.
pub struct ActionContext<'a> {
    request: Request<'a>,
    tx: &'a mut Transaction,
    bindings: &'a Bindings,
    produced: Option<Bound<'static>>,
}

impl<'a> ActionContext<'a> {
    pub(crate) fn new(request: Request<'a>, tx: &'a mut Transaction, bindings: &'a Bindings) -> Self {
        Self { request, tx, bindings, produced: None }
    }

    pub(crate) fn take_produced(&mut self) -> Option<Bound<'static>> {
        self.produced.take()
    }

    /// The request. A body that the step gives to the action as a whole (`with: { document: $request.body }`) is in the
    /// action's input instead, if nothing else looks at it.
    #[must_use]
    pub fn inputs(&self) -> &'a Inputs {
        self.request.inputs
    }

    /// A setting's value.
    #[must_use]
    pub fn setting(&self, name: &str) -> Option<&'a Value> {
        self.request.model.settings.get(name)
    }

    /// The settings that the document has, in its order, with their values.
    pub fn settings(&self) -> impl Iterator<Item = (&'a Setting, &'a Value)> {
        let model = self.request.model;
        let declared = model.contract.settings.iter();
        declared.filter_map(|setting| Some((setting, model.settings.get(&setting.name)?)))
    }

    /// The operations of the document, in its order: the `operationId`, the method, the path with its parameters in braces.
    pub fn operations(&self) -> impl Iterator<Item = (&'a str, &'a str, &'a str)> + use<'a> {
        let operations = self.request.model.contract.operations.iter();
        operations.map(|one| (one.id.as_str(), one.method.as_str(), one.path.text.as_str()))
    }

    /// The time of the request.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.request.inputs.now
    }

    /// The time of the request as the platform writes times (`x-conduct.timestamps`).
    #[must_use]
    pub fn now_text(&self) -> String {
        self.now().rfc3339(self.request.model.contract.conduct.fraction)
    }

    /// Scheme and host as the client addressed the server, without a slash at the end.
    #[must_use]
    pub fn origin(&self) -> &'a str {
        &self.request.inputs.origin
    }

    /// A header of the request, declared or not; `None` where it is not there or is no text. The name's case does not count.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&'a str> {
        self.request.inputs.headers.get(name)?.to_str().ok()
    }

    /// Whether this security scheme let the caller in.
    #[must_use]
    pub fn signed_in_by(&self, scheme: &str) -> bool {
        self.request.callers.schemes().any(|one| one == scheme)
    }

    /// A JSON Web Token (RFC 7519) with these claims, signed with HS256. Times among `exp`, `nbf` and `iat` may be RFC 3339.
    ///
    /// # Errors
    /// `internal` when the claims are no object.
    pub fn sign_jwt(&self, claims: Value, secret: &str) -> Result<String, Outcome> {
        jwt::sign(members(claims)?, secret.as_bytes())
            .map_err(|error| Outcome::new("internal", format!("a token could not be signed: {error}")))
    }

    /// The claims of a token that was signed with HS256 and this secret, and is valid at the time of the request.
    ///
    /// # Errors
    /// Why it is not accepted.
    pub fn verify_jwt(&self, token: &str, secret: &str) -> Result<Value, JwtError> {
        jwt::verify(token, secret.as_bytes(), self.now())
    }

    /// What the platform keeps beside the collections.
    ///
    /// # Errors
    /// `internal` when it is not of that type.
    pub fn extension<T: Extension>(&self) -> Result<&T, Outcome> {
        self.tx.state.extension.get()
    }

    /// As [`extension`](Self::extension), to change it. As with records, nothing has happened when the operation fails.
    ///
    /// # Errors
    /// As [`extension`](Self::extension).
    pub fn extension_mut<T: Extension>(&mut self) -> Result<&mut T, Outcome> {
        self.tx.state.extension.get_mut()
    }

    /// Chance.
    pub fn entropy(&mut self) -> &mut Entropy {
        &mut self.tx.state.entropy
    }

    /// The record that the credential belongs to.
    #[must_use]
    pub fn caller(&self) -> Option<&'a Record> {
        match self.request.callers.caller() {
            Some(Bound::Record(record)) => Some(record),
            _ => None,
        }
    }

    /// The record that a security scheme recognised; `None` when it let nobody in.
    #[must_use]
    pub fn recognised(&self, scheme: &str) -> Option<&'a Record> {
        self.request.callers.recognised(scheme)
    }

    /// What an earlier step bound with `as`.
    #[must_use]
    pub fn bound(&self, name: &str) -> Option<&'a Bound<'static>> {
        self.bindings.get(name)
    }

    /// The state with everything this operation did so far.
    #[must_use]
    pub fn state(&self) -> &State {
        self.tx.state()
    }

    /// The record with that key.
    ///
    /// # Errors
    /// `internal` when there is no such collection; so with the functions below.
    pub fn get(&self, collection: &str, key: &Value) -> Result<Option<Record>, Outcome> {
        Ok(self.tx.state.find(self.collection(collection)?, key).cloned())
    }

    /// The first record whose fields have these values. An index is used where there is one.
    ///
    /// # Errors
    /// As [`get`](Self::get).
    pub fn find(&self, collection: &str, fields: &[(&str, &Value)]) -> Result<Option<Record>, Outcome> {
        let collection = self.collection(collection)?;
        Ok(self.tx.state.matching(collection, fields).next().cloned())
    }

    /// The records whose fields have these values, in order of creation. An index is used where there is one.
    ///
    /// # Errors
    /// As [`get`](Self::get).
    pub fn all(&self, collection: &str, fields: &[(&str, &Value)]) -> Result<Vec<Record>, Outcome> {
        let collection = self.collection(collection)?;
        Ok(self.tx.state.matching(collection, fields).cloned().collect())
    }

    /// Makes a record. Defaults and assigned fields are filled in where `fields` does not name them.
    ///
    /// # Errors
    /// `conflict` when a unique value is taken, `invalid` when a reference is missing.
    pub fn insert(&mut self, collection: &str, fields: Value) -> Result<Record, Outcome> {
        let collection = self.collection(collection)?;
        insert(&self.request, self.tx, self.bindings, collection, members(fields)?)
    }

    /// Merges fields into a record and gives the record as it is now.
    ///
    /// # Errors
    /// `conflict` when a unique value is taken.
    pub fn update(&mut self, record: &Record, changes: Value) -> Result<Record, Outcome> {
        let changes = members(changes)?;
        let names: Vec<String> = changes.keys().cloned().collect();
        let named = |name: &str| names.iter().any(|one| one == name);
        let current = self.current(record)?;
        merge_into(&self.request, self.tx, self.bindings, &current, changes, &named)
    }

    /// As [`update`](Self::update), but objects take the place of what was there: nothing is merged, and nulls within them
    /// stay. For fields that hold a document of the client's.
    ///
    /// # Errors
    /// `conflict` when a unique value is taken.
    pub fn set(&mut self, record: &Record, changes: Value) -> Result<Record, Outcome> {
        let current = self.current(record)?;
        set_in(&self.request, self.tx, self.bindings, &current, members(changes)?)
    }

    /// Removes records, and what their referrers' `on-delete` says follows.
    ///
    /// # Errors
    /// `conflict` when a record elsewhere refers to one of them with `restrict`.
    pub fn delete(&mut self, records: &[Record]) -> Result<(), Outcome> {
        self.tx.delete(records)
    }

    /// What this operation has done to records since `before`, the state that it began with.
    #[must_use]
    pub fn differences(&self, before: &State) -> Vec<Difference> {
        self.tx.differences(before)
    }

    /// Makes a record again what it was before a difference. Fields that the difference says nothing of stay as they are.
    ///
    /// # Errors
    /// `conflict` when one of the others has changed since, `not-found` when the record is gone.
    pub fn revert(&mut self, difference: &Difference) -> Result<(), Outcome> {
        self.tx.revert(difference)
    }

    /// Tries something: when it fails, nothing of it has happened.
    ///
    /// # Errors
    /// Those of `act`, and references that lead nowhere.
    pub fn attempt<T>(&mut self, act: impl FnOnce(&mut Self) -> Result<T, Outcome>) -> Result<T, Outcome> {
        let before = self.tx.clone();
        let done = act(self).and_then(|done| self.tx.settle().map(|()| done));
        if done.is_err() {
            *self.tx = before;
        }
        done
    }

    /// The record as it is now, when it was read before something changed it.
    ///
    /// # Errors
    /// `not-found` when it is gone.
    pub fn current(&self, record: &Record) -> Result<Record, Outcome> {
        let now = self.tx.state.table(record.collection()).get(record.sequence());
        now.cloned().ok_or_else(|| Outcome::not_found("the record is gone"))
    }

    /// The record that a field of `record` refers to; `None` when it refers to none.
    #[must_use]
    pub fn referred(&self, record: &Record, field: &str) -> Option<Record> {
        let refers = self.request.model.collections[record.collection()].field(field)?.reference?;
        self.tx.state.find(refers.to, record.get(field)?).cloned()
    }

    /// Lets a record, rather than the action's value, be what the operation produced: it is rendered as records are.
    pub fn produce(&mut self, record: Record) {
        self.produced = Some(Bound::Record(record));
    }

    /// As [`produce`](Self::produce) for several records.
    pub fn produce_all(&mut self, records: Vec<Record>) {
        self.produced = Some(Bound::Records(records.into()));
    }

    fn collection(&self, name: &str) -> Result<usize, Outcome> {
        let found = self.request.model.collection_named(name);
        found.ok_or_else(|| Outcome::new("internal", format!("there is no collection `{name}`")))
    }
}

fn members(value: Value) -> Result<Map<String, Value>, Outcome> {
    match value {
        Value::Object(members) => Ok(members),
        _ => Err(Outcome::new("internal", "the fields of a record are not an object")),
    }
}
