//! The named actions as a trait: one method each, with a typed input.

use heck::ToUpperCamelCase;
use indexmap::IndexMap;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use tercet_spec::Contract;
use tercet_spec::contract::{Operation, Type, Verb};
use tercet_spec::language::{EpochUnit, Source, ValueExpr};

/// A named action as its callers use it.
#[derive(Default)]
pub(super) struct Action {
    inputs: IndexMap<String, Input>,
    calls: usize,
    operations: Vec<String>,
    outcomes: Vec<String>,
}

/// One input of an action.
#[derive(Clone)]
struct Input {
    kind: Kind,
    optional: bool,
    given: usize,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Text,
    Boolean,
    Integer,
    Number,
    Any,
}

/// The actions that a contract calls, by name.
pub(super) fn collect(contract: &Contract) -> IndexMap<String, Action> {
    let mut all: IndexMap<String, Action> = IndexMap::new();
    for operation in &contract.operations {
        for step in &operation.effect {
            let Verb::Call { action, with, outcomes, .. } = &step.verb else { continue };
            let entry = all.entry(action.clone()).or_default();
            entry.calls += 1;
            if !entry.operations.contains(&operation.id) {
                entry.operations.push(operation.id.clone());
            }
            for outcome in outcomes {
                if !entry.outcomes.contains(outcome) {
                    entry.outcomes.push(outcome.clone());
                }
            }
            for (name, value) in with {
                let (kind, optional) = kind(contract, operation, value);
                let input = entry.inputs.entry(name.clone()).or_insert(Input { kind, optional, given: 0 });
                input.given += 1;
                input.optional |= optional;
                if input.kind != kind {
                    input.kind = Kind::Any;
                }
            }
        }
    }
    all
}

/// What a value will be: its kind, and whether it may be absent.
fn kind(contract: &Contract, operation: &Operation, value: &ValueExpr) -> (Kind, bool) {
    match value {
        ValueExpr::Expression(expression) => match contract.typed(operation, expression) {
            Some(typed) => {
                let schema = contract.schema(typed.schema);
                let kind = match schema.single_type() {
                    Some(Type::String) => Kind::Text,
                    Some(Type::Boolean) => Kind::Boolean,
                    Some(Type::Integer) => Kind::Integer,
                    Some(Type::Number) => Kind::Number,
                    _ => Kind::Any,
                };
                (kind, typed.optional || schema.is_nullable())
            }
            // Headers and cookies that no parameter declares are texts.
            None if matches!(expression.source, Source::Header(_) | Source::Cookie(_)) => (Kind::Text, true),
            None => (Kind::Any, true),
        },
        ValueExpr::Text(_)
        | ValueExpr::Concat(_)
        | ValueExpr::PercentEncode(_)
        | ValueExpr::Checksum(..)
        | ValueExpr::HttpDate(_)
        | ValueExpr::After(..) => (Kind::Text, true),
        ValueExpr::Epoch(_, EpochUnit::Milliseconds) => (Kind::Integer, true),
        ValueExpr::Epoch(_, EpochUnit::Seconds) => (Kind::Number, true),
        ValueExpr::Count(_) => (Kind::Integer, false),
        ValueExpr::First(values) => {
            let kinds: Vec<_> = values.iter().map(|value| self::kind(contract, operation, value)).collect();
            let same = kinds.windows(2).all(|pair| pair[0].0 == pair[1].0);
            let kind = kinds.first().filter(|_| same).map_or(Kind::Any, |(kind, _)| *kind);
            (kind, kinds.iter().all(|(_, optional)| *optional))
        }
        ValueExpr::Literal(literal) => (
            match literal {
                serde_json::Value::String(_) => Kind::Text,
                serde_json::Value::Bool(_) => Kind::Boolean,
                serde_json::Value::Number(number) if number.is_i64() => Kind::Integer,
                serde_json::Value::Number(_) => Kind::Number,
                _ => Kind::Any,
            },
            literal.is_null(),
        ),
        _ => (Kind::Any, true),
    }
}

