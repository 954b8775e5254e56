//! Which keys each object of OpenAPI 3.0 and 3.1 has, and what they are (OpenAPI 3.0.3 and 3.1.0, "Schema").

use super::rules;
use super::structure::Walk;
use crate::Pointer;

/// What may stand at a key.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Any,
    Text,
    Boolean,
    Integer,
    Number,
    OneOf(&'static [&'static str]),
    List(&'static Kind),
    Map(&'static Kind),
    /// An object, or a reference to one.
    Object(&'static Shape),
    /// A schema: the shape differs between 3.0 and 3.1.
    Schema,
    /// A boolean, or a schema.
    SchemaOrBoolean,
    /// A map whose keys are path templates.
    Paths,
    /// A map whose keys are runtime expressions, or a reference to one.
    Callback,
    /// A map whose keys are status codes, ranges or `default`.
    Responses,
}

/// An object of OpenAPI.
pub(super) struct Shape {
    /// With its article, for messages.
    pub(super) what: &'static str,
    pub(super) keys: &'static [(&'static str, Kind)],
    pub(super) required: &'static [&'static str],
    /// Keywords of the vocabulary that may stand here.
    pub(super) vocabulary: &'static [&'static str],
    /// Whether a `$ref` may stand instead.
    pub(super) referable: bool,
    /// The part of `components` that such a `$ref` leads to; empty for no particular one.
    pub(super) section: &'static str,
    /// What else must hold.
    pub(super) rule: Option<Rule>,
}

/// A rule that keys and kinds cannot say.
pub(super) type Rule = fn(&mut Walk<'_>, &Pointer);

use Kind::{
    Any, Boolean, Callback, Integer, List, Map, Number, Object, OneOf, Paths, Responses, Schema,
    SchemaOrBoolean, Text,
};

const TEXTS: Kind = List(&Text);
const SECURITY: Kind = List(&Map(&TEXTS));

const fn shape(
    what: &'static str,
    keys: &'static [(&'static str, Kind)],
    required: &'static [&'static str],
) -> Shape {
    Shape { what, keys, required, vocabulary: &[], referable: false, section: "", rule: None }
}

pub(super) static DOCUMENT: Shape = Shape {
    vocabulary: &["x-collections", "x-settings", "x-conduct", "x-steps", "x-envelope"],
    ..shape(
        "a document",
        &[
            ("openapi", Text),
            ("info", Object(&INFO)),
            ("jsonSchemaDialect", Text),
            ("servers", List(&Object(&SERVER))),
            ("paths", Paths),
            ("webhooks", Map(&Object(&PATH_ITEM))),
            ("components", Object(&COMPONENTS)),
            ("security", SECURITY),
            ("tags", List(&Object(&TAG))),
            ("externalDocs", Object(&EXTERNAL_DOCS)),
        ],
        &["openapi", "info"],
    )
};

static INFO: Shape = shape(
    "`info`",
    &[
        ("title", Text),
        ("summary", Text),
        ("description", Text),
        ("termsOfService", Text),
        ("contact", Object(&CONTACT)),
        ("license", Object(&LICENSE)),
        ("version", Text),
    ],
    &["title", "version"],
);

static CONTACT: Shape = shape("a contact", &[("name", Text), ("url", Text), ("email", Text)], &[]);

static LICENSE: Shape = shape("a licence", &[("name", Text), ("identifier", Text), ("url", Text)], &["name"]);

static SERVER: Shape = Shape {
    rule: Some(rules::server),
    ..shape(
        "a server",
        &[("url", Text), ("description", Text), ("variables", Map(&Object(&SERVER_VARIABLE)))],
        &["url"],
    )
};

static SERVER_VARIABLE: Shape =
    shape("a server variable", &[("enum", TEXTS), ("default", Text), ("description", Text)], &["default"]);

static EXTERNAL_DOCS: Shape = shape("`externalDocs`", &[("description", Text), ("url", Text)], &["url"]);

static TAG: Shape = shape(
    "a tag",
    &[("name", Text), ("description", Text), ("externalDocs", Object(&EXTERNAL_DOCS))],
    &["name"],
);

