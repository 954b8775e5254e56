//! The scripts that Postman runs before and after a request.

use serde_json::{Value, json};
use tercet_spec::contract::{Contract, Operation, SignIn};
use tercet_spec::language::{Source, ValueExpr};

use super::replies;
use super::view::Step;

/// A value of an answer that goes into a variable.
pub(super) struct Kept {
    pub(super) variable: String,
    /// A JavaScript expression over `body`.
    pub(super) from: String,
    /// Only while the variable is as it was at first.
    pub(super) unless_changed: Option<String>,
}

/// A path into `body` as JavaScript.
pub(super) fn path(at: &[Step]) -> String {
    at.iter().fold("body".to_owned(), |text, step| match step {
        Step::First => text + "?.[0]",
        Step::Member(name) => format!("{text}?.[{}]", quoted(name)),
    })
}

/// Where a sign-in's answer has the credential: `$response.body#/access_token`.
pub(super) fn credential(sign_in: &SignIn) -> Option<String> {
    match &sign_in.value {
        ValueExpr::Expression(one) if one.source == Source::Bound("response".to_owned()) => {
            let members = one.path.strip_prefix(&["body".to_owned()][..])?;
            Some(path(&members.iter().cloned().map(Step::Member).collect::<Vec<_>>()))
        }
        _ => None,
    }
}

/// What runs after a request: is the status documented, does the body fit its schema, what is kept for later.
pub(super) fn test(
    contract: &Contract,
    operation: &Operation,
    kept: &[Kept],
    headers: &[(String, String)],
    signs_in: bool,
    must_succeed: Option<(&str, &str)>,
) -> Value {
    let mut lines: Vec<String> = vec![
        "const code = pm.response.code;".to_owned(),
        "const type = pm.response.headers.get(\"Content-Type\") || \"\";".to_owned(),
        "let body;".to_owned(),
        "if (/json/i.test(type) && pm.response.text()) {".to_owned(),
        "    pm.test(\"the body is JSON\", () => { body = pm.response.json(); });".to_owned(),
        "}".to_owned(),
        "pm.test(\"the status is documented\", () => {".to_owned(),
        format!(
            "    pm.expect(String(code)).to.match(new RegExp({}));",
            quoted(&replies::documented(contract, operation))
        ),
        "});".to_owned(),
    ];
    if signs_in {
        lines.push(
            "pm.test(\"signing in succeeds\", () => pm.expect(code).to.be.within(200, 299));".to_owned(),
        );
    }
    if let Some((variable, first)) = must_succeed {
        lines.extend([
            format!("if (pm.collectionVariables.get({}) !== {}) {{", quoted(variable), quoted(first)),
            "    pm.test(\"what was made before is there\", () => pm.expect(code).to.be.within(200, 299));"
                .to_owned(),
            "}".to_owned(),
        ]);
    }
    let schemas = replies::schemas(contract, operation);
    if !schemas.is_empty() {
        lines.push(format!("const schemas = {};", Value::Object(schemas)));
        lines.extend(
            [
                "const schema = schemas[code] || schemas[`${Math.floor(code / 100)}XX`] || schemas.default;",
                "if (schema && body !== undefined) {",
                "    pm.test(\"the body fits its schema\", () => {",
                "        pm.response.to.have.jsonSchema(schema, { unknownFormats: \"ignore\" });",
                "    });",
                "}",
            ]
            .map(str::to_owned),
        );
    }
    if !kept.is_empty() || !headers.is_empty() {
        lines.extend(
            [
                "const keep = (name, value) => {",
                "    if (value !== undefined && value !== null && value !== \"\") pm.collectionVariables.set(name, String(value));",
                "};",
                "if (code >= 200 && code < 300) {",
            ]
            .map(str::to_owned),
        );
        for one in kept {
            let keep = format!("keep({}, {});", quoted(&one.variable), one.from);
            lines.push(match &one.unless_changed {
                None => format!("    {keep}"),
                Some(first) => {
                    format!(
                        "    if (pm.collectionVariables.get({}) === {}) {keep}",
                        quoted(&one.variable),
                        quoted(first)
                    )
                }
            });
        }
        for (name, variable) in headers {
            lines.push(format!("    keep({}, pm.response.headers.get({}));", quoted(variable), quoted(name)));
        }
        lines.push("}".to_owned());
    }
    event("test", &lines)
}

/// What runs before a request: headers whose variable is empty are left out.
pub(super) fn before(optional: &[(String, String)]) -> Option<Value> {
    let lines: Vec<String> = optional
        .iter()
        .map(|(header, variable)| {
            format!(
                "if (!pm.variables.get({})) pm.request.headers.remove({});",
                quoted(variable),
                quoted(header)
            )
        })
        .collect();
    (!lines.is_empty()).then(|| event("prerequest", &lines))
}

fn event(listen: &str, lines: &[String]) -> Value {
    json!({ "listen": listen, "script": { "type": "text/javascript", "exec": lines } })
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}
