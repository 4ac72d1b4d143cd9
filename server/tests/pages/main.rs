//! Journeys over HTTP, as a phone without scripts makes them.

mod drive;
mod finding;
mod place;
mod say;
mod station;
mod trial;
mod world;
