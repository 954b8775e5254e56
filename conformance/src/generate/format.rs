//! Texts of the well-known formats.

use super::Chance;

/// A text of that format with the run's mark in it, where it has room for one; `None` for a format that is not known here.
pub(super) fn text(format: &str, chance: &mut Chance) -> Option<String> {
    Some(match format {
        "uuid" => uuid(chance),
        "email" | "idn-email" => format!("{}@example.com", chance.mark()),
        "date" => format!(
            "20{:02}-{:02}-{:02}",
            chance.between(20, 39),
            chance.between(1, 12),
            chance.between(1, 28)
        ),
        "date-time" => format!(
            "20{:02}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z",
            chance.between(20, 39),
            chance.between(1, 12),
            chance.between(1, 28),
            chance.between(0, 23),
            chance.between(0, 59),
            chance.between(0, 59),
            chance.between(0, 999)
        ),
        "time" => {
            format!("{:02}:{:02}:{:02}Z", chance.between(0, 23), chance.between(0, 59), chance.between(0, 59))
        }
        "duration" => format!("PT{}M", chance.between(1, 59)),
        "uri" | "url" | "iri" => format!("https://example.com/{}", chance.mark()),
        "uri-reference" | "iri-reference" => format!("/{}", chance.mark()),
        "uri-template" => format!("https://example.com/{}/{{id}}", chance.mark()),
        "hostname" | "idn-hostname" => format!("{}.example.com", chance.mark()),
        "ipv4" => format!("192.0.2.{}", chance.between(1, 254)),
        "ipv6" => format!("2001:db8::{:x}", chance.between(1, 0xffff)),
        "json-pointer" => format!("/{}", chance.mark()),
        "relative-json-pointer" => "1/name".to_owned(),
        "regex" => format!("^{}$", chance.mark()),
        "byte" => {
            use base64::Engine;
            base64::engine::general_purpose::STANDARD.encode(chance.mark())
        }
        _ => return None,
    })
}

/// A random UUID, version 4 (RFC 9562, 5.4).
pub(super) fn uuid(chance: &mut Chance) -> String {
    let mut bytes = chance.bytes::<16>();
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

/// Whether a format restricts what a text may be, as far as this suite knows.
pub(super) fn is_known(format: &str) -> bool {
    text(format, &mut Chance::new(0, "x")).is_some()
}

/// A near miss: a text that is almost of that format.
pub(super) fn near_misses(format: &str) -> &'static [&'static str] {
    match format {
        "uuid" => &["not-a-uuid", "123e4567-e89b-12d3-a456-42661417400"],
        "email" | "idn-email" => &["not-an-email", "a@b@example.com"],
        "date" => &["2024-02-30", "01.02.2024"],
        "date-time" => &["2024-02-30T10:00:00Z", "2024-01-02 10:00"],
        "time" => &["25:00:00Z"],
        "uri" | "url" | "iri" => &["not a uri"],
        "hostname" => &["-bad-.example.com"],
        "ipv4" => &["192.0.2.256"],
        "ipv6" => &["2001:db8:::1"],
        "duration" => &["1 hour"],
        _ => &[],
    }
}
