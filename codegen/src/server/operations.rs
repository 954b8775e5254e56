//! The operations as an enum, with their routes.

use heck::ToUpperCamelCase;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use tercet_spec::Contract;

/// `enum Operation`, and what each one is on the wire.
pub(super) fn operations(contract: &Contract) -> TokenStream {
    let names: Vec<_> =
        contract.operations.iter().map(|one| format_ident!("{}", one.id.to_upper_camel_case())).collect();
    let docs = contract.operations.iter().map(|one| {
        let summary = one.summary.as_deref().unwrap_or(&one.id);
        format!(" {summary}: `{} {}`", one.method, one.path.text)
    });
    let ids = contract.operations.iter().map(|one| one.id.as_str());
    let methods = contract.operations.iter().map(|one| one.method.as_str());
    let paths = contract.operations.iter().map(|one| one.path.text.as_str());
    quote! {
        /// The operations of the document, in its order.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Operation {
            #(#[doc = #docs] #names,)*
        }

        impl Operation {
            /// All of them, in the document's order.
            pub const ALL: &[Self] = &[#(Self::#names),*];

            /// The `operationId`.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self { #(Self::#names => #ids,)* }
            }

            /// The method and the path template.
            #[must_use]
            pub const fn route(self) -> (&'static str, &'static str) {
                match self { #(Self::#names => (#methods, #paths),)* }
            }
        }

        impl AsRef<str> for Operation {
            fn as_ref(&self) -> &str {
                self.id()
            }
        }
    }
}
