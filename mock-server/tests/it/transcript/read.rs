//! Reading transcripts: `### title`, a request, `=> status`, what is answered.
//!
//! ```text
//! @set ENABLE_EXTERNAL_API false        a setting of the server          (before the first exchange)
//! @edition 2026                         the edition it serves
//! @let sam 5b1608df-…                   `<sam>` stands for this text
//!
//! ### a title
//! @fill :id 5b1608df-…                  this text is replaced in the request that follows
//! PATCH /api/ext/user/<sam>             or a curl command
//! If-Match: x                           (`Authorization: Basic USER:PASSWORD` is encoded)
//!
//! { "name": "Sam" }
//!
//! => 200
//! content-type: application/json; charset=utf-8
//! set-cookie: SESSION=<any:session>; Path=/    a place that is left open, and remembered
//!
//! { "id": "<uuid:new>" }                as `expect` has it; `...` for any body
//!
//! ### instead of a request: those fields of those records, as the server remembers them
//! STATE mails to=a@b.c : token
//!
//! => 200
//!
//! [ { "token": "<any:token>" } ]
//!
//! ### instead of a request: the time goes on by so many seconds
//! CLOCK 600
//!
//! => 200
//! ```

/// A file.
#[derive(Debug, Default)]
pub(crate) struct Transcript {
    pub(crate) settings: Vec<(String, String)>,
    pub(crate) edition: Option<String>,
    pub(crate) variables: Vec<(String, String)>,
    pub(crate) exchanges: Vec<Exchange>,
}

/// A request and what must be answered.
#[derive(Debug)]
pub(crate) struct Exchange {
    pub(crate) line: usize,
    pub(crate) title: String,
    pub(crate) fills: Vec<(String, String)>,
    pub(crate) request: String,
    pub(crate) status: u16,
    pub(crate) answer: String,
}

impl Transcript {
    pub(crate) fn read(text: &str) -> Self {
        let mut transcript = Self::default();
        let mut blocks = text.split("\n### ");
        for line in blocks.next().unwrap().lines() {
            let mut words = line.splitn(3, ' ').map(str::to_owned);
            match words.next().as_deref() {
                Some("@set") => transcript.settings.push((words.next().unwrap(), words.next().unwrap())),
                Some("@let") => transcript.variables.push((words.next().unwrap(), words.next().unwrap())),
                Some("@edition") => transcript.edition = words.next(),
                Some("" | "#") | None => {}
                Some(other) => panic!("`{other}` is no directive"),
            }
        }
        let mut line = 1 + text.split("\n### ").next().unwrap().lines().count();
        for block in blocks {
            transcript.exchanges.push(Exchange::read(block, line));
            line += block.lines().count();
        }
        assert!(!transcript.exchanges.is_empty(), "a transcript without an exchange");
        transcript
    }
}

impl Exchange {
    fn read(block: &str, line: usize) -> Self {
        let (title, rest) = block.split_once('\n').unwrap();
        let (request, answer) =
            rest.split_once("\n=> ").unwrap_or_else(|| panic!("no answer at line {line}"));
        let (status, answer) = answer.split_once('\n').unwrap_or((answer, ""));
        let mut fills = Vec::new();
        let mut request = request.trim_start();
        while let Some(fill) = request.strip_prefix("@fill ") {
            let (fill, rest) = fill.split_once('\n').unwrap();
            let (from, to) = fill.split_once(' ').unwrap();
            fills.push((from.to_owned(), to.to_owned()));
            request = rest;
        }
        Self {
            line,
            title: title.to_owned(),
            fills,
            request: request.trim_end().to_owned(),
            status: status.trim().parse().unwrap(),
            answer: answer.to_owned(),
        }
    }
}

/// Headers up to the first empty line, and what follows it.
pub(crate) fn headers_and_body(text: &str) -> (Vec<(String, String)>, String) {
    let mut headers = Vec::new();
    let mut lines = text.lines();
    for line in lines.by_ref().take_while(|line| !line.is_empty()) {
        let (name, value) = line.split_once(':').unwrap_or_else(|| panic!("`{line}` is no header"));
        headers.push((name.trim().to_owned(), value.trim().to_owned()));
    }
    let body = lines.collect::<Vec<_>>().join("\n").trim().to_owned();
    (headers, body)
}
