//! What is served, made once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use saphyr::{LoadableYamlNode, Yaml, YamlEmitter};
use tercet_spec::Contract;
use tercet_spec::contract::{DocumentFormat, DocumentationPage};

use super::{bare, page};
use crate::scope::Asset;

/// What was asked for so far.
#[derive(Debug, Default)]
pub(crate) struct Library {
    made: Mutex<HashMap<Key, Arc<Asset>>>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Key {
    Document(DocumentFormat),
    Page(DocumentationPage, String),
}

impl Library {
    /// The document as clients may see it.
    ///
    /// # Errors
    /// A sentence, where it cannot be written so.
    pub(crate) fn document(&self, contract: &Contract, format: DocumentFormat) -> Result<Arc<Asset>, String> {
        self.get(Key::Document(format), || {
            let json = bare::document(contract).to_string();
            Ok(match format {
                DocumentFormat::Json => Asset { body: json.into(), media_type: "application/json" },
                // RFC 9512
                DocumentFormat::Yaml => Asset { body: yaml(&json)?.into(), media_type: "application/yaml" },
            })
        })
    }

    /// A page that shows the document at `path`.
    ///
    /// # Errors
    /// None at present; as [`document`](Self::document).
    pub(crate) fn page(
        &self,
        contract: &Contract,
        kind: DocumentationPage,
        path: &str,
    ) -> Result<Arc<Asset>, String> {
        self.get(Key::Page(kind, path.to_owned()), || {
            let body = page::html(contract, kind, path).into();
            Ok(Asset { body, media_type: "text/html; charset=utf-8" })
        })
    }

    fn get(&self, key: Key, make: impl FnOnce() -> Result<Asset, String>) -> Result<Arc<Asset>, String> {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = made.get(&key) {
            return Ok(Arc::clone(known));
        }
        let asset = Arc::new(make()?);
        made.insert(key, Arc::clone(&asset));
        Ok(asset)
    }
}

/// JSON is YAML already (YAML 1.2, 1.3); this is how people write it.
fn yaml(json: &str) -> Result<String, String> {
    let documents = Yaml::load_from_str(json).map_err(|error| error.to_string())?;
    let mut text = String::new();
    for document in &documents {
        YamlEmitter::new(&mut text).dump(document).map_err(|error| error.to_string())?;
    }
    text.push('\n');
    Ok(text)
}
