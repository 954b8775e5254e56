//! `codegen` and `codegen --check`: the generated sources of all platforms.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use tercet_codegen::{Generated, generate, short_diff};

use super::{Verdict, files};

/// How many lines of a diff are shown for each stale file.
const SHOWN: usize = 40;

/// Writes, or compares, the sources of every platform. When any document has errors, nothing is written.
pub(super) fn all(out: &mut impl Write, root: &Path, compare: bool) -> io::Result<Verdict> {
    let mut platforms = Vec::new();
    let mut verdict = Verdict::Well;
    for (platform, path) in files::platforms(root)? {
        match files::read(&root.join(&path), &path)? {
            Ok(document) => platforms.push((platform, document)),
            Err(faults) => {
                for fault in faults {
                    writeln!(io::stderr(), "{}\n", fault.render())?;
                }
                verdict = Verdict::Wrong;
            }
        }
    }
    if verdict == Verdict::Wrong {
        return Ok(verdict);
    }
    match generate(&platforms) {
        Ok(generated) => {
            for file in generated {
                verdict = verdict.max(one(out, root, &file, compare)?);
            }
        }
        Err(refusal) => {
            writeln!(io::stderr(), "{refusal}\n\nerror: nothing was generated")?;
            return Ok(Verdict::Wrong);
        }
    }
    if verdict == Verdict::Wrong {
        writeln!(io::stderr(), "hint: run `cargo codegen` and commit what it writes")?;
    }
    Ok(verdict)
}

fn one(out: &mut impl Write, root: &Path, file: &Generated, compare: bool) -> io::Result<Verdict> {
    let path = root.join(&file.path);
    let is = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(files::naming(&path, &error)),
    };
    if is == file.source {
        return Ok(Verdict::Well);
    }
    if compare {
        writeln!(out, "{}", short_diff(&file.path, &is, &file.source, SHOWN))?;
        return Ok(Verdict::Wrong);
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| files::naming(folder, &error))?;
    }
    fs::write(&path, &file.source).map_err(|error| files::naming(&path, &error))?;
    writeln!(out, "wrote {}", file.path)?;
    Ok(Verdict::Well)
}
