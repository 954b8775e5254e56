//! One test for each transcript.

use crate::transcript::{Stage, transcripts};

/// Whoever has signed in as `session` presents the cookie, unless a request has a cookie of its own, or an empty one.
pub(super) const STAGE: Stage = Stage {
    host: "http://localhost:3000",
    presents: &[("Cookie", "LOWCODER_CE_SELFHOST_TOKEN=<session>")],
    ..Stage::of("lowcoder")
};

transcripts! {
    STAGE:
    page access sessions envelope pagination organizations groups applications folders datasources library bundles edition_2_7_6
}
