//! What typify's structs lack: an empty list that can be sent, null beside absent, members nobody named.

use std::collections::BTreeSet;

use quote::{ToTokens, quote};
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, ExprMatch, Fields, ItemEnum, ItemStruct, LitStr, Type, parse_quote};

use crate::projection::PLACEHOLDER;

/// Polishes all structs of progenitor's output.
pub(crate) fn polish(file: &mut syn::File, extras: &BTreeSet<String>) {
    Polish { extras }.visit_file_mut(file);
}

struct Polish<'e> {
    extras: &'e BTreeSet<String>,
}

impl VisitMut for Polish<'_> {
    fn visit_item_enum_mut(&mut self, item: &mut ItemEnum) {
        let kept =
            std::mem::take(&mut item.variants).into_iter().filter(|variant| variant.ident != PLACEHOLDER);
        item.variants = kept.collect();
    }

    fn visit_expr_match_mut(&mut self, item: &mut ExprMatch) {
        item.arms.retain(|arm| !arm.to_token_stream().to_string().contains(PLACEHOLDER));
        visit_mut::visit_expr_match_mut(self, item);
    }

    fn visit_item_struct_mut(&mut self, item: &mut ItemStruct) {
        let name = item.ident.to_string();
        if let Fields::Named(fields) = &mut item.fields {
            fields.named.iter_mut().for_each(field);
            if self.extras.contains(&name) {
                let taken: BTreeSet<String> = fields
                    .named
                    .iter()
                    .filter_map(|one| one.ident.as_ref().map(ToString::to_string))
                    .collect();
                let ident = ["extra", "extra_members", "undocumented_members"]
                    .into_iter()
                    .find(|candidate| !taken.contains(*candidate))
                    .map(|name| quote::format_ident!("{name}"));
                if let Some(ident) = ident {
                    fields.named.push(parse_quote! {
                        /// Members that the document does not name, kept as they came.
                        #[serde(flatten)]
                        pub #ident: ::serde_json::Map<::std::string::String, ::serde_json::Value>
                    });
                }
            }
        }
        visit_mut::visit_item_struct_mut(self, item);
    }
}

fn field(field: &mut syn::Field) {
    let Some(position) = field.attrs.iter().position(|attribute| attribute.path().is_ident("serde")) else {
        return;
    };
    let parts = Parts::read(&field.attrs[position]);
    if parts.flatten {
        return;
    }
    let rename = parts.rename.map(|name| without_number(&name));
    let rename = rename.iter();
    if let Some(maybe) = maybe_inside(&field.ty) {
        field.ty = maybe;
        field.attrs[position] = parse_quote! { #[serde(#(rename = #rename,)* default, skip_serializing_if = "crate::Maybe::is_absent")] };
    } else if parts.skips_empty {
        let inner = &field.ty;
        field.ty = parse_quote! { ::std::option::Option<#inner> };
        field.attrs[position] = parse_quote! {
            #[serde(#(rename = #rename,)* default, skip_serializing_if = "::std::option::Option::is_none")]
        };
    } else if parts.renumbered {
        let rest = &parts.rest;
        field.attrs[position] = parse_quote! { #[serde(#(rename = #rename,)* #(#rest),*)] };
    }
}

/// `Maybe<T>` in `Option<Maybe<T>>`.
fn maybe_inside(ty: &Type) -> Option<Type> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last()?;
    let syn::PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    let Some(syn::GenericArgument::Type(Type::Path(inner))) = arguments.args.first() else { return None };
    let is_maybe =
        last.ident == "Option" && inner.path.segments.last().is_some_and(|last| last.ident == "Maybe");
    is_maybe.then(|| Type::Path(inner.clone()))
}

/// The projection keeps two equal names apart with `~2`; on the wire they are what they were.
fn without_number(name: &str) -> LitStr {
    let original = match name.rsplit_once('~') {
        Some((start, number)) if !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) => {
            start
        }
        _ => name,
    };
    LitStr::new(original, proc_macro2::Span::call_site())
}

/// A `#[serde(…)]` taken apart.
#[derive(Default)]
struct Parts {
    rename: Option<String>,
    renumbered: bool,
    skips_empty: bool,
    flatten: bool,
    rest: Vec<proc_macro2::TokenStream>,
}

impl Parts {
    fn read(attribute: &Attribute) -> Self {
        let mut parts = Self::default();
        let metas = attribute
            .parse_args_with(syn::punctuated::Punctuated::<syn::Meta, syn::Token![,]>::parse_terminated);
        for meta in metas.into_iter().flatten() {
            let text = match &meta {
                syn::Meta::NameValue(pair) => match &pair.value {
                    syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) => Some(text.value()),
                    _ => None,
                },
                _ => None,
            };
            if meta.path().is_ident("rename") {
                parts.renumbered = text.as_deref().is_some_and(|text| without_number(text).value() != text);
                parts.rename = text;
                continue;
            }
            parts.flatten |= meta.path().is_ident("flatten");
            parts.skips_empty |= meta.path().is_ident("skip_serializing_if")
                && text.is_some_and(|text| text.replace(' ', "").ends_with("::is_empty"));
            let tokens = meta.to_token_stream();
            parts.rest.push(quote! { #tokens });
        }
        parts
    }
}
