//! From a contract to a model and its first state: what must be in order before anything is served.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use indexmap::IndexMap;
use regress::Regex;
use serde_json::Value;
use tercet_spec::contract::{Flavour, Schema, SchemeKind, SecurityScheme, Serve, Setting, Type, Verb};
use tercet_spec::language::{Clause, Predicate, Test, ValueExpr, Word};
use tercet_spec::{Contract, Diagnostic};

use crate::action::ActionContext;
use crate::authenticate::Callers;
use crate::documentation::Library;
use crate::effect::{Request, insert};
use crate::engine::EngineOptions;
use crate::entropy::Entropy;
use crate::inputs::Inputs;
use crate::mention;
use crate::model::Model;
use crate::outcome::Outcome;
use crate::scope::{Bindings, Want};
use crate::state::{State, Transaction};

/// The setting whose value signs tokens.
const JWT_SECRET: &str = "JWT_SECRET";

/// Makes the model, or says everything that stands in the way.
pub(crate) fn model(contract: Arc<Contract>, options: &EngineOptions) -> Result<Model, Vec<Diagnostic>> {
    let mut problems = Vec::new();
    let settings = settings(&contract, options, &mut problems);
    let patterns = patterns(&contract, &mut problems);
    missing_actions(&contract, options, &mut problems);
    if !problems.is_empty() {
        return Err(problems);
    }
    let contract = with_effective_names(contract, &settings);
    let chosen = options.settings.get(JWT_SECRET).or_else(|| settings.get(JWT_SECRET));
    let secret = match chosen.and_then(Value::as_str).filter(|text| !text.is_empty()) {
        Some(text) => text.as_bytes().to_vec(),
        // Not drawn from the state's own chance: a restored state keeps its tokens valid.
        None => Entropy::resume(options.seed, u64::MAX).token(43).into_bytes(),
    };
    let counts_pages = mention::count(contract.document.root(), "$page") > 0;
    let names = contract.collections.keys().cloned().zip(0..).collect();
    Ok(Model {
        collections: Model::collections(&contract),
        names,
        settings,
        patterns,
        secret,
        counts_pages,
        library: Library::default(),
        fingerprint: OnceLock::new(),
        contract,
    })
}

/// The contract whose `apiKey`s have the names that the settings give them, so that nobody looks at the declared ones.
fn with_effective_names(contract: Arc<Contract>, settings: &IndexMap<String, Value>) -> Arc<Contract> {
    let name = |scheme: &SecurityScheme| scheme.effective_name(&|name| settings.get(name).cloned());
    if contract.schemes.iter().all(|scheme| name(scheme).is_none()) {
        return contract;
    }
    let mut contract = Arc::unwrap_or_clone(contract);
    for scheme in &mut contract.schemes {
        if let (Some(name), SchemeKind::ApiKey(_, own)) = (name(scheme), &mut scheme.kind) {
            *own = name;
        }
    }
    Arc::new(contract)
}

/// The state with the document's seeds: one transaction, whose references are looked at when all records are in.
pub(crate) fn initial_state(model: &Arc<Model>, options: &EngineOptions) -> Result<State, Vec<Diagnostic>> {
    let inputs = Inputs { now: options.clock.now(), ..Inputs::default() };
    let (callers, bindings) = (Callers::default(), Bindings::default());
    let request =
        Request { model, inputs: &inputs, callers: &callers, actions: &options.actions, body: None };
    let empty = State::empty(model.clone(), Entropy::new(options.seed), options.actions.extension());
    let mut tx = Transaction::begin(&empty);
    let mut problems = Vec::new();
    let mut made = Vec::new();
    let document = &model.contract.document;
    for (collection, declared) in model.contract.collections.values().enumerate() {
        for (position, seed) in declared.seed.iter().enumerate() {
            let pointer = declared.pointer.child("seed").index(position);
            let value =
                request.scope(&tx.state, &bindings).eval(seed, Want::One).map(|value| value.into_json());
            let Some(Value::Object(fields)) = value else {
                let problem =
                    Diagnostic::error("bad-seed", "a seed must be an object").at_value(document, &pointer);
                problems.push(problem);
                continue;
            };
            match insert(&request, &mut tx, &bindings, collection, fields) {
                Ok(record) => made.push((pointer, record)),
                Err(outcome) => {
                    problems
                        .push(Diagnostic::error("bad-seed", outcome.message).at_value(document, &pointer));
                }
            }
        }
    }
    for (pointer, record) in made {
        if let Err(outcome) = tx.references_of(&record) {
            let problem = Diagnostic::error("bad-seed", outcome.message).at_value(document, &pointer);
            problems.push(problem.help("add the record it refers to, or correct the key"));
        }
    }
    if problems.is_empty()
        && let Err(outcome) = seed(&request, &mut tx)
    {
        problems.push(Diagnostic::error("bad-seed", format!("what the platform starts with: {outcome}")));
    }
    if problems.is_empty() { Ok(tx.commit()) } else { Err(problems) }
}

