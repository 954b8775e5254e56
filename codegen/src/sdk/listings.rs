//! Listings: the calls that give their list in pages also give it whole, as a stream.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::Type;

use super::calls::Input;
use super::constructors::in_facade;
use super::errors::{Division, Success};
use super::reading::Skin;
use crate::projection::{OperationMeta, Turn, snake};

/// The method that streams, where the operation has pages.
pub(crate) fn stream(
    skin: &Skin,
    operation: &OperationMeta,
    inputs: &[Input],
    division: &Division<'_>,
    refusal: &TokenStream,
) -> Option<TokenStream> {
    let paging = operation.paging.as_ref()?;
    let Success::One(success) = &division.success else { return None };
    let place = inputs.iter().find(|input| input.ident == paging.ident && !input.required)?;
    let (item, divide) = match &paging.items {
        None => (item_of(success)?, quote! { |list| (list, crate::runtime::More::Perhaps) }),
        Some(member) => {
            let Type::Path(path) = &**success else { return None };
            let fields = skin.structs.get(&path.path.segments.last()?.ident.to_string())?;
            let field = |name: &str| fields.iter().find(|field| field.ident == name);
            let items = field(&snake(member))?;
            let ident = &items.ident;
            let number = |name: &Option<String>| {
                let ident = &field(&snake(name.as_deref()?))?.ident;
                Some(quote! { crate::runtime::number_of(list.#ident) })
            };
            let more = match (paging.next.then(|| field("next")).flatten(), number(&paging.total)) {
                (Some(_), _) => {
                    quote! { crate::runtime::More::said(crate::runtime::Onward::goes_on(&list.next)) }
                }
                (None, Some(total)) => {
                    let size =
                        number(&paging.size).map_or_else(|| quote! { None }, |size| quote! { Some(#size) });
                    quote! { crate::runtime::More::Counted { total: #total, size: #size } }
                }
                (None, None) => quote! { crate::runtime::More::Perhaps },
            };
            (item_of(&in_facade(&items.ty))?, quote! { |list| { let more = #more; (list.#ident, more) } })
        }
    };
    let ident = &place.ident;
    let stored = &place.stored;
    let (given, written) = match quote!(#stored).to_string().as_str() {
        "String" => (quote! { .and_then(|place| place.parse().ok()) }, quote! { position.to_string() }),
        "i64" | "i32" => (
            quote! { .and_then(|place| u64::try_from(place).ok()) },
            quote! { #stored::try_from(position).unwrap_or(#stored::MAX) },
        ),
        _ => return None,
    };
    let (turn, first) = match paging.turn {
        Turn::Page => (format_ident!("Page"), 1_u64),
        Turn::Offset => (format_ident!("Offset"), 0),
    };
    let members = paging.payload.iter().chain(&paging.items);
    let others = inputs.iter().filter(|input| input.ident != place.ident).map(|input| {
        let ident = &input.ident;
        quote! { #ident: self.#ident.clone() }
    });
    let others: Vec<TokenStream> = others.collect();
    Some(quote! {
        /// All of the list as a stream, from the place that is set, or the beginning, one page after the other.
        pub fn stream(self) -> crate::Listing<#item, #refusal> {
            let start = self.#ident.clone()#given.unwrap_or(#first);
            crate::runtime::listing(start, crate::runtime::Turn::#turn, move |position| {
                let call = Self { call: self.call.again(), #ident: Some(#written), #(#others),* };
                async move { call.send().await.map(|answer| crate::runtime::page(answer, &[#(#members),*], #divide)) }
            })
        }
    })
}

/// `T` in `Vec<T>`.
fn item_of(ty: &Type) -> Option<Type> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last().filter(|last| last.ident == "Vec")?;
    let syn::PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    match arguments.args.first()? {
        syn::GenericArgument::Type(item) => Some(item.clone()),
        _ => None,
    }
}
