//! String types with known values that accept others too.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::table::docs;
use crate::projection::{OpenEnum, pascal};

/// An enum for each; the macro of the runtime makes it read and write.
pub(crate) fn tokens(enums: &[OpenEnum]) -> TokenStream {
    let mut enums: Vec<&OpenEnum> = enums.iter().collect();
    enums.sort_by(|a, b| a.name.cmp(&b.name));
    let items = enums.into_iter().map(|one| {
        let name = format_ident!("{}", one.name);
        let default = format!("Known values of `{}`; others are kept as they came.", one.name);
        let doc = docs(one.description.as_deref().unwrap_or(&default));
        let mut taken = std::collections::BTreeSet::from(["Other".to_owned()]);
        let variants: Vec<(syn::Ident, &String)> = one
            .values
            .iter()
            .map(|value| {
                let plain = variant_name(value);
                let name = (1_usize..)
                    .map(|number| if number == 1 { plain.clone() } else { format!("{plain}{number}") })
                    .find(|candidate| taken.insert(candidate.clone()))
                    .unwrap_or(plain);
                (format_ident!("{name}"), value)
            })
            .collect();
        let definitions = variants.iter().map(|(variant, value)| {
            let doc = format!(" `{value}`");
            quote! { #[doc = #doc] #variant }
        });
        let pairs = variants.iter().map(|(variant, value)| quote! { #variant = #value });
        quote! {
            #doc
            #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
            #[non_exhaustive]
            pub enum #name {
                #(#definitions,)*
                /// A value that the document does not know, as it came.
                Other(String),
            }
            crate::open_enum!(#name: #(#pairs),*);
        }
    });
    quote! { #(#items)* }
}

/// The name of a value: as progenitor would make it, and in words where it has no letters or digits.
fn variant_name(value: &str) -> String {
    if value.is_empty() {
        return "Empty".to_owned();
    }
    if matches!(value, "+1" | "-1") || value.chars().any(char::is_alphanumeric) {
        return pascal(value);
    }
    let words = value.chars().map(|c| match c {
        ' ' => "Space",
        '\t' => "Tab",
        '\n' => "Newline",
        ',' => "Comma",
        ';' => "Semicolon",
        ':' => "Colon",
        '.' => "Dot",
        '|' => "Pipe",
        '+' => "Plus",
        '-' => "Minus",
        '_' => "Underscore",
        '*' => "Star",
        '/' => "Slash",
        '\\' => "Backslash",
        '=' => "Equal",
        '!' => "Not",
        '<' => "Less",
        '>' => "Greater",
        '~' => "Tilde",
        '%' => "Percent",
        '#' => "Hash",
        '&' => "And",
        '@' => "At",
        '$' => "Dollar",
        '?' => "Question",
        '^' => "Caret",
        _ => "Symbol",
    });
    words.collect()
}
