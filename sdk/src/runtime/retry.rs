//! Whether to try again, and when.

use std::time::{Duration, SystemTime};

use reqwest::StatusCode;
use reqwest::header::{HeaderMap, RETRY_AFTER};

use super::meta::Repeat;
use super::options::Settings;

/// Statuses that say "not now" rather than "no".
pub(crate) fn is_passing(status: StatusCode) -> bool {
    matches!(status.as_u16(), 408 | 425 | 429 | 502 | 503 | 504)
}

/// Whether a request may be sent again when something came of the first, or nobody knows.
pub(crate) fn is_repeatable(repeat: Repeat) -> bool {
    match repeat {
        Repeat::Safe | Repeat::Idempotent => true,
        Repeat::Once => false,
    }
}

/// How long to wait before the attempt after `attempts`: exponential with full jitter.
pub(crate) fn pause(settings: &Settings, attempts: u32) -> Duration {
    let doublings = attempts.saturating_sub(1).min(30);
    let ceiling = settings.first_pause.saturating_mul(1 << doublings).min(settings.longest_pause);
    ceiling.mul_f64(fastrand::f64())
}

/// How long the server asks to wait: seconds or a date (RFC 9110, 10.2.3). Nonsense counts as nothing.
pub(crate) fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    let date = httpdate::parse_http_date(text).ok()?;
    Some(date.duration_since(now).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use reqwest::header::{HeaderMap, RETRY_AFTER};

    use super::{pause, retry_after};
    use crate::runtime::options::Settings;

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
        let asked = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(RETRY_AFTER, text.parse().unwrap());
            retry_after(&headers, now)
        };
        assert_eq!(asked("7"), Some(Duration::from_secs(7)));
        assert_eq!(asked("Sun, 06 Nov 1994 08:49:47 GMT"), Some(Duration::from_secs(10)));
        assert_eq!(asked("Sun, 06 Nov 1994 08:49:07 GMT"), Some(Duration::ZERO));
        assert_eq!(asked("-3"), None);
        assert_eq!(asked("soon"), None);
        assert_eq!(retry_after(&HeaderMap::new(), now), None);
    }

    #[test]
    fn pauses_grow_and_stay_under_their_ceiling() {
        let settings = Settings {
            first_pause: Duration::from_millis(100),
            longest_pause: Duration::from_secs(1),
            ..Settings::default()
        };
        for (attempts, ceiling) in [(1, 100), (2, 200), (3, 400), (4, 800), (5, 1000), (u32::MAX, 1000)] {
            for _ in 0..50 {
                assert!(pause(&settings, attempts) <= Duration::from_millis(ceiling));
            }
        }
    }
}
