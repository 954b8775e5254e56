//! Which operation a path and a method name: literals before parameters, 404 and 405 told apart.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use foldhash::fast::RandomState;
use percent_encoding::percent_decode_str;
use tercet_spec::Contract;
use tercet_spec::contract::{Flavour, Location, Operation, Parameter, Segment};

use crate::decode;

mod aliases;

/// The paths of a contract as a tree, made once.
#[derive(Debug)]
pub(crate) struct Routes {
    base: Vec<String>,
    root: Node,
    ignore_case: bool,
    ignore_trailing_slash: bool,
    missing_trailing_slash: bool,
    trailing_slash: bool,
    collapse_slashes: bool,
    head: bool,
    /// Where a parameter that breaks its schema makes a path an unknown one.
    fits: Option<Fits>,
    /// By operation: what `Allow` lists, where every answer carries it.
    allowed: Vec<String>,
}

/// What path parameters have to be for a path to be known.
#[derive(Debug)]
struct Fits {
    contract: Arc<Contract>,
    /// By operation: the index of each capture's parameter.
    parameters: Vec<Vec<Option<usize>>>,
}

/// What a path and a method lead to.
#[derive(Debug, PartialEq)]
pub(crate) enum Matched<'p> {
    /// An operation, with its path parameters as they were written.
    Operation {
        /// Its index in the contract.
        index: usize,
        /// The raw text of each parameter in the order of the template.
        captures: Vec<&'p str>,
    },
    /// The path is known, the method is not.
    OtherMethod {
        /// What `Allow` lists (RFC 9110, 10.2.1).
        allow: Vec<String>,
        /// An operation of that path.
        index: usize,
    },
    /// The path would be known with a slash at its end, and the platform has an answer of its own for that.
    MissingSlash,
    /// The path would be known without the slash at its end, and the platform has an answer of its own for that.
    ExtraSlash,
    /// No operation has such a path.
    Nothing,
}

#[derive(Debug, Default)]
struct Node {
    literals: HashMap<String, Node, RandomState>,
    mixed: Vec<(Vec<Segment>, Node)>,
    parameter: Option<Box<Node>>,
    /// Methods and the indices of their operations.
    ends: Vec<(String, usize)>,
}

impl Routes {
    pub(crate) fn new(contract: &Arc<Contract>) -> Self {
        let conduct = &contract.conduct;
        let fold = |text: &str| if conduct.ignore_case { text.to_lowercase() } else { text.to_owned() };
        let mut root = Node::default();
        for (index, operation) in contract.operations.iter().enumerate() {
            let segments = &operation.path.segments;
            let least = least(contract, operation);
            root.plant(segments, least, &fold, &mut |node| node.ends.push((operation.method.clone(), index)));
        }
        aliases::plant(contract, &mut root, &fold);
        let base = contract.base_path.split('/').filter(|part| !part.is_empty()).map(fold).collect();
        // The template `/` is one empty segment; the path is none, and so leads to the root.
        if let Some(own) = root.literals.remove("") {
            root.ends.extend(own.ends);
        }
        let mut allowed = Vec::new();
        if conduct.allow {
            allowed.resize(contract.operations.len(), String::new());
            root.allow(conduct.head, &mut allowed);
        }
        Self {
            base,
            root,
            ignore_case: conduct.ignore_case,
            ignore_trailing_slash: conduct.ignore_trailing_slash,
            missing_trailing_slash: conduct.missing_trailing_slash.is_some(),
            trailing_slash: conduct.trailing_slash.is_some(),
            collapse_slashes: conduct.collapse_slashes,
            head: conduct.head,
            fits: conduct.match_parameters.then(|| Fits::new(Arc::clone(contract))),
            allowed,
        }
    }

    /// What `Allow` lists for the path of an operation, where every answer carries it (`x-conduct.allow`).
    pub(crate) fn allowed(&self, operation: usize) -> Option<&str> {
        self.allowed.get(operation).map(String::as_str)
    }

