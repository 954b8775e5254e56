//! The declared refusals of each operation, and its successes where there are several.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::Type;

use super::constructors::in_facade;
use super::reading::Skin;
use super::table::docs;
use crate::projection::{OperationMeta, Projection, ReplyMeta, pascal};

/// What an operation's reply divides into.
pub(crate) struct Division<'p> {
    pub(crate) successes: Vec<(&'p ReplyMeta, Option<Type>)>,
    pub(crate) refusals: Vec<(&'p ReplyMeta, Option<Type>)>,
    /// The type of a success.
    pub(crate) success: Success,
}

/// What the caller gets.
pub(crate) enum Success {
    /// Nothing but the status.
    Nothing,
    /// Always the same type.
    One(Box<Type>),
    /// An enum made for it.
    Several,
}

/// Divides an operation's reply into successes and refusals.
pub(crate) fn divide<'p>(skin: &Skin, operation: &'p OperationMeta) -> Division<'p> {
    let name = reply_name(operation);
    let carried = |reply: &ReplyMeta| {
        let variants = skin.enums.get(&name);
        variants
            .into_iter()
            .flatten()
            .find(|(name, _)| *name == reply.variant)
            .and_then(|(_, ty)| ty.as_ref().map(in_facade))
    };
    let all = operation.replies.iter().map(|reply| (reply, carried(reply)));
    let (successes, refusals): (Vec<_>, Vec<_>) = all.partition(|(reply, _)| reply.is_success());
    let first = successes.first().map(|(_, ty)| ty.clone());
    let same = successes.iter().all(|(_, ty)| Some(ty) == first.as_ref());
    let success = match first {
        None | Some(None) if same => Success::Nothing,
        Some(Some(ty)) if same => Success::One(Box::new(ty)),
        _ => Success::Several,
    };
    Division { successes, refusals, success }
}

/// The name of the enum with a variant for every declared status.
pub(crate) fn reply_name(operation: &OperationMeta) -> String {
    format!("{}Reply", pascal(&operation.name))
}

/// The enums of all operations.
pub(crate) fn tokens(skin: &Skin, projection: &Projection) -> TokenStream {
    let items = projection.operations.iter().map(|operation| {
        let division = divide(skin, operation);
        let type_name = pascal(&operation.name);
        let refusals = (!division.refusals.is_empty()).then(|| {
            let doc = format!(" The refusals that `{}` declares.", operation.id);
            let attributes = quote! { #[doc = #doc] #[derive(Clone, Debug, PartialEq)] };
            one(&attributes, &format!("{type_name}Error"), &division.refusals)
        });
        let successes = matches!(division.success, Success::Several).then(|| {
            let doc = format!(" The successes that `{}` declares.", operation.id);
            let attributes = quote! { #[doc = #doc] #[derive(Clone, Debug, PartialEq)] };
            one(&attributes, &format!("{type_name}Success"), &division.successes)
        });
        quote! { #refusals #successes }
    });
    let items: Vec<TokenStream> = items.collect();
    quote! { #(#items)* }
}

fn one(attributes: &TokenStream, name: &str, replies: &[(&ReplyMeta, Option<Type>)]) -> TokenStream {
    let name = format_ident!("{name}");
    let variants = replies.iter().map(|(reply, ty)| {
        let statuses = if reply.from == reply.to {
            reply.from.to_string()
        } else {
            format!("{} to {}", reply.from, reply.to)
        };
        let doc = docs(&format!("{statuses}: {}", reply.description));
        let variant = format_ident!("{}", reply.variant);
        match ty {
            Some(ty) => quote! { #doc #variant(#ty) },
            None => quote! { #doc #variant },
        }
    });
    quote! { #attributes #[non_exhaustive] pub enum #name { #(#variants),* } }
}
