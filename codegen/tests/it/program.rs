//! The program's exit status and what it prints.

use std::path::Path;
use std::process::{Command, Output};

fn codegen(arguments: &[&str], folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_codegen")).args(arguments).current_dir(folder).output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

const GOOD: &str = "openapi: 3.0.3\ninfo: { title: T, version: '1' }\npaths:\n  /a:\n    get:\n      operationId: readA\n      responses: { '200': { description: A. } }\n";

/// A workspace with one platform.
fn workspace(document: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let platform = folder.path().join("spec/platforms/small-thing");
    std::fs::create_dir_all(&platform).unwrap();
    std::fs::write(platform.join("openapi.yaml"), document).unwrap();
    folder
}

#[test]
fn a_good_document_passes() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("good.yaml"), GOOD).unwrap();
    let output = codegen(&["check", "good.yaml"], folder.path());
    assert_eq!(output.status.code(), Some(0), "{}", out(&output));
    assert!(out(&output).ends_with("good.yaml: 0 errors, 0 warnings, 0 notes\n"), "{}", out(&output));
}

#[test]
fn a_bad_document_fails_with_all_its_faults_and_the_good_one_beside_it_is_still_checked() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("good.yaml"), GOOD).unwrap();
    let bad = GOOD.replace("/a:", "/a/{x}:").replace("'200': {", "nonsense: {");
    std::fs::write(folder.path().join("bad.yaml"), bad).unwrap();
    std::fs::write(folder.path().join("torn.yaml"), "a: [").unwrap();
    let output = codegen(&["check", "bad.yaml", "torn.yaml", "good.yaml"], folder.path());
    assert_eq!(output.status.code(), Some(1));
    let said = out(&output);
    for expected in ["bad.yaml:5:5", "bad.yaml:7:", "torn.yaml:1:", "good.yaml: 0 errors"] {
        assert!(said.contains(expected), "{expected} in\n{said}");
    }
}

#[test]
fn overlays_change_what_is_checked_and_what_a_client_is_made_of() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("good.yaml"), GOOD).unwrap();
    let overlay = |value: &str| {
        let text = format!(
            "overlay: 1.0.0\ninfo: {{ title: O, version: '1' }}\nactions:\n  - target: $.paths['/a'].get\n    update: {{ operationId: {value} }}\n"
        );
        std::fs::write(folder.path().join("o.yaml"), text).unwrap();
    };
    overlay("readAnother");
    let made = codegen(&["client", "good.yaml", "--overlay", "o.yaml", "--output", "made"], folder.path());
    assert_eq!(made.status.code(), Some(0), "{}", String::from_utf8_lossy(&made.stderr));
    let source = std::fs::read_to_string(folder.path().join("made/src/generated/t_client.rs")).unwrap();
    assert!(source.contains("pub fn read_another("));
    overlay("7");
    let checked = codegen(&["check", "good.yaml", "--overlay", "o.yaml"], folder.path());
    assert_eq!(checked.status.code(), Some(1));
    assert!(out(&checked).contains("o.yaml:5:"), "{}", out(&checked));
}

#[test]
fn a_file_that_cannot_be_read_is_another_matter() {
    let folder = tempfile::tempdir().unwrap();
    let output = codegen(&["check", "nowhere.yaml"], folder.path());
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("`nowhere.yaml`"));
}

