//! One test for each transcript.

use super::api::{CREDENTIAL, EXPORT};
use crate::transcript::{Stage, transcripts};

pub(super) const STAGE: Stage = Stage {
    host: "https://{your-domain}",
    presents: &[("Authorization", CREDENTIAL)],
    texts: || {
        // As the page writes it in its curl: the members of an exported document, to stand beside others.
        let members = EXPORT.trim().strip_prefix('{').and_then(|text| text.strip_suffix('}')).unwrap();
        vec![("application_json", members.to_owned()), ("export", EXPORT.trim().to_owned())]
    },
    ..Stage::of("tooljet")
};

transcripts! {
    STAGE:
    page
    refusals
    validation
    users
    roles
    places
    apps
    switched_off
    settings
    edition_3_5
    edition_2026
}
