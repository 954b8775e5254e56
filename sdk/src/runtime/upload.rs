//! Uploads: bodies in pieces that are made anew for each attempt, so that files are neither copied nor held in memory.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::PathBuf;
use std::sync::Arc;

use bytes::Bytes;
use futures::stream::{self, BoxStream, StreamExt as _};

/// How much of a file is read at a time, in bytes.
const STRETCH: u64 = 64 * 1024;

/// A piece of a body.
#[derive(Clone, Debug)]
pub(crate) enum Piece {
    Bytes(Bytes),
    /// A file, and how long it was when the body was put together: the length of the body is said before it is sent.
    File(PathBuf, u64),
}

impl Piece {
    fn len(&self) -> u64 {
        match self {
            Self::Bytes(bytes) => bytes.len() as u64,
            Self::File(_, length) => *length,
        }
    }
}

/// A body in pieces. Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Upload {
    pub(crate) media_type: String,
    pieces: Arc<[Piece]>,
}

impl Upload {
    pub(crate) fn new(media_type: String, pieces: Vec<Piece>) -> Self {
        Self { media_type, pieces: pieces.into() }
    }

    /// How long it is, in bytes.
    pub(crate) fn len(&self) -> u64 {
        self.pieces.iter().map(Piece::len).sum()
    }

    /// The body of one attempt.
    pub(crate) fn body(&self) -> reqwest::Body {
        let pieces = Arc::clone(&self.pieces);
        let all = stream::iter(0..pieces.len()).flat_map(move |index| match &pieces[index] {
            Piece::Bytes(bytes) => stream::iter([Ok(bytes.clone())]).boxed(),
            Piece::File(path, length) => file(path.clone(), *length),
        });
        reqwest::Body::wrap_stream(all)
    }
}

/// Where reading a file is.
enum Place {
    Closed(PathBuf),
    Open(File),
}

fn file(path: PathBuf, length: u64) -> BoxStream<'static, io::Result<Bytes>> {
    stream::try_unfold((Place::Closed(path), length), |(place, left)| async move {
        if left == 0 {
            return Ok(None);
        }
        // Files have no readiness to wait for; reading one may block.
        let read = tokio::task::spawn_blocking(move || stretch(place, left)).await;
        let (file, bytes) = read.map_err(io::Error::other)??;
        let left = left - bytes.len() as u64;
        Ok(Some((bytes, (Place::Open(file), left))))
    })
    .boxed()
}

fn stretch(place: Place, left: u64) -> io::Result<(File, Bytes)> {
    let mut file = match place {
        Place::Closed(path) => File::open(path)?,
        Place::Open(file) => file,
    };
    let mut bytes = Vec::new();
    (&mut file).take(left.min(STRETCH)).read_to_end(&mut bytes)?;
    if bytes.is_empty() {
        return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the file has become shorter"));
    }
    Ok((file, bytes.into()))
}
