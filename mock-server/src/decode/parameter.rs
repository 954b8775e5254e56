//! Parameters in the styles of OpenAPI 3.0.3, "Style Values", exploded and not.

use std::borrow::Cow;

use serde_json::Value;
use tercet_spec::Contract;
use tercet_spec::contract::{Location, Parameter, Style};

use super::coerce::{self, Shape};
use super::tree::Tree;
use super::wire::{Pair, Wire, form_decode, is_utf8, percent, verbatim};
use super::{Fault, json};

type Decode = for<'t> fn(&'t str) -> Cow<'t, str>;

/// Reads a parameter; `None` when it was not sent. `capture` is the raw text of a path parameter.
pub(crate) fn parameter(
    contract: &Contract,
    parameter: &Parameter,
    wire: &Wire<'_>,
    capture: Option<&str>,
) -> Result<Option<Value>, Fault> {
    let reader = Reader { contract, parameter, shape: coerce::shape(contract, parameter.schema) };
    match parameter.location {
        Location::Path => capture.map(|raw| reader.path(raw)).transpose(),
        Location::Header => match wire.header_line(&parameter.name) {
            None => Ok(None),
            Some(Err(())) => Err(reader.fault("is not valid UTF-8")),
            Some(Ok(line)) => reader.delimited(line.trim(), ",", verbatim).map(Some),
        },
        Location::Query => reader.pairs(wire.pairs(), form_decode),
        Location::Cookie => reader.pairs(wire.cookies(), percent),
    }
}

/// Reads the raw text of a path parameter.
pub(crate) fn path_parameter(contract: &Contract, parameter: &Parameter, raw: &str) -> Result<Value, Fault> {
    Reader { contract, parameter, shape: coerce::shape(contract, parameter.schema) }.path(raw)
}

struct Reader<'c> {
    contract: &'c Contract,
    parameter: &'c Parameter,
    shape: Shape,
}

