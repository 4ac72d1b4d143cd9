//! Journeys over HTTP, as a phone without scripts makes them.

mod drive;
mod finding;
mod place;
mod station;
mod world;
