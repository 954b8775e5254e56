//! String types with known values that accept others too.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::table::docs;
use crate::projection::{OpenEnum, pascal};

/// One `open_enum!` for each.
pub(crate) fn tokens(enums: &[OpenEnum]) -> TokenStream {
    let mut enums: Vec<&OpenEnum> = enums.iter().collect();
    enums.sort_by(|a, b| a.name.cmp(&b.name));
    let items = enums.into_iter().map(|one| {
        let name = format_ident!("{}", one.name);
        let default = format!("Known values of `{}`; others are kept as they came.", one.name);
        let doc = docs(one.description.as_deref().unwrap_or(&default));
        let mut taken = std::collections::BTreeSet::from(["Other".to_owned()]);
        let variants = one.values.iter().map(|value| {
            let plain = pascal(value);
            let name = (1_usize..)
                .map(|number| if number == 1 { plain.clone() } else { format!("{plain}{number}") })
                .find(|candidate| taken.insert(candidate.clone()))
                .unwrap_or(plain);
            let variant = format_ident!("{name}");
            quote! { #variant = #value }
        });
        let variants: Vec<TokenStream> = variants.collect();
        quote! { crate::open_enum! { #doc pub enum #name { #(#variants),* } } }
    });
    quote! { #(#items)* }
}
