//! The program as people start it.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use super::support::LIBRARY;

const PROGRAM: &str = env!("CARGO_BIN_EXE_mock-server");

fn run(arguments: &[&str]) -> Output {
    Command::new(PROGRAM).args(arguments).env_remove("RUST_LOG").output().unwrap()
}

fn told(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// Ends with the test, whatever becomes of it.
struct Running {
    child: Child,
    banner: Vec<String>,
    rest: BufReader<std::process::ChildStderr>,
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Starts the program and reads its banner, which ends with the control interface's address.
fn start(file: &Path, arguments: &[&str]) -> Running {
    let mut command = Command::new(PROGRAM);
    command.arg(file).args(["--port", "0"]).args(arguments).env_remove("RUST_LOG").env_remove("TOKEN");
    command.env_remove("DEMO_USER").env_remove("DEMO_PASSWORD");
    let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
    let rest = BufReader::new(child.stderr.take().unwrap());
    // Whatever fails from here on, the program is ended.
    let mut running = Running { child, banner: Vec::new(), rest };
    loop {
        let mut line = String::new();
        assert!(running.rest.read_line(&mut line).unwrap() > 0, "it ended: {:?}", running.banner);
        running.banner.push(line.trim().to_owned());
        if line.trim_start().starts_with("control") {
            return running;
        }
    }
}

fn word<'b>(banner: &'b [String], name: &str) -> &'b str {
    banner.iter().find_map(|line| line.strip_prefix(name)).unwrap().trim()
}

#[test]
fn the_banner_says_where_how_and_what_to_try() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("library.yaml");
    std::fs::write(&file, LIBRARY).unwrap();
    let running = start(&file, &[]);
    let address = word(&running.banner, "address");
    assert!(address.starts_with("http://127.0.0.1:") && address.ends_with("/v1"), "{address}");
    assert_eq!(word(&running.banner, "credential"), "key: desk-key-0001 (anna@library.example)");
    let expected = format!("curl -H 'X-Key: Desk desk-key-0001' {address}/books");
    assert_eq!(word(&running.banner, "try"), expected);
    // A key that somebody chose is not printed.
    let running = start(&file, &["--set", "TOKEN=chosen-by-hand"]);
    assert!(!running.banner.concat().contains("chosen-by-hand"), "{:?}", running.banner);
    let told = "key: the value of `TOKEN` (anna@library.example)";
    assert_eq!(word(&running.banner, "credential"), told);
    let address = word(&running.banner, "address");
    assert_eq!(word(&running.banner, "try"), format!("curl -H 'X-Key: Desk TOKEN' {address}/books"));
    // One that nobody chose is, whatever secrets were chosen beside it.
    std::fs::write(&file, LIBRARY.replace("token: $settings.TOKEN", "token: desk-key-0002")).unwrap();
    let running = start(&file, &["--set", "TOKEN=chosen-by-hand"]);
    assert_eq!(word(&running.banner, "credential"), "key: desk-key-0002 (anna@library.example)");
    assert!(word(&running.banner, "try").starts_with("curl -H 'X-Key: Desk desk-key-0002' "));
}

#[test]
fn the_banner_tells_the_account_that_one_signs_in_with() {
    let platform = Path::new("lowcoder");
    let running = start(platform, &[]);
    assert_eq!(word(&running.banner, "account"), "user@example.com, password: password");
    // Nobody has signed in yet: what is to be tried needs no credential.
    let address = word(&running.banner, "address");
    assert_eq!(word(&running.banner, "try"), format!("curl {address}/api/users/me"));

    let chosen = ["--set", "DEMO_USER=ada@example.com", "--set", "DEMO_PASSWORD=chosen-by-hand"];
    let running = start(platform, &chosen);
    assert_eq!(word(&running.banner, "account"), "ada@example.com, password: the value of `DEMO_PASSWORD`");
    let running = start(platform, &["--set", "DEMO_USER="]);
    assert!(running.banner.iter().all(|line| !line.starts_with("account")), "{:?}", running.banner);
}

#[cfg(unix)]
#[test]
fn it_stops_when_told_and_saves_its_state() {
    let folder = tempfile::tempdir().unwrap();
    let (file, state) = (folder.path().join("library.yaml"), folder.path().join("state.json"));
    std::fs::write(&file, LIBRARY).unwrap();
    let mut running = start(&file, &["--state", state.to_str().unwrap(), "--log", "json"]);
    let url = format!("{}/books/77", word(&running.banner, "address"));
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let status = runtime.block_on(async { reqwest::get(url).await.unwrap().status().as_u16() });
    assert_eq!(status, 401);
    let id = running.child.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
    assert_eq!(running.child.wait().unwrap().code(), Some(0));
    assert!(std::fs::read_to_string(state).unwrap().contains("Faust"));
    let mut log = String::new();
    running.rest.read_to_string(&mut log).unwrap();
    let first: serde_json::Value = serde_json::from_str(log.lines().next().unwrap()).unwrap();
    let fields = &first["fields"];
    assert_eq!((&fields["outcome"], &fields["stage"]), (&"unauthenticated".into(), &"authenticate".into()));
    assert!(fields["rule"].as_str().unwrap().contains("library.yaml:"), "{fields}");
}

