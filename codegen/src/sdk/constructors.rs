//! Constructors: what requests are made of can be made from what is required, and refined by what is not.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Type;

use super::reading::{Field, Skin};
use crate::projection::{Projection, snake};

/// `new` and a setter for each optional field, for each struct that requests are made of.
pub(crate) fn tokens(skin: &Skin, projection: &Projection) -> TokenStream {
    let inputs = skin.structs.iter().filter(|(name, _)| projection.inputs.contains(*name));
    let blocks = inputs.map(|(name, fields)| {
        let fields = in_order(fields, &projection.document["components"]["schemas"][name]["properties"]);
        let name = quote::format_ident!("{name}");
        let (optional, required): (Vec<&Field>, Vec<&Field>) =
            fields.into_iter().partition(|one| one.optional || one.flatten);
        let arguments = required.iter().map(|field| {
            let (ident, ty) = (&field.ident, in_facade(&field.ty));
            quote! { #ident: impl Into<#ty> }
        });
        let given = required.iter().map(|field| {
            let ident = &field.ident;
            quote! { #ident: #ident.into() }
        });
        let absent = optional.iter().map(|field| {
            let ident = &field.ident;
            quote! { #ident: ::std::default::Default::default() }
        });
        let setters =
            optional.iter().filter(|field| !field.flatten && field.ident != "new").map(|field| setter(field));
        let doc = format!(" The smallest `{name}`: what is required and nothing else.");
        quote! {
            impl types::#name {
                #[doc = #doc]
                pub fn new(#(#arguments),*) -> Self {
                    Self { #(#given,)* #(#absent,)* }
                }
                #(#setters)*
            }
        }
    });
    let blocks: Vec<TokenStream> = blocks.collect();
    quote! { #(#blocks)* }
}

/// typify sorts fields by name; arguments come in the order in which the document has the properties.
fn in_order<'f>(fields: &'f [Field], properties: &serde_json::Value) -> Vec<&'f Field> {
    let names: Vec<String> = properties
        .as_object()
        .map(|properties| properties.keys().map(|name| snake(name)).collect())
        .unwrap_or_default();
    let mut fields: Vec<&Field> = fields.iter().collect();
    fields.sort_by_key(|field| names.iter().position(|name| field.ident == name).unwrap_or(usize::MAX));
    fields
}

fn setter(field: &Field) -> TokenStream {
    let ident = &field.ident;
    let said = field.docs.clone();
    let docs = if said.is_empty() {
        let doc = format!(" Sets `{ident}`.");
        quote! { #[doc = #doc] }
    } else {
        quote! { #(#said)* }
    };
    let (ty, set) = match option_inside(&field.ty) {
        Some(inner) => (in_facade(&inner), quote! { Some(value.into()) }),
        None => (in_facade(&field.ty), quote! { value.into() }),
    };
    quote! {
        #docs
        #[must_use]
        pub fn #ident(mut self, value: impl Into<#ty>) -> Self {
            self.#ident = #set;
            self
        }
    }
}

/// `T` in `Option<T>`.
pub(crate) fn option_inside(ty: &Type) -> Option<Type> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last().filter(|last| last.ident == "Option")?;
    let syn::PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    match arguments.args.first()? {
        syn::GenericArgument::Type(inner) => Some(inner.clone()),
        _ => None,
    }
}

/// A type as it is called outside `raw::types`: a plain name there is `types::Name` here.
pub(crate) fn in_facade(ty: &Type) -> Type {
    struct Outside;
    impl syn::visit_mut::VisitMut for Outside {
        fn visit_type_path_mut(&mut self, path: &mut syn::TypePath) {
            let plain = path.path.leading_colon.is_none() && path.path.segments.len() == 1;
            let name = path.path.segments.first().map(|first| first.ident.to_string()).unwrap_or_default();
            let builtin = [
                "bool", "i8", "i16", "i32", "i64", "u8", "u16", "u32", "u64", "f32", "f64", "str", "Option",
                "String", "Self",
            ];
            syn::visit_mut::visit_type_path_mut(self, path);
            if plain && !builtin.contains(&name.as_str()) {
                let own = path.path.clone();
                *path = syn::parse_quote! { types::#own };
            }
        }
    }
    let mut ty = ty.clone();
    syn::visit_mut::VisitMut::visit_type_mut(&mut Outside, &mut ty);
    ty
}
