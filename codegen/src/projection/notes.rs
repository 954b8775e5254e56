//! The document being projected, and what is said about it on the way.

use std::collections::HashSet;

use serde_json::Value;
use tercet_spec::{Diagnostic, Document, Pointer};

/// Reads the document and collects diagnostics.
pub(crate) struct Notes<'d> {
    pub(crate) document: &'d Document,
    pub(crate) diagnostics: Vec<Diagnostic>,
    said: HashSet<(&'static str, String, Pointer)>,
    depth: usize,
}

/// How many references may lead to references before it is a circle.
const DEPTH: usize = 32;

impl<'d> Notes<'d> {
    pub(crate) fn new(document: &'d Document) -> Self {
        Self { document, diagnostics: Vec::new(), said: HashSet::new(), depth: 0 }
    }

    /// Says what the client does not keep, though nothing breaks.
    pub(crate) fn note(&mut self, code: &'static str, at: &Pointer, message: impl Into<String>, help: &str) {
        self.push(Diagnostic::note(code, message), at, help);
    }

    /// Says what users of the client will miss.
    pub(crate) fn warning(
        &mut self,
        code: &'static str,
        at: &Pointer,
        message: impl Into<String>,
        help: &str,
    ) {
        self.push(Diagnostic::warning(code, message), at, help);
    }

    /// Says what makes a client impossible.
    pub(crate) fn error(&mut self, code: &'static str, at: &Pointer, message: impl Into<String>, help: &str) {
        self.push(Diagnostic::error(code, message), at, help);
    }

    fn push(&mut self, diagnostic: Diagnostic, at: &Pointer, help: &str) {
        if self.said.insert((diagnostic.code, diagnostic.message.clone(), at.clone())) {
            self.diagnostics.push(diagnostic.at(self.document, at).help(help));
        }
    }

    /// Looks through schemas that repeat others, `at` being one of them; `otherwise` when they never come to an end.
    pub(crate) fn look_through<T>(
        &mut self,
        at: &Pointer,
        otherwise: T,
        look: impl FnOnce(&mut Self) -> T,
    ) -> T {
        if self.depth >= DEPTH {
            self.error(
                "schema-cycle",
                at,
                "this schema is made of itself",
                "break the circle: let it be a property or an item of itself",
            );
            return otherwise;
        }
        self.depth += 1;
        let found = look(self);
        self.depth -= 1;
        found
    }

    /// What `at` points at, and where that really stands once references are followed.
    /// A reference that leads nowhere is an error and gives `None`.
    pub(crate) fn resolve(&mut self, at: &Pointer) -> Option<(&'d Value, Pointer)> {
        let mut at = at.clone();
        for _ in 0..DEPTH {
            let value = self.document.get(&at)?;
            let Some(reference) = value.get("$ref").and_then(Value::as_str) else {
                return Some((value, at));
            };
            let Some(target) = target(reference) else {
                self.error(
                    "remote-reference",
                    &at.child("$ref"),
                    format!("`{reference}` leads out of the document"),
                    "make one document of all files first, with `redocly bundle` or `swagger-cli bundle`, say",
                );
                return None;
            };
            if self.document.get(&target).is_none() {
                self.error(
                    "dangling-reference",
                    &at.child("$ref"),
                    format!("`{reference}` leads nowhere"),
                    "correct the reference, or add what it refers to",
                );
                return None;
            }
            at = target;
        }
        self.error("reference-cycle", &at, "this reference leads back to itself", "break the circle");
        None
    }
}

/// The pointer in a local reference; `None` for one that leaves the document.
pub(crate) fn target(reference: &str) -> Option<Pointer> {
    let fragment = reference.strip_prefix('#')?;
    Pointer::parse(&unescape(fragment))
}

fn unescape(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let pair = (first == b'%').then(|| tail.get(..2)).flatten();
        let code = pair
            .and_then(|pair| std::str::from_utf8(pair).ok())
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match code {
            Some(code) => {
                bytes.push(code);
                rest = &tail[2..];
            }
            None => {
                bytes.push(first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}
