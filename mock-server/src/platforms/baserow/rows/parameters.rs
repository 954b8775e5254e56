//! Query parameters as they were sent: several of one name, and names that no document can list.

use super::words::is_on;
use crate::action::ActionContext;

/// The query's parameters in the order in which they were sent.
pub(super) struct Parameters(Vec<(String, String)>);

impl Parameters {
    pub(super) fn of(context: &ActionContext<'_>) -> Self {
        Self::parse(&context.inputs().url)
    }

    /// Parameters that no query has sent.
    pub(super) fn made(pairs: Vec<(String, String)>) -> Self {
        Self(pairs)
    }

    fn parse(url: &str) -> Self {
        let (_, query) = url.split_once('?').unwrap_or((url, ""));
        Self(url::form_urlencoded::parse(query.as_bytes()).into_owned().collect())
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The last value of a name, as the product's framework reads it.
    pub(super) fn last(&self, name: &str) -> Option<&str> {
        self.iter().filter(|(own, _)| *own == name).last().map(|(_, value)| value)
    }

    /// The first value of a name.
    pub(super) fn first(&self, name: &str) -> Option<&str> {
        self.iter().find(|(own, _)| *own == name).map(|(_, value)| value)
    }

    /// Whether cells go by the names of their fields.
    pub(super) fn user_field_names(&self) -> bool {
        self.last("user_field_names").is_some_and(is_on)
    }
}

#[cfg(test)]
mod tests {
    use super::Parameters;

    #[test]
    fn names_and_values_are_decoded_and_kept_in_order() {
        let parameters =
            Parameters::parse("/a/?filter__A%20b__equal=1&filter__A+b__equal=%2B&user_field_names");
        let all: Vec<_> = parameters.iter().collect();
        assert_eq!(all[..2], [("filter__A b__equal", "1"), ("filter__A b__equal", "+")]);
        assert!(parameters.user_field_names());
        assert_eq!(
            (parameters.first("filter__A b__equal"), parameters.last("filter__A b__equal")),
            (Some("1"), Some("+"))
        );
    }
}
