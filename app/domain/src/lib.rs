//! The rules of 会站家: what a station is, when its door is open, which one is nearest.
//!
//! No I/O, no framework, no clock, no randomness: the same code answers on the server and on
//! the phone, and every moment in time is a parameter.

#![forbid(unsafe_code)]

#[macro_use]
mod codes;
pub mod account;
pub mod calendar;
pub mod founding;
pub mod geo;
pub mod membership;
pub mod organisation;
pub mod policy;
#[cfg(feature = "server")]
pub mod ports;
pub mod road;
pub mod station;
pub mod time;
