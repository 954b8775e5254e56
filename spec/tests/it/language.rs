//! Values, predicates and selections: every form of the reference page is read as what the page says.

use serde_json::json;
use tercet_spec::contract::{AssignAt, AssignKind, Miss, OnDelete, Verb};
use tercet_spec::language::{
    Clause, CollectionName, Expression, Source, Subject, Test, TextPart, ValueExpr, Word,
};
use tercet_spec::{Contract, Diagnostic, Document, lower};

use crate::support::contract;

/// A document whose only operation has this effect; `indented` under `x-effect:`.
pub(crate) fn with_effect(effect: &str) -> String {
    let indented: String =
        effect.trim_matches('\n').lines().map(|line| format!("        {line}\n")).collect();
    format!(
        "openapi: 3.0.3
info: {{ title: T, version: '1' }}
x-settings:
  OPEN: {{ default: true }}
x-collections:
  users: {{ schema: User }}
paths:
  /users/{{id}}:
    post:
      operationId: doIt
      parameters:
        - {{ name: id, in: path, required: true, schema: {{ type: string }} }}
        - {{ name: q, in: query, schema: {{ type: string }} }}
        - {{ name: X-Trace, in: header, schema: {{ type: string }} }}
        - {{ name: who, in: cookie, schema: {{ type: string }} }}
      requestBody: {{ content: {{ application/json: {{ schema: {{ type: object, additionalProperties: true }} }} }} }}
      x-effect:
{indented}      responses:
        '200': {{ description: yes, content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/User' }} }} }} }}
        '400': {{ description: no }}
        '404': {{ description: nobody }}
        '409': {{ description: taken }}
components:
  schemas:
    User:
      type: object
      properties:
        id: {{ type: string }}
        name: {{ type: string }}
        age: {{ type: integer }}
        tags: {{ type: array, items: {{ type: string }} }}
        boss: {{ type: string, x-ref: users }}
"
    )
}

/// What a value written in a `set` becomes.
fn value(written: &str) -> ValueExpr {
    let contract = contract(&with_effect(&format!("create: {{ in: users, set: {{ name: {written} }} }}")));
    let Verb::Create { set: Some(ValueExpr::Object(members)), .. } = &contract.operations[0].effect[0].verb
    else {
        panic!("{written}: not a create")
    };
    members[0].1.clone()
}

fn clauses(written: &str) -> Vec<Clause> {
    let contract = contract(&with_effect(&format!("find: {{ in: users, where: {written} }}")));
    contract.operations[0].effect[0].verb.selection().unwrap().filter.clauses.clone()
}

fn faults(effect: &str) -> Vec<String> {
    let document = Document::parse("language.yaml", with_effect(effect)).unwrap();
    let (_, diagnostics) = lower(&document);
    diagnostics.iter().map(|one: &Diagnostic| format!("{}: {}", one.code, one.message)).collect()
}

fn expression(text: &str) -> ValueExpr {
    ValueExpr::Expression(Expression::parse(text).unwrap())
}

fn literal(value: serde_json::Value) -> ValueExpr {
    ValueExpr::Literal(value)
}

#[test]
fn every_form_of_a_value_is_read() {
    assert_eq!(value("$request.path.id"), expression("$request.path.id"));
    assert_eq!(
        value("'Hello {$request.path.id}, it is {$now}'"),
        ValueExpr::Text(vec![
            TextPart::Literal("Hello ".to_owned()),
            TextPart::Expression(Expression::parse("$request.path.id").unwrap()),
            TextPart::Literal(", it is ".to_owned()),
            TextPart::Expression(Expression::parse("$now").unwrap()),
        ])
    );
    assert_eq!(value("$$5"), literal(json!("$5")));
    assert_eq!(
        value("{ first: [ $request.query.q, none ] }"),
        ValueExpr::First(vec![expression("$request.query.q"), literal(json!("none"))])
    );
    assert_eq!(value("{ split: $request.query.q }"), ValueExpr::Split(vec![expression("$request.query.q")]));
    assert_eq!(
        value("{ split: [ $request.query.q, 'a,b' ] }"),
        ValueExpr::Split(vec![expression("$request.query.q"), literal(json!("a,b"))])
    );
    let ValueExpr::Count(selection) = value("{ count: { in: users, where: { age: 3 } } }") else {
        panic!("a count")
    };
    assert_eq!(selection.collection(), Some("users"));
    let ValueExpr::Select(selection, Some(pick)) =
        value("{ in: users, where: { age: 3 }, pick: $item.name }")
    else {
        panic!("a selection")
    };
    assert_eq!((selection.filter.clauses.len(), *pick), (1, expression("$item.name")));
    assert_eq!(value("{ literal: { a: $now } }"), literal(json!({ "a": "$now" })));
    assert_eq!(value("[ $now, 1 ]"), ValueExpr::List(vec![expression("$now"), literal(json!(1))]));
    assert_eq!(
        value("{ a: $now, b: { c: null } }"),
        ValueExpr::Object(vec![
            ("a".to_owned(), expression("$now")),
            ("b".to_owned(), ValueExpr::Object(vec![("c".to_owned(), literal(json!(null)))])),
        ])
    );
    for plain in [json!(7), json!(true), json!(null), json!("a text, 5 $")] {
        assert_eq!(value(&plain.to_string()), literal(plain));
    }
}

#[test]
fn every_runtime_expression_has_its_source_and_its_path() {
    let path = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let name = |text: &str| text.to_owned();
    for (text, source, rest) in [
        ("$request.path.id", Source::Path(name("id")), path(&[])),
        ("$request.query.q", Source::Query(name("q")), path(&[])),
        ("$request.query.filter.name", Source::Query(name("filter")), path(&["name"])),
        ("$request.header.X-Trace", Source::Header(name("x-trace")), path(&[])),
        ("$request.cookie.who", Source::Cookie(name("who")), path(&[])),
        ("$request.body", Source::Body, path(&[])),
        ("$request.body#/a~1b/0/c~0d", Source::Body, path(&["a/b", "0", "c~d"])),
        ("$request.method", Source::Method, path(&[])),
        ("$request.url", Source::Url, path(&[])),
        ("$record.workspace.name", Source::Record, path(&["workspace", "name"])),
        ("$item", Source::Item, path(&[])),
        ("$caller.id", Source::Caller, path(&["id"])),
        ("$security.token.user", Source::Security(name("token")), path(&["user"])),
        ("$credential.password", Source::Credential, path(&["password"])),
        ("$result", Source::Result, path(&[])),
        ("$page.total", Source::Page, path(&["total"])),
        ("$outcome.message", Source::Outcome, path(&["message"])),
        ("$settings.OPEN", Source::Setting(name("OPEN")), path(&[])),
        ("$now", Source::Now, path(&[])),
        ("$user.name", Source::Bound(name("user")), path(&["name"])),
    ] {
        let expression = Expression::parse(text).unwrap();
        assert_eq!((&expression.source, &expression.path), (&source, &rest), "{text}");
        let again = Expression::parse(&expression.to_string()).unwrap();
        assert_eq!(again, expression, "{text} is written as it is read");
    }
    for (text, word) in [
        ("$", "names nothing"),
        ("$request", "needs a name"),
        ("$request.path", "needs a name"),
        ("$request.bdy", "has no `bdy`"),
        ("$request.body#a", "not a JSON Pointer"),
        ("$record..name", "empty name"),
        ("$settings", "needs a name"),
        ("now", "does not begin with `$`"),
    ] {
        let message = Expression::parse(text).unwrap_err();
        assert!(message.contains(word), "{text}: {message}");
    }
}

#[test]
fn every_test_of_a_predicate_is_read() {
    let field = |name: &str| Subject::Field(name.split('.').map(str::to_owned).collect());
    let words = |written: &str| match clauses(&format!("{{ age: {written} }}")).remove(0) {
        Clause::Test(_, Test::Words(words)) => words,
        other => panic!("{other:?}"),
    };
    assert_eq!(
        clauses("{ name: $request.query.q, boss.age: 3 }"),
        [
            Clause::Test(field("name"), Test::Equal(expression("$request.query.q"))),
            Clause::Test(field("boss.age"), Test::Equal(literal(json!(3)))),
        ]
    );
    let number = |number: i32| literal(json!(number));
    assert_eq!(words("{ enum: [ 1, 2 ] }"), [Word::Enum(ValueExpr::List(vec![number(1), number(2)]))]);
    assert_eq!(words("{ not: 1 }"), [Word::Not(number(1))]);
    assert_eq!(
        words("{ minimum: 1, exclusiveMaximum: 9 }"),
        [Word::Minimum(number(1)), Word::ExclusiveMaximum(number(9))]
    );
    assert_eq!(
        words("{ exclusiveMinimum: 1, maximum: 9 }"),
        [Word::ExclusiveMinimum(number(1)), Word::Maximum(number(9))]
    );
    assert_eq!(words("{ search: $request.query.q }"), [Word::Search(expression("$request.query.q"))]);
    assert_eq!(words("{ equalsIgnoreCase: X }"), [Word::EqualsIgnoreCase(literal(json!("X")))]);
    assert_eq!(words("{ pattern: '^[a-z]+$' }"), [Word::Pattern("^[a-z]+$".to_owned())]);
    assert_eq!(words("{ present: false }"), [Word::Present(false)]);
    let [Clause::AnyOf(any), Clause::AllOf(all), Clause::Not(not)] =
        &clauses("{ anyOf: [ { age: 1 }, { age: 2 } ], allOf: [ { age: 3 } ], not: { age: 4 } }")[..]
    else {
        panic!("three clauses")
    };
    assert_eq!((any.len(), all.len(), not.clauses.len()), (2, 1, 1));
    assert_eq!(
        clauses("{ $settings.OPEN: true }"),
        [Clause::Test(
            Subject::Expression(Expression::parse("$settings.OPEN").unwrap()),
            Test::Equal(literal(json!(true)))
        )]
    );
}

#[test]
fn every_member_of_a_selection_is_read() {
    let contract = contract(&with_effect(
        "list: { in: users, where: { age: 1 }, sort: [ { by: name, direction: desc }, age ], page: { offset: 1, limit: $request.query.q } }",
    ));
    let Verb::List(selection) = &contract.operations[0].effect[0].verb else { panic!("a list") };
    assert_eq!(selection.from, CollectionName::Named("users".to_owned()));
    assert_eq!(selection.sort[0].by, literal(json!("name")));
    assert_eq!(selection.sort[0].direction, Some(literal(json!("desc"))));
    assert_eq!((&selection.sort[1].by, &selection.sort[1].direction), (&literal(json!("age")), &None));
    let page = selection.page.as_ref().unwrap();
    assert_eq!(
        (&page.offset, &page.limit),
        (&Some(literal(json!(1))), &Some(expression("$request.query.q")))
    );
    assert!(page.number.is_none() && page.size.is_none());
}

#[test]
fn a_collection_may_be_chosen_by_the_request() {
    let contract = contract(&with_effect("list: { in: $request.query.q }"));
    let selection = contract.operations[0].effect[0].verb.selection().unwrap();
    assert_eq!(selection.from, CollectionName::Chosen(expression("$request.query.q")));
    assert_eq!(selection.collection(), None);
}

#[test]
fn every_step_and_modifier_is_read() {
    let contract = contract(&with_effect(
        "
- find: { in: users, where: { name: $request.body#/name } }
  as: user
  else: pass
- require: { where: { $user.age: { minimum: 18 } } }
  else: conflict
- update: { in: users, where: { id: $request.path.id }, set: { name: x } }
  conflict: invalid
- replace: { in: users, where: { id: $request.path.id } }
- delete: { in: users, where: { id: $user.id } }
  when: { $request.body#/gone: true }
  else: pass
- call: { action: send_mail, with: { to: $user.name }, outcomes: [ conflict ] }
- create: { in: users, each: $request.body#/people, set: { name: $item.name } }
  as: result
",
    ));
    let effect = &contract.operations[0].effect;
    let verbs: Vec<&str> = effect
        .iter()
        .map(|step| match &step.verb {
            Verb::Find(_) => "find",
            Verb::List(_) => "list",
            Verb::Create { .. } => "create",
            Verb::Update(..) => "update",
            Verb::Replace(..) => "replace",
            Verb::Delete(_) => "delete",
            Verb::Require(_) => "require",
            Verb::Call { .. } => "call",
            Verb::Serve(_) => "serve",
        })
        .collect();
    assert_eq!(verbs, ["find", "require", "update", "replace", "delete", "call", "create"]);
    assert_eq!((effect[0].bind.as_deref(), &effect[0].miss), (Some("user"), &Miss::Pass));
    assert_eq!(effect[1].miss, Miss::Outcome("conflict".to_owned()));
    assert_eq!(
        (effect[2].conflict.as_str(), &effect[2].miss),
        ("invalid", &Miss::Outcome("not-found".to_owned()))
    );
    assert!(matches!(&effect[3].verb, Verb::Replace(_, None)));
    assert_eq!(effect[4].when.as_ref().unwrap().clauses.len(), 1);
    let Verb::Call { action, with, outcomes, reads: false, does: None, calls: 1 } = &effect[5].verb else {
        panic!("a call")
    };
    assert_eq!(
        (action.as_str(), with[0].0.as_str(), outcomes.as_slice()),
        ("send_mail", "to", ["conflict".to_owned()].as_slice())
    );
    let Verb::Create { each: Some(each), set: Some(_), .. } = &effect[6].verb else { panic!("a create") };
    assert_eq!(*each, expression("$request.body#/people"));
    assert_eq!(effect[6].bind.as_deref(), Some("result"));
}

#[test]
fn what_an_action_amounts_to_is_read() {
    let contract = contract(&with_effect(
        "
- call: { action: greet, reads: true }
- call: { action: trash, with: { id: $request.path.id }, does: { delete: { in: users, where: { id: $request.path.id } }, calls: 2 } }
",
    ));
    let [greet, trash] = &contract.operations[0].effect[..] else { panic!("two steps") };
    assert!(matches!(greet.verb.seen(), Verb::Call { reads: true, .. }));
    assert!(!greet.verb.is_opaque() && !trash.verb.is_opaque());
    assert_eq!((greet.verb.calls(), trash.verb.calls()), (1, 2));
    // The engine sees an action; who looks from outside sees a removal.
    assert_eq!(trash.verb.collection(), None);
    let Verb::Delete(selection) = trash.verb.seen() else { panic!("a delete") };
    assert_eq!((selection.collection(), selection.filter.clauses.len()), (Some("users"), 1));
    assert!(!contract.collections["users"].indexed.contains(&"id".to_owned()));
}

#[test]
fn what_cannot_be_read_is_said_once() {
    for (effect, expected) in [
        (
            "find: { in: users, where: { age: { minimun: 3 } } }",
            "predicate: `minimun` is not a word that a test can have",
        ),
        (
            "find: { in: users, where: { age: { minimum: 3, mxaimum: 4 } } }",
            "predicate: `mxaimum` is not a word that a test can have",
        ),
        (
            "find: { in: users, where: { age: { present: maybe } } }",
            "predicate: `present` takes `true` or `false`",
        ),
        (
            "find: { in: users, where: { name: { pattern: '(' } } }",
            "bad-pattern: `(` is not a regular expression",
        ),
        ("find: { in: users, where: { anyOf: { age: 3 } } }", "predicate: `anyOf` is a list of predicates"),
        ("find: { in: users, where: { name: 'a {$now' } }", "expression-syntax: a `{$` without its `}`"),
        (
            "create: { in: users, set: { name: { in: users, wheer: { age: 1 } } } }",
            "selection: a selection has no `wheer`",
        ),
        ("list: { in: users, page: { nubmer: 1 } }", "selection: a page has no `nubmer`"),
        (
            "list: { in: users, wher: { age: 1 } }",
            "keyword: in `x-effect`: `list` has the unknown property `wher`",
        ),
        ("list: { where: { age: 1 } }", "keyword: in `x-effect`: `list` `in` is missing"),
        ("lsit: { in: users }", "keyword: in `x-effect`: has the unknown property `lsit`"),
        (
            "{ list: { in: users }, find: { in: users } }",
            "keyword: a step needs one verb, but this one has `find` and `list`",
        ),
        ("{ list: { in: users }, else: pass }", "keyword: `else` means nothing beside `list`"),
        ("call: { action: SendMail }", "keyword: `SendMail` cannot be an action's name"),
        ("call: { action: mail, does: { } }", "keyword: `does` needs one verb, but here is none"),
        (
            "call: { action: mail, does: { list: { in: users }, find: { in: users } } }",
            "keyword: `does` needs one verb, but here is `find` and `list`",
        ),
        (
            "call: { action: mail, does: { require: { where: { } } } }",
            "keyword: in `x-effect`: `does` has the unknown property `require`",
        ),
        (
            "call: { action: mail, does: { delete: { in: users }, calls: 1 } }",
            "keyword: in `x-effect`: `calls` is less than 2",
        ),
        (
            "call: { action: mail, does: { update: { in: users }, calls: 2 } }",
            "keyword: only a `delete` may take several calls",
        ),
        (
            "call: { action: mail, outcomes: [ conflict ], does: { list: { in: users }, else: conflict } }",
            "keyword: `else` means nothing beside `list`",
        ),
        (
            "call: { action: mail, outcomes: [ conflict ], does: { find: { in: users }, else: pass } }",
            "keyword: an action says itself whether it carries on",
        ),
        (
            "call: { action: mail, does: { update: { in: users }, strangers: ok } }",
            "keyword: `strangers` is `ok` beside a verb that writes: then there is no right",
        ),
        (
            "{ call: { action: mail, outcomes: [ conflict ] }, strangers: conflict }",
            "keyword: `strangers` means nothing beside `call`",
        ),
        (
            "{ require: { where: { $now: { present: true } } }, anonymous: invalid }",
            "keyword: `anonymous` means nothing beside `require`",
        ),
        (
            "{ find: { in: users }, strangers: conflict }",
            "unknown-outcome: `strangers` names `conflict`, but `doIt` does not end so",
        ),
        (
            "call: { action: mail, reads: true, does: { delete: { in: users } } }",
            "keyword: an action that only reads cannot be said to `delete`",
        ),
        (
            "call: { action: mail, does: { find: { in: users, where: { nmae: x } } } }",
            "unknown-field: the records tested here have no field `nmae`",
        ),
        (
            "call: { action: mail, does: { update: { in: users, set: { name: $usr.name } } } }",
            "unknown-expression: no earlier step binds `$usr`",
        ),
    ] {
        assert_eq!(faults(effect), [expected], "{effect}");
    }
}

fn record(properties: &str) -> Contract {
    let indented: String =
        properties.trim_matches('\n').lines().map(|line| format!("        {line}\n")).collect();
    contract(&format!(
        "openapi: 3.0.3
info: {{ title: T, version: '1' }}
x-collections:
  users: {{ schema: User }}
paths: {{}}
components:
  schemas:
    User:
      type: object
      properties:
        id: {{ type: string }}
{indented}"
    ))
}

#[test]
fn every_way_to_assign_a_property_is_read() {
    let contract = record(
        "
uuid: { x-assign: uuid }
number: { x-assign: sequence }
token: { x-assign: { value: token, length: 40 } }
short: { x-assign: token }
object: { x-assign: object-id }
created: { x-assign: now }
updated: { x-assign: { value: now, at: [ created, updated ] } }
used: { x-assign: { value: now, at: used } }
expires: { x-assign: { value: { after: PT60M } } }
jwt: { x-assign: { value: { jwt: { sub: $record.id } } } }
slug: { x-assign: { value: $record.id } }
",
    );
    let user = contract.schema(contract.schemas.named("User").unwrap());
    let assign = |name: &str| contract.schema(user.properties[name]).assign.clone().unwrap();
    for (name, kind) in [
        ("uuid", AssignKind::Uuid),
        ("number", AssignKind::Sequence),
        ("token", AssignKind::Token(40)),
        ("short", AssignKind::Token(32)),
        ("object", AssignKind::ObjectId),
        ("created", AssignKind::Now),
        ("expires", AssignKind::After(3_600_000)),
        ("jwt", AssignKind::Jwt(ValueExpr::Object(vec![("sub".to_owned(), expression("$record.id"))]))),
        ("slug", AssignKind::Value(expression("$record.id"))),
    ] {
        assert_eq!(assign(name).kind, kind, "{name}");
        assert_eq!(assign(name).at, [AssignAt::Created], "{name}");
    }
    assert_eq!(assign("updated").at, [AssignAt::Created, AssignAt::Updated]);
    assert_eq!(assign("used").at, [AssignAt::Used]);
}

#[test]
fn every_way_to_refer_to_a_record_is_read() {
    let contract = record(
        "
boss: { type: string, x-ref: users }
friend: { type: string, x-ref: { to: users, on-delete: clear } }
team: { type: array, items: { type: string, x-ref: { to: users, on-delete: cascade } } }
",
    );
    let references = &contract.collections["users"].references;
    let found: Vec<_> =
        references.iter().map(|(field, one)| (field.as_str(), one.on_delete, one.many)).collect();
    assert_eq!(
        found,
        [
            ("boss", OnDelete::Restrict, false),
            ("friend", OnDelete::Clear, false),
            ("team", OnDelete::Cascade, true)
        ]
    );
    assert_eq!(contract.collections["users"].indexed, ["boss", "friend", "team"]);
}
