use crate::Contract;
use crate::Diagnostic;
pub(super) fn check(_contract: &Contract) -> Vec<Diagnostic> {
    Vec::new()
}
