//! Every check against exchanges made by hand: one that keeps the clause, and ones that break it.

use std::time::Duration;

use serde_json::{Value, json};
use tercet_conformance::check::{CHECKS, Judgement, Subject};
use tercet_conformance::generate::{Breach, Part};
use tercet_conformance::{Clause, Denial, Exchange, Fault, Girth, Purpose, Received, Sent};
use tercet_spec::{Contract, Document, Pointer};

use crate::support::contract;

const LEDGER: &str = include_str!("documents/ledger.yaml");

fn ledger() -> Contract {
    contract(&Document::parse("ledger.yaml", LEDGER).unwrap())
}

/// An exchange with `operation` whose answer has that status, headers and body.
struct Made {
    operation: &'static str,
    purpose: Purpose,
    method: Option<&'static str>,
    sent: Option<Value>,
    status: u16,
    headers: Vec<(&'static str, &'static str)>,
    body: String,
}

fn made(operation: &'static str, status: u16) -> Made {
    let headers = vec![("content-type", "application/json; charset=utf-8"), ("x-served-by", "ledger")];
    Made { operation, purpose: Purpose::Look, method: None, sent: None, status, headers, body: String::new() }
}

impl Made {
    fn purpose(mut self, purpose: Purpose) -> Self {
        self.purpose = purpose;
        self
    }

    fn method(mut self, method: &'static str) -> Self {
        self.method = Some(method);
        self
    }

    fn sent(mut self, body: Value) -> Self {
        self.sent = Some(body);
        self
    }

    fn header(mut self, name: &'static str, value: &'static str) -> Self {
        self.headers.retain(|(own, _)| *own != name);
        if !value.is_empty() {
            self.headers.push((name, value));
        }
        self
    }

    fn json(mut self, body: Value) -> Self {
        self.body = body.to_string();
        self
    }

    fn text(mut self, body: &str) -> Self {
        self.body = body.to_owned();
        self
    }

    fn exchange(self, contract: &Contract) -> Exchange {
        let operation = contract.operation(self.operation).unwrap();
        let json = serde_json::from_str(&self.body).ok();
        let declares_json =
            self.headers.iter().any(|(name, value)| *name == "content-type" && value.contains("json"));
        let malformed =
            (json.is_none() && !self.body.is_empty() && declares_json).then(|| "expected value".to_owned());
        Exchange {
            number: 1,
            operation: self.operation.to_owned(),
            purpose: self.purpose,
            request: Sent {
                method: self.method.unwrap_or(&operation.method).to_owned(),
                url: format!("http://127.0.0.1:1{}", operation.path.text),
                headers: Vec::new(),
                body: self.sent.map(|body| body.to_string().into()),
            },
            answer: Ok(Received {
                status: self.status,
                headers: self
                    .headers
                    .iter()
                    .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                    .collect(),
                json: json.filter(|_| declares_json),
                body: self.body.into(),
                malformed,
                took: Duration::ZERO,
            }),
            needs: Vec::new(),
        }
    }
}

fn judge(check: &str, contract: &Contract, exchange: &Exchange, beside: Option<&Exchange>) -> Judgement {
    let check = CHECKS.iter().find(|one| one.name() == check).unwrap_or_else(|| panic!("no check {check}"));
    let operation = contract.operation(&exchange.operation).unwrap();
    check.check(&Subject { contract, operation, exchange, beside, stand_in: false })
}

#[track_caller]
fn held(check: &str, made: Made) {
    let contract = ledger();
    let exchange = made.exchange(&contract);
    assert_eq!(judge(check, &contract, &exchange, None), Judgement::Held);
}

#[track_caller]
fn silent(check: &str, made: Made) {
    let contract = ledger();
    let exchange = made.exchange(&contract);
    assert_eq!(judge(check, &contract, &exchange, None), Judgement::Silent);
}

