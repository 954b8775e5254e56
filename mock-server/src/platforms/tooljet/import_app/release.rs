//! Releases: `3.5.11-cloud-lts` is no semantic version, so three numbers count and the rest does not.

use crate::outcome::Outcome;

/// Refuses a document that a newer release wrote than this server is.
pub(super) fn refuse_newer(document: &str, server: &str) -> Result<(), Outcome> {
    match (numbers(document), numbers(server)) {
        (Some(theirs), Some(ours)) if theirs > ours => {
            let sentence = format!(
                "The app was exported by ToolJet {document}, which is newer than this server's {server}"
            );
            Err(Outcome::new("newer-release", sentence))
        }
        _ => Ok(()),
    }
}

/// Major, minor and patch; missing ones are 0. `None` when the text does not begin with a number.
fn numbers(release: &str) -> Option<[u64; 3]> {
    let mut parts = release.split('.').map(|part| {
        let digits = &part[..part.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(part.len())];
        // A number beyond 64 bits is as new as can be.
        (!digits.is_empty()).then(|| digits.parse().unwrap_or(u64::MAX))
    });
    let major = parts.next()??;
    let mut next = || parts.next().flatten().unwrap_or(0);
    Some([major, next(), next()])
}

#[cfg(test)]
mod tests {
    use super::numbers;

    #[test]
    fn three_numbers_count() {
        assert_eq!(numbers("3.5.11-cloud-lts"), Some([3, 5, 11]));
        assert_eq!(numbers("3.16"), Some([3, 16, 0]));
        assert_eq!(numbers("99999999999999999999999"), Some([u64::MAX, 0, 0]));
        assert_eq!(numbers("3.x.9"), Some([3, 0, 9]));
        assert_eq!(numbers("lts"), None);
        assert_eq!(numbers(""), None);
    }
}
