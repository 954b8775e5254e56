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
    if one == other {
        return 0;
    }
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().take(64).collect(), other.chars().take(64).collect());
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in other.iter().enumerate() {
            let replaced = diagonal + usize::from(a != b);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[other.len()].min(FAR)
}

#[cfg(test)]
mod tests {
    use super::edits;

    #[test]
    fn edits_are_counted() {
        for (one, other, expected) in [("users", "user", 1), ("users", "usres", 2), ("", "abc", 3), ("a", "a", 0)] {
            assert_eq!(edits(one, other), expected, "{one} {other}");
        }
    }
}
