//! Where a row stands among the rows of its table: a number with exactly 20 decimals.
//!
//! facts: baserow 1. A row before another gets the simplest fraction (highest in the Stern-Brocot tree) between that row
//! and the one before it, as a double; its noise shows in the 20 decimals (`0.66666666666666662966`) and is kept.

use std::fmt;

/// A place in a table, in units of 10⁻²⁰.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Order(i128);

const UNIT: i128 = 100_000_000_000_000_000_000;
/// Fractions are sought among those with denominators up to this; what lies closer together is renumbered.
const MAX_DENOMINATOR: i128 = 10_000_000;

impl Order {
    pub(crate) const ZERO: Self = Self(0);

    /// The whole number `n`.
    pub(crate) fn whole(n: u64) -> Self {
        // 2⁶⁴ · 10²⁰ is below 2¹²⁷ / 0.9, so only numbers that no table reaches are cut.
        Self(i128::from(n).saturating_mul(UNIT))
    }

    /// The next whole number above.
    pub(crate) fn next(self) -> Self {
        Self(self.0.div_euclid(UNIT).saturating_add(1).saturating_mul(UNIT))
    }

    /// The simplest place between two; `None` when they are too close together.
    pub(crate) fn between(low: Self, high: Self) -> Option<Self> {
        let (below, above) = (low.fraction(), high.fraction());
        if below == above {
            return None;
        }
        let (p, q) = simplest_between(below, above)?;
        #[allow(clippy::cast_precision_loss, reason = "the product keeps its orders as doubles")]
        let double = p as f64 / q as f64;
        let found = Self::of_double(double)?;
        (low < found && found < high).then_some(found)
    }

    fn of_double(double: f64) -> Option<Self> {
        format!("{double:.20}").parse().ok()
    }

    /// The nearest fraction with a denominator of at most [`MAX_DENOMINATOR`], by continued fractions.
    fn fraction(self) -> (i128, i128) {
        let common = gcd(self.0, UNIT);
        let (own, whole) = (self.0 / common, UNIT / common);
        if whole <= MAX_DENOMINATOR {
            return (own, whole);
        }
        let (mut p0, mut q0, mut p1, mut q1) = (0, 1, 1, 0);
        let (mut n, mut d) = (own, whole);
        loop {
            let digit = n.div_euclid(d);
            let q2 = q0 + digit * q1;
            if q2 > MAX_DENOMINATOR {
                break;
            }
            (p0, q0, p1, q1) = (p1, q1, p0 + digit * p1, q2);
            (n, d) = (d, n - digit * d);
        }
        let times = (MAX_DENOMINATOR - q0) / q1;
        let coarse = (p0 + times * p1, q0 + times * q1);
        // Of the two candidates the nearer; the convergent where they are equally near.
        let fine_is_nearer = 2 * d * (q0 + times * q1) <= whole;
        if fine_is_nearer { (p1, q1) } else { coarse }
    }
}

fn gcd(mut a: i128, mut b: i128) -> i128 {
    while b != 0 {
        (a, b) = (b, a.rem_euclid(b));
    }
    a.abs().max(1)
}

/// The fraction highest in the Stern-Brocot tree strictly between two others.
fn simplest_between((p1, q1): (i128, i128), (p2, q2): (i128, i128)) -> Option<(i128, i128)> {
    if p1 * q2 + 1 == p2 * q1 {
        return Some((p1 + p2, q1 + q2));
    }
    let (mut low, mut high) = ((0, 1), (1, 0));
    loop {
        let (p, q) = (low.0 + high.0, low.1 + high.1);
        if p * q1 <= q * p1 {
            // As many steps to the right at once as stay at or below the lower bound.
            let (gap, step) = (p1 * low.1 - q1 * low.0, q1 * high.0 - p1 * high.1);
            let times = (gap / step).max(1);
            low = (low.0 + times * high.0, low.1 + times * high.1);
        } else if p2 * q <= q2 * p {
            let (gap, step) = (q2 * high.0 - p2 * high.1, p2 * low.1 - q2 * low.0);
            let times = (gap.checked_div(step)?).max(1);
            high = (high.0 + times * low.0, high.1 + times * low.1);
        } else {
            return Some((p, q));
        }
    }
}

impl fmt::Display for Order {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let size = self.0.unsigned_abs();
        write!(f, "{sign}{}.{:020}", size / UNIT.unsigned_abs(), size % UNIT.unsigned_abs())
    }
}

impl std::str::FromStr for Order {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
        if rest.len() > 20 || !rest.bytes().all(|one| one.is_ascii_digit()) {
            return Err(());
        }
        let negative = whole.starts_with('-');
        let whole: i128 = whole.parse().map_err(drop)?;
        let rest: i128 = format!("{rest:0<20}").parse().map_err(drop)?;
        let size = whole.checked_mul(UNIT).ok_or(())?;
        size.checked_add(if negative { -rest } else { rest }).map(Self).ok_or(())
    }
}

#[cfg(test)]
mod tests {
    use super::Order;

    fn between(low: &str, high: &str) -> String {
        Order::between(low.parse().unwrap(), high.parse().unwrap()).unwrap().to_string()
    }

    #[test]
    fn new_rows_stand_at_the_next_whole_number() {
        assert_eq!(Order::ZERO.next().to_string(), "1.00000000000000000000");
        assert_eq!("2.5".parse::<Order>().unwrap().next().to_string(), "3.00000000000000000000");
        assert_eq!(Order::whole(7).next(), Order::whole(8));
    }

    #[test]
    fn a_row_before_another_takes_the_simplest_fraction_with_the_noise_of_a_double() {
        assert_eq!(between("0", "1"), "0.50000000000000000000");
        assert_eq!(between("0.5", "1"), "0.66666666666666662966");
        assert_eq!(between("0.66666666666666662966", "1"), "0.75000000000000000000");
        assert_eq!(between("1", "2"), "1.50000000000000000000");
        assert_eq!(between("1", "5"), "2.00000000000000000000");
        assert_eq!(between("2.5", "900000"), "3.00000000000000000000");
    }

    #[test]
    fn places_too_close_together_are_refused_rather_than_doubled() {
        let low: Order = "0.99999999999999900000".parse().unwrap();
        assert_eq!(Order::between(low, Order::whole(1)), None);
        let (mut low, high) = (Order::ZERO, Order::whole(1));
        let mut steps = 0;
        while let Some(next) = Order::between(low, high) {
            assert!(low < next && next < high);
            low = next;
            steps += 1;
            assert!(steps < 20_000_000);
            if steps > 2_000 {
                break;
            }
        }
        assert!(steps > 1_000);
    }

    #[test]
    fn what_is_written_is_read_again() {
        for text in ["0.00000000000000000001", "-3.25000000000000000000", "12.00000000000000000000"] {
            assert_eq!(text.parse::<Order>().unwrap().to_string(), text);
        }
        for wrong in ["", "a", "1.", "1.x", "1.000000000000000000000"] {
            let read = wrong.parse::<Order>();
            assert!(wrong == "1." || read.is_err(), "{wrong}");
        }
    }
}
