//! Lists the folders of `platforms/`, so that adding one is enough.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("platforms");
    println!("cargo::rerun-if-changed={}", root.display());
    let mut table = String::from("&[\n");
    for folder in sorted(&root)? {
        let document = folder.join("openapi.yaml");
        if !document.is_file() {
            continue;
        }
        let editions = folder.join("editions");
        let overlays = if editions.is_dir() { sorted(&editions)? } else { Vec::new() };
        let _ =
            writeln!(table, "Platform {{ name: {:?}, document: {},", name(&folder), text(&root, &document));
        let _ = writeln!(table, "editions: &[");
        for overlay in overlays {
            if let Some(edition) = name(&overlay).strip_suffix(".overlay.yaml") {
                let _ = writeln!(table, "({edition:?}, {}),", text(&root, &overlay));
            }
        }
        let workflows = folder.join("workflows.arazzo.yaml");
        let workflows = if workflows.is_file() {
            format!("Some({})", text(&root, &workflows))
        } else {
            "None".to_owned()
        };
        let _ = writeln!(table, "], workflows: {workflows} }},");
    }
    table.push(']');
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join("platforms.rs"), table)
}

fn sorted(folder: &Path) -> io::Result<Vec<PathBuf>> {
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    entries.sort();
    Ok(entries)
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// A `Text` with the path as messages show it, from the repository's root.
fn text(root: &Path, path: &Path) -> String {
    let shown = path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('\\', "/");
    println!("cargo::rerun-if-changed={}", path.display());
    format!(
        "Text {{ path: {:?}, text: include_str!({:?}) }}",
        format!("spec/platforms/{shown}"),
        path.display().to_string()
    )
}
