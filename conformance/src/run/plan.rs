//! What a run would do, before it does it.

use schemars::JsonSchema;
use serde::Serialize;

use super::Choice;
use crate::law::LAWS;
use crate::probe::PROBES;
use crate::reading::Reading;
use crate::session::irreversible;
use crate::{Consent, Target};
use tercet_spec::Contract;

/// What a run would do.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Plan {
    /// In the order in which it would be done.
    pub steps: Vec<Step>,
    /// The collections in which records would be created, and whether they would be removed.
    pub creates: Vec<Creation>,
    /// Operations that are not called, and why.
    pub left_out: Vec<LeftOut>,
}

/// One probe of an operation, or one case of a law.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Step {
    /// The probe or the law.
    pub by: String,
    /// The operation, or the case.
    pub about: String,
    /// What is sent, or asserted.
    pub what: String,
}

/// Something that a run would create.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Creation {
    /// The operation.
    pub operation: String,
    /// The collection; empty where the document does not say.
    pub collection: String,
    /// Why it would stay; `None` when it would be removed.
    pub stays: Option<String>,
}

/// An operation that is not called so that it does something.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct LeftOut {
    /// The operation.
    pub operation: String,
    /// Why.
    pub why: String,
}

/// Works out what a run would do.
#[must_use]
pub fn plan(reading: &Reading, target: &Target, choice: &Choice) -> Plan {
    let contract = reading.contract();
    let mut steps = Vec::new();
    for (index, operation) in contract.operations.iter().enumerate() {
        if target.limits.read_only && !reading.is_safe(index) {
            continue;
        }
        for probe in
            PROBES.iter().filter(|probe| choice.wants_probe(**probe) && probe.applies(reading, index))
        {
            steps.push(Step {
                by: probe.name().to_owned(),
                about: format!("{} ({} {})", operation.id, operation.method, operation.path.text),
                what: probe.about().to_owned(),
            });
        }
    }
    for law in LAWS.iter().filter(|law| choice.wants(law.name())) {
        for case in law.cases(reading).unwrap_or_default() {
            steps.push(Step { by: law.name().to_owned(), about: case.title, what: law.about().to_owned() });
        }
    }
    for story in &choice.stories {
        let by = format!("story {}", story.name());
        if choice.wants(&by) {
            steps.push(Step { by, about: String::new(), what: story.summary().to_owned() });
        }
    }
    let mut creates = accounts(contract, target);
    let mut left_out = Vec::new();
    for (index, operation) in
        contract.operations.iter().enumerate().filter(|(index, _)| !reading.is_safe(*index))
    {
        let stays = irreversible(reading, index);
        if target.limits.read_only {
            left_out.push(LeftOut { operation: operation.id.clone(), why: "`--read-only`".to_owned() });
            continue;
        }
        if let Some(why) = stays.as_ref().filter(|_| !target.consent.covers(&operation.id)) {
            let why = format!("{why}; allow it with `--consent {}`", operation.id);
            left_out.push(LeftOut { operation: operation.id.clone(), why });
            continue;
        }
        let collections: Vec<&str> = reading
            .uses()
            .iter()
            .filter(|one| one.operation == index && one.does == crate::reading::Does::Create)
            .map(|one| one.collection.as_str())
            .collect();
        if !collections.is_empty() || stays.is_some() {
            creates.push(Creation {
                operation: operation.id.clone(),
                collection: collections.join(", "),
                stays: stays.filter(|_| target.consent != Consent::Named(Vec::new())),
            });
        }
    }
    Plan { steps, creates, left_out }
}

/// The accounts that a run makes for itself before anything else.
fn accounts(contract: &Contract, target: &Target) -> Vec<Creation> {
    let fresh = target.identities.iter().flat_map(|one| &one.accounts).filter(|(_, account)| account.fresh);
    fresh
        .filter_map(|(scheme, account)| {
            let credential = contract.scheme(scheme)?.credential.as_ref()?;
            let register = credential.sign_in.as_ref()?.register.as_ref()?;
            Some(Creation {
                operation: register.operation.clone(),
                collection: format!("the account {}", account.user),
                stays: Some("it is how the run signs in".to_owned()),
            })
        })
        .collect()
}
