//! The header `Prefer`: whether metadata is wanted.

/// Whether metadata is to be left out: `return:minimal`, as the product writes it, or `return=minimal` (RFC 7240, 4.2), in any
/// letter case, with blanks anywhere, among other preferences. Whatever else it says is ignored.
pub(super) fn minimal(prefer: Option<&str>) -> bool {
    prefer.unwrap_or_default().split(',').any(|one| {
        // RFC 7240, 2: parameters may follow, and values may be quoted.
        let head = one.split(';').next().unwrap_or_default();
        let bare: String = head.chars().filter(|letter| !letter.is_whitespace() && *letter != '"').collect();
        ["return:minimal", "return=minimal"].iter().any(|wanted| bare.eq_ignore_ascii_case(wanted))
    })
}

#[cfg(test)]
mod tests {
    use super::minimal;

    #[test]
    fn both_spellings_are_understood_and_other_preferences_ignored() {
        for wanted in [
            "return:minimal",
            "return=minimal",
            "Return : Minimal",
            "RETURN=\"minimal\"",
            "respond-async, return=minimal; foo=1",
        ] {
            assert!(minimal(Some(wanted)), "{wanted}");
        }
        for other in ["return=representation", "minimal", "return", "", "xreturn=minimal"] {
            assert!(!minimal(Some(other)), "{other}");
        }
        assert!(!minimal(None));
    }
}
