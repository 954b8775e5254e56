//! An account as its owner sees and changes it.

use serde_json::{Map, Value, json};

use super::super::faults::Faults;
use super::super::records::{caller, flag, id, text, value};
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::state::Record;

/// The languages that the product speaks (facts: baserow 1.35).
const LANGUAGES: &[&str] = &["en", "fr", "nl", "de", "es", "it", "pl", "ko"];

/// What the product makes of an address: no blanks around it, no upper case.
pub(in super::super) fn email(address: &str) -> String {
    address.trim().to_lowercase()
}

/// The account as answers show it.
pub(in super::super) fn represent(user: &Record) -> Value {
    json!({
        "first_name": text(user, "name"),
        "username": text(user, "email"),
        "is_staff": flag(user, "is_staff"),
        "id": id(user),
        "language": text(user, "language"),
        "email_notification_frequency": text(user, "email_notification_frequency"),
        "email_verified": flag(user, "email_verified"),
        "completed_onboarding": flag(user, "completed_onboarding"),
        "completed_guided_tours": value(user, "completed_guided_tours"),
    })
}

/// Adds a fault when the product does not speak that language.
pub(super) fn check_language(faults: &mut Faults, language: &str) {
    if !LANGUAGES.contains(&language) {
        let sentence = format!("the languages are {}", LANGUAGES.join(", "));
        faults.add("language", sentence, "invalid_language");
    }
}

/// `update_account`: what was sent of the five properties that an owner can change.
pub(in super::super) fn update_account(
    context: &mut ActionContext<'_>,
    changes: &Value,
) -> Result<Value, Outcome> {
    const OWN: [(&str, &str); 5] = [
        ("first_name", "name"),
        ("language", "language"),
        ("email_notification_frequency", "email_notification_frequency"),
        ("completed_onboarding", "completed_onboarding"),
        ("completed_guided_tours", "completed_guided_tours"),
    ];
    let user = caller(context)?.clone();
    let mut faults = Faults::default();
    if let Some(language) = changes.get("language").and_then(Value::as_str) {
        check_language(&mut faults, language);
    }
    let mut set = Map::new();
    for (name, field) in OWN {
        if let Some(value) = changes.get(name).filter(|value| !value.is_null()) {
            set.insert(field.to_owned(), value.clone());
        }
    }
    if set.is_empty() {
        let names: Vec<_> = OWN.iter().map(|(name, _)| *name).collect();
        faults.add("non_field_errors", format!("at least one of {} is needed", names.join(", ")), "invalid");
    }
    faults.settle()?;
    // facts: tours are added to those completed before
    if let Some(Value::Array(tours)) = set.get_mut("completed_guided_tours") {
        let mut all = value(&user, "completed_guided_tours").as_array().cloned().unwrap_or_default();
        for tour in std::mem::take(tours) {
            if !all.contains(&tour) {
                all.push(tour);
            }
        }
        *tours = all;
    }
    let user = context.update(&user, Value::Object(set))?;
    Ok(OWN
        .iter()
        .map(|(name, field)| ((*name).to_owned(), value(&user, field)))
        .collect::<Map<_, _>>()
        .into())
}
