//! The client's source: progenitor's output as an inner layer, and the typed calls that users see around it.

mod calls;
mod constructors;
mod enums;
mod errors;
mod polish;
mod reading;
mod skin;
mod table;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use tercet_spec::{Diagnostic, Document};

use crate::projection::{Projection, project};
use crate::source::{Unformatted, banner, format};

/// Why no source could be made.
#[derive(Debug)]
pub enum Refusal {
    /// The document has errors.
    Document(Vec<Diagnostic>),
    /// progenitor refused the projection, which is a fault of ours.
    Generator(String),
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Document(diagnostics) => {
                let rendered: Vec<String> = diagnostics.iter().map(Diagnostic::render).collect();
                f.write_str(&rendered.join("\n\n"))
            }
            Self::Generator(reason) => write!(f, "the generator failed on the projected document: {reason}"),
        }
    }
}

impl std::error::Error for Refusal {}

impl From<Unformatted> for Refusal {
    fn from(reason: Unformatted) -> Self {
        Self::Generator(reason.to_string())
    }
}

/// The client's source for one platform, formatted; the same document gives the same bytes.
///
/// # Errors
/// When the document cannot be projected.
pub fn sdk_source(platform: &str, document: &Document) -> Result<String, Refusal> {
    let projection = project(document);
    if !projection.is_usable() {
        return Err(Refusal::Document(projection.diagnostics));
    }
    let tokens = tokens(platform, &projection)?;
    Ok(format!("{}{}", banner(&format!("The client for `{platform}`."), document), format(tokens)?))
}

/// The names of the client's methods and types, one a line: the shape of its public interface.
///
/// # Errors
/// When the document cannot be projected.
pub fn sdk_outline(platform: &str, document: &Document) -> Result<String, Refusal> {
    let projection = project(document);
    if !projection.is_usable() {
        return Err(Refusal::Document(projection.diagnostics));
    }
    let skin = skin::generate(platform, &projection)?;
    Ok(reading::Skin::read(&skin).outline())
}

fn tokens(platform: &str, projection: &Projection) -> Result<TokenStream, Refusal> {
    let raw = skin::generate(platform, projection)?;
    let skin = reading::Skin::read(&raw);
    let hash_free_table = table::tokens(projection);
    let enums = enums::tokens(&projection.enums);
    let constructors = constructors::tokens(&skin, &projection.inputs);
    let errors = errors::tokens(&skin, projection);
    let calls = calls::tokens(&skin, projection);
    let methods = calls::methods(&skin, projection);
    let title = projection.document["info"]["title"].as_str().unwrap_or(platform);
    let client_doc =
        format!(" A client of {title}. Cheap to clone; clones share connections, credential and settings.");
    let name = platform;
    let module = format_ident!("types");
    Ok(quote! {
        #[allow(missing_docs, dead_code, unreachable_pub, unused_imports, clippy::all, clippy::pedantic)]
        mod raw {
            #raw
        }

        /// What is sent and received.
        pub mod #module {
            #[doc(inline)]
            pub use super::raw::types::*;
            #[doc(inline)]
            pub use super::enums::*;
        }

        /// Texts with known values that accept others too.
        mod enums {
            #enums
        }

        #constructors

        /// The declared refusals of each operation.
        pub mod errors {
            use super::types;
            #errors
        }

        /// The calls: what a method of the client returns, to be refined and awaited.
        pub mod calls {
            use super::{errors, raw, types};
            #calls
        }

        #hash_free_table

        impl ::progenitor_client::ClientHooks<crate::runtime::Call> for raw::Client {
            async fn exec(
                &self,
                request: ::reqwest::Request,
                _info: &::progenitor_client::OperationInfo,
            ) -> ::reqwest::Result<::reqwest::Response> {
                self.inner.exec(request).await
            }
        }

        #[doc = #client_doc]
        #[derive(Clone, Debug)]
        pub struct Client {
            transport: ::std::sync::Arc<crate::runtime::Transport>,
        }

        impl crate::runtime::Platform for Client {
            const NAME: &'static str = #name;
            const SCHEMES: &'static [crate::runtime::Scheme] = &SCHEMES;

            fn over(transport: ::std::sync::Arc<crate::runtime::Transport>) -> Self {
                Self { transport }
            }
        }

        impl Client {
            /// Starts a client of the deployment at `base_url`, which may have a path of its own.
            pub fn builder(base_url: impl Into<String>) -> crate::Builder<Self> {
                crate::Builder::new(base_url)
            }

            #methods
        }
    })
}
