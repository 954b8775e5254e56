//! The workspace's programs, and saying that something was left out.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

/// Cargo is asked for one program at a time.
static CARGO: Mutex<()> = Mutex::new(());

/// The path of a program of the workspace, built like this test. `cargo test --workspace` has built it already.
pub(crate) fn program(name: &str) -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let folder = test.parent().and_then(Path::parent).unwrap();
    let program = folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    let _one = CARGO.lock().unwrap();
    if !program.exists() {
        let built = Command::new(env!("CARGO"))
            .args(["build", "--quiet", "--workspace", "--bin", name])
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .status()
            .unwrap();
        assert!(built.success(), "`{name}` cannot be built");
    }
    program
}

/// Says what was left out and why, also where the output of tests that pass is not shown.
pub(crate) fn skipped(what: &str, why: &str) {
    // Not `eprintln!`, which the test harness keeps to itself.
    writeln!(std::io::stderr(), "skipped: {what}: {why}").unwrap();
}
