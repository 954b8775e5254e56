//! Texts as people really write them: line ends, marks, tabs, tags, several documents, merge keys.

use serde_json::json;
use tercet_spec::{Document, Pointer};

use crate::support::{diagnose, lines};

fn document(text: &str) -> Document {
    Document::parse("text.yaml", text).unwrap()
}

fn position(document: &Document, pointer: &str) -> (usize, usize) {
    let at = document.position(&Pointer::parse(pointer).unwrap());
    (at.line, at.column)
}

#[test]
fn columns_count_characters_and_a_byte_order_mark_counts_nothing() {
    for text in ["\u{feff}größe: { \u{1f9ea}: 1, ñ: x }\n", "größe: { \u{1f9ea}: 1, ñ: x }\n"] {
        let document = document(text);
        assert_eq!(position(&document, "/größe"), (1, 1));
        assert_eq!(position(&document, "/größe/\u{1f9ea}"), (1, 10));
        assert_eq!(position(&document, "/größe/ñ"), (1, 16));
    }
    let json = Document::parse("text.json", "\u{feff}{ \"größe\": { \"\u{1f9ea}\": 1, \"ñ\": 2 } }").unwrap();
    assert_eq!(position(&json, "/größe/ñ"), (1, 22));
}

#[test]
fn windows_line_ends_leave_lines_and_columns_as_they_are() {
    let unix = "a: 1\nlist:\n  - x: |\n      text\n      more\n  - y: 'ö'\nlast: [ 1,\n  2 ]\n";
    let windows = unix.replace('\n', "\r\n");
    for pointer in ["/a", "/list/0/x", "/list/1/y", "/last", "/last/1"] {
        assert_eq!(position(&document(unix), pointer), position(&document(&windows), pointer), "{pointer}");
    }
    assert_eq!(document(&windows).root(), document(unix).root());
    assert_eq!(position(&document(&windows), "/last/1"), (8, 3));
}

#[test]
fn positions_survive_a_long_text_that_is_not_ascii() {
    let text: String = (0..500).map(|index| format!("schlüssel{index}: straße\n")).collect();
    let document = document(&text);
    for index in [0, 63, 64, 255, 499] {
        assert_eq!(position(&document, &format!("/schlüssel{index}")), (index + 1, 1));
        let span = document.span(&Pointer::root().child(&format!("schlüssel{index}")));
        assert_eq!(&document.text()[span], "straße");
    }
}

#[test]
fn an_empty_text_says_so() {
    for text in ["", "\n\n", "# only a remark\n", "\u{feff}"] {
        for name in ["empty.yaml", "empty.json"] {
            let (contract, diagnostics) = diagnose(name, text);
            assert!(contract.is_none());
            assert_eq!(lines(&diagnostics), ["1:1 syntax the document is empty"], "{name} {text:?}");
            assert!(diagnostics[0].render().contains("help"), "it can be shown");
        }
    }
}

#[test]
fn tabs_are_refused_where_they_indent() {
    let (contract, diagnostics) = diagnose("tabs.yaml", "a:\n\tb: 1\n");
    assert!(contract.is_none());
    assert_eq!((diagnostics[0].code, diagnostics[0].position().unwrap().line), ("syntax", 2));
}

#[test]
fn a_second_document_is_not_dropped_in_silence() {
    let text = "---\nopenapi: 3.0.3\ninfo: { title: T, version: '1' }\npaths: {}\n---\nopenapi: 3.0.3\n";
    assert_eq!(lines(&diagnose("two.yaml", text).1), ["5:1 syntax a second document begins here"]);
    let ended = "---\nopenapi: 3.0.3\ninfo: { title: T, version: '1' }\npaths: {}\n...\n";
    assert_eq!(lines(&diagnose("one.yaml", ended).1), Vec::<String>::new());
}

