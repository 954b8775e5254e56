//! The client of a document of one's own: written, compiled as a stranger would, and called.

use std::fs;
use std::path::Path;
use std::process::Command;

use tercet_mock_server::MockServer;

use crate::program::program;

const OWN: &str = include_str!("own.openapi.yaml");

const CALLS: &str = r#"
use notes_client::{Client, errors::GetNoteError};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let notes = Client::builder(std::env::args().nth(1).ok_or("where?")?).build()?;
    let all = notes.list_notes().await?;
    println!("{}", notes.get_note(all[0].id).await?.text);
    match notes.get_note(-1).await {
        Err(error) if matches!(error.declared(), Some(GetNoteError::BadRequest)) => println!("refused"),
        other => println!("{other:?}"),
    }
    Ok(())
}
"#;

const CALLER: &str = r#"
[package]
name = "caller"
version = "0.0.0"
edition = "2024"

[workspace]

[dependencies]
notes-client = { path = "../notes-client", default-features = false }
tokio = { version = "1", features = ["macros", "rt"] }
"#;

#[tokio::test]
async fn a_client_of_ones_own_is_compiled_and_called() {
    let server = MockServer::from_document("openapi.yaml", OWN).unwrap().start().await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let caller = folder.path().join("caller");
    fs::create_dir_all(caller.join("src")).unwrap();
    fs::write(folder.path().join("openapi.yaml"), OWN).unwrap();
    fs::write(caller.join("Cargo.toml"), CALLER).unwrap();
    fs::write(caller.join("src/main.rs"), CALLS).unwrap();
    // The versions that this workspace has: they are on this machine already.
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    fs::copy(workspace.join("Cargo.lock"), caller.join("Cargo.lock")).unwrap();

    let made = Command::new(program("codegen"))
        .args(["client", "openapi.yaml", "--output", "notes-client"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));

    // Beside what this workspace compiles: the second time there is nothing left to do but the client.
    let test = std::env::current_exe().unwrap();
    let target = test.ancestors().nth(3).unwrap().join("own-client");
    let url = server.url();
    let run = tokio::task::spawn_blocking(move || {
        Command::new(env!("CARGO"))
            .args(["run", "--quiet", "--offline", "--", &url])
            .current_dir(&caller)
            .env("CARGO_TARGET_DIR", target)
            .env("RUSTFLAGS", "-Dwarnings")
            .output()
            .unwrap()
    });
    let run = run.await.unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    assert_eq!(String::from_utf8(run.stdout).unwrap(), "Buy milk\nrefused\n");
}
