//! Each concession of the projection: what progenitor gets to see, and what is said about it.

use std::fmt::Write as _;

use serde_json::{Value, json};
use tercet_codegen::{BodyForm, Carried, PagingMeta, ParameterForm, Repeat, Turn, Wrapping, project};
use tercet_spec::Document;

use crate::support::{around, document};

/// The projected document and the diagnostics, to be read by a person.
fn shown(document: &Document) -> String {
    let projection = project(document);
    let mut text = serde_json::to_string_pretty(&json!({
        "paths": projection.document["paths"],
        "schemas": projection.document["components"]["schemas"],
    }))
    .unwrap();
    text.push('\n');
    for one in &projection.enums {
        let _ = writeln!(text, "enum {} {:?}", one.name, one.values);
    }
    for one in &projection.unions {
        let kinds: Vec<String> =
            one.variants.iter().map(|kind| format!("{} = {}", kind.value, kind.component)).collect();
        let _ = writeln!(text, "union {} by `{}`: {}", one.name, one.property, kinds.join(", "));
    }
    for (name, carried) in &projection.maybes {
        let _ = writeln!(text, "maybe {name} {carried:?}");
    }
    for diagnostic in &projection.diagnostics {
        let _ = writeln!(text, "{diagnostic}");
    }
    text
}

fn schema(schema: &str) -> Document {
    let path = "
/a:
  get:
    operationId: readA
    responses: { '200': { description: A., content: { application/json: { schema: { $ref: '#/components/schemas/A' } } } } }";
    around(path, schema)
}

#[test]
fn statuses_become_variants_and_default_becomes_ranges() {
    let document = around(
        "
/a:
  get:
    operationId: readA
    responses:
      '200': { description: One., content: { application/json: { schema: { type: string } } } }
      '204': { description: None. }
      '404': { description: Which., content: { text/plain: { schema: { type: string } } } }
      default: { description: Any., content: { application/json: {} } }",
        "  A: {}",
    );
    insta::assert_snapshot!(shown(&document));
    let replies = &project(&document).operations[0].replies;
    let statuses: Vec<(u16, u16, &str)> =
        replies.iter().map(|one| (one.from, one.to, one.variant.as_str())).collect();
    assert_eq!(
        statuses,
        [
            (200, 200, "Ok"),
            (204, 204, "NoContent"),
            (404, 404, "NotFound"),
            (400, 499, "ClientError"),
            (500, 599, "ServerError")
        ]
    );
}

#[test]
fn default_alone_is_a_success_too() {
    let document =
        around("/a: { get: { operationId: a, responses: { default: { description: Any. } } } }", "  A: {}");
    let replies = &project(&document).operations[0].replies;
    assert_eq!(replies.iter().map(|one| one.from).collect::<Vec<_>>(), [200, 400, 500]);
}

#[test]
fn enums_stay_open() {
    insta::assert_snapshot!(shown(&schema(
        "A: { type: object, properties: { colour: { type: string, enum: [ red, '+1', null ], nullable: true }, level: { type: integer, enum: [ 1 ] } } }"
    )));
}

#[test]
fn absent_and_null_stay_apart() {
    insta::assert_snapshot!(shown(&schema(
        "
A:
  type: object
  required: [ must ]
  properties:
    must: { type: string, nullable: true }
    text: { type: string, nullable: true }
    again: { type: string, nullable: true }
    list: { type: array, nullable: true, items: { type: integer } }
    self: { nullable: true, allOf: [ { $ref: '#/components/schemas/A' } ] }
    any: { description: 'anything, so null too' }"
    )));
}

#[test]
fn constraints_and_defaults_are_left_to_the_server() {
    insta::assert_snapshot!(shown(&schema(
        "
A:
  type: object
  additionalProperties: false
  properties:
    name: { type: string, pattern: '^a', minLength: 1, maxLength: 9, default: a }
    size: { type: integer, minimum: 1, maximum: 255 }
    when: { type: string, format: date-time }
    bad: { type: integer, default: seven }
    no: { not: { type: string } }
    list: { type: array, minItems: 2, maxItems: 2, uniqueItems: true, items: { type: number } }"
    )));
}

