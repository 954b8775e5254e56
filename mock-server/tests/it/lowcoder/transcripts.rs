//! One test for each transcript.

use crate::transcript::{Stage, transcripts};

pub(super) const STAGE: Stage = Stage { host: "http://localhost:3000", ..Stage::of("lowcoder") };

transcripts! { STAGE: page }
