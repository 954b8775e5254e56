//! Steps at the head of an effect that come early or keep what they write, and headers that say what they bound.

use tercet_spec::contract::Verb;
use tercet_spec::language::{Checksum, ValueExpr};

use crate::support::{contract, diagnose, lines};

/// A document with those parts: at the root, steps of `GET /rooms`, and the value of a header of its answers.
fn document(root: &str, steps: &str, header: &str) -> String {
    format!(
        "openapi: 3.0.3
info: {{ title: Rooms, version: '1' }}
security: [ {{ key: [ ] }} ]
{root}x-collections:
  rooms: {{ schema: Room }}
  visits: {{ schema: Visit }}
paths:
  /rooms/{{room}}:
    get:
      operationId: look
      parameters:
        - {{ name: room, in: path, required: true, schema: {{ type: string }} }}
        - {{ name: visit, in: cookie, schema: {{ type: string }} }}
        - {{ name: all, in: query, schema: {{ type: boolean }} }}
      x-effect:
{steps}      responses:
        '200':
          description: done
          headers: {{ X-Visit: {{ schema: {{ type: string }}, x-value: {header} }} }}
        '400': {{ description: no }}
        '404': {{ description: none }}
        '409': {{ description: taken }}
  /open:
    get:
      operationId: open
      security: [ ]
      x-effect: {{ list: {{ in: rooms }} }}
      responses:
        '200':
          description: done
          headers: {{ X-Visit: {{ schema: {{ type: string }}, x-value: {header} }} }}
components:
  securitySchemes: {{ key: {{ type: apiKey, in: header, name: X-Key }} }}
  responses:
    Refused: {{ description: no, headers: {{ X-Visit: {{ schema: {{ type: string }}, x-value: {header} }} }} }}
  schemas:
    Room: {{ type: object, properties: {{ id: {{ type: string }} }} }}
    Visit: {{ type: object, properties: {{ id: {{ type: string }}, token: {{ type: string, x-assign: token }} }} }}
"
    )
}

const CONDUCT: &str = "x-conduct: { responses: { gone: { status: 410, response: { $ref: '#/components/responses/Refused' } } } }
";
const VISIT: &str = "        - create: { in: visits, set: { id: $request.cookie.visit } }
          as: visit
          before: request
          keep: true
";

fn said(steps: &str, header: &str) -> Vec<String> {
    let (_, diagnostics) = diagnose("rooms.yaml", &document(CONDUCT, steps, header));
    lines(&diagnostics)
}

#[test]
fn a_step_comes_before_the_request_and_keeps_what_it_writes() {
    let steps = format!("{VISIT}        - list: {{ in: rooms }}\n");
    let contract = contract(&document(CONDUCT, &steps, "$visit.token"));
    let effect = &contract.operations[0].effect;
    let told: Vec<_> =
        effect.iter().map(|step| (step.before_request, step.before_validation, step.keep)).collect();
    assert_eq!(told, [(true, true, true), (false, false, false)]);
    let refused = &contract.conduct.responses["gone"].response;
    assert!(contract.schema(refused.headers[0].schema).value.is_some());
}

#[test]
fn a_reference_lends_before_and_keep_to_shared_steps() {
    let shared = format!(
        "{CONDUCT}x-steps:\n  visited:\n    - {{ find: {{ in: visits, where: {{ id: $request.cookie.visit }} }}, as: known, else: pass }}\n    - {{ create: {{ in: visits }}, as: visit, when: {{ $known: {{ present: false }} }} }}\n"
    );
    let shared = shared.replace("{ create: { in: visits }", "{ create: { in: visits, set: { id: a } }");
    let steps = "        - { $ref: '#/x-steps/visited', before: request, keep: true }\n";
    let contract = contract(&document(&shared, steps, "$visit.token"));
    let told: Vec<_> = contract.operations[0]
        .effect
        .iter()
        .map(|step| (matches!(step.verb, Verb::Find(_)), step.before_request, step.keep))
        .collect();
    assert_eq!(told, [(true, true, false), (false, true, true)]);
}

