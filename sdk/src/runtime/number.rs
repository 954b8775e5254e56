//! Numbers that are written as they were read.

use std::fmt;
use std::ops::Deref;

use serde::{Deserialize, Serialize, Serializer};

use super::maybe::Maybe;

/// A JSON number with the range and precision of `f64`. A whole one is written without a fraction, so that 100 read
/// from one answer is not 100.0 in the next request.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd, Deserialize)]
#[serde(transparent)]
pub struct Number(pub f64);

/// Up to here every whole number is exact in `f64`.
const EXACT: f64 = 9_007_199_254_740_992.0;

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.fract() == 0.0 && self.0.abs() <= EXACT && !(self.0 == 0.0 && self.0.is_sign_negative()) {
            #[allow(clippy::cast_possible_truncation, reason = "it is whole and within the exact range")]
            return serializer.serialize_i64(self.0 as i64);
        }
        serializer.serialize_f64(self.0)
    }
}

impl Deref for Number {
    type Target = f64;

    fn deref(&self) -> &f64 {
        &self.0
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

macro_rules! from {
    ($($number:ty),*) => {$(
        impl From<$number> for Number {
            fn from(number: $number) -> Self {
                Self(number.into())
            }
        }

        impl From<$number> for Maybe<Number> {
            fn from(number: $number) -> Self {
                Self::Value(Number(number.into()))
            }
        }
    )*};
}

from!(f64, f32, i32, u32);

#[cfg(test)]
mod tests {
    use super::Number;

    #[test]
    fn whole_numbers_stay_whole() {
        for text in ["100", "-3", "0.5", "1e300", "9007199254740992", "0"] {
            let number: Number = serde_json::from_str(text).unwrap();
            let again = serde_json::to_string(&number).unwrap();
            assert_eq!(again.replace("e+", "e"), text);
        }
    }
}
