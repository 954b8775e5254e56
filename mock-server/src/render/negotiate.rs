//! Which of a response's media types the client asks for (RFC 9110, 12.5.1).

use tercet_spec::contract::MediaType;

/// The best of the offered media types; the first when `Accept` says nothing, or nothing that is offered.
pub(super) fn best<'m>(
    mut offered: impl Iterator<Item = &'m MediaType> + Clone,
    accept: Option<&str>,
) -> Option<&'m MediaType> {
    let Some(accept) = accept else { return offered.next() };
    let ranges = ranges(accept);
    let mut best: Option<(&MediaType, f32)> = None;
    for media in offered.clone() {
        let own = weight(&ranges, media);
        if own > 0.0 && best.is_none_or(|(_, other)| own > other) {
            best = Some((media, own));
        }
    }
    best.map(|(media, _)| media).or_else(|| offered.next())
}

/// Whether `Accept` lets an answer be of that media type.
pub(super) fn is_welcome(media: &MediaType, accept: Option<&str>) -> bool {
    accept.is_none_or(|accept| weight(&ranges(accept), media) > 0.0)
}

fn ranges(accept: &str) -> Vec<(String, f32)> {
    accept.split(',').filter_map(range).collect()
}

fn weight(ranges: &[(String, f32)], media: &MediaType) -> f32 {
    let name = essence(&media.name);
    let fitting = ranges.iter().filter(|(range, _)| covers(range, &name));
    // The most specific range decides.
    fitting.max_by_key(|(range, _)| specificity(range)).map_or(0.0, |(_, weight)| *weight)
}

fn range(text: &str) -> Option<(String, f32)> {
    let mut parts = text.split(';').map(str::trim);
    let name = parts.next().filter(|name| !name.is_empty())?.to_ascii_lowercase();
    let weight = parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
    Some((name, weight.map_or(Some(1.0), |weight| weight.parse().ok())?))
}

fn essence(name: &str) -> String {
    name.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

fn covers(range: &str, name: &str) -> bool {
    match range.strip_suffix("/*") {
        Some("*") => true,
        Some(kind) => name.split('/').next() == Some(kind),
        None => range == name,
    }
}

fn specificity(range: &str) -> u8 {
    match range {
        "*/*" => 0,
        range if range.ends_with("/*") => 1,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use tercet_spec::Pointer;
    use tercet_spec::contract::MediaType;

    use super::best;

    #[test]
    fn the_most_specific_range_decides() {
        let media = |name: &str| MediaType {
            name: name.to_owned(),
            schema: None,
            examples: Vec::new(),
            encoding: None,
            pointer: Pointer::root(),
        };
        let offered = [media("application/json; charset=utf-8"), media("text/csv"), media("text/plain")];
        let chosen = |accept| best(offered.iter(), accept).map(|media| media.name.as_str());
        assert_eq!(chosen(None), Some("application/json; charset=utf-8"));
        assert_eq!(chosen(Some("*/*")), Some("application/json; charset=utf-8"));
        assert_eq!(chosen(Some("text/csv")), Some("text/csv"));
        assert_eq!(chosen(Some("text/*;q=0.5, text/csv;q=0.1, application/json;q=0.2")), Some("text/plain"));
        assert_eq!(chosen(Some("*/*, application/json;q=0")), Some("text/csv"));
        assert_eq!(chosen(Some("image/png")), Some("application/json; charset=utf-8"));
    }
}
