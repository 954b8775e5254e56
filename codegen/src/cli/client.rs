//! `codegen client`: a crate with the client of a document.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tercet_codegen::{ClientCrate, MADE_HERE, Refusal, client_crate, crate_name, crate_name_of};

use super::{Verdict, files};

/// Writes the crate of a document's client to a folder that is empty, not there, or was written by this before.
pub(super) fn client(
    out: &mut impl Write,
    given: &str,
    name: Option<&str>,
    folder: &Path,
    overlays: &[PathBuf],
) -> io::Result<Verdict> {
    if let Some(why) = occupied(folder)? {
        writeln!(io::stderr(), "error: {why}")?;
        return Ok(Verdict::Unreadable);
    }
    let document = match files::overlaid(files::document(given)?, overlays)? {
        Ok((document, warnings)) => {
            for warning in warnings {
                writeln!(io::stderr(), "{}\n", warning.render())?;
            }
            document
        }
        Err(faults) => return refused(&Refusal::Document(faults)),
    };
    let name = name.map_or_else(|| crate_name_of(&document), str::to_owned);
    if let Err(why) = crate_name(&name) {
        writeln!(io::stderr(), "error: {why}\nhint: give it another with `--name`")?;
        return Ok(Verdict::Unreadable);
    }
    let ClientCrate { files, concessions } = match client_crate(&name, &document) {
        Ok(made) => made,
        Err(refusal) => return refused(&refusal),
    };
    for file in &files {
        let path = folder.join(&file.path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(|error| files::naming(folder, &error))?;
        }
        fs::write(&path, &file.source).map_err(|error| files::naming(&path, &error))?;
    }
    writeln!(out, "wrote {} files to {}: the crate `{name}`", files.len(), folder.display())?;
    if concessions > 0 {
        writeln!(
            out,
            "what the client leaves to the server, or simplifies: `codegen check {given}` (notes)"
        )?;
    }
    writeln!(out, "use it with `cargo add --path {}`", folder.display())?;
    Ok(Verdict::Well)
}

fn refused(refusal: &Refusal) -> io::Result<Verdict> {
    writeln!(io::stderr(), "{refusal}\n\nerror: nothing was written")?;
    Ok(Verdict::Wrong)
}

/// Why a folder is not ours to write to.
fn occupied(folder: &Path) -> io::Result<Option<String>> {
    let mut entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(files::naming(folder, &error)),
    };
    if entries.next().is_none() {
        return Ok(None);
    }
    let ours = fs::read_to_string(folder.join("Cargo.toml")).is_ok_and(|text| text.starts_with(MADE_HERE));
    Ok((!ours).then(|| {
        format!(
            "`{}` is not empty, and was not written by this: give another folder, or empty it",
            folder.display()
        )
    }))
}
