//! The static table that the runtime works from.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use tercet_spec::contract::{Envelope, Meanings};

use crate::projection::{BodyForm, OperationMeta, Projection, Repeat, ReplyForm, SchemePlace, Wrapping};

/// Text as `#[doc]` attributes, one for each line.
pub(crate) fn docs(text: &str) -> TokenStream {
    let lines = text
        .trim()
        .lines()
        .map(|line| if line.is_empty() { String::new() } else { format!(" {}", plain(line)) });
    quote! { #(#[doc = #lines])* }
}

/// What rustdoc would take for a link or a tag, it takes for text.
fn plain(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut in_code = false;
    for c in line.chars() {
        in_code ^= c == '`';
        if !in_code && matches!(c, '[' | ']' | '<' | '>') {
            text.push('\\');
        }
        text.push(c);
    }
    text
}

/// `OPERATIONS` and `SCHEMES`.
pub(crate) fn tokens(projection: &Projection) -> TokenStream {
    let operations = projection.operations.iter().map(operation);
    let count = projection.operations.len();
    let schemes = projection.schemes.iter().map(|scheme| {
        let (name, prefix) = (&scheme.name, &scheme.prefix);
        let place = match &scheme.place {
            SchemePlace::Header(name) => quote! { crate::runtime::Place::Header(#name) },
            SchemePlace::Query(name) => quote! { crate::runtime::Place::Query(#name) },
            SchemePlace::Cookie(name) => quote! { crate::runtime::Place::Cookie(#name) },
            SchemePlace::Basic => quote! { crate::runtime::Place::Basic },
        };
        quote! { crate::runtime::Scheme { name: #name, place: #place, prefix: #prefix } }
    });
    let names = projection.operations.iter().enumerate().map(|(index, one)| {
        let name = format_ident!("{}", one.name.to_uppercase());
        quote! { pub(crate) static #name: &crate::runtime::Operation = &super::OPERATIONS[#index]; }
    });
    let scheme_count = projection.schemes.len();
    quote! {
        /// The operations, as the document says and progenitor cannot.
        static OPERATIONS: [crate::runtime::Operation; #count] = [#(#operations),*];
        /// The operations by name, for calls that are made by hand.
        #[allow(dead_code)]
        pub(crate) mod operations {
            #(#names)*
        }
        /// Where credentials go.
        static SCHEMES: [crate::runtime::Scheme; #scheme_count] = [#(#schemes),*];
    }
}

/// What the platform says of its envelope, where it has one.
pub(crate) fn envelope(projection: &Projection) -> Option<TokenStream> {
    let Envelope { payload, code, success, meanings, .. } = projection.envelope.as_ref()?;
    let Meanings { unauthenticated, not_authorized, not_found, invalid, conflict, server_error } = meanings;
    Some(quote! {
        const ENVELOPE: Option<&'static crate::runtime::Envelope> = Some(&crate::runtime::Envelope {
            payload: #payload, code: #code, success: #success,
            unauthenticated: &[#(#unauthenticated),*],
            not_authorized: &[#(#not_authorized),*],
            not_found: &[#(#not_found),*],
            invalid: &[#(#invalid),*],
            conflict: &[#(#conflict),*],
            server_error: &[#(#server_error),*],
        });
    })
}

fn operation(one: &OperationMeta) -> TokenStream {
    let (id, method, path) = (&one.id, &one.method, &one.path);
    let renamed = one.parameters.iter().filter(|one| one.location != "path" && one.lowered != one.wire).map(|one| {
        let (lowered, wire) = (&one.lowered, &one.wire);
        let location = format_ident!(
            "{}",
            match one.location.as_str() {
                "header" => "Header",
                "cookie" => "Cookie",
                _ => "Query",
            }
        );
        quote! {
            crate::runtime::Renamed { location: crate::runtime::Location::#location, from: #lowered, to: #wire }
        }
    });
    let body = match &one.body {
        None => quote! { None },
        Some(body) => {
            let (media_type, required) = (&body.media_type, body.required);
            let form = format_ident!(
                "{}",
                match body.form {
                    BodyForm::Json => "Json",
                    BodyForm::Form => "Form",
                    BodyForm::Text => "Text",
                    BodyForm::Bytes => "Bytes",
                }
            );
            quote! {
                Some(crate::runtime::Body {
                    media_type: #media_type, required: #required, form: crate::runtime::BodyForm::#form,
                })
            }
        }
    };
    let replies = one.replies.iter().map(|reply| {
        let (from, to, variant) = (reply.from, reply.to, &reply.variant);
        let form = format_ident!(
            "{}",
            match reply.form {
                ReplyForm::Empty => "Empty",
                ReplyForm::Json => "Json",
                ReplyForm::Text => "Text",
                ReplyForm::Bytes => "Bytes",
            }
        );
        let media_type = match &reply.media_type {
            Some(name) => quote! { Some(#name) },
            None => quote! { None },
        };
        let wrapping = format_ident!(
            "{}",
            match reply.wrapping {
                Wrapping::None => "None",
                Wrapping::Whole => "Whole",
                Wrapping::Payload => "Payload",
                Wrapping::Nothing => "Nothing",
            }
        );
        quote! {
            crate::runtime::Reply {
                from: #from, to: #to, variant: #variant, form: crate::runtime::ReplyForm::#form,
                wrapping: crate::runtime::Wrapping::#wrapping,
                media_type: #media_type,
            }
        }
    });
    let security = one.security.iter().map(|needed| quote! { &[#(#needed),*] });
    let repeat = format_ident!(
        "{}",
        match one.repeat {
            Repeat::Safe => "Safe",
            Repeat::Idempotent => "Idempotent",
            Repeat::Once => "Once",
        }
    );
    quote! {
        crate::runtime::Operation {
            id: #id, method: #method, path: #path,
            renamed: &[#(#renamed),*], body: #body, replies: &[#(#replies),*],
            security: &[#(#security),*], repeat: crate::runtime::Repeat::#repeat,
        }
    }
}