/// Broken, with a message that says so and a clause whose text in the document has that in it.
#[track_caller]
fn broken(check: &str, made: Made, message: &str, clause: &str) {
    let contract = ledger();
    let exchange = made.exchange(&contract);
    let Judgement::Broken(findings) = judge(check, &contract, &exchange, None) else {
        panic!("{check} does not mind");
    };
    let finding = &findings[0];
    assert!(finding.message.contains(message), "{}", finding.message);
    let line = LEDGER.lines().nth(finding.clause.line - 1).unwrap();
    assert!(line.contains(clause), "{} stands at `{line}`", finding.clause);
    assert_eq!((finding.by.as_str(), finding.exchanges.as_slice()), (check, [1].as_slice()));
    assert_eq!(finding.operation.as_deref(), Some(exchange.operation.as_str()));
}

fn entry() -> Value {
    json!({ "id": 1, "title": "rent", "amount": 3 })
}

fn breach(rule: &str, outcome: &str, part: Part) -> Purpose {
    let contract = ledger();
    let at = Pointer::parse("/components/schemas/NewEntry/required").unwrap();
    Purpose::Invalid(Breach {
        part,
        instance: Pointer::root(),
        rule: rule.to_owned(),
        outcome: outcome.to_owned(),
        clause: Clause::at(&contract, &at, "`title` is required"),
        what: "`title` is left out".to_owned(),
    })
}

fn valid(certain: bool) -> Purpose {
    Purpose::Valid { variant: "full".to_owned(), certain, sound: true }
}

#[test]
fn not_a_server_error() {
    held("not_a_server_error", made("getEntry", 404));
    broken("not_a_server_error", made("getEntry", 500), "status 500", "responses:");
    let contract = ledger();
    let mut exchange = made("getEntry", 200).exchange(&contract);
    exchange.answer = Err(Fault::Torn("reset".to_owned()));
    assert!(matches!(judge("not_a_server_error", &contract, &exchange, None), Judgement::Broken(_)));
    exchange.answer = Err(Fault::Unreachable("refused".to_owned()));
    assert_eq!(judge("not_a_server_error", &contract, &exchange, None), Judgement::Silent);
}

#[test]
fn status_code_conformance() {
    held("status_code_conformance", made("getEntry", 200));
    // The platform speaks it for every operation.
    held("status_code_conformance", made("getEntry", 403));
    broken("status_code_conformance", made("getEntry", 202), "status 202 is not documented", "responses:");
    silent("status_code_conformance", made("getEntry", 418).purpose(Purpose::UndeclaredMethod).method("PUT"));
}

#[test]
fn content_type_conformance() {
    held("content_type_conformance", made("getEntry", 200).json(entry()));
    let html = made("getEntry", 200).header("content-type", "text/html").text("<html>");
    broken("content_type_conformance", html, "`text/html`", "'200'");
    let none = made("getEntry", 200).header("content-type", "").text("{}");
    broken("content_type_conformance", none, "no `Content-Type`", "'200'");
    let other = made("getEntry", 200).header("content-type", "application/json").json(entry());
    broken(
        "content_type_conformance",
        other,
        "instead of `application/json; charset=utf-8`",
        "content-type:",
    );
}

#[test]
fn response_headers_conformance() {
    held("response_headers_conformance", made("addEntry", 201).header("x-entry", "7"));
    broken("response_headers_conformance", made("addEntry", 201), "`X-Entry` is missing", "X-Entry");
    broken(
        "response_headers_conformance",
        made("addEntry", 201).header("x-entry", "seven"),
        "`seven`",
        "type: integer",
    );
    let unserved = made("addEntry", 201).header("x-entry", "7").header("x-served-by", "");
    broken("response_headers_conformance", unserved, "`X-Served-By` is absent", "X-Served-By");
}

#[test]
fn response_schema_conformance() {
    held("response_schema_conformance", made("getEntry", 200).json(entry()));
    let wrong = made("getEntry", 200).json(json!({ "id": "1", "title": "rent", "amount": 3 }));
    broken("response_schema_conformance", wrong, "`/id` is not an integer", "id:");
    broken(
        "response_schema_conformance",
        made("getEntry", 200).json(json!({ "id": 1 })),
        "is missing",
        "required",
    );
    broken("response_schema_conformance", made("getEntry", 200), "there is no body", "'200'");
    broken("response_schema_conformance", made("getEntry", 200).text("{\"id\": 1"), "no JSON", "'200'");
}