#[test]
fn titles_and_equal_names_do_not_collide() {
    insta::assert_snapshot!(shown(&schema(
        "
A: { title: User, type: object, properties: { one: { $ref: '#/components/schemas/foo-bar' }, two: { $ref: '#/components/schemas/FooBar' } } }
foo-bar: { title: User, type: object, properties: { aB: { type: string }, a_b: { type: string } } }
FooBar: { title: User, type: object, properties: { x: { type: string } } }"
    )));
}

#[test]
fn read_only_and_write_only_make_two_types_of_one() {
    let document = around(
        "
/a:
  put:
    operationId: writeA
    requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/A' } } } }
    responses: { '200': { description: A., content: { application/json: { schema: { $ref: '#/components/schemas/A' } } } } }",
        "
A:
  type: object
  required: [ id, name ]
  properties:
    id: { type: string, readOnly: true }
    name: { type: string }
    password: { type: string, format: password, writeOnly: true }
    child: { $ref: '#/components/schemas/A' }",
    );
    insta::assert_snapshot!(shown(&document));
}

#[test]
fn unions_tell_their_branches_apart_and_can_grow() {
    insta::assert_snapshot!(shown(&schema(
        "
A:
  oneOf: [ { $ref: '#/components/schemas/B' }, { $ref: '#/components/schemas/C' }, { type: string, title: Plain } ]
  discriminator: { propertyName: kind, mapping: { sea: '#/components/schemas/C' } }
B: { type: object, properties: { kind: { type: string }, size: { type: integer } } }
C: { type: object, properties: { kind: { type: string }, size: { type: integer } } }"
    )));
}

#[test]
fn kinds_that_a_property_tells_apart_become_variants() {
    insta::assert_snapshot!(shown(&schema(
        "
A: { description: Either., oneOf: [ { $ref: '#/components/schemas/B' }, { $ref: '#/components/schemas/C' }, { type: object, required: [ kind ], properties: { kind: { enum: [ air ], type: string } } } ] }
B: { type: object, required: [ kind ], properties: { kind: { type: string, enum: [ land ] }, size: { type: integer }, inner: { $ref: '#/components/schemas/A' } } }
C: { type: object, required: [ kind ], properties: { kind: { type: string, enum: [ sea, ocean ] }, next: { $ref: '#/components/schemas/C' } } }"
    )));
}

#[test]
fn kinds_that_nothing_tells_apart_are_tried_in_turn() {
    let fixed = |first: &str, second: &str, required: &str| {
        let projection = project(&schema(&format!(
            "
A: {{ oneOf: [ {{ $ref: '#/components/schemas/B' }}, {{ $ref: '#/components/schemas/C' }} ] }}
B: {{ type: object, required: [ {required} ], properties: {{ kind: {{ type: string, enum: [ {first} ] }} }} }}
C: {{ type: object, required: [ kind ], properties: {{ kind: {{ type: string, enum: [ {second} ] }} }} }}"
        )));
        projection.unions.len()
    };
    assert_eq!(fixed("land", "sea", "kind"), 1);
    assert_eq!(fixed("land", "land", "kind"), 0);
    // What may be absent tells nothing.
    assert_eq!(fixed("land", "sea", ""), 0);
}

#[test]
fn mappings_that_help_nobody_are_said() {
    let projection = project(&schema(
        "
A:
  oneOf: [ { $ref: '#/components/schemas/B' }, { $ref: '#/components/schemas/C' } ]
  discriminator: { propertyName: kind, mapping: { land: B, sea: C, air: '#/components/schemas/D' } }
B: { type: object, properties: { kind: { type: string } } }
C: { type: object, properties: { kind: { type: string } } }
D: { type: object, properties: { kind: { type: string } } }",
    ));
    let said: Vec<String> = projection.diagnostics.iter().map(ToString::to_string).collect();
    assert_eq!(said.len(), 1);
    assert!(said[0].contains("warning[mapping-without-branch]: `air` stands for"), "{}", said[0]);
    assert_eq!(projection.unions[0].variants.len(), 2);

    let same = project(&schema(
        "
A: { discriminator: { propertyName: kind }, oneOf: [ { type: object, properties: { a: { type: string } } }, { type: object, properties: { b: { type: string } } } ] }",
    ));
    assert_eq!(same.diagnostics.iter().map(|one| one.code).collect::<Vec<_>>(), ["union-told-by-shape"]);
    assert!(same.unions.is_empty());
}

