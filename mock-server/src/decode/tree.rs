//! Names with brackets: `filter[author][name]=x`, `tags[]=a`, `tags[0]=a`.

use indexmap::IndexMap;
use serde_json::{Map, Value};
use tercet_spec::Contract;
use tercet_spec::contract::SchemaId;

use super::coerce::{self, Shape};

/// Deeper names are refused; the widest API known to us nests four.
const DEEPEST: usize = 32;

/// Texts under names under names.
#[derive(Debug, Default)]
pub(super) struct Tree {
    texts: Vec<String>,
    members: IndexMap<String, Tree>,
}

impl Tree {
    /// Puts a text where a name with brackets says.
    ///
    /// # Errors
    /// A sentence, when the name is nested too deeply or its brackets do not match.
    pub(super) fn insert(&mut self, name: &str, text: String) -> Result<(), String> {
        let (first, mut rest) = match name.find('[') {
            Some(at) => name.split_at(at),
            None => (name, ""),
        };
        let mut node = self.members.entry(first.to_owned()).or_default();
        let mut depth = 0;
        while !rest.is_empty() {
            depth += 1;
            let inner = rest.strip_prefix('[').and_then(|rest| rest.split_once(']'));
            let Some((key, after)) = inner else {
                return Err(format!("the brackets of `{}` do not match", shorten(name)));
            };
            if depth > DEEPEST {
                return Err(format!("`{}` is nested deeper than {DEEPEST} levels", shorten(name)));
            }
            rest = after;
            // `tags[]` adds to a list, as does `tags` written twice.
            if !(key.is_empty() && rest.is_empty()) {
                node = node.members.entry(key.to_owned()).or_default();
            }
        }
        node.texts.push(text);
        Ok(())
    }

    /// Takes out what stands under a plain name.
    pub(super) fn take(&mut self, name: &str) -> Option<Tree> {
        self.members.shift_remove(name)
    }

    /// All names at this level.
    pub(super) fn names(&self) -> Vec<String> {
        self.members.keys().cloned().collect()
    }

    /// The value, typed by its schema.
    pub(super) fn value(self, contract: &Contract, id: Option<SchemaId>) -> Value {
        let shape = id.map(|id| coerce::shape(contract, id));
        if !self.members.is_empty() {
            let numbered = self.members.keys().all(|key| key.parse::<u32>().is_ok());
            if shape == Some(Shape::Array) || (shape.is_none() && numbered) {
                let items = id.and_then(|id| coerce::items(contract, id));
                return self.members.into_values().map(|tree| tree.value(contract, items)).collect();
            }
            let mut map = Map::new();
            for (name, tree) in self.members {
                let property = id.and_then(|id| coerce::property(contract, id, &name));
                map.insert(name, tree.value(contract, property));
            }
            return Value::Object(map);
        }
        match (shape, id) {
            (Some(Shape::Array), Some(id)) => coerce::array(contract, id, self.texts.iter()),
            // One value where one is expected; several are a list, which validation will refuse.
            _ if self.texts.len() == 1 => coerce::scalar(contract, id, &self.texts[0]),
            _ => self.texts.into_iter().map(Value::String).collect(),
        }
    }
}

fn shorten(name: &str) -> String {
    name.chars().take(60).collect()
}
