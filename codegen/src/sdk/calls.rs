//! The calls: for each operation a value that collects what is optional and is awaited.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::Type;

use super::constructors::{in_facade, option_inside};
use super::errors::{Success, divide, reply_name};
use super::reading::{Argument, Skin};
use super::table::docs;
use crate::projection::{BodyForm, OperationMeta, ParameterForm, ParameterMeta, Projection, pascal};

/// An argument of a call as users give it.
pub(crate) struct Input {
    pub(crate) ident: syn::Ident,
    /// What is stored until the call is sent.
    pub(crate) stored: Type,
    /// What users may give.
    taken: TokenStream,
    /// From what users give to what is stored.
    converted: TokenStream,
    /// From what is stored to what progenitor takes.
    passed: TokenStream,
    pub(crate) required: bool,
    docs: TokenStream,
    path: Option<String>,
}

/// The structs of all calls.
pub(crate) fn tokens(skin: &Skin, projection: &Projection) -> TokenStream {
    let items = projection.operations.iter().map(|operation| call(skin, operation));
    let items: Vec<TokenStream> = items.collect();
    quote! { #(#items)* }
}

/// The methods of the client that start them.
pub(crate) fn methods(skin: &Skin, projection: &Projection) -> TokenStream {
    let items = projection.operations.iter().enumerate().map(|(index, operation)| {
        let method = format_ident!("{}", operation.name);
        let name = format_ident!("{}", pascal(&operation.name));
        let inputs = inputs(skin, operation);
        let required: Vec<&Input> = inputs.iter().filter(|input| input.required).collect();
        let arguments = required.iter().map(|input| {
            let (ident, taken) = (&input.ident, &input.taken);
            quote! { #ident: #taken }
        });
        let fields = inputs.iter().map(|input| {
            let (ident, converted) = (&input.ident, &input.converted);
            if input.required && converted.to_string() == "value" {
                quote! { #ident }
            } else if input.required {
                quote! { #ident: { let value = #ident; #converted } }
            } else {
                quote! { #ident: None }
            }
        });
        let doc = method_docs(operation);
        let deprecated = operation.deprecated.then(|| quote! { #[deprecated] });
        quote! {
            #doc
            #deprecated
            pub fn #method(&self, #(#arguments),*) -> calls::#name {
                calls::#name { call: crate::runtime::Call::new(&self.transport, &OPERATIONS[#index]), #(#fields),* }
            }
        }
    });
    let items: Vec<TokenStream> = items.collect();
    quote! { #(#items)* }
}

fn method_docs(operation: &OperationMeta) -> TokenStream {
    let mut text = operation.summary.clone().unwrap_or_else(|| format!("Calls `{}`", operation.id));
    if !text.ends_with(['.', '!', '?']) {
        text.push('.');
    }
    text.push_str("\n\n");
    if let Some(description) = &operation.description {
        text.push_str(description.trim());
        text.push_str("\n\n");
    }
    text.push_str(&format!("`{} {}`", operation.method, operation.path));
    docs(&text)
}

fn call(skin: &Skin, operation: &OperationMeta) -> TokenStream {
    let name = format_ident!("{}", pascal(&operation.name));
    let inputs = inputs(skin, operation);
    let fields = inputs.iter().map(|input| {
        let (ident, stored) = (&input.ident, &input.stored);
        if input.required {
            quote! { pub(super) #ident: #stored }
        } else {
            quote! { pub(super) #ident: Option<#stored> }
        }
    });
    let setters = inputs.iter().filter(|input| !input.required).map(|input| {
        let (ident, taken, converted, docs) = (&input.ident, &input.taken, &input.converted, &input.docs);
        quote! {
            #docs
            pub fn #ident(mut self, value: #taken) -> Self {
                self.#ident = Some(#converted);
                self
            }
        }
    });
    let doc = format!(" A call of `{}`, sent when it is awaited.", operation.id);
    let (send, returned) = send(skin, operation, &inputs);
    quote! {
        #[doc = #doc]
        #[must_use = "a call is sent when it is awaited"]
        #[derive(Debug)]
        pub struct #name {
            pub(super) call: crate::runtime::Call,
            #(#fields),*
        }
        impl #name {
            #(#setters)*
            /// Gives this call settings of its own: timeouts, attempts, headers.
            pub fn with(mut self, options: &crate::CallOptions) -> Self {
                self.call = self.call.with(options);
                self
            }
            #send
        }
        impl ::std::future::IntoFuture for #name {
            type Output = #returned;
            type IntoFuture = ::std::pin::Pin<Box<dyn ::std::future::Future<Output = Self::Output> + Send>>;

            fn into_future(self) -> Self::IntoFuture {
                Box::pin(self.send())
            }
        }
    }
}

/// The methods that send a call, and the type of what comes back.
fn send(skin: &Skin, operation: &OperationMeta, inputs: &[Input]) -> (TokenStream, TokenStream) {
    let method = format_ident!("{}", operation.name);
    let reply = format_ident!("{}", reply_name(operation));
    let idents: Vec<&syn::Ident> = inputs.iter().map(|input| &input.ident).collect();
    let passed = inputs.iter().map(|input| &input.passed);
    let paths = inputs.iter().filter_map(|input| {
        let (wire, ident) = (input.path.as_ref()?, &input.ident);
        Some(quote! { let call = call.path(#wire, &#ident)?; })
    });
    let division = divide(skin, operation);
    let success = match &division.success {
        Success::Nothing => quote! { () },
        Success::One(ty) => quote! { #ty },
        Success::Several => {
            let name = format_ident!("{}Success", pascal(&operation.name));
            quote! { errors::#name }
        }
    };
    let refusal_name = format_ident!("{}Error", pascal(&operation.name));
    let refusal = if division.refusals.is_empty() {
        quote! { ::std::convert::Infallible }
    } else {
        quote! { errors::#refusal_name }
    };
    let success_arms = division.successes.iter().map(|(meta, ty)| {
        let variant = format_ident!("{}", meta.variant);
        match (&division.success, ty) {
            (Success::Nothing, _) => quote! { types::#reply::#variant => crate::runtime::Sorted::Success(()) },
            (Success::One(_), _) => quote! { types::#reply::#variant(value) => crate::runtime::Sorted::Success(value) },
            (Success::Several, Some(_)) => {
                quote! { types::#reply::#variant(value) => crate::runtime::Sorted::Success(#success::#variant(value)) }
            }
            (Success::Several, None) => quote! { types::#reply::#variant => crate::runtime::Sorted::Success(#success::#variant) },
        }
    });
    let refusal_arms = division.refusals.iter().map(|(meta, ty)| {
        let variant = format_ident!("{}", meta.variant);
        match ty {
            Some(_) => {
                quote! { types::#reply::#variant(value) => crate::runtime::Sorted::Refusal(errors::#refusal_name::#variant(value)) }
            }
            None => quote! { types::#reply::#variant => crate::runtime::Sorted::Refusal(errors::#refusal_name::#variant) },
        }
    });
    // An operation without declared responses has an envelope that is never filled.
    let never = operation
        .replies
        .is_empty()
        .then(|| quote! { types::#reply::Undeclared => crate::runtime::Sorted::Success(()) });
    let returned = quote! { ::std::result::Result<crate::Response<#success>, crate::Error<#refusal>> };
    let stream = super::listings::stream(skin, operation, inputs, &division, &refusal);
    let methods = quote! {
        #stream
        /// Sends it and gives whatever was declared, refusals too, one variant for each status.
        ///
        /// # Errors
        /// When no answer came, or one that was not declared.
        pub async fn reply(self) -> ::std::result::Result<crate::Response<types::#reply>, crate::Error> {
            let Self { call, #(#idents),* } = self;
            #(#paths)*
            let client = raw::Client::new_with_client(call.base_url(), call.http(), call.clone());
            let result = client.#method(#(#passed),*).await;
            call.finish(result)
        }

        /// Sends it; the same as awaiting it.
        ///
        /// # Errors
        /// A declared refusal, an answer that was not declared, or none at all.
        pub async fn send(self) -> #returned {
            crate::runtime::divide(self.reply().await, |reply| match reply {
                #(#success_arms,)*
                #(#refusal_arms,)*
                #never
            })
        }
    };
    (methods, returned)
}

fn inputs(skin: &Skin, operation: &OperationMeta) -> Vec<Input> {
    let arguments = skin.methods.get(&operation.name).map(Vec::as_slice).unwrap_or_default();
    arguments
        .iter()
        .map(|argument| {
            let meta = operation.parameters.iter().find(|meta| meta.ident == argument.name);
            match meta {
                Some(meta) => parameter(argument, meta),
                None => body(argument, operation),
            }
        })
        .collect()
}

fn parameter(argument: &Argument, meta: &ParameterMeta) -> Input {
    let ident = format_ident!("{}", argument.name);
    let inner = option_inside(&argument.ty).unwrap_or_else(|| argument.ty.clone());
    let docs = docs(meta.description.as_deref().unwrap_or(&format!("Sets `{}`.", meta.wire)));
    let path = (meta.location == "path").then(|| meta.lowered.clone());
    let borrowed = match &inner {
        Type::Reference(reference) => Some((*reference.elem).clone()),
        _ => None,
    };
    let is_text = borrowed.as_ref().is_some_and(|ty| quote!(#ty).to_string() == "str");
    let (stored, taken, converted): (Type, TokenStream, TokenStream) = match (&meta.form, &borrowed) {
        (ParameterForm::Joined(by), _) => (
            syn::parse_quote! { String },
            quote! { impl IntoIterator<Item = impl ::std::fmt::Display> },
            quote! { crate::runtime::joined(value, #by) },
        ),
        (ParameterForm::Json, _) => (
            syn::parse_quote! { String },
            quote! { impl Into<::serde_json::Value> },
            quote! { ::serde_json::Value::to_string(&value.into()) },
        ),
        (ParameterForm::Plain, _) if is_text => {
            (syn::parse_quote! { String }, quote! { impl ::std::fmt::Display }, quote! { value.to_string() })
        }
        (ParameterForm::Plain, Some(ty)) => {
            let ty = in_facade(ty);
            (ty.clone(), quote! { impl Into<#ty> }, quote! { value.into() })
        }
        (ParameterForm::Plain, None) => {
            let ty = in_facade(&inner);
            (ty.clone(), quote! { #ty }, quote! { value })
        }
    };
    let stored_text = quote!(#stored).to_string() == "String";
    let passed = match (meta.required, borrowed.is_some(), stored_text) {
        (true, true, _) => quote! { &#ident },
        (false, true, true) => quote! { #ident.as_deref() },
        (false, true, false) => quote! { #ident.as_ref() },
        (_, false, _) => quote! { #ident },
    };
    Input { ident, stored, taken, converted, passed, required: meta.required, docs, path }
}

fn body(argument: &Argument, operation: &OperationMeta) -> Input {
    let ident = format_ident!("{}", argument.name);
    let meta = operation.body.as_ref();
    let form = meta.map_or(BodyForm::Json, |meta| meta.form);
    let required = meta.is_none_or(|meta| meta.required);
    let docs = docs(meta.and_then(|meta| meta.description.as_deref()).unwrap_or("Sets the request body."));
    let inner = option_inside(&argument.ty).unwrap_or_else(|| argument.ty.clone());
    let (stored, taken, converted, passed): (Type, TokenStream, TokenStream, TokenStream) =
        match (form, &inner) {
            (BodyForm::Bytes, _) => (
                syn::parse_quote! { crate::Payload },
                quote! { impl Into<crate::Payload> },
                quote! { value.into() },
                quote! { call.payload(#ident) },
            ),
            (BodyForm::Text, _) => (
                syn::parse_quote! { String },
                quote! { impl Into<String> },
                quote! { value.into() },
                quote! { #ident },
            ),
            (_, Type::Reference(reference)) => {
                let ty = in_facade(&reference.elem);
                // A slice cannot be kept; a list can.
                let ty = match &ty {
                    Type::Slice(slice) => {
                        let item = &slice.elem;
                        syn::parse_quote! { ::std::vec::Vec<#item> }
                    }
                    Type::Path(path) if path.path.is_ident("str") => {
                        syn::parse_quote! { ::std::string::String }
                    }
                    _ => ty,
                };
                let passed = if required {
                    quote! { &#ident }
                } else {
                    quote! { #ident.as_ref() }
                };
                (ty.clone(), quote! { impl Into<#ty> }, quote! { value.into() }, passed)
            }
            _ => {
                let ty = in_facade(&inner);
                (ty.clone(), quote! { #ty }, quote! { value }, quote! { #ident })
            }
        };
    // Text and bytes are always taken by value; without them an empty one is passed and taken out again.
    let passed = match (form, required) {
        (BodyForm::Text | BodyForm::Bytes, false) if form == BodyForm::Text => {
            quote! { #ident.unwrap_or_default() }
        }
        (BodyForm::Bytes, false) => quote! { call.payload(#ident.unwrap_or_default()) },
        _ => passed,
    };
    Input { ident, stored, taken, converted, passed, required, docs, path: None }
}
