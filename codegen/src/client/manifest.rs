//! The manifest of a client's crate: the SDK's, with the versions that the workspace has.

use std::fmt::Write;

use toml::{Table, Value};

use super::MADE_HERE;

const SDK: &str = include_str!("../../../sdk/Cargo.toml");
const WORKSPACE: &str = include_str!("../../../Cargo.toml");

/// A dependency of every client.
struct Dependency {
    name: String,
    version: String,
    default_features: bool,
    features: Vec<String>,
}

/// Whether a client depends on a crate of that name.
pub(super) fn depends_on(name: &str) -> bool {
    dependencies().iter().any(|one| one.name.replace('-', "_") == name.replace('-', "_"))
}

/// `version` is the document's; what is no version of a crate becomes 0.1.0.
pub(super) fn manifest(name: &str, title: &str, version: Option<&str>) -> String {
    let package = &read(WORKSPACE)["workspace"]["package"];
    let of_package = |key: &str| package[key].as_str().unwrap_or_default().to_owned();
    let quoted = |text: &str| Value::from(text).to_string();
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut text = format!(
        "{MADE_HERE}

[package]
name = {}
version = {}
edition = {}
rust-version = {}
description = {}
publish = false

[features]
default = [\"rustls\"]
# TLS by rustls
rustls = [\"reqwest/rustls\"]
# TLS by the operating system's library
native-tls = [\"reqwest/native-tls\"]

[dependencies]
",
        quoted(name),
        quoted(version.filter(|version| is_version(version)).unwrap_or("0.1.0")),
        quoted(&of_package("edition")),
        quoted(&of_package("rust-version")),
        quoted(&format!("A client of {title}")),
    );
    for Dependency { name, version, default_features, features } in dependencies() {
        let version = quoted(&version);
        let mut rest = String::new();
        if !default_features {
            rest.push_str(", default-features = false");
        }
        if !features.is_empty() {
            let features: Vec<String> = features.iter().map(|one| quoted(one)).collect();
            // Writing to a `String` cannot fail.
            let _ = write!(rest, ", features = [{}]", features.join(", "));
        }
        let line = if rest.is_empty() { version } else { format!("{{ version = {version}{rest} }}") };
        let _ = writeln!(text, "{name} = {line}");
    }
    text
}

/// `1.2.3`, perhaps with what Cargo knows as a pre-release (Semantic Versioning 2.0.0, 2 and 9).
fn is_version(text: &str) -> bool {
    let (core, rest) = text.split_once('-').map_or((text, None), |(core, rest)| (core, Some(rest)));
    let number = |part: &str| {
        !part.is_empty()
            && part.len() < 10
            && part.bytes().all(|byte| byte.is_ascii_digit())
            && (part.len() == 1 || !part.starts_with('0'))
    };
    let word = |part: &str| {
        let digits = part.bytes().all(|byte| byte.is_ascii_digit());
        let plain = part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        !part.is_empty() && plain && (!digits || part.len() == 1 || !part.starts_with('0'))
    };
    core.split('.').count() == 3
        && core.split('.').all(number)
        && rest.is_none_or(|rest| rest.split('.').all(word))
}

/// Those of the SDK that every platform needs.
fn dependencies() -> Vec<Dependency> {
    let (sdk, workspace) = (read(SDK), read(WORKSPACE));
    let shared = &workspace["workspace"]["dependencies"];
    let Some(own) = sdk["dependencies"].as_table() else { return Vec::new() };
    let needed = own.iter().filter(|(_, about)| about.get("optional").and_then(Value::as_bool) != Some(true));
    let list = |about: &Value| {
        let features = about.get("features").and_then(Value::as_array).into_iter().flatten();
        features.filter_map(Value::as_str).map(str::to_owned).collect::<Vec<String>>()
    };
    needed
        .map(|(name, about)| {
            let shared = &shared[name.as_str()];
            let mut features = list(shared);
            features.extend(list(about));
            features.sort();
            features.dedup();
            let version = shared.as_str().or_else(|| shared["version"].as_str()).unwrap_or("*").to_owned();
            let default_features = shared.get("default-features").and_then(Value::as_bool) != Some(false);
            Dependency { name: name.clone(), version, default_features, features }
        })
        .collect()
}

/// One of our own manifests, which Cargo has read before this was compiled.
fn read(text: &str) -> Table {
    text.parse().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_has_what_the_sdk_needs_and_nothing_of_its_platforms() {
        let text = manifest("pets", "The \"pet\"\nshop", Some("2.0.1"));
        let read: Table = text.parse().unwrap();
        assert_eq!(read["package"]["description"].as_str(), Some("A client of The \"pet\" shop"));
        assert_eq!(read["package"]["version"].as_str(), Some("2.0.1"));
        let dependencies = read["dependencies"].as_table().unwrap();
        assert!(dependencies.contains_key("reqwest") && dependencies.contains_key("progenitor-client"));
        assert!(!dependencies.contains_key("argon2") && !dependencies.contains_key("tercet-mock-server"));
        let version =
            |about: &Value| about.as_str().or_else(|| about.get("version")?.as_str()).map(str::to_owned);
        for (name, about) in dependencies {
            assert!(version(about).is_some_and(|version| version != "*"), "{name}");
        }
        assert_eq!(dependencies["tokio"]["default-features"].as_bool(), Some(false));
    }

    #[test]
    fn versions_of_documents_are_not_always_those_of_crates() {
        for (version, fits) in [
            ("1.0.0", true),
            ("1.0.0-rc.1", true),
            ("1.0", false),
            ("v1.0.0", false),
            ("2024-05-01", false),
            ("01.0.0", false),
        ] {
            assert_eq!(is_version(version), fits, "{version}");
        }
    }
}
