//! The editors' schema of applications: that it and the program say the same of a file, but for what a schema cannot express.

use std::sync::LazyLock;

use jsonschema::Validator;
use serde_json::Value;
use tercet_mock_server::Application;

static SCHEMA: LazyLock<Validator> =
    LazyLock::new(|| jsonschema::draft202012::new(&Application::schema("qore").unwrap()).unwrap());

/// Whether the program reads the file, and whether the schema accepts it.
fn judged(text: &str) -> (bool, bool) {
    let read = Application::read("qore", "application.yaml", text).unwrap().is_ok();
    let document = tercet_spec::Document::parse("application.yaml", text).unwrap();
    let value: &Value = document.root();
    (read, SCHEMA.is_valid(value))
}

/// An application with a resource of these fields, with records to refer to.
fn with_field(field: &str) -> String {
    format!(
        "resources:\n  users: {{ fields: {{ name: {{ type: text }} }}, records: [ {{ name: Ada }} ] }}\n  notes:\n    fields: {{ user: {{ type: belongs-to, resource: users }}, f: {field} }}\n"
    )
}

/// An application with a resource that has these keys, too.
fn with_key(key: &str) -> String {
    format!(
        "resources:\n  users:\n    fields: {{ name: {{ type: text }}, born: {{ type: date }} }}\n    records: [ {{ name: Ada }} ]\n    {key}\n"
    )
}

#[test]
fn both_accept_what_is_right() {
    let fields = [
        "{ type: text, rules: 'required|max:3|regex:/^a{1,2}$/', default: aa }",
        "{ type: text, rules: [ required, 'regex:/a|b/' ] }",
        "{ type: number, precision: 2, default: 1.5 }",
        "{ type: checkbox, default: true }",
        "{ type: date, default: $today }",
        "{ type: date, default: '2023-01-31' }",
        "{ type: datetime, default: $now }",
        "{ type: datetime, default: '2023-01-31T10:00:00Z' }",
        "{ type: select, options: [ a, 1 ], default: a }",
        "{ type: select, options: { a: A }, multiple: true, default: [ a ] }",
        "{ type: belongs-to, resource: users, default: $me, on-delete: cascade }",
        "{ type: belongs-to, resource: users, choices: { group-by: name, ungrouped: None, where: { name: { startsWith: A } } } }",
        "{ type: belongs-to-many, resource: users, default: [ 1 ] }",
        "{ type: has-many, resource: notes, by: g }, g: { type: belongs-to, resource: notes }",
        "{ type: file, rules: 'max:10' }",
        "{ type: password, rules: 'min:8' }",
        "{ type: sequence, format: 'A{number:3}' }",
    ];
    let keys = [
        "key: sequence",
        "tables: { users: { per-page: 5, tabs: { All: {}, A: { where: { name: [ a, b ], not: { born: $today }, anyOf: [ { name: { not: a } } ] } } } } }",
        "permissions: { view: everybody, update: [ { where: { id: $me } } ], delete: nobody }",
        "actions: { go: { when: { born: { present: false } }, form: { why: { type: text } }, set: { name: $form.why } } }",
    ];
    let tops = [
        "tokens: [ { device_name: a, token: '1|aaaaaaaaaabbbbbbbbbbccccccccccdddddddddd', expires_at: '2027-01-31' } ]",
        "accounts: { resource: users, login: name }",
        "application: { name: A }",
    ];
    let files = fields.iter().map(|field| with_field(field)).chain(keys.iter().map(|key| with_key(key)));
    for text in files.chain(tops.iter().map(|top| format!("{}{top}\n", with_key("key: sequence")))) {
        assert_eq!(judged(&text), (true, true), "{text}");
    }
}

