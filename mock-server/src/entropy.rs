//! Time and chance: the two doors by which anything unforeseen enters the engine.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// A moment: milliseconds since 1970-01-01T00:00:00Z. `Display` writes RFC 3339 with milliseconds and `Z`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// This many milliseconds later.
    #[must_use]
    pub fn after(self, milliseconds: u64) -> Self {
        Self(self.0.saturating_add_unsigned(milliseconds))
    }

    /// RFC 3339 with that many digits of the second's fraction, and `Z`.
    #[must_use]
    pub fn rfc3339(self, fraction: u8) -> String {
        let moment = self.moment();
        format!("{moment:.precision$}", precision = usize::from(fraction))
    }

    /// As headers say it: `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, 5.6.7).
    #[must_use]
    pub fn http_date(self) -> String {
        self.moment().strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
    }

    /// A moment beyond the calendar (a clock set by hand to nonsense) is shown as the calendar's edge.
    fn moment(self) -> jiff::Timestamp {
        let edge = if self.0 < 0 { jiff::Timestamp::MIN } else { jiff::Timestamp::MAX };
        jiff::Timestamp::from_millisecond(self.0).unwrap_or(edge)
    }

    /// Reads RFC 3339 (any offset, any precision; finer than milliseconds is cut off). `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        text.parse::<jiff::Timestamp>().ok().map(|moment| Self(moment.as_millisecond()))
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let moment = self.moment();
        write!(f, "{moment:.3}")
    }
}

/// Tells the time. Clones share one clock.
#[derive(Clone, Debug)]
pub struct Clock(Arc<Source>);

#[derive(Debug)]
struct Source {
    /// Milliseconds of a clock that stands still; [`RUNNING`] while it follows the system.
    still: AtomicI64,
    /// Milliseconds that a running clock is ahead of the system.
    ahead: AtomicI64,
}

const RUNNING: i64 = i64::MIN;

impl Clock {
    /// The system's clock.
    #[must_use]
    pub fn system() -> Self {
        Self(Arc::new(Source { still: AtomicI64::new(RUNNING), ahead: AtomicI64::new(0) }))
    }

    /// A clock that stands still until it is set or advanced.
    #[must_use]
    pub fn manual(start: Timestamp) -> Self {
        Self(Arc::new(Source { still: AtomicI64::new(start.0), ahead: AtomicI64::new(0) }))
    }

    /// The time.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        match self.0.still.load(Ordering::Acquire) {
            RUNNING => Timestamp(system_now().saturating_add(self.0.ahead.load(Ordering::Acquire))),
            still => Timestamp(still),
        }
    }

    /// Whether it stands still.
    #[must_use]
    pub fn is_manual(&self) -> bool {
        self.0.still.load(Ordering::Acquire) != RUNNING
    }

    /// Sets it; from now on it stands still.
    pub fn set(&self, to: Timestamp) {
        self.0.still.store(to.0.max(RUNNING + 1), Ordering::Release);
    }

    /// Moves it forward (or back). A running clock goes on running from there.
    pub fn advance(&self, milliseconds: i64) {
        let door = if self.is_manual() { &self.0.still } else { &self.0.ahead };
        // `fetch_update` never fails: the closure always gives a value.
        let _ = door.fetch_update(Ordering::AcqRel, Ordering::Acquire, |now| {
            Some(now.saturating_add(milliseconds).max(RUNNING + 1))
        });
    }

    /// Lets it follow the system again.
    pub fn resume(&self) {
        self.0.ahead.store(0, Ordering::Release);
        self.0.still.store(RUNNING, Ordering::Release);
    }
}

fn system_now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

/// Chance that can be repeated: the same seed draws the same ids and tokens in the same order.
///
/// It is part of the state, so that a namespace draws the same values whatever its neighbours do, and a request that
/// fails has drawn nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entropy {
    seed: u64,
    draws: u64,
}

