//! Shared steps, steps before validation, credentials that are tokens, and what frameworks do unasked.

use tercet_spec::contract::{
    Coerce, DocumentFormat, DocumentationPage, Elements, Prefix, Sentence, Serve, Verb,
};

use crate::support::{contract, diagnose, lines};

/// A document with those parts: at the root, of `POST /rooms/{room}`, and of the security scheme.
fn document(root: &str, operation: &str, credential: &str) -> String {
    let scheme =
        if credential.is_empty() { String::new() } else { format!("      x-credential: {credential}\n") };
    format!(
        "openapi: 3.0.3
info: {{ title: Rooms, version: '1' }}
x-settings:
  KEY: {{ default: k, secret: true }}
{root}x-collections:
  rooms: {{ schema: Room }}
paths:
  /rooms/{{room}}:
    post:
      operationId: change
      parameters:
        - {{ name: room, in: path, required: true, schema: {{ type: integer }} }}
        - {{ name: depth, in: query, schema: {{ type: integer }} }}
      requestBody: {{ content: {{ application/json: {{ schema: {{ type: object, properties: {{ name: {{ type: string }}, user: {{ type: string }}, password: {{ type: string }} }} }} }} }} }}
{operation}      responses:
        '200':
          description: done
          headers:
            Link: {{ schema: {{ type: string }}, x-value: '{{$request.origin}}/rooms', x-when: {{ $result.name: {{ present: true }} }} }}
        '400': {{ description: no, x-outcome: [ invalid, bad-query, gone ] }}
        '401': {{ description: who, x-outcome: [ unauthenticated, garbled, unknown ] }}
        '404': {{ description: none }}
components:
  securitySchemes:
    key:
      type: apiKey
      in: header
      name: Authorization
{scheme}  schemas:
    Room: {{ type: object, properties: {{ id: {{ type: integer }}, name: {{ type: string }} }} }}
"
    )
}

const STEPS: &str = "x-steps:
  in-room:
    - { find: { in: rooms, where: { id: $request.path.room } }, as: room, else: gone }
    - { require: { where: { $room.name: { present: true } } }, when: { $request.query.depth: 1 } }
";

#[test]
fn a_reference_stands_for_shared_steps_and_lends_them_its_modifiers() {
    let operation = "      x-effect:
        - { $ref: '#/x-steps/in-room', before: validate, when: { $request.query.depth: { present: true } } }
        - update: { in: rooms, where: { id: $room.id } }
";
    let contract = contract(&document(STEPS, operation, ""));
    let effect = &contract.operations[0].effect;
    let told: Vec<_> = effect
        .iter()
        .map(|step| {
            let clauses = step.when.as_ref().map_or(0, |when| when.clauses.len());
            (step.pointer.to_string(), step.before_validation, clauses, step.via.is_some())
        })
        .collect();
    assert_eq!(
        told,
        [
            ("/x-steps/in-room/0/find".to_owned(), true, 1, true),
            ("/x-steps/in-room/1/require".to_owned(), true, 2, true),
            ("/paths/~1rooms~1{room}/post/x-effect/1/update".to_owned(), false, 0, false),
        ]
    );
}

fn said(root: &str, operation: &str) -> Vec<String> {
    let (_, diagnostics) = diagnose("rooms.yaml", &document(root, operation, ""));
    diagnostics.iter().map(|one| format!("{}: {}", one.code, one.message)).collect()
}

#[test]
fn shared_steps_that_lead_nowhere_round_or_to_no_use_are_reported() {
    let missing = said(STEPS, "      x-effect: { $ref: '#/x-steps/in-rom' }\n");
    assert_eq!(
        missing,
        [
            "unused-component: nothing refers to `in-room`",
            "dangling-reference: there are no shared steps at `#/x-steps/in-rom`"
        ]
    );
    let round = "x-steps:\n  a: [ { $ref: '#/x-steps/b' } ]\n  b: [ { $ref: '#/x-steps/a' } ]\n";
    assert_eq!(
        said(round, "      x-effect: { $ref: '#/x-steps/a' }\n"),
        ["reference-cycle: `#/x-steps/a` leads back to itself"]
    );
    let beside = "      x-effect: { $ref: '#/x-steps/in-room', else: gone }\n";
    assert_eq!(said(STEPS, beside), ["keyword: `else` means nothing beside `$ref`"]);
}

#[test]
fn an_expression_of_shared_steps_is_held_to_each_operation_that_uses_them() {
    let steps = "x-steps:\n  own: [ { find: { in: rooms, where: { id: $request.path.id } } } ]\n";
    let text = document(steps, "      x-effect: { $ref: '#/x-steps/own' }\n", "");
    let (_, diagnostics) = diagnose("rooms.yaml", &text);
    let [fault] = &diagnostics[..] else { panic!("{:?}", lines(&diagnostics)) };
    assert_eq!((fault.code, fault.position().unwrap().line), ("unknown-expression", 6));
    let [(place, words)] = &fault.labels[..] else { panic!("{:?}", fault.labels) };
    assert_eq!((place.position().line, words.as_str()), (17, "`change` uses it here"));
}