#[test]
fn merge_keys_add_what_a_mapping_does_not_have() {
    let merged = document(
        "base: &base { a: 1, b: 2 }\nmore: &more { c: 3, a: 9 }\none: { <<: *base, b: 5 }\nmany: { b: 0, <<: [ *base, *more ] }\nquoted: { '<<': *base }\n",
    );
    let root = merged.root();
    assert_eq!(root["one"], json!({ "a": 1, "b": 5 }));
    assert_eq!(root["many"], json!({ "a": 1, "b": 0, "c": 3 }));
    assert_eq!(root["quoted"], json!({ "<<": { "a": 1, "b": 2 } }), "in quotes it is a key like any other");
    assert_eq!(position(&merged, "/one/a"), (1, 15), "what is merged stands where it was written");
    assert_eq!(position(&merged, "/one/b"), (3, 19));
    let faults: Vec<String> =
        document("a: { <<: 1, b: 2 }\n").faults().iter().map(ToString::to_string).collect();
    assert_eq!(faults, ["text.yaml:1:6: error[syntax]: `<<` takes an alias of a mapping, or a list of them"]);
}

#[test]
fn plain_scalars_follow_the_core_schema() {
    let text = "[ no, on, yes, null, ~, true, 12, -3, 0x1f, 0o17, 1.5, 1e3, .inf, 2024-01-02, 18446744073709551615, '5', 1_000 ]";
    assert_eq!(
        document(text).root(),
        &json!([
            "no",
            "on",
            "yes",
            null,
            null,
            true,
            12,
            -3,
            31,
            15,
            1.5,
            1000.0,
            ".inf",
            "2024-01-02",
            18_446_744_073_709_551_615_u64,
            "5",
            "1_000"
        ])
    );
}

#[test]
fn keys_keep_their_text() {
    let keys = document("200: a\n1.10: b\ntrue: c\nnull: d\n'x': e\n0x10: f\n");
    assert_eq!(
        keys.root(),
        &json!({ "200": "a", "1.10": "b", "true": "c", "null": "d", "x": "e", "0x10": "f" })
    );
    let (contract, diagnostics) = diagnose("key.yaml", "? [ a ]\n: 1\n");
    assert!(contract.is_none());
    assert_eq!(lines(&diagnostics), ["1:3 syntax a key that is a list or a mapping"]);
}

#[test]
fn tags_of_the_core_schema_count_and_others_are_reported() {
    let tagged =
        document("{ a: !!str 5, b: !!int '5', c: !!float 1, d: !!map { e: !!seq [] }, f: !!null '' }");
    assert_eq!(tagged.root(), &json!({ "a": "5", "b": 5, "c": 1, "d": { "e": [] }, "f": null }));
    assert!(tagged.faults().is_empty());
    let wrong = document("{ a: !!int five, b: !mine x, c: !!set { d: null }, e: !mine [ 1 ] }");
    let faults: Vec<String> = wrong.faults().into_iter().map(|one| one.message).collect();
    assert_eq!(
        faults,
        [
            "`five` is not what its tag `!!int` says",
            "the tag `!mine` means nothing in an OpenAPI document",
            "the tag `!!set` means nothing in an OpenAPI document",
            "the tag `!mine` means nothing in an OpenAPI document",
        ]
    );
}

#[test]
fn a_document_with_duplicate_keys_is_read_and_the_first_counts() {
    let yaml = document("a: 1\nb: { c: 1, c: { d: 1, d: 2 } }\na: 2\n");
    assert_eq!(yaml.root(), &json!({ "a": 1, "b": { "c": 1 } }));
    let faults: Vec<(usize, String)> =
        yaml.faults().into_iter().map(|one| (one.position().unwrap().line, one.message)).collect();
    assert_eq!(faults.len(), 3, "{faults:?}");
    let json = Document::parse("a.json", "{ \"a\": 1, \"a\": 2 }").unwrap();
    assert_eq!((json.root(), json.faults().len()), (&json!({ "a": 1 }), 1));
}

#[test]
fn json_is_read_strictly() {
    for text in [
        "{ 'a': 1 }",
        "{ a: 1 }",
        "{ \"a\": 1, }",
        "{ \"a\": 01 }",
        "{ \"a\": \"\\ud800\" }",
        "{ \"a\": 1 } x",
    ] {
        let read = Document::parse("a.json", text);
        assert!(read.is_err(), "{text}: {read:?}");
    }
    assert!(Document::parse("a.yaml", "{ 'a': 1, }").is_ok(), "the same is YAML");
}
