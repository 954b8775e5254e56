//! The house is in order: who depends on whom, where platforms' names stand, how long files are.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::support::{files, path};

const ROOMS: [&str; 6] = ["spec", "codegen", "sdk", "mock-server", "conformance", "examples"];

/// Who may use whom, beside the tests: an arrow that is not here points the wrong way.
const ARROWS: &[(&str, &[&str])] = &[
    ("spec", &[]),
    ("codegen", &["spec"]),
    ("sdk", &[]),
    ("mock-server", &["spec"]),
    ("conformance", &["spec", "mock-server"]),
    ("examples", &["spec", "codegen", "sdk", "mock-server", "conformance"]),
];

/// What tests may use besides.
const TEST_ARROWS: &[(&str, &[&str])] = &[
    ("codegen", &["spec", "sdk", "mock-server"]),
    ("sdk", &["spec", "codegen", "mock-server"]),
    ("mock-server", &["codegen"]),
    ("conformance", &["codegen"]),
];

fn root() -> PathBuf {
    path("..").canonicalize().unwrap()
}

fn manifest(room: &str) -> String {
    std::fs::read_to_string(root().join(room).join("Cargo.toml")).unwrap()
}

/// The dependency lines of a manifest: the section each stands in, the crate, and the line before.
fn dependencies(manifest: &str) -> Vec<(String, String, String)> {
    let (mut section, mut before, mut all) = (String::new(), String::new(), Vec::new());
    for line in manifest.lines().map(str::trim) {
        if let Some(name) = line.strip_prefix('[') {
            section = name.trim_end_matches(']').to_owned();
        } else if section.ends_with("dependencies")
            && !line.is_empty()
            && !line.starts_with('#')
            && line.contains('=')
        {
            let name = line.split(['.', '=', ' ']).next().unwrap_or_default();
            // The later lines of an entry that is spread over several have no crate's name.
            if line.contains("workspace") {
                all.push((section.clone(), name.to_owned(), before.clone()));
            }
        }
        before = line.to_owned();
    }
    all
}

fn may_use(arrows: &[(&str, &[&str])], room: &str, other: &str) -> bool {
    arrows.iter().any(|(from, to)| *from == room && to.contains(&other))
}

#[test]
fn rooms_use_each_other_along_the_arrows_only() {
    let mut seen = 0;
    for room in ROOMS {
        for (section, name, _) in dependencies(&manifest(room)) {
            let Some(other) = name.strip_prefix("tercet-") else { continue };
            seen += 1;
            let in_tests = section.contains("dev-dependencies") && may_use(TEST_ARROWS, room, other);
            assert!(may_use(ARROWS, room, other) || in_tests, "`{room}` may not use `{other}` ({section})");
        }
    }
    assert!(seen >= 2, "the manifests were read: {seen}");
}

#[test]
fn the_specification_does_no_input_and_no_output() {
    for (section, name, _) in dependencies(&manifest("spec")) {
        let forbidden = ["tokio", "futures", "axum", "reqwest", "http", "hyper", "ureq"];
        assert!(!forbidden.contains(&name.as_str()), "`{name}` in {section}");
    }
    for file in files(&root().join("spec/src"), "rs") {
        let text = std::fs::read_to_string(&file).unwrap();
        for word in ["std::fs", "std::net", "std::process", "async fn"] {
            assert!(!text.contains(word), "{}: {word}", file.display());
        }
    }
}

#[test]
fn every_dependency_says_what_it_is_for() {
    let mut seen = 0;
    for room in ROOMS {
        for (_, name, before) in dependencies(&manifest(room)) {
            seen += 1;
            let explained = before.starts_with('#') || name.starts_with("tercet-");
            assert!(explained, "`{name}` in {room}/Cargo.toml needs a comment above it");
        }
    }
    assert!(seen > 30, "the manifests were read: {seen}");
}

/// Every `.rs` of the workspace that a person wrote, by its path from the root.
fn hand_written() -> BTreeMap<String, String> {
    let root = root();
    let mut all = BTreeMap::new();
    for room in ROOMS {
        for file in files(&root.join(room), "rs") {
            let name = file.strip_prefix(&root).unwrap().to_string_lossy().into_owned();
            let text = std::fs::read_to_string(&file).unwrap();
            let is_generated =
                name.contains("/generated/") || text.lines().take(3).any(|line| line.contains("@generated"));
            if !is_generated && !name.contains("/target/") {
                all.insert(name, text);
            }
        }
    }
    assert!(all.len() > 60, "the sources were found: {}", all.len());
    all
}

#[test]
fn no_platform_is_named_outside_its_folders() {
    let platforms: Vec<String> = std::fs::read_dir(root().join("spec/platforms"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    assert!(!platforms.is_empty());
    for (name, text) in hand_written() {
        let allowed = ["sdk/src/platforms/", "mock-server/src/platforms/", "examples/"]
            .iter()
            .any(|folder| name.starts_with(folder))
            || name.contains("/tests/")
            || name.contains("/benches/");
        if allowed {
            continue;
        }
        // The unit tests at the end of a file are tests too.
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for (index, line) in code.lines().enumerate() {
            // Documentation may show an example, and the door may name the module it opens.
            let is_shown = line.trim_start().starts_with("//");
            for platform in platforms.iter().filter(|_| !is_shown) {
                let doors = [
                    format!("#[cfg(feature = \"{platform}\")]"),
                    format!("pub use platforms::{platform};"),
                    format!("pub use generated::{platform};"),
                ];
                if doors.iter().any(|door| line.trim() == door) {
                    continue;
                }
                assert!(
                    !line.to_lowercase().contains(platform.as_str()),
                    "{name}:{}: names `{platform}`: {line}",
                    index + 1
                );
            }
        }
    }
}

#[test]
fn no_hand_written_file_is_longer_than_500_lines() {
    for (name, text) in hand_written() {
        let lines = text.lines().count();
        assert!(lines <= 500, "{name} has {lines} lines");
    }
}

#[test]
fn every_module_opens_with_a_sentence_and_no_test_is_ignored() {
    let ignored = format!("#[{}", "ignore");
    for (name, text) in hand_written() {
        assert!(text.starts_with("//!"), "{name} opens with what it is");
        assert!(!text.contains(&ignored), "{name} has an ignored test");
    }
}

#[test]
fn the_top_level_is_the_house() {
    let allowed = ["Cargo.toml", "Cargo.lock", "README.md", "LICENSE-MIT", "LICENSE-APACHE", "target"];
    for entry in std::fs::read_dir(root()).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        let known =
            ROOMS.contains(&name.as_str()) || allowed.contains(&name.as_str()) || name.starts_with('.');
        assert!(known, "`{name}` has no place at the top level");
    }
    assert!(Path::new(&root()).join("Cargo.toml").exists());
}