#[test]
fn what_cannot_come_before_the_body_is_validated_is_said() {
    let early = |steps: &str| said("", &format!("      x-effect:\n{steps}"));
    let find = "        - { find: { in: rooms }, as: room }\n";
    assert_eq!(
        early("        - { create: { in: rooms }, before: validate }\n"),
        ["keyword: only what reads can come before the body is validated"]
    );
    assert_eq!(
        early("        - { call: { action: look }, before: validate }\n"),
        ["keyword: only what reads can come before the body is validated"]
    );
    assert_eq!(
        early("        - { call: { action: look, reads: true }, before: validate }\n"),
        Vec::<String>::new()
    );
    assert_eq!(
        early(&format!("{find}        - {{ require: {{ where: {{ $room.id: 1 }} }}, before: validate }}\n")),
        ["keyword: a step that comes before the body is validated stands after one that comes later"]
    );
    assert_eq!(
        early("        - { find: { in: rooms, where: { name: $request.body#/name } }, before: validate }\n"),
        ["keyword: `$request.body` is not known to be valid before it is validated"]
    );
    let order = "x-conduct: { order: [ validate, authenticate ] }\n";
    assert_eq!(
        said(order, "      x-effect: { find: { in: rooms }, before: validate }\n"),
        ["keyword: `before: validate` needs a caller, but `x-conduct.order` validates first"]
    );
}

#[test]
fn habits_of_frameworks_are_read() {
    let conduct = "x-conduct:
  paths: { missing-trailing-slash: not-found, trailing-slash: method-not-allowed, collapse-slashes: true, match-parameters: true, omit-defaults: true }
  allow: true
  forms: true
  timestamps: { fraction: 6 }
  parameters: bad-query
  trim: true
  coerce: true
  merge-parameters: true
  json: { escape: [ solidus, non-ascii ] }
  details: { each: { text: $fault.message, code: $fault.code }, elements: list }
  violations: { required: { message: needed, code: missing }, enum: { code: choice }, minLength: too short }
";
    let contract = contract(&document(conduct, "", ""));
    let own = &contract.conduct;
    assert_eq!(own.missing_trailing_slash.as_deref(), Some("not-found"));
    assert_eq!(own.trailing_slash.as_deref(), Some("method-not-allowed"));
    assert_eq!([own.match_parameters, own.omit_defaults, own.collapse_slashes], [true; 3]);
    assert_eq!([own.allow, own.forms, own.trim], [true; 3]);
    assert_eq!((own.coerce, own.merge_parameters), (Coerce::Readable, true));
    let escape = own.escape;
    assert_eq!((escape.solidus, escape.angle_brackets, escape.non_ascii), (true, false, true));
    assert_eq!(own.fraction, 6);
    let details = own.details.as_ref().unwrap();
    assert_eq!((details.body.as_str(), details.elements), ("body", Elements::List));
    let sentence = |message: Option<&str>, code: Option<&str>| Sentence {
        message: message.map(str::to_owned),
        code: code.map(str::to_owned),
    };
    assert_eq!(own.violations["required"], sentence(Some("needed"), Some("missing")));
    assert_eq!(own.violations["enum"], sentence(None, Some("choice")));
    assert_eq!(own.violations["minLength"], sentence(Some("too short"), None));
    let operation = &contract.operations[0];
    let outcomes: Vec<_> = operation.parameters.iter().map(|one| one.outcome.as_str()).collect();
    assert_eq!(outcomes, ["invalid", "bad-query"]);
    let media: Vec<_> =
        operation.body.as_ref().unwrap().content.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(media, ["application/json", "application/x-www-form-urlencoded", "multipart/form-data"]);
    assert!(operation.responses[0].headers[0].when.is_some());
}

#[test]
fn habits_that_cannot_be_kept_are_reported() {
    let conduct = |text: &str| said(&format!("x-conduct: {text}\n"), "");
    assert_eq!(
        conduct("{ paths: { missing-trailing-slash: no-slash } }"),
        [
            "outcome-not-spoken: a path without its last slash ends in `no-slash`, but `x-conduct.responses` has no such outcome"
        ]
    );
    assert_eq!(
        conduct("{ paths: { missing-trailing-slash: not-found, ignore-trailing-slash: true } }"),
        ["keyword: a missing slash cannot be refused where `ignore-trailing-slash` is on"]
    );
    assert_eq!(
        conduct("{ paths: { trailing-slash: not-found, ignore-trailing-slash: true } }"),
        ["keyword: a slash too many cannot be refused where `ignore-trailing-slash` is on"]
    );
    assert_eq!(
        conduct("{ paths: { trailing-slash: slashed } }"),
        [
            "outcome-not-spoken: a path with a slash too many ends in `slashed`, but `x-conduct.responses` has no such outcome"
        ]
    );
    assert_eq!(conduct("{ json: { escape: [ solidus, solidus ] } }"), ["keyword: this stands here twice"]);
    assert_eq!(
        conduct("{ order: [ validate, route, authenticate ] }"),
        ["keyword: the stages cannot come in this order"]
    );
    assert_eq!(
        conduct("{ order: [ authenticate, route, validate ] }"),
        [
            "keyword: before the path is looked up only the document's own `security` can be asked, and there is none"
        ]
    );
    assert_eq!(
        conduct("{ timestamps: { fraction: 12 } }"),
        ["keyword: in `x-conduct`: `fraction` is more than 9"]
    );
    assert_eq!(
        conduct("{ details: { each: $fault.mesage } }"),
        ["unknown-expression: `$fault.mesage` is nothing that is known of a fault"]
    );
    assert_eq!(
        said("", "      x-effect: { create: { in: rooms, set: { name: $fault.message } } }\n"),
        ["unknown-expression: there is no `$fault` here"]
    );
}

