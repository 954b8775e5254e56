//! An operator validates an instance: does it keep what the document of its platform says?
//!
//! Run it with `cargo run -p tercet-examples --example validate`. It judges two instances: one that keeps the document, and one of an older release
//! that differs from it. On the command line the same is `cargo conformance run tooljet --base-url URL --credential accessToken=env:TOOLJET_TOKEN`.

use std::error::Error;
use std::io::Write;
use std::sync::Arc;

use tercet_conformance::generate::Chance;
use tercet_conformance::reading::Reading;
use tercet_conformance::report::{REPORTS, Report};
use tercet_conformance::run::{Choice, Progress, run};
use tercet_conformance::session::{Interrupt, Journal, Session};
use tercet_conformance::{Consent, Identity, Limits, Secret, Target, Trust, base_url};

/// The same seed sends the same requests.
const SEED: u64 = 2026;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    validate(&mut std::io::stdout()).await
}

/// The whole story, told to `out`.
pub(crate) async fn validate(out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    // Two instances on this machine; an operator has their own.
    let good = tercet_mock_server::tooljet().start().await?;
    let older = tercet_mock_server::tooljet().edition("3.5").start().await?;
    let token = &good.credentials().swap_remove(0).value;

    let report = judge(&good.url(), token, &Choice::default()).await?;
    writeln!(out, "{}", terminal(&report)?)?;

    // One question only, to an instance that answers it differently: what happens to an e-mail address that is taken?
    let taken = Choice { only: vec!["unique_is_enforced".to_owned()], ..Choice::default() };
    let report = judge(&older.url(), token, &taken).await?;
    writeln!(out, "{}", terminal(&report)?)?;
    Ok(())
}

/// Judges the instance at `url` by ToolJet's document.
pub(crate) async fn judge(url: &str, token: &str, choice: &Choice) -> Result<Report, Box<dyn Error>> {
    let (_, document) = tercet_spec::shipped("tooljet")?;
    let (contract, _) = tercet_spec::lower(&document);
    let reading = Arc::new(Reading::new(Arc::new(contract)));
    let target = Target {
        base: base_url(reading.contract(), url)?,
        // The security scheme's name in the document. The token is masked in everything that is shown or written.
        identities: vec![Identity {
            credentials: vec![("accessToken".to_owned(), Secret::new(token))],
            ..Identity::default()
        }],
        limits: Limits::default(),
        // Nothing here outlives the example. On an instance that matters `Consent::Named` lists the operations that may leave something behind.
        consent: Consent::ThrowAway,
        trust: Trust::default(),
    };
    // A journal in a file would let a run that was killed be cleaned up later.
    let chance = Chance::new(SEED, "example");
    let mut session = Session::open(reading, target, Journal::none(), Interrupt::default(), chance)?;
    Ok(run(&mut session, choice, SEED, &Silent).await?)
}

/// The report as people read it. `json` and `junit` are for programs.
fn terminal(report: &Report) -> Result<String, Box<dyn Error>> {
    let format =
        REPORTS.iter().find(|format| format.name() == "terminal").ok_or("there is no such report")?;
    Ok(format.render(report)?)
}

/// Where a progress bar would go.
struct Silent;

impl Progress for Silent {
    fn begins(&self, _at: usize, _of: usize, _what: &str, _findings: usize) {}
}