#[cfg(unix)]
#[test]
fn a_head_that_is_no_http_is_told_in_the_log() {
    use std::io::Write as _;

    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("library.yaml");
    std::fs::write(&file, LIBRARY).unwrap();
    let mut running = start(&file, &[]);
    let address = word(&running.banner, "address").replace("http://", "").replace("/v1", "");
    let mut stream = std::net::TcpStream::connect(address).unwrap();
    stream.write_all(b"GET /books/77 HTTP/1.1\r\nHost: x\r\nPrefer : return:minimal\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 400 "), "{answer}");
    let id = running.child.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
    running.child.wait().unwrap();
    let mut log = String::new();
    running.rest.read_to_string(&mut log).unwrap();
    assert!(log.contains("WARN") && log.contains("a header's name, for one, ends at its colon"), "{log}");
}

#[test]
fn what_cannot_be_served_is_told_with_its_place_and_exit_code_2() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("broken.yaml");
    std::fs::write(&file, LIBRARY.replace("in: books, where: { kind", "in: boks, where: { kind")).unwrap();
    let output = run(&[file.to_str().unwrap()]);
    let line = LIBRARY.lines().position(|line| line.contains("where: { kind")).unwrap() + 1;
    assert_eq!(output.status.code(), Some(2));
    assert!(told(&output).contains(&format!("broken.yaml:{line}:")), "{}", told(&output));

    let cases: [(&[&str], &str); 4] = [
        (&["no-such-platform"], "hint: "),
        (&["./no/such/file.yaml"], "cannot be read"),
        (&["tooljet@1066"], "hint: "),
        (&["tooljet", "--set", "NONE=1"], "hint: its settings are"),
    ];
    for (arguments, words) in cases {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(told(&output).contains(words), "{arguments:?}: {}", told(&output));
    }
}

#[test]
fn a_taken_port_is_told_with_exit_code_1() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let output = run(&["tooljet", "--port", &port]);
    assert_eq!(output.status.code(), Some(1));
    let told = told(&output);
    assert!(told.contains(&format!("127.0.0.1:{port}")) && told.contains("hint: another program"), "{told}");
}

/// Gives the program a document on its standard input.
fn fed(text: &str, arguments: &[&str]) -> Output {
    let mut command = Command::new(PROGRAM);
    command.args(arguments).env_remove("RUST_LOG").stdin(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

#[test]
fn problems_are_counted_in_words_and_the_document_may_come_in_by_the_standard_input() {
    let one = fed("openapi: 3.0.3\ninfo: { title: T }\npaths: {}\n", &["-"]);
    assert_eq!(one.status.code(), Some(2));
    assert!(told(&one).contains("standard input:2:"), "{}", told(&one));
    assert!(told(&one).ends_with("error: the document cannot be served: 1 problem\n"), "{}", told(&one));
    let two = fed("openapi: 3.0.3\ninfo: {}\npaths: {}\n", &["-"]);
    assert!(told(&two).ends_with("error: the document cannot be served: 2 problems\n"), "{}", told(&two));
}

#[test]
fn overlays_and_a_state_that_cannot_be_kept_are_looked_at_before_anything_is_served() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    std::fs::write(path("library.yaml"), LIBRARY).unwrap();
    let overlay = "overlay: 1.0.0\ninfo: { title: O, version: '1' }\nactions: [ { target: $.info, update: { title: Overlaid } } ]\n";
    std::fs::write(path("overlay.yaml"), overlay).unwrap();
    let running = start(Path::new(&path("library.yaml")), &["--overlay", &path("overlay.yaml")]);
    assert!(running.banner[0].starts_with("Overlaid "), "{:?}", running.banner);
    let missing = run(&[&path("library.yaml"), "--overlay", &path("none.yaml")]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(told(&missing).contains("none.yaml"), "{}", told(&missing));
    let edition = run(&[&path("library.yaml"), "--edition", "x"]);
    assert!(told(&edition).contains("`--overlay FILE`"), "{}", told(&edition));
    let lost = run(&[&path("library.yaml"), "--port", "0", "--state", &path("no/such/folder.json")]);
    assert_eq!(lost.status.code(), Some(2));
    assert!(told(&lost).contains("folder.json` cannot be written"), "{}", told(&lost));
}

#[test]
fn what_is_to_be_said_of_a_document_is_counted_not_listed() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("warned.yaml");
    let parameters: String = (1..=7)
        .map(|n| {
            format!("        - {{ name: p{n}, in: query, schema: {{ type: string, enum: [ a, a ] }} }}\n")
        })
        .collect();
    let document = format!(
        "openapi: 3.0.3\ninfo: {{ title: T, version: '1' }}\npaths:\n  /xml:\n    get:\n      operationId: xml\n      parameters:\n{parameters}      responses: {{ '200': {{ description: ok, content: {{ application/xml: {{ schema: {{ type: object }} }} }} }} }}\n"
    );
    std::fs::write(&file, document).unwrap();
    let running = start(&file, &[]);
    let banner = &running.banner;
    let lines = |words: &str| banner.iter().filter(|line| line.contains(words)).count();
    assert_eq!(lines("warning[duplicate-enum-value]"), 3, "{banner:?}");
    assert_eq!(lines("the document has 8 warnings; `codegen check` shows all of it"), 1, "{banner:?}");
    assert_eq!(lines("1 operation is answered with 501"), 1, "{banner:?}");
    assert_eq!(lines("`xml` (application/xml)"), 1, "{banner:?}");
}
