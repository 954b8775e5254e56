//! Texts that a format, or a property's name, promises.

use crate::entropy::{Entropy, Timestamp};

/// The beginning of 2024.
const BEGINNING: Timestamp = Timestamp(1_704_067_200_000);

/// A text of that format; `None` where there is none, or one that nobody knows.
pub(super) fn formatted(entropy: &mut Entropy, format: Option<&str>) -> Option<String> {
    let number = entropy.below(1000);
    Some(match format? {
        "uuid" => entropy.uuid(),
        "date-time" => moment(entropy).to_string(),
        "date" => moment(entropy).to_string().chars().take(10).collect(),
        "time" => moment(entropy).to_string().chars().skip(11).collect(),
        "duration" => format!("PT{}M", number % 60 + 1),
        "email" | "idn-email" => format!("{}@example.com", person(entropy).0.to_lowercase()),
        "hostname" | "idn-hostname" => format!("host{number}.example.com"),
        "uri" | "url" | "iri" => format!("https://example.com/{number}"),
        "uri-reference" | "iri-reference" => format!("/{number}"),
        "uri-template" => format!("/{number}/{{id}}"),
        "ipv4" => format!("192.0.2.{}", number % 254 + 1),
        "ipv6" => format!("2001:db8::{number:x}"),
        "byte" => "VGVyY2V0".to_owned(),
        "json-pointer" => "/example".to_owned(),
        "relative-json-pointer" => "1/example".to_owned(),
        "regex" => "^[a-z]+$".to_owned(),
        "password" => entropy.token(12),
        _ => return None,
    })
}

/// What a property's name promises.
pub(super) fn worded(entropy: &mut Entropy, name: &str) -> String {
    let (first, last) = person(entropy);
    let lower = name.to_ascii_lowercase();
    let ends = |ending: &str| lower.ends_with(ending);
    match lower.as_str() {
        "firstname" | "first_name" | "givenname" | "given_name" => first.to_owned(),
        "lastname" | "last_name" | "surname" | "familyname" | "family_name" => last.to_owned(),
        "username" | "login" | "nickname" => first.to_lowercase(),
        "name" | "fullname" | "full_name" | "displayname" | "display_name" | "author" | "owner" => {
            format!("{first} {last}")
        }
        "city" => "Berlin".to_owned(),
        "country" => "Germany".to_owned(),
        "currency" => "EUR".to_owned(),
        "locale" | "language" => "en".to_owned(),
        "color" | "colour" => "#3366cc".to_owned(),
        "phone" | "phonenumber" | "phone_number" => format!("+1202555{:04}", entropy.below(10_000)),
        _ if ends("email") => format!("{}@example.com", first.to_lowercase()),
        _ if ends("url") || ends("uri") || ends("link") => {
            format!("https://example.com/{}", entropy.below(1000))
        }
        "id" => entropy.object_id(BEGINNING),
        _ if ends("_id") || name.ends_with("Id") => entropy.object_id(BEGINNING),
        _ if ends("token") || ends("secret") || ends("password") => entropy.token(24),
        _ if ends("_at") || name.ends_with("At") || ends("date") => moment(entropy).to_string(),
        _ if lower.contains("description") || lower.contains("comment") || lower.contains("message") => {
            "A few words that describe it.".to_owned()
        }
        "" => "text".to_owned(),
        _ => format!("{name} {}", entropy.below(100) + 1),
    }
}

fn person(entropy: &mut Entropy) -> (&'static str, &'static str) {
    const FIRST: [&str; 8] = ["Ada", "Grace", "Alan", "Edsger", "Barbara", "Donald", "Margaret", "Tony"];
    const LAST: [&str; 8] =
        ["Lovelace", "Hopper", "Turing", "Dijkstra", "Liskov", "Knuth", "Hamilton", "Hoare"];
    let mut of = |names: [&'static str; 8]| names[usize::try_from(entropy.below(8)).unwrap_or(0)];
    (of(FIRST), of(LAST))
}

/// Some moment of 2024.
fn moment(entropy: &mut Entropy) -> Timestamp {
    BEGINNING.after(entropy.below(365 * 24 * 3600) * 1000)
}

/// The text with as many characters as it may have.
pub(super) fn fit(text: &str, (least, most): (Option<u64>, Option<u64>)) -> String {
    let least = usize::try_from(least.unwrap_or(0)).unwrap_or(usize::MAX).min(100_000);
    let most = usize::try_from(most.unwrap_or(u64::MAX)).unwrap_or(usize::MAX);
    let length = text.chars().count();
    if length > most {
        return text.chars().take(most).collect();
    }
    let padding = std::iter::repeat_n('x', least.saturating_sub(length));
    text.chars().chain(padding).collect()
}