#[test]
fn both_refuse_what_is_wrong() {
    let fields = [
        "{ type: txt }",
        "{ rules: required }",
        "{ type: text, options: [ a ] }",
        "{ type: text, precision: 1 }",
        "{ type: text, resource: users }",
        "{ type: text, format: 'A{number}' }",
        "{ type: text, default: 5 }",
        "{ type: text, rules: 'max 3' }",
        "{ type: text, rules: [ required, 5 ] }",
        "{ type: number, precision: 16 }",
        "{ type: number, default: abc }",
        "{ type: number, multiple: true }",
        "{ type: checkbox, default: ja }",
        "{ type: date, default: morgen }",
        "{ type: datetime, default: 2023 }",
        "{ type: select }",
        "{ type: select, options: [] }",
        "{ type: select, options: {} }",
        "{ type: select, options: [ a, a ] }",
        "{ type: select, options: [ [ a ] ] }",
        "{ type: select, options: [ a ], multiple: true, default: a }",
        "{ type: select, options: [ a ], default: [ a ] }",
        "{ type: belongs-to }",
        "{ type: belongs-to, resource: users, by: user }",
        "{ type: belongs-to, resource: users, choices: { ungrouped: None } }",
        "{ type: belongs-to-many, resource: users, on-delete: cascade }",
        "{ type: belongs-to-many, resource: users, default: 1 }",
        "{ type: has-many, resource: notes }",
        "{ type: has-many, by: user }",
        "{ type: file, default: x }",
        "{ type: password, default: x }",
        "{ type: password, searchable: true }",
        "{ type: sequence }",
        "{ type: text }, na-me: { type: text }",
        "{ type: text }, 2nd: { type: text }",
        "{ type: text }, id: { type: number }",
    ];
    let keys = [
        "key: guid",
        "tables: { 'a b': {} }",
        "tables: { users: { per-page: 0 } }",
        "tables: { users: { where: { name: { serch: a } } } }",
        "tables: { users: { where: { name: { present: perhaps } } } }",
        "tables: { users: { where: { anyOf: { name: a } } } }",
        "tables: { users: { where: { 'a b': 1 } } }",
        "tables: { users: { where: { name: [ [ a ] ] } } }",
        "permissions: { view: admins }",
        "actions: { 'go/x': {} }",
        "actions: { delete_resource: {} }",
        "actions: { go: { form: { 'y z': { type: text } } } }",
    ];
    let tops = [
        "tokens: [ { device_name: a, token: abc } ]",
        "tokens: [ { device_name: a, expires_at: soon } ]",
        "tokens: [ { token: '1|aaaaaaaaaabbbbbbbbbbccccccccccdddddddddd' } ]",
        "resource: {}",
    ];
    let files = fields.iter().map(|field| with_field(field)).chain(keys.iter().map(|key| with_key(key)));
    let tops = tops.iter().map(|top| format!("{}{top}\n", with_key("key: sequence")));
    let whole = [
        "resources: {}",
        "resources: { 'a b': { fields: {} } }",
        "resources: { api_tokens: { fields: {} } }",
        "- a",
    ];
    for text in files.chain(tops).chain(whole.map(str::to_owned)) {
        assert_eq!(judged(&text), (false, false), "{text}");
    }
}

/// What refers to something else in the file, and what has a grammar of its own.
#[test]
fn only_the_program_knows_what_refers_to_what() {
    let fields = [
        "{ type: belongs-to, resource: zz }",
        "{ type: belongs-to, resource: users, default: 99 }",
        "{ type: has-many, resource: users, by: name }",
        "{ type: select, options: [ a ], default: z }",
        "{ type: number, precision: 0, default: 1.5 }",
        "{ type: date, default: '2023-02-30' }",
        "{ type: text, rules: 'maks:3' }",
        "{ type: text, rules: 'same:zz' }",
        "{ type: text, rules: 'max:2', default: abc }",
        "{ type: sequence, format: 'A' }",
    ];
    let keys = [
        "title: '{zz}'",
        "tables: { users: { columns: [ zz ] } }",
        "tables: { users: { where: { born: morgen } } }",
        "permissions: { view: [ { roles: [ king ] } ] }",
        "records: [ { zz: 1 } ]",
    ];
    let keys = keys
        .iter()
        .map(|key| with_key(key).replace("    records: [ { name: Ada } ]\n    records", "    records"));
    for text in fields.iter().map(|field| with_field(field)).chain(keys) {
        assert_eq!(judged(&text), (false, true), "{text}");
    }
}

/// Messages come from the program, with places: the schema that it goes by itself is not the strict one.
#[test]
fn the_strict_schema_is_a_schema() {
    let schema = Application::schema("qore").unwrap();
    assert!(jsonschema::draft202012::meta::is_valid(&schema));
}
