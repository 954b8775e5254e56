//! One test for each transcript. A request without `Authorization` presents Alice's app token, and the newest session.

use crate::transcript::{Stage, transcripts};

pub(super) const STAGE: Stage = Stage {
    host: "https://cloud.example.com",
    presents: &[("Authorization", "Basic alice:<alice>"), ("User-Agent", "transcripts")],
    carries: &["x-api-session"],
    texts: || {
        let api = ("api", "/index.php/apps/passwords/api/1.0".to_owned());
        let tokens = ["alice", "bob", "carol"].map(|user| (user, token(user)));
        [api].into_iter().chain(tokens).collect()
    },
    written,
    ..Stage::of("passwords")
};

/// The app token that a user of the sample data has.
fn token(user: &str) -> String {
    format!("{user}-demo-token-").chars().chain(('a'..='z').cycle()).take(72).collect()
}

/// JSON as PHP writes it with the product's flags.
fn written(value: &serde_json::Value) -> String {
    let mut text = String::new();
    for letter in value.to_string().chars() {
        match letter {
            '/' => text.push_str("\\/"),
            '<' => text.push_str("\\u003C"),
            '>' => text.push_str("\\u003E"),
            ' '..='~' => text.push(letter),
            _ => letter.encode_utf16(&mut [0; 2]).iter().for_each(|unit| text += &format!("\\u{unit:04x}")),
        }
    }
    text
}

transcripts! {
    STAGE:
    access
    encryption
    settings
    shares
    services
    transport
    edition_2026_7
}
