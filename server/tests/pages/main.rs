//! Journeys over HTTP, as a phone without scripts makes them.

mod finding;
mod place;
mod say;
mod station;
mod world;
