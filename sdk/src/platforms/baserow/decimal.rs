//! Cells that are numbers and travel as text, for `#[serde(with = …)]` in structs of your own.
//!
//! The server writes numbers and counts as text with as many decimals as the field has (`"5"`, `"-1.50"`), and takes numbers
//! or text. What these modules read is either; what they write is text, so that nothing is lost.
//!
//! ```
//! use serde::{Deserialize, Serialize};
//! use tercet_sdk::baserow::decimal;
//!
//! #[derive(Serialize, Deserialize)]
//! struct Item {
//!     #[serde(rename = "Name")]
//!     name: String,
//!     #[serde(rename = "Price", with = "decimal")]
//!     price: f64,
//!     #[serde(rename = "Stock", with = "decimal::optional")]
//!     stock: Option<i64>,
//! }
//!
//! let item: Item = serde_json::from_str(r#"{ "Name": "tea", "Price": "4.50", "Stock": null }"#).unwrap();
//! assert_eq!((item.price, item.stock), (4.5, None));
//! assert_eq!(serde_json::to_string(&item).unwrap(), r#"{"Name":"tea","Price":"4.5","Stock":null}"#);
//! ```

use std::fmt::Display;
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serializer};
use serde_json::Value;

/// Reads a number that is text, or a number.
///
/// # Errors
/// When it is neither, or the type has no such number.
pub fn deserialize<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: FromStr,
    T::Err: Display,
{
    read(&Value::deserialize(deserializer)?).map_err(D::Error::custom)
}

/// Writes a number as text.
///
/// # Errors
/// When the serializer does.
pub fn serialize<S: Serializer, T: Display>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(value)
}

fn read<T: FromStr<Err: Display>>(value: &Value) -> Result<T, String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => return Err("a number, or one as text, was expected".to_owned()),
    };
    text.trim().parse().or_else(|error: T::Err| {
        // A whole number may be written with decimals that are zero.
        let whole = text.trim().split_once('.').filter(|(_, rest)| rest.bytes().all(|byte| byte == b'0'));
        whole
            .and_then(|(whole, _)| whole.parse().ok())
            .ok_or_else(|| format!("`{text}` is no such number: {error}"))
    })
}

/// The same for cells that can be empty.
pub mod optional {
    use super::{Deserialize as _, Deserializer, Display, FromStr, Serializer, Value, read};
    use serde::de::Error as _;

    /// Reads a number that is text, or a number; null and an empty text are nothing.
    ///
    /// # Errors
    /// When it is something else, or the type has no such number.
    pub fn deserialize<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
    where
        D: Deserializer<'de>,
        T: FromStr,
        T::Err: Display,
    {
        match Value::deserialize(deserializer)? {
            Value::Null => Ok(None),
            Value::String(text) if text.is_empty() => Ok(None),
            value => read(&value).map(Some).map_err(D::Error::custom),
        }
    }

    /// Writes a number as text, and nothing as null.
    ///
    /// # Errors
    /// When the serializer does.
    pub fn serialize<S: Serializer, T: Display>(value: &Option<T>, serializer: S) -> Result<S::Ok, S::Error> {
        match value {
            Some(value) => serializer.collect_str(value),
            None => serializer.serialize_none(),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde::{Deserialize, Serialize};

    #[derive(Serialize, Deserialize)]
    struct Cells {
        #[serde(with = "super")]
        count: i64,
        #[serde(with = "super::optional")]
        price: Option<f64>,
    }

    #[test]
    fn text_and_numbers_are_read_and_text_is_written() {
        for (json, count, price) in [
            (r#"{"count":"3","price":"-1.50"}"#, 3, Some(-1.5)),
            (r#"{"count":3,"price":2}"#, 3, Some(2.0)),
            (r#"{"count":"3.00","price":null}"#, 3, None),
            (r#"{"count":" 7 ","price":""}"#, 7, None),
        ] {
            let cells: Cells = serde_json::from_str(json).unwrap();
            assert_eq!((cells.count, cells.price), (count, price), "{json}");
        }
        let cells = Cells { count: 9_007_199_254_740_993, price: Some(0.1) };
        assert_eq!(serde_json::to_string(&cells).unwrap(), r#"{"count":"9007199254740993","price":"0.1"}"#);
    }

    #[test]
    fn nonsense_is_refused() {
        for json in [
            r#"{"count":"3.5","price":null}"#,
            r#"{"count":true,"price":null}"#,
            r#"{"count":"1","price":"x"}"#,
        ] {
            assert!(serde_json::from_str::<Cells>(json).is_err(), "{json}");
        }
    }
}