#[test]
fn conditions_without_a_shape_are_no_union() {
    let projection = project(&schema(
        "A: { type: object, properties: { a: { type: string }, b: { type: string } }, anyOf: [ { required: [ a ] }, { required: [ b ] } ] }",
    ));
    let a = &projection.document["components"]["schemas"]["A"];
    assert_eq!(a["properties"].as_object().map(serde_json::Map::len), Some(2));
    assert!(a.get("anyOf").is_none() && a.get("oneOf").is_none());
    assert_eq!(projection.diagnostics.iter().map(|one| one.code).collect::<Vec<_>>(), ["choice-not-checked"]);
}

#[test]
fn combinations_of_objects_are_merged_and_others_are_json() {
    insta::assert_snapshot!(shown(&schema(
        "
A: { allOf: [ { $ref: '#/components/schemas/B' }, { type: object, required: [ b, c ], properties: { c: { $ref: '#/components/schemas/D' } } } ] }
B: { type: object, properties: { b: { type: string } } }
D: { allOf: [ { type: object, properties: { x: { type: string } } }, { type: array, items: {} } ] }"
    )));
}

#[test]
fn recursion_through_lists_and_aliases_ends() {
    let projection = project(&schema(
        "
A: { type: array, items: { $ref: '#/components/schemas/A' } }
B: { $ref: '#/components/schemas/B' }",
    ));
    assert!(projection.is_usable());
    let circle = project(&schema("A: { allOf: [ { $ref: '#/components/schemas/A' } ] }"));
    assert!(circle.document["paths"].as_object().is_some_and(|paths| !paths.is_empty()));
}

#[test]
fn what_no_operation_reaches_is_left_out() {
    let projection = project(&schema(
        "A: { type: object, properties: { a: { type: string } } }\nRecord: { type: object, x-assign: uuid, properties: { b: { type: string } } }",
    ));
    let names: Vec<&String> =
        projection.document["components"]["schemas"].as_object().unwrap().keys().collect();
    assert_eq!(names, ["A", "ReadAReply"]);
}

#[test]
fn the_vocabulary_is_gone() {
    let projection = project(&document("spec/platforms/tooljet/openapi.yaml"));
    let vocabulary = |value: &Value| serde_json::to_string(value).unwrap().contains("\"x-");
    assert!(!vocabulary(&projection.document));
    assert!(projection.is_usable());
}

#[test]
fn dangling_and_foreign_references_are_errors_with_a_place() {
    let projection = project(&schema(
        "A: { type: object, properties: { a: { $ref: '#/nowhere' }, b: { $ref: 'other.yaml#/x' } } }",
    ));
    let said: Vec<String> = projection.diagnostics.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "t.yaml:10:43: error[dangling-reference]: `#/nowhere` leads nowhere",
            "t.yaml:10:69: error[remote-reference]: `other.yaml#/x` leads out of the document",
        ]
    );
    assert!(!projection.is_usable());
}

#[test]
fn parameters_are_written_as_their_style_demands() {
    let projection = project(&document("codegen/tests/fixtures/everything.yaml"));
    let operation = |id: &str| projection.operations.iter().find(|one| one.id == id).unwrap();
    let forms: Vec<(&str, &str, &ParameterForm)> = operation("new")
        .parameters
        .iter()
        .map(|one| (one.wire.as_str(), one.ident.as_str(), &one.form))
        .collect();
    assert_eq!(
        forms,
        [
            ("tags", "tags", &ParameterForm::Plain),
            ("ids", "ids", &ParameterForm::Joined(',')),
            ("sizes", "sizes", &ParameterForm::Joined('|')),
            ("range[from]", "range_from", &ParameterForm::Plain),
            ("range[to]", "range_to", &ParameterForm::Plain),
            ("size", "size", &ParameterForm::Plain),
            ("number", "number", &ParameterForm::Plain),
            ("filter", "filter", &ParameterForm::Json),
            ("X-Fields", "x_fields", &ParameterForm::Joined(',')),
            ("order", "order", &ParameterForm::Plain),
        ]
    );
    let names: Vec<(&str, &str)> = operation("getThing")
        .parameters
        .iter()
        .map(|one| (one.wire.as_str(), one.lowered.as_str()))
        .collect();
    assert_eq!(
        names,
        [("id", "id"), ("id", "id~2"), ("X-Id", "X-Id"), ("x_id", "x_id~2"), ("sid", "x-tercet-cookie-sid")]
    );
}