/// Input structs, `trait Actions` and the adapter that the engine calls. Nothing where no action is named.
pub(super) fn actions(contract: &Contract) -> TokenStream {
    let actions = collect(contract);
    if actions.is_empty() {
        return TokenStream::new();
    }
    let inputs = actions.iter().map(|(name, action)| input_struct(name, action));
    let methods = actions.iter().map(|(name, action)| method(name, action));
    let names: Vec<&str> = actions.keys().map(String::as_str).collect();
    let idents: Vec<_> = names.iter().map(|name| format_ident!("{name}")).collect();
    quote! {
        #(#inputs)*

        /// The named actions of the document: what it calls and cannot say itself.
        pub trait Actions: Send + Sync {
            #(#methods)*

            /// What the platform keeps beside its collections, as it is at first; nothing unless said otherwise.
            fn extension(&self) -> Box<dyn Extension> {
                Box::new(NoExtension)
            }

            /// What [`Extension::to_json`] wrote, or a person.
            ///
            /// # Errors
            /// Everything wrong with it, a sentence each.
            fn restore_extension(&self, json: &Value) -> Result<Box<dyn Extension>, Vec<String>> {
                NoActions.restore_extension(json)
            }

            /// Adds to the first state, after the document's seeds; nothing unless said otherwise.
            ///
            /// # Errors
            /// The outcome of what could not be done: the document cannot be served then.
            fn seed(&self, context: &mut ActionContext<'_>) -> Result<(), Outcome> {
                NoActions.seed(context)
            }

            /// Whether `after` is to be called; not unless said otherwise.
            fn watches(&self) -> bool {
                NoActions.watches()
            }

            /// Looks at what an operation has done, within its transaction, where these actions watch. `before` is the
            /// state that it began with.
            ///
            /// # Errors
            /// `internal`: the operation comes to nothing then.
            fn after(&self, context: &mut ActionContext<'_>, operation: &str, before: &State) -> Result<(), Outcome> {
                NoActions.after(context, operation, before)
            }
        }

        /// Lets the engine call [`Actions`] by name.
        #[derive(Clone, Copy, Debug, Default)]
        pub struct ActionAdapter<A>(pub A);

        impl<A: Actions> ActionTable for ActionAdapter<A> {
            fn names(&self) -> &[&str] {
                &[#(#names),*]
            }

            fn call(
                &self,
                name: &str,
                context: &mut ActionContext<'_>,
                input: Map<String, Value>,
            ) -> Result<Value, Outcome> {
                match name {
                    #(#names => self.0.#idents(context, typed(name, input)?),)*
                    _ => Err(Outcome::new("internal", format!("there is no action `{name}`"))),
                }
            }

            fn extension(&self) -> Box<dyn Extension> {
                self.0.extension()
            }

            fn restore_extension(&self, json: &Value) -> Result<Box<dyn Extension>, Vec<String>> {
                self.0.restore_extension(json)
            }

            fn seed(&self, context: &mut ActionContext<'_>) -> Result<(), Outcome> {
                self.0.seed(context)
            }

            fn watches(&self) -> bool {
                self.0.watches()
            }

            fn after(&self, context: &mut ActionContext<'_>, operation: &str, before: &State) -> Result<(), Outcome> {
                self.0.after(context, operation, before)
            }
        }

        /// An action's input as its type. The document's `with` gives what the type says, unless an overlay changed it.
        fn typed<T: serde::de::DeserializeOwned>(action: &str, input: Map<String, Value>) -> Result<T, Outcome> {
            serde_json::from_value(Value::Object(input))
                .map_err(|error| Outcome::new("internal", format!("the input of `{action}` is not as declared: {error}")))
        }
    }
}

fn input_name(action: &str) -> proc_macro2::Ident {
    format_ident!("{}Input", action.to_upper_camel_case())
}

/// The name of a field, also where it is a word of Rust's own.
fn ident(field: &str) -> proc_macro2::Ident {
    syn::parse_str(field).unwrap_or_else(|_| format_ident!("r#{field}"))
}

fn input_struct(name: &str, action: &Action) -> TokenStream {
    let input = input_name(name);
    let doc = format!(" Input of [`Actions::{name}`].");
    let fields = action.inputs.iter().map(|(field, input)| {
        let field_ident = ident(field);
        let optional = input.optional || input.given < action.calls;
        let (kind, words) = match input.kind {
            Kind::Text => (quote!(String), "text"),
            Kind::Boolean => (quote!(bool), "a boolean"),
            Kind::Integer => (quote!(i64), "a whole number"),
            Kind::Number => (quote!(f64), "a number"),
            Kind::Any => (quote!(Value), "any JSON; null when absent"),
        };
        let doc = format!(" `{field}` of the step's `with`: {words}.");
        match (input.kind, optional) {
            (Kind::Any, _) => quote!(#[doc = #doc] #[serde(default)] pub #field_ident: #kind,),
            (_, true) => quote!(#[doc = #doc] #[serde(default)] pub #field_ident: Option<#kind>,),
            (_, false) => quote!(#[doc = #doc] pub #field_ident: #kind,),
        }
    });
    quote! {
        #[doc = #doc]
        #[derive(Clone, Debug, Deserialize)]
        pub struct #input {
            #(#fields)*
        }
    }
}

fn method(name: &str, action: &Action) -> TokenStream {
    let ident = format_ident!("{name}");
    let input = input_name(name);
    let called = format!(" `{name}`, called by `{}`.", action.operations.join("`, `"));
    let outcomes = if action.outcomes.is_empty() {
        " None that the document names.".to_owned()
    } else {
        format!(" `{}`.", action.outcomes.join("`, `"))
    };
    quote! {
        #[doc = #called]
        #[doc = ""]
        #[doc = " # Errors"]
        #[doc = #outcomes]
        fn #ident(&self, context: &mut ActionContext<'_>, input: #input) -> Result<Value, Outcome>;
    }
}
