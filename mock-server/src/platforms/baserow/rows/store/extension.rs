//! The store as what the platform keeps beside its collections.

use serde_json::Value;

use super::RowStore;
use crate::extension::Extension;

impl Extension for RowStore {
    fn copy(&self) -> Box<dyn Extension> {
        Box::new(self.clone())
    }

    fn to_json(&self) -> Value {
        Self::to_json(self)
    }
}
