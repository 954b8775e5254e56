//! `codegen postman`: a document as a Postman collection.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use tercet_codegen::postman_collection;
use tercet_spec::{Diagnostic, Document, PlatformError};

use super::{Verdict, files};

/// Writes the collection of a document to a file, or to `out`.
pub(super) fn postman(out: &mut impl Write, given: &str, output: Option<&Path>) -> io::Result<Verdict> {
    let written = match document(given)? {
        Ok(document) => postman_collection(&document),
        Err(faults) => Err(faults),
    };
    let text = match written {
        Ok(text) => text,
        Err(faults) => {
            for fault in faults {
                writeln!(io::stderr(), "{}\n", fault.render())?;
            }
            writeln!(io::stderr(), "error: nothing was written")?;
            return Ok(Verdict::Wrong);
        }
    };
    match output {
        None => out.write_all(text.as_bytes())?,
        Some(path) => {
            fs::write(path, text).map_err(|error| files::naming(path, &error))?;
            writeln!(out, "wrote {}", path.display())?;
        }
    }
    Ok(Verdict::Well)
}

/// A name is a platform's; whatever looks like a path is a file.
fn document(given: &str) -> io::Result<Result<Document, Vec<Diagnostic>>> {
    let path = Path::new(given);
    let bare = given.split('@').next().unwrap_or_default();
    if given.contains(['/', '\\']) || Path::new(bare).extension().is_some() || path.is_file() {
        return files::read(path, given);
    }
    match tercet_spec::shipped(given) {
        Ok((_, document)) => Ok(Ok(document)),
        Err(PlatformError::Faults(faults)) => Ok(Err(faults)),
        Err(error) => Err(io::Error::new(io::ErrorKind::NotFound, error.to_string())),
    }
}
