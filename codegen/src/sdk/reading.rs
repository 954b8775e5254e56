//! progenitor's output read back: which methods, arguments, enums and structs it made.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use quote::ToTokens;
use syn::{FnArg, ImplItem, Item, Pat, Type};

/// What the facade has to know of the inner layer.
pub(crate) struct Skin {
    /// By method, its arguments in order.
    pub(crate) methods: BTreeMap<String, Vec<Argument>>,
    /// By enum, its variants and what they carry.
    pub(crate) enums: BTreeMap<String, Vec<(String, Option<Type>)>>,
    /// By struct, its fields.
    pub(crate) structs: BTreeMap<String, Vec<Field>>,
}

/// An argument of a method.
#[derive(Clone)]
pub(crate) struct Argument {
    pub(crate) name: String,
    pub(crate) ty: Type,
}

/// A field of a struct.
pub(crate) struct Field {
    pub(crate) ident: syn::Ident,
    pub(crate) ty: Type,
    pub(crate) docs: Vec<syn::Attribute>,
    pub(crate) optional: bool,
    pub(crate) flatten: bool,
}

impl Skin {
    pub(crate) fn read(file: &syn::File) -> Self {
        let mut skin = Self { methods: BTreeMap::new(), enums: BTreeMap::new(), structs: BTreeMap::new() };
        for item in &file.items {
            match item {
                Item::Impl(block) if block.trait_.is_none() => {
                    block.items.iter().for_each(|item| skin.method(item));
                }
                Item::Mod(module) if module.ident == "types" => {
                    module.content.iter().flat_map(|(_, items)| items).for_each(|item| skin.item(item));
                }
                _ => {}
            }
        }
        skin
    }

    fn method(&mut self, item: &ImplItem) {
        let ImplItem::Fn(function) = item else { return };
        if function.sig.asyncness.is_none() {
            return;
        }
        let arguments = function.sig.inputs.iter().filter_map(|input| match input {
            FnArg::Typed(typed) => match &*typed.pat {
                Pat::Ident(name) => Some(Argument { name: name.ident.to_string(), ty: (*typed.ty).clone() }),
                _ => None,
            },
            FnArg::Receiver(_) => None,
        });
        self.methods.insert(function.sig.ident.to_string(), arguments.collect());
    }

    fn item(&mut self, item: &Item) {
        match item {
            Item::Enum(item) => {
                let variants = item.variants.iter().map(|variant| {
                    (variant.ident.to_string(), variant.fields.iter().next().map(|field| field.ty.clone()))
                });
                self.enums.insert(item.ident.to_string(), variants.collect());
            }
            Item::Struct(item) => {
                let fields = item.fields.iter().filter_map(|field| {
                    let serde: String = field
                        .attrs
                        .iter()
                        .filter(|attribute| attribute.path().is_ident("serde"))
                        .map(|attribute| attribute.to_token_stream().to_string())
                        .collect();
                    Some(Field {
                        ident: field.ident.clone()?,
                        ty: field.ty.clone(),
                        docs: field.attrs.iter().filter(|one| one.path().is_ident("doc")).cloned().collect(),
                        optional: serde.contains("skip_serializing_if") || serde.contains("default"),
                        flatten: serde.contains("flatten"),
                    })
                });
                self.structs.insert(item.ident.to_string(), fields.collect());
            }
            _ => {}
        }
    }

    /// One line for each method and type.
    pub(crate) fn outline(&self) -> String {
        let mut text = String::new();
        let show = |ty: &Type| ty.to_token_stream().to_string().replace(' ', "");
        for (name, arguments) in &self.methods {
            let arguments: Vec<String> =
                arguments.iter().map(|one| format!("{}: {}", one.name, show(&one.ty))).collect();
            let _ = writeln!(text, "fn {name}({})", arguments.join(", "));
        }
        for (name, variants) in &self.enums {
            let variants: Vec<String> = variants
                .iter()
                .map(|(name, ty)| {
                    ty.as_ref().map_or_else(|| name.clone(), |ty| format!("{name}({})", show(ty)))
                })
                .collect();
            let _ = writeln!(text, "enum {name} {{ {} }}", variants.join(", "));
        }
        for (name, fields) in &self.structs {
            let _ = writeln!(text, "struct {name}");
            for field in fields {
                let _ = writeln!(text, "    {}: {}", field.ident, show(&field.ty));
            }
        }
        text
    }
}
