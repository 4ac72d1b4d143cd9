//! The finder against the rules, written down naively over plain lists.

mod along;
mod any;
mod edits;
mod follows;
mod naive;
mod questions;

use domain::time::Millis;

/// Monday 2026-11-23, 10:00 in Shanghai.
const NOW: Millis = 1_795_399_200_000;
const HOUR: Millis = 3_600_000;