#[test]
fn listings_in_pages_are_recognised() {
    let projection = project(&document("codegen/tests/fixtures/everything.yaml"));
    let pages: Vec<(&str, Turn, &str, Option<&str>, bool)> = projection
        .operations
        .iter()
        .filter_map(|one| {
            let paging = one.paging.as_ref()?;
            let items = paging.items.as_deref();
            Some((one.name.as_str(), paging.turn, paging.ident.as_str(), items, paging.next))
        })
        .collect();
    assert_eq!(
        pages,
        [
            ("list_parts", Turn::Page, "page", Some("results"), true),
            ("read_log", Turn::Offset, "after", None, false),
        ]
    );
}

/// Paths whose answers come in an envelope, with pages in and around it.
const WRAPPED: &str = "
openapi: 3.0.3
info: { title: T, version: '1' }
x-envelope: { payload: data, code: code, success: 1, besides: [ message ], meanings: { not-found: [ 7 ] } }
paths:
  /one: { get: { operationId: one, responses: { '200': { description: '', content: { application/json: { schema: { $ref: '#/components/schemas/One' } } } } } } }
  /none: { get: { operationId: none, responses: { '200': { description: '', content: { application/json: { schema: { $ref: '#/components/schemas/None' } } } } } } }
  /bare: { get: { operationId: bare, responses: { '200': { description: '', content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } } } } }
  /beside:
    get:
      operationId: beside
      parameters: [ { name: pageNum, in: query, schema: { type: integer, format: int32 } } ]
      responses:
        '200': { description: '', content: { application/json: { schema: { $ref: '#/components/schemas/Beside' } } } }
        '500': { description: '', content: { application/json: { schema: { $ref: '#/components/schemas/None' } } } }
  /within:
    get:
      operationId: within
      parameters: [ { name: page, in: query, schema: { type: integer } } ]
      responses: { '200': { description: '', content: { application/json: { schema: { $ref: '#/components/schemas/Within' } } } } }
  /slug:
    put:
      operationId: slug
      requestBody: { required: true, content: { '*/*': { schema: { type: string } } } }
      responses: { '204': { description: '' } }
components:
  schemas:
    Thing: { type: object, properties: { name: { type: string } } }
    None: { type: object, required: [ code ], properties: { code: { type: integer }, message: { type: string } } }
    One: { type: object, required: [ code ], properties: { code: { type: integer }, message: { type: string }, data: { allOf: [ { $ref: '#/components/schemas/Thing' } ] } } }
    Beside:
      type: object
      required: [ code, data, total, pageSize ]
      properties: { code: { type: integer }, data: { type: array, items: { $ref: '#/components/schemas/Thing' } }, total: { type: integer }, pageSize: { type: integer } }
    List: { type: object, required: [ list, count ], properties: { list: { type: array, items: { $ref: '#/components/schemas/Thing' } }, count: { type: integer } } }
    Within: { type: object, required: [ code ], properties: { code: { type: integer }, data: { $ref: '#/components/schemas/List' } } }
";

#[test]
fn envelopes_are_taken_off_where_there_is_nothing_else_in_them() {
    let projection = project(&Document::parse("t.yaml", WRAPPED).unwrap());
    let wrapping: Vec<(&str, Vec<Wrapping>)> = projection
        .operations
        .iter()
        .map(|one| (one.name.as_str(), one.replies.iter().map(|reply| reply.wrapping).collect()))
        .collect();
    assert_eq!(
        wrapping,
        [
            ("one", vec![Wrapping::Payload]),
            ("none", vec![Wrapping::Nothing]),
            ("bare", vec![Wrapping::None]),
            // Pages keep their numbers, and refusals all that they say.
            ("beside", vec![Wrapping::Whole, Wrapping::None]),
            ("within", vec![Wrapping::Payload]),
            ("slug", vec![Wrapping::None]),
        ]
    );
    let schemas = &projection.document["components"]["schemas"];
    assert!(schemas.get("One").is_none() && schemas.get("Within").is_none());
    let paging =
        |name: &str| projection.operations.iter().find(|one| one.name == name).unwrap().paging.clone();
    let counted =
        |paging: Option<PagingMeta>| paging.map(|one| (one.payload, one.items, one.total, one.size)).unwrap();
    let text = |text: &str| Some(text.to_owned());
    assert_eq!(counted(paging("beside")), (None, text("data"), text("total"), text("pageSize")));
    assert_eq!(counted(paging("within")), (text("data"), text("list"), text("count"), None));
    assert_eq!(projection.envelope.unwrap().meanings.not_found, [7]);
    // Text of whatever type is sent as it stands.
    let body = projection.operations[5].body.as_ref().unwrap();
    assert_eq!((body.form, body.media_type.as_str()), (BodyForm::Text, "text/plain; charset=utf-8"));
}

