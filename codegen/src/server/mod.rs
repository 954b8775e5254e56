//! The typed part of a platform's reference server.

mod actions;
mod operations;
mod table;

use quote::quote;
use tercet_spec::Contract;

use crate::source::{Unformatted, banner, format};

pub use table::server_table;

/// The source of a platform's server: its operations, its named actions with typed inputs, its constructor.
///
/// # Errors
/// A fault of the generator: tokens that are no Rust.
pub fn server_source(platform: &str, contract: &Contract) -> Result<String, Unformatted> {
    let operations = operations::operations(contract);
    let actions = actions::actions(contract);
    let constructor = table::constructor(platform, contract);
    let says = format!("The typed part of the `{platform}` reference server.");
    let tokens = quote! {
        #constructor
        #operations
        #actions
    };
    Ok(banner(&says, &contract.document) + &format(tokens)?)
}
