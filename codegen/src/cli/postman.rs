//! `codegen postman`: a document as a Postman collection.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use super::{Verdict, files};
use tercet_codegen::postman_collection;

/// Writes the collection of a document to a file, or to `out`.
pub(super) fn postman(out: &mut impl Write, given: &str, output: Option<&Path>) -> io::Result<Verdict> {
    let written = match files::document(given)? {
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