impl Reader<'_> {
    fn fault(&self, words: &str) -> Fault {
        let name = &self.parameter.name;
        Fault::unreadable(name, format!("{name} {words}"), &self.parameter.pointer)
            .ending_in(&self.parameter.outcome)
    }

    fn path(&self, raw: &str) -> Result<Value, Fault> {
        if !is_utf8(raw) {
            return Err(self.fault("is not valid UTF-8"));
        }
        if self.parameter.content.is_some() {
            return self.one(&percent(raw));
        }
        match self.parameter.style {
            Style::Label => {
                let text = raw.strip_prefix('.').ok_or_else(|| self.fault("does not begin with `.`"))?;
                // The 3.0 documents print `.blue.black.brown` where RFC 6570 says `.blue,black,brown`: both are read.
                let separator = if self.parameter.explode || !text.contains(',') { "." } else { "," };
                self.delimited(text, separator, percent)
            }
            Style::Matrix => self.matrix(raw),
            _ => self.delimited(raw, ",", percent),
        }
    }

    fn matrix(&self, raw: &str) -> Result<Value, Fault> {
        let text = raw.strip_prefix(';').ok_or_else(|| self.fault("does not begin with `;`"))?;
        let own = |part: &'_ str| -> Option<String> {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            (percent(name) == self.parameter.name).then(|| value.to_owned())
        };
        match (self.shape, self.parameter.explode) {
            (Shape::Object, true) => self.delimited(text, ";", percent),
            (Shape::Array, true) => {
                let texts = text.split(';').map(own).collect::<Option<Vec<_>>>();
                let texts = texts.ok_or_else(|| self.fault("is not written as `;name=value`"))?;
                let texts = texts.iter().map(|text| percent(text));
                Ok(coerce::array(self.contract, self.parameter.schema, texts))
            }
            _ => {
                let value = own(text).ok_or_else(|| self.fault("is not written as `;name=value`"))?;
                self.delimited(&value, ",", percent)
            }
        }
    }

    /// One text with a delimiter between its parts.
    fn delimited(&self, raw: &str, separator: &str, decode: Decode) -> Result<Value, Fault> {
        let schema = self.parameter.schema;
        if self.parameter.content.is_some() {
            return self.one(&decode(raw));
        }
        match self.shape {
            Shape::Scalar => Ok(coerce::scalar(self.contract, Some(schema), &decode(raw))),
            Shape::Array if raw.is_empty() => Ok(Value::Array(Vec::new())),
            Shape::Array => {
                let texts = raw.split(separator).map(|text| decode(text.trim()));
                Ok(coerce::array(self.contract, schema, texts))
            }
            Shape::Object => {
                let parts: Vec<_> = if raw.is_empty() { Vec::new() } else { raw.split(separator).collect() };
                if self.parameter.explode {
                    let members = parts.iter().map(|part| part.split_once('=').unwrap_or((part, "")));
                    let members = members.map(|(name, text)| (decode(name.trim()), decode(text.trim())));
                    return Ok(coerce::object(self.contract, schema, members));
                }
                if !parts.len().is_multiple_of(2) {
                    return Err(self.fault("is not a list of names and values"));
                }
                let members = parts.chunks_exact(2).map(|two| (decode(two[0].trim()), decode(two[1].trim())));
                Ok(coerce::object(self.contract, schema, members))
            }
        }
    }

    /// A text that is a document itself (`content`).
    fn one(&self, text: &str) -> Result<Value, Fault> {
        let media = self.parameter.content.as_deref().unwrap_or_default();
        if crate::negotiate::is_json(media) {
            return json::read(text.as_bytes()).map_err(|why| self.fault(&format!("is not JSON: {why}")));
        }
        Ok(coerce::scalar(self.contract, Some(self.parameter.schema), text))
    }

    fn pairs(&self, pairs: &[Pair<'_>], decode: Decode) -> Result<Option<Value>, Fault> {
        if pairs.is_empty() {
            return Ok(None);
        }
        let schema = self.parameter.schema;
        if self.parameter.style == Style::DeepObject {
            return self.deep(pairs);
        }
        if self.shape == Shape::Object && self.parameter.explode && self.parameter.content.is_none() {
            return Ok(self.spread(pairs));
        }
        let mut own = pairs.iter().filter(|pair| pair.name == self.parameter.name);
        let Some(first) = own.next() else { return Ok(None) };
        let rest: Vec<_> = own.collect();
        if std::iter::once(&first).chain(&rest).any(|pair| !is_utf8(pair.raw)) {
            return Err(self.fault("is not valid UTF-8"));
        }
        if self.shape == Shape::Array && (self.parameter.explode || !rest.is_empty()) {
            let texts = std::iter::once(first).chain(rest).map(|pair| pair.value.as_ref());
            return Ok(Some(coerce::array(self.contract, schema, texts)));
        }
        if !rest.is_empty() {
            // Which of them was meant? A list is what most frameworks make of it, and validation refuses it.
            let texts = std::iter::once(first).chain(rest).map(|pair| pair.value.as_ref().into());
            return Ok(Some(Value::Array(texts.collect())));
        }
        self.single(first, decode).map(Some)
    }

    /// A list or object in one pair.
    fn single(&self, pair: &Pair<'_>, decode: Decode) -> Result<Value, Fault> {
        let encoded = match self.parameter.style {
            Style::SpaceDelimited => ["%20", "+", " "],
            Style::PipeDelimited => ["%7C", "%7c", "|"],
            _ => {
                // URLSearchParams cannot send a bare comma. Where elements are no texts an encoded one can only separate.
                let words = coerce::items(self.contract, self.parameter.schema).is_none_or(|items| {
                    self.contract.schema(items).allows(tercet_spec::contract::Type::String)
                });
                if self.shape == Shape::Array && !words && !pair.raw.contains(',') {
                    return self.delimited(&pair.value, ",", verbatim);
                }
                return self.delimited(pair.raw, ",", decode);
            }
        };
        if self.shape == Shape::Scalar {
            return self.delimited(pair.raw, ",", decode);
        }
        let mut raw = Cow::Borrowed(pair.raw);
        for sign in encoded {
            if raw.contains(sign) {
                raw = Cow::Owned(raw.replace(sign, "\n"));
            }
        }
        self.delimited(&raw, "\n", decode)
    }

    /// An exploded object: its properties stand in the query by themselves.
    fn spread(&self, pairs: &[Pair<'_>]) -> Option<Value> {
        let schema = self.parameter.schema;
        let own = |pair: &&Pair<'_>| coerce::property(self.contract, schema, &pair.name).is_some();
        let mut members = pairs.iter().filter(own).map(|pair| (&*pair.name, &pair.value)).peekable();
        members.peek()?;
        Some(coerce::object(self.contract, schema, members))
    }

    fn deep(&self, pairs: &[Pair<'_>]) -> Result<Option<Value>, Fault> {
        let name = self.parameter.name.as_str();
        let mut tree = Tree::default();
        for pair in pairs {
            let own = pair.name.strip_prefix(name).is_some_and(|rest| rest.starts_with('['));
            if !own {
                continue;
            }
            if !is_utf8(pair.raw) {
                return Err(self.fault("is not valid UTF-8"));
            }
            tree.insert(&pair.name, pair.value.clone().into_owned())
                .map_err(|why| self.fault(&format!("cannot be read: {why}")))?;
        }
        Ok(tree.take(name).map(|tree| tree.value(self.contract, Some(self.parameter.schema))))
    }
}
