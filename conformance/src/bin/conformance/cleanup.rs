//! `conformance cleanup`.

use tercet_conformance::generate::Chance;
use tercet_conformance::run::Trouble;
use tercet_conformance::session::{Interrupt, Journal, JournalError, Line, Session};

use crate::args::Cleanup;
use crate::{document, output, target};

/// Removes what a run's journal says is still there. Ends with 1 when something stays.
pub(crate) async fn clean_up(args: &Cleanup) -> Result<u8, Trouble> {
    let fail = |error: JournalError| {
        Trouble::new(error.to_string(), "a journal is what `conformance run --journal FILE` writes")
    };
    let lines = Journal::read(&args.journal).map_err(fail)?;
    let Some(Line::Run { base_url, document, run }) = lines.first() else {
        return Err(Trouble::new(
            format!("`{}` is no journal of a run", args.journal.display()),
            "a journal is what `conformance run --journal FILE` writes",
        ));
    };
    let source = document::find(document, &[])?;
    let url = args.base_url.as_deref().unwrap_or(base_url);
    let target = target::of_url(source.reading.contract(), url, &args.credentials, &args.care, &[])?;
    let journal = Journal::resume(&args.journal).map_err(fail)?;
    let mut session = Session::open(
        source.reading.clone(),
        target,
        journal,
        Interrupt::default(),
        Chance::new(0, run.clone()),
    )
    .map_err(|what| Trouble { what, hint: None })?;
    session.sign_in().await?;
    session.adopt(&lines);
    let before = session.remaining().len();
    let leftovers = session.clean_up().await;
    for one in &leftovers {
        let names: Vec<String> = one.names.iter().map(|(field, value)| format!("{field}={value}")).collect();
        let text =
            format!("stays: {} by `{}` {}: {}", one.collection, one.operation, names.join(" "), one.why);
        output::say(&format!("{}\n", session.masks().mask(&text)))?;
    }
    output::say(&format!("{} removed, {} left behind\n", before - leftovers.len(), leftovers.len()))?;
    Ok(u8::from(!leftovers.is_empty()))
}
