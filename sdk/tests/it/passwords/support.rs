//! Objects of a caller's own, and the vectors.

use serde_json::{Map, Value};
use tercet_sdk::passwords::{Encryptable, Encryption, Passphrase};

/// What the platform's own JavaScript library made of passphrases and texts, and how it was run.
pub(crate) fn by_javascript() -> Value {
    serde_json::from_str(include_str!("passwords-client.json")).unwrap()
}

/// What `vectors.py` computes.
pub(crate) fn by_python() -> Value {
    serde_json::from_str(include_str!("vectors.json")).unwrap()
}

pub(crate) fn passphrase(text: &str) -> Passphrase {
    Passphrase::new(text).unwrap()
}

pub(crate) fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// A password, a folder or a tag as the JSON that it is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Object {
    pub(crate) members: Map<String, Value>,
    /// Those that are encrypted, `None` where they are not there.
    texts: Vec<(&'static str, Option<String>)>,
    pub(crate) inside: Vec<Object>,
}

impl Object {
    pub(crate) fn new(kind: &str, members: &Value) -> Self {
        let names: &[&'static str] = match kind {
            "password" => &["url", "label", "notes", "password", "username", "customFields"],
            "folder" => &["label"],
            "tag" => &["label", "color"],
            other => panic!("{other}"),
        };
        let mut members = members.as_object().unwrap().clone();
        let texts = names.iter().map(|name| {
            let value = members.shift_remove(*name);
            (*name, value.and_then(|value| value.as_str().map(str::to_owned)))
        });
        let texts = texts.collect();
        Self { members, texts, inside: Vec::new() }
    }

    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.texts.iter().find(|(known, _)| *known == name)?.1.as_deref()
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &'static str> {
        self.texts.iter().map(|(name, _)| *name)
    }

    fn member(&self, name: &str) -> &str {
        self.members.get(name).and_then(Value::as_str).unwrap_or_default()
    }
}

impl Encryptable for Object {
    fn texts(&mut self) -> Vec<(&'static str, &mut String)> {
        self.texts.iter_mut().filter_map(|(name, text)| Some((*name, text.as_mut()?))).collect()
    }

    fn encryption(&self) -> Encryption {
        Encryption::of(self.member("cseType"), self.member("cseKey"))
    }

    fn set_encryption(&mut self, encryption: &Encryption) {
        self.members.insert("cseType".to_owned(), encryption.cse_type().into());
        self.members.insert("cseKey".to_owned(), encryption.cse_key().into());
    }

    fn plain_password(&self) -> Option<&str> {
        self.text("password")
    }

    fn set_hash(&mut self, hash: String) {
        self.members.insert("hash".to_owned(), hash.into());
    }

    fn parts(&mut self) -> Vec<&mut dyn Encryptable> {
        self.inside.iter_mut().map(|part| part as &mut dyn Encryptable).collect()
    }
}
