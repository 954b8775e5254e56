//! State beside the collections: what a platform keeps that no schema of its document describes.

use std::any::Any;
use std::fmt;
use std::sync::Arc;

use serde_json::Value;

use crate::outcome::Outcome;

/// What a platform keeps beside its collections. It is part of [`State`](crate::state::State): transactions, snapshots,
/// namespaces, resets and the state file hold it like records. So a copy must be cheap (persistent maps, shared parts).
pub trait Extension: Any + Send + Sync {
    /// A copy. What is done to one does not show in the other.
    fn copy(&self) -> Box<dyn Extension>;

    /// Everything it keeps, for [`ActionTable::restore_extension`](crate::action::ActionTable::restore_extension) to read;
    /// null for nothing.
    fn to_json(&self) -> Value;
}

/// Nothing beside the collections.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoExtension;

impl Extension for NoExtension {
    fn copy(&self) -> Box<dyn Extension> {
        Box::new(*self)
    }

    fn to_json(&self) -> Value {
        Value::Null
    }
}

/// The place in a state where an extension stands: shared until somebody changes it.
#[derive(Clone)]
pub(crate) struct Slot(Arc<dyn Extension>);

impl Slot {
    pub(crate) fn new(extension: Box<dyn Extension>) -> Self {
        Self(Arc::from(extension))
    }

    pub(crate) fn to_json(&self) -> Value {
        self.0.to_json()
    }

    pub(crate) fn get<T: Extension>(&self) -> Result<&T, Outcome> {
        let any: &dyn Any = self.0.as_ref();
        any.downcast_ref().ok_or_else(wrong::<T>)
    }

    pub(crate) fn get_mut<T: Extension>(&mut self) -> Result<&mut T, Outcome> {
        self.get::<T>()?;
        if Arc::get_mut(&mut self.0).is_none() {
            self.0 = Arc::from(self.0.copy());
        }
        let any: Option<&mut dyn Any> = Arc::get_mut(&mut self.0).map(|own| own as &mut dyn Any);
        any.and_then(|any| any.downcast_mut()).ok_or_else(wrong::<T>)
    }

    /// Whether both keep the same.
    pub(crate) fn same(&self, other: &Self) -> bool {
        self.is(other) || self.to_json() == other.to_json()
    }

    /// Whether nobody has changed one since it was copied from the other.
    pub(crate) fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl fmt::Debug for Slot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Extension")
    }
}

fn wrong<T>() -> Outcome {
    let name = std::any::type_name::<T>();
    Outcome::new("internal", format!("what is kept beside the collections is no `{name}`"))
}