    /// Finds the operation for a method and a raw path, which begins with `/` and has no query.
    pub(crate) fn find<'p>(&self, method: &str, path: &'p str) -> Matched<'p> {
        let Some(mut segments) = self.segments(path) else { return Matched::Nothing };
        match self.search(method, &segments) {
            Matched::Nothing if self.missing_trailing_slash && segments.last() != Some(&"") => {
                segments.push("");
                match self.search(method, &segments) {
                    Matched::Nothing => Matched::Nothing,
                    _ => Matched::MissingSlash,
                }
            }
            Matched::Nothing if self.trailing_slash && segments.last() == Some(&"") => {
                segments.pop();
                match self.search(method, &segments) {
                    Matched::Nothing => Matched::Nothing,
                    _ => Matched::ExtraSlash,
                }
            }
            found => found,
        }
    }

    fn search<'p>(&self, method: &str, segments: &[&'p str]) -> Matched<'p> {
        let mut search = Search {
            method,
            head: self.head,
            ignore_case: self.ignore_case,
            fits: self.fits.as_ref(),
            allow: Vec::new(),
            other: None,
        };
        let mut captures = Vec::new();
        if let Some(index) = search.descend(&self.root, segments, &mut captures) {
            return Matched::Operation { index, captures };
        }
        match search.other {
            Some(index) => Matched::OtherMethod { allow: search.allow, index },
            None => Matched::Nothing,
        }
    }

    /// The path's segments below the base path; `None` when it is not below it.
    fn segments<'p>(&self, path: &'p str) -> Option<Vec<&'p str>> {
        let mut path = path.strip_prefix('/')?;
        if self.ignore_trailing_slash {
            path = path.strip_suffix('/').unwrap_or(path);
        }
        let mut segments = path.split('/').peekable();
        // An empty segment is one slash too many, unless it is the last.
        let mut next = || loop {
            let segment = segments.next()?;
            if !self.collapse_slashes || !segment.is_empty() || segments.peek().is_none() {
                return Some(segment);
            }
        };
        for expected in &self.base {
            if !same(next()?, expected, self.ignore_case) {
                return None;
            }
        }
        let segments: Vec<_> = std::iter::from_fn(next).collect();
        // The path `/` is one empty segment here and none in the tree.
        if segments == [""] { Some(Vec::new()) } else { Some(segments) }
    }
}

/// Whether a raw segment is this text, which is folded already where case does not count.
fn same(segment: &str, expected: &str, ignore_case: bool) -> bool {
    segment == expected || (needs_folding(segment, ignore_case) && fold(segment, ignore_case) == expected)
}

fn needs_folding(segment: &str, ignore_case: bool) -> bool {
    segment.contains('%') || (ignore_case && segment.chars().any(char::is_uppercase))
}

fn fold(segment: &str, ignore_case: bool) -> Cow<'_, str> {
    let decoded = percent_decode_str(segment).decode_utf8_lossy();
    if ignore_case { Cow::Owned(decoded.to_lowercase()) } else { decoded }
}

impl Fits {
    fn new(contract: Arc<Contract>) -> Self {
        let of = |operation: &Operation| {
            let names = operation.path.segments.iter().flatten().filter_map(|part| match part {
                Segment::Parameter(name) => Some(name),
                Segment::Literal(_) => None,
            });
            let place = |name: &String| {
                let same = |one: &Parameter| one.location == Location::Path && one.name == *name;
                operation.parameters.iter().position(same)
            };
            names.map(place).collect()
        };
        let parameters = contract.operations.iter().map(of).collect();
        Self { contract, parameters }
    }

    /// Whether what was captured keeps the schemas of an operation's parameters.
    fn fit(&self, operation: usize, captures: &[&str]) -> bool {
        let declared = &self.contract.operations[operation].parameters;
        self.parameters[operation].iter().zip(captures).all(|(parameter, raw)| {
            let Some(parameter) = parameter.map(|index| &declared[index]) else { return true };
            decode::path_parameter(&self.contract, parameter, raw).is_ok_and(|value| {
                self.contract.validators.is_valid(parameter.schema, Flavour::Request, &value)
            })
        })
    }
}

/// How many segments of a path must be there: those behind are parameters with defaults.
fn least(contract: &Contract, operation: &Operation) -> usize {
    if !contract.conduct.omit_defaults {
        return operation.path.segments.len();
    }
    let has_default = |name: &str| {
        let mut named = operation.parameters.iter();
        let found = named.find(|one| one.location == Location::Path && one.name == name);
        found.is_some_and(|parameter| contract.schema(parameter.schema).default.is_some())
    };
    let optional = |segment: &&Vec<Segment>| match &segment[..] {
        [Segment::Parameter(name)] => has_default(name),
        _ => false,
    };
    let segments = &operation.path.segments;
    segments.len() - segments.iter().rev().take_while(optional).count()
}

impl Node {
    /// Writes down for each operation what its path can do.
    fn allow(&self, head: bool, allowed: &mut [String]) {
        let mut methods: Vec<&str> = Vec::new();
        for (method, _) in &self.ends {
            methods.push(method);
            if method == "GET" && head {
                methods.push("HEAD");
            }
        }
        methods.push("OPTIONS");
        let mut seen = HashSet::new();
        methods.retain(|method| seen.insert(*method));
        for (_, operation) in &self.ends {
            allowed[*operation] = methods.join(", ");
        }
        let inner = self.literals.values().chain(self.mixed.iter().map(|(_, node)| node));
        inner.chain(self.parameter.as_deref()).for_each(|node| node.allow(head, allowed));
    }

    /// Visits the node of a path, and those of its beginnings from `least` segments on.
    fn plant(
        &mut self,
        segments: &[Vec<Segment>],
        least: usize,
        fold: &dyn Fn(&str) -> String,
        visit: &mut dyn FnMut(&mut Node),
    ) {
        let mut node = self;
        for (length, segment) in segments.iter().enumerate() {
            if length >= least {
                visit(node);
            }
            node = node.child(segment, fold);
        }
        visit(node);
    }

