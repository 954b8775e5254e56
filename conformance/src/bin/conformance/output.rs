//! Writing to the terminal.

use std::io::Write;

use tercet_conformance::run::Trouble;

/// Writes to standard output.
pub(crate) fn say(text: &str) -> Result<(), Trouble> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        // Whoever reads has seen enough.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(Trouble { what: format!("cannot write to standard output: {error}"), hint: None }),
        Ok(()) => Ok(()),
    }
}

/// Writes a remark to standard error. When even that fails there is nobody to tell.
pub(crate) fn remark(text: &str) {
    drop(writeln!(std::io::stderr().lock(), "{text}"));
}

/// Writes an error to standard error.
pub(crate) fn complain(text: &str) {
    remark(&format!("error: {text}"));
}