pub(super) static PATH_ITEM: Shape = Shape {
    referable: true,
    ..shape(
        "a path item",
        &[
            ("summary", Text),
            ("description", Text),
            ("get", Object(&OPERATION)),
            ("put", Object(&OPERATION)),
            ("post", Object(&OPERATION)),
            ("delete", Object(&OPERATION)),
            ("options", Object(&OPERATION)),
            ("head", Object(&OPERATION)),
            ("patch", Object(&OPERATION)),
            ("trace", Object(&OPERATION)),
            ("servers", List(&Object(&SERVER))),
            ("parameters", List(&Object(&PARAMETER))),
        ],
        &[],
    )
};

static OPERATION: Shape = Shape {
    vocabulary: &["x-effect"],
    ..shape(
        "an operation",
        &[
            ("tags", TEXTS),
            ("summary", Text),
            ("description", Text),
            ("externalDocs", Object(&EXTERNAL_DOCS)),
            ("operationId", Text),
            ("parameters", List(&Object(&PARAMETER))),
            ("requestBody", Object(&REQUEST_BODY)),
            ("responses", Responses),
            ("callbacks", Map(&Callback)),
            ("deprecated", Boolean),
            ("security", SECURITY),
            ("servers", List(&Object(&SERVER))),
        ],
        &["responses"],
    )
};

static PARAMETER: Shape = Shape {
    vocabulary: &["x-outcome"],
    referable: true,
    section: "parameters",
    ..shape(
        "a parameter",
        &[
            ("name", Text),
            ("in", OneOf(&["path", "query", "header", "cookie"])),
            ("description", Text),
            ("required", Boolean),
            ("deprecated", Boolean),
            ("allowEmptyValue", Boolean),
            (
                "style",
                OneOf(&[
                    "matrix",
                    "label",
                    "simple",
                    "form",
                    "spaceDelimited",
                    "pipeDelimited",
                    "deepObject",
                ]),
            ),
            ("explode", Boolean),
            ("allowReserved", Boolean),
            ("schema", Schema),
            ("example", Any),
            ("examples", Map(&Object(&EXAMPLE))),
            ("content", Map(&Object(&MEDIA_TYPE))),
        ],
        &["name", "in"],
    )
};

static HEADER: Shape = Shape {
    vocabulary: &["x-value", "x-when"],
    referable: true,
    section: "headers",
    ..shape(
        "a header",
        &[
            ("description", Text),
            ("required", Boolean),
            ("deprecated", Boolean),
            ("style", OneOf(&["simple"])),
            ("explode", Boolean),
            ("schema", Schema),
            ("example", Any),
            ("examples", Map(&Object(&EXAMPLE))),
            ("content", Map(&Object(&MEDIA_TYPE))),
        ],
        &[],
    )
};

static REQUEST_BODY: Shape = Shape {
    referable: true,
    section: "requestBodies",
    ..shape(
        "a request body",
        &[("description", Text), ("content", Map(&Object(&MEDIA_TYPE))), ("required", Boolean)],
        &["content"],
    )
};

static MEDIA_TYPE: Shape = Shape {
    rule: Some(rules::media_type),
    ..shape(
        "a media type",
        &[
            ("schema", Schema),
            ("example", Any),
            ("examples", Map(&Object(&EXAMPLE))),
            ("encoding", Map(&Object(&ENCODING))),
        ],
        &[],
    )
};

static ENCODING: Shape = shape(
    "an encoding",
    &[
        ("contentType", Text),
        ("headers", Map(&Object(&HEADER))),
        ("style", Text),
        ("explode", Boolean),
        ("allowReserved", Boolean),
    ],
    &[],
);

pub(super) static RESPONSE: Shape = Shape {
    vocabulary: &["x-outcome", "x-when"],
    referable: true,
    section: "responses",
    ..shape(
        "a response",
        &[
            ("description", Text),
            ("headers", Map(&Object(&HEADER))),
            ("content", Map(&Object(&MEDIA_TYPE))),
            ("links", Map(&Object(&LINK))),
        ],
        &["description"],
    )
};

/// Only for references: the keys of a callback are expressions.
pub(super) static CALLBACK: Shape = Shape { section: "callbacks", ..shape("a callback", &[], &[]) };

static EXAMPLE: Shape = Shape {
    vocabulary: &["x-outcome"],
    referable: true,
    section: "examples",
    ..shape(
        "an example",
        &[("summary", Text), ("description", Text), ("value", Any), ("externalValue", Text)],
        &[],
    )
};

