//! Slips that would otherwise only be noticed when a request goes wrong: none of them is passed over in silence.

use tercet_spec::Severity;

use crate::support::diagnose;

const GOOD: &str = "\
openapi: 3.0.3
info: { title: Rooms, version: '1' }
security: [ { token: [] } ]
x-collections:
  people: { schema: Person }
  rooms: { schema: Room }
  notes: { schema: Note }
paths:
  /login:
    post:
      operationId: login
      security: []
      requestBody: { required: true, content: { application/json: { schema: { type: object, properties: { email: { type: string } } } } } }
      x-effect: { find: { in: people, where: { email: $request.body#/email } } }
      responses:
        '200': { description: in, content: { application/json: { schema: { type: object, properties: { token: { type: string } } } } } }
        '400': { $ref: '#/components/responses/Problem' }
        '404': { $ref: '#/components/responses/Problem' }
  /rooms:
    get:
      operationId: listRooms
      parameters: [ { name: sort, in: query, schema: { type: string } } ]
      x-effect:
        list:
          in: rooms
          where: { owner: $caller.id }
          sort: [ { by: $request.query.sort, direction: asc } ]
          page: { number: 1, size: 20 }
      responses:
        '200':
          description: the rooms
          headers: { X-Total: { schema: { type: integer }, x-value: $page.total } }
          content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/ShownRoom' } } } }
        '400': { $ref: '#/components/responses/Problem' }
        '401': { $ref: '#/components/responses/Problem' }
    post:
      operationId: createRoom
      requestBody: { required: true, content: { application/json: { schema: { type: object, required: [ name ], properties: { name: { type: string } } } } } }
      x-effect: { create: { in: rooms, set: { name: $request.body#/name, owner: $caller.id, place: { floor: 1 } } } }
      responses:
        '201': { $ref: '#/components/responses/Made' }
        '400': { $ref: '#/components/responses/Problem' }
        '401': { $ref: '#/components/responses/Problem' }
  /notes:
    post:
      operationId: createNote
      requestBody: { required: true, content: { application/json: { schema: { type: object } } } }
      x-effect: { create: { in: notes, set: { anything: $request.body#/anything } } }
      responses:
        '201': { $ref: '#/components/responses/Made' }
        '400': { $ref: '#/components/responses/Problem' }
        '401': { $ref: '#/components/responses/Problem' }
components:
  securitySchemes:
    token:
      type: http
      scheme: bearer
      x-credential:
        in: people
        where: { token: $credential }
        sign-in: { operation: login, body: { email: $user }, value: $response.body#/token }
  responses:
    Made:
      description: made
      headers: { Location: { schema: { type: string }, x-value: '/rooms/{$result.id}' } }
    Problem:
      description: a problem
      content:
        application/json:
          schema: { type: object, properties: { message: { type: string, x-value: $outcome.message } } }
  schemas:
    Person:
      type: object
      properties:
        id: { type: integer, x-assign: sequence }
        email: { type: string }
        token: { type: string, x-assign: { value: token, length: 40, at: [ created ] } }
    Room:
      type: object
      required: [ id, name, owner ]
      properties:
        id: { type: integer, x-assign: sequence }
        name: { type: string }
        owner: { type: integer, x-ref: people }
        place: { type: object, properties: { floor: { type: integer } } }
    ShownRoom:
      type: object
      properties:
        id: { type: integer }
        email: { type: string, x-value: $record.owner.email }
    Note: { type: object, additionalProperties: true, properties: { id: { type: integer, x-assign: sequence } } }
";

/// What is said of the document with one thing written otherwise: `line code message (remedy)`.
fn said(from: &str, to: &str) -> Vec<String> {
    assert!(GOOD.contains(from), "{from}");
    let (_, diagnostics) = diagnose("rooms.yaml", &GOOD.replacen(from, to, 1));
    let told = diagnostics.iter().filter(|one| one.severity > Severity::Note);
    told.map(|one| format!("{} {} ({})", one.code, one.message, one.help.as_deref().unwrap_or_default()))
        .collect()
}

#[test]
fn nothing_is_said_where_everything_leads_somewhere() {
    assert_eq!(said("openapi: 3.0.3", "openapi: 3.0.3"), Vec::<String>::new());
}

#[test]
fn a_name_that_leads_nowhere_is_found_behind_whatever_it_begins_with() {
    for (from, to, expected) in [
        (
            "owner: $caller.id }\n",
            "owner: $caller.idd }\n",
            "unknown-expression `$caller.idd` points at nothing: there is no `idd` (did you mean `id`?)",
        ),
        (
            "$page.total",
            "$page.totl",
            "unknown-expression `$page.totl` points at nothing: there is no `totl` (did you mean `total`?)",
        ),
        (
            "$outcome.message",
            "$outcome.mesage",
            "unknown-expression `$outcome.mesage` points at nothing: there is no `mesage` (did you mean `message`?)",
        ),
        (
            "$record.owner.email",
            "$record.owner.mail",
            "unknown-expression `$record.owner.mail` points at nothing: there is no `mail` (did you mean `email`?)",
        ),
        (
            "$record.owner.email",
            "$now.year",
            "unknown-expression `$now.year` points at nothing: there is no `year` (nothing can be taken from it)",
        ),
        (
            "value: $response.body#/token }",
            "value: $response.body#/tokken }",
            "unknown-expression `$response.body.tokken` points at nothing: the answer of `login` has no `tokken` (did you mean `token`?)",
        ),
        (
            "value: $response.body#/token }",
            "value: $response.cooky.token }",
            "unknown-expression `$response.cooky.token` points at nothing: the answer of `login` has no `cooky` (expected one of `body`, `cookie`)",
        ),
        (
            "body: { email: $user }",
            "body: { mail: $user }",
            "unknown-field the body of `login` has no `mail` (did you mean `email`?)",
        ),
        (
            "name: $request.body#/name",
            "name: $request.body#/nam",
            "unknown-expression `$request.body#/nam` points at nothing: there is no `nam` (did you mean `name`?)",
        ),
    ] {
        assert_eq!(said(from, to), [expected], "{to}");
    }
}

#[test]
fn a_field_that_no_record_has_cannot_be_set() {
    let field = |to: &str| said("place: { floor: 1 }", to);
    assert_eq!(
        field("plaec: { floor: 1 }"),
        ["unknown-field the records of `rooms` have no field `plaec` (did you mean `place`?)"]
    );
    assert_eq!(
        field("place: { flor: 1 }"),
        ["unknown-field the records of `rooms` have no field `flor` (did you mean `floor`?)"]
    );
}

/// Shared answers are looked at for each operation: what one of them has is enough.
#[test]
fn a_result_is_asked_for_what_some_operation_gives() {
    assert_eq!(
        said("{$result.id}", "{$result.name}"),
        Vec::<String>::new(),
        "rooms have it, and notes are open"
    );
    let closed =
        GOOD.replace("additionalProperties: true, properties: { id", "properties: { anything: { }, id");
    let told = |name: &str| {
        let (_, diagnostics) = diagnose("rooms.yaml", &closed.replace("{$result.id}", name));
        diagnostics
            .iter()
            .filter(|one| one.severity > Severity::Note)
            .map(ToString::to_string)
            .collect::<Vec<_>>()
    };
    assert_eq!(told("{$result.name}"), Vec::<String>::new());
    assert_eq!(
        told("{$result.nme}"),
        ["rooms.yaml:65:65: error[unknown-expression]: `$result.nme` points at nothing: there is no `nme`"]
    );
}

#[test]
fn unknown_members_and_words_are_found_in_every_keyword() {
    for (from, to, expected) in [
        (
            "length: 40",
            "lenght: 40",
            "keyword in `x-assign`: has the unknown property `lenght` (did you mean `length`?)",
        ),
        (
            "at: [ created ]",
            "at: [ create ]",
            "keyword in `x-assign`: `create` is not one of `created`, `updated`, `used` (did you mean `created`?)",
        ),
        (
            "{ value: token, length",
            "{ vaule: token, length",
            "keyword in `x-assign`: has the unknown property `vaule` (did you mean `value`?)",
        ),
        (
            "{ value: token, length: 40, at: [ created ] }",
            "{ at: created }",
            "keyword in `x-assign`: `at`, but no `value` to set (add `value: …`)",
        ),
        (
            "value: token, length",
            "value: uuid, length",
            "keyword `length` is said of what is no `token` (remove it, or write `value: token`)",
        ),
        (
            "direction: asc",
            "direction: upward",
            "wrong-value `direction` cannot be `upward` (expected `asc` or `desc`)",
        ),
        (
            "direction: asc",
            "directoin: asc",
            "selection a key of an order has no `directoin` (did you mean `direction`?)",
        ),
        (
            "{ by: $request.query.sort, direction: asc }",
            "{ direction: asc }",
            "selection a key of an order needs `by` (write `{ by: FIELD, direction: asc }`)",
        ),
        (
            "by: $request.query.sort",
            "by: 3",
            "wrong-type `3` stands where a field's path belongs (write a field's path, or a value that gives one)",
        ),
        (
            "number: 1",
            "number: first",
            "wrong-type `number` is no number: `first` (write a whole number, or a value that gives one)",
        ),
    ] {
        assert_eq!(said(from, to), [expected], "{to}");
    }
}

#[test]
fn parts_of_openapi_inside_the_vocabulary_are_looked_at_as_everywhere() {
    let settings = "x-settings: { SIZE: { schema: { type: strng } } }\nx-collections:";
    assert_eq!(
        said("x-collections:", settings),
        ["wrong-value `type` cannot be `strng` (did you mean `string`?)"]
    );
    let conduct =
        "x-conduct: { responses: { gone: { status: 410, response: { descripton: gone } } } }\nx-collections:";
    assert_eq!(
        said("x-collections:", conduct),
        ["unknown-key `descripton` is not a key of a response (did you mean `description`?)"]
    );
    let headers = "x-conduct: { headers: { X-Total: $page.totl } }\nx-collections:";
    assert_eq!(said("x-collections:", headers).len(), 1);
}

#[test]
fn a_wrong_value_is_shown_where_it_stands() {
    let text = GOOD
        .replace("x-collections:", "x-conduct:\n  head: true\n  unknown-properties: dropp\nx-collections:");
    let (_, diagnostics) = diagnose("rooms.yaml", &text);
    assert_eq!(
        diagnostics[0].to_string(),
        "rooms.yaml:6:23: error[keyword]: in `x-conduct`: `dropp` is not one of `keep`, `drop`, `refuse`"
    );
}

#[test]
fn creates_that_valid_requests_can_fail_at_are_told() {
    let told = "unset-field `createRoom` can leave `name` unset, which the records of `rooms` require (make it required in the request, `set` it, or give the field a `default` or `x-assign`)";
    assert_eq!(said("required: [ name ], properties", "properties"), [told]);
    assert_eq!(said("set: { name: $request.body#/name, owner", "set: { owner"), [told]);
    let fallback = "required: [ name ], properties: { name: { type: string, default: Blue";
    assert_eq!(
        said("required: [ name ], properties: { name: { type: string", fallback),
        Vec::<String>::new()
    );
    assert_eq!(
        said("name: $request.body#/name", "name: { first: [ $request.body#/name, Blue ] }"),
        Vec::<String>::new()
    );
}
