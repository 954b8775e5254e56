//! `conformance list`.

use std::fmt::Write;

use tercet_conformance::check::CHECKS;
use tercet_conformance::law::LAWS;
use tercet_conformance::oracle;
use tercet_conformance::run::Trouble;

use crate::args::List;
use crate::{application, document, output};

/// Prints every check and law.
pub(crate) fn list(args: &List) -> Result<u8, Trouble> {
    let mut source = args.document.as_deref().map(|name| document::find(name, &[])).transpose()?;
    if let Some(source) = &mut source {
        let given = application::Given { file: args.app.as_deref(), resources: &[] }.read(source)?;
        application::unasked(source, given.as_ref())?;
    }
    let mut out = String::new();
    let written = (|| -> std::fmt::Result {
        writeln!(out, "checks: what holds of every exchange\n")?;
        for check in CHECKS {
            writeln!(out, "{}\n  {}\n  from: {}", check.name(), check.about(), check.clause())?;
        }
        writeln!(out, "\nthe oracle: what a reference server answers (`--oracle`)\n")?;
        writeln!(out, "{}\n  {}\n  from: {}", oracle::NAME, oracle::ABOUT, oracle::CLAUSE)?;
        writeln!(out, "\nlaws: what follows from declared effects\n")?;
        for law in LAWS {
            writeln!(out, "{}\n  {}\n  from: {}", law.name(), law.about(), law.clause())?;
            let Some(source) = &source else {
                continue;
            };
            match law.cases(&source.reading) {
                Ok(cases) => cases
                    .iter()
                    .try_for_each(|case| writeln!(out, "  - {}\n    {}", case.title, case.clause))?,
                Err(missing) => writeln!(out, "  not applicable: the document lacks {missing}")?,
            }
        }
        Ok(())
    })();
    written.map_err(|error| Trouble { what: error.to_string(), hint: None })?;
    output::say(&out)?;
    Ok(0)
}
