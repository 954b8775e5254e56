//! What every client stands on: the SDK's runtime, file by file, without its tests.

/// The files of `sdk/src/runtime`; a test says which one is missing.
macro_rules! files {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../../sdk/src/runtime/", $name)))),*]
    };
}

const FILES: &[(&str, &str)] = files![
    "attempt.rs",
    "builder.rs",
    "call.rs",
    "credentials.rs",
    "dict.rs",
    "empty_map.rs",
    "envelope.rs",
    "error.rs",
    "jwt.rs",
    "listing.rs",
    "maybe.rs",
    "meta.rs",
    "mod.rs",
    "number.rs",
    "open_enum.rs",
    "options.rs",
    "path.rs",
    "payload.rs",
    "prepare.rs",
    "raw.rs",
    "response.rs",
    "retry.rs",
    "secret.rs",
    "session.rs",
    "signin.rs",
    "transport.rs",
    "union.rs",
    "upload.rs",
];

/// Names and sources.
pub(super) fn files() -> impl Iterator<Item = (&'static str, String)> {
    FILES.iter().map(|(name, source)| (*name, without_tests(source)))
}

/// A source without the modules that only tests compile: declared in two lines, or the last thing in a file.
fn without_tests(source: &str) -> String {
    let mut kept = String::new();
    let mut lines = source.lines().peekable();
    while let Some(line) = lines.next() {
        if line == "#[cfg(test)]" {
            match lines.next() {
                Some(declared) if declared.ends_with(';') => continue,
                _ => break,
            }
        }
        kept.push_str(line);
        kept.push('\n');
    }
    kept.truncate(kept.trim_end().len());
    kept.push('\n');
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_runtime_goes_along_without_its_tests() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../sdk/src/runtime");
        let mut there: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| !name.ends_with("tests.rs"))
            .collect();
        there.sort();
        let ours: Vec<&str> = files().map(|(name, _)| name).collect();
        assert_eq!(ours, there);
        for (name, source) in files() {
            assert!(!source.contains("\n#[cfg(test)]") && !source.contains("mod tests"), "{name}");
            assert!(source.len() > 100 && syn::parse_file(&source).is_ok(), "{name}");
        }
    }
}
