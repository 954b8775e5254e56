//! From what is to be asked, and of whom, to a request.

use tercet_spec::Contract;
use url::Url;

use super::credentials::apply;
use super::request::{Draft, write};
use crate::{Denial, Identity, Inputs, Purpose, Sent, Stop};

/// What is to be asked.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Question<'q> {
    pub(crate) contract: &'q Contract,
    /// As an index into `contract.operations`.
    pub(crate) operation: usize,
    /// Another method than the operation's own.
    pub(crate) method: Option<&'q str>,
    pub(crate) inputs: &'q Inputs,
    pub(crate) purpose: &'q Purpose,
    /// Who asks.
    pub(crate) identity: Option<&'q Identity>,
}

/// Writes the request.
///
/// # Errors
/// [`Stop`] when there is no credential for it, or a value cannot stand where it is asked to.
pub(crate) fn draft(base: &Url, question: &Question<'_>) -> Result<Sent, Stop> {
    let &Question { contract, method, inputs, purpose, identity, .. } = question;
    let operation = &contract.operations[question.operation];
    let denial = match purpose {
        Purpose::Denied(denial) => Some(*denial),
        Purpose::InvalidAndDenied(_) | Purpose::Anonymous => Some(Denial::None),
        _ => None,
    };
    let credentials = apply(contract, operation, identity, denial).map_err(Stop::Blocked)?;
    if matches!(denial, Some(Denial::Wrong | Denial::OtherScheme)) && credentials.is_empty() {
        return Err(Stop::Missing("a credential that can be presented wrongly".to_owned()));
    }
    let twist = match purpose {
        Purpose::OtherPath(twist) => Some(*twist),
        _ => None,
    };
    let draft = Draft { contract, operation, method, twist, inputs, credentials: &credentials };
    write(base, &draft).map_err(|why| Stop::Blocked(format!("`{}`: {why}", operation.id)))
}
