//! What a client probably meant: the operations nearest to a path that nothing matches.

use tercet_spec::Contract;
use tercet_spec::contract::{Operation, Segment};

/// How many operations are named.
const NAMED: usize = 3;

/// Says that nothing matches, and what is near.
pub(crate) fn explain(contract: &Contract, method: &str, path: &str) -> String {
    let shown: String = path.chars().take(200).collect();
    let mut text = format!("no operation has the path `{shown}`");
    let base = &contract.base_path;
    let rest = path.strip_prefix(base.as_str());
    if rest.is_none() {
        text.push_str(&format!("; all paths begin with `{base}`"));
    }
    let segments: Vec<_> = rest.unwrap_or(path).split('/').skip(1).collect();
    let mut ranked: Vec<_> = contract
        .operations
        .iter()
        .map(|one| (distance(one, &segments) * 2 + usize::from(one.method != method), one))
        .collect();
    ranked.sort_by_key(|(distance, _)| *distance);
    let near: Vec<_> = ranked.iter().take(NAMED).map(|(_, one)| named(contract, one)).collect();
    if !near.is_empty() {
        text.push_str("; nearest: ");
        text.push_str(&near.join(", "));
    }
    text
}

fn named(contract: &Contract, operation: &Operation) -> String {
    let line = contract.document.position(&operation.pointer).line;
    let (base, path) = (&contract.base_path, &operation.path.text);
    format!("`{} {base}{path}` ({}:{line})", operation.method, contract.document.name())
}

/// How much must be changed in a path to make it fit: letters of literals, and whole segments.
fn distance(operation: &Operation, segments: &[&str]) -> usize {
    let template = &operation.path.segments;
    let common: usize = template
        .iter()
        .zip(segments)
        .map(|(expected, actual)| match expected.as_slice() {
            [Segment::Literal(text)] => edits(text, actual),
            _ => usize::from(actual.is_empty()) * 4,
        })
        .sum();
    common + template.len().abs_diff(segments.len()) * 4
}

/// The edit distance, at most 8: what is further away is just different.
fn edits(one: &str, other: &str) -> usize {
    const FAR: usize = 8;
    // A client decides how long a segment is, and the distance costs the product of the lengths.
    if one == other || other.len() > 64 {
        return if one == other { 0 } else { FAR };
    }
    strsim::levenshtein(one, other).min(FAR)
}