#[test]
fn what_cannot_come_before_the_request_or_be_kept_is_said_where_it_stands() {
    let list = "        - list: { in: rooms }\n";
    let find = "        - { find: { in: rooms }, as: visit }\n";
    let one = |steps: &str| said(steps, "$visit.token");
    assert_eq!(
        one(&VISIT.replace("          keep: true\n", "")),
        ["19:11 keyword what comes before the request is read only reads, or keeps what it writes"]
    );
    assert_eq!(
        one(&VISIT.replace("$request.cookie.visit", "$request.path.room")),
        ["19:11 keyword path, query and body are not read yet where a step comes before the request is"]
    );
    assert_eq!(
        one(&VISIT.replace("$request.cookie.visit", "$request.query.all")),
        ["19:11 keyword path, query and body are not read yet where a step comes before the request is"]
    );
    assert_eq!(
        one(&format!("{list}{VISIT}")),
        ["20:11 keyword a step that comes before the request is read stands after one that comes later"]
    );
    assert_eq!(
        one(&format!(
            "        - {{ create: {{ in: rooms, set: {{ id: a }} }} }}\n{}",
            VISIT.replace("          before: request\n", "")
        )),
        ["20:11 keyword a step whose writes are kept stands after one whose writes are not"]
    );
    assert_eq!(
        said(&find.replace(", as", ", keep: true, as"), "$visit.id"),
        ["17:34 keyword `keep` means nothing beside a `find` that only reads"]
    );
    let first = document("x-conduct: { order: [ validate, authenticate ] }\n", VISIT, "$visit.token");
    let (_, diagnostics) = diagnose("rooms.yaml", &first.replace("    Refused:", "    x-Refused:"));
    assert_eq!(
        diagnostics[0].message,
        "`before: request` needs a caller, but `x-conduct.order` validates first"
    );
}

#[test]
fn headers_and_cookies_need_no_parameter() {
    for undeclared in ["$request.cookie.other", "$request.header.X-Other"] {
        let steps = VISIT.replace("$request.cookie.visit", undeclared);
        assert_eq!(said(&steps, "$visit.token"), Vec::<String>::new(), "{undeclared}");
    }
    let query = "        - { find: { in: visits, where: { id: $request.query.other } }, as: visit }\n";
    assert!(said(query, "$visit.token")[0].contains("unknown-expression"), "a query parameter does");
}

#[test]
fn a_header_may_say_what_some_operation_binds_and_nothing_else() {
    assert_eq!(said(VISIT, "$visit.token"), Vec::<String>::new());
    assert_eq!(
        said(VISIT, "'id={$visit.tokn}; path=/'")[0],
        "24:68 unknown-expression `$visit.tokn` points at nothing: there is no `tokn`"
    );
    let wrong = said(VISIT, "$vist.token");
    assert_eq!(wrong.len(), 3, "in both operations and in `x-conduct.responses`: {wrong:?}");
    assert!(wrong[0].contains("no earlier step binds `$vist`"), "{wrong:?}");
}

fn value(text: &str) -> ValueExpr {
    let contract = contract(&document(CONDUCT, VISIT, text));
    let header = contract.operations[0].responses[0].headers[0].schema;
    contract.schema(header).value.clone().unwrap()
}

#[test]
fn texts_are_put_together_encoded_and_summed_up() {
    let ValueExpr::Concat(parts) =
        value("{ concat: [ 'id=', { percent-encode: $visit.token }, '; path=/' ] }")
    else {
        panic!("a text of several");
    };
    assert_eq!(parts.len(), 3);
    assert!(
        matches!(&parts[1], ValueExpr::PercentEncode(inner) if matches!(**inner, ValueExpr::Expression(_)))
    );
    let sum = value("{ checksum: $visit.token, algorithm: crc-32/bzip2 }");
    assert!(matches!(sum, ValueExpr::Checksum(_, Checksum::Crc32Bzip2)), "{sum:?}");
    // Not the algorithm of anything: an object as good as any other.
    assert!(matches!(value("{ checksum: $visit.token }"), ValueExpr::Object(_)));
}

#[test]
fn a_checksum_of_no_known_algorithm_is_reported() {
    let told = said(VISIT, "{ checksum: $visit.token, algorithm: crc32 }");
    assert_eq!(
        told,
        [
            "24:105 wrong-value `crc32` is no algorithm that a checksum can be computed by",
            "36:105 wrong-value `crc32` is no algorithm that a checksum can be computed by",
            "40:127 wrong-value `crc32` is no algorithm that a checksum can be computed by",
        ]
    );
}

#[test]
fn credentials_can_be_refused_before_the_path_is_looked_up() {
    let order = "x-conduct: { order: [ authenticate, route, validate ], responses: { unknown-key: { status: 401, response: { $ref: '#/components/responses/Refused' } } } }\n";
    let key = "key: { type: apiKey, in: header, name: X-Key, x-credential: { in: rooms, where: { id: $credential }, else: unknown-key } }";
    let plain = "key: { type: apiKey, in: header, name: X-Key }";
    let text = document(order, VISIT, "$visit.token")
        .replace(plain, key)
        .replace("'404'", "'401': { description: who }\n        '404'");
    let own = contract(&text).conduct;
    assert_eq!(own.refused_first.unwrap()[0][0].scheme, "key");
    let (_, diagnostics) = diagnose("rooms.yaml", &text.replace("{ unknown-key: {", "{ gone: {"));
    let told = lines(&diagnostics);
    assert!(
        told.iter()
            .any(|line| line.contains("before the path is looked up a credential can end in `unknown-key`")),
        "{told:?}"
    );
}
