//! `codegen check`: all there is to say about documents.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use tercet_codegen::diagnose;
use tercet_spec::{Diagnostic, Severity};

use super::{Verdict, files};

/// Prints the diagnostics of each file.
pub(super) fn check(
    out: &mut impl Write,
    paths: &[PathBuf],
    quiet: bool,
    overlays: &[PathBuf],
) -> io::Result<Verdict> {
    let styled = io::stdout().is_terminal();
    let mut verdict = Verdict::Well;
    for path in paths {
        let name = path.display().to_string();
        let read = files::read(path, &name).and_then(|read| files::overlaid(read, overlays));
        let diagnostics = match read {
            Ok(Ok((document, mut said))) => {
                said.extend(diagnose(&document));
                said
            }
            Ok(Err(faults)) => faults,
            Err(error) => {
                writeln!(io::stderr(), "error: {error}")?;
                verdict = verdict.max(Verdict::Unreadable);
                continue;
            }
        };
        for one in diagnostics.iter().filter(|one| !quiet || one.severity > Severity::Note) {
            writeln!(out, "{}\n", if styled { one.render_styled() } else { one.render() })?;
        }
        writeln!(out, "{name}: {}", tally(&diagnostics))?;
        if diagnostics.iter().any(|one| one.severity == Severity::Error) {
            verdict = verdict.max(Verdict::Wrong);
        }
    }
    Ok(verdict)
}

fn tally(diagnostics: &[Diagnostic]) -> String {
    let count = |severity| diagnostics.iter().filter(|one| one.severity == severity).count();
    let says = |count: usize, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
    [
        says(count(Severity::Error), "error"),
        says(count(Severity::Warning), "warning"),
        says(count(Severity::Note), "note"),
    ]
    .join(", ")
}