/// What the platform itself puts into the first state.
fn seed(request: &Request<'_>, tx: &mut Transaction) -> Result<(), Outcome> {
    let bindings = Bindings::default();
    request.actions.seed(&mut ActionContext::new(*request, tx, &bindings))?;
    tx.settle()
}

/// A size in bytes: a number, or text such as `50mb` (1024-based). `None` for anything else.
pub(crate) fn bytes(size: &Value) -> Option<u64> {
    let text = match size {
        Value::Number(number) => return number.as_u64(),
        Value::String(text) => text.trim().to_ascii_lowercase(),
        _ => return None,
    };
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic()).trim_end();
    let unit: u32 = match text[digits.len()..].trim() {
        "" | "b" => 0,
        "k" | "kb" | "kib" => 1,
        "m" | "mb" | "mib" => 2,
        "g" | "gb" | "gib" => 3,
        _ => return None,
    };
    let factor = 1024u64.pow(unit);
    if let Ok(whole) = digits.parse::<u64>() {
        return whole.checked_mul(factor);
    }
    let number = digits.parse::<f64>().ok().filter(|number| *number >= 0.0 && *number < 1e12)?;
    // Bounded above: the product stays far below 2⁶⁴.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
    Some((number * factor as f64) as u64)
}

fn settings(
    contract: &Contract,
    options: &EngineOptions,
    problems: &mut Vec<Diagnostic>,
) -> IndexMap<String, Value> {
    let known = |name: &String| contract.settings.iter().any(|setting| setting.name == *name);
    for name in options.settings.keys().filter(|name| !known(name) && *name != JWT_SECRET) {
        let names: Vec<_> = contract.settings.iter().map(|setting| format!("`{}`", setting.name)).collect();
        let help = match names.as_slice() {
            [] => "the document declares no settings (`x-settings`)".to_owned(),
            names => format!("the document declares {}", names.join(", ")),
        };
        problems
            .push(Diagnostic::error("unknown-setting", format!("there is no setting `{name}`")).help(help));
    }
    let mut values = IndexMap::new();
    for setting in &contract.settings {
        let mut value = setting.default.clone();
        if let Some(chosen) = options.settings.get(&setting.name) {
            value = typed(contract, setting, chosen);
            if let Some(schema) = setting.schema
                && let Some(violation) =
                    contract.validators.violations(schema, Flavour::Request, &value).first()
            {
                let shown = if setting.secret { String::new() } else { format!(" `{value}`") };
                let message = format!(
                    "the value{shown} of the setting `{}` does not fit: {}",
                    setting.name, violation.message
                );
                problems
                    .push(Diagnostic::error("bad-setting", message).at(&contract.document, &setting.pointer));
            }
        }
        values.insert(setting.name.clone(), value);
    }
    values
}

/// Environment and command line know texts only: `true` and `5` are read as the setting's schema wants them.
fn typed(contract: &Contract, setting: &Setting, chosen: &Value) -> Value {
    let wanted = match setting.schema {
        Some(schema) => contract.schema(schema).single_type(),
        None => None,
    };
    match (chosen, wanted) {
        (Value::String(text), Some(Type::Boolean | Type::Integer | Type::Number | Type::Null)) => {
            serde_json::from_str(text).unwrap_or_else(|_| chosen.clone())
        }
        _ => chosen.clone(),
    }
}