#[test]
fn empty_body_conformance() {
    held("empty_body_conformance", made("removeEntry", 204));
    broken("empty_body_conformance", made("removeEntry", 204).text("gone"), "4 bytes", "'204'");
    let announced = made("removeEntry", 204).header("content-length", "4");
    broken("empty_body_conformance", announced, "4 bytes is announced", "'204'");
    silent("empty_body_conformance", made("getEntry", 200).json(entry()));
}

#[test]
fn write_only_never_shown() {
    held("write_only_never_shown", made("getEntry", 200).json(entry()));
    let shown = made("getEntry", 200)
        .json(json!({ "id": 1, "title": "rent", "amount": 3, "pin": "hunter-2-hunter" }));
    broken("write_only_never_shown", shown, "`/pin` is shown", "pin:");
    let sent = json!({ "title": "rent", "amount": 3, "pin": "hunter-2-hunter" });
    let echoed = made("addEntry", 400).sent(sent).json(json!({ "why": "bad pin hunter-2-hunter" }));
    broken("write_only_never_shown", echoed, "stands in the answer", "pin:");
}

#[test]
fn positive_data_acceptance() {
    held("positive_data_acceptance", made("addEntry", 201).purpose(valid(true)));
    broken(
        "positive_data_acceptance",
        made("addEntry", 400).purpose(valid(false)),
        "refused as `invalid`",
        "requestBody",
    );
    // A title that is taken is a documented end of the effect, unless it is certain that it is not.
    held("positive_data_acceptance", made("addEntry", 409).purpose(valid(false)));
    broken(
        "positive_data_acceptance",
        made("addEntry", 409).purpose(valid(true)),
        "`conflict`",
        "requestBody",
    );
    silent("positive_data_acceptance", made("addEntry", 400));
}

#[test]
fn an_outcome_is_recognised_by_its_example_where_a_status_speaks_several() {
    let close = |why: &str| made("closeEntry", 422).purpose(valid(false)).json(json!({ "why": why }));
    held("positive_data_acceptance", close("the books of 2026 are closed"));
    broken("positive_data_acceptance", close("that is no entry"), "refused as `invalid`", "post:");
}

#[test]
fn negative_data_rejection() {
    held("negative_data_rejection", made("addEntry", 400).purpose(breach("required", "invalid", Part::Body)));
    let accepted = made("addEntry", 201).purpose(breach("required", "invalid", Part::Body));
    broken("negative_data_rejection", accepted, "expected 400 (`invalid`)", "required:");
    let otherwise = made("addEntry", 404).purpose(breach("required", "invalid", Part::Body));
    broken("negative_data_rejection", otherwise, "answered 404", "required:");
}

#[test]
fn missing_required_header() {
    let missing = || breach("required", "invalid", Part::Parameter(0));
    held("missing_required_header", made("addEntry", 400).purpose(missing()));
    broken("missing_required_header", made("addEntry", 201).purpose(missing()), "answered 201", "required:");
    silent("negative_data_rejection", made("addEntry", 201).purpose(missing()));
}

#[test]
fn broken_body_rejection() {
    held("broken_body_rejection", made("addEntry", 400).purpose(Purpose::BrokenBody));
    broken(
        "broken_body_rejection",
        made("addEntry", 201).purpose(Purpose::BrokenBody),
        "answered 201",
        "requestBody",
    );
}

#[test]
fn wrong_media_type_rejection() {
    held("wrong_media_type_rejection", made("addEntry", 415).purpose(Purpose::WrongMediaType));
    broken(
        "wrong_media_type_rejection",
        made("addEntry", 201).purpose(Purpose::WrongMediaType),
        "answered 201",
        "requestBody",
    );
}

#[test]
fn oversized_body_rejection() {
    let sized = |status, girth, size: usize| {
        made("addEntry", status).purpose(Purpose::Padded(girth)).sent(json!("x".repeat(size - 2)))
    };
    held("oversized_body_rejection", sized(413, Girth::TooLarge, 33));
    held("oversized_body_rejection", sized(201, Girth::Largest, 32));
    held("oversized_body_rejection", sized(400, Girth::Largest, 32));
    broken(
        "oversized_body_rejection",
        sized(201, Girth::TooLarge, 33),
        "33 bytes, one more than the limit; expected 413",
        "body-limit:",
    );
    broken(
        "oversized_body_rejection",
        sized(413, Girth::Largest, 32),
        "just as large as may be",
        "body-limit:",
    );
    silent("oversized_body_rejection", made("addEntry", 413));
}

