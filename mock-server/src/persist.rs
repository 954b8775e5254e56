//! The state file: read at the start, written beside itself and renamed over itself after changes and at the end.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use crate::engine::Engine;
use crate::state::State;
use crate::worlds::World;

/// Changes that come within this time of each other are saved together.
const PAUSE: Duration = Duration::from_millis(200);

/// Why a state file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StateFileError {
    /// It cannot be read or written.
    #[error("the state file `{}` cannot be {action}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// `read` or `written`.
        action: &'static str,
        /// What the system says.
        source: std::io::Error,
    },
    /// It is not JSON.
    #[error("the state file `{}` is not JSON: {source}\nhint: remove it to begin with the document's seeds", path.display())]
    Syntax {
        /// The file.
        path: PathBuf,
        /// Where and why.
        source: serde_json::Error,
    },
    /// It does not fit the document.
    #[error(
        "the state file `{}` does not fit the document:\n  {}\nhint: remove it to begin with the document's seeds",
        path.display(), errors.join("\n  ")
    )]
    Content {
        /// The file.
        path: PathBuf,
        /// Everything wrong with it, a sentence each.
        errors: Vec<String>,
    },
}

/// Whether the file can be written when the time comes: its folder is there and takes files.
pub(crate) fn check(path: &Path) -> Result<(), StateFileError> {
    let tried = tempfile::NamedTempFile::new_in(folder(path));
    let failed = |source| StateFileError::Io { path: path.to_owned(), action: "written", source };
    tried.map(drop).map_err(failed)
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Reads a state; `None` when there is no such file yet.
pub(crate) fn load(path: &Path, engine: &Engine) -> Result<Option<State>, StateFileError> {
    let text = match std::fs::read(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(source) => return Err(StateFileError::Io { path: path.to_owned(), action: "read", source }),
    };
    let json = serde_json::from_slice(&text)
        .map_err(|source| StateFileError::Syntax { path: path.to_owned(), source })?;
    let state = engine.restore(&json);
    state.map(Some).map_err(|errors| StateFileError::Content { path: path.to_owned(), errors })
}

/// Writes a state. Whoever reads the file meets the old state or the new one, never a part of either.
pub(crate) fn save(path: &Path, state: &State) -> Result<(), StateFileError> {
    let write = || {
        let mut file = tempfile::NamedTempFile::new_in(folder(path))?;
        serde_json::to_writer_pretty(std::io::BufWriter::new(&mut file), &state.to_json())?;
        file.write_all(b"\n")?;
        file.as_file().sync_all()?;
        file.persist(path).map_err(|error| error.error)?;
        Ok(())
    };
    write().map_err(|source| StateFileError::Io { path: path.to_owned(), action: "written", source })
}

/// Saves after changes, until it is cancelled.
pub(crate) async fn keep_saved(path: PathBuf, world: Arc<World>) {
    let mut saved = world.changes();
    loop {
        world.changed.notified().await;
        tokio::time::sleep(PAUSE).await;
        let changes = world.changes();
        if changes == saved {
            continue;
        }
        let (target, state) = (path.clone(), world.state());
        match tokio::task::spawn_blocking(move || save(&target, &state)).await {
            Ok(Ok(())) => saved = changes,
            Ok(Err(error)) => tracing::error!("{error}"),
            Err(error) => tracing::error!(%error, "saving the state failed"),
        }
    }
}