fn missing_actions(contract: &Contract, options: &EngineOptions, problems: &mut Vec<Diagnostic>) {
    let names = options.actions.names();
    for step in contract.operations.iter().flat_map(|operation| &operation.effect) {
        if let Verb::Call { action, .. } = &step.verb
            && !names.contains(&action.as_str())
        {
            let message = format!("the action `{action}` is not there");
            let problem = Diagnostic::error("missing-action", message).at(&contract.document, &step.pointer);
            problems.push(
                problem.help("named actions are written in Rust and given to the engine when it is made"),
            );
        }
    }
}

/// Every `pattern` of the vocabulary, compiled.
fn patterns(contract: &Contract, problems: &mut Vec<Diagnostic>) -> HashMap<String, Regex> {
    let mut found = HashMap::new();
    let mut take = |text: &str| {
        if found.contains_key(text) {
            return;
        }
        match Regex::new(text) {
            Ok(regex) => {
                found.insert(text.to_owned(), regex);
            }
            Err(error) => {
                let message = format!("the pattern `{text}` is no regular expression of ECMA-262: {error}");
                problems.push(Diagnostic::error("bad-pattern", message));
            }
        }
    };
    for guard in contract.conduct.require.iter().chain(&contract.conduct.unrouted) {
        of_predicate(&guard.filter, &mut take);
    }
    for scheme in &contract.schemes {
        if let Some(credential) = &scheme.credential {
            of_predicate(&credential.select.filter, &mut take);
            credential.pattern.iter().for_each(|pattern| take(pattern));
        }
    }
    for (_, schema) in contract.schemas.iter() {
        of_schema(schema, &mut take);
    }
    for operation in &contract.operations {
        for step in &operation.effect {
            step.when.iter().for_each(|when| of_predicate(when, &mut take));
            of_verb(&step.verb, &mut take);
        }
        let headers = operation.responses.iter().flat_map(|one| &one.headers);
        let conditions = operation.responses.iter().map(|one| one.when.as_ref());
        let conditions = conditions.chain(headers.map(|one| one.when.as_ref())).flatten();
        conditions.for_each(|when| of_predicate(when, &mut take));
        let media = operation.responses.iter().flat_map(|response| &response.content);
        for template in
            media.flat_map(|media| &media.examples).filter_map(|example| example.template.as_ref())
        {
            of_value(template, &mut take);
        }
    }
    found
}

fn of_schema(schema: &Schema, take: &mut dyn FnMut(&str)) {
    schema.when.iter().for_each(|when| of_predicate(when, take));
    schema.value.iter().for_each(|value| of_value(value, take));
}

fn of_verb(verb: &Verb, take: &mut dyn FnMut(&str)) {
    if let Some(selection) = verb.selection() {
        of_predicate(&selection.filter, take);
    }
    match verb {
        Verb::Require(filter) => of_predicate(filter, take),
        Verb::Update(_, set) | Verb::Replace(_, set) => set.iter().for_each(|value| of_value(value, take)),
        Verb::Create { set, each, .. } => set.iter().chain(each).for_each(|value| of_value(value, take)),
        Verb::Call { with, .. } => with.iter().for_each(|(_, value)| of_value(value, take)),
        Verb::Serve(Serve::Content { content, media_type, .. }) => {
            std::iter::once(content).chain(media_type).for_each(|value| of_value(value, take));
        }
        Verb::Find(_) | Verb::List(_) | Verb::Delete(_) | Verb::Serve(_) => {}
    }
}

fn of_value(value: &ValueExpr, take: &mut dyn FnMut(&str)) {
    value.selections(&mut |selection| of_predicate(&selection.filter, take));
}

fn of_predicate(predicate: &Predicate, take: &mut dyn FnMut(&str)) {
    for clause in &predicate.clauses {
        match clause {
            Clause::Test(_, Test::Words(words)) => {
                for word in words {
                    match word {
                        Word::Pattern(text) => take(text),
                        other => other.value().into_iter().for_each(|value| of_value(value, take)),
                    }
                }
            }
            Clause::Test(_, Test::Equal(value)) => of_value(value, take),
            Clause::AnyOf(all) | Clause::AllOf(all) => all.iter().for_each(|one| of_predicate(one, take)),
            Clause::Not(one) => of_predicate(one, take),
        }
    }
}
