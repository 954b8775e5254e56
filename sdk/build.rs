//! Warns when a platform's document has changed since its client was generated. In a published package there are no
//! documents, and nothing happens.

use std::path::Path;
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-changed=src/generated");
    let Ok(package) = env::var("CARGO_MANIFEST_DIR") else { return };
    let package = Path::new(&package);
    let Some(workspace) = package.parent() else { return };
    let Ok(entries) = fs::read_dir(package.join("src/generated")) else { return };
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        let Ok(source) = fs::read_to_string(&path) else { continue };
        let says = |key: &str| source.lines().take(10).find_map(|line| line.strip_prefix(key)).map(str::trim);
        let (Some(document), Some(hash)) = (says("// document: "), says("// document-hash: ")) else {
            continue;
        };
        let document_path = workspace.join(document);
        let Ok(text) = fs::read_to_string(&document_path) else { continue };
        println!("cargo::rerun-if-changed={}", document_path.display());
        if document_hash(&text) != hash {
            println!(
                "cargo::warning=`{document}` has changed since `{}` was generated: run `cargo codegen`",
                path.file_name().unwrap_or_default().display()
            );
        }
    }
}

/// The same sum as `tercet_codegen::document_hash`: FNV-1a, 64 bits, carriage returns and a byte order mark left out.
fn document_hash(text: &str) -> String {
    let bytes = text.trim_start_matches('\u{feff}').bytes().filter(|byte| *byte != b'\r');
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}
