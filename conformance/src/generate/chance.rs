//! Chance, from a seed; and marks, by which a run's records are recognised.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// Seeded randomness and the run's marks. The same seed gives the same values, whatever the deployment answers.
#[derive(Clone, Debug)]
pub struct Chance {
    random: ChaCha8Rng,
    run: String,
    marks: u64,
}

impl Chance {
    /// Begins anew. `run` names the run in marks: a few lower-case letters and digits.
    #[must_use]
    pub fn new(seed: u64, run: impl Into<String>) -> Self {
        Self { random: ChaCha8Rng::seed_from_u64(seed), run: run.into(), marks: 0 }
    }

    /// The run's name.
    #[must_use]
    pub fn run(&self) -> &str {
        &self.run
    }

    /// A mark that was not used before: `cx-<run>-<n>`.
    pub fn mark(&mut self) -> String {
        self.marks += 1;
        format!("cx-{}-{}", self.run, self.marks)
    }

    /// A number that was not used before.
    pub fn serial(&mut self) -> u64 {
        self.marks += 1;
        self.marks
    }

    /// A number from `low` to `high`, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        if low >= high { low } else { self.random.random_range(low..=high) }
    }

    /// An index below `length`; 0 when there is none.
    pub fn index(&mut self, length: usize) -> usize {
        if length == 0 { 0 } else { self.random.random_range(0..length) }
    }

    /// True in one of `n` cases.
    pub fn one_in(&mut self, n: u32) -> bool {
        self.random.random_range(0..n.max(1)) == 0
    }

    /// A number from 0 up to but not including 1.
    pub fn fraction(&mut self) -> f64 {
        self.random.random()
    }

    /// Random bytes.
    pub fn bytes<const N: usize>(&mut self) -> [u8; N] {
        std::array::from_fn(|_| self.random.random())
    }
}
