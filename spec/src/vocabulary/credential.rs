//! What may be written at `x-credential`.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value};

/// How a presented credential is recognised.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct RawCredential {
    /// The collection.
    #[serde(rename = "in")]
    pub(crate) _from: Value,
    /// A predicate, with `$credential` for what was presented.
    #[serde(rename = "where")]
    pub(crate) _filter: Map<String, Value>,
    /// A value over settings: the header, query parameter or cookie that is looked at instead of the scheme's `name`.
    #[serde(rename = "name")]
    pub(crate) _name: Option<Value>,
    /// Schemes: where a credential for one of them is presented, this one is not looked at.
    #[serde(default)]
    pub(crate) unless: Vec<String>,
    /// What stands before the credential proper.
    pub(crate) prefix: Option<RawPrefix>,
    /// What the credential proper looks like: a regular expression of ECMA-262.
    pub(crate) pattern: Option<String>,
    /// The outcome of one that does not look so.
    pub(crate) malformed: Option<String>,
    /// It is a JSON Web Token; `$credential.NAME` is a claim, `$credential` the token.
    pub(crate) jwt: Option<RawJwt>,
    /// The outcome of a token that is signed as it should be and belongs to no record.
    pub(crate) unknown: Option<String>,
    /// Who the caller is: a value on the recognised record.
    #[serde(rename = "caller")]
    pub(crate) _caller: Option<Value>,
    /// The outcome of one that is not recognised.
    #[serde(rename = "else")]
    pub(crate) refused: Option<String>,
    /// How one is obtained.
    pub(crate) sign_in: Option<RawSignIn>,
}

/// What stands before the credential proper.
#[derive(Deserialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum RawPrefix {
    Text(String),
    Full(RawFullPrefix),
}

/// What stands before the credential proper, and how it is compared.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct RawFullPrefix {
    pub(crate) text: String,
    /// Letter case makes no difference.
    #[serde(default)]
    pub(crate) ignore_case: bool,
}

/// How a JSON Web Token is verified: HS256, `exp` and `nbf` by the server's clock.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawJwt {
    /// A value: the key.
    #[serde(rename = "secret")]
    pub(crate) _secret: Value,
}

/// How a credential is obtained.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawSignIn {
    /// The `operationId` of signing in.
    pub(crate) operation: String,
    /// The security scheme whose credential it is sent with; that one has a `sign-in` of its own.
    #[serde(rename = "as")]
    pub(crate) with: Option<String>,
    /// Its body: a value over `$user` and `$password`.
    #[serde(rename = "body")]
    pub(crate) _body: Option<Value>,
    /// What to present: a value over `$response`.
    #[serde(rename = "value")]
    pub(crate) _value: Value,
    /// How an account is made.
    pub(crate) register: Option<RawRegister>,
}

/// How an account is made.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawRegister {
    /// The `operationId` of making an account.
    pub(crate) operation: String,
    /// Its body: a value over `$user` and `$password`.
    #[serde(rename = "body")]
    pub(crate) _body: Option<Value>,
}
