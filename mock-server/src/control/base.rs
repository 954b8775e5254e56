//! Where the control interface is: out of the way of the document's own paths.

use tercet_spec::Contract;

/// Where it is unless the document has paths there.
pub(crate) const BASE: &str = "/_mock";

/// Where it is then.
const ELSEWHERE: &str = "/_mock_control";

/// The path below which the control interface is.
pub(crate) fn base(contract: &Contract) -> &'static str {
    let is_taken = contract.operations.iter().any(|operation| {
        let path = format!("{}{}", contract.base_path, operation.path.text);
        is_below(&path, BASE)
    });
    if is_taken { ELSEWHERE } else { BASE }
}

/// Whether a path is `base` or below it.
pub(crate) fn is_below(path: &str, base: &str) -> bool {
    path.strip_prefix(base).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
