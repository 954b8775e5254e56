//! Nothing that a text can be makes the reader panic, hang or overflow its stack.

use std::fmt::Write as _;

use serde_json::json;
use tercet_spec::Document;

use crate::support::{diagnose, files, lines, path, read};

/// A small generator (SplitMix64), so that a failure can be repeated.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % limit as u64).unwrap()
    }
}

/// Reads and lowers, and renders one of the diagnostics; what comes out does not matter here, only that something does.
fn survive(name: &str, text: &str) -> usize {
    let (_, diagnostics) = diagnose(name, text);
    diagnostics.get(text.len() % diagnostics.len().max(1)).map_or(0, |one| one.render().len())
}

fn codes(name: &str, text: &str) -> Vec<String> {
    diagnose(name, text).1.iter().map(|one| one.code.to_owned()).collect()
}

/// The smaller documents of these tests, with every feature in them.
fn texts() -> Vec<String> {
    let mut texts: Vec<String> = files(&path("tests/it/documents"), "json")
        .iter()
        .map(|file| std::fs::read_to_string(file).unwrap())
        .collect();
    texts.push(read("tests/it/planted.yaml"));
    texts.push(read("tests/it/documents/seed-conflict.yaml"));
    texts
}

#[test]
fn truncated_texts_are_survived() {
    let mut read = 0;
    for text in texts() {
        let cuts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        for cut in cuts.iter().step_by(cuts.len().div_ceil(120)) {
            read += usize::from(Document::parse("cut.yaml", &text[..*cut]).is_ok());
            survive("cut.yaml", &text[..*cut]);
            survive("cut.json", &text[..*cut]);
        }
    }
    assert!(read > 100, "many cuts leave a readable text: {read}");
}

#[test]
fn random_edits_are_survived() {
    let mut dice = Dice(2);
    let pieces = [
        "{",
        "}",
        "[",
        "]",
        ":",
        ",",
        "\"",
        "'",
        "\n",
        "\t",
        " ",
        "-",
        "#",
        "&a ",
        "*a",
        "!!",
        "|",
        ">",
        "~",
        "$ref",
        "x-",
        "é",
        "\u{1f9ea}",
        "0",
        "\\",
        "%",
        "@",
        "<<: ",
        "---\n",
        "...\n",
        "\r\n",
        "null",
        "/",
        "{$",
        "$",
        "$$",
        "\u{0}",
        "\u{feff}",
    ];
    for text in texts() {
        for _ in 0..150 {
            let mut bytes = text.clone().into_bytes();
            for _ in 0..=dice.below(4) {
                let at = dice.below(bytes.len());
                match dice.below(4) {
                    0 => drop(bytes.remove(at)),
                    1 => bytes[at] = u8::try_from(dice.below(256)).unwrap(),
                    2 => {
                        let piece = pieces[dice.below(pieces.len())].bytes();
                        bytes.splice(at..at, piece);
                    }
                    _ => {
                        let end = (at + dice.below(40)).min(bytes.len());
                        let copy = bytes[at..end].to_vec();
                        let to = dice.below(bytes.len());
                        bytes.splice(to..to, copy);
                    }
                }
            }
            let text = String::from_utf8_lossy(&bytes);
            survive("edited.yaml", &text);
            survive("edited.json", &text);
        }
    }
}

#[test]
fn values_of_the_wrong_kind_are_survived_everywhere() {
    // Every scalar of a document that uses everything becomes each of these, one at a time.
    let text = read("tests/it/planted.yaml");
    let document = Document::parse("planted.yaml", text).unwrap();
    let mut places = Vec::new();
    collect(document.root(), String::new(), &mut places);
    assert!(places.len() > 100);
    let values =
        [json!(null), json!([1, {}]), json!({ "$ref": 1, "in": [] }), json!(-1.5), json!("$"), json!(true)];
    for (index, place) in places.iter().enumerate() {
        for value in values.iter().skip(index % 3).step_by(3) {
            let mut root = document.root().clone();
            *root.pointer_mut(place).unwrap() = value.clone();
            survive("changed.json", &root.to_string());
        }
    }
}

fn collect(value: &serde_json::Value, at: String, places: &mut Vec<String>) {
    match value {
        serde_json::Value::Object(map) => {
            for (key, member) in map {
                collect(member, format!("{at}/{}", key.replace('~', "~0").replace('/', "~1")), places);
            }
        }
        serde_json::Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| collect(item, format!("{at}/{index}"), places));
        }
        _ => {}
    }
    places.push(at);
}

