//! The page in a real browser, and the same from Node.

use std::path::Path;
use std::process::Command;

use tercet_examples::browser::chromium;

use crate::frontend::frontend;
use crate::program::{program, skipped};

#[tokio::test(flavor = "multi_thread")]
async fn a_page_is_tested_in_a_browser() {
    let Some(browser) = chromium() else {
        skipped("the page in a browser", "there is no Chromium: install it, or name it in `CHROMIUM`");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let picture = folder.path().join("page.png");
    let mut told = Vec::new();
    frontend(&browser, Some(&picture), &mut told).await.unwrap();
    let expected = "\
ada's tab: 7 people, the newest is Ada Lovelace; a second invitation: User with this email already exists
alan's tab: 7 people, the newest is Alan Turing; a second invitation: User with this email already exists
ada starts over: 6 people
alan's world, in a new tab: 7 people
";
    assert_eq!(String::from_utf8(told).unwrap(), expected);
    let picture = std::fs::read(picture).unwrap();
    assert_eq!(&picture[..8], b"\x89PNG\r\n\x1a\n");
}

#[test]
fn node_uses_the_program() {
    if Command::new("node").arg("--version").output().is_err() {
        skipped("the program from Node", "there is no `node`");
        return;
    }
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("web/mock.test.mjs");
    let run = Command::new("node")
        .arg("--test")
        .arg(tests)
        .env("MOCK_SERVER", program("mock-server"))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&run.stdout);
    assert!(run.status.success(), "{said}{}", String::from_utf8_lossy(&run.stderr));
    assert!(said.contains("pass 4"), "{said}");
}