impl Entropy {
    /// A fresh source.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self { seed, draws: 0 }
    }

    /// The source as it is after `draws` draws.
    #[must_use]
    pub fn resume(seed: u64, draws: u64) -> Self {
        Self { seed, draws }
    }

    /// What it was seeded with.
    #[must_use]
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// How often it was drawn from.
    #[must_use]
    pub fn draws(&self) -> u64 {
        self.draws
    }

    /// Random bytes.
    pub fn fill(&mut self, bytes: &mut [u8]) {
        // A stream for each draw: the position is one number, which a saved state can hold.
        let mut generator = ChaCha8Rng::seed_from_u64(self.seed);
        generator.set_stream(self.draws);
        self.draws = self.draws.wrapping_add(1);
        generator.fill_bytes(bytes);
    }

    /// A number below `bound`; 0 for a bound of 0.
    pub fn below(&mut self, bound: u64) -> u64 {
        let mut bytes = [0; 16];
        self.fill(&mut bytes);
        // 128 random bits: the bias of the remainder is below 2⁻⁶⁴.
        let wide = u128::from_le_bytes(bytes).checked_rem(u128::from(bound)).unwrap_or(0);
        u64::try_from(wide).unwrap_or(0)
    }

    /// A UUID of version 4 (RFC 9562, 5.4).
    pub fn uuid(&mut self) -> String {
        let mut bytes = [0; 16];
        self.fill(&mut bytes);
        uuid::Builder::from_random_bytes(bytes).into_uuid().to_string()
    }

    /// Letters and digits, this many.
    pub fn token(&mut self, length: usize) -> String {
        const ALPHABET: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        let mut text = String::with_capacity(length);
        while text.len() < length {
            let mut bytes = [0; 64];
            self.fill(&mut bytes);
            // 248 = 4 · 62: what lies above is thrown away, so that each letter is equally likely.
            let letters =
                bytes.iter().filter(|byte| **byte < 248).map(|byte| ALPHABET[usize::from(byte % 62)]);
            text.extend(letters.take(length - text.len()).map(char::from));
        }
        text
    }

    /// 24 hexadecimal digits that begin with the time, as MongoDB's ids do.
    pub fn object_id(&mut self, now: Timestamp) -> String {
        let seconds = now.0.div_euclid(1000) & 0xffff_ffff;
        let mut rest = [0; 8];
        self.fill(&mut rest);
        format!("{seconds:08x}{:016x}", u64::from_be_bytes(rest))
    }
}

#[cfg(test)]
mod tests {
    use super::{Clock, Entropy, Timestamp};

    #[test]
    fn times_are_written_with_milliseconds_and_read_with_any_offset() {
        assert_eq!(Timestamp(1_758_634_423_196).to_string(), "2025-09-23T13:33:43.196Z");
        assert_eq!(Timestamp(1_758_634_423_196).rfc3339(6), "2025-09-23T13:33:43.196000Z");
        assert_eq!(Timestamp(1_758_634_423_196).rfc3339(0), "2025-09-23T13:33:43Z");
        assert_eq!(Timestamp(0).to_string(), "1970-01-01T00:00:00.000Z");
        assert_eq!(Timestamp::parse("2025-09-23T15:33:43.1969+02:00"), Some(Timestamp(1_758_634_423_196)));
        assert_eq!(Timestamp::parse("yesterday"), None);
        assert_eq!(Timestamp(784_111_777_900).http_date(), "Sun, 06 Nov 1994 08:49:37 GMT");
        assert_eq!(Timestamp(i64::MAX).to_string(), "9999-12-30T22:00:00.999Z");
        assert_eq!(Timestamp(i64::MAX).after(5), Timestamp(i64::MAX));
    }

    #[test]
    fn a_clock_can_be_stopped_moved_and_let_go() {
        let clock = Clock::manual(Timestamp(1000));
        let same = clock.clone();
        clock.advance(500);
        assert_eq!(same.now(), Timestamp(1500));
        clock.set(Timestamp(7));
        assert_eq!(same.now(), Timestamp(7));
        clock.resume();
        assert!(!same.is_manual() && same.now() > Timestamp(1_700_000_000_000));
        let before = clock.now();
        clock.advance(3_600_000);
        assert!(clock.now() >= before.after(3_600_000), "a running clock runs on from there");
    }

    #[test]
    fn draws_repeat_and_differ() {
        let mut one = Entropy::new(1);
        let drawn = (one.uuid(), one.uuid(), one.token(70), one.object_id(Timestamp(1_000)));
        let mut two = Entropy::new(1);
        assert_eq!((two.uuid(), two.uuid(), two.token(70), two.object_id(Timestamp(1_000))), drawn);
        assert_ne!(drawn.0, drawn.1);
        assert_ne!(Entropy::new(2).uuid(), drawn.0);
        assert_eq!(drawn.2.len(), 70);
        assert!(drawn.2.chars().all(|c| c.is_ascii_alphanumeric()));
        assert_eq!((&drawn.3[..8], drawn.3.len()), ("00000001", 24));
        let mut again = Entropy::resume(1, 1);
        assert_eq!(again.uuid(), drawn.1);
        assert!((0..200).all(|_| again.below(3) < 3));
        assert_eq!(again.below(0), 0);
    }
}
