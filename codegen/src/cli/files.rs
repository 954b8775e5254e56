//! Files: where the workspace is, which platforms it has, what a document says.

use std::path::{Path, PathBuf};
use std::{fs, io};

use tercet_spec::{Diagnostic, Document, PlatformError, apply_overlays};

/// The workspace this program was built in, or the current folder where that is gone.
pub(super) fn workspace() -> PathBuf {
    let built_in = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."));
    if built_in.join("spec").is_dir() { built_in.to_owned() } else { PathBuf::from(".") }
}

/// The platforms by name, with their documents' paths from the root.
pub(super) fn platforms(root: &Path) -> io::Result<Vec<(String, String)>> {
    let folder = root.join("spec/platforms");
    let entries = fs::read_dir(&folder).map_err(|error| naming(&folder, &error))?;
    let mut found = Vec::new();
    for entry in entries {
        let entry = entry?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        let document = ["openapi.yaml", "openapi.yml", "openapi.json"]
            .into_iter()
            .find(|file| entry.path().join(file).is_file());
        if let Some(file) = document {
            found.push((name.clone(), format!("spec/platforms/{name}/{file}")));
        }
    }
    found.sort();
    Ok(found)
}

/// The document in a file; `name` is what messages call it.
pub(super) fn read(path: &Path, name: &str) -> io::Result<Read> {
    let bytes = fs::read(path).map_err(|error| naming(path, &error))?;
    Ok(Document::read(name, bytes))
}

/// What was read, or its faults.
type Read<T = Document> = Result<T, Vec<Diagnostic>>;

/// A document changed by overlays in their order, and what is to be said of them; the faults of whatever is first wrong.
pub(super) fn overlaid(
    read_so_far: Read,
    overlays: &[PathBuf],
) -> io::Result<Read<(Document, Vec<Diagnostic>)>> {
    let document = match read_so_far {
        Ok(document) => document,
        Err(faults) => return Ok(Err(faults)),
    };
    let mut all = Vec::new();
    for path in overlays {
        match read(path, &path.display().to_string())? {
            Ok(overlay) => all.push(overlay),
            Err(faults) => return Ok(Err(faults)),
        }
    }
    Ok(apply_overlays(&document, &all))
}

/// An error that says which file it is about.
pub(super) fn naming(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("`{}`: {error}", path.display()))
}

/// A name is a platform's; whatever looks like a path is a file.
pub(super) fn document(given: &str) -> io::Result<Read> {
    let path = Path::new(given);
    let bare = given.split('@').next().unwrap_or_default();
    if given.contains(['/', '\\']) || Path::new(bare).extension().is_some() || path.is_file() {
        return read(path, given);
    }
    match tercet_spec::shipped(given) {
        Ok((_, document)) => Ok(Ok(document)),
        Err(PlatformError::Faults(faults)) => Ok(Err(faults)),
        Err(error) => Err(io::Error::new(io::ErrorKind::NotFound, error.to_string())),
    }
}