    fn child(&mut self, segment: &[Segment], fold: &dyn Fn(&str) -> String) -> &mut Node {
        match segment {
            [] => self.literals.entry(String::new()).or_default(),
            [Segment::Literal(text)] => self.literals.entry(fold(text)).or_default(),
            [Segment::Parameter(_)] => self.parameter.get_or_insert_default(),
            mixed => {
                let shape: Vec<_> = mixed
                    .iter()
                    .map(|part| match part {
                        Segment::Literal(text) => Segment::Literal(fold(text)),
                        // Two templates may name the same parameter differently.
                        Segment::Parameter(_) => Segment::Parameter(String::new()),
                    })
                    .collect();
                let at = self.mixed.iter().position(|(known, _)| *known == shape).unwrap_or_else(|| {
                    self.mixed.push((shape, Node::default()));
                    self.mixed.len() - 1
                });
                &mut self.mixed[at].1
            }
        }
    }
}

struct Search<'m> {
    method: &'m str,
    head: bool,
    ignore_case: bool,
    fits: Option<&'m Fits>,
    allow: Vec<String>,
    other: Option<usize>,
}

impl Search<'_> {
    /// Tries literals, then mixed segments, then a parameter. A path without the method is remembered and the search
    /// goes on: `GET /users/{id}` is found for `/users/me` where only `POST /users/me` exists.
    fn descend<'p>(&mut self, node: &Node, rest: &[&'p str], captures: &mut Vec<&'p str>) -> Option<usize> {
        let Some((segment, rest)) = rest.split_first() else { return self.end(node, captures) };
        let literal = node.literals.get(*segment).or_else(|| {
            needs_folding(segment, self.ignore_case)
                .then(|| node.literals.get(fold(segment, self.ignore_case).as_ref()))
                .flatten()
        });
        let depth = captures.len();
        if let Some(found) = literal.and_then(|next| self.descend(next, rest, captures)) {
            return Some(found);
        }
        captures.truncate(depth);
        for (shape, next) in &node.mixed {
            if take_apart(shape, segment, self.ignore_case, captures)
                && let Some(found) = self.descend(next, rest, captures)
            {
                return Some(found);
            }
            captures.truncate(depth);
        }
        // An empty segment is no value: `/users//apps` is not `/users/{id}/apps`.
        let next = node.parameter.as_deref().filter(|_| !segment.is_empty())?;
        captures.push(segment);
        let found = self.descend(next, rest, captures);
        if found.is_none() {
            captures.truncate(depth);
        }
        found
    }

    fn end(&mut self, node: &Node, captures: &[&str]) -> Option<usize> {
        let fits = |index: usize| self.fits.is_none_or(|fits| fits.fit(index, captures));
        let ends = || node.ends.iter().filter(|(_, index)| fits(*index));
        let named = |method: &str| ends().find(|(own, _)| own == method).map(|(_, index)| *index);
        let found = named(self.method)
            .or_else(|| (self.head && self.method == "HEAD").then(|| named("GET")).flatten());
        if found.is_some() {
            return found;
        }
        let known: Vec<_> = ends().cloned().collect();
        for (method, index) in &known {
            self.other.get_or_insert(*index);
            if !self.allow.contains(method) {
                self.allow.push(method.clone());
            }
            if method == "GET" && self.head && !self.allow.iter().any(|one| one == "HEAD") {
                self.allow.push("HEAD".to_owned());
            }
        }
        None
    }
}

/// Takes a mixed segment such as `{name}.json` apart; parameters are as short as they can be.
fn take_apart<'p>(
    shape: &[Segment],
    segment: &'p str,
    ignore_case: bool,
    captures: &mut Vec<&'p str>,
) -> bool {
    let Some((part, shape)) = shape.split_first() else { return segment.is_empty() };
    match part {
        Segment::Literal(text) => {
            let Some(head) = segment.get(..text.len()) else { return false };
            (head == text || (ignore_case && head.to_lowercase() == *text))
                && take_apart(shape, &segment[text.len()..], ignore_case, captures)
        }
        Segment::Parameter(_) => {
            let depth = captures.len();
            let ends = segment.char_indices().map(|(at, c)| at + c.len_utf8());
            for end in ends {
                captures.push(&segment[..end]);
                if take_apart(shape, &segment[end..], ignore_case, captures) {
                    return true;
                }
                captures.truncate(depth);
            }
            false
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Segment, take_apart};

    #[test]
    fn mixed_segments_are_taken_apart_with_backtracking() {
        let shape = [
            Segment::Parameter(String::new()),
            Segment::Literal(".".to_owned()),
            Segment::Parameter(String::new()),
            Segment::Literal(".json".to_owned()),
        ];
        let mut captures = Vec::new();
        assert!(take_apart(&shape, "a.b.c.json", false, &mut captures));
        assert_eq!(captures, ["a", "b.c"]);
        captures.clear();
        assert!(!take_apart(&shape, "a.json", false, &mut captures));
        assert!(captures.is_empty());
    }
}
