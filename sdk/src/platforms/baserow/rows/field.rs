//! Fields as requests name them: by name, or by id.

/// A field, by the name that people gave it or by its id. Which of them a request takes depends on
/// [`user_field_names`](super::Rows::user_field_names); the other one is refused before anything is sent, because the server
/// would ignore it in some places.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FieldRef {
    /// By name.
    Name(String),
    /// By id.
    Id(i64),
}

impl From<&str> for FieldRef {
    fn from(name: &str) -> Self {
        Self::Name(name.to_owned())
    }
}

impl From<String> for FieldRef {
    fn from(name: String) -> Self {
        Self::Name(name)
    }
}

impl From<i64> for FieldRef {
    fn from(id: i64) -> Self {
        Self::Id(id)
    }
}

impl FieldRef {
    /// As rows have it: the name, or `field_<id>`.
    fn key(&self, names: bool) -> Result<String, String> {
        match self {
            Self::Name(name) if names => Ok(name.clone()),
            Self::Id(id) if !names => Ok(format!("field_{id}")),
            Self::Name(name) => Err(format!(
                "the field `{name}` is given by name, and user field names are off\nhint: give its id"
            )),
            Self::Id(id) => Err(format!(
                "the field {id} is given by id, and user field names are on\nhint: give its name"
            )),
        }
    }

    /// As a filter has it: the name, or the number alone.
    pub(super) fn in_filter(&self, names: bool) -> Result<serde_json::Value, String> {
        self.key(names)?;
        Ok(match self {
            Self::Name(name) => name.as_str().into(),
            Self::Id(id) => (*id).into(),
        })
    }

    /// As it stands in a list with commas.
    pub(super) fn in_list(&self, names: bool, sign: &str) -> Result<String, String> {
        let text = format!("{sign}{}", self.key(names)?);
        let plain = !text.contains([',', '"', '\\']);
        Ok(if plain { text } else { format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")) })
    }
}

/// What rows are sorted by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    field: FieldRef,
    descending: bool,
}

impl Order {
    /// The smallest first.
    pub fn ascending(field: impl Into<FieldRef>) -> Self {
        Self { field: field.into(), descending: false }
    }

    /// The greatest first.
    pub fn descending(field: impl Into<FieldRef>) -> Self {
        Self { field: field.into(), descending: true }
    }

    pub(super) fn in_list(&self, names: bool) -> Result<String, String> {
        // The sign is always written: a name may begin with one.
        self.field.in_list(names, if self.descending { "-" } else { "+" })
    }
}

#[cfg(test)]
mod tests {
    use super::{FieldRef, Order};

    #[test]
    fn lists_keep_their_members_apart() {
        let name = |text: &str| FieldRef::from(text).in_list(true, "").unwrap();
        assert_eq!(name("First name"), "First name");
        assert_eq!(name("a,b"), "\"a,b\"");
        assert_eq!(name("5\" \\ x"), "\"5\\\" \\\\ x\"");
        assert_eq!(Order::descending("-5, or so").in_list(true).as_deref(), Ok("\"--5, or so\""));
        assert_eq!(Order::ascending(7).in_list(false).as_deref(), Ok("+field_7"));
    }

    #[test]
    fn what_the_request_does_not_use_is_refused() {
        assert!(Order::ascending("Name").in_list(false).unwrap_err().contains("hint: give its id"));
        assert!(FieldRef::from(7).in_filter(true).unwrap_err().contains("hint: give its name"));
    }
}