#[test]
fn a_connection_that_breaks_under_too_much_is_no_failure() {
    let contract = ledger();
    let torn = |purpose| Exchange {
        answer: Err(Fault::Torn("reset".to_owned())),
        ..made("addEntry", 413).purpose(purpose).exchange(&contract)
    };
    let judged = |purpose| judge("not_a_server_error", &contract, &torn(purpose), None);
    assert_eq!(judged(Purpose::Padded(Girth::TooLarge)), Judgement::Silent);
    assert!(matches!(judged(Purpose::Padded(Girth::Largest)), Judgement::Broken(_)));
}

#[test]
fn unknown_record_refusal() {
    held("unknown_record_refusal", made("getEntry", 404).purpose(Purpose::MadeUp));
    let found = made("getEntry", 200).purpose(Purpose::MadeUp).json(entry());
    broken("unknown_record_refusal", found, "made up", "find:");
}

#[test]
fn ignored_auth() {
    held("ignored_auth", made("getEntry", 403).purpose(Purpose::Denied(Denial::None)));
    for denial in [Denial::None, Denial::Wrong, Denial::OtherScheme] {
        let entered = made("getEntry", 200).purpose(Purpose::Denied(denial)).json(entry());
        broken("ignored_auth", entered, "expected 403 (`unauthenticated`)", "security:");
    }
    broken(
        "ignored_auth",
        made("getEntry", 404).purpose(Purpose::Denied(Denial::Wrong)),
        "answered 404",
        "security:",
    );
}

#[test]
fn head_mirrors_get() {
    let contract = ledger();
    let get = made("getEntry", 200).json(entry()).exchange(&contract);
    let head = |status| made("getEntry", status).purpose(Purpose::Head(1)).method("HEAD");
    let against_get =
        |made: Made| judge("head_mirrors_get", &contract, &made.exchange(&contract), Some(&get));
    assert_eq!(against_get(head(200)), Judgement::Held);
    for wrong in [head(404), head(200).json(entry()), head(200).header("content-type", "text/html")] {
        assert!(matches!(against_get(wrong), Judgement::Broken(_)));
    }
}

#[test]
fn unsupported_method() {
    let put = |status| made("getEntry", status).purpose(Purpose::UndeclaredMethod).method("PUT");
    held("unsupported_method", put(405));
    broken("unsupported_method", put(200), "does not have this method", "/entries/{id}:");
}

#[test]
fn allow_header_conformance() {
    let put = || made("getEntry", 405).purpose(Purpose::UndeclaredMethod).method("PUT");
    held("allow_header_conformance", put().header("allow", "GET, HEAD, DELETE"));
    broken("allow_header_conformance", put(), "there is no `Allow`", "/entries/{id}:");
    broken("allow_header_conformance", put().header("allow", "GET"), "lacks DELETE", "/entries/{id}:");
}

#[test]
fn every_answer_carries_allow_where_the_document_says_so() {
    let text = LEDGER.replace("x-conduct:\n", "x-conduct:\n  allow: true\n");
    let contract = contract(&Document::parse("ledger.yaml", text).unwrap());
    let judged = |made: Made| judge("allow_header_conformance", &contract, &made.exchange(&contract), None);
    let get = |status| made("getEntry", status).json(entry());
    assert_eq!(judged(get(200).header("allow", "GET, HEAD, DELETE")), Judgement::Held);
    let Judgement::Broken(findings) = judged(get(200)) else { panic!("nobody minds") };
    assert_eq!(findings[0].clause.line, 7);
    assert!(matches!(judged(get(200).header("allow", "GET")), Judgement::Broken(_)));
    assert_eq!(judged(get(404)), Judgement::Silent, "an unknown path has nothing to allow");
}

#[test]
fn every_check_is_tried_here() {
    let source = include_str!("checks.rs");
    for check in CHECKS {
        let judged = format!("(\"{}\", ", check.name());
        assert!(source.contains(&judged), "{} is not", check.name());
    }
}
