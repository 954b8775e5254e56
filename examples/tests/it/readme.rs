//! Every command of the README runs. Its Rust is compiled and run as doctests, from `examples/lib.rs`.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use tercet_mock_server::{Application, MockServer};

use crate::program::program;

const README: &str = include_str!("../../../README.md");
const ALIASES: &str = include_str!("../../../.cargo/config.toml");
const CI: &str = include_str!("../../../.ci/run");

/// The address that the README's requests go to.
const SHOWN: &str = "http://127.0.0.1:4010";

/// "A document of your own", for the commands that are given one.
const OWN: &str = include_str!("own.openapi.yaml");

/// The commands of all `console` blocks: after `$ `, with continued lines joined and comments left out.
fn commands() -> Vec<String> {
    let mut commands = Vec::new();
    let mut lines = README.lines();
    while let Some(line) = lines.next() {
        if line != "```console" {
            continue;
        }
        let mut block = lines.by_ref().take_while(|line| *line != "```");
        while let Some(line) = block.next() {
            let Some(command) = line.strip_prefix("$ ") else { continue };
            let mut command = command.to_owned();
            while command.ends_with('\\') {
                command.pop();
                command.push_str(block.next().unwrap_or_default().trim_start());
            }
            commands.push(command.split("  #").next().unwrap_or_default().trim_end().to_owned());
        }
    }
    commands
}

/// "Your own Qore application": the YAML block of that section.
fn application() -> &'static str {
    let (_, rest) = README.split_once("## Your own Qore application").unwrap();
    let (_, rest) = rest.split_once("```yaml\n").unwrap();
    rest.split_once("```").unwrap().0
}

/// The platforms and a document of one's own are being served; what the README calls them is replaced by where they are.
struct Stage {
    platform: MockServer,
    baserow: MockServer,
    lowcoder: MockServer,
    passwords: MockServer,
    qore: MockServer,
    practice: MockServer,
    own: MockServer,
    folder: tempfile::TempDir,
}

impl Stage {
    async fn set() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("openapi.yaml"), OWN).unwrap();
        fs::write(folder.path().join("my-app.yaml"), application()).unwrap();
        let practice = Application::read("qore", "my-app.yaml", application()).unwrap().unwrap();
        let practice = tercet_mock_server::qore().application(practice).start().await.unwrap();
        let qore = tercet_mock_server::qore().start().await.unwrap();
        let own = MockServer::from_document("openapi.yaml", OWN).unwrap().start().await.unwrap();
        let platform = tercet_mock_server::tooljet().start().await.unwrap();
        let baserow = tercet_mock_server::baserow().start().await.unwrap();
        let lowcoder = tercet_mock_server::lowcoder().start().await.unwrap();
        let passwords = tercet_mock_server::passwords().start().await.unwrap();
        Self { platform, baserow, lowcoder, passwords, qore, practice, own, folder }
    }

    /// `served` is the platform that the README started last.
    fn staged(&self, command: &str, served: &str) -> String {
        let shown = match served {
            "baserow" => &self.baserow,
            "lowcoder" => &self.lowcoder,
            "passwords" => &self.passwords,
            "qore" => &self.qore,
            _ if served.starts_with("qore --app") => &self.practice,
            _ => &self.platform,
        };
        command
            .replace(SHOWN, &shown.url())
            .replace("https://baserow.example.com", &self.baserow.url())
            .replace("https://lowcoder.example.com", &self.lowcoder.url())
            .replace("https://cloud.example.com", &self.passwords.url())
            .replace("https://qore.example.com", &self.qore.url())
            .replace("https://tools.example.com", &self.platform.url())
            .replace("http://127.0.0.1:8080", &self.own.url())
    }

    fn run(&self, program: &Path, arguments: &str) {
        let output = Command::new(program)
            .args(arguments.split_whitespace())
            .current_dir(self.folder.path())
            .env("TOOLJET_TOKEN", &self.platform.credentials()[0].value)
            .env("BASEROW_ACCOUNT", "demo@baserow.local:baserow-demo")
            .env("LOWCODER_ACCOUNT", "user@example.com:password")
            .env("NEXTCLOUD_LOGIN", "alice:alice-password")
            .env("QORE_TOKEN", &self.qore.credentials()[0].value)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "`{arguments}`: {said}{}", String::from_utf8_lossy(&output.stderr));
        assert!(!said.trim().is_empty() || !output.stderr.is_empty(), "`{arguments}` says nothing");
    }

    /// Starts a server, on a port of its own, and waits until it says where it is.
    fn serve(&self, arguments: &str) {
        let mut server = Command::new(program("mock-server"))
            .args(arguments.split_whitespace().chain(["--port", "0"]))
            .current_dir(self.folder.path())
            .stderr(Stdio::piped())
            .spawn()
            .map(Ended)
            .unwrap();
        let lines = BufReader::new(server.0.stderr.take().unwrap()).lines();
        let said = lines.map_while(Result::ok).find(|line| line.contains("http://127.0.0.1:"));
        assert!(said.is_some(), "`mock-server {arguments}` ended before it said where it is");
    }

    fn curl(&self, command: &str) {
        let output = Command::new("sh")
            .args(["-c", &format!("{command} --fail-with-body")])
            .current_dir(self.folder.path())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{command}: {said}");
        assert!(serde_json::from_str::<serde_json::Value>(&said).is_ok(), "{command}: {said}");
    }
}

/// A process that ends with the test.
struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        // One that has ended already is what is wanted.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_command_runs() {
    let stage = Stage::set().await;
    let commands = commands();
    assert!(commands.len() >= 10, "{commands:?}");
    let mut served = "tooljet".to_owned();
    for command in &commands {
        if let Some(name) = command.strip_prefix("cargo mock-server ") {
            name.clone_into(&mut served);
        }
        let staged = stage.staged(command, &served);
        match staged.split_once(' ') {
            Some(("curl", _)) => stage.curl(&staged),
            // This very test is part of it.
            Some(("cargo", "test --workspace")) => {}
            Some(("cargo", rest)) => {
                let (alias, arguments) = rest.split_once(' ').unwrap_or((rest, ""));
                assert!(
                    ALIASES.contains(&format!("\n{alias} = ")),
                    "`{command}`: there is no alias `{alias}`"
                );
                match alias {
                    "mock-server" if arguments.contains("--print-document") => {
                        stage.run(&program(alias), arguments);
                    }
                    "mock-server" => stage.serve(arguments),
                    _ => stage.run(&program(alias), arguments),
                }
            }
            _ => panic!("`{command}`: this test does not know how to run it"),
        }
    }
}

#[test]
fn the_second_command_is_what_ci_ends_with() {
    let second = commands().into_iter().nth(1).unwrap();
    assert_eq!(CI.trim_end().lines().last(), Some(second.as_str()));
}

#[test]
fn the_server_listens_where_the_readme_says() {
    let help = Command::new(program("mock-server")).arg("--help").output().unwrap();
    let port = SHOWN.rsplit(':').next().unwrap();
    assert!(README.contains(SHOWN));
    assert!(String::from_utf8_lossy(&help.stdout).contains(&format!("[default: {port}]")));
}
