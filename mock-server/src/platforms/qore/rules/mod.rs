//! Laravel's rules.

/// Whether there is such a rule with so many parameters.
///
/// # Errors
/// A sentence on what is wrong.
pub(super) fn known(name: &str, parameters: &[String]) -> Result<(), String> {
    let _ = (name, parameters);
    Ok(())
}
