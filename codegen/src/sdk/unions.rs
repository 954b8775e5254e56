//! Unions: enums with a variant for each kind that a property tells apart, and one for what is newer.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::constructors::in_facade;
use super::reading::Skin;
use super::skin::holds;
use super::table::docs;
use crate::projection::{Projection, UnionMeta, pascal, snake};

/// A variant of a union.
struct Variant<'p> {
    ident: syn::Ident,
    value: &'p str,
    component: &'p str,
    boxed: bool,
}

/// An enum for each; the macro of the runtime reads it.
pub(crate) fn tokens(skin: &Skin, projection: &Projection) -> TokenStream {
    let mut unions: Vec<&UnionMeta> = projection.unions.iter().collect();
    unions.sort_by(|a, b| a.name.cmp(&b.name));
    let items = unions.into_iter().map(|one| union(skin, projection, one));
    let items: Vec<TokenStream> = items.collect();
    quote! { #(#items)* }
}

fn union(skin: &Skin, projection: &Projection, one: &UnionMeta) -> TokenStream {
    let name = format_ident!("{}", one.name);
    let property = &one.property;
    let default = format!(
        "What `{property}` tells apart; kinds that the document does not know are kept as they came."
    );
    let doc = docs(one.description.as_deref().unwrap_or(&default));
    let variants = variants(projection, one);
    let definitions = variants.iter().map(|variant| {
        let (ident, value, ty) = (&variant.ident, variant.value, held(variant));
        let doc = format!(" `{value}`");
        quote! { #[doc = #doc] #[serde(rename = #value)] #ident(#ty) }
    });
    let arms = variants.iter().map(|variant| {
        let (ident, value) = (&variant.ident, variant.value);
        quote! { #ident = #value }
    });
    let conversions = variants
        .iter()
        .filter(|variant| variants.iter().filter(|other| other.component == variant.component).count() == 1);
    let conversions = conversions.map(|variant| {
        let (ident, component) = (&variant.ident, format_ident!("{}", variant.component));
        let made = if variant.boxed {
            quote! { ::std::boxed::Box::new(value) }
        } else {
            quote! { value }
        };
        quote! {
            impl From<types::#component> for #name {
                fn from(value: types::#component) -> Self {
                    Self::#ident(#made)
                }
            }
        }
    });
    let shared = shared(skin, projection, one, &variants);
    quote! {
        #doc
        #[derive(Clone, Debug, PartialEq, ::serde::Serialize)]
        #[serde(tag = #property)]
        #[non_exhaustive]
        pub enum #name {
            #(#definitions,)*
            /// A kind that the document does not know, or a known one of another shape, as it came.
            #[serde(untagged)]
            Unknown(::serde_json::Map<::std::string::String, ::serde_json::Value>),
        }
        crate::tagged_union!(#name, #property: #(#arms),*);
        impl #name { #shared }
        #(#conversions)*
    }
}

fn variants<'p>(projection: &Projection, one: &'p UnionMeta) -> Vec<Variant<'p>> {
    let mut taken = BTreeSet::from(["Unknown".to_owned()]);
    let named = one.variants.iter().map(|variant| {
        let plain = pascal(&variant.value);
        let name = (1_usize..)
            .map(|number| if number == 1 { plain.clone() } else { format!("{plain}{number}") })
            .find(|candidate| taken.insert(candidate.clone()))
            .unwrap_or(plain);
        Variant {
            ident: format_ident!("{name}"),
            value: &variant.value,
            component: &variant.component,
            boxed: holds(projection, &variant.component, &one.name),
        }
    });
    named.collect()
}

fn held(variant: &Variant<'_>) -> TokenStream {
    let component = format_ident!("{}", variant.component);
    if variant.boxed {
        quote! { ::std::boxed::Box<types::#component> }
    } else {
        quote! { types::#component }
    }
}

/// What every kind has can be asked of the union itself: texts, whole numbers and flags.
fn shared(skin: &Skin, projection: &Projection, one: &UnionMeta, variants: &[Variant<'_>]) -> TokenStream {
    let Some(first) = variants.first().and_then(|variant| skin.structs.get(variant.component)) else {
        return TokenStream::new();
    };
    let in_all = first.iter().filter(|field| {
        !field.flatten
            && !field.optional
            && field.ident != "kind"
            && variants.iter().all(|variant| {
                skin.structs.get(variant.component).is_some_and(|fields| {
                    fields
                        .iter()
                        .any(|other| other.ident == field.ident && other.ty == field.ty && !other.optional)
                })
            })
    });
    let accessors = in_all.filter_map(|field| {
        let ident = &field.ident;
        let wire = wire(projection, variants.first()?.component, &ident.to_string())?;
        let ty = in_facade(&field.ty);
        let (given, known, read) = match quote!(#ty).to_string().replace(' ', "").as_str() {
            "i64" => (quote! { i64 }, quote! { Some(value.#ident) }, quote! { as_i64 }),
            "bool" => (quote! { bool }, quote! { Some(value.#ident) }, quote! { as_bool }),
            "::std::string::String" => (quote! { &str }, quote! { Some(&value.#ident) }, quote! { as_str }),
            _ => return None,
        };
        let idents = variants.iter().map(|variant| &variant.ident);
        let doc = format!(" `{wire}`, which every known kind has; of an unknown one only if it has it, too.");
        Some(quote! {
            #[doc = #doc]
            #[must_use]
            pub fn #ident(&self) -> Option<#given> {
                match self {
                    #(Self::#idents(value) => #known,)*
                    Self::Unknown(members) => members.get(#wire).and_then(::serde_json::Value::#read),
                }
            }
        })
    });
    let accessors: Vec<TokenStream> = accessors.collect();
    let property = &one.property;
    let doc = format!(" The value of `{property}`; empty where an unknown kind has none.");
    let kinds = variants.iter().map(|variant| {
        let (ident, value) = (&variant.ident, variant.value);
        quote! { Self::#ident(_) => #value }
    });
    quote! {
        #[doc = #doc]
        #[must_use]
        pub fn kind(&self) -> &str {
            match self {
                #(#kinds,)*
                Self::Unknown(members) => members.get(#property).and_then(::serde_json::Value::as_str).unwrap_or_default(),
            }
        }
        #(#accessors)*
    }
}

/// The name on the wire of a struct's field.
fn wire(projection: &Projection, component: &str, ident: &str) -> Option<String> {
    let properties = projection.document["components"]["schemas"][component]["properties"].as_object()?;
    properties.keys().find(|name| snake(name) == ident).cloned()
}
