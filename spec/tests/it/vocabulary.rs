//! The reference page and the editors' schema say what the code does.

use std::collections::BTreeSet;

use serde_json::Value;
use tercet_spec::{Document, Severity, lower, vocabulary_schema};

use crate::codes::codes;
use crate::support::{hold_to_file, read};

/// The fenced YAML blocks of the page with the title above each.
fn blocks() -> Vec<(String, String)> {
    let page = read("VOCABULARY.md");
    let (mut title, mut block, mut all) = (String::new(), None::<String>, Vec::new());
    for line in page.lines() {
        match (line, &mut block) {
            ("```yaml", None) => block = Some(String::new()),
            ("```", Some(_)) => all.extend(block.take().map(|text| (title.clone(), text))),
            (_, Some(text)) => {
                text.push_str(line);
                text.push('\n');
            }
            (_, None) => {
                if let Some(heading) = line.strip_prefix("### ") {
                    title = heading.trim_matches('`').to_owned();
                }
            }
        }
    }
    all
}

fn indent(text: &str, by: usize) -> String {
    text.lines().map(|line| format!("{}{line}\n", " ".repeat(by))).collect()
}

/// What binds the names of the block with headers.
const SESSIONS: &str = "      x-effect:
        - { find: { in: sessions }, as: known, else: pass }
        - { find: { in: sessions }, as: session }
";

/// A document in which every name exists that the page's examples use, with a block put where it belongs.
fn document(title: &str, block: &str) -> String {
    let mut parts = [""; 8].map(str::to_owned);
    let [root, effect, parameters, responses, headers, scheme, properties, collections] = &mut parts;
    *effect = "      x-effect: { list: { in: users } }\n".to_owned();
    // The page writes `…` where an author writes a schema.
    let block = &block.replace(", …", ", schema: { type: string }");
    match title {
        "Predicates" => {
            *effect = format!("      x-effect:\n        list:\n          in: users\n{}", indent(block, 10));
        }
        "x-collections" => {
            *root = block
                .replace("users:", "people:")
                .replace("schema: User ", "schema: Person ")
                .replace("x-collections:\n", "");
        }
        "x-settings" => {}
        "x-conduct" if block.contains("route") => *root = format!("security: [ {{ own: [ ] }} ]\n{block}"),
        "x-conduct" | "x-envelope" => *root = block.to_owned(),
        "x-steps" => {
            *root = block.to_owned();
            *effect = "      x-effect: { $ref: '#/x-steps/as-owner' }\n".to_owned();
        }
        "x-ref" | "x-assign" | "x-value" => *properties = indent(block, 8),
        "x-effect" if block.starts_with("headers:") => {
            *effect = SESSIONS.to_owned();
            *headers = indent(block, 10);
        }
        "x-effect" => *effect = indent(block, 6),
        "x-outcome" => {
            let (first, second) = block.split_once("parameters:\n").unwrap();
            *responses = indent(
                first
                    .trim_start_matches("responses:\n")
                    .replace("'403':\n", "'403':\n    description: refused\n")
                    .as_str(),
                6,
            );
            *parameters = indent(&second.replace("in: path", "in: path, required: true"), 4);
        }
        "x-credential" => *scheme = indent(block, 4),
        other => panic!("a block under `{other}` has no place in this test yet"),
    }
    if title == "x-collections" {
        *collections = std::mem::take(root);
    }
    let settings = if title == "x-settings" {
        indent(block.trim_start_matches("x-settings:\n"), 0)
    } else {
        "  MAX_JSON_SIZE: { default: 50mb }\n".to_owned()
    };
    format!(
        "openapi: 3.0.3
info: {{ title: T, version: '1' }}
x-settings:
{settings}  ENABLED: {{ default: true }}
  OPEN: {{ default: true }}
  KEY: {{ default: secret, secret: true }}
  RATE: {{ default: 50 }}
  MAX_AGE: {{ default: 60 }}
  COOKIE_NAME: {{ default: SESSION }}
{root}x-collections:
  users: {{ schema: User }}
  workspaces: {{ schema: Workspace }}
  sessions: {{ schema: Session }}
  access_tokens: {{ schema: Token }}
  groups: {{ schema: Group }}
  group_members: {{ schema: Member }}
{collections}paths:
  /workspaces/{{workspace_id}}/{{who}}/{{id}}:
    parameters:
      - {{ name: workspace_id, in: path, required: true, schema: {{ type: string }} }}
      - {{ name: who, in: path, required: true, schema: {{ type: string }} }}
{}    post:
      operationId: doIt
      parameters:
        - {{ name: search, in: query, schema: {{ type: string }} }}
        - {{ name: email, in: query, schema: {{ type: string }} }}
        - {{ name: groups, in: query, schema: {{ type: array, items: {{ type: string }} }} }}
        - {{ name: parent, in: query, schema: {{ type: string }} }}
        - {{ name: prefix, in: query, schema: {{ type: string }} }}
        - {{ name: session, in: cookie, schema: {{ type: string }} }}
      requestBody: {{ content: {{ application/json: {{ schema: {{ type: object, properties: {{ email: {{ type: string }}, user: {{ type: string }}, password: {{ type: string }}, everywhere: {{ type: boolean }} }} }} }} }} }}
{effect}      responses:
        '200':
          description: yes
{headers}        '400': {{ description: no, x-outcome: [ invalid, malformed-id, disabled, conflict, too-large, not-found, not-shared, not-signed-in, invalid-query ] }}
{responses}components:
  responses:
    NoRoute: {{ description: nothing here }}
  securitySchemes:
    own: {{ type: http, scheme: bearer }}
{scheme}  schemas:
    Workspace: {{ type: object, properties: {{ id: {{ type: string }}, name: {{ type: string }} }} }}
    Session: {{ type: object, properties: {{ id: {{ type: string }}, token: {{ type: string }}, expires: {{ type: string }}, user: {{ type: string, x-ref: users }} }} }}
    Token: {{ type: object, properties: {{ id: {{ type: string }}, token: {{ type: string }}, user: {{ type: string, x-ref: users }} }} }}
    Group: {{ type: object, properties: {{ id: {{ type: string }}, name: {{ type: string }} }} }}
    Member: {{ type: object, properties: {{ id: {{ type: string }}, user: {{ type: string, x-ref: users }}, group: {{ type: string, x-ref: groups }} }} }}
    Person: {{ type: object, properties: {{ id: {{ type: string, format: uuid }}, name: {{ type: string }}, first: {{ type: string }}, last: {{ type: string }}, email: {{ type: string, format: email }} }} }}
    User:
      type: object
      properties:
        id: {{ type: string }}
{}{properties}",
        if title == "x-outcome" { parameters.as_str() } else { "      - { name: id, in: path, required: true, schema: { type: string } }\n" },
        user_fields(title),
    )
}