#[test]
fn sources_are_written_compared_and_found_stale() {
    let folder = workspace(GOOD);
    let root = folder.path().to_str().unwrap();
    assert_eq!(codegen(&["--root", root, "--check"], folder.path()).status.code(), Some(1));

    let written = codegen(&["--root", root], folder.path());
    assert_eq!(written.status.code(), Some(0), "{}", String::from_utf8_lossy(&written.stderr));
    assert!(out(&written).contains("wrote sdk/src/generated/small_thing.rs\n"), "{}", out(&written));
    let table = std::fs::read_to_string(folder.path().join("sdk/src/generated/mod.rs")).unwrap();
    assert!(table.contains("#[cfg(feature = \"small-thing\")]"), "{table}");
    assert_eq!(codegen(&["--root", root, "--check"], folder.path()).status.code(), Some(0));
    assert_eq!(out(&codegen(&["--root", root], folder.path())), "");

    let document = folder.path().join("spec/platforms/small-thing/openapi.yaml");
    std::fs::write(document, GOOD.replace("readA", "readB")).unwrap();
    let stale = codegen(&["--root", root, "--check"], folder.path());
    assert_eq!(stale.status.code(), Some(1));
    assert!(
        out(&stale).contains("-    id: \"readA\"") || out(&stale).contains("document-hash"),
        "{}",
        out(&stale)
    );
    assert!(String::from_utf8(stale.stderr).unwrap().contains("hint: run `cargo codegen`"));
}

#[test]
fn nothing_is_written_for_a_document_with_errors() {
    let folder = workspace(&GOOD.replace("/a:", "/a/{x}:"));
    let output = codegen(&["--root", folder.path().to_str().unwrap()], folder.path());
    assert_eq!(output.status.code(), Some(1));
    assert!(
        String::from_utf8(output.stderr).unwrap().contains("spec/platforms/small-thing/openapi.yaml:5:5")
    );
    assert!(!folder.path().join("sdk").exists());
}

#[test]
fn a_client_is_a_crate_of_its_own_and_is_written_again() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("good.yaml"), GOOD.replace("title: T", "title: The Pet Shop")).unwrap();
    let arguments = ["client", "good.yaml", "--output", "made/shop"];
    let output = codegen(&arguments, folder.path());
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(out(&output).contains("made/shop: the crate `the-pet-shop-client`\n"), "{}", out(&output));

    let read = |path: &str| std::fs::read_to_string(folder.path().join("made/shop").join(path)).unwrap();
    assert!(read("Cargo.toml").contains("name = \"the-pet-shop-client\""));
    assert!(
        read("src/lib.rs")
            .contains("pub use generated::the_pet_shop_client::{Client, calls, errors, types};")
    );
    assert!(read("src/generated/the_pet_shop_client.rs").contains("pub fn read_a("));
    assert!(read("src/runtime/mod.rs").contains("pub use builder::"));

    std::fs::write(folder.path().join("good.yaml"), GOOD.replace("readA", "readB")).unwrap();
    let again = codegen(&[&arguments[..], &["--name", "pets"]].concat(), folder.path());
    assert_eq!(again.status.code(), Some(0), "{}", String::from_utf8_lossy(&again.stderr));
    assert!(read("src/generated/pets.rs").contains("pub fn read_b("));
}

#[test]
fn a_client_is_written_over_nothing_that_is_not_its_own() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("good.yaml"), GOOD).unwrap();
    std::fs::create_dir(folder.path().join("mine")).unwrap();
    std::fs::write(folder.path().join("mine/Cargo.toml"), "[package]\n").unwrap();
    let output = codegen(&["client", "good.yaml", "--output", "mine"], folder.path());
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("`mine` is not empty"));
    assert!(!folder.path().join("mine/src").exists());

    for (name, why) in [
        ("Pets", "expected lower case"),
        ("2pets", "a letter first"),
        ("match", "a word of Rust's own"),
        ("serde", "depends on"),
    ] {
        let output = codegen(&["client", "good.yaml", "--output", "new", "--name", name], folder.path());
        assert_eq!(output.status.code(), Some(2), "{name}");
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.contains(why) && said.contains("--name"), "{name}: {said}");
    }

    std::fs::write(folder.path().join("bad.yaml"), GOOD.replace("/a:", "/a/{x}:")).unwrap();
    let output = codegen(&["client", "bad.yaml", "--output", "new"], folder.path());
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stderr).unwrap().contains("bad.yaml:5:5"));
    assert!(!folder.path().join("new").exists());
}
