//! Names: what progenitor makes of a name, and how to keep two of them apart.

use std::collections::HashSet;

use heck::{ToPascalCase, ToSnakeCase};

fn cleaned(input: &str) -> String {
    input.replace('\'', "").replace(|c: char| !(c.is_alphanumeric() || c == '_'), "-")
}

/// The name of a type, as progenitor would make it.
pub(crate) fn pascal(input: &str) -> String {
    legal(match input {
        "+1" => "Plus1".to_owned(),
        "-1" => "Minus1".to_owned(),
        _ => cleaned(input).to_pascal_case(),
    })
}

/// The name of a method or a field, as progenitor would make it.
pub(crate) fn snake(input: &str) -> String {
    legal(match input {
        "+1" => "plus1".to_owned(),
        "-1" => "minus1".to_owned(),
        _ => cleaned(input).to_snake_case(),
    })
}

fn legal(name: String) -> String {
    let name = match name.chars().next() {
        None => "x".to_owned(),
        Some(first) if first.is_alphabetic() => name,
        Some(_) => format!("_{name}"),
    };
    if syn::parse_str::<syn::Ident>(&name).is_ok() { name } else { format!("{name}_") }
}

/// What every Rust source can name without importing it (`std::prelude::rust_2024`) and a type of that name would hide: in
/// progenitor's output, and for users who import all types.
pub(crate) const PRELUDE: [&str; 43] = [
    "AsMut",
    "AsRef",
    "AsyncFn",
    "AsyncFnMut",
    "AsyncFnOnce",
    "Box",
    "Clone",
    "Copy",
    "Default",
    "DoubleEndedIterator",
    "Drop",
    "Eq",
    "Err",
    "ExactSizeIterator",
    "Extend",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "Future",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Send",
    "Sized",
    "Some",
    "String",
    "Sync",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "Unpin",
    "Vec",
];

/// Names already given away, compared without regard to case.
#[derive(Debug, Default)]
pub(crate) struct Taken(HashSet<String>);

impl Taken {
    /// A type's name like `wanted` that nobody has yet.
    pub(crate) fn type_name(&mut self, wanted: &str) -> String {
        self.first_free(&pascal(wanted), "")
    }

    /// A method's name like `wanted` that nobody has yet.
    pub(crate) fn method_name(&mut self, wanted: &str) -> String {
        self.first_free(&snake(wanted), "_")
    }

    /// Takes `name` as it is; whether it was free.
    pub(crate) fn take(&mut self, name: &str) -> bool {
        self.0.insert(name.to_lowercase())
    }

    fn first_free(&mut self, name: &str, joint: &str) -> String {
        if self.take(name) {
            return name.to_owned();
        }
        let mut number = 2_usize;
        loop {
            let candidate = format!("{name}{joint}{number}");
            if self.take(&candidate) {
                return candidate;
            }
            number += 1;
        }
    }
}

/// What a status is called (RFC 9110, 15); ranges by their class.
pub(crate) fn variant(from: u16, to: u16) -> String {
    if from != to {
        let class = match from / 100 {
            1 => "Informational",
            2 => "Success",
            3 => "Redirection",
            4 => "ClientError",
            _ => "ServerError",
        };
        return class.to_owned();
    }
    let name = match from {
        200 => "Ok",
        201 => "Created",
        202 => "Accepted",
        203 => "NonAuthoritativeInformation",
        204 => "NoContent",
        205 => "ResetContent",
        206 => "PartialContent",
        207 => "MultiStatus",
        300 => "MultipleChoices",
        301 => "MovedPermanently",
        302 => "Found",
        303 => "SeeOther",
        304 => "NotModified",
        307 => "TemporaryRedirect",
        308 => "PermanentRedirect",
        400 => "BadRequest",
        401 => "Unauthorized",
        402 => "PaymentRequired",
        403 => "Forbidden",
        404 => "NotFound",
        405 => "MethodNotAllowed",
        406 => "NotAcceptable",
        408 => "RequestTimeout",
        409 => "Conflict",
        410 => "Gone",
        411 => "LengthRequired",
        412 => "PreconditionFailed",
        413 => "ContentTooLarge",
        414 => "UriTooLong",
        415 => "UnsupportedMediaType",
        416 => "RangeNotSatisfiable",
        417 => "ExpectationFailed",
        421 => "MisdirectedRequest",
        422 => "UnprocessableContent",
        423 => "Locked",
        424 => "FailedDependency",
        425 => "TooEarly",
        426 => "UpgradeRequired",
        428 => "PreconditionRequired",
        429 => "TooManyRequests",
        431 => "RequestHeaderFieldsTooLarge",
        451 => "UnavailableForLegalReasons",
        500 => "InternalServerError",
        501 => "NotImplemented",
        502 => "BadGateway",
        503 => "ServiceUnavailable",
        504 => "GatewayTimeout",
        507 => "InsufficientStorage",
        code => return format!("Status{code}"),
    };
    name.to_owned()
}