/// The fields of a user that the block itself does not describe.
fn user_fields(title: &str) -> String {
    let all = [
        ("email", "{ type: string }"),
        ("status", "{ type: string }"),
        ("age", "{ type: integer }"),
        ("name", "{ type: string }"),
        ("slug", "{ type: string }"),
        ("path", "{ type: string }"),
        ("deleted_at", "{ type: string, nullable: true }"),
        ("parent", "{ type: string }"),
        ("workspace", "{ type: string, x-ref: workspaces }"),
        ("groups", "{ type: array, items: { type: string, x-ref: groups } }"),
        ("user", "{ type: string, x-ref: users }"),
    ];
    let own: &[&str] = match title {
        "x-ref" => &["workspace", "user"],
        "x-assign" => &["id", "slug"],
        "x-value" => &["groups"],
        _ => &[],
    };
    let kept = all.iter().filter(|(name, _)| !own.contains(name));
    kept.map(|(name, schema)| format!("        {name}: {schema}\n")).collect()
}

#[test]
fn every_example_of_the_page_is_read_without_a_complaint() {
    let blocks = blocks();
    assert!(blocks.len() >= 10, "the page's blocks are found: {}", blocks.len());
    for (title, block) in blocks {
        let mut text = document(&title, &block);
        if title == "x-assign" {
            text = text.replacen("        id: { type: string }\n", "", usize::from(block.starts_with("id:")));
        }
        let document = Document::parse(format!("{title}.yaml"), text.clone())
            .unwrap_or_else(|faults| panic!("{}\n{text}", faults[0].render()));
        let (_, diagnostics) = lower(&document);
        let said: Vec<String> =
            diagnostics.iter().filter(|one| one.severity > Severity::Note).map(|one| one.render()).collect();
        assert!(said.is_empty(), "the block under `{title}`:\n{}\n{text}", said.join("\n"));
    }
}

/// Every keyword that the editors' schema has somewhere.
fn keywords(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            found.extend(map.keys().filter(|key| key.starts_with("x-")).cloned());
            map.values().for_each(|member| keywords(member, found));
        }
        Value::Array(items) => items.iter().for_each(|item| keywords(item, found)),
        _ => {}
    }
}

#[test]
fn the_page_has_a_section_for_every_keyword_and_for_nothing_else() {
    let mut expected = BTreeSet::new();
    keywords(&vocabulary_schema(), &mut expected);
    assert_eq!(expected.len(), 12, "{expected:?}");
    let page = read("VOCABULARY.md");
    let sections: BTreeSet<String> = page
        .lines()
        .filter_map(|line| line.strip_prefix("### `"))
        .map(|rest| rest.trim_end_matches('`').to_owned())
        .collect();
    assert_eq!(sections, expected);
    for keyword in &expected {
        assert!(
            page.contains(&format!("| [`{keyword}`](#{keyword}) |")),
            "the table at the top has `{keyword}`"
        );
    }
}

#[test]
fn the_page_lists_every_code_and_none_that_is_gone() {
    let page = read("VOCABULARY.md");
    let (_, table) = page.split_once("## Diagnostics").expect("the page has the section");
    let (table, _) = table.split_once("\n## ").expect("what clients do without has a table of its own");
    let listed: Vec<String> = table
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split_once('`'))
        .map(|(code, _)| code.to_owned())
        .collect();
    assert!(listed.is_sorted(), "by name");
    assert_eq!(listed.into_iter().collect::<BTreeSet<_>>(), codes());
}

#[test]
fn the_schema_for_editors_is_fresh() {
    let text = serde_json::to_string_pretty(&vocabulary_schema()).unwrap();
    hold_to_file("vocabulary.schema.json", &format!("{text}\n"));
}

#[test]
fn the_schema_for_editors_finds_what_the_lowering_finds() {
    let validator = jsonschema::draft202012::new(&vocabulary_schema()).unwrap();
    let mut faulty = 0;
    for (name, fits) in
        [("keyword", false), ("unknown-field", true), ("seed-conflict", true), ("outcome-not-spoken", true)]
    {
        let document = Document::parse(name, read(&format!("tests/it/documents/{name}.yaml"))).unwrap();
        assert_eq!(validator.is_valid(document.root()), fits, "{name}");
        faulty += usize::from(!fits);
    }
    assert_eq!(faulty, 1);
}
