//! The workspace's programs, and saying that something was left out.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};

/// Cargo is asked for one program at a time.
static CARGO: Mutex<()> = Mutex::new(());

/// The path of a program of the workspace, built like this test. `cargo test --workspace` has built it already; where only
/// this room is tested, it is built when it is missing or older than its sources.
pub(crate) fn program(name: &str) -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let folder = test.parent().and_then(Path::parent).unwrap();
    let program = folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    let _one = CARGO.lock().unwrap_or_else(PoisonError::into_inner);
    if !is_fresh(&program, folder) {
        let profile: &[_] = if folder.ends_with("release") { &["--release"] } else { &[] };
        let built = Command::new(env!("CARGO"))
            .args(["build", "--quiet", "--workspace", "--bin", name])
            .args(profile)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .status()
            .unwrap();
        assert!(built.success(), "`{name}` cannot be built");
    }
    program
}

/// Whether a program is newer than each of its sources, which cargo lists beside it, and those are of this
/// workspace, or made by its build.
fn is_fresh(program: &Path, target: &Path) -> bool {
    let Ok(listed) = fs::read_to_string(program.with_extension("d")) else { return false };
    let changed = |path: &Path| fs::metadata(path).and_then(|one| one.modified());
    let (Ok(made), Some((_, sources))) = (changed(program), listed.split_once(": ")) else { return false };
    let house = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    // Blanks in paths are written as `\ `.
    let sources = sources.trim_end().replace("\\ ", "\0");
    sources.split(' ').map(|source| source.replace('\0', " ")).all(|source| {
        let source = Path::new(&source);
        (source.starts_with(house) || source.starts_with(target))
            && changed(source).is_ok_and(|changed| changed <= made)
    })
}

/// Says what was left out and why, also where the output of tests that pass is not shown.
pub(crate) fn skipped(what: &str, why: &str) {
    // Not `eprintln!`, which the test harness keeps to itself.
    std::io::stderr().write_all(format!("skipped: {what}: {why}\n").as_bytes()).unwrap();
}
