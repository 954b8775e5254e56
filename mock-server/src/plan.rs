//! What each operation needs of a request, worked out once.

use std::sync::Arc;

use tercet_spec::Contract;
use tercet_spec::contract::{Location, Operation, Parameter, Response, SchemeUse, Segment, Verb};

use crate::mention::{count, names};

/// What the operations of a contract need of a request.
#[derive(Debug)]
pub(crate) struct Plans {
    operations: Vec<Plan>,
    /// Headers in lower case that some expression names: they go to the engine also where no parameter declares them.
    pub(crate) headers: Vec<Arc<str>>,
    /// Query parameters that some expression names.
    pub(crate) query: Vec<Arc<str>>,
    /// Cookies that some expression names.
    pub(crate) cookies: Vec<Arc<str>>,
    /// Some expression names the address, or an action may.
    pub(crate) url: bool,
    /// Some expression asks how the client addressed the server.
    pub(crate) origin: bool,
}

/// What one operation needs.
#[derive(Debug)]
pub(crate) struct Plan {
    /// For each capture of the path its name, and the index of its parameter.
    pub(crate) captures: Vec<(Arc<str>, Option<usize>)>,
    /// The indices of the parameters that stand elsewhere, and their names as the inputs have them.
    pub(crate) others: Vec<(usize, Arc<str>)>,
    /// Somebody has words for a client that accepts nothing we have.
    pub(crate) negotiates: bool,
    /// It calls an action, which may ask for any header.
    pub(crate) calls: bool,
    /// Some of its steps come before the body is validated.
    pub(crate) early: bool,
    /// Some of its steps come before the request is read.
    pub(crate) opens: bool,
    /// Some of those write, and what they write stays.
    pub(crate) keeps: bool,
    /// Some of those that come later write.
    pub(crate) writes_later: bool,
    /// What the operation does may leave something behind where it comes to nothing.
    pub(crate) leaves: bool,
    /// Credentials of the document's own `security` are to be looked at first: the operation has other words for them.
    pub(crate) refuses_first: bool,
}

impl Plans {
    pub(crate) fn new(contract: &Contract) -> Self {
        let document = contract.document.root();
        let mut headers: Vec<Arc<str>> =
            names(document, "$request.header.").iter().map(|one| one.to_lowercase().into()).collect();
        let several = |response: &Response| response.content.len() > 1;
        // RFC 9110, 12.5.1: what a client accepts chooses among the media types of a response.
        if contract.operations.iter().flat_map(|one| &one.responses).any(several) {
            headers.push("accept".into());
        }
        Self {
            operations: contract.operations.iter().map(|operation| plan(contract, operation)).collect(),
            headers,
            query: names(document, "$request.query.").into_iter().collect(),
            cookies: names(document, "$request.cookie.").into_iter().collect(),
            // An action may read it.
            url: count(document, "$request.url") > 0
                || contract
                    .operations
                    .iter()
                    .flat_map(|one| &one.effect)
                    .any(|step| matches!(step.verb, Verb::Call { .. })),
            origin: count(document, "$request.origin") > 0,
        }
    }

    pub(crate) fn of(&self, operation: usize) -> &Plan {
        &self.operations[operation]
    }
}

fn plan(contract: &Contract, operation: &Operation) -> Plan {
    let position = |name: &str| {
        let path = |one: &Parameter| one.location == Location::Path && one.name == name;
        operation.parameters.iter().position(path)
    };
    let parts = operation.path.segments.iter().flatten();
    let captures = parts.filter_map(|part| match part {
        Segment::Parameter(name) => Some((name.as_str().into(), position(name))),
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
        others: others.map(|(index, parameter)| (index, name(parameter))).collect(),
        negotiates: contract.conduct.responses.contains_key("not-acceptable")
            || operation.responses.iter().any(|response| speaks(&response.outcomes)),
        calls: operation.effect.iter().any(|step| matches!(step.verb, Verb::Call { .. })),
        early: operation.effect.iter().any(|step| step.before_validation && !step.before_request),
        opens: operation.effect.iter().any(|step| step.before_request),
        keeps: operation.effect.iter().any(|step| step.before_request && step.keep),
        writes_later: operation.effect.iter().any(|step| !step.before_request && !step.verb.reads()),
        leaves: operation.effect.iter().any(|step| step.keep),
        refuses_first: contract
            .conduct
            .refused_first
            .as_ref()
            .is_some_and(|first| !same(first, &operation.security)),
    }
}

/// Whether two lists of alternatives ask for the same schemes.
fn same(one: &[Vec<SchemeUse>], other: &[Vec<SchemeUse>]) -> bool {
    let schemes = |alternatives: &[Vec<SchemeUse>]| -> Vec<Vec<String>> {
        let names = |uses: &Vec<SchemeUse>| uses.iter().map(|one| one.scheme.clone()).collect();
        alternatives.iter().map(names).collect()
    };
    schemes(one) == schemes(other)
}

/// A parameter's name among the inputs: that of a header has no case.
fn name(parameter: &Parameter) -> Arc<str> {
    match parameter.location {
        Location::Header => parameter.name.to_lowercase().into(),
        _ => parameter.name.as_str().into(),
    }
}
