//! Transcripts: requests and what is answered, as files that a frontend engineer can read, replayed against a server whose clock
//! and seed are fixed. Every answer is held to the document, too.
//!
//! To tell a platform in transcripts, make a folder of its name beside this one, `mod` it in `main.rs`, put the `.http` files
//! ([`read`] has their language) into its `transcripts/`, and say in its `transcripts.rs` what the platform is like:
//!
//! ```text
//! pub(super) const STAGE: Stage = Stage {
//!     host: "https://cloud.example.com",                    // what the documentation's curls begin with
//!     presents: &[("Authorization", "Basic demo:secret")],  // headers of a request that has none of that name
//!     carries: &["x-session"],                              // headers of an answer that later requests present
//!     ..Stage::of("example")                                // the platform's name
//! };
//!
//! transcripts! { STAGE: page refusals }                     // one test for each file; a file that is not named is a failure
//! ```

mod conform;
mod curl;
mod expect;
mod read;
mod replay;
mod stage;

pub(crate) use read::Transcript;
pub(crate) use replay::{forgotten, replay};
pub(crate) use stage::{NOW, Stage};

/// One test for each transcript of a platform, and one that none was forgotten.
macro_rules! transcripts {
    ($stage:ident: $($name:ident)*) => {
        $(
            #[tokio::test]
            async fn $name() {
                let name = stringify!($name);
                let text = include_str!(concat!("transcripts/", stringify!($name), ".http"));
                $crate::transcript::replay(&$stage, name, text).await;
            }
        )*

        #[test]
        fn every_file_is_replayed() {
            let forgotten = $crate::transcript::forgotten(&$stage, &[$(stringify!($name)),*]);
            assert!(forgotten.is_empty(), "nobody replays {forgotten:?}");
        }
    };
}
pub(crate) use transcripts;
