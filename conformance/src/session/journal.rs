//! What a run is about to create, written down and synced before it is sent, so that a run that was killed can still be
//! cleaned up after.

use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A line of a journal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "line", rename_all = "kebab-case")]
pub enum Line {
    /// The first line: which run, against what, by which document.
    Run {
        /// The run's name, which its marks carry.
        run: String,
        /// The base URL.
        base_url: String,
        /// What the command was given as document.
        document: String,
    },
    /// Something is about to be created.
    Intent {
        /// Counts from 1.
        serial: usize,
        /// The operation.
        operation: String,
        /// The collection; empty where the document does not say.
        collection: String,
        /// What will name the record, as far as that is known before.
        names: IndexMap<String, Value>,
    },
    /// It was created.
    Made {
        /// The serial of its intent.
        serial: usize,
        /// What names the record.
        names: IndexMap<String, Value>,
    },
    /// It was not created, or is gone again.
    Gone {
        /// The serial of its intent.
        serial: usize,
    },
}

/// A file of lines, or nothing at all (for runs that create nothing, and for tests).
#[derive(Debug, Default)]
pub struct Journal {
    file: Option<(PathBuf, File)>,
}

/// Why a journal cannot be kept or read.
#[derive(Debug)]
pub struct JournalError {
    path: PathBuf,
    why: String,
}

impl std::fmt::Display for JournalError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "journal `{}`: {}", self.path.display(), self.why)
    }
}

impl std::error::Error for JournalError {}

impl Journal {
    /// A journal that forgets.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// A new journal at `path`; folders on the way are made.
    ///
    /// # Errors
    /// When the file exists already or cannot be made: a run never writes into another run's journal.
    pub fn create(path: &Path) -> Result<Self, JournalError> {
        let fail = |why: std::io::Error| JournalError { path: path.to_owned(), why: why.to_string() };
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).map_err(fail)?;
        }
        let file = OpenOptions::new().append(true).create_new(true).open(path).map_err(fail)?;
        Ok(Self { file: Some((path.to_owned(), file)) })
    }

    /// Continues a journal, to note what a clean-up removed.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub fn resume(path: &Path) -> Result<Self, JournalError> {
        let fail = |why: std::io::Error| JournalError { path: path.to_owned(), why: why.to_string() };
        let file = OpenOptions::new().append(true).open(path).map_err(fail)?;
        Ok(Self { file: Some((path.to_owned(), file)) })
    }

    /// Reads every line.
    ///
    /// # Errors
    /// When the file cannot be read or a line is not one of a journal. A last line that was torn by a crash is no error.
    pub fn read(path: &Path) -> Result<Vec<Line>, JournalError> {
        let fail = |why: String| JournalError { path: path.to_owned(), why };
        let file = File::open(path).map_err(|error| fail(error.to_string()))?;
        let texts: Vec<String> = BufReader::new(file)
            .lines()
            .collect::<Result<_, _>>()
            .map_err(|error| fail(error.to_string()))?;
        let mut lines = Vec::new();
        for (index, text) in texts.iter().enumerate() {
            match serde_json::from_str(text) {
                Ok(line) => lines.push(line),
                Err(_) if index + 1 == texts.len() => {}
                Err(error) => return Err(fail(format!("line {}: {error}", index + 1))),
            }
        }
        Ok(lines)
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        self.file.as_ref().map(|(path, _)| path.as_path())
    }

    /// Writes a line and waits until it is on the disk.
    ///
    /// # Errors
    /// When that fails; the request it announces must not be sent then.
    pub fn write(&mut self, line: &Line) -> Result<(), JournalError> {
        let Some((path, file)) = &mut self.file else {
            return Ok(());
        };
        let fail = |why: String| JournalError { path: path.clone(), why };
        let mut text = serde_json::to_string(line).map_err(|error| fail(error.to_string()))?;
        text.push('\n');
        file.write_all(text.as_bytes())
            .and_then(|()| file.sync_data())
            .map_err(|error| fail(error.to_string()))
    }
}
