//! Links to neighbouring pages: the address of the request with other query parameters, sorted by name as the product does it.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// What stays as it is in a query's names and values; a blank becomes `+`.
const QUERY: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b' ');

/// `url` (path and query, as received) under `origin`, with these parameters set, or taken out where they have no value.
pub(super) fn with_query(origin: &str, url: &str, changes: &[(&str, Option<String>)]) -> String {
    let (path, query) = url.split_once('?').unwrap_or((url, ""));
    let mut pairs: Vec<(String, String)> = query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (decode(name), decode(value)))
        .filter(|(name, _)| changes.iter().all(|(changed, _)| changed != name))
        .collect();
    let set = changes.iter().filter_map(|(name, value)| Some(((*name).to_owned(), value.clone()?)));
    pairs.extend(set);
    // Stable: several values of one name keep their order.
    pairs.sort_by(|(one, _), (other, _)| one.cmp(other));
    let query: Vec<_> =
        pairs.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
    let mark = if query.is_empty() { "" } else { "?" };
    format!("{origin}{path}{mark}{}", query.join("&"))
}

fn decode(text: &str) -> String {
    percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned()
}

fn encode(text: &str) -> String {
    utf8_percent_encode(text, QUERY).to_string().replace(' ', "+")
}

#[cfg(test)]
mod tests {
    use super::with_query;

    #[test]
    fn parameters_are_sorted_set_and_taken_out() {
        let link = |url: &str, changes: &[(&str, Option<String>)]| with_query("http://h", url, changes);
        assert_eq!(
            link("/a/?size=2&q=x+y%2B", &[("page", Some("3".into()))]),
            "http://h/a/?page=3&q=x+y%2B&size=2"
        );
        assert_eq!(link("/a/?page=2", &[("page", None)]), "http://h/a/");
        assert_eq!(link("/a/?b&a=2&a=1", &[]), "http://h/a/?a=2&a=1&b=");
    }
}
