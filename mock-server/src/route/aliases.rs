//! Other beginnings of paths (`x-conduct.paths.aliases`): they stand in the tree beside what they lead to, so that a request
//! by an alias costs what any other costs.

use tercet_spec::Contract;
use tercet_spec::contract::{Alias, Segment};

use super::{Node, least};

/// Adds what the aliases lead to. A path that is there already wins: the document's own, or that of a longer alias.
pub(super) fn plant(contract: &Contract, root: &mut Node, fold: &dyn Fn(&str) -> String) {
    let mut aliases: Vec<&Alias> = contract.conduct.aliases.iter().collect();
    aliases.sort_by_key(|alias| std::cmp::Reverse(alias.from.len()));
    for alias in aliases {
        let mut found = Vec::new();
        for (index, operation) in contract.operations.iter().enumerate() {
            let own = &operation.path.segments;
            if !begins(own, &alias.to, fold) {
                continue;
            }
            let from = alias.from.iter().map(|text| vec![Segment::Literal(text.clone())]);
            let path: Vec<_> = from.chain(own[alias.to.len()..].iter().cloned()).collect();
            // A beginning that may stand by itself is at least what the alias says.
            let least = least(contract, operation).max(alias.to.len()) - alias.to.len() + alias.from.len();
            found.push((path, least, operation.method.clone(), index));
        }
        // All methods of a path, or none of them: asked before any of this alias is there.
        let mut free = Vec::new();
        for (path, least, ..) in &found {
            let mut places = Vec::new();
            root.plant(path, *least, fold, &mut |node| places.push(node.ends.is_empty()));
            free.push(places);
        }
        for ((path, least, method, index), places) in found.into_iter().zip(free) {
            let mut places = places.into_iter();
            root.plant(&path, least, fold, &mut |node| {
                if places.next() == Some(true) {
                    node.ends.push((method.clone(), index));
                }
            });
        }
    }
}

/// Whether a path begins with these segments.
fn begins(path: &[Vec<Segment>], with: &[String], fold: &dyn Fn(&str) -> String) -> bool {
    let same = |(parts, text): (&Vec<Segment>, &String)| matches!(&parts[..], [Segment::Literal(own)] if fold(own) == fold(text));
    path.len() >= with.len() && path.iter().zip(with).all(same)
}