#[test]
fn deep_nesting_is_refused_with_its_place() {
    let deep = 100_000;
    for (name, text) in [
        ("lists.json", format!("{}{}", "[".repeat(deep), "]".repeat(deep))),
        ("objects.json", format!("{}1{}", "{\"a\":".repeat(deep), "}".repeat(deep))),
        ("open.json", "[".repeat(deep)),
        ("lists.yaml", format!("{}{}", "[".repeat(deep), "]".repeat(deep))),
        ("objects.yaml", format!("{}1{}", "{a: ".repeat(deep), "}".repeat(deep))),
        ("open.yaml", "[".repeat(deep)),
        ("dashes.yaml", "- ".repeat(deep)),
    ] {
        let (contract, diagnostics) = diagnose(name, &text);
        assert!(contract.is_none());
        assert_eq!(diagnostics.len(), 1, "{name}");
        assert_eq!(diagnostics[0].message, "more than 200 levels of nesting", "{name}");
        assert_eq!(diagnostics[0].position().unwrap().line, 1);
    }
}

#[test]
fn the_deepest_nesting_that_is_read_is_lowered_too() {
    // Schemas in schemas down to the limit, on a test's small stack.
    let depth = 90;
    let text = format!(
        "{{\"openapi\":\"3.0.3\",\"info\":{{\"title\":\"T\",\"version\":\"1\"}},\"paths\":{{}},\"components\":{{\"schemas\":{{\"A\":{}{{}}{}}}}}}}",
        "{\"properties\":{\"a\":".repeat(depth),
        "}}".repeat(depth)
    );
    assert_eq!(codes("deep.json", &text), ["unused-component"]);
}

#[test]
fn long_chains_of_references_are_survived() {
    let count = 2_000;
    let chain = |link: fn(usize) -> String| {
        let mut text =
            "openapi: 3.0.3\ninfo: { title: T, version: '1' }\npaths: {}\ncomponents:\n  schemas:\n"
                .to_owned();
        (0..count).for_each(|index| writeln!(text, "    S{index}: {}", link(index)).unwrap());
        writeln!(text, "    S{count}: {{ type: object }}").unwrap();
        text
    };
    let through_properties = chain(|index| {
        format!("{{ properties: {{ next: {{ $ref: '#/components/schemas/S{}' }} }} }}", index + 1)
    });
    assert_eq!(codes("properties.yaml", &through_properties), ["unused-component"]);
    let through_branches =
        chain(|index| format!("{{ allOf: [ {{ $ref: '#/components/schemas/S{}' }} ] }}", index + 1));
    assert_eq!(codes("branches.yaml", &through_branches), ["unused-component"]);
    let through_nothing = chain(|index| format!("{{ $ref: '#/components/schemas/S{}' }}", index + 1));
    let found = codes("references.yaml", &through_nothing);
    assert!(found.contains(&"reference-cycle".to_owned()), "a chain without an end in sight is refused");
}

#[test]
fn circles_are_reported_once_and_never_followed() {
    let head = "openapi: 3.0.3\ninfo: { title: T, version: '1' }\npaths: {}\ncomponents:\n  schemas:\n";
    for (schemas, expected) in [
        ("    A: { $ref: '#/components/schemas/A' }\n", vec!["reference-cycle"]),
        (
            "    A: { $ref: '#/components/schemas/B' }\n    B: { $ref: '#/components/schemas/A' }\n    C: { $ref: '#/components/schemas/A' }\n",
            vec!["reference-cycle"],
        ),
        ("    A: { allOf: [ { $ref: '#/components/schemas/A' } ], example: 1 }\n", vec!["schema-cycle"]),
        (
            "    A: { oneOf: [ { $ref: '#/components/schemas/B' } ], default: {} }\n    B: { anyOf: [ { not: { $ref: '#/components/schemas/A' } } ] }\n",
            vec!["schema-cycle"],
        ),
        (
            "    A: { type: object, properties: { a: { $ref: '#/components/schemas/A' } }, example: { a: { a: {} } } }\n",
            vec![],
        ),
    ] {
        let mut found = codes("circle.yaml", &format!("{head}{schemas}"));
        found.retain(|code| code != "unused-component");
        assert_eq!(found, expected, "{schemas}");
    }
}

#[test]
fn texts_that_expand_without_end_are_refused() {
    let mut text = "a: &a0 [ x, x, x, x, x, x, x, x, x, x ]\n".to_owned();
    for level in 1..12 {
        let aliases = vec![format!("*a{}", level - 1); 10].join(", ");
        writeln!(text, "b{level}: &a{level} [ {aliases} ]").unwrap();
    }
    let (contract, diagnostics) = diagnose("bomb.yaml", &text);
    assert!(contract.is_none());
    assert_eq!(lines(&diagnostics).len(), 1);
    assert!(diagnostics[0].message.starts_with("aliases add more than"), "{}", diagnostics[0]);
    let own = diagnose("own.yaml", "a: &a [ *a ]\n").1;
    assert_eq!(own[0].message, "an alias to an anchor that is not finished");
}