#[test]
fn a_credential_can_be_a_token_and_says_how_it_is_obtained() {
    let credential = "{ prefix: { text: 'JWT ', ignore-case: true }, pattern: '^[^ ]+$', malformed: garbled, jwt: { secret: $settings.KEY },
        in: rooms, where: { id: $credential.sub, name: { startsWith: $credential.jti } }, else: unknown,
        sign-in: { operation: change, body: { user: $user, password: $password }, value: $response.body#/token, register: { operation: change, body: { user: $user } } } }";
    let text = document(
        "",
        "      security: [ { key: [ ] } ]\n      x-effect: { find: { in: rooms } }\n",
        credential,
    );
    let contract = contract(&text);
    let own = contract.schemes[0].credential.as_ref().unwrap();
    assert_eq!(own.prefix, Some(Prefix { text: "JWT ".to_owned(), ignore_case: true }));
    assert_eq!(own.pattern.as_deref(), Some("^[^ ]+$"));
    assert_eq!((own.malformed.as_deref(), own.refused.as_deref()), (Some("garbled"), Some("unknown")));
    assert!(own.jwt.is_some());
    let sign_in = own.sign_in.as_ref().unwrap();
    assert_eq!(sign_in.operation, "change");
    assert_eq!(sign_in.register.as_ref().unwrap().operation, "change");

    let prefix = own.prefix.as_ref().unwrap();
    assert_eq!(prefix.strip("jwt abc"), Some("abc"));
    assert_eq!((prefix.strip("JWTabc"), prefix.strip("é")), (None, None));
    assert!(prefix.is_bare("JWT") && prefix.is_bare("jwt ") && !prefix.is_bare("JWTS"));
}

#[test]
fn a_credential_that_cannot_be_so_is_reported() {
    let said = |credential: &str| {
        let effect = "      security: [ { key: [ ] } ]\n      x-effect: { find: { in: rooms } }\n";
        let (_, diagnostics) = diagnose("rooms.yaml", &document("", effect, credential));
        diagnostics.iter().map(|one| format!("{}: {}", one.code, one.message)).collect::<Vec<_>>()
    };
    assert_eq!(
        said("{ in: rooms, where: { id: $credential.sub } }"),
        ["unknown-expression: nothing can be taken from `$credential`: it is a text"]
    );
    assert_eq!(
        said("{ in: rooms, where: { name: $credential }, pattern: '(' }"),
        ["bad-pattern: `(` is not a regular expression"]
    );
    assert_eq!(
        said("{ in: rooms, where: { name: $credential }, else: refused }"),
        ["outcome-not-spoken: `change` can end in `refused`, but none of its responses says so"]
    );
    assert_eq!(
        said("{ in: rooms, where: { name: $credential }, jwt: { secret: $settings.NOKEY } }"),
        ["unknown-expression: there is no setting `NOKEY`"]
    );
    assert_eq!(
        said(
            "{ in: rooms, where: { name: $credential }, sign-in: { operation: change, body: { user: $caller }, value: $response.body } }"
        ),
        ["unknown-expression: `$caller` is nothing here"]
    );
}

#[test]
fn every_way_to_serve_is_read() {
    let verb = |serve: &str| {
        let contract = contract(&document("", &format!("      x-effect: {{ serve: {serve} }}\n"), ""));
        contract.operations[0].effect[0].verb.clone()
    };
    assert!(matches!(verb("{ document: yaml }"), Verb::Serve(Serve::Document(DocumentFormat::Yaml))));
    let page = verb("{ page: swagger-ui, document: '/rooms/{room}' }");
    assert!(
        matches!(page, Verb::Serve(Serve::Page(DocumentationPage::SwaggerUi, path)) if path == "/rooms/{room}")
    );
    let content = verb("{ content: $request.body#/name, base64: true, media-type: text/plain }");
    assert!(matches!(content, Verb::Serve(Serve::Content { base64: true, media_type: Some(_), .. })));
    assert!(content.reads());

    let said = |serve: &str| said("", &format!("      x-effect: {{ serve: {serve} }}\n"));
    assert_eq!(said("{ }"), ["keyword: `serve` needs one thing to answer with"]);
    assert_eq!(said("{ document: xml }"), ["keyword: the document cannot be served as `xml`"]);
    assert_eq!(said("{ page: redoc, document: /room }"), ["keyword: this document has no path `/room`"]);
    assert_eq!(
        said("{ document: json, base64: true }"),
        ["keyword: `base64` means nothing without `content`"]
    );
}
