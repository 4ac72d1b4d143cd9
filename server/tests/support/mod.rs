//! What tests and benchmarks share: sets of stations, and random numbers that a seed repeats.

mod random;
mod sets;

pub use random::Random;
pub use sets::StationSet;
