//! What is shown of a text, and where: also of texts that cannot be read.

use tercet_spec::Document;

use crate::support::diagnose;

#[test]
fn what_stands_far_apart_is_shown_apart_with_its_own_line() {
    let filler = "    # nothing\n".repeat(2000);
    let text = format!(
        "openapi: 3.0.3\ninfo: {{ title: T, version: '1' }}\npaths: {{}}\ncomponents:\n  schemas:\n    A: {{ $ref: '#/components/schemas/C/properties/a' }}\n    B: {{ type: string, example: 5 }}\n{filler}    C:\n      properties:\n        a: {{ type: integer }}\n      example: {{ a: one }}\n"
    );
    let (_, diagnostics) = diagnose("far.yaml", &text);
    let shown: Vec<String> =
        diagnostics.iter().filter(|one| one.code == "example-mismatch").map(|one| one.render()).collect();
    assert!(
        shown[0].contains("--> far.yaml:7:33")
            && shown[0].contains("7 |     B: { type: string, example: 5 }"),
        "{}",
        shown[0]
    );
    assert!(
        shown[1].contains("--> far.yaml:2011:21") && shown[1].contains("2010 |         a: { type: integer }"),
        "{}",
        shown[1]
    );
}

#[test]
fn the_byte_that_is_no_utf_8_has_a_place() {
    let bytes = b"openapi: 3.0.3\ninfo: { title: Caf\xe9, version: '1' }\n".to_vec();
    let said = Document::read("latin.yaml", bytes).err().unwrap();
    assert_eq!(said[0].to_string(), "latin.yaml:2:19: error[syntax]: the byte 0xE9 is no UTF-8");
    let said = Document::read("wide.yaml", b"\xff\xfeo\0".to_vec()).err().unwrap();
    assert_eq!(said[0].to_string(), "wide.yaml:1:1: error[syntax]: this is UTF-16, not UTF-8");
    assert!(Document::read("plain.yaml", b"openapi: 3.0.3".to_vec()).is_ok());
}

#[test]
fn a_quote_that_is_not_closed_is_shown_where_it_opens() {
    let said = |name: &str, text: &str| diagnose(name, text).1[0].to_string();
    let yaml = "openapi: 3.0.3\ninfo: { title: \"Rooms, version: '1' }\npaths:\n  /a:\n    get: { summary: \"#1\" }\n";
    assert_eq!(
        said("a.yaml", yaml),
        "a.yaml:2:16: error[syntax]: the quote that opens here is not closed before line 5, where the YAML breaks off"
    );
    let json = "{ \"openapi\": \"3.0.3,\n \"info\": { \"title\": \"x\" } }";
    assert_eq!(
        said("a.json", json),
        "a.json:1:14: error[syntax]: the quote that opens here is not closed on its line"
    );
    let other = "openapi: 3.0.3 # it's \"so\ninfo: { title: a b: c }\n";
    assert!(
        !said("b.yaml", other).contains("quote"),
        "quotes in comments open nothing: {}",
        said("b.yaml", other)
    );
}