static COMPONENTS: Shape = shape(
    "`components`",
    &[
        ("schemas", Map(&Schema)),
        ("responses", Map(&Object(&RESPONSE))),
        ("parameters", Map(&Object(&PARAMETER))),
        ("examples", Map(&Object(&EXAMPLE))),
        ("requestBodies", Map(&Object(&REQUEST_BODY))),
        ("headers", Map(&Object(&HEADER))),
        ("securitySchemes", Map(&Object(&SECURITY_SCHEME))),
        ("links", Map(&Object(&LINK))),
        ("callbacks", Map(&Callback)),
        ("pathItems", Map(&Object(&PATH_ITEM))),
    ],
    &[],
);

static SECURITY_SCHEME: Shape = Shape {
    vocabulary: &["x-credential"],
    referable: true,
    section: "securitySchemes",
    ..shape(
        "a security scheme",
        &[
            ("type", OneOf(&["apiKey", "http", "oauth2", "openIdConnect", "mutualTLS"])),
            ("description", Text),
            ("name", Text),
            ("in", OneOf(&["query", "header", "cookie"])),
            ("scheme", Text),
            ("bearerFormat", Text),
            ("flows", Object(&FLOWS)),
            ("openIdConnectUrl", Text),
        ],
        &["type"],
    )
};

static FLOWS: Shape = shape(
    "`flows`",
    &[
        ("implicit", Object(&FLOW)),
        ("password", Object(&FLOW)),
        ("clientCredentials", Object(&FLOW)),
        ("authorizationCode", Object(&FLOW)),
    ],
    &[],
);

static FLOW: Shape = shape(
    "a flow",
    &[("authorizationUrl", Text), ("tokenUrl", Text), ("refreshUrl", Text), ("scopes", Map(&Text))],
    &["scopes"],
);

static LINK: Shape = Shape {
    referable: true,
    section: "links",
    ..shape(
        "a link",
        &[
            ("operationRef", Text),
            ("operationId", Text),
            ("parameters", Map(&Any)),
            ("requestBody", Any),
            ("description", Text),
            ("server", Object(&SERVER)),
        ],
        &[],
    )
};

/// A schema of OpenAPI 3.0. In 3.1 any keyword may stand in a schema; those it shares with 3.0 are checked.
pub(super) static SCHEMA: Shape = Shape {
    vocabulary: &["x-ref", "x-assign", "x-value", "x-when"],
    referable: true,
    section: "schemas",
    ..shape(
        "a schema",
        &[
            ("title", Text),
            ("multipleOf", Number),
            ("maximum", Number),
            ("exclusiveMaximum", Any),
            ("minimum", Number),
            ("exclusiveMinimum", Any),
            ("maxLength", Integer),
            ("minLength", Integer),
            ("pattern", Text),
            ("maxItems", Integer),
            ("minItems", Integer),
            ("uniqueItems", Boolean),
            ("maxProperties", Integer),
            ("minProperties", Integer),
            ("required", TEXTS),
            ("enum", List(&Any)),
            ("type", Any),
            ("not", Schema),
            ("allOf", List(&Schema)),
            ("oneOf", List(&Schema)),
            ("anyOf", List(&Schema)),
            ("items", Schema),
            ("properties", Map(&Schema)),
            ("additionalProperties", SchemaOrBoolean),
            ("description", Text),
            ("format", Text),
            ("default", Any),
            ("nullable", Boolean),
            ("discriminator", Object(&DISCRIMINATOR)),
            ("readOnly", Boolean),
            ("writeOnly", Boolean),
            ("example", Any),
            ("externalDocs", Object(&EXTERNAL_DOCS)),
            ("deprecated", Boolean),
            ("xml", Object(&XML)),
        ],
        &[],
    )
};

static XML: Shape = shape(
    "`xml`",
    &[("name", Text), ("namespace", Text), ("prefix", Text), ("attribute", Boolean), ("wrapped", Boolean)],
    &[],
);

static DISCRIMINATOR: Shape =
    shape("a discriminator", &[("propertyName", Text), ("mapping", Map(&Text))], &["propertyName"]);

/// The types a schema may name.
pub(crate) const TYPES: [&str; 7] = ["null", "boolean", "integer", "number", "string", "array", "object"];

/// Every keyword of the vocabulary.
pub(super) const VOCABULARY: [&str; 12] = [
    "x-collections",
    "x-settings",
    "x-conduct",
    "x-steps",
    "x-envelope",
    "x-ref",
    "x-assign",
    "x-value",
    "x-when",
    "x-effect",
    "x-outcome",
    "x-credential",
];
