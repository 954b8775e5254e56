//! What each operation needs of a request, worked out once.

use std::collections::BTreeSet;

use tercet_spec::Contract;
use tercet_spec::contract::{Location, Operation, Segment, Verb};

/// What the operations of a contract need of a request.
#[derive(Debug)]
pub(crate) struct Plans {
    operations: Vec<Plan>,
    /// Headers in lower case that some expression names: they go to the engine also where no parameter declares them.
    pub(crate) headers: Vec<String>,
    /// Query parameters that some expression names.
    pub(crate) query: Vec<String>,
    /// Cookies that some expression names.
    pub(crate) cookies: Vec<String>,
    /// Some expression asks how the client addressed the server.
    pub(crate) origin: bool,
}

/// What one operation needs.
#[derive(Debug)]
pub(crate) struct Plan {
    /// For each capture of the path its name, and the index of its parameter.
    pub(crate) captures: Vec<(String, Option<usize>)>,
    /// The indices of the parameters that stand elsewhere.
    pub(crate) others: Vec<usize>,
    /// Somebody has words for a client that accepts nothing we have.
    pub(crate) negotiates: bool,
    /// It calls an action, which may ask for any header.
    pub(crate) calls: bool,
    /// Some of its steps come before the body is validated.
    pub(crate) early: bool,
}

impl Plans {
    pub(crate) fn new(contract: &Contract) -> Self {
        let text = contract.document.text();
        Self {
            operations: contract.operations.iter().map(|operation| plan(contract, operation)).collect(),
            headers: mentioned(text, "$request.header.").into_iter().map(|one| one.to_lowercase()).collect(),
            query: mentioned(text, "$request.query."),
            cookies: mentioned(text, "$request.cookie."),
            origin: text.contains("$request.origin"),
        }
    }

    pub(crate) fn of(&self, operation: usize) -> &Plan {
        &self.operations[operation]
    }
}

fn plan(contract: &Contract, operation: &Operation) -> Plan {
    let position = |name: &str| {
        let path =
            |one: &tercet_spec::contract::Parameter| one.location == Location::Path && one.name == name;
        operation.parameters.iter().position(path)
    };
    let parts = operation.path.segments.iter().flatten();
    let captures = parts.filter_map(|part| match part {
        Segment::Parameter(name) => Some((name.clone(), position(name))),
        Segment::Literal(_) => None,
    });
    let others = operation.parameters.iter().enumerate();
    let others = others.filter(|(_, parameter)| {
        // OpenAPI 3.0.3, "Parameter Object": these three header parameters are ignored.
        let ignored = ["accept", "content-type", "authorization"];
        parameter.location != Location::Path
            && !(parameter.location == Location::Header
                && ignored.iter().any(|name| parameter.name.eq_ignore_ascii_case(name)))
    });
    let speaks = |outcomes: &[String]| outcomes.iter().any(|one| one == "not-acceptable");
    Plan {
        captures: captures.collect(),
        others: others.map(|(index, _)| index).collect(),
        negotiates: contract.conduct.responses.contains_key("not-acceptable")
            || operation.responses.iter().any(|response| speaks(&response.outcomes)),
        calls: operation.effect.iter().any(|step| matches!(step.verb, Verb::Call { .. })),
        early: operation.effect.iter().any(|step| step.before_validation),
    }
}

/// The names that follow `before` anywhere in a document.
fn mentioned(text: &str, before: &str) -> Vec<String> {
    let names = text.split(before).skip(1).map(|rest| {
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_'));
        rest[..end.unwrap_or(rest.len())].to_owned()
    });
    let names: BTreeSet<_> = names.filter(|name| !name.is_empty()).collect();
    names.into_iter().collect()
}