#[test]
fn media_types_of_a_request_become_methods() {
    let projection = project(&document("codegen/tests/fixtures/everything.yaml"));
    let methods: Vec<(&str, &str)> = projection
        .operations
        .iter()
        .filter_map(|one| Some((one.name.as_str(), one.body.as_ref()?.media_type.as_str())))
        .collect();
    assert_eq!(
        methods,
        [
            ("change_thing", "application/merge-patch+json"),
            ("post_things", "application/json"),
            ("post_things_form", "application/x-www-form-urlencoded"),
            ("post_things_plain", "text/plain"),
            ("post_things_multipart", "multipart/form-data"),
            ("add_part", "application/json"),
            ("choose", "application/json"),
            ("search", "application/octet-stream"),
        ]
    );
}

#[test]
fn what_only_looks_may_be_repeated() {
    let projection = project(&document("spec/platforms/tooljet/openapi.yaml"));
    let repeat = |id: &str| projection.operations.iter().find(|one| one.id == id).unwrap().repeat;
    assert_eq!(repeat("listUsers"), Repeat::Safe);
    assert_eq!(repeat("createUser"), Repeat::Once);
    assert_eq!(repeat("updateUser"), Repeat::Once);
    assert_eq!(repeat("replaceUserWorkspaces"), Repeat::Idempotent);
    let projection = project(&document("codegen/tests/fixtures/everything.yaml"));
    assert_eq!(projection.operations.iter().find(|one| one.id == "search").unwrap().repeat, Repeat::Safe);
}

#[test]
fn a_map_or_an_empty_array_is_a_map_that_reads_both() {
    let dicts = |a: &str| {
        let schemas =
            format!("A: {{ anyOf: [ {a} ] }}\nNothing: {{ type: array, items: {{}}, maxItems: 0 }}");
        project(&schema(&schemas)).dicts.into_values().collect::<Vec<_>>()
    };
    let nothing = "{ $ref: '#/components/schemas/Nothing' }";
    let map = "{ type: object, additionalProperties: { type: string } }";
    assert_eq!(dicts(&format!("{map}, {nothing}")), [Carried::Text]);
    assert_eq!(dicts(&format!("{nothing}, {{ type: object, additionalProperties: {{}} }}")), [Carried::Any]);
    // Anything else stays a choice.
    for other in [
        format!("{map}, {{ type: array, items: {{}} }}"),
        format!("{{ type: object, properties: {{ a: {{ type: string }} }} }}, {nothing}"),
        format!("{map}, {{ type: string }}, {nothing}"),
    ] {
        assert_eq!(dicts(&other), [], "{other}");
    }
}

#[test]
fn a_parameter_that_a_security_scheme_carries_is_left_to_the_client() {
    let document = around(
        "
/a:
  get:
    operationId: a
    parameters:
      - { name: x-session, in: header, schema: { type: string } }
      - { name: X-Session, in: query, schema: { type: string } }
      - { name: X-Other, in: header, schema: { type: string } }
    responses: { '200': { description: A. } }",
        "A: {}",
    );
    let names = |document: &Document| {
        let parameters = project(document).operations.remove(0).parameters;
        parameters.into_iter().map(|one| (one.location, one.wire)).collect::<Vec<_>>()
    };
    assert_eq!(names(&document).len(), 3);
    let scheme = "  securitySchemes: { session: { type: apiKey, in: header, name: X-Session } }\n";
    let document = Document::parse("t.yaml", format!("{}{scheme}", document.text())).unwrap();
    let kept = [("query", "X-Session"), ("header", "X-Other")];
    assert_eq!(names(&document), kept.map(|(place, name)| (place.to_owned(), name.to_owned())));
}
